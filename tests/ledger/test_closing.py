"""Closing a year as outsiders see it: result to 3-2002 on the last day, carried over on the next."""

from datetime import date

import pytest

from app.base.dates import Month, Period
from app.base.errors import Refused
from app.ledger.book import Book
from app.ledger.entries import queries
from app.ledger.entries.commands import CloseYear, EntryLine, PostEntry, PostOpening, ReopenYear, ReverseEntry
from app.ledger.periods.commands import LockMonth, UnlockMonth
from app.ledger.profile.commands import SetProfile

YEAR_2025 = Period(date(2025, 1, 1), date(2026, 1, 1))


def entry(on: date, debit: str, credit: str, amount: int) -> PostEntry:
    return PostEntry(
        on=on,
        memo="uji",
        lines=(EntryLine(account=debit, debit=amount), EntryLine(account=credit, credit=amount)),
    )


@pytest.fixture
def year(business: Book) -> Book:
    """2025: capital 5,000,000; services 900,000; rent 250,000; drawings 70,000. 2026: services 40,000."""
    for command in (
        entry(date(2025, 1, 2), "1-1101", "3-1001", 5_000_000),
        entry(date(2025, 6, 3), "1-1101", "4-1002", 900_000),
        entry(date(2025, 12, 31), "6-1002", "1-1101", 250_000),
        entry(date(2025, 12, 31), "3-1002", "1-1101", 70_000),
        entry(date(2026, 1, 1), "1-1101", "4-1002", 40_000),
    ):
        business.execute(command)
    return business


def balances(book: Book, on: date, *, before: bool = False) -> dict[str, int]:
    with book.snapshot() as snapshot:
        return {
            item.account.code: item.amount
            for item in queries.trial_balance(snapshot, on, before_closing=before)
        }


def results(book: Book, period: Period) -> int:
    with book.snapshot() as snapshot:
        return -sum(queries.results(snapshot, period).values())


def test_closing_brings_the_result_to_equity(year: Book) -> None:
    before = balances(year, date(2025, 12, 31))
    year.execute(CloseYear(year=2025))
    assert balances(year, date(2025, 12, 31)) == {
        "1-1101": 5_580_000,
        "3-1001": -5_000_000,
        "3-1002": 70_000,
        "3-2002": -650_000,
    }
    assert balances(year, date(2025, 12, 31), before=True) == before
    assert balances(year, date(2026, 1, 1)) == {
        "1-1101": 5_620_000,
        "3-1001": -4_930_000,
        "3-2001": -650_000,
        "4-1002": -40_000,
    }
    assert results(year, YEAR_2025) == 650_000
    assert results(year, Month(2025, 12).period) == -250_000


def test_a_closed_year_takes_nothing_and_opens_again(year: Book) -> None:
    before = balances(year, date(2026, 11, 24))
    year.execute(CloseYear(year=2025))
    with pytest.raises(Refused):
        year.execute(entry(date(2025, 3, 3), "6-1002", "1-1101", 1))
    with pytest.raises(Refused, match="closed year"):
        year.execute(UnlockMonth(month=Month(2025, 3)))
    with pytest.raises(Refused, match="already"):
        year.execute(CloseYear(year=2025))
    with pytest.raises(Refused, match="closes a year"):
        year.execute(ReverseEntry(number="TB-2512-0001"))
    year.execute(ReopenYear(year=2025))
    assert balances(year, date(2026, 11, 24)) == before
    year.execute(entry(date(2025, 3, 3), "6-1002", "1-1101", 1_000))
    year.execute(CloseYear(year=2025))
    assert balances(year, date(2026, 1, 1))["3-2001"] == -649_000
    year.undo()
    assert results(year, YEAR_2025) == 649_000
    with pytest.raises(Refused, match="not closed"):
        year.execute(ReopenYear(year=2025))


def test_a_year_that_is_not_over_closes_with_a_warning(year: Book) -> None:
    year.execute(CloseYear(year=2025))
    warning = year.execute(CloseYear(year=2026)).value["warnings"][0]
    assert warning[1] == {"year": "2026", "last": date(2026, 12, 31)}
    assert balances(year, date(2027, 1, 1))["3-2001"] == -650_000 - 40_000


def test_years_close_in_order(year: Book) -> None:
    year.execute(entry(date(2024, 5, 5), "1-1101", "4-1002", 5))
    with pytest.raises(Refused, match="2024"):
        year.execute(CloseYear(year=2025))
    year.execute(CloseYear(year=2024))
    year.execute(CloseYear(year=2025))
    with pytest.raises(Refused, match="2025"):
        year.execute(ReopenYear(year=2024))
    with pytest.raises(Refused, match="fiscal year"):
        year.execute(SetProfile(fiscal_year_start=4))


def test_a_month_locked_before_is_locked_after(year: Book) -> None:
    year.execute(LockMonth(month=Month(2025, 12)))
    year.execute(CloseYear(year=2025))
    with pytest.raises(Refused):
        year.execute(entry(date(2025, 12, 31), "6-1002", "1-1101", 1))
    year.execute(ReopenYear(year=2025))
    year.execute(LockMonth(month=Month(2026, 1)))
    with pytest.raises(Refused, match="carried over"):
        year.execute(CloseYear(year=2025))


def test_a_fiscal_year_may_begin_in_april(business: Book) -> None:
    business.execute(SetProfile(fiscal_year_start=4))
    business.execute(entry(date(2025, 3, 31), "1-1101", "4-1002", 11))
    business.execute(entry(date(2025, 4, 1), "1-1101", "4-1002", 500))
    business.execute(entry(date(2026, 3, 31), "1-1101", "4-1002", 70))
    business.execute(CloseYear(year=2024))
    business.execute(CloseYear(year=2025))
    assert balances(business, date(2026, 3, 31)) == {"1-1101": 581, "3-2001": -11, "3-2002": -570}


def test_opening_income_counts_in_the_year_but_in_no_month(business: Book) -> None:
    business.execute(
        PostOpening(
            on=date(2026, 6, 30),
            lines=(EntryLine(account="4-1001", credit=800), EntryLine(account="6-1002", debit=300)),
        )
    )
    business.execute(entry(date(2026, 7, 1), "1-1101", "4-1002", 45))
    assert results(business, Month(2026, 6).period) == 0
    assert results(business, Period(date(2026, 1, 1), date(2026, 7, 1))) == 500
    assert results(business, Period(date(2026, 1, 1), date(2027, 1, 1))) == 545
    assert results(business, Period(date(2026, 2, 1), date(2027, 1, 1))) == 45
