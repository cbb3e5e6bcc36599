"""Members' savings: the list of balances, interest with its tax, arrears of mandatory savings."""

from collections.abc import Mapping
from decimal import Decimal

from app.base.i18n import N_
from app.ledger.members.queries import mandatory_standings, members
from app.ledger.rates.table import RateRow, read_rates, value_on
from app.ledger.savings import queries
from app.reports.catalog import COOPERATIVE, ReportSpec
from app.reports.charts import growth_chart
from app.reports.document import CellType, Column, Document, Row, RowKind, Term
from app.reports.frame import Request

SAVINGS = N_("Members' Savings")
SAVINGS_INTEREST = N_("Interest on Savings and Tax")
WITHHOLDING = N_("List of Withholding Slips")
MANDATORY_ARREARS = N_("Mandatory Savings in Arrears")

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


def savings_interest(request: Request) -> Document:
    """What each member was credited in the period, of all accounts together, and the tax on it."""
    _ = request.translator
    found = queries.interest_by_member(request.book, request.period)
    rows = [
        Row(
            RowKind.ITEM,
            {
                "member": item.number,
                "name": item.name,
                "gross": item.gross,
                "tax": item.tax,
                "net": item.gross - item.tax,
            },
            opens={"report": "member-statement", "member": item.number},
        )
        for item in found
    ]
    gross, tax = sum(item.gross for item in found), sum(item.tax for item in found)
    totals = {"gross": gross, "tax": tax, "net": gross - tax}
    rows.append(_total(request, totals, len(rows)))
    return request.document(
        "savings-interest",
        _(SAVINGS_INTEREST),
        (
            Column("member", _("Number")),
            Column("name", _("Name"), weight=3),
            Column("gross", _("Interest"), CellType.AMOUNT),
            Column("tax", _("Tax withheld"), CellType.AMOUNT),
            Column("net", _("Credited"), CellType.AMOUNT),
        ),
        rows,
        totals,
        period=request.period,
    )


def withholding(request: Request) -> Document:
    """Each payment of interest with its tax, also at 0 %: what a slip is due for (PMK 112/2010)."""
    _ = request.translator
    found = queries.withheld(request.book, request.period)
    rates = read_rates(request.book)
    rows = [
        Row(
            RowKind.ITEM,
            {
                "number": item.number,
                "date": item.on,
                "name": item.name,
                "tax_id": item.tax_id,
                "gross": item.gross,
                "rate": _rate(rates, item),
                "tax": item.tax,
            },
            opens={"report": "member-statement", "member": item.member},
        )
        for item in found
    ]
    totals = {"gross": sum(item.gross for item in found), "tax": sum(item.tax for item in found)}
    rows.append(_total(request, totals, len(rows)))
    return request.document(
        "withholding",
        _(WITHHOLDING),
        (
            Column("number", _("Number")),
            Column("date", _("Date"), CellType.DATE),
            Column("name", _("Name"), weight=3),
            Column("tax_id", _("NPWP or NIK")),
            Column("gross", _("Interest"), CellType.AMOUNT),
            Column("rate", _("Rate %"), CellType.RATE),
            Column("tax", _("Tax withheld"), CellType.AMOUNT),
        ),
        rows,
        totals,
        period=request.period,
        notes=(
            _(
                "The tax of a person is judged on the interest of the whole month (PP 15/2009): a payment that"
                " crosses the limit bears what earlier ones did not."
            ),
        ),
    )


def _rate(rates: list[RateRow], item: queries.Withheld) -> Decimal:
    """The percentage that the law sets for a payment; 0 where it bore nothing."""
    if not item.tax:
        return Decimal(0)
    key = "savings_interest_tax_percent_body" if item.body else "savings_interest_tax_percent"
    return value_on(rates, key, item.on)


def mandatory_arrears(request: Request) -> Document:
    """Who has not paid mandatory savings up to the month of the day, and how much; nothing of it is posted."""
    _ = request.translator
    standings = mandatory_standings(request.book, request.last_day)
    late = [
        (item, standing)
        for item in members(request.book, request.last_day)
        if (standing := standings.get(item.party)) is not None and standing.arrears > 0
    ]
    rows = [
        Row(
            RowKind.ITEM,
            {
                "member": item.number,
                "name": item.name,
                "months": standing.arrears_months,
                "amount": standing.arrears,
            },
            opens={"report": "member-statement", "member": item.number},
        )
        for item, standing in late
    ]
    totals = {"amount": sum(standing.arrears for _item, standing in late)}
    rows.append(_total(request, totals, len(rows)))
    return request.document(
        "mandatory-arrears",
        _(MANDATORY_ARREARS),
        (
            Column("member", _("Number")),
            Column("name", _("Name"), weight=3),
            Column("months", _("Months"), CellType.INTEGER),
            Column("amount", _("Amount"), CellType.AMOUNT),
        ),
        rows,
        totals,
    )


def _total(request: Request, totals: Mapping[str, int], items: int) -> Row:
    adds = (Term(0, items - 1),) if items else ()
    return Row(
        RowKind.TOTAL,
        {"name": request.translator("Total"), **totals},
        adds=adds,
        adds_columns=tuple(totals),
    )


REPORTS = (
    ReportSpec("savings", SAVINGS, savings, kinds=COOPERATIVE, as_of=True),
    ReportSpec("savings-interest", SAVINGS_INTEREST, savings_interest, kinds=COOPERATIVE),
    ReportSpec("withholding", WITHHOLDING, withholding, kinds=COOPERATIVE),
    ReportSpec("mandatory-arrears", MANDATORY_ARREARS, mandatory_arrears, kinds=COOPERATIVE, as_of=True),
)
