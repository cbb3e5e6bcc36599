"""The rules of the product register and of stock outside sales and purchases."""

from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import delete, update

from app.base.errors import Refused, UserError
from app.ledger.accounts.service import chart_of
from app.ledger.changes import Done, Kind
from app.ledger.command import Command
from app.ledger.entries.commands import ReverseEntry
from app.ledger.entries.post import Posting, post
from app.ledger.entries.service import opening_entry
from app.ledger.products.commands import (
    AddProduct,
    AdjustStock,
    ChangeProduct,
    RemoveProduct,
    SetOpeningStock,
)
from app.ledger.products.quantities import amount_of, cost_of, to_quantity, to_thousandths
from app.ledger.products.register import Item
from app.ledger.products.stock import Stock, stock_of
from app.ledger.products.tables import product
from app.ledger.reader import is_referenced
from app.ledger.transaction import Transaction

CONTROLS = frozenset({"products"})
_COUNTED = ("minimum", "big_size")
_TEXTS = ("name", "unit", "barcode", "category", "big_unit")


def add_product(tx: Transaction, command: AddProduct) -> Done:
    """Add a product; the code is handed out when none is given."""
    stock = stock_of(tx)
    products = stock.products
    name, code, barcode = " ".join(command.name.split()), command.code.strip(), command.barcode.strip()
    if code and products.has_code(code):
        raise Refused(
            "The code {code} is taken: {name}.",
            advice="Choose another code.",
            field="code",
            code=code,
            name=_named(products.code(code)),
        )
    if not code and (alike := products.named(name)):
        raise Refused(
            "There is a product {name} already: {code}.",
            advice="Give a code of its own if it is another product of the same name.",
            field="name",
            name=name,
            code=alike[0].code,
        )
    _refuse_barcode(stock, barcode)
    while not code:
        proposal = tx.running_number("B")
        code = "" if products.has_code(proposal) else proposal
    item = Item(
        tx.next_id(product),
        code,
        name,
        unit=command.unit.strip(),
        buy_price=command.buy_price,
        sell_price=command.sell_price,
        barcode=barcode,
        category=command.category.strip(),
        minimum=to_thousandths(command.minimum, field="minimum"),
        big_unit=command.big_unit.strip(),
        big_size=to_thousandths(command.big_size, field="big_size"),
        stocked=command.stocked,
        service=command.service,
    )
    stock.add(item)
    return Done(number=code, value={"product": item.id}, undo=RemoveProduct(product=code))


def change_product(tx: Transaction, command: ChangeProduct) -> Done:
    """Change the facts that are given; the undo puts back what was there."""
    stock = stock_of(tx)
    item = stock.products.find(command.product)
    given = {
        info.name: getattr(command, info.name)
        for info in fields(command)
        if info.name != "product" and getattr(command, info.name) is not None
    }
    before: dict[str, Any] = {key: getattr(item, key) for key in given}
    values = dict(given)
    for key in _COUNTED:
        if key in given:
            values[key] = to_thousandths(given[key], field=key)
            before[key] = to_quantity(before[key])
    for key in _TEXTS:
        if key in given:
            values[key] = " ".join(given[key].split())
    if values.get("barcode", item.barcode) != item.barcode:
        _refuse_barcode(stock, values["barcode"])
    if bool(values.get("big_unit", item.big_unit)) != bool(values.get("big_size", item.big_size)):
        raise Refused("A big unit needs its name and how many of the unit it holds.", field="big_size")
    if values.get("service", item.service) and (values.get("stocked", item.stocked) or item.incoming):
        raise Refused("{product} has stock, so it can't be a service.", field="service", product=item.name)
    if values:
        columns = {key: int(value) if isinstance(value, bool) else value for key, value in values.items()}
        tx.execute(update(product).where(product.c.id == item.id).values(columns))
        stock.products.drop(item)
        for key, value in values.items():
            setattr(item, key, value)
        stock.products.put(item)
        tx.changed(Kind.PRODUCT, item.id)
    return Done(number=item.code, value={"product": item.id}, undo=ChangeProduct(product=item.code, **before))


def remove_product(tx: Transaction, command: RemoveProduct) -> Done:
    """Undo of adding. What already stands in a document stays in the register, out of use."""
    stock = stock_of(tx)
    item = stock.products.find(command.product)
    undo: Command
    tx.flush()
    if is_referenced(tx, "product", item.id):
        tx.execute(update(product).where(product.c.id == item.id).values(active=0))
        item.active = False
        undo = ChangeProduct(product=item.code, active=True)
    else:
        tx.execute(delete(product).where(product.c.id == item.id))
        stock.products.drop(item)
        undo = AddProduct(
            name=item.name,
            code=item.code,
            unit=item.unit,
            buy_price=item.buy_price,
            sell_price=item.sell_price,
            barcode=item.barcode,
            category=item.category,
            minimum=to_quantity(item.minimum),
            big_unit=item.big_unit,
            big_size=to_quantity(item.big_size),
            stocked=item.stocked,
            service=item.service,
        )
    tx.changed(Kind.PRODUCT, item.id)
    return Done(number=item.code, undo=undo)


def set_opening_stock(tx: Transaction, command: SetOpeningStock) -> Done:
    """Open the stock account by one product's stock, against 3-9999."""
    stock = stock_of(tx)
    item = stock.products.find_active(command.product)
    quantity = to_thousandths(command.quantity)
    _refuse_service(item)
    opened, worth = opening_stock(tx, item)
    if opened:
        raise Refused(
            "{product} has an opening stock already: {quantity:qty}, worth {value:rp}.",
            advice="Take that back first, or correct the stock by a count.",
            field="quantity",
            product=item.name,
            quantity=to_quantity(opened),
            value=worth,
        )
    value = amount_of(quantity, item.buy_price) if command.value is None else command.value
    if not value:
        raise UserError(
            "What the stock of {product} is worth is not known.",
            advice="Give its value or its buying price.",
            field="value",
            product=item.name,
        )
    posted = opening_entry(
        tx,
        on=command.on,
        memo=command.memo.strip() or f"Stok awal {item.name}",
        postings=[Posting(chart_of(tx).role("inventory").id, value)],
        source="products",
        controls=CONTROLS,
    )
    stock.move(item, posted.id, command.on.isoformat(), "opening", quantity, value)
    return Done(
        number=posted.number,
        value={"entry": posted.id, "product": item.id, "value": value},
        undo=ReverseEntry(entry=posted.id),
    )


def adjust_stock(tx: Transaction, command: AdjustStock) -> Done:
    """Write off what is missing at average cost, or take in what was found; both on Barang Rusak/Susut."""
    stock = stock_of(tx)
    item = stock.products.find_active(command.product)
    _refuse_service(item)
    if not item.keeps_stock:
        raise Refused(
            "No stock is kept of {product} yet.",
            advice="Give it an opening stock or record its purchase first.",
            field="product",
            product=item.name,
        )
    if command.counted is not None:
        field = "counted"
        there = quantity_on(tx, item, command.on)
        difference = to_thousandths(command.counted, field=field) - there
        memo = f"Stok opname {item.name}"
    else:
        assert command.damaged is not None  # the command's own rule
        field = "damaged"
        difference = -to_thousandths(command.damaged, field=field)
        memo = f"Barang rusak/hilang {item.name}"
    if difference == 0:
        raise Refused(
            "The count of {product} agrees with the book: {quantity:qty}. There is nothing to correct.",
            field=field,
            product=item.name,
            quantity=command.counted,
        )
    if item.quantity + difference < 0:
        raise Refused(
            "Of {product} only {stock:qty} are left.",
            field=field,
            product=item.name,
            stock=to_quantity(item.quantity),
        )
    value = -cost_of(item.quantity, item.value, -difference) if difference < 0 else _found(item, difference)
    if value == 0:
        raise UserError(
            "What {product} costs is not known.", advice="Give it a buying price first.", product=item.name
        )
    chart = chart_of(tx)
    posted = post(
        tx,
        on=command.on,
        memo=command.memo.strip() or memo,
        postings=[
            Posting(chart.role("inventory").id, value),
            Posting(chart.role("stock_loss").id, -value),
        ],
        source="products",
        series="SO",
        number=command.number.strip(),
        controls=CONTROLS,
    )
    stock.move(item, posted.id, command.on.isoformat(), "adjustment", difference, value)
    return Done(
        number=posted.number,
        value={
            "entry": posted.id,
            "product": item.id,
            "quantity": str(to_quantity(difference)),
            "value": value,
        },
        undo=ReverseEntry(entry=posted.id),
    )


def take_back(tx: Transaction, entry: int, reversing: int, on: date) -> None:
    """Take back an opening stock or a correction of stock."""
    stock_of(tx).take_back(entry, reversing, on)


def opening_stock(tx: Transaction, item: Item) -> tuple[int, int]:
    """What was taken over of a product and not taken back: thousandths and rupiah."""
    if not item.incoming:
        return 0, 0
    row = tx.sql(
        "SELECT coalesce(sum(quantity), 0), coalesce(sum(value), 0) FROM stock_movement"
        " WHERE product_id = ? AND kind = 'opening'",
        (item.id,),
    )[0]
    return int(row[0]), int(row[1])


def quantity_on(tx: Transaction, item: Item, on: date) -> int:
    """The stock of a product at the close of a day by its movements, in thousandths."""
    rows = tx.sql(
        "SELECT coalesce(sum(quantity), 0) FROM stock_movement WHERE product_id = ? AND date <= ?",
        (item.id, on.isoformat()),
    )
    return int(rows[0][0])


def _found(item: Item, quantity: int) -> int:
    """What goods found at a count are worth: at average cost, else at the buying price."""
    if item.quantity > 0 and item.value > 0:
        return cost_of(item.quantity, item.value, quantity)
    return amount_of(quantity, item.buy_price)


def _refuse_service(item: Item) -> None:
    if item.service:
        raise Refused("{product} is a service and has no stock.", field="product", product=item.name)


def _refuse_barcode(stock: Stock, barcode: str) -> None:
    taken = stock.products.barcode(barcode) if barcode else None
    if taken is not None:
        raise Refused(
            "The barcode {barcode} belongs to {name}.", field="barcode", barcode=barcode, name=taken.name
        )


def _named(item: Item | None) -> str:
    return item.name if item else ""
