"""Interest of savings for a month: by the lowest, the average or the daily balance.

Pure arithmetic without a book. The balance of a day is the one at its end, so that a deposit earns
from its own day and a withdrawn amount no longer does. For a yearly rate i and d counted days:

- lowest: lowest balance × i × d / basis;
- average: average daily balance × i × d / basis;
- daily: sum over the days of balance × i / basis;
- basis 12 (lowest, average): balance × i / 12, as the manual of Kepmen 96/2004 has it.

Nothing is rounded before the end. The tax is judged on the interest in whole rupiah (PP 15/2009).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from app.base.dates import ONE_DAY, Month, Period
from app.base.errors import UserError
from app.base.money import half_up, percent_of

BASIS_MONTHS = 12
"""The basis on which a month is a twelfth of the year, whatever its days."""

BASES = (365, 360, BASIS_MONTHS)
"""What a yearly rate is divided by: days of the year, or its months. 365 also in leap years."""

RATE_MAX = 100
"""Highest yearly rate in percent that is taken for meant."""

Mutation = tuple[date, int]
"""A day and a signed amount in rupiah: deposits positive, withdrawals negative."""

Tier = tuple[int, Decimal]
"""A balance in rupiah, and the yearly rate in percent for a whole balance of at least that."""


class InterestMethod(StrEnum):
    """Which balance of the month earns the interest."""

    LOWEST = "lowest"
    AVERAGE = "average"
    DAILY = "daily"


@dataclass(frozen=True, slots=True)
class MonthInterest:
    """The interest of a month: exact, with two decimals, and in whole rupiah with its tax."""

    exact: Fraction
    interest: Decimal
    interest_rupiah: int
    tax: int

    @property
    def net(self) -> int:
        """What is credited after tax, in rupiah."""
        return self.interest_rupiah - self.tax


def month_interest(
    mutations: Sequence[Mutation],
    month: Month,
    rate: Decimal,
    method: InterestMethod = InterestMethod.LOWEST,
    *,
    basis: int = 365,
    tiers: Sequence[Tier] | None = None,
    skip_last_day: bool = False,
    threshold: int,
    tax_percent: Decimal,
) -> MonthInterest:
    """The interest that an account earns in `month`.

    `mutations` are in order of date, the first one being the opening balance. `rate` is in percent
    a year; with `tiers` it is the rate of balances below the first tier. `threshold` and
    `tax_percent` are those of the law at that month, see `withholding`.
    """
    check_rates(rate, method, basis, tiers or ())
    period = month.period
    if skip_last_day:
        period = Period(period.first, period.end - ONE_DAY)
    exact = _exact_interest(daily_balances(mutations, period), _Rates(rate, tiers or ()), method, basis)
    rupiah = half_up(exact)
    return MonthInterest(
        exact=exact,
        interest=Decimal(half_up(exact * 100)).scaleb(-2),
        interest_rupiah=rupiah,
        tax=withholding(rupiah, threshold, tax_percent),
    )


def withholding(interest: int, threshold: int, tax_percent: Decimal) -> int:
    """The final tax on a member's interest of a month in rupiah: 0 up to the threshold, else whole.

    Several accounts of a member are judged by their sum, so the caller adds them up before.
    """
    return 0 if interest <= threshold else percent_of(interest, tax_percent)


def daily_balances(mutations: Sequence[Mutation], period: Period) -> list[int]:
    """The balance at the end of each day of `period`; days before the first mutation are 0.

    Refused with a UserError: a balance below 0 at the end of any day, and days out of order, where
    it is unclear whether the opening balance already holds the row before it.
    """
    totals: defaultdict[date, int] = defaultdict(int)
    latest = date.min
    for day, amount in mutations:
        if day < latest:
            raise UserError(
                "The row of {day} stands below a row of {latest}.",
                advice="Put the rows in order of date, the opening balance first.",
                day=day,
                latest=latest,
            )
        totals[day] += amount
        latest = day
    balances = [0] * period.days
    balance = 0
    for day, total in totals.items():
        balance += total
        if balance < 0:
            raise UserError(
                "The balance at the end of {day} would be {balance:rp}.",
                advice="Savings can't be below 0. Correct the deposits and withdrawals.",
                day=day,
                balance=balance,
            )
        if day < period.end:
            start = max(0, (day - period.first).days)
            balances[start:] = [balance] * (period.days - start)
    return balances


class _Rates:
    """The yearly rate of a balance: that of the highest tier it reaches."""

    def __init__(self, rate: Decimal, tiers: Sequence[Tier]) -> None:
        self._base = Fraction(rate) / 100
        self._tiers = sorted(((start, Fraction(percent) / 100) for start, percent in tiers))

    def of(self, balance: int | Fraction) -> Fraction:
        """The rate of a year, as a fraction."""
        rate = self._base
        for start, tier_rate in self._tiers:
            if balance < start:
                break
            rate = tier_rate
        return rate


def _exact_interest(balances: Sequence[int], rates: _Rates, method: InterestMethod, basis: int) -> Fraction:
    if method is InterestMethod.DAILY:
        days: defaultdict[int, int] = defaultdict(int)
        for balance in balances:
            days[balance] += 1
        earned = sum(balance * count * rates.of(balance) for balance, count in days.items())
        return Fraction(earned) / basis
    lowest = method is InterestMethod.LOWEST
    earning = Fraction(min(balances)) if lowest else Fraction(sum(balances), len(balances))
    periods = 1 if basis == BASIS_MONTHS else len(balances)
    return earning * rates.of(earning) * periods / basis


def check_rates(rate: Decimal, method: InterestMethod, basis: int, tiers: Sequence[Tier]) -> None:
    """Raise UserError for rates, a basis or tiers that interest can't be counted with."""
    for percent in (rate, *(tier_rate for _, tier_rate in tiers)):
        if not percent.is_finite() or not 0 <= percent <= RATE_MAX:
            raise UserError(
                "{rate} is not a rate of savings.",
                advice="Give it in percent a year, at least 0 and at most {most}.",
                field="rate",
                rate=str(percent),
                most=RATE_MAX,
            )
    if basis not in BASES:
        raise UserError(
            "A year can't be counted as {basis}.",
            advice="Choose 365 or 360 days, or 12 months.",
            field="basis",
            basis=basis,
        )
    if basis == BASIS_MONTHS and method is InterestMethod.DAILY:
        raise UserError(
            "Interest by daily balance can't be counted in months.",
            advice="Choose 365 or 360 days, or the lowest or average balance.",
            field="basis",
        )
    starts = [start for start, _ in tiers]
    if any(start < 0 for start in starts) or len(set(starts)) < len(starts):
        raise UserError(
            "The tiers of the rate are not clear.",
            advice="Give each tier its own starting balance, from 0 upwards.",
            field="tiers",
        )
