"""Checking the opening balances against the old books, one tick at a time."""

from app.ui.pages.opening.page import OpeningPage

__all__ = ["OpeningPage"]
