"""Trial balance, journal, ledger and cash book: the books themselves."""

from collections.abc import Mapping, Sequence
from datetime import date

from app.base.errors import UserError
from app.base.i18n import N_
from app.ledger.accounts.chart import AccountRow, read_chart
from app.ledger.entries import queries
from app.reports.catalog import ReportSpec
from app.reports.charts import balance_chart
from app.reports.document import CellType, Column, Document, Row, RowKind, Term
from app.reports.frame import Request


def trial_balance(request: Request) -> Document:
    """Closing balances of all accounts, debit and credit, as posted; or before the year's closing entries."""
    _ = request.translator
    rows = [
        Row(
            RowKind.ITEM,
            {
                "code": balance.account.code,
                "name": balance.account.name,
                "debit": max(balance.amount, 0),
                "credit": max(-balance.amount, 0),
            },
            opens={"report": "ledger", "account": balance.account.code},
        )
        for balance in queries.trial_balance(
            request.book, request.last_day, before_closing=request.parameters.before_closing
        )
    ]
    totals = {key: _sum(rows, key) for key in ("debit", "credit")}
    adds = (Term(0, len(rows) - 1),) if rows else ()
    rows.append(Row(RowKind.TOTAL, {"name": _("Total"), **totals}, adds=adds))
    notes = (_("Before closing entries"),) if request.parameters.before_closing else ()
    return request.document(
        "trial-balance",
        _(TRIAL_BALANCE),
        (
            Column("code", _("Code")),
            Column("name", _("Account"), weight=3),
            Column("debit", _("Debit"), CellType.AMOUNT),
            Column("credit", _("Credit"), CellType.AMOUNT),
        ),
        rows,
        totals,
        notes=notes,
    )


def journal(request: Request) -> Document:
    """Every posting of a period as posted, in the order of the journal."""
    _ = request.translator
    period = request.period
    rows = [
        Row(
            RowKind.ITEM,
            {
                "date": line.date,
                "number": line.number,
                "memo": line.memo,
                "code": line.code,
                "name": line.name,
                "debit": max(line.amount, 0),
                "credit": max(-line.amount, 0),
            },
            opens={"report": "ledger", "account": line.code},
        )
        for line in queries.journal(request.book, period)
    ]
    totals = {key: _sum(rows, key) for key in ("debit", "credit")}
    rows.append(_total_row(len(rows), _("Total"), totals))
    return request.document(
        "journal",
        _(JOURNAL),
        (*_document_columns(request), *_account_columns(request), *_side_columns(request)),
        rows,
        totals,
        period=period,
        landscape=True,
    )


def ledger(request: Request) -> Document:
    """One account's register. The balance is positive in the account's normal direction.

    Balances taken over in the period are part of its opening balance.
    """
    _ = request.translator
    period = request.period
    account = _account(request, request.needed("account"))
    opening, lines = queries.register(request.book, account.id, period, with_opening=False)
    normal = account.normal
    rows = [_opening_row(request, "balance", normal * opening)]
    rows += [
        Row(
            RowKind.ITEM,
            {
                "date": line.date,
                "number": line.number,
                "memo": line.memo,
                "code": account.code,
                "name": account.name,
                "debit": max(line.amount, 0),
                "credit": max(-line.amount, 0),
                "balance": normal * line.balance,
            },
            opens=_day_in_journal(line.date),
        )
        for line in lines
    ]
    sums = {key: _sum(rows[1:], key) for key in ("debit", "credit")}
    closing = normal * (lines[-1].balance if lines else opening)
    rows.append(_total_row(len(rows), _("Closing balance"), {**sums, "balance": closing}, first=1))
    return request.document(
        "ledger",
        _(LEDGER),
        (
            *_document_columns(request),
            *_account_columns(request),
            *_side_columns(request),
            Column("balance", _("Balance"), CellType.AMOUNT),
        ),
        rows,
        {**sums, "opening": normal * opening, "closing": closing},
        period=period,
        landscape=True,
        context=((_("Account"), f"{account.code} {account.name}"),),
    )


def cash_book(request: Request) -> Document:
    """Money in and out: of all cash and bank accounts as one, or of one of them.

    Moving money between them shows only in the book of one. Balances taken over are part of the opening.
    """
    _ = request.translator
    period = request.period
    chart = read_chart(request.book)
    asked = request.parameters.account
    context = []
    name = _("Cash and bank")
    if asked:
        account = chart.money_account(asked)
        opening, lines = queries.register(request.book, account.id, period, with_opening=False)
        context = [(_("Account"), f"{account.code} {account.name}")]
        name = account.name
    else:
        opening, lines = queries.cash_register(request.book, period, chart)
    rows = [_opening_row(request, "balance", opening)]
    rows += [
        Row(
            RowKind.ITEM,
            {
                "date": line.date,
                "number": line.number,
                "memo": line.memo,
                "party": line.party,
                "in": max(line.amount, 0),
                "out": max(-line.amount, 0),
                "balance": line.balance,
            },
            opens=_day_in_journal(line.date),
        )
        for line in lines
    ]
    sums = {key: _sum(rows[1:], key) for key in ("in", "out")}
    closing = lines[-1].balance if lines else opening
    rows.append(_total_row(len(rows), _("Closing balance"), {**sums, "balance": closing}, first=1))
    return request.document(
        "cash-book",
        _(CASH_BOOK),
        (
            *_document_columns(request),
            Column("party", _("Party"), weight=2),
            Column("in", _("In"), CellType.AMOUNT),
            Column("out", _("Out"), CellType.AMOUNT),
            Column("balance", _("Balance"), CellType.AMOUNT),
        ),
        rows,
        {"opening": opening, **sums, "closing": closing},
        period=period,
        context=context,
        charts=(balance_chart(request, name, opening, ((line.date, line.balance) for line in lines)),),
    )


def _account(request: Request, text: str) -> AccountRow:
    """The account meant by a code or a name; a heading has no ledger."""
    chart = read_chart(request.book)
    account = chart.find(text) or chart.code(text)
    if account.heading:
        raise UserError(
            "{code} {name} is a heading and has no postings of its own.",
            advice="Choose an account below it.",
            code=account.code,
            name=account.name,
            field="account",
        )
    return account


def _day_in_journal(on: date) -> Mapping[str, str]:
    """The journal of the day, which shows the other side."""
    return {"report": "journal", "from": on.isoformat(), "to": on.isoformat()}


def _opening_row(request: Request, key: str, amount: int) -> Row:
    """The balance a register begins with. A subtotal: of what came before."""
    return Row(RowKind.SUBTOTAL, {"memo": request.translator("Opening balance"), key: amount})


def _sum(rows: Sequence[Row], key: str) -> int:
    """The sum of a column's amounts."""
    return sum(amount for row in rows if isinstance(amount := row.cells[key], int))


def _total_row(end: int, label: str, amounts: Mapping[str, int], *, first: int = 0) -> Row:
    """The closing row of a list whose items stand in the rows from `first` up to `end`."""
    return Row(
        RowKind.TOTAL,
        {"memo": label, **amounts},
        adds=(Term(first, end - 1),) if end > first else (),
        adds_columns=tuple(key for key in amounts if key != "balance"),
    )


def _document_columns(request: Request) -> tuple[Column, ...]:
    _ = request.translator
    return (
        Column("date", _("Date"), CellType.DATE),
        Column("number", _("Number")),
        Column("memo", _("Description"), weight=3),
    )


def _account_columns(request: Request) -> tuple[Column, ...]:
    _ = request.translator
    return (Column("code", _("Code")), Column("name", _("Account"), weight=2))


def _side_columns(request: Request) -> tuple[Column, ...]:
    _ = request.translator
    return (
        Column("debit", _("Debit"), CellType.AMOUNT),
        Column("credit", _("Credit"), CellType.AMOUNT),
    )


TRIAL_BALANCE = N_("Trial Balance")
JOURNAL = N_("General Journal")
LEDGER = N_("General Ledger")
CASH_BOOK = N_("Cash Book")

REPORTS = (
    ReportSpec("trial-balance", TRIAL_BALANCE, trial_balance, parameters=("before_closing",), as_of=True),
    ReportSpec("journal", JOURNAL, journal),
    ReportSpec("ledger", LEDGER, ledger, parameters=("account",), needs=("account",)),
    ReportSpec("cash-book", CASH_BOOK, cash_book, parameters=("account",)),
)
