"""Invariants of purchases: heads, lines, stock and entries say the same."""

from app.ledger.reader import Reader
from app.ledger.slice import Finding, broken


def lines_add_up(reader: Reader) -> list[Finding]:
    """The lines of each purchase add up to its head, goods and freight apart."""
    rows = reader.sql(
        "SELECT s.number, s.date, s.amount + s.freight, coalesce(sum(l.amount + l.freight), 0)"
        " FROM purchase AS s LEFT JOIN purchase_line AS l ON l.purchase_id = s.id GROUP BY s.id"
        " HAVING coalesce(sum(l.amount), 0) <> s.amount OR coalesce(sum(l.freight), 0) <> s.freight"
        " OR count(l.line) = 0"
    )
    return [
        broken(
            "purchase-lines",
            "Purchase {number} of {date} comes to {total:rp}, its lines add up to {sum:rp}.",
            number=number,
            date=on,
            total=total,
            sum=counted,
        )
        for number, on, total, counted in rows[:50]
    ]


def purchases_have_their_entries(reader: Reader) -> list[Finding]:
    """Each purchase has its entry of the same date, and stock and debt in it are the purchase's."""
    rows = reader.sql(
        "SELECT s.number, s.date FROM purchase AS s LEFT JOIN entry AS e ON e.id = s.id"
        " WHERE e.id IS NULL OR e.date <> s.date OR e.source <> 'purchases'"
        " UNION ALL SELECT e.number, e.date FROM entry AS e LEFT JOIN purchase AS s ON s.id = e.id"
        " WHERE e.source = 'purchases' AND s.id IS NULL"
        " UNION ALL SELECT e.number, e.date FROM ("
        "  SELECT id AS entry_id, amount + freight AS goods, amount + freight - paid AS owed FROM purchase"
        "  UNION ALL SELECT p.entry_id,"
        "  CASE WHEN a.role = 'inventory' THEN -p.amount ELSE 0 END,"
        "  CASE WHEN a.role = 'payable' THEN p.amount ELSE 0 END"
        "  FROM posting AS p JOIN entry AS e ON e.id = p.entry_id JOIN account AS a ON a.id = p.account_id"
        "  WHERE e.source = 'purchases'"
        ") AS t JOIN entry AS e ON e.id = t.entry_id GROUP BY t.entry_id"
        " HAVING sum(t.goods) <> 0 OR sum(t.owed) <> 0"
    )
    return [
        broken(
            "purchase-entry",
            "Purchase {number} of {date} and its entry do not say the same.",
            number=number,
            date=on,
        )
        for number, on in rows[:50]
    ]


CHECKS = (lines_add_up, purchases_have_their_entries)
