"""The quality of loans: the class of each by the chosen rules or a person's judgement, and what the allowance asks.

Two tables of rules come with a book and may be changed: `cooperative` by months in arrears and collateral (Permen
KUKM 20/2008 and 14/2009, Perdep 06/2016) and `days`, five classes by days overdue as banks count. Neither is asked
for by law of a cooperative today; the percentages are the cooperative's own policy.
"""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from typing import Any, NamedTuple

from app.base.dates import ONE_DAY, Month, add_months
from app.base.money import half_up, percent_of
from app.ledger.loans.reading import Loan, read_loans
from app.ledger.loans.schedule import Every, Method
from app.ledger.loans.standing import CLASSES, Arrears
from app.ledger.rates.table import RateRow, read_rates, value_on
from app.ledger.reader import Reader, day, kept


class ClassRule(NamedTuple):
    """One rule; see the table loan_class_rule."""

    class_: str
    unit: str
    repaid: str
    principal_over: int | None
    interest_over: int | None
    collateral: int


class Judgement(NamedTuple):
    """What a person said of a loan from a day on. `class_` None: the rules count again."""

    on: date
    class_: str | None
    ruled: str
    reason: str


class ClassRow(NamedTuple):
    """A class with its loans: how many, principal left, the percentage and the allowance it asks, rupiah."""

    class_: str
    loans: int
    outstanding: int
    percent: Decimal
    allowance: int


class Quality:
    """The rules of a book and the judgements on its loans: the one place that says which class a loan is in."""

    def __init__(
        self,
        name: str,
        rules: list[ClassRule],
        percents: dict[str, Decimal],
        judgements: dict[int, list[Judgement]],
        collateral: dict[int, int],
        rates: list[RateRow],
    ) -> None:
        self.name = name
        self.rules = rules
        self.percents = percents
        self._judgements = judgements
        self._collateral = collateral
        self._rates = rates

    def by(self, name: str, rules: list[ClassRule], percents: dict[str, Decimal]) -> "Quality":
        """The same judgements and collateral under other rules, to see what they would do."""
        return Quality(name, rules, percents, self._judgements, self._collateral, self._rates)

    def class_of(self, loan: Loan, on: date) -> str:
        """The class of a loan at the close of a day.

        A judgement stands in place of the rule; where the rule says worse than it did when the judgement was made,
        the worse of the two counts. What was written off is a loss.
        """
        if loan.standing.written_off:
            return CLASSES[-1]
        ruled = self.ruled(loan, on)
        judged = self.judgement(loan.id, on)
        if judged is None or judged.class_ is None:
            return ruled
        if CLASSES.index(ruled) > CLASSES.index(judged.ruled):
            return max(ruled, judged.class_, key=CLASSES.index)
        return judged.class_

    def ruled(self, loan: Loan, on: date) -> str:
        """What the rules alone say of it.

        A restructured loan stays in the class it was in, or a worse one, until so many instalments in a row were
        paid on time (`loan_restructured_on_time` of the table of rates, as of the day it was restructured).
        """
        ruled = self._by_arrears(loan, on)
        if not loan.restructured:
            return ruled
        last = loan.restructured[-1]
        if loan.on_time >= value_on(self._rates, "loan_restructured_on_time", last.on):
            return ruled
        return max(ruled, last.class_, key=CLASSES.index)

    def _by_arrears(self, loan: Loan, on: date) -> str:
        late = loan.standing.arrears(on)
        if late.since is None:
            return CLASSES[0]
        repaid = _repaid(loan)
        value = self._collateral.get(loan.id, 0)
        debt = loan.standing.outstanding + late.interest
        for rule in self.rules:
            if rule.repaid not in ("any", repaid) or not _beyond(rule, late, on):
                continue
            if value * 100 >= rule.collateral * debt:
                return rule.class_
        return CLASSES[0]

    def judgement(self, loan: int, on: date) -> Judgement | None:
        """The judgement that holds on a day; one made later for the same day counts."""
        held = [item for item in self._judgements.get(loan, ()) if item.on <= on]
        return max(held, key=lambda item: item.on) if held else None


def read_quality(reader: Reader) -> Quality:
    """The chosen rules with all judgements; from a snapshot once."""
    known: dict[Any, Any] = kept(reader)
    found: Quality | None = known.get("loan quality")
    if found is None:
        found = known["loan quality"] = _read(reader)
    return found


def rules_named(reader: Reader, name: str) -> tuple[list[ClassRule], dict[str, Decimal]]:
    """The rules of a table in their order, and its percentages."""
    rules = [
        ClassRule(*row)
        for row in reader.sql(
            "SELECT class, unit, repaid, principal_over, interest_over, collateral FROM loan_class_rule"
            " WHERE ruleset = ? ORDER BY place",
            (name,),
        )
    ]
    percents = {
        row[0]: Decimal(row[1])
        for row in reader.sql("SELECT class, percent FROM loan_class WHERE ruleset = ?", (name,))
    }
    return rules, percents


def _read(reader: Reader) -> Quality:
    name: str = reader.sql("SELECT name FROM loan_ruleset ORDER BY chosen DESC LIMIT 1")[0][0]
    judgements: defaultdict[int, list[Judgement]] = defaultdict(list)
    # The newest first, so that of one day the last said wins.
    for loan, on, *rest in reader.sql(
        "SELECT loan_id, date, class, ruled, reason FROM loan_judgement ORDER BY id DESC"
    ):
        judgements[loan].append(Judgement(day(on), *rest))
    collateral = {
        row[0]: row[1]
        for row in reader.sql("SELECT loan_id, sum(value) FROM loan_collateral GROUP BY loan_id")
    }
    return Quality(name, *rules_named(reader, name), judgements, collateral, read_rates(reader))


def quality_rows(reader: Reader, on: date, quality: Quality | None = None) -> list[ClassRow]:
    """Each class at the close of a day, the best first, also where no loan is in it; by the book's rules or others."""
    quality = quality or read_quality(reader)
    count: defaultdict[str, int] = defaultdict(int)
    outstanding: defaultdict[str, int] = defaultdict(int)
    for loan in read_loans(reader, on):
        if loan.standing.outstanding:
            class_ = quality.class_of(loan, on)
            count[class_] += 1
            outstanding[class_] += loan.standing.outstanding
    return [
        ClassRow(
            name,
            count[name],
            outstanding[name],
            quality.percents.get(name, Decimal(0)),
            percent_of(outstanding[name], quality.percents.get(name, Decimal(0))),
        )
        for name in CLASSES
    ]


class AllowancePlan(NamedTuple):
    """What a run does: the classes, what stands and what should at the close of `on`, rupiah.

    `change` is what is posted: above 0 as expense, below 0 taken back.
    """

    on: date
    rows: list[ClassRow]
    stands: int
    wanted: int

    @property
    def change(self) -> int:
        """What is missing."""
        return self.wanted - self.stands


def allowance_plan(reader: Reader, month: Month) -> AllowancePlan:
    """What running the allowance for a month would post."""
    on = month.period.end - ONE_DAY
    rows = quality_rows(reader, on)
    return AllowancePlan(on, rows, stands_at(reader, on), sum(row.allowance for row in rows))


def stands_at(reader: Reader, on: date) -> int:
    """The allowance in the books at the close of a day, rupiah."""
    rows = reader.sql(
        "SELECT coalesce(-sum(b.amount), 0) FROM account AS a JOIN day_balance AS b ON b.account_id = a.id"
        " WHERE a.role = 'loan_allowance' AND b.date <= ?",
        (on.isoformat(),),
    )
    amount: int = rows[0][0]
    return amount


def stands_through(reader: Reader, on: date) -> int:
    """The least that stands in the allowance on a day or on any day after it: what can be used of it."""
    later = reader.sql(
        "SELECT -sum(b.amount) FROM account AS a JOIN day_balance AS b ON b.account_id = a.id"
        " WHERE a.role = 'loan_allowance' AND b.date > ? GROUP BY b.date ORDER BY b.date",
        (on.isoformat(),),
    )
    least: int = min(accumulate((row[0] for row in later), initial=stands_at(reader, on)))
    return least


def at_risk(reader: Reader, on: date, days: int) -> int:
    """Principal left of the loans overdue for more than so many days, rupiah (portfolio at risk)."""
    return sum(
        loan.standing.outstanding
        for loan in read_loans(reader, on)
        if loan.standing.arrears(on).days(on) > days
    )


def share(part: int, whole: int) -> Decimal:
    """A part in percent with two decimals, half-up; 0 of nothing."""
    return Decimal(half_up(Decimal(part) * 10_000 / whole)).scaleb(-2) if whole else Decimal("0.00")


def _beyond(rule: ClassRule, late: Arrears, on: date) -> bool:
    for since, over in (
        (late.principal_since, rule.principal_over),
        (late.interest_since, rule.interest_over),
    ):
        if since is None or over is None:
            continue
        limit = since + timedelta(days=over) if rule.unit == "days" else add_months(since, over)
        if on > limit:
            return True
    return False


def _repaid(loan: Loan) -> str:
    terms = loan.agreed.terms
    if terms.method is Method.BULLET:
        return "end"
    return "month" if terms.every is Every.MONTH else "short"
