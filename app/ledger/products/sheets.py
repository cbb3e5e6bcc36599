"""The sheet Barang: the register of products with their opening stock."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from app.base.i18n import N_
from app.ledger.command import Command
from app.ledger.entries.takeover import takeover_day
from app.ledger.parties.register import folded
from app.ledger.products.commands import AddProduct, ChangeProduct, SetOpeningStock
from app.ledger.products.quantities import amount_of, to_quantity, to_thousandths
from app.ledger.products.register import Item
from app.ledger.products.service import opening_stock
from app.ledger.products.stock import stock_of
from app.ledger.sheet import CellKind, Column, Fault, Line, Sheet, SheetDocument, Step, remark
from app.ledger.transaction import Transaction

_FACTS = ("unit", "buy_price", "sell_price", "barcode", "category", "minimum", "big_unit", "big_size")
_SERVICE = "jasa"


def _build(tx: Transaction, document: SheetDocument) -> Sequence[Command]:
    """A new product is added, of a known one the filled cells that differ are changed; then its stock opens."""
    line = document.lines[0]
    code, name = str(line.get("code", "")), str(line.get("name"))
    products = stock_of(tx).products
    alike = products.named(name)
    item = products.code(code) if code else (alike[0] if len(alike) == 1 else None)
    given: dict[str, Any] = {key: line.cells[key] for key in _FACTS if line.cells.get(key) is not None}
    commands: list[Command] = []
    if item is None:
        if alike and code:
            remark(
                tx,
                N_("{name} now stands twice in the register of products: {codes}."),
                name=name,
                codes=", ".join([*(other.code for other in alike), code]),
            )
        commands.append(AddProduct(name=name, code=code, **given, **_kind(line)))
    else:
        changes = _changes(item, name, given, line)
        if changes:
            commands.append(ChangeProduct(product=item.code, **changes))
    return [*commands, *_opening(tx, line, item, code or name)]


def _kind(line: Line) -> dict[str, Any]:
    """Whether stock is kept from the start, and whether it is a service: by its category Jasa."""
    quantity, wanted = line.get("quantity"), line.get("stocked")
    service = folded(str(line.get("category", ""))) == _SERVICE and not quantity and wanted != "yes"
    # A stock of 0 is a count like any other; an empty cell says nothing.
    return {"stocked": wanted == "yes" or (quantity == 0 and wanted is None), "service": service}


def _changes(item: Item, name: str, given: dict[str, Any], line: Line) -> dict[str, Any]:
    """What the row says otherwise of a product in the book; raises Fault when that has another name."""
    if folded(item.name) != folded(name):
        raise Fault(
            "Product {code} is called {name} in this book.",
            column="name",
            advice="Correct the code, or the name in the product's data.",
            code=item.code,
            name=item.name,
        )
    before = {key: getattr(item, key) for key in given}
    for key in ("minimum", "big_size"):
        if key in before:
            before[key] = to_quantity(before[key])
    changes = {key: value for key, value in given.items() if value != before[key]}
    if line.get("stocked") == "yes" and not item.stocked:
        changes["stocked"] = True
    return changes


def _opening(tx: Transaction, line: Line, item: Item | None, word: str) -> list[Command]:
    """The opening stock, unless it is in the book already; raises Fault when there is another."""
    quantity: Decimal | None = line.get("quantity")
    value: int | None = line.get("value")
    if not quantity:
        if value:
            raise Fault(
                "The stock is worth {value:rp}, but how much it is is missing.",
                column="quantity",
                value=value,
            )
        return []
    if quantity < 0:
        raise Fault("A stock is not below 0.", column="quantity")
    opened, worth = opening_stock(tx, item) if item else (0, 0)
    if item and opened:
        price = line.get("buy_price", item.buy_price)
        wanted = to_thousandths(quantity)
        if opened == wanted and worth == (value or amount_of(wanted, price)):
            return []
        raise Fault(
            "{product} has an opening stock already: {quantity:qty}, worth {value:rp}.",
            column="quantity",
            advice="Take that back first, or correct the stock by a count.",
            product=item.name,
            quantity=to_quantity(opened),
            value=worth,
        )
    return [
        SetOpeningStock(
            on=line.get("on") or takeover_day(tx),
            product=item.code if item else word,
            quantity=quantity,
            value=value or None,
            memo=line.get("memo", ""),
        )
    ]


SHEETS = (
    Sheet(
        name="Barang",
        step=Step.PRODUCT,
        columns=(
            Column("Kode", "code", CellKind.CODE, aliases=("Kode Barang",), example="BR-01"),
            Column("Nama", "name", needed=True, aliases=("Nama Barang",), example="Beras 5 kg", width=28),
            Column("Satuan", "unit", example="sak"),
            Column("Harga Beli", "buy_price", CellKind.AMOUNT, example="62.000"),
            Column("Harga Jual", "sell_price", CellKind.AMOUNT, example="68.000"),
            Column("Stok Awal", "quantity", CellKind.QUANTITY, example="20"),
            Column("Nilai Stok", "value", CellKind.AMOUNT, example="1.240.000"),
            Column("Per Tanggal", "on", CellKind.DATE, example="31/12/2025"),
            Column("Barcode", "barcode", CellKind.CODE, example="8991234567890", width=18),
            Column("Kategori", "category", example="Sembako"),
            Column("Stok Minimum", "minimum", CellKind.QUANTITY, example="5"),
            Column("Satuan Besar", "big_unit"),
            Column("Isi", "big_size", CellKind.QUANTITY),
            Column(
                "Pakai Stok", "stocked", CellKind.CHOICE, choices={"ya": "yes", "tidak": "no"}, example="Ya"
            ),
            Column("Keterangan", "memo", width=28),
        ),
        build=_build,
        kinds=("business",),
    ),
)
