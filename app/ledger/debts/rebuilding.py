"""A payment on bills as the command that would record it, from what it paid on which bill."""

from typing import Any

from app.ledger.debts.bills import OpenBill, Side, numbered, spread
from app.ledger.debts.commands import PayBill, ReceiveBillPayment
from app.ledger.debts.service import SERIES, payment_memo
from app.ledger.entries.rebuilding import head_of, lines_of, memo_given, money_of, number_given, party_named
from app.ledger.reader import Reader


def payment_again(reader: Reader, entry: int) -> ReceiveBillPayment | PayBill | None:
    """The payment; None for a bill taken over, and where it would be spread over other bills now."""
    head, lines = head_of(reader, entry), lines_of(reader, entry)
    side = next((item for item in Side for line in lines if line.account.role == item.value), None)
    money = money_of(lines)
    if side is None or head.party is None or not money:
        return None
    amount = side.sign * money[0].amount
    bill = _bill(reader, entry, side, head.party, amount, head.on.isoformat())
    if bill is None:
        return None
    code, name = party_named(reader, head.party)
    common: dict[str, Any] = {
        "on": head.on,
        "amount": amount,
        "bill": bill,
        "account": money[0].account.code,
        "number": number_given(reader, head, SERIES[side]),
        "memo": memo_given(head, payment_memo(side, name)),
    }
    if side is Side.RECEIVABLE:
        return ReceiveBillPayment(customer=code, **common)
    return PayBill(supplier=code, **common)


def _bill(reader: Reader, entry: int, side: Side, party: int, amount: int, day: str) -> str | None:
    """The note that has to be named so that the payment goes where it went: none where the oldest first is the
    same; None where no name brings that about."""
    paid = [
        tuple(row)
        for row in reader.sql(
            "SELECT bill_id, amount FROM bill_payment WHERE entry_id = ? ORDER BY id", (entry,)
        )
    ]
    # The bills as they are once this payment is taken back.
    rows = reader.sql(
        "SELECT b.id, b.number, b.date, b.due, b.amount - coalesce("
        "  (SELECT sum(p.amount) FROM bill_payment AS p WHERE p.bill_id = b.id AND p.entry_id <> ?), 0)"
        " FROM bill AS b WHERE b.side = ? AND b.party_id = ?",
        (entry, side.value, party),
    )
    bills = [OpenBill(*row) for row in rows if row[4]]
    first = next((item.number for item in bills if paid and item.id == paid[0][0]), "")
    for number in ("", first):
        chosen = numbered(bills, number) if number else bills
        if [(share.bill.id, share.amount) for share in spread(chosen, amount, day)] == paid:
            return number
    return None
