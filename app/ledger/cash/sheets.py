"""The sheet Kas."""

from collections.abc import Sequence
from datetime import date

from app.base.errors import LumbungError
from app.ledger.accounts.service import chart_of
from app.ledger.cash.categories import TRANSFER, counter_account
from app.ledger.cash.commands import RecordMoneyIn, RecordMoneyOut, TransferMoney
from app.ledger.command import Command
from app.ledger.parties.register import folded
from app.ledger.sheet import CellKind, Column, Fault, Line, Sheet, SheetDocument, Step
from app.ledger.transaction import Transaction


def _build(tx: Transaction, document: SheetDocument) -> Sequence[Command]:
    """One command a row: money in, money out, or moved between cash and bank."""
    if document.on is None:
        raise Fault("The date is missing.", column="on")
    commands: list[Command] = []
    for place, line in enumerate(document.lines):
        try:
            commands.append(_command(tx, document.on, document.number, document.get("account", ""), line))
        except LumbungError as error:
            error.line = place
            raise
    return commands


def _command(tx: Transaction, on: date, number: str, account: str, line: Line) -> Command:
    received, spent = line.get("in", 0), line.get("out", 0)
    if received and spent:
        raise Fault("A row is either money in or money out, not both.", column="out")
    if received < 0 or spent < 0:
        raise Fault("An amount is written without a minus sign.", column="in" if received < 0 else "out")
    if not received and not spent:
        raise Fault("The amount is missing.", column="out", advice="Fill in Masuk or Keluar.")
    chart = chart_of(tx)
    category, target = str(line.get("category", "")), str(line.get("target", ""))
    memo = line.get("memo", "")
    chart.money_account(account)
    if target or folded(category) == folded(TRANSFER):
        if category and folded(category) != folded(TRANSFER):
            raise Fault(
                "Only money moved between cash and bank has Ke Kas/Bank.",
                column="target",
                advice="Write Pindah kas as its category, or leave Ke Kas/Bank empty.",
            )
        if not target:
            raise Fault("Where the money went is missing.", column="target", advice="Fill in Ke Kas/Bank.")
        if received:
            raise Fault(
                "Money moved between cash and bank is written once, where it left.",
                column="in",
                advice="Put the amount under Keluar.",
            )
        chart.money_account(target, field="target")
        return TransferMoney(on=on, amount=spent, source=account, target=target, memo=memo, number=number)
    if not category:
        raise Fault("What the money was for is missing.", column="category", advice="Fill in Kategori.")
    counter_account(chart, tx.info.kind, category, "in" if received else "out")
    record = RecordMoneyIn if received else RecordMoneyOut
    return record(
        on=on,
        amount=received or spent,
        category=category,
        account=account,
        party=line.get("party", ""),
        memo=memo,
        number=number,
    )


SHEETS = (
    Sheet(
        name="Kas",
        step=Step.CASH,
        columns=(
            Column("Tanggal", "on", CellKind.DATE, needed=True, example="10/01/2026"),
            Column("No Bukti", "number", CellKind.CODE, example="KK-1"),
            Column("Keterangan", "memo", example="Listrik Januari", width=32),
            Column("Masuk", "in", CellKind.AMOUNT),
            Column("Keluar", "out", CellKind.AMOUNT, example="185.000"),
            Column("Kategori", "category", CellKind.CODE, example="Listrik & air", width=24),
            Column("Pihak", "party", CellKind.CODE, width=24),
            Column("Kas/Bank", "account", CellKind.CODE, document=True, example="Kas Tunai"),
            Column("Ke Kas/Bank", "target", CellKind.CODE),
        ),
        build=_build,
        date_key="on",
        number_key="number",
    ),
)
