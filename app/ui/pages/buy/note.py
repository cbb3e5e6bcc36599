"""The supplier's note that is being typed: its lines, and what a total says of a price. No Qt here."""

import json
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal

from app.base.money import half_up
from app.ledger.purchases.commands import PurchaseLine


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One line: of which goods how much, at which price for one `unit`; money is rupiah.

    `large` says that the unit is the goods' large one (carton), whose name the ledger needs.
    """

    code: str
    name: str
    unit: str
    quantity: Decimal
    price: int
    discount: int = 0
    large: bool = False

    @property
    def amount(self) -> int:
        """What it comes to."""
        return half_up(self.quantity * self.price) - self.discount

    def command(self) -> PurchaseLine:
        """The line as the ledger takes it."""
        return PurchaseLine(
            product=self.code,
            quantity=self.quantity,
            price=self.price,
            discount=self.discount,
            unit=self.unit if self.large else "",
        )


def price_of_total(quantity: Decimal, total: int, discount: int) -> tuple[int, int]:
    """The price and the discount with which `quantity` comes to exactly `total`.

    A total that doesn't divide gives the next higher price, and the few rupiah above go into the discount.
    """
    price = int(((total + discount) / quantity).to_integral_value(ROUND_CEILING))
    return price, half_up(quantity * price) - total


@dataclass(slots=True)
class Note:
    """The lines."""

    lines: list[NoteLine] = field(default_factory=list)

    @property
    def amount(self) -> int:
        """What the goods come to, without the freight."""
        return sum(line.amount for line in self.lines)

    def to_text(self) -> str:
        """For the draft."""
        if not self.lines:
            return ""
        return json.dumps(
            [
                [
                    line.code,
                    line.name,
                    line.unit,
                    str(line.quantity),
                    line.price,
                    line.discount,
                    int(line.large),
                ]
                for line in self.lines
            ],
            ensure_ascii=False,
        )

    @classmethod
    def from_text(cls, text: str) -> "Note":
        """What a draft kept; an empty note where it can't be read."""
        try:
            return cls(
                [
                    NoteLine(
                        code, name, unit, Decimal(quantity), int(price), int(discount), large=bool(large)
                    )
                    for code, name, unit, quantity, price, discount, large in json.loads(text)
                ]
            )
        except (ValueError, TypeError, ArithmeticError):
            return cls()
