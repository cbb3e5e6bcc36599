"""The open bills in the open transaction: opened by sales and purchases, settled by payments."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from app.base.errors import Refused
from app.ledger.accounts.service import chart_of
from app.ledger.changes import Kind
from app.ledger.debts.tables import bill, bill_payment
from app.ledger.parties.register import PartyKind, PartyRow
from app.ledger.transaction import Transaction

CONTROLS = frozenset({"debts"})


class Side(StrEnum):
    """Who owes whom: customers us (the bon), or we the suppliers."""

    RECEIVABLE = "receivable"
    PAYABLE = "payable"

    @property
    def sign(self) -> int:
        """+1 where what is owed is a debit, -1 where it is a credit."""
        return 1 if self is Side.RECEIVABLE else -1

    @property
    def kind(self) -> PartyKind:
        """The parties of this side."""
        return PartyKind.CUSTOMER if self is Side.RECEIVABLE else PartyKind.SUPPLIER


class OpenBill:
    """One bill with what is still owed on it."""

    __slots__ = ("date", "due", "id", "number", "open")

    def __init__(self, id: int, number: str, date: str, due: str, open: int) -> None:  # noqa: A002
        self.id = id
        self.number = number
        self.date = date
        self.due = due
        self.open = open


class Share(NamedTuple):
    """A part of a payment, and the bill it pays."""

    bill: OpenBill
    amount: int


class Bills:
    """Bills are read for a party once a payment asks for them, and then kept up to date in memory."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._open: dict[tuple[Side, int], list[OpenBill]] = tx.memo("bills", dict)

    def open_bill(
        self, side: Side, party: int, *, entry: int, number: str, on: str, due: str, amount: int
    ) -> int:
        """Write a new bill and return its key. The caller has posted it to the control account."""
        tx = self._tx
        key = tx.next_id(bill)
        tx.insert_tuple(bill, (key, side.value, party, entry, number, on, due, amount))
        known = self._open.get((side, party))
        if known is not None:
            known.append(OpenBill(key, number, on, due, amount))
        tx.changed(Kind.BILL, key)
        return key

    def of(self, side: Side, party: int) -> list[OpenBill]:
        """The party's bills with something open, in no order."""
        known = self._open.get((side, party))
        if known is None:
            rows = self._tx.sql(
                "SELECT b.id, b.number, b.date, b.due, b.amount - coalesce("
                "  (SELECT sum(p.amount) FROM bill_payment AS p WHERE p.bill_id = b.id), 0) AS open"
                " FROM bill AS b WHERE b.side = ? AND b.party_id = ?",
                (side.value, party),
            )
            known = self._open[side, party] = [OpenBill(*row) for row in rows if row[4]]
        elif any(item.open == 0 for item in known):
            known[:] = [item for item in known if item.open]
        return known

    def shares(self, side: Side, party: PartyRow, amount: int, on: date, number: str = "") -> list[Share]:
        """How a payment is spread over the party's bills of that day or earlier: oldest due first.

        With `number` it all goes to that note. Raises Refused, naming what is owed, for more than that.
        """
        bills = self.of(side, party.id)
        day = on.isoformat()
        if number:
            bills = numbered(bills, number)
            if not bills:
                raise Refused(
                    "{name} has no open note {number}.",
                    advice="Leave the note out to pay the oldest first.",
                    field="bill",
                    name=party.name,
                    number=number.strip(),
                )
        owed = sum(item.open for item in bills if item.date <= day)
        if amount > owed:
            self._refuse(side, party, amount, owed, number)
        return spread(bills, amount, day)

    def pay(self, shares: list[Share], *, entry: int, on: str) -> None:
        """Write a payment's shares."""
        tx = self._tx
        for item, amount in shares:
            item.open -= amount
            tx.insert_tuple(bill_payment, (tx.next_id(bill_payment), item.id, entry, on, amount))
            tx.changed(Kind.BILL, item.id)

    def take_back(self, entry: int, reversing: int, on: date) -> None:
        """Settle the bills that an entry opened and take its payments back, under the reversing entry.

        Raises Refused when a bill was paid in part: its payment has to be taken back first. Works also
        for the reversal of a reversal.
        """
        tx = self._tx
        opened = tx.sql(
            "SELECT b.id, b.number, b.amount, b.amount - coalesce("
            "  (SELECT sum(p.amount) FROM bill_payment AS p WHERE p.bill_id = b.id), 0)"
            " FROM bill AS b WHERE b.entry_id = ?",
            (entry,),
        )
        for _, number, amount, left in opened:
            if left != amount:
                raise Refused(
                    "On {number} {paid:rp} were paid already.",
                    advice="Take that payment back first.",
                    number=number,
                    paid=amount - left,
                )
        paid = tx.sql(
            "SELECT p.bill_id, b.number, p.amount, b.amount, b.amount - coalesce("
            "  (SELECT sum(q.amount) FROM bill_payment AS q WHERE q.bill_id = b.id), 0)"
            " FROM bill_payment AS p JOIN bill AS b ON b.id = p.bill_id WHERE p.entry_id = ? ORDER BY p.id",
            (entry,),
        )
        for _, number, amount, whole, left in paid:
            if not 0 <= left + amount <= whole:
                raise Refused(
                    "On {number} only {left:rp} are open.",
                    advice="Take back first what was paid on it since.",
                    number=number,
                    left=left,
                )
        day = on.isoformat()
        for key, _, amount, _ in opened:
            tx.insert_tuple(bill_payment, (tx.next_id(bill_payment), key, reversing, day, amount))
        for key, _, amount, _, _ in paid:
            tx.insert_tuple(bill_payment, (tx.next_id(bill_payment), key, reversing, day, -amount))
        tx.changed(Kind.BILL, *(row[0] for row in opened), *(row[0] for row in paid))
        self._open.clear()

    def _refuse(self, side: Side, party: PartyRow, amount: int, owed: int, number: str) -> None:
        raise Refused(
            (
                "{name} owes {owed:rp}, so {amount:rp} is too much."
                if side is Side.RECEIVABLE
                else "{name} is owed {owed:rp}, so {amount:rp} is too much."
            ),
            advice="Pay at most what is owed.",
            field="amount",
            name=f"{party.name} ({number.strip()})" if number else party.name,
            owed=owed,
            amount=amount,
        )


def numbered(bills: Iterable[OpenBill], number: str) -> list[OpenBill]:
    """Those with this number, without regard to case."""
    wanted = number.strip().casefold()
    return [item for item in bills if item.number.casefold() == wanted]


def spread(bills: Iterable[OpenBill], amount: int, day: str) -> list[Share]:
    """An amount laid on the bills of a day or earlier, oldest due first."""
    shares: list[Share] = []
    for item in sorted(bills, key=lambda item: (item.due, item.id)):
        if item.date > day:
            continue
        part = min(amount, item.open)
        shares.append(Share(item, part))
        amount -= part
        if amount == 0:
            break
    return shares


def bills_of(tx: Transaction) -> Bills:
    """The bills of the open transaction."""
    return tx.attached("bills", Bills)


def control_account(tx: Transaction, side: Side) -> int:
    """The key of the account whose balance the bills of a side add up to."""
    return chart_of(tx).role(side.value).id
