"""The sheets Produk Pinjaman, Pinjaman (new and running loans) and Angsuran (what members pay on them)."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from app.base.errors import UserError
from app.base.money import RoundMode
from app.base.parse import parse_rate, parse_rupiah
from app.ledger.accounts.service import chart_of
from app.ledger.command import Command
from app.ledger.loans.commands import (
    AddLoanProduct,
    Allocation,
    Collateral,
    DisburseLoan,
    LoanClass,
    PenaltyPer,
    ReceiveInstalment,
    SetLoanProduct,
    TakeOverLoan,
)
from app.ledger.loans.offered import loan_products
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
_MODES = {
    "terdekat": RoundMode.NEAREST,
    "ke atas": RoundMode.UP,
    "naik": RoundMode.UP,
    "ke bawah": RoundMode.DOWN,
    "turun": RoundMode.DOWN,
}
_ALLOCATIONS = {
    "jasa dulu": Allocation.INTEREST,
    "jasa, pokok, denda": Allocation.INTEREST,
    "pokok dulu": Allocation.PRINCIPAL,
    "pokok, jasa, denda": Allocation.PRINCIPAL,
    "denda dulu": Allocation.PENALTY,
    "denda, jasa, pokok": Allocation.PENALTY,
}
_CLASSES = {
    "lancar": LoanClass.CURRENT,
    "1": LoanClass.CURRENT,
    "dalam perhatian khusus": LoanClass.SPECIAL_MENTION,
    "dpk": LoanClass.SPECIAL_MENTION,
    "2": LoanClass.SPECIAL_MENTION,
    "kurang lancar": LoanClass.SUBSTANDARD,
    "3": LoanClass.SUBSTANDARD,
    "diragukan": LoanClass.DOUBTFUL,
    "4": LoanClass.DOUBTFUL,
    "macet": LoanClass.LOSS,
    "5": LoanClass.LOSS,
}
_PRODUCT_FIELDS: dict[str, Callable[[Any], Any]] = {
    "method": Method,
    "rate": Decimal,
    "per": RatePer,
    "every": Every,
    "round_to": int,
    "mode": RoundMode,
    "provision": Decimal,
    "administration": int,
    "allocation": Allocation,
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
        "term": int(line.get("term")),
        "first_due": line.get("first_due"),
        "product": str(line.get("product", "")),
        "purpose": str(line.get("purpose", "")),
        "collateral": _collateral(line),
        "guarantors": tuple(filter(None, map(str.strip, str(line.get("guarantors", "")).split(";")))),
        "memo": str(line.get("memo", "")),
    }
    # What a row leaves open the product says, and without one the command.
    for key, kind in (
        ("method", Method),
        ("every", Every),
        ("grace", int),
        ("round_to", int),
        ("provision", int),
        ("administration", int),
    ):
        if line.get(key) is not None:
            fields[key] = kind(line.get(key))
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
    if line.get("quality") is not None:
        running["quality"] = LoanClass(line.get("quality"))
    return (
        TakeOverLoan(disbursed_on=line.get("on"), outstanding=line.get("outstanding"), **running, **fields),
    )


def _collateral(line: Line) -> tuple[Collateral, ...]:
    kind = str(line.get("collateral", "")).strip()
    value = int(line.get("collateral_value", 0))
    if value and not kind:
        raise Fault(
            "A value of collateral is given, but not what it is.",
            column="collateral_value",
            advice="Fill Agunan.",
        )
    return (Collateral(kind=kind, value=value),) if kind else ()


def _rate(line: Line) -> tuple[Decimal | None, RatePer | None]:
    monthly, stated = line.get("rate"), line.get("rate_stated")
    if stated is None and monthly is None and line.get("product"):
        return None, None
    if stated is None and monthly is None:
        raise Fault(
            "The rate is missing.",
            column="rate",
            advice="Fill Jasa % per Bulan, or Jasa % with Per, or Kode Produk; 0 for a loan without interest.",
        )
    if stated is None:
        return Decimal(monthly), RatePer.MONTH
    if monthly is not None and monthly != stated:
        raise Fault("Two different rates are given.", column="rate_stated", advice="Leave one of them empty.")
    return Decimal(stated), RatePer(line.get("per", RatePer.MONTH))


def _product(tx: Transaction, document: SheetDocument) -> Sequence[Command]:
    """A new product is added; of a known one (by its code) what the row says otherwise is changed."""
    line = document.lines[0]
    code = str(line.get("code"))
    account = str(line.get("account", ""))
    standard = chart_of(tx).role("loans").code
    if account and account != standard:
        raise Fault(
            "Loans to members are kept on {code}, not on {account}.",
            column="account",
            advice="Write {code}, or leave the cell empty.",
            code=standard,
            account=account,
        )
    given: dict[str, Any] = {"name": str(line.get("name"))}
    for key, kind in _PRODUCT_FIELDS.items():
        if line.get(key) is not None:
            given[key] = kind(line.get(key))
    if line.get("penalty") is not None:
        given.update(_penalty(str(line.get("penalty"))))
    known = next((item for item in loan_products(tx) if item.code.casefold() == code.casefold()), None)
    if known is None:
        if "rate" not in given:
            raise Fault("The rate is missing.", column="rate", advice="Fill Jasa %; 0 for none.")
        return (AddLoanProduct(code=code, **given),)
    changes = {key: value for key, value in given.items() if value != getattr(known, key)}
    return (SetLoanProduct(code=known.code, **changes),) if changes else ()


def _penalty(text: str) -> dict[str, Any]:
    """`2.000 per hari`, `0,1 % per hari`, `25.000 per bulan`: rupiah unless a percentage, by the day unless by the
    month."""
    found = re.fullmatch(
        r"(?:rp\.?\s*)?([\d.,]+)\s*(%?)\s*(?:(?:per|/|se)?\s*(hari|bulan))?", text.strip().casefold()
    )
    fault = Fault(
        "{text} is not a penalty.",
        column="penalty",
        advice="Write it like 2.000 per hari, 25.000 per bulan or 0,1 % per hari.",
        text=text,
    )
    if found is None:
        raise fault
    amount, percent, per = found.groups()
    try:
        return {
            "penalty": 0 if percent else parse_rupiah(amount),
            "penalty_percent": parse_rate(amount) if percent else Decimal(0),
            "penalty_per": PenaltyPer.MONTH if per == "bulan" else PenaltyPer.DAY,
        }
    except UserError as error:
        raise fault from error


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
        name="Produk Pinjaman",
        step=Step.PRODUCT,
        columns=(
            Column("Kode", "code", CellKind.CODE, needed=True, example="USAHA", identity=True),
            Column("Nama", "name", needed=True, example="Pinjaman Usaha", width=26),
            Column("Metode", "method", CellKind.CHOICE, choices=_METHODS, example="Flat"),
            Column("Jasa %", "rate", CellKind.PERCENT, example="1"),
            Column("Per", "per", CellKind.CHOICE, choices=_PER, example="Bulan"),
            Column("Angsuran Tiap", "every", CellKind.CHOICE, choices=_EVERY, example="Bulan"),
            Column("Pembulatan", "round_to", CellKind.AMOUNT, example="500"),
            Column("Arah", "mode", CellKind.CHOICE, choices=_MODES, example="Ke atas"),
            Column("Provisi %", "provision", CellKind.PERCENT, example="1"),
            Column("Administrasi", "administration", CellKind.AMOUNT, example="25.000"),
            Column("Denda", "penalty", example="1.000 per hari", width=18),
            Column(
                "Urutan Bayar",
                "allocation",
                CellKind.CHOICE,
                choices=_ALLOCATIONS,
                example="Jasa dulu",
                width=20,
            ),
            Column("Kode Akun", "account", CellKind.CODE, example="1-1201"),
        ),
        build=_product,
        kinds=_COOPERATIVE,
    ),
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
            Column("Kode Produk", "product", CellKind.CODE),
            Column("Kolektibilitas", "quality", CellKind.CHOICE, choices=_CLASSES),
            Column("Tujuan", "purpose", width=20),
            Column("Agunan", "collateral", width=20),
            Column("Nilai Agunan", "collateral_value", CellKind.AMOUNT),
            Column("Penjamin", "guarantors", width=22),
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
