"""The manual: what each page is for, its keys, and what to do when something went wrong."""

from app.ui.pages.help.page import HelpPage

__all__ = ["HelpPage"]
