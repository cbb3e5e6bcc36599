"""The record of the comparison of opening balances with the old books, to be signed (berita acara)."""

from app.base.i18n import N_
from app.ledger.opening import SECTIONS, opening_day, opening_sections
from app.reports.catalog import ReportSpec
from app.reports.document import CellType, Column, Document, Row, RowKind
from app.reports.frame import Request
from app.reports.opening_check import product_name, where_to_look

OPENING_RECORD = N_("Record of the Comparison of Opening Balances")


def opening_record(request: Request) -> Document:
    """Each balance taken over, part by part, with its details, the difference, and who found it right when."""
    _ = request.translator
    sections = opening_sections(request.book)
    rows: list[Row] = []
    for section in sections:
        rows.append(Row(RowKind.HEADING, {"name": _(SECTIONS[section.key])}))
        for item in section.rows:
            # The one product of an account stands in its line, several stand below it.
            only = item.products[0].name if len(item.products) == 1 else ""
            rows.append(
                Row(
                    RowKind.ITEM,
                    {
                        "code": item.code,
                        "name": f"{item.name} ({only})" if only and only != item.name else item.name,
                        "ledger": item.ledger,
                        "detail": item.detail,
                        "difference": None if item.detail is None else item.difference,
                        "checked_by": item.ticked_by or _("not yet compared"),
                    },
                    opens={"report": "ledger", "account": item.code},
                )
            )
            rows += [
                Row(
                    RowKind.ITEM,
                    {
                        "name": product_name(_, part.name),
                        "detail": part.detail,
                        "checked_by": part.ticked_by or _("not yet compared"),
                    },
                    level=2,
                )
                for part in item.listed
            ]
    balances = [item for section in sections for item in section.rows]
    done, total = (
        sum(section.done for section in sections),
        sum(section.total for section in sections),
    )
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
        _("{done:n} of {total:n} balances were found right.", done=done, total=total),
        _("The details agree with the ledger.")
        if not difference and not any(item.difference for item in balances)
        else _("The ledger and its details differ by {amount:rp}.", amount=difference),
        *(line for item in balances for line in where_to_look(_, request.book, item)),
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
        {"difference": difference, "compared": done, "balances": total},
        signed=True,
        notes=said,
    )


REPORTS = (ReportSpec("opening-record", OPENING_RECORD, opening_record, as_of=True),)
