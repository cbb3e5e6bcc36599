"""Invariants of the register of members."""

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


CHECKS = (members_have_parties, exits_hold)
