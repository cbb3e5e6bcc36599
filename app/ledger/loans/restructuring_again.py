"""A restructuring as the command that would record it, tried on the loan as it stood when it was recorded."""

from app.base.errors import Refused, UserError
from app.ledger.entries.rebuilding import head_of, memo_given, number_given
from app.ledger.loans.agreed import read_restructured
from app.ledger.loans.register import read_loans
from app.ledger.loans.restructure_command import ArrearsInterest, RestructureLoan, Restructuring
from app.ledger.loans.restructuring import MEMOS, new_schedule
from app.ledger.loans.service import memo_text
from app.ledger.loans.standing import Row
from app.ledger.reader import Reader, day


def restructuring_again(reader: Reader, entry: int) -> RestructureLoan | None:
    """The restructuring that an entry recorded; None for what is none, and where no command makes the same schedule."""
    rows = reader.sql("SELECT loan_id, version FROM loan_restructuring WHERE entry_id = ?", (entry,))
    if not rows:
        return None
    loan, version = rows[0]
    made = read_restructured(reader, " AND r.loan_id = ?", (loan,))[loan][version]
    state = read_loans(reader, " WHERE l.id = ?", (loan,), before=entry)[0]
    head, old, new = head_of(reader, entry), state.agreed.terms, made.terms
    kind = Restructuring(made.kind)
    command = RestructureLoan(
        loan=state.number,
        on=made.on,
        kind=kind,
        term=new.term,
        reason=made.reason,
        approved_by=made.approved_by,
        # What stayed as it was is left out, as a person would leave it out.
        rate=None if new.rate == old.rate else new.rate,
        per=None if new.per is old.per else new.per,
        method=None if new.method is old.method else new.method,
        every=None if new.every is old.every else new.every,
        first_due=new.first_due,
        grace=new.grace,
        arrears=ArrearsInterest.PRINCIPAL if made.capitalised else ArrearsInterest.CLAIM,
        number=number_given(reader, head, "JU"),
        memo=memo_given(head, memo_text(state.number, MEMOS[kind])),
    )
    try:
        again = new_schedule(state, state.agreed, command)
    except (Refused, UserError):
        return None
    written = tuple(
        Row(number, day(due), principal, interest)
        for number, due, principal, interest in reader.sql(
            "SELECT number, due, principal, interest FROM loan_instalment"
            " WHERE loan_id = ? AND version = ? ORDER BY number",
            (loan, version),
        )
    )
    if (again.rows, again.base, again.terms, again.capitalised) != (
        written,
        made.base,
        new,
        made.capitalised,
    ):
        return None
    return command
