"""Invariants of bills, recomputed from their payments."""

from app.ledger.reader import Reader
from app.ledger.slice import Finding, broken

_OPEN = (
    "SELECT b.id, b.side, b.party_id, b.number, b.amount, b.amount - coalesce(p.paid, 0) AS open"
    " FROM bill AS b LEFT JOIN (SELECT bill_id, sum(amount) AS paid FROM bill_payment GROUP BY bill_id)"
    " AS p ON p.bill_id = b.id"
)


def bills_hold(reader: Reader) -> list[Finding]:
    """On no bill more was paid than it is, or taken back than was paid."""
    rows = reader.sql(f"SELECT number, amount, open FROM ({_OPEN}) WHERE open < 0 OR open > amount")  # noqa: S608
    return [
        broken(
            "bill-overpaid",
            "On note {number} of {amount:rp} {open:rp} are open.",
            number=number,
            amount=amount,
            open=left,
        )
        for number, amount, left in rows[:50]
    ]


def bills_equal_balances(reader: Reader) -> list[Finding]:
    """What is open with a party is the party's balance on the control account, and so are the sums."""
    found: list[Finding] = []
    for side, sign in (("receivable", 1), ("payable", -1)):
        accounts = reader.sql("SELECT id, code, name FROM account WHERE role = ?", (side,))
        if not accounts:
            continue
        key, code, name = accounts[0]
        rows = reader.sql(
            "SELECT y.name, sum(t.open), sum(t.balance) FROM ("  # noqa: S608
            f"  SELECT party_id, open, 0 AS balance FROM ({_OPEN}) WHERE side = ?"
            "  UNION ALL SELECT party_id, 0, ? * amount FROM party_balance WHERE account_id = ?"
            ") AS t LEFT JOIN party AS y ON y.id = t.party_id GROUP BY t.party_id"
            " HAVING sum(t.open) <> sum(t.balance)",
            (side, sign, key),
        )
        found += [
            broken(
                "bill-party",
                "Open notes of {party} add up to {open:rp}, account {code} {name} says {balance:rp}.",
                party=party or "?",
                code=code,
                name=name,
                open=left,
                balance=balance,
            )
            for party, left, balance in rows[:50]
        ]
        owed = reader.sql(f"SELECT coalesce(sum(open), 0) FROM ({_OPEN}) WHERE side = ?", (side,))[0][0]  # noqa: S608
        total = reader.sql("SELECT coalesce(sum(amount), 0) FROM day_balance WHERE account_id = ?", (key,))
        if owed != sign * total[0][0]:
            found.append(
                broken(
                    "bill-account",
                    "Open notes add up to {open:rp}, account {code} {name} holds {balance:rp}.",
                    code=code,
                    name=name,
                    open=owed,
                    balance=sign * total[0][0],
                )
            )
    return found


CHECKS = (bills_hold, bills_equal_balances)
