"""How sales were paid: by kind of money, and on credit. Rupiah; sales taken back count against."""

from datetime import date
from typing import NamedTuple

from app.base.dates import Period
from app.ledger.reader import Reader, day


class PaidWays(NamedTuple):
    """What of a day's sales came in which way; together they are the day's sales."""

    cash: int
    qris: int
    bank: int
    credit: int

    @property
    def total(self) -> int:
        """All of it."""
        return sum(self)


def paid_ways(reader: Reader, period: Period) -> list[tuple[date, PaidWays]]:
    """The ways of each day of a period on which anything was sold or taken back."""
    rows = reader.sql(
        "SELECT s.date, coalesce(a.money, 'credit'), sum(p.amount) FROM sale AS s"
        " JOIN posting AS p ON p.entry_id = s.id JOIN account AS a ON a.id = p.account_id"
        " WHERE s.date >= ? AND s.date < ? AND (a.money IS NOT NULL OR a.role = 'receivable')"
        " GROUP BY 1, 2 ORDER BY 1",
        (period.first.isoformat(), period.end.isoformat()),
    )
    found: dict[str, dict[str, int]] = {}
    for on, way, amount in rows:
        found.setdefault(on, {})[way] = amount
    return [
        (day(on), PaidWays(*(ways.get(way, 0) for way in PaidWays._fields))) for on, ways in found.items()
    ]


class SalePaid(NamedTuple):
    """What of one sale came in one way."""

    entry: int
    number: str
    memo: str
    way: str
    amount: int


def paid_by_sale(reader: Reader, on: date) -> list[SalePaid]:
    """The ways of each sale of a day, in the order in which they were recorded."""
    rows = reader.sql(
        "SELECT s.id, e.number, e.memo, coalesce(a.money, 'credit'), sum(p.amount) FROM sale AS s"
        " JOIN entry AS e ON e.id = s.id JOIN posting AS p ON p.entry_id = s.id"
        " JOIN account AS a ON a.id = p.account_id"
        " WHERE s.date = ? AND (a.money IS NOT NULL OR a.role = 'receivable')"
        " GROUP BY s.id, e.number, e.memo, 4 ORDER BY s.id",
        (on.isoformat(),),
    )
    return [SalePaid._make(row) for row in rows]
