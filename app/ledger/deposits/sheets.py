"""The sheet Simpanan Berjangka: new certificates, and running ones taken over."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from app.base.dates import add_months
from app.ledger.command import Command
from app.ledger.deposits.commands import COOPERATIVE, OpenTermDeposit, TakeOverTermDeposit
from app.ledger.deposits.terms import TERM_MAX, InterestPaid, RollOver
from app.ledger.sheet import CellKind, Column, Fault, Line, Sheet, SheetDocument, Step, opening_date
from app.ledger.transaction import Transaction

_PAID = {
    "bulanan": InterestPaid.MONTHLY,
    "tiap bulan": InterestPaid.MONTHLY,
    "per bulan": InterestPaid.MONTHLY,
    "jatuh tempo": InterestPaid.MATURITY,
    "saat jatuh tempo": InterestPaid.MATURITY,
    "di akhir": InterestPaid.MATURITY,
}
_ROLL_OVER = {
    "tidak": RollOver.NONE,
    "pokok": RollOver.PRINCIPAL,
    "aro": RollOver.PRINCIPAL,
    "otomatis": RollOver.PRINCIPAL,
    "pokok dan jasa": RollOver.ALL,
    "pokok + jasa": RollOver.ALL,
    "aro +": RollOver.ALL,
}
_CASH = ("tunai", "kas")


def _deposit(tx: Transaction, document: SheetDocument) -> Sequence[Command]:
    if len(document.lines) > 1:
        raise Fault(
            "Term deposit {number} stands here twice.",
            line=1,
            column="number",
            advice="Each certificate has one row.",
            number=document.number,
        )
    line = document.lines[0]
    start, as_of = line.get("start"), line.get("as_of")
    opened = opening_date(tx)
    if as_of is None and opened is not None and start <= opened:
        as_of = opened
    into = str(line.get("interest_into", ""))
    roll_over = RollOver(line.get("roll_over", RollOver.NONE))
    usual = InterestPaid.MATURITY if roll_over is RollOver.ALL else InterestPaid.MONTHLY
    fields: dict[str, Any] = {
        "member": str(line.get("member")),
        "number": str(line.get("number", "")),
        "product": str(line.get("product", "term")),
        "amount": int(line.get("amount")),
        "rate": Decimal(line.get("rate")),
        "term": _months(line),
        "interest": InterestPaid(line.get("interest", usual)),
        "interest_into": "" if into.casefold() in _CASH else into,
        "roll_over": roll_over,
        "memo": str(line.get("memo", "")),
    }
    if as_of is None:
        if line.get("paid_through") is not None:
            raise Fault(
                "This belongs to a running deposit, but Saldo Per Tanggal is empty.",
                column="paid_through",
                advice="Fill Saldo Per Tanggal, or leave this empty for a new deposit.",
            )
        return (OpenTermDeposit(on=start, account=str(line.get("account", "")), **fields),)
    return (TakeOverTermDeposit(start=start, as_of=as_of, paid_through=line.get("paid_through"), **fields),)


def _months(line: Line) -> int:
    """The term as given, or as the maturity says; raises Fault where the two differ or neither is there."""
    start, maturity, months = line.get("start"), line.get("maturity"), line.get("term")
    if maturity is None:
        if months is None:
            raise Fault("The term is missing.", column="term", advice="Fill Jangka (Bulan), or Jatuh Tempo.")
        return int(months)
    if months is None:
        months = 12 * (maturity.year - start.year) + maturity.month - start.month
    months = int(months)
    if not 1 <= months <= TERM_MAX or add_months(start, months) != maturity:
        raise Fault(
            "{maturity} is not a whole number of months after {start}, or not the term that is given.",
            column="maturity",
            advice="Give the start of the present term, or leave Jatuh Tempo empty.",
            maturity=maturity,
            start=start,
        )
    return months


SHEETS = (
    Sheet(
        name="Simpanan Berjangka",
        step=Step.OPENING,
        columns=(
            Column("No Bilyet", "number", CellKind.CODE, example="SB-2026-0001", aliases=("No Sertifikat",)),
            Column("No Anggota", "member", CellKind.CODE, needed=True, example="0137"),
            Column("Kode Produk", "product", CellKind.CODE, aliases=("Jenis",)),
            Column(
                "Tanggal Mulai",
                "start",
                CellKind.DATE,
                needed=True,
                aliases=("Tgl Mulai",),
                example="15/03/2026",
            ),
            Column("Jangka (Bulan)", "term", CellKind.INTEGER, aliases=("Jangka",), example="6"),
            Column("Jatuh Tempo", "maturity", CellKind.DATE, example="15/09/2026"),
            Column(
                "Nominal", "amount", CellKind.AMOUNT, needed=True, aliases=("Jumlah",), example="25.000.000"
            ),
            Column("Jasa % per Tahun", "rate", CellKind.PERCENT, needed=True, example="7,5"),
            Column("Bayar Jasa", "interest", CellKind.CHOICE, choices=_PAID, example="Bulanan"),
            Column("Jasa Ke", "interest_into", CellKind.CODE, example="Sukarela"),
            Column("Perpanjangan", "roll_over", CellKind.CHOICE, choices=_ROLL_OVER, example="Tidak"),
            Column("Jasa Dibayar s.d.", "paid_through", CellKind.DATE, aliases=("Jasa Dibayar sd",)),
            Column("Saldo Per Tanggal", "as_of", CellKind.DATE),
            Column("Kas/Bank", "account", document=True, example="Kas", width=12),
            Column("Keterangan", "memo", width=28),
        ),
        build=_deposit,
        kinds=COOPERATIVE,
        date_key="start",
        number_key="number",
        note="Saldo Per Tanggal terisi: bilyet yang sudah berjalan. Kosong: bilyet baru yang disetor.",
    ),
)
