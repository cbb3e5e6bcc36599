"""The schedule of a loan with what was paid on each instalment, and when it was paid off."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from app.ledger.loans.movements import Movement, standing_movements
from app.ledger.loans.reading import MOVED, Loan, movement_of
from app.ledger.loans.standing import Standing
from app.ledger.reader import Reader


class ScheduleRow(NamedTuple):
    """One instalment with what was paid on it, and since when it is paid off."""

    number: int
    due: date
    principal: int
    interest: int
    balance: int
    paid: int
    paid_on: date | None


def schedule_rows(reader: Reader, loan: Loan, on: date) -> list[ScheduleRow]:
    """The schedule that holds, with what was paid on each instalment up to a day."""
    movements = standing_movements(
        movement_of(row)
        for row in reader.sql(
            f"{MOVED} WHERE t.loan_id = ? AND t.date <= ? ORDER BY t.id", (loan.id, on.isoformat())
        )
    )
    movements.sort(key=lambda item: (item.on, item.id))
    paid_on = _paid_off_on(loan.standing, _segments(reader, loan, on), movements)
    opened = {item.number: item for item in loan.standing.open()}
    left = loan.terms.principal + loan.capitalised
    rows = []
    for number, due, principal, interest in loan.standing.rows:
        if number < loan.standing.first:
            left -= principal
            balance = left
        else:
            balance = sum(row.principal for row in loan.standing.rows if row.number > number)
        still = opened[number].total if number in opened else 0
        rows.append(
            ScheduleRow(
                number,
                due,
                principal,
                interest,
                balance,
                principal + interest - still,
                paid_on.get(number) if not still else None,
            )
        )
    return rows


class _Segment(NamedTuple):
    """Since when a version holds: its first instalment, and what was paid before that counts."""

    version: int
    first: int
    principal_before: int
    interest_before: int


def _segments(reader: Reader, loan: Loan, on: date) -> list[_Segment]:
    """The versions that led to the one that holds, without those that were taken back."""
    chain: list[_Segment] = []
    for row in reader.sql(
        "SELECT version, first, principal_before, interest_before FROM loan_schedule"
        " WHERE loan_id = ? AND date <= ? ORDER BY id",
        (loan.id, on.isoformat()),
    ):
        segment = _Segment(*row)
        if segment in chain:
            del chain[chain.index(segment) :]
        chain.append(segment)
    return chain


def _paid_off_on(
    standing: Standing, chain: Sequence[_Segment], movements: Sequence[Movement]
) -> dict[int, date]:
    """The day each instalment was paid off: that of the payment with which what was paid in all reached it.

    Instalments that older books settled have no day here.
    """
    found: dict[int, date] = {}
    for place, segment in enumerate(chain):
        following = chain[place + 1].first if place + 1 < len(chain) else None
        principal, interest = segment.principal_before, segment.interest_before
        for number, _, of_principal, of_interest in standing.rows:
            if number < segment.first or (following is not None and number >= following):
                continue
            principal += of_principal
            interest += of_interest
            on = _reached(movements, principal, interest)
            if on is not None and of_principal + of_interest:
                found[number] = on
    return found


def _reached(movements: Sequence[Movement], principal: int, interest: int) -> date | None:
    for item in movements:
        principal -= item.principal
        interest -= item.interest
        if principal <= 0 and interest <= 0:
            return item.on
    return None
