"""Receiving instalments, and putting money paid ahead to the instalments it was kept for.

What is too much stays in 2-1501 until the next due date. Nothing posts by itself, so that money goes to its
instalment with the next thing that happens to the loan, or by ApplyHeldPayments; the entry bears the due
date, so that interest is earned in its own month.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from app.base.errors import Bug, Refused
from app.ledger.accounts.service import account_for, chart_of
from app.ledger.changes import Done, Kind
from app.ledger.command import Command
from app.ledger.entries.commands import ReverseEntries, ReverseEntry
from app.ledger.entries.post import Posted, Posting, post
from app.ledger.entries.service import find_entry, reverse
from app.ledger.loans.commands import (
    Allocation,
    ApplyHeldPayments,
    Excess,
    ReceiveInstalment,
    ReceiveRecovery,
)
from app.ledger.loans.movements import Movement, standing_movements
from app.ledger.loans.register import (
    CONTROLS,
    SOURCE,
    WITH_SAVINGS,
    LoanState,
    loans_of,
    movements_of,
    the_loan,
    write_movement,
    write_schedule,
)
from app.ledger.loans.schedule import Keep
from app.ledger.loans.standing import Open, Row, allocate
from app.ledger.loans.tables import loan_transaction
from app.ledger.parties.register import PartyRow, register_of
from app.ledger.periods.locks import locked_months, refuse_locked
from app.ledger.savings.register import savings_of
from app.ledger.savings.service import Planned, withdraw_for, write
from app.ledger.transaction import Transaction

_KEEP = {Excess.TERM: Keep.INSTALMENT, Excess.INSTALMENT: Keep.TERM}
"""A shorter term keeps the instalments; smaller instalments keep the term."""


class HeldUse(NamedTuple):
    """Money kept aside that goes to instalments on a day. `first` and `last` are their numbers."""

    on: date
    principal: int
    interest: int
    first: int
    last: int


class Plan(NamedTuple):
    """What a payment will do. `lowered` is the schedule it makes, where it makes one."""

    principal: int
    interest: int
    penalty: int
    held: int
    memo: str
    lowered: tuple[Row, ...] | None = None
    first: int = 0


class Source(NamedTuple):
    """Where the money comes from (or, for a negative amount, goes to)."""

    posting: Posting
    savings: Planned | None

    def written(self, tx: Transaction, entry: int, on: date) -> None:
        """Write the movement of the savings that paid, if they did."""
        if self.savings is not None:
            write(tx, self.savings, entry, on)

    @property
    def controls(self) -> frozenset[str]:
        """The control accounts its entry touches."""
        return CONTROLS if self.savings is None else WITH_SAVINGS


def receive(tx: Transaction, command: ReceiveInstalment) -> Done:
    """Record a payment: due instalments first, then the penalty known, then what is too much."""
    state = the_loan(tx, command.loan)
    on = command.on
    refuse_day(tx, state, on)
    if state.written_off:
        return recover(tx, state, command)
    key = None
    if on < state.latest_use and not command.split and (command.excess or state.excess) in _KEEP:
        key, state = take_uses_back(tx, state, on)
    uses = plan_held(tx, state, on, on) if state.held else []
    plan = plan_payment(state, command, uses, state.penalty_at(tx, on))
    if plan.lowered is not None:
        refuse_not_newest(state, on)
    source = source_of(
        tx, register_of(tx).by_id[state.party], command.amount, on, command.account, command.from_savings
    )
    before = [use_held(tx, state, use).id for use in uses]
    posted = _post_payment(tx, state, command, plan, source, key)
    if plan.lowered is not None:
        write_schedule(tx, state, posted.id, on, plan.lowered, plan.first, state.principal, state.interest)
    if command.apply_held and state.held:
        settle_held(tx, state, tx.today)
    value = {
        "entry": posted.id,
        "loan": state.number,
        "principal": plan.principal,
        "interest": plan.interest,
        "penalty": plan.penalty,
        "held": plan.held,
        "outstanding": state.outstanding,
    }
    undo: Command = ReverseEntry(entry=posted.id)
    if before:
        undo = ReverseEntries(entries=(posted.id, *reversed(before)))
    return Done(number=posted.number, value=value, undo=undo)


def receive_recovery(tx: Transaction, command: ReceiveRecovery) -> Done:
    """Record a payment on a loan that was written off."""
    state = the_loan(tx, command.loan)
    refuse_day(tx, state, command.on)
    if not state.written_off:
        raise Refused(
            "Loan {loan} was not written off.",
            advice="Record the payment as an instalment.",
            field="loan",
            loan=state.number,
        )
    return recover(tx, state, command)


def recover(tx: Transaction, state: LoanState, command: ReceiveInstalment | ReceiveRecovery) -> Done:
    """Take what is paid on a loan written off as income, at most the claim that is left."""
    interest, penalty = tx.sql(
        "SELECT interest, penalty FROM loan_write_off WHERE loan_id = ? ORDER BY entry_id DESC LIMIT 1",
        (state.id,),
    )[0]
    left = state.written_off + interest + penalty - state.recovered
    if command.amount > left:
        raise Refused(
            "{amount:rp} is more than the {left:rp} that is left to claim on loan {loan}, written off.",
            advice="Record at most what is left.",
            field="amount",
            amount=command.amount,
            left=left,
            loan=state.number,
        )
    source = source_of(
        tx,
        register_of(tx).by_id[state.party],
        command.amount,
        command.on,
        command.account,
        command.from_savings,
    )
    posted = post(
        tx,
        on=command.on,
        memo=command.memo or memo_text(state.number, "pemulihan pinjaman hapus buku"),
        postings=[source.posting, Posting(account_for(tx, "loan_recovery").id, -command.amount)],
        source=SOURCE,
        series="AS",
        number=command.number,
        party=state.party,
        controls=source.controls,
    )
    source.written(tx, posted.id, command.on)
    came = Movement(tx.next_id(loan_transaction), posted.id, command.on, "recovery", recovered=command.amount)
    write_movement(tx, state, came)
    tx.changed(Kind.LOAN, state.id)
    value = {
        "entry": posted.id,
        "loan": state.number,
        "principal": 0,
        "interest": 0,
        "penalty": 0,
        "held": 0,
        "recovered": command.amount,
        "claim": left - command.amount,
        "outstanding": state.outstanding,
    }
    return Done(number=posted.number, value=value, undo=ReverseEntry(entry=posted.id))


def apply_held(tx: Transaction, command: ApplyHeldPayments) -> Done:
    """Use the money paid ahead on all loans for what has fallen due."""
    refuse_locked(locked_months(tx), command.on)
    entries: list[int] = []
    amount = loans = 0
    for state in loans_of(tx).all(tx):
        before = state.held
        posted = settle_held(tx, state, command.on) if before else []
        entries += [item.id for item in posted]
        amount += before - state.held
        loans += bool(posted)
    undo = ReverseEntries(entries=tuple(reversed(entries))) if entries else None
    return Done(value={"loans": loans, "amount": amount}, undo=undo)


def settle_held(tx: Transaction, state: LoanState, through: date) -> list[Posted]:
    """Put money kept aside to the instalments due `through` a day."""
    return [use_held(tx, state, use) for use in plan_held(tx, state, through, through)]


def take_uses_back(tx: Transaction, state: LoanState, on: date) -> tuple[int, LoanState]:
    """The loan before money kept aside met due dates after `on`, and the key for the movement it makes way for.

    What changes the schedule starts from there; the money meets its due dates again under the new one. By
    that key, given first, the movement knows what to bring back when it is taken back (`taken_along`).
    """
    key = tx.next_id(loan_transaction)
    for item in reversed(standing_movements(movements_of(tx, state.id))):
        if item.on > on and item.kind == "held":
            reverse(tx, find_entry(tx, "", item.entry))
    return key, loans_of(tx).keyed(tx, state.id)


def refuse_not_newest(state: LoanState, on: date) -> None:
    """What changes the schedule must be the newest that is recorded on a loan."""
    if on < state.latest:
        raise Refused(
            "Something later than {on} is recorded on loan {loan}: on {latest}.",
            advice="Give that day or a later one, or take the later ones back first.",
            field="on",
            on=on,
            loan=state.number,
            latest=state.latest,
        )


def plan_held(tx: Transaction, state: LoanState, through: date, otherwise: date) -> list[HeldUse]:
    """Which instalments due `through` a day the money kept aside pays, and on which days.

    On the due date, or on the day of the newest movement where that is later; on the day `otherwise` where
    that month is closed.
    """
    locked = locked_months(tx)
    held = state.held
    uses: list[HeldUse] = []
    for item in state.open():
        if held <= 0 or item.due > through:
            break
        interest = min(held, item.interest)
        principal = min(held - interest, item.principal)
        held -= interest + principal
        on = max(item.due, state.latest)
        if on.isoformat()[:7] in locked:
            on = max(on, otherwise)
        if uses and uses[-1].on >= on:
            last = uses.pop()
            principal, interest = principal + last.principal, interest + last.interest
            uses.append(HeldUse(last.on, principal, interest, last.first, item.number))
        else:
            uses.append(HeldUse(on, principal, interest, item.number, item.number))
    return [use for use in uses if use.on.isoformat()[:7] not in locked]


def refuse_day(tx: Transaction, state: LoanState, on: date) -> None:
    """Raise Refused where nothing can be paid on this day."""
    refuse_locked(locked_months(tx), on)
    if state.running_since is not None and on <= state.running_since:
        raise Refused(
            "Loan {loan} was taken over at the close of {since}; payments up to that day are in its balance.",
            advice="Give a later date, or correct the balance taken over.",
            field="on",
            loan=state.number,
            since=state.running_since,
        )
    if on < state.disbursed_on:
        raise Refused(
            "Loan {loan} was paid out on {since}, after the payment of {on}.",
            advice="Check the date and the loan's number.",
            field="on",
            loan=state.number,
            since=state.disbursed_on,
            on=on,
        )
    if on < state.changed_on:
        raise Refused(
            "The schedule of loan {loan} was changed on {changed}; an earlier payment would upset it.",
            advice="Give that date or a later one, or take the change back first.",
            field="on",
            loan=state.number,
            changed=state.changed_on,
        )


def source_of(
    tx: Transaction, party: PartyRow, amount: int, on: date, account: str, from_savings: str
) -> Source:
    """The posting that brings the money: from cash or bank, or from the member's own savings."""
    text = from_savings.strip()
    if not text:
        return Source(Posting(chart_of(tx).money_account(account).id, amount), None)
    if amount <= 0:
        raise Refused("There is nothing to pay from savings.", field="from_savings")
    register = savings_of(tx)
    numbered = [item for item in register.of_party(party.id) if item.number.casefold() == text.casefold()]
    product = register.products[numbered[0].product] if numbered else text
    planned = withdraw_for(
        tx,
        party,
        product,
        amount,
        on,
        savings_number=numbered[0].number if numbered else "",
        field="from_savings",
    )
    return Source(planned.posting, planned)


def instalments_text(first: int | None, last: int | None, *, whole: bool = True) -> str:
    """Which instalments a payment was for, as the statement says it."""
    if first is None or last is None:
        return ""
    numbers = f"ke-{first}" if first == last else f"ke-{first} s.d. ke-{last}"
    return f"Angsuran {numbers}" if whole else f"Angsuran {numbers}, sebagian"


def memo_text(number: str, *parts: str) -> str:
    """A memo with the loan's number at its end."""
    said = ", ".join(part for part in parts if part)
    return f"{said[:1].upper()}{said[1:]} ({number})"


def plan_payment(
    state: LoanState, command: ReceiveInstalment, uses: Sequence[HeldUse], penalty_due: int
) -> Plan:
    """Allocate a payment on top of the money kept aside that is used before it."""
    principal_first = state.allocation is Allocation.PRINCIPAL
    principal = state.principal + sum(use.principal for use in uses)
    interest = state.interest + sum(use.interest for use in uses)
    opened = state.open_at(principal, interest)
    if command.split:
        return _given(state, command, opened, state.disbursed - principal)
    if not opened and not penalty_due and not command.penalty:
        raise Refused("Loan {loan} is paid off.", field="loan", loan=state.number)
    given = command.penalty
    if given is None and state.allocation is Allocation.PENALTY:
        given = min(command.amount, penalty_due)
    amount = command.amount - (given or 0)
    # A payment recorded late goes to what was due when the newer ones were recorded.
    due = allocate(opened, amount, max(command.on, state.latest), principal_first=principal_first)
    left = due.left
    penalty = min(left, penalty_due) if given is None else given
    left -= penalty if given is None else 0
    said = instalments_text(due.first, due.last, whole=due.whole)
    penalty_said = "denda" if penalty else ""
    if not left:
        return Plan(due.principal, due.interest, penalty, 0, memo_text(state.number, said, penalty_said))
    excess = command.excess or state.excess
    rest = state.open_at(principal + due.principal, interest + due.interest)
    if excess is Excess.HOLD:
        held = state.held - sum(use.principal + use.interest for use in uses)
        _refuse_too_much(state, command, left + held - sum(item.total for item in rest), opened)
        memo = memo_text(state.number, said, penalty_said, "titipan angsuran")
        return Plan(due.principal, due.interest, penalty, left, memo)
    # An instalment already begun is completed first, also where the rest lowers the principal.
    ahead = allocate(
        rest if excess is Excess.NEXT else [item for item in rest if item.begun],
        left,
        principal_first=principal_first,
    )
    principal_paid = due.principal + ahead.principal
    interest_paid = due.interest + ahead.interest
    first = ahead.first if due.first is None else due.first
    last = due.last if ahead.last is None else ahead.last
    whole = due.whole if ahead.last is None else ahead.whole
    said = instalments_text(first, last, whole=whole)
    if excess is Excess.NEXT or not ahead.left:
        _refuse_too_much(state, command, ahead.left, opened)
        memo = memo_text(state.number, said, penalty_said)
        return Plan(principal_paid, interest_paid, penalty, 0, memo)
    outstanding = state.disbursed - principal - principal_paid - ahead.left
    _refuse_too_much(state, command, -outstanding, opened)
    still = state.open_at(principal + principal_paid, interest + interest_paid)
    if not still:
        raise Bug(f"loan {state.number} has principal left and no instalment for it")
    done = still[0].number - 1
    lowered = (
        *(row for row in state.rows if row.number <= done),
        *state.agreed.lowered(state.rows, done, outstanding, _KEEP[excess]),
    )
    memo = memo_text(state.number, said, penalty_said, "tambahan pokok")
    return Plan(principal_paid + ahead.left, interest_paid, penalty, 0, memo, lowered, done + 1)


def _given(state: LoanState, command: ReceiveInstalment, opened: list[Open], outstanding: int) -> Plan:
    """What the person said is principal, interest and penalty."""
    principal = command.principal or 0
    if principal > outstanding:
        raise Refused(
            "Loan {loan} has {outstanding:rp} of principal left; {principal:rp} is more.",
            advice="Correct the principal, or leave the parts empty and they are worked out.",
            field="principal",
            loan=state.number,
            outstanding=outstanding,
            principal=principal,
        )
    penalty = command.penalty or 0
    of_instalments = principal + (command.interest or 0)
    said = instalments_text(opened[0].number, opened[0].number) if opened and of_instalments else ""
    memo = memo_text(state.number, said or ("angsuran" if of_instalments else ""), "denda" if penalty else "")
    return Plan(principal, command.interest or 0, penalty, 0, memo)


def _refuse_too_much(state: LoanState, command: ReceiveInstalment, over: int, opened: list[Open]) -> None:
    if over <= 0:
        return
    due = allocate(opened, sum(item.total for item in opened), command.on)
    raise Refused(
        "{amount:rp} is {over:rp} more than all that is left of loan {loan}: principal {principal:rp},"
        " interest due {interest:rp}, penalty {penalty:rp}.",
        advice="Settle the loan with pay-off-loan, or record at most what is left.",
        field="amount",
        amount=command.amount,
        over=over,
        loan=state.number,
        principal=sum(item.principal for item in opened),
        interest=due.interest,
        penalty=state.penalty_due,
    )


def _post_payment(
    tx: Transaction,
    state: LoanState,
    command: ReceiveInstalment,
    plan: Plan,
    source: Source,
    key: int | None,
) -> Posted:
    role = chart_of(tx).by_role
    posted = post(
        tx,
        on=command.on,
        memo=command.memo or plan.memo,
        postings=[
            source.posting,
            state.principal_posting(tx, -plan.principal),
            *state.interest_postings(tx, plan.interest),
            Posting(role["loan_penalty"].id, -plan.penalty),
            Posting(role["loan_held"].id, -plan.held, state.party),
        ],
        source=SOURCE,
        series="AS",
        number=command.number,
        party=state.party,
        controls=source.controls,
    )
    source.written(tx, posted.id, command.on)
    state.write_received(tx, posted.id, command.on, plan.interest)
    paid = Movement(
        tx.next_id(loan_transaction) if key is None else key,
        posted.id,
        command.on,
        "instalment",
        0,
        plan.principal,
        plan.interest,
        plan.penalty,
        plan.held,
    )
    write_movement(tx, state, paid)
    tx.changed(Kind.LOAN, state.id)
    return posted


def use_held(tx: Transaction, state: LoanState, use: HeldUse) -> Posted:
    """Put money kept aside to instalments on a day."""
    role = chart_of(tx).by_role
    amount = use.principal + use.interest
    posted = post(
        tx,
        on=use.on,
        memo=memo_text(state.number, instalments_text(use.first, use.last), "dari titipan"),
        postings=[
            Posting(role["loan_held"].id, amount, state.party),
            state.principal_posting(tx, -use.principal),
            *state.interest_postings(tx, use.interest),
        ],
        source=SOURCE,
        series="AS",
        party=state.party,
        controls=CONTROLS,
    )
    state.write_received(tx, posted.id, use.on, use.interest)
    used = Movement(
        tx.next_id(loan_transaction), posted.id, use.on, "held", 0, use.principal, use.interest, 0, -amount
    )
    write_movement(tx, state, used)
    tx.changed(Kind.LOAN, state.id)
    return posted
