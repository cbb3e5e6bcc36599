"""How a loan is shown and said: its boxes, how far it is paid, and the words of its terms, each with its key."""

from datetime import date
from typing import Final

from app.base.i18n import N_, Translator
from app.ledger.loans.commands import Excess
from app.ledger.loans.reading import Loan
from app.ledger.loans.restructure_command import Restructuring
from app.ledger.loans.schedule import Every, Method, RatePer
from app.ui.widgets.loan_boxes import LATE, OPEN, PAID, PART

METHODS: Final = (
    (Method.FLAT.value, N_("Flat")),
    (Method.DECLINING.value, N_("Declining (effective, sliding)")),
    (Method.ANNUITY.value, N_("Annuity")),
    (Method.BULLET.value, N_("Principal at the end (seasonal)")),
)
PER: Final = (
    (RatePer.MONTH.value, N_("a month")),
    (RatePer.YEAR.value, N_("a year")),
    (RatePer.TERM.value, N_("for the whole loan")),
)
EVERY: Final = (
    (Every.MONTH.value, N_("months")),
    (Every.WEEK.value, N_("weeks")),
    (Every.DAY.value, N_("days")),
)
ROUND: Final = (("1", N_("Not rounded")), ("100", "Rp100"), ("500", "Rp500"), ("1000", "Rp1.000"))
RESTRUCTURINGS: Final = (
    (Restructuring.RESCHEDULING.value, N_("Rescheduling (other dates)")),
    (Restructuring.RECONDITIONING.value, N_("Reconditioning (other terms)")),
    (Restructuring.RESTRUCTURING.value, N_("Restructuring (also the principal)")),
)
EXCESS: Final = (
    (Excess.HOLD.value, N_("Keep it aside for the next due date")),
    (Excess.NEXT.value, N_("Count it as the next instalment already")),
    (Excess.TERM.value, N_("Lower the principal, the loan ends earlier")),
    (Excess.INSTALMENT.value, N_("Lower the principal, instalments get smaller")),
)


def boxes_of(loan: Loan, today: date) -> list[str]:
    """The state of each instalment of the schedule that holds."""
    opened = {item.number: item for item in loan.standing.open()}
    since = loan.standing.arrears(today).since
    states = []
    for row in loan.standing.rows:
        item = opened.get(row.number)
        if item is None:
            states.append(PAID)
        elif since is not None and since <= item.due < today:
            states.append(LATE)
        else:
            states.append(PART if item.begun else OPEN)
    return states


def progress_words(_: Translator, loan: Loan, today: date) -> str:
    """How many instalments are paid, since when one is late, when it ends."""
    rows, opened = loan.standing.rows, loan.standing.open()
    late = loan.standing.arrears(today)
    said = [_("{paid} of {all} paid", paid=len(rows) - len(opened), all=len(rows))]
    if late.since is not None and opened:
        number = next((item.number for item in opened if item.due == late.since), opened[0].number)
        days = _.plural("{n} day late", "{n} days late", late.days(today))
        said.append(_("instalment {number} is {days}", number=number, days=days))
    if opened:
        said.append(_("ends {on:medium}", on=rows[-1].due))
    return ", ".join(said)
