"""What customers owe and what is owed to suppliers: by age, and each party's card."""

from app.base.i18n import N_
from app.ledger.debts.queries import PAYABLE, RECEIVABLE, aging, find_party
from app.ledger.debts.queries import party_card as read_party_card
from app.reports.catalog import BUSINESS, ReportSpec
from app.reports.document import CellType, Column, Document, Row, RowKind, Term
from app.reports.frame import Request

RECEIVABLES = N_("Receivables by Age")
PAYABLES = N_("Payables by Age")
PARTY_CARD = N_("Customer or Supplier Card")
_CARD_OF_SIDE = {RECEIVABLE: N_("Customer Card"), PAYABLE: N_("Supplier Card")}
_BUCKETS = ("not_due", "days_1_30", "days_31_60", "days_61_90", "days_over_90")


def receivables(request: Request) -> Document:
    """What each customer owes at the close of the day, by how long it is overdue."""
    return _aging(request, "receivables", RECEIVABLES, RECEIVABLE)


def payables(request: Request) -> Document:
    """What each supplier is owed at the close of the day, by how long it is overdue."""
    return _aging(request, "payables", PAYABLES, PAYABLE)


def party_card(request: Request) -> Document:
    """One customer's or supplier's movements in the period: in is what adds to the debt, out what settles it."""
    _ = request.translator
    period = request.period
    party = find_party(request.book, request.needed("party"))
    opening, lines = read_party_card(request.book, party, period)
    rows = [Row(RowKind.SUBTOTAL, {"memo": _("Opening balance"), "balance": opening})]
    rows += [
        Row(
            RowKind.ITEM,
            {
                "date": line.date,
                "number": line.number,
                "memo": line.memo,
                "in": max(line.amount, 0),
                "out": max(-line.amount, 0),
                "balance": line.balance,
            },
            opens={"report": "journal", "from": line.date.isoformat(), "to": line.date.isoformat()},
        )
        for line in lines
    ]
    closing = lines[-1].balance if lines else opening
    rows.append(
        Row(
            RowKind.TOTAL,
            {
                "memo": _("Closing balance"),
                "in": sum(max(line.amount, 0) for line in lines),
                "out": sum(max(-line.amount, 0) for line in lines),
                "balance": closing,
            },
            adds=(Term(1, len(lines)),) if lines else (),
            adds_columns=("in", "out"),
        )
    )
    return request.document(
        "party-card",
        _(_CARD_OF_SIDE[party.side]),
        (
            Column("date", _("Date"), CellType.DATE),
            Column("number", _("Number")),
            Column("memo", _("Memo"), weight=3),
            Column("in", _("In"), CellType.AMOUNT),
            Column("out", _("Out"), CellType.AMOUNT),
            Column("balance", _("Balance"), CellType.AMOUNT),
        ),
        rows,
        {"opening": opening, "closing": closing},
        period=period,
        context=(
            (_("Customer") if party.side == RECEIVABLE else _("Supplier"), f"{party.code} {party.name}"),
        ),
    )


def _aging(request: Request, key: str, title: str, side: str) -> Document:
    _ = request.translator
    found = aging(request.book, side, request.last_day)
    rows = [
        Row(
            RowKind.ITEM,
            {
                "party": item.code,
                "name": item.name,
                **dict(zip(_BUCKETS, item.buckets, strict=True)),
                "total": item.total,
            },
            opens={"report": "party-card", "party": item.card},
        )
        for item in found
    ]
    totals = {
        **{bucket: sum(item.buckets[place] for item in found) for place, bucket in enumerate(_BUCKETS)},
        "total": sum(item.total for item in found),
    }
    adds = (Term(0, len(rows) - 1),) if rows else ()
    rows.append(Row(RowKind.TOTAL, {"name": _("Total"), **totals}, adds=adds))
    return request.document(
        key,
        _(title),
        (
            Column("party", _("Code")),
            Column("name", _("Name"), weight=3),
            Column("not_due", _("Not due"), CellType.AMOUNT),
            Column("days_1_30", _("1-30 days"), CellType.AMOUNT),
            Column("days_31_60", _("31-60 days"), CellType.AMOUNT),
            Column("days_61_90", _("61-90 days"), CellType.AMOUNT),
            Column("days_over_90", _("Over 90 days"), CellType.AMOUNT),
            Column("total", _("Total"), CellType.AMOUNT),
        ),
        rows,
        totals,
        landscape=True,
    )


REPORTS = (
    ReportSpec("receivables", RECEIVABLES, receivables, kinds=BUSINESS, as_of=True),
    ReportSpec("payables", PAYABLES, payables, kinds=BUSINESS, as_of=True),
    ReportSpec("party-card", PARTY_CARD, party_card, kinds=BUSINESS, parameters=("party",), needs=("party",)),
)
