"""The collection sheet: as a list to export and as the paper to fill in by hand."""

from datetime import date

from app.base.i18n import N_, Translator
from app.ledger.collection.queries import collection_rows, groups
from app.ledger.profile.queries import read_officers
from app.reports.document import CellType, Column, Document, Row, RowKind, Term
from app.reports.frame import Request

COLLECTION = N_("Collection sheet")


def group_name(_: Translator, group: str | None) -> str:
    """A group as people call it."""
    if group is None:
        return _("All members")
    return _("Group {name}", name=group) if group else _("Without a group")


def sheet_number(request: Request, on: date, group: str | None) -> str:
    """How the sheet of a group and a month is known again: LP-2611-03 is that of the third group."""
    names = [item.name for item in groups(request.book, on)]
    place = 0 if group is None or group not in names else names.index(group) + 1
    return f"LP-{on.year % 100:02d}{on.month:02d}-{place:02d}"


def collection(request: Request, on: date, group: str | None) -> Document:
    """What each member of the group is asked for on a day."""
    _ = request.translator
    keys = ("mandatory", "instalment", "arrears", "penalty", "total")
    rows = [
        Row(
            RowKind.ITEM,
            {
                "member": item.member,
                "name": item.name,
                "loan": item.loan,
                **{key: getattr(item, key) for key in keys},
            },
        )
        for item in collection_rows(request.book, on, group)
    ]
    totals = {key: sum(_amount(row, key) for row in rows) for key in keys}
    rows.append(
        Row(
            RowKind.TOTAL,
            {"name": _("Total"), **totals},
            adds=(Term(0, len(rows) - 1),) if rows else (),
            adds_columns=keys,
        )
    )
    return request.document(
        "collection-sheet",
        _(COLLECTION),
        (
            Column("member", _("Member")),
            Column("name", _("Name"), weight=3),
            Column("loan", _("Loan")),
            Column("mandatory", _("Mandatory"), CellType.AMOUNT),
            Column("instalment", _("Instalment"), CellType.AMOUNT),
            Column("arrears", _("Arrears"), CellType.AMOUNT),
            Column("penalty", _("Penalty"), CellType.AMOUNT),
            Column("total", _("Total"), CellType.AMOUNT),
        ),
        rows,
        totals,
        subtitle=_.format.date_long(on),
        context=((_("Group"), group_name(_, group)), (_("Number"), sheet_number(request, on, group))),
        landscape=True,
    )


def _amount(row: Row, key: str) -> int:
    value = row.cells[key]
    assert isinstance(value, int)
    return value


def collection_paper(request: Request, on: date, group: str | None, paper: str) -> bytes:
    """The blank sheet as a PDF: what is asked stands in it, what is received is written by hand."""
    from app.reports.forms import PaperHead
    from app.reports.forms.collection_sheet import CollectionLine, CollectionSheet, collection_sheet_pdf

    _ = request.translator
    letterhead = request.letterhead()
    officers = {row.office.casefold(): row.name for row in read_officers(request.book)}
    return collection_sheet_pdf(
        CollectionSheet(
            number=sheet_number(request, on, group),
            group=group_name(_, group),
            on=on,
            officer=request.made_by,
            treasurer=officers.get("bendahara", ""),
            lines=tuple(
                CollectionLine(
                    item.member,
                    item.name,
                    item.mandatory,
                    item.instalment_number,
                    item.instalment,
                    item.arrears + item.penalty,
                )
                for item in collection_rows(request.book, on, group)
            ),
        ),
        PaperHead(
            letterhead=letterhead,
            made_by=request.made_by,
            made_at=request.made_at,
            signed_on=request.made_at.date(),
            place=letterhead.place,
            training=request.book.info.training,
            paper=paper,
        ),
        _,
    )
