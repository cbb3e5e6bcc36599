"""Loan schedules over all combinations of terms: properties, and a slow twin that must agree."""

from calendar import monthrange
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal, localcontext
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.base.money import RoundMode
from app.ledger.loans.effective_rate import effective_rate
from app.ledger.loans.schedule import (
    Basis,
    Every,
    Instalment,
    Keep,
    LoanTerms,
    Method,
    RatePer,
    RoundingTarget,
    reschedule,
    schedule,
)


def interests(rows: tuple[Instalment, ...]) -> list[int]:
    return [row.interest for row in rows]


def principals(rows: tuple[Instalment, ...]) -> list[int]:
    return [row.principal for row in rows]


@st.composite
def any_terms(draw: st.DrawFn) -> LoanTerms:
    method = draw(st.sampled_from(Method))
    term = draw(st.integers(1, 40))
    start = draw(st.dates(date(2020, 1, 1), date(2032, 12, 31)))
    wait = draw(st.none() | st.integers(0, 800))
    return LoanTerms(
        principal=draw(st.integers(1, 300_000) | st.integers(300_000, 900_000_000)),
        rate=draw(st.decimals(0, 60, places=2) | st.decimals(0, 1000, places=4)),
        term=term,
        method=method,
        start=start,
        per=draw(
            st.sampled_from(RatePer)
            if method is Method.FLAT
            else st.sampled_from([RatePer.YEAR, RatePer.MONTH])
        ),
        every=draw(st.sampled_from(Every)),
        first_due=None if wait is None else start + timedelta(days=wait),
        grace=draw(st.integers(0, term - 1)),
        basis=draw(st.sampled_from(Basis)),
        round_to=draw(st.sampled_from([1, 50, 100, 500, 1000, 25_000, 1_000_000])),
        rounding=draw(st.sampled_from(RoundingTarget)),
        mode=draw(st.sampled_from(RoundMode)),
    )


@given(any_terms())
def test_principal_adds_up_and_nothing_is_negative(loan: LoanTerms) -> None:
    rows = schedule(loan)
    assert [row.number for row in rows] == list(range(1, loan.term + 1))
    assert sum(principals(rows)) == loan.principal
    assert rows[-1].balance == 0
    assert min(*principals(rows), *interests(rows), *(row.balance for row in rows), 0) == 0
    assert [earlier - row.principal for earlier, row in zip(balances(loan, rows), rows, strict=True)] == [
        row.balance for row in rows
    ]
    assert all(earlier.due < later.due for earlier, later in pairwise(rows))
    assert not any(principals(rows[: loan.grace]))


def balances(loan: LoanTerms, rows: tuple[Instalment, ...]) -> list[int]:
    """The balance before each row."""
    return [loan.principal, *(row.balance for row in rows[:-1])]


@given(any_terms())
def test_flat_interest_is_the_exact_total_unless_each_part_is_rounded(loan: LoanTerms) -> None:
    if loan.method is not Method.FLAT or loan.rounding is RoundingTarget.EACH:
        return
    with localcontext(prec=120):
        expected = rounded(flat_total(loan), 1, RoundMode.NEAREST)
    assert sum(interests(schedule(loan))) == expected


@given(any_terms())
def test_equal_to_the_slow_twin(loan: LoanTerms) -> None:
    with localcontext(prec=120):
        expected = slow_schedule(loan)
    assert [(row.due, row.principal, row.interest) for row in schedule(loan)] == expected


@given(any_terms(), st.integers(0, 39), st.integers(0, 10_000))
def test_what_remains_adds_up_after_lowering(loan: LoanTerms, paid: int, part: int) -> None:
    rows = schedule(loan)
    paid %= loan.term
    outstanding = balances(loan, rows)[paid] * part // 10_000
    for keep in Keep:
        rest = reschedule(loan, paid, outstanding, keep)
        assert sum(principals(rest)) == outstanding
        assert not rest or rest[-1].balance == 0
        assert min([*principals(rest), *interests(rest), 0]) == 0
        assert [row.due for row in rest] == [row.due for row in rows[paid:]][: len(rest)]


@given(any_terms(), st.integers(0, 39))
def test_lowering_by_nothing_changes_nothing(loan: LoanTerms, paid: int) -> None:
    rows = schedule(loan)
    paid %= loan.term
    rest = reschedule(loan, paid, balances(loan, rows)[paid], Keep.INSTALMENT)
    assert rest == rows[paid : paid + len(rest)]
    assert not any(principals(rows[paid + len(rest) :]))


@given(any_terms())
def test_effective_rate_is_the_one_that_discounts_to_the_principal(loan: LoanTerms) -> None:
    rows = schedule(loan)
    rate = effective_rate(loan, rows)
    per_year = {Every.MONTH: 12, Every.WEEK: 52, Every.DAY: 365}[loan.every]

    def present_value(percent: Decimal) -> Decimal:
        factor = 1 + percent / 100 / per_year
        return sum((row.total / factor**row.number for row in rows), Decimal(0))

    half, crumb = Decimal("0.0005"), loan.principal * Decimal("1E-60")
    with localcontext(prec=90):
        assert rate == 0 or present_value(rate - half) >= loan.principal - crumb
        assert present_value(rate + half) < loan.principal + crumb


# --- The slow twin: decimals, textbook formulas, no shared code ---------------------------------


def rounded(amount: Decimal, multiple: int, mode: RoundMode) -> int:
    """Round a decimal that may be wrong beyond its thirtieth place."""
    ways = {
        RoundMode.NEAREST: ROUND_HALF_UP,
        RoundMode.UP: ROUND_CEILING,
        RoundMode.DOWN: ROUND_FLOOR,
    }
    clean = (amount / multiple).quantize(Decimal("1E-30"))
    return int(clean.to_integral_value(ways[mode])) * multiple


def flat_total(loan: LoanTerms) -> Decimal:
    """The interest of a flat loan; multiplied before it is divided, so that halves stay exact."""
    amount = loan.principal * loan.rate
    if loan.per is RatePer.TERM:
        return amount / 100
    if loan.per is RatePer.MONTH:
        amount *= 12
    amount *= loan.term * {Every.MONTH: 30, Every.WEEK: 7, Every.DAY: 1}[loan.every]
    return amount / 36_000


def slow_dates(loan: LoanTerms) -> list[date]:
    days = []
    for count in range(loan.term):
        if loan.every is Every.MONTH:
            first = loan.first_due or loan.start
            months = first.year * 12 + first.month - 1 + count + (loan.first_due is None)
            year, month = months // 12, months % 12 + 1
            days.append(date(year, month, min(first.day, monthrange(year, month)[1])))
        else:
            length = 7 if loan.every is Every.WEEK else 1
            due = loan.first_due or loan.start + timedelta(days=length)
            days.append(due + timedelta(days=length * count))
    return days


def slow_schedule(loan: LoanTerms) -> list[tuple[date, int, int]]:
    dues = slow_dates(loan)
    year = 360 if loan.basis is not Basis.ACTUAL_365 else 365
    if loan.basis is Basis.THIRTY_360:
        lengths = [{Every.MONTH: 30, Every.WEEK: 7, Every.DAY: 1}[loan.every]] * loan.term
    else:
        lengths = [(later - earlier).days for earlier, later in pairwise([loan.start, *dues])]
    percent = loan.rate * 12 if loan.per is RatePer.MONTH else loan.rate
    left = loan.term - loan.grace

    def unrounded_end(level: Decimal) -> Decimal:
        balance = Decimal(loan.principal)
        for days in lengths[loan.grace :]:
            balance = balance + balance * percent * days / (100 * year) - level
        return balance

    # The balance at the end is a straight line in the instalment, so two points give its zero.
    nothing, one = unrounded_end(Decimal(0)), unrounded_end(Decimal(1))
    annuity = nothing / (nothing - one)

    rows: list[tuple[date, int, int]] = []
    balance, interest_left = loan.principal, rounded(flat_total(loan), 1, RoundMode.NEAREST)
    for index in range(loan.term):
        last = index == loan.term - 1
        share = Decimal(loan.principal) / left
        exact = balance * percent * lengths[index] / (100 * year)
        if loan.method is Method.FLAT:
            exact = flat_total(loan) / loan.term
        if loan.rounding is RoundingTarget.EACH:
            interest = rounded(exact, loan.round_to, loan.mode)
        else:
            interest = rounded(exact, 1, RoundMode.NEAREST)
            if loan.method is Method.FLAT:
                interest = interest_left if last else min(interest, interest_left)
        interest_left -= interest
        if loan.rounding is RoundingTarget.TOTAL:
            whole = {
                Method.FLAT: share + exact,
                Method.DECLINING: share + interest,
                Method.ANNUITY: annuity,
                Method.BULLET: Decimal(interest),
            }[loan.method]
            principal = rounded(whole, loan.round_to, loan.mode) - interest
        else:
            part = annuity - exact if loan.method is Method.ANNUITY else share
            principal = rounded(part, loan.round_to, loan.mode)
        if index < loan.grace or loan.method is Method.BULLET:
            principal = 0
        principal = balance if last else max(0, min(principal, balance))
        balance -= principal
        rows.append((dues[index], principal, interest))
    return rows
