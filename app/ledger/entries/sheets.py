"""The sheets Saldo Awal and Jurnal."""

from collections.abc import Sequence

from app.ledger.accounts.service import chart_of
from app.ledger.command import Command
from app.ledger.entries.commands import EntryLine, PostEntry, PostOpening
from app.ledger.sheet import CellKind, Column, Fault, Line, Sheet, SheetDocument, Step
from app.ledger.transaction import Transaction


def _line(tx: Transaction, place: int, line: Line) -> EntryLine | None:
    code = str(line.get("account"))
    if chart_of(tx).by_code.get(code) is None:
        raise Fault("There is no account {code}.", line=place, column="account", code=code)
    debit, credit = int(line.get("debit", 0)), int(line.get("credit", 0))
    if debit and credit:
        raise Fault("A row has either a debit or a credit, not both.", line=place, column="credit")
    if debit < 0 or credit < 0:
        raise Fault(
            "Debit and credit are written without a minus sign.",
            line=place,
            column="debit" if debit < 0 else "credit",
        )
    if not debit and not credit:
        return None
    return EntryLine(account=code, debit=debit, credit=credit, memo=str(line.get("memo", "")))


def _journal(tx: Transaction, document: SheetDocument) -> Sequence[Command]:
    lines = [_line(tx, place, line) for place, line in enumerate(document.lines)]
    kept = tuple(line for line in lines if line is not None)
    if not kept:
        raise Fault("This entry has no amounts.", column="debit")
    debit, credit = sum(line.debit for line in kept), sum(line.credit for line in kept)
    if debit != credit:
        raise Fault(
            "Entry {number} does not balance: debit {debit:rp}, credit {credit:rp}.",
            line=len(document.lines) - 1,
            column="debit",
            number=document.number,
            debit=debit,
            credit=credit,
        )
    if document.on is None:
        raise Fault("The date is missing.", column="on")
    return (
        PostEntry(on=document.on, memo=str(document.get("memo", "")), lines=kept, number=document.number),
    )


def _opening(tx: Transaction, document: SheetDocument) -> Sequence[Command]:
    """Rows on control accounts and on 3-9999 are compared at the end, never posted."""
    if document.on is None:
        raise Fault("The date is missing.", column="on")
    chart = chart_of(tx)
    kept: list[EntryLine] = []
    for place, line in enumerate(document.lines):
        row = _line(tx, place, line)
        if row is None:
            continue
        account = chart.code(row.account)
        if account.control is None and account.role != "opening":
            kept.append(row)
    return (PostOpening(on=document.on, lines=tuple(kept)),) if kept else ()


_ACCOUNT = Column(
    "Kode Akun", "account", CellKind.CODE, needed=True, aliases=("Kode", "Akun"), example="1-1101"
)
_DEBIT = Column("Debet", "debit", CellKind.AMOUNT, aliases=("Debit",), example="2.500.000")
_CREDIT = Column("Kredit", "credit", CellKind.AMOUNT)

SHEETS = (
    Sheet(
        name="Saldo Awal",
        step=Step.OPENING,
        columns=(
            Column("Tanggal", "on", CellKind.DATE, needed=True, example="31/12/2025"),
            _ACCOUNT,
            Column("Nama Akun", "name", example="Kas Tunai", width=28),
            _DEBIT,
            _CREDIT,
            Column("Keterangan", "memo", width=28),
        ),
        build=_opening,
        date_key="on",
    ),
    Sheet(
        name="Jurnal",
        step=Step.CASH,
        columns=(
            Column("Tanggal", "on", CellKind.DATE, needed=True, example="31/10/2026"),
            Column("No Bukti", "number", CellKind.CODE, example="JU-1"),
            Column("Keterangan", "memo", example="Penyusutan peralatan Oktober", width=32),
            _ACCOUNT,
            _DEBIT,
            _CREDIT,
        ),
        build=_journal,
        date_key="on",
        number_key="number",
    ),
)
