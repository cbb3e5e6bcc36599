"""Reading .xlsx row by row: values, not formulas, and never more than a row of XML in memory."""

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from openpyxl import load_workbook
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE, is_date_format
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from app.base.errors import UserError
from app.base.i18n import N_
from app.ledger.imports.raw import MOST_BYTES, BrokenCell, PercentCell, RawRow, RawSheet, too_large

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The name of the stream in which Office keeps a workbook with a password.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK"
# Whether a cell without a value holds a formula is seen in its element only.
_NOT_CALCULATED = BrokenCell(
    "",
    N_("The cell holds a formula without a result."),
    N_("Open the file in Excel or LibreOffice, save it, and import it again."),
)
_ERROR_TEMPLATE = N_("The cell holds the error {value}.")
_ERROR_ADVICE = N_("Correct the formula, or write the value itself.")
_NO_DATE = BrokenCell(
    "",
    N_("The cell is shown as a date, but its number is no day there can be."),
    N_("Write the date like 31/10/2026."),
)


def is_workbook(path: Path) -> bool:
    """True when the file is a workbook by its first bytes. Raises UserError for one of the old kind."""
    with path.open("rb") as stream:
        head = stream.read(8)
        if head == _OLE:
            raise _old_or_locked(path, stream.read())
    return head[:2] == _ZIP


@contextmanager
def open_workbook(path: Path) -> Iterator[list[RawSheet]]:
    """The visible and hidden sheets of a workbook, to be read one after the other.

    Raises UserError for a file that is no workbook, damaged, or too large when unpacked.
    """
    with _zip(path) as archive:
        names = set(archive.namelist())
        if sum(item.file_size for item in archive.infolist()) > MOST_BYTES:
            raise too_large()
    if "[Content_Types].xml" not in names:
        raise UserError(
            "{name} is not an Excel workbook.",
            advice="Save it as Excel workbook (.xlsx) or CSV.",
            name=path.name,
        )
    with _quiet():
        with faults_told(path):
            book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            yield [RawSheet(sheet.title, _rows(sheet, path), sheet.max_row or 0) for sheet in book.worksheets]
        finally:
            book.close()


@contextmanager
def faults_told(path: Path) -> Iterator[None]:
    """Whatever a damaged file makes the reader raise, said in a sentence."""
    try:
        yield
    except (
        zipfile.BadZipFile,
        InvalidFileException,
        ParseError,
        KeyError,
        ValueError,
        TypeError,
        IndexError,
        AttributeError,
        EOFError,
        NotImplementedError,
        zlib.error,
    ) as error:
        raise UserError(
            "{name} can't be read: the file is damaged or not an Excel workbook.",
            advice="Open it in Excel or LibreOffice and save it again as .xlsx.",
            name=path.name,
        ) from error


class _Parser(WorkSheetParser):
    """The library's reader of a sheet, which also tells percentages, and formulas without a result."""

    percent_formats: set[int] = set()  # noqa: RUF012 - set for each instance

    def parse_cell(self, element: Element) -> dict[str, Any]:
        kind, style = element.get("t", "n"), int(element.get("s", 0))
        if kind == "n" and style in self.date_formats:
            return self._date_cell(element)
        cell = super().parse_cell(element)
        value = cell["value"]
        if value is None:
            if element.find(FORMULA_TAG) is not None and kind != "str":
                cell["value"] = _NOT_CALCULATED
        elif kind == "e":
            cell["value"] = BrokenCell(str(value), _ERROR_TEMPLATE, _ERROR_ADVICE)
        elif kind == "n" and style in self.percent_formats:
            cell["value"] = PercentCell(Decimal(f"{value:.15g}") * 100)
        return cell

    def _date_cell(self, element: Element) -> dict[str, Any]:
        """A number shown as a date; one that is no day is a fault, not a warning."""
        cell: dict[str, Any] = super().parse_cell(element)
        value = cell["value"]
        if value is None and element.find(FORMULA_TAG) is not None:
            cell["value"] = _NOT_CALCULATED
        elif cell["data_type"] == "e" or isinstance(value, time | timedelta):
            cell["value"] = _NO_DATE
        elif isinstance(value, datetime):
            cell["value"] = date(value.year, value.month, value.day)
        return cell


def _rows(sheet: Any, path: Path) -> Iterator[RawRow]:
    """The rows that are in the file, with their numbers; missing ones are not made up."""
    book = sheet.parent
    percent = {
        number
        for number, style in enumerate(book._cell_styles)
        if "%" in _format_of(book, style.numFmtId) and not is_date_format(_format_of(book, style.numFmtId))
    }
    with faults_told(path), sheet._get_source() as source:
        parser = _Parser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        parser.percent_formats = percent
        for number, cells in parser.parse():
            values: list[Any] = [None] * (cells[-1]["column"] if cells else 0)
            for cell in cells:
                values[cell["column"] - 1] = cell["value"]
            yield number, values


def _format_of(book: Any, number: int) -> str:
    if number < BUILTIN_FORMATS_MAX_SIZE:
        return BUILTIN_FORMATS.get(number, "") or ""
    own = number - BUILTIN_FORMATS_MAX_SIZE
    return str(book._number_formats[own]) if own < len(book._number_formats) else ""


@contextmanager
def _zip(path: Path) -> Iterator[zipfile.ZipFile]:
    with faults_told(path), zipfile.ZipFile(path) as archive:
        yield archive


@contextmanager
def _quiet() -> Iterator[None]:
    """The library warns of extensions that it would lose in saving; nothing is saved here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _old_or_locked(path: Path, content: bytes) -> UserError:
    if _ENCRYPTED in content:
        return UserError(
            "{name} is protected by a password.",
            advice="Open it in Excel, save it without a password, and import that.",
            name=path.name,
        )
    return UserError(
        "{name} is a workbook of the old kind (.xls).",
        advice="Open it in Excel or LibreOffice and save it as Excel workbook (.xlsx).",
        name=path.name,
    )
