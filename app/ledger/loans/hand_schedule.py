"""What a schedule made by hand is, and when it fits its loan."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from app.base.errors import UserError
from app.ledger.command import Amount, Count


@dataclass(frozen=True, slots=True, kw_only=True)
class HandInstalment:
    """One instalment of a schedule made by hand, rupiah, with what older books had received on it."""

    number: Count
    due: date
    principal: Amount
    interest: Amount = 0
    principal_paid: Amount = 0
    interest_paid: Amount = 0


class _WithSchedule(Protocol):
    """A command that brings a loan."""

    @property
    def principal(self) -> int:
        """Rupiah."""

    @property
    def term(self) -> int:
        """Number of instalments."""

    @property
    def schedule(self) -> tuple[HandInstalment, ...]:
        """The rows made by hand; none where the terms make them."""


def check_by_hand(command: _WithSchedule, start: date, outstanding: int | None) -> None:
    """Raise UserError where a schedule made by hand does not fit the loan; `outstanding`: of a running one."""
    items = command.schedule
    if not items:
        return
    if [item.number for item in items] != list(range(1, command.term + 1)):
        raise UserError(
            "The schedule made by hand has {count} rows, the loan {term} instalments.",
            advice="Give every instalment its row, numbered from 1.",
            field="term",
            count=len(items),
            term=command.term,
        )
    whole = sum(item.principal for item in items)
    if whole != command.principal:
        raise UserError(
            "The principals of the schedule add up to {whole:rp}, the loan is {principal:rp}.",
            field="principal",
            whole=whole,
            principal=command.principal,
        )
    before = start
    for item in items:
        if item.due <= before and (item.number > 1 or item.due < start):
            raise UserError(
                "Instalment {number} is due on {due}, not after {before}.",
                advice="Due dates rise from one instalment to the next.",
                field="schedule",
                number=item.number,
                due=item.due,
                before=before,
            )
        before = item.due
        if not 0 <= item.principal_paid <= item.principal or not 0 <= item.interest_paid <= item.interest:
            raise UserError(
                "Of instalment {number} more is paid than it comes to.", field="schedule", number=item.number
            )
    paid = sum(item.principal_paid for item in items)
    if outstanding is None and any(item.principal_paid or item.interest_paid for item in items):
        raise UserError("Nothing can be paid yet on a new loan.", field="schedule")
    if outstanding is not None and command.principal - paid != outstanding:
        raise UserError(
            "By its schedule {left:rp} of principal is left, not {outstanding:rp}.",
            advice="Principal less what was paid on each instalment is the principal left.",
            field="outstanding",
            left=command.principal - paid,
            outstanding=outstanding,
        )
