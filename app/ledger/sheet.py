"""What a sheet of the import workbook is: its columns, and how its documents become commands.

A sheet is data of its slice; reading files, matching headings, finding faults and the template are
the importer's. Rows of the same date and number are one document (sheets with a document key), else
each row is one.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from app.base.errors import LumbungError
from app.ledger.command import Command

if TYPE_CHECKING:
    from app.ledger.transaction import Transaction


class CellKind(StrEnum):
    """How a cell is read."""

    TEXT = "text"
    CODE = "code"  # text in which a number keeps its digits: 137 is "137", never "137.0"
    DATE = "date"
    MONTH = "month"
    AMOUNT = "amount"
    QUANTITY = "quantity"
    PERCENT = "percent"
    INTEGER = "integer"
    CHOICE = "choice"
    PHONE = "phone"
    NIK = "nik"


class Step(IntEnum):
    """The order of posting: master data first, then by date; within a day in this order."""

    PROFILE = 0
    ACCOUNT = 1
    PARTY = 2
    PRODUCT = 3
    OPENING = 4
    PURCHASE = 5
    SALE = 6
    PAYMENT = 7
    CASH = 8


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `needed`: a row can't be understood without it. `document`: it belongs to the whole
    document, the first filled cell counts and a different one below is a fault. `choices` maps what people
    write (folded to lower case) to the command's value. `identity`: it names a thing that the row makes or
    brings (a product); when the row is faulty, rows of other sheets naming that thing are not told as well.
    """

    heading: str
    key: str
    kind: CellKind = CellKind.TEXT
    needed: bool = False
    aliases: tuple[str, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    document: bool = False
    example: str = ""
    width: int = 14
    identity: bool = False


class Line(NamedTuple):
    """One row of a sheet: its number in the file and its cells by column key (None when empty)."""

    row: int
    cells: Mapping[str, Any]

    def get(self, key: str, default: Any = None) -> Any:
        """The cell's value, or the default when it is empty."""
        value = self.cells.get(key)
        return default if value is None else value


class SheetDocument(NamedTuple):
    """The rows of one document in the order of the file."""

    on: date | None
    number: str
    lines: tuple[Line, ...]

    def get(self, key: str, default: Any = None) -> Any:
        """The document's value of a column: the first filled cell."""
        for line in self.lines:
            value = line.cells.get(key)
            if value is not None:
                return value
        return default


class Fault(LumbungError):  # noqa: N818 - a person's slip, told to them
    """A row that can't be imported; `line` is its place in the document, `column` the cell's column key."""

    def __init__(
        self,
        template: str,
        /,
        *,
        line: int = 0,
        column: str = "",
        advice: str = "",
        **params: object,
    ) -> None:
        super().__init__(template, advice=advice, field=column, line=line, **params)


class Remark(NamedTuple):
    """Something an import tells that is no fault: an unknown column, a name that differs."""

    template: str
    params: Mapping[str, object]


Build = Callable[["Transaction", SheetDocument], Sequence[Command]]
# Comes after everything is posted, with the sheet's new documents: compares them with the book, or does what
# needs all rows. Returns each fault with the document it is about.
Verify = Callable[["Transaction", Sequence[SheetDocument]], Sequence[tuple[SheetDocument, Fault]]]

_REMARKS = "import remarks"
_SHORT_NAMES = re.compile(r"\b(?:qris|atk|shu|pph|npwp)\b", re.IGNORECASE)
_OPENING_DATE = "opening_date"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the workbook. `date_key` and `number_key` name the columns of the document's key;
    without a number key every row is a document of its own. `whole` says when rows without a number that
    follow each other on one day make a whole document (without it each is one)."""

    name: str
    step: Step
    columns: tuple[Column, ...]
    build: Build
    kinds: tuple[str, ...] = ("business", "cooperative")
    date_key: str = ""
    number_key: str = ""
    note: str = ""
    verify: Verify | None = None
    whole: Callable[[Sequence[Line]], bool] | None = None

    def column(self, key: str) -> Column | None:
        """The column with this key."""
        return next((item for item in self.columns if item.key == key), None)


def spelled(choice: str) -> str:
    """A choice as people write it: the sheets keep them in small letters."""
    if len(choice) == 1:
        return choice.upper()
    return _SHORT_NAMES.sub(lambda match: match[0].upper(), f"{choice[:1].upper()}{choice[1:]}")


def as_written(column: Column, value: object) -> object:
    """A value as it may stand in a cell of the column: a choice by its word, not by what it means to us."""
    words = (word for word, meaning in column.choices.items() if meaning == value)
    return next((spelled(word) for word in words), value)


def remark(tx: "Transaction", template: str, /, **params: object) -> None:
    """Tell something with the result of the import that is no fault."""
    remarks_of(tx).append(Remark(template, params))


def remarks_of(tx: "Transaction") -> list[Remark]:
    """What was remarked in this transaction."""
    return tx.attached(_REMARKS, _no_remarks)


def opening_date(tx: "Transaction") -> date | None:
    """The day at whose close the imported balances hold where a row names none: that of the file's
    *Saldo Awal*, else the book's newest opening entry; None when there is neither."""
    found: date | None = tx.attachment(_OPENING_DATE)
    return found


def set_opening_date(tx: "Transaction", on: date | None) -> None:
    """Say which day `opening_date` is in this transaction."""
    if on is not None:
        tx.attached(_OPENING_DATE, lambda _: on)


def _no_remarks(_: "Transaction") -> list[Remark]:
    return []
