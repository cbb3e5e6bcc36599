"""What a file holds before anything is understood: sheets of rows of raw cells.

A cell is None, str, int, float, bool, date, datetime, time, or one of the two classes below.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.base.errors import UserError

MOST_ROWS = 200_000
MOST_BYTES = 200 * 1024 * 1024
# Headings stand among the first rows: above them people write the name of the shop and the month.
HEADING_ROWS = 15


@dataclass(frozen=True, slots=True)
class PercentCell:
    """A number that the workbook shows as a percentage: 0.015 shown as 1,50 % has the value 1.5."""

    value: Decimal

    def __str__(self) -> str:
        return f"{self.value.normalize():f}%"


@dataclass(frozen=True, slots=True)
class BrokenCell:
    """A cell without a usable value: an error such as #REF!, or a formula never calculated."""

    text: str
    template: str
    advice: str

    def __str__(self) -> str:
        return self.text

    def fault(self) -> UserError:
        """What to tell about it."""
        return UserError(self.template, advice=self.advice, value=self.text)


RawRow = tuple[int, list[Any]]


@dataclass(slots=True)
class RawSheet:
    """A sheet of the file: its name there (empty in a CSV) and its rows with their numbers.

    `expected` is about how many rows there are, for the progress.
    """

    name: str
    rows: Iterator[RawRow]
    expected: int = 0


def too_many_rows(name: str) -> UserError:
    """The refusal of a sheet over the limit."""
    return UserError(
        "The sheet {sheet} has more than {limit:n} rows.",
        advice="Split the file, for example by quarter.",
        sheet=name,
        limit=MOST_ROWS,
    )


def too_large() -> UserError:
    """The refusal of a file over the limit."""
    return UserError(
        "The file holds more than {limit} MB of data.",
        advice="Split it, and leave out pictures and unused sheets.",
        limit=MOST_BYTES // (1024 * 1024),
    )
