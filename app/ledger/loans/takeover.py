"""Taking over a running loan from older books: no cash, no fees, no income; what is behind is arrears."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from app.base.dates import Month
from app.base.errors import UserError
from app.ledger.accounts.service import account_for, chart_of
from app.ledger.changes import Done
from app.ledger.entries.commands import ReverseEntry
from app.ledger.entries.post import Posting
from app.ledger.entries.service import opening_entry
from app.ledger.loans.byhand import refuse_other_arrears, rows_left, write_by_hand
from app.ledger.loans.commands import Recognition, TakeOverLoan
from app.ledger.loans.judging import judge_as_taken_over
from app.ledger.loans.lending import agreed_rows, free_number, ledger_of, warnings, write_loan
from app.ledger.loans.movements import Movement
from app.ledger.loans.products import with_product
from app.ledger.loans.quality import read_quality
from app.ledger.loans.reading import Loan
from app.ledger.loans.recognition import rule_in, taken_over
from app.ledger.loans.register import CONTROLS, SOURCE, loans_of, write_accrual, write_movement
from app.ledger.loans.standing import CLASSES, Row, Standing
from app.ledger.loans.tables import loan_opening_penalty, loan_transaction, loan_write_off
from app.ledger.parties.register import PartyKind, register_of
from app.ledger.transaction import Transaction

WRITTEN_OFF = "Dihapus menurut buku lama"


class Remade(NamedTuple):
    """The schedule of a loan taken over: instalments before `first` were paid in older books."""

    rows: list[Row]
    first: int
    arrears_principal: int
    arrears_interest: int


def take_over(tx: Transaction, command: TakeOverLoan) -> Done:
    """Write a running loan with what is left of its schedule, against 3-9999."""
    party = register_of(tx).find(PartyKind.MEMBER, command.member)
    command, product = with_product(tx, command)
    if command.schedule:
        left, first = rows_left(command.schedule)
        remade = Remade(left, first, *refuse_other_arrears(command, left, first))
    else:
        remade = remake(command, agreed_rows(command.terms()))
    if command.written_off:
        remade = _ended(command, remade)
    number = free_number(tx, command.number, command.disbursed_on)
    chart = chart_of(tx)
    gone = command.outstanding if command.written_off else 0
    title = "Pinjaman yang dihapus di buku lama" if gone else "Saldo awal pinjaman"
    earned = 0 if gone else _earned(tx, command, remade)
    posted = opening_entry(
        tx,
        on=command.as_of,
        memo=command.memo or f"{title} {number}",
        postings=[
            Posting(ledger_of(tx, product), command.outstanding, party.id),
            # What older books wrote off is no asset: it comes and goes, and the opening rests on nothing.
            Posting(ledger_of(tx, product), -gone, party.id),
            Posting(chart.role("loan_held").id, -command.held, party.id),
            *([Posting(account_for(tx, "loan_interest_receivable").id, earned, party.id)] if earned else []),
        ],
        source=SOURCE,
        controls=CONTROLS,
        party=party.id,
    )
    state = write_loan(
        tx,
        command,
        number,
        party.id,
        posted.id,
        remade.rows,
        product,
        provision=command.provision,
        first=remade.first,
        running_since=command.as_of,
        penalty=command.penalty,
    )
    write_by_hand(tx, state, command)
    if gone:
        reason = (posted.id, state.id, WRITTEN_OFF, remade.arrears_interest, command.penalty)
        tx.insert_tuple(loan_write_off, reason)
    elif command.penalty:
        tx.insert_tuple(loan_opening_penalty, (state.id, command.penalty))
    opened = Movement(
        tx.next_id(loan_transaction),
        posted.id,
        command.as_of,
        "opening",
        command.outstanding,
        gone,
        held=command.held,
    )
    write_movement(tx, state, opened)
    loans_of(tx).add(state)
    if earned:
        write_accrual(tx, state.id, posted.id, command.as_of, "opening", earned)
    if command.quality is not None and not gone:
        judge_as_taken_over(tx, state.number, command.quality, command.as_of)
    value = {
        "entry": posted.id,
        "loan": number,
        "outstanding": command.outstanding,
        "arrears_principal": remade.arrears_principal,
        "arrears_interest": remade.arrears_interest,
        "warnings": warnings(tx, command.terms()),
    }
    return Done(number=number, value=value, undo=ReverseEntry(entry=posted.id))


def remake(command: TakeOverLoan, agreed: Sequence[Row]) -> Remade:
    """What is left of the agreed schedule at the balance's date, adding up to the outstanding principal.

    Arrears are as given; else the principal due by then less what was paid (principal less outstanding),
    and the interest of the due instalments after the last one fully paid. Later instalments keep what was
    agreed and the last takes the difference.
    """
    due = [row for row in agreed if row.due <= command.as_of]
    behind = _behind(command, due)
    done = _done_through(command, agreed, due, behind)
    late = [row for row in due if row.number > done]
    if command.arrears_principal is None and (command.paid_through, command.arrears_since) != (None, None):
        # Who says which instalments are paid says also that no more than the others is behind.
        behind = min(behind, sum(row.principal for row in late))
    interest = command.arrears_interest
    if interest is None:
        interest = sum(row.interest for row in late)
    remaining = [row for row in agreed if row.number > max(done, len(due))]
    later = _later(command, remaining, command.outstanding - behind)
    if behind or interest:
        late_rows, done = _late(command, agreed, late, behind, interest, done)
    else:
        late_rows, done = [], max(done, len(due))
    return Remade([*agreed[:done], *late_rows, *later], done + 1, behind, interest)


def _earned(tx: Transaction, command: TakeOverLoan, remade: Remade) -> int:
    """Interest that stands as earned and not received (1-1211) in a book that accrues it, rupiah."""
    rule = rule_in(tx, Month.of(command.as_of))
    stops = command.quality is not None and CLASSES.index(command.quality) >= CLASSES.index(rule.stops_at)
    if rule.method is Recognition.CASH or stops:
        return 0
    standing = Standing(remade.rows, first=remade.first, disbursed=command.outstanding, held=command.held)
    loan = Loan(0, "", 0, "", "", command.as_of, "", 0, command.terms(), standing)
    return taken_over(read_quality(tx), rule, loan, command.as_of)


def _ended(command: TakeOverLoan, remade: Remade) -> Remade:
    """The schedule of a loan that older books wrote off: it ends with all that was lost, and nothing is due."""
    paid = [row for row in remade.rows if row.number < remade.first]
    lost = Row(remade.first, command.as_of, command.outstanding, 0)
    return remade._replace(rows=[*paid, lost])


def _behind(command: TakeOverLoan, due: Sequence[Row]) -> int:
    """Principal in arrears: as given, else derived from the outstanding principal."""
    if command.arrears_principal is not None:
        if command.arrears_principal > command.outstanding:
            raise UserError(
                "Arrears of {arrears:rp} are more than the {outstanding:rp} of principal left.",
                field="arrears_principal",
                arrears=command.arrears_principal,
                outstanding=command.outstanding,
            )
        return command.arrears_principal
    paid = command.principal - command.outstanding
    return max(0, sum(row.principal for row in due) - paid)


def _done_through(command: TakeOverLoan, agreed: Sequence[Row], due: Sequence[Row], behind: int) -> int:
    """The number of the last instalment fully paid: as given, else from the date or the principal."""
    if command.paid_through is not None:
        return command.paid_through
    if command.arrears_since is not None:
        return sum(row.due < command.arrears_since for row in due)
    if behind:
        number = len(due)
        left = behind
        for row in reversed(due):
            if left <= 0:
                break
            left -= row.principal
            number = row.number - 1
        return number
    # Not behind: what was paid beyond the due instalments may have paid off later ones.
    paid = command.principal - command.outstanding
    done = len(due)
    ahead = paid - sum(row.principal for row in due)
    for row in agreed[len(due) :]:
        ahead -= row.principal
        if ahead < 0 or row.principal == 0:
            break
        done = row.number
    return done


def _later(command: TakeOverLoan, remaining: Sequence[Row], left: int) -> list[Row]:
    """The instalments that are not due yet, with `left` rupiah of principal among them."""
    if left and not remaining:
        raise UserError(
            "Every instalment was due by {as_of}, so all of the {outstanding:rp} left is in arrears.",
            advice="Correct the arrears, the instalments paid, or the number of instalments.",
            field="paid_through" if command.arrears_principal is None else "arrears_principal",
            as_of=command.as_of,
            outstanding=command.outstanding,
        )
    rows = []
    for row in remaining:
        principal = left if row is remaining[-1] else min(row.principal, left)
        # An instalment whose principal was paid ahead falls away; one that never had any stays.
        if principal == 0 and row.principal:
            break
        left -= principal
        rows.append(row._replace(principal=principal))
    return rows


def _late(
    command: TakeOverLoan,
    agreed: Sequence[Row],
    late: Sequence[Row],
    principal: int,
    interest: int,
    done: int,
) -> tuple[list[Row], int]:
    """The instalments in arrears, and the last number before them.

    The newest carry their agreed amounts, the oldest what then remains. The oldest unpaid due date is the
    one given; an instalment is moved to it where none falls on it.
    """
    if not late:
        # Amounts were given for a loan that is not behind by its schedule: the last due one carries them.
        late = [row for row in agreed if row.due <= command.as_of][-1:] or list(agreed[:1])
        done = late[0].number - 1
    rows: list[Row] = []
    for row in reversed(late):
        oldest = row is late[0]
        part = principal if oldest else min(row.principal, principal)
        of_interest = interest if oldest else min(row.interest, interest)
        principal -= part
        interest -= of_interest
        rows.insert(0, Row(row.number, row.due, part, of_interest))
    if command.arrears_since is None:
        return rows, done
    return _moved(rows, command.arrears_since), done


def _moved(rows: list[Row], since: date) -> list[Row]:
    """The same instalments, the oldest that carries anything due on `since`."""
    moved = list(rows)
    for place, row in enumerate(rows):
        if row.principal or row.interest:
            moved[place] = row._replace(due=since)
            break
        moved[place] = row._replace(due=min(row.due, since))
    return moved
