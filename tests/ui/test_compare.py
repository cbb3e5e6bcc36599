"""Holding the old list beside the book: what is seen, printed and saved; the sums are worked out by hand."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.ledger.book import Book
from app.ledger.cash.commands import RecordMoneyIn
from app.ledger.debts.commands import SetOpeningBill
from app.ledger.entries.records import record_count
from app.ledger.parties.commands import AddCustomer
from app.reports.document import RowKind
from app.ui.bridge import Session
from app.ui.export import ExportDialog
from app.ui.lists import document_of
from app.ui.pages.compare import ComparePage
from tests.ledger.import_books import workbook
from tests.ui.conftest import OpenBook, shell_of
from tests.ui.hands import Hands


def owing(book: Book) -> None:
    """Three customers who owe 100, 200 and 300 thousand."""
    for number, name in enumerate(("Bu Tini", "Pak Joko", "Mbak Sri"), 1):
        book.execute(AddCustomer(name=name))
        book.execute(
            SetOpeningBill(
                on=date(2026, 10, 31),
                customer=name,
                number=f"B{number}",
                amount=number * 100_000,
            )
        )


@pytest.fixture
def old(tmp_path: Path) -> Path:
    rows: list[list[Any]] = [
        ["Daftar bon Oktober"],
        ["Nama Pelanggan", "Sisa Bon"],
        ["BU TINI", 100_000],
        ["Pak Joko", 250_000],
        ["Pak Karto", 40_000],
        ["Bu Salah", "seratus"],
        ["Jumlah", 390_000],
    ]
    return workbook(tmp_path / "bon lama.xlsx", Bon=rows)


def page_of(session: Session, **parameters: Any) -> ComparePage:
    session.go("compare", **parameters)
    page = shell_of(session).page
    assert isinstance(page, ComparePage)
    QApplication.processEvents()
    return page


def words_of(widget: Any) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def lines(page: ComparePage) -> list[tuple[str, str, Any, Any]]:
    listed = page.table.table
    found = [listed.row(place) for place in range(listed.rowCount())]
    return [(item.state, item.name, item.ours, item.theirs) for item in found]


def test_what_differs_stands_first(session_of: OpenBook, old: Path) -> None:
    session = session_of("business", owing)
    before = record_count(session.reading())
    page = page_of(session, file=str(old), subject="receivables")
    assert lines(page) == [
        ("different", "Pak Joko", 200_000, 250_000),
        ("only_theirs", "Pak Karto", None, 40_000),
        ("only_ours", "Mbak Sri", 300_000, None),
        ("equal", "Bu Tini", 100_000, 100_000),
    ]
    assert "3 dari 4 baris" in words_of(page)
    assert "B6" in words_of(page), "a row that can't be read is named"
    # 100 + 200 + 300 here, 100 + 250 + 40 there.
    for amount in ("Rp600.000", "Rp390.000", "Rp210.000"):
        assert amount in page.totals.sums
    assert record_count(session.reading()) == before


def test_chips_show_one_state_and_all_again(session_of: OpenBook, old: Path) -> None:
    page = page_of(session_of("business", owing), file=str(old), subject="receivables")
    assert not page.chips["several"].isVisible()
    page.chips["only_ours"].click()
    assert [name for _state, name, _ours, _theirs in lines(page)] == ["Mbak Sri"]
    page.chips["only_ours"].click()
    assert len(lines(page)) == 4


def test_it_follows_the_book_and_the_day(session_of: OpenBook, old: Path) -> None:
    session = session_of("business", owing)
    page = page_of(session, file=str(old), subject="receivables")
    page.day.set_value(date(2026, 10, 30))
    assert not any(ours for _state, _name, ours, _theirs in lines(page)), (
        "the day before, nobody owed anything"
    )
    page.day.set_value(date(2026, 11, 24))
    session.execute(AddCustomer(name="Pak Karto"))
    session.execute(SetOpeningBill(on=date(2026, 10, 31), customer="Pak Karto", number="B9", amount=40_000))
    assert ("equal", "Pak Karto", 40_000, 40_000) in lines(page)


def test_two_columns_are_pasted(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("business", owing)
    page = page_of(session, subject="receivables")
    assert "lama" in words_of(page).casefold(), "the empty page says what it is for"
    QGuiApplication.clipboard().setText("Bu Tini\t100.000\nPak Joko\t200.000\n")
    Hands(qtbot, session).press(Qt.Key.Key_T, alt=True)
    assert [state for state, *_others in lines(page)] == ["only_ours", "equal", "equal"]


def test_nothing_copied_is_said(session_of: OpenBook) -> None:
    session = session_of("business", owing)
    page = page_of(session)
    QGuiApplication.clipboard().clear()
    page.paste()
    assert page.comparison is None
    assert "disalin" in shell_of(session).toast.text


def test_a_file_without_such_a_list_says_what_it_needs(session_of: OpenBook, tmp_path: Path) -> None:
    session = session_of("business", owing)
    path = workbook(tmp_path / "lain.xlsx", Lain=[["Resep", "Bahan"], ["Soto", "Ayam"]])
    page = page_of(session, file=str(path))
    assert page.comparison is None
    assert "lain.xlsx" in words_of(page)
    assert not page.print_button.isVisible()


def test_enter_opens_whom_the_line_is_about(session_of: OpenBook, old: Path, qtbot: QtBot) -> None:
    session = session_of("business", owing)
    page_of(session, file=str(old), subject="receivables")
    Hands(qtbot, session).press(Qt.Key.Key_Return)
    assert shell_of(session).page_key == "parties"


def test_it_is_printed_and_saved_as_it_is_seen(
    session_of: OpenBook, old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    session = session_of("business", owing)
    page = page_of(session, file=str(old), subject="receivables")
    document = document_of(session, page.listing(), session.reading())
    assert dict(document.context)["Daftar lama"] == "bon lama.xlsx"
    assert document.rows[-1].kind is RowKind.TOTAL
    assert document.totals == {"ours": 600_000, "theirs": 390_000, "difference": 210_000}
    monkeypatch.setattr(ExportDialog, "exec", lambda _dialog: 1)
    monkeypatch.setattr(ExportDialog, "target", property(lambda _dialog: tmp_path / "banding.xlsx"))
    Hands(qtbot, session).press(Qt.Key.Key_E, ctrl=True)
    sheet = load_workbook(tmp_path / "banding.xlsx").active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert {"Mbak Sri", "Pak Karto", 250_000} <= set(cells)


def test_accounts_are_compared_in_a_cooperative(session_of: OpenBook, tmp_path: Path) -> None:
    def fill(book: Book) -> None:
        book.execute(RecordMoneyIn(on=date(2026, 11, 1), amount=70_000, category="other-income"))

    session = session_of("cooperative", fill)
    path = workbook(
        tmp_path / "neraca.xlsx", Saldo=[["Kode Akun", "Debet", "Kredit"], ["1-1101", 70_000, None]]
    )
    page = page_of(session, file=str(path), subject="accounts")
    assert [line[0] for line in lines(page)] == ["only_ours", "equal"]
