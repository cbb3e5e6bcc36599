"""The register of parties in memory: found by code or by name within their kind."""

from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import delete, update

from app.base.errors import UserError
from app.base.i18n import N_
from app.ledger.changes import Kind
from app.ledger.parties.tables import party
from app.ledger.reader import Reader
from app.ledger.storage.tables import insert_text
from app.ledger.transaction import Transaction


class PartyKind(StrEnum):
    """What someone is to the book."""

    CUSTOMER = "customer"
    SUPPLIER = "supplier"
    MEMBER = "member"


_PREFIX = {PartyKind.CUSTOMER: "PL", PartyKind.SUPPLIER: "PM"}


class PartyRow(NamedTuple):
    """One party."""

    id: int
    kind: PartyKind
    code: str
    name: str
    phone: str
    address: str
    tax_id: str
    active: bool
    nickname: str


class Register:
    """All parties of a book, kept up to date by the commands that change them."""

    def __init__(self, rows: list[PartyRow]) -> None:
        self.by_id: dict[int, PartyRow] = {}
        self._by_code: dict[tuple[PartyKind, str], int] = {}
        self._by_bare_code: dict[tuple[PartyKind, str], list[int]] = {}
        self._by_name: dict[tuple[PartyKind, str], list[int]] = {}
        for row in rows:
            self.put(row)

    def put(self, row: PartyRow) -> None:
        """Add a party or replace what is known of it."""
        old = self.by_id.get(row.id)
        if old is not None:
            self.drop(old)
        self.by_id[row.id] = row
        self._by_code[row.kind, row.code.casefold()] = row.id
        self._by_bare_code.setdefault((row.kind, _bare(row.code)), []).append(row.id)
        self._by_name.setdefault((row.kind, folded(row.name)), []).append(row.id)

    def drop(self, row: PartyRow) -> None:
        """Forget a party."""
        del self.by_id[row.id]
        del self._by_code[row.kind, row.code.casefold()]
        self._by_bare_code[row.kind, _bare(row.code)].remove(row.id)
        self._by_name[row.kind, folded(row.name)].remove(row.id)

    def code(self, kind: PartyKind, code: str) -> PartyRow | None:
        """The party with this code; without leading zeros where that is unique (137 is 0137)."""
        key = self._by_code.get((kind, code.strip().casefold()))
        if key is not None:
            return self.by_id[key]
        alike = self._by_bare_code.get((kind, _bare(code)), [])
        return self.by_id[alike[0]] if len(alike) == 1 else None

    def named(self, kind: PartyKind, name: str) -> list[PartyRow]:
        """All parties of this name, without regard to case and doubled spaces."""
        return [self.by_id[key] for key in self._by_name.get((kind, folded(name)), [])]

    def find(self, kind: PartyKind, text: str) -> PartyRow:
        """The party meant by a code or a name; raises UserError when none or more than one is."""
        found = self.code(kind, text)
        if found is not None:
            return found
        alike = self.named(kind, text)
        if len(alike) == 1:
            return alike[0]
        if alike:
            raise UserError(
                "More than one is called {name}: {codes}.",
                advice="Give the number.",
                field=kind.value,
                name=text,
                codes=", ".join(item.code for item in alike),
            )
        raise UserError(_UNKNOWN[kind], field=kind.value, name=text)


_UNKNOWN = {
    PartyKind.CUSTOMER: N_("There is no customer {name}."),
    PartyKind.SUPPLIER: N_("There is no supplier {name}."),
    PartyKind.MEMBER: N_("There is no member {name}."),
}


def read_register(reader: Reader) -> Register:
    """Read all parties from the book."""
    return Register(
        [
            PartyRow(row[0], PartyKind(row[1]), row[2], row[3], row[4], row[5], row[6], bool(row[7]), row[8])
            for row in reader.sql(
                "SELECT id, kind, code, name, phone, address, tax_id, active, nickname FROM party"
            )
        ]
    )


def register_of(tx: Transaction) -> Register:
    """The register, remembered between commands."""
    register: Register = tx.memo("parties", lambda: read_register(tx))
    return register


def add_party(
    tx: Transaction,
    kind: PartyKind,
    name: str,
    *,
    code: str = "",
    phone: str = "",
    address: str = "",
    tax_id: str = "",
    active: bool = True,
    nickname: str = "",
) -> PartyRow:
    """Write a new party; the code is handed out when none is given. The caller has checked the rules."""
    register = register_of(tx)
    while not code:
        proposal = tx.running_number(_PREFIX.get(kind, "A"))
        code = "" if register.code(kind, proposal) else proposal
    row = PartyRow(tx.next_id(party), kind, code, name, phone, address, tax_id, active, nickname)
    # Written at once: the entries that name a party may be flushed before the buffered rows are.
    tx.many(insert_text(party), [(row.id, kind.value, *row[2:7], int(active), nickname)])
    register.put(row)
    tx.changed(Kind.PARTY, row.id)
    return row


def rewrite_party(tx: Transaction, row: PartyRow) -> None:
    """Write what has changed of a party. The caller has checked the rules."""
    tx.execute(
        update(party)
        .where(party.c.id == row.id)
        .values(
            code=row.code,
            name=row.name,
            phone=row.phone,
            address=row.address,
            tax_id=row.tax_id,
            active=int(row.active),
            nickname=row.nickname,
        )
    )
    register_of(tx).put(row)
    tx.changed(Kind.PARTY, row.id)


def erase_party(tx: Transaction, row: PartyRow) -> None:
    """Remove a party that nothing in the book names; the caller has made sure of that."""
    tx.execute(delete(party).where(party.c.id == row.id))
    register_of(tx).drop(row)
    tx.changed(Kind.PARTY, row.id)


def folded(name: str) -> str:
    """A name as it is compared."""
    return " ".join(name.split()).casefold()


def _bare(code: str) -> str:
    return code.strip().casefold().lstrip("0")
