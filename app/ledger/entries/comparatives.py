"""Closing balances of years before the book began: kept beside the ledger to compare with, never posted."""

from collections.abc import Sequence
from datetime import date

from app.base.dates import FiscalYear
from app.base.errors import Refused
from app.ledger.accounts.service import chart_of
from app.ledger.changes import Done, Kind
from app.ledger.command import Command
from app.ledger.entries.commands import ComparativeLine, SetComparatives
from app.ledger.reader import Reader, optional_day
from app.ledger.sheet import CellKind, Column, Fault, Sheet, SheetDocument, Step
from app.ledger.transaction import Transaction

_YEAR_DIGITS = 4


def set_comparatives(tx: Transaction, command: SetComparatives) -> Done:
    """Keep the balances given; undone by putting back what was kept of the same accounts.

    Raises Refused for a heading, and for a year that the ledger itself knows from its beginning.
    """
    _refuse_known(tx, command.year)
    chart = chart_of(tx)
    kept = comparatives(tx, command.year)
    before: list[ComparativeLine] = []
    touched: dict[int, int] = {}
    for place, line in enumerate(command.lines):
        account = chart.code(line.account)
        if account.heading:
            raise Refused(
                "{code} {name} is a heading and has no balance.",
                field="account",
                line=place,
                code=account.code,
                name=account.name,
            )
        was = kept.get(account.id, 0)
        before.append(ComparativeLine(account=account.code, debit=max(was, 0), credit=max(-was, 0)))
        kept[account.id] = touched[account.id] = line.debit - line.credit
    tx.flush()
    tx.many(
        "DELETE FROM comparative WHERE year = ? AND account_id = ?", [(command.year, key) for key in touched]
    )
    tx.many(
        "INSERT INTO comparative (year, account_id, amount) VALUES (?, ?, ?)",
        [(command.year, key, amount) for key, amount in touched.items() if amount],
    )
    tx.changed(Kind.ACCOUNT)
    undo = SetComparatives(year=command.year, lines=tuple(reversed(before)))
    return Done(number=str(command.year), value={"accounts": len(command.lines)}, undo=undo)


def comparatives(reader: Reader, year: int) -> dict[int, int]:
    """The balances kept of a fiscal year, by account key; rupiah, debit positive."""
    return dict(reader.sql("SELECT account_id, amount FROM comparative WHERE year = ?", (year,)))


def first_day(reader: Reader) -> date | None:
    """The first day that anything is posted on, an opening included; None in an empty book."""
    return optional_day(reader.sql("SELECT min(date) FROM day_balance")[0][0])


def _refuse_known(tx: Transaction, year: int) -> None:
    first = first_day(tx)
    if first is not None and first <= FiscalYear(year, tx.info.first_month).first:
        raise Refused(
            "The ledger knows the year {year} itself; only earlier years are kept to compare with.",
            field="year",
            year=str(year),
        )


def _build(tx: Transaction, document: SheetDocument) -> Sequence[Command]:
    """All rows of a year are one document: the year is known again, or changed, as a whole."""
    year = _year(document.number)
    lines = []
    for place, line in enumerate(document.lines):
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
        lines.append(ComparativeLine(account=code, debit=debit, credit=credit))
    return (SetComparatives(year=year, lines=tuple(lines)),)


def _year(value: object) -> int:
    text = str(value).strip()
    if not (text.isdecimal() and len(text) == _YEAR_DIGITS):
        raise Fault("{year} is no year to compare with.", column="year", year=text)
    return int(text)


def _verify(tx: Transaction, documents: Sequence[SheetDocument]) -> list[tuple[SheetDocument, Fault]]:
    """The balances of a year are in balance: all of them, or those of the balance sheet alone.

    A trial balance before the closing is the first; a balance sheet that holds the year's result, with the
    statement of results beside it, the second.
    """
    chart = chart_of(tx)
    found = []
    for document in documents:
        year = _year(document.number)
        kept = comparatives(tx, year)
        whole = sum(kept.values())
        sheet = sum(amount for key, amount in kept.items() if not chart.by_id[key].is_result)
        if whole and sheet:
            fault = Fault(
                "The balances of {year} do not balance: debit and credit differ by {difference:rp}.",
                line=len(document.lines) - 1,
                column="debit" if document.lines[-1].get("debit") else "credit",
                advice="Give all accounts of that year, with both sides equal.",
                year=str(year),
                difference=abs(whole),
            )
            found.append((document, fault))
    return found


SHEET = Sheet(
    name="Saldo Pembanding",
    step=Step.PRODUCT,
    columns=(
        Column("Tahun", "year", CellKind.CODE, needed=True, example="2025"),
        Column(
            "Kode Akun", "account", CellKind.CODE, needed=True, aliases=("Kode", "Akun"), example="1-1101"
        ),
        Column("Debet", "debit", CellKind.AMOUNT, aliases=("Debit",), example="2.500.000"),
        Column("Kredit", "credit", CellKind.AMOUNT),
        Column("Keterangan", "memo", width=28),
    ),
    build=_build,
    number_key="year",
    verify=_verify,
)
