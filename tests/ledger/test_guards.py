"""The database itself keeps posted entries final, whoever opens the file.

Each attack runs on a closed book with Python's own sqlite3, as any other program would.
"""

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from app.base.dates import Month
from app.ledger import checks
from app.ledger.book import Book
from app.ledger.entries.commands import EntryLine, PostEntry, ReverseEntry
from app.ledger.periods.commands import LockMonth
from app.ledger.snapshot import open_snapshot
from app.ledger.storage.migrations import guard_statements

TODAY = date(2026, 11, 24)


def entry(on: date, debit: str, credit: str, amount: int) -> PostEntry:
    return PostEntry(
        on=on,
        memo="uji",
        lines=(EntryLine(account=debit, debit=amount), EntryLine(account=credit, credit=amount)),
    )


@pytest.fixture
def closed_book(business: Book) -> Path:
    """A book with three entries and a reversal, October locked, copied aside and closed."""
    business.execute(entry(date(2026, 10, 5), "1-1101", "3-1001", 5_000_000))
    business.execute(entry(date(2026, 11, 6), "6-1002", "1-1101", 750_000))
    third = business.execute(entry(date(2026, 11, 7), "6-1003", "1-1101", 123_456))
    business.execute(ReverseEntry(number=third.number))
    business.execute(LockMonth(month=Month(2026, 10)))
    copy = business.path.with_name("aside.lumbung")
    from app.ledger.storage.backup import copy_book

    copy_book(business.path, copy)
    return copy


ATTACKS = {
    "change an amount": "UPDATE posting SET amount = amount + 1 WHERE id = 1",
    "change a date": "UPDATE posting SET date = '2026-11-08' WHERE id = 3",
    "move a posting to another entry": "UPDATE posting SET entry_id = 3 WHERE id = 1",
    "move a posting to another account": "UPDATE posting SET account_id = 3 WHERE id = 1",
    "delete a posting": "DELETE FROM posting WHERE id = 1",
    "replace a posting": "INSERT OR REPLACE INTO posting VALUES (1, 1, 2, '2026-10-05', 9, NULL, NULL)",
    "replace a posting under a new entry": (
        "INSERT OR REPLACE INTO posting VALUES (1, 99, 2, '2026-11-05', 9, NULL, NULL)"
    ),
    "one more posting for a posted entry": (
        "INSERT INTO posting VALUES (99, 2, 2, '2026-11-06', 9, NULL, NULL)"
    ),
    "change an entry": "UPDATE entry SET date = '2026-11-08' WHERE id = 2",
    "change a memo": "UPDATE entry SET memo = 'lain' WHERE id = 2",
    "delete an entry": "DELETE FROM entry WHERE id = 2",
    "replace an entry": (
        "INSERT OR REPLACE INTO entry VALUES (2, 'X', '2026-11-06', 'ordinary', 'journal', 'x', NULL, NULL, NULL)"
    ),
    "an entry without postings": (
        "INSERT INTO entry VALUES (99, 'X', '2026-11-06', 'ordinary', 'journal', 'x', NULL, NULL, NULL)"
    ),
    "change the audit trail": "UPDATE audit SET actor = 'lain' WHERE id = 1",
    "delete from the audit trail": "DELETE FROM audit WHERE id = 1",
    "a hole in the audit trail": (
        "INSERT INTO audit SELECT 99, version, command, payload, salt, commitment, actor, at, zone, NULL, NULL,"
        " entries_digest, previous, hash, NULL, NULL FROM audit WHERE id = 1"
    ),
}


@pytest.mark.parametrize("statement", ATTACKS.values(), ids=ATTACKS.keys())
def test_the_database_refuses(closed_book: Path, statement: str) -> None:
    connection = sqlite3.connect(closed_book)
    connection.execute("PRAGMA foreign_keys = ON")
    before = connection.execute("SELECT * FROM posting ORDER BY id").fetchall()
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)
    connection.rollback()
    assert connection.execute("SELECT * FROM posting ORDER BY id").fetchall() == before
    connection.close()


def _insert_entry(
    connection: sqlite3.Connection, on: str, postings: list[tuple[object, object, str]]
) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    for key, (account, amount, day) in enumerate(postings, start=900):
        connection.execute(
            "INSERT INTO posting VALUES (?, 900, ?, ?, ?, NULL, NULL)", (key, account, day, amount)
        )
    connection.execute(
        "INSERT INTO entry VALUES (900, 'X', ?, 'ordinary', 'journal', 'x', NULL, NULL, NULL)", (on,)
    )
    connection.commit()


@pytest.mark.parametrize(
    ("on", "postings"),
    [
        pytest.param("2026-11-09", [(2, 500, "2026-11-09"), (44, -499, "2026-11-09")], id="unbalanced"),
        pytest.param("2026-11-09", [(2, 500, "2026-11-08"), (44, -500, "2026-11-09")], id="another date"),
        pytest.param("2026-10-09", [(2, 500, "2026-10-09"), (44, -500, "2026-10-09")], id="locked month"),
        pytest.param("2026-11-09", [(2, "lima ratus", "2026-11-09")], id="text in an amount"),
        pytest.param("2026-11-09", [(2, 12.5, "2026-11-09")], id="a fraction in an amount"),
        pytest.param("2026-11-09", [(2, 0, "2026-11-09"), (44, 0, "2026-11-09")], id="nothing"),
        pytest.param("2026-11-09", [(2, 500, "2026-11-09")], id="one leg"),
        pytest.param(
            "9 November 2026", [(2, 5, "9 November 2026"), (44, -5, "9 November 2026")], id="no date"
        ),
    ],
)
def test_the_database_refuses_a_new_entry(
    closed_book: Path, on: str, postings: list[tuple[object, object, str]]
) -> None:
    connection = sqlite3.connect(closed_book)
    with pytest.raises(sqlite3.IntegrityError):
        _insert_entry(connection, on, postings)
    connection.rollback()
    connection.close()


def test_a_sound_entry_of_another_program_passes_but_is_seen(closed_book: Path) -> None:
    connection = sqlite3.connect(closed_book)
    _insert_entry(connection, "2026-11-09", [(2, 500, "2026-11-09"), (44, -500, "2026-11-09")])
    connection.close()
    assert {"entries-unaudited", "day-balance"} <= _findings(closed_book)


def _findings(path: Path) -> set[str]:
    with open_snapshot(path, TODAY) as snapshot:
        return {item.key for item in checks.broken_only(checks.run(snapshot))}


FORGERIES = {
    "an amount, and the kept balances with it": (
        "UPDATE posting SET amount = amount * 2 WHERE entry_id = 2; UPDATE day_balance SET amount ="
        " (SELECT sum(p.amount) FROM posting AS p WHERE p.account_id = day_balance.account_id"
        " AND p.date = day_balance.date)",
        "entries-changed",
    ),
    "one leg of an entry": ("UPDATE posting SET amount = amount + 7 WHERE id = 3", "entry-unbalanced"),
    "the date of a posting": ("UPDATE posting SET date = '2026-11-20' WHERE id = 3", "posting-date"),
    "a kept balance": ("UPDATE day_balance SET amount = amount + 1 WHERE date = '2026-11-06'", "day-balance"),
    "a missing entry": ("DELETE FROM entry WHERE id = 2", "posting-without-entry"),
    "the whole last entry and its balances": (
        "DELETE FROM posting WHERE entry_id = 4; DELETE FROM entry WHERE id = 4",
        "entries-changed",
    ),
    "the account of a posting": (
        "UPDATE posting SET account_id = (SELECT id FROM account WHERE code = '6-1099') WHERE id = 3",
        "entries-changed",
    ),
    "who did it": ("UPDATE audit SET actor = 'orang lain' WHERE id = 2", "audit-changed"),
    "what was asked": ("UPDATE audit SET payload = replace(payload, '750000', '850000')", "audit-payload"),
    "a cut-out command": ("DELETE FROM audit WHERE id = 2", "audit-gap"),
    "a reversal that reverses less": (
        "UPDATE posting SET amount = amount / 2 WHERE entry_id = 4",
        "reversal",
    ),
    "a correction of what still stands": ("UPDATE entry SET replaces = 1 WHERE id = 2", "replacement"),
}


@pytest.mark.parametrize(("forgery", "key"), FORGERIES.values(), ids=FORGERIES.keys())
def test_check_finds_what_was_changed_with_the_guards_lifted(
    closed_book: Path, forgery: str, key: str
) -> None:
    assert _findings(closed_book) == set()
    connection = sqlite3.connect(closed_book)
    connection.execute("PRAGMA foreign_keys = OFF")
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.executescript(forgery)
    for statement in guard_statements():
        connection.execute(statement)
    connection.commit()
    connection.close()
    assert key in _findings(closed_book)


def test_check_finds_a_guard_that_was_left_out(closed_book: Path) -> None:
    connection = sqlite3.connect(closed_book)
    connection.execute("DROP TRIGGER posting_update")
    connection.commit()
    connection.close()
    assert _findings(closed_book) == {"guard-missing"}


def test_an_entry_date_guard_holds_for_each_month(closed_book: Path) -> None:
    connection = sqlite3.connect(closed_book)
    assert connection.execute("SELECT month FROM period_lock").fetchall() == [("2026-10",)]
    connection.close()


def test_the_guards_are_sql_of_old_engines(closed_book: Path) -> None:
    """Only SQL that SQLite 3.40 knows: the guards must hold in other people's programs."""
    connection = sqlite3.connect(closed_book)
    assert sqlite3.sqlite_version_info >= (3, 40)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_another_program_may_leave_the_keys_of_postings_to_sqlite(closed_book: Path) -> None:
    connection = sqlite3.connect(closed_book)
    connection.execute("PRAGMA foreign_keys = ON")
    following = connection.execute("SELECT max(id) + 1 FROM entry").fetchone()[0]
    for account, amount in ((2, 500), (44, -500)):
        connection.execute(
            "INSERT INTO posting (entry_id, account_id, date, amount) VALUES (?, ?, '2026-11-09', ?)",
            (following, account, amount),
        )
    connection.execute(
        "INSERT INTO entry (id, number, date, kind, source, memo)"
        " VALUES (?, 'X', '2026-11-09', 'ordinary', 'journal', 'x')",
        (following,),
    )
    connection.commit()
    assert connection.execute("SELECT max(id) FROM entry").fetchone()[0] == following
    connection.close()
