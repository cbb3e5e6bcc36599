"""How a loan is shown and said in one line: its boxes, and how far it is paid."""

from datetime import date

from app.base.i18n import Translator
from app.ledger.loans.reading import Loan
from app.ui.widgets.loan_boxes import LATE, OPEN, PAID, PART


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
