"""Kas: money in and out, between places, for the household; and what lies where."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.base.dates import Month
from app.ledger.book import Book
from app.ledger.cash.commands import RecordMoneyIn, RecordMoneyOut, TransferMoney
from app.ledger.entries.records import newest_records
from app.ledger.rebuilding import original_command
from app.ui.bridge import Session
from app.ui.money_places import money_places
from app.ui.pages.cash import CashPage
from tests.ui.conftest import NOW, OpenBook, shell_of

TODAY = NOW.date()
ENTER, ALT, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def filled(book: Book) -> None:
    """Capital, a cost in October and one in November."""
    book.execute(RecordMoneyIn(on=date(2026, 10, 1), amount=5_000_000, category="capital", memo="modal"))
    book.execute(RecordMoneyOut(on=date(2026, 10, 9), amount=75_000, category="utilities", memo="token"))
    book.execute(RecordMoneyOut(on=date(2026, 11, 9), amount=25_000, category="transport", memo="bensin"))


def page_of(session: Session) -> CashPage:
    page = shell_of(session).page
    assert isinstance(page, CashPage)
    return page


def press(
    qtbot: QtBot, *pressed: str | Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    for key in pressed:
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        where = QApplication.focusWidget()
        assert where is not None
        if isinstance(key, str):
            QTest.keyClicks(where, key)
        else:
            QTest.keyClick(where, key, modifier)


def places(session: Session) -> dict[str, int]:
    return {place.kind: place.balance for place in money_places(session) if place.balance}


def last(session: Session) -> object:
    reader = session.reading()
    return original_command(reader, newest_records(reader, 1)[0].entry)


def test_four_ways_by_keyboard(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("business", filled, page="cash")
    page = page_of(session)
    press(qtbot, Qt.Key.Key_1, modifier=ALT)
    press(qtbot, "1jt")
    page.category.set_value("other-income")
    press(qtbot, ENTER, modifier=CTRL)
    command = last(session)
    assert isinstance(command, RecordMoneyIn)
    assert (command.amount, command.category) == (1_000_000, "other-income")
    press(qtbot, Qt.Key.Key_2, modifier=ALT)
    press(qtbot, "25rb")
    page.category.set_value("transport")
    press(qtbot, ENTER, modifier=CTRL)
    assert isinstance(last(session), RecordMoneyOut)
    press(qtbot, Qt.Key.Key_3, modifier=ALT)
    press(qtbot, "2jt")
    page.target.set_value(next(place.code for place in money_places(session) if place.kind == "bank"))
    press(qtbot, ENTER, modifier=CTRL)
    assert isinstance(last(session), TransferMoney)
    press(qtbot, Qt.Key.Key_4, modifier=ALT)
    press(qtbot, "100rb")
    press(qtbot, ENTER, modifier=CTRL)
    command = last(session)
    assert isinstance(command, RecordMoneyOut)
    assert command.category == "drawings"
    assert places(session) == {
        "cash": 4_900_000 + 1_000_000 - 25_000 - 2_000_000 - 100_000,
        "bank": 2_000_000,
    }
    assert "Rp100.000" in shell_of(session).toast.text


def test_the_moves_of_the_month_and_of_another(session_of: OpenBook) -> None:
    session = session_of("business", filled, page="cash")
    page = page_of(session)

    def shown() -> list[tuple[str, int]]:
        rows = [page.moves.table.row(place) for place in range(page.moves.table.rowCount())]
        return [(row.memo, row.amount) for row in rows]

    assert shown() == [("bensin", -25_000)]
    session.set_month(Month(2026, 10))
    assert shown() == [("token", -75_000), ("modal", 5_000_000)]
    session.set_month(Month(2026, 9))
    assert shown() == []
    assert not page.moves.isVisible()


def test_a_move_opens_its_record(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("business", filled, page="cash")
    page = page_of(session)
    page.moves.setFocus()
    press(qtbot, ENTER)
    assert shell_of(session).page_key == "records"


def test_a_record_is_put_right_and_the_old_one_reversed(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("business", filled, page="cash")
    entry = newest_records(session.reading(), 1)[0].entry
    session.go("cash", correct=entry)
    page = page_of(session)
    assert (page.amount.value(), page.memo.value(), page.day.value()) == (25_000, "bensin", date(2026, 11, 9))
    page.amount.select()
    press(qtbot, "35rb")
    press(qtbot, ENTER, modifier=CTRL)
    command = last(session)
    assert isinstance(command, RecordMoneyOut)
    assert (command.amount, command.on) == (35_000, date(2026, 11, 9))
    assert places(session) == {"cash": 5_000_000 - 75_000 - 35_000}
    assert page.form.correcting == 0
    session.undo()
    assert places(session) == {"cash": 4_900_000}


def test_less_than_there_is_is_said_before_saving(session_of: OpenBook, qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QLabel

    session = session_of("business", page="cash")
    page = page_of(session)
    press(qtbot, "50rb")
    told = " ".join(label.text() for label in page.form.effect_card.findChildren(QLabel))
    assert "-Rp50.000" in told


@pytest.mark.parametrize(("kind", "ways"), [("business", 4), ("cooperative", 3)])
def test_only_a_business_has_a_household(session_of: OpenBook, kind: str, ways: int) -> None:
    assert len(page_of(session_of(kind, page="cash")).ways) == ways
