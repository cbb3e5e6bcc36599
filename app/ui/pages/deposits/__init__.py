"""Term deposits: the list, a new one with its interest, and the card of one."""

from app.ui.pages.deposits.card import DepositPage
from app.ui.pages.deposits.page import DepositsPage

__all__ = ["DepositPage", "DepositsPage"]
