"""The sheet Produk Simpanan: the savings products of a cooperative that moves in."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from app.ledger.accounts.service import chart_of
from app.ledger.command import Command
from app.ledger.savings.commands import COOPERATIVE, AddSavingsProduct, SavingsKind, SetSavingsProduct
from app.ledger.savings.interest import InterestMethod
from app.ledger.savings.queries import meant
from app.ledger.savings.register import Product, savings_of
from app.ledger.savings.terms import ALWAYS, Terms, read_terms
from app.ledger.sheet import CellKind, Column, Fault, Line, Sheet, SheetDocument, Step
from app.ledger.transaction import Transaction

_KINDS = {
    "pokok": SavingsKind.SHARE,
    "simpanan pokok": SavingsKind.SHARE,
    "wajib": SavingsKind.MANDATORY,
    "simpanan wajib": SavingsKind.MANDATORY,
    "sukarela": SavingsKind.VOLUNTARY,
    "simpanan sukarela": SavingsKind.VOLUNTARY,
    "tabungan": SavingsKind.VOLUNTARY,
    "berjangka": SavingsKind.TERM,
    "simpanan berjangka": SavingsKind.TERM,
    "wajib pinjam": SavingsKind.LOAN_REQUIRED,
    "simpanan wajib pinjam": SavingsKind.LOAN_REQUIRED,
}
_METHODS = {
    "saldo terendah": InterestMethod.LOWEST,
    "terendah": InterestMethod.LOWEST,
    "saldo rata-rata": InterestMethod.AVERAGE,
    "rata-rata": InterestMethod.AVERAGE,
    "saldo harian": InterestMethod.DAILY,
    "harian": InterestMethod.DAILY,
}
_BASES = {"365": "365", "360": "360", "12": "12", "365 hari": "365", "360 hari": "360", "12 bulan": "12"}


def _products(tx: Transaction, document: SheetDocument) -> Sequence[Command]:
    """A new product is added; of a known one (by code, else by name) what the row says otherwise is changed."""
    line = document.lines[0]
    code, name = str(line.get("code")), str(line.get("name"))
    given = _given(line)
    known = meant(savings_of(tx).products.values(), code) or meant(savings_of(tx).products.values(), name)
    kind = line.get("kind")
    if known is None:
        if kind is None:
            raise Fault(
                "The kind of savings is missing.",
                column="kind",
                advice="Write Pokok, Wajib, Sukarela, Berjangka or Wajib Pinjam.",
            )
        return (AddSavingsProduct(code=code, name=name, kind=SavingsKind(kind), **given),)
    if kind is not None and SavingsKind(kind) is not known.kind:
        raise Fault(
            "{product} is of another kind in this book.",
            column="kind",
            advice="Give the new product another code and name.",
            product=known.name,
        )
    before = _standing(tx, known)
    changes = {key: value for key, value in given.items() if value != before[key]}
    if changes.keys() & set(Terms._fields):
        changes["from_month"] = ALWAYS
    commands: list[Command] = []
    if "amount" in changes:
        # Of mandatory savings too the sheet says what holds from the beginning.
        commands.append(SetSavingsProduct(code=known.code, amount=changes.pop("amount")))
    if changes:
        commands.append(SetSavingsProduct(code=known.code, **changes))
    return commands


def _given(line: Line) -> dict[str, Any]:
    """The fields of AddSavingsProduct that a row fills."""
    given: dict[str, Any] = {
        key: line.cells[key] for key in ("amount", "minimum", "account") if line.cells.get(key) is not None
    }
    if line.cells.get("rate") is not None:
        given["rate"] = Decimal(line.cells["rate"])
    if line.cells.get("method") is not None:
        given["method"] = InterestMethod(line.cells["method"])
    if line.cells.get("basis") is not None:
        given["basis"] = int(line.cells["basis"])
    return given


def _standing(tx: Transaction, product: Product) -> dict[str, Any]:
    """What the book says of a product that the sheet can say too."""
    rows = read_terms(tx).get(product.id, [])
    terms = rows[-1][1] if rows else Terms()
    account = chart_of(tx).by_id[product.ledger].code
    return {"amount": product.amount, "account": account, **terms._asdict()}


SHEETS = (
    Sheet(
        name="Produk Simpanan",
        step=Step.PRODUCT,
        columns=(
            Column("Kode", "code", CellKind.CODE, needed=True, example="hari-raya", identity=True),
            Column("Nama", "name", needed=True, example="Simpanan Hari Raya", width=26),
            Column("Golongan", "kind", CellKind.CHOICE, choices=_KINDS, example="Sukarela"),
            Column("Setoran", "amount", CellKind.AMOUNT),
            Column("Jasa % per Tahun", "rate", CellKind.PERCENT, aliases=("Jasa %",), example="4"),
            Column("Cara Hitung", "method", CellKind.CHOICE, choices=_METHODS, example="Saldo terendah"),
            Column("Dasar Hari", "basis", CellKind.CHOICE, choices=_BASES, example="365"),
            Column("Saldo Minimum", "minimum", CellKind.AMOUNT, example="100.000"),
            Column("Kode Akun", "account", CellKind.CODE, aliases=("Akun",), example="2-1102"),
        ),
        build=_products,
        kinds=COOPERATIVE,
    ),
)
