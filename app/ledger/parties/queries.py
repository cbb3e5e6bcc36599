"""Reading the register of customers and suppliers, for lists and pickers."""

from typing import NamedTuple

from app.ledger.reader import Reader, like, word_starts

_ROLES = {"customer": ("receivable", 1), "supplier": ("payable", -1)}
_PHONE_DIGITS = 4  # fewer are in nearly every number
_ROWS = (
    "SELECT y.id, y.kind, y.code, y.name, y.phone, y.address, y.tax_id, y.active, coalesce(b.amount, 0) * ? AS owed,"
    " y.nickname"
    " FROM party AS y LEFT JOIN party_balance AS b ON b.party_id = y.id"
    " AND b.account_id = (SELECT id FROM account WHERE role = ?)"
)


class PartyFacts(NamedTuple):
    """A customer or a supplier. `owed` is what they owe, or what is owed to them, now; rupiah."""

    id: int
    kind: str
    code: str
    name: str
    phone: str
    address: str
    tax_id: str
    active: bool
    owed: int
    nickname: str


def parties(reader: Reader, kind: str) -> list[PartyFacts]:
    """All customers or all suppliers, in order of name."""
    role, sign = _ROLES[kind]
    rows = reader.sql(f"{_ROWS} WHERE y.kind = ? ORDER BY y.name COLLATE NOCASE, y.code", (sign, role, kind))
    return [_facts(row) for row in rows]


def search_parties(reader: Reader, kind: str, text: str, limit: int = 20) -> list[PartyFacts]:
    """Those of whose name or nickname each typed word begins a word, or whose code begins with it; or who have the
    phone.

    The code first, then who is called just that, then names and nicknames that begin with it; who is out of use
    comes last.
    """
    role, sign = _ROLES[kind]
    typed, start = text.strip(), f"{like(text.strip())}%"
    named, words = word_starts("y.name || ' ' || y.nickname", typed)
    digits = "".join(letter for letter in typed if letter.isdecimal()).removeprefix("62").lstrip("0")
    phone = f"%{digits}%" if len(digits) >= _PHONE_DIGITS else ""
    rows = reader.sql(
        f"{_ROWS} WHERE y.kind = ? AND ({named} OR y.code LIKE ? ESCAPE '\\' OR (? <> '' AND y.phone LIKE ?))"
        " ORDER BY y.active DESC, y.code = ? COLLATE NOCASE DESC,"
        " y.nickname <> '' AND y.nickname = ? COLLATE NOCASE DESC,"
        " y.name LIKE ? ESCAPE '\\' OR y.nickname LIKE ? ESCAPE '\\' DESC, y.name COLLATE NOCASE LIMIT ?",
        (sign, role, kind, *words, start, phone, phone, typed, typed, start, start, limit),
    )
    return [_facts(row) for row in rows]


def called(name: str, nickname: str) -> str:
    """A name with what people say instead of it: Sutrisno (Pak No)."""
    return f"{name} ({nickname})" if nickname else name


def party_facts(reader: Reader, kind: str, code: str) -> PartyFacts | None:
    """One by the code, or None."""
    role, sign = _ROLES[kind]
    rows = reader.sql(f"{_ROWS} WHERE y.kind = ? AND y.code = ? COLLATE NOCASE", (sign, role, kind, code))
    return _facts(rows[0]) if rows else None


def _facts(row: tuple[object, ...]) -> PartyFacts:
    found = PartyFacts._make(row)
    return found._replace(active=bool(found.active))
