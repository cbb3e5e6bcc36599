"""The sheet Profil: one fact a row."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from app.base.errors import UserError
from app.base.parse import parse_import_date
from app.ledger.command import Command
from app.ledger.profile.commands import OfficerLine, SetOfficers, SetProfile
from app.ledger.profile.queries import read_officers
from app.ledger.sheet import Column, Fault, Sheet, SheetDocument, Step
from app.ledger.transaction import Transaction

_FACTS = {
    "nama": "name",
    "nama usaha": "name",
    "nama koperasi": "name",
    "alamat": "address",
    "telepon": "phone",
    "no telepon": "phone",
    "hp": "phone",
    "badan hukum": "legal_number",
    "no badan hukum": "legal_number",
    "nomor badan hukum": "legal_number",
    "tanggal badan hukum": "legal_date",
    "nik koperasi": "cooperative_number",
    "npwp": "tax_number",
    "nib": "business_number",
    "tempat": "place",
    "tempat tanda tangan": "place",
    "tahun buku": "fiscal_year_start",
    "awal tahun buku": "fiscal_year_start",
    "standar akuntansi": "accounting_standard",
    "pemilik": "owner",
}
_OFFICES = {
    "ketua": "Ketua",
    "wakil ketua": "Wakil Ketua",
    "sekretaris": "Sekretaris",
    "bendahara": "Bendahara",
    "pengawas": "Pengawas",
    "manajer": "Manajer",
    "pemilik": "Pemilik",
}
_MONTHS = "januari februari maret april mei juni juli agustus september oktober november desember".split()  # noqa: SIM905


def _build(tx: Transaction, document: SheetDocument) -> Sequence[Command]:
    line = document.lines[0]
    name = " ".join(str(line.get("fact")).split()).casefold().rstrip(":").replace(".", "")
    value = line.get("value")
    if value is None:
        return ()
    commands: list[Command] = []
    if name in _FACTS:
        commands.append(_fact(_FACTS[name], value))
    if name in _OFFICES:
        office = _OFFICES[name]
        others = tuple(
            OfficerLine(office=row.office, name=row.name, phone=row.phone, signs=row.signs)
            for row in read_officers(tx)
            if row.office != office
        )
        signs = office != "Pengawas"
        commands.append(
            SetOfficers(officers=(*others, OfficerLine(office=office, name=str(value), signs=signs)))
        )
    if not commands:
        raise Fault(
            "{fact} is not a fact of the profile.",
            advice="Known: {known}.",
            column="fact",
            fact=str(line.get("fact")),
            known=", ".join(sorted({*_FACTS, *_OFFICES})),
        )
    return commands


def _fact(key: str, value: object) -> SetProfile:
    fields: dict[str, Any] = {key: _value(key, value)}
    return SetProfile(**fields)


def _value(key: str, value: object) -> Any:
    if key == "legal_date":
        try:
            return parse_import_date(value)
        except UserError as error:
            params: dict[str, Any] = error.params
            raise Fault(error.template, column="value", advice=error.advice, **params) from error
    if key == "fiscal_year_start":
        text = str(value).split("-", maxsplit=1)[0].strip().casefold()
        if text in _MONTHS:
            return _MONTHS.index(text) + 1
        if text.isdecimal() and 1 <= int(text) <= 12:
            return int(text)
        raise Fault("The fiscal year starts in a month: Januari to Desember, or 1 to 12.", column="value")
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return str(value)


SHEETS = (
    Sheet(
        name="Profil",
        step=Step.PROFILE,
        columns=(
            Column("Isian", "fact", needed=True, example="Alamat", width=24),
            Column("Nilai", "value", example="Jl. Pasar Batang No. 17, Batang", width=48),
        ),
        build=_build,
    ),
)
