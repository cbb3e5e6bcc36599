"""What an entry's head and postings say of the command that would record it: for each slice's own rebuilding.

A command is rebuilt only where recording it in the entry's place would make the same postings and details.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from app.ledger.accounts.chart import AccountRow, read_chart
from app.ledger.entries.commands import EntryLine, PostEntry
from app.ledger.reader import Reader, day


class Head(NamedTuple):
    """What an entry says of itself."""

    entry: int
    number: str
    on: date
    kind: str
    memo: str
    party: int | None


class Line(NamedTuple):
    """One posting, rupiah, debit positive."""

    account: AccountRow
    amount: int
    party: int | None
    memo: str


def head_of(reader: Reader, entry: int) -> Head:
    """The head of an entry that is there."""
    key, number, on, *rest = reader.sql(
        "SELECT id, number, date, kind, memo, party_id FROM entry WHERE id = ?", (entry,)
    )[0]
    return Head(key, number, day(on), *rest)


def lines_of(reader: Reader, entry: int) -> list[Line]:
    """Its postings as they were posted."""
    accounts = read_chart(reader).by_id
    rows = reader.sql(
        "SELECT account_id, amount, party_id, coalesce(memo, '') FROM posting WHERE entry_id = ? ORDER BY id",
        (entry,),
    )
    return [Line(accounts[account], amount, party, memo) for account, amount, party, memo in rows]


def money_of(lines: Sequence[Line]) -> list[Line]:
    """Those on cash and bank accounts."""
    return [line for line in lines if line.account.money]


def number_given(reader: Reader, head: Head, series: str) -> str:
    """The number that a person gave; empty for one that the book took from its own series, as it will again."""
    period = f"{head.on:%y%m}"
    start = f"{series}-{period}-"
    count = head.number.removeprefix(start)
    if count == head.number or not count.isdecimal() or head.number != f"{start}{int(count):04d}":
        return head.number
    last = reader.sql("SELECT last FROM series WHERE prefix = ? AND period = ?", (series, period))
    return "" if last and int(count) <= last[0][0] else head.number


def memo_given(head: Head, usual: str) -> str:
    """The words that a person gave; empty where the program would say the same."""
    return "" if head.memo == usual else head.memo


def party_named(reader: Reader, key: int | None) -> tuple[str, str]:
    """Code and name of a party; empty for none."""
    rows = reader.sql("SELECT code, name FROM party WHERE id = ?", (key,)) if key is not None else ()
    return (rows[0][0], rows[0][1]) if rows else ("", "")


def entry_again(reader: Reader, entry: int) -> PostEntry:
    """The entry by hand, line by line."""
    head = head_of(reader, entry)
    return PostEntry(
        on=head.on,
        memo=head.memo,
        number=number_given(reader, head, "JU"),
        lines=tuple(
            EntryLine(
                account=line.account.code,
                debit=max(line.amount, 0),
                credit=max(-line.amount, 0),
                memo=line.memo,
            )
            for line in lines_of(reader, entry)
        ),
    )
