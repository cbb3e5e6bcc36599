"""The records as rows of a table: any page of a million of them by key, or what a search found."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate

from app.ledger.entries.records import (
    Choice,
    RecordRow,
    day_counts,
    newest_records,
    record_count,
    records_of_day_on,
)
from app.ledger.reader import Reader


class AllRecords:
    """Every record of a choice, newest first. Where a day begins is counted when the list is first left its top."""

    def __init__(self, reader: Callable[[], Reader], choice: Choice) -> None:
        self._reader = reader
        self._choice = choice
        self._days: list[str] = []
        self._ends: list[int] = []
        self._total = -1

    def count(self) -> int:
        """How many."""
        if self._total < 0:
            if self._choice == Choice():
                self._total = record_count(self._reader())
            else:
                self._count_days()
        return self._total

    def page(self, start: int, size: int) -> Sequence[RecordRow]:
        """The rows from `start` on."""
        if start == 0:
            return newest_records(self._reader(), size, self._choice)
        if not self._ends:
            self._count_days()
        place = bisect_right(self._ends, start)
        if place == len(self._ends):
            return []
        skip = start - (self._ends[place - 1] if place else 0)
        return records_of_day_on(self._reader(), self._days[place], skip, size, self._choice)

    def _count_days(self) -> None:
        counts = day_counts(self._reader(), self._choice)
        self._days = [on for on, _ in counts]
        self._ends = list(accumulate(count for _, count in counts))
        self._total = self._ends[-1] if self._ends else 0
