"""A shop and cooperative year of any size, the same each time: entries of 2 to 4 postings, 1,000 members.

It is posted through Book.execute by one command that only the measurements know, and written for
ledger-cli with the same figures.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from app.base.clock import FixedClock
from app.ledger.accounts.service import chart_of
from app.ledger.book import Book
from app.ledger.changes import Done
from app.ledger.command import Command, Count
from app.ledger.entries.post import Posting, post
from app.ledger.parties.register import PartyKind, add_party
from app.ledger.transaction import Transaction

CLOCK = FixedClock(datetime(2026, 11, 24, 9, 0, tzinfo=timezone(timedelta(hours=7))))
FIRST = date(2025, 1, 1)
DAYS = 365
CODES = ("1-1101", "1-1111", "1-1201", "2-1101", "3-1001", "3-1002", "4-1001", "4-1003", "6-2001", "6-2004")
_CONTROLS = frozenset({"savings", "loans", "debts", "products"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PostYear(Command):
    """Post a whole year of made-up entries."""

    entries: Count
    members: Count


def made_up(entries: int, members: int) -> Iterator[tuple[date, str, list[tuple[int, int, int | None]]]]:
    """The entries: day, memo, and postings of (place in CODES, rupiah, member's number or None)."""
    dice = random.Random(20261124)
    for number in range(entries):
        on = FIRST + timedelta(days=number * DAYS // entries)
        member = dice.randrange(members)
        amount = dice.randrange(10, 2_000) * 500
        fee = dice.randrange(1, 90) * 100
        kind = number % 4
        if kind == 0:
            yield on, f"Setoran {number}", [(0, amount, None), (3, -amount, member)]
        elif kind == 1:
            yield on, f"Angsuran {number}", [(0, amount + fee, None), (2, -amount, member), (6, -fee, member)]
        elif kind == 2:
            yield (
                on,
                f"Pencairan {number}",
                [(2, amount + fee, member), (0, -amount, None), (7, -fee, member)],
            )
        else:
            parts: list[tuple[int, int, int | None]] = [
                (8, fee, None),
                (9, amount, None),
                (0, -fee, None),
                (1, -amount, None),
            ]
            yield on, f"Biaya {number}", parts


def _post_year(tx: Transaction, command: PostYear) -> Done:
    chart = chart_of(tx)
    accounts = [chart.code(code).id for code in CODES]
    parties = [
        add_party(tx, PartyKind.MEMBER, f"Anggota {number}", code=f"{number + 1:04d}").id
        for number in range(command.members)
    ]
    tx.flush()
    for on, memo, parts in made_up(command.entries, command.members):
        postings = [
            Posting(accounts[place], amount, None if member is None else parties[member])
            for place, amount, member in parts
        ]
        post(tx, on=on, memo=memo, postings=postings, source="year", controls=_CONTROLS)
    return Done()


def carry_out(book: Book, kind: type[Command], handler: Callable[[Transaction, Any], Done]) -> None:
    """Have one open book carry out a kind of command in a way that only the measurements know."""
    private: Any = book
    run = private._run
    private._run = lambda tx, command: (handler if type(command) is kind else run)(tx, command)


def year_book(folder: Path, entries: int, members: int) -> Path:
    """The book of the year, made if it is not there yet."""
    path = folder / f"tahun-{entries}.lumbung"
    if not path.exists():
        draft = folder / f"tahun-{entries}.draft"
        for leftover in folder.glob(draft.name + "*"):
            leftover.unlink()
        book = Book.create(draft, kind="cooperative", name="Tahun", clock=CLOCK, actor="bench")
        carry_out(book, PostYear, _post_year)
        book.execute(PostYear(entries=entries, members=members))
        book.close()
        draft.rename(path)
    return path


def year_journal(folder: Path, entries: int, members: int) -> Path:
    """The same year as a text journal for ledger-cli."""
    path = folder / f"tahun-{entries}.ledger"
    if not path.exists():
        with path.open("w", encoding="utf-8") as stream:
            for on, memo, parts in made_up(entries, members):
                stream.write(f"{on:%Y/%m/%d} {memo}\n")
                for place, amount, member in parts:
                    name = CODES[place] if member is None else f"{CODES[place]}:{member + 1:04d}"
                    stream.write(f"    {name}  {amount} IDR\n")
                stream.write("\n")
    return path
