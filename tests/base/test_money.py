"""Rounding and splitting of rupiah."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import Bug
from app.base.money import RoundMode, allocate, half_up, half_up_ratio, percent_of, round_to

AMOUNTS = st.integers(-(10**15), 10**15)


@pytest.mark.parametrize(
    ("exact", "rounded"),
    [
        # domain.md 14.20: PMK rounding of rupiah.
        ("1500000.49", 1_500_000),
        ("1900000.50", 1_900_001),
        ("-0.5", -1),
        ("-0.49", 0),
        ("240000.1", 240_000),
        ("2.5", 3),
        ("3.5", 4),
    ],
)
def test_half_up_rounds_a_half_away_from_zero(exact: str, rounded: int) -> None:
    assert half_up(Decimal(exact)) == rounded
    assert half_up(Fraction(exact)) == rounded


def test_half_up_keeps_whole_numbers_and_long_ones() -> None:
    assert half_up(41) == 41
    assert half_up(Decimal("12345678901234567890123456789012.5")) == (12345678901234567890123456789013)


def test_ratio_with_a_negative_denominator() -> None:
    assert half_up_ratio(7, -2) == -4
    assert half_up_ratio(-7, -2) == 4


@given(st.fractions(min_value=-(10**12), max_value=10**12))
def test_half_up_is_within_a_half_and_mirrors(exact: Fraction) -> None:
    assert abs(half_up(exact) - exact) <= Fraction(1, 2)
    assert half_up(-exact) == -half_up(exact)


@pytest.mark.parametrize(
    ("amount", "multiple", "mode", "rounded"),
    [
        # domain.md 14.9: 10.000.000 in 12 parts, rounded up to 100, 500, 1.000.
        (Fraction(10_000_000, 12), 100, RoundMode.UP, 833_400),
        (Fraction(10_000_000, 12), 500, RoundMode.UP, 833_500),
        (Fraction(10_000_000, 12), 1000, RoundMode.UP, 834_000),
        (833_333, 100, RoundMode.DOWN, 833_300),
        (833_350, 100, RoundMode.NEAREST, 833_400),
        (833_349, 100, RoundMode.NEAREST, 833_300),
        (-833_350, 100, RoundMode.NEAREST, -833_400),
        (-833_301, 100, RoundMode.UP, -833_400),
        (Decimal("1200.5"), 1, RoundMode.NEAREST, 1201),
        (700, 100, RoundMode.UP, 700),
    ],
)
def test_round_to_a_multiple(
    amount: int | Fraction | Decimal, multiple: int, mode: RoundMode, rounded: int
) -> None:
    assert round_to(amount, multiple, mode) == rounded


@given(AMOUNTS, st.integers(1, 10_000), st.sampled_from(RoundMode))
def test_round_to_gives_a_neighbouring_multiple(amount: int, multiple: int, mode: RoundMode) -> None:
    rounded = round_to(amount, multiple, mode)
    assert rounded % multiple == 0
    assert abs(rounded - amount) < multiple
    if mode is RoundMode.UP:
        assert abs(rounded) >= abs(amount)
    if mode is RoundMode.DOWN:
        assert abs(rounded) <= abs(amount)


def test_round_to_needs_a_multiple() -> None:
    with pytest.raises(Bug):
        round_to(1000, 0, RoundMode.UP)


def test_percent_of() -> None:
    assert percent_of(12_000_000, Decimal("1.5")) == 180_000
    assert percent_of(240_001, Decimal(10)) == 24_000
    assert percent_of(25, Decimal(2)) == 1
    assert percent_of(-25, Decimal(2)) == -1


def test_allocate_gives_the_rest_to_the_largest_remainders() -> None:
    assert allocate(100, [1, 1, 1]) == [34, 33, 33]
    assert allocate(-100, [1, 1, 1]) == [-34, -33, -33]
    assert allocate(10, [Decimal("0.5"), Decimal("1.25"), 3]) == [1, 3, 6]
    assert allocate(0, [0, 0]) == [0, 0]
    assert allocate(0, []) == []
    assert allocate(7, [0, Fraction(1, 3)]) == [0, 7]


@pytest.mark.parametrize("weights", [[], [0, 0], [3, -1]])
def test_allocate_refuses_weights_that_cannot_share(weights: list[int]) -> None:
    with pytest.raises(Bug):
        allocate(100, weights)


@given(AMOUNTS, st.lists(st.integers(0, 10**12), min_size=1, max_size=30).filter(any))
def test_allocate_adds_up_and_stays_within_a_rupiah(total: int, weights: list[int]) -> None:
    parts = allocate(total, weights)
    assert sum(parts) == total
    whole = sum(weights)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(total * weight, whole)) < 1


@given(
    st.integers(0, 10**12),
    st.lists(st.decimals(0, 1000, places=4), min_size=1, max_size=12).filter(any),
)
def test_allocate_by_decimals_is_exact(total: int, weights: list[Decimal]) -> None:
    assert allocate(total, weights) == allocate(total, [int(w * 10_000) for w in weights])
