"""The register of members (Daftar Anggota)."""

from app.base.i18n import N_
from app.ledger.members import queries
from app.reports.catalog import COOPERATIVE, ReportSpec
from app.reports.document import CellType, Column, Document, Row, RowKind
from app.reports.frame import Request

MEMBERS = N_("List of Members")

_STATUSES = {
    "prospective": N_("Prospective"),
    "active": N_("Active"),
    "leaving": N_("Leaving"),
    "left": N_("Left"),
    "deceased": N_("Deceased"),
}


def members(request: Request) -> Document:
    """All who had joined by the day; those who left since stay listed with the day and their status.

    The status is a stable key with a word for people; the counts stand under the list.
    """
    _ = request.translator
    found = queries.members(request.book, request.last_day)
    rows = [
        Row(
            RowKind.ITEM,
            {
                "number": item.number,
                "name": item.name,
                "joined": item.joined,
                "left": item.left,
                "status": item.status,
            },
            opens={"report": "member-statement", "member": item.number},
        )
        for item in found
    ]
    counts = {key: sum(item.status == key for item in found) for key in _STATUSES}
    totals = {"count": len(found)}
    rows.append(Row(RowKind.TOTAL, {"name": _("Members listed: {count:n}", count=len(found))}))
    notes = [f"{_(word)}: {counts[key]}" for key, word in _STATUSES.items() if counts[key]]
    return request.document(
        "members",
        _(MEMBERS),
        (
            Column("number", _("Number")),
            Column("name", _("Name"), weight=3),
            Column("joined", _("Joined"), CellType.DATE),
            Column("left", _("Left on"), CellType.DATE),
            Column("status", _("Status"), words={key: _(word) for key, word in _STATUSES.items()}),
        ),
        rows,
        totals,
        notes=notes,
    )


REPORTS = (ReportSpec("members", MEMBERS, members, kinds=COOPERATIVE, as_of=True),)
