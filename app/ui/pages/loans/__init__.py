"""Loans: the list, a new one with its schedule, and the card of one."""

from app.ui.pages.loans.card import LoanPage
from app.ui.pages.loans.page import LoansPage

__all__ = ["LoanPage", "LoansPage"]
