"""When interest on loans is income: when it is received (cash), or when it is earned (accrual).

With accrual, what members owe of interest up to a month's end stands on 1-1211: the interest of instalments due, and
of the running one its days' share, less what was paid. The run posts the difference between what should stand and
what stands, so that run twice it posts once. A loan of a bad class earns no more: what stands for it is taken back,
and what it owes goes on as a memo that the schedule tells. Payments lower 1-1211 before they are income.
"""

from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from app.base.dates import ONE_DAY, Month, add_months
from app.base.money import half_up
from app.ledger.loans.commands import LoanClass, Recognition
from app.ledger.loans.quality import Quality, read_quality
from app.ledger.loans.reading import Loan, read_loans
from app.ledger.loans.schedule import Every, LoanTerms
from app.ledger.loans.standing import CLASSES, Standing
from app.ledger.reader import Reader, day


class Rule(NamedTuple):
    """What holds from a month on; `stops_at` is the class from which on a loan earns no more."""

    month: Month | None
    method: Recognition
    stops_at: LoanClass


CASH = Rule(None, Recognition.CASH, LoanClass.SUBSTANDARD)
"""What holds while nobody has said otherwise."""


class AccrualRow(NamedTuple):
    """A loan at the close of a day, rupiah.

    `unpaid` is the interest it owes up to that day, `stands` what the books say of it (1-1211), `wanted` what they
    should say. `stopped`: its class earns no more.
    """

    loan: int
    number: str
    party: int
    member: str
    name: str
    class_: str
    stopped: bool
    unpaid: int
    stands: int
    wanted: int

    @property
    def change(self) -> int:
        """What a run posts for it."""
        return self.wanted - self.stands

    @property
    def memo(self) -> int:
        """Interest owed that is not in the books."""
        return self.unpaid - self.wanted


class AccrualPlan(NamedTuple):
    """What a run for a month does. `rows` are the loans that owe interest or for which some stands."""

    on: date
    rule: Rule
    rows: list[AccrualRow]

    @property
    def change(self) -> int:
        """What is added to 1-1211, or below 0 taken from it."""
        return sum(row.change for row in self.rows)

    @property
    def stands(self) -> int:
        """What stands on 1-1211 for loans."""
        return sum(row.stands for row in self.rows)


def rule_in(reader: Reader, month: Month) -> Rule:
    """What holds in a month."""
    rows = reader.sql(
        "SELECT month, method, stops_at FROM loan_recognition WHERE month <= ? ORDER BY month DESC LIMIT 1",
        (str(month),),
    )
    if not rows:
        return CASH
    since, method, stops_at = rows[0]
    return Rule(Month.parse(since), Recognition(method), LoanClass(stops_at))


def earned_unpaid(standing: Standing, terms: LoanTerms, on: date) -> int:
    """Interest owed at the close of a day by the schedule, rupiah."""
    return sum(amount for _, _, amount in unpaid_lines(standing, terms, on))


def unpaid_lines(standing: Standing, terms: LoanTerms, on: date) -> list[tuple[int, date, int]]:
    """Interest owed at the close of a day, by instalment with its due date: of those due all, of the running one the
    share of its days half-up, each less what was paid on it."""
    if standing.written_off or standing.paid_off:
        return []
    found = []
    before = {row.number + 1: row.due for row in standing.rows}
    agreed = {row.number: row.interest for row in standing.rows}
    for item in standing.open():
        if item.due <= on:
            amount = item.interest
        else:
            begins = before.get(item.number) or (
                terms.start if item.number == 1 else max(_a_period_before(item.due, terms.every), terms.start)
            )
            if begins >= on:
                break
            whole = agreed[item.number]
            earned = half_up(Fraction(whole * (on - begins).days, (item.due - begins).days))
            amount = max(earned - (whole - item.interest), 0)
        if amount:
            found.append((item.number, item.due, amount))
    return found


def accrual_lines(reader: Reader, number: str, on: date) -> list[tuple[date, str, str, int]]:
    """What entries added to 1-1211 for a loan up to a day: day, number, memo and rupiah."""
    rows = reader.sql(
        "SELECT c.date, e.number, e.memo, c.amount FROM loan_accrual AS c JOIN entry AS e ON e.id = c.entry_id"
        " WHERE c.loan_id = (SELECT l.id FROM loan AS l WHERE l.number = ? COLLATE NOCASE AND ("
        "  SELECT sum(t.disbursed) FROM loan_transaction AS t WHERE t.loan_id = l.id) <> 0)"
        " AND c.date <= ? ORDER BY c.date, c.id",
        (number, on.isoformat()),
    )
    return [(day(row[0]), *row[1:]) for row in rows]


def accrual_plan(reader: Reader, month: Month) -> AccrualPlan:
    """What running the accrual for a month would post."""
    return accrual_on(reader, month.period.end - ONE_DAY)


def accrual_on(reader: Reader, on: date) -> AccrualPlan:
    """What each loan owes of interest at the close of a day, beside what stands for it."""
    rule, quality = rule_in(reader, Month.of(on)), read_quality(reader)
    stood = accrued_on(reader, on)
    rows = []
    for loan in read_loans(reader, on):
        unpaid, stands = earned_unpaid(loan.standing, loan.terms, on), stood.get(loan.id, 0)
        if not unpaid and not stands:
            continue
        class_ = quality.class_of(loan, on)
        stopped = _stops(rule, class_)
        earns = rule.method is Recognition.ACCRUAL and not stopped
        rows.append(
            AccrualRow(
                loan.id,
                loan.number,
                loan.party,
                loan.member,
                loan.name,
                class_,
                stopped,
                unpaid,
                stands,
                unpaid if earns else 0,
            )
        )
    return AccrualPlan(on, rule, rows)


def accrued_on(reader: Reader, on: date) -> dict[int, int]:
    """What stands on 1-1211 for each loan at the close of a day, by the loan's key, rupiah."""
    return dict(
        reader.sql(
            "SELECT loan_id, sum(amount) FROM loan_accrual WHERE date <= ? GROUP BY loan_id"
            " HAVING sum(amount) <> 0",
            (on.isoformat(),),
        )
    )


def taken_over(quality: Quality, rule: Rule, loan: Loan, on: date) -> int:
    """What stands for a loan taken over at the close of a day where interest is accrued, rupiah."""
    if rule.method is Recognition.CASH or _stops(rule, quality.ruled(loan, on)):
        return 0
    return earned_unpaid(loan.standing, loan.terms, on)


def _stops(rule: Rule, class_: str) -> bool:
    return CLASSES.index(class_) >= CLASSES.index(rule.stops_at)


def _a_period_before(due: date, every: Every) -> date:
    if every is Every.MONTH:
        return add_months(due, -1)
    return due - timedelta(days=7 if every is Every.WEEK else 1)
