"""The first three minutes: language and name, three doors, and the books that were open before."""

from app.ui.pages.first_run.welcome import Welcome

__all__ = ["Welcome"]
