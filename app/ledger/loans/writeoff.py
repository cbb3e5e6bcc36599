"""Writing a loan off, and letting a penalty go.

A write-off takes the principal out of the books: money kept aside pays what it can, the allowance (1-1209) bears the
rest as far as it reaches, and what it lacks is expense (6-2006). The loan stays in the register with its claim, and
what is paid on it later is income (`service.recover`).
"""

from datetime import date

from app.base.errors import Refused
from app.ledger.accounts.service import account_for, chart_of
from app.ledger.changes import Done, Kind
from app.ledger.entries.commands import ReverseEntry
from app.ledger.entries.post import Posting, post
from app.ledger.loans.commands import RestorePenalty, WaivePenalty, WriteOffLoan
from app.ledger.loans.movements import Movement
from app.ledger.loans.penalties import waived
from app.ledger.loans.quality import stands_through
from app.ledger.loans.register import CONTROLS, SOURCE, the_loan, write_movement, write_schedule
from app.ledger.loans.service import memo_text, refuse_day, refuse_not_newest, take_uses_back
from app.ledger.loans.settlement import ended
from app.ledger.loans.tables import loan_transaction, loan_waiver, loan_write_off
from app.ledger.transaction import Transaction


def write_off(tx: Transaction, command: WriteOffLoan) -> Done:
    """Take a loan out of the books; its schedule ends on that day."""
    state = the_loan(tx, command.loan)
    on = command.on
    refuse_day(tx, state, on)
    if state.written_off:
        raise Refused("Loan {loan} was written off.", field="loan", loan=state.number)
    key = None
    if on < state.latest_use:
        key, state = take_uses_back(tx, state, on)
    refuse_not_newest(state, on)
    used = min(state.held, state.outstanding)
    loss = state.outstanding - used
    if not loss:
        raise Refused(
            "There is nothing to write off on loan {loan}.",
            advice="Where money kept aside covers it, settle the loan.",
            field="loan",
            loan=state.number,
        )
    penalty = state.penalty_at(tx, on)
    interest = sum(item.interest for item in state.open())
    borne = min(loss, max(stands_through(tx, on), 0))
    principal = state.outstanding
    role = chart_of(tx).by_role
    posted = post(
        tx,
        on=on,
        memo=command.memo or memo_text(state.number, "hapus buku pinjaman"),
        postings=[
            Posting(role["loan_held"].id, used, state.party),
            Posting(account_for(tx, "loan_allowance").id, borne),
            Posting(account_for(tx, "loan_allowance_cost").id, loss - borne),
            state.principal_posting(tx, -principal),
            *state.interest_postings(tx, 0, last=True),
        ],
        source=SOURCE,
        number=command.number,
        party=state.party,
        controls=CONTROLS,
    )
    state.write_received(tx, posted.id, on, 0, last=True)
    rows, before = ended(state, on, principal, 0)
    write_schedule(tx, state, posted.id, on, rows, rows[-1].number, *before)
    gone = Movement(
        tx.next_id(loan_transaction) if key is None else key,
        posted.id,
        on,
        "writeoff",
        principal=principal,
        held=-used,
    )
    write_movement(tx, state, gone)
    tx.insert_tuple(loan_write_off, (posted.id, state.id, command.reason.strip(), interest, penalty))
    tx.changed(Kind.LOAN, state.id)
    value = {
        "entry": posted.id,
        "loan": state.number,
        "written_off": loss,
        "held": -used,
        "from_allowance": borne,
        "expense": loss - borne,
        "claim": loss + interest + penalty,
    }
    return Done(number=posted.number, value=value, undo=ReverseEntry(entry=posted.id))


def waive_penalty(tx: Transaction, command: WaivePenalty) -> Done:
    """Let a penalty go, all that is due or a part of it."""
    state = the_loan(tx, command.loan)
    due = state.penalty_at(tx, command.on)
    amount = due if command.amount is None else command.amount
    if not due or amount > due:
        raise Refused(
            "The penalty due on loan {loan} on {on} is {due:rp}.",
            advice="No more than that can be let go.",
            field="amount",
            loan=state.number,
            on=command.on,
            due=due,
        )
    _write(tx, state.id, command.on, amount, command.reason.strip())
    undo = RestorePenalty(loan=state.number, on=command.on, amount=amount, reason=command.reason.strip())
    value = {"loan": state.number, "waived": amount, "penalty": due - amount}
    return Done(number=state.number, value=value, undo=undo)


def restore_penalty(tx: Transaction, command: RestorePenalty) -> Done:
    """Undo of letting go."""
    state = the_loan(tx, command.loan)
    if command.amount > waived(tx, state.id, command.on):
        raise Refused("No such penalty was let go on loan {loan}.", loan=state.number)
    _write(tx, state.id, command.on, -command.amount, command.reason)
    undo = WaivePenalty(loan=state.number, on=command.on, amount=command.amount, reason=command.reason)
    return Done(number=state.number, value={"loan": state.number}, undo=undo)


def _write(tx: Transaction, loan: int, on: date, amount: int, reason: str) -> None:
    tx.insert_tuple(loan_waiver, (tx.next_id(loan_waiver), loan, on.isoformat(), amount, reason))
    tx.changed(Kind.LOAN, loan)
