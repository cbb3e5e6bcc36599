"""Money in, money out, and between cash and bank."""

from dataclasses import dataclass
from datetime import date

from app.base.errors import UserError
from app.ledger.command import Amount, Command


def _need(amount: int, category: str) -> None:
    if amount <= 0:
        raise UserError("The amount is more than 0.", field="amount")
    if not category.strip():
        raise UserError("Please say what it is for.", field="category")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordMoneyIn(Command):
    """Record money received that is neither a sale nor a payment on a bon (Uang masuk)."""

    on: date
    amount: Amount
    category: str
    account: str = ""
    party: str = ""
    memo: str = ""
    number: str = ""

    def __post_init__(self) -> None:
        _need(self.amount, self.category)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordMoneyOut(Command):
    """Record money spent that buys no goods for sale and pays no debt to a supplier (Uang keluar)."""

    on: date
    amount: Amount
    category: str
    account: str = ""
    party: str = ""
    memo: str = ""
    number: str = ""

    def __post_init__(self) -> None:
        _need(self.amount, self.category)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferMoney(Command):
    """Move money between cash, bank and digital accounts (Pindah kas)."""

    on: date
    amount: Amount
    target: str
    source: str = ""
    memo: str = ""
    number: str = ""

    def __post_init__(self) -> None:
        if self.amount <= 0:
            raise UserError("The amount is more than 0.", field="amount")
        if not self.target.strip():
            raise UserError("Please say where the money goes.", field="target")
