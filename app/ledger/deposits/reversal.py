"""Taking back what was recorded on a term deposit: newest first, because each record rests on those before it."""

from datetime import date

from app.base.errors import Refused
from app.ledger.deposits.register import deposits_of, moves_of, write_move
from app.ledger.deposits.state import Deposit, Move
from app.ledger.savings.service import take_back as take_savings_back
from app.ledger.transaction import Transaction


def take_back(tx: Transaction, entry: int, reversing: int, on: date) -> None:
    """Mirror what an entry did to its deposit and to the savings accounts.

    Raises Refused where something else was recorded on top, or where what was taken back no longer fits.
    """
    for key, move, standing in moves_of(tx, entry):
        deposit = deposits_of(tx).by_id[key]
        undone = move.negated(reversing, on)
        if standing > 0:
            if not deposit.moves or deposit.moves[-1].entry != entry:
                raise Refused(
                    "Something was recorded on term deposit {number} since.",
                    advice="Take the later records back first, the newest one before the others.",
                    number=deposit.number,
                )
        elif not _fits(tx, deposit, undone):
            raise Refused(
                "Term deposit {number} has changed since, and this no longer fits.",
                advice="Record it anew instead.",
                number=deposit.number,
            )
        write_move(tx, deposit, undone, -standing)
    take_savings_back(tx, entry, reversing, on)


def _fits(tx: Transaction, deposit: Deposit, move: Move) -> bool:
    """Say whether a movement that was taken back can stand again on what stands now."""
    if move.kind == "open":
        return not deposit.exists and deposits_of(tx).numbered(deposit.number) is None
    if not deposit.open:
        return False
    if move.kind == "roll":
        started = (move.run, move.first, move.base)
        return started == (deposit.run + 1, deposit.maturity, deposit.principal)
    paid = (move.run, move.first) == (deposit.run, deposit.paid)
    return paid and (move.kind == "interest" or move.amount == -deposit.principal)
