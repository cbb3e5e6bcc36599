"""Invariants of savings: kept balances, the ledger's control accounts, and no balance below 0 on any day."""

from app.ledger.reader import Reader
from app.ledger.slice import Finding, broken

_MOST = 50


def balances_hold(reader: Reader) -> list[Finding]:
    """Each account's kept balance equals the sum of its movements."""
    rows = reader.sql(
        "SELECT y.code, p.name, a.balance, coalesce(m.total, 0) FROM savings_account AS a"
        " JOIN party AS y ON y.id = a.party_id JOIN savings_product AS p ON p.id = a.product_id"
        " LEFT JOIN (SELECT savings_account_id, sum(amount) AS total FROM savings_movement"
        "  GROUP BY savings_account_id) AS m ON m.savings_account_id = a.id"
        " WHERE a.balance <> coalesce(m.total, 0)"
    )
    return [
        broken(
            "savings-balance",
            "{product} of member {member}: {kept:rp} is kept, but the movements add up to {counted:rp}.",
            product=product,
            member=member,
            kept=kept,
            counted=counted,
        )
        for member, product, kept, counted in rows[:_MOST]
    ]


def control_accounts_hold(reader: Reader) -> list[Finding]:
    """For each ledger account that keeps savings, and each member: movements equal the ledger.

    Counted twice, from the accounts by where they are held and from the movements by where they went.
    """
    found: list[Finding] = []
    rows = reader.sql(
        "SELECT c.code, c.name, y.code, sum(t.held), sum(t.moved), sum(t.posted) FROM ("
        "  SELECT held_in AS ledger, party_id AS party, balance AS held, 0 AS moved, 0 AS posted"
        "  FROM savings_account"
        "  UNION ALL SELECT m.ledger_id, a.party_id, 0, sum(m.amount), 0 FROM savings_movement AS m"
        "  JOIN savings_account AS a ON a.id = m.savings_account_id GROUP BY m.ledger_id, a.party_id"
        "  UNION ALL SELECT p.account_id, p.party_id, 0, 0, -sum(p.amount) FROM posting AS p"
        "  JOIN account AS k ON k.id = p.account_id WHERE k.control = 'savings'"
        "  GROUP BY p.account_id, p.party_id"
        ") AS t JOIN account AS c ON c.id = t.ledger LEFT JOIN party AS y ON y.id = t.party"
        " GROUP BY t.ledger, t.party"
        " HAVING sum(t.held) <> sum(t.posted) OR sum(t.moved) <> sum(t.posted)"
    )
    for code, name, member, held, moved, posted in rows[:_MOST]:
        found.append(
            broken(
                "savings-control",
                "{code} {name}, member {member}: the ledger has {posted:rp}, the savings accounts {held:rp},"
                " their movements {moved:rp}.",
                code=code,
                name=name,
                member=member or "?",
                posted=posted,
                held=held,
                moved=moved,
            )
        )
    return found


def never_below_zero(reader: Reader) -> list[Finding]:
    """No account is below 0 at the close of any day."""
    rows = reader.sql(
        "SELECT y.code, p.name, t.date, t.balance FROM ("
        "  SELECT d.savings_account_id AS id, d.date AS date,"
        "   sum(d.amount) OVER (PARTITION BY d.savings_account_id ORDER BY d.date) AS balance FROM ("
        "    SELECT savings_account_id, date, sum(amount) AS amount FROM savings_movement"
        "    GROUP BY savings_account_id, date) AS d"
        ") AS t JOIN savings_account AS a ON a.id = t.id JOIN party AS y ON y.id = a.party_id"
        " JOIN savings_product AS p ON p.id = a.product_id WHERE t.balance < 0 ORDER BY t.date"
    )
    seen: dict[tuple[str, str], Finding] = {}
    for member, product, on, balance in rows:
        if (member, product) not in seen and len(seen) < _MOST:
            seen[member, product] = broken(
                "savings-negative",
                "{product} of member {member} is below 0 on {date}: {balance:rp}.",
                product=product,
                member=member,
                date=on,
                balance=balance,
            )
    return list(seen.values())


def movements_match_entries(reader: Reader) -> list[Finding]:
    """Each movement has the date of its entry, and each entry's movements equal its postings on savings."""
    rows = reader.sql(
        "SELECT e.number, e.date FROM savings_movement AS m JOIN entry AS e ON e.id = m.entry_id"
        " WHERE e.date <> m.date GROUP BY e.id"
        " UNION SELECT e.number, e.date FROM ("
        "  SELECT entry_id, ledger_id AS ledger, amount FROM savings_movement"
        "  UNION ALL SELECT p.entry_id, p.account_id, p.amount FROM posting AS p"
        "  JOIN account AS k ON k.id = p.account_id WHERE k.control = 'savings'"
        " ) AS t JOIN entry AS e ON e.id = t.entry_id GROUP BY t.entry_id, t.ledger HAVING sum(t.amount) <> 0"
    )
    return [
        broken(
            "savings-entry",
            "Entry {number} of {date} and the savings movements under it differ.",
            number=number,
            date=on,
        )
        for number, on in rows[:_MOST]
    ]


def holds_are_covered(reader: Reader) -> list[Finding]:
    """What is held in an account is there."""
    rows = reader.sql(
        "SELECT y.code, p.name, a.balance, sum(h.amount) FROM savings_hold AS h"
        " JOIN savings_account AS a ON a.id = h.savings_account_id JOIN party AS y ON y.id = a.party_id"
        " JOIN savings_product AS p ON p.id = a.product_id WHERE h.released_on IS NULL"
        " GROUP BY a.id HAVING sum(h.amount) > a.balance"
    )
    return [
        broken(
            "savings-hold",
            "{product} of member {member}: {held:rp} is held, but the balance is {balance:rp}.",
            product=product,
            member=member,
            held=held,
            balance=balance,
        )
        for member, product, balance, held in rows[:_MOST]
    ]


def interest_is_credited(reader: Reader) -> list[Finding]:
    """What an entry credits for accounts and months is the interest among its movements, for each member."""
    rows = reader.sql(
        "SELECT e.number, e.date FROM ("
        "  SELECT i.entry_id, a.party_id, i.gross AS amount FROM savings_interest AS i"
        "  JOIN savings_account AS a ON a.id = i.savings_account_id"
        "  UNION ALL SELECT m.entry_id, a.party_id, -m.amount FROM savings_movement AS m"
        "  JOIN savings_account AS a ON a.id = m.savings_account_id"
        "  WHERE m.kind = 'interest' AND m.entry_id IN (SELECT entry_id FROM savings_interest)"
        " ) AS t JOIN entry AS e ON e.id = t.entry_id GROUP BY t.entry_id, t.party_id HAVING sum(t.amount) <> 0"
    )
    return [
        broken(
            "savings-interest",
            "Entry {number} of {date} credits other interest than it says for the month.",
            number=number,
            date=on,
        )
        for number, on in rows[:_MOST]
    ]


CHECKS = (
    balances_hold,
    control_accounts_hold,
    never_below_zero,
    movements_match_entries,
    holds_are_covered,
    interest_is_credited,
)
