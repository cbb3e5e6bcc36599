"""Putting savings in, taking them out, moving them; their interest and what is behind."""

from app.ui.pages.savings.deposit import SavingsPage
from app.ui.pages.savings.interest import InterestPage
from app.ui.pages.savings.withdraw import WithdrawPage

__all__ = ["InterestPage", "SavingsPage", "WithdrawPage"]
