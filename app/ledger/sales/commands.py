"""Recording a sale."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from app.base.errors import UserError
from app.ledger.command import Amount, Command, Quantity


class SaleMethod(StrEnum):
    """How a customer pays: Tunai, QRIS, Transfer, or on the bon."""

    CASH = "cash"
    QRIS = "qris"
    TRANSFER = "transfer"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleLine:
    """One line: a product by code, barcode or name; the price is for one `unit` (empty: its own)."""

    product: str
    quantity: Quantity
    price: Amount | None = None
    discount: Amount = 0
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SalePayment:
    """What of a sale is paid in one more way: some by QRIS, the rest in cash."""

    method: SaleMethod
    amount: Amount
    account: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSale(Command):
    """Record a sale: money in or a bon, less stock, cost at average cost, in one entry.

    `paid` is what is paid by `method`, all of it when not given; `also` is what is paid in other ways besides.
    """

    kinds: ClassVar[tuple[str, ...]] = ("business",)

    on: date
    lines: tuple[SaleLine, ...]
    method: SaleMethod = SaleMethod.CASH
    paid: Amount | None = None
    also: tuple[SalePayment, ...] = ()
    account: str = ""
    customer: str = ""
    due: date | None = None
    number: str = ""
    memo: str = ""

    def __post_init__(self) -> None:
        if not self.lines:
            raise UserError("A sale needs at least one line.", field="lines")
        for place, line in enumerate(self.lines):
            if not line.product.strip():
                raise UserError("Please say what was sold.", field="product", line=place)
            if line.quantity <= 0:
                raise UserError("The quantity is more than 0.", field="quantity", line=place)
            if line.price is not None and line.price < 0:
                raise UserError("A price is not below 0.", field="price", line=place)
            if line.discount < 0:
                raise UserError("A discount is written without a minus sign.", field="discount", line=place)
        if self.paid is not None and self.paid < 0:
            raise UserError("What was paid is not below 0.", field="paid")
        for payment in self.also:
            if payment.amount <= 0:
                raise UserError("What is paid in another way is more than 0.", field="also")
            if payment.method is SaleMethod.CREDIT:
                raise UserError("A bon is what stays unpaid, not a way to pay.", field="also")
