"""The copy of a refused file in which the cells to be put right are coloured and explained.

The file itself is never touched. A copy that someone has worked in since is not overwritten.
"""

import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from pathlib import Path
from typing import Any, cast

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from app.base.errors import LumbungError, UserError
from app.base.i18n import Translator
from app.base.paths import atomic_write
from app.ledger.batches.plan import ImportFault, ImportPlan
from app.ledger.imports.headings import OWN_SHEETS
from app.ledger.imports.importer import open_file
from app.ledger.imports.raw import BrokenCell, PercentCell, RawSheet

# A workbook up to this size is copied with all its looks; a larger one would need too much memory for that.
_SMALL = 2 * 1024 * 1024
_MAKER = "Lumbung"
_LIST = OWN_SHEETS[1]
_FILL = PatternFill("solid", fgColor="FFF2CC")
_BOLD = Font(bold=True)
_COMMENT_SIZE = (120, 320)
_ILLEGAL = dict.fromkeys(code for code in range(32) if code not in (9, 10, 13))

Notes = Mapping[str, Mapping[tuple[int, int], str]]


def write_marked_copy(
    path: Path, plan: ImportPlan, faults: Sequence[ImportFault], translator: Translator
) -> Path | None:
    """Write `FILE-perlu-diperbaiki.xlsx` beside the file; None where nothing can be written there."""
    notes: dict[str, dict[tuple[int, int], str]] = {}
    for fault in faults:
        cells = notes.setdefault(fault.sheet, {})
        place = (fault.row, fault.place + 1)
        text = fault.message(translator)
        cells[place] = f"{cells[place]}\n{text}" if place in cells else text
    book = _with_looks(path, notes) or _plain(path, plan, notes)
    try:
        _list(book, faults, translator)
        book.properties.creator = book.properties.lastModifiedBy = _MAKER
        return _save(book, path)
    except (OSError, UserError):
        # A folder one can only read, a full disk: the faults themselves are told all the same.
        return None
    finally:
        _let_go(book)


def _with_looks(path: Path, notes: Notes) -> Workbook | None:
    """The workbook as it is, cells coloured and commented; None when it is too large for that."""
    if path.suffix.lower() != ".xlsx" or path.stat().st_size > _SMALL or _unpacked(path) > 20 * _SMALL:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(path)
        except (KeyError, ValueError, TypeError, AttributeError, IndexError, zipfile.BadZipFile):
            # What only decorates a workbook can be beyond the library; the values are read in any case.
            return None
    if _LIST in book.sheetnames:
        del book[_LIST]
    for title, cells in notes.items():
        if title not in book.sheetnames:
            continue
        for (row, column), text in cells.items():
            cell = book[title].cell(row, column)
            if isinstance(cell, MergedCell):
                continue
            cell.fill = copy(_FILL)
            cell.comment = _comment(text)
    return book


def _plain(path: Path, plan: ImportPlan, notes: Notes) -> Workbook:
    """A new workbook with the values as they were read."""
    book = Workbook(write_only=True)
    named = {item.title: item for item in plan.sheets}
    try:
        with open_file(path, [item.sheet for item in plan.sheets]) as raws:
            for raw in raws:
                title = raw.name or next(iter(notes or named), path.stem[:31])
                if title == _LIST:
                    continue
                sheet = book.create_sheet(title)
                for row in _written(sheet, raw, notes.get(title, {})):
                    sheet.append(row)
    except LumbungError:
        # It could be read a moment ago; if it has gone since, the list of faults is what is left to give.
        return book
    return book


def _written(sheet: Any, raw: RawSheet, cells: Mapping[tuple[int, int], str]) -> Iterator[list[Any]]:
    marked: dict[int, dict[int, str]] = {}
    for (number, column), text in cells.items():
        marked.setdefault(number, {})[column] = text
    following = 1
    for number, values in raw.rows:
        for _ in range(following, number):
            yield []
        following = number + 1
        notes = marked.get(number, {})
        row = [_value(value) for value in values]
        row += [None] * (max(notes, default=0) - len(row))
        for place, value in enumerate(row):
            if isinstance(value, PercentCell):
                row[place] = WriteOnlyCell(sheet, cast("Any", value.value / 100))
                row[place].number_format = "0.00%"
        for column, text in notes.items():
            value = row[column - 1]
            cell = value if isinstance(value, Cell) else WriteOnlyCell(sheet, value)
            cell.fill = _FILL
            cell.comment = _comment(text)
            row[column - 1] = cell
        yield row


def _value(raw: Any) -> Any:
    if isinstance(raw, BrokenCell):
        return raw.text or None
    if isinstance(raw, str):
        text = raw.translate(_ILLEGAL)
        # What begins like a formula is text here.
        return f"'{text}" if text.startswith("=") else text
    return raw


def _list(book: Workbook, faults: Sequence[ImportFault], translator: Translator) -> None:
    """A sheet that lists the faults."""
    _ = translator
    sheet = book.create_sheet(_LIST)
    for letter, width in zip("ABCDE", (20, 10, 20, 24, 90), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    head = []
    for text in (_("Sheet"), _("Cell"), _("Column"), _("Value"), _("What to do")):
        cell = WriteOnlyCell(sheet, text)
        cell.font = _BOLD
        head.append(cell)
    sheet.append(head)
    for fault in faults:
        message = WriteOnlyCell(sheet, fault.message(translator))
        message.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.append([fault.sheet, fault.cell, fault.column, str(_value(fault.value)), message])


def _comment(text: str) -> Comment:
    comment = Comment(text, _MAKER)
    comment.height, comment.width = _COMMENT_SIZE
    return comment


def _save(book: Workbook, path: Path) -> Path:
    """Write beside the file, whole or not at all."""
    with atomic_write(_target(path)) as writing:
        book.save(writing.temporary)
    return writing.target


def _let_go(book: Workbook) -> None:
    """Close the book; of one that could not be saved also the sheets, which hold files of their own."""
    for sheet in _sheets(book):
        if isinstance(sheet, WriteOnlyWorksheet) and not sheet.closed:
            sheet.close()
            sheet._writer.cleanup()  # type: ignore[attr-defined]
    book.close()


def _sheets(book: Any) -> list[Any]:
    return list(book.worksheets)


def _target(path: Path) -> Path:
    """The first free name; an older copy of ours that nobody has changed makes room."""
    number = 1
    while True:
        end = "" if number == 1 else f"-{number}"
        target = path.with_name(f"{path.stem}-perlu-diperbaiki{end}.xlsx")
        if not target.exists() or _is_ours(target):
            return target
        number += 1


def _is_ours(path: Path) -> bool:
    """True while no other program has saved the copy."""
    try:
        with zipfile.ZipFile(path) as archive:
            core = archive.read("docProps/core.xml")
    except (OSError, KeyError, zipfile.BadZipFile):
        return False
    return f"lastModifiedBy>{_MAKER}<".encode() in core


def _unpacked(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        return sum(item.file_size for item in archive.infolist())
