"""Penalty on late instalments: a memo that follows from the schedule and the payments, never posted before it is paid.

Each instalment is charged for the days after its due date on which something of it was open at the close of the day
before, money kept aside counting as paid: an amount or a percentage of what was open, for each day, or for each month
begun. Half-up to the rupiah for each instalment. Pure: no book.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from app.base.dates import add_months
from app.base.money import half_up, percent_of
from app.ledger.loans.commands import CapPer, PenaltyPer
from app.ledger.loans.movements import Movement
from app.ledger.loans.standing import Row
from app.ledger.reader import Reader


class PenaltyTerms(NamedTuple):
    """What was agreed: rupiah and percent of the late amount, for each day or month begun.

    `cap` (rupiah) and `cap_percent` are the most it comes to, 0 for no end, of what `cap_per` says.
    """

    amount: int
    percent: Decimal
    per: PenaltyPer
    cap: int = 0
    cap_percent: Decimal = Decimal(0)
    cap_per: CapPer = CapPer.INSTALMENT

    @property
    def any(self) -> bool:
        """True where being late costs something."""
        return bool(self.amount or self.percent)

    def capped(self, amount: int, of: int) -> int:
        """At most what was agreed, of an instalment or a principal of so many rupiah."""
        if self.cap:
            amount = min(amount, self.cap)
        if self.cap_percent:
            amount = min(amount, percent_of(of, self.cap_percent))
        return amount


NO_PENALTY = PenaltyTerms(0, Decimal(0), PenaltyPer.DAY)


class Segment(NamedTuple):
    """Since which instalment a version of the schedule holds, and what was paid before that counts."""

    version: int
    first: int
    principal_before: int
    interest_before: int


def add_segment(chain: list[Segment], segment: Segment) -> None:
    """Add a version to those that led to it, without the ones a reversal took back."""
    if segment in chain:
        del chain[chain.index(segment) :]
    chain.append(segment)


def waived(reader: Reader, loan: int, on: date) -> int:
    """Penalty let go up to a day, rupiah."""
    rows = reader.sql(
        "SELECT coalesce(sum(amount), 0) FROM loan_waiver WHERE loan_id = ? AND date <= ?",
        (loan, on.isoformat()),
    )
    amount: int = rows[0][0]
    return amount


def accrued(
    terms: PenaltyTerms,
    rows: Sequence[Row],
    chain: Sequence[Segment],
    movements: Sequence[Movement],
    on: date,
    since: date | None = None,
    *,
    principal_lent: int = 0,
    before: int = 0,
) -> int:
    """All penalty that came up till the close of `on`, rupiah; of a loan taken over, after the day `since`.

    A cap on the whole loan is measured by `principal_lent` and counts the penalty taken over (`before`).
    """
    late = [row for row in rows if row.due < on]
    if not late or not terms.any:
        return 0
    marks = marks_of(late, chain)
    totals = [Fraction(0)] * len(late)
    principal = interest = held = 0
    days = sorted((item for item in movements if item.on < on), key=lambda item: item.on)
    changes = [(begin, list(items)) for begin, items in groupby(days, key=lambda item: item.on)]
    for place, (begin, items) in enumerate(changes):
        principal += sum(item.principal for item in items)
        interest += sum(item.interest for item in items)
        held += sum(item.held for item in items)
        end = changes[place + 1][0] if place + 1 < len(changes) else on
        kept = held
        for number, row in enumerate(late):
            if row.due >= end:
                break
            left = _open(row, marks[number], principal, interest)
            covered = min(kept, left)
            kept -= covered
            left -= covered
            if left:
                first = max(row.due, begin, since or row.due)
                times = _times(terms.per, row.due, first, end)
                totals[number] += times * (terms.amount + left * Fraction(terms.percent) / 100)
    if terms.cap_per is CapPer.LOAN:
        return max(terms.capped(before + sum(map(half_up, totals)), principal_lent) - before, 0)
    return sum(
        terms.capped(half_up(total), row.principal + row.interest)
        for total, row in zip(totals, late, strict=True)
    )


def marks_of(rows: Sequence[Row], chain: Sequence[Segment]) -> list[tuple[int, int]]:
    """For each instalment how much principal and interest paid in all pays it off."""
    found = []
    place = 0
    principal, interest = chain[0].principal_before, chain[0].interest_before
    for row in rows:
        while place + 1 < len(chain) and row.number >= chain[place + 1].first:
            place += 1
            principal, interest = chain[place].principal_before, chain[place].interest_before
        if row.number >= chain[place].first:
            principal += row.principal
            interest += row.interest
            found.append((principal, interest))
        else:
            found.append((0, 0))
    return found


def _open(row: Row, mark: tuple[int, int], principal: int, interest: int) -> int:
    of_principal = min(max(mark[0] - principal, 0), row.principal)
    return of_principal + min(max(mark[1] - interest, 0), row.interest)


def _times(per: PenaltyPer, due: date, first: date, end: date) -> int:
    """How often the days after `first`, up to and including `end`, are charged."""
    if per is PenaltyPer.DAY:
        return max((end - first).days, 0)
    # A month begins on the day after the due date and on the day after each of its monthly returns.
    count = 0
    months = max((first.year - due.year) * 12 + first.month - due.month - 1, 0)
    while (begins := add_months(due, months) + timedelta(days=1)) <= end:
        count += begins > first
        months += 1
    return count
