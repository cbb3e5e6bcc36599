"""How a day's sales were paid: by kind of money, and on credit. Rupiah; sales taken back count against."""

from datetime import date
from typing import NamedTuple

from app.ledger.reader import Reader


class PaidWays(NamedTuple):
    """What of a day's sales came in which way; together they are the day's sales."""

    cash: int
    qris: int
    bank: int
    credit: int


def paid_ways(reader: Reader, on: date) -> PaidWays:
    """The ways of one day."""
    rows = reader.sql(
        "SELECT coalesce(a.money, 'credit'), sum(p.amount) FROM sale AS s"
        " JOIN posting AS p ON p.entry_id = s.id JOIN account AS a ON a.id = p.account_id"
        " WHERE s.date = ? AND (a.money IS NOT NULL OR a.role = 'receivable') GROUP BY 1",
        (on.isoformat(),),
    )
    found = dict(rows)
    return PaidWays(found.get("cash", 0), found.get("qris", 0), found.get("bank", 0), found.get("credit", 0))
