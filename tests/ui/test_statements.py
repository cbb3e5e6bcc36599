"""Members' statements: all with one click beside the window, stopped without anything half, and one alone."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.base.dates import Month
from app.ledger.book import Book
from app.ledger.members.commands import AddMember
from app.ledger.savings.commands import DepositSavings
from app.ui.bridge import Session
from app.ui.pages.statements import page as module
from app.ui.pages.statements.page import StatementsPage
from tests.ui.conftest import OpenBook, shell_of

MEMBERS = 60


def fill(book: Book) -> None:
    for number in range(1, MEMBERS + 1):
        name = f"Anggota {number:03}"
        team = ("Mawar", "Melati")[number % 2]
        book.execute(AddMember(name=name, number=f"{number:04}", joined=date(2026, 1, 5), team=team))
        book.execute(
            DepositSavings(
                member=f"{number:04}", product="voluntary", amount=10_000 * number, on=date(2026, 10, 7)
            )
        )


@pytest.fixture
def page(session_of: OpenBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StatementsPage:
    monkeypatch.setattr(module, "export_folder", lambda: tmp_path / "dokumen")
    session: Session = session_of("cooperative", fill, page="statements")
    session.set_month(Month(2026, 10))
    found = shell_of(session).page
    assert isinstance(found, StatementsPage)
    return found


def printed(page: StatementsPage, qtbot: QtBot) -> None:
    page.all_button.click()
    qtbot.waitUntil(lambda: page.job is None, timeout=60_000)


def test_an_empty_book_says_what_belongs_here(session_of: OpenBook) -> None:
    page = shell_of(session_of("cooperative", page="statements")).page
    assert isinstance(page, StatementsPage)
    assert page._empty.isVisible()


def test_all_statements_with_one_click_and_the_window_goes_on(page: StatementsPage, qtbot: QtBot) -> None:
    assert [name for name, _count in page.groups()] == ["Mawar", "Melati"]
    assert str(MEMBERS) in page.all_button.text()
    ticks: list[bool] = []
    timer = QTimer()
    timer.setInterval(5)
    timer.timeout.connect(lambda: ticks.append(page.job is not None))
    timer.start()
    names: list[str] = []
    page.all_button.click()
    assert page.job is not None
    page.job.moved.connect(lambda standing: names.append(standing.label))
    qtbot.waitUntil(lambda: page.job is None, timeout=60_000)
    timer.stop()
    made = page.printed
    assert made is not None
    assert made.agrees
    assert made.statements == MEMBERS
    pages = PdfReader(made.files[0]).pages
    assert len(pages) == MEMBERS + 1
    assert any(name.startswith("Anggota") for name in names)
    assert "60" in shell_of(page.session).toast.text
    assert (
        sum(ticks) > 5
    )  # the window went on turning while they were printed; how smoothly is a figure of the bench


def test_a_file_for_each_member(page: StatementsPage, qtbot: QtBot) -> None:
    page.files.choose("each")
    page.order.choose("name")
    assert [name for name, _count in page.groups()] == ["Semua anggota"]
    printed(page, qtbot)
    assert page.printed is not None
    assert len(page.printed.files) == MEMBERS + 1
    assert {file.name for file in page.printed.files} >= {"sampul.pdf", "0007-anggota-007.pdf"}


def test_four_to_a_page_on_folio(page: StatementsPage, qtbot: QtBot) -> None:
    page.per_page.choose("4")
    page.paper.choose("F4")
    assert not page.files.isVisible()
    printed(page, qtbot)
    assert page.printed is not None
    pages = PdfReader(page.printed.files[0]).pages
    assert len(pages) == MEMBERS // 4 + 1
    assert round(float(pages[1].mediabox.height)) == 935


def test_a_stop_leaves_nothing_half(page: StatementsPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.files.choose("each")
    page.all_button.click()
    assert page.job is not None
    page.job.moved.connect(
        lambda _standing: page.stop()
    )  # at the first: the next may be the last on a fast machine
    qtbot.waitUntil(lambda: page.job is None, timeout=60_000)
    assert page.printed is None
    assert not list((tmp_path / "dokumen").rglob("*.pdf"))
    assert not [path for path in (tmp_path / "dokumen").iterdir() if path.is_dir()]


def test_a_second_printing_leaves_the_first_alone(page: StatementsPage, qtbot: QtBot) -> None:
    printed(page, qtbot)
    first = page.printed
    printed(page, qtbot)
    assert first is not None
    assert page.printed is not None
    assert first.files[0].parent != page.printed.files[0].parent
    assert first.files[0].exists()


def test_only_this_member(page: StatementsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []

    def shown(draw: Callable[[str], bytes], title: str, _papers: object) -> None:
        seen.append((draw("A4"), title))

    monkeypatch.setattr(page.session, "preview", shown)
    page.only_button.click()
    assert not seen
    assert page.only.below
    QTest.keyClicks(page.only.line, "0007")
    page.only_button.click()
    content, title = seen[0]
    assert content.startswith(b"%PDF")
    assert "0007" in title
