"""A sale as the command that would record it, from its rows and the money that came in."""

from typing import NamedTuple

from app.ledger.entries.rebuilding import (
    Line,
    head_of,
    lines_of,
    memo_given,
    money_of,
    number_given,
    party_named,
)
from app.ledger.products.register import read_products
from app.ledger.reader import Reader, optional_day
from app.ledger.sales.commands import RecordSale, SaleLine, SaleMethod, SalePayment
from app.ledger.sales.service import MONEY_ROLE, usual_memo

_METHOD_OF_MONEY = {"cash": SaleMethod.CASH, "qris": SaleMethod.QRIS, "bank": SaleMethod.TRANSFER}


class _Sold(NamedTuple):
    """The lines, what the sale of them is called, and what of them is services, before discounts."""

    lines: tuple[SaleLine, ...]
    memo: str
    services: int


def sale_again(reader: Reader, entry: int) -> RecordSale | None:
    """The sale; None where its goods are counted otherwise by now, or are a service that they were not then."""
    heads = reader.sql(
        "SELECT s.method, s.gross - s.discount - s.paid, (SELECT b.due FROM bill AS b WHERE b.entry_id = s.id)"
        " FROM sale AS s WHERE s.id = ?",
        (entry,),
    )
    sold = _sold(reader, entry)
    head, posted = head_of(reader, entry), lines_of(reader, entry)
    services = -sum(line.amount for line in posted if line.account.role == "services")
    if not heads or sold is None or sold.services != services:
        return None
    method, rest, due = SaleMethod(heads[0][0]), heads[0][1], optional_day(heads[0][2])
    # The money of the other ways was posted first.
    money = money_of(posted)
    also, main = money[:-1], money[-1:]
    paid = sum(line.amount for line in main)
    usual = paid == 0 if method is SaleMethod.CREDIT else rest == 0
    return RecordSale(
        on=head.on,
        lines=sold.lines,
        method=method,
        paid=None if usual else paid,
        also=tuple(_payment(line) for line in also),
        account=_place(main[0], method) if main else "",
        customer=party_named(reader, head.party)[0],
        due=None if due == head.on else due,
        number=number_given(reader, head, "JL"),
        memo=memo_given(head, sold.memo),
    )


def _sold(reader: Reader, entry: int) -> _Sold | None:
    rows = reader.sql(
        "SELECT product_id, quantity, unit, unit_size, price, discount, amount + discount FROM sale_line"
        " WHERE sale_id = ? ORDER BY line",
        (entry,),
    )
    items = read_products(reader, {row[0] for row in rows}).by_id
    lines = []
    for key, thousandths, unit, size, price, discount, _ in rows:
        quantity = items[key].in_unit(thousandths, unit, size)
        if quantity is None:
            return None
        lines.append(
            SaleLine(product=items[key].code, quantity=quantity, price=price, discount=discount, unit=unit)
        )
    services = sum(row[-1] for row in rows if items[row[0]].service)
    return _Sold(tuple(lines), usual_memo([items[row[0]].name for row in rows]), services)


def _payment(line: Line) -> SalePayment:
    method = _METHOD_OF_MONEY[line.account.money or "cash"]
    return SalePayment(method=method, amount=line.amount, account=_place(line, method))


def _place(line: Line, method: SaleMethod) -> str:
    """The account that took the money, where it is not the usual one of the way."""
    return "" if line.account.role == MONEY_ROLE[method] else line.account.code
