"""Reading a book: what queries get, be it a snapshot for a report or the open transaction of a handler."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Protocol

from sqlalchemy import Executable, Row

from app.base.dates import FiscalYear


@dataclass(frozen=True, slots=True)
class BookInfo:
    """What kind of book it is. `first_month` is the month the fiscal year begins with."""

    uid: str
    kind: str  # business or cooperative
    training: bool
    name: str
    first_month: int = 1

    def fiscal_year(self, day: date) -> FiscalYear:
        """The fiscal year that `day` lies in."""
        return FiscalYear.of(day, self.first_month)


class Reader(Protocol):
    """What a query needs: SQL in, rows out."""

    @property
    def info(self) -> BookInfo:
        """What kind of book is being read."""
        ...

    def rows(self, statement: Executable) -> Sequence[Row[Any]]:
        """All rows of a SELECT."""
        ...

    def row(self, statement: Executable) -> Row[Any] | None:
        """The first row of a SELECT, or None."""
        ...

    def value(self, statement: Executable) -> Any:
        """The first column of the first row, or None."""
        ...

    def sql(self, text: str, parameters: tuple[Any, ...] = ()) -> Sequence[Any]:
        """All rows of an SQL text, as plain tuples: for the few large reads where Core costs too much."""
        ...


def kept(reader: Reader) -> dict[Any, Any]:
    """What was worked out of this reading before, by what was asked: several reports of one page begin with the same.

    Only a snapshot keeps it, as it can't change; in a transaction it is empty each time.
    """
    found: dict[Any, Any] | None = getattr(reader, "kept", None)
    return {} if found is None else found


@cache
def day(text: str) -> date:
    """The date of an ISO text; cached, because a register repeats the same few hundred days."""
    return date.fromisoformat(text)


def optional_day(text: str | None) -> date | None:
    """The date of an ISO text, or None."""
    return None if text is None else day(text)


def day_before(text: date) -> date:
    """The day before."""
    return text - timedelta(days=1)


def is_referenced(reader: Reader, table: str, key: int) -> bool:
    """Say whether a row of any table refers to row `key` of `table`, by the foreign keys of the schema."""
    columns = reader.sql(
        'SELECT m.name, f."from" FROM sqlite_master AS m JOIN pragma_foreign_key_list(m.name) AS f'
        " WHERE m.type = 'table' AND f.\"table\" = ?",
        (table,),
    )
    return any(
        reader.sql(f'SELECT 1 FROM "{name}" WHERE "{column}" = ? LIMIT 1', (key,))  # noqa: S608 - the schema's own names
        for name, column in columns
    )


def like(text: str) -> str:
    r"""What was typed, safe inside a LIKE pattern (with ESCAPE '\')."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def word_starts(column: str, text: str) -> tuple[str, tuple[str, ...]]:
    """The condition that each word typed begins a word of the column, in any order; all rows for no word at all."""
    # What stands in brackets or behind a hyphen is a word too. Only names that hold the letters at all are looked at
    # so closely.
    plain = f"' ' || replace(replace(replace({column}, '(', ' '), '-', ' '), '/', ' ')"
    words = [like(word) for word in text.split()]
    clause = " AND ".join(f"{column} LIKE ? ESCAPE '\\' AND {plain} LIKE ? ESCAPE '\\'" for _ in words)
    return f"({clause or '1 = 1'})", tuple(part for word in words for part in (f"%{word}%", f"% {word}%"))
