"""The page of reports: by keyboard from the list to the record behind a figure, and onto paper and into files."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.base.dates import FiscalYear, Month, Period
from app.ledger.book import Book
from app.ledger.cash.commands import RecordMoneyIn, RecordMoneyOut
from app.ui import export as exporting
from app.ui.bridge import Session
from app.ui.export import ExportDialog, file_name, fresh_path, save_as
from app.ui.pages.reports.listing import grouped
from app.ui.pages.reports.page import ReportsPage
from app.ui.widgets.span import Span, step
from tests.ui.conftest import OpenBook, shell_of


def fill(book: Book) -> None:
    book.execute(RecordMoneyIn(on=date(2026, 9, 3), amount=5_000_000, category="Modal masuk"))
    for month, amounts in ((9, (200_000, 71_300)), (10, (200_000, 86_500))):
        for day, (amount, memo) in enumerate(zip(amounts, ("Token listrik", "Air PDAM"), strict=True), 5):
            book.execute(
                RecordMoneyOut(on=date(2026, month, day), amount=amount, category="Listrik & air", memo=memo)
            )


@pytest.fixture
def page(session_of: OpenBook) -> ReportsPage:
    session: Session = session_of("business", fill, page="reports")
    session.set_month(Month(2026, 10))
    found = shell_of(session).page
    assert isinstance(found, ReportsPage)
    return found


def keys(page: ReportsPage, qtbot: QtBot, *pressed: Qt.Key) -> None:
    for key in pressed:
        QTest.keyClick(page.view, key)


def row_of(page: ReportsPage, name: str) -> int:
    document = page.document
    assert document is not None
    return next(index for index, row in enumerate(document.rows) if name in str(row.cells.get("name")))


def test_it_opens_with_what_is_asked_most(page: ReportsPage) -> None:
    assert page.document is not None
    assert page.document.report == "income-statement"
    assert page.document.subtitle == "Oktober 2026"


def test_a_figure_opens_its_records_by_keyboard(page: ReportsPage, qtbot: QtBot) -> None:
    index = row_of(page, "Listrik")
    page.view.choose(index, "amount")
    page.view.setFocus()
    keys(page, qtbot, Qt.Key.Key_Return)
    origin = page.inside.origin
    assert origin is not None
    assert page.inside.isVisible()
    assert origin.figure == 286_500
    assert [(line.label, line.amount) for line in origin.lines] == [
        ("Token listrik", 200_000),
        ("Air PDAM", 86_500),
    ]
    assert origin.reason is not None
    assert "15.200" in origin.reason.text
    assert "Air PDAM" in origin.reason.text
    entry = origin.lines[0].entry
    gone: list[tuple[str, dict[str, Any]]] = []
    page.session.go = lambda key, **parameters: gone.append((key, parameters))  # type: ignore[method-assign]
    keys(page, qtbot, Qt.Key.Key_Return)
    assert gone == [("records", {"entry": entry})]


def test_arrows_change_what_is_looked_into(page: ReportsPage, qtbot: QtBot) -> None:
    page.view.choose(row_of(page, "Listrik"), "amount")
    page.view.setFocus()
    keys(page, qtbot, Qt.Key.Key_Return)
    first = page.inside.origin
    keys(page, qtbot, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.inside.origin is not first, timeout=2_000)
    assert page.inside.origin is not None
    assert page.inside.origin.title != (first.title if first else "")


def test_the_journal_is_one_click_away(page: ReportsPage, qtbot: QtBot) -> None:
    page.view.choose(row_of(page, "Listrik"), "amount")
    page.view.setFocus()
    keys(page, qtbot, Qt.Key.Key_Return)
    page.inside.journal_button.click()
    words = [label.text() for label in page.inside._journal.findChildren(type(page.inside._sum))]
    assert any("Kas" in text for text in words)
    assert any("200.000" in text for text in words)


def test_a_sum_leads_to_its_rows(page: ReportsPage, qtbot: QtBot) -> None:
    document = page.document
    assert document is not None
    total = next(index for index, row in enumerate(document.rows) if row.adds and row.cells.get("amount"))
    page.view.choose(total, "amount")
    page.view.setFocus()
    keys(page, qtbot, Qt.Key.Key_Return)
    origin = page.inside.origin
    assert origin is not None
    assert origin.complete
    keys(page, qtbot, Qt.Key.Key_Return)
    assert page.view.figure() == (origin.lines[0].row, "amount")


def test_an_opened_report_comes_back_to_its_place(page: ReportsPage, qtbot: QtBot) -> None:
    index = row_of(page, "Listrik")
    page.view.choose(index, "amount")
    page.view.setFocus()
    keys(page, qtbot, Qt.Key.Key_Return)
    page.inside.report_button.click()
    assert page.document is not None
    assert page.document.report == "ledger"
    assert page.document.totals["debit"] == 286_500
    assert page.escape()
    assert page.document is not None
    assert page.document.report == "income-statement"
    assert page.view.figure() == (index, "amount")
    assert page.inside.isVisible()
    assert page.escape()  # the panel closes
    assert not page.inside.isVisible()
    assert not page.escape()  # and now one leaves the page


def test_the_stepper_and_the_top_bar_are_one(page: ReportsPage) -> None:
    assert "Sep" in page.span.earlier.text()
    page.span.earlier.click()
    assert page.session.month == Month(2026, 9)
    assert page.document is not None
    assert page.document.subtitle == "September 2026"
    page.session.set_month(Month(2026, 10))
    assert page.document is not None
    assert page.document.subtitle == "Oktober 2026"


def test_another_period(page: ReportsPage) -> None:
    spans = dict(choice for choice in page.span.choices() if choice is not None)
    year = next(span for span in spans.values() if span.kind == "year")
    page.span._choose(year)
    assert page.document is not None
    assert page.document.subtitle == "2026"
    day = next(span for span in spans.values() if span.kind == "day")
    page.span._choose(day)
    page.span.last.line.setText("5/9/2026")
    page.span.last.line.editingFinished.emit()
    assert page.document is not None
    assert page.document.last_day == date(2026, 9, 5)
    page.span._choose(Span("range", Period.through(date(2026, 9, 1), date(2026, 10, 31))))
    assert page.document is not None
    assert (page.document.first_day, page.document.last_day) == (date(2026, 9, 1), date(2026, 10, 31))


def test_stepping_knows_months_years_days_and_ranges() -> None:
    assert step(Span.of_month(Month(2026, 12)), 1) == Span.of_month(Month(2027, 1))
    assert step(Span("year", FiscalYear(2026, 7).period), -1, 7) == Span("year", FiscalYear(2025, 7).period)
    day = Span("day", Period.through(date(2026, 1, 1), date(2026, 1, 1)))
    moved = step(day, -1)
    assert moved is not None
    assert moved.last == date(2025, 12, 31)


def test_compare_puts_the_month_before_beside_it(page: ReportsPage) -> None:
    assert "September" in page.compare.text()
    page.compare.click()
    assert page.document is not None
    assert page.document.columns[-1].label == "September 2026"
    index = row_of(page, "Listrik")
    assert page.document.rows[index].cells["comparative"] == 271_300


def test_the_search_finds_a_report(page: ReportsPage, qtbot: QtBot) -> None:
    page.listing.search.setFocus()
    QTest.keyClicks(page.listing.search, "neraca")
    QTest.keyClick(page.listing.search, Qt.Key.Key_Return)
    assert page.document is not None
    assert page.document.report == "balance-sheet"


def test_what_is_switched_off_is_not_listed(page: ReportsPage) -> None:
    everything = grouped(
        page._specs, "business", frozenset({"sell", "buy", "stock", "debts"}), everything=False
    )
    without = grouped(page._specs, "business", frozenset({"sell"}), everything=False)
    keys_of = [{spec.key for _title, group in found for spec in group} for found in (everything, without)]
    assert keys_of[0] - keys_of[1] == {
        "purchases",
        "stock",
        "stock-low",
        "stock-card",
        "debts-due",
        "receivables",
        "payables",
        "party-card",
    }
    assert "journal" not in keys_of[0]
    full = grouped(page._specs, "business", frozenset({"accountant"}), everything=False)
    assert "journal" in {spec.key for _title, group in full for spec in group}


def test_a_report_that_needs_more_asks_for_it(page: ReportsPage, qtbot: QtBot) -> None:
    page.show_report({"report": "ledger"}, keep=False)
    assert page.stack.currentIndex() == 2
    assert not page.print_button.isEnabled()
    picker = page.about.pickers["account"]
    assert picker.isVisible()
    picker.setFocus()
    QTest.keyClicks(picker.line, "Kas Tunai")
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    assert page.document is not None
    assert page.document.report == "ledger"


def test_a_page_can_be_opened_at_a_report(page: ReportsPage) -> None:
    page.session.go("reports", report="cash-book", period=Month(2026, 9).period)
    assert page.document is not None
    assert page.document.report == "cash-book"
    assert page.session.month == Month(2026, 9)


def test_it_shows_at_once_what_was_recorded(page: ReportsPage) -> None:
    index = row_of(page, "Listrik")
    page.view.choose(index, "amount")
    page.session.execute(
        RecordMoneyOut(on=date(2026, 10, 20), amount=100_000, category="Listrik & air", memo="Pulsa")
    )
    assert page.document is not None
    assert page.document.rows[row_of(page, "Listrik")].cells["amount"] == 386_500
    assert page.view.figure() == (index, "amount")


def test_a_long_report_is_a_job_that_can_be_stopped(
    page: ReportsPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.pages.reports.page._LONG", 1)
    page.show_report({"report": "journal"}, keep=False)
    assert page.stack.currentIndex() == 1
    qtbot.waitUntil(lambda: page.document is not None and page.document.report == "journal", timeout=5_000)
    page.show_report({"report": "cash-book"}, keep=False)
    page._stop.click()
    assert page.stack.currentIndex() == 2
    qtbot.waitUntil(lambda: not page.session.jobs.running, timeout=5_000)
    assert page.stack.currentIndex() == 2


# Files


def test_the_excel_file_is_what_is_on_the_screen(page: ReportsPage, tmp_path: Path) -> None:
    document = page.document
    assert document is not None
    target = tmp_path / "laba rugi.xlsx"
    save_as(page.session, document, "xlsx", target)
    sheet = load_workbook(BytesIO(target.read_bytes())).worksheets[0]
    plain = load_workbook(BytesIO(target.read_bytes()), data_only=True).worksheets[0]
    cells = {str(cell.value).strip() for line in sheet.iter_rows() for cell in line if cell.value is not None}
    figures = [
        cell.value for line in plain.iter_rows() for cell in line if isinstance(cell.value, int | float)
    ]
    for row in document.rows:
        assert str(row.cells["name"]).strip() in cells
        if isinstance(row.cells.get("amount"), int) and row.cells["amount"]:
            assert row.cells["amount"] in figures


def test_the_pdf_and_csv_files_are_what_is_on_the_screen(page: ReportsPage, tmp_path: Path) -> None:
    from pypdf import PdfReader

    document = page.document
    assert document is not None
    for kind in ("pdf", "csv"):
        save_as(page.session, document, kind, tmp_path / f"laba.{kind}")
    text = "".join(part.extract_text() for part in PdfReader(tmp_path / "laba.pdf").pages)
    csv = (tmp_path / "laba.csv").read_text("utf-8-sig")
    fmt = page.session.translator.format
    for row in document.rows:
        amount = row.cells.get("amount")
        if isinstance(amount, int) and amount:
            assert fmt.statement(amount).strip("()") in text
            assert f";{amount}" in csv


def test_the_export_asks_little_and_overwrites_nothing(
    page: ReportsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    document = page.document
    assert document is not None
    assert file_name(document) == "Laporan Laba Rugi 2026-10"
    dialog = ExportDialog(file_name(document), page.session.translator, None, tmp_path)
    qtbot.addWidget(dialog)
    assert dialog.target == tmp_path / "Laporan Laba Rugi 2026-10.xlsx"
    dialog.target.write_bytes(b"mine")
    assert dialog.target.name == "Laporan Laba Rugi 2026-10 (2).xlsx"
    dialog.choose("pdf")
    assert dialog.target.name == "Laporan Laba Rugi 2026-10.pdf"
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    assert dialog.result() == ExportDialog.DialogCode.Accepted
    assert fresh_path(tmp_path, "a/b: c?", "csv").name == "a b c.csv"


def test_saving_says_where(page: ReportsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(exporting, "open_folder", opened.append)
    document = page.document
    assert document is not None
    save_as(page.session, document, "csv", tmp_path / "neu" / "laba.csv")
    toast = shell_of(page.session).toast
    assert "laba.csv" in toast.text
    toast._way.click()
    assert opened == [tmp_path / "neu"]
