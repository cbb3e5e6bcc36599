"""Restrukturisasi from the card of a loan, by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.ledger.loans.reading import find_loan
from app.ledger.loans.restructure_command import RestructureLoan, Restructuring
from app.ui.pages.loans import LoanPage
from tests.reports.pdf_reading import placed_texts
from tests.ui.conftest import OpenBook
from tests.ui.hands import Hands
from tests.ui.test_cooperative import TODAY, come, page_of
from tests.ui.test_loans_quality import with_product


def test_the_new_schedule_is_seen_before_it_holds(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("cooperative", with_product, page="members")
    come(qtbot, session)
    session.go("loan", loan="PJ-2026-0007")
    page = page_of(session)
    assert isinstance(page, LoanPage)
    Hands(qtbot, session).press(Qt.Key.Key_R, alt=True)
    form = page.restructuring
    assert form.isVisible()
    form.term.set_value(20)
    form.reason.set_value("panen gagal")
    words = " ".join(label.text() for label in form.effect_card.findChildren(QLabel))
    assert "Rp12.000.000" in words
    assert "Angsuran ke-" in words
    form.save_button.click()
    assert find_loan(session.reading(), "PJ-2026-0007", TODAY).restructured == ()  # nobody approved it
    form.approved_by.set_value("Rapat pengurus")
    form.save_button.click()
    (made,) = find_loan(session.reading(), "PJ-2026-0007", TODAY).restructured
    assert (made.terms.term, made.on, made.reason) == (20, TODAY, "panen gagal")
    assert not form.isVisible()
    session.undo()
    assert find_loan(session.reading(), "PJ-2026-0007", TODAY).restructured == ()


def test_the_addendum_is_printed_once_there_is_one(
    session_of: OpenBook, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_of("cooperative", with_product, page="members")
    come(qtbot, session)
    session.go("loan", loan="PJ-2026-0007")
    page = page_of(session)
    assert isinstance(page, LoanPage)
    assert not page.addendum_button.isVisible()
    session.execute(
        RestructureLoan(
            loan="PJ-2026-0007",
            on=TODAY,
            kind=Restructuring.RESCHEDULING,
            term=20,
            reason="panen gagal",
            approved_by="Rapat pengurus",
        )
    )
    assert page.addendum_button.isVisible()
    made: list[bytes] = []
    monkeypatch.setattr(type(session), "preview", lambda _self, source, *_more: made.append(source("F4")))
    Hands(qtbot, session).press(Qt.Key.Key_N, alt=True)
    assert "panen gagal" in " ".join(item.text for item in placed_texts(made[0]))
