"""Excel: real values, live sums, safe texts, ready to print."""

import json
import re
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from app.base.i18n import Translator
from app.reports.document import Document, Layout, Row, RowKind, Term
from app.reports.render import render
from app.reports.render.sums import formula
from tests.reports.render_samples import (
    balance_sheet,
    every_document,
    income_statement,
    ledger,
    stock,
    trial_balance,
)

ID = Translator("id")


def _sheet(document: Document, *, values: bool = False, paper: str = "A4") -> Any:
    data = render(document, "xlsx", ID, paper=paper)
    assert isinstance(data, bytes)
    return load_workbook(BytesIO(data), data_only=values).active


def _head(sheet: Any) -> int:
    """The line with the labels of the columns, as the frozen pane says."""
    return int(sheet.freeze_panes[1:]) - 1


def _evaluate(sheet: Any, text: str) -> Decimal:
    """What `=SUM(C5:C9,C11)-C12+...` comes to; formulas it refers to are evaluated too."""
    assert re.fullmatch(r"=[+-]?(SUM\([A-Z0-9:,]+\)|[A-Z]+\d+)([+-](SUM\([A-Z0-9:,]+\)|[A-Z]+\d+))*", text)
    total = Decimal(0)
    for sign, sum_of, cell in re.findall(r"([+-]?)(?:SUM\(([^)]*)\)|([A-Z]+\d+))", text[1:]):
        part = sum((_value(sheet, piece) for piece in (sum_of or cell).split(",")), Decimal(0))
        total += -part if sign == "-" else part
    return total


def _value(sheet: Any, reference: str) -> Decimal:
    cells = [cell for line in sheet[reference] for cell in line] if ":" in reference else [sheet[reference]]
    total = Decimal(0)
    for cell in cells:
        if isinstance(cell.value, str) and cell.data_type == "f":
            total += _evaluate(sheet, cell.value)
        elif isinstance(cell.value, int | float):
            total += Decimal(str(cell.value))
    return total


@pytest.mark.parametrize("document", every_document(), ids=lambda document: document.report)
def test_cells_are_those_of_the_json_and_sums_come_to_the_same(document: Document) -> None:
    live, stored = _sheet(document), _sheet(document, values=True)
    data = json.loads(render(document, "json", ID))
    first = _head(live) + 1
    formulas = 0
    for number, row in enumerate(data["rows"], first):
        for index, column in enumerate(data["columns"], 1):
            value = row["cells"].get(column["key"])
            cell, shown = live.cell(number, index), stored.cell(number, index).value
            if cell.data_type == "f":
                formulas += 1
                assert _evaluate(live, cell.value) == value
            if value is None:
                assert shown is None
            elif column["type"] in {"quantity", "rate"}:
                assert Decimal(str(shown)) == Decimal(value)
            elif column["type"] == "date":
                assert isinstance(shown, datetime)
                assert shown.date().isoformat() == value
            else:
                assert shown == value
    sums = sum(bool(row.adds) for row in document.rows)
    assert formulas >= sums > 0


def test_every_sum_of_the_balance_sheet_is_live_in_both_years() -> None:
    document = balance_sheet()
    sheet = _sheet(document)
    first = _head(sheet) + 1
    for number, row in enumerate(document.rows, first):
        kinds = [sheet.cell(number, column).data_type for column in (4, 5)]
        assert (kinds == ["f", "f"]) == bool(row.adds)


def test_a_running_balance_is_not_summed() -> None:
    document = ledger(20)
    sheet = _sheet(document)
    last = _head(sheet) + len(document.rows)
    assert [sheet.cell(last, column).data_type for column in (4, 5, 6)] == ["f", "f", "n"]


def test_signs_and_subtotals_within_a_run() -> None:
    document = income_statement()
    column = document.columns[2]
    rows = (
        Row(RowKind.HEADING, {"name": "a"}),
        Row(RowKind.ITEM, {"amount": 5}),
        Row(RowKind.NOTE, {"name": "b"}),
        Row(RowKind.ITEM, {"amount": 7}),
        Row(RowKind.SUBTOTAL, {"amount": 12}),
        Row(RowKind.ITEM, {"amount": 1}),
    )

    def of(*terms: Term) -> str:
        return formula(Row(RowKind.TOTAL, {"amount": 0}, adds=terms), column, rows, "C", 10)

    assert of(Term(0, 3)) == "SUM(C11:C13)"
    assert of(Term(0, 5)) == "SUM(C11:C13,C15)"
    assert of(Term(4, 4), Term(5, 5, -1)) == "C14-C15"
    assert of(Term(4, 4, -1), Term(1, 3)) == "-C14+SUM(C11:C13)"
    assert of(Term(0, 0)) == ""


def test_a_sum_too_long_for_excel_keeps_its_figure() -> None:
    rows = tuple(
        Row(RowKind.SUBTOTAL if number % 2 else RowKind.ITEM, {"amount": number}) for number in range(1000)
    )
    total = Row(RowKind.TOTAL, {"amount": 1}, adds=(Term(0, 999),))
    assert formula(total, income_statement().columns[2], rows, "C", 5) == ""


@pytest.mark.parametrize("name", ["=1+1", "+62812", "-5 kg", "@SUM(A1)", '=HYPERLINK("x")', " a ", "a\nb"])
def test_texts_stay_texts(name: str) -> None:
    row = Row(RowKind.ITEM, {"code": "0137", "name": name, "debit": 5, "credit": 0})
    sheet = _sheet(replace(trial_balance(), rows=(row,)))
    cell = sheet.cell(_head(sheet) + 1, 2)
    assert (cell.value, cell.data_type) == (name, "s")
    assert sheet.cell(_head(sheet) + 1, 1).value == "0137"


def test_letters_xml_does_not_allow_are_replaced() -> None:
    row = Row(RowKind.ITEM, {"name": "a\x00b\x1bc <&>"})
    sheet = _sheet(replace(trial_balance(), rows=(row,)))
    assert sheet.cell(_head(sheet) + 1, 2).value == "a\ufffdb\ufffdc <&>"


def test_number_formats() -> None:
    document = stock()
    sheet = _sheet(document)
    first = _head(sheet) + 2
    formats = [sheet.cell(first, column).number_format for column in range(4, 10)]
    amount = '#,##0;(#,##0);"–"'
    assert formats == ["#,##0.000", amount, amount, '#,##0.00"%"', "#,##0", "dd/mm/yyyy"]
    assert sheet.cell(_head(sheet) + 5, 6).number_format == "#,##0;(#,##0);0"


@pytest.mark.parametrize(("paper", "code"), [("A4", 9), ("F4", 14)])
def test_print_set_up(paper: str, code: int) -> None:
    sheet = _sheet(replace(trial_balance(), landscape=True), paper=paper)
    assert sheet.page_setup.paperSize == code
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == f"${_head(sheet)}:${_head(sheet)}"
    assert "&P" in sheet.HeaderFooter.oddFooter.right.text
    assert "&N" in sheet.HeaderFooter.oddFooter.right.text
    assert "Sari" in sheet.HeaderFooter.oddFooter.left.text


def test_head_title_and_training() -> None:
    document = stock()
    sheet = _sheet(document)
    above = [sheet.cell(number, 1).value for number in range(1, _head(sheet))]
    assert above[0] == document.letterhead.name
    assert {document.title, document.subtitle, ID("TRAINING"), *document.letterhead.lines} <= set(above)
    assert ID("TRAINING") in sheet.HeaderFooter.oddFooter.left.text
    assert "Ngatiyem && Co." in sheet.HeaderFooter.oddFooter.left.text
    other = _sheet(trial_balance())
    assert ID("TRAINING") not in {cell.value for line in other["A1:A9"] for cell in line}


def test_a_title_excel_forbids_becomes_one_it_allows() -> None:
    document = replace(trial_balance(), title="Kartu Bon / Kartu Utang: [semua pihak] sampai hari ini")
    assert _sheet(document).title == "Kartu Bon   Kartu Utang   semua"


def test_columns_are_wide_enough_for_their_figures() -> None:
    document = stock()
    sheet = _sheet(document)
    assert sheet.column_dimensions["E"].width >= len("(999.999.999.999)")
    assert sheet.column_dimensions["I"].width >= len("17/08/2026")


def test_statements_are_indented_by_level() -> None:
    document = balance_sheet()
    assert document.layout is Layout.STATEMENT
    sheet = _sheet(document)
    first = _head(sheet) + 1
    assert [sheet.cell(first + row, 2).alignment.indent for row in range(3)] == [0, 1, 2]
    assert sheet.cell(first, 2).font.b
    assert not sheet.cell(first + 2, 2).font.b


def test_an_empty_report_says_so() -> None:
    sheet = _sheet(replace(trial_balance(), rows=()))
    assert sheet.cell(_head(sheet) + 1, 1).value == ID("Nothing in this period.")
