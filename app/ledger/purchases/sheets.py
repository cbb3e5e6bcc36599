"""The sheet Pembelian."""

from collections.abc import Sequence

from app.ledger.command import Command
from app.ledger.parties.naming import named_party
from app.ledger.parties.register import PartyKind
from app.ledger.products.naming import named_products, product_columns
from app.ledger.products.quantities import amount_of
from app.ledger.products.stock import stock_of
from app.ledger.purchases.commands import PurchaseLine, PurchaseMethod, RecordPurchase
from app.ledger.sheet import CellKind, Column, Fault, Line, Sheet, SheetDocument, Step
from app.ledger.transaction import Transaction

_METHODS = {
    "tunai": PurchaseMethod.CASH.value,
    "transfer": PurchaseMethod.TRANSFER.value,
    "utang": PurchaseMethod.CREDIT.value,
    "hutang": PurchaseMethod.CREDIT.value,
}


def _build(tx: Transaction, document: SheetDocument) -> Sequence[Command]:
    """One purchase of all rows of the note; products and suppliers that the book does not know are added."""
    if document.on is None:
        raise Fault("The date is missing.", column="on")
    words, new_products = named_products(tx, document)
    supplier, new_supplier = named_party(tx, PartyKind.SUPPLIER, document.get("supplier", ""))
    purchase = RecordPurchase(
        on=document.on,
        lines=tuple(
            PurchaseLine(
                product=word,
                quantity=line.get("quantity"),
                price=_price(tx, word, place, line),
                discount=line.get("discount", 0),
                unit=line.get("unit", ""),
            )
            for place, (word, line) in enumerate(zip(words, document.lines, strict=True))
        ),
        freight=document.get("freight", 0),
        method=PurchaseMethod(document.get("method", PurchaseMethod.CASH)),
        paid=document.get("paid"),
        account=document.get("account", ""),
        supplier=supplier,
        due=document.get("due"),
        number=document.number,
        memo=document.get("memo", ""),
    )
    return [*new_products, *new_supplier, purchase]


def _price(tx: Transaction, word: str, place: int, line: Line) -> int:
    """The price of the row, else the product's buying price; raises Fault when neither is known."""
    price: int | None = line.get("price")
    if price is not None:
        return price
    item = stock_of(tx).products.code(word)
    if item is None or not item.buy_price:
        raise Fault("The price is missing.", line=place, column="price", advice="Fill it in.")
    return amount_of(item.unit_size(line.get("unit", ""), place), item.buy_price)


SHEETS = (
    Sheet(
        name="Pembelian",
        step=Step.PURCHASE,
        columns=(
            Column("Tanggal", "on", CellKind.DATE, needed=True, example="05/01/2026"),
            Column("No Nota", "number", CellKind.CODE, example="GM-5521"),
            *product_columns("GL-01", "Gula pasir", brings=True),
            Column("Jumlah", "quantity", CellKind.QUANTITY, needed=True, example="25"),
            Column("Satuan", "unit", example="kg"),
            Column("Harga", "price", CellKind.AMOUNT, example="15.600"),
            Column("Potongan", "discount", CellKind.AMOUNT),
            Column("Ongkos Angkut", "freight", CellKind.AMOUNT, document=True, example="20.000"),
            Column("Bayar", "method", CellKind.CHOICE, choices=_METHODS, document=True, example="Tunai"),
            Column("Dibayar", "paid", CellKind.AMOUNT, document=True),
            Column("Jatuh Tempo", "due", CellKind.DATE, document=True),
            Column("Pemasok", "supplier", CellKind.CODE, document=True, width=24, identity=True),
            Column("Kas/Bank", "account", CellKind.CODE, document=True),
            Column("Keterangan", "memo", width=28),
        ),
        build=_build,
        kinds=("business",),
        date_key="on",
        number_key="number",
    ),
)
