"""The collection sheet by keyboard: absent and partial payers, the cash, recorded at once and taken back at once."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ledger.accounts.chart import read_chart
from app.ledger.book import Book
from app.ledger.entries.queries import balances
from app.ledger.loans.commands import DisburseLoan
from app.ledger.members.commands import AddMember
from app.ledger.savings.commands import SetSavingsProduct
from app.ledger.savings.queries import balances as savings_of
from app.ledger.savings.queries import products
from app.reports.collection import collection_paper
from app.ui.bridge import Session
from app.ui.pages.collection import CollectionPage
from app.ui.pages.collection.grid import COLUMNS
from tests.ui.conftest import OpenBook
from tests.ui.test_cooperative import come, page_of, press

TODAY = date(2026, 11, 24)
Key = Qt.Key
NAMES = ("Aminatun", "Bambang Sutrisno", "Cahyani", "Darmi", "Eko Prasetyo")


def melati(book: Book, names: tuple[str, ...] = NAMES) -> None:
    """Members who joined this month; the second and the fourth have a loan due on the 20th."""
    with book.snapshot() as snapshot:
        code = next(item.code for item in products(snapshot) if item.kind == "mandatory")
    book.execute(SetSavingsProduct(code=code, amount=50_000))
    for place, name in enumerate(names):
        number = f"{141 + place:04}"
        book.execute(AddMember(name=name, number=number, team="Melati", joined=date(2026, 11, 1)))
        if place in (1, 3):
            book.execute(
                DisburseLoan(
                    member=number,
                    on=date(2026, 11, 1),
                    first_due=date(2026, 11, 20),
                    principal=6_000_000,
                    rate=Decimal(1),
                    term=12,
                )
            )


def cash_of(session: Session) -> dict[str, int]:
    reader = session.reading()
    found = balances(reader, date(2026, 12, 31))
    return {row.code: row.normal * found.get(row.id, 0) for row in read_chart(reader).accounts}


def opened(session_of: OpenBook, qtbot: QtBot) -> tuple[Session, Any]:
    session = session_of("cooperative", melati, page="collection")
    come(qtbot, session)
    page = page_of(session)
    assert isinstance(page, CollectionPage)
    return session, page


def test_what_is_asked_stands_in_the_sheet(session_of: OpenBook, qtbot: QtBot) -> None:
    _session, page = opened(session_of, qtbot)
    assert [line.total for line in page.lines] == [50_000, 610_000, 50_000, 610_000, 50_000]
    assert page.sums.sums == {
        "mandatory": 250_000,
        "voluntary": 0,
        "instalment": 1_120_000,
        "penalty": 0,
        "total": 1_370_000,
    }
    assert page.grid.hasFocus()


def test_a_meeting_by_keyboard_recorded_and_taken_back(session_of: OpenBook, qtbot: QtBot) -> None:
    session, page = opened(session_of, qtbot)
    before = cash_of(session)
    # Aminatun saves 20,000 more; Tab goes to the right, Enter down in the same column.
    press(qtbot, Key.Key_Tab)
    press(qtbot, "20rb", Key.Key_Return)
    assert page.lines[0].voluntary == 20_000
    assert page.grid.currentIndex().row() == 1
    assert COLUMNS[page.grid.currentIndex().column()] == "voluntary"
    # Bambang pays less than what is due, and a penalty.
    press(qtbot, Key.Key_Tab, "400000", Key.Key_Tab, "5rb", Key.Key_Return)
    assert (page.lines[1].instalment, page.lines[1].penalty, page.lines[1].short) == (400_000, 5_000, 155_000)
    # Cahyani is absent: what she owes stays owed.
    press(qtbot, Key.Key_Space)
    assert page.lines[2].absent
    assert page.lines[2].total == 0
    total = 70_000 + 455_000 + 610_000 + 50_000
    assert page.sums.sums["total"] == total
    # The cash is 5,000 short: it says where just that amount stands.
    page.count_button.click()
    press(qtbot, "11", Key.Key_Return, "1", Key.Key_Return, "1", Key.Key_Return, "1")
    assert page.cash.counted == total - 5_000
    assert "0142" in page.difference.hint.text()
    assert not page.difference.isHidden()
    press(qtbot, Key.Key_Return, control=True)
    now = cash_of(session)
    assert now["1-1101"] - before["1-1101"] == total - 5_000
    assert now["8-1002"] - before["8-1002"] == 5_000
    assert now["4-1004"] - before["4-1004"] == 5_000
    assert {row.number: row.total for row in savings_of(session.reading())} == {
        "0141": 70_000,
        "0142": 50_000,
        "0144": 50_000,
        "0145": 50_000,
    }
    # The sheet now asks for what is left, and holds nothing that was typed.
    assert [line.total for line in page.lines] == [0, 160_000, 50_000, 0, 0]
    assert page.cash.counted is None
    # One key takes all of it back, and what stood in the sheet is there again.
    press(qtbot, Key.Key_Z, control=True)
    assert cash_of(session) == before
    assert (page.lines[0].voluntary, page.lines[1].instalment, page.lines[2].absent) == (
        20_000,
        400_000,
        True,
    )
    assert page.cash.counted == total - 5_000


def test_what_cannot_be_read_is_refused_on_the_spot(session_of: OpenBook, qtbot: QtBot) -> None:
    _session, page = opened(session_of, qtbot)
    press(qtbot, "5xyz", Key.Key_Return)
    assert not page.trouble.isHidden()
    assert page.lines[0].mandatory == 50_000
    press(qtbot, "30rb", Key.Key_Return)
    assert page.trouble.isHidden()
    assert page.lines[0].mandatory == 30_000


def test_a_refused_line_is_shown_at_its_row_and_nothing_is_recorded(
    session_of: OpenBook, qtbot: QtBot
) -> None:
    session, page = opened(session_of, qtbot)
    before = cash_of(session)
    page.grid.put(3, "instalment", 90_000_000)
    page.cash.fields["coins"].setText("1")
    page.record()
    assert cash_of(session) == before
    assert page.lines[3].fault
    assert page.grid.currentIndex().row() == 3
    assert not page.trouble.isHidden()


def test_without_counting_the_cash_it_asks_first(
    session_of: OpenBook, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, page = opened(session_of, qtbot)
    before = cash_of(session)
    answers = iter((False, True))
    monkeypatch.setattr(session, "ask", lambda *_args, **_more: next(answers))
    page.record()
    assert cash_of(session) == before
    page.record()
    assert cash_of(session)["1-1101"] - before["1-1101"] == 1_370_000
    assert cash_of(session)["8-1002"] == before["8-1002"]


def test_a_sheet_comes_back_after_a_crash(session_of: OpenBook, qtbot: QtBot) -> None:
    session, page = opened(session_of, qtbot)
    page.grid.toggle(2)
    page.grid.put(0, "voluntary", 25_000)
    page.cash.fields["50000"].setText("3")
    page.keep_draft()
    # Another window of the same book, as after the process was killed.
    again = CollectionPage(session)
    qtbot.addWidget(again)
    again.open()
    again.reload()
    assert (again.lines[0].voluntary, again.lines[2].absent, again.cash.counted) == (25_000, True, 150_000)
    # Another day is another sheet.
    again.on.set_value(date(2026, 11, 23))
    assert (again.lines[0].voluntary, again.cash.counted) == (0, None)


def test_the_blank_sheet_and_the_file_say_the_same(
    session_of: OpenBook, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, page = opened(session_of, qtbot)
    drawn: list[bytes] = []
    monkeypatch.setattr(session, "preview", lambda source, *_rest: drawn.append(source("F4")))
    page.print_blank()
    assert drawn[0] == collection_paper(session.request(), TODAY, "Melati", "F4")
    files: list[Any] = []
    monkeypatch.setattr(session, "export", lambda document, _drawn: files.append(document))
    page.export()
    assert files[0].totals["total"] == page.sums.sums["total"]


def test_an_empty_book_says_what_belongs_here(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("cooperative", page="collection")
    qtbot.wait(20)
    page = page_of(session)
    assert page._views.currentWidget() is page._empty


def test_five_hundred_rows_are_filled_by_enter_alone(session_of: OpenBook, qtbot: QtBot) -> None:
    def fill(book: Book) -> None:
        melati(book, tuple(f"Anggota {number:03}" for number in range(500)))

    session = session_of("cooperative", fill, page="collection")
    come(qtbot, session)
    page = page_of(session)
    assert len(page.lines) == 500
    page.grid.stand_on(0, "voluntary")
    for _time in range(10):
        press(qtbot, "10rb", Key.Key_Return)
    assert page.sums.sums["voluntary"] == 100_000
