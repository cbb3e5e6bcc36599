"""What the books say of applications, and whether the member can pay: light, for lists, papers and the decision."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from app.base.errors import UserError
from app.base.i18n import N_
from app.base.money import half_up
from app.ledger.loans.commands import Collateral, DisburseLoan
from app.ledger.loans.limits import limit_warnings
from app.ledger.loans.offered import LoanProduct, filled, loan_products
from app.ledger.loans.reading import read_loans
from app.ledger.loans.schedule import Every, LoanTerms, Method, RatePer, schedule
from app.ledger.rates.table import ceiling_on
from app.ledger.reader import Reader, day, optional_day

STATES = ("open", "approved", "paid", "refused", "withdrawn")

Warning_ = tuple[str, dict[str, Any]]

_ROWS = (
    "SELECT a.id, a.number, a.party_id, y.code, y.name, a.date, coalesce(p.code, ''), coalesce(p.name, ''),"
    " a.principal, a.term, a.rate, a.per, a.method, a.every, a.purpose, a.income, a.living_costs,"
    " a.other_instalments, a.spouse, a.memo, a.state, a.decided_on, a.decided_by, a.approved, a.approved_term,"
    " a.note, coalesce(d.number, ''), d.disbursed_on FROM loan_application AS a JOIN party AS y ON y.id = a.party_id"
    " LEFT JOIN loan_product AS p ON p.id = a.product_id"
    " LEFT JOIN (SELECT k.application_id, l.number, l.disbursed_on FROM loan_application_loan AS k"
    "  JOIN loan AS l ON l.id = k.loan_id WHERE (SELECT sum(t.disbursed) FROM loan_transaction AS t"
    "  WHERE t.loan_id = l.id) <> 0) AS d ON d.application_id = a.id"
)


class Application(NamedTuple):
    """One application. `approved` and `approved_term` are 0 where nothing was approved; `loan` is the number of the
    loan that stands and was paid out on it, else empty."""

    id: int
    number: str
    party: int
    member: str
    name: str
    on: date
    product: str
    product_name: str
    principal: int
    term: int
    rate: Decimal | None
    per: RatePer | None
    method: Method | None
    every: Every | None
    purpose: str
    income: int
    living_costs: int
    other_instalments: int
    spouse: str
    memo: str
    decision: str
    decided_on: date | None
    decided_by: str
    approved: int
    approved_term: int
    note: str
    loan: str
    paid_on: date | None

    @property
    def state(self) -> str:
        """One of STATES, as it is now."""
        return "paid" if self.loan else self.decision

    def state_on(self, on: date) -> str:
        """One of STATES, as it was at the close of a day."""
        if self.paid_on is not None and self.paid_on <= on:
            return "paid"
        return self.decision if self.decided_on is not None and self.decided_on <= on else "open"

    @property
    def counts(self) -> tuple[int, int]:
        """Principal and term that count: what was approved, else what was asked for."""
        return self.approved or self.principal, self.approved_term or self.term


class CheckLine(NamedTuple):
    """One line of an application's checklist; `on` is None where nobody has looked yet."""

    name: str
    on: date | None
    by: str
    note: str


class Ability(NamedTuple):
    """Whether a member can pay (kemampuan membayar), in rupiah a month.

    `free` is income less living costs and other instalments. `instalment` is the most that falls due of the new loan in
    one month; of a loan whose principal comes at the end, in the months before. `ratio` is the instalment in percent of
    what is free, None where nothing is. `limit` is the policy of the day, None where there is none.
    """

    free: int
    instalment: int
    ratio: Decimal | None
    limit: Decimal | None

    @property
    def beyond(self) -> bool:
        """Whether it is more than the policy wants."""
        if self.limit is None:
            return False
        return self.ratio is None or self.ratio > self.limit


def applications(reader: Reader, on: date | None = None) -> list[Application]:
    """All applications, also those of members who left, or those made up to a day; the newest first."""
    until = "9999-12-31" if on is None else on.isoformat()
    rows = reader.sql(f"{_ROWS} WHERE a.date <= ? ORDER BY a.date DESC, a.id DESC", (until,))
    return [_application(row) for row in rows]


def find_application(reader: Reader, number: str) -> Application:
    """The application with this number; raises UserError when there is none."""
    rows = reader.sql(f"{_ROWS} WHERE a.number = ?", (number.strip(),))
    if not rows:
        raise UserError(
            "There is no application {application}.",
            advice="See the numbers with: report BOOK loan-applications.",
            field="application",
            application=number.strip() or "-",
        )
    return _application(rows[0])


def application_of(reader: Reader, loan: int) -> Application | None:
    """The application that the loan with this key was paid out on."""
    rows = reader.sql(
        f"{_ROWS} WHERE a.id = (SELECT application_id FROM loan_application_loan WHERE loan_id = ?)",  # noqa: S608
        (loan,),
    )
    return _application(rows[0]) if rows else None


def collateral_of(reader: Reader, application: int) -> tuple[Collateral, ...]:
    """What would secure the loan."""
    rows = reader.sql(
        "SELECT kind, owner, value, document FROM loan_application_collateral WHERE application_id = ?"
        " ORDER BY id",
        (application,),
    )
    return tuple(Collateral(kind=row[0], owner=row[1], value=row[2], document=row[3]) for row in rows)


def guarantors_of(reader: Reader, application: int) -> tuple[str, ...]:
    """Who would answer for the loan."""
    rows = reader.sql(
        "SELECT name FROM loan_application_guarantor WHERE application_id = ? ORDER BY id", (application,)
    )
    return tuple(row[0] for row in rows)


def checklist(reader: Reader) -> tuple[str, ...]:
    """What is looked at before a decision, in order."""
    return tuple(
        row[0]
        for row in reader.sql("SELECT name FROM loan_check_item WHERE place IS NOT NULL ORDER BY place")
    )


def checks_of(reader: Reader, application: int) -> list[CheckLine]:
    """The checklist of an application: what is asked now, and what was ticked when it was asked."""
    rows = reader.sql(
        "SELECT i.name, c.date, c.checked_by, c.note FROM loan_check_item AS i"
        " LEFT JOIN loan_application_check AS c ON c.item_id = i.id AND c.application_id = ?"
        " WHERE i.place IS NOT NULL OR c.item_id IS NOT NULL ORDER BY i.place IS NULL, i.place, i.id",
        (application,),
    )
    return [CheckLine(name, optional_day(on), by or "", note or "") for name, on, by, note in rows]


def terms_asked(reader: Reader, item: Application, start: date) -> LoanTerms:
    """The terms of a loan paid out on `start` as it was approved, else as it was asked for.

    Raises UserError for terms that no loan can have.
    """
    return terms_by(asked_loan(item, start), _product(reader, item.product))


def terms_by(command: DisburseLoan, product: LoanProduct | None) -> LoanTerms:
    """The terms of a loan with what its product adds."""
    return (command if product is None else filled(command, product)).terms()


def asked_loan(item: Application, start: date) -> DisburseLoan:
    """The loan that would be paid out on an application."""
    principal, term = item.counts
    return DisburseLoan(
        member=item.member,
        on=start,
        principal=principal,
        term=term,
        product=item.product,
        rate=item.rate,
        per=item.per,
        method=item.method,
        every=item.every,
        purpose=item.purpose,
    )


def ability(reader: Reader, item: Application, on: date) -> Ability:
    """Whether the member can pay the loan that is asked for, or was approved, if it begins on a day."""
    terms = terms_asked(reader, item, on)
    free = item.income - item.living_costs - item.other_instalments
    return ability_of(free, terms, ceiling_on(reader, "loan_ability_percent", on))


def ability_of(free: int, terms: LoanTerms, limit: Decimal | None) -> Ability:
    """The same from its parts; the ratio has one decimal, half-up."""
    rows = schedule(terms)
    if terms.method is Method.BULLET and len(rows) > 1:
        rows = rows[:-1]
    months: defaultdict[tuple[int, int], int] = defaultdict(int)
    for row in rows:
        months[row.due.year, row.due.month] += row.total
    most = max(months.values())
    ratio = Decimal(half_up(Decimal(most) * 1000 / free)).scaleb(-1) if free > 0 else None
    return Ability(free, most, ratio, limit)


def decision_warnings(reader: Reader, item: Application, on: date) -> list[Warning_]:
    """What should be looked at before a decision on a day; each a sentence's template with its parameters."""
    found: list[Warning_] = []
    able = ability(reader, item, on)
    if able.beyond and able.ratio is None:
        found.append((_NOTHING_FREE, {"instalment": able.instalment}))
    elif able.beyond:
        said = {"instalment": able.instalment, "ratio": able.ratio, "free": able.free, "limit": able.limit}
        found.append((_BEYOND, said))
    open_lines = [line.name for line in checks_of(reader, item.id) if line.on is None]
    if open_lines:
        found.append((_UNCHECKED, {"items": ", ".join(open_lines)}))
    if _prospective(reader, item.party, on):
        found.append((_CANDIDATE, {"member": item.name}))
    loans = read_loans(reader, on, party=item.party)
    running = [loan for loan in loans if loan.standing.outstanding]
    owed = sum(loan.standing.outstanding for loan in running)
    if running:
        found.append((_RUNNING, {"count": len(running), "owed": owed}))
    for loan in loans:
        late = loan.standing.arrears(on)
        if late.since is not None:
            arrears = late.principal + late.interest
            found.append((_LATE, {"loan": loan.number, "amount": arrears, "days": late.days(on)}))
        if loan.standing.written_off:
            found.append((_GONE, {"loan": loan.number}))
    asked = 0 if item.loan else item.counts[0]
    found += limit_warnings(reader, item.party, on, owed + asked)
    return found


_NOTHING_FREE = N_("Nothing of the member's income is free for an instalment of {instalment:rp} a month.")
_BEYOND = N_(
    "The instalment of {instalment:rp} is {ratio} % of the {free:rp} that are free each month; the limit is {limit} %."
)
_UNCHECKED = N_("Not yet looked at: {items}.")
_CANDIDATE = N_("{member} is not a full member yet.")
_RUNNING = N_("The member has other loans: {count}, with {owed:rp} left.")
_LATE = N_("Loan {loan} is {days} days late with {amount:rp}.")
_GONE = N_("Loan {loan} of this member was written off.")


def _prospective(reader: Reader, party: int, on: date) -> bool:
    return bool(
        reader.sql(
            "SELECT 1 FROM member WHERE party_id = ?"
            " AND (status = 'prospective' OR (admitted IS NOT NULL AND admitted > ?))",
            (party, on.isoformat()),
        )
    )


def _product(reader: Reader, code: str) -> LoanProduct | None:
    return next((item for item in loan_products(reader) if item.code == code), None) if code else None


def _application(row: Any) -> Application:
    values = list(row)
    values[5] = day(values[5])
    for place, kind in ((10, Decimal), (11, RatePer), (12, Method), (13, Every), (21, day), (27, day)):
        values[place] = None if values[place] is None else kind(values[place])
    values[23], values[24] = values[23] or 0, values[24] or 0
    return Application(*values)


def saved_with(reader: Reader, loan: int) -> int:
    """What was put into savings with the disbursement of the loan with this key, rupiah."""
    rows = reader.sql(
        "SELECT coalesce(sum(m.amount), 0) FROM savings_movement AS m JOIN loan AS l ON l.entry_id = m.entry_id"
        " WHERE l.id = ?",
        (loan,),
    )
    amount: int = rows[0][0]
    return amount


def product_named(reader: Reader, code: str) -> LoanProduct | None:
    """The loan product with this code."""
    return _product(reader, code)
