"""Invariants of the register of members."""

from decimal import Decimal

from app.ledger.reader import Reader
from app.ledger.slice import Finding, broken

_MOST = 50


def members_have_parties(reader: Reader) -> list[Finding]:
    """Every member is a party of kind member, and every such party is a member."""
    rows = reader.sql(
        "SELECT coalesce(y.code, m.party_id) FROM member AS m LEFT JOIN party AS y ON y.id = m.party_id"
        " WHERE y.id IS NULL OR y.kind <> 'member'"
        " UNION SELECT code FROM party WHERE kind = 'member' AND id NOT IN (SELECT party_id FROM member)"
    )
    return [
        broken("member-party", "Member {member} stands in only one of the two registers.", member=str(row[0]))
        for row in rows[:_MOST]
    ]


def exits_hold(reader: Reader) -> list[Finding]:
    """Savings of one who left are kept in 2-1503, those of the others never are; one who left is closed."""
    rows = reader.sql(
        "SELECT DISTINCT y.code FROM member AS m JOIN party AS y ON y.id = m.party_id"
        " LEFT JOIN savings_account AS a ON a.party_id = m.party_id"
        " LEFT JOIN account AS c ON c.id = a.held_in"
        " WHERE (m.left_on IS NOT NULL) <> (y.active = 0)"
        " OR (a.id IS NOT NULL AND (m.left_on IS NOT NULL) <> (coalesce(c.role, '') = 'savings_left'))"
    )
    return [
        broken(
            "member-exit",
            "Member {member}: whether they left and where their savings are kept do not agree.",
            member=row[0],
        )
        for row in rows[:_MOST]
    ]


def memberships_follow(reader: Reader) -> list[Finding]:
    """Of one who came back each membership ends before the next begins; nobody is admitted before joining."""
    rows = reader.sql(
        "SELECT y.code FROM member_spell AS s JOIN party AS y ON y.id = s.party_id"
        " LEFT JOIN member AS m ON m.party_id = s.party_id"
        " WHERE m.joined IS NULL OR m.joined <= s.left_on OR s.joined > s.left_on"
        " OR EXISTS (SELECT 1 FROM member_spell AS o WHERE o.party_id = s.party_id AND o.id > s.id"
        "  AND (o.joined IS NULL OR o.joined <= s.left_on))"
        " UNION SELECT y.code FROM member AS m JOIN party AS y ON y.id = m.party_id"
        " WHERE m.admitted < m.joined OR (m.admitted IS NOT NULL AND m.status = 'prospective')"
    )
    return [
        broken(
            "member-spells", "The memberships of {member} overlap, or their days do not fit.", member=row[0]
        )
        for row in rows[:_MOST]
    ]


def shares_are_whole(reader: Reader) -> list[Finding]:
    """The shares of a member's heirs add up to 100 percent, or none of them has one."""
    shares: dict[str, list[Decimal | None]] = {}
    for code, share in reader.sql(
        "SELECT coalesce(y.code, h.party_id), h.share FROM member_heir AS h"
        " LEFT JOIN party AS y ON y.id = h.party_id WHERE h.party_id IN"
        " (SELECT party_id FROM member_heir WHERE share IS NOT NULL)"
    ):
        shares.setdefault(str(code), []).append(None if share is None else Decimal(share))
    return [
        broken("member-heirs", "The shares of the heirs of {member} do not add up to 100.", member=code)
        for code, given in list(shares.items())[:_MOST]
        if None in given or sum(item for item in given if item is not None) != 100
    ]


def officers_are_members(reader: Reader) -> list[Finding]:
    """Who holds an office as a member is one, and has not left."""
    rows = reader.sql(
        "SELECT coalesce(y.code, t.party_id), t.office FROM office_term AS t"
        " LEFT JOIN member AS m ON m.party_id = t.party_id LEFT JOIN party AS y ON y.id = t.party_id"
        " WHERE t.party_id IS NOT NULL AND (m.party_id IS NULL OR (t.ended IS NULL AND m.left_on IS NOT NULL))"
    )
    return [
        broken(
            "office-member",
            "{member} holds the office {office} and is no member.",
            member=str(row[0]),
            office=row[1],
        )
        for row in rows[:_MOST]
    ]


CHECKS = (
    members_have_parties,
    exits_hold,
    memberships_follow,
    shares_are_whole,
    officers_are_members,
)
