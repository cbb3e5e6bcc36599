"""Applications for loans by their state, and the agreement on a loan (Surat Perjanjian Pinjaman)."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from app.base.errors import LumbungError, Refused
from app.base.i18n import N_
from app.base.money import percent_of
from app.base.words import rupiah_in_words
from app.ledger.loans.applications import queries
from app.ledger.loans.applications.queries import Application
from app.ledger.loans.commands import Allocation, Collateral, RequiredFrom
from app.ledger.loans.penalties import NO_PENALTY, PenaltyTerms
from app.ledger.loans.reading import Loan, find_loan, loan_details
from app.ledger.loans.repayment import schedule_rows
from app.ledger.loans.schedule import LoanTerms, schedule
from app.ledger.members.queries import MemberRow, member
from app.ledger.rates.table import ceiling_on
from app.reports.catalog import COOPERATIVE, ReportSpec
from app.reports.document import CellType, Column, Document, Officer, Row, RowKind, Term
from app.reports.frame import Request
from app.reports.loan_terms import duration_text, terms_text
from app.reports.loans import ORDERS, collateral_text, penalty_text

APPLICATIONS = N_("Applications for Loans")
AGREEMENT = N_("Loan Agreement")

STATES = {
    "open": N_("Not decided"),
    "approved": N_("Approved"),
    "paid": N_("Paid out"),
    "refused": N_("Refused"),
    "withdrawn": N_("Withdrawn"),
}
# Whom the paper of a settled loan still concerns: any day after which nobody joins any more.
_ANY_DAY = date(2199, 12, 31)


def loan_applications(request: Request) -> Document:
    """The applications made up to the day, by state, the newest first; what was approved stands beside what was asked.

    The state is that at the close of the day, a stable key. `totals` has the count of each state.
    """
    _ = request.translator
    on = request.last_day
    found = queries.applications(request.book, on)
    rows: list[Row] = []
    counts: dict[str, int] = {}
    sums: list[Term] = []
    for state, words in STATES.items():
        chosen = [item for item in found if item.state_on(on) == state]
        counts[state] = len(chosen)
        if not chosen:
            continue
        rows.append(Row(RowKind.HEADING, {"name": _(words)}))
        first = len(rows)
        rows += [_application_row(item, state) for item in chosen]
        sums.append(Term(first, len(rows) - 1))
    keys = ("principal", "approved")
    totals = {key: sum(int(str(row.cells.get(key) or 0)) for row in rows) for key in keys}
    rows.append(Row(RowKind.TOTAL, {"name": _("Total"), **totals}, adds=tuple(sums), adds_columns=keys))
    return request.document(
        "loan-applications",
        _(APPLICATIONS),
        (
            Column("application", _("Application")),
            Column("date", _("Date"), CellType.DATE),
            Column("member", _("Member")),
            Column("name", _("Name"), weight=3),
            Column("principal", _("Asked for"), CellType.AMOUNT),
            Column("term", _("Instalments asked for")),
            Column("state", _("State"), words={key: _(word) for key, word in STATES.items()}),
            Column("approved", _("Approved"), CellType.AMOUNT),
            Column("decided_on", _("Decided on"), CellType.DATE),
            Column("decided_by", _("Decided by")),
            Column("loan", _("Loan")),
        ),
        rows,
        {**totals, "by_state": counts},
        landscape=True,
    )


def _application_row(item: Application, state: str) -> Row:
    decided = state in ("approved", "paid", "refused", "withdrawn")
    opens = {"report": "loan-agreement", "loan": item.loan or item.number}
    return Row(
        RowKind.ITEM,
        {
            "application": item.number,
            "date": item.on,
            "member": item.member,
            "name": item.name,
            "principal": item.principal,
            "term": str(item.term),
            "state": state,
            "approved": item.approved if state in ("approved", "paid") else None,
            "decided_on": item.decided_on if decided else None,
            "decided_by": item.decided_by if decided else "",
            "loan": item.loan if state == "paid" else "",
        },
        opens=opens if state in ("approved", "paid") else None,
    )


class Agreed(NamedTuple):
    """What the agreement says; amounts in rupiah, `rows` are the due days with what is paid on each."""

    number: str
    person: MemberRow
    signed: date
    terms: LoanTerms
    rows: tuple[tuple[date, int, int], ...]
    fees: int
    savings: int
    purpose: str
    penalty: PenaltyTerms
    allocation: Allocation
    collateral: tuple[Collateral, ...]
    guarantors: tuple[str, ...]
    spouse: str

    @property
    def net(self) -> int:
        """What the borrower receives."""
        return self.terms.principal - self.fees - self.savings


def agreed(request: Request) -> Agreed:
    """The agreement on the loan with the number that was asked for, or on the approved application with it.

    Raises UserError where there is neither, Refused for an application that is not approved.
    """
    number, reader = request.needed("loan"), request.book
    try:
        item = queries.find_application(reader, number)
    except LumbungError:
        return of_loan(request, find_loan(reader, number, request.last_day))
    if item.loan:
        return of_loan(request, find_loan(reader, item.loan, request.last_day))
    if item.state != "approved":
        raise Refused(
            "Application {application} is not approved; there is nothing to agree on yet.",
            advice="Approve it first (approve-application).",
            application=item.number,
        )
    return _of_application(request, item)


def of_loan(request: Request, loan: Loan) -> Agreed:
    """The agreement that a loan was paid out on, with the schedule that holds."""
    reader = request.book
    details = loan_details(reader, loan.id)
    asked = queries.application_of(reader, loan.id)
    rows = schedule_rows(reader, loan, max(request.last_day, loan.terms.start))
    return Agreed(
        loan.number,
        member(reader, loan.member, _ANY_DAY),
        loan.terms.start,
        loan.terms,
        tuple((row.due, row.principal, row.interest) for row in rows),
        loan.fees,
        queries.saved_with(reader, loan.id),
        loan.purpose,
        loan.penalty_terms,
        loan.allocation,
        details.collateral,
        details.guarantors,
        "" if asked is None else asked.spouse,
    )


def _of_application(request: Request, item: Application) -> Agreed:
    reader = request.book
    on = max(request.made_at.date(), item.decided_on or item.on)
    terms = queries.terms_asked(reader, item, on)
    product = queries.product_named(reader, item.product)
    fees = savings = 0
    if product is not None:
        fees = percent_of(terms.principal, product.provision) + product.administration
        if product.required_from is RequiredFrom.DEDUCTED:
            savings = product.required_savings(terms.principal)
    return Agreed(
        item.number,
        member(reader, item.member, _ANY_DAY),
        on,
        terms,
        tuple((row.due, row.principal, row.interest) for row in schedule(terms)),
        fees,
        savings,
        item.purpose,
        NO_PENALTY if product is None else product.penalty_terms,
        Allocation.INTEREST if product is None else product.allocation,
        queries.collateral_of(reader, item.id),
        queries.guarantors_of(reader, item.id),
        item.spouse,
    )


def clauses(request: Request, said: Agreed) -> Sequence[tuple[str, str]]:
    """The agreement, heading and words of each clause; what does not apply is left out."""
    _ = request.translator
    terms, first, last = said.terms, said.rows[0], said.rows[-1]
    interest = sum(row[2] for row in said.rows)
    paid = sum(row[1] + row[2] for row in said.rows)
    amount = _("{amount:rp} ({words})", amount=terms.principal, words=in_words(request, terms.principal))
    if said.purpose:
        amount = _("{amount}, for: {purpose}", amount=amount, purpose=said.purpose)
    net = _("The borrower receives {net:rp} ({words}).", net=said.net, words=in_words(request, said.net))
    if said.savings:
        net = " ".join((_("Put into savings: {amount:rp}.", amount=said.savings), net))
    if said.fees:
        net = " ".join((_("Commission and administration: {amount:rp}.", amount=said.fees), net))
    late = penalty_text(_, said.penalty)
    made = [
        (_("Amount lent"), amount),
        (_("Interest"), f"{terms_text(_, terms)}; {_('in all {amount:rp}', amount=interest)}"),
        (_("Term"), duration_text(_, terms)),
        (
            _("Instalments"),
            _(
                "The first of {first:rp} on {on}, the last of {last:rp} on {end}; in all {paid:rp}."
                " The schedule is an annex to this agreement.",
                first=first[1] + first[2],
                on=_.format.date_long(first[0]),
                last=last[1] + last[2],
                end=_.format.date_long(last[0]),
                paid=paid,
            ),
        ),
        (_("Paid out, net"), net),
        (_("When late"), late or _("Being late costs no penalty.")),
        (_("Payments"), _(ORDERS[said.allocation])),
        (_("Collateral"), "; ".join(collateral_text(_, item) for item in said.collateral)),
        (_("Guarantors"), ", ".join(said.guarantors)),
        (
            _("Disputes"),
            _(
                "What this agreement leaves open both sides settle by deliberation, else by the law that holds."
            ),
        ),
    ]
    return [(label, words) for label, words in made if words]


def loan_agreement(request: Request) -> Document:
    """The agreement in rows: the clause and its words."""
    _ = request.translator
    said = agreed(request)
    rows = [
        Row(RowKind.ITEM, {"clause": label, "words": words})
        for label, words in (*parties(request, said.person), *clauses(request, said))
    ]
    totals = {
        "principal": said.terms.principal,
        "fees": said.fees,
        "savings": said.savings,
        "net": said.net,
        "total": sum(row[1] + row[2] for row in said.rows),
    }
    return request.document(
        "loan-agreement",
        _(AGREEMENT),
        (Column("clause", _("Clause")), Column("words", _("Agreed"), weight=3)),
        rows,
        totals,
        context=((_("Number"), said.number),),
    )


def in_words(request: Request, amount: int) -> str:
    """Terbilang."""
    return rupiah_in_words(amount, request.translator.language)


def parties(request: Request, person: MemberRow) -> Sequence[tuple[str, str]]:
    """Lender and borrower, as an agreement names them."""
    _ = request.translator
    head = request.letterhead()
    officers = ", ".join(f"{item.name} ({item.office})" for item in head.officers)
    lender = ", ".join(filter(None, (head.name, *head.lines)))
    if officers:
        lender = _("{lender}, for whom sign: {officers}", lender=lender, officers=officers)
    borrower = [
        person.name,
        _("Member no. {number}", number=person.number),
        _("NIK {nik}", nik=person.nik) if person.nik else "",
        ", ".join(filter(None, (person.address, person.village))),
    ]
    return ((_("The lender"), lender), (_("Borrower"), ", ".join(filter(None, borrower))))


def agreement_paper(request: Request, paper: str) -> bytes:
    """The agreement as a PDF, on A4 or F4, with the place for the stamp duty and for all who sign."""
    _ = request.translator
    said = agreed(request)
    return signed_paper(
        request,
        paper,
        said,
        _("Loan agreement"),
        _("The lender and the borrower agree on a loan as follows."),
        (*parties(request, said.person), *clauses(request, said)),
    )


def signed_paper(
    request: Request,
    paper: str,
    said: Agreed,
    heading: str,
    intro: str,
    words: Sequence[tuple[str, str]],
    compared: Sequence[tuple[str, str, str]] = (),
) -> bytes:
    """A paper on a loan that both sides and those who stand in for it sign, as a PDF."""
    from app.reports.forms import PaperHead
    from app.reports.forms.loan_agreement import LoanAgreement, loan_agreement_pdf

    _ = request.translator
    head = request.letterhead()
    signers = [Officer(_("Borrower"), said.person.name)]
    if said.spouse:
        signers.append(Officer(_("Spouse"), said.spouse))
    signers += [Officer(_("Guarantor"), name) for name in said.guarantors]
    signers += head.officers[:2] or (Officer(_("The lender"), head.name),)
    duty = ceiling_on(request.book, "stamp_duty", said.signed)
    return loan_agreement_pdf(
        LoanAgreement(
            said.number,
            tuple(words),
            tuple(signers),
            0 if duty is None else int(duty),
            heading,
            intro,
            tuple(compared),
        ),
        PaperHead(
            letterhead=head,
            made_by=request.made_by,
            made_at=request.made_at,
            signed_on=said.signed,
            place=head.place,
            training=request.book.info.training,
            paper=paper,
        ),
        _,
    )


REPORTS = (
    ReportSpec("loan-applications", APPLICATIONS, loan_applications, kinds=COOPERATIVE, as_of=True),
    ReportSpec(
        "loan-agreement",
        AGREEMENT,
        loan_agreement,
        kinds=COOPERATIVE,
        parameters=("loan",),
        needs=("loan",),
        as_of=True,
        paper=agreement_paper,
    ),
)
