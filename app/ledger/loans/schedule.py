"""Instalment schedules of loans: flat, declining, annuity and bullet, to the last rupiah.

Pure arithmetic without a book. Exact fractions inside, so each amount is rounded once, from its
exact value; amounts are whole rupiah. Formulas, for P principal, n instalments, r a period's rate:

- flat: interest P × r each period, principal P / n;
- declining: principal P / n, interest balance × r;
- annuity: level instalment P × r / (1 - (1 + r)^-n), interest balance × r;
- bullet: interest P × r each period, the principal with the last instalment.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from app.base.dates import FIRST_YEAR, LAST_YEAR, add_months
from app.base.errors import UserError
from app.base.money import RoundMode, half_up, round_to

TERM_MAX = 1200
"""Most instalments of one loan: a hundred years of months, or over three years of days."""

RATE_MAX = 1000
"""Highest rate in percent that is taken for meant and not for a slip of the keyboard."""

RATE_DECIMALS_MAX = 28
"""Most decimals of a rate; more than a Decimal division gives can only be an accident."""

PRINCIPAL_MAX = 10**14
"""Highest principal in rupiah: a hundred trillion, so that every total fits 64 bits."""

START_YEAR_MAX = LAST_YEAR - TERM_MAX // 12 - 1
"""Last year a loan may start in, so that its last due date is still in the calendar."""


class Method(StrEnum):
    """How interest and principal are laid out over the instalments."""

    FLAT = "flat"
    DECLINING = "declining"  # also called menurun, efektif, sliding rate
    ANNUITY = "annuity"
    BULLET = "bullet"  # also called musiman, bayar akhir


class RatePer(StrEnum):
    """The time the stated rate is for; TERM is "x % for the whole loan", with flat only."""

    YEAR = "year"
    MONTH = "month"
    TERM = "term"


class Every(StrEnum):
    """The time between two instalments."""

    MONTH = "month"
    WEEK = "week"
    DAY = "day"


class Basis(StrEnum):
    """How a period is measured: by its name (30/360), or by its days over a year of 365 or 360."""

    THIRTY_360 = "30/360"
    ACTUAL_365 = "actual/365"
    ACTUAL_360 = "actual/360"


class RoundingTarget(StrEnum):
    """What is brought to the multiple: the whole instalment, its principal, or each part."""

    TOTAL = "total"
    PRINCIPAL = "principal"
    EACH = "each"


class Keep(StrEnum):
    """What stays when the principal is lowered: the number of instalments, or their amount."""

    TERM = "term"
    INSTALMENT = "instalment"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanTerms:
    """What lender and borrower agree on. Nonsense is refused with a UserError.

    `principal` is in rupiah, `rate` in percent for each `per`; `term` is the number of instalments
    and `grace` how many of the first ones are the bare interest. Without `first_due` the first
    instalment is due one period after `start`.
    """

    principal: int
    rate: Decimal
    term: int
    method: Method
    start: date
    per: RatePer = RatePer.YEAR
    every: Every = Every.MONTH
    first_due: date | None = None
    grace: int = 0
    basis: Basis = Basis.THIRTY_360
    round_to: int = 1
    rounding: RoundingTarget = RoundingTarget.TOTAL
    mode: RoundMode = RoundMode.NEAREST

    def __post_init__(self) -> None:
        _check_amounts(self)
        _check_dates(self)


@dataclass(frozen=True, slots=True)
class Instalment:
    """One row of a schedule; amounts in rupiah, `balance` is the principal left after it."""

    number: int
    due: date
    principal: int
    interest: int
    balance: int

    @property
    def total(self) -> int:
        """What is paid on the due date."""
        return self.principal + self.interest


def schedule(terms: LoanTerms) -> tuple[Instalment, ...]:
    """The whole schedule of a loan; the principal parts add up to the principal exactly."""
    return _lay_out(terms, paid=0, outstanding=terms.principal, keep=None)


def reschedule(terms: LoanTerms, paid: int, outstanding: int, keep: Keep) -> tuple[Instalment, ...]:
    """The instalments that remain once a payment beyond the due ones has lowered the principal.

    `paid` instalments are done with and `outstanding` rupiah of principal remain. With
    `Keep.INSTALMENT` the amounts stay as agreed and the loan ends earlier; with `Keep.TERM` the
    outstanding principal is laid out anew over the instalments left. (A declining loan keeps its
    principal part, as its total falls anyway; a bullet loan is the same either way.) The interest
    of a flat loan stays what was agreed for each instalment, since it never followed the balance;
    instalments that fall away take their interest with them. The next period counts as a whole one
    on the outstanding principal. Numbers and due dates are those of the first schedule.
    """
    if not 0 <= paid < terms.term:
        raise UserError(
            "{paid} paid instalments leave none to change in a loan of {term}.",
            advice="Give at least 0 and less than all of them.",
            paid=paid,
            term=terms.term,
        )
    if not 0 <= outstanding <= terms.principal:
        raise UserError(
            "{outstanding:rp} can't be outstanding of a principal of {principal:rp}.",
            advice="Give an amount of at least 0 and at most the principal.",
            outstanding=outstanding,
            principal=terms.principal,
        )
    if outstanding == 0:
        return ()
    return _lay_out(terms, paid=paid, outstanding=outstanding, keep=keep)


def _lay_out(terms: LoanTerms, *, paid: int, outstanding: int, keep: Keep | None) -> tuple[Instalment, ...]:
    """The rows after the first `paid` ones for a balance of `outstanding`."""
    dues = due_dates(terms)
    rates = [] if terms.method is Method.FLAT else _period_rates(terms, dues)
    flat = _FlatInterest(terms) if terms.method is Method.FLAT else None
    if keep is Keep.TERM:
        amounts = _Amounts(terms, flat, rates, outstanding, max(paid, terms.grace))
    else:
        amounts = _Amounts(terms, flat, rates, terms.principal, terms.grace)
    rows = []
    balance = outstanding
    for number in range(paid + 1, terms.term + 1):
        if flat:
            exact, interest = flat.share, flat.parts[number - 1]
        else:
            exact = balance * rates[number - 1]
            interest = _round_interest(terms, exact)
        if number == terms.term:
            principal = balance
        elif number <= terms.grace or terms.method is Method.BULLET:
            principal = 0
        else:
            # Rounding down, or a long first period, can leave less than the interest: the
            # principal then waits and never grows.
            principal = max(0, min(balance, amounts.principal(exact, interest)))
        balance -= principal
        rows.append(Instalment(number, dues[number - 1], principal, interest, balance))
        if keep is Keep.INSTALMENT and balance == 0:
            break
    return tuple(rows)


class _FlatInterest:
    """The interest of a flat loan: fixed at the start, equal parts, the last takes the difference.

    The basis plays no part: a month is a twelfth of the year, a week 7/360, a day 1/360.
    """

    def __init__(self, terms: LoanTerms) -> None:
        if terms.per is RatePer.TERM:
            self.share = terms.principal * Fraction(terms.rate) / (100 * terms.term)
        else:
            self.share = terms.principal * _yearly_rate(terms) * _PART_OF_YEAR[terms.every]
        part = _round_interest(terms, self.share)
        if terms.rounding is RoundingTarget.EACH:
            self.parts = [part] * terms.term
            return
        # Parts rounded up may use up a tiny total before the last instalment; none is negative.
        left = half_up(self.share * terms.term)
        self.parts = []
        for _ in range(terms.term - 1):
            self.parts.append(min(part, left))
            left -= self.parts[-1]
        self.parts.append(left)


class _Amounts:
    """The principal part of an instalment, when `principal` is spread over those after `first`.

    Flat and annuity have a level instalment, rounded once from its exact amount. A declining loan
    has none: its instalment is the share of the principal and that period's interest, in rupiah.
    """

    def __init__(
        self,
        terms: LoanTerms,
        flat: _FlatInterest | None,
        rates: Sequence[Fraction],
        principal: int,
        first: int,
    ) -> None:
        self._multiple = terms.round_to
        self._mode = terms.mode
        self._whole = terms.rounding is RoundingTarget.TOTAL
        self._annuity = terms.method is Method.ANNUITY
        if self._annuity:
            self._exact = _annuity(principal, rates[first:])
        else:
            self._exact = Fraction(principal, terms.term - first)
        self._level: int | None = None
        if self._whole and self._annuity:
            self._level = self._round(self._exact)
        elif self._whole and flat:
            self._level = self._round(self._exact + flat.share)
        elif not self._whole and not self._annuity:
            self._level = self._round(self._exact)

    def principal(self, exact_interest: Fraction, interest: int) -> int:
        """The principal part beside this interest, before it is held within 0 and the balance."""
        if self._whole:
            level = self._round(self._exact + interest) if self._level is None else self._level
            return level - interest
        return self._round(self._exact - exact_interest) if self._level is None else self._level

    def _round(self, amount: Fraction) -> int:
        return round_to(amount, self._multiple, self._mode)


def _annuity(principal: int, rates: Sequence[Fraction]) -> Fraction:
    """The level amount that pays off `principal` exactly over periods at these rates.

    It is P / sum of the discount factors; for equal rates that is P × r / (1 - (1 + r)^-n), and
    for periods of unequal days it is still level. Numerator and denominator are kept apart, as
    bringing each step to lowest terms costs more than the whole sum.
    """
    numerator, denominator = 0, 1
    for rate in reversed(rates):
        numerator, denominator = (
            rate.denominator * (numerator + denominator),
            (rate.denominator + rate.numerator) * denominator,
        )
    return Fraction(principal * denominator, numerator)


def _round_interest(terms: LoanTerms, exact: Fraction) -> int:
    if terms.rounding is RoundingTarget.EACH:
        return round_to(exact, terms.round_to, terms.mode)
    return half_up(exact)


_PART_OF_YEAR = {
    Every.MONTH: Fraction(1, 12),
    Every.WEEK: Fraction(7, 360),
    Every.DAY: Fraction(1, 360),
}
"""What a period is of a year on the 30/360 basis."""

_YEAR_DAYS = {Basis.ACTUAL_365: 365, Basis.ACTUAL_360: 360}


def _yearly_rate(terms: LoanTerms) -> Fraction:
    """The rate of a year as a fraction; a monthly rate is a twelfth of it."""
    return Fraction(terms.rate) * (12 if terms.per is RatePer.MONTH else 1) / 100


def _period_rates(terms: LoanTerms, dues: Sequence[date]) -> list[Fraction]:
    """The rate of each period; an odd first period counts as a whole one on 30/360."""
    yearly = _yearly_rate(terms)
    if terms.basis is Basis.THIRTY_360:
        return [yearly * _PART_OF_YEAR[terms.every]] * terms.term
    daily = yearly / _YEAR_DAYS[terms.basis]
    of_days: dict[int, Fraction] = {}
    rates = []
    for earlier, later in pairwise((terms.start, *dues)):
        days = (later - earlier).days
        if days not in of_days:
            of_days[days] = daily * days
        rates.append(of_days[days])
    return rates


def due_dates(terms: LoanTerms) -> list[date]:
    """The due date of each instalment.

    Months keep the day of the first one (31 Jan, 28 Feb, 31 Mar). Without a first due date they
    keep the day of the start, so that a loan of 31 January is due on 28 February and 31 March.
    """
    if terms.every is Every.MONTH:
        if terms.first_due is None:
            return [add_months(terms.start, months, terms.start.day) for months in range(1, terms.term + 1)]
        day = terms.first_due.day
        return [add_months(terms.first_due, months, day) for months in range(terms.term)]
    step = timedelta(days=7 if terms.every is Every.WEEK else 1)
    first = terms.start + step if terms.first_due is None else terms.first_due
    return [first + step * count for count in range(terms.term)]


def _check_amounts(terms: LoanTerms) -> None:
    if not 1 <= terms.principal <= PRINCIPAL_MAX:
        raise UserError(
            "A loan of {principal:rp} can't be calculated.",
            advice="Give a principal of at least {least:rp} and at most {most:rp}.",
            principal=terms.principal,
            least=1,
            most=PRINCIPAL_MAX,
        )
    if not terms.rate.is_finite() or not 0 <= terms.rate <= RATE_MAX:
        raise UserError(
            "{rate} is not a rate of a loan.",
            advice="Give it in percent, at least 0 and at most {most}.",
            rate=str(terms.rate),
            most=RATE_MAX,
        )
    exponent = terms.rate.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -RATE_DECIMALS_MAX:
        raise UserError(
            "The rate has too many decimals.",
            advice="Write at most {most} of them.",
            most=RATE_DECIMALS_MAX,
        )
    if terms.per is RatePer.TERM and terms.method is not Method.FLAT:
        raise UserError(
            "A rate for the whole loan goes only with the flat method.",
            advice="Give the rate per year or per month, or choose flat.",
        )
    if not 1 <= terms.term <= TERM_MAX:
        raise UserError(
            "A loan can't have {term} instalments.",
            advice="Give at least 1 and at most {most}.",
            term=terms.term,
            most=TERM_MAX,
        )
    if not 0 <= terms.grace < terms.term:
        raise UserError(
            "A grace of {grace} doesn't fit a loan of {term} instalments.",
            advice="Give at least 0, and leave at least one instalment for the principal.",
            grace=terms.grace,
            term=terms.term,
        )
    if not 1 <= terms.round_to <= PRINCIPAL_MAX:
        raise UserError(
            "Instalments can't be rounded to multiples of {multiple:rp}.",
            advice="Give 1 for whole rupiah, or a multiple like 100, 500 or 1000.",
            multiple=terms.round_to,
        )


def _check_dates(terms: LoanTerms) -> None:
    first_due = terms.first_due or terms.start
    if first_due < terms.start:
        raise UserError(
            "The first instalment is due on {first_due}, before the loan begins on {start}.",
            advice="Correct one of the two dates.",
            first_due=first_due,
            start=terms.start,
        )
    if terms.start.year < FIRST_YEAR or first_due.year > START_YEAR_MAX:
        raise UserError(
            "A loan of {start} with a first instalment on {first_due} is out of the calendar.",
            advice="Give years between {least} and {most}.",
            start=terms.start,
            first_due=first_due,
            least=str(FIRST_YEAR),
            most=str(START_YEAR_MAX),
        )
