"""Taking back what was recorded on a loan: newest first, because each payment rests on those before it."""

from datetime import date

from app.base.errors import Refused
from app.ledger.changes import Kind
from app.ledger.entries.service import find_entry, reverse
from app.ledger.loans.applications.service import refuse_spent
from app.ledger.loans.movements import Movement, standing_movements, taken_along
from app.ledger.loans.register import (
    Holds,
    LoanState,
    loans_of,
    movements_of,
    write_accrual,
    write_holds,
    write_movement,
)
from app.ledger.loans.service import HeldUse, settle_held, use_held
from app.ledger.loans.standing import allocate
from app.ledger.loans.tables import loan_schedule, loan_transaction
from app.ledger.periods.locks import locked_months
from app.ledger.savings.service import take_back as take_savings_back
from app.ledger.transaction import Transaction


class _Reversals:
    """Whether a reversal is taking others back on its way; money kept aside then waits for its end."""

    def __init__(self, _: Transaction) -> None:
        self.depth = 0


def take_back(tx: Transaction, entry: int, reversing: int, on: date) -> None:
    """Mirror what an entry did to its loan, and let the schedule before it hold again.

    Money kept aside that was put to instalments since is taken back with it. Raises Refused where something
    else was recorded on top.
    """
    reversals = tx.attached("loans reversals", _Reversals)
    reversals.depth += 1
    for (key,) in tx.sql("SELECT loan_id FROM loan_transaction WHERE entry_id = ?", (entry,)):
        movements = movements_of(tx, key)
        mine = next(item for item in movements if item.entry == entry)
        _clear_the_way(tx, loans_of(tx).keyed(tx, key), mine, movements)
        state = loans_of(tx).keyed(tx, key)
        _mirror_accrual(tx, entry, reversing, on, key)
        _refuse_unfit(tx, state, mine)
        write_movement(tx, state, mine.opposite(tx.next_id(loan_transaction), reversing, on))
        _restore_schedule(tx, key, entry, reversing, on)
        state = loans_of(tx).reread(tx, key)
        tx.changed(Kind.LOAN, key)
        if reversals.depth == 1:
            _bring_uses_back(tx, state, mine, movements)
    for (key,) in tx.sql(
        "SELECT DISTINCT loan_id FROM loan_accrual WHERE entry_id = ? AND loan_id NOT IN ("
        " SELECT loan_id FROM loan_transaction WHERE entry_id = ?)",
        (entry, entry),
    ):
        _mirror_accrual(tx, entry, reversing, on, key)
    take_savings_back(tx, entry, reversing, on)
    reversals.depth -= 1


def _mirror_accrual(tx: Transaction, entry: int, reversing: int, on: date, loan: int) -> None:
    """Take back what an entry did to interest earned and not received; raise Refused where it was received since."""
    state = loans_of(tx).keyed(tx, loan)
    for kind, amount in tx.sql(
        "SELECT kind, amount FROM loan_accrual WHERE entry_id = ? AND loan_id = ? ORDER BY id", (entry, loan)
    ):
        if state.accrued < amount:
            raise Refused(
                "Interest of loan {loan} that was earned here was paid or taken back since.",
                advice="Take the later ones back first, beginning with the newest.",
                loan=state.number,
            )
        write_accrual(tx, loan, reversing, on, kind, -amount)


def _bring_uses_back(tx: Transaction, state: LoanState, mine: Movement, movements: list[Movement]) -> None:
    """Use money kept aside again as it was used before `mine` took that back on its way, no more and no less.

    A payment brings back the uses that made way for it; a reversal those that went with what it took back.
    In a month closed since, the money waits. Where other payments came in between, it meets what is due now.
    """
    gone = taken_along(mine, movements)
    if not gone:
        return
    if any(item.id > mine.id and item.kind != "held" for item in standing_movements(movements)):
        settle_held(tx, state, max(item.on for item in gone))
        return
    locked = locked_months(tx)
    for item in reversed(gone):
        fits = item.held <= state.held and -item.principal <= state.outstanding
        place = allocate(state.open(), item.held)
        if not fits or place.first is None or place.last is None or item.on.isoformat()[:7] in locked:
            continue
        use_held(tx, state, HeldUse(item.on, -item.principal, -item.interest, place.first, place.last))


def _clear_the_way(tx: Transaction, state: LoanState, mine: Movement, movements: list[Movement]) -> None:
    """Take back later uses of money kept aside; raise Refused for anything else recorded on top."""
    later = [
        item
        for item in standing_movements(movements)
        if item.id > mine.id
        and item.entry > mine.entry
        # What came back with a reversal has its own day, whatever the day of the reversal.
        and (item.on >= mine.on or (item.kind == "held" and mine.reverses is not None))
    ]
    for item in later:
        if item.kind != "held":
            number = tx.sql("SELECT number FROM entry WHERE id = ?", (item.entry,))[0][0]
            raise Refused(
                "{number} of {on} was recorded on loan {loan} after this and rests on it.",
                advice="Take the later ones back first, beginning with the newest.",
                number=number,
                on=item.on,
                loan=state.number,
            )
    for item in reversed(later):
        reverse(tx, find_entry(tx, "", item.entry))


def _refuse_unfit(tx: Transaction, state: LoanState, mine: Movement) -> None:
    """Nothing may fall below 0, and a loan that stands again needs its number."""
    disbursed = state.disbursed - mine.disbursed
    principal = state.principal - mine.principal
    held = state.held - mine.held
    if not 0 <= principal <= disbursed or held < 0:
        raise Refused(
            "Loan {loan} was used since: taking this back would leave it with less than nothing.",
            advice="Take the later ones back first, beginning with the newest.",
            loan=state.number,
        )
    if not disbursed and state.accrued:
        raise Refused(
            "Interest of loan {loan} stands as earned: it can't be taken back before that.",
            advice="Take the run that accrued it back first, then run it again.",
            loan=state.number,
        )
    other = loans_of(tx).numbered(tx, state.number)
    if disbursed and not state.disbursed and other is not None:
        raise Refused("There is already another loan {loan}.", loan=state.number)
    if disbursed and not state.disbursed:
        refuse_spent(tx, state.id)


def _restore_schedule(tx: Transaction, loan: int, entry: int, reversing: int, on: date) -> None:
    """Name the version again that held before the entry's."""
    rows = tx.sql(
        "SELECT version, first, principal_before, interest_before FROM loan_schedule WHERE loan_id = ?"
        " AND id < (SELECT min(id) FROM loan_schedule WHERE entry_id = ? AND loan_id = ?)"
        " ORDER BY id DESC LIMIT 1",
        (loan, entry, loan),
    )
    if rows:
        write_holds(tx, loan, Holds(tx.next_id(loan_schedule), reversing, on, *rows[0]))
