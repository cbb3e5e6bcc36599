"""The cash flow statement, direct method: what moved money, by the accounts that explain it."""

from app.base.i18n import N_
from app.ledger.accounts.chart import Chart, read_chart
from app.ledger.entries import queries
from app.reports.catalog import ReportSpec
from app.reports.document import Document, Layout
from app.reports.frame import Request
from app.reports.sections import (
    Amounts,
    StatementRows,
    Sum,
    added,
    columns_of,
    ledger_of,
    period_labels,
    periods_of,
    periods_text,
)

CASH_FLOW = N_("Cash Flow Statement")

_FLOWS = (
    ("operating", N_("Operating activities"), N_("Net cash from operating activities")),
    ("investing", N_("Investing activities"), N_("Net cash from investing activities")),
    ("financing", N_("Financing activities"), N_("Net cash from financing activities")),
)
_CHANGE = Sum(
    "net_change",
    N_("CHANGE IN CASH"),
    (("operating", 1), ("investing", 1), ("financing", 1)),
)
_CLOSING = Sum("closing", N_("CASH AT THE END"), (("opening", 1), ("net_change", 1)), grand=True)


def cash_flow(request: Request) -> Document:
    """Where cash came from and went to. Balances taken over in the period belong to its opening."""
    _ = request.translator
    chart = read_chart(request.book)
    periods = periods_of(request)
    moves: dict[tuple[int, bool], list[int]] = {}
    openings = []
    for column, period in enumerate(periods):
        for move in queries.cash_moves(request.book, period, chart):
            moves.setdefault((move.account, move.incoming), [0] * len(periods))[column] = move.amount
        openings.append(
            sum(
                queries.opening_and_movement(request.book, account.id, period)[0]
                for account in chart.accounts
                if account.money
            )
        )
    rows = StatementRows(("amount", "comparative")[: len(periods)])
    for flow, title, total in _FLOWS:
        _section(request, rows, chart, moves, (flow, _(title), _(total)))
    rows.sum(_CHANGE, _(_CHANGE.title))
    opening: Amounts = tuple(openings)
    rows.item(_("Cash at the beginning"), opening, level=1)
    rows.remember("opening", opening, len(rows.rows) - 1, len(rows.rows) - 1)
    rows.sum(_CLOSING, _(_CLOSING.title))
    keys = ("operating", "investing", "financing", "net_change", "opening", "closing")
    return request.document(
        "cash-flow",
        _(CASH_FLOW),
        columns_of(request, period_labels(request, periods), code=False),
        rows.rows,
        {key: rows.values[key][0] for key in keys},
        period=periods[0],
        subtitle=periods_text(request, periods),
        layout=Layout.STATEMENT,
        signed=True,
    )


def _section(
    request: Request,
    rows: StatementRows,
    chart: Chart,
    moves: dict[tuple[int, bool], list[int]],
    words: tuple[str, str, str],
) -> None:
    """One kind of activity: first what came in, then what went out, in order of the accounts' codes."""
    _ = request.translator
    flow, title, total = words
    lines = sorted(
        (not incoming, chart.by_id[account].code, account, amounts)
        for (account, incoming), amounts in moves.items()
        if chart.by_id[account].flow == flow
    )
    if not lines:
        rows.values[flow] = (0,) * len(rows.columns)
        return
    rows.heading(title)
    first = len(rows.rows)
    for outgoing, _code, account, amounts in lines:
        row = chart.by_id[account]
        words_of = _("Paid: {account}", account=row.name), _("Received: {account}", account=row.name)
        rows.item(words_of[not outgoing], tuple(amounts), opens=ledger_of(row))
    summed = added(tuple(amounts) for *_rest, amounts in lines)
    rows.total(flow, total, [(first, len(rows.rows) - 1, 1)], summed)


REPORTS = (ReportSpec("cash-flow", CASH_FLOW, cash_flow, parameters=("compare",)),)
