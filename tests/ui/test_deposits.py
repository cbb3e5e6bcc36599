"""Term deposits by keyboard: opened, paid, printed, rolled over, paid back."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.ledger.book import Book
from app.ledger.deposits.commands import OpenTermDeposit
from app.ledger.deposits.queries import certificate
from app.ledger.deposits.terms import RollOver
from app.ledger.members.commands import AddMember
from app.ledger.savings.commands import DepositSavings
from app.ui.bridge import Session
from app.ui.pages.deposits import DepositPage, DepositsPage
from app.ui.widgets.palette import Palette
from tests.ui.conftest import OpenBook, shell_of
from tests.ui.hands import Hands

TODAY = date(2026, 11, 24)
Key = Qt.Key


def members(book: Book) -> None:
    for number, name in (("0147", "Siti Aminah"), ("0148", "Bambang Sutejo")):
        book.execute(AddMember(number=number, name=name, joined=date(2025, 9, 1)))
    book.execute(DepositSavings(member="0147", product="sukarela", amount=7_000_000, on=date(2026, 9, 2)))


def deposits(book: Book) -> None:
    members(book)
    book.execute(
        OpenTermDeposit(
            member="0147",
            amount=24_000_000,
            rate=Decimal("7.5"),
            term=3,
            on=date(2026, 8, 20),
            interest_into="Sukarela",
            roll_over=RollOver.PRINCIPAL,
        )
    )
    book.execute(
        OpenTermDeposit(
            member="0148",
            amount=9_000_000,
            rate=Decimal(6),
            term=12,
            on=date(2026, 10, 3),
            penalty_percent=Decimal(1),
        )
    )


def page_of(session: Session) -> Any:
    return shell_of(session).page


def rows(page: Any) -> list[Any]:
    model = page.table.model()
    return [model.row(place) for place in range(model.rowCount())]


def effects(form: Any) -> list[str]:
    layout = form._effect_lines
    return [layout.itemAt(place).widget().text() for place in range(layout.count())]


def test_a_deposit_is_opened_with_its_interest_beside_it(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("cooperative", members, page="deposits")
    hands = Hands(qtbot, session)
    page = page_of(session)
    assert isinstance(page, DepositsPage)
    hands.press(Key.Key_N, ctrl=True)
    hands.type("147", Key.Key_Return)
    hands.type("5jt", Key.Key_Return)
    hands.type("6", Key.Key_Return)
    hands.type("7,3", Key.Key_Return)
    said = effects(page.form)
    assert said[0] == "Jatuh tempo 24 Mei 2027."
    assert "Rp181.000" in said[1]  # 181 days of 1,000
    page.form.place.set_value("savings:voluntary:")
    assert effects(page.form)[-1] == "Uang kas tidak berubah."
    page.form.save()
    card = page_of(session)
    assert isinstance(card, DepositPage)
    found = certificate(session.reading(), "SB-2026-0001", TODAY)
    assert (found.amount, found.maturity, found.member) == (5_000_000, date(2027, 5, 24), "0147")
    hands.press(Key.Key_Z, ctrl=True)
    assert isinstance(page_of(session), DepositsPage)


def test_what_is_missing_is_said_at_its_field(session_of: OpenBook) -> None:
    session = session_of("cooperative", members, page="deposits")
    page = page_of(session)
    page.begin("0147")
    page.form.amount.set_value(1_000_000)
    page.form.rate.set_value(Decimal(6))
    page.form.save()
    assert "Jangka waktu perlu diisi" in page.form.fields["term"].editor._below.text()


def test_interest_that_stays_in_has_nowhere_else_to_go(session_of: OpenBook) -> None:
    session = session_of("cooperative", members, page="deposits")
    form = page_of(session).form
    form.into.set_value("voluntary")
    form.roll_over.set_value("all")
    assert not form.into.isEnabled()
    assert (form.interest.value(), form.into.value()) == ("maturity", None)
    form.roll_over.set_value("none")
    assert form.into.isEnabled()


def test_the_list_tells_what_matures_and_what_is_due(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("cooperative", deposits, page="deposits")
    hands = Hands(qtbot, session)
    page = page_of(session)
    assert [item.number for item in rows(page)] == ["SB-2026-0001", "SB-2026-0002"]
    page.choose("month")
    assert [item.number for item in rows(page)] == ["SB-2026-0001"]
    page.choose("due")
    assert len(rows(page)) == 2
    hands.press(Key.Key_J, alt=True)
    qtbot.waitUntil(lambda: not rows(page))
    # 92 days of 24,000,000 × 7.5 % / 365.
    assert certificate(session.reading(), "SB-2026-0001", TODAY).interest_paid == 453_699
    assert not page.interest_button.isEnabled()
    hands.press(Key.Key_P, alt=True)
    qtbot.waitUntil(lambda: certificate(session.reading(), "SB-2026-0001", TODAY).run == 2)
    page.choose("month")
    assert rows(page) == []
    page.choose("running")
    page.search.setText("bambang")
    qtbot.waitUntil(lambda: [item.member for item in rows(page)] == ["0148"])


def test_a_deposit_is_paid_printed_and_paid_back(
    session_of: OpenBook, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_of("cooperative", deposits, page="deposits")
    hands = Hands(qtbot, session)
    session.go("deposit", deposit="SB-2026-0002")
    card = page_of(session)
    assert "jatuh tempo" in card.next.text()
    hands.press(Key.Key_J, alt=True)
    assert certificate(session.reading(), "SB-2026-0002", TODAY).paid == date(2026, 11, 3)
    assert not card.pay_button.isEnabled()
    shown: list[bytes] = []
    monkeypatch.setattr(type(session), "preview", lambda _self, source, *_more: shown.append(source("A5")))
    hands.press(Key.Key_P, ctrl=True)
    assert shown[0].startswith(b"%PDF")
    hands.press(Key.Key_L, alt=True)
    # What 52 days earn less what 31 days earn: 76,932 - 45,863; the penalty of 1 % is kept.
    said = effects(card.closing)
    assert said[-1] == "Dibayarkan sebelum pajak: Rp8.941.069"
    card.closing.save()
    found = certificate(session.reading(), "SB-2026-0002", TODAY)
    assert (found.closed, found.amount) == (TODAY, 0)
    assert not card.close_button.isEnabled()
    assert card.escape() is False


def test_an_empty_book_says_what_the_page_is_for(session_of: OpenBook) -> None:
    page = page_of(session_of("cooperative", page="deposits"))
    assert page._stack.currentWidget() is page._empty


def test_it_is_found_by_its_number_and_its_records_by_their_chip(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("cooperative", deposits, page="records")
    with_them = page_of(session)
    with_them.chips["deposits"].click()
    listed = with_them.table.table
    assert {listed.row(place).kind for place in range(listed.rowCount())} == {"deposits"}
    assert listed.rowCount() == 2
    Hands(qtbot, session).press(Key.Key_K, ctrl=True)
    palette = next(
        item for item in QApplication.topLevelWidgets() if isinstance(item, Palette) and item.isVisible()
    )
    qtbot.addWidget(palette)
    qtbot.keyClicks(palette.field, "2026-0002")
    place = next(n for n, hit in enumerate(palette.hits) if hit.icon == "calendar-clock")
    assert "SB-2026-0002" in palette.hits[place].what
    for _step in range(place):
        qtbot.keyClick(palette.field, Key.Key_Down)
    qtbot.keyClick(palette.field, Key.Key_Return)
    assert isinstance(page_of(session), DepositPage)
    assert page_of(session)._number == "SB-2026-0002"


def test_beranda_tells_what_matures_within_a_month(session_of: OpenBook) -> None:
    def fill(book: Book) -> None:
        deposits(book)
        for number, term, on in (("B-30", 1, date(2026, 11, 24)), ("B-31", 2, date(2026, 10, 25))):
            book.execute(
                OpenTermDeposit(
                    member="0148", number=number, amount=1_000_000, rate=Decimal(6), term=term, on=on
                )
            )

    session = session_of("cooperative", fill, page="home")
    card = page_of(session).figures.maturing
    # Matured four days ago, and on 24 December; 25 December is the 31st day.
    assert not card.isHidden()
    said = [label.text() for label in card.findChildren(QLabel)]
    assert "SB-2026-0001" in said
    assert "Rp25.000.000" in card._note.text()


def test_beranda_is_silent_where_nothing_matures(session_of: OpenBook) -> None:
    session = session_of("cooperative", members, page="home")
    assert page_of(session).figures.maturing.isHidden()
