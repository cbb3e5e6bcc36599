"""Restructuring a loan: from a day on the principal left is paid by a new schedule, under new terms.

The old schedule, its terms and what was paid on it stay in the book. Interest that is behind stays due on its own due
dates and is paid first, or it becomes principal: then it is income of that day (what stood on 1-1211 is used first),
and the new schedule pays it back. An instalment not due yet that is wholly paid stays paid; interest paid ahead on one
that is not counts for the new schedule. Principal behind is no longer due: the new schedule is over all that is left.
"""

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from app.base.errors import Refused, UserError
from app.ledger.changes import Done, Kind
from app.ledger.command import Command
from app.ledger.entries.commands import ReverseEntries, ReverseEntry
from app.ledger.entries.post import post
from app.ledger.loans.agreed import Agreed, Restructured
from app.ledger.loans.lending import warnings
from app.ledger.loans.movements import Movement
from app.ledger.loans.quality import read_quality
from app.ledger.loans.reading import find_loan
from app.ledger.loans.register import (
    CONTROLS,
    SOURCE,
    LoanState,
    the_loan,
    write_movement,
    write_schedule,
)
from app.ledger.loans.restructure_command import ArrearsInterest, RestructureLoan, Restructuring
from app.ledger.loans.schedule import LoanTerms, due_dates, schedule
from app.ledger.loans.service import (
    memo_text,
    plan_held,
    refuse_day,
    refuse_not_newest,
    take_uses_back,
    use_held,
)
from app.ledger.loans.standing import Row, Standing
from app.ledger.loans.tables import loan_restructuring, loan_transaction
from app.ledger.transaction import Transaction

MEMOS = {
    Restructuring.RESCHEDULING: "penjadwalan kembali",
    Restructuring.RECONDITIONING: "persyaratan kembali",
    Restructuring.RESTRUCTURING: "penataan kembali",
}


class NewSchedule(NamedTuple):
    """What a restructuring makes: the rows kept of the old schedule with the new ones after number `base`.

    `claim` is the interest behind that stays due, `capitalised` the one that becomes principal, rupiah.
    """

    rows: tuple[Row, ...]
    base: int
    terms: LoanTerms
    claim: int
    capitalised: int


def restructure(tx: Transaction, command: RestructureLoan) -> Done:
    """Let a new schedule over the principal left hold from a day on."""
    state = the_loan(tx, command.loan)
    on = command.on
    refuse_day(tx, state, on)
    key = None
    if on < state.latest_use:
        key, state = take_uses_back(tx, state, on)
    refuse_not_newest(state, on)
    used = [use_held(tx, state, use).id for use in plan_held(tx, state, on, on)] if state.held else []
    made = new_schedule(state, state.agreed, command)
    # As it stood before: both the class and the penalty that had come up.
    class_ = read_quality(tx).class_of(find_loan(tx, state.number, on), on)
    came_up = state.came_up(on)
    left = state.outstanding
    posted = post(
        tx,
        on=on,
        memo=command.memo or memo_text(state.number, MEMOS[command.kind]),
        postings=[
            state.principal_posting(tx, left + made.capitalised),
            state.principal_posting(tx, -left),
            *(state.interest_postings(tx, made.capitalised) if made.capitalised else ()),
        ],
        source=SOURCE,
        number=command.number,
        party=state.party,
        controls=CONTROLS,
    )
    state.write_received(tx, posted.id, on, made.capitalised)
    before = state.first, state.principal_before, state.interest_before
    write_schedule(tx, state, posted.id, on, made.rows, *before)
    moved = Movement(
        tx.next_id(loan_transaction) if key is None else key,
        posted.id,
        on,
        "restructuring",
        disbursed=made.capitalised,
        interest=made.capitalised,
    )
    write_movement(tx, state, moved)
    agreed = Restructured(
        posted.id,
        on,
        state.versions,
        command.kind.value,
        made.base,
        made.terms,
        made.capitalised,
        came_up,
        class_,
        command.reason.strip(),
        command.approved_by.strip(),
    )
    _write(tx, state, agreed)
    state.restructured = (*state.restructured, agreed)
    tx.changed(Kind.LOAN, state.id)
    first = next(row for row in made.rows if row.number > made.base)
    value = {
        "entry": posted.id,
        "loan": state.number,
        "outstanding": state.outstanding,
        "capitalised": made.capitalised,
        "claim": made.claim,
        "first_due": first.due.isoformat(),
        "instalment": first.principal + first.interest,
        "class": class_,
        "warnings": warnings(tx, made.terms),
    }
    undo: Command = ReverseEntry(entry=posted.id)
    if used:
        undo = ReverseEntries(entries=(posted.id, *reversed(used)))
    return Done(number=posted.number, value=value, undo=undo)


def new_schedule(standing: Standing, agreed: Agreed, command: RestructureLoan) -> NewSchedule:
    """What the restructuring makes of a loan as it stands; pure, so that a page can show it before.

    Raises Refused where the loan or the kind of restructuring does not allow it, UserError for nonsense.
    """
    on = command.on
    if standing.written_off or not standing.outstanding:
        raise Refused(
            "Loan {loan} has no principal left to restructure.",
            advice="Only a running loan can be restructured; one that was written off is a claim.",
            field="loan",
            loan=command.loan,
        )
    opened = {item.number: item for item in standing.open()}
    behind = sum(item.interest for item in opened.values() if item.due <= on)
    capitalised = behind if command.arrears is ArrearsInterest.PRINCIPAL else 0
    kept, since = _kept(standing, on)
    terms = _terms(standing, agreed, command, since, standing.outstanding + capitalised)
    base = kept[-1].number if kept else standing.first - 1
    new = (Row(item.number + base, item.due, item.principal, item.interest) for item in schedule(terms))
    before = (row for row in standing.rows if row.number < standing.first)
    return NewSchedule((*before, *kept, *new), base, terms, behind - capitalised, capitalised)


def _kept(standing: Standing, on: date) -> tuple[list[Row], date | None]:
    """What stays of the instalments: what was paid on each, and the interest that is due; and the due date up to
    which they count."""
    opened = {item.number: item for item in standing.open()}
    found: list[Row] = []
    last = 0
    since: date | None = None
    for row in standing.rows:
        if row.number < standing.first:
            since = row.due
            continue
        left = opened.get(row.number)
        paid = row.principal - (left.principal if left else 0)
        settled = left is None and (paid or row.interest)
        counts = row.due <= on or settled
        # Interest paid ahead on an instalment that is not wholly paid belongs to the new schedule.
        found.append(Row(row.number, min(row.due, on), paid, row.interest if counts else 0))
        if counts:
            since = row.due
        if paid or (counts and row.interest):
            last = len(found)
    return found[:last], since


def _terms(
    standing: Standing, agreed: Agreed, command: RestructureLoan, since: date | None, principal: int
) -> LoanTerms:
    """The new terms: what the command leaves open stays, and the first due date is the next one of the old schedule."""
    old = agreed.terms
    given = {
        name: value
        for name in ("rate", "per", "method", "every")
        if (value := getattr(command, name)) is not None
    }
    changed = {name for name, value in given.items() if value != getattr(old, name)}
    if command.kind is Restructuring.RESCHEDULING and changed & {"rate", "per", "method"}:
        raise Refused(
            "Rescheduling changes only when a loan is paid, not its rate or its method.",
            advice="Leave them as they are, or choose reconditioning.",
            field="rate" if "rate" in changed else "method",
        )
    every = given.get("every", old.every)
    first = command.first_due
    if first is None:
        later = [row.due for row in standing.rows if row.due > max(command.on, since or command.on)]
        first = later[0] if later and every is old.every else None
    if first is None:
        last = max(command.on, since or command.on)
        one = replace(old, start=last, first_due=None, every=every, term=1, grace=0)
        first = due_dates(one)[0]
    if first <= command.on:
        raise UserError(
            "The first instalment of the new schedule is due after the day of the change.",
            field="first_due",
        )
    if since is not None and first <= since:
        raise UserError(
            "Instalments up to {since} are paid; give a later first due date.", field="first_due", since=since
        )
    return replace(
        old,
        principal=principal,
        term=command.term,
        start=old.start if since is None else since,
        first_due=first,
        grace=command.grace,
        **given,
    )


def _write(tx: Transaction, state: LoanState, item: Restructured) -> None:
    terms = item.terms
    if terms.first_due is None:
        raise UserError("The first instalment needs its due date.", field="first_due")
    tx.insert_tuple(
        loan_restructuring,
        (
            item.entry,
            state.id,
            item.on.isoformat(),
            item.version,
            item.kind,
            item.base,
            terms.principal,
            terms.start.isoformat(),
            str(terms.rate),
            terms.per.value,
            terms.method.value,
            terms.term,
            terms.every.value,
            terms.first_due.isoformat(),
            terms.grace,
            item.capitalised,
            item.charged,
            item.class_,
            item.reason,
            item.approved_by,
        ),
    )
