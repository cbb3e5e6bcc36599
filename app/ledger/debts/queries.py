"""Reading what is owed: how old it is, and each party's card. Rupiah, positive is owed."""

from datetime import date
from typing import NamedTuple

from app.base.dates import Period
from app.base.errors import UserError
from app.ledger.reader import Reader, day, day_before

RECEIVABLE, PAYABLE = "receivable", "payable"
_SIGN = {RECEIVABLE: 1, PAYABLE: -1}
_SIDE_OF_KIND = {"customer": RECEIVABLE, "supplier": PAYABLE}
# The last day of each bucket, counted from the due date.
_BUCKETS = (0, 30, 60, 90)


class OpenBillRow(NamedTuple):
    """A bill with something open on it at the close of a day. `entry` is the record that made it."""

    bill: int
    party: int
    number: str
    made: date
    due: date
    open: int
    entry: int


class Aging(NamedTuple):
    """What one party owes or is owed, by days after the due date: not due, 1-30, 31-60, 61-90, over 90."""

    card: str  # how the party is named to its card: by code, with its kind where both kinds have the code
    code: str
    name: str
    buckets: tuple[int, int, int, int, int]

    @property
    def total(self) -> int:
        """All of it."""
        return sum(self.buckets)


class PartyName(NamedTuple):
    """A customer or a supplier, and the side on which their bills stand."""

    id: int
    side: str
    code: str
    name: str


class CardRow(NamedTuple):
    """One movement on a party's card, positive where what is owed grows, and the balance after it."""

    entry: int
    date: date
    number: str
    memo: str
    amount: int
    balance: int


def open_bills(reader: Reader, side: str, on: date) -> list[OpenBillRow]:
    """The bills open at the close of `on`, by the payments up to then; oldest due first."""
    text = on.isoformat()
    # Asked of each bill, which the index of its payments answers alone; all payments added up first take longer.
    paid = "coalesce((SELECT sum(p.amount) FROM bill_payment AS p WHERE p.bill_id = b.id AND p.date <= ?), 0)"
    rows = reader.sql(
        f"SELECT b.id, b.party_id, b.number, b.date, b.due, b.amount - {paid}, b.entry_id FROM bill AS b"  # noqa: S608
        f" WHERE b.side = ? AND b.date <= ? AND b.amount <> {paid} ORDER BY b.due, b.id",
        (text, side, text, text),
    )
    return [
        OpenBillRow(key, party, number, day(made), day(due), left, entry)
        for key, party, number, made, due, left, entry in rows
    ]


def aging(reader: Reader, side: str, on: date) -> list[Aging]:
    """What is open with each party at the close of `on` by how long it is overdue, in order of name."""
    sums: dict[int, list[int]] = {}
    for item in open_bills(reader, side, on):
        late = (on - item.due).days
        place = sum(late > last for last in _BUCKETS)
        sums.setdefault(item.party, [0] * (len(_BUCKETS) + 1))[place] += item.open
    names = {item.id: item for item in parties(reader)}
    shared = _codes_of_both_kinds(reader)
    found = []
    for party, buckets in sums.items():
        name = names[party]
        first, second, third, fourth, fifth = buckets
        card = f"{kind_of(side)}:{name.code}" if name.code.casefold() in shared else name.code
        found.append(Aging(card, name.code, name.name, (first, second, third, fourth, fifth)))
    return sorted(found, key=lambda item: (item.name.casefold(), item.code))


def find_party(reader: Reader, text: str) -> PartyName:
    """The customer or supplier meant by a code or name, also as `customer:CODE` or `supplier:CODE`.

    Raises UserError when there is none, or when both a customer and a supplier are called so.
    """
    kind, _, rest = text.strip().partition(":")
    side = _SIDE_OF_KIND.get(kind.casefold())
    wanted = (rest if side else text).strip().casefold()
    known = [item for item in parties(reader) if side is None or item.side == side]
    found = [item for item in known if item.code.casefold() == wanted]
    found = found or [item for item in known if item.name.casefold() == wanted]
    if not found:
        raise UserError("There is no customer or supplier {party}.", field="party", party=text.strip())
    if len(found) > 1:
        raise UserError(
            "More than one is called {party}: {known}.",
            advice="Give the code like this.",
            field="party",
            party=text.strip(),
            known=", ".join(f"{kind_of(item.side)}:{item.code}" for item in found),
        )
    return found[0]


def party_card(reader: Reader, party: PartyName, period: Period) -> tuple[int, list[CardRow]]:
    """A party's opening balance and the movements of a period, with the balance after each.

    Bills taken over inside the period belong to its opening: they are no movement of the period.
    """
    account = reader.sql("SELECT id FROM account WHERE role = ?", (party.side,))[0][0]
    sign = _SIGN[party.side]
    rows = reader.sql(
        "SELECT e.id, p.date, e.number, e.memo, p.amount, e.kind FROM posting AS p"
        " JOIN entry AS e ON e.id = p.entry_id WHERE p.party_id = ? AND p.account_id = ? AND p.date < ?"
        " ORDER BY p.date, p.id",
        (party.id, account, period.end.isoformat()),
    )
    last_before = day_before(period.first).isoformat()
    opening = sign * sum(row[4] for row in rows if row[1] <= last_before or row[5] == "opening")
    balance = opening
    found: list[CardRow] = []
    for entry, on, number, memo, amount, kind in rows:
        if on <= last_before or kind == "opening":
            continue
        balance += sign * amount
        found.append(CardRow(entry, day(on), number, memo, sign * amount, balance))
    return opening, found


def kind_of(side: str) -> str:
    """The kind of party whose bills stand on a side."""
    return next(kind for kind, own in _SIDE_OF_KIND.items() if own == side)


def parties(reader: Reader) -> list[PartyName]:
    """All customers and suppliers."""
    rows = reader.sql("SELECT id, kind, code, name FROM party WHERE kind IN ('customer', 'supplier')")
    return [PartyName(key, _SIDE_OF_KIND[kind], code, name) for key, kind, code, name in rows]


def _codes_of_both_kinds(reader: Reader) -> set[str]:
    rows = reader.sql("SELECT kind, code FROM party WHERE kind IN ('customer', 'supplier')")
    codes = {kind: {code.casefold() for own, code in rows if own == kind} for kind in _SIDE_OF_KIND}
    return codes["customer"] & codes["supplier"]
