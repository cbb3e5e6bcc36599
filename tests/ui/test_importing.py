"""Bringing in a workbook: looked at first, mended cell by cell, taken in as one thing, taken back as one thing."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.base.i18n import Translator
from app.ledger.batches.queries import imported_files
from app.ledger.entries.queries import trial_balance
from app.ledger.entries.records import record_count
from app.ledger.imports.preview import SheetRows, rows_of
from app.ledger.imports.template import write_template
from app.ui.bridge import Session
from app.ui.pages.importing import ImportPage
from app.ui.pages.importing.grid import SheetGrid
from app.ui.widgets.error_panel import Question
from tests.ledger.import_books import workbook
from tests.ui.conftest import OpenBook, shell_of
from tests.ui.hands import Hands

# What the machine is busy with may take its time; what is waited for is the job's end.
PATIENCE = 60_000
CASH: list[list[Any]] = [
    ["Tanggal", "Kategori", "Masuk", "Keluar", "Keterangan"],
    ["01/11/2026", "Modal masuk", 500_000, None, "Modal"],
    ["02/11/2026", "Listrik & air", None, 20_000, "Token"],
]


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return write_template(tmp_path / "contoh.xlsx", "business", Translator("id"), filled=True)


@pytest.fixture
def faulty(good: Path) -> Path:
    path = good.with_name("salah.xlsx")
    book = load_workbook(good)
    book["Penjualan"]["A3"] = "32/13/2026"
    book["Penjualan"]["E4"] = "dua"
    book["Barang"]["D3"] = "abc"
    book.save(path)
    book.close()
    return path


def page_of(session: Session) -> ImportPage:
    session.go("importing")
    page = shell_of(session).page
    assert isinstance(page, ImportPage)
    return page


def looked(page: ImportPage, path: Path, qtbot: QtBot) -> None:
    page.look_at(path)
    qtbot.waitUntil(lambda: page.state not in ("start", "looking"), timeout=PATIENCE)
    QApplication.processEvents()


def words_of(widget: Any) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def test_a_good_file_is_looked_at_then_taken_in_then_taken_back(
    session_of: OpenBook, good: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_of("business")
    page = page_of(session)
    looked(page, good, qtbot)
    assert page.state == "good"
    assert record_count(session.reading()) == 0, "looking records nothing"
    assert "Penjualan: 8" in words_of(page)
    assert list(page.file.chips)[:2] == ["Profil", "Akun"]
    Hands(qtbot, session).press(Qt.Key.Key_Return, ctrl=True)
    qtbot.waitUntil(lambda: page.state == "done", timeout=PATIENCE)
    files = imported_files(session.reading())
    assert [(item.file, item.undone) for item in files] == [("contoh.xlsx", False)]
    assert files[0].actor == "Sari"
    assert record_count(session.reading()) > 10
    asked: list[str] = []

    def yes(question: Question) -> int:
        asked.append(words_of(question))
        return 1

    monkeypatch.setattr(Question, "exec", yes)
    page.undo_button.click()
    qtbot.waitUntil(lambda: imported_files(session.reading())[0].undone, timeout=PATIENCE)
    qtbot.waitUntil(lambda: page.state == "start")
    assert "contoh.xlsx" in asked[0]
    assert not any(row.amount for row in trial_balance(session.reading()))
    assert not page.start.back_button.isEnabled(), "what was taken back can't be taken back again"


def test_the_same_file_again_adds_nothing(session_of: OpenBook, tmp_path: Path, qtbot: QtBot) -> None:
    session = session_of("business")
    path = workbook(tmp_path / "kas.xlsx", Kas=CASH)
    page = page_of(session)
    looked(page, path, qtbot)
    assert page.state == "good", words_of(page)
    page.take_in()
    qtbot.waitUntil(lambda: page.state == "done", timeout=PATIENCE)
    assert record_count(session.reading()) == 2
    looked(page, path, qtbot)
    assert page.state == "nothing"
    assert not page.import_button.isVisible()


def test_what_has_to_be_mended_is_marked_in_the_grid_with_its_sentence(
    session_of: OpenBook, faulty: Path, qtbot: QtBot
) -> None:
    session = session_of("business")
    page = page_of(session)
    looked(page, faulty, qtbot)
    assert page.state == "refused"
    assert record_count(session.reading()) == 0
    assert "3 sel" in words_of(page._status)
    cells = page.file.grid.cells
    assert page.file.at == "Barang"
    index = page.file.grid.currentIndex()
    assert (cells.sheet.rows[index.row()][0], index.column()) == (3, 3)
    assert "abc" in cells.note(index)
    assert "abc" in page.file._sentence.text()
    hands = Hands(qtbot, session)
    hands.press(Qt.Key.Key_N, alt=True)
    assert page.file.at == "Penjualan"
    assert page.file._where.text().startswith("Penjualan!A3")
    hands.press(Qt.Key.Key_P, alt=True)
    assert page.file.at == "Barang"
    assert not page.import_button.isVisible()
    refused = page._looked.refused if page._looked else None
    assert refused is not None
    assert refused.marked is not None
    assert refused.marked.exists()


def test_walking_the_grid_tells_the_cell(session_of: OpenBook, faulty: Path, qtbot: QtBot) -> None:
    session = session_of("business")
    page = page_of(session)
    looked(page, faulty, qtbot)
    page.file.grid.setFocus()
    hands = Hands(qtbot, session)
    hands.press(Qt.Key.Key_Right)
    assert page.file._where.text() == "E3"
    hands.press(Qt.Key.Key_Left)
    assert page.file._where.text().startswith("Barang!D3")


def test_a_mended_file_is_looked_at_again_with_one_key(
    session_of: OpenBook, faulty: Path, good: Path, qtbot: QtBot
) -> None:
    session = session_of("business")
    page = page_of(session)
    looked(page, faulty, qtbot)
    faulty.write_bytes(good.read_bytes())
    Hands(qtbot, session).press(Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: page.state == "good", timeout=PATIENCE)


def test_what_is_no_workbook_is_told_in_a_sentence(
    session_of: OpenBook, tmp_path: Path, qtbot: QtBot
) -> None:
    session = session_of("business")
    page = page_of(session)
    path = tmp_path / "foto.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    looked(page, path, qtbot)
    assert page.state == "trouble"
    assert "foto.xlsx" in words_of(page._status)
    assert page.escape()
    assert page.state == "start"


def test_a_list_that_may_be_two_things_asks_which(session_of: OpenBook, tmp_path: Path, qtbot: QtBot) -> None:
    session = session_of("business")
    page = page_of(session)
    path = tmp_path / "orang.csv"
    path.write_text("Nama;Telepon\nBu Tini;0812-3456-7890\n", encoding="utf-8")
    looked(page, path, qtbot)
    assert page.state == "trouble"
    assert "--sheet" not in words_of(page), "the command line's words are not for this page"
    page.escape()
    page.start.meant.set_value("Pelanggan")
    looked(page, path, qtbot)
    assert page.state == "good"


def test_a_stopped_look_leaves_the_book_and_the_page_as_they_were(
    session_of: OpenBook, good: Path, qtbot: QtBot
) -> None:
    session = session_of("business")
    page = page_of(session)
    page.look_at(good)
    page.escape()
    qtbot.waitUntil(lambda: page.job is None, timeout=PATIENCE)
    assert page.state == "start"
    assert record_count(session.reading()) == 0
    assert imported_files(session.reading()) == []


def test_a_file_is_dropped(session_of: OpenBook, tmp_path: Path, qtbot: QtBot) -> None:
    session = session_of("business")
    page = page_of(session)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(workbook(tmp_path / "kas.xlsx", Kas=CASH)))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(300, 300), copy, data, left, none)
    page.dragEnterEvent(enter)
    assert enter.isAccepted()
    page.dropEvent(QDropEvent(QPointF(300, 300), copy, data, left, none))
    qtbot.waitUntil(lambda: page.state == "good", timeout=PATIENCE)
    two = QMimeData()
    two.setUrls([QUrl.fromLocalFile("/a.xlsx"), QUrl.fromLocalFile("/b.xlsx")])
    other = QDragEnterEvent(QPoint(300, 300), copy, two, left, none)
    other.ignore()
    page.dragEnterEvent(other)
    assert not other.isAccepted(), "one file at a time"


def test_the_templates_are_written_beside_each_other(
    session_of: OpenBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr("app.ui.pages.importing.page.export_folder", lambda: tmp_path / "Lumbung")
    session = session_of("cooperative")
    page_of(session)
    hands = Hands(qtbot, session)
    hands.press(Qt.Key.Key_1, alt=True)
    hands.press(Qt.Key.Key_2, alt=True)
    hands.press(Qt.Key.Key_2, alt=True)
    made = sorted(path.name for path in (tmp_path / "Lumbung").iterdir())
    assert len(made) == 3
    filled = [load_workbook(tmp_path / "Lumbung" / name)["Anggota"].max_row for name in made]
    assert min(filled) == 1
    assert max(filled) > 2


def test_a_long_sheet_is_shown_from_its_top_with_each_faulty_row(tmp_path: Path) -> None:
    from app.base.errors import UserError
    from app.ledger.batches.plan import ImportFault

    path = workbook(
        tmp_path / "kas.xlsx", Kas=[CASH[0], *[["01/11/2026", "x", 1, None, "y"]] * 60], Lain=[[None]]
    )
    fault = ImportFault(
        "Kas", 50, 2, "Kategori", "x", UserError("There is no category {category}.", category="x")
    )
    sheets = rows_of(path, "business", (fault,), 10)
    assert [sheet.name for sheet in sheets] == ["Kas"]
    assert [number for number, _cells in sheets[0].rows] == [*range(1, 11), 50]
    assert sheets[0].left_out == 50
    assert sheets[0].width == 5


def test_cells_stand_as_a_person_knows_them(qtbot: QtBot) -> None:
    grid = SheetGrid(Translator("id"))
    qtbot.addWidget(grid)
    row = (date(2026, 10, 31), 2.5, 68_000, "Gula\npasir", True, None)
    grid.show_sheet(SheetRows("Kas", 6, ((4, row),), 0), {(4, 7): "Isi dulu."})
    texts = [grid.cells.text(0, place) for place in range(6)]
    assert texts == ["31/10/2026", "2,5", "68000", "Gula pasir", "ya", ""]
    assert grid.cells.columnCount() == 8, "a fault can lie beyond what the row holds"
    told = grid.cells.data(grid.cells.index(0, 7), Qt.ItemDataRole.AccessibleTextRole)
    assert told == "H4 Isi dulu."
