"""A Document as paper on the screen: figures chosen by keyboard, long lists, zoom."""

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.base.i18n import Translator
from app.base.settings import Settings
from app.reports.document import CellType, Column, Document, Layout, Letterhead, Row, RowKind, Term
from app.ui import theme
from app.ui.application import make_app
from app.ui.widgets.document_view import DocumentView

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=timezone(timedelta(hours=7)))
_ = Translator("id")


def document(rows: tuple[Row, ...], layout: Layout = Layout.STATEMENT, **more: Any) -> Document:
    columns = (
        Column("name", "Keterangan", weight=3),
        Column("amount", "Oktober 2026", CellType.AMOUNT),
        Column("comparative", "September 2026", CellType.AMOUNT),
    )
    return Document(
        "income-statement",
        "Laporan Laba Rugi",
        "Warung Sari",
        date(2026, 10, 1),
        date(2026, 10, 31),
        columns,
        rows,
        {},
        "Oktober 2026",
        Letterhead("Warung Sari", ("Jalan Pasar Lama 12",)),
        "Sari",
        NOW,
        layout,
        **more,
    )


def item(name: str, amount: int | None, other: int | None = None, **more: Any) -> Row:
    return Row(RowKind.ITEM, {"name": name, "amount": amount, "comparative": other}, 2, **more)


STATEMENT = document(
    (
        Row(RowKind.HEADING, {"name": "Pendapatan"}),
        item("Penjualan", 41_386_500, 39_118_000),
        item("Potongan penjualan", -212_000, None),
        Row(
            RowKind.SUBTOTAL,
            {"name": "Pendapatan bersih", "amount": 41_174_500, "comparative": 39_118_000},
            adds=(Term(1, 2),),
        ),
        Row(
            RowKind.TOTAL, {"name": "LABA BERSIH", "amount": 41_174_500}, adds=(Term(3, 3),), double_rule=True
        ),
    ),
    notes=("Tidak ada pajak penghasilan yang dicatat untuk periode ini.",),
)


@pytest.fixture
def view(qtbot: QtBot, settings: Settings) -> DocumentView:
    make_app(settings)
    made = DocumentView()
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    made.set_document(STATEMENT, _)
    made.setFocus()
    return made


def press(view: DocumentView, qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(view, key)


def test_arrows_move_from_figure_to_figure(view: DocumentView, qtbot: QtBot) -> None:
    press(view, qtbot, Qt.Key.Key_Down)
    assert view.figure() == (1, "amount")
    press(view, qtbot, Qt.Key.Key_Right)
    assert view.figure() == (1, "comparative")
    press(view, qtbot, Qt.Key.Key_Down)
    assert view.figure() == (3, "comparative")  # the row between has no figure in this column
    press(view, qtbot, Qt.Key.Key_Left, Qt.Key.Key_Down)
    assert view.figure() == (4, "amount")
    press(view, qtbot, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert view.figure() == (1, "amount")


def test_enter_opens_the_chosen_figure(view: DocumentView, qtbot: QtBot) -> None:
    press(view, qtbot, Qt.Key.Key_Down, Qt.Key.Key_Down)
    with qtbot.waitSignal(view.opened) as opened:
        press(view, qtbot, Qt.Key.Key_Return)
    assert opened.args == [2, "amount"]


def test_the_chosen_figure_is_told_to_screen_readers(view: DocumentView, qtbot: QtBot) -> None:
    press(view, qtbot, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert view.accessibleName() == "Potongan penjualan, Oktober 2026: (212.000)"


def test_a_click_points_at_a_figure(view: DocumentView, qtbot: QtBot) -> None:
    layout = view._layout
    assert layout is not None
    at = layout.figure_rect(1, "amount").center() + view._origin()
    with qtbot.waitSignal(view.pointed) as pointed:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert pointed.args == [1, "amount"]


def test_paper_is_white_in_each_theme(view: DocumentView, settings: Settings) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    try:
        for name in ("light", "dark", "contrast"):
            theme.apply(app, name)
            view.viewport().update()
            picture = view.grab().toImage()
            layout = view._layout
            assert layout is not None
            corner = view._origin() + QPointF(8, 8)
            assert picture.pixelColor(corner.toPoint()).name() == "#ffffff", name
    finally:
        theme.apply(app, "light")


def test_ctrl_and_the_wheel_size_it(view: DocumentView, qtbot: QtBot) -> None:
    wheel = QWheelEvent(
        QPointF(50, 50),
        QPointF(50, 50),
        QPoint(0, 0),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), wheel)
    assert view.zoom() == 110
    QTest.keyClick(view, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom() == 90
    QTest.keyClick(view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom() == 100


def test_no_figure_is_cut_on_narrow_paper(view: DocumentView) -> None:
    view.resize(360, 400)
    view.set_document(STATEMENT, _)
    layout = view._layout
    assert layout is not None
    for index, row in enumerate(STATEMENT.rows):
        for place in layout.figure_columns():
            if layout.is_figure(index, place.column.key):
                assert layout.figure_width(index, place.column.key) <= place.right - place.left + 8
        if row.kind is not RowKind.HEADING:
            assert layout.figure_rect(index, "amount").right() <= layout.width


def test_a_hundred_thousand_rows_scroll_and_are_walked_by_key(view: DocumentView, qtbot: QtBot) -> None:
    rows = tuple(item(f"Penjualan {number}", number * 1_000 + 1, -number - 1) for number in range(100_000))
    view.set_document(document(rows, Layout.LIST), _)
    bar = view.verticalScrollBar()
    for place in (0, bar.maximum() // 3, bar.maximum() // 2, bar.maximum()):
        bar.setValue(place)
        view.grab()
    QTest.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert view.figure() == (99_999, "amount")
    press(view, qtbot, Qt.Key.Key_Up)
    assert view.figure() == (99_998, "amount")


def test_the_head_of_the_table_stays_when_it_scrolls(view: DocumentView) -> None:
    rows = tuple(item(f"Baris {number}", number + 1) for number in range(400))
    view.set_document(document(rows, Layout.LIST), _)
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    layout = view._layout
    assert layout is not None
    picture = view.grab().toImage()
    left = int(view._origin().x() + 33)
    dark = [y for y in range(40) if picture.pixelColor(left + 200, y).lightness() < 80]
    assert dark, "the line above the head of the table is seen at the top"


def test_an_empty_report_says_so(view: DocumentView) -> None:
    view.set_document(document((), Layout.LIST), _)
    view.grab()
    assert view.figure() is None


def test_coming_back_finds_the_place(view: DocumentView, qtbot: QtBot) -> None:
    press(view, qtbot, Qt.Key.Key_Down, Qt.Key.Key_Down)
    view.set_document(STATEMENT, _, keep_place=True)
    assert view.figure() == (2, "amount")
