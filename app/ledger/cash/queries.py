"""Reading what the cash slice recorded: the moves of money of a period."""

from datetime import date
from typing import NamedTuple

from app.base.dates import Period
from app.ledger.entries.records import Choice
from app.ledger.reader import Reader, day


class MoneyMove(NamedTuple):
    """One move. `amount` is what all places of money together gained (negative: lost), rupiah.

    It is 0 for a move between two places; `moved` is then what went from one to the other.
    """

    entry: int
    date: date
    number: str
    memo: str
    amount: int
    moved: int


_MOVES = (
    "SELECT e.id, e.date, e.number, e.memo, sum(p.amount), sum(CASE WHEN p.amount > 0 THEN p.amount ELSE 0 END)"
    # In this order: left to itself the database reads all postings of all years and sorts them.
    " FROM entry AS e INDEXED BY entry_date CROSS JOIN posting AS p ON p.entry_id = e.id"
    " CROSS JOIN account AS a ON a.id = p.account_id AND a.money IS NOT NULL"
)


def money_moves(reader: Reader, period: Period) -> list[MoneyMove]:
    """Money in, money out and moves between places in a period that still stand, newest first."""
    where, values = Choice(kinds=("cash",), standing=True).clause()
    rows = reader.sql(
        f"{_MOVES} WHERE {where} AND e.date >= ? AND e.date < ?"
        " GROUP BY e.id ORDER BY e.date DESC, e.id DESC",
        (*values, period.first.isoformat(), period.end.isoformat()),
    )
    return [MoneyMove(row[0], day(row[1]), *row[2:]) for row in rows]
