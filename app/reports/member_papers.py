"""Papers for every member: the card with its QR code, and the letter that asks whether the balances are right."""

from dataclasses import replace

from app.base.dates import Period
from app.base.i18n import N_
from app.base.progress import Progress
from app.ledger.members import history, queries
from app.reports.account_statement import AccountStatement
from app.reports.catalog import COOPERATIVE, ReportSpec
from app.reports.document import CellType, Column, Document, Row, RowKind, Term
from app.reports.forms import PaperHead
from app.reports.frame import Request
from app.reports.member_statements import Order, collect

CARD = N_("Member Card")
CONFIRMATION = N_("Confirmation of Balances")
_HERE = ("active", "prospective")


def cards_of(request: Request) -> list[queries.MemberRow]:
    """Who gets a card: the member named, else all who are members on the day, in order of number."""
    if request.parameters.member:
        return [queries.member(request.book, request.parameters.member, request.last_day)]
    return [item for item in queries.members(request.book, request.last_day) if item.status in _HERE]


def cards(request: Request) -> Document:
    """The members whose cards are printed, with what the code on each says."""
    from app.reports.forms.member_card import code_content

    _ = request.translator
    book = _book(request)
    rows = [
        Row(
            RowKind.ITEM,
            {
                "number": item.number,
                "name": item.name,
                "since": item.admitted or item.joined,
                "code": code_content(book, item.number),
            },
            opens={"report": "member-statement", "member": item.number},
        )
        for item in cards_of(request)
    ]
    return request.document(
        "member-card",
        _(CARD),
        (
            Column("number", _("Number")),
            Column("name", _("Name"), weight=3),
            Column("since", _("Member since"), CellType.DATE),
            Column("code", _("Code"), weight=2),
        ),
        rows,
        {"count": len(rows)},
    )


def cards_paper(request: Request, paper: str, progress: Progress | None = None) -> bytes:
    """The cards as PDF, always on A4: ten to a sheet, as large as a bank card."""
    from app.reports.forms.member_card import MemberCard, member_cards_pdf

    found = cards_of(request)
    if len(found) == 1:
        picture = history.photo(request.book, found[0].party)
        pictures = {} if picture is None else {found[0].party: picture}
    else:
        pictures = history.photos(request.book)
    return member_cards_pdf(
        [
            MemberCard(
                item.number,
                item.name,
                item.team or item.institution,
                ", ".join(filter(None, (item.address, item.village))),
                item.admitted or item.joined,
                pictures.get(item.party),
            )
            for item in found
        ],
        _head(request, paper),
        _book(request),
        request.translator,
        progress,
    )


def balances_of(request: Request, order: Order = Order.GROUP) -> list[AccountStatement]:
    """Whose balances are confirmed: the member named, else all who have or owe anything, in print order."""
    day = Period.through(request.last_day, request.last_day)
    asked = replace(request, parameters=replace(request.parameters, period=day, only_day=False))
    found = collect(asked, request.parameters.member, order)
    if request.parameters.member:
        return found
    return [item for item in found if item.savings_closing or item.outstanding or _held(item)]


def confirmation(request: Request) -> Document:
    """All savings and loans of each member at the close of a day, as the letters tell them."""
    _ = request.translator
    rows = [
        Row(
            RowKind.ITEM,
            {
                "member": item.number,
                "name": item.name,
                "savings": item.savings_closing,
                "loans": item.outstanding,
                "held": _held(item),
                "answer": "",
            },
            opens={"report": "member-statement", "member": item.number},
        )
        for item in balances_of(request)
    ]
    totals = {key: sum(int(str(row.cells[key])) for row in rows) for key in ("savings", "loans", "held")}
    adds = (Term(0, len(rows) - 1),) if rows else ()
    count = len(rows)
    rows.append(Row(RowKind.TOTAL, {"name": _("Total"), **totals}, adds=adds))
    return request.document(
        "balance-confirmation",
        _(CONFIRMATION),
        (
            Column("member", _("Number")),
            Column("name", _("Name"), weight=3),
            Column("savings", _("Savings"), CellType.AMOUNT),
            Column("loans", _("Loans, principal left"), CellType.AMOUNT),
            Column("held", _("Paid ahead, kept aside"), CellType.AMOUNT),
            Column("answer", _("Answer"), weight=1),
        ),
        rows,
        {**totals, "count": count},
    )


def confirmation_paper(
    request: Request, paper: str, progress: Progress | None = None, order: Order = Order.GROUP
) -> bytes:
    """The letters as one PDF, one sheet a member, with the strip that comes back signed."""
    from app.reports.forms.balance_letter import BalanceLetter, BalanceLine, balance_letters_pdf

    letters = [
        BalanceLetter(
            number=item.number,
            name=item.name,
            address=item.address,
            group=item.group,
            on=request.last_day,
            left=item.left,
            savings=tuple(
                BalanceLine(section.name, section.note, section.closing)
                for section in item.savings
                if section.closing
            ),
            loans=tuple(
                BalanceLine(loan.number, loan.terms, loan.outstanding)
                for loan in item.loans
                if loan.outstanding
            ),
            held=_held(item),
        )
        for item in balances_of(request, order)
    ]
    return balance_letters_pdf(letters, _head(request, paper), request.translator, progress)


def _held(item: AccountStatement) -> int:
    return sum(loan.held for loan in item.loans)


def _book(request: Request) -> str:
    return request.book.info.uid[-12:]


def _head(request: Request, paper: str) -> PaperHead:
    letterhead = request.letterhead()
    return PaperHead(
        letterhead=letterhead,
        made_by=request.made_by,
        made_at=request.made_at,
        signed_on=request.made_at.date(),
        place=letterhead.place,
        training=request.book.info.training,
        paper=paper,
    )


REPORTS = (
    ReportSpec(
        "member-card",
        CARD,
        cards,
        kinds=COOPERATIVE,
        parameters=("member",),
        as_of=True,
        paper=cards_paper,
    ),
    ReportSpec(
        "balance-confirmation",
        CONFIRMATION,
        confirmation,
        kinds=COOPERATIVE,
        parameters=("member",),
        as_of=True,
        paper=confirmation_paper,
    ),
)
