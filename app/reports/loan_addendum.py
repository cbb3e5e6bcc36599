"""Addendum Perjanjian Pinjaman: what a restructuring changes of the agreement on a loan, the old beside the new."""

from collections.abc import Sequence
from typing import NamedTuple

from app.base.errors import Refused
from app.base.i18n import N_, Translator
from app.ledger.loans.agreed import Restructured
from app.ledger.loans.penalties import waived
from app.ledger.loans.reading import Loan, find_loan
from app.ledger.loans.register import LoanState, read_loans
from app.ledger.loans.restructure_command import Restructuring
from app.ledger.loans.schedule import LoanTerms
from app.ledger.loans.standing import Row as Instalment
from app.ledger.reader import Reader, day
from app.reports.applications import Agreed, in_words, of_loan, parties, signed_paper
from app.reports.catalog import COOPERATIVE, ReportSpec
from app.reports.document import Column, Document, Row, RowKind
from app.reports.frame import Request
from app.reports.loan_terms import duration_text, terms_text

ADDENDUM = N_("Addendum to the Loan Agreement")

_KINDS = {
    Restructuring.RESCHEDULING.value: N_("Rescheduling: only when the loan is paid changes."),
    Restructuring.RECONDITIONING.value: N_(
        "Reconditioning: when and on what terms the loan is paid changes."
    ),
    Restructuring.RESTRUCTURING.value: N_(
        "Restructuring: the terms and the principal of the loan may change."
    ),
}


class Changed(NamedTuple):
    """What a restructuring changed, rupiah: the loan as it stood just before, and what was agreed from then on.

    `claim` is the interest behind that stays due, `penalty` the penalty that stays due, `instalments` the new schedule.
    """

    said: Agreed
    was: LoanState
    now: Restructured
    claim: int
    penalty: int
    instalments: tuple[Instalment, ...]

    @property
    def total(self) -> int:
        """What the new schedule asks for in all, interest and principal."""
        return sum(row.principal + row.interest for row in self.instalments)


def changed(request: Request) -> Changed:
    """The newest restructuring up to the day of the loan that was asked for.

    Raises UserError where there is no such loan, Refused where it was never restructured.
    """
    reader = request.book
    loan = find_loan(reader, request.needed("loan"), request.last_day)
    if not loan.restructured:
        raise Refused(
            "Loan {loan} was not restructured up to {on}; there is nothing to add to its agreement.",
            advice="Restructure it first (restructure-loan), or print its agreement.",
            field="loan",
            loan=loan.number,
            on=request.last_day,
        )
    now = loan.restructured[-1]
    # Read as it stood when the restructuring was recorded: payments of the same day came before or after it.
    was = read_loans(reader, " WHERE l.id = ?", (loan.id,), before=now.entry)[0]
    behind = sum(item.interest for item in was.open() if item.due <= now.on)
    return Changed(
        of_loan(request, loan)._replace(signed=now.on),
        was,
        now,
        behind - now.capitalised,
        _penalty(reader, loan, was, now),
        _instalments(reader, loan.id, now),
    )


def _penalty(reader: Reader, loan: Loan, was: LoanState, now: Restructured) -> int:
    """The penalty that stays due: what came up, less what was paid before and what was let go up to that day."""
    known = was.opening_penalty + now.charged - was.penalty
    return max(known - waived(reader, loan.id, now.on), 0)


def _instalments(reader: Reader, loan: int, now: Restructured) -> tuple[Instalment, ...]:
    """The schedule as it was agreed then; payments in excess may have lowered it since."""
    return tuple(
        Instalment(number, day(due), principal, interest)
        for number, due, principal, interest in reader.sql(
            "SELECT number, due, principal, interest FROM loan_instalment"
            " WHERE loan_id = ? AND version = ? AND number > ? ORDER BY number",
            (loan, now.version, now.base),
        )
    )


def clauses(request: Request, made: Changed) -> Sequence[tuple[str, str]]:
    """The addendum, heading and words of each clause; what does not apply is left out."""
    _ = request.translator
    now, was, said = made.now, made.was, made.said

    def amount(rupiah: int) -> str:
        return _("{amount:rp} ({words})", amount=rupiah, words=in_words(request, rupiah))

    first, last = made.instalments[0], made.instalments[-1]
    if now.capitalised:
        interest = _(
            "{amount} of interest behind becomes principal and is paid back by the new schedule.",
            amount=amount(now.capitalised),
        )
    elif made.claim:
        interest = _("{amount} of interest behind stays due and is paid first.", amount=amount(made.claim))
    else:
        interest = _("No interest was behind.")
    words = [
        (
            _("The agreement"),
            _(
                "Loan {loan} of {on}, {amount:rp} lent.",
                loan=said.number,
                on=_.format.date_long(said.terms.start),
                amount=said.terms.principal,
            ),
        ),
        (_("What changes"), _(_KINDS[now.kind])),
        (_("Why"), now.reason),
        (_("Approved by"), now.approved_by),
        (_("Principal owed"), amount(was.outstanding)),
        (_("Interest behind"), interest),
        (
            _("Penalty"),
            _("{amount} that came up till then stays due.", amount=amount(made.penalty))
            if made.penalty
            else "",
        ),
        (_("New principal"), amount(now.terms.principal) if now.capitalised else ""),
        (
            _("New schedule"),
            _(
                "{count} instalments: the first of {first:rp} on {on}, the last of {last:rp} on {end}; in all {paid}."
                " The new schedule is an annex to this addendum.",
                count=len(made.instalments),
                first=first.principal + first.interest,
                on=_.format.date_long(first.due),
                last=last.principal + last.interest,
                end=_.format.date_long(last.due),
                paid=amount(made.total),
            ),
        ),
        (
            _("All else"),
            _("What this addendum does not change of the agreement, its collateral too, stays in force."),
        ),
    ]
    return [(label, text) for label, text in words if text]


def compared(request: Request, made: Changed) -> Sequence[tuple[str, str, str]]:
    """The old and the new terms side by side: label, as it was, from now on."""
    _ = request.translator
    was, now = made.was, made.now
    old, new = was.agreed.terms, now.terms
    rows = [row for row in was.rows if row.number > was.agreed.base]
    later = sum(item.interest for item in was.open() if item.due > now.on)
    before = _sides(_, old, rows, was.outstanding, later, by_hand=was.agreed.by_hand)
    after = _sides(
        _,
        new,
        made.instalments,
        new.principal,
        sum(row.interest for row in made.instalments),
        by_hand=False,
    )
    labels = (
        _("Principal left"),
        _("Interest"),
        _("Term"),
        _("First instalment"),
        _("Last instalment"),
        _("Interest alone"),
        _("Interest still to come"),
    )
    return [
        (label, first, second)
        for label, first, second in zip(labels, before, after, strict=True)
        if first or second
    ]


def _sides(
    _: Translator,
    terms: LoanTerms,
    rows: Sequence[Instalment],
    principal: int,
    interest: int,
    *,
    by_hand: bool,
) -> tuple[str, ...]:
    """One side of the comparison, in the order of its labels."""

    def one(row: Instalment) -> str:
        return _("{amount:rp} on {on}", amount=row.principal + row.interest, on=_.format.date_long(row.due))

    return (
        _.format.rupiah(principal),
        _("made by hand") if by_hand else terms_text(_, terms),
        duration_text(_, terms),
        one(rows[0]),
        one(rows[-1]),
        _.plural("{n} instalment", "{n} instalments", terms.grace) if terms.grace else "",
        _.format.rupiah(interest),
    )


def loan_addendum(request: Request) -> Document:
    """The addendum in rows: the clause and its words, then what was beside what is agreed now.

    `totals`: the principal owed just before, interest behind that became principal or stays due, the new principal,
    and what the new schedule asks for in all; rupiah.
    """
    _ = request.translator
    made = changed(request)
    rows = [
        Row(RowKind.ITEM, {"clause": label, "before": "", "after": words})
        for label, words in (*parties(request, made.said.person), *clauses(request, made))
    ]
    rows.append(Row(RowKind.HEADING, {"clause": _("Old and new terms")}))
    rows += [
        Row(RowKind.ITEM, {"clause": label, "before": first, "after": second})
        for label, first, second in compared(request, made)
    ]
    return request.document(
        "loan-addendum",
        _(ADDENDUM),
        (
            Column("clause", _("Clause")),
            Column("before", _("Before"), weight=2),
            Column("after", _("From now on"), weight=3),
        ),
        rows,
        {
            "outstanding": made.was.outstanding,
            "capitalised": made.now.capitalised,
            "claim": made.claim,
            "penalty": made.penalty,
            "principal": made.now.terms.principal,
            "total": made.total,
        },
        context=((_("Number"), made.said.number), (_("Date"), _.format.date_long(made.now.on))),
    )


def addendum_paper(request: Request, paper: str) -> bytes:
    """The addendum as a PDF, on A4 or F4, with the place for the stamp duty and for all who sign."""
    _ = request.translator
    made = changed(request)
    return signed_paper(
        request,
        paper,
        made.said,
        _("Addendum to the loan agreement"),
        _("The lender and the borrower change the agreement on a loan as follows."),
        (*parties(request, made.said.person), *clauses(request, made)),
        compared(request, made),
    )


REPORTS = (
    ReportSpec(
        "loan-addendum",
        ADDENDUM,
        loan_addendum,
        kinds=COOPERATIVE,
        parameters=("loan",),
        needs=("loan",),
        as_of=True,
        paper=addendum_paper,
    ),
)
