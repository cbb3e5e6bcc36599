"""What every form does with Enter."""

from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ledger.book import Book
from app.ledger.members.commands import AddMember
from app.ui.widgets.picker import Picker
from tests.ui.conftest import OpenBook, shell_of
from tests.ui.hands import Hands


def members(book: Book) -> None:
    for number, name in (("0001", "Siti Aminah"), ("0002", "Budi Santoso")):
        book.execute(AddMember(number=number, name=name, joined=date(2026, 1, 5)))


def test_a_few_letters_and_enter_take_the_first_that_fits(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("cooperative", members, page="withdraw")
    hands = Hands(qtbot, session)
    picker = next(iter(shell_of(session).page.findChildren(Picker)))
    hands.type("bud", Qt.Key.Key_Return)
    assert picker.value() == "0002"
    assert hands.focus() is not picker.line


def test_letters_that_fit_nobody_are_said_to(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("cooperative", members, page="withdraw")
    hands = Hands(qtbot, session)
    picker = next(iter(shell_of(session).page.findChildren(Picker)))
    hands.type("zzz", Qt.Key.Key_Return)
    assert hands.focus() is picker.line
    assert "zzz" in picker.below
