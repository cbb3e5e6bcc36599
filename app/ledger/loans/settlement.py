"""Settling a loan before its time."""

from datetime import date

from app.base.errors import Refused
from app.ledger.accounts.service import chart_of
from app.ledger.changes import Done, Kind
from app.ledger.entries.commands import ReverseEntry
from app.ledger.entries.post import Posting, post
from app.ledger.loans.commands import PayOffLoan
from app.ledger.loans.movements import Movement
from app.ledger.loans.register import (
    SOURCE,
    LoanState,
    the_loan,
    write_movement,
    write_schedule,
)
from app.ledger.loans.service import memo_text, refuse_day, refuse_not_newest, source_of, take_uses_back
from app.ledger.loans.standing import Row
from app.ledger.loans.tables import loan_transaction
from app.ledger.parties.register import register_of
from app.ledger.transaction import Transaction


def pay_off(tx: Transaction, command: PayOffLoan) -> Done:
    """Take all that settles the loan, the money kept aside first, and end its schedule with it.

    Where more was kept aside than it takes, the rest goes back to the member.
    """
    state = the_loan(tx, command.loan)
    on = command.on
    refuse_day(tx, state, on)
    if state.written_off:
        raise Refused(
            "Loan {loan} was written off.",
            advice="What is still paid on it is recorded as an instalment or with receive-recovery.",
            field="loan",
            loan=state.number,
        )
    key = None
    if on < state.latest_use:
        key, state = take_uses_back(tx, state, on)
    refuse_not_newest(state, on)
    if state.outstanding == 0:
        raise Refused(
            "The principal of loan {loan} is paid.",
            advice="What is left of interest or penalty is paid like an instalment.",
            field="loan",
            loan=state.number,
        )
    state.penalty_at(tx, on)
    cost = state.cost(on, command.variant)
    if command.interest is not None:
        cost = cost._replace(interest=command.interest)
    if command.penalty is not None:
        cost = cost._replace(penalty=command.penalty)
    party = register_of(tx).by_id[state.party]
    source = source_of(tx, party, cost.to_pay, on, command.account, command.from_savings)
    role = chart_of(tx).by_role
    posted = post(
        tx,
        on=on,
        memo=command.memo or memo_text(state.number, "pelunasan"),
        postings=[
            source.posting,
            Posting(role["loan_held"].id, cost.held, state.party),
            state.principal_posting(tx, -cost.principal),
            *state.interest_postings(tx, cost.interest, last=True),
            Posting(role["loan_penalty"].id, -cost.penalty),
        ],
        source=SOURCE,
        series="AS",
        number=command.number,
        party=state.party,
        controls=source.controls,
    )
    source.written(tx, posted.id, on)
    state.write_received(tx, posted.id, on, cost.interest, last=True)
    rows, before = ended(state, on, cost.principal, cost.interest)
    write_schedule(tx, state, posted.id, on, rows, rows[-1].number, *before)
    paid = Movement(
        tx.next_id(loan_transaction) if key is None else key,
        posted.id,
        on,
        "payoff",
        0,
        cost.principal,
        cost.interest,
        cost.penalty,
        -cost.held,
    )
    write_movement(tx, state, paid)
    tx.changed(Kind.LOAN, state.id)
    value = {
        "entry": posted.id,
        "loan": state.number,
        "principal": cost.principal,
        "interest": cost.interest,
        "penalty": cost.penalty,
        "held": -cost.held,
        "paid": cost.to_pay,
        "outstanding": state.outstanding,
    }
    return Done(number=posted.number, value=value, undo=ReverseEntry(entry=posted.id))


def ended(
    state: LoanState, on: date, of_principal: int, of_interest: int
) -> tuple[list[Row], tuple[int, int]]:
    """The schedule with what ends the loan as its last instalment, and what was paid before that one.

    What was already paid on the instalment it takes the place of belongs to it.
    """
    number = state.open()[0].number
    kept = [row for row in state.rows if row.number < number]
    counted = [row for row in kept if row.number >= state.first]
    principal_before = state.principal_before + sum(row.principal for row in counted)
    interest_before = state.interest_before + sum(row.interest for row in counted)
    last = Row(
        number,
        on,
        of_principal + state.principal - principal_before,
        of_interest + state.interest - interest_before,
    )
    return [*kept, last], (principal_before, interest_before)
