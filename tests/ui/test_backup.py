"""The backups that the window makes by itself, and a book of an older program opened in it."""

import gzip
from datetime import date
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.ledger.backups import backups, last_backup
from app.ledger.book import Book
from app.ledger.cash.commands import RecordMoneyIn
from app.ui.application import Desk
from tests.ui.conftest import OpenBook, shell_of

OLDER = Path(__file__).parents[1] / "books" / "schema-1-business.lumbung.gz"


def till(book: Book) -> None:
    book.execute(RecordMoneyIn(on=date(2026, 11, 24), amount=750_000, category="Modal masuk"))


def test_going_to_another_book_keeps_what_was_recorded(session_of: OpenBook, desk: Desk) -> None:
    first = session_of("business", till).book.path
    uid = desk.session.info.uid if desk.session else ""
    assert last_backup(uid) is None
    session_of("cooperative")
    (row,) = backups(first)
    assert row.money == 750_000


def test_going_back_to_the_doors_keeps_what_was_recorded(session_of: OpenBook, desk: Desk) -> None:
    path = session_of("business", till).book.path
    desk.welcome()
    assert [row.money for row in backups(path)] == [750_000]


def test_another_look_is_no_end_of_the_work(session_of: OpenBook, desk: Desk) -> None:
    path = session_of("business", till).book.path
    desk.rebuild()
    assert backups(path) == []
    assert desk.session is not None


def test_an_older_book_opens_and_says_where_the_old_file_is(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "warung.lumbung"
    path.write_bytes(gzip.decompress(OLDER.read_bytes()))
    desk.window.show()
    assert desk.open_book(path)
    assert desk.session is not None
    kept = desk.session.book.before_update
    assert kept is not None
    assert kept.is_file()
    toast = shell_of(desk.session).toast
    qtbot.waitUntil(lambda: kept.name in toast.text)
    assert desk.open_book(path)
    qtbot.wait(50)
    assert kept.name not in shell_of(desk.session).toast.text
