"""Every figure opens its rows, and the rows are the figure: each figure of each report of the sample books."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.base.clock import FixedClock
from app.base.dates import FiscalYear, Month, Period
from app.base.i18n import Translator
from app.ledger.book import Book
from app.ledger.demo.make import DemoSize, make_demo
from app.ledger.deposits.commands import OpenTermDeposit
from app.ledger.entries.commands import CloseYear
from app.ledger.loans.applications.commands import ApplyForLoan
from app.ledger.loans.commands import DisburseLoan
from app.ledger.loans.restructure_command import RestructureLoan, Restructuring
from app.ledger.snapshot import Snapshot, open_snapshot
from app.reports.catalog import reports
from app.reports.document import CellType, Document, RowKind
from app.reports.frame import Parameters, Request
from app.reports.origin import before, origin_of
from tests.ledger.conftest import NOW

TODAY = date(2026, 11, 24)
OCTOBER = Month(2026, 10).period
# Figures that are no sum of records: what was agreed, a price, a count of days.
NO_SUM = {
    ("stock", "unit_cost"),
    ("opening-check", "detail"),
    ("opening-record", "detail"),
    ("opening-record", "detail"),
    ("loans", "principal"),
    ("loans", "days_overdue"),
    ("reminders", "days"),
    # A penalty follows from the schedule and the days; it is posted when it is paid.
    *((key, "penalty") for key in ("arrears", "reminders", "reminder-letters")),
    *((key, "line") for key in ("board", "supervisors")),
    ("stock-low", "minimum"),
    ("stock-low", "days"),
    ("instalments-due", "number"),
    *(("loan-schedule", key) for key in ("number", "principal", "interest", "balance", "paid")),
}
FIGURES = (CellType.AMOUNT, CellType.QUANTITY, CellType.INTEGER)


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("origins")
    made = {}
    for kind in ("business", "cooperative"):
        made[kind] = folder / f"{kind}.lumbung"
        make_demo(made[kind], kind, DemoSize(months=3, sales_per_day=5, members=16, until=date(2026, 11, 23)))
    with Book.open(made["cooperative"], clock=FixedClock(NOW), actor="Sari") as book:
        book.execute(
            OpenTermDeposit(
                on=date(2026, 10, 5), member="0002", amount=2_500_000, rate=Decimal(6), term=6, number="B-1"
            )
        )
        book.execute(
            ApplyForLoan(
                on=date(2026, 10, 6), member="0002", principal=3_500_000, rate=Decimal("1.5"), term=7
            )
        )
        book.execute(
            DisburseLoan(
                on=date(2026, 10, 7),
                member="0002",
                principal=1_300_000,
                rate=Decimal(1),
                term=5,
                number="PJ-A",
            )
        )
        book.execute(
            RestructureLoan(
                loan="PJ-A",
                on=date(2026, 10, 9),
                kind=Restructuring.RESCHEDULING,
                term=7,
                reason="Panen gagal",
                approved_by="Pengurus",
            )
        )
    return made


@pytest.fixture
def snapshots(paths: dict[str, Path]) -> Iterator[dict[str, Snapshot]]:
    opened = {kind: open_snapshot(path, TODAY) for kind, path in paths.items()}
    yield opened
    for snapshot in opened.values():
        snapshot.close()


def request_of(snapshot: Snapshot, key: str, **asked: Any) -> Request:
    needs = reports()[key].needs
    firsts = {
        "account": "SELECT code FROM account WHERE role = 'cash'",
        "member": "SELECT y.code FROM party AS y JOIN loan AS l ON l.party_id = y.id LIMIT 1",
        "loan": "SELECT number FROM loan WHERE number = 'PJ-A'"
        if key == "loan-addendum"
        else "SELECT number FROM loan LIMIT 1",
        "party": "SELECT y.code FROM party AS y JOIN bill AS b ON b.party_id = y.id LIMIT 1",
        "product": "SELECT code FROM product LIMIT 1",
        "deposit": "SELECT number FROM term_deposit LIMIT 1",
    }
    for name in needs:
        asked.setdefault(name, snapshot.sql(firsts[name])[0][0])
    asked.setdefault("period", OCTOBER)
    return Request(snapshot, Parameters(**asked), Translator("id"), "Sari", NOW)


def figures(document: Document) -> Iterator[tuple[int, str, int | Decimal]]:
    for index, row in enumerate(document.rows):
        for column in document.columns:
            value = row.cells.get(column.key)
            if row.kind is RowKind.HEADING or column.type not in FIGURES:
                continue
            if isinstance(value, int | Decimal) and value:
                yield index, column.key, value


KEYS = [(kind, key) for key, spec in reports().items() for kind in spec.kinds]


@pytest.mark.parametrize(("kind", "key"), KEYS)
@pytest.mark.parametrize("period", [OCTOBER, FiscalYear(2026).period], ids=["month", "year"])
def test_the_rows_of_each_figure_add_up_to_it(
    snapshots: dict[str, Snapshot], kind: str, key: str, period: Period
) -> None:
    request = request_of(snapshots[kind], key, period=period)
    document = reports()[key].build(request)
    seen = 0
    for index, column, value in list(figures(document))[:300]:
        if (key, column) in NO_SUM:
            continue
        if key == "member-statement" and document.rows[index].kind is RowKind.SUBTOTAL:
            continue  # an opening balance leads to the statement before; the closing ones are tested below
        origin = origin_of(request, document, index, column)
        assert origin.figure == value
        assert origin.complete, (key, column, index, origin.title, value, origin.total)
        seen += 1
    wordy = (
        *("members", "board", "supervisors", "member-card", "loan-schedule", "stock-low"),
        *("loan-agreement", "loan-addendum"),
    )
    assert seen or key in wordy


@pytest.mark.parametrize("key", ["income-statement", "balance-sheet", "cash-flow"])
def test_the_column_beside_opens_its_own_period(snapshots: dict[str, Snapshot], key: str) -> None:
    request = request_of(snapshots["business"], key, against=Month(2026, 9).period)
    document = reports()[key].build(request)
    beside = [(index, value) for index, column, value in figures(document) if column == "comparative"]
    assert beside
    for index, value in beside:
        origin = origin_of(request, document, index, "comparative")
        assert origin.complete, (key, index, value, origin.total)


def test_a_month_is_compared_with_the_month_before(snapshots: dict[str, Snapshot]) -> None:
    september = Month(2026, 9).period
    both = reports()["income-statement"].build(
        request_of(snapshots["business"], "income-statement", against=september)
    )
    alone = reports()["income-statement"].build(
        request_of(snapshots["business"], "income-statement", period=september)
    )
    assert [column.label for column in both.columns][-2:] == ["Oktober 2026", "September 2026"]
    named = {row.cells["name"]: row.cells.get("comparative") for row in both.rows}
    assert all(named[row.cells["name"]] == row.cells.get("amount") for row in alone.rows)


def test_a_closed_year_shows_the_same_rows(paths: dict[str, Path], tmp_path: Path) -> None:
    from shutil import copyfile

    copy = tmp_path / "closed.lumbung"
    copyfile(paths["business"], copy)
    with Book.open(copy, clock=FixedClock(NOW), actor="Sari") as book:
        book.execute(CloseYear(year=2026))
        with book.snapshot() as snapshot:
            for key in ("income-statement", "balance-sheet", "trial-balance"):
                request = request_of(snapshot, key, period=FiscalYear(2026).period)
                document = reports()[key].build(request)
                for index, column, value in figures(document):
                    origin = origin_of(request, document, index, column)
                    assert origin.complete, (key, column, origin.title, value, origin.total)


def test_why_a_figure_moved_is_said_from_its_rows(snapshots: dict[str, Snapshot]) -> None:
    request = request_of(snapshots["business"], "income-statement")
    document = reports()["income-statement"].build(request)
    earlier = replace(request, parameters=replace(request.parameters, period=Month(2026, 9).period))
    then = reports()["income-statement"].build(earlier)
    was = {row.cells.get("code"): row.cells["amount"] for row in then.rows if row.cells.get("code")}
    told = 0
    for index, row in enumerate(document.rows):
        code, now = row.cells.get("code"), row.cells.get("amount")
        if not was.get(code) or not isinstance(now, int):
            continue
        reason = origin_of(request, document, index, "amount").reason
        assert reason is not None
        change = now - int(str(was[code]))
        assert reason.rising == (change > 0) - (change < 0)
        if change:
            assert request.translator.format.rupiah(abs(change)) in reason.text
            assert "September" in reason.text
        told += 1
    assert told > 3


def test_a_record_shows_what_it_posted(snapshots: dict[str, Snapshot]) -> None:
    request = request_of(snapshots["business"], "ledger")
    document = reports()["ledger"].build(request)
    origin = origin_of(request, document, 1, "debit" if document.rows[1].cells["debit"] else "credit")
    assert origin.lines[0].entry is not None
    assert sum(line.amount for line in origin.journal) == 0
    assert len(origin.journal) >= 2


def test_the_closing_balances_of_a_statement_open(snapshots: dict[str, Snapshot]) -> None:
    request = request_of(snapshots["cooperative"], "member-statement")
    document = reports()["member-statement"].build(request)
    closing = [
        index
        for index, row in enumerate(document.rows)
        if row.kind is RowKind.SUBTOTAL and document.rows[index - 1].kind is not RowKind.HEADING
    ]
    assert closing
    for index in closing:
        origin = origin_of(request, document, index, "balance")
        assert origin.complete or origin.figure == 0


@pytest.mark.parametrize(
    ("period", "wanted"),
    [
        (OCTOBER, Month(2026, 9).period),
        (FiscalYear(2026).period, FiscalYear(2025).period),
        (Period(date(2026, 7, 1), date(2026, 10, 1)), Period(date(2026, 4, 1), date(2026, 7, 1))),
        (
            Period.through(date(2026, 10, 5), date(2026, 10, 7)),
            Period.through(date(2026, 10, 2), date(2026, 10, 4)),
        ),
    ],
)
def test_the_period_before(snapshots: dict[str, Snapshot], period: Period, wanted: Period) -> None:
    assert before(request_of(snapshots["business"], "journal"), period) == wanted
