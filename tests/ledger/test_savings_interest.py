"""Interest of savings: published figures, the contract's rules, and a count day by day."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.dates import Month, Period
from app.base.errors import UserError
from app.ledger.savings.interest import (
    InterestMethod,
    MonthInterest,
    Mutation,
    daily_balances,
    month_interest,
    withholding,
)

MAY = Month(2026, 5)
JUNE = Month(2026, 6)
TIERS = [(5_000_000, Decimal(5)), (0, Decimal(3))]

# Kepmen 96/2004, SOM KSP p.70: Edi's account in May, at 12 % a year.
EDI: list[Mutation] = [
    (date(2026, 5, 1), 150_000),
    (date(2026, 5, 3), 500_000),
    (date(2026, 5, 10), 1_000_000),
    (date(2026, 5, 23), -750_000),
]


def interest(mutations: list[Mutation], month: Month, rate: str, method: str, **more: Any) -> MonthInterest:
    more.setdefault("threshold", 240_000)
    more.setdefault("tax_percent", Decimal(10))
    return month_interest(mutations, month, Decimal(rate), InterestMethod(method), **more)


@pytest.mark.parametrize(
    ("method", "more", "expected"),
    [
        pytest.param("lowest", {"basis": 12}, "1500.00", id="lowest; 1.520 printed in error"),
        pytest.param("daily", {"skip_last_day": True}, "11013.70", id="daily without 31 May"),
        pytest.param("daily", {}, "11309.59", id="daily with 31 May"),
        # (2 x 150.000 + 7 x 650.000 + 13 x 1.650.000 + 9 x 900.000) / 31 = 1.109.677,42
        pytest.param("average", {"basis": 12}, "11096.77", id="average of the month"),
        pytest.param("average", {}, "11309.59", id="average by days is the same as daily"),
        pytest.param("average", {"basis": 360}, "11466.67", id="average over 360"),
        pytest.param("lowest", {}, "1528.77", id="lowest by 31 days over 365"),
        pytest.param("lowest", {"basis": 360}, "1550.00", id="lowest by 31 days over 360"),
        pytest.param("lowest", {"skip_last_day": True}, "1479.45", id="lowest by 30 days"),
        pytest.param("lowest", {"basis": 12, "skip_last_day": True}, "1500.00", id="a month is one"),
    ],
)
def test_edi_of_the_2004_manual(method: str, more: dict[str, Any], expected: str) -> None:
    assert str(interest(EDI, MAY, "12", method, **more).interest) == expected


def test_the_parts_of_edis_daily_interest_add_up_as_printed() -> None:
    parts = [Fraction(part) / 100 for part in (9863, 149589, 705205, 236712)]
    exact = interest(EDI, MAY, "12", "daily", skip_last_day=True).exact
    assert abs(sum(parts) - exact) < Fraction(2, 100)


@pytest.mark.parametrize("method", ["lowest", "average", "daily"])
def test_a_still_account_earns_the_same_by_each_method(method: str) -> None:
    found = interest([(date(2025, 11, 7), 1_000_000)], JUNE, "5", method)
    assert found == MonthInterest(Fraction(300_000, 73), Decimal("4109.59"), 4110, 0)
    assert found.net == 4110


@pytest.mark.parametrize(
    ("interest_rupiah", "tax"),
    [
        (350_000, 35_000),
        (200_000, 0),
        (500_000, 50_000),
        (240_000, 0),
        (240_001, 24_000),
        (240_005, 24_001),  # half a rupiah goes up
        (250_000, 25_000),
        (300_000, 30_000),
        (0, 0),
    ],
)
def test_tax_of_the_djp_book_2013(interest_rupiah: int, tax: int) -> None:
    assert withholding(interest_rupiah, 240_000, Decimal(10)) == tax


def test_tax_is_judged_on_whole_rupiah() -> None:
    # 240.000,49 counts as 240.000 and stays free; 240.000,50 as 240.001.
    free = interest([(JUNE.first, 24_000_049)], JUNE, "12", "lowest", basis=12)
    assert (free.interest, free.interest_rupiah, free.tax) == (Decimal("240000.49"), 240_000, 0)
    taxed = interest([(JUNE.first, 24_000_050)], JUNE, "12", "lowest", basis=12)
    assert (taxed.interest_rupiah, taxed.tax, taxed.net) == (240_001, 24_000, 216_001)


def test_tax_follows_the_law_it_is_given() -> None:
    found = interest(
        [(JUNE.first, 7_000_000)],
        JUNE,
        "12",
        "lowest",
        basis=12,
        threshold=50_000,
        tax_percent=Decimal("12.5"),
    )
    assert (found.interest_rupiah, found.tax) == (70_000, 8_750)


def test_whole_rupiah_are_rounded_from_the_exact_interest() -> None:
    # 0,495 is 0,50 with two decimals, and still 0 rupiah.
    found = interest([(JUNE.first, 99)], JUNE, "6", "lowest", basis=12)
    assert (found.interest, found.interest_rupiah) == (Decimal("0.50"), 0)


def test_a_deposit_earns_from_its_own_day_and_the_last_day_counts() -> None:
    deposit: list[Mutation] = [(date(2026, 1, 1), 0), (JUNE.last_day, 36_500_000)]
    assert interest(deposit, JUNE, "10", "daily").interest_rupiah == 10_000
    assert interest(deposit, JUNE, "10", "daily", skip_last_day=True).interest_rupiah == 0
    first: list[Mutation] = [(date(2026, 1, 1), 500_000), (JUNE.first, 36_000_000)]
    assert interest(first, JUNE, "10", "lowest").interest_rupiah == 300_000


def test_days_before_the_opening_count_as_0() -> None:
    opening: list[Mutation] = [(date(2026, 6, 21), 3_650_000)]
    assert interest(opening, JUNE, "12", "daily").interest_rupiah == 12_000  # ten days
    assert interest(opening, JUNE, "12", "average").interest_rupiah == 12_000
    assert interest(opening, JUNE, "12", "lowest").interest_rupiah == 0


@pytest.mark.parametrize("method", ["lowest", "average", "daily"])
def test_a_month_before_the_opening_earns_nothing(method: str) -> None:
    tiers = [(0, Decimal(3))]
    assert interest(EDI, Month(2026, 4), "12", method, tiers=tiers).exact == 0
    assert interest([], MAY, "12", method).exact == 0


def test_mutations_after_the_month_change_nothing() -> None:
    later: list[Mutation] = [*EDI, (date(2026, 6, 1), -900_000)]
    assert interest(later, MAY, "12", "daily") == interest(EDI, MAY, "12", "daily")
    assert interest(later, JUNE, "12", "daily").exact == 0


def test_a_leap_year_still_divides_by_365() -> None:
    found = interest([(date(2028, 2, 1), 36_500_000)], Month(2028, 2), "10", "daily")
    assert found.interest_rupiah == 290_000


def test_a_tier_is_chosen_by_each_days_balance() -> None:
    steps: list[Mutation] = [
        (date(2026, 6, 1), 4_999_999),
        (date(2026, 6, 11), 1),
        (date(2026, 6, 21), 2_300_000),
    ]
    days = (4_999_999 * 3 + 5_000_000 * 5 + 7_300_000 * 5) * 10
    assert interest(steps, JUNE, "9", "daily", tiers=TIERS).exact == Fraction(days, 36_500)


def test_a_tier_is_chosen_by_the_lowest_or_average_balance() -> None:
    steps: list[Mutation] = [(date(2026, 6, 1), 4_000_000), (date(2026, 6, 16), 2_000_000)]
    lowest = interest(steps, JUNE, "9", "lowest", tiers=TIERS, basis=12)
    assert lowest.exact == 10_000
    average = interest(steps, JUNE, "9", "average", tiers=TIERS, basis=12)
    assert average.exact == Fraction(5_000_000 * 5, 1200)
    steps[1] = (date(2026, 6, 16), 1_999_999)
    assert interest(steps, JUNE, "9", "average", tiers=TIERS, basis=12).exact == Fraction(9_999_999 * 3, 2400)


def test_below_the_first_tier_the_plain_rate_holds() -> None:
    tiers = [(5_000_000, Decimal(6))]
    assert interest([(JUNE.first, 1_200_000)], JUNE, "2", "lowest", tiers=tiers, basis=12).exact == (2_000)
    assert interest([(JUNE.first, 6_000_000)], JUNE, "2", "lowest", tiers=tiers, basis=12).exact == (30_000)


@pytest.mark.parametrize(
    "mutations",
    [
        pytest.param([(date(2026, 6, 1), -1)], id="opening"),
        pytest.param([(date(2026, 6, 1), 70), (date(2026, 6, 9), -71)], id="within the month"),
        pytest.param([(date(2026, 6, 1), 70), (date(2026, 7, 9), -71)], id="after the month"),
        pytest.param(
            [(date(2026, 3, 1), 70), (date(2026, 4, 9), -71), (date(2026, 5, 9), 90)],
            id="before the month",
        ),
    ],
)
def test_a_negative_balance_is_refused(mutations: list[Mutation]) -> None:
    with pytest.raises(UserError):
        interest(mutations, JUNE, "5", "daily")


def test_within_a_day_only_the_balance_at_its_end_counts() -> None:
    swapped: list[Mutation] = [
        (date(2026, 6, 1), 70),
        (date(2026, 6, 9), -90),
        (date(2026, 6, 9), 50),
    ]
    assert daily_balances(swapped, Period(date(2026, 6, 8), date(2026, 6, 11))) == [70, 30, 30]


@pytest.mark.parametrize(
    ("method", "more"),
    [
        ("daily", {"basis": 12}),
        ("daily", {"basis": 364}),
        ("lowest", {"basis": 0}),
        ("lowest", {"tiers": [(-1, Decimal(3))]}),
        ("lowest", {"tiers": [(5, Decimal(3)), (5, Decimal(4))]}),
        ("lowest", {"tiers": [(5, Decimal(-3))]}),
        ("lowest", {"tiers": [(5, Decimal("NaN"))]}),
    ],
)
def test_nonsense_is_refused(method: str, more: dict[str, Any]) -> None:
    with pytest.raises(UserError):
        interest(EDI, MAY, "12", method, **more)


@pytest.mark.parametrize("rate", ["-1", "NaN", "Infinity", "100.01"])
def test_a_rate_that_is_none_is_refused(rate: str) -> None:
    with pytest.raises(UserError):
        interest(EDI, MAY, rate, "lowest")


def test_rows_out_of_order_are_refused() -> None:
    with pytest.raises(UserError):
        interest([EDI[1], EDI[0]], MAY, "12", "daily")


@st.composite
def any_mutations(draw: st.DrawFn) -> list[Mutation]:
    """An account that is never below 0, from some weeks before June to some weeks after it."""
    day, balance = date(2026, 4, 20), 0
    mutations: list[Mutation] = []
    for _ in range(draw(st.integers(1, 12))):
        day += timedelta(days=draw(st.integers(0, 25)))
        amount = draw(st.integers(-balance, 9_000_000))
        balance += amount
        mutations.append((day, amount))
    return mutations


@given(
    any_mutations(),
    st.sampled_from(InterestMethod),
    st.sampled_from([365, 360, 12]),
    st.decimals(0, 30, places=3),
    st.booleans(),
    st.booleans(),
)
def test_equal_to_a_count_day_by_day(
    mutations: list[Mutation],
    method: InterestMethod,
    basis: int,
    rate: Decimal,
    tiered: bool,
    skip: bool,
) -> None:
    if method is InterestMethod.DAILY and basis == 12:
        basis = 365
    found = interest(
        mutations,
        JUNE,
        str(rate),
        method,
        basis=basis,
        tiers=TIERS if tiered else None,
        skip_last_day=skip,
    )

    def percent(balance: Fraction) -> Fraction:
        if tiered:
            return Fraction(5 if balance >= 5_000_000 else 3)
        return Fraction(rate)

    count = 29 if skip else 30
    ends = [
        Fraction(sum(amount for day, amount in mutations if day <= date(2026, 6, number)))
        for number in range(1, count + 1)
    ]
    if method is InterestMethod.DAILY:
        exact = sum((end * percent(end) / 100 / basis for end in ends), Fraction(0))
    else:
        base = min(ends) if method is InterestMethod.LOWEST else sum(ends, Fraction(0)) / count
        exact = base * percent(base) / 100 * (Fraction(1, 12) if basis == 12 else Fraction(count, basis))
    assert found.exact == exact
    assert found.interest == Decimal(floor(exact * 100 + Fraction(1, 2))) / 100
    assert found.interest_rupiah == floor(exact + Fraction(1, 2))
    assert found.net + found.tax == found.interest_rupiah
