"""Schedules made by hand: their rows are kept as they were agreed, and what is left of them is the loan's schedule."""

from collections.abc import Sequence
from datetime import date

from app.base.errors import UserError
from app.ledger.loans.commands import DisburseLoan, TakeOverLoan
from app.ledger.loans.hand_schedule import HandInstalment
from app.ledger.loans.register import LoanState
from app.ledger.loans.standing import Row
from app.ledger.loans.tables import loan_hand_instalment
from app.ledger.transaction import Transaction


def rows_left(items: Sequence[HandInstalment]) -> tuple[list[Row], int]:
    """What is left of each instalment, and the number of the first that is not wholly paid.

    Those before it keep what was agreed: older books received it.
    """
    first = next(
        (
            item.number
            for item in items
            if (item.principal_paid, item.interest_paid) != (item.principal, item.interest)
        ),
        len(items) + 1,
    )
    rows = [
        Row(item.number, item.due, item.principal, item.interest)
        if item.number < first
        else Row(
            item.number, item.due, item.principal - item.principal_paid, item.interest - item.interest_paid
        )
        for item in items
    ]
    return rows, first


def refuse_other_arrears(command: TakeOverLoan, rows: Sequence[Row], first: int) -> tuple[int, int]:
    """Principal and interest behind by the rows; UserError where the command says otherwise."""
    due = [row for row in rows if row.number >= first and row.due <= command.as_of]
    late = sum(row.principal for row in due), sum(row.interest for row in due)
    since: date | None = next((row.due for row in due if row.principal or row.interest), None)
    given = (
        ("arrears_principal", command.arrears_principal, late[0]),
        ("arrears_interest", command.arrears_interest, late[1]),
    )
    for field, said, found in given:
        if said is not None and said != found:
            raise UserError(
                "By its schedule {found:rp} of the loan is behind on {as_of}, not {said:rp}.",
                advice="Correct the schedule or the arrears; left empty, the schedule says them.",
                field=field,
                found=found,
                as_of=command.as_of,
                said=said,
            )
    if command.arrears_since is not None and command.arrears_since != since:
        raise UserError(
            "By its schedule the loan is not behind since {said}.",
            advice="Correct the schedule or the date; left empty, the schedule says it.",
            field="arrears_since",
            said=command.arrears_since,
        )
    if command.paid_through is not None and command.paid_through != first - 1:
        raise UserError(
            "By its schedule {count} instalments are wholly paid, not {said}.",
            advice="Correct the schedule or the number; left empty, the schedule says it.",
            field="paid_through",
            count=first - 1,
            said=command.paid_through,
        )
    return late


def write_by_hand(tx: Transaction, state: LoanState, command: DisburseLoan | TakeOverLoan) -> None:
    """Keep the rows of a schedule made by hand, where the loan has one."""
    for item in command.schedule:
        tx.insert_tuple(
            loan_hand_instalment,
            (
                state.id,
                item.number,
                item.due.isoformat(),
                item.principal,
                item.interest,
                item.principal_paid,
                item.interest_paid,
            ),
        )
    state.by_hand = bool(command.schedule)
