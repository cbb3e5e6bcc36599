"""What must hold of term deposits: against their savings accounts, their terms, and the ledger."""

from itertools import pairwise

from app.ledger.deposits.state import Deposit, read_deposits
from app.ledger.reader import Reader
from app.ledger.slice import Finding, broken

_MOST = 50


def balances_hold(reader: Reader) -> list[Finding]:
    """What is in a certificate is the balance of its savings account."""
    rows = reader.sql(
        "SELECT a.number, a.balance, t.total FROM (SELECT d.savings_account_id AS id, sum(m.amount) AS total"
        "  FROM term_deposit AS d JOIN term_deposit_movement AS m ON m.term_deposit_id = d.id"
        "  GROUP BY d.savings_account_id) AS t JOIN savings_account AS a ON a.id = t.id"
        " WHERE a.balance <> t.total"
    )
    return [
        broken(
            "deposit-balance",
            "Term deposit {number} comes to {deposit:rp}, its savings account to {account:rp}.",
            number=number,
            account=account,
            deposit=total,
        )
        for number, account, total in rows[:_MOST]
    ]


def interest_holds(reader: Reader) -> list[Finding]:
    """The payments of each term follow each other without a gap, are what the days earn, and end at maturity."""
    found = [
        broken(
            "deposit-interest",
            "The interest paid on term deposit {number} does not follow from its terms.",
            number=deposit.number,
        )
        for deposit in read_deposits(reader)
        if not _follows(deposit)
    ]
    return found[:_MOST]


def _follows(deposit: Deposit) -> bool:
    replay = Deposit(
        deposit.id,
        deposit.number,
        deposit.party,
        deposit.account,
        deposit.rate,
        deposit.months,
        deposit.interest,
        deposit.into,
        deposit.into_number,
        deposit.roll_over,
        deposit.penalty_percent,
        deposit.paid_from,
        deposit.running_since,
    )
    for move in deposit.moves:
        if move.kind == "open":
            good = not replay.exists and move.base == move.amount
        elif not replay.open:
            good = False
        elif move.kind == "roll":
            good = (move.run, move.first, move.base) == (replay.run + 1, replay.maturity, replay.principal)
        else:
            terms = replay.terms
            good = (move.run, move.first) == (replay.run, replay.paid)
            good = good and move.through <= replay.maturity
            good = good and move.interest == terms.interest_to(move.through) - terms.interest_to(move.first)
        if not good:
            return False
        replay.add(move, 1)
    return all(earlier.entry < later.entry for earlier, later in pairwise(deposit.moves))


def entries_hold(reader: Reader) -> list[Finding]:
    """Interest, tax and penalty of each record are what its entry posts, on the entry's day."""
    rows = reader.sql(
        "SELECT e.number, e.date FROM term_deposit_movement AS m JOIN entry AS e ON e.id = m.entry_id"
        " WHERE e.date <> m.date OR e.source <> 'deposits'"
        " UNION SELECT e.number, e.date FROM ("
        "  SELECT entry_id, 'interest' AS role, interest AS amount FROM term_deposit_movement"
        "  UNION ALL SELECT entry_id, 'savings_tax', -tax FROM term_deposit_movement"
        "  UNION ALL SELECT entry_id, 'loan_penalty', -penalty FROM term_deposit_movement"
        "  UNION ALL SELECT p.entry_id, iif(a.class IN ('cost', 'expense'), 'interest', a.role), -p.amount"
        "  FROM entry AS e JOIN posting AS p ON p.entry_id = e.id JOIN account AS a ON a.id = p.account_id"
        "  WHERE e.source = 'deposits'"
        "  AND (a.class IN ('cost', 'expense') OR a.role IN ('savings_tax', 'loan_penalty'))"
        " ) AS t JOIN entry AS e ON e.id = t.entry_id GROUP BY t.entry_id, t.role HAVING sum(t.amount) <> 0"
    )
    return [
        broken(
            "deposit-entry",
            "Entry {number} of {date} and the record on its term deposit differ.",
            number=number,
            date=on,
        )
        for number, on in rows[:_MOST]
    ]


CHECKS = (balances_hold, interest_holds, entries_hold)
