"""A purchase as the command that would record it, from its rows and the money that went out."""

from app.ledger.entries.rebuilding import head_of, lines_of, memo_given, money_of, number_given, party_named
from app.ledger.products.register import read_products
from app.ledger.purchases.commands import PurchaseLine, PurchaseMethod, RecordPurchase
from app.ledger.purchases.service import usual_memo
from app.ledger.reader import Reader, optional_day


def purchase_again(reader: Reader, entry: int) -> RecordPurchase | None:
    """The purchase; None where its goods are counted in other units by now."""
    heads = reader.sql(
        "SELECT h.method, h.freight, h.paid, h.amount + h.freight - h.paid,"
        " (SELECT b.due FROM bill AS b WHERE b.entry_id = h.id) FROM purchase AS h WHERE h.id = ?",
        (entry,),
    )
    rows = reader.sql(
        "SELECT product_id, quantity, unit, unit_size, price, discount FROM purchase_line"
        " WHERE purchase_id = ? ORDER BY line",
        (entry,),
    )
    items = read_products(reader, {row[0] for row in rows}).by_id
    lines = []
    for key, thousandths, unit, size, price, discount in rows:
        quantity = items[key].in_unit(thousandths, unit, size)
        if quantity is None:
            return None
        lines.append(
            PurchaseLine(
                product=items[key].code, quantity=quantity, price=price, discount=discount, unit=unit
            )
        )
    if not heads:
        return None
    method, freight, paid, rest, due = heads[0]
    head, money = head_of(reader, entry), money_of(lines_of(reader, entry))
    usual = paid == 0 if method == PurchaseMethod.CREDIT else rest == 0
    return RecordPurchase(
        on=head.on,
        lines=tuple(lines),
        freight=freight,
        method=PurchaseMethod(method),
        paid=None if usual else paid,
        account=money[0].account.code if money else "",
        supplier=party_named(reader, head.party)[0],
        due=None if due == head.on.isoformat() else optional_day(due),
        number=number_given(reader, head, "BL"),
        memo=memo_given(head, usual_memo([items[row[0]].name for row in rows])),
    )
