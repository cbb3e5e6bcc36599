"""What the papers of the register ask: every membership there was, heirs, pictures, offices, and the changes."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from app.base.dates import Period
from app.ledger.reader import Reader, day, optional_day


class Heir(NamedTuple):
    """One heir; `share` is in percent, None where shares are not given."""

    name: str
    relation: str
    share: Decimal | None


class Entry(NamedTuple):
    """One membership in book 01: of one who left and came back there are several."""

    number: str
    name: str
    nik: str
    birth_place: str
    birth_date: date | None
    sex: str
    body: bool
    occupation: str
    address: str
    phone: str
    category: str
    status: str
    joined: date | None
    admitted: date | None
    requested: date | None
    left: date | None
    reason: str
    note: str

    @property
    def since(self) -> date | None:
        """The day of becoming a full member."""
        return self.admitted or self.joined


class Term(NamedTuple):
    """One term of office. `until` is when it ends by decision, `ended` when it did."""

    id: int
    body: str
    office: str
    member: str
    name: str
    started: date
    until: date | None
    ended: date | None
    reason: str


class Change(NamedTuple):
    """How many members of one kind there were, and how they came and went."""

    opening: int
    joined: int
    left: int

    @property
    def closing(self) -> int:
        """The members at the close of the period."""
        return self.opening + self.joined - self.left


_SPELLS = (
    "SELECT y.code, y.name, m.nik, m.birth_place, m.birth_date, m.sex, m.body, m.occupation,"
    " y.address, m.village, y.phone, m.category, s.status, s.joined, s.admitted, s.exit_requested, s.left_on,"
    " s.leave_reason, s.leave_note FROM ("
    "  SELECT party_id, status, joined, admitted, exit_requested, left_on, leave_reason, leave_note FROM member"
    "  UNION ALL"
    "  SELECT party_id, status, joined, admitted, exit_requested, left_on, leave_reason, leave_note"
    "  FROM member_spell"
    " ) AS s JOIN member AS m ON m.party_id = s.party_id JOIN party AS y ON y.id = s.party_id"
)


def memberships(reader: Reader, on: date) -> list[Entry]:
    """Every membership begun up to a day, in order of number, then of time; ends after the day are not told."""
    text = on.isoformat()
    found = []
    for row in reader.sql(
        f"{_SPELLS} WHERE s.joined IS NULL OR s.joined <= ?"
        " ORDER BY length(y.code), y.code, coalesce(s.left_on, '9999')",
        (text,),
    ):
        number, name, nik, place, born, sex, body, work, address, village, phone, category = row[:12]
        status, joined, admitted, requested, left_on, reason, note = row[12:]
        left, asked, full = optional_day(left_on), optional_day(requested), optional_day(admitted)
        gone = left is not None and left <= on
        found.append(
            Entry(
                number=number,
                name=name,
                nik=nik,
                birth_place=place,
                birth_date=optional_day(born),
                sex=sex,
                body=bool(body),
                occupation=work,
                address=", ".join(filter(None, (address, village))),
                phone=phone,
                category=category,
                status="prospective" if full is not None and full > on else status,
                joined=optional_day(joined),
                admitted=full if full is not None and full <= on else None,
                requested=asked if asked is not None and asked <= on and left is not None else None,
                left=left if gone else None,
                reason=reason if gone else "",
                note=note if gone else "",
            )
        )
    return found


def member_changes(reader: Reader, period: Period) -> dict[str, Change]:
    """Full members at the begin of a period, those who came and went in it: by male, female and other.

    `other` are bodies, and those whose sex is not known. One who left on a day is no member at its close.
    """
    first, end = period.first.isoformat(), period.end.isoformat()
    rows = reader.sql(
        "SELECT CASE WHEN m.body = 1 OR m.sex = '' THEN 'other' ELSE m.sex END AS kind,"
        " sum(coalesce(s.since, '') < ? AND (s.left_on IS NULL OR s.left_on >= ?)),"
        " sum(s.since >= ? AND s.since < ?),"
        " sum(s.left_on >= ? AND s.left_on < ?)"
        " FROM (SELECT party_id, status, coalesce(admitted, joined) AS since, left_on FROM member"
        "  UNION ALL SELECT party_id, status, coalesce(admitted, joined), left_on FROM member_spell) AS s"
        " JOIN member AS m ON m.party_id = s.party_id WHERE s.status = 'active' GROUP BY kind",
        (first, first, first, end, first, end),
    )
    found = {kind: Change(opening, joined or 0, left or 0) for kind, opening, joined, left in rows}
    return {kind: found.get(kind, Change(0, 0, 0)) for kind in ("male", "female", "other")}


def heirs(reader: Reader, parties: Sequence[int] = ()) -> dict[int, list[Heir]]:
    """The heirs of the members given (keys of parties), or of all, in their order."""
    keys = ", ".join(str(int(key)) for key in parties)
    where = f" WHERE party_id IN ({keys})" if keys else ""
    found: dict[int, list[Heir]] = {}
    for party, name, relation, share in reader.sql(
        f"SELECT party_id, name, relation, share FROM member_heir{where} ORDER BY party_id, line"  # noqa: S608 - keys are numbers
    ):
        found.setdefault(party, []).append(Heir(name, relation, None if share is None else Decimal(share)))
    return found


def photo(reader: Reader, party: int) -> bytes | None:
    """A member's picture, PNG or JPEG; None where there is none."""
    rows = reader.sql("SELECT image FROM member_photo WHERE party_id = ?", (party,))
    return bytes(rows[0][0]) if rows else None


def photos(reader: Reader) -> dict[int, bytes]:
    """The pictures of all members, by party."""
    return {key: bytes(image) for key, image in reader.sql("SELECT party_id, image FROM member_photo")}


def terms(reader: Reader, body: str, on: date) -> list[Term]:
    """The terms of office begun in a body up to a day, in order of time; an end after the day is not told."""
    text = on.isoformat()
    found = []
    for key, office, member, name, started, until, ended, reason in reader.sql(
        "SELECT t.id, t.office, coalesce(y.code, ''), coalesce(y.name, t.name), t.started, t.until, t.ended,"
        " t.reason FROM office_term AS t LEFT JOIN party AS y ON y.id = t.party_id"
        " WHERE t.body = ? AND t.started <= ? ORDER BY t.started, t.id",
        (body, text),
    ):
        gone = ended is not None and ended <= text
        found.append(
            Term(
                key,
                body,
                office,
                member,
                name,
                day(started),
                optional_day(until),
                optional_day(ended) if gone else None,
                reason if gone else "",
            )
        )
    return found
