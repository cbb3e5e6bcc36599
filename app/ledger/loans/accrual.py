"""Running the accrual of interest, and choosing when interest is income; see `recognition` for the rules."""

from collections import defaultdict
from datetime import date

from sqlalchemy import delete

from app.base.dates import Month
from app.base.errors import Refused
from app.base.i18n import N_
from app.ledger.accounts.service import account_for, chart_of
from app.ledger.changes import Done, Kind
from app.ledger.entries.commands import ReverseEntry
from app.ledger.entries.post import Posting, post
from app.ledger.loans.allowance import MONTHS
from app.ledger.loans.commands import (
    ForgetInterestRecognition,
    RunLoanAccrual,
    SetInterestRecognition,
)
from app.ledger.loans.recognition import accrual_plan, rule_in
from app.ledger.loans.register import SOURCE, write_accrual
from app.ledger.loans.tables import loan_recognition
from app.ledger.periods.locks import locked_months, refuse_locked
from app.ledger.transaction import Transaction


def set_recognition(tx: Transaction, command: SetInterestRecognition) -> Done:
    """Let another way hold from a month on."""
    before = rule_in(tx, command.month)
    _forget(tx, command.month)
    tx.insert_tuple(loan_recognition, (str(command.month), command.method.value, command.stops_at.value))
    tx.changed(Kind.LOAN)
    undo: SetInterestRecognition | ForgetInterestRecognition = ForgetInterestRecognition(month=command.month)
    if before.month == command.month:
        undo = SetInterestRecognition(month=command.month, method=before.method, stops_at=before.stops_at)
    return Done(value={"month": str(command.month), "method": command.method.value}, undo=undo)


def forget_recognition(tx: Transaction, command: ForgetInterestRecognition) -> Done:
    """Undo of the first setting of a month: what held before holds again."""
    before = rule_in(tx, command.month)
    if before.month != command.month:
        raise Refused("Nothing was set for {month}.", month=str(command.month))
    _forget(tx, command.month)
    tx.changed(Kind.LOAN)
    return Done(
        undo=SetInterestRecognition(month=command.month, method=before.method, stops_at=before.stops_at)
    )


def run_accrual(tx: Transaction, command: RunLoanAccrual) -> Done:
    """Post what is missing on 1-1211 at the month's end, or too much, in one entry."""
    month = command.month
    tx.progress.step(0, 3, N_("Reckoning the interest"))
    plan = accrual_plan(tx, month)
    refuse_locked(locked_months(tx), plan.on)
    _refuse_older(tx, plan.on)
    tx.progress.step(1, 3, N_("Reckoning the interest"))
    value = {
        "month": str(month),
        "stood": plan.stands,
        "accrued": plan.stands + plan.change,
        "change": plan.change,
        "loans": sum(bool(row.change) for row in plan.rows),
        "stopped": sum(row.stopped for row in plan.rows),
        "not_accrued": sum(row.memo for row in plan.rows),
    }
    changed = [row for row in plan.rows if row.change]
    if not changed:
        return Done(value=value)
    standard = chart_of(tx).role("loan_interest").id
    own = dict(tx.sql("SELECT id, interest_id FROM loan WHERE interest_id IS NOT NULL"))
    receivable = account_for(tx, "loan_interest_receivable").id
    income: defaultdict[int, int] = defaultdict(int)
    postings = []
    for row in changed:
        postings.append(Posting(receivable, row.change, row.party))
        income[own.get(row.loan, standard)] -= row.change
    postings += [Posting(account, amount) for account, amount in sorted(income.items())]
    posted = post(
        tx,
        on=plan.on,
        memo=f"Pengakuan jasa pinjaman {MONTHS[month.month - 1]} {month.year}",
        postings=postings,
        source=SOURCE,
    )
    tx.progress.step(2, 3, N_("Reckoning the interest"))
    for row in changed:
        write_accrual(tx, row.loan, posted.id, plan.on, "run", row.change)
    tx.changed(Kind.LOAN)
    tx.progress.step(3, 3, N_("Reckoning the interest"))
    return Done(number=posted.number, value={"entry": posted.id, **value}, undo=ReverseEntry(entry=posted.id))


def _refuse_older(tx: Transaction, on: date) -> None:
    """A month before the newest run has had its interest with that one."""
    latest = tx.sql(
        "SELECT max(a.date) FROM loan_accrual AS a JOIN entry AS e ON e.id = a.entry_id"
        " WHERE a.kind = 'run' AND e.reverses IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM entry AS r WHERE r.reverses = e.id)"
    )[0][0]
    if latest is not None and latest > on.isoformat():
        raise Refused(
            "Interest was accrued up to {latest} already.",
            advice="Run that month again or a later one, or take the later run back first.",
            field="month",
            latest=date.fromisoformat(latest),
        )


def _forget(tx: Transaction, month: Month) -> None:
    tx.execute(delete(loan_recognition).where(loan_recognition.c.month == str(month)))
