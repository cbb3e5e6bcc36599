"""Whether the balances taken over agree with their details, and what of them is still unexplained."""

from app.base.i18n import N_, Translator
from app.ledger.accounts.chart import read_chart
from app.ledger.entries import queries
from app.ledger.opening import (
    OpeningRow,
    opening_balances,
    opening_details,
    opening_faults,
    opening_parts,
    opening_rows,
)
from app.ledger.reader import Reader
from app.reports.catalog import ReportSpec
from app.reports.document import CellType, Column, Document, Row, RowKind, Term
from app.reports.frame import Request

OPENING_CHECK = N_("Opening Balance Check")
NO_PRODUCT = N_("Loans of no product")
# Where each detail of a control account is taken over, by the slice that controls it.
PLACES = {
    "debts": N_("Credit notes and debts are taken over at each customer and supplier."),
    "products": N_("Stock is taken over at each product."),
    "savings": N_(
        "Members' savings are taken over with the workbook: sheet Saldo Simpanan, certificates with Simpanan Berjangka."
    ),
    "loans": N_("Running loans are taken over with the workbook, sheet Pinjaman."),
}
# So many records are named; a difference in more of them has one cause, which the first ones show.
_NAMED = 3


def where_to_look(_: Translator, reader: Reader, row: OpeningRow) -> list[str]:
    """What a difference of an account means and which records it arose in; empty where there is none."""
    if not row.difference:
        return []
    words = {"amount": abs(row.difference), "code": row.code, "name": row.name}
    lines = [
        _("The ledger has {amount:rp} more on {code} {name} than the details add up to.", **words)
        if row.difference > 0
        else _("The details of {code} {name} add up to {amount:rp} more than the ledger has.", **words)
    ]
    faults = opening_faults(reader, row)
    if faults:
        named = [
            _("{number} of {on:medium} by {amount:rp}", number=item.number, on=item.on, amount=item.amount)
            for item in faults[:_NAMED]
        ]
        lines.append(_("It arose in {records}.", records="; ".join(named)))
        if len(faults) > _NAMED:
            lines.append(_("{n:n} more records differ.", n=len(faults) - _NAMED))
    else:
        lines.append(_("No single record is to blame: look at the details, one by one."))
    return lines


def product_name(_: Translator, name: str) -> str:
    """The name of a savings or loan product; loans that follow none have a name too."""
    return name or _(NO_PRODUCT)


def opening_check(request: Request) -> Document:
    """Each control account that was opened: the ledger's amount, its details' sum, the difference."""
    _ = request.translator
    chart = read_chart(request.book)
    ledger = opening_balances(request.book, request.last_day)
    details = opening_details(request.book, request.last_day, chart)
    parts = opening_parts(request.book, request.last_day, chart)
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
        products = parts.get(account.id, [])
        if len(products) > 1:
            rows += [
                Row(
                    RowKind.ITEM,
                    {"name": product_name(_, part.name), "detail": account.normal * part.amount},
                    level=2,
                )
                for part in products
            ]
    difference = sum(int(str(row.cells.get("difference") or 0)) for row in rows)
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
    if difference or any(row.cells.get("difference") for row in rows):
        rows += [
            Row(RowKind.NOTE, {"name": line})
            for row in opening_rows(request.book)
            for line in where_to_look(_, request.book, row)
        ]
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
