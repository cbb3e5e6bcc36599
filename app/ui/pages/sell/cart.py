"""What lies on the counter: the lines of the note that is being made. No Qt here."""

import json
from dataclasses import dataclass, field, replace
from decimal import Decimal

from app.base.errors import UserError
from app.base.money import half_up
from app.ledger.products.queries import ProductFacts, product_facts, product_list, scanned_product
from app.ledger.reader import Reader
from app.ledger.sales.commands import RecordSale, SaleLine


@dataclass(frozen=True, slots=True)
class CartLine:
    """One line: of which product how much, at which price; money is rupiah.

    `in_unit` is another unit than the product's own, which a note that is put right may have been sold in.
    """

    code: str
    name: str
    unit: str
    quantity: Decimal
    price: int
    discount: int = 0
    in_unit: str = ""

    @property
    def gross(self) -> int:
        """Before its discount."""
        return half_up(self.quantity * self.price)

    @property
    def amount(self) -> int:
        """After its discount."""
        return self.gross - self.discount

    def command(self) -> SaleLine:
        """The line as the ledger takes it."""
        return SaleLine(
            product=self.code,
            quantity=self.quantity,
            price=self.price,
            discount=self.discount,
            unit=self.in_unit,
        )


@dataclass(slots=True)
class Cart:
    """The note in the making. `customer` is a code, `name` what is shown of them."""

    lines: list[CartLine] = field(default_factory=list)
    customer: str = ""
    name: str = ""

    @property
    def total(self) -> int:
        """What is to be paid."""
        return sum(line.amount for line in self.lines)

    @property
    def discount(self) -> int:
        """What was taken off in all."""
        return sum(line.discount for line in self.lines)

    def add(self, product: ProductFacts, quantity: Decimal, price: int) -> int:
        """Put goods on the counter: more of a line that is there at this price, else a new line; returns its place."""
        for place, line in enumerate(self.lines):
            if (line.code, line.price, line.discount, line.in_unit) == (product.code, price, 0, ""):
                self.lines[place] = replace(line, quantity=line.quantity + quantity)
                return place
        self.lines.append(CartLine(product.code, product.name, product.unit, quantity, price))
        return len(self.lines) - 1

    def set_quantity(self, place: int, quantity: Decimal) -> None:
        """So many of them; none takes the line away. A discount larger than the line is cut to it."""
        if quantity <= 0:
            self.remove(place)
            return
        line = replace(self.lines[place], quantity=quantity)
        self.lines[place] = replace(line, discount=min(line.discount, line.gross))

    def set_discount(self, place: int, discount: int) -> None:
        """So much off this line."""
        line = self.lines[place]
        self.lines[place] = replace(line, discount=min(max(discount, 0), line.gross))

    def set_price(self, place: int, price: int) -> None:
        """Another price, this once. A discount larger than the line is cut to it."""
        line = replace(self.lines[place], price=price)
        self.lines[place] = replace(line, discount=min(line.discount, line.gross))

    def remove(self, place: int) -> None:
        """Take a line off the counter."""
        del self.lines[place]

    def to_text(self) -> str:
        """For the draft, so that a power cut takes nothing from the counter."""
        if not self.lines:
            return ""
        lines = [
            [line.code, line.name, line.unit, str(line.quantity), line.price, line.discount]
            for line in self.lines
        ]
        return json.dumps({"lines": lines, "customer": self.customer, "name": self.name}, ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> "Cart":
        """What a draft kept; an empty cart where it can't be read."""
        try:
            found = json.loads(text)
            lines = [
                CartLine(code, name, unit, Decimal(quantity), int(price), int(discount))
                for code, name, unit, quantity, price, discount in found["lines"]
            ]
            return cls(lines, found["customer"], found["name"])
        except (ValueError, KeyError, TypeError, ArithmeticError):
            return cls()


def cart_of(reader: Reader, sale: RecordSale) -> Cart:
    """The lines of a note as it was recorded; raises UserError where a product of it is not found any more."""
    cart = Cart(customer=sale.customer)
    for line in sale.lines:
        product = product_facts(reader, line.product) or scanned_product(reader, line.product)
        if product is None:
            named = (row for row in product_list(reader) if row.name.casefold() == line.product.casefold())
            product = next(named, None)
        if product is None:
            raise UserError(
                "{product} is not in the list of goods any more.",
                advice="Take the note back and record it anew.",
                product=line.product,
            )
        own = not line.unit or line.unit.casefold() == product.unit.casefold()
        usual = product.sell_price if own else half_up(product.sell_price * product.big_size)
        cart.lines.append(
            CartLine(
                product.code,
                product.name,
                line.unit or product.unit,
                line.quantity,
                usual if line.price is None else line.price,
                line.discount,
                "" if own else line.unit,
            )
        )
    return cart
