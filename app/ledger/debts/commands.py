"""Payments on bills, and bills taken over from older books."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.base.errors import UserError
from app.ledger.command import Amount, Command


def _need(amount: int, party: str, field: str) -> None:
    if amount <= 0:
        raise UserError("The amount is more than 0.", field="amount")
    if not party.strip():
        raise UserError("Please say whom it is about.", field=field)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveBillPayment(Command):
    """Receive a customer's payment on their bon: the oldest due first, or the note named (Bayar Bon)."""

    kinds: ClassVar[tuple[str, ...]] = ("business",)

    on: date
    customer: str
    amount: Amount
    bill: str = ""
    account: str = ""
    memo: str = ""
    number: str = ""

    def __post_init__(self) -> None:
        _need(self.amount, self.customer, "customer")


@dataclass(frozen=True, slots=True, kw_only=True)
class PayBill(Command):
    """Pay what is owed to a supplier: the oldest due first, or the note named (Bayar Utang)."""

    kinds: ClassVar[tuple[str, ...]] = ("business",)

    on: date
    supplier: str
    amount: Amount
    bill: str = ""
    account: str = ""
    memo: str = ""
    number: str = ""

    def __post_init__(self) -> None:
        _need(self.amount, self.supplier, "supplier")


@dataclass(frozen=True, slots=True, kw_only=True)
class SetOpeningBill(Command):
    """Take over what a customer owes, or what is owed to a supplier, at the close of a day."""

    kinds: ClassVar[tuple[str, ...]] = ("business",)

    on: date
    amount: Amount
    customer: str = ""
    supplier: str = ""
    due: date | None = None
    number: str = ""
    memo: str = ""

    def __post_init__(self) -> None:
        if bool(self.customer.strip()) == bool(self.supplier.strip()):
            raise UserError("Give either a customer or a supplier.", field="customer")
        _need(self.amount, self.customer or self.supplier, "customer")
