"""The records as rows of a table: any page of a million of them by key."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate

from app.ledger.entries.records import (
    Choice,
    RecordRow,
    newest_records,
    records_before,
    records_of_day_on,
)
from app.ledger.reader import Reader

Counts = Callable[[Reader, Choice], list[tuple[str, int]]]


class AllRecords:
    """Every record of a choice, newest first. `counts` tells how many each day has: where in the list it begins.

    A page right below the one before it is read on from there by key; any other begins in its day.
    """

    def __init__(self, reader: Callable[[], Reader], choice: Choice, counts: Counts) -> None:
        self._reader = reader
        self._choice = choice
        self._days: list[str] = []
        self._ends: list[int] = []
        self._last: tuple[int, RecordRow] | None = None
        for on, count in counts(reader(), choice):
            self._days.append(on)
            self._ends.append(count)
        self._ends = list(accumulate(self._ends))

    def count(self) -> int:
        """How many."""
        return self._ends[-1] if self._ends else 0

    def page(self, start: int, size: int) -> Sequence[RecordRow]:
        """The rows from `start` on."""
        rows = self._read(start, size)
        if rows:
            self._last = (start + len(rows), rows[-1])
        return rows

    def _read(self, start: int, size: int) -> Sequence[RecordRow]:
        reader = self._reader()
        if start == 0:
            return newest_records(reader, size, self._choice)
        if self._last is not None and self._last[0] == start:
            return records_before(reader, self._last[1], size, self._choice)
        place = bisect_right(self._ends, start)
        if place == len(self._ends):
            return []
        skip = start - (self._ends[place - 1] if place else 0)
        return records_of_day_on(reader, self._days[place], skip, size, self._choice)
