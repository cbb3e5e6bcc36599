"""Quantities as whole thousandths of the unit, so that no fraction is ever lost, and what stock costs."""

from decimal import Decimal

from app.base.errors import UserError
from app.base.money import half_up_ratio

WHOLE = 1000
_LARGEST = 10**12  # a thousand million units


def to_thousandths(quantity: Decimal, *, field: str = "quantity", line: int = 0) -> int:
    """The quantity in thousandths of its unit; raises UserError for more than three decimals."""
    scaled = quantity * WHOLE
    whole = int(scaled)
    if whole != scaled:
        raise UserError(
            "A quantity has at most three decimals: {quantity:qty}.",
            field=field,
            line=line,
            quantity=quantity,
        )
    if not -_LARGEST <= whole <= _LARGEST:
        raise UserError(
            "The quantity {quantity:qty} is too large.", field=field, line=line, quantity=quantity
        )
    return whole


def to_own_unit(given: int, unit_size: int, *, line: int = 0) -> int:
    """Thousandths of a unit that holds `unit_size` thousandths, in thousandths of the product's own unit."""
    if unit_size == WHOLE:
        return given
    quantity, rest = divmod(given * unit_size, WHOLE)
    if rest:
        raise UserError(
            "In the product's own unit that has more than three decimals.", field="quantity", line=line
        )
    return quantity


def to_quantity(thousandths: int) -> Decimal:
    """Thousandths of the unit as a quantity without trailing zeros."""
    whole, rest = divmod(abs(thousandths), WHOLE)
    sign = "-" if thousandths < 0 else ""
    return Decimal(f"{sign}{whole}.{rest:03d}".rstrip("0").rstrip(".") if rest else f"{sign}{whole}")


def amount_of(thousandths: int, price: int) -> int:
    """What a quantity comes to at a price for one unit: rupiah, half-up."""
    return half_up_ratio(thousandths * price, WHOLE)


def cost_of(quantity: int, value: int, taken: int) -> int:
    """What `taken` out of a stock of `quantity` worth `value` rupiah costs at moving average, half-up.

    All of the value goes when all of the stock goes, so that an empty stock is worth exactly 0
    (weighted average as in SAK EMKM 9.9 and IAS 2.25).
    """
    return value if taken == quantity else half_up_ratio(value * taken, quantity)
