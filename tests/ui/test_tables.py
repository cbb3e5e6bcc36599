"""Tables: page by page over as many rows as there are, walked by keyboard, printed and saved as they are seen."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.base.errors import UserError
from app.base.i18n import Translator
from app.ledger.book import Book
from app.ledger.cash.commands import RecordMoneyIn, RecordMoneyOut
from app.ledger.entries.commands import CorrectEntry, ReverseEntry
from app.ledger.entries.records import Choice, RecordRow, newest_records
from app.reports.document import RowKind
from app.ui.export import write_document
from app.ui.lists import MOST_ROWS, Listing, document_of
from app.ui.pages.records.rows import AllRecords
from app.ui.widgets.search import SearchField
from app.ui.widgets.table import Listed, Table, TableColumn, Totals
from tests.ui.conftest import OpenBook

INDONESIAN = Translator("id")


class Line(NamedTuple):
    """A row of a made-up list."""

    name: str
    amount: int
    on: date
    quantity: Decimal


class Counted:
    """Rows that are made when they are asked for, and remember which were."""

    def __init__(self, count: int) -> None:
        self._count = count
        self.asked: list[int] = []

    def count(self) -> int:
        return self._count

    def page(self, start: int, size: int) -> Sequence[Line]:
        self.asked.append(start)
        return [line(number) for number in range(start, min(start + size, self._count))]


def line(number: int) -> Line:
    return Line(f"Baris {number}", number * 1_000, date(2026, 1, 1) + timedelta(number % 300), Decimal("2.5"))


COLUMNS = (
    TableColumn("name", "Nama", lambda row: row.name),
    TableColumn("amount", "Jumlah (Rp)", lambda row: row.amount, "amount", 120),
    TableColumn("on", "Tanggal", lambda row: row.on, "date", 120),
    TableColumn("quantity", "Banyak", lambda row: row.quantity, "quantity", 80),
)


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    made = Table(INDONESIAN, COLUMNS)
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show()
    return made


def test_only_the_pages_that_are_seen_are_read(table: Table, qtbot: QtBot) -> None:
    rows = Counted(1_000_000)
    table.show_rows(rows)
    qtbot.wait(10)
    assert table.table.rowCount() == 1_000_000
    assert set(rows.asked) == {0}
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_End)
    qtbot.wait(10)
    assert table.current().name == "Baris 999999"
    assert len(set(rows.asked)) <= 3, "jumping to the end reads the end, not the way there"
    QTest.keyClick(table, Qt.Key.Key_Home)
    assert table.current().name == "Baris 0"


def test_of_a_long_list_64_pages_are_kept(table: Table) -> None:
    rows = Counted(1_000_000)
    table.show_rows(rows)
    for number in range(0, 200 * 128, 128):
        assert table.table.row(number) == line(number)
    assert len(table.table._pages) == 64
    rows.asked.clear()
    table.table.row(199 * 128 + 5)
    assert rows.asked == [], "the newest pages are still there"
    table.table.row(0)
    assert rows.asked == [0], "the oldest was let go"


def test_a_row_beyond_the_end_is_none(table: Table) -> None:
    table.show_rows([line(1)])
    assert table.table.row(1) is None
    assert table.table.row(-1) is None


def test_cells_say_what_their_column_is(table: Table) -> None:
    table.show_rows([line(1_234), Line("", 0, date(2026, 2, 1), Decimal(3))])
    texts = [table.table.data(table.table.index(0, place)) for place in range(4)]
    assert texts == ["Baris 1234", "1.234.000", "4 Feb 2026", "2,5"]
    signed = TableColumn("x", "x", lambda row: row, "signed")
    assert [table.table.written(signed, value) for value in (5_000, -5_000, None)] == [
        "+5.000",
        "-5.000",
        "–",
    ]


def test_who_cannot_see_hears_column_and_cell(table: Table) -> None:
    table.show_rows([line(7)])
    told = table.table.data(table.table.index(0, 1), Qt.ItemDataRole.AccessibleTextRole)
    assert told == "Jumlah (Rp): 7.000"
    table.setAccessibleName("Daftar")
    face = QAccessible.queryAccessibleInterface(table)
    assert face is not None
    assert face.text(QAccessible.Text.Name) == "Daftar"


def test_arrows_pages_and_enter(table: Table) -> None:
    table.show_rows([line(number) for number in range(500)])
    table.setFocus()
    table.go_to(0)
    opened: list[Any] = []
    table.opened.connect(opened.append)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Up)
    assert table.current() == line(1)
    QTest.keyClick(table, Qt.Key.Key_PageDown)
    after = table.currentIndex().row()
    assert 5 < after < 20
    QTest.keyClick(table, Qt.Key.Key_PageUp)
    assert table.currentIndex().row() == 1
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened == [line(1)]


def test_letters_go_into_the_search_and_arrows_come_back(table: Table, qtbot: QtBot) -> None:
    search = SearchField("Cari")
    qtbot.addWidget(search)
    search.show()
    search.lead_into(table)
    looked: list[str] = []
    search.looked_for.connect(looked.append)
    table.show_rows([line(number) for number in range(5)])
    table.setFocus()
    QTest.keyClicks(table, "g")
    assert search.text() == "g"
    search.setText("gula")
    QTest.keyClick(search, Qt.Key.Key_Down)
    assert looked == ["gula"], "what was typed is looked for before the list is gone into"


def test_the_place_in_the_list_stays_when_it_is_read_anew(table: Table) -> None:
    table.show_rows([line(number) for number in range(50)])
    table.go_to(20)
    table.show_rows([line(number) for number in range(49)])
    assert table.currentIndex().row() == 20
    table.show_rows([line(0)])
    assert table.currentIndex().row() == 0
    table.show_rows([])
    assert table.current() is None


def test_columns_that_can_be_spared_go_where_it_is_narrow(qtbot: QtBot) -> None:
    columns = (
        TableColumn("name", "Nama", lambda row: row.name, width=0),
        TableColumn("on", "Tanggal", lambda row: row.on, "date", 200, spare=True),
        TableColumn("amount", "Jumlah", lambda row: row.amount, "amount", 150),
    )
    made = Table(INDONESIAN, columns)
    qtbot.addWidget(made)
    made.show_rows([line(1)])
    made.resize(700, 300)
    made.show()
    assert not made.isColumnHidden(1)
    made.resize(380, 300)
    qtbot.wait(5)
    assert made.isColumnHidden(1)
    assert made.columnWidth(0) >= 150
    made.set_columns(columns[:1])
    assert made.table.columnCount() == 1


def test_the_totals_stay_below(qtbot: QtBot) -> None:
    totals = Totals()
    qtbot.addWidget(totals)
    totals.tell("3 catatan", "Jumlah Rp3.000")
    assert totals.sums == "Jumlah Rp3.000"


# The records of a book


def busy(book: Book) -> None:
    """Some hundred records over a year with gaps; each eighth taken back, each eleventh put right."""
    dice = random.Random(7)
    for number in range(420):
        on = date(2026, 1, 1) + timedelta(dice.randrange(320))
        kind = RecordMoneyIn if number % 3 else RecordMoneyOut
        category = "Pendapatan Lain" if number % 3 else "Listrik & air"
        made = book.execute(kind(on=on, amount=1_000 + number, category=category, memo=f"uang {number}"))

        if number % 8 == 0:
            book.execute(ReverseEntry(number=made.number))
        elif number % 11 == 0:
            again = kind(on=on, amount=5_000 + number, category=category, memo=f"benar {number}")
            book.execute(CorrectEntry(number=made.number, replacement=again))


CHOICES = (
    Choice(),
    Choice(folded=True),
    Choice(("cash",), folded=True),
    Choice(first=date(2026, 3, 1), last=date(2026, 5, 31), folded=True),
    Choice(first=date(2026, 3, 1), last=date(2026, 3, 1)),
    Choice(("sales",)),
    Choice(standing=True),
)


def test_any_page_of_the_records_is_the_same_as_all_of_them_read_at_once(session_of: OpenBook) -> None:
    session = session_of("business", busy)
    reading = session.reading()
    dice = random.Random(3)
    for choice in CHOICES:
        all_of_them: list[RecordRow] = newest_records(reading, 10_000, choice)
        rows = AllRecords(lambda: reading, choice, session.search.day_counts)
        assert rows.count() == len(all_of_them), choice
        for _ in range(25):
            start = dice.randrange(len(all_of_them) + 3)
            assert list(rows.page(start, 31)) == all_of_them[start : start + 31], (choice, start)
        onward = [row for start in range(0, rows.count(), 64) for row in rows.page(start, 64)]
        assert onward == all_of_them


def test_a_folded_list_has_one_line_for_each_event(session_of: OpenBook) -> None:
    session = session_of("business", busy)
    folded = newest_records(session.reading(), 10_000, Choice(folded=True))
    assert len(folded) == 420
    assert {row.state for row in folded} == {"ordinary", "reversed", "correction"}


# Printed and saved


def test_a_list_is_printed_and_saved_as_it_is_seen(session_of: OpenBook, tmp_path: Any) -> None:
    session = session_of("business")
    lines = [line(number) for number in range(1, 4)]
    listing = Listing(
        "lines",
        "Daftar baris",
        COLUMNS,
        lambda _reading: Listed(lines),
        context=(("Cari", "x"),),
        sums=("amount",),
    )
    document = document_of(session, listing, session.reading())
    assert document.title == "Daftar baris"
    assert [row.cells["name"] for row in document.rows if row.kind is RowKind.ITEM] == [
        row.name for row in lines
    ]
    assert document.rows[-1].kind is RowKind.TOTAL
    assert document.rows[-1].cells["amount"] == 6_000
    assert document.totals == {"amount": 6_000}
    made = write_document(document, "xlsx", tmp_path / "daftar.xlsx", session.translator, "A4")
    sheet = load_workbook(made).active
    assert sheet is not None
    values = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "Baris 2" in values
    assert 3_000 in values
    pdf = write_document(document, "pdf", tmp_path / "daftar.pdf", session.translator, "A4")
    assert pdf.read_bytes().startswith(b"%PDF")


def test_a_list_too_long_for_a_file_says_what_to_do(session_of: OpenBook) -> None:
    session = session_of("business")
    rows = Counted(MOST_ROWS + 1)
    listing = Listing("lines", "Daftar", COLUMNS, lambda _reading: rows)
    with pytest.raises(UserError, match="at most"):
        document_of(session, listing, session.reading())
    assert rows.asked == []
