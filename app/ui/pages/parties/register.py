"""What the page shows of each: the register, with what is open and what of it is late. No Qt here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.base.dates import Period
from app.base.i18n import N_, Translator
from app.ledger.debts.queries import (
    PAYABLE,
    RECEIVABLE,
    CardRow,
    OpenBillRow,
    find_party,
    open_bills,
    party_card,
)
from app.ledger.parties.queries import PartyFacts, called, parties
from app.ledger.reader import Reader

CUSTOMER, SUPPLIER = "customer", "supplier"
SIDES = {CUSTOMER: RECEIVABLE, SUPPLIER: PAYABLE}
_MONTHS_BACK_DAYS = 400
# A message that a customer gets; it is Indonesian whatever language the window speaks.
_REMINDER = N_(
    "Good day {name}. This is a kind reminder from {shop}: your note of {amount:rp} is open since {since:long}. "
    "If it was paid in the meantime, please pay no attention to this message. Thank you."
)
_REMINDER_MANY = N_(
    "Good day {name}. This is a kind reminder from {shop}: your {n:n} notes, together {amount:rp}, are open, the "
    "oldest since {since:long}. If they were paid in the meantime, please pay no attention to this message. Thank you."
)


@dataclass(frozen=True, slots=True)
class PartyLine:
    """One customer or supplier with the notes that are open, the oldest due first; rupiah."""

    facts: PartyFacts
    bills: tuple[OpenBillRow, ...]
    late: int

    @property
    def code(self) -> str:
        """The code."""
        return self.facts.code

    @property
    def name(self) -> str:
        """The name."""
        return self.facts.name

    @property
    def called(self) -> str:
        """The name with the nickname, as the list shows it."""
        return called(self.facts.name, self.facts.nickname)

    @property
    def owed(self) -> int:
        """What they owe, or what is owed to them, now."""
        return self.facts.owed

    @property
    def report_key(self) -> str:
        """How the card report is asked for this one."""
        return f"{self.facts.kind}:{self.facts.code}"


def party_lines(reader: Reader, kind: str, today: date) -> list[PartyLine]:
    """All of a kind in order of name."""
    bills: dict[int, list[OpenBillRow]] = {}
    for bill in open_bills(reader, SIDES[kind], today):
        bills.setdefault(bill.party, []).append(bill)
    return [
        PartyLine(
            facts,
            tuple(bills.get(facts.id, ())),
            sum(bill.open for bill in bills.get(facts.id, ()) if bill.due < today),
        )
        for facts in parties(reader, kind)
    ]


def latest_moves(reader: Reader, line: PartyLine, today: date, count: int) -> Sequence[CardRow]:
    """The newest movements on the card, newest first."""
    period = Period.through(today - timedelta(days=_MONTHS_BACK_DAYS), today)
    _opening, rows = party_card(reader, find_party(reader, line.report_key), period)
    return rows[::-1][:count]


def reminder(line: PartyLine, shop: str) -> str:
    """The polite message to a customer whose notes are open."""
    _ = Translator("id")
    text = _REMINDER if len(line.bills) == 1 else _REMINDER_MANY
    since = min((bill.made for bill in line.bills), default=None)
    amount = sum(bill.open for bill in line.bills)
    return _(text, name=line.name, shop=shop, amount=amount, since=since, n=len(line.bills))
