"""The certificates of a book in memory while it is written, and the rows their commands add."""

from datetime import date

from app.base.errors import Refused, UserError
from app.ledger.changes import Kind
from app.ledger.deposits.state import Deposit, Move, read_deposits
from app.ledger.deposits.tables import term_deposit_movement
from app.ledger.reader import day
from app.ledger.savings.register import Account, savings_of
from app.ledger.transaction import Transaction

SOURCE = "deposits"
CONTROLS = frozenset({"savings"})


class Deposits:
    """All certificates, kept up to date by the commands that change them."""

    def __init__(self, rows: list[Deposit]) -> None:
        self.by_id: dict[int, Deposit] = {}
        self._by_number: dict[str, list[Deposit]] = {}
        for row in rows:
            self.adopt(row)

    def adopt(self, deposit: Deposit) -> None:
        """Take a new certificate in."""
        self.by_id[deposit.id] = deposit
        self._by_number.setdefault(deposit.number.casefold(), []).append(deposit)

    def numbered(self, number: str) -> Deposit | None:
        """The certificate that stands under this number, closed ones too."""
        alike = self._by_number.get(number.strip().casefold(), ())
        return next((item for item in alike if item.exists), None)

    def find(self, number: str) -> Deposit:
        """The same; raises UserError when there is none."""
        found = self.numbered(number)
        if found is None:
            raise UserError("There is no term deposit {number}.", field="deposit", number=number)
        return found

    def running(self) -> list[Deposit]:
        """The certificates that are not paid back yet, by number."""
        return sorted((item for item in self.by_id.values() if item.open), key=lambda item: item.number)


def deposits_of(tx: Transaction) -> Deposits:
    """The certificates, remembered between commands."""
    found: Deposits = tx.memo("deposits", lambda: Deposits(read_deposits(tx)))
    return found


def account_of(tx: Transaction, deposit: Deposit) -> Account:
    """The savings account that holds a deposit's money."""
    return savings_of(tx).by_id[deposit.account]


def write_move(tx: Transaction, deposit: Deposit, move: Move, standing: int = 1) -> None:
    """Write what an entry did to a deposit."""
    tx.insert_tuple(
        term_deposit_movement,
        (
            tx.next_id(term_deposit_movement),
            deposit.id,
            move.entry,
            move.on.isoformat(),
            move.kind,
            standing,
            move.run,
            move.first.isoformat(),
            move.through.isoformat(),
            move.base,
            move.amount,
            move.interest,
            move.tax,
            move.penalty,
        ),
    )
    deposit.add(move, standing)
    tx.changed(Kind.SAVINGS, deposit.account)


def moves_of(tx: Transaction, entry: int) -> list[tuple[int, Move, int]]:
    """The certificate, the movement and its sign of each row under an entry."""
    return [
        (key, Move(entry, day(on), kind, run, day(first), day(through), *amounts), standing)
        for key, on, kind, run, first, through, *amounts, standing in tx.sql(
            "SELECT term_deposit_id, date, kind, run, first, through, base, amount, interest, tax, penalty,"
            " standing FROM term_deposit_movement WHERE entry_id = ? ORDER BY id",
            (entry,),
        )
    ]


def refuse_closed(deposit: Deposit, on: date) -> None:
    """Raise Refused for a deposit that was paid back, or a day before the last that is recorded on it."""
    if deposit.closed_on is not None:
        raise Refused(
            "Term deposit {number} was paid back on {closed}.",
            advice="Check the number of the certificate.",
            field="deposit",
            number=deposit.number,
            closed=deposit.closed_on,
        )
    if on < deposit.latest:
        raise Refused(
            "Term deposit {number} has records up to {latest}, after {on}.",
            advice="Give that day or a later one, or take the later records back first.",
            field="on",
            number=deposit.number,
            latest=deposit.latest,
            on=on,
        )
