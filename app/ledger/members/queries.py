"""What the books say of members: the register as of a day, and what of mandatory savings is paid."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from app.base.dates import Month
from app.base.errors import UserError
from app.ledger.reader import Reader, day, like, optional_day, word_starts


class MemberRow(NamedTuple):
    """One member as of a day. `status`: prospective, active, leaving, left or deceased."""

    party: int
    number: str
    name: str
    joined: date | None
    left: date | None
    status: str
    sex: str
    address: str
    phone: str
    nik: str
    village: str
    team: str
    institution: str
    body: bool


class Mandatory(NamedTuple):
    """How a member stands with mandatory savings on a day.

    `paid_through` is the last month that is wholly paid, None where it can't be told: nothing is to be paid
    each month, or balances were taken over without it. `part_paid` is what the next month holds already,
    `arrears` what months up to the current one lack, `next_due` what the month after needs on top.
    """

    monthly: int
    paid_through: Month | None
    part_paid: int
    arrears_months: int
    arrears: int
    next_due: int


_MEMBERS = (
    "SELECT y.id, y.code, y.name, m.joined, m.left_on, m.status, m.leave_reason, CASE WHEN m.left_on <= ?"
    "  THEN (SELECT sum(v.amount) FROM savings_account AS a JOIN savings_movement AS v"
    "   ON v.savings_account_id = a.id WHERE a.party_id = y.id AND v.date <= ?) END,"
    " m.sex, y.address, y.phone, m.nik, m.village, m.team, m.institution, m.body"
    " FROM member AS m JOIN party AS y ON y.id = m.party_id"
)


def members(reader: Reader, on: date) -> list[MemberRow]:
    """All who had joined by the close of `on`, also those who left since, in order of number.

    One who left is leaving while the cooperative owes savings, and left after that; one who died stays
    deceased. A member whose day of joining isn't known is listed on any day.
    """
    text = on.isoformat()
    rows = reader.sql(
        f"{_MEMBERS} WHERE m.joined IS NULL OR m.joined <= ? ORDER BY length(y.code), y.code",
        (text, text, text),
    )
    return [_member(row, on) for row in rows]


def member(reader: Reader, text: str, on: date) -> MemberRow:
    """The member with this number, also without its leading zeros where that is unique.

    Raises UserError when there is none.
    """
    until = on.isoformat()
    number = text.strip()
    rows = reader.sql(f"{_MEMBERS} WHERE y.code = ? COLLATE NOCASE", (until, until, number))
    if not rows:
        rows = reader.sql(
            f"{_MEMBERS} WHERE ltrim(y.code, '0') = ? COLLATE NOCASE", (until, until, number.lstrip("0"))
        )
    if len(rows) != 1:
        raise UserError("There is no member {name}.", field="member", name=text)
    return _member(rows[0], on)


def _member(row: Any, on: date) -> MemberRow:
    party, number, name, joined, left_on, status, reason, owed = row[:8]
    sex, address, phone, nik, village, team, institution, body = row[8:]
    left = optional_day(left_on)
    if left is not None and left <= on:
        status = "deceased" if reason == "death" else "leaving" if owed else "left"
    else:
        left = None
    return MemberRow(
        party,
        number,
        name,
        optional_day(joined),
        left,
        status,
        sex,
        address,
        phone,
        nik,
        village,
        team,
        institution,
        bool(body),
    )


def mandatory_standings(reader: Reader, on: date, party: int | None = None) -> dict[int, Mandatory]:
    """How members stand with mandatory savings at the close of `on`: of one, or of all full members at once.

    A month is paid when its whole amount is. Counting starts after the month taken over as paid, else with
    the month of joining, else with that of the first deposit.
    """
    text = on.isoformat()
    tariffs = reader.sql(
        "SELECT amount FROM savings_product WHERE kind = 'mandatory' AND active = 1 ORDER BY id LIMIT 1"
    )
    tariff: int = tariffs[0][0] if tariffs else 0
    where, whom = ("", ()) if party is None else (" AND m.party_id = ?", (party,))
    rows = reader.sql(
        "SELECT m.party_id, m.mandatory, m.joined, max(a.paid_through),"  # noqa: S608
        " coalesce(sum(CASE WHEN v.kind <> 'opening' THEN v.amount END), 0),"
        " coalesce(sum(CASE WHEN v.kind = 'opening' THEN v.amount END), 0),"
        " min(CASE WHEN v.kind <> 'opening' THEN v.date END)"
        " FROM member AS m"
        " LEFT JOIN savings_account AS a ON a.party_id = m.party_id AND a.product_id IN ("
        "  SELECT id FROM savings_product WHERE kind = 'mandatory')"
        " LEFT JOIN savings_movement AS v ON v.savings_account_id = a.id AND v.date <= ?"
        " WHERE m.status = 'active' AND (m.left_on IS NULL OR m.left_on > ?)"
        f" AND (m.joined IS NULL OR m.joined <= ?){where} GROUP BY m.party_id",
        (text, text, text, *whom),
    )
    return {
        key: _standing(own or tariff, joined, through, paid, opened, first, Month.of(on))
        for key, own, joined, through, paid, opened, first in rows
    }


def mandatory_paid_through(reader: Reader, party: int, on: date) -> Month | None:
    """The last month for which a member's mandatory savings are paid at the close of `on`.

    None when nothing is paid, nothing is asked for each month, or it can't be told.
    """
    standing = mandatory_standings(reader, on, party).get(party)
    return None if standing is None else standing.paid_through


def _standing(
    monthly: int,
    joined: str | None,
    through: str | None,
    paid: int,
    opened: int,
    first: str | None,
    now: Month,
) -> Mandatory:
    start = _start(joined, through, opened, first)
    if monthly <= 0 or start is None:
        return Mandatory(monthly, None, 0, 0, 0, monthly)
    months, part = divmod(max(paid, 0), monthly)
    last = start.plus(months)
    behind = (now.year - last.year) * 12 + now.month - last.month
    arrears = max(behind, 0) * monthly - (part if behind > 0 else 0)
    next_due = monthly if behind > 0 else monthly - part if behind == 0 else 0
    # A month before membership says no more than that nothing is paid.
    known = last if months or through else None
    return Mandatory(monthly, known, part, max(behind, 0), arrears, next_due)


def _start(joined: str | None, through: str | None, opened: int, first: str | None) -> Month | None:
    """The month before the first one to be paid."""
    if through is not None:
        return Month.parse(through)
    if opened:
        return None
    if joined is not None:
        return Month.of(day(joined)).previous()
    return None if first is None else Month.of(day(first)).previous()


def search_members(reader: Reader, text: str, on: date, limit: int = 20) -> list[MemberRow]:
    """Members whose number is what was typed (also without its zeros) or begins with it, or of whose name each
    typed word begins a word.

    The number first, then names that begin with what was typed; who has left comes last.
    """
    until = on.isoformat()
    typed, pattern = text.strip(), like(text.strip())
    bare = typed.lstrip("0")
    named, words = word_starts("y.name", typed)
    # The keys first, by the narrow rows; what else is told of a member is read for those alone that are shown.
    keys = [
        row[0]
        for row in reader.sql(
            "SELECT y.id FROM party AS y JOIN member AS m ON m.party_id = y.id WHERE y.kind = 'member' AND"  # noqa: S608
            f" ({named} OR y.code LIKE ? ESCAPE '\\' OR (? <> '' AND ltrim(y.code, '0') = ? COLLATE NOCASE))"
            " ORDER BY m.left_on IS NOT NULL AND m.left_on <= ?, y.code = ? COLLATE NOCASE DESC,"
            " ltrim(y.code, '0') = ? COLLATE NOCASE DESC, y.name LIKE ? ESCAPE '\\' DESC,"
            " y.name COLLATE NOCASE, length(y.code), y.code LIMIT ?",
            (*words, f"{pattern}%", bare, bare, until, typed, bare, f"{pattern}%", limit),
        )
    ]
    rows = reader.sql(f"{_MEMBERS} WHERE y.id IN ({', '.join(map(str, keys)) or 'NULL'})", (until, until))
    found = {row[0]: _member(row, on) for row in rows}
    return [found[key] for key in keys]


class MemberFigures(NamedTuple):
    """What a picker shows beside a member: all savings, and the principal still owed; rupiah, as of now."""

    savings: int
    loans: int


def member_figures(reader: Reader, members: Sequence[int]) -> dict[int, MemberFigures]:
    """The figures of the members (keys of parties) that a picker shows, in two reads."""
    keys = ", ".join(str(int(key)) for key in members) or "NULL"
    saved = dict(
        reader.sql(
            f"SELECT party_id, sum(balance) FROM savings_account WHERE party_id IN ({keys}) GROUP BY party_id"  # noqa: S608
        )
    )
    owed = dict(
        reader.sql(
            "SELECT l.party_id, sum(t.disbursed - t.principal) FROM loan AS l"  # noqa: S608 - keys are numbers
            f" JOIN loan_transaction AS t ON t.loan_id = l.id WHERE l.party_id IN ({keys}) GROUP BY l.party_id"
        )
    )
    return {key: MemberFigures(saved.get(key, 0), owed.get(key, 0)) for key in members}


class MemberDetails(NamedTuple):
    """All that is known of one member besides what savings and loans say, as it stands in the register."""

    number: str
    name: str
    status: str  # prospective or active
    joined: date | None
    left: date | None
    leave_reason: str
    leave_note: str
    nik: str
    sex: str
    birth_place: str
    birth_date: date | None
    phone: str
    address: str
    occupation: str
    village: str
    team: str
    institution: str
    body: bool
    tax_number: str
    mandatory: int
    heir: str
    heir_relation: str


def member_details(reader: Reader, party: int) -> MemberDetails:
    """What is known of a member; raises UserError when the party is none."""
    rows = reader.sql(
        "SELECT y.code, y.name, m.status, m.joined, m.left_on, m.leave_reason, m.leave_note, m.nik, m.sex,"
        " m.birth_place, m.birth_date, y.phone, y.address, m.occupation, m.village, m.team, m.institution,"
        " m.body, y.tax_id, m.mandatory, m.heir, m.heir_relation"
        " FROM member AS m JOIN party AS y ON y.id = m.party_id WHERE y.id = ?",
        (party,),
    )
    if not rows:
        raise UserError("There is no member {name}.", field="member", name=str(party))
    row = list(rows[0])
    row[3], row[4], row[10] = optional_day(row[3]), optional_day(row[4]), optional_day(row[10])
    row[17] = bool(row[17])
    return MemberDetails(*row)


def exit_entry(reader: Reader, party: int) -> int | None:
    """The entry by which a member's savings became owed at the exit that stands; None where none were moved."""
    rows = reader.sql(
        "SELECT e.id FROM entry AS e WHERE e.party_id = ? AND e.source = 'exit' AND e.reverses IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM entry AS r WHERE r.reverses = e.id"
        "  AND NOT EXISTS (SELECT 1 FROM entry AS q WHERE q.reverses = r.id)) ORDER BY e.id DESC LIMIT 1",
        (party,),
    )
    return rows[0][0] if rows else None
