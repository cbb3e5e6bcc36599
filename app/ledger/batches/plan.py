"""What was read from a file and what is wrong with it: the material of one import, kept in memory.

Rows are held as tuples in the order of the sheet's columns: a hundred thousand of them as dicts would cost
ten times the memory.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from app.base.errors import LumbungError, Refused
from app.ledger.sheet import Line, Remark, Sheet, SheetDocument, as_written

if TYPE_CHECKING:
    from app.base.i18n import Translator

MOST_FAULTS = 1_000
_SHOWN_VALUE = 80
_LONGEST = 500


class PlannedRow(NamedTuple):
    """One row: its number in the file and its values in the order of the sheet's columns."""

    number: int
    values: tuple[Any, ...]


class PlannedDocument:
    """The rows of one document. A faulty one has a cell that can't be read, and is not posted."""

    __slots__ = ("faulty", "number", "on", "rows")

    def __init__(self, on: date | None, number: str, row: PlannedRow, *, faulty: bool = False) -> None:
        self.on = on
        self.number = number
        self.rows = [row]
        self.faulty = faulty


@dataclass(slots=True)
class PlannedSheet:
    """A sheet as it was found in the file: its name there, where its headings stand, its documents.

    `places` holds the position in the file (0 for column A) of each column that the file has, by key; `keys`
    are those of all the sheet's columns, in order.
    """

    sheet: Sheet
    title: str
    heading_row: int
    places: dict[str, int]
    documents: list[PlannedDocument] = field(default_factory=list)
    keys: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.keys = tuple(column.key for column in self.sheet.columns)

    def view(self, document: PlannedDocument) -> SheetDocument:
        """The document as the sheet's build takes it."""
        keys = self.keys
        return SheetDocument(
            document.on,
            document.number,
            tuple(Line(row.number, dict(zip(keys, row.values, strict=True))) for row in document.rows),
        )


@dataclass(frozen=True, slots=True)
class ImportFault:
    """A cell that has to be put right before the file can be imported.

    `sheet` is its name in the file, `column` the heading, `value` what stands in the cell. `missing`: the
    whole column is not there, and the fault stands for all its rows.
    """

    sheet: str
    row: int
    place: int
    column: str
    value: str
    error: LumbungError
    missing: bool = False

    @property
    def cell(self) -> str:
        """Where it is, as the program for workbooks names it: `E7`."""
        return f"{column_letters(self.place)}{self.row}"

    @property
    def where(self) -> str:
        """Sheet and cell: `Penjualan!E7`."""
        return f"{self.sheet}!{self.cell}"

    def message(self, translator: "Translator") -> str:
        """What is wrong and what to do, in the reader's language."""
        sentence = translator.error(self.error)
        if self.missing:
            heading = translator("The column {column} is missing.", column=self.column)
            return f"{heading} {sentence}"
        return sentence

    def to_json(self, translator: "Translator") -> dict[str, object]:
        """The fault as the command line prints it with --json."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "message": self.message(translator),
        }


class Faults:
    """The faults of a file, at most a thousand: nobody reads more, and the first explain the others."""

    def __init__(self) -> None:
        self.kept: list[ImportFault] = []
        self.count = 0
        self._seen: set[tuple[object, ...]] = set()

    def __bool__(self) -> bool:
        return self.count > 0

    def __iter__(self) -> Iterator[ImportFault]:
        return iter(self.kept)

    def add(self, planned: PlannedSheet, row: int, key: str, value: object, error: LumbungError) -> None:
        """Note a fault of the cell in `row` and the column `key`.

        A column that the file lacks is named once, whatever its rows come to.
        """
        column = planned.sheet.column(key) or planned.sheet.columns[0]
        place = planned.places.get(column.key)
        missing = place is None
        if missing:
            row, value = planned.heading_row, ""
        mark: tuple[object, ...] = (
            (planned.title, row, column.key)
            if missing
            else (
                planned.title,
                row,
                column.key,
                error.template,
            )
        )
        if mark in self._seen:
            return
        # A cell can hold a whole page; a sentence about it does not.
        for name, text in error.params.items():
            if isinstance(text, str) and len(text) > _LONGEST:
                error.params[name] = shown(text)
        written = shown(as_written(column, value))
        self.put(ImportFault(planned.title, row, place or 0, column.heading, written, error, missing), mark)

    def put(self, fault: ImportFault, mark: tuple[object, ...] = ()) -> None:
        """Note a fault of a cell that belongs to no known column."""
        self._seen.add(mark)
        self.count += 1
        if len(self.kept) < MOST_FAULTS:
            self.kept.append(fault)


class ImportRefused(Refused):
    """A file has faults; nothing of it was imported. `marked` is the workbook in which they are marked."""

    def __init__(self, faults: Sequence[ImportFault], count: int) -> None:
        super().__init__(
            "{count:n} cells have to be put right; nothing was imported.",
            advice="Correct them and import the file again.",
            count=count,
        )
        self.faults = tuple(faults)
        self.count = count
        self.marked: Path | None = None


@dataclass(slots=True)
class ImportPlan:
    """A file that was read: its sheets, what was wrong already, and what else there is to tell."""

    sheets: list[PlannedSheet] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def documents(self) -> int:
        """How many documents the file holds."""
        return sum(len(item.documents) for item in self.sheets)


def column_letters(place: int) -> str:
    """The letters of a column: 0 is A, 26 is AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def shown(value: object) -> str:
    """A cell's value as the person knows it."""
    if value is None:
        return ""
    text = f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
    return text if len(text) <= _SHOWN_VALUE else f"{text[: _SHOWN_VALUE - 1]}…"
