"""The sheet Akun."""

from collections.abc import Sequence

from app.ledger.accounts.commands import AccountType, AddAccount
from app.ledger.accounts.service import chart_of
from app.ledger.command import Command
from app.ledger.sheet import CellKind, Column, Fault, Sheet, SheetDocument, Step
from app.ledger.transaction import Transaction

_TYPES = {
    "aset": "asset",
    "aktiva": "asset",
    "liabilitas": "liability",
    "kewajiban": "liability",
    "utang": "liability",
    "ekuitas": "equity",
    "modal": "equity",
    "pendapatan": "revenue",
    "beban": "expense",
    "biaya": "expense",
}


def _build(tx: Transaction, document: SheetDocument) -> Sequence[Command]:
    """An account that the book has is left alone; one of another name is a fault."""
    line = document.lines[0]
    code, name = str(line.get("code")), str(line.get("name"))
    existing = chart_of(tx).by_code.get(code)
    if existing is not None:
        if existing.name.casefold() != name.casefold():
            raise Fault(
                "Account {code} is called {name} in this book.",
                column="name",
                code=code,
                name=existing.name,
            )
        return ()
    kind = line.get("type")
    return (
        AddAccount(
            code=code,
            name=name,
            type=None if kind is None else AccountType(kind),
            parent=str(line.get("parent", "")),
        ),
    )


SHEETS = (
    Sheet(
        name="Akun",
        step=Step.ACCOUNT,
        columns=(
            Column("Kode", "code", CellKind.CODE, needed=True, example="6-1013"),
            Column("Nama", "name", needed=True, example="Sedekah dan Sumbangan", width=32),
            Column("Jenis", "type", CellKind.CHOICE, choices=_TYPES, example="Beban"),
            Column("Induk", "parent", CellKind.CODE),
        ),
        build=_build,
    ),
)
