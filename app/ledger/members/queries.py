"""What the books say of members: the register as of a day, and what of mandatory savings is paid."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from app.base.dates import Month
from app.base.errors import UserError
from app.ledger.reader import Reader, day, like, optional_day, word_starts
from app.ledger.savings.terms import Tariff, months_between, read_tariffs


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
    nickname: str
    category: str
    admitted: date | None


class Mandatory(NamedTuple):
    """How a member stands with mandatory savings on a day.

    `paid_through` is the last month that is wholly paid, None where it can't be told: nothing is to be paid
    each month, or balances were taken over without it. `part_paid` is what the next month holds already,
    `arrears` what months up to the current one lack, `next_due` what the month after needs on top. `covered` is
    the month before the first that lacks something, also where nothing is paid yet.
    """

    monthly: int
    paid_through: Month | None
    part_paid: int
    arrears_months: int
    arrears: int
    next_due: int
    tariff: Tariff = Tariff(0)
    covered: Month | None = None

    def after(self, amount: int) -> tuple[Month | None, int]:
        """Through which month all is paid once `amount` rupiah more are, and what then counts towards the next."""
        if self.covered is None:
            return None, 0
        last, rest = self.tariff.reach(self.covered, self.part_paid + amount)
        return (last if last > self.covered or self.paid_through else None), rest


_MEMBERS = (
    "SELECT y.id, y.code, y.name, m.joined, m.left_on, m.status, m.leave_reason, CASE WHEN m.left_on <= ?"
    "  THEN (SELECT sum(v.amount) FROM savings_account AS a JOIN savings_movement AS v"
    "   ON v.savings_account_id = a.id WHERE a.party_id = y.id AND v.date <= ?) END,"
    " m.sex, y.address, y.phone, m.nik, m.village, m.team, m.institution, m.body, y.nickname, m.category, m.admitted"
    " FROM member AS m JOIN party AS y ON y.id = m.party_id"
)
# The same of an earlier membership, which has its own days and reason.
_SPELLS = (
    "SELECT y.id, y.code, y.name, s.joined, s.left_on, s.status, s.leave_reason, CASE WHEN s.left_on <= ?"
    "  THEN (SELECT sum(v.amount) FROM savings_account AS a JOIN savings_movement AS v"
    "   ON v.savings_account_id = a.id WHERE a.party_id = y.id AND v.date <= ?) END,"
    " m.sex, y.address, y.phone, m.nik, m.village, m.team, m.institution, m.body, y.nickname, m.category,"
    " s.admitted FROM member_spell AS s JOIN member AS m ON m.party_id = s.party_id"
    " JOIN party AS y ON y.id = s.party_id"
    " WHERE m.joined > ? AND (s.joined IS NULL OR s.joined <= ?)"
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
    found = [_member(row, on) for row in rows]
    earlier = _spells(reader, on)
    if earlier:
        found = sorted((*found, *earlier.values()), key=lambda item: (len(item.number), item.number))
    return found


def _spells(reader: Reader, on: date, party: int | None = None) -> dict[int, MemberRow]:
    """Who came back after `on`, as they stood on that day in the membership before."""
    text = on.isoformat()
    where, whom = ("", ()) if party is None else (" AND s.party_id = ?", (party,))
    rows = reader.sql(f"{_SPELLS}{where} ORDER BY s.left_on", (text, text, text, text, *whom))
    return {row[0]: _member(row, on) for row in rows}


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
    found = _member(rows[0], on)
    if found.joined is not None and found.joined > on:
        return _spells(reader, on, found.party).get(found.party, found)
    return found


def _member(row: Any, on: date) -> MemberRow:
    party, number, name, joined, left_on, status, reason, owed = row[:8]
    sex, address, phone, nik, village, team, institution, body, nickname, category, admitted = row[8:]
    left, admitted = optional_day(left_on), optional_day(admitted)
    if left is not None and left <= on:
        status = "deceased" if reason == "death" else "leaving" if owed else "left"
    else:
        left = None
        if admitted is not None and on < admitted:
            status = "prospective"
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
        nickname,
        category,
        admitted,
    )


def mandatory_standings(reader: Reader, on: date, party: int | None = None) -> dict[int, Mandatory]:
    """How members stand with mandatory savings at the close of `on`: of one, or of all full members at once.

    A month is paid when its whole amount is. Counting starts after the month taken over as paid, else with
    the month of joining, else with that of the first deposit.
    """
    text = on.isoformat()
    tariff = _tariff(reader)
    where, whom = ("", ()) if party is None else (" AND m.party_id = ?", (party,))
    rows = reader.sql(
        "SELECT m.party_id, m.mandatory, coalesce(m.admitted, m.joined),"  # noqa: S608
        # What was taken over is of the first membership of one who came back.
        " CASE WHEN m.party_id IN (SELECT party_id FROM member_spell) THEN NULL ELSE max(a.paid_through) END,"
        " coalesce(sum(CASE WHEN v.kind <> 'opening' THEN v.amount END), 0),"
        " coalesce(sum(CASE WHEN v.kind = 'opening' THEN v.amount END), 0),"
        " min(CASE WHEN v.kind <> 'opening' THEN v.date END)"
        " FROM member AS m"
        " LEFT JOIN savings_account AS a ON a.party_id = m.party_id AND a.product_id IN ("
        "  SELECT id FROM savings_product WHERE kind = 'mandatory')"
        " LEFT JOIN savings_movement AS v ON v.savings_account_id = a.id AND v.date <= ?"
        "  AND (m.joined IS NULL OR v.date >= m.joined)"
        " WHERE m.status = 'active' AND (m.left_on IS NULL OR m.left_on > ?)"
        f" AND (m.joined IS NULL OR m.joined <= ?){where} GROUP BY m.party_id",
        (text, text, text, *whom),
    )
    return {
        key: _standing(Tariff(own) if own else tariff, joined, through, paid, opened, first, Month.of(on))
        for key, own, joined, through, paid, opened, first in rows
    }


def _tariff(reader: Reader) -> Tariff:
    """What the cooperative asks for each month: that of the first mandatory product in use."""
    rows = reader.sql(
        "SELECT id FROM savings_product WHERE kind = 'mandatory' AND active = 1 ORDER BY id LIMIT 1"
    )
    return read_tariffs(reader)[rows[0][0]] if rows else Tariff(0)


def mandatory_paid_through(reader: Reader, party: int, on: date) -> Month | None:
    """The last month for which a member's mandatory savings are paid at the close of `on`.

    None when nothing is paid, nothing is asked for each month, or it can't be told.
    """
    standing = mandatory_standings(reader, on, party).get(party)
    return None if standing is None else standing.paid_through


def _standing(
    tariff: Tariff,
    joined: str | None,
    through: str | None,
    paid: int,
    opened: int,
    first: str | None,
    now: Month,
) -> Mandatory:
    start = _start(joined, through, opened, first)
    monthly = tariff.of(now)
    if not tariff.asks or start is None:
        return Mandatory(monthly, None, 0, 0, 0, monthly)
    last, part = tariff.reach(start, max(paid, 0))
    behind = months_between(last, now)
    arrears = tariff.between(last, now) - part if behind > 0 else 0
    next_due = tariff.of(now.next())
    if behind <= 0:
        next_due = max(next_due - part, 0) if behind == 0 else 0
    # A month before membership says no more than that nothing is paid.
    known = last if last > start or through else None
    return Mandatory(monthly, known, part, max(behind, 0), arrears, next_due, tariff, last)


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
    """Members whose number is what was typed (also without its zeros) or begins with it, or of whose name or
    nickname each typed word begins a word.

    The number first, then who is called just that, then names and nicknames that begin with it; who has left
    comes last.
    """
    until = on.isoformat()
    typed, start = text.strip(), f"{like(text.strip())}%"
    bare = typed.lstrip("0")
    named, words = word_starts("y.name || ' ' || y.nickname", typed)
    # The keys first, by the narrow rows; what else is told of a member is read for those alone that are shown.
    keys = [
        row[0]
        for row in reader.sql(
            "SELECT y.id FROM party AS y JOIN member AS m ON m.party_id = y.id WHERE y.kind = 'member' AND"  # noqa: S608
            f" ({named} OR y.code LIKE ? ESCAPE '\\' OR (? <> '' AND ltrim(y.code, '0') = ? COLLATE NOCASE))"
            " ORDER BY m.left_on IS NOT NULL AND m.left_on <= ?, y.code = ? COLLATE NOCASE DESC,"
            " ltrim(y.code, '0') = ? COLLATE NOCASE DESC, y.nickname <> '' AND y.nickname = ? COLLATE NOCASE DESC,"
            " y.name LIKE ? ESCAPE '\\' OR y.nickname LIKE ? ESCAPE '\\' DESC,"
            " y.name COLLATE NOCASE, length(y.code), y.code LIMIT ?",
            (*words, start, bare, bare, until, typed, bare, typed, start, start, limit),
        )
    ]
    rows = reader.sql(f"{_MEMBERS} WHERE y.id IN ({', '.join(map(str, keys)) or 'NULL'})", (until, until))
    found = {row[0]: _member(row, on) for row in rows}
    return [found[key] for key in keys]


def nicknames(reader: Reader) -> dict[str, str]:
    """What members are called day by day, by their numbers; only those of whom it is known."""
    return dict(reader.sql("SELECT code, nickname FROM party WHERE kind = 'member' AND nickname <> ''"))


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
    nickname: str
    category: str
    admitted: date | None
    exit_requested: date | None


def member_details(reader: Reader, party: int) -> MemberDetails:
    """What is known of a member; raises UserError when the party is none."""
    rows = reader.sql(
        "SELECT y.code, y.name, m.status, m.joined, m.left_on, m.leave_reason, m.leave_note, m.nik, m.sex,"
        " m.birth_place, m.birth_date, y.phone, y.address, m.occupation, m.village, m.team, m.institution,"
        " m.body, y.tax_id, m.mandatory, coalesce(h.name, ''), coalesce(h.relation, ''), y.nickname, m.category,"
        " m.admitted, m.exit_requested FROM member AS m JOIN party AS y ON y.id = m.party_id"
        " LEFT JOIN member_heir AS h ON h.party_id = m.party_id AND h.line = 1 WHERE y.id = ?",
        (party,),
    )
    if not rows:
        raise UserError("There is no member {name}.", field="member", name=str(party))
    row = list(rows[0])
    row[3], row[4], row[10] = optional_day(row[3]), optional_day(row[4]), optional_day(row[10])
    row[17] = bool(row[17])
    row[-2], row[-1] = optional_day(row[-2]), optional_day(row[-1])
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
