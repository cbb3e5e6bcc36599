"""Business dates are `date`. Ranges are half-open: `end` is the day after `last_day`."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from app.base.errors import UserError

ONE_DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1900, 2999


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `first` up to, but not including, `end`. At least one day."""

    first: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.first:
            raise UserError(
                "The period would end on {last}, before it begins on {first}.",
                advice="Give the earlier day first.",
                first=self.first,
                last=self.end - ONE_DAY,
            )

    @classmethod
    def through(cls, first: date, last_day: date) -> Self:
        """Make the period of which both days are part."""
        return cls(first, last_day + ONE_DAY)

    @property
    def last_day(self) -> date:
        """The last day that belongs to the period."""
        return self.end - ONE_DAY

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.first).days

    def contains(self, day: date) -> bool:
        """Say whether the day belongs to the period."""
        return self.first <= day < self.end

    def months(self) -> Iterator["Month"]:
        """Yield every month of which at least one day belongs to the period."""
        month, last = Month.of(self.first), Month.of(self.last_day)
        while month <= last:
            yield month
            month = month.next()

    def __str__(self) -> str:
        return f"{self.first.isoformat()}..{self.last_day.isoformat()}"


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (FIRST_YEAR <= self.year <= LAST_YEAR and 1 <= self.month <= 12):
            raise UserError(
                "{year}-{month} is not a month.",
                advice="Write the year and the month, like 2026-10.",
                year=self.year,
                month=self.month,
            )

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the month a day lies in."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2026-10`."""
        year, dash, month = text.strip().partition("-")
        if not (dash and len(year) == 4 and len(month) in {1, 2} and _is_number(year + month)):
            raise UserError(
                '"{text}" is not a month.',
                advice="Write the year and the month, like 2026-10.",
                text=text,
            )
        return cls(int(year), int(month))

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.month, 1)

    @property
    def end(self) -> date:
        """The first day of the next month."""
        return date(self.year + self.month // 12, self.month % 12 + 1, 1)

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    @property
    def days(self) -> int:
        """How many days it has."""
        return monthrange(self.year, self.month)[1]

    @property
    def period(self) -> Period:
        """All days of the month."""
        return Period(self.first, self.end)

    def plus(self, months: int) -> Self:
        """Return the month so many months later (earlier if negative)."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return type(self)(year, month + 1)

    def next(self) -> Self:
        """Return the month after it."""
        return self.plus(1)

    def previous(self) -> Self:
        """Return the month before it."""
        return self.plus(-1)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


@dataclass(frozen=True, slots=True, order=True)
class FiscalYear:
    """The twelve months that begin with `first_month` of `year`, after which they are named."""

    year: int
    first_month: int = 1

    def __post_init__(self) -> None:
        # The month checks both.
        Month(self.year, self.first_month)

    @classmethod
    def of(cls, day: date, first_month: int = 1) -> Self:
        """Return the fiscal year a day lies in."""
        return cls(day.year if day.month >= first_month else day.year - 1, first_month)

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.first_month, 1)

    @property
    def end(self) -> date:
        """The first day of the next fiscal year."""
        return date(self.year + 1, self.first_month, 1)

    @property
    def last_day(self) -> date:
        """The day on which the year is closed."""
        return self.end - ONE_DAY

    @property
    def period(self) -> Period:
        """All days of the fiscal year."""
        return Period(self.first, self.end)

    def next(self) -> Self:
        """Return the fiscal year after it."""
        return type(self)(self.year + 1, self.first_month)

    def previous(self) -> Self:
        """Return the fiscal year before it."""
        return type(self)(self.year - 1, self.first_month)

    def __str__(self) -> str:
        return str(self.year) if self.first_month == 1 else f"{self.year}/{self.year + 1}"


def add_months(start: date, months: int, day: int | None = None) -> date:
    """Return the date so many months later, on `day` (else the day of `start`) or the month's last.

    A run of due dates keeps the day of the first by counting from it: 31 Jan, 28 Feb, 31 Mar.
    """
    month = Month.of(start).plus(months)
    return date(month.year, month.month, min(day or start.day, month.days))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()
