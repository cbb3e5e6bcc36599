"""What a loan is for, what secures it, and who answers for it."""

from collections.abc import Iterable

from sqlalchemy import delete, update

from app.base.errors import UserError
from app.ledger.changes import Done, Kind
from app.ledger.loans.commands import Collateral, SetLoanDetails
from app.ledger.loans.reading import loan_details
from app.ledger.loans.register import the_loan
from app.ledger.loans.tables import loan, loan_collateral, loan_guarantor
from app.ledger.transaction import Transaction


def write_details(
    tx: Transaction, key: int, collateral: Iterable[Collateral], guarantors: Iterable[str]
) -> None:
    """Write what secures a loan. Raises UserError for collateral without a kind or worth less than nothing."""
    for item in collateral:
        if not item.kind.strip() or item.value < 0:
            raise UserError("Say what the collateral is; its value can't be below 0.", field="collateral")
        tx.insert_tuple(
            loan_collateral,
            (
                tx.next_id(loan_collateral),
                key,
                item.kind.strip(),
                item.owner.strip(),
                item.value,
                item.document.strip(),
            ),
        )
    for name in guarantors:
        if name.strip():
            tx.insert_tuple(loan_guarantor, (tx.next_id(loan_guarantor), key, name.strip()))


def set_details(tx: Transaction, command: SetLoanDetails) -> Done:
    """Put what is given in the place of what was noted."""
    state = the_loan(tx, command.loan)
    before = loan_details(tx, state.id)
    purpose = tx.sql("SELECT purpose FROM loan WHERE id = ?", (state.id,))[0][0]
    if (command.purpose, command.collateral, command.guarantors) == (None, None, None):
        raise UserError("Nothing to change on loan {loan}.", loan=state.number)
    if command.purpose is not None:
        tx.execute(update(loan).where(loan.c.id == state.id).values(purpose=command.purpose.strip()))
    if command.collateral is not None:
        tx.execute(delete(loan_collateral).where(loan_collateral.c.loan_id == state.id))
        write_details(tx, state.id, command.collateral, ())
    if command.guarantors is not None:
        tx.execute(delete(loan_guarantor).where(loan_guarantor.c.loan_id == state.id))
        write_details(tx, state.id, (), command.guarantors)
    tx.changed(Kind.LOAN, state.id)
    undo = SetLoanDetails(
        loan=state.number,
        purpose=None if command.purpose is None else purpose,
        collateral=None if command.collateral is None else before.collateral,
        guarantors=None if command.guarantors is None else before.guarantors,
    )
    return Done(number=state.number, value={"loan": state.number}, undo=undo)
