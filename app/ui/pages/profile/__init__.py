"""Whose book it is: what stands in the letterhead, and who signs."""

from app.ui.pages.profile.page import ProfilePage

__all__ = ["ProfilePage"]
