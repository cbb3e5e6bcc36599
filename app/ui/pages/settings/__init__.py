"""Settings of this device and of this book: looks, name, paper, and what is switched on."""

from app.ui.pages.settings.page import SettingsPage

__all__ = ["SettingsPage"]
