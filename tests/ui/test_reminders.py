"""Reminder letters in the window, by keyboard."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.ledger.book import Book
from app.ledger.loans.commands import DisburseLoan
from app.ledger.members.commands import AddMember
from app.ledger.reminders.queries import late_loan
from app.ui.bridge import Session
from app.ui.pages.loans import LoansPage
from app.ui.widgets.error_panel import Question
from tests.ui.conftest import OpenBook
from tests.ui.hands import Hands
from tests.ui.test_cooperative import TODAY, page_of, siti
from tests.ui.test_parties import filled

Key = Qt.Key


def two_late(book: Book) -> None:
    """Siti, nine days late with 1,120,000; and Budi, without a telephone, four days late."""
    siti(book)
    book.execute(AddMember(name="Budi", number="0009"))
    book.execute(
        DisburseLoan(
            member="0009", on=date(2026, 10, 20), principal=2_400_000, rate=Decimal(1), term=12, number="PJ-9"
        )
    )


@pytest.fixture
def links(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would have been opened."""
    found: list[str] = []

    def opened(link: QUrl) -> bool:
        found.append(link.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", opened)
    return found


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked; every question is answered with yes."""
    said: list[str] = []

    def yes(question: Question) -> int:
        said.append(" ".join(label.text() for label in question.findChildren(QLabel)))
        return 1

    monkeypatch.setattr(Question, "exec", yes)
    return said


def sent(session: Session, loan: str) -> list[tuple[int, str]]:
    return [(item.step, item.channel) for item in late_loan(session.reading(), loan, TODAY).sent]


def test_a_letter_is_sent_and_noted(
    session_of: OpenBook, qtbot: QtBot, links: list[str], asked: list[str]
) -> None:
    session = session_of("cooperative", two_late, page="loans")
    hands = Hands(qtbot, session)
    hands.press(Key.Key_U, alt=True)
    page = page_of(session)
    assert isinstance(page, LoansPage)
    view = page.reminders
    assert view.table.current().loan == "PJ-2026-0007"
    hands.press(Key.Key_W, alt=True)
    (link,) = links
    assert link.startswith("https://wa.me/6281227453318?text=Yth.%20Bapak%2FIbu%20Siti%20Aminah")
    assert "Rp1.120.000" in QGuiApplication.clipboard().text()
    hands.press(Key.Key_A, alt=True)
    assert sent(session, "PJ-2026-0007") == [(1, "whatsapp")]
    assert asked == []
    # The one before its time is asked about; without a number the message is only copied.
    hands.press(Key.Key_Down)
    assert view.table.current().loan == "PJ-9"
    hands.press(Key.Key_W, alt=True)
    assert len(links) == 1
    assert "Budi" in QGuiApplication.clipboard().text()
    hands.press(Key.Key_T, alt=True)
    assert sent(session, "PJ-9") == [(1, "letter")]
    assert "Budi" in asked[0]
    session.undo()
    assert sent(session, "PJ-9") == []
    hands.press(Key.Key_Escape)
    assert not view.isVisible()


def test_all_due_at_once(session_of: OpenBook, qtbot: QtBot, asked: list[str]) -> None:
    session = session_of("cooperative", two_late, page="loans")
    session.go("loans", reminders=True)
    view = page_of(session).reminders
    view.all_button.click()
    qtbot.waitUntil(lambda: sent(session, "PJ-2026-0007") == [(1, "letter")])
    assert sent(session, "PJ-9") == []
    qtbot.waitUntil(lambda: not view.all_button.isEnabled())
    assert view.print_all_button.isEnabled()  # with their numbers
    assert len(asked) == 1


def test_a_customer_is_reminded_the_same_way(session_of: OpenBook, qtbot: QtBot, links: list[str]) -> None:
    session = session_of("business", filled, page="parties")
    Hands(qtbot, session).press(Key.Key_W, alt=True)
    assert "Bu Tini" in QGuiApplication.clipboard().text()
    line = page_of(session).table.current()
    assert len(links) == (1 if line.facts.phone else 0)
