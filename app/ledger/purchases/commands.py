"""Recording a purchase of goods."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from app.base.errors import UserError
from app.ledger.command import Amount, Command, Quantity


class PurchaseMethod(StrEnum):
    """How goods are paid: Tunai, Transfer, or later (Utang)."""

    CASH = "cash"
    TRANSFER = "transfer"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseLine:
    """One line: a product by code, barcode or name; the price is for one `unit` (empty: its own)."""

    product: str
    quantity: Quantity
    price: Amount
    discount: Amount = 0
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPurchase(Command):
    """Record a purchase of goods: into stock with their share of the freight, paid or owed."""

    kinds: ClassVar[tuple[str, ...]] = ("business",)

    on: date
    lines: tuple[PurchaseLine, ...]
    freight: Amount = 0
    method: PurchaseMethod = PurchaseMethod.CASH
    paid: Amount | None = None
    account: str = ""
    supplier: str = ""
    due: date | None = None
    number: str = ""
    memo: str = ""

    def __post_init__(self) -> None:
        if not self.lines:
            raise UserError("A purchase needs at least one line.", field="lines")
        for place, line in enumerate(self.lines):
            if not line.product.strip():
                raise UserError("Please say what was bought.", field="product", line=place)
            if line.quantity <= 0:
                raise UserError("The quantity is more than 0.", field="quantity", line=place)
            if line.price < 0:
                raise UserError("A price is not below 0.", field="price", line=place)
            if line.discount < 0:
                raise UserError("A discount is written without a minus sign.", field="discount", line=place)
        if self.freight < 0:
            raise UserError("The freight is not below 0.", field="freight")
        if self.paid is not None and self.paid < 0:
            raise UserError("What was paid is not below 0.", field="paid")
