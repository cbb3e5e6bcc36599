"""Periods, months, fiscal years and due dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.dates import FiscalYear, Month, Period, add_months
from app.base.errors import UserError

DAYS = st.dates(date(1901, 1, 1), date(2998, 12, 31))


def test_period_is_half_open() -> None:
    period = Period(date(2026, 10, 1), date(2026, 11, 1))
    assert period.last_day == date(2026, 10, 31)
    assert period.days == 31
    assert period.contains(date(2026, 10, 31))
    assert period.contains(date(2026, 10, 1))
    assert not period.contains(date(2026, 11, 1))
    assert not period.contains(date(2026, 9, 30))
    assert str(period) == "2026-10-01..2026-10-31"
    assert Period.through(date(2026, 10, 1), date(2026, 10, 31)) == period


def test_period_has_a_day() -> None:
    with pytest.raises(UserError):
        Period(date(2026, 10, 1), date(2026, 10, 1))
    with pytest.raises(UserError, match="2026-09-29"):
        Period.through(date(2026, 10, 1), date(2026, 9, 29))


def test_months_of_a_period() -> None:
    period = Period.through(date(2026, 11, 30), date(2027, 1, 1))
    assert [str(month) for month in period.months()] == ["2026-11", "2026-12", "2027-01"]


def test_month() -> None:
    month = Month.parse(" 2026-02 ")
    assert month == Month.of(date(2026, 2, 17)) == Month(2026, 2)
    assert (month.first, month.last_day, month.end, month.days) == (
        date(2026, 2, 1),
        date(2026, 2, 28),
        date(2026, 3, 1),
        28,
    )
    assert month.period == Period(date(2026, 2, 1), date(2026, 3, 1))
    assert str(month) == "2026-02"
    assert Month(2026, 12).next() == Month(2027, 1)
    assert Month(2027, 1).previous() == Month(2026, 12)
    assert Month(2026, 12).end == date(2027, 1, 1)
    assert Month(2026, 9) < Month(2026, 10)


@pytest.mark.parametrize(
    "text", ["", "2026", "10-2026", "2026-13", "2026-0", "26-10", "2026-1x", "2026-10-1", "²026-10"]
)
def test_month_refuses(text: str) -> None:
    with pytest.raises(UserError):
        Month.parse(text)


@given(DAYS)
def test_month_text_round_trip(day: date) -> None:
    month = Month.of(day)
    assert Month.parse(str(month)) == month
    assert month.period.contains(day)
    assert month.next().previous() == month
    assert month.end == month.next().first


def test_fiscal_year() -> None:
    year = FiscalYear(2026)
    assert year.period == Period.through(date(2026, 1, 1), date(2026, 12, 31))
    assert str(year) == "2026"
    shifted = FiscalYear.of(date(2027, 3, 31), 4)
    assert shifted == FiscalYear(2026, 4)
    assert (shifted.first, shifted.last_day) == (date(2026, 4, 1), date(2027, 3, 31))
    assert str(shifted) == "2026/2027"
    assert shifted.next() == FiscalYear.of(date(2027, 4, 1), 4)
    assert shifted.previous().end == shifted.first
    with pytest.raises(UserError):
        FiscalYear(2026, 13)


@given(DAYS, st.integers(1, 12))
def test_every_day_is_in_its_fiscal_year(day: date, first_month: int) -> None:
    assert FiscalYear.of(day, first_month).period.contains(day)


def test_due_dates_keep_the_day_of_the_first() -> None:
    # contract.md: 31 Jan, 28 Feb, 31 Mar.
    first = date(2026, 1, 31)
    assert [add_months(first, n) for n in range(4)] == [
        date(2026, 1, 31),
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 30),
    ]
    assert add_months(date(2026, 2, 28), 1, day=31) == date(2026, 3, 31)
    assert add_months(date(2028, 1, 30), 1) == date(2028, 2, 29)
    assert add_months(date(2026, 3, 31), -13) == date(2025, 2, 28)


@given(DAYS, st.integers(-600, 600))
def test_add_months_lands_in_the_right_month(day: date, months: int) -> None:
    try:
        expected = Month.of(day).plus(months)
    except UserError:
        return
    later = add_months(day, months)
    assert Month.of(later) == expected
    assert later.day == day.day or later + timedelta(days=1) == expected.end
