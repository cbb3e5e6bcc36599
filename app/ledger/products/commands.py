"""What can be done to products and their stock."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from app.base.errors import UserError
from app.ledger.command import Amount, Command, Quantity
from app.ledger.entries.post import LARGEST
from app.ledger.products.quantities import to_thousandths

_NONE = Decimal(0)


def _check_master(
    name: str | None,
    buy_price: int | None,
    sell_price: int | None,
    minimum: Decimal | None,
    big_size: Decimal | None,
) -> None:
    if name is not None and not name.strip():
        raise UserError("A product needs a name.", field="name")
    for field, value in (("buy_price", buy_price), ("sell_price", sell_price)):
        if value is not None and value < 0:
            raise UserError("A price is not below 0.", field=field)
        if value is not None and value > LARGEST:
            raise UserError("The price {price:rp} is too large.", field=field, price=value)
    for field, number in (("minimum", minimum), ("big_size", big_size)):
        if number is not None and to_thousandths(number, field=field) < 0:
            raise UserError("A quantity is not below 0.", field=field)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddProduct(Command):
    """Add a product or a service. Stock is kept from its first opening stock or purchase on."""

    kinds: ClassVar[tuple[str, ...]] = ("business",)

    name: str
    code: str = ""
    unit: str = ""
    buy_price: Amount = 0
    sell_price: Amount = 0
    barcode: str = ""
    category: str = ""
    minimum: Quantity = _NONE
    big_unit: str = ""
    big_size: Quantity = _NONE
    stocked: bool = False
    service: bool = False

    def __post_init__(self) -> None:
        _check_master(self.name, self.buy_price, self.sell_price, self.minimum, self.big_size)
        if bool(self.big_unit.strip()) != bool(self.big_size):
            raise UserError(
                "A big unit needs its name and how many of the unit it holds.",
                field="big_size" if self.big_unit.strip() else "big_unit",
            )
        if self.stocked and self.service:
            raise UserError("A service has no stock.", field="stocked")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeProduct(Command):
    """Change what is known of a product, or take it out of use; what is not given stays."""

    kinds: ClassVar[tuple[str, ...]] = ("business",)

    product: str
    name: str | None = None
    unit: str | None = None
    buy_price: Amount | None = None
    sell_price: Amount | None = None
    barcode: str | None = None
    category: str | None = None
    minimum: Quantity | None = None
    big_unit: str | None = None
    big_size: Quantity | None = None
    stocked: bool | None = None
    service: bool | None = None
    active: bool | None = None

    def __post_init__(self) -> None:
        _check_master(self.name, self.buy_price, self.sell_price, self.minimum, self.big_size)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveProduct(Command):
    """Remove a product that was never used; one that was is taken out of use."""

    kinds: ClassVar[tuple[str, ...]] = ("business",)
    hidden: ClassVar[bool] = True

    product: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetOpeningStock(Command):
    """Take over the stock of a product at the close of a day; without a value, at its buying price."""

    kinds: ClassVar[tuple[str, ...]] = ("business",)

    on: date
    product: str
    quantity: Quantity
    value: Amount | None = None
    memo: str = ""

    def __post_init__(self) -> None:
        if to_thousandths(self.quantity) <= 0:
            raise UserError("The opening stock is more than 0.", field="quantity")
        if self.value is not None and self.value <= 0:
            raise UserError("The value of the opening stock is more than 0.", field="value")


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustStock(Command):
    """Correct the stock of a product by what was counted at the close of a day, or by what was damaged."""

    kinds: ClassVar[tuple[str, ...]] = ("business",)

    on: date
    product: str
    counted: Quantity | None = None
    damaged: Quantity | None = None
    memo: str = ""
    number: str = ""

    def __post_init__(self) -> None:
        if (self.counted is None) == (self.damaged is None):
            raise UserError("Give either what was counted or what was damaged.", field="counted")
        if self.counted is not None and to_thousandths(self.counted, field="counted") < 0:
            raise UserError("A count is not below 0.", field="counted")
        if self.damaged is not None and to_thousandths(self.damaged, field="damaged") <= 0:
            raise UserError("What was damaged is more than 0.", field="damaged")
