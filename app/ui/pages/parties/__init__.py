"""Customers and suppliers: what is open with each, paid with one key."""

from app.ui.pages.parties.page import PartiesPage

__all__ = ["PartiesPage"]
