"""Backups that nobody has to think of."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from app.base.clock import FixedClock
from app.base.errors import BookUnavailable
from app.ledger.backups import (
    KEPT,
    backups,
    folder_of,
    keep_automatic,
    keep_by_hand,
    last_backup,
    verify,
)
from app.ledger.book import Book
from app.ledger.cash.commands import RecordMoneyIn, RecordMoneyOut
from app.ledger.storage.engine import driver
from tests.ledger.conftest import NOW


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUMBUNG_DATA", str(tmp_path / "data"))


def money_in(book: Book, amount: int) -> None:
    book.execute(RecordMoneyIn(on=date(2026, 11, 24), amount=amount, category="Modal masuk"))


def test_the_backup_holds_what_was_recorded_and_says_so(business: Book) -> None:
    assert last_backup(business.info.uid) is None
    money_in(business, 750_000)
    made = keep_automatic(business.path, FixedClock(NOW))
    assert made is not None
    (row,) = backups(business.path)
    assert row.path == made
    assert (row.automatic, row.name, row.entries, row.money) == (True, "Warung Sari", 1, 750_000)
    assert row.last_day == date(2026, 11, 24)
    assert row.last_number
    assert last_backup(business.info.uid) == row.made


def test_nothing_new_makes_no_new_backup(business: Book) -> None:
    money_in(business, 750_000)
    assert keep_automatic(business.path, FixedClock(NOW)) is not None
    assert keep_automatic(business.path, FixedClock(NOW)) is None
    money_in(business, 25_000)
    assert keep_automatic(business.path, FixedClock(NOW)) is not None
    assert [row.money for row in backups(business.path)] == [775_000, 750_000]


def test_ten_are_kept_and_those_by_hand_stay(business: Book) -> None:
    clock = FixedClock(NOW)
    money_in(business, 1_000)
    by_hand = keep_by_hand(business.path, clock)
    for number in range(KEPT + 3):
        money_in(business, 1_000 + number)
        clock.advance(timedelta(days=1))
        assert keep_automatic(business.path, clock) is not None
    rows = backups(business.path)
    assert sum(row.automatic for row in rows) == KEPT
    assert [row.path for row in rows if not row.automatic] == [by_hand]
    # The newest are those that stayed.
    newest = max(row.entries for row in rows)
    assert newest == KEPT + 4
    assert min(row.entries for row in rows if row.automatic) == newest - KEPT + 1


def test_a_damaged_backup_is_listed_with_its_reason(business: Book) -> None:
    money_in(business, 1_000)
    made = keep_automatic(business.path, FixedClock(NOW))
    assert made is not None
    made.write_bytes(b"no book at all" * 100)
    (row,) = backups(business.path)
    assert isinstance(row.fault, BookUnavailable)
    # It is no copy of what the book holds, so another one is made.
    assert keep_automatic(business.path, FixedClock(NOW)) is not None


def test_the_folder_is_told_by_the_book_not_by_its_file_name(business: Book, cooperative: Book) -> None:
    assert folder_of(business.info.uid) != folder_of(cooperative.info.uid)


def test_the_trial_balance_of_a_backup_stands_beside_it(business: Book) -> None:
    money_in(business, 750_000)
    business.execute(
        RecordMoneyOut(on=date(2026, 11, 24), amount=65_000, category="Listrik & air", memo="token")
    )
    assert keep_automatic(business.path, FixedClock(NOW)) is not None
    (row,) = backups(business.path)
    # Cash and the expense on the debit side, capital on the other.
    assert (row.accounts, row.debit, row.money) == (3, 750_000, 685_000)


def test_a_backup_is_looked_through_again(business: Book) -> None:
    money_in(business, 750_000)
    made = keep_automatic(business.path, FixedClock(NOW))
    assert made is not None
    before = made.read_bytes()
    assert verify(made) == (True, None, ())
    assert made.read_bytes() == before
    connection = driver.connect(str(made))
    connection.execute("PRAGMA writable_schema=ON")
    connection.execute("UPDATE party_balance SET amount = amount + 1")
    connection.execute("INSERT INTO party (id, kind, code, name) VALUES (900, 'customer', 'X', 'X')")
    connection.execute("INSERT INTO party_balance SELECT id, 900, 5 FROM account LIMIT 1")
    connection.commit()
    connection.close()
    verdict = verify(made)
    assert not verdict.sound
    assert verdict.findings
    made.write_bytes(b"no book at all" * 100)
    assert isinstance(verify(made).fault, BookUnavailable)
