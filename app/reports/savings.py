"""The list of members' savings (Daftar Simpanan Anggota)."""

from app.base.i18n import N_
from app.ledger.savings import queries
from app.reports.catalog import COOPERATIVE, ReportSpec
from app.reports.charts import growth_chart
from app.reports.document import CellType, Column, Document, Row, RowKind, Term
from app.reports.frame import Request

SAVINGS = N_("Members' Savings")

# These stand in the list whether or not anything is in them.
_ALWAYS = ("share", "mandatory", "voluntary", "term")


def savings(request: Request) -> Document:
    """What each member has in each product at the close of the day, and all together.

    Members with nothing in any product are left out; those who left stand under the products their savings
    came from, as long as anything is owed to them.
    """
    _ = request.translator
    found = [item for item in queries.balances(request.book, request.last_day) if any(item.amounts.values())]
    sums: dict[str, int] = {}
    for item in found:
        for code, amount in item.amounts.items():
            sums[code] = sums.get(code, 0) + amount
    shown = [
        item
        for item in queries.products(request.book)
        if sums.get(item.code) or (item.active and item.code in _ALWAYS)
    ]
    keys = [item.code for item in shown]
    rows = [
        Row(
            RowKind.ITEM,
            {
                "member": item.number,
                "name": item.name,
                **{key: item.amounts.get(key, 0) for key in keys},
                "total": item.total,
            },
            opens={"report": "member-statement", "member": item.number},
        )
        for item in found
    ]
    totals = {**{key: sums.get(key, 0) for key in keys}, "total": sum(item.total for item in found)}
    adds = (Term(0, len(rows) - 1),) if rows else ()
    rows.append(Row(RowKind.TOTAL, {"name": _("Total"), **totals}, adds=adds))
    return request.document(
        "savings",
        _(SAVINGS),
        (
            Column("member", _("Number")),
            Column("name", _("Name"), weight=3),
            *(Column(item.code, item.name, CellType.AMOUNT) for item in shown),
            Column("total", _("Total"), CellType.AMOUNT),
        ),
        rows,
        totals,
        landscape=len(keys) > 4,
        charts=(growth_chart(request),),
    )


REPORTS = (ReportSpec("savings", SAVINGS, savings, kinds=COOPERATIVE, as_of=True),)
