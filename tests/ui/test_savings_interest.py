"""Jasa simpanan by keyboard: what everybody gets, credited at once and taken back; who is behind."""

from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.base.dates import Month
from app.ledger.book import Book
from app.ledger.members.commands import AddMember
from app.ledger.savings.commands import DepositSavings, PlaceHold, SetSavingsProduct
from app.ledger.savings.queries import balance_of
from app.ledger.savings.terms import read_terms, terms_in
from app.ui.bridge import Session
from app.ui.pages.savings import InterestPage, SavingsPage
from tests.ui.conftest import OpenBook, shell_of
from tests.ui.hands import Hands

Key = Qt.Key
OCTOBER = Month(2026, 10)


def savers(book: Book) -> None:
    """Two who save at 6 % a year; one of them is behind with mandatory savings."""
    book.execute(SetSavingsProduct(code="mandatory", amount=25_000))
    book.execute(SetSavingsProduct(code="voluntary", rate=Decimal(6), basis=12))
    for number, name, amount in (("0001", "Siti Aminah", 2_400_000), ("0002", "Bambang", 60_000_000)):
        book.execute(AddMember(number=number, name=name, joined=date(2026, 9, 1)))
        book.execute(DepositSavings(member=number, product="sukarela", amount=amount, on=date(2026, 9, 7)))
    book.execute(DepositSavings(member="2", product="wajib", amount=75_000, on=date(2026, 9, 7)))


def page_of(session: Session) -> Any:
    return shell_of(session).page


def interest_page(session: Session, qtbot: QtBot) -> InterestPage:
    """The page on October, once it has read who gets what."""
    session.set_month(OCTOBER)
    session.go("interest")
    page = page_of(session)
    assert isinstance(page, InterestPage)
    qtbot.waitUntil(page.run_button.isEnabled)
    return page


def test_the_interest_of_a_month_is_credited_and_taken_back(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("cooperative", savers, page="savings")
    hands = Hands(qtbot, session)
    page = interest_page(session, qtbot)
    assert [(item.number, item.gross, item.tax) for item in page.due] == [
        ("0001", 12_000, 0),
        ("0002", 300_000, 30_000),
    ]
    hands.press(Key.Key_Return, ctrl=True)
    qtbot.waitUntil(lambda: session.jobs.writer is None and page.due == [])
    assert not page.run_button.isEnabled()
    party = session.reading().sql("SELECT id FROM party WHERE code = '0001'")[0][0]
    assert balance_of(session.reading(), party) == 2_412_000
    hands.press(Key.Key_Z, ctrl=True)
    qtbot.waitUntil(lambda: len(page.due) == 2)
    assert balance_of(session.reading(), party) == 2_400_000


def test_a_month_that_is_not_over_is_only_shown(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("cooperative", savers, page="savings")
    session.go("interest")
    page = page_of(session)
    qtbot.waitUntil(lambda: len(page.due) == 2)
    assert not page.run_button.isEnabled()
    page.credit()
    QApplication.processEvents()
    assert session.jobs.writer is None


def test_who_is_behind_is_led_to_the_deposit(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("cooperative", savers, page="savings")
    hands = Hands(qtbot, session)
    page = interest_page(session, qtbot)
    hands.press(Key.Key_2, alt=True)
    assert page.late.current() is None or page.late.current().number == "0001"
    assert page.late_totals.sums.endswith("50.000")
    page.late.go_to(0)
    hands.press(Key.Key_Return)
    deposit = page_of(session)
    assert isinstance(deposit, SavingsPage)
    assert deposit.form.amounts["mandatory"].value() == 75_000


def test_what_savings_earn_is_changed_from_the_month_on(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("cooperative", savers, page="savings")
    hands = Hands(qtbot, session)
    page = interest_page(session, qtbot)
    hands.press(Key.Key_3, alt=True)
    page.products.go_to(0)
    hands.press(Key.Key_Return)
    hands.type("4,5", Key.Key_Return, Key.Key_Return, Key.Key_Return)
    terms = next(rows for rows in read_terms(session.reading()).values() if rows)
    september, october = terms_in(terms, Month(2026, 9)), terms_in(terms, OCTOBER)
    assert september is not None
    assert october is not None
    assert (september.rate, october.rate) == (Decimal(6), Decimal("4.5"))
    qtbot.waitUntil(lambda: [item.gross for item in page.due] == [9_000, 225_000])
    assert page.form.rate.value() == Decimal("4.5")


def test_a_hold_is_seen_on_the_card_and_at_the_withdrawal(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("cooperative", savers, page="savings")
    session.book.execute(
        PlaceHold(
            member="1", product="sukarela", amount=400_000, reason="Agunan PJ-2026-0007", on=date(2026, 10, 1)
        )
    )
    session.go("member", member="0001")
    words = [label.text() for label in page_of(session).findChildren(QLabel)]
    assert "diblokir Rp400.000: Agunan PJ-2026-0007" in words
    assert "dapat ditarik Rp2.000.000" in words
    session.go("withdraw", member="0001")
    page = page_of(session)
    assert page.form.product.below == "Saldo Rp2.400.000, bisa ditarik Rp2.000.000"
    page.form.amount.set_value(2_000_001)
    page.form.changed_by_page()
    assert "Akan ditolak" in " ".join(label.text() for label in page.form.findChildren(QLabel))
