"""Taking back what was recorded on a loan: newest first, because each payment rests on those before it."""

from datetime import date

from app.base.errors import Refused
from app.ledger.changes import Kind
from app.ledger.entries.service import find_entry, reverse
from app.ledger.loans.movements import Movement, standing_movements
from app.ledger.loans.register import (
    Holds,
    LoanState,
    loans_of,
    movements_of,
    write_holds,
    write_movement,
)
from app.ledger.loans.service import settle_held
from app.ledger.loans.tables import loan_schedule, loan_transaction
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
        _refuse_unfit(tx, state, mine)
        write_movement(tx, state, mine.opposite(tx.next_id(loan_transaction), reversing, on))
        _restore_schedule(tx, key, entry, reversing, on)
        state = loans_of(tx).reread(tx, key)
        tx.changed(Kind.LOAN, key)
        if state.held and reversals.depth == 1:
            through = _settled_before(mine, movements, tx.today)
            if through is not None:
                settle_held(tx, state, through)
    take_savings_back(tx, entry, reversing, on)
    reversals.depth -= 1


def _settled_before(mine: Movement, movements: list[Movement], today: date) -> date | None:
    """Up to which day money kept aside had met its due dates in the state that comes back, if it had.

    A reversal taken back brings back a payment with all that followed from it. A payment taken back that
    changed the schedule brings back the uses that made way for it, which were reversed just before.
    """
    if mine.kind == "held":
        return None
    if mine.reverses is not None:
        return today
    through: date | None = None
    for item in reversed([one for one in movements if one.id < mine.id]):
        if item.kind != "held" or item.reverses is None:
            break
        through = max(item.on, through or item.on)
    return through


def _clear_the_way(tx: Transaction, state: LoanState, mine: Movement, movements: list[Movement]) -> None:
    """Take back later uses of money kept aside; raise Refused for anything else recorded on top."""
    later = [item for item in standing_movements(movements) if item.id > mine.id and item.on >= mine.on]
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
    other = loans_of(tx).numbered(tx, state.number)
    if disbursed and not state.disbursed and other is not None:
        raise Refused("There is already another loan {loan}.", loan=state.number)


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
