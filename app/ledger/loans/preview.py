"""What a payment on a loan would do, worked out beside the books while someone is typing.

The same allocation as `service.receive`: what is due first, oldest first, interest before principal; then the
penalty; then what is too much. Pure: it needs only the loan as it was read.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from app.ledger.loans.commands import Allocation, Excess
from app.ledger.loans.reading import Loan
from app.ledger.loans.schedule import Keep
from app.ledger.loans.standing import Open, Row, allocate
from app.ledger.reader import Reader

_KEEP = {Excess.TERM: Keep.INSTALMENT, Excess.INSTALMENT: Keep.TERM}


class Payment(NamedTuple):
    """What becomes of an amount. `excess` is what was more than due, wherever it went.

    `over` is what no place was found for: such a payment is refused. `rows` are the instalments still open
    after it, `first` to `last` those it touches; `whole` says whether the last of them is paid off.
    """

    interest: int
    principal: int
    penalty: int
    held: int
    excess: int
    over: int
    outstanding: int
    first: int | None
    last: int | None
    whole: bool
    rows: tuple[Row, ...]

    @property
    def next(self) -> Row | None:
        """The next instalment that is open after the payment."""
        return self.rows[0] if self.rows else None


def latest_movement(reader: Reader, loan: int) -> date | None:
    """The day of the newest thing recorded on a loan."""
    text = reader.sql("SELECT max(date) FROM loan_transaction WHERE loan_id = ?", (loan,))[0][0]
    return None if text is None else date.fromisoformat(text)


def payment(
    loan: Loan, amount: int, on: date, excess: Excess, penalty: int | None = None, latest: date | None = None
) -> Payment:
    """What paying `amount` rupiah on a day does; `latest` is the day of the newest thing on the loan."""
    standing = loan.standing
    held, principal, interest = _after_held(loan, max(on, latest or on))
    given = penalty or 0
    if penalty is None and loan.allocation is Allocation.PENALTY:
        penalty = given = min(amount, standing.penalty_due)
    principal_first = loan.allocation is Allocation.PRINCIPAL
    left = amount - given
    due = allocate(
        standing.open_at(principal, interest),
        left,
        max(on, latest or on),
        principal_first=principal_first,
    )
    left = due.left
    if penalty is None:
        given = min(left, standing.penalty_due)
        left -= given
    principal, interest = principal + due.principal, interest + due.interest
    of_principal, of_interest = due.principal, due.interest
    first, last, whole = due.first, due.last, due.whole
    too_much, kept, over = left, 0, 0
    lowered: tuple[Row, ...] | None = None
    rest = standing.open_at(principal, interest)
    if left and excess is Excess.HOLD:
        over = max(left + held - sum(item.total for item in rest), 0)
        kept = left
    elif left:
        ahead = allocate(
            rest if excess is Excess.NEXT else [item for item in rest if item.begun],
            left,
            principal_first=principal_first,
        )
        principal, interest = principal + ahead.principal, interest + ahead.interest
        of_principal, of_interest = of_principal + ahead.principal, of_interest + ahead.interest
        if ahead.last is not None:
            first, last, whole = ahead.first if first is None else first, ahead.last, ahead.whole
        if ahead.left and excess is Excess.NEXT:
            over = ahead.left
        elif ahead.left:
            outstanding = standing.disbursed - principal - ahead.left
            over = max(-outstanding, 0)
            of_principal += ahead.left
            if not over:
                still = standing.open_at(principal, interest)
                lowered = _lowered(loan, still, outstanding, excess)
            principal += ahead.left
    rows = (
        lowered
        if lowered is not None
        else tuple(
            Row(item.number, item.due, item.principal, item.interest)
            for item in standing.open_at(principal, interest)
        )
    )
    return Payment(
        of_interest,
        of_principal,
        given,
        kept,
        too_much,
        over,
        standing.disbursed - principal,
        first,
        last,
        whole,
        rows,
    )


def _after_held(loan: Loan, through: date) -> tuple[int, int, int]:
    """Money kept aside, principal and interest paid once the money kept aside has met what is due."""
    standing = loan.standing
    held, principal, interest = standing.held, standing.principal, standing.interest
    for item in standing.open():
        if held <= 0 or item.due > through:
            break
        of_interest = min(held, item.interest)
        of_principal = min(held - of_interest, item.principal)
        held -= of_interest + of_principal
        principal += of_principal
        interest += of_interest
    return held, principal, interest


def _lowered(loan: Loan, still: Sequence[Open], outstanding: int, excess: Excess) -> tuple[Row, ...]:
    """The instalments left once what is too much has lowered the principal."""
    if not still:
        return ()
    return loan.agreed.lowered(loan.standing.rows, still[0].number - 1, outstanding, _KEEP[excess])
