"""Shares in the surplus: published examples, the contract's rules, and splits that add up."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import UserError
from app.ledger.surplus.shares import member_share, split_pool, surplus_shares

BASES = {
    "total_capital": 20_000_000,
    "member_capital": 500_000,
    "total_activity": 12_500_000,
    "member_activity": 600_000,
}


def test_roni_of_ruangguru() -> None:
    shares = surplus_shares(5_000_000, capital_percent=Decimal(30), activity_percent=Decimal(20), **BASES)
    assert (shares.capital.amount, shares.activity.amount) == (37_500, 48_000)
    assert shares.total == 85_500
    assert shares.capital.exact_text == "37500.00"
    assert shares.exact_total_text == "85500.00"


@pytest.mark.parametrize(
    ("surplus", "percent", "member", "total", "share"),
    [
        pytest.param(5_000_000, "25", 8, 20, 500_000, id="Jeni, capital"),
        pytest.param(5_000_000, "20", 1, 40, 25_000, id="Jeni, sales"),
        pytest.param(5_000_000, "20", 2_400_000, 12_000_000, 200_000, id="Jeni, loans"),
        pytest.param(6_400_000, "25", 8, 16, 800_000, id="Susilo"),
        pytest.param(40_000_000, "30", 1, 100, 120_000, id="Ahmad"),
        pytest.param(60_000_000, "20", 350_000, 17_500_000, 240_000, id="contract"),
    ],
)
def test_a_share_as_published(surplus: int, percent: str, member: int, total: int, share: int) -> None:
    found = member_share(surplus, Decimal(percent), member, total)
    assert found.amount == share
    assert found.exact_text == f"{share}.00"


def test_shares_are_rounded_down_and_the_ratio_is_never_rounded() -> None:
    # A published 864.000 took the ratio 0,01679.. as 0,017; it is a trap, not the rule.
    found = member_share(128_000_000, Decimal(40), 1, 60)
    assert found.exact == Fraction(2_560_000, 3)
    assert (found.amount, found.exact_text) == (853_333, "853333.33")
    high = member_share(128_000_000, Decimal(40), 2, 60)
    assert (high.amount, high.exact_text) == (1_706_666, "1706666.67")


def test_the_total_adds_the_rounded_shares_and_the_exact_total_the_exact_ones() -> None:
    shares = surplus_shares(
        1_000,
        capital_percent=Decimal("12.5"),
        activity_percent=Decimal(25),
        total_capital=2,
        member_capital=1,
        total_activity=12,
        member_activity=7,
    )
    assert (shares.capital.exact_text, shares.activity.exact_text) == ("62.50", "145.83")
    assert shares.total == 62 + 145
    assert shares.exact_total_text == "208.33"


def test_without_any_activity_nobody_gets_a_share() -> None:
    assert member_share(5_000_000, Decimal(20), 0, 0).exact_text == "0.00"


@pytest.mark.parametrize(
    "wrong",
    [
        {"surplus": -1},
        {"capital_percent": Decimal("-0.1")},
        {"activity_percent": Decimal(101)},
        {"capital_percent": Decimal("NaN")},
        {"capital_percent": Decimal(60), "activity_percent": Decimal("40.5")},
        {"member_capital": 20_000_001},
        {"member_activity": -1},
        {"total_activity": 0},
    ],
)
def test_nonsense_is_refused(wrong: dict[str, Any]) -> None:
    good: dict[str, Any] = {
        "surplus": 5_000_000,
        "capital_percent": Decimal(30),
        "activity_percent": Decimal(20),
        **BASES,
    }
    assert surplus_shares(**good).total == 85_500
    with pytest.raises(UserError):
        surplus_shares(**(good | wrong))


def test_a_pool_is_split_by_largest_remainder() -> None:
    # 1.000 by 3:5:4 of 12 is 250, 416,67 and 333,33; the rupiah left goes to the second.
    assert split_pool(1_000, {"A-1": 3, "A-2": 5, "A-3": 4}) == {
        "A-1": 250,
        "A-2": 417,
        "A-3": 333,
    }
    assert split_pool(100, {"A-7": Decimal("1.5"), "A-3": Decimal("1.5"), "A-5": 0}) == {
        "A-7": 50,
        "A-3": 50,
        "A-5": 0,
    }
    assert split_pool(1, {2: 5, 1: 5}) == {2: 1, 1: 0}
    assert split_pool(0, {}) == {}
    assert split_pool(0, {"A-1": 0}) == {"A-1": 0}


@pytest.mark.parametrize(("pool", "weights"), [(-1, {1: 5}), (7, {1: 5, 2: -1}), (7, {1: 0, 2: 0}), (7, {})])
def test_a_pool_that_can_not_be_split_is_refused(pool: int, weights: dict[int, int]) -> None:
    with pytest.raises(UserError):
        split_pool(pool, weights)


@given(
    st.integers(0, 10**12),
    st.lists(st.integers(0, 10**10), min_size=1, max_size=40).filter(any),
)
def test_a_split_adds_up_and_is_at_most_a_rupiah_above_the_calculator(pool: int, bases: list[int]) -> None:
    parts = split_pool(pool, dict(enumerate(bases)))
    assert sum(parts.values()) == pool
    for key, base in enumerate(bases):
        calculated = member_share(pool, Decimal(100), base, sum(bases)).amount
        assert parts[key] - calculated in {0, 1}
