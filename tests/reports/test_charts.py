"""Charts say what the reports say: each point is a figure of the report, all together are its total."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.base.dates import Month, Period
from app.base.i18n import Translator
from app.ledger.book import Book
from app.ledger.demo.make import DemoSize, make_demo
from app.ledger.snapshot import Snapshot, open_snapshot
from app.reports.catalog import reports
from app.reports.document import Chart, ChartKind, ChartPoint, ChartSeries, Document
from app.reports.frame import Parameters, Request
from app.reports.render import render
from app.reports.scale import scale_of, short_amount, step_of
from tests.ledger.business_days import day, rice, sell
from tests.reports.conftest import BuildReport
from tests.reports.pdf_reading import overlapping, placed_texts

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 14, 0, tzinfo=timezone(timedelta(hours=7)))
ID = Translator("id")


@pytest.fixture(scope="module")
def demos(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Snapshot]]:
    """A reading of a filled book of each kind."""
    folder = tmp_path_factory.mktemp("books")
    found = {}
    for kind in ("business", "cooperative"):
        path = Path(folder) / f"{kind}.lumbung"
        make_demo(path, kind, DemoSize(months=4, sales_per_day=4, members=15, until=TODAY))
        found[kind] = open_snapshot(path, TODAY)
    yield found
    for snapshot in found.values():
        snapshot.close()


def made(snapshot: Snapshot, key: str, period: Period, translator: Translator = ID) -> Document:
    return reports()[key].build(Request(snapshot, Parameters(period=period), translator, "Ngatiyem", NOW))


def chart_of(document: Document) -> Chart:
    (chart,) = document.charts
    return chart


def figure(document: Document, key: str) -> int:
    value = document.totals[key]
    assert isinstance(value, int)
    return value


def cells(document: Document, key: str) -> list[object]:
    return [row.cells.get(key) for row in document.rows if row.kind == "item"]


def test_the_columns_are_the_days_of_the_report_and_their_sum_its_total(demos: dict[str, Snapshot]) -> None:
    period = Period.through(TODAY - timedelta(days=29), TODAY)
    document = made(demos["business"], "sales", period)
    chart = chart_of(document)
    sold = {row.cells["date"]: row.cells["sales"] for row in document.rows if row.kind == "item"}
    assert [point.last for point in chart.points] == [
        TODAY - timedelta(days=29 - number) for number in range(30)
    ]
    assert dict(zip([point.last for point in chart.points], chart.series[0].values, strict=True)) == {
        point.last: sold.get(point.last) for point in chart.points
    }
    assert chart.series[0].total == figure(document, "sales") > 0
    assert chart.now
    assert ID.format.rupiah(chart.series[0].total) in chart.note


def test_a_long_period_is_drawn_month_by_month(demos: dict[str, Snapshot]) -> None:
    year = made(demos["business"], "sales", Period.through(date(2026, 1, 1), date(2026, 12, 31)))
    chart = chart_of(year)
    assert [point.words for point in chart.points] == [
        "Agustus 2026",
        "September 2026",
        "Oktober 2026",
        "November 2026",
    ]
    for point, value in zip(chart.points, chart.series[0].values, strict=True):
        assert point.last is not None
        assert value == made(demos["business"], "sales", Month.of(point.last).period).totals["sales"]
    assert chart.series[0].total == year.totals["sales"]


def test_a_closed_day_has_no_value_and_is_no_part_of_the_average(business: Book, build: BuildReport) -> None:
    rice(business)
    for number, quantity in ((2, "1"), (4, "2"), (5, "2")):
        sell(business, "BR", quantity, on=day(number))
    document = build(business, "sales", between=(day(1), day(6)))
    chart = chart_of(document)
    assert chart.series[0].values == (None, 15_000, None, 30_000, 30_000, None)
    assert chart.gap == "tutup"
    assert chart.note == "Jumlah Rp75.000 · rata-rata hari buka Rp25.000"


def test_the_line_of_the_cash_book_ends_at_its_closing_balance(demos: dict[str, Snapshot]) -> None:
    for kind, snapshot in demos.items():
        document = made(snapshot, "cash-book", Month.of(TODAY).period)
        chart = chart_of(document)
        assert chart.kind is ChartKind.LINES
        assert chart.points[-1].last == TODAY, kind
        for point, value in zip(chart.points, chart.series[0].values, strict=True):
            assert point.last is not None
            on = Period.through(point.last, point.last)
            assert value == made(snapshot, "cash-book", on).totals["closing"], (kind, point)
        assert chart.series[0].values[-1] == document.totals["closing"]
        year = chart_of(made(snapshot, "cash-book", Period.through(date(2026, 1, 1), TODAY)))
        assert year.series[0].values[-1] == document.totals["closing"]
        assert year.points[-1].words == "November 2026"


@pytest.mark.parametrize(("key", "total", "line"), [("savings", "total", 0), ("loans", "outstanding", 1)])
def test_each_end_of_a_month_is_the_total_of_that_days_report(
    demos: dict[str, Snapshot], key: str, total: str, line: int
) -> None:
    snapshot = demos["cooperative"]
    chart = chart_of(made(snapshot, key, Period.through(TODAY, TODAY)))
    assert len(chart.points) >= 4
    assert len(chart.series) == 2
    for point, value in zip(chart.points, chart.series[line].values, strict=True):
        assert point.last is not None
        document = made(snapshot, key, Period.through(point.last, point.last))
        assert value == document.totals[total] != 0, point.words


def test_growth_reaches_twelve_months_back_and_no_month_ahead(demos: dict[str, Snapshot]) -> None:
    ahead = chart_of(made(demos["cooperative"], "savings", Period.through(TODAY, date(2028, 12, 31))))
    assert ahead.points[-1].words == "November 2026"
    assert len(ahead.points) <= 12
    assert not ahead.now


def test_arrears_by_age_are_all_arrears(demos: dict[str, Snapshot]) -> None:
    document = made(demos["cooperative"], "arrears", Period.through(TODAY, TODAY))
    chart = chart_of(document)
    assert chart.series[0].total == figure(document, "total") > 0
    ages = [(TODAY - since).days for since in cells(document, "since") if isinstance(since, date)]
    young = sum(
        amount
        for since, amount in zip(cells(document, "since"), cells(document, "total"), strict=True)
        if isinstance(since, date) and isinstance(amount, int) and (TODAY - since).days <= 30
    )
    assert min(ages) > 0
    assert chart.series[0].values[0] == young


@pytest.mark.parametrize("key", ["receivables", "payables"])
def test_ages_of_bills_are_the_columns_of_the_report(demos: dict[str, Snapshot], key: str) -> None:
    document = made(demos["business"], key, Period.through(TODAY, TODAY))
    chart = chart_of(document)
    keys = [column.key for column in document.columns if column.label in [p.words for p in chart.points]]
    assert [document.totals[name] for name in keys] == list(chart.series[0].values)
    assert chart.series[0].total == document.totals["total"]


# On paper

DRAWN = [
    ("business", "sales"),
    ("business", "cash-book"),
    ("business", "receivables"),
    ("cooperative", "savings"),
    ("cooperative", "loans"),
    ("cooperative", "arrears"),
]


@pytest.mark.parametrize("paper", ["A4", "F4"])
@pytest.mark.parametrize(("kind", "key"), DRAWN)
def test_the_chart_stands_on_paper_and_covers_nothing(
    demos: dict[str, Snapshot], kind: str, key: str, paper: str
) -> None:
    document = made(demos[kind], key, Month.of(TODAY).period)
    data = render(document, "pdf", ID, paper=paper)
    assert isinstance(data, bytes)
    texts = placed_texts(data)
    assert overlapping(texts) == []
    box = PdfReader(BytesIO(data)).pages[0].mediabox
    wide = float(box.width) / 72 * 25.4
    assert all(text.x >= 14.9 and text.right <= wide - 9.9 for text in texts)
    words = [text for text in texts if text.page == 1]
    title = next(text for text in words if text.text == chart_of(document).title)
    table = next(text for text in words if text.text == "dalam rupiah")
    last = next(text for text in words if text.text == chart_of(document).points[-1].short)
    assert title.y < last.y < table.y
    assert all(text.size >= 8.5 for text in texts)


def test_in_black_and_white_the_lines_differ_by_dash(demos: dict[str, Snapshot]) -> None:
    document = made(demos["cooperative"], "savings", Period.through(TODAY, TODAY))
    data = render(document, "pdf", ID)
    assert isinstance(data, bytes)
    content = PdfReader(BytesIO(data)).pages[0].get_contents()
    assert content is not None
    drawn = content.get_data().decode("latin-1")
    assert "[4 2] 0 d" in drawn


def test_a_chart_of_nothing_is_not_drawn(business: Book, build: BuildReport) -> None:
    document = build(business, "sales", month="2026-10")
    assert not chart_of(document).worth_drawing
    data = render(document, "pdf", ID)
    assert isinstance(data, bytes)
    assert chart_of(document).title not in PdfReader(BytesIO(data)).pages[0].extract_text()


def test_charts_are_no_part_of_the_json(demos: dict[str, Snapshot]) -> None:
    document = made(demos["business"], "sales", Month.of(TODAY).period)
    assert chart_of(document).title not in str(render(document, "json", ID))


def test_one_point_alone_is_no_chart() -> None:
    series = (ChartSeries("x", (5,)),)
    assert not Chart(ChartKind.BARS, "x", (ChartPoint("a", "a"),), series).worth_drawing


# The scale


@pytest.mark.parametrize(
    ("span", "lines", "step"),
    [(1, 4, 1), (10, 4, 5), (1_900_000, 4, 500_000), (1_900_000, 2, 1_000_000), (64_000_000, 4, 20_000_000)],
)
def test_grid_lines_are_round(span: int, lines: int, step: int) -> None:
    assert step_of(span, lines) == step


def test_the_scale_holds_all_values_and_columns_begin_at_zero() -> None:
    for values in ([3, 9_999], [-500, 700], [-900, -100], [0], [1_000_000, 1_100_000], []):
        for from_zero in (True, False):
            scale = scale_of(values, 4, from_zero=from_zero)
            assert all(scale.low <= value <= scale.high for value in values)
            assert not from_zero or scale.low <= 0 <= scale.high
            assert len(scale.lines) <= 6
            assert scale.high in scale.lines
    assert scale_of([1_000_000, 1_100_000], 4, from_zero=False).low > 0


@pytest.mark.parametrize(
    ("amount", "indonesian", "english"),
    [
        (0, "0", "0"),
        (500, "500", "500"),
        (500_000, "500 rb", "500 k"),
        (1_000_000, "1 jt", "1 m"),
        (1_500_000, "1,5 jt", "1.5 m"),
        (-1_500_000, "-1,5 jt", "-1.5 m"),
        (1_200_000_000, "1,2 M", "1.2 bn"),
        (1_250_000_000, "1.250 jt", "1,250 m"),
    ],
)
def test_short_amounts_are_exact(amount: int, indonesian: str, english: str) -> None:
    assert short_amount(amount, ID) == indonesian
    assert short_amount(amount, Translator("en")) == english
