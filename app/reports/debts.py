"""What customers owe and what is owed to suppliers: by age, and each party's card."""

from datetime import date

from app.base.i18n import N_
from app.ledger.debts.queries import (
    PAYABLE,
    RECEIVABLE,
    OpenBillRow,
    aging,
    find_party,
    kind_of,
    open_bills,
    parties,
)
from app.ledger.debts.queries import party_card as read_party_card
from app.reports.catalog import BUSINESS, ReportSpec
from app.reports.charts import age_chart
from app.reports.document import CellType, Column, Document, Row, RowKind, Term
from app.reports.frame import Request

RECEIVABLES = N_("Receivables by Age")
PAYABLES = N_("Payables by Age")
PARTY_CARD = N_("Customer or Supplier Card")
_CARD_OF_SIDE = {RECEIVABLE: N_("Customer Card"), PAYABLE: N_("Supplier Card")}
DEBTS_DUE = N_("What Is Due")
_SIDE_WORDS = {RECEIVABLE: N_("Owed to you"), PAYABLE: N_("You owe")}
_TIMES = ("late", "today", "week", "later", "total")
_WEEK = 7
_AGES = (N_("Not due"), N_("1-30 days"), N_("31-60 days"), N_("61-90 days"), N_("Over 90 days"))
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
    ages = tuple(_(age) for age in _AGES)
    return request.document(
        key,
        _(title),
        (
            Column("party", _("Code")),
            Column("name", _("Name"), weight=3),
            *(Column(bucket, age, CellType.AMOUNT) for bucket, age in zip(_BUCKETS, ages, strict=True)),
            Column("total", _("Total"), CellType.AMOUNT),
        ),
        rows,
        totals,
        landscape=True,
        charts=(age_chart(request, ages, [totals[bucket] for bucket in _BUCKETS]),),
    )


def debts_due(request: Request) -> Document:
    """What is open with each customer and supplier: late, due today, in the six days after, later; by due date.

    `side` is a stable key with a word for people; what is owed by the book stands in the same columns.
    """
    _ = request.translator
    on = request.last_day
    names = {item.id: item for item in parties(request.book)}
    found: dict[tuple[str, int], list[OpenBillRow]] = {}
    for side in (RECEIVABLE, PAYABLE):
        for bill in open_bills(request.book, side, on):
            found.setdefault((side, bill.party), []).append(bill)
    rows = [
        Row(
            RowKind.ITEM,
            {
                "due": min(bill.due for bill in bills),
                "side": side,
                "party": names[party].code,
                "name": names[party].name,
                **_by_time(bills, on),
            },
            opens={"report": "party-card", "party": f"{kind_of(side)}:{names[party].code}"},
        )
        for (side, party), bills in found.items()
    ]
    rows.sort(key=lambda row: (str(row.cells["due"]), str(row.cells["name"]).casefold()))
    totals = {
        f"{side}_{key}": sum(int(str(row.cells[key])) for row in rows if row.cells["side"] == side)
        for side in (RECEIVABLE, PAYABLE)
        for key in _TIMES
    }
    sides = [row.cells["side"] for row in rows]
    for side in (RECEIVABLE, PAYABLE):
        sums = {key: totals[f"{side}_{key}"] for key in _TIMES}
        adds = _runs([place for place, own in enumerate(sides) if own == side])
        rows.append(Row(RowKind.SUBTOTAL, {"name": _(_SIDE_WORDS[side]), **sums}, adds=adds))
    return request.document(
        "debts-due",
        _(DEBTS_DUE),
        (
            Column("due", _("Due date"), CellType.DATE),
            Column("side", _("Kind"), words={side: _(word) for side, word in _SIDE_WORDS.items()}),
            Column("party", _("Code")),
            Column("name", _("Name"), weight=3),
            Column("late", _("Overdue"), CellType.AMOUNT),
            Column("today", _("Due today"), CellType.AMOUNT),
            Column("week", _("Within a week"), CellType.AMOUNT),
            Column("later", _("Later"), CellType.AMOUNT),
            Column("total", _("Total"), CellType.AMOUNT),
        ),
        rows,
        totals,
        landscape=True,
    )


def _runs(places: list[int]) -> tuple[Term, ...]:
    """The rows of one side, which stand among those of the other."""
    found: list[Term] = []
    for place in places:
        if found and found[-1].last == place - 1:
            found[-1] = Term(found[-1].first, place)
        else:
            found.append(Term(place, place))
    return tuple(found)


def _by_time(bills: list[OpenBillRow], on: date) -> dict[str, int]:
    sums = dict.fromkeys(_TIMES, 0)
    for bill in bills:
        days = (bill.due - on).days
        key = "late" if days < 0 else "today" if days == 0 else "week" if days < _WEEK else "later"
        sums[key] += bill.open
        sums["total"] += bill.open
    return sums


REPORTS = (
    ReportSpec("receivables", RECEIVABLES, receivables, kinds=BUSINESS, as_of=True),
    ReportSpec("payables", PAYABLES, payables, kinds=BUSINESS, as_of=True),
    ReportSpec("debts-due", DEBTS_DUE, debts_due, kinds=BUSINESS, as_of=True),
    ReportSpec("party-card", PARTY_CARD, party_card, kinds=BUSINESS, parameters=("party",), needs=("party",)),
)
