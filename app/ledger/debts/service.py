"""Paying bills, and taking them over."""

from datetime import date

from app.base.errors import Refused
from app.ledger.accounts.service import chart_of
from app.ledger.changes import Done
from app.ledger.debts.bills import CONTROLS, Side, bills_of, control_account
from app.ledger.debts.commands import PayBill, ReceiveBillPayment, SetOpeningBill
from app.ledger.entries.commands import ReverseEntry
from app.ledger.entries.post import Posting, post
from app.ledger.entries.service import opening_entry
from app.ledger.parties.register import register_of
from app.ledger.transaction import Transaction

SERIES = {Side.RECEIVABLE: "BB", Side.PAYABLE: "BU"}


def receive_bill_payment(tx: Transaction, command: ReceiveBillPayment) -> Done:
    """Money in from a customer, settling their bills."""
    return _pay(tx, Side.RECEIVABLE, command.customer, command)


def pay_bill(tx: Transaction, command: PayBill) -> Done:
    """Money out to a supplier, settling what is owed."""
    return _pay(tx, Side.PAYABLE, command.supplier, command)


def set_opening_bill(tx: Transaction, command: SetOpeningBill) -> Done:
    """Open the control account by one party's bill, against 3-9999."""
    side = Side.RECEIVABLE if command.customer else Side.PAYABLE
    party = register_of(tx).find(side.kind, command.customer or command.supplier)
    due = due_day(command.on, command.due)
    word = "Sisa bon" if side is Side.RECEIVABLE else "Sisa utang"
    posted = opening_entry(
        tx,
        on=command.on,
        memo=command.memo.strip() or f"{word} {party.name}",
        postings=[Posting(control_account(tx, side), side.sign * command.amount, party.id)],
        source="debts",
        controls=CONTROLS,
        party=party.id,
    )
    number = command.number.strip() or posted.number
    key = bills_of(tx).open_bill(
        side,
        party.id,
        entry=posted.id,
        number=number,
        on=command.on.isoformat(),
        due=due.isoformat(),
        amount=command.amount,
    )
    return Done(number=number, value={"entry": posted.id, "bill": key}, undo=ReverseEntry(entry=posted.id))


def due_day(on: date, due: date | None) -> date:
    """When a bill falls due: on its own day where no other is given. Raises Refused for one before that."""
    if due is None:
        return on
    if due < on:
        raise Refused("It can't fall due on {due}, before its own day {on}.", field="due", due=due, on=on)
    return due


def opening_bills(tx: Transaction, side: Side, party: int) -> int:
    """What was taken over of a party and not taken back: rupiah."""
    rows = tx.sql(
        "SELECT coalesce(sum(p.amount), 0) FROM posting AS p JOIN entry AS e ON e.id = p.entry_id"
        " WHERE p.party_id = ? AND p.account_id = ? AND e.kind = 'opening'",
        (party, control_account(tx, side)),
    )
    return side.sign * int(rows[0][0])


def take_back(tx: Transaction, entry: int, reversing: int, on: date) -> None:
    """Take back a payment or a bill taken over."""
    bills_of(tx).take_back(entry, reversing, on)


def payment_memo(side: Side, name: str) -> str:
    """What a payment is called where the person says nothing."""
    return f"{'Bayar bon' if side is Side.RECEIVABLE else 'Bayar utang'} {name}"


def _pay(tx: Transaction, side: Side, whom: str, command: ReceiveBillPayment | PayBill) -> Done:
    party = register_of(tx).find(side.kind, whom)
    money = chart_of(tx).money_account(command.account)
    bills = bills_of(tx)
    shares = bills.shares(side, party, command.amount, command.on, command.bill)
    posted = post(
        tx,
        on=command.on,
        memo=command.memo.strip() or payment_memo(side, party.name),
        postings=[
            Posting(money.id, side.sign * command.amount),
            Posting(control_account(tx, side), -side.sign * command.amount, party.id),
        ],
        source="debts",
        series=SERIES[side],
        number=command.number.strip(),
        party=party.id,
        controls=CONTROLS,
    )
    bills.pay(shares, entry=posted.id, on=command.on.isoformat())
    left = sum(item.open for item in bills.of(side, party.id))
    return Done(
        number=posted.number,
        value={
            "entry": posted.id,
            "bills": [{"number": item.number, "paid": amount} for item, amount in shares],
            "owed": left,
        },
        undo=ReverseEntry(entry=posted.id),
    )
