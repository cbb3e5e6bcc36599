"""Charts on the screen: what is drawn where, in the tokens of the theme, and told in words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.base.i18n import Translator
from app.base.settings import Settings
from app.reports.document import Chart, ChartKind, ChartPoint, ChartSeries
from app.ui import theme
from app.ui.application import make_app
from app.ui.widgets.charts import ChartView, Drawing, Measure
from app.ui.widgets.document_layout import DocumentLayout
from app.ui.widgets.document_paint import ink, paint_head
from tests.reports.render_samples import stock

ID = Translator("id")
FIRST = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def dressed(settings: Settings) -> None:
    make_app(settings)


def bars(*values: int | None, now: bool = True, gap: str = "tutup") -> Chart:
    points = tuple(
        ChartPoint(f"hari {number}", str(number), FIRST + timedelta(days=number))
        for number in range(len(values))
    )
    series = (ChartSeries("Penjualan", values),)
    return Chart(ChartKind.BARS, "Penjualan 5 hari", points, series, note="Jumlah Rp5", gap=gap, now=now)


def lines(*series: tuple[int, ...]) -> Chart:
    points = tuple(ChartPoint(f"bulan {number}", str(number)) for number in range(len(series[0])))
    names = ("Simpanan", "Pinjaman")
    made = tuple(ChartSeries(name, values) for name, values in zip(names, series, strict=False))
    return Chart(ChartKind.LINES, "Simpanan dan pinjaman", points, made)


def shown(view: ChartView, chart: Chart, qtbot: QtBot, width: int = 600, height: int = 180) -> ChartView:
    qtbot.addWidget(view)
    view.resize(width, height)
    view.show_chart(chart)
    view.show()
    return view


def picture(view: ChartView) -> QImage:
    return view.grab().toImage()


def colors_in(image: QImage, where: QRectF) -> set[str]:
    return {
        QColor(image.pixel(x, y)).name()
        for x in range(int(where.left()) + 2, int(where.right()) - 1)
        for y in range(int(where.top()) + 2, int(where.bottom()) - 1)
    }


def drawing(view: ChartView) -> Drawing:
    found = view.drawing()
    assert found is not None
    return found


def strip(view: ChartView, place: int) -> QRectF:
    """The narrow band in the middle of a column."""
    drawn = drawing(view)
    return QRectF(drawn.x(place) - 4, drawn.plot.top(), 8, drawn.plot.height())


def test_today_is_darker_and_the_highest_column_reaches_its_grid_line(qtbot: QtBot) -> None:
    view = shown(ChartView(ID), bars(2_000_000, 1_000_000, 1_500_000), qtbot)
    image = picture(view)
    bar, now = theme.color("bar").name(), theme.color("bar_now").name()
    assert bar in colors_in(image, strip(view, 0))
    assert now not in colors_in(image, strip(view, 0))
    assert now in colors_in(image, strip(view, 2))
    drawn = drawing(view)
    plot = drawn.plot
    x = int(drawn.x(0))
    heights = [y for y in range(image.height()) if QColor(image.pixel(x, y)).name() == bar]
    assert heights[0] == pytest.approx(plot.top(), abs=1.5)
    assert heights[-1] == pytest.approx(plot.bottom(), abs=1.5)
    x = int(drawn.x(1))
    half = [y for y in range(image.height()) if QColor(image.pixel(x, y)).name() == bar]
    assert len(half) == pytest.approx(len(heights) / 2, abs=2)


def test_a_closed_day_says_so_but_not_before_the_first_nor_today(qtbot: QtBot) -> None:
    values = (None, 4_000, None, 5_000, None)
    with_word = picture(shown(ChartView(ID), bars(*values), qtbot))
    without = picture(shown(ChartView(ID), bars(*values, gap=""), qtbot))
    view = shown(ChartView(ID), bars(*values), qtbot)
    changed = {
        place
        for place in range(5)
        if any(
            with_word.pixel(x, y) != without.pixel(x, y)
            for x in range(int(strip(view, place).left()) - 10, int(strip(view, place).right()) + 10)
            for y in range(100, 160)
        )
    }
    assert changed == {2}
    assert view.told(2) == "hari 2: tutup"


def test_a_sale_taken_back_goes_below_the_line(qtbot: QtBot) -> None:
    view = shown(ChartView(ID), bars(10_000, -5_000, 3_000), qtbot)
    assert drawing(view).scale.low < 0
    zero = drawing(view).y(0)
    image, x = picture(view), int(drawing(view).x(1))
    found = [
        y for y in range(image.height()) if QColor(image.pixel(x, y)).name() == theme.color("bar").name()
    ]
    assert min(found) == pytest.approx(zero, abs=1.5)


def test_lines_differ_without_colour(qtbot: QtBot) -> None:
    view = shown(ChartView(ID), lines((5, 5, 5, 5), (1, 1, 1, 1)), qtbot)
    image, drawn = picture(view), drawing(view)
    plot = drawn.plot
    ground = QColor(image.pixel(int(plot.left()) + 20, int(plot.center().y()))).name()

    def gaps(value: int) -> int:
        y = int(drawn.y(value))
        between = range(int(drawn.x(0)) + 12, int(drawn.x(1)) - 12)
        return sum(
            all(QColor(image.pixel(x, y + away)).name() in (ground, line) for away in (-1, 0, 1))
            for x in between
        )

    line = theme.color("line").name()
    assert gaps(5) == 0
    assert gaps(1) > 10


def test_the_chosen_point_is_written_and_told(qtbot: QtBot) -> None:
    view = shown(ChartView(ID), lines((5_000, 6_000), (1_000, 2_000)), qtbot)
    before = picture(view)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.accessibleDescription() == "bulan 1: Simpanan Rp6.000, Pinjaman Rp2.000"
    assert picture(view) != before
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.accessibleDescription().startswith("bulan 0")
    assert view.accessibleName() == "Simpanan dan pinjaman"
    assert shown(ChartView(ID), bars(1, 2), qtbot).accessibleName() == "Penjualan 5 hari. Jumlah Rp5"


def test_enter_opens_only_what_is_chosen(qtbot: QtBot) -> None:
    view = shown(ChartView(ID), bars(1, 2, 3), qtbot)
    opened: list[int] = []
    view.opened.connect(opened.append)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened == []
    QTest.keyClick(view, Qt.Key.Key_End)
    QTest.keyClick(view, Qt.Key.Key_Left)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened == [1]
    drawn = drawing(view)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(int(drawn.x(0)), 60))
    assert opened == [1, 0]
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(3, 60))
    assert opened == [1, 0]


@pytest.mark.parametrize("width", [300, 480, 700, 1100])
def test_words_below_neither_touch_nor_leave_the_chart(width: int, qtbot: QtBot) -> None:
    """Drawn on their own, the words are runs of pixels with room between them, and none is cut at the edge."""
    chart = Chart(
        ChartKind.BARS,
        "x",
        tuple(
            ChartPoint("x", ID.format.day_month(FIRST + timedelta(days=number)), FIRST)
            for number in range(30)
        ),
        (ChartSeries("x", tuple(range(1, 31))),),
        now=True,
    )
    view = shown(ChartView(ID), chart, qtbot, width)
    image, bottom = picture(view), int(drawing(view).plot.bottom())
    ground = image.pixel(1, image.height() - 1)
    inked = [
        any(image.pixel(x, y) != ground for y in range(bottom + 4, image.height()))
        for x in range(image.width())
    ]
    assert not inked[-1]
    assert any(inked)


def test_a_measure_is_as_long_as_its_share(qtbot: QtBot) -> None:
    measure = Measure(0.25)
    qtbot.addWidget(measure)
    measure.resize(200, 16)
    image = measure.grab().toImage()
    bar = theme.color("bar").name()
    assert sum(QColor(image.pixel(x, 8)).name() == bar for x in range(200)) == 50


def test_on_the_paper_of_a_report_the_chart_stands_above_the_rows(qtbot: QtBot) -> None:
    plain = stock()
    drawn = replace(plain, charts=(bars(2_000_000, None, 1_500_000, now=False),))
    before, after = DocumentLayout(plain, ID, 900), DocumentLayout(drawn, ID, 900)
    assert after.first_row - before.first_row > 180
    assert after.row_rect(0).top() == after.first_row
    (top,) = after.head.charts
    image = QImage(900, int(after.height), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_head(painter, after, None)
    painter.end()
    rows = [
        y
        for y in range(image.height())
        if any(QColor(image.pixel(x, y)) == ink("bar") for x in range(image.width()))
    ]
    assert rows
    assert top < rows[0] < rows[-1] < after.head.table
    assert DocumentLayout(replace(plain, charts=(bars(0, 0),)), ID, 900).first_row == before.first_row
