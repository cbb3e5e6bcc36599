"""Reading stock: what is there, what it is worth, and how it came and went."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from app.base.dates import Period
from app.base.errors import UserError
from app.base.money import half_up_ratio
from app.ledger.products.quantities import WHOLE, to_quantity
from app.ledger.reader import Reader, day


class StockRow(NamedTuple):
    """A product's stock: its quantity, the average cost of one unit (None without any), its value; rupiah."""

    product: int
    code: str
    name: str
    unit: str
    quantity: Decimal
    unit_cost: int | None
    value: int
    minimum: Decimal
    sell_price: int


class ProductRow(NamedTuple):
    """One product of the register, for lists and pickers."""

    id: int
    code: str
    name: str
    unit: str
    category: str
    barcode: str
    buy_price: int
    sell_price: int
    service: bool
    active: bool


class CardRow(NamedTuple):
    """One movement on a product's stock card, and the stock after it."""

    entry: int
    date: date
    number: str
    memo: str
    quantity: Decimal
    balance: Decimal


def stock_list(reader: Reader, on: date | None = None) -> list[StockRow]:
    """The stock of each product that keeps any, at the close of `on` (None: now), in order of code."""
    if on is None:
        source = "SELECT id AS product_id, quantity, value, incoming AS moves FROM product"
        parameters: tuple[str, ...] = ()
    else:
        source = (
            "SELECT product_id, sum(quantity) AS quantity, sum(value) AS value, 1 AS moves"
            " FROM stock_movement WHERE date <= ? GROUP BY product_id"
        )
        parameters = (on.isoformat(),)
    rows = reader.sql(
        "SELECT p.id, p.code, p.name, p.unit, coalesce(m.quantity, 0), coalesce(m.value, 0), p.minimum,"  # noqa: S608
        f" p.sell_price FROM product AS p LEFT JOIN ({source}) AS m ON m.product_id = p.id"
        " WHERE m.quantity <> 0 OR (p.active = 1 AND (p.stocked = 1 OR m.moves > 0)) ORDER BY p.code",
        parameters,
    )
    return [
        StockRow(
            key,
            code,
            name,
            unit,
            to_quantity(quantity),
            half_up_ratio(value * WHOLE, quantity) if quantity > 0 else None,
            value,
            to_quantity(minimum),
            price,
        )
        for key, code, name, unit, quantity, value, minimum, price in rows
    ]


def products(reader: Reader) -> list[ProductRow]:
    """All products in order of code."""
    rows = reader.sql(
        "SELECT id, code, name, unit, category, barcode, buy_price, sell_price, service, active"
        " FROM product ORDER BY code"
    )
    return [ProductRow._make((*row[:8], bool(row[8]), bool(row[9]))) for row in rows]


def find_product(reader: Reader, text: str) -> ProductRow:
    """The product meant by a code or a barcode, else by a name that only one has; raises UserError."""
    wanted = text.strip().casefold()
    known = products(reader)
    for row in known:
        if row.code.casefold() == wanted or (row.barcode and row.barcode == text.strip()):
            return row
    named = [row for row in known if row.name.casefold() == wanted]
    if len(named) == 1:
        return named[0]
    if named:
        raise UserError(
            "More than one product is called {name}: {codes}.",
            advice="Give the code.",
            field="product",
            name=text,
            codes=", ".join(row.code for row in named),
        )
    raise UserError("There is no product {name}.", field="product", name=text)


def stock_card(reader: Reader, product: int, period: Period) -> tuple[Decimal, list[CardRow]]:
    """A product's opening stock and its movements in a period, with the stock after each.

    Stock taken over inside the period belongs to its opening: it is no movement of the period.
    """
    first, end = period.first.isoformat(), period.end.isoformat()
    rows = reader.sql(
        "SELECT coalesce(sum(quantity), 0) FROM stock_movement WHERE product_id = ?"
        " AND (date < ? OR (kind = 'opening' AND date < ?))",
        (product, first, end),
    )
    opening = int(rows[0][0])
    found = reader.sql(
        "SELECT e.id, m.date, e.number, e.memo, m.quantity FROM stock_movement AS m"
        " JOIN entry AS e ON e.id = m.entry_id WHERE m.product_id = ? AND m.date >= ? AND m.date < ?"
        " AND m.kind <> 'opening' ORDER BY m.date, m.entry_id, m.line",
        (product, first, end),
    )

    def running() -> Iterator[CardRow]:
        balance = opening
        for entry, on, number, memo, quantity in found:
            balance += quantity
            yield CardRow(entry, day(on), number, memo, to_quantity(quantity), to_quantity(balance))

    return to_quantity(opening), list(running())
