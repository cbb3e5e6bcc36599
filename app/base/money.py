"""Rupiah as `int`: rounding, splitting, percentages. Never a float, never a fraction of a rupiah.

Half-up means half away from zero: 0,50 becomes 1 and -0,50 becomes -1, so that a reversal is
always the exact opposite of what it reverses.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from math import lcm

from app.base.errors import Bug


class RoundMode(StrEnum):
    """Where an amount between two multiples goes; `up` is away from zero, `down` towards it."""

    NEAREST = "nearest"
    UP = "up"
    DOWN = "down"


def half_up_ratio(numerator: int, denominator: int) -> int:
    """Return numerator / denominator rounded half-up to a whole number, exactly."""
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    rounded = (2 * abs(numerator) + denominator) // (2 * denominator)
    return -rounded if numerator < 0 else rounded


def half_up(x: Decimal | Fraction | int) -> int:
    """Round to the whole rupiah, half-up."""
    if isinstance(x, Decimal):
        return int(x.to_integral_value(ROUND_HALF_UP))
    return half_up_ratio(x.numerator, x.denominator)


def round_to(amount: int | Fraction | Decimal, multiple: int, mode: RoundMode = RoundMode.NEAREST) -> int:
    """Round to a whole multiple of rupiah, such as 100 or 500. A negative amount mirrors."""
    if multiple < 1:
        raise Bug(f"multiple {multiple} is not positive")
    numerator, denominator = amount.as_integer_ratio()
    denominator *= multiple
    size = abs(numerator)
    if mode is RoundMode.UP:
        count = -(-size // denominator)
    elif mode is RoundMode.DOWN:
        count = size // denominator
    else:
        count = half_up_ratio(size, denominator)
    return (-count if numerator < 0 else count) * multiple


def percent_of(amount: int, percent: Decimal) -> int:
    """Return `percent` hundredths of the amount, half-up to the rupiah."""
    numerator, denominator = percent.as_integer_ratio()
    return half_up_ratio(amount * numerator, denominator * 100)


def allocate(total: int, weights: Sequence[int | Decimal | Fraction]) -> list[int]:
    """Split the total in proportion to the weights, so that the parts add up to it.

    Largest remainder: every part is its exact share rounded down, and the rupiah left over go one
    each to the largest remainders, among equal ones to the first. A negative total mirrors.
    """
    scaled = _as_integers(weights)
    whole = sum(scaled)
    if any(weight < 0 for weight in scaled) or (whole == 0 and total != 0):
        raise Bug(f"cannot split {total} by weights {list(weights)}")
    if whole == 0:
        return [0] * len(scaled)
    parts: list[int] = []
    remainders: list[int] = []
    for weight in scaled:
        part, remainder = divmod(abs(total) * weight, whole)
        parts.append(part)
        remainders.append(remainder)
    left = abs(total) - sum(parts)
    # sorted() is stable: among equal remainders the first keeps its turn.
    for index in sorted(range(len(parts)), key=lambda i: -remainders[i])[:left]:
        parts[index] += 1
    return [-part for part in parts] if total < 0 else parts


def _as_integers(weights: Sequence[int | Decimal | Fraction]) -> list[int]:
    """Scale weights to integers of the same proportions."""
    ratios = [weight.as_integer_ratio() for weight in weights]
    common = lcm(*(denominator for _, denominator in ratios))
    return [numerator * (common // denominator) for numerator, denominator in ratios]
