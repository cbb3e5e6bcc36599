"""The workbook to fill in: every sheet of a kind of book with its headings, formats and drop-downs.

Examples stand on the sheet Petunjuk, so that one left behind is never imported.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from app.base.i18n import N_, Translator
from app.base.paths import atomic_write
from app.ledger.imports.headings import OWN_SHEETS, sheets_for
from app.ledger.imports.sample import sample_rows, sample_values
from app.ledger.sheet import CellKind, Column, Sheet, spelled

_GUIDE = OWN_SHEETS[0]
# Choices written into a cell's rule itself may have this many characters; longer ones stand on the guide.
_LONGEST_LIST = 250
_LAST_ROW = 5_000
_LISTS_FROM = 12  # column L of the guide
_BOLD = Font(bold=True)
_TITLE = Font(bold=True, size=14)
_GREY = Font(italic=True, color="7F7F7F")
_NEEDED = PatternFill("solid", fgColor="DDEBDD")
_OPTIONAL = PatternFill("solid", fgColor="F2F2F2")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_FORMATS = {
    CellKind.CODE: "@",
    CellKind.NIK: "@",
    CellKind.PHONE: "@",
    CellKind.MONTH: "@",
    CellKind.DATE: "dd/mm/yyyy",
    CellKind.AMOUNT: "#,##0",
    CellKind.QUANTITY: "#,##0.###",
    CellKind.PERCENT: "0.00",
    CellKind.INTEGER: "0",
}
_HOW = {
    CellKind.TEXT: N_("Text"),
    CellKind.CODE: N_("Number or code"),
    CellKind.NIK: N_("16 digits"),
    CellKind.PHONE: N_("Phone number"),
    CellKind.MONTH: N_("Month, like 2026-10"),
    CellKind.DATE: N_("Date, like 31/10/2026"),
    CellKind.AMOUNT: N_("Whole rupiah"),
    CellKind.QUANTITY: N_("Quantity, like 2,5"),
    CellKind.PERCENT: N_("Percent, like 1,5"),
    CellKind.INTEGER: N_("Whole number"),
    CellKind.CHOICE: N_("One of the choices"),
}
_RULES = (
    N_("Fill in the sheets you need and leave the others empty."),
    N_("Keep the headings; their order does not matter."),
    N_("Green headings must be filled in. Rows of the same date and number are one document."),
    N_("Nothing is imported unless every row is good. The same file twice adds nothing."),
    N_("Balances in Saldo Awal are those at the close of its date; business starts the next day."),
)


def write_template(path: Path, kind: str, translator: Translator, *, filled: bool = False) -> Path:
    """Write the empty workbook for a kind of book, or a filled sample; returns where it is.

    Headings are as the importer reads them in any language; the explanations are in the translator's.
    """
    book = Workbook()
    guide = book.active
    assert isinstance(guide, Worksheet)  # a new workbook begins with one sheet
    guide.title = _GUIDE
    sheets = sheets_for(kind)
    rows = sample_rows(kind) if filled else {}
    lists = _Lists(guide)
    for item in sheets:
        _sheet(book, item, sample_values(item, rows.get(item.name, [])), lists)
    _fill_guide(guide, sheets, translator)
    book.properties.creator = "Lumbung"
    with atomic_write(path) as writing:
        book.save(writing.temporary)
    book.close()
    return writing.target


def _sheet(book: Workbook, item: Sheet, rows: Iterable[dict[str, Any]], lists: "_Lists") -> None:
    sheet = book.create_sheet(item.name)
    sheet.freeze_panes = "A2"
    for place, column in enumerate(item.columns, start=1):
        letter = get_column_letter(place)
        dimension = sheet.column_dimensions[letter]
        dimension.width = max(column.width, len(column.heading) + 2)
        if column.kind in _FORMATS:
            dimension.number_format = _FORMATS[column.kind]
        cell = sheet.cell(1, place, column.heading)
        cell.font, cell.fill = _BOLD, _NEEDED if column.needed else _OPTIONAL
        cell.number_format = "@"
        if column.choices:
            rule = _validation(column, lists)
            rule.add(f"{letter}2:{letter}{_LAST_ROW}")
            sheet.add_data_validation(rule)
    for number, row in enumerate(rows, start=2):
        for place, column in enumerate(item.columns, start=1):
            if column.key in row:
                cell = sheet.cell(number, place, row[column.key])
                if column.kind in _FORMATS:
                    cell.number_format = _FORMATS[column.kind]


class _Lists:
    """Long lists of choices, kept in columns at the right of the guide."""

    def __init__(self, guide: Worksheet) -> None:
        self._guide = guide
        self._column = _LISTS_FROM

    def put(self, choices: list[str]) -> str:
        """Write a list; returns the formula that means it."""
        letter = get_column_letter(self._column)
        for row, choice in enumerate(choices, start=1):
            self._guide.cell(row, self._column, choice).font = _GREY
        self._guide.column_dimensions[letter].hidden = True
        self._column += 1
        return f"{quote_sheetname(_GUIDE)}!${letter}$1:${letter}${len(choices)}"


def _validation(column: Column, lists: _Lists) -> DataValidation:
    choices = shown_choices(column)
    text = ",".join(choices)
    short = len(text) <= _LONGEST_LIST and all("," not in choice for choice in choices)
    rule = DataValidation(
        type="list", formula1=f'"{text}"' if short else lists.put(choices), allow_blank=True
    )
    # The importer knows more words than the list offers, so Excel must let them pass.
    rule.showErrorMessage = False
    return rule


def shown_choices(column: Column) -> list[str]:
    """The choices offered: of the words for one meaning the first."""
    first: dict[str, str] = {}
    for word, meaning in column.choices.items():
        first.setdefault(meaning, word)
    return [spelled(word) for word in first.values()]


def _fill_guide(guide: Worksheet, sheets: list[Sheet], translator: Translator) -> None:
    _ = translator
    for letter, width in zip("ABCDE", (20, 26, 26, 34, 48), strict=True):
        guide.column_dimensions[letter].width = width
    guide["A1"] = _("How to fill in this workbook")
    guide["A1"].font = _TITLE
    row = 2
    for rule in _RULES:
        guide.cell(row, 1, _(rule))
        row += 1
    row += 1
    for item in sheets:
        guide.cell(row, 1, item.name).font = _BOLD
        if item.note:
            guide.cell(row, 2, _(item.note))
        row += 1
        for place, text in enumerate((_("Column"), _("What to write"), _("Example"), _("Choices")), start=2):
            guide.cell(row, place, text).fill = _OPTIONAL
        row += 1
        for column in item.columns:
            guide.cell(row, 2, column.heading).font = _BOLD if column.needed else Font()
            guide.cell(row, 3, _(_HOW[column.kind]))
            example = guide.cell(row, 4, column.example or None)
            example.font, example.number_format = _GREY, "@"
            if column.choices:
                choices = guide.cell(row, 5, ", ".join(shown_choices(column)))
                choices.alignment = _WRAPPED
            row += 1
        row += 1
