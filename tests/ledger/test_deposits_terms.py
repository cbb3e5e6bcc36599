"""The calendar and the interest of a term deposit: actual/365, from the deposit day up to the maturity."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import UserError
from app.ledger.deposits.terms import DepositTerms, InterestPaid, check_terms


def terms(
    base: int = 10_000_000,
    rate: str = "6",
    start: date = date(2026, 1, 31),
    months: int = 3,
    interest: InterestPaid = InterestPaid.MONTHLY,
) -> DepositTerms:
    return DepositTerms(base, Decimal(rate), start, months, interest)


def test_a_month_ends_on_its_last_day_where_the_day_is_missing() -> None:
    agreed = terms()
    assert agreed.due_days() == [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]
    assert agreed.maturity == date(2026, 4, 30)


def test_interest_counts_the_deposit_day_and_not_the_maturity() -> None:
    # By hand: 28, 31 and 30 days of 10,000,000 × 6 % / 365 = 1,643.8356 a day.
    parts = terms().parts()
    assert [item.interest for item in parts] == [46_027, 50_959, 49_315]
    assert sum(item.interest for item in parts) == 146_301  # 89 days: 146,301.37
    assert terms(interest=InterestPaid.MATURITY).parts() == [
        (date(2026, 1, 31), date(2026, 4, 30), 146_301),
    ]


def test_a_leap_year_has_one_day_more_and_is_still_divided_by_365() -> None:
    year = terms(start=date(2027, 3, 1), months=12, rate="7.3")
    assert year.interest_to(year.maturity) == 732_000  # 366 days of 2,000


def test_nothing_is_earned_before_the_start_or_beyond_the_maturity() -> None:
    agreed = terms()
    assert agreed.interest_to(date(2026, 1, 30)) == agreed.interest_to(date(2026, 1, 31)) == 0
    assert agreed.interest_to(date(2030, 1, 1)) == agreed.interest_to(agreed.maturity)


def test_a_payment_that_comes_to_nothing_falls_to_the_next() -> None:
    small = terms(base=100, rate="3", months=4)
    assert [(item.first, item.due, item.interest) for item in small.parts()] == [
        (date(2026, 1, 31), date(2026, 4, 30), 1),
    ]
    assert terms(rate="0").parts() == []


@given(
    base=st.integers(1, 10**11),
    rate=st.decimals(0, 100, places=3),
    start=st.dates(date(1950, 1, 1), date(2100, 1, 1)),
    months=st.integers(1, 60),
    cut=st.integers(0, 2_000),
    interest=st.sampled_from(InterestPaid),
)
def test_the_parts_add_up_to_the_whole_wherever_the_term_is_cut(
    base: int, rate: Decimal, start: date, months: int, cut: int, interest: InterestPaid
) -> None:
    agreed = DepositTerms(base, rate, start, months, interest)
    days = (agreed.maturity - start).days
    exact = Fraction(base) * Fraction(rate) * days / 36_500
    whole = int(exact + Fraction(1, 2))
    assert sum(item.interest for item in agreed.parts()) == whole == agreed.interest_to(agreed.maturity)
    paid = start + timedelta(days=min(cut, days))
    assert agreed.interest_to(paid) + sum(item.interest for item in agreed.parts(paid)) == whole
    assert all(item.interest > 0 and item.due <= agreed.maturity for item in agreed.parts(paid))


@pytest.mark.parametrize(
    ("amount", "rate", "months", "penalty", "field"),
    [
        (0, "6", 3, "0", "amount"),
        (1, "-1", 3, "0", "rate"),
        (1, "101", 3, "0", "rate"),
        (1, "NaN", 3, "0", "rate"),
        (1, "6", 0, "0", "term"),
        (1, "6", 361, "0", "term"),
        (1, "6", 3, "101", "penalty_percent"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    amount: int, rate: str, months: int, penalty: str, field: str
) -> None:
    with pytest.raises(UserError) as caught:
        check_terms(amount, Decimal(rate), months, Decimal(penalty))
    assert caught.value.field == field
