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
    Allocation,
    CapPer,
    Collateral,
    DisburseLoan,
    LoanClass,
    PenaltyPer,
    ReceiveInstalment,
    RequiredFrom,
    TakeOverLoan,
)
from app.ledger.loans.hand_schedule import HandInstalment
from app.ledger.loans.offered import loan_products
from app.ledger.loans.product_commands import AddLoanProduct, SetLoanProduct
from app.ledger.loans.register import loans_of
from app.ledger.loans.schedule import Every, Method, RatePer
from app.ledger.loans.service import settle_held
from app.ledger.sheet import CellKind, Column, Fault, Line, Sheet, SheetDocument, Step, opening_date
from app.ledger.transaction import Transaction

_COOPERATIVE = ("cooperative",)
_BY_HAND = "schedules made by hand"

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
_REQUIRED_FROM = {
    "sudah dimiliki": RequiredFrom.OWNED,
    "dimiliki": RequiredFrom.OWNED,
    "dipotong": RequiredFrom.DEDUCTED,
    "dipotong saat cair": RequiredFrom.DEDUCTED,
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
    "hapus buku": "written_off",
    "dihapusbukukan": "written_off",
    "dihapus": "written_off",
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
    "required_from": RequiredFrom,
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
    name = str(line.get("number", "")).strip().casefold()
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
        "schedule": tx.attached(_BY_HAND, _none_by_hand).pop(name, ()),
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
    if line.get("quality") == "written_off":
        running["written_off"] = True
    elif line.get("quality") is not None:
        running["quality"] = LoanClass(line.get("quality"))
    return (
        TakeOverLoan(disbursed_on=line.get("on"), outstanding=line.get("outstanding"), **running, **fields),
    )


def _by_hand(tx: Transaction, document: SheetDocument) -> Sequence[Command]:
    """Keep the rows of a loan's schedule until its row on the sheet Pinjaman brings the loan."""
    items: list[HandInstalment] = []
    for place, line in enumerate(document.lines):
        item = HandInstalment(
            number=int(line.get("instalment")),
            due=line.get("due"),
            principal=int(line.get("principal", 0)),
            interest=int(line.get("interest", 0)),
            principal_paid=int(line.get("principal_paid", 0)),
            interest_paid=int(line.get("interest_paid", 0)),
        )
        if item.number != len(items) + 1:
            raise Fault(
                "Instalment {number} stands where {expected} should.",
                line=place,
                column="instalment",
                advice="Number the instalments of a loan from 1, one row each.",
                number=item.number,
                expected=len(items) + 1,
            )
        if items and item.due <= items[-1].due:
            raise Fault(
                "Instalment {number} is due on {due}, not after {before}.",
                line=place,
                column="due",
                advice="Due dates rise from one instalment to the next.",
                number=item.number,
                due=item.due,
                before=items[-1].due,
            )
        for part in ("principal", "interest"):
            if getattr(item, f"{part}_paid") > getattr(item, part):
                raise Fault(
                    "Of instalment {number} more is paid than it comes to.",
                    line=place,
                    column=f"{part}_paid",
                    number=item.number,
                )
        items.append(item)
    tx.attached(_BY_HAND, _none_by_hand)[document.number.strip().casefold()] = tuple(items)
    return ()


def _refuse_left_over(
    tx: Transaction, documents: Sequence[SheetDocument]
) -> Sequence[tuple[SheetDocument, Fault]]:
    """A schedule whose loan is on no row of the sheet Pinjaman."""
    left = tx.attached(_BY_HAND, _none_by_hand)
    return [
        (
            document,
            Fault(
                "The loan {loan} of this schedule is not on the sheet Pinjaman.",
                column="loan",
                advice="A schedule made by hand comes with its loan.",
                loan=document.number,
            ),
        )
        for document in documents
        if document.number.strip().casefold() in left
    ]


def _none_by_hand(_: Transaction) -> dict[str, tuple[HandInstalment, ...]]:
    return {}


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
    given: dict[str, Any] = {"name": str(line.get("name"))}
    for key, kind in _PRODUCT_FIELDS.items():
        if line.get(key) is not None:
            given[key] = kind(line.get(key))
    for key in ("account", "interest_account"):
        if text := str(line.get(key, "")).strip():
            # The standard account is what a product without one of its own has.
            row = chart_of(tx).by_code.get(text)
            given[key] = "" if row is not None and row.role in ("loans", "loan_interest") else text
    if line.get("penalty") is not None:
        given.update(_penalty(str(line.get("penalty"))))
    if line.get("penalty_cap") is not None:
        given.update(_cap(str(line.get("penalty_cap"))))
    if line.get("required") is not None:
        given.update(_required(str(line.get("required"))))
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


def _cap(text: str) -> dict[str, Any]:
    """`50.000`, `10 %`, `100.000 per pinjaman`, `5 % pokok`: of each instalment unless of the loan or its principal."""
    amount, percent, of = _amount_or_percent(
        text, "penalty_cap", "angsuran|pinjaman|pokok", "50.000; 10 % angsuran; 5 % pokok"
    )
    return {
        "penalty_cap": amount,
        "penalty_cap_percent": percent,
        "penalty_cap_per": CapPer.LOAN if of in ("pinjaman", "pokok") else CapPer.INSTALMENT,
    }


def _required(text: str) -> dict[str, Any]:
    """`10 %` of the loan, or `500.000`."""
    amount, percent, _ = _amount_or_percent(text, "required", "pinjaman", "10 %; 500.000")
    return {"required_amount": amount, "required_percent": percent}


def _amount_or_percent(text: str, column: str, of: str, like: str) -> tuple[int, Decimal, str]:
    found = re.fullmatch(
        rf"(?:rp\.?\s*)?([\d.,]+)\s*(%?)\s*(?:(?:per|dari|/|se)?\s*({of}))?", text.strip().casefold()
    )
    fault = Fault(
        "{text} is not an amount and no percentage.",
        column=column,
        advice="Write it like {like}.",
        text=text,
        like=like,
    )
    if found is None:
        raise fault
    amount, percent, whole = found.groups()
    try:
        given = (0, parse_rate(amount)) if percent else (parse_rupiah(amount), Decimal(0))
    except UserError as error:
        raise fault from error
    return (*given, whole or "")


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
            Column("Kode Akun Jasa", "interest_account", CellKind.CODE),
            Column("Batas Denda", "penalty_cap", width=18),
            Column("Simpanan Syarat", "required", width=18),
            Column("Simpanan Dari", "required_from", CellKind.CHOICE, choices=_REQUIRED_FROM, width=16),
        ),
        build=_product,
        kinds=_COOPERATIVE,
    ),
    Sheet(
        name="Jadwal Pinjaman",
        step=Step.PRODUCT,
        columns=(
            Column("No Pinjaman", "loan", CellKind.CODE, needed=True, example="PJ-2026-0001"),
            Column("Ke", "instalment", CellKind.INTEGER, needed=True, example="1"),
            Column("Jatuh Tempo", "due", CellKind.DATE, needed=True, example="20/04/2026"),
            Column("Pokok", "principal", CellKind.AMOUNT, example="750.000"),
            Column("Jasa", "interest", CellKind.AMOUNT, example="120.000"),
            Column("Pokok Dibayar", "principal_paid", CellKind.AMOUNT),
            Column("Jasa Dibayar", "interest_paid", CellKind.AMOUNT),
        ),
        build=_by_hand,
        kinds=_COOPERATIVE,
        number_key="loan",
        note="Hanya untuk pinjaman yang jadwalnya dibuat sendiri; pinjamannya ada di lembar Pinjaman.",
        verify=_refuse_left_over,
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
