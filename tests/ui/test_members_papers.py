"""The member's card in depth: heirs, photo, admission, coming back, papers; and the officers' page."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.ledger.book import Book
from app.ledger.members.commands import (
    PHOTO_BYTES,
    AcceptExit,
    AddMember,
    Admission,
    AppointOfficer,
    GoverningBody,
    PayExit,
)
from app.ledger.members.history import heirs, photo, terms
from app.ledger.members.queries import member, member_details
from app.ledger.savings.commands import DepositSavings
from app.ui.bridge import Session
from app.ui.pages.members import MemberPage, MembersPage
from app.ui.pages.officers import OfficersPage
from tests.ui.conftest import OpenBook
from tests.ui.test_cooperative import come, page_of, press, siti

TODAY = date(2026, 11, 24)
Key = Qt.Key


def card_of(
    session_of: OpenBook, qtbot: QtBot, fill: Callable[[Book], None], number: str
) -> tuple[Session, MemberPage]:
    session = session_of("cooperative", fill, page="members")
    come(qtbot, session)
    session.go("member", member=number)
    page = page_of(session)
    assert isinstance(page, MemberPage)
    return session, page


def party_of(session: Session, number: str = "0147") -> int:
    return member(session.reading(), number, TODAY).party


def test_heirs_with_their_shares_by_keyboard(session_of: OpenBook, qtbot: QtBot) -> None:
    session, page = card_of(session_of, qtbot, siti, "0147")
    page.heirs_button.click()
    press(qtbot, "Budi", Key.Key_Return, "suami", Key.Key_Return, "60", Key.Key_Return)
    press(qtbot, "Rina", Key.Key_Return, "anak", Key.Key_Return, "30")
    page.heirs.save_button.click()
    assert "90" in page.heirs.trouble.text() or "90" in page.heirs.fields["share1"].editor.below
    page.heirs.fields["share2"].editor.set_value(40)
    page.heirs.save_button.click()
    found = heirs(session.reading())[party_of(session)]
    assert [(item.name, item.relation, str(item.share)) for item in found] == [
        ("Budi", "suami", "60"),
        ("Rina", "anak", "40"),
    ]
    page.heirs_button.click()
    assert page.heirs.fields["name2"].editor.value() == "Rina"


def test_a_large_photo_is_made_small(
    session_of: OpenBook, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = QImage(3000, 4000, QImage.Format.Format_RGB32)
    picture.fill(QColor("#446688"))
    path = tmp_path / "siti.png"
    assert picture.save(str(path))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(path), ""))
    session, page = card_of(session_of, qtbot, siti, "0147")
    assert page.data.picture.isHidden()
    page.photo_button.click()
    kept = photo(session.reading(), party_of(session))
    assert kept is not None
    assert kept.startswith(b"\xff\xd8\xff")
    assert len(kept) < PHOTO_BYTES
    assert not page.data.picture.isHidden()
    page.no_photo_button.click()
    assert photo(session.reading(), party_of(session)) is None
    assert page.data.picture.isHidden()


def test_a_prospective_member_becomes_a_full_one(session_of: OpenBook, qtbot: QtBot) -> None:
    def fill(book: Book) -> None:
        book.execute(
            AddMember(name="Wati", number="9", joined=date(2026, 9, 1), status=Admission.PROSPECTIVE)
        )

    session, page = card_of(session_of, qtbot, fill, "9")
    page.admit_button.click()
    page.admission.save_button.click()
    assert member(session.reading(), "9", TODAY).status == "active"
    assert member_details(session.reading(), party_of(session, "9")).admitted == TODAY
    assert page.admit_button.isHidden()


def test_one_who_left_comes_back(session_of: OpenBook, qtbot: QtBot) -> None:
    def fill(book: Book) -> None:
        book.execute(AddMember(name="Wati", number="9", joined=date(2026, 9, 1)))
        book.execute(DepositSavings(member="9", product="Sukarela", amount=71_000, on=date(2026, 9, 2)))
        book.execute(AcceptExit(member="9", on=date(2026, 10, 1)))

    session, page = card_of(session_of, qtbot, fill, "9")
    # As long as anything is owed there is no way back but taking the exit back.
    assert page.reinstate_button.isHidden()
    session.execute(PayExit(member="9", on=date(2026, 10, 2)))
    assert not page.reinstate_button.isHidden()
    page.reinstate_button.click()
    page.reinstatement.save_button.click()
    assert member(session.reading(), "9", TODAY).status == "active"
    assert member(session.reading(), "9", date(2026, 10, 31)).status == "left"


def test_leaving_settles_the_loan_out_of_the_savings(session_of: OpenBook, qtbot: QtBot) -> None:
    def fill(book: Book) -> None:
        siti(book)
        book.execute(
            DepositSavings(member="0147", product="sukarela", amount=29_000_000, on=date(2026, 11, 2))
        )

    session, page = card_of(session_of, qtbot, fill, "0147")
    page.leave_button.click()
    assert page.leaving.settle.value()
    page.leaving.save_button.click()
    assert page.facts is not None
    assert not page.facts.owed
    assert page.facts.row.status == "leaving"
    details = member_details(session.reading(), party_of(session))
    assert details.exit_requested is None


def test_papers_of_one_and_of_all(
    session_of: OpenBook, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[tuple[object, str]] = []
    monkeypatch.setattr(
        Session, "preview", lambda _self, source, title="", *_more: shown.append((source, title))
    )
    session, page = card_of(session_of, qtbot, siti, "0147")
    page.card_button.click()
    page.letter_button.click()
    for source, _title in shown:
        assert callable(source)
        assert source("A4").startswith(b"%PDF")
    session.go("members")
    listed = page_of(session)
    assert isinstance(listed, MembersPage)
    listed.register_button.click()
    assert len(shown) == 3
    for button in (listed.cards_button, listed.letters_button):
        shown.clear()
        button.click()
        qtbot.waitUntil(lambda: bool(shown))
        content = shown[-1][0]
        assert isinstance(content, bytes)
        assert content.startswith(b"%PDF")


def test_an_officer_is_appointed_and_leaves_the_office(session_of: OpenBook, qtbot: QtBot) -> None:
    def fill(book: Book) -> None:
        siti(book)
        book.execute(
            AppointOfficer(body=GoverningBody.BOARD, office="Ketua", name="Hadi", on=date(2024, 1, 8))
        )

    session = session_of("cooperative", fill, page="officers")
    come(qtbot, session)
    page = page_of(session)
    assert isinstance(page, OfficersPage)
    press(qtbot, Key.Key_N, control=True)
    page.appointing.body.set_value(GoverningBody.SUPERVISORS.value)
    page.appointing.fields["office"].editor.set_value("Sekretaris")
    page.appointing.member.set_value("0147")
    page.appointing.save_button.click()
    (found,) = terms(session.reading(), "supervisors", TODAY)
    assert (found.name, found.office, found.started) == ("Siti Aminah", "Sekretaris", TODAY)
    assert page.table.current() is not None
    page.end()
    page.ending.reason.set_value("Mengundurkan diri")
    page.ending.save_button.click()
    (board,) = terms(session.reading(), "board", TODAY)
    assert (board.ended, board.reason) == (TODAY, "Mengundurkan diri")
    page.choose("all")
    assert page.escape() is False


def test_the_list_is_narrowed_to_a_category(session_of: OpenBook, qtbot: QtBot) -> None:
    def fill(book: Book) -> None:
        for number, name, category in (
            ("0001", "Siti", "Luar biasa"),
            ("0002", "Bambang", "Biasa"),
            ("0003", "Tono", ""),
        ):
            book.execute(AddMember(name=name, number=number, joined=date(2026, 9, 1), category=category))

    session = session_of("cooperative", fill, page="members")
    come(qtbot, session)
    page = page_of(session)
    assert isinstance(page, MembersPage)
    assert not page.category.isHidden()
    model: Any = page.table.model()
    assert model.rowCount() == 3
    page.category.box.setFocus()
    qtbot.keyClick(page.category.box, Key.Key_Down)
    assert page.category.value() == "=Biasa"
    assert [model.row(place).row.number for place in range(model.rowCount())] == ["0002"]
    session.execute(AddMember(name="Wayan", number="0004", joined=date(2026, 9, 1), category="Biasa"))
    # The choice stays when the list is read again.
    assert model.rowCount() == 2
    assert "2" in page.chips["all"].text()


def test_without_categories_there_is_nothing_to_choose(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("cooperative", siti, page="members")
    come(qtbot, session)
    assert page_of(session).category.isHidden()
