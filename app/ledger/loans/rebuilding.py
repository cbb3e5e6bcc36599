"""What was recorded on a loan as the command that would record it, by trying what it would do to the loan then."""

from dataclasses import replace
from typing import Any

from app.base.errors import Refused
from app.ledger.command import Command
from app.ledger.entries.rebuilding import Head, head_of, lines_of, memo_given, money_of, number_given
from app.ledger.loans.commands import Excess, ReceiveInstalment
from app.ledger.loans.register import LoanState, read_loans
from app.ledger.loans.restructuring_again import restructuring_again
from app.ledger.loans.service import Plan, plan_payment
from app.ledger.loans.standing import Row
from app.ledger.reader import Reader, day

# Principal, interest, penalty and what was kept aside, and the schedule that the payment made.
_Done = tuple[int, int, int, int, tuple[Row, ...] | None]


def loan_record_again(reader: Reader, entry: int) -> Command | None:
    """What records an entry on a loan anew: a payment or a restructuring; None where no command does the same."""
    return instalment_again(reader, entry) or restructuring_again(reader, entry)


def instalment_again(reader: Reader, entry: int) -> ReceiveInstalment | None:
    """The payment; None for what is no instalment, and where no command does the same to the loan."""
    rows = reader.sql(
        "SELECT loan_id, kind, principal, interest, penalty, held FROM loan_transaction WHERE entry_id = ?",
        (entry,),
    )
    if len(rows) != 1 or rows[0][1] != "instalment":
        return None
    loan, _, principal, interest, penalty, held = rows[0]
    state = read_loans(reader, " WHERE l.id = ?", (loan,), before=entry)[0]
    head = head_of(reader, entry)
    whole = ReceiveInstalment(
        loan=state.number,
        amount=principal + interest + penalty + held,
        on=head.on,
        penalty=penalty,
        number=number_given(reader, head, "AS"),
        **_source(reader, entry),
    )
    done = principal, interest, penalty, held, _schedule_made(reader, loan, entry)
    return _as_it_falls_due(state, head, whole, done) or _as_it_was_parted(state, head, whole, done)


def _as_it_falls_due(
    state: LoanState, head: Head, whole: ReceiveInstalment, done: _Done
) -> ReceiveInstalment | None:
    """The amount alone, with what became of the rest where there was one."""
    found: dict[Excess, Plan] = {}
    for excess in (state.excess, *Excess):
        plan = _plan(state, replace(whole, excess=excess))
        if plan is not None and _what(plan) == done:
            found.setdefault(excess, plan)
    if not found:
        return None
    excess, plan = next(iter(found.items()))
    # Where any choice does the same there was no rest to choose for.
    chosen = None if len(found) == len(Excess) else excess
    return replace(whole, excess=chosen, memo=memo_given(head, plan.memo))


def _as_it_was_parted(
    state: LoanState, head: Head, whole: ReceiveInstalment, done: _Done
) -> ReceiveInstalment | None:
    """The parts, where a person said them."""
    parted = replace(whole, principal=done[0], interest=done[1]) if not done[3] else None
    plan = _plan(state, parted) if parted else None
    if parted is None or plan is None or _what(plan) != done:
        return None
    return replace(parted, memo=memo_given(head, plan.memo))


def _plan(state: LoanState, command: ReceiveInstalment) -> Plan | None:
    try:
        # The penalty is said, so what there is of it makes no difference.
        return plan_payment(state, command, (), 0)
    except Refused:
        return None


def _what(plan: Plan) -> _Done:
    return plan.principal, plan.interest, plan.penalty, plan.held, plan.lowered


def _source(reader: Reader, entry: int) -> dict[str, Any]:
    """Where the money came from: a cash or bank account, or the member's savings."""
    saved = reader.sql(
        "SELECT CASE a.number WHEN '' THEN p.code ELSE a.number END FROM savings_movement AS m"
        " JOIN savings_account AS a ON a.id = m.savings_account_id"
        " JOIN savings_product AS p ON p.id = a.product_id WHERE m.entry_id = ?",
        (entry,),
    )
    if saved:
        return {"from_savings": saved[0][0]}
    return {"account": money_of(lines_of(reader, entry))[0].account.code}


def _schedule_made(reader: Reader, loan: int, entry: int) -> tuple[Row, ...] | None:
    rows = reader.sql(
        "SELECT i.number, i.due, i.principal, i.interest FROM loan_schedule AS s"
        " JOIN loan_instalment AS i ON i.loan_id = s.loan_id AND i.version = s.version"
        " WHERE s.loan_id = ? AND s.entry_id = ? ORDER BY i.number",
        (loan, entry),
    )
    return tuple(Row(number, day(due), *parts) for number, due, *parts in rows) or None
