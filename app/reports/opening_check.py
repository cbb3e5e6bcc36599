"""Whether the balances taken over agree with their details, and what of them is still unexplained."""

from app.base.i18n import N_
from app.ledger.accounts.chart import read_chart
from app.ledger.entries import queries
from app.ledger.opening import opening_balances, opening_details
from app.reports.catalog import ReportSpec
from app.reports.document import CellType, Column, Document, Row, RowKind, Term
from app.reports.frame import Request

OPENING_CHECK = N_("Opening Balance Check")


def opening_check(request: Request) -> Document:
    """Each control account that was opened: the ledger's amount, its details' sum, the difference."""
    _ = request.translator
    chart = read_chart(request.book)
    ledger = opening_balances(request.book, request.last_day)
    details = opening_details(request.book, request.last_day, chart)
    rows = []
    for account in chart.accounts:
        if not account.control or not (account.id in ledger or account.id in details):
            continue
        booked = account.normal * ledger.get(account.id, 0)
        detail = account.normal * details.get(account.id, 0)
        rows.append(
            Row(
                RowKind.ITEM,
                {
                    "code": account.code,
                    "name": account.name,
                    "ledger": booked,
                    "detail": detail,
                    "difference": booked - detail,
                },
                opens={"report": "ledger", "account": account.code},
            )
        )
    difference = sum(int(str(row.cells["difference"])) for row in rows)
    adds = (Term(0, len(rows) - 1),) if rows else ()
    rows.append(Row(RowKind.TOTAL, {"name": _("Total"), "difference": difference}, adds=adds))
    opening = chart.role("opening")
    rest = -queries.balance_of(request.book, opening.id, request.last_day)
    words = {"code": opening.code, "name": opening.name}
    said = (
        _("{amount:rp} are left on {code} {name}.", amount=rest, **words)
        if rest
        else _("Nothing is left on {code} {name}.", **words)
    )
    rows.append(Row(RowKind.NOTE, {"name": said}, opens={"report": "ledger", "account": opening.code}))
    return request.document(
        "opening-check",
        _(OPENING_CHECK),
        (
            Column("code", _("Code")),
            Column("name", _("Account"), weight=3),
            Column("ledger", _("Ledger"), CellType.AMOUNT),
            Column("detail", _("Details"), CellType.AMOUNT),
            Column("difference", _("Difference"), CellType.AMOUNT),
        ),
        rows,
        {"difference": difference},
    )


REPORTS = (ReportSpec("opening-check", OPENING_CHECK, opening_check, as_of=True),)
