"""Which records make a figure: an account's movements, those behind a cash flow, one record by its number.

Amounts are rupiah, debit positive.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from app.base.dates import Period
from app.ledger.accounts.chart import Chart
from app.ledger.entries.queries import without_unpaid
from app.ledger.reader import Reader, day

ORDINARY = ("ordinary",)
EVERY_KIND = ("ordinary", "opening", "closing")


class Source(NamedTuple):
    """What one record adds to a figure."""

    entry: int
    date: date
    number: str
    memo: str
    party: str | None
    amount: int


class PostedLine(NamedTuple):
    """One posting of a record with the account it stands on."""

    code: str
    account: str
    party: str | None
    memo: str | None
    amount: int


class Share(NamedTuple):
    """What all records of one memo add to a figure, and how many they are."""

    amount: int
    records: int


def movement_count(reader: Reader, account: int, period: Period) -> int:
    """How many postings an account has in a period."""
    rows = reader.sql(
        "SELECT count(*) FROM posting WHERE account_id = ? AND date >= ? AND date < ?",
        (account, period.first.isoformat(), period.end.isoformat()),
    )
    return int(rows[0][0])


def record_count(reader: Reader, period: Period) -> int:
    """How many records a period has: how long its journal is."""
    rows = reader.sql(
        "SELECT count(*) FROM entry WHERE date >= ? AND date < ?",
        (period.first.isoformat(), period.end.isoformat()),
    )
    return int(rows[0][0])


def movements(reader: Reader, account: int, period: Period, kinds: Sequence[str] = ORDINARY) -> list[Source]:
    """What each record moved an account by in a period, in the order of the journal."""
    marks = ", ".join("?" * len(kinds))
    rows = reader.sql(
        "SELECT e.id, p.date, e.number, coalesce(min(p.memo), e.memo), y.name, sum(p.amount)"  # noqa: S608
        " FROM posting AS p JOIN entry AS e ON e.id = p.entry_id"
        " LEFT JOIN party AS y ON y.id = coalesce(p.party_id, e.party_id)"
        f" WHERE p.account_id = ? AND p.date >= ? AND p.date < ? AND e.kind IN ({marks})"
        " GROUP BY e.id ORDER BY p.date, e.id",
        (account, period.first.isoformat(), period.end.isoformat(), *kinds),
    )
    return [Source(row[0], day(row[1]), *row[2:]) for row in rows]


def movements_by_day(
    reader: Reader, account: int, period: Period, kinds: Sequence[str] = ORDINARY
) -> list[tuple[date, int]]:
    """What each day moved an account by, from the kept balances."""
    marks = ", ".join("?" * len(kinds))
    rows = reader.sql(
        "SELECT date, sum(amount) FROM day_balance WHERE account_id = ? AND date >= ? AND date < ?"  # noqa: S608
        f" AND kind IN ({marks}) GROUP BY date ORDER BY date",
        (account, period.first.isoformat(), period.end.isoformat(), *kinds),
    )
    return [(day(on), amount) for on, amount in rows]


def movements_by_memo(reader: Reader, account: int, period: Period) -> dict[str, Share]:
    """What the records of each memo moved an account by in a period."""
    rows = reader.sql(
        "SELECT coalesce(p.memo, e.memo) AS words, sum(p.amount), count(*)"
        " FROM posting AS p JOIN entry AS e ON e.id = p.entry_id"
        " WHERE p.account_id = ? AND p.date >= ? AND p.date < ? AND e.kind = 'ordinary' GROUP BY words",
        (account, period.first.isoformat(), period.end.isoformat()),
    )
    return {words: Share(amount, count) for words, amount, count in rows}


def cash_sources(
    reader: Reader, period: Period, chart: Chart, account: int, *, incoming: bool
) -> list[Source]:
    """The records behind one line of the cash flow: the money that `account` explains, coming in or going out.

    The sum is that of `queries.cash_moves`, money in positive.
    """
    money = [item.id for item in chart.accounts if item.money]
    marks = ", ".join("?" * len(money))
    span = (period.first.isoformat(), period.end.isoformat())
    rows = reader.sql(
        "SELECT p.entry_id, p.account_id, sum(p.amount) FROM posting AS p WHERE p.entry_id IN ("  # noqa: S608
        "  SELECT t.entry_id FROM posting AS t WHERE t.account_id = ? AND t.date >= ? AND t.date < ?)"
        f" AND p.account_id NOT IN ({marks}) AND EXISTS (SELECT 1 FROM posting AS m"
        f"  WHERE m.entry_id = p.entry_id AND m.account_id IN ({marks}))"
        " GROUP BY p.entry_id, p.account_id",
        (account, *span, *money, *money),
    )
    parts: dict[int, dict[int, int]] = {}
    for entry, other, amount in rows:
        parts.setdefault(entry, {})[other] = amount
    unpaid = [item.id for item in chart.accounts if item.control == "debts" or item.role == "sales_discount"]
    silent = [chart.by_role[role].id for role in ("cost_of_sales", "inventory") if role in chart.by_role]
    amounts = {}
    for entry, sums in parts.items():
        if len(silent) == 2 and sum(sums.get(item, 0) for item in silent) == 0:
            for item in silent:
                sums.pop(item, None)
        without_unpaid(sums, unpaid)
        amount = sums.get(account, 0)
        if amount and (amount < 0) == incoming:
            amounts[entry] = -amount
    named = reader.sql(
        "SELECT DISTINCT e.id, e.date, e.number, e.memo, y.name FROM posting AS p"
        " JOIN entry AS e ON e.id = p.entry_id LEFT JOIN party AS y ON y.id = e.party_id"
        " WHERE p.account_id = ? AND p.date >= ? AND p.date < ? AND e.kind = 'ordinary' ORDER BY e.date, e.id",
        (account, *span),
    )
    return [
        Source(key, day(on), number, memo, party, amounts[key])
        for key, on, number, memo, party in named
        if key in amounts
    ]


def entry_named(reader: Reader, number: str, on: date, amount: int | None = None) -> int | None:
    """The record with this number and date; where several have it, one that moved `amount` somewhere."""
    rows = reader.sql(
        "SELECT e.id, (SELECT count(*) FROM posting AS p WHERE p.entry_id = e.id AND abs(p.amount) = ?) AS fits"
        " FROM entry AS e WHERE e.date = ? AND e.number = ? ORDER BY fits > 0 DESC, e.id LIMIT 1",
        (abs(amount or 0), on.isoformat(), number),
    )
    return int(rows[0][0]) if rows else None


def posted_lines(reader: Reader, entry: int) -> list[PostedLine]:
    """The postings of one record, as they were posted."""
    rows = reader.sql(
        "SELECT a.code, a.name, y.name, p.memo, p.amount FROM posting AS p"
        " JOIN account AS a ON a.id = p.account_id LEFT JOIN party AS y ON y.id = p.party_id"
        " WHERE p.entry_id = ? ORDER BY p.id",
        (entry,),
    )
    return [PostedLine._make(row) for row in rows]
