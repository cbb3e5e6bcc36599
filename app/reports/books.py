"""Trial balance, journal, ledger and cash book: the books themselves."""

from app.base.i18n import N_
from app.ledger.entries import queries
from app.reports.catalog import ReportSpec
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
    totals = {key: sum(int(str(row.cells[key])) for row in rows) for key in ("debit", "credit")}
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


TRIAL_BALANCE = N_("Trial Balance")

REPORTS = (
    ReportSpec("trial-balance", TRIAL_BALANCE, trial_balance, parameters=("before_closing",), as_of=True),
)
