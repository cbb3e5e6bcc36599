"""The sheets Anggota, Saldo Simpanan and Simpanan.

A member with *Tanggal Keluar* leaves when all rows are posted, or as soon as a row of that day or later needs
it: a withdrawal is then the paying out of the exit, an opening balance is owed (2-1503).
"""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any, NamedTuple

from app.base.dates import Month
from app.base.errors import Refused, UserError
from app.ledger.command import Command
from app.ledger.members.commands import (
    COOPERATIVE,
    AcceptExit,
    AddMember,
    Admission,
    ChangeMember,
    ExitReason,
    Sex,
)
from app.ledger.members.register import members_of
from app.ledger.members.service import bare_nik, data_of
from app.ledger.parties.register import PartyKind, folded, register_of
from app.ledger.savings.commands import OpenSavings, RecordSavings, SavingsLine
from app.ledger.sheet import CellKind, Column, Fault, Line, Sheet, SheetDocument, Step, opening_date
from app.ledger.transaction import Transaction

_PLANNED = "planned exits"
_DATA = [item.name for item in fields(AddMember)]


class _Leaving(NamedTuple):
    on: date
    reason: ExitReason
    note: str
    requested: date | None


def _members(tx: Transaction, document: SheetDocument) -> Sequence[Command]:
    """A new member is added; of a known one what the row says otherwise is changed."""
    line = document.lines[0]
    number, name = str(line.get("number", "")), str(line.get("name"))
    given = _given(line)
    known = register_of(tx).code(PartyKind.MEMBER, number) if number else None
    _plan_exit(tx, line, known.code if known else number or name, known.id if known else None)
    if known is None:
        return (AddMember(**given),)
    if folded(known.name) != folded(name):
        raise Fault(
            "Member number {number} is {name} in this book.",
            column="name",
            advice="Correct the number, or the name in the member's data.",
            number=known.code,
            name=known.name,
        )
    before = data_of(tx, known)
    changes = {
        key: value
        for key, value in given.items()
        if key not in ("number", "name") and value != getattr(before, key)
    }
    return (ChangeMember(member=known.code, **changes),) if changes else ()


def _given(line: Line) -> dict[str, Any]:
    """The fields of AddMember that a row fills."""
    given = {key: line.cells[key] for key in _DATA if line.cells.get(key) is not None}
    if "sex" in given:
        given["sex"] = Sex(given["sex"])
    if "body" in given:
        given["body"] = given["body"] == "body"
    if "nik" in given:
        given["nik"] = bare_nik(str(given["nik"]))
    status = given.pop("status", None)
    if status in tuple(Admission):
        given["status"] = Admission(status)
    elif status is not None and line.get("left") is None:
        raise Fault(
            "Of a member who has left the day is missing.",
            column="left",
            advice="Fill in Tanggal Keluar, or correct the status.",
        )
    return given


def _plan_exit(tx: Transaction, line: Line, number: str, party: int | None) -> None:
    """Note that a row's member leaves; raises Fault when the book says another day."""
    on = line.get("left")
    if on is None:
        return
    if party is not None:
        left = members_of(tx).by_party[party].left_on
        if left == on:
            return
        if left is not None:
            raise Fault(
                "Member {number} left on {left} in this book.",
                column="left",
                advice="Take the exit back first if that day is wrong.",
                number=number,
                left=left,
            )
    joined = line.get("joined")
    if joined is not None and on < joined:
        raise Fault(
            "The member would leave on {left}, before joining on {joined}.",
            column="left",
            advice="Correct one of the two days.",
            left=on,
            joined=joined,
        )
    why = folded(str(line.get("reason", "")))
    reason = ExitReason.RESIGNATION
    if line.get("status") == "deceased" or any(word in why for word in ("meninggal", "wafat", "almarhum")):
        reason = ExitReason.DEATH
    elif any(word in why for word in ("diberhentikan", "dikeluarkan", "pecat")):
        reason = ExitReason.DISMISSAL
    asked = line.get("requested")
    _planned(tx)[folded(number)] = _Leaving(on, reason, str(line.get("reason", "")), asked)


def _planned(tx: Transaction) -> dict[str, _Leaving]:
    return tx.attached(_PLANNED, _none_planned)


def _none_planned(_: Transaction) -> dict[str, _Leaving]:
    return {}


def _exit_before(tx: Transaction, text: str, on: date) -> list[Command]:
    """The acceptance of a planned exit that a row of `on` comes after."""
    planned = _planned(tx)
    if not planned:
        return []
    party = register_of(tx).code(PartyKind.MEMBER, text)
    if party is None:
        return []
    leaving = planned.get(folded(party.code)) or planned.get(folded(party.name))
    if leaving is None or on < leaving.on or members_of(tx).by_party[party.id].left_on is not None:
        return []
    return [
        AcceptExit(
            member=party.code,
            on=leaving.on,
            reason=leaving.reason,
            note=leaving.note,
            requested=leaving.requested,
        )
    ]


def _let_leave(tx: Transaction, documents: Sequence[SheetDocument]) -> Sequence[tuple[SheetDocument, Fault]]:
    """Accept the exits that no row needed earlier."""
    found: list[tuple[SheetDocument, Fault]] = []
    for document in documents:
        line = document.lines[0]
        if line.get("left") is None:
            continue
        party = register_of(tx).find(PartyKind.MEMBER, str(line.get("number") or line.get("name")))
        try:
            for command in _exit_before(tx, party.code, date.max):
                tx.run(command)
        except (Refused, UserError) as error:
            fault = Fault(error.template, column="left", advice=error.advice)
            fault.params.update(error.params)
            found.append((document, fault))
    return found


def _openings(tx: Transaction, document: SheetDocument) -> Sequence[Command]:
    line = document.lines[0]
    on = document.on or opening_date(tx)
    if on is None:
        raise Fault(
            "The day of this balance is not known.",
            column="on",
            advice="Fill in Per Tanggal, or put the ledger's Saldo Awal into the same file.",
        )
    through = line.get("paid_through")
    member = str(line.get("member"))
    return [
        *_exit_before(tx, member, on),
        OpenSavings(
            member=member,
            product=str(line.get("product")),
            balance=int(line.get("balance", 0)),
            on=on,
            paid_through=through if isinstance(through, Month) else None,
            accrued_interest=int(line.get("accrued_interest", 0)),
            savings_number=str(line.get("savings_number", "")),
            memo=str(line.get("memo", "")),
        ),
    ]


def _savings(tx: Transaction, document: SheetDocument) -> Sequence[Command]:
    if document.on is None:
        raise Fault("The date is missing.", column="on")
    exits: dict[str, Command] = {}
    lines: list[SavingsLine] = []
    for place, line in enumerate(document.lines):
        if line.get("deposit") is None and line.get("withdrawal") is None:
            raise Fault(
                "The amount is missing.",
                line=place,
                column="deposit",
                advice="Fill in Setor or Tarik; 0 for a member who paid nothing.",
            )
        deposit, withdrawal = int(line.get("deposit", 0)), int(line.get("withdrawal", 0))
        try:
            member = str(line.get("member"))
            lines.append(
                SavingsLine(
                    member=member,
                    product=str(line.get("product")),
                    deposit=deposit,
                    withdrawal=withdrawal,
                    savings_number=str(line.get("savings_number", "")),
                )
            )
        except UserError as error:
            error.line = place
            raise
        if withdrawal:
            for command in _exit_before(tx, member, document.on):
                exits[folded(member)] = command
    if not any(line.deposit or line.withdrawal for line in lines):
        return ()
    return [
        *exits.values(),
        RecordSavings(
            on=document.on,
            lines=tuple(lines),
            account=str(document.get("account", "")),
            number=document.number,
            memo=str(document.get("memo", "")),
        ),
    ]


_MEMBER = Column("No Anggota", "member", CellKind.CODE, needed=True, aliases=("Anggota",), example="0137")
_PRODUCT = Column("Jenis", "product", CellKind.CODE, needed=True, aliases=("Kode Produk",), example="Wajib")
_SAVINGS_NUMBER = Column("No Rekening", "savings_number", CellKind.CODE)
_MEMO = Column("Keterangan", "memo", width=28)

_SEXES = {
    "l": "male",
    "p": "female",
    "laki-laki": "male",
    "laki laki": "male",
    "pria": "male",
    "perempuan": "female",
    "wanita": "female",
}
_STATUSES = {
    "aktif": "active",
    "anggota": "active",
    "calon": "prospective",
    "calon anggota": "prospective",
    "keluar": "left",
    "berhenti": "left",
    "meninggal": "deceased",
    "meninggal dunia": "deceased",
}
_BODIES = {
    "perorangan": "person",
    "orang": "person",
    "badan": "body",
    "badan hukum": "body",
    "koperasi": "body",
}

SHEETS = (
    Sheet(
        name="Anggota",
        step=Step.PARTY,
        columns=(
            Column(
                "No Anggota",
                "number",
                CellKind.CODE,
                aliases=("Nomor Anggota",),
                example="0137",
                identity=True,
            ),
            Column("Nama", "name", needed=True, aliases=("Nama Anggota",), example="Siti Aminah", width=26),
            Column("Panggilan", "nickname", aliases=("Nama Panggilan",), example="Bu Minah", width=18),
            Column("NIK", "nik", CellKind.NIK, example="3515144508680002", width=20),
            Column("Jenis Kelamin", "sex", CellKind.CHOICE, aliases=("L/P",), choices=_SEXES, example="P"),
            Column("Tanggal Masuk", "joined", CellKind.DATE, aliases=("Tgl Masuk",), example="14/02/2021"),
            Column("Tanggal Keluar", "left", CellKind.DATE, aliases=("Tgl Keluar",)),
            Column("Alamat", "address", width=28),
            Column(
                "Telepon",
                "phone",
                CellKind.PHONE,
                aliases=("No HP", "HP"),
                example="0812-3456-7890",
                width=18,
            ),
            Column("Pekerjaan", "occupation"),
            Column("Status", "status", CellKind.CHOICE, choices=_STATUSES, example="Aktif"),
            Column("Jenis Anggota", "body", CellKind.CHOICE, choices=_BODIES, example="Perorangan"),
            Column("Tempat Lahir", "birth_place"),
            Column("Tanggal Lahir", "birth_date", CellKind.DATE, example="05/08/1968"),
            Column("NPWP", "tax_number", CellKind.CODE, width=20),
            Column("Desa", "village"),
            Column("Kelompok", "team", example="Dusun Krajan"),
            Column("Instansi", "institution"),
            Column("Wajib per Bulan", "mandatory", CellKind.AMOUNT, example="25.000"),
            Column("Ahli Waris", "heir", width=22),
            Column("Hubungan", "heir_relation"),
            Column("Sebab Keluar", "reason", width=22),
            Column("Kategori", "category", example="Anggota biasa"),
            Column(
                "Tanggal Permintaan Berhenti",
                "requested",
                CellKind.DATE,
                aliases=("Tgl Permintaan Berhenti",),
            ),
            _MEMO,
        ),
        build=_members,
        kinds=COOPERATIVE,
        verify=_let_leave,
    ),
    Sheet(
        name="Saldo Simpanan",
        step=Step.OPENING,
        columns=(
            Column("Per Tanggal", "on", CellKind.DATE, aliases=("Tanggal",), example="31/12/2025"),
            _MEMBER,
            _PRODUCT,
            _SAVINGS_NUMBER,
            Column("Saldo", "balance", CellKind.AMOUNT, needed=True, example="1.200.000"),
            Column(
                "Lunas s.d. Bulan",
                "paid_through",
                CellKind.MONTH,
                aliases=("Lunas sd Bulan",),
                example="Des 2025",
            ),
            Column("Jasa Belum Dibayar", "accrued_interest", CellKind.AMOUNT),
            _MEMO,
        ),
        build=_openings,
        kinds=COOPERATIVE,
        date_key="on",
    ),
    Sheet(
        name="Simpanan",
        step=Step.PAYMENT,
        columns=(
            Column("Tanggal", "on", CellKind.DATE, needed=True, example="05/10/2026"),
            _MEMBER,
            _PRODUCT,
            Column("Setor", "deposit", CellKind.AMOUNT, aliases=("Setoran",), example="25.000"),
            Column("Tarik", "withdrawal", CellKind.AMOUNT, aliases=("Penarikan",)),
            Column("No Bukti", "number", CellKind.CODE, example="SS-1"),
            _SAVINGS_NUMBER,
            Column("Kas/Bank", "account", document=True),
            _MEMO,
        ),
        build=_savings,
        kinds=COOPERATIVE,
        date_key="on",
        number_key="number",
    ),
)
