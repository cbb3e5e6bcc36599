"""What must hold of loans: each loan against its parts, all of them against the ledger."""

from app.ledger.reader import Reader
from app.ledger.slice import Finding, broken, notice

_MOST = 50


_KEPT = (
    # What the loans say of each account: the principal on their own or the standard one, what is kept aside.
    "SELECT coalesce(l.ledger_id, (SELECT id FROM account WHERE role = 'loans')) AS account, l.party_id AS party,"
    " t.disbursed - t.principal AS amount FROM loan_transaction AS t JOIN loan AS l ON l.id = t.loan_id"
    " UNION ALL SELECT (SELECT id FROM account WHERE role = 'loan_held'), l.party_id, -t.held"
    " FROM loan_transaction AS t JOIN loan AS l ON l.id = t.loan_id"
)


def control_accounts_hold(reader: Reader) -> list[Finding]:
    """Principal left on the loans is 1-1201 or their product's own account, money kept aside is 2-1501, member by
    member."""
    rows = reader.sql(
        "SELECT a.code, y.name, sum(s.ledger), sum(s.detail) FROM ("  # noqa: S608
        "  SELECT p.account_id AS account, p.party_id AS party, sum(p.amount) AS ledger, 0 AS detail"
        "  FROM posting AS p JOIN account AS a ON a.id = p.account_id WHERE a.control = 'loans'"
        "  GROUP BY p.account_id, p.party_id"
        f"  UNION ALL SELECT account, party, 0, sum(amount) FROM ({_KEPT}) GROUP BY account, party"
        ") AS s JOIN account AS a ON a.id = s.account LEFT JOIN party AS y ON y.id = s.party"
        " GROUP BY s.account, s.party HAVING sum(s.ledger) <> sum(s.detail)"
    )
    return [
        broken(
            "loans-control",
            "Account {code}: the loans of {party} come to {detail:rp}, the ledger to {ledger:rp}.",
            code=code,
            party=party or "?",
            detail=detail,
            ledger=ledger,
        )
        for code, party, ledger, detail in rows[:_MOST]
    ]


def income_holds(reader: Reader) -> list[Finding]:
    """Interest, penalty and recovery of each payment are what its entry posts to 4-1001 (or the product's own account)
    and 1-1211, to 4-1004, and to 7-1002."""
    found: list[Finding] = []
    for accounts, column in (
        (
            "a.role IN ('loan_interest', 'loan_interest_receivable')"
            " OR a.id IN (SELECT interest_id FROM loan WHERE interest_id IS NOT NULL)",
            "interest",
        ),
        ("a.role = 'loan_penalty'", "penalty"),
        ("a.role = 'loan_recovery'", "recovered"),
    ):
        rows = reader.sql(
            "SELECT e.number, sum(s.ledger), sum(s.detail) FROM ("  # noqa: S608
            "  SELECT p.entry_id AS entry, -p.amount AS ledger, 0 AS detail FROM posting AS p"
            "  JOIN entry AS e ON e.id = p.entry_id AND e.source = 'loans' AND e.kind = 'ordinary'"
            f"  JOIN account AS a ON a.id = p.account_id AND ({accounts})"
            f"  UNION ALL SELECT entry_id, 0, {column} FROM loan_transaction"
            ") AS s LEFT JOIN entry AS e ON e.id = s.entry"
            " GROUP BY s.entry HAVING sum(s.ledger) <> sum(s.detail)",
        )
        found += [
            broken(
                "loans-income",
                "Payment {number}: interest, penalty or recovery is {detail:rp} on the loan, {ledger:rp} in the entry.",
                number=number or "?",
                detail=detail,
                ledger=ledger,
            )
            for number, ledger, detail in rows[:_MOST]
        ]
    return found


def accruals_hold(reader: Reader) -> list[Finding]:
    """Interest earned and not received is for each loan 0 or more, and for each entry and member what it posts to
    1-1211; a hand's entry there is worth a look."""
    found = [
        broken(
            "loans-accrual",
            "Entry {number}: interest earned by the loans is {detail:rp}, by the entry {ledger:rp}.",
            number=number or "?",
            detail=detail,
            ledger=ledger,
        )
        for number, ledger, detail in reader.sql(
            "SELECT e.number, sum(s.ledger), sum(s.detail) FROM ("
            "  SELECT p.entry_id AS entry, p.party_id AS party, p.amount AS ledger, 0 AS detail FROM account AS a"
            "  JOIN posting AS p ON p.account_id = a.id JOIN entry AS e ON e.id = p.entry_id AND e.source = 'loans'"
            "  WHERE a.role = 'loan_interest_receivable'"
            "  UNION ALL SELECT c.entry_id, l.party_id, 0, c.amount FROM loan_accrual AS c"
            "  JOIN loan AS l ON l.id = c.loan_id"
            ") AS s LEFT JOIN entry AS e ON e.id = s.entry"
            " GROUP BY s.entry, s.party HAVING sum(s.ledger) <> sum(s.detail)"
        )[:_MOST]
    ]
    found += [
        broken(
            "loans-accrual",
            "Interest of {amount:rp} stands as earned on loan {loan}; it can't be below 0.",
            loan=number,
            amount=amount,
        )
        for number, amount in reader.sql(
            "SELECT l.number, sum(c.amount) FROM loan_accrual AS c JOIN loan AS l ON l.id = c.loan_id"
            " GROUP BY c.loan_id HAVING sum(c.amount) < 0"
        )[:_MOST]
    ]
    rows = reader.sql(
        "SELECT a.code, coalesce(sum(b.amount), 0), (SELECT coalesce(sum(amount), 0) FROM loan_accrual)"
        " FROM account AS a JOIN day_balance AS b ON b.account_id = a.id"
        " WHERE a.role = 'loan_interest_receivable' GROUP BY a.id"
    )
    return found + [
        notice(
            "loans-accrual",
            "Account {code} stands at {ledger:rp}; the loans have earned {detail:rp} of it, the rest is by hand.",
            code=code,
            ledger=ledger,
            detail=detail,
        )
        for code, ledger, detail in rows
        if ledger != detail
    ]


def schedules_add_up(reader: Reader) -> list[Finding]:
    """The instalments of each schedule come to the principal that was left when it began to hold."""
    rows = reader.sql(
        "SELECT l.number, s.version, s.before, coalesce(sum(i.principal), 0), s.disbursed FROM ("
        "  SELECT h.loan_id, h.version, h.first, h.principal_before AS before, ("
        "    SELECT coalesce(sum(t.disbursed), 0) FROM loan_transaction AS t WHERE t.loan_id = h.loan_id"
        "    AND t.kind IN ('opening', 'disbursement', 'restructuring')) AS disbursed"
        "  FROM loan_schedule AS h WHERE h.id = (SELECT max(id) FROM loan_schedule WHERE loan_id = h.loan_id)"
        ") AS s JOIN loan AS l ON l.id = s.loan_id LEFT JOIN loan_instalment AS i"
        " ON i.loan_id = s.loan_id AND i.version = s.version AND i.number >= s.first"
        " GROUP BY s.loan_id"
        " HAVING s.disbursed <> 0 AND coalesce(sum(i.principal), 0) <> s.disbursed - s.before"
    )
    return [
        broken(
            "loans-schedule",
            "The instalments of loan {loan} come to {counted:rp}, its principal to {expected:rp}.",
            loan=number,
            counted=counted,
            expected=disbursed - before,
        )
        for number, _, before, counted, disbursed in rows[:_MOST]
    ]


def restructurings_hold(reader: Reader) -> list[Finding]:
    """A restructuring and its movement go together, with the same interest made principal, and its schedule exists;
    a schedule made by hand comes to its loan's principal, and what was left of it to the first version."""
    rows = reader.sql(
        "SELECT l.number FROM loan_restructuring AS r JOIN loan AS l ON l.id = r.loan_id WHERE NOT EXISTS ("
        "  SELECT 1 FROM loan_transaction AS t WHERE t.entry_id = r.entry_id AND t.loan_id = r.loan_id"
        "  AND t.kind = 'restructuring' AND t.disbursed = r.capitalised AND t.interest = r.capitalised"
        ") OR r.principal <> (SELECT coalesce(sum(i.principal), 0) FROM loan_instalment AS i"
        "  WHERE i.loan_id = r.loan_id AND i.version = r.version AND i.number > r.base)"
        " UNION ALL SELECT l.number FROM loan_transaction AS t JOIN loan AS l ON l.id = t.loan_id"
        "  JOIN entry AS e ON e.id = t.entry_id WHERE t.kind = 'restructuring' AND e.reverses IS NULL"
        "  AND NOT EXISTS (SELECT 1 FROM loan_restructuring AS r WHERE r.entry_id = t.entry_id)"
    )
    found = [
        broken("loans-restructuring", "The restructuring of loan {loan} is not whole.", loan=number)
        for (number,) in rows[:_MOST]
    ]
    rows = reader.sql(
        "SELECT l.number, sum(h.principal), l.principal FROM loan_hand_instalment AS h"
        " JOIN loan AS l ON l.id = h.loan_id GROUP BY l.id HAVING sum(h.principal) <> l.principal"
        " OR sum(h.due <> (SELECT i.due FROM loan_instalment AS i WHERE i.loan_id = l.id AND i.version = 1"
        "  AND i.number = h.number)) AND NOT EXISTS (SELECT 1 FROM loan_write_off AS w WHERE w.loan_id = l.id)"
    )
    return found + [
        broken(
            "loans-by-hand",
            "The schedule of loan {loan} made by hand comes to {counted:rp}, its principal to {expected:rp}.",
            loan=number,
            counted=counted,
            expected=expected,
        )
        for number, counted, expected in rows[:_MOST]
    ]


def loans_are_not_negative(reader: Reader) -> list[Finding]:
    """No loan is paid back beyond its principal, and no money kept aside is used twice."""
    rows = reader.sql(
        "SELECT l.number, sum(t.disbursed - t.principal) AS remains, sum(t.held) AS kept"
        " FROM loan_transaction AS t JOIN loan AS l ON l.id = t.loan_id GROUP BY t.loan_id"
        " HAVING remains < 0 OR kept < 0"
    )
    return [
        broken(
            "loans-negative",
            "Loan {loan} stands at {outstanding:rp} with {held:rp} kept aside; neither can be below 0.",
            loan=number,
            outstanding=outstanding,
            held=held,
        )
        for number, outstanding, held in rows[:_MOST]
    ]


def numbers_are_unique(reader: Reader) -> list[Finding]:
    """Two loans that stand never have the same number."""
    rows = reader.sql(
        "SELECT number, count(*) FROM loan AS l WHERE ("
        "  SELECT sum(disbursed) FROM loan_transaction WHERE loan_id = l.id) <> 0"
        " GROUP BY number COLLATE NOCASE HAVING count(*) > 1"
    )
    return [
        broken("loans-number", "{count:n} loans have the number {loan}.", count=count, loan=number)
        for number, count in rows[:_MOST]
    ]


def details_stand(reader: Reader) -> list[Finding]:
    """Every loan has a disbursement or an opening, and a schedule."""
    rows = reader.sql(
        "SELECT number FROM loan AS l WHERE NOT EXISTS (SELECT 1 FROM loan_schedule WHERE loan_id = l.id)"
        " OR NOT EXISTS (SELECT 1 FROM loan_transaction WHERE loan_id = l.id"
        "  AND kind IN ('opening', 'disbursement'))"
    )
    return [
        broken("loans-incomplete", "Loan {loan} lacks its disbursement or its schedule.", loan=number)
        for (number,) in rows[:_MOST]
    ]


def write_offs_hold(reader: Reader) -> list[Finding]:
    """What a write-off takes from a loan is what its entry charges to 1-1209 and 6-2006, and it says why; nothing
    is left on the loan, and no more is recovered than could be claimed."""
    found = [
        broken(
            "loans-write-off",
            "Write-off {number}: the loan loses {detail:rp}, the entry charges {ledger:rp}.",
            number=number,
            detail=detail,
            ledger=ledger,
        )
        for number, detail, ledger in reader.sql(
            "SELECT e.number, sum(t.principal + t.held) AS detail, ("
            "  SELECT coalesce(sum(p.amount), 0) FROM posting AS p JOIN account AS a ON a.id = p.account_id"
            "  WHERE p.entry_id = e.id AND a.role IN ('loan_allowance', 'loan_allowance_cost')) AS ledger"
            " FROM loan_transaction AS t JOIN entry AS e ON e.id = t.entry_id WHERE t.kind = 'writeoff'"
            " GROUP BY e.id HAVING detail <> ledger"
        )[:_MOST]
    ]
    found += [
        broken("loans-write-off", "Loan {loan} was written off and nothing says why.", loan=number)
        for (number,) in reader.sql(
            "SELECT l.number FROM loan_transaction AS t JOIN loan AS l ON l.id = t.loan_id"
            " WHERE t.kind IN ('writeoff', 'opening') AND t.principal > 0 AND NOT EXISTS ("
            "  SELECT 1 FROM loan_write_off AS w WHERE w.loan_id = l.id)"
        )[:_MOST]
    ]
    rows = reader.sql(
        "SELECT l.number, sum(t.disbursed - t.principal),"
        " sum(CASE t.kind WHEN 'writeoff' THEN t.principal + t.held WHEN 'opening' THEN t.principal ELSE 0 END)"
        " AS gone,"
        " sum(t.recovered) AS came, (SELECT w.interest + w.penalty FROM loan_write_off AS w"
        "  WHERE w.loan_id = l.id ORDER BY w.entry_id DESC LIMIT 1) AS besides"
        " FROM loan_transaction AS t JOIN loan AS l ON l.id = t.loan_id GROUP BY t.loan_id"
        " HAVING gone < 0 OR came < 0 OR (gone = 0 AND came <> 0)"
        "  OR (gone > 0 AND (sum(t.disbursed - t.principal) <> 0 OR came > gone + besides))"
    )
    found += [
        broken(
            "loans-write-off",
            "Loan {loan}: {gone:rp} is written off with {left:rp} left, {came:rp} was recovered.",
            loan=number,
            gone=gone,
            left=left,
            came=came,
        )
        for number, left, gone, came, _ in rows[:_MOST]
    ]
    return found


def waivers_hold(reader: Reader) -> list[Finding]:
    """Less than nothing is never let go of a penalty."""
    rows = reader.sql(
        "SELECT l.number, sum(w.amount) AS gone FROM loan_waiver AS w JOIN loan AS l ON l.id = w.loan_id"
        " GROUP BY l.id HAVING gone < 0"
    )
    return [
        broken("loans-waiver", "Loan {loan}: {gone:rp} of penalty was let go.", loan=number, gone=gone)
        for number, gone in rows[:_MOST]
    ]


def rules_are_chosen(reader: Reader) -> list[Finding]:
    """One table of rules is chosen, with a percentage for each class."""
    chosen = reader.sql(
        "SELECT count(*), (SELECT count(*) FROM loan_class AS c JOIN loan_ruleset AS r ON r.name = c.ruleset"
        " WHERE r.chosen = 1) FROM loan_ruleset WHERE chosen = 1"
    )[0]
    if tuple(chosen) == (1, 5):
        return []
    return [broken("loans-classes", "The rules by which loans are classed are not whole.")]


def allowance_is_not_overdrawn(reader: Reader) -> list[Finding]:
    """The allowance (1-1209) is worth a look where it stands on the debit side."""
    rows = reader.sql(
        "SELECT a.code, sum(b.amount) AS stands FROM account AS a JOIN day_balance AS b ON b.account_id = a.id"
        " WHERE a.role = 'loan_allowance' GROUP BY a.id HAVING stands > 0"
    )
    return [
        notice(
            "loans-allowance",
            "The allowance for loan losses {code} is used up by {amount:rp} more than was set aside.",
            code=code,
            amount=amount,
        )
        for code, amount in rows
    ]


CHECKS = (
    control_accounts_hold,
    income_holds,
    accruals_hold,
    schedules_add_up,
    restructurings_hold,
    loans_are_not_negative,
    numbers_are_unique,
    details_stand,
    write_offs_hold,
    waivers_hold,
    rules_are_chosen,
    allowance_is_not_overdrawn,
)
