"""The allowance for loan losses: what should stand in 1-1209 at a month's end, and the entry that brings it there.

Run twice it posts once: only the difference between what should stand and what stands is posted.
"""

from app.base.i18n import N_
from app.ledger.accounts.service import account_for
from app.ledger.changes import Done, Kind
from app.ledger.entries.commands import ReverseEntry
from app.ledger.entries.post import Posting, post
from app.ledger.loans.commands import RunAllowance
from app.ledger.loans.quality import allowance_plan
from app.ledger.loans.register import SOURCE
from app.ledger.periods.locks import locked_months, refuse_locked
from app.ledger.transaction import Transaction

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


def run_allowance(tx: Transaction, command: RunAllowance) -> Done:
    """Post the difference, if there is one."""
    month = command.month
    tx.progress.step(0, 2, N_("Classing the loans"))
    plan = allowance_plan(tx, month)
    refuse_locked(locked_months(tx), plan.on)
    tx.progress.step(1, 2, N_("Classing the loans"))
    value = {
        "month": str(month),
        "stood": plan.stands,
        "allowance": plan.wanted,
        "change": plan.change,
    }
    if not plan.change:
        return Done(value=value)
    posted = post(
        tx,
        on=plan.on,
        memo=f"Penyisihan kerugian pinjaman {MONTHS[month.month - 1]} {month.year}",
        postings=[
            Posting(account_for(tx, "loan_allowance_cost").id, plan.change),
            Posting(account_for(tx, "loan_allowance").id, -plan.change),
        ],
        source=SOURCE,
    )
    tx.changed(Kind.LOAN)
    tx.progress.step(2, 2, N_("Classing the loans"))
    return Done(number=posted.number, value={"entry": posted.id, **value}, undo=ReverseEntry(entry=posted.id))
