"""Backups of the book: what is in each, making one now, going back to one."""

from app.ui.pages.backups.page import BackupsPage

__all__ = ["BackupsPage"]
