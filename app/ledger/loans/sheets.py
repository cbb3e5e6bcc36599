"""The sheets Pinjaman (new and running loans) and Angsuran (what members pay on them)."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from app.ledger.command import Command
from app.ledger.loans.commands import DisburseLoan, ReceiveInstalment, TakeOverLoan
from app.ledger.loans.register import loans_of
from app.ledger.loans.schedule import Every, Method, RatePer
from app.ledger.loans.service import settle_held
from app.ledger.sheet import CellKind, Column, Fault, Line, Sheet, SheetDocument, Step, opening_date
from app.ledger.transaction import Transaction

_COOPERATIVE = ("cooperative",)

_METHODS = {
    "flat": Method.FLAT,
    "tetap": Method.FLAT,
    "menurun": Method.DECLINING,
    "efektif": Method.DECLINING,
    "sliding": Method.DECLINING,
    "anuitas": Method.ANNUITY,
    "bayar akhir": Method.BULLET,
    "musiman": Method.BULLET,
}
_PER = {
    "bulan": RatePer.MONTH,
    "sebulan": RatePer.MONTH,
    "tahun": RatePer.YEAR,
    "setahun": RatePer.YEAR,
    "jangka waktu": RatePer.TERM,
    "seluruhnya": RatePer.TERM,
}
_EVERY = {
    "bulan": Every.MONTH,
    "bulanan": Every.MONTH,
    "minggu": Every.WEEK,
    "mingguan": Every.WEEK,
    "hari": Every.DAY,
    "harian": Every.DAY,
}
_PARTS = ("principal", "interest", "penalty")
_ONLY_RUNNING = (
    "as_of",
    "paid_through",
    "arrears_principal",
    "arrears_interest",
    "penalty",
    "arrears_since",
    "held",
)


def _loan(tx: Transaction, document: SheetDocument) -> Sequence[Command]:
    if len(document.lines) > 1:
        raise Fault(
            "Loan {loan} stands here twice.",
            line=1,
            column="number",
            advice="Each loan has one row.",
            loan=document.number,
        )
    line = document.lines[0]
    rate, per = _rate(line)
    fields: dict[str, Any] = {
        "member": str(line.get("member")),
        "number": str(line.get("number", "")),
        "principal": int(line.get("principal")),
        "rate": rate,
        "per": per,
        "method": Method(line.get("method", Method.FLAT)),
        "term": int(line.get("term")),
        "every": Every(line.get("every", Every.MONTH)),
        "first_due": line.get("first_due"),
        "grace": int(line.get("grace", 0)),
        "round_to": int(line.get("round_to", 1)),
        "provision": int(line.get("provision", 0)),
        "administration": int(line.get("administration", 0)),
        "memo": str(line.get("memo", "")),
    }
    if line.get("outstanding") is None:
        _refuse_running(line)
        return (DisburseLoan(on=line.get("on"), account=str(line.get("account", "")), **fields),)
    as_of = line.get("as_of") or opening_date(tx)
    if as_of is None:
        raise Fault(
            "As of which day is this the principal left?",
            column="as_of",
            advice="Fill Saldo Per Tanggal, or the date of Saldo Awal.",
        )
    if line.get("outstanding") == 0:
        # Paid off in older books: nothing of it is left to keep.
        return ()
    running: dict[str, Any] = {key: line.get(key) for key in _ONLY_RUNNING if line.get(key) is not None}
    running["as_of"] = as_of
    return (
        TakeOverLoan(disbursed_on=line.get("on"), outstanding=line.get("outstanding"), **running, **fields),
    )


def _rate(line: Line) -> tuple[Decimal, RatePer]:
    monthly, stated = line.get("rate"), line.get("rate_stated")
    if stated is None and monthly is None:
        raise Fault(
            "The rate is missing.",
            column="rate",
            advice="Fill Jasa % per Bulan, or Jasa % with Per; 0 for a loan without interest.",
        )
    if stated is None:
        return Decimal(monthly), RatePer.MONTH
    if monthly is not None and monthly != stated:
        raise Fault("Two different rates are given.", column="rate_stated", advice="Leave one of them empty.")
    return Decimal(stated), RatePer(line.get("per", RatePer.MONTH))


def _refuse_running(line: Line) -> None:
    """What belongs to a running loan, without the principal left, is a slip and not a new loan."""
    for key in _ONLY_RUNNING:
        if line.get(key) is not None:
            raise Fault(
                "This belongs to a running loan, but Sisa Pokok is empty.",
                column=key,
                advice="Fill Sisa Pokok, or leave this empty for a new loan.",
            )


def _instalment(_: Transaction, document: SheetDocument) -> Sequence[Command]:
    if document.on is None:
        raise Fault("The date is missing.", column="on")
    commands = []
    for place, line in enumerate(document.lines):
        parts = {key: line.get(key) for key in _PARTS if line.get(key) is not None}
        amount = line.get("amount")
        if amount is None:
            amount = sum(parts.values())
            if not amount:
                raise Fault("The amount is missing.", line=place, column="amount")
        elif amount == 0 and not sum(parts.values()):
            continue
        savings = str(line.get("from_savings", ""))
        commands.append(
            ReceiveInstalment(
                loan=str(line.get("loan")),
                amount=amount,
                on=document.on,
                number=document.number,
                account="" if savings else str(document.get("account", "")),
                from_savings=savings,
                memo=str(line.get("memo", "")),
                # Rows follow each other by date: money kept aside waits for them before it is used.
                apply_held=False,
                **parts,
            )
        )
    return commands


def _settle(tx: Transaction, documents: Sequence[SheetDocument]) -> Sequence[tuple[SheetDocument, Fault]]:
    """Once all rows are posted, put money kept aside to the due dates that have passed."""
    register = loans_of(tx)
    numbers = {str(line.get("loan", "")) for document in documents for line in document.lines}
    for number in sorted(filter(None, numbers)):
        state = register.numbered(tx, number)
        if state is not None and state.held:
            settle_held(tx, state, tx.today)
    return ()


def _settle_running(
    tx: Transaction, documents: Sequence[SheetDocument]
) -> Sequence[tuple[SheetDocument, Fault]]:
    """The same for the loans that were taken over with money kept aside."""
    register = loans_of(tx)
    for document in documents:
        number = str(document.get("number", ""))
        state = register.numbered(tx, number) if number and document.get("held") else None
        if state is not None and state.held:
            settle_held(tx, state, tx.today)
    return ()


_ACCOUNT = Column("Kas/Bank", "account", document=True, example="Kas", width=12)
_MEMO = Column("Keterangan", "memo", width=28)

SHEETS = (
    Sheet(
        name="Pinjaman",
        step=Step.OPENING,
        columns=(
            Column("No Pinjaman", "number", CellKind.CODE, identity=True, example="PJ-2026-0001"),
            Column("No Anggota", "member", CellKind.CODE, needed=True, example="0137"),
            Column("Tanggal Cair", "on", CellKind.DATE, needed=True, example="20/03/2026"),
            Column(
                "Pokok", "principal", CellKind.AMOUNT, needed=True, aliases=("Plafon",), example="12.000.000"
            ),
            Column("Jasa % per Bulan", "rate", CellKind.PERCENT, example="1"),
            Column("Jasa %", "rate_stated", CellKind.PERCENT),
            Column("Per", "per", CellKind.CHOICE, choices=_PER),
            Column("Metode", "method", CellKind.CHOICE, choices=_METHODS, example="Flat"),
            Column("Jangka Waktu", "term", CellKind.INTEGER, needed=True, aliases=("Tenor",), example="12"),
            Column("Angsuran Tiap", "every", CellKind.CHOICE, choices=_EVERY, example="Bulan"),
            Column("Angsuran Pertama", "first_due", CellKind.DATE, example="20/04/2026"),
            Column("Masa Tenggang", "grace", CellKind.INTEGER),
            Column("Pembulatan", "round_to", CellKind.AMOUNT),
            Column("Provisi", "provision", CellKind.AMOUNT, example="120.000"),
            Column("Administrasi", "administration", CellKind.AMOUNT, example="50.000"),
            Column("Sisa Pokok", "outstanding", CellKind.AMOUNT),
            Column("Saldo Per Tanggal", "as_of", CellKind.DATE),
            Column("Angsuran Lunas s.d. Ke", "paid_through", CellKind.INTEGER),
            Column("Tunggakan Pokok", "arrears_principal", CellKind.AMOUNT),
            Column("Tunggakan Jasa", "arrears_interest", CellKind.AMOUNT),
            Column("Tunggakan Denda", "penalty", CellKind.AMOUNT),
            Column("Menunggak Sejak", "arrears_since", CellKind.DATE),
            Column("Titipan", "held", CellKind.AMOUNT),
            _ACCOUNT,
            _MEMO,
        ),
        build=_loan,
        kinds=_COOPERATIVE,
        date_key="on",
        number_key="number",
        note="Sisa Pokok terisi: pinjaman berjalan. Kosong: pinjaman baru yang dicairkan.",
        verify=_settle_running,
    ),
    Sheet(
        name="Angsuran",
        step=Step.PAYMENT,
        columns=(
            Column("Tanggal", "on", CellKind.DATE, needed=True, example="20/04/2026"),
            Column("No Pinjaman", "loan", CellKind.CODE, needed=True, example="PJ-2026-0001"),
            Column("Jumlah", "amount", CellKind.AMOUNT, example="1.120.000"),
            Column("No Bukti", "number", CellKind.CODE, example="AS-1"),
            Column("Pokok", "principal", CellKind.AMOUNT),
            Column("Jasa", "interest", CellKind.AMOUNT),
            Column("Denda", "penalty", CellKind.AMOUNT),
            Column("Dari Rekening", "from_savings", CellKind.CODE),
            _ACCOUNT,
            _MEMO,
        ),
        build=_instalment,
        kinds=_COOPERATIVE,
        date_key="on",
        number_key="number",
        verify=_settle,
    ),
)
