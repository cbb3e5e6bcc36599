"""Reading .xlsx row by row: values, not formulas, and never more than a row of XML in memory."""

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from lxml.etree import LxmlError, iterparse
from openpyxl import load_workbook
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE, is_date_format
from openpyxl.utils.cell import column_index_from_string
from openpyxl.utils.datetime import from_excel
from openpyxl.utils.exceptions import InvalidFileException

from app.base.errors import UserError
from app.base.i18n import N_
from app.ledger.imports.raw import MOST_BYTES, BrokenCell, PercentCell, RawRow, RawSheet, too_large

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The name of the stream in which Office keeps a workbook with a password.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK"
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
        LxmlError,
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


class _SheetReader:
    """Reads the cells of one sheet. The library's own reader needs ten times as long, and tells neither
    percentages nor formulas without a result."""

    def __init__(self, sheet: Any) -> None:
        book = sheet.parent
        formats = [_format_of(book, style.numFmtId) for style in book._cell_styles]
        self._percents = {
            str(number) for number, text in enumerate(formats) if "%" in text and not is_date_format(text)
        }
        self._dates = {str(number) for number in book._date_formats}
        self._epoch = book.epoch
        self._strings = sheet._shared_strings
        self._places: dict[str, int] = {}
        self._days: dict[str, Any] = {}

    def cells(self, row: Any) -> list[Any]:
        """The values of a row, from column A on."""
        values: list[Any] = []
        for element in row:
            reference = element.get("r")
            if reference is not None:
                place = self._place(reference)
                if place > len(values):
                    values += [None] * (place - len(values))
            values.append(self._value(element))
        return values

    def _place(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        place = self._places.get(letters)
        if place is None:
            place = self._places[letters] = column_index_from_string(letters) - 1
        return place

    def _value(self, element: Any) -> Any:
        text, formula, inline = None, False, None
        for child in element:
            tag = child.tag
            if tag.endswith("}v"):
                text = child.text
            elif tag.endswith("}f"):
                formula = True
            elif tag.endswith("}is"):
                inline = "".join(child.itertext(f"{tag[:-2]}t"))
        kind = element.get("t", "n")
        if text is None:
            return _NOT_CALCULATED if formula and kind != "str" else inline
        match kind:
            case "s":
                return self._strings[int(text)]
            case "n":
                return self._number(text, element.get("s", "0"))
            case "str":
                return text
            case "b":
                return text == "1"
            case "e":
                return BrokenCell(text, _ERROR_TEMPLATE, _ERROR_ADVICE)
            case "d":
                return date.fromisoformat(text[:10])
        return text

    def _number(self, text: str, style: str) -> Any:
        if style in self._dates:
            day = self._days.get(text)
            if day is None:
                day = self._days[text] = self._day(text)
            return day
        if style in self._percents:
            return PercentCell(Decimal(f"{float(text):.15g}") * 100)
        return int(text) if text.isdecimal() else float(text)

    def _day(self, text: str) -> date | BrokenCell:
        """The day of a number shown as a date; a fault where there is none (a time of day is below 1)."""
        number = float(text)
        if number < 1:
            return _NO_DATE
        try:
            moment = from_excel(number, self._epoch)
        except (OverflowError, ValueError):
            return _NO_DATE
        return moment.date() if isinstance(moment, datetime) else _NO_DATE


def _rows(sheet: Any, path: Path) -> Iterator[RawRow]:
    """The rows that are in the file, with their numbers; missing ones are not made up."""
    with faults_told(path), sheet._get_source() as source:
        reader = _SheetReader(sheet)
        number = 0
        for _, row in iterparse(source, tag="{*}row", resolve_entities=False, remove_comments=True):
            number = int(row.get("r", number + 1))
            yield number, reader.cells(row)
            # What was read is let go, with the rows before it that the tree still holds.
            row.clear()
            while row.getprevious() is not None:
                del row.getparent()[0]


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
