"""Holding savings and letting them go on the member's card, by keyboard."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.ledger.savings.queries import holds_of, member_accounts
from tests.ui.conftest import OpenBook
from tests.ui.hands import Hands
from tests.ui.test_cooperative import siti
from tests.ui.test_members_papers import card_of, party_of

Key = Qt.Key


def test_an_amount_is_held_and_lifted_by_keyboard(session_of: OpenBook, qtbot: QtBot) -> None:
    session, page = card_of(session_of, qtbot, siti, "0147")
    hands, party = Hands(qtbot, session), party_of(session)
    assert page.lift_button.isHidden()
    hands.press(Key.Key_T, alt=True)
    # Voluntary savings stand there; the amount is asked for next.
    assert "3.000.000" in page.holding.account.below
    hands.press(Key.Key_Return)
    hands.type("1250000", Key.Key_Return)
    hands.type("Jaminan pinjaman", Key.Key_Return)
    hands.press(Key.Key_Return)
    hands.type("31/12/2026", Key.Key_Return)
    (hold,) = holds_of(session.reading(), party)
    assert (hold.amount, hold.reason, hold.until) == (1_250_000, "Jaminan pinjaman", date(2026, 12, 31))
    account = next(item for item in member_accounts(session.reading(), party) if item.held)
    assert (account.balance, account.free) == (3_000_000, 1_750_000)
    said = " ".join(label.text() for label in page.savings.findChildren(QLabel))
    assert "1.750.000" in said
    assert "Jaminan pinjaman" in said
    assert not page.lift_button.isHidden()
    hands.press(Key.Key_L, alt=True)
    hands.press(Key.Key_Return, Key.Key_Return)
    assert holds_of(session.reading(), party) == []
    assert page.lift_button.isHidden()


def test_more_than_there_is_is_refused_at_the_amount(session_of: OpenBook, qtbot: QtBot) -> None:
    session, page = card_of(session_of, qtbot, siti, "0147")
    hands = Hands(qtbot, session)
    hands.press(Key.Key_T, alt=True)
    hands.press(Key.Key_Return)
    hands.type("3000001", Key.Key_Return)
    hands.type("Sengketa")
    page.holding.save_button.click()
    assert "3.000.000" in page.holding.fields["amount"].editor.below or page.holding.trouble.text()
    assert holds_of(session.reading(), party_of(session)) == []
