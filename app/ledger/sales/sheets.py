"""The sheet Penjualan."""

from collections.abc import Sequence

from app.ledger.command import Command
from app.ledger.parties.naming import named_party
from app.ledger.parties.register import PartyKind
from app.ledger.products.naming import named_products, product_columns
from app.ledger.sales.commands import RecordSale, SaleLine, SaleMethod
from app.ledger.sheet import CellKind, Column, Fault, Sheet, SheetDocument, Step
from app.ledger.transaction import Transaction

_METHODS = {
    "tunai": SaleMethod.CASH.value,
    "qris": SaleMethod.QRIS.value,
    "transfer": SaleMethod.TRANSFER.value,
    "bon": SaleMethod.CREDIT.value,
}


def _build(tx: Transaction, document: SheetDocument) -> Sequence[Command]:
    """One sale of all rows of the note; products and customers that the book does not know are added."""
    if document.on is None:
        raise Fault("The date is missing.", column="on")
    words, new_products = named_products(tx, document)
    customer, new_customer = named_party(tx, PartyKind.CUSTOMER, document.get("customer", ""))
    sale = RecordSale(
        on=document.on,
        lines=tuple(
            SaleLine(
                product=word,
                quantity=line.get("quantity"),
                price=line.get("price"),
                discount=line.get("discount", 0),
                unit=line.get("unit", ""),
            )
            for word, line in zip(words, document.lines, strict=True)
        ),
        method=SaleMethod(document.get("method", SaleMethod.CASH)),
        paid=document.get("paid"),
        account=document.get("account", ""),
        customer=customer,
        due=document.get("due"),
        number=document.number,
        memo=document.get("memo", ""),
    )
    return [*new_products, *new_customer, sale]


SHEETS = (
    Sheet(
        name="Penjualan",
        step=Step.SALE,
        columns=(
            Column("Tanggal", "on", CellKind.DATE, needed=True, example="02/01/2026"),
            Column("No Nota", "number", CellKind.CODE, example="N-001"),
            *product_columns("BR-01", "Beras 5 kg", brings=False),
            Column("Jumlah", "quantity", CellKind.QUANTITY, needed=True, example="2"),
            Column("Satuan", "unit", example="sak"),
            Column("Harga", "price", CellKind.AMOUNT, example="68.000"),
            Column("Potongan", "discount", CellKind.AMOUNT, example="1.000"),
            Column("Bayar", "method", CellKind.CHOICE, choices=_METHODS, document=True, example="Tunai"),
            Column("Dibayar", "paid", CellKind.AMOUNT, document=True),
            Column("Jatuh Tempo", "due", CellKind.DATE, document=True),
            Column("Pelanggan", "customer", CellKind.CODE, document=True, width=24, identity=True),
            Column("Kas/Bank", "account", CellKind.CODE, document=True),
            Column("Keterangan", "memo", width=28),
        ),
        build=_build,
        kinds=("business",),
        date_key="on",
        number_key="number",
    ),
)
