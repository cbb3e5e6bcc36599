"""A term deposit as it stands after everything recorded, from its contract and its movements."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from app.ledger.deposits.terms import DepositTerms, InterestPaid, Part, RollOver
from app.ledger.reader import Reader, day, optional_day

_DEPOSITS = (
    "SELECT id, number, party_id, savings_account_id, rate, term, interest, interest_into, interest_number,"
    " roll_over, penalty_percent, paid_from, running_since FROM term_deposit ORDER BY id"
)
_MOVEMENTS = (
    "SELECT term_deposit_id, entry_id, date, kind, run, first, through, base, amount, interest, tax, penalty,"
    " standing FROM term_deposit_movement"
)


class Move(NamedTuple):
    """What an entry did to a deposit; see the table."""

    entry: int
    on: date
    kind: str  # open, interest, roll, close
    run: int
    first: date
    through: date
    base: int
    amount: int
    interest: int
    tax: int
    penalty: int

    def same(self, other: "Move") -> bool:
        """Say whether the other does the same to the deposit, under whatever entry."""
        return self[2:] == other[2:]

    def negated(self, entry: int, on: date) -> "Move":
        """The same under another entry, with every amount negated."""
        amounts = (-self.base, -self.amount, -self.interest, -self.tax, -self.penalty)
        return Move(entry, on, *self[2:6], *amounts)


class Deposit:
    """One certificate. `moves` are the movements that stand, oldest first; none when its opening was taken back.

    `run` counts its terms, `paid` is the day from which interest is still to be paid, `principal` what is in it.
    """

    __slots__ = (
        "account",
        "base",
        "closed_on",
        "id",
        "interest",
        "into",
        "into_number",
        "months",
        "moves",
        "number",
        "paid",
        "paid_from",
        "party",
        "penalty_percent",
        "principal",
        "rate",
        "roll_over",
        "run",
        "running_since",
        "start",
    )

    def __init__(
        self,
        key: int,
        number: str,
        party: int,
        account: int,
        rate: Decimal,
        months: int,
        interest: InterestPaid,
        into: int | None,
        into_number: str,
        roll_over: RollOver,
        penalty_percent: Decimal,
        paid_from: date,
        running_since: date | None,
    ) -> None:
        self.id = key
        self.number = number
        self.party = party
        self.account = account
        self.rate = rate
        self.months = months
        self.interest = interest
        self.into = into
        self.into_number = into_number
        self.roll_over = roll_over
        self.penalty_percent = penalty_percent
        self.paid_from = paid_from
        self.running_since = running_since
        self.moves: list[Move] = []
        self._settle()

    @property
    def terms(self) -> DepositTerms:
        """The present term."""
        return DepositTerms(self.base, self.rate, self.start, self.months, self.interest)

    @property
    def maturity(self) -> date:
        """The end of the present term."""
        return self.terms.maturity

    @property
    def exists(self) -> bool:
        """Its opening stands."""
        return bool(self.moves)

    @property
    def open(self) -> bool:
        """It stands and was not paid back."""
        return self.exists and self.closed_on is None

    @property
    def latest(self) -> date:
        """The newest day of what stands."""
        return max(item.on for item in self.moves)

    def due(self, on: date) -> list[Part]:
        """The payments of interest of the present term that have fallen due up to a day and are unpaid."""
        if not self.open:
            return []
        return [part for part in self.terms.parts(self.paid) if part.due <= on]

    def add(self, move: Move, standing: int) -> None:
        """Take a movement in. One that takes another back removes it."""
        if standing > 0:
            self.moves.append(move)
        else:
            undone = move.negated(move.entry, move.on)
            for place in range(len(self.moves) - 1, -1, -1):
                if self.moves[place].same(undone):
                    del self.moves[place]
                    break
        self._settle()

    def _settle(self) -> None:
        """Work out where the movements lead."""
        self.run, self.start, self.base, self.principal = 0, self.paid_from, 0, 0
        self.paid = self.paid_from
        self.closed_on: date | None = None
        for item in self.moves:
            self.principal += item.amount
            if item.kind in ("open", "roll"):
                self.run, self.start, self.base = item.run, item.first, item.base
                self.paid = self.paid_from if item.kind == "open" else item.first
            else:
                self.paid = item.through
                if item.kind == "close":
                    self.closed_on = item.on


def read_deposits(reader: Reader, on: date | None = None, key: int | None = None) -> list[Deposit]:
    """All certificates that were ever opened, as they stood at the close of a day (None: now), oldest first."""
    found = {
        row[0]: Deposit(
            row[0],
            row[1],
            row[2],
            row[3],
            Decimal(row[4]),
            row[5],
            InterestPaid(row[6]),
            row[7],
            row[8],
            RollOver(row[9]),
            Decimal(row[10]),
            day(row[11]),
            optional_day(row[12]),
        )
        for row in reader.sql(_DEPOSITS)
        if key is None or row[0] == key
    }
    for owner, move, standing in _moves(reader, on):
        if owner in found:
            found[owner].add(move, standing)
    return list(found.values())


def _moves(reader: Reader, on: date | None) -> Iterable[tuple[int, Move, int]]:
    rows: Iterable[Any]
    if on is None:
        rows = reader.sql(f"{_MOVEMENTS} ORDER BY id")
    else:
        rows = reader.sql(f"{_MOVEMENTS} WHERE date <= ? ORDER BY id", (on.isoformat(),))
    for owner, entry, date_, kind, run, first, through, *amounts, standing in rows:
        yield owner, Move(entry, day(date_), kind, run, day(first), day(through), *amounts), standing
