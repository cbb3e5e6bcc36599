"""Sales by day and by product, purchases, and expenses by kind."""

from collections.abc import Sequence

from app.base.i18n import N_
from app.ledger.accounts.chart import AccountClass, read_chart
from app.ledger.entries.queries import results
from app.ledger.purchases.queries import purchases as read_purchases
from app.ledger.sales.queries import daily_sales
from app.ledger.sales.queries import sales_by_product as read_sales_by_product
from app.ledger.sales.ways import paid_ways
from app.reports.catalog import BUSINESS, ReportSpec
from app.reports.charts import sales_chart
from app.reports.document import CellType, Chart, Column, Document, Row, RowKind, Term
from app.reports.frame import Request

SALES = N_("Daily Sales")
SALES_BY_PRODUCT = N_("Sales by Product")
SALES_BY_WAY = N_("Sales by Way of Payment")
PURCHASES = N_("Purchases")
EXPENSES = N_("Expenses by Kind")

_EXPENSES = (AccountClass.EXPENSE, AccountClass.OTHER_EXPENSE, AccountClass.TAX)


def sales(request: Request) -> Document:
    """What was sold each day, what it cost, and what remained of it."""
    _ = request.translator
    found = daily_sales(request.book, request.period)
    rows = [
        Row(
            RowKind.ITEM,
            {
                "date": item.date,
                "name": _.plural("{n} note", "{n} notes", item.documents),
                "quantity": item.quantity,
                **_result(item.sales, item.cost),
            },
            opens={
                "report": "sales-by-product",
                "from": item.date.isoformat(),
                "to": item.date.isoformat(),
            },
        )
        for item in found
    ]
    chart = sales_chart(request, {item.date: item.sales for item in found})
    return _sales_document(
        request, "sales", SALES, (Column("date", _("Date"), CellType.DATE),), rows, (chart,)
    )


def sales_by_way(request: Request) -> Document:
    """How each day's sales were paid: in cash, by QRIS, into the bank, or on credit."""
    _ = request.translator
    keys = ("cash", "qris", "bank", "credit", "total")
    rows = [
        Row(
            RowKind.ITEM,
            {"date": on, "day": _.format.weekday(on), **{key: getattr(ways, key) for key in keys}},
            opens={"report": "sales-by-product", "from": on.isoformat(), "to": on.isoformat()},
        )
        for on, ways in paid_ways(request.book, request.period)
    ]
    totals = {key: sum(int(str(row.cells[key])) for row in rows) for key in keys}
    adds = (Term(0, len(rows) - 1),) if rows else ()
    rows.append(Row(RowKind.TOTAL, {"day": _("Total"), **totals}, adds=adds))
    return request.document(
        "sales-by-way",
        _(SALES_BY_WAY),
        (
            Column("date", _("Date"), CellType.DATE),
            Column("day", _("Day"), weight=1),
            Column("cash", _("Cash money"), CellType.AMOUNT),
            Column("qris", _("QRIS"), CellType.AMOUNT),
            Column("bank", _("Transfer"), CellType.AMOUNT),
            Column("credit", _("On credit"), CellType.AMOUNT),
            Column("total", _("Total"), CellType.AMOUNT),
        ),
        rows,
        totals,
        period=request.period,
    )


def sales_by_product(request: Request) -> Document:
    """What was sold of each product, what it cost, and what remained of it."""
    _ = request.translator
    rows = [
        Row(
            RowKind.ITEM,
            {
                "code": item.code,
                "name": item.name,
                "quantity": item.quantity,
                **_result(item.sales, item.cost),
            },
            opens={"report": "stock-card", "product": item.code} if item.stocked else None,
        )
        for item in read_sales_by_product(request.book, request.period)
    ]
    return _sales_document(request, "sales-by-product", SALES_BY_PRODUCT, (Column("code", _("Code")),), rows)


def purchases(request: Request) -> Document:
    """Each purchase with what its goods cost, freight included."""
    _ = request.translator
    rows = [
        Row(
            RowKind.ITEM,
            {"date": item.date, "number": item.number, "party": item.supplier, "amount": item.amount},
            opens={"report": "journal", "from": item.date.isoformat(), "to": item.date.isoformat()},
        )
        for item in read_purchases(request.book, request.period)
    ]
    return request.document(
        "purchases",
        _(PURCHASES),
        (
            Column("date", _("Date"), CellType.DATE),
            Column("number", _("Number")),
            Column("party", _("Supplier"), weight=3),
            Column("amount", _("Amount"), CellType.AMOUNT),
        ),
        *_with_total(request, rows, "party"),
        period=request.period,
    )


def expenses(request: Request) -> Document:
    """Operating and other expenses and taxes by account; what the goods sold cost is no part of them."""
    _ = request.translator
    sums = results(request.book, request.period)
    rows = [
        Row(
            RowKind.ITEM,
            {"category": account.name, "amount": sums[account.id]},
            opens={"report": "ledger", "account": account.code},
        )
        for account in read_chart(request.book).accounts
        if account.class_ in _EXPENSES and sums.get(account.id)
    ]
    return request.document(
        "expenses",
        _(EXPENSES),
        (Column("category", _("Kind of expense"), weight=3), Column("amount", _("Amount"), CellType.AMOUNT)),
        *_with_total(request, rows, "category"),
        period=request.period,
    )


def _result(amount: int, cost: int | None) -> dict[str, int | None]:
    """Sales, their cost and the margin; without a known cost there is no margin, least of all 100 %."""
    return {"sales": amount, "cost": cost, "margin": None if cost is None else amount - cost}


def _sales_document(
    request: Request,
    key: str,
    title: str,
    first: tuple[Column, ...],
    rows: list[Row],
    charts: tuple[Chart, ...] = (),
) -> Document:
    _ = request.translator
    total = sum(int(str(row.cells["sales"])) for row in rows)
    costs = [row.cells["cost"] for row in rows]
    cost = None if None in costs else sum(int(str(item)) for item in costs)
    totals = _result(total, cost)
    notes: tuple[str, ...] = ()
    if cost is None:
        notes = (
            _(
                "Gross profit can't be computed yet: of some goods neither a purchase nor a stock count"
                " tells what they cost."
            ),
        )
    adds = (Term(0, len(rows) - 1),) if rows else ()
    rows = [*rows, Row(RowKind.TOTAL, {"name": _("Total"), **totals}, adds=adds)]
    return request.document(
        key,
        _(title),
        (
            *first,
            Column("name", _("Notes") if key == "sales" else _("Name"), weight=3),
            Column("quantity", _("Quantity"), CellType.QUANTITY),
            Column("sales", _("Sales"), CellType.AMOUNT),
            Column("cost", _("Cost"), CellType.AMOUNT),
            Column("margin", _("Gross profit"), CellType.AMOUNT),
        ),
        rows,
        totals,
        period=request.period,
        notes=notes,
        charts=charts,
    )


def _with_total(request: Request, rows: Sequence[Row], label: str) -> tuple[list[Row], dict[str, object]]:
    """The rows with their total below, and the totals."""
    total = sum(int(str(row.cells["amount"])) for row in rows)
    adds = (Term(0, len(rows) - 1),) if rows else ()
    last = Row(RowKind.TOTAL, {label: request.translator("Total"), "amount": total}, adds=adds)
    return [*rows, last], {"amount": total}


REPORTS = (
    ReportSpec("sales", SALES, sales, kinds=BUSINESS),
    ReportSpec("sales-by-product", SALES_BY_PRODUCT, sales_by_product, kinds=BUSINESS),
    ReportSpec("sales-by-way", SALES_BY_WAY, sales_by_way, kinds=BUSINESS),
    ReportSpec("purchases", PURCHASES, purchases, kinds=BUSINESS),
    ReportSpec("expenses", EXPENSES, expenses),
)
