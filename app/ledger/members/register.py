"""What the rules need to know of every member, in memory."""

from dataclasses import dataclass
from datetime import date

from app.ledger.parties.register import PartyKind, PartyRow, register_of
from app.ledger.reader import optional_day
from app.ledger.transaction import Transaction

PROSPECTIVE = "prospective"


@dataclass(slots=True)
class Membership:
    """One member's standing: `status` is prospective or active, as it was last before `left_on`.

    `admitted` is the day a prospective member became a full one, None for who was one from `joined` on.
    """

    party: int
    status: str
    joined: date | None
    left_on: date | None
    body: bool
    nik: str
    admitted: date | None = None


class Members:
    """All memberships by party, and by NIK to notice the same person twice."""

    def __init__(self, rows: list[Membership]) -> None:
        self.by_party: dict[int, Membership] = {}
        self._by_nik: dict[str, set[int]] = {}
        for row in rows:
            self.put(row)

    def put(self, row: Membership) -> None:
        """Add a membership, or replace what is known of it."""
        self.drop(row.party)
        self.by_party[row.party] = row
        if row.nik:
            self._by_nik.setdefault(row.nik, set()).add(row.party)

    def drop(self, party: int) -> None:
        """Forget a membership."""
        old = self.by_party.pop(party, None)
        if old is not None and old.nik:
            self._by_nik[old.nik].discard(party)

    def with_nik(self, nik: str) -> set[int]:
        """The members who have this NIK."""
        return self._by_nik.get(nik, set())


def members_of(tx: Transaction) -> Members:
    """All memberships, remembered between commands."""
    members: Members = tx.memo("members", lambda: _read(tx))
    return members


def _read(tx: Transaction) -> Members:
    rows = tx.sql("SELECT party_id, status, joined, left_on, body, nik, admitted FROM member")
    return Members(
        [
            Membership(
                row[0],
                row[1],
                optional_day(row[2]),
                optional_day(row[3]),
                bool(row[4]),
                row[5],
                optional_day(row[6]),
            )
            for row in rows
        ]
    )


def find_member(tx: Transaction, text: str) -> tuple[PartyRow, Membership]:
    """The member meant by a number or a name; raises UserError when none or several are."""
    party = register_of(tx).find(PartyKind.MEMBER, text)
    return party, members_of(tx).by_party[party.id]
