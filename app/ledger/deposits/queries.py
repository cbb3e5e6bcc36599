"""What the books say of term deposits: the list as of a day, one certificate, what its payments were. Rupiah."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from app.base.errors import UserError
from app.base.money import percent_of
from app.ledger.deposits.state import Deposit, Move, read_deposits
from app.ledger.deposits.terms import DepositTerms, Part, RollOver
from app.ledger.reader import Reader, like


class Certificate(NamedTuple):
    """One term deposit as of a day. `amount` is what is in it, `paid` the day from which interest is unpaid.

    `parts` are the payments that are left of the term, `due` is what of them has fallen due.
    """

    number: str
    party: int
    member: str
    name: str
    product: str
    amount: int
    terms: DepositTerms  # the present term
    into: str  # the name of the savings product that gets the interest, empty for cash
    roll_over: RollOver
    penalty_percent: Decimal
    opened: date
    run: int
    paid: date
    parts: tuple[Part, ...]
    due: int
    closed: date | None
    moves: tuple[Move, ...]

    @property
    def rate(self) -> Decimal:
        """Percent a year."""
        return self.terms.rate

    @property
    def start(self) -> date:
        """The first day of the present term."""
        return self.terms.start

    @property
    def maturity(self) -> date:
        """The day on which it can be had back."""
        return self.terms.maturity

    @property
    def next(self) -> Part | None:
        """The next payment of interest."""
        return self.parts[0] if self.parts and self.closed is None else None

    @property
    def tax_paid(self) -> int:
        """What was withheld so far."""
        return sum(item.tax for item in self.moves)

    @property
    def interest_paid(self) -> int:
        """What was paid so far, gross."""
        return sum(item.interest for item in self.moves)

    def at_closing(self, on: date) -> tuple[int, int]:
        """The interest still to pay (gross) and the agreed penalty if it were closed on a day."""
        interest = max(self.terms.interest_to(on) - self.terms.interest_to(self.paid), 0)
        early = on < self.maturity
        return interest, percent_of(self.amount, self.penalty_percent) if early else 0


def certificates(reader: Reader, on: date) -> list[Certificate]:
    """Every certificate that stood on a day, those paid back too, by number."""
    members = {
        row[0]: row[1:] for row in reader.sql("SELECT id, code, name FROM party WHERE kind = 'member'")
    }
    products = dict(reader.sql("SELECT id, name FROM savings_product"))
    accounts = dict(
        reader.sql(
            "SELECT a.id, p.name FROM savings_account AS a JOIN savings_product AS p ON p.id = a.product_id"
        )
    )
    found = [
        _certificate(item, members[item.party], accounts[item.account], products.get(item.into, ""), on)
        for item in read_deposits(reader, on)
        if item.exists
    ]
    return sorted(found, key=lambda item: item.number)


def running(reader: Reader, on: date) -> list[Certificate]:
    """The certificates that were not paid back by the close of a day, by number."""
    return [item for item in certificates(reader, on) if item.closed is None]


class NumberedDeposit(NamedTuple):
    """A term deposit by its number, and whose it is."""

    number: str
    member: str
    name: str


def search_deposits(reader: Reader, text: str, limit: int = 20) -> list[NumberedDeposit]:
    """The certificates whose number holds what was typed, those that begin with it first; the newest before others."""
    typed = like(text.strip())
    rows = reader.sql(
        "SELECT t.number, y.code, y.name FROM term_deposit AS t JOIN party AS y ON y.id = t.party_id"
        # A certificate that was taken back stands no more.
        " WHERE t.number LIKE ? ESCAPE '\\' AND (SELECT sum(m.standing) FROM term_deposit_movement AS m"
        "  WHERE m.term_deposit_id = t.id) > 0"
        " ORDER BY t.number LIKE ? ESCAPE '\\' DESC, t.id DESC LIMIT ?",
        (f"%{typed}%", f"{typed}%", limit),
    )
    return [NumberedDeposit._make(row) for row in rows]


def certificate(reader: Reader, number: str, on: date) -> Certificate:
    """One certificate; raises UserError when there is none on that day."""
    wanted = number.strip().casefold()
    for item in certificates(reader, on):
        if item.number.casefold() == wanted:
            return item
    raise UserError("There is no term deposit {number}.", field="deposit", number=number)


def _certificate(deposit: Deposit, member: tuple[str, str], product: str, into: str, on: date) -> Certificate:
    return Certificate(
        deposit.number,
        deposit.party,
        member[0],
        member[1],
        product,
        deposit.principal,
        deposit.terms,
        into,
        deposit.roll_over,
        deposit.penalty_percent,
        deposit.moves[0].first,
        deposit.run,
        deposit.paid,
        tuple(deposit.terms.parts(deposit.paid)),
        sum(part.interest for part in deposit.due(on)),
        deposit.closed_on,
        tuple(deposit.moves),
    )
