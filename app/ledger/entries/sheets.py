"""The sheets Saldo Awal and Jurnal."""

from collections.abc import Sequence
from datetime import date

from app.base.i18n import N_
from app.ledger.accounts.service import chart_of
from app.ledger.command import Command
from app.ledger.entries.commands import EntryLine, PostEntry, PostOpening
from app.ledger.entries.comparatives import SHEET as COMPARATIVES
from app.ledger.entries.post import refuse_by_hand
from app.ledger.sheet import CellKind, Column, Fault, Line, Sheet, SheetDocument, Step, remark
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
    chart = chart_of(tx)
    for place, row in enumerate(lines):
        if row is not None:
            refuse_by_hand(chart, chart.code(row.account).id, place)
    kept = tuple(line for line in lines if line is not None)
    if not kept:
        raise Fault("This entry has no amounts.", column="debit")
    debit, credit = sum(line.debit for line in kept), sum(line.credit for line in kept)
    if debit != credit and not document.number:
        raise Fault(
            "The rows of {on:medium} without a number do not balance: debit {debit:rp}, credit {credit:rp}.",
            line=len(document.lines) - 1,
            column="debit" if document.lines[-1].get("debit") else "credit",
            advice="Both sides must be equal; give the rows of one entry the same number.",
            on=document.on,
            debit=debit,
            credit=credit,
        )
    if debit != credit:
        raise Fault(
            "Entry {number} does not balance: debit {debit:rp}, credit {credit:rp}.",
            line=len(document.lines) - 1,
            column="debit" if document.lines[-1].get("debit") else "credit",
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
        _compare_name(tx, place, line)
        if row is None:
            continue
        account = chart.code(row.account)
        if account.control is None and account.role != "opening":
            kept.append(row)
    return (PostOpening(on=document.on, lines=tuple(kept)),) if kept else ()


def _compare_name(tx: Transaction, place: int, line: Line) -> None:
    """Another account's name beside a code is a slip in the code; a name of one's own is only remarked."""
    name = str(line.get("name", ""))
    chart = chart_of(tx)
    account = chart.by_code.get(str(line.get("account")))
    if not name or account is None or name.casefold() == account.name.casefold():
        return
    other = chart.find(name)
    if other is not None and other.code != account.code:
        raise Fault(
            "{code} is {name} in this book; {given} has the code {other}.",
            line=place,
            column="account",
            advice="Correct the code or the name.",
            code=account.code,
            name=account.name,
            given=name,
            other=other.code,
        )
    remark(
        tx,
        N_("{code} is called {name} in this book, in the file {given}."),
        code=account.code,
        name=account.name,
        given=name,
    )


def _verify(tx: Transaction, documents: Sequence[SheetDocument]) -> list[tuple[SheetDocument, Fault]]:
    """Rows on control accounts against the sum of their details at the same date, once all is posted."""
    chart = chart_of(tx)
    given: dict[tuple[int, date], int] = {}
    last: dict[tuple[int, date], tuple[SheetDocument, int]] = {}
    for document in documents:
        for place, line in enumerate(document.lines):
            account = chart.by_code.get(str(line.get("account")))
            if account is None or account.control is None or document.on is None:
                continue
            key = account.id, document.on
            given[key] = given.get(key, 0) + int(line.get("debit", 0)) - int(line.get("credit", 0))
            last[key] = document, place
    found: list[tuple[SheetDocument, Fault]] = []
    for (account_id, on), amount in given.items():
        account = chart.by_id[account_id]
        details = tx.sql(
            "SELECT coalesce(sum(amount), 0) FROM day_balance WHERE account_id = ? AND date <= ?",
            (account_id, on.isoformat()),
        )[0][0]
        if details == amount:
            continue
        document, place = last[account_id, on]
        column = "debit" if document.lines[place].get("debit") else "credit"
        fault = Fault(
            "{code} {name}: this sheet says {given:rp}, the details on {on:medium} add up to {details:rp}.",
            line=place,
            column=column,
            advice="Correct the amount here, or the rows of the details.",
            code=account.code,
            name=account.name,
            given=account.normal * amount,
            details=account.normal * details,
            on=on,
        )
        found.append((document, fault))
    return found


def _balances(lines: Sequence[Line]) -> bool:
    """Rows without a number make an entry as soon as both sides are equal."""
    return sum(int(line.get("debit", 0)) - int(line.get("credit", 0)) for line in lines) == 0


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
        verify=_verify,
    ),
    COMPARATIVES,
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
        whole=_balances,
    ),
)
