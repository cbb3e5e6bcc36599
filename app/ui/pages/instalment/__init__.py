"""Receiving an instalment on a loan."""

from app.ui.pages.instalment.page import InstalmentPage

__all__ = ["InstalmentPage"]
