"""Money in, money out, between cash and bank, for the household."""

from app.ui.pages.cash.page import CashPage

__all__ = ["CashPage"]
