"""What was agreed on a loan, as the book keeps it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from app.base.money import RoundMode
from app.ledger.loans.schedule import Basis, Every, LoanTerms, Method, RatePer, RoundingTarget
from app.ledger.reader import day, optional_day

TERMS = (
    "l.disbursed_on, l.principal, l.rate, l.per, l.method, l.term, l.every, l.first_due, l.grace, l.basis,"
    " l.round_to, l.rounding, l.mode"
)
"""The columns of loan AS l that `terms_of` takes."""


def terms_of(row: Sequence[Any]) -> LoanTerms:
    """The terms from the columns disbursed_on to mode of a loan."""
    start, principal, rate, per, method, term, every, first_due, grace, basis, round_to, rounding, mode = row
    return LoanTerms(
        principal=principal,
        rate=Decimal(rate),
        term=term,
        method=Method(method),
        start=day(start),
        per=RatePer(per),
        every=Every(every),
        first_due=optional_day(first_due),
        grace=grace,
        basis=Basis(basis),
        round_to=round_to,
        rounding=RoundingTarget(rounding),
        mode=RoundMode(mode),
    )
