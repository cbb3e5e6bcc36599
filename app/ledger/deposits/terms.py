"""The calendar and the interest of a term deposit. Pure arithmetic without a book.

Interest runs from the day of the deposit up to and excluding the maturity, actual/365 also in leap years:

    interest up to a day = half-up(amount × rate % × days since the start / 365)

Each payment is the interest up to its day less that up to the payment before, so that the parts of a term add
up to the interest of the whole term to the rupiah, wherever it is cut.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from app.base.dates import add_months
from app.base.errors import UserError
from app.base.money import half_up_ratio

RATE_MAX = 100
"""Highest yearly rate in percent that is taken for meant."""

TERM_MAX = 360
"""Longest term in months that is taken for meant."""

AMOUNT_MAX = 10**13


class InterestPaid(StrEnum):
    """When the interest of a deposit is paid: each month on the day of its start, or at maturity."""

    MONTHLY = "monthly"
    MATURITY = "maturity"


class RollOver(StrEnum):
    """What becomes of a deposit at maturity: it is paid back, or a new term begins with the principal, or with
    the principal and its interest."""

    NONE = "none"
    PRINCIPAL = "principal"
    ALL = "all"


class Part(NamedTuple):
    """One payment of interest: for the days from `first` up to, not including, `due`, on which it is paid."""

    first: date
    due: date
    interest: int


class DepositTerms(NamedTuple):
    """One term of a deposit. `rate` in percent a year, `months` its length, `base` the amount that earns."""

    base: int
    rate: Decimal
    start: date
    months: int
    interest: InterestPaid

    @property
    def maturity(self) -> date:
        """The day on which the deposit can be had back: 31 January and a month is 28 February."""
        return add_months(self.start, self.months)

    def due_days(self) -> list[date]:
        """The days on which interest is paid, the last one the maturity."""
        if self.interest is InterestPaid.MATURITY:
            return [self.maturity]
        return [add_months(self.start, month) for month in range(1, self.months + 1)]

    def interest_to(self, day: date) -> int:
        """The interest earned from the start up to, not including, `day`; none beyond the maturity."""
        days = (min(max(day, self.start), self.maturity) - self.start).days
        numerator, denominator = self.rate.as_integer_ratio()
        return half_up_ratio(self.base * numerator * days, denominator * 36_500)

    def parts(self, paid: date | None = None) -> list[Part]:
        """The payments that are left when interest is paid through `paid` (None: nothing yet).

        A payment that would come to nothing falls to the next one.
        """
        first = paid or self.start
        found = []
        for due in self.due_days():
            if due <= first:
                continue
            interest = self.interest_to(due) - self.interest_to(first)
            if interest:
                found.append(Part(first, due, interest))
                first = due
        return found


def check_terms(amount: int, rate: Decimal, months: int, penalty_percent: Decimal = Decimal(0)) -> None:
    """Raise UserError for an amount, rate, term or penalty that can't be meant."""
    if not 0 < amount <= AMOUNT_MAX:
        raise UserError("The amount must be above 0.", field="amount")
    if not rate.is_finite() or not 0 <= rate <= RATE_MAX:
        raise UserError(
            "{rate} is not a rate of savings.",
            advice="Give it in percent a year, at least 0 and at most {most}.",
            field="rate",
            rate=str(rate),
            most=RATE_MAX,
        )
    if not 1 <= months <= TERM_MAX:
        raise UserError(
            "A deposit can't have a term of {months} months.",
            advice="Give at least 1 and at most {most}.",
            field="term",
            months=months,
            most=TERM_MAX,
        )
    if not penalty_percent.is_finite() or not 0 <= penalty_percent <= RATE_MAX:
        raise UserError("A penalty is between 0 and 100 percent.", field="penalty_percent")
