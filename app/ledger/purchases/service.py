"""The rules of a purchase."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from app.base.errors import Refused
from app.base.money import allocate
from app.ledger.accounts.service import chart_of
from app.ledger.changes import Done, Kind
from app.ledger.debts.bills import Side, bills_of
from app.ledger.debts.service import due_day
from app.ledger.entries.commands import ReverseEntry
from app.ledger.entries.post import Posting, post
from app.ledger.parties.register import PartyKind, PartyRow, register_of
from app.ledger.products.quantities import amount_of, to_own_unit, to_thousandths
from app.ledger.products.register import Item, Products
from app.ledger.products.stock import stock_of
from app.ledger.purchases.commands import PurchaseLine, PurchaseMethod, RecordPurchase
from app.ledger.purchases.tables import purchase, purchase_line
from app.ledger.transaction import Transaction

_CONTROLS = frozenset({"debts", "products"})
_MONEY_ROLE = {
    PurchaseMethod.CASH: "cash",
    PurchaseMethod.TRANSFER: "bank",
    PurchaseMethod.CREDIT: "cash",  # what is paid down at once
}


class _Bought(NamedTuple):
    """One line worked out. Money is rupiah, quantities thousandths of the product's unit."""

    item: Item
    quantity: int
    unit: str
    unit_size: int
    price: int
    discount: int
    amount: int


def record_purchase(tx: Transaction, command: RecordPurchase) -> Done:
    """Take the goods in at what they cost with their share of the freight; pay, or owe the rest."""
    chart = chart_of(tx)
    stock = stock_of(tx)
    bought = _bought(stock.products, command.lines)
    amount = sum(row.amount for row in bought)
    total = amount + command.freight
    if not total:
        raise Refused("The purchase comes to {total:rp}: there is nothing to record.", field="price", total=0)
    paid = _paid(command, total)
    supplier = register_of(tx).find(PartyKind.SUPPLIER, command.supplier) if command.supplier else None
    due = _due(command, supplier, total - paid) if total > paid else command.on
    party = supplier.id if supplier else None
    money = chart.money_account(command.account, _MONEY_ROLE[command.method])
    # Goods given for nothing share the freight by quantity: there is no amount to share it by.
    weights = [row.amount if amount else row.quantity for row in bought]
    freight = allocate(command.freight, weights)
    posted = post(
        tx,
        on=command.on,
        memo=command.memo.strip() or usual_memo([row.item.name for row in bought]),
        postings=[
            Posting(chart.role("inventory").id, total),
            Posting(money.id, -paid),
            Posting(chart.role("payable").id, paid - total, party),
        ],
        source="purchases",
        series="BL",
        number=command.number.strip(),
        party=party,
        controls=_CONTROLS,
    )
    on = command.on.isoformat()
    key = posted.id
    tx.insert_tuple(
        purchase,
        (key, posted.number, on, party, command.method.value, amount, command.freight, paid),
    )
    for place, (row, share) in enumerate(zip(bought, freight, strict=True)):
        item, quantity, unit, size, price, less, line_amount = row
        tx.insert_tuple(
            purchase_line, (key, place, item.id, quantity, unit, size, price, less, share, line_amount)
        )
        stock.move(item, key, on, "purchase", quantity, line_amount + share)
    if total > paid and party is not None:
        bills_of(tx).open_bill(
            Side.PAYABLE,
            party,
            entry=key,
            number=posted.number,
            on=on,
            due=due.isoformat(),
            amount=total - paid,
        )
    tx.changed(Kind.PURCHASE, key)
    return Done(
        number=posted.number,
        value={"entry": key, "total": total, "paid": paid, "owed": total - paid},
        undo=ReverseEntry(entry=posted.id),
    )


def take_back(tx: Transaction, entry: int, reversing: int, on: date) -> None:
    """Take the goods out again at what they came in at, and write the purchase's opposite."""
    bills_of(tx).take_back(entry, reversing, on)
    stock_of(tx).take_back(entry, reversing, on)
    number = tx.sql("SELECT number FROM entry WHERE id = ?", (reversing,))[0][0]
    for party, method, amount, freight, paid in tx.sql(
        "SELECT party_id, method, amount, freight, paid FROM purchase WHERE id = ?", (entry,)
    ):
        tx.insert_tuple(
            purchase, (reversing, number, on.isoformat(), party, method, -amount, -freight, -paid)
        )
    for place, item, quantity, unit, size, price, less, share, line_amount in tx.sql(
        "SELECT line, product_id, quantity, unit, unit_size, price, discount, freight, amount"
        " FROM purchase_line WHERE purchase_id = ?",
        (entry,),
    ):
        tx.insert_tuple(
            purchase_line,
            (reversing, place, item, -quantity, unit, size, price, -less, -share, -line_amount),
        )
    tx.changed(Kind.PURCHASE, entry, reversing)


def _bought(products: Products, lines: tuple[PurchaseLine, ...]) -> list[_Bought]:
    bought: list[_Bought] = []
    for place, line in enumerate(lines):
        item = products.find_active(line.product, place)
        if item.service:
            raise Refused(
                "{product} is a service and has no stock.",
                advice="Record it as money out, with its category.",
                field="product",
                line=place,
                product=item.name,
            )
        size = item.unit_size(line.unit, place)
        given = to_thousandths(line.quantity, line=place)
        gross = amount_of(given, line.price)
        if line.discount > gross:
            raise Refused(
                "The discount {discount:rp} is more than the line comes to: {gross:rp}.",
                field="discount",
                line=place,
                discount=line.discount,
                gross=gross,
            )
        bought.append(
            _Bought(
                item,
                to_own_unit(given, size, line=place),
                line.unit.strip(),
                size,
                line.price,
                line.discount,
                gross - line.discount,
            )
        )
    return bought


def _paid(command: RecordPurchase, total: int) -> int:
    """What of the total is paid at once: all, or nothing on credit, unless said otherwise."""
    if command.paid is None:
        return 0 if command.method is PurchaseMethod.CREDIT else total
    if command.paid > total:
        raise Refused(
            "The purchase comes to {total:rp}, so {paid:rp} is too much.",
            advice="Record what you paid for these goods only.",
            field="paid",
            total=total,
            paid=command.paid,
        )
    return command.paid


def _due(command: RecordPurchase, supplier: PartyRow | None, rest: int) -> date:
    if supplier is None:
        raise Refused(
            "{rest:rp} stay unpaid, and a debt needs a supplier.",
            advice="Say whom you owe it to, or record it as paid in full.",
            field="supplier",
            rest=rest,
        )
    return due_day(command.on, command.due)


def usual_memo(names: Sequence[str]) -> str:
    """What a purchase of these is called where the person says nothing."""
    return (
        f"Pembelian {names[0]}" if len(names) == 1 else f"Pembelian {names[0]} dan {len(names) - 1} lainnya"
    )
