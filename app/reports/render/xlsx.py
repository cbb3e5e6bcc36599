"""A Document as an Excel workbook: real numbers and dates, totals as live formulas, ready to print.

openpyxl makes the workbook, its styles and its package; the rows are written by our own row writer,
which puts each row out at once. That is faster than its cells, keeps the memory flat, and lets a
formula carry the figure the Document has, so that previews on a telephone and programs that don't
calculate show it too. A text is always written as a text: whatever a member is called, nothing is
run as a formula.

Number formats are stored in Excel's neutral form (`#,##0`): the reader's Excel shows them with the
separators of its own region, on an Indonesian computer 1.250.000. Negatives stand in parentheses
and nothing is an en dash, as on our papers; where 0 is an answer it is 0.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.xml.functions import Element, SubElement

from app.base.i18n import Translator
from app.reports.document import CellType, Column, Document, Row, RowKind, Value
from app.reports.paper import made_line
from app.reports.render.cells import (
    BOLD,
    EMPTY,
    RIGHT_ALIGNED,
    SUMS,
    is_answer,
    label_column,
    label_of,
)
from app.reports.render.sums import formula

_PAPER_CODES = {
    "A4": 9,
    "F4": 14,
}  # 14 is folio, 8.5 x 13 inches: the F4 of our shops to a millimetre
_EPOCH = date(1899, 12, 30)  # day 0 of Excel's calendar
_LONGEST_TEXT = 32_767  # characters in one cell, a limit of Excel
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NOT_IN_SHEET_TITLE = re.compile(r"[\[\]:*?/\\]")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

AMOUNT = '#,##0;(#,##0);"–"'
ANSWER = "#,##0;(#,##0);0"
DATE = "dd/mm/yyyy"


def render(document: Document, translator: Translator, paper: str = "A4") -> bytes:
    """The document as the bytes of an .xlsx file; `paper` (A4, F4) is for its print set-up."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(_sheet_title(document.title))
    workbook.calculation = CalcProperties(fullCalcOnLoad=True)
    workbook.properties.title = document.title
    workbook.properties.creator = document.made_by
    head = _head(document, translator)
    header_row = len(head) + 1
    _set_up(sheet, document, translator, paper, header_row)
    sheet._writer = _RowWriter(sheet, _Styles(sheet, document), document.columns)
    sheet._writer.write_top()
    for text, style in head:
        sheet.append([(text, style)])
    sheet.append([(column.label, f"head {column.type}") for column in document.columns])
    label = label_column(document.columns)
    if not document.rows:
        sheet.append([(translator(EMPTY), "small")])
    for row in document.rows:
        sheet.append([row, label, document.rows, header_row])
    for note in ("", *document.notes):
        sheet.append([(note, "small")])
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _sheet_title(title: str) -> str:
    return _NOT_IN_SHEET_TITLE.sub(" ", title)[:31].strip(" '") or "Lumbung"


def _head(document: Document, translator: Translator) -> list[tuple[str, str]]:
    """The lines above the table with their styles."""
    lines = [(document.letterhead.name or document.book, "name")]
    lines += [(line, "small") for line in document.letterhead.lines]
    if document.training:
        lines.append((translator("TRAINING"), "training"))
    lines += [(document.title, "title"), (document.subtitle, "plain")]
    lines += [(f"{name}: {value}", "plain") for name, value in document.context]
    if any(column.type is CellType.AMOUNT for column in document.columns):
        lines.append((translator("(in rupiah)"), "small"))
    return [*(line for line in lines if line[0]), ("", "plain")]


def _set_up(sheet: Any, document: Document, translator: Translator, paper: str, header_row: int) -> None:
    """Everything of the sheet that is not a row; openpyxl wants it before the first one."""
    sheet.freeze_panes = f"A{header_row + 1}"
    sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.page_setup.paperSize = _PAPER_CODES[paper]
    sheet.page_setup.orientation = "landscape" if document.landscape else "portrait"
    sheet.page_margins.left = 20 / 25.4
    sheet.page_margins.right = 15 / 25.4
    sheet.page_margins.top = sheet.page_margins.bottom = 18 / 25.4
    foot = sheet.HeaderFooter.oddFooter
    mark = f"{translator('TRAINING')} · " if document.training else ""
    foot.left.text = (mark + made_line(document, translator)).replace("&", "&&")
    foot.right.text = translator("Page {page} of {pages}", page="&P", pages="&N")
    for index, width in enumerate(_widths(document, translator), 1):
        sheet.column_dimensions[get_column_letter(index)].width = width


def _widths(document: Document, translator: Translator) -> Iterable[float]:
    """Column widths in characters. Numbers are never cut to "####"; long texts are, at 48."""
    # Headings and notes run on over the empty cells beside them.
    rows = [row.cells for row in document.rows if row.kind not in {RowKind.HEADING, RowKind.NOTE}]
    for column in document.columns:
        values = [value for cells in rows if (value := cells.get(column.key)) is not None]
        longest = max((len(word) for word in column.label.split()), default=4)
        if column.type in RIGHT_ALIGNED:
            numbers = [value for value in values if isinstance(value, int | Decimal)]
            if numbers:
                edge = max(abs(int(number)) for number in numbers)
                digits = translator.format.statement(-edge)
                longest = max(longest, len(digits) + _places(numbers) + 1)
        elif column.type is CellType.DATE:
            longest = max(longest, 10)
        texts = [len(value) for value in values if isinstance(value, str)]
        yield min(max([longest, *texts]), 48) + 2


def _places(values: Iterable[Value]) -> int:
    """How many decimal places a column needs so that its figures line up and none is hidden."""
    return max(
        (
            -int(value.normalize().as_tuple().exponent)
            for value in values
            if isinstance(value, Decimal) and value.is_finite() and value != value.to_integral_value()
        ),
        default=0,
    )


class _Styles:
    """Style numbers of the workbook by a word or by what a cell is; each registered once."""

    def __init__(self, sheet: Any, document: Document) -> None:
        self._sheet = sheet
        self._numbers: dict[object, str] = {}
        self._places = {
            column.key: _places(row.cells.get(column.key) for row in document.rows)
            for column in document.columns
            if column.type in {CellType.QUANTITY, CellType.RATE}
        }

    def named(self, name: str) -> str:
        """The style of a line outside the table, or of the table's head."""
        number = self._numbers.get(name)
        if number is None:
            number = self._numbers[name] = self._register(*_NAMED[name])
        return number

    def of_cell(self, row: Row, column: Column, value: Value) -> str:
        """The style of a cell of the table."""
        number_format = "General"
        if isinstance(value, date):
            number_format = DATE
        elif isinstance(value, int | Decimal):
            number_format = self._number_format(row, column)
        indent = 0
        key = (row.kind, column.type, number_format, row.double_rule, row.level)
        number = self._numbers.get(key)
        if number is None:
            right = column.type in RIGHT_ALIGNED
            if column.type is CellType.TEXT and not row.double_rule:
                indent = max(row.level, 1) - 1
            alignment = Alignment(
                horizontal="right" if right else "left",
                vertical="top",
                indent=0 if right else indent,
            )
            number = self._register(_font(row), alignment, _border(row, right), number_format)
            self._numbers[key] = number
        return number

    def _number_format(self, row: Row, column: Column) -> str:
        match column.type:
            case CellType.AMOUNT:
                return ANSWER if is_answer(row, column) else AMOUNT
            case CellType.INTEGER:
                return "#,##0"
            case CellType.QUANTITY | CellType.RATE:
                places = self._places[column.key]
                digits = "#,##0" + ("." + "0" * places if places else "")
                return digits + '"%"' if column.type is CellType.RATE else digits
            case _:
                return "General"

    def _register(
        self,
        font: Font,
        alignment: Alignment | None = None,
        border: Border | None = None,
        number_format: str = "General",
    ) -> str:
        cell = WriteOnlyCell(self._sheet)
        cell.font = font
        if alignment is not None:
            cell.alignment = alignment
        if border is not None:
            cell.border = border
        cell.number_format = number_format
        return str(cell.style_id)


_THIN = Side(style="thin")
_HEAD = Border(top=_THIN, bottom=_THIN)
_LEFT = Alignment(horizontal="left", vertical="bottom", wrap_text=True)
_RIGHT = Alignment(horizontal="right", vertical="bottom", wrap_text=True)
_NAMED: Mapping[str, tuple[Any, ...]] = {
    "name": (Font(bold=True, size=14, color="FF175436"),),
    "title": (Font(bold=True, size=14),),
    "training": (Font(bold=True, size=12), None, Border(_THIN, _THIN, _THIN, _THIN)),
    "plain": (Font(size=11),),
    "small": (Font(size=9),),
} | {
    f"head {kind}": (Font(bold=True, size=11), _RIGHT if kind in RIGHT_ALIGNED else _LEFT, _HEAD)
    for kind in CellType
}


def _font(row: Row) -> Font:
    return Font(bold=row.kind in BOLD, italic=row.kind is RowKind.NOTE, size=11)


def _border(row: Row, right: bool) -> Border:
    if not right or row.kind not in SUMS:
        return Border()
    return Border(top=_THIN, bottom=Side(style="double") if row.double_rule else None)


class _RowWriter(WorksheetWriter):
    """Writes the rows of a sheet: either [(text, style), ...] or a row of the Document.

    It takes the place of openpyxl's own writer of the same worksheet, and only of its rows.
    """

    def __init__(self, sheet: Any, styles: _Styles, columns: tuple[Column, ...]) -> None:
        super().__init__(sheet)
        self._styles = styles
        self._columns = [(column, get_column_letter(index)) for index, column in enumerate(columns, 1)]
        # openpyxl would turn each value into a cell of its own first.
        sheet._values_to_row = lambda values, _: values

    def write_row(self, xf: Any, row: Any, row_idx: int) -> None:
        """Write one row at `row_idx`; called by openpyxl for each appended row."""
        element = Element("row", {"r": str(row_idx)})
        if isinstance(row[0], Row):
            self._document_row(element, row_idx, *row)
        else:
            for index, (text, style) in enumerate(row, 1):
                at = f"{get_column_letter(index)}{row_idx}"
                _text_cell(element, at, self._styles.named(style), text)
        xf.write(element)

    def _document_row(
        self, element: Any, number: int, row: Row, label: Column, rows: tuple[Row, ...], above: int
    ) -> None:
        cells = row.cells
        words = label_of(row, label) if row.kind in {RowKind.HEADING, RowKind.NOTE} else None
        for column, letter in self._columns:
            value = cells.get(column.key)
            if words and column is label:
                value = words
            elif words and value == words:
                continue
            if value is None:
                continue
            at = f"{letter}{number}"
            style = self._styles.of_cell(row, column, value)
            if isinstance(value, str):
                _text_cell(element, at, style, column.words.get(value, value))
                continue
            cell = SubElement(element, "c", {"r": at, "s": style})
            if row.adds and not isinstance(value, date):
                sum_of = formula(row, column, rows, letter, above + 1)
                if sum_of:
                    SubElement(cell, "f").text = sum_of
            SubElement(cell, "v").text = _number(value)


def _number(value: int | Decimal | date) -> str:
    if isinstance(value, date):
        return str((value - _EPOCH).days)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _text_cell(element: Any, at: str, style: str, value: str) -> None:
    cell = SubElement(element, "c", {"r": at, "s": style, "t": "inlineStr"})
    text = SubElement(SubElement(cell, "is"), "t")
    if value[:1].isspace() or value[-1:].isspace():
        text.set(_SPACE, "preserve")
    text.text = _NOT_IN_XML.sub("\ufffd", value)[:_LONGEST_TEXT]
