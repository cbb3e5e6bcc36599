"""Reading sales: by day and by product. Money is rupiah, sales are net of discounts."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from app.base.dates import Period
from app.ledger.products.quantities import to_quantity
from app.ledger.reader import Reader, day


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
    rows = reader.sql(
        "SELECT s.date, sum(s.documents), sum(s.quantity), sum(s.amount), sum(s.cost), max(s.unknown) FROM ("
        "  SELECT h.date, CASE WHEN sum(l.quantity) < 0 THEN -1 ELSE 1 END AS documents,"
        "  sum(l.quantity) AS quantity,"
        "  sum(l.amount) AS amount, coalesce(sum(l.cost), 0) AS cost, max(l.cost IS NULL) AS unknown"
        "  FROM sale AS h JOIN sale_line AS l ON l.sale_id = h.id"
        "  WHERE h.date >= ? AND h.date < ? GROUP BY h.id"
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
