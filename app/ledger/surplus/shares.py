"""Shares of a member in the surplus (SHU): the calculator, and the split of a pool in the books.

Pure arithmetic without a book. A member's share of a pool is pool × member's base / everyone's
base, where the pool is a percentage of the surplus; capital (jasa modal) counts by savings,
activity (jasa usaha) by what was bought or borrowed. The calculator rounds a share down, as it
can't know the others; in the books a pool is split to the last rupiah, which may give one more.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import TypeVar

from app.base.errors import UserError
from app.base.money import allocate, half_up

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Share:
    """A member's share of one pool, exact."""

    exact: Fraction

    @property
    def amount(self) -> int:
        """Rupiah, rounded down."""
        return floor(self.exact)

    @property
    def exact_text(self) -> str:
        """The exact share with two decimals, half-up, such as `240000.00`."""
        return _two_decimals(self.exact)


@dataclass(frozen=True, slots=True)
class SurplusShares:
    """What a member gets for capital and for activity."""

    capital: Share
    activity: Share

    @property
    def total(self) -> int:
        """Both shares in rupiah, each rounded down before."""
        return self.capital.amount + self.activity.amount

    @property
    def exact_total_text(self) -> str:
        """Both exact shares together with two decimals."""
        return _two_decimals(self.capital.exact + self.activity.exact)


def member_share(surplus: int, percent: Decimal, member: int, total: int) -> Share:
    """The share of one member in the pool of `percent` of the surplus, by base `member` of `total`.

    The bases are in rupiah. Where nobody has a base, the share is 0.
    """
    if surplus < 0:
        raise UserError(
            "A deficit of {deficit:rp} can't be distributed.",
            advice="Cover it by the reserve as the members' meeting decides.",
            deficit=-surplus,
        )
    _check_percent(percent)
    if not 0 <= member <= total:
        raise UserError(
            "A member can't have {member:rp} of {total:rp} in all.",
            advice="Correct the amount of the member or the total.",
            member=member,
            total=total,
        )
    if total == 0:
        return Share(Fraction(0))
    return Share(surplus * Fraction(percent) / 100 * member / total)


def surplus_shares(
    surplus: int,
    *,
    capital_percent: Decimal,
    activity_percent: Decimal,
    total_capital: int,
    member_capital: int,
    total_activity: int,
    member_activity: int,
) -> SurplusShares:
    """What a member gets of the capital pool, by savings, and of the activity pool, by trade."""
    capital = member_share(surplus, capital_percent, member_capital, total_capital)
    activity = member_share(surplus, activity_percent, member_activity, total_activity)
    if capital_percent + activity_percent > 100:
        raise UserError(
            "{capital:pct} for capital and {activity:pct} for activity exceed the surplus.",
            advice="Give percentages that make at most 100 together.",
            capital=capital_percent,
            activity=activity_percent,
        )
    return SurplusShares(capital, activity)


def split_pool(pool: int, weights: Mapping[Key, int | Decimal | Fraction]) -> dict[Key, int]:
    """Split a pool of rupiah among members by their bases, so that the shares add up to it.

    By largest remainder; among equal ones the first in the mapping, so give it in a fixed order.
    """
    if pool < 0:
        raise UserError(
            "A pool of {pool:rp} can't be distributed.",
            advice="Check the surplus and the percentages.",
            pool=pool,
        )
    for weight in weights.values():
        if weight < 0:
            raise UserError(
                "A member's base for the surplus can't be below 0: {base}.",
                advice="Correct the base before distributing.",
                base=weight,
            )
    if pool > 0 and not any(weights.values()):
        raise UserError(
            "Nobody has a base for the pool of {pool:rp}.",
            advice="Give the members' bases, or move the pool to the reserve.",
            pool=pool,
        )
    return dict(zip(weights, allocate(pool, list(weights.values())), strict=True))


def _check_percent(percent: Decimal) -> None:
    if not percent.is_finite() or not 0 <= percent <= 100:
        raise UserError(
            "{percent} is not a part of the surplus.",
            advice="Give a percentage of at least 0 and at most 100.",
            percent=str(percent),
        )


def _two_decimals(amount: Fraction) -> str:
    return f"{Decimal(half_up(amount * 100)).scaleb(-2):.2f}"
