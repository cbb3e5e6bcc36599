"""Invariants of sales: heads, lines and entries say the same."""

from app.ledger.reader import Reader
from app.ledger.slice import Finding, broken


def lines_add_up(reader: Reader) -> list[Finding]:
    """The lines of each sale add up to its head."""
    rows = reader.sql(
        "SELECT s.number, s.date, s.gross - s.discount, coalesce(sum(l.amount), 0) FROM sale AS s"
        " LEFT JOIN sale_line AS l ON l.sale_id = s.id GROUP BY s.id"
        " HAVING coalesce(sum(l.amount), 0) <> s.gross - s.discount"
        " OR coalesce(sum(l.discount), 0) <> s.discount OR count(l.line) = 0"
    )
    return [
        broken(
            "sale-lines",
            "Sale {number} of {date} comes to {total:rp}, its lines add up to {sum:rp}.",
            number=number,
            date=on,
            total=total,
            sum=counted,
        )
        for number, on, total, counted in rows[:50]
    ]


def sales_have_their_entries(reader: Reader) -> list[Finding]:
    """Each sale has its entry of the same date, and revenue, cost and bon in it are the sale's."""
    rows = reader.sql(
        "SELECT s.number, s.date FROM sale AS s LEFT JOIN entry AS e ON e.id = s.id"
        " WHERE e.id IS NULL OR e.date <> s.date OR e.source <> 'sales'"
        " UNION ALL SELECT e.number, e.date FROM entry AS e LEFT JOIN sale AS s ON s.id = e.id"
        " WHERE e.source = 'sales' AND s.id IS NULL"
    )
    found = [
        broken("sale-entry", "Sale {number} of {date} has no entry of its own.", number=number, date=on)
        for number, on in rows[:50]
    ]
    rows = reader.sql(
        "SELECT e.number, e.date FROM ("
        "  SELECT id AS entry_id, -gross AS revenue, discount, gross - discount - paid AS rest, 0 AS cost"
        "  FROM sale"
        "  UNION ALL SELECT sale_id, 0, 0, 0, coalesce(cost, 0) FROM sale_line"
        "  UNION ALL SELECT p.entry_id,"
        "  CASE WHEN a.role IN ('sales', 'services') THEN -p.amount ELSE 0 END,"
        "  CASE WHEN a.role = 'sales_discount' THEN -p.amount ELSE 0 END,"
        "  CASE WHEN a.role = 'receivable' THEN -p.amount ELSE 0 END,"
        "  CASE WHEN a.role = 'cost_of_sales' THEN -p.amount ELSE 0 END"
        "  FROM posting AS p JOIN entry AS e ON e.id = p.entry_id JOIN account AS a ON a.id = p.account_id"
        "  WHERE e.source = 'sales'"
        ") AS t JOIN entry AS e ON e.id = t.entry_id GROUP BY t.entry_id"
        " HAVING sum(t.revenue) <> 0 OR sum(t.discount) <> 0 OR sum(t.rest) <> 0 OR sum(t.cost) <> 0"
    )
    found += [
        broken(
            "sale-posting",
            "The entry of sale {number} of {date} says other amounts than the sale.",
            number=number,
            date=on,
        )
        for number, on in rows[:50]
    ]
    return found


CHECKS = (lines_add_up, sales_have_their_entries)
