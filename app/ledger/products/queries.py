"""Reading stock: what is there, what it is worth, and how it came and went."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from app.base.dates import Period
from app.base.errors import UserError
from app.base.money import half_up_ratio
from app.ledger.products.quantities import WHOLE, to_quantity
from app.ledger.reader import Reader, day, like, word_starts


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


class StockValueRow(NamedTuple):
    """One movement of a product's stock with what it changed the value by, rupiah."""

    entry: int
    date: date
    number: str
    memo: str
    quantity: Decimal
    value: int


def stock_values(reader: Reader, product: int, period: Period) -> tuple[int, list[StockValueRow]]:
    """The value of a product's stock before a period, and what each movement of the period changed it by."""
    first, end = period.first.isoformat(), period.end.isoformat()
    opening = reader.sql(
        "SELECT coalesce(sum(value), 0) FROM stock_movement WHERE product_id = ? AND date < ?",
        (product, first),
    )
    found = reader.sql(
        "SELECT e.id, m.date, e.number, e.memo, m.quantity, m.value FROM stock_movement AS m"
        " JOIN entry AS e ON e.id = m.entry_id WHERE m.product_id = ? AND m.date >= ? AND m.date < ?"
        " ORDER BY m.date, m.entry_id, m.line",
        (product, first, end),
    )
    return int(opening[0][0]), [
        StockValueRow(entry, day(on), number, memo, to_quantity(quantity), value)
        for entry, on, number, memo, quantity, value in found
    ]


class ProductFacts(NamedTuple):
    """A product as a picker and a list show it. `stock` and `value` are what is there now; None where none is kept."""

    id: int
    code: str
    name: str
    unit: str
    category: str
    barcode: str
    buy_price: int
    sell_price: int
    minimum: Decimal
    big_unit: str
    big_size: Decimal
    service: bool
    active: bool
    stock: Decimal | None
    value: int | None


_FACTS = (
    "SELECT id, code, name, unit, category, barcode, buy_price, sell_price, minimum, big_unit, big_size, service,"
    " active, quantity, value, stocked = 1 OR incoming > 0 OR quantity <> 0 FROM product"
)


def product_list(reader: Reader) -> list[ProductFacts]:
    """All products with what is left of each, in order of name; those out of use last."""
    rows = reader.sql(f"{_FACTS} ORDER BY active DESC, name COLLATE NOCASE, code")
    return [_facts(row) for row in rows]


def product_facts(reader: Reader, code: str) -> ProductFacts | None:
    """One product by its code, or None."""
    rows = reader.sql(f"{_FACTS} WHERE code = ? COLLATE NOCASE", (code.strip(),))
    return _facts(rows[0]) if rows else None


def scanned_product(reader: Reader, text: str) -> ProductFacts | None:
    """The product in use with exactly this barcode or code: what a scanner sends, or None."""
    typed = text.strip()
    if not typed:
        return None
    rows = reader.sql(
        f"{_FACTS} WHERE active = 1 AND (barcode = ? OR code = ? COLLATE NOCASE) ORDER BY barcode = ? DESC LIMIT 1",
        (typed, typed, typed),
    )
    return _facts(rows[0]) if rows else None


def search_products(reader: Reader, text: str, limit: int = 20) -> list[ProductFacts]:
    """Products whose code or barcode begins with what was typed, or each word of which begins a word of the name.

    Exact ones first, then names that begin with what was typed; those out of use last.
    """
    typed, pattern = text.strip(), like(text.strip())
    named, words = word_starts("name", typed)
    rows = reader.sql(
        f"{_FACTS} WHERE {named} OR code LIKE ? ESCAPE '\\' OR (barcode <> '' AND barcode LIKE ? ESCAPE '\\')"
        " ORDER BY active DESC, barcode = ? DESC, code = ? COLLATE NOCASE DESC, name LIKE ? ESCAPE '\\' DESC,"
        " name COLLATE NOCASE LIMIT ?",
        (*words, f"{pattern}%", f"{pattern}%", typed, typed, f"{pattern}%", limit),
    )
    return [_facts(row) for row in rows]


def _facts(row: tuple[Any, ...]) -> ProductFacts:
    *plain, minimum, big_unit, big_size, service, active, quantity, value, kept = row
    return ProductFacts._make(
        (
            *plain,
            to_quantity(minimum),
            big_unit,
            to_quantity(big_size),
            bool(service),
            bool(active),
            to_quantity(quantity) if kept else None,
            value if kept else None,
        )
    )
