"""The record of the comparison of opening balances with the old books, to be signed (berita acara)."""

from app.base.i18n import N_
from app.ledger.opening import SECTIONS, opening_day, opening_sections
from app.reports.catalog import ReportSpec
from app.reports.document import CellType, Column, Document, Row, RowKind
from app.reports.frame import Request

OPENING_RECORD = N_("Record of the Comparison of Opening Balances")


def opening_record(request: Request) -> Document:
    """Each balance taken over, part by part, with its details, the difference, and who found it right when."""
    _ = request.translator
    sections = opening_sections(request.book)
    rows: list[Row] = []
    for section in sections:
        rows.append(Row(RowKind.HEADING, {"name": _(SECTIONS[section.key])}))
        rows += [
            Row(
                RowKind.ITEM,
                {
                    "code": item.code,
                    "name": item.name,
                    "ledger": item.ledger,
                    "detail": item.detail,
                    "difference": None if item.detail is None else item.difference,
                    "checked_by": item.ticked_by or _("not yet compared"),
                },
                opens={"report": "ledger", "account": item.code},
            )
            for item in section.rows
        ]
    balances = [item for section in sections for item in section.rows]
    done = sum(bool(item.ticked_by) for item in balances)
    difference = sum(item.difference for item in balances)
    rest = balances[-1]
    on = opening_day(request.book)
    said = [
        _(
            "On {today:long} we held the balances taken over into this book as at {on:long} beside the old books.",
            today=request.made_at.date(),
            on=on,
        )
        if on is not None
        else _("No balances were taken over: the book begins with nothing."),
        _("{done:n} of {total:n} balances were found right.", done=done, total=len(balances)),
        _("The details agree with the ledger.")
        if not difference and not any(item.difference for item in balances)
        else _("The ledger and its details differ by {amount:rp}.", amount=difference),
        _(
            "{amount:rp} are left unexplained on {code} {name}.",
            amount=rest.ledger,
            code=rest.code,
            name=rest.name,
        )
        if rest.ledger
        else _("Nothing is left on {code} {name}.", code=rest.code, name=rest.name),
        _("This record was made as it is, to be used where it is needed."),
    ]
    return request.document(
        "opening-record",
        _(OPENING_RECORD),
        (
            Column("code", _("Code")),
            Column("name", _("Account"), weight=3),
            Column("ledger", _("Ledger"), CellType.AMOUNT),
            Column("detail", _("Details"), CellType.AMOUNT),
            Column("difference", _("Difference"), CellType.AMOUNT),
            Column("checked_by", _("Found right by")),
        ),
        rows,
        {"difference": difference, "compared": done, "balances": len(balances)},
        signed=True,
        notes=said,
    )


REPORTS = (ReportSpec("opening-record", OPENING_RECORD, opening_record, as_of=True),)
