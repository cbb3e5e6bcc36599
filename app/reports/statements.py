"""The financial statements: results of a business and of a cooperative, balance sheet.

Layouts follow SAK EMKM (business) and Permenkop 2/2024 (cooperative); which accounts make up a line is
told by their class, and within a class by the codes of the standard charts.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from app.base.dates import Period
from app.base.i18n import N_
from app.ledger.accounts.chart import AccountClass, AccountRow, Chart, read_chart
from app.ledger.entries import queries
from app.ledger.entries.comparatives import comparatives, first_day
from app.ledger.reader import day_before
from app.ledger.sales.queries import sales_by_product
from app.reports.catalog import BUSINESS, COOPERATIVE, ReportSpec
from app.reports.document import Document, Layout
from app.reports.frame import Request
from app.reports.sections import (
    CREDIT,
    DEBIT,
    Section,
    StatementRows,
    Sum,
    added,
    columns_of,
    day_labels,
    days_of,
    ledger_of,
    period_labels,
    periods_of,
    periods_text,
)

INCOME_STATEMENT = N_("Income Statement")
SURPLUS_STATEMENT = N_("Statement of Surplus")
BALANCE_SHEET = N_("Balance Sheet")

_COLUMNS = ("amount", "comparative")

_REVENUE = frozenset({AccountClass.REVENUE})
_COST = frozenset({AccountClass.COST})
_EXPENSE = frozenset({AccountClass.EXPENSE})
_OTHER_INCOME = frozenset({AccountClass.OTHER_INCOME})
_OTHER_EXPENSE = frozenset({AccountClass.OTHER_EXPENSE})
_TAX = Section("tax", "", "", frozenset({AccountClass.TAX}), DEBIT, always=True)

INCOME_LINES: tuple[Section | Sum, ...] = (
    Section("revenue", N_("Revenue"), N_("Net revenue"), _REVENUE, CREDIT, always=True),
    Section("cost_of_sales", N_("Cost of sales"), N_("Total cost of sales"), _COST, DEBIT),
    Sum(
        "gross_profit",
        N_("GROSS PROFIT"),
        (("revenue", 1), ("cost_of_sales", -1)),
        only_with="cost_of_sales",
    ),
    Section("expenses", N_("Operating expenses"), N_("Total operating expenses"), _EXPENSE, DEBIT),
    Section(
        "other",
        N_("Other income and expenses"),
        N_("Total other income and expenses"),
        _OTHER_INCOME | _OTHER_EXPENSE,
        CREDIT,
    ),
    Sum(
        "profit_before_tax",
        N_("PROFIT BEFORE TAX"),
        (("revenue", 1), ("cost_of_sales", -1), ("expenses", -1), ("other", 1)),
    ),
    _TAX,
    Sum("profit", N_("NET PROFIT"), (("profit_before_tax", 1), ("tax", -1)), grand=True),
)

# Sales to non-members and services to anyone are others' revenue; all else of class 4 comes from members.
_OTHERS = ("4-2002", "4-2003")
# Interest on savings and borrowings; the rest of class 5 is the cost of goods.
_FINANCING = ("5-1",)
_COOPERATIVE_EXPENSES = ("6-3",)

SURPLUS_LINES: tuple[Section | Sum, ...] = (
    Section(
        "revenue_members",
        N_("Revenue from members"),
        N_("Total revenue from members"),
        _REVENUE,
        CREDIT,
        without=_OTHERS,
        always=True,
    ),
    Section(
        "revenue_others",
        N_("Revenue from non-members"),
        N_("Total revenue from non-members"),
        _REVENUE,
        CREDIT,
        prefixes=_OTHERS,
    ),
    Section(
        "cost_of_sales",
        N_("Cost of sales"),
        N_("Total cost of sales"),
        _COST,
        DEBIT,
        without=_FINANCING,
    ),
    Section(
        "financing_cost",
        N_("Cost of savings and borrowings"),
        N_("Total cost of savings and borrowings"),
        _COST,
        DEBIT,
        prefixes=_FINANCING,
    ),
    Sum(
        "net_operating_revenue",
        N_("NET OPERATING REVENUE"),
        (("revenue_members", 1), ("revenue_others", 1), ("cost_of_sales", -1), ("financing_cost", -1)),
    ),
    Section(
        "operating_expenses",
        N_("Operating expenses"),
        N_("Total operating expenses"),
        _EXPENSE,
        DEBIT,
        without=_COOPERATIVE_EXPENSES,
    ),
    Section(
        "cooperative_expenses",
        N_("Expenses of the cooperative"),
        N_("Total expenses of the cooperative"),
        _EXPENSE,
        DEBIT,
        prefixes=_COOPERATIVE_EXPENSES,
    ),
    Section("other_income", N_("Other income"), N_("Total other income"), _OTHER_INCOME, CREDIT),
    Section("other_expenses", N_("Other expenses"), N_("Total other expenses"), _OTHER_EXPENSE, DEBIT),
    Sum(
        "surplus_before_tax",
        N_("SURPLUS BEFORE TAX"),
        (
            ("net_operating_revenue", 1),
            ("operating_expenses", -1),
            ("cooperative_expenses", -1),
            ("other_income", 1),
            ("other_expenses", -1),
        ),
    ),
    _TAX,
    Sum("surplus", N_("SURPLUS"), (("surplus_before_tax", 1), ("tax", -1)), grand=True),
)
_INCOME_TOTALS = ("revenue", "cost_of_sales", "gross_profit", "expenses", "other", "profit_before_tax", "tax")
_SURPLUS_TOTALS = (
    *("revenue_members", "revenue_others", "other_income", "cost_of_sales", "financing_cost"),
    *("operating_expenses", "cooperative_expenses", "other_expenses", "surplus_before_tax", "tax"),
)
UNKNOWN_GROSS_PROFIT = N_("Gross profit can't be computed yet")


def income_statement(request: Request) -> Document:
    """What a business earned and spent in a period, without closing entries."""
    _ = request.translator
    periods = periods_of(request)
    unknown = [
        column for column, period in zip(_COLUMNS, periods, strict=False) if _cost_is_unknown(request, period)
    ]
    rows, notes = _result_rows(request, INCOME_LINES, periods, unknown)
    if unknown:
        notes.append(
            _(
                "Gross profit can't be computed yet: goods were sold whose cost is not known."
                " Record their purchases by item, or count the stock. The profit is shown as booked."
            )
        )
    totals: dict[str, object] = {key: rows.values[key][0] for key in (*_INCOME_TOTALS, "profit")}
    if "amount" in unknown:
        totals["gross_profit"] = None
    return _over_time(request, "income-statement", _(INCOME_STATEMENT), periods, rows, totals, notes)


def _cost_is_unknown(request: Request, period: Period) -> bool:
    """Say whether goods were sold whose cost nothing tells; a sale taken back leaves none of them."""
    return any(
        item.cost is None and (item.quantity or item.sales) for item in sales_by_product(request.book, period)
    )


def surplus_statement(request: Request) -> Document:
    """The surplus (SHU) of a cooperative over a period, members' and others' business apart."""
    periods = periods_of(request)
    rows, notes = _result_rows(request, SURPLUS_LINES, periods, ())
    totals: dict[str, object] = {key: rows.values[key][0] for key in (*_SURPLUS_TOTALS, "surplus")}
    title = request.translator(SURPLUS_STATEMENT)
    return _over_time(request, "surplus-statement", title, periods, rows, totals, notes)


def _result_rows(
    request: Request,
    lines: Sequence[Section | Sum],
    periods: Sequence[Period],
    unknown: Sequence[str],
) -> tuple[StatementRows, list[str]]:
    """The rows of a statement of results. In the columns `unknown` the gross profit is not known."""
    _ = request.translator
    chart = read_chart(request.book)
    kept = kept_years(request, periods)
    figures = [
        _kept_results(request, chart, kept[number])
        if number in kept
        else queries.results(request.book, period)
        for number, period in enumerate(periods)
    ]
    rows = StatementRows(_COLUMNS[: len(periods)])
    shown: set[str] = set()
    for line in lines:
        if isinstance(line, Section):
            if rows.section(line, chart, figures, _):
                shown.add(line.key)
            continue
        hidden = unknown if line.key == "gross_profit" else ()
        if line.only_with and line.only_with not in shown and not hidden:
            rows.values[line.key] = rows.added(line)
            continue
        name = _(UNKNOWN_GROSS_PROFIT) if len(hidden) == len(periods) else _(line.title)
        rows.sum(line, name, unknown=hidden)
    notes = []
    if not rows.values["tax"][0]:
        notes.append(_("No income tax was recorded for this period."))
    return rows, [*notes, *_kept_notes(request, kept)]


def kept_years(request: Request, periods: Sequence[Period]) -> dict[int, int]:
    """Which of the periods compared lie before the ledger begins and have kept balances: their fiscal years.

    Where the ledger begins with the opening at the close of a year, that year's balance sheet is in it, its
    results are not: they are asked by their period, the balance sheet by its day.
    """
    first = first_day(request.book)
    found: dict[int, int] = {}
    for number, period in enumerate(periods):
        if number and (first is None or period.first < first):
            year = request.book.info.fiscal_year(period.last_day).year
            if comparatives(request.book, year):
                found[number] = year
    return found


def _kept_results(request: Request, chart: Chart, year: int) -> dict[int, int]:
    kept = comparatives(request.book, year)
    return {key: amount for key, amount in kept.items() if chart.by_id[key].is_result}


def _kept_balances(request: Request, chart: Chart, year: int) -> dict[int, int]:
    """The balance sheet of a kept year. Where it balances without income and expense it holds their result."""
    kept = comparatives(request.book, year)
    sheet = {key: amount for key, amount in kept.items() if not chart.by_id[key].is_result}
    result = chart.role("current_result").id
    if sum(sheet.values()):
        sheet[result] = sheet.get(result, 0) + sum(kept.values()) - sum(sheet.values())
    return sheet


def _kept_notes(request: Request, kept: Mapping[int, int]) -> list[str]:
    return [
        request.translator(
            "The figures of {year} are those of the whole year from the old books; they are not in the ledger.",
            year=str(year),
        )
        for year in kept.values()
    ]


def _over_time(
    request: Request,
    report: str,
    title: str,
    periods: Sequence[Period],
    rows: StatementRows,
    totals: Mapping[str, object],
    notes: Sequence[str],
) -> Document:
    return request.document(
        report,
        title,
        columns_of(request, period_labels(request, periods)),
        rows.rows,
        totals,
        period=periods[0],
        subtitle=periods_text(request, periods),
        layout=Layout.STATEMENT,
        signed=True,
        notes=notes,
    )


_BALANCE_PARTS = (
    Section("assets", N_("ASSETS"), N_("TOTAL ASSETS"), frozenset({AccountClass.ASSET}), DEBIT),
    Section(
        "liabilities",
        N_("LIABILITIES"),
        N_("TOTAL LIABILITIES"),
        frozenset({AccountClass.LIABILITY}),
        CREDIT,
    ),
    Section("equity", N_("EQUITY"), N_("TOTAL EQUITY"), frozenset({AccountClass.EQUITY}), CREDIT),
)
_BOTH_SIDES = Sum("both", N_("TOTAL LIABILITIES AND EQUITY"), (("liabilities", 1), ("equity", 1)), grand=True)


def balance_sheet(request: Request) -> Document:
    """What the book owns, owes and is worth at the close of a day, the running result within equity."""
    _ = request.translator
    chart = read_chart(request.book)
    days = days_of(request)
    kept = kept_years(request, [Period.through(on, on) for on in days])
    figures = []
    for number, on in enumerate(days):
        if number in kept:
            figures.append(_kept_balances(request, chart, kept[number]))
            continue
        balances = queries.balances(request.book, on)
        # Income and expense not closed yet are part of equity: before the close they stand in their own
        # accounts, after it in the current result, and the line shows the same figure.
        result = chart.role("current_result").id
        running = sum(balances.get(account.id, 0) for account in chart.accounts if account.is_result)
        figures.append({**balances, result: balances.get(result, 0) + running})
    rows = StatementRows(_COLUMNS[: len(days)])
    for part in _BALANCE_PARTS:
        _balance_part(request, rows, chart, figures, part)
    rows.sum(_BOTH_SIDES, _(_BOTH_SIDES.title))
    totals = {key: rows.values[key][0] for key in ("assets", "liabilities", "equity")}
    return request.document(
        "balance-sheet",
        _(BALANCE_SHEET),
        columns_of(request, day_labels(request, days)),
        rows.rows,
        totals,
        subtitle="" if len(days) == 1 else _compared_days(request, days),
        layout=Layout.STATEMENT,
        signed=True,
        notes=[*_unclosed(request), *_kept_notes(request, kept)],
    )


def _balance_part(
    request: Request,
    rows: StatementRows,
    chart: Chart,
    figures: Sequence[Mapping[int, int]],
    part: Section,
) -> None:
    """One class. The heading accounts of the chart name its groups, where there are several."""
    _ = request.translator
    rows.heading(_(part.title))
    lines = rows.lines(part, chart, figures)
    headings = [account for account in chart.accounts if account.heading and account.class_ in part.classes]
    grouped = len(headings) > 1
    first = len(rows.rows)
    for heading in (*headings, None) if grouped else (None,):
        group = [
            line
            for line in lines
            if not grouped or line[0].parent_id == (None if heading is None else heading.id)
        ]
        if not group:
            continue
        if heading is not None:
            rows.heading(_sentence(heading.name), 2)
        begun = len(rows.rows)
        for account, amounts in group:
            rows.item(
                account.name,
                amounts,
                code=account.code,
                level=2 if heading is None else 3,
                opens=_opened(request, account),
            )
        if heading is not None and len(group) > 1:
            rows.total(
                heading.code,
                _("Total {group}", group=_within(heading.name)),
                [(begun, len(rows.rows) - 1, 1)],
                added(amounts for account, amounts in group),
                level=2,
            )
    rows.total(
        part.key,
        _(part.total),
        [(first, len(rows.rows) - 1, 1)] if lines else [],
        rows.summed(lines),
        grand=part.key == "assets",
    )


def _opened(request: Request, account: AccountRow) -> dict[str, str]:
    """What a line of the balance sheet leads to: the ledger, for the current result its own statement."""
    if account.role == "current_result":
        business = request.book.info.kind == "business"
        return {"report": "income-statement" if business else "surplus-statement"}
    return ledger_of(account)


def _sentence(name: str) -> str:
    """The name of a heading account as a heading of the statement: the standard charts write capitals."""
    return name.capitalize() if name.isupper() else name


def _within(name: str) -> str:
    return name.lower() if name.isupper() else name


def _compared_days(request: Request, days: Sequence[date]) -> str:
    _ = request.translator
    last, other = days
    if (last.month, last.day) == (other.month, other.day):
        return _("{on} and {year}", on=last, year=str(other.year))
    return _("{on} and {other}", on=last, other=other)


def _unclosed(request: Request) -> list[str]:
    """Say so when the current result still holds that of earlier years."""
    before = day_before(request.book.info.fiscal_year(request.last_day).first)
    chart = read_chart(request.book)
    balances = queries.balances(request.book, before)
    earlier_result = -sum(balances.get(account.id, 0) for account in chart.accounts if account.is_result)
    if not earlier_result:
        return []
    return [
        request.translator(
            "The current result holds {amount:rp} of earlier years that are not closed yet.",
            amount=earlier_result,
        )
    ]


REPORTS = (
    ReportSpec("income-statement", INCOME_STATEMENT, income_statement, BUSINESS, ("compare",)),
    ReportSpec("surplus-statement", SURPLUS_STATEMENT, surplus_statement, COOPERATIVE, ("compare",)),
    ReportSpec("balance-sheet", BALANCE_SHEET, balance_sheet, parameters=("compare",), as_of=True),
)
