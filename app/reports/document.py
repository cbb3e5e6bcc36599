"""The neutral Document that every report is, before it becomes text, JSON, CSV, PDF or Excel.

Cells hold values (int rupiah, int, Decimal, date, str or None), never formatted text, so that all
renderings show the same figures. A row may say what it `opens`: another report and its parameters.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

Value = str | int | Decimal | date | None


class CellType(StrEnum):
    """How a column's cells are meant; decides alignment and format."""

    TEXT = "text"
    AMOUNT = "amount"  # whole rupiah, int
    INTEGER = "integer"
    QUANTITY = "quantity"  # Decimal
    RATE = "rate"  # Decimal, percent
    DATE = "date"


class RowKind(StrEnum):
    """What a row is: it decides indentation, weight and rules."""

    HEADING = "heading"
    ITEM = "item"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    NOTE = "note"


class Layout(StrEnum):
    """The kind of paper: a wide list, a register with running balance, or a financial statement."""

    LIST = "list"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its stable English key, its label in the reader's language, its type.

    `weight` is the share of the width on paper; 0 means as wide as its widest content needs. `words`
    says how a stable key (a class, a status) reads for people; JSON keeps the key.
    """

    key: str
    label: str
    type: CellType = CellType.TEXT
    weight: int = 0
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Term:
    """A run of rows (indices into Document.rows, both included) that a sum adds with `sign`."""

    first: int
    last: int
    sign: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `cells` maps column keys to values; a missing key is an empty cell.

    `adds` says which rows a subtotal or total is made of (Excel writes it as a live formula over
    the ITEM rows or the named rows), for the columns in `adds_columns` (None: each amount, integer
    and quantity column of the row that holds a value). `double_rule` marks a grand total.
    """

    kind: RowKind
    cells: Mapping[str, Value]
    level: int = 1
    opens: Mapping[str, str] | None = None
    adds: tuple[Term, ...] = ()
    adds_columns: tuple[str, ...] | None = None
    double_rule: bool = False


@dataclass(frozen=True, slots=True)
class Officer:
    """Someone who signs: the office ("Bendahara") and the name."""

    office: str
    name: str


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of every paper. `lines` are at most two lines below the name. `logo` is PNG or JPEG."""

    name: str
    lines: tuple[str, ...] = ()
    logo: bytes | None = None
    place: str = ""
    officers: tuple[Officer, ...] = ()


class ChartKind(StrEnum):
    """How a chart is drawn: columns beside each other, or lines from point to point."""

    BARS = "bars"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One place along a chart: its words in full and short, and the last day it stands for, if it is of days."""

    words: str
    short: str
    last: date | None = None


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """One line, or the columns: its name and a value in rupiah at each point; None where there is nothing."""

    name: str
    values: tuple[int | None, ...]

    @property
    def total(self) -> int:
        """All of it."""
        return sum(value or 0 for value in self.values)


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures to look at instead of reading them. It has values and words and no look.

    `now` says that the last point is today, `gap` how a point without a value is called ("closed"),
    `note` is a sentence beside it.
    """

    kind: ChartKind
    title: str
    points: tuple[ChartPoint, ...]
    series: tuple[ChartSeries, ...]
    note: str = ""
    gap: str = ""
    now: bool = False

    @property
    def values(self) -> list[int]:
        """All values there are."""
        return [value for series in self.series for value in series.values if value is not None]

    @property
    def worth_drawing(self) -> bool:
        """False for a single point and for nothing but zeros."""
        return len(self.points) > 1 and any(self.values)


def initials(name: str) -> str:
    """At most three capitals for the ring where there is no logo: "Warung Sari" -> "WS"."""
    letters = [word[0].upper() for word in name.split() if word[0].isalnum()]
    return "".join(letters[:3]) or "·"


@dataclass(frozen=True, slots=True)
class Document:
    """A finished report. `totals` are the figures promised by name to other programs.

    `first_day` is None for a report "as of" `last_day`. `subtitle` is the period in words.
    `made_by` and `made_at` (with time zone) stand in the footer. `charts` show its figures on
    paper; they are no part of the JSON and of Excel, which have the rows.
    """

    report: str
    title: str
    book: str
    first_day: date | None
    last_day: date
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    totals: Mapping[str, object]
    subtitle: str
    letterhead: Letterhead
    made_by: str
    made_at: datetime
    layout: Layout = Layout.LIST
    training: bool = False
    landscape: bool = False
    signed: bool = False
    notes: tuple[str, ...] = ()
    context: tuple[tuple[str, str], ...] = field(default=())  # label, value pairs under the title
    charts: tuple[Chart, ...] = ()
