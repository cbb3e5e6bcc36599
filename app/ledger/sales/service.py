"""The rules of a sale. On the import's hot path: nothing here reads the database for a row."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from app.base.errors import Refused, UserError
from app.ledger.accounts.chart import Chart
from app.ledger.accounts.service import chart_of
from app.ledger.changes import Done, Kind
from app.ledger.debts.bills import Side, bills_of
from app.ledger.debts.service import due_day
from app.ledger.entries.commands import ReverseEntry
from app.ledger.entries.post import Posting, post
from app.ledger.parties.register import PartyKind, PartyRow, register_of
from app.ledger.products.quantities import (
    WHOLE,
    amount_of,
    cost_of,
    to_own_unit,
    to_quantity,
    to_thousandths,
)
from app.ledger.products.register import Item, Products
from app.ledger.products.stock import stock_of
from app.ledger.sales.commands import RecordSale, SaleLine, SaleMethod
from app.ledger.sales.tables import sale, sale_line
from app.ledger.transaction import Transaction

_CONTROLS = frozenset({"debts", "products"})
MONEY_ROLE = {
    SaleMethod.CASH: "cash",
    SaleMethod.QRIS: "qris",
    SaleMethod.TRANSFER: "bank",
    SaleMethod.CREDIT: "cash",  # what a customer pays at once on a bon
}


class _Sums(NamedTuple):
    """What a sale's lines add up to, rupiah: revenue before discounts, discounts, known cost."""

    goods: int
    services: int
    discount: int
    cost: int


class _Sold(NamedTuple):
    """One line worked out. Money is rupiah, quantities thousandths of the product's unit."""

    item: Item
    quantity: int
    unit: str
    unit_size: int
    price: int
    discount: int
    gross: int
    cost: int | None
    from_stock: bool


def record_sale(tx: Transaction, command: RecordSale) -> Done:
    """Post revenue gross, the discount, the money or the bon, and the cost of what left the stock."""
    chart = chart_of(tx)
    stock = stock_of(tx)
    sold = _sold(stock.products, command.lines)
    sums = _sums(sold)
    gross, discount = sums.goods + sums.services, sums.discount
    total = gross - discount
    paid = _paid(command, total)
    customer = register_of(tx).find(PartyKind.CUSTOMER, command.customer) if command.customer else None
    due = _due(command, customer, total - paid) if total > paid else command.on
    party = customer.id if customer else None
    posted = post(
        tx,
        on=command.on,
        memo=command.memo.strip() or usual_memo([row.item.name for row in sold]),
        postings=_postings(chart, command, sums, paid, total - paid, party),
        source="sales",
        series="JL",
        number=command.number.strip(),
        party=party,
        controls=_CONTROLS,
    )
    on = command.on.isoformat()
    key = posted.id
    tx.insert_tuple(sale, (key, posted.number, on, party, command.method.value, gross, discount, paid))
    for place, row in enumerate(sold):
        item, quantity, unit, size, price, less, amount, cost, from_stock = row
        tx.insert_tuple(
            sale_line, (key, place, item.id, quantity, unit, size, price, less, amount - less, cost)
        )
        if from_stock:
            stock.move(item, key, on, "sale", -quantity, -(cost or 0))
    if total > paid and party is not None:
        bills_of(tx).open_bill(
            Side.RECEIVABLE,
            party,
            entry=key,
            number=posted.number,
            on=on,
            due=due.isoformat(),
            amount=total - paid,
        )
    tx.changed(Kind.SALE, key)
    return Done(
        number=posted.number,
        value={"entry": key, "total": total, "paid": paid, "owed": total - paid},
        undo=ReverseEntry(entry=posted.id),
    )


def take_back(tx: Transaction, entry: int, reversing: int, on: date) -> None:
    """Put the goods back at the cost they left at, and write the sale's opposite."""
    bills_of(tx).take_back(entry, reversing, on)
    stock_of(tx).take_back(entry, reversing, on)
    number = tx.sql("SELECT number FROM entry WHERE id = ?", (reversing,))[0][0]
    for party, method, gross, discount, paid in tx.sql(
        "SELECT party_id, method, gross, discount, paid FROM sale WHERE id = ?", (entry,)
    ):
        tx.insert_tuple(sale, (reversing, number, on.isoformat(), party, method, -gross, -discount, -paid))
    for place, item, quantity, unit, size, price, less, amount, cost in tx.sql(
        "SELECT line, product_id, quantity, unit, unit_size, price, discount, amount, cost"
        " FROM sale_line WHERE sale_id = ?",
        (entry,),
    ):
        opposite = None if cost is None else -cost
        tx.insert_tuple(
            sale_line, (reversing, place, item, -quantity, unit, size, price, -less, -amount, opposite)
        )
    tx.changed(Kind.SALE, entry, reversing)


def _sold(products: Products, lines: tuple[SaleLine, ...]) -> list[_Sold]:
    """Work the lines out, taking from stock in their order, without touching the stock yet."""
    left: dict[int, tuple[int, int]] = {}
    sold: list[_Sold] = []
    for place, line in enumerate(lines):
        item = products.find_active(line.product, place)
        size = item.unit_size(line.unit, place) if line.unit else WHOLE
        given = to_thousandths(line.quantity, line=place)
        price = line.price
        if price is None:
            price = item.sell_price_of(size)
            if not price:
                raise UserError(
                    "{product} has no selling price.",
                    advice="Give the price.",
                    field="price",
                    line=place,
                    product=item.name,
                )
        gross = amount_of(given, price)
        if line.discount > gross:
            raise Refused(
                "The discount {discount:rp} is more than the line comes to: {gross:rp}.",
                field="discount",
                line=place,
                discount=line.discount,
                gross=gross,
            )
        quantity = given if size == WHOLE else to_own_unit(given, size, line=place)
        cost: int | None = None
        from_stock = False
        if item.service:
            cost = 0  # a service leaves no stock; what it takes is an expense of its own
        elif item.keeps_stock:
            there, worth = left.get(item.id) or (item.quantity, item.value)
            if quantity > there:
                raise Refused(
                    "Of {product} only {stock:qty} are left.",
                    advice="Record the purchase first, or correct the stock by a count.",
                    field="quantity",
                    line=place,
                    product=item.name,
                    stock=to_quantity(there),
                )
            cost = cost_of(there, worth, quantity)
            left[item.id] = (there - quantity, worth - cost)
            from_stock = True
        sold.append(
            _Sold(item, quantity, line.unit.strip(), size, price, line.discount, gross, cost, from_stock)
        )
    return sold


def _paid(command: RecordSale, total: int) -> int:
    """What of the total is paid at once, in all ways: all, or nothing on a bon, unless said otherwise."""
    also = sum(payment.amount for payment in command.also) if command.also else 0
    if command.paid is None and also <= total:
        return also if command.method is SaleMethod.CREDIT else total
    paid = (command.paid or 0) + also
    if paid > total:
        raise Refused(
            "The sale comes to {total:rp}, so {paid:rp} is too much.",
            advice="Record what you keep; the change you give back is not part of the sale.",
            field="paid",
            total=total,
            paid=paid,
        )
    return paid


def _due(command: RecordSale, customer: PartyRow | None, rest: int) -> date:
    if customer is None:
        raise Refused(
            "{rest:rp} stay unpaid, and a bon needs a customer.",
            advice="Say who owes it, or record it as paid in full.",
            field="customer",
            rest=rest,
        )
    return due_day(command.on, command.due)


def _sums(sold: list[_Sold]) -> _Sums:
    goods = services = discount = cost = 0
    for row in sold:
        if row.item.service:
            services += row.gross
        else:
            goods += row.gross
        discount += row.discount
        cost += row.cost or 0
    if not goods and not services and not cost:
        raise Refused("The sale comes to {total:rp}: there is nothing to record.", field="price", total=0)
    return _Sums(goods, services, discount, cost)


def _postings(
    chart: Chart, command: RecordSale, sums: _Sums, paid: int, rest: int, party: int | None
) -> list[Posting]:
    goods, services, discount, cost = sums
    role = chart.role
    postings: list[Posting] = []
    money = chart.money_account(command.account, MONEY_ROLE[command.method])
    for payment in command.also:
        account = chart.money_account(payment.account, MONEY_ROLE[payment.method], "also")
        postings.append(Posting(account.id, payment.amount))
        paid -= payment.amount
    if paid:
        postings.append(Posting(money.id, paid))
    if rest:
        postings.append(Posting(role("receivable").id, rest, party))
    if discount:
        postings.append(Posting(role("sales_discount").id, discount))
    if goods:
        postings.append(Posting(role("sales").id, -goods))
    if services:
        postings.append(Posting(role("services").id, -services))
    if cost:
        postings.append(Posting(role("cost_of_sales").id, cost))
        postings.append(Posting(role("inventory").id, -cost))
    return postings


def usual_memo(names: Sequence[str]) -> str:
    """What a sale of these is called where the person says nothing."""
    return (
        f"Penjualan {names[0]}" if len(names) == 1 else f"Penjualan {names[0]} dan {len(names) - 1} lainnya"
    )
