"""What the books say of loans: rows for lists, schedules and statements, as at any day.

Light on purpose: reading needs neither the tables' classes nor the handlers. Money kept aside covers what is
due, so that a member who has paid ahead is not in arrears; the principal left is the ledger's.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from app.base.dates import Period
from app.ledger.loans.movements import Movement
from app.ledger.loans.quality import read_quality
from app.ledger.loans.reading import MOVED, Loan, chosen, find_loan, read_loans, shown
from app.ledger.loans.standing import Cost, Open
from app.ledger.reader import Reader
from app.ledger.savings.queries import LedgerTotal


class LoanRow(NamedTuple):
    """One line of the list of loans. `days_overdue` counts from the oldest unpaid due date."""

    loan: str
    member: str
    name: str
    disbursed: date
    principal: int
    outstanding: int
    arrears_principal: int
    arrears_interest: int
    days_overdue: int
    class_: str
    written_off: int = 0
    recovered: int = 0
    product: str = ""
    restructured: date | None = None  # the day of the newest restructuring


class ArrearsRow(NamedTuple):
    """What a member is behind with on one loan. `since` is None where only a penalty is owed."""

    loan: str
    member: str
    name: str
    since: date | None
    principal: int
    interest: int
    penalty: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.principal + self.interest + self.penalty


class PaymentRow(NamedTuple):
    """One payment on a loan. `held` is what was put aside (+) or used again (-); `total` is the money that
    came in. Settling a loan ahead of its money kept aside can make it negative."""

    on: date
    number: str
    loan: str
    member: str
    name: str
    principal: int
    interest: int
    penalty: int
    held: int
    entry: int
    recovered: int = 0

    @property
    def total(self) -> int:
        """Money received."""
        return self.principal + self.interest + self.penalty + self.held + self.recovered


class DueRow(NamedTuple):
    """The oldest open instalment of a loan, less money kept aside for it."""

    loan: str
    member: str
    name: str
    due: date
    number: int
    principal: int
    interest: int
    amount: int


class LoanMove(NamedTuple):
    """One movement of a loan on a statement, with the principal left after it."""

    on: date
    number: str
    memo: str
    kind: str  # disbursement, instalment, held, payoff, writeoff, recovery
    disbursed: int
    principal: int
    interest: int
    penalty: int
    held: int
    outstanding: int
    entry: int
    recovered: int = 0


class LoanMonth(NamedTuple):
    """A loan over a period: how it began, what happened, how it stands at the end.

    `next` is the first instalment due after the period that is still open; `held_left` the money kept aside
    that nothing due needs, and that therefore lowers it.
    """

    loan: Loan
    opening: int
    movements: tuple[LoanMove, ...]
    outstanding: int
    arrears_principal: int
    arrears_interest: int
    since: date | None
    penalty_due: int
    held: int
    held_left: int
    next: Open | None
    instalments: int
    instalments_paid: int
    instalment_begun: bool
    last_due: date

    @property
    def principal_paid(self) -> int:
        """Principal paid since the loan was lent, also in older books; not what was written off."""
        return (
            self.loan.terms.principal
            + self.loan.capitalised
            - self.outstanding
            - self.loan.standing.written_off
        )


def outstanding_of(reader: Reader, party_id: int) -> int:
    """Principal a member owes on all loans together, rupiah, from the kept balance."""
    rows = reader.sql(
        "SELECT coalesce(sum(b.amount), 0) FROM account AS a JOIN party_balance AS b ON b.account_id = a.id"
        " WHERE a.control = 'loans' AND a.class = 'asset' AND b.party_id = ?",
        (party_id,),
    )
    amount: int = rows[0][0]
    return amount


def loan_list(reader: Reader, on: date) -> list[LoanRow]:
    """The loans on which anything is owed or kept aside at the close of a day, and those written off."""
    found = []
    quality = read_quality(reader)
    for item in read_loans(reader, on):
        late = item.standing.arrears(on)
        if not (
            item.standing.outstanding
            or late.principal
            or late.interest
            or item.standing.held
            or item.standing.written_off
        ):
            continue
        days = late.days(on)
        found.append(
            LoanRow(
                item.number,
                item.member,
                item.name,
                item.terms.start,
                item.terms.principal,
                item.standing.outstanding,
                late.principal,
                late.interest,
                days,
                quality.class_of(item, on),
                item.standing.written_off,
                item.standing.recovered,
                item.product,
                item.restructured[-1].on if item.restructured else None,
            )
        )
    return found


def arrears_list(reader: Reader, on: date) -> list[ArrearsRow]:
    """Who is behind at the close of a day, the longest overdue first."""
    found = []
    for item in read_loans(reader, on):
        late = item.standing.arrears(on)
        penalty = item.standing.penalty_due
        if late.principal or late.interest or penalty:
            found.append(
                ArrearsRow(
                    item.number, item.member, item.name, late.since, late.principal, late.interest, penalty
                )
            )
    return sorted(found, key=lambda row: (row.since or date.max, row.loan))


def payments(reader: Reader, period: Period) -> list[PaymentRow]:
    """What was received on loans in a period, and money kept aside that was put to its instalment."""
    rows = reader.sql(
        f"{MOVED} WHERE t.date >= ? AND t.date < ? AND t.kind IN ('instalment', 'held', 'payoff', 'recovery')"
        " ORDER BY t.date, t.id",
        (period.first.isoformat(), period.end.isoformat()),
    )
    names: dict[int, tuple[str, str, str]] = {
        row[0]: row[1:]
        for row in reader.sql(
            "SELECT l.id, l.number, y.code, y.name FROM loan AS l JOIN party AS y ON y.id = l.party_id"
        )
    }
    found = []
    for key, item, number, _ in shown(rows):
        loan, member, name = names[key]
        parts = (item.principal, item.interest, item.penalty, item.held)
        found.append(PaymentRow(item.on, number, loan, member, name, *parts, item.entry, item.recovered))
    return sorted(found, key=lambda row: (row.on, row.entry))


def next_instalments(reader: Reader, on: date) -> list[DueRow]:
    """Of each loan the oldest open instalment, those due first at the beginning.

    Money kept aside is taken off it; one that it covers wholly makes way for the next.
    """
    found = []
    for item in read_loans(reader, on):
        held = item.standing.held
        for row in item.standing.open():
            if held >= row.total:
                held -= row.total
                continue
            found.append(
                DueRow(
                    item.number,
                    item.member,
                    item.name,
                    row.due,
                    row.number,
                    row.principal,
                    row.interest,
                    row.total - held,
                )
            )
            break
    return sorted(found, key=lambda row: (row.due, row.loan))


def instalments_due(reader: Reader, period: Period, on: date) -> list[DueRow]:
    """The instalments due in a period that are open at the close of `on`, by day and loan.

    Money kept aside covers the oldest ones first; what it covers wholly is left out.
    """
    found = []
    for item in read_loans(reader, on):
        held = item.standing.held
        for row in item.standing.open():
            if row.due >= period.end:
                break
            covered = min(held, row.total)
            held -= covered
            if covered == row.total or not period.contains(row.due):
                continue
            # Interest is paid first, as everywhere.
            interest = max(row.interest - covered, 0)
            amount = row.total - covered
            found.append(
                DueRow(
                    item.number,
                    item.member,
                    item.name,
                    row.due,
                    row.number,
                    amount - interest,
                    interest,
                    amount,
                )
            )
    return sorted(found, key=lambda row: (row.due, row.loan))


def loan_months(reader: Reader, period: Period, party: int | None = None) -> dict[int, list[LoanMonth]]:
    """Each loan over a period, by party: of one member or of all at once.

    Those with something owed at either end, kept aside, or moved in between. A loan taken over inside the
    period belongs to its beginning.
    """
    last = period.last_day
    clause, whom = chosen(party, None)
    rows = reader.sql(
        f"{MOVED} WHERE t.date >= ? AND t.date < ?{clause.replace('loan_id', 't.loan_id')}"
        " ORDER BY t.loan_id, t.id",
        (period.first.isoformat(), period.end.isoformat(), *whom),
    )
    moved: dict[int, list[tuple[Movement, str, str]]] = {}
    for key, item, number, memo in shown(rows):
        moved.setdefault(key, []).append((item, number, memo))
    found: dict[int, list[LoanMonth]] = {}
    for loan in read_loans(reader, last, party=party):
        month = _month(loan, moved.get(loan.id, []), last)
        owes = month.opening or month.outstanding or month.held or loan.standing.written_off
        if month.movements or owes or _is_behind(month):
            found.setdefault(loan.party, []).append(month)
    return found


def payoff_amount(reader: Reader, number: str, on: date, variant: str = "current") -> Cost:
    """What settling a loan on a day takes: principal, interest, penalty, and money kept aside used first."""
    return find_loan(reader, number, on).standing.cost(on, variant)


def ledger_totals(reader: Reader, period: Period) -> list[LedgerTotal]:
    """Opening, increase and decrease over a period of 1-1201 and the products' own accounts (debit positive) and of
    2-1501 (credit positive), from the loans' movements. For the proof that all statements together agree with the
    ledger."""
    first, end = period.first.isoformat(), period.end.isoformat()
    found = []
    own = "coalesce(l.ledger_id, (SELECT id FROM account WHERE role = 'loans'))"
    held = "(SELECT id FROM account WHERE role = 'loan_held')"
    for account, amount, class_ in (
        (own, "t.disbursed - t.principal", "asset"),
        (held, "t.held", "liability"),
    ):
        rows = reader.sql(
            "SELECT a.id, a.code, a.name,"  # noqa: S608
            f" coalesce(sum(CASE WHEN t.date < ? OR t.kind = 'opening' THEN {amount} ELSE 0 END), 0),"
            f" coalesce(sum(CASE WHEN t.date >= ? AND t.kind <> 'opening' THEN max({amount}, 0) ELSE 0 END), 0),"
            f" coalesce(-sum(CASE WHEN t.date >= ? AND t.kind <> 'opening' THEN min({amount}, 0) ELSE 0 END), 0)"
            f" FROM account AS a LEFT JOIN (SELECT t.*, {account} AS account FROM loan_transaction AS t"
            "  JOIN loan AS l ON l.id = t.loan_id WHERE t.date < ?) AS t ON t.account = a.id"
            " WHERE a.control = 'loans' AND a.class = ? GROUP BY a.id",
            (first, first, first, end, class_),
        )
        found += [LedgerTotal._make(row) for row in rows]
    return found


def _month(loan: Loan, moved: Sequence[tuple[Movement, str, str]], last: date) -> LoanMonth:
    standing = loan.standing
    opened = standing.open()
    late = standing.arrears(last)
    change = sum(item.disbursed - item.principal for item, _, _ in moved if item.kind != "opening")
    opening = balance = standing.outstanding - change
    moves = []
    for item, number, memo in sorted(moved, key=lambda one: (one[0].on, one[0].id)):
        if item.kind == "opening":
            continue
        balance += item.disbursed - item.principal
        moves.append(
            LoanMove(
                item.on,
                number,
                memo.removesuffix(f" ({loan.number})"),
                item.kind,
                item.disbursed,
                item.principal,
                item.interest,
                item.penalty,
                item.held,
                balance,
                item.entry,
                item.recovered,
            )
        )
    rows = standing.rows
    return LoanMonth(
        loan,
        opening,
        tuple(moves),
        standing.outstanding,
        late.principal,
        late.interest,
        late.since,
        standing.penalty_due,
        standing.held,
        late.held_left,
        next((item for item in opened if item.due > last), None),
        len(rows),
        len(rows) - len(opened),
        bool(opened) and opened[0].begun,
        rows[-1].due,
    )


def _is_behind(month: LoanMonth) -> bool:
    return bool(month.arrears_principal or month.arrears_interest or month.penalty_due)


class LoanFacts(NamedTuple):
    """One loan for a list of all of them, also those paid off. `late` is principal and interest behind."""

    loan: str
    member: str
    name: str
    disbursed: date
    principal: int
    outstanding: int
    late: int
    days_overdue: int
    class_: str
    next_due: date | None
    instalments: int
    instalments_paid: int
    owed: bool  # principal, interest or a penalty is still to be paid
    written_off: int = 0


def loan_facts(reader: Reader, on: date) -> list[LoanFacts]:
    """All loans lent up to a day as they stand then, by number."""
    found = []
    quality = read_quality(reader)
    for item in read_loans(reader, on):
        standing = item.standing
        late, opened = standing.arrears(on), standing.open()
        days = late.days(on)
        found.append(
            LoanFacts(
                item.number,
                item.member,
                item.name,
                item.terms.start,
                item.terms.principal,
                standing.outstanding,
                late.principal + late.interest,
                days,
                quality.class_of(item, on),
                next((row.due for row in opened if row.due >= on), None),
                len(standing.rows),
                len(standing.rows) - len(opened),
                bool(opened or standing.outstanding or standing.penalty_due),
                standing.written_off,
            )
        )
    return found


def loan_history(reader: Reader, loan: Loan, on: date) -> LoanMonth:
    """A loan from its first day to the close of `on`, with all that happened to it."""
    rows = reader.sql(f"{MOVED} WHERE t.loan_id = ? AND t.date <= ? ORDER BY t.id", (loan.id, on.isoformat()))
    return _month(loan, [(item, number, memo) for _, item, number, memo in shown(rows)], on)
