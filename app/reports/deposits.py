"""Term deposits: the list as of a day, one certificate with its interest, and the paper of the certificate."""

from app.base.i18n import N_, Translator
from app.ledger.deposits.queries import Certificate, certificate, running
from app.ledger.deposits.terms import InterestPaid, RollOver
from app.ledger.members.queries import member
from app.reports.account_statement import DepositCertificate
from app.reports.catalog import COOPERATIVE, ReportSpec
from app.reports.document import CellType, Column, Document, Row, RowKind, Term
from app.reports.frame import Request

TERM_DEPOSITS = N_("Term Deposits")
TERM_DEPOSIT = N_("Interest of a Term Deposit")

ROLL_OVER = {
    RollOver.NONE: N_("Paid back"),
    RollOver.PRINCIPAL: N_("Rolled over with the principal"),
    RollOver.ALL: N_("Rolled over with principal and interest"),
}
"""What becomes of a deposit at maturity, in words."""


def term_deposits(request: Request) -> Document:
    """The certificates that are running at the close of the day, with what is in each."""
    _ = request.translator
    rows = [
        Row(
            RowKind.ITEM,
            {
                "certificate": item.number,
                "member": item.member,
                "name": item.name,
                "amount": item.amount,
                "rate": item.rate,
                "start": item.start,
                "maturity": item.maturity,
            },
            opens={"report": "term-deposit", "deposit": item.number},
        )
        for item in running(request.book, request.last_day)
    ]
    totals = {"amount": sum(int(str(row.cells["amount"])) for row in rows)}
    rows.append(
        Row(RowKind.TOTAL, {"name": _("Total"), **totals}, adds=_all_of(rows), adds_columns=("amount",))
    )
    return request.document(
        "term-deposits",
        _(TERM_DEPOSITS),
        (
            Column("certificate", _("Certificate")),
            Column("member", _("Member")),
            Column("name", _("Name"), weight=3),
            Column("amount", _("Amount"), CellType.AMOUNT),
            Column("rate", _("% a year"), CellType.RATE),
            Column("start", _("Start"), CellType.DATE),
            Column("maturity", _("Maturity"), CellType.DATE),
        ),
        rows,
        totals,
    )


def term_deposit(request: Request) -> Document:
    """The interest of one certificate: what was paid, and what is still to come of the present term."""
    _ = request.translator
    found = certificate(request.book, request.needed("deposit"), request.last_day)
    rows = [
        Row(
            RowKind.ITEM,
            {
                "first": item.first,
                "due": item.through,
                "paid_on": item.on,
                "gross": item.interest,
                "tax": item.tax,
                "net": item.interest - item.tax,
            },
        )
        for item in found.moves
        if item.interest
    ]
    paid = {
        "gross": found.interest_paid,
        "tax": found.tax_paid,
        "net": found.interest_paid - found.tax_paid,
    }
    rows.append(
        Row(RowKind.SUBTOTAL, {"due": _("Paid"), **paid}, adds=_all_of(rows), adds_columns=tuple(paid))
    )
    if found.closed is None:
        rows += [
            Row(RowKind.ITEM, {"first": part.first, "due": part.due, "gross": part.interest})
            for part in found.parts
        ]
    return request.document(
        "term-deposit",
        _(TERM_DEPOSIT),
        (
            Column("first", _("From"), CellType.DATE),
            Column("due", _("Up to, not including"), CellType.DATE),
            Column("paid_on", _("Paid on"), CellType.DATE),
            Column("gross", _("Interest"), CellType.AMOUNT),
            Column("tax", _("Tax"), CellType.AMOUNT),
            Column("net", _("Received"), CellType.AMOUNT),
        ),
        rows,
        {"paid": found.interest_paid, "tax": found.tax_paid, "amount": found.amount},
        context=_about(_, found),
    )


def certificate_data(request: Request) -> DepositCertificate:
    """What the paper of a certificate says."""
    _ = request.translator
    found = certificate(request.book, request.needed("deposit"), request.last_day)
    person = member(request.book, found.member, request.last_day)
    conditions = [
        _(
            "Interest runs from the first day up to, not including, the maturity, by the days of the year of 365."
        ),
        _("It is paid back on presentation of this certificate, which can't be passed on to anyone else."),
    ]
    if found.penalty_percent:
        conditions.insert(
            1,
            _(
                "Closed before the maturity, {percent} % of the amount is kept as a penalty.",
                percent=_.format.quantity(found.penalty_percent),
            ),
        )
    return DepositCertificate(
        number=found.number,
        product=found.product,
        member_number=found.member,
        member_name=found.name,
        nik=person.nik,
        address=person.address,
        amount=found.amount,
        term=term_words(_, found.terms.months),
        rate=_("{rate} % a year", rate=_.format.quantity(found.rate)),
        start=found.start,
        maturity=found.maturity,
        interest=interest_words(_, found),
        roll_over=_(ROLL_OVER[found.roll_over]),
        conditions=" ".join(conditions),
        closed=found.closed,
    )


def certificate_paper(request: Request, paper: str) -> bytes:
    """The paper of a certificate as a PDF of half a sheet, whatever paper lies in the printer."""
    from app.reports.forms import PaperHead
    from app.reports.forms.deposit_certificate import deposit_certificate_pdf

    head = request.letterhead()
    return deposit_certificate_pdf(
        certificate_data(request),
        PaperHead(
            letterhead=head,
            made_by=request.made_by,
            made_at=request.made_at,
            signed_on=request.made_at.date(),
            place=head.place,
            training=request.book.info.training,
            paper=paper,
        ),
        request.translator,
    )


def term_words(_: Translator, months: int) -> str:
    """How long a term is."""
    return _.plural("{n} month", "{n} months", months)


def interest_words(_: Translator, found: Certificate) -> str:
    """When interest is paid, and where it goes."""
    if found.roll_over is RollOver.ALL:
        return _("At maturity, added to the deposit")
    monthly = found.terms.interest is InterestPaid.MONTHLY
    if not found.into:
        return _("Each month, in cash") if monthly else _("At maturity, in cash")
    if monthly:
        return _("Each month, into {place}", place=found.into)
    return _("At maturity, into {place}", place=found.into)


def _about(_: Translator, found: Certificate) -> tuple[tuple[str, str], ...]:
    return (
        (_("Certificate"), found.number),
        (_("Member"), f"{found.member} {found.name}"),
        (_("Amount"), _.format.rupiah(found.amount)),
        (
            _("Terms"),
            _(
                "{rate} % a year, {term}, {start:medium} to {maturity:medium}",
                rate=_.format.quantity(found.rate),
                term=term_words(_, found.terms.months),
                start=found.start,
                maturity=found.maturity,
            ),
        ),
        (_("Interest is paid"), interest_words(_, found)),
        (_("At maturity"), _(ROLL_OVER[found.roll_over])),
    )


def _all_of(rows: list[Row]) -> tuple[Term, ...]:
    return (Term(0, len(rows) - 1),) if rows else ()


REPORTS = (
    ReportSpec("term-deposits", TERM_DEPOSITS, term_deposits, kinds=COOPERATIVE, as_of=True),
    ReportSpec(
        "term-deposit",
        TERM_DEPOSIT,
        term_deposit,
        kinds=COOPERATIVE,
        parameters=("deposit",),
        needs=("deposit",),
        as_of=True,
        paper=certificate_paper,
    ),
)
