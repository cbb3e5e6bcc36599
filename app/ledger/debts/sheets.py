"""The sheets Pelanggan, Pemasok, Bayar Bon and Bayar Utang."""

from collections.abc import Sequence

from app.base.i18n import N_
from app.ledger.command import Command
from app.ledger.debts.bills import Side
from app.ledger.debts.commands import PayBill, ReceiveBillPayment, SetOpeningBill
from app.ledger.debts.service import opening_bills
from app.ledger.entries.takeover import takeover_day
from app.ledger.parties.commands import AddCustomer, AddSupplier, ChangeCustomer, ChangeSupplier
from app.ledger.parties.register import PartyRow, folded, register_of
from app.ledger.sheet import Build, CellKind, Column, Fault, Line, Sheet, SheetDocument, Step, remark
from app.ledger.transaction import Transaction


def _register(side: Side) -> Build:
    """What makes the rows of Pelanggan or Pemasok into commands."""

    def build(tx: Transaction, document: SheetDocument) -> Sequence[Command]:
        line = document.lines[0]
        code, name = str(line.get("code", "")), str(line.get("name"))
        register = register_of(tx)
        alike = register.named(side.kind, name)
        known = register.code(side.kind, code) if code else (alike[0] if len(alike) == 1 else None)
        commands: list[Command] = []
        if known is not None:
            commands += _changed(side, known, name, line)
        else:
            if alike and code:
                remark(
                    tx,
                    N_("{name} now stands twice in the register: {codes}."),
                    name=name,
                    codes=", ".join([*(other.code for other in alike), code]),
                )
            make = AddCustomer if side is Side.RECEIVABLE else AddSupplier
            facts = {key: line.get(key, "") for key in ("phone", "address", "nickname")}
            commands.append(make(name=name, code=code, **facts))
        return [*commands, *_opening(tx, side, line, known, code or name)]

    return build


def _changed(side: Side, known: PartyRow, name: str, line: Line) -> list[Command]:
    """What the row says otherwise of someone in the book; raises Fault when that is someone else."""
    if folded(known.name) != folded(name):
        raise Fault(
            "Code {code} is {name} in this book.",
            column="name",
            advice="Correct the code, or the name in the register.",
            code=known.code,
            name=known.name,
        )
    facts = {key: line.get(key, getattr(known, key)) for key in ("phone", "address", "nickname")}
    if all(value == getattr(known, key) for key, value in facts.items()):
        return []
    if side is Side.RECEIVABLE:
        return [ChangeCustomer(customer=known.code, **facts)]
    return [ChangeSupplier(supplier=known.code, **facts)]


def _opening(tx: Transaction, side: Side, line: Line, known: PartyRow | None, word: str) -> list[Command]:
    """What is owed from before, unless it is in the book already; raises Fault when that is another sum."""
    amount = line.get("amount", 0)
    if amount < 0:
        raise Fault("What is owed is written without a minus sign.", column="amount")
    if not amount:
        return []
    opened = opening_bills(tx, side, known.id) if known else 0
    if known and opened:
        if opened == amount:
            return []
        raise Fault(
            "For {name} {opened:rp} were taken over already.",
            column="amount",
            advice="Take that back first if it is wrong.",
            name=known.name,
            opened=opened,
        )
    who = known.code if known else word
    return [
        SetOpeningBill(
            on=line.get("on") or takeover_day(tx),
            amount=amount,
            customer=who if side is Side.RECEIVABLE else "",
            supplier=who if side is Side.PAYABLE else "",
            memo=line.get("memo", ""),
        )
    ]


def _payments(side: Side) -> Build:
    """What makes the rows of Bayar Bon or Bayar Utang into commands."""

    def build(_: Transaction, document: SheetDocument) -> Sequence[Command]:
        if document.on is None:
            raise Fault("The date is missing.", column="on")
        who = str(document.get(side.kind.value))
        commands: list[Command] = []
        for place, line in enumerate(document.lines):
            if line.get("amount", 0) <= 0:
                raise Fault("The amount is more than 0.", line=place, column="amount")
            common = {
                "on": document.on,
                "amount": line.get("amount"),
                "bill": line.get("bill", ""),
                "account": document.get("account", ""),
                "memo": line.get("memo", ""),
                "number": document.number,
            }
            if side is Side.RECEIVABLE:
                commands.append(ReceiveBillPayment(customer=who, **common))
            else:
                commands.append(PayBill(supplier=who, **common))
        return commands

    return build


def _register_columns(owed: str, code: str, name: str) -> tuple[Column, ...]:
    return (
        Column("Kode", "code", CellKind.CODE, example=code),
        Column("Nama", "name", needed=True, example=name, width=28),
        Column("Panggilan", "nickname", aliases=("Nama Panggilan",), width=18),
        Column(
            "Telepon", "phone", CellKind.PHONE, aliases=("No HP", "HP"), example="0812-3456-7890", width=18
        ),
        Column("Alamat", "address", width=32),
        Column(owed, "amount", CellKind.AMOUNT, example="150.000"),
        Column("Per Tanggal", "on", CellKind.DATE, example="31/12/2025"),
        Column("Keterangan", "memo", width=28),
    )


def _payment_columns(heading: str, key: str, name: str) -> tuple[Column, ...]:
    return (
        Column("Tanggal", "on", CellKind.DATE, needed=True, example="20/01/2026"),
        Column("No Bukti", "number", CellKind.CODE, example="BB-1"),
        Column(heading, key, CellKind.CODE, needed=True, document=True, example=name, width=24),
        Column("Jumlah", "amount", CellKind.AMOUNT, needed=True, example="150.000"),
        Column("No Nota", "bill", CellKind.CODE, example="N-003"),
        Column("Kas/Bank", "account", CellKind.CODE, document=True, example="Kas Tunai"),
        Column("Keterangan", "memo", width=28),
    )


SHEETS = (
    Sheet(
        name="Pelanggan",
        step=Step.PARTY,
        columns=_register_columns("Sisa Bon", "PL-01", "Bu Wati"),
        build=_register(Side.RECEIVABLE),
        kinds=("business",),
    ),
    Sheet(
        name="Pemasok",
        step=Step.PARTY,
        columns=_register_columns("Sisa Utang", "PM-01", "Toko Grosir Makmur"),
        build=_register(Side.PAYABLE),
        kinds=("business",),
    ),
    Sheet(
        name="Bayar Bon",
        step=Step.PAYMENT,
        columns=_payment_columns("Pelanggan", "customer", "Bu Wati"),
        build=_payments(Side.RECEIVABLE),
        kinds=("business",),
        date_key="on",
        number_key="number",
    ),
    Sheet(
        name="Bayar Utang",
        step=Step.PAYMENT,
        columns=_payment_columns("Pemasok", "supplier", "Toko Grosir Makmur"),
        build=_payments(Side.PAYABLE),
        kinds=("business",),
        date_key="on",
        number_key="number",
    ),
)
