"""Interest earned, recorded by keyboard from the page of loan quality."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.base.dates import Month
from app.ledger.book import Book
from app.ledger.loans.commands import Recognition, SetInterestRecognition
from app.ledger.loans.recognition import accrual_on
from app.ui.pages.loans import LoansPage
from app.ui.widgets.error_panel import Question
from tests.ui.conftest import OpenBook
from tests.ui.hands import Hands
from tests.ui.test_cooperative import come, page_of, siti

END = date(2026, 11, 30)


def accruing(book: Book) -> None:
    """The loan of Siti in a book that takes interest when it is earned."""
    siti(book)
    book.execute(SetInterestRecognition(month=Month(2026, 1), method=Recognition.ACCRUAL))


def test_interest_earned_is_recorded_and_taken_back(
    session_of: OpenBook, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def yes(question: Question) -> int:
        said.append(" ".join(label.text() for label in question.findChildren(QLabel)))
        return 1

    monkeypatch.setattr(Question, "exec", yes)
    session = session_of("cooperative", accruing, page="loans")
    come(qtbot, session)
    session.go("loans")
    page = page_of(session)
    assert isinstance(page, LoansPage)
    hands = Hands(qtbot, session)
    hands.press(Qt.Key.Key_K, alt=True)
    quality = page.quality
    assert quality.accrue_button.isVisible()
    owed = accrual_on(session.reading(), END).change
    assert owed > 0
    hands.press(Qt.Key.Key_J, alt=True)
    qtbot.waitUntil(lambda: accrual_on(session.reading(), END).stands == owed)
    assert f"{owed:,}".replace(",", ".") in said[0]
    qtbot.waitUntil(lambda: not quality.accrue_button.isEnabled())
    session.undo()
    assert accrual_on(session.reading(), END).stands == 0


def test_a_book_by_receipt_is_not_asked(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("cooperative", siti, page="loans")
    come(qtbot, session)
    session.go("loans")
    Hands(qtbot, session).press(Qt.Key.Key_K, alt=True)
    page = page_of(session)
    assert isinstance(page, LoansPage)
    assert not page.quality.accrue_button.isVisible()
