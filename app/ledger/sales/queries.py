"""Reading sales: by day and by product. Money is rupiah, sales are net of discounts."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from app.base.dates import Period
from app.ledger.products.quantities import to_quantity
from app.ledger.reader import Reader, day, optional_day


class DaySales(NamedTuple):
    """One day's sales; `cost` is None where that of any line is not known."""

    date: date
    documents: int
    quantity: Decimal
    sales: int
    cost: int | None


class ProductSales(NamedTuple):
    """One product's sales in a period; `cost` is None where that of any line is not known."""

    code: str
    name: str
    quantity: Decimal
    sales: int
    cost: int | None
    stocked: bool


def daily_sales(reader: Reader, period: Period) -> list[DaySales]:
    """The days of a period on which anything was sold or taken back.

    `documents` counts the sales that still stand: one taken back counts neither way.
    """
    # Grouped by the day as well, which adds nothing, so that the index of days is used and not the whole table.
    rows = reader.sql(
        "SELECT s.date, sum(s.documents), sum(s.quantity), sum(s.amount), sum(s.cost), max(s.unknown) FROM ("
        "  SELECT h.date, CASE WHEN sum(l.quantity) < 0 THEN -1 ELSE 1 END AS documents,"
        "  sum(l.quantity) AS quantity,"
        "  sum(l.amount) AS amount, coalesce(sum(l.cost), 0) AS cost, max(l.cost IS NULL) AS unknown"
        "  FROM sale AS h JOIN sale_line AS l ON l.sale_id = h.id"
        "  WHERE h.date >= ? AND h.date < ? GROUP BY h.date, h.id"
        ") AS s GROUP BY s.date ORDER BY s.date",
        (period.first.isoformat(), period.end.isoformat()),
    )
    return [
        DaySales(day(on), max(documents, 0), to_quantity(quantity), sales, None if unknown else cost)
        for on, documents, quantity, sales, cost, unknown in rows
    ]


def sales_by_product(reader: Reader, period: Period) -> list[ProductSales]:
    """What was sold of each product in a period, in order of code."""
    rows = reader.sql(
        "SELECT p.code, p.name, sum(l.quantity), sum(l.amount), coalesce(sum(l.cost), 0), max(l.cost IS NULL),"
        " p.stocked = 1 OR p.incoming > 0 OR p.quantity <> 0"
        " FROM sale AS h JOIN sale_line AS l ON l.sale_id = h.id JOIN product AS p ON p.id = l.product_id"
        " WHERE h.date >= ? AND h.date < ? GROUP BY p.id ORDER BY p.code",
        (period.first.isoformat(), period.end.isoformat()),
    )
    return [
        ProductSales(code, name, to_quantity(quantity), sales, None if unknown else cost, bool(stocked))
        for code, name, quantity, sales, cost, unknown, stocked in rows
    ]


class SoldLine(NamedTuple):
    """What one sale says of one product; one taken back is negative. `cost` is None where it is not known."""

    entry: int
    date: date
    number: str
    quantity: Decimal
    sales: int
    cost: int | None


def sales_of_product(reader: Reader, code: str, period: Period) -> list[SoldLine]:
    """The sales of one product in a period, in the order in which they were recorded."""
    rows = reader.sql(
        "SELECT h.id, h.date, h.number, sum(l.quantity), sum(l.amount),"
        " CASE WHEN max(l.cost IS NULL) THEN NULL ELSE sum(l.cost) END"
        " FROM sale AS h JOIN sale_line AS l ON l.sale_id = h.id JOIN product AS p ON p.id = l.product_id"
        " WHERE p.code = ? AND h.date >= ? AND h.date < ? GROUP BY h.id ORDER BY h.date, h.id",
        (code, period.first.isoformat(), period.end.isoformat()),
    )
    return [
        SoldLine(key, day(on), number, to_quantity(quantity), sales, cost)
        for key, on, number, quantity, sales, cost in rows
    ]


class ReceiptLine(NamedTuple):
    """One line of a sale as it is printed. Money is rupiah."""

    name: str
    quantity: Decimal
    unit: str
    price: int
    discount: int
    amount: int


class SaleDocument(NamedTuple):
    """A sale with its lines, for its receipt. `paid` is by account of money: its name and what went into it."""

    number: str
    on: date
    customer: str
    total: int
    paid: tuple[tuple[str, int], ...]
    owed: int
    due: date | None
    lines: tuple[ReceiptLine, ...]


def sale_document(reader: Reader, entry: int) -> SaleDocument | None:
    """The sale that this entry is, or None."""
    heads = reader.sql(
        "SELECT s.number, s.date, coalesce(y.name, ''), s.gross - s.discount, s.gross - s.discount - s.paid,"
        " (SELECT b.due FROM bill AS b WHERE b.entry_id = s.id)"
        " FROM sale AS s LEFT JOIN party AS y ON y.id = s.party_id WHERE s.id = ?",
        (entry,),
    )
    if not heads:
        return None
    number, on, customer, total, owed, due = heads[0]
    lines = reader.sql(
        "SELECT p.name, l.quantity, l.unit_size, CASE WHEN l.unit = '' THEN p.unit ELSE l.unit END, l.price,"
        " l.discount, l.amount FROM sale_line AS l JOIN product AS p ON p.id = l.product_id"
        " WHERE l.sale_id = ? ORDER BY l.line",
        (entry,),
    )
    paid = reader.sql(
        "SELECT a.money, sum(p.amount) FROM posting AS p JOIN account AS a ON a.id = p.account_id"
        " WHERE p.entry_id = ? AND a.money IS NOT NULL GROUP BY a.money ORDER BY a.money = 'cash' DESC, a.money",
        (entry,),
    )
    return SaleDocument(
        number,
        day(on),
        customer,
        total,
        tuple((kind, amount) for kind, amount in paid),
        owed,
        optional_day(due),
        tuple(
            ReceiptLine(name, to_quantity(quantity) / to_quantity(size), unit, price, less, amount)
            for name, quantity, size, unit, price, less, amount in lines
        ),
    )
