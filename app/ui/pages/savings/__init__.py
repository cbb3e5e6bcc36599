"""Putting savings in, taking them out, moving them."""

from app.ui.pages.savings.deposit import SavingsPage
from app.ui.pages.savings.withdraw import WithdrawPage

__all__ = ["SavingsPage", "WithdrawPage"]
