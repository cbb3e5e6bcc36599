"""The register of members, of the board and of the supervisors (books 01 to 03), and how members changed.

The columns of the three books are those that Indonesian cooperatives keep by the guidelines of the ministry
(Kepmen 96/2004 and the older sixteen books).
"""

from app.base.i18n import N_, Translator
from app.ledger.members import history, queries
from app.ledger.members.nik import LENGTH
from app.ledger.members.settlement import ExitSettlement, exit_settlement
from app.reports.catalog import COOPERATIVE, ReportSpec
from app.reports.document import CellType, Column, Document, Row, RowKind, Term
from app.reports.frame import Request
from app.reports.render import render

MEMBERS = N_("List of Members")
REGISTER = N_("Book 01: Register of Members")
BOARD = N_("Book 02: Register of the Board")
SUPERVISORS = N_("Book 03: Register of the Supervisors")
CHANGES = N_("Changes in Membership")
SETTLEMENT = N_("Settlement of a Member Who Leaves")

_REASONS = {
    "": "",
    "resignation": N_("Resignation"),
    "death": N_("Death"),
    "dismissal": N_("Dismissal"),
}
_KINDS = {"male": N_("Men"), "female": N_("Women"), "other": N_("Organisations and not stated")}

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


def register(request: Request) -> Document:
    """Book 01 with all its columns: a row for each membership, so that one who came back stands twice."""
    _ = request.translator
    rows = []
    for place, item in enumerate(history.memberships(request.book, request.last_day), start=1):
        born = ", ".join(
            filter(
                None,
                (item.birth_place, _.format.date_medium(item.birth_date) if item.birth_date else ""),
            )
        )
        reason = _(_REASONS[item.reason]) if item.reason else ""
        rows.append(
            Row(
                RowKind.ITEM,
                {
                    "line": place,
                    "number": item.number,
                    "name": item.name,
                    "nik": _spaced(item.nik),
                    "born": born,
                    "sex": _("M") if item.sex == "male" else _("F") if item.sex == "female" else "",
                    "occupation": ", ".join(filter(None, (item.occupation, item.category))),
                    "address": item.address,
                    "phone": _in_fours(item.phone),
                    "since": item.since,
                    "signature": "",
                    "requested": item.requested,
                    "left": item.left,
                    "reason": ": ".join(filter(None, (reason, item.note))),
                    "chair": "",
                },
                opens={"report": "member-statement", "member": item.number},
            )
        )
    return request.document(
        "members",
        _(REGISTER),
        (
            Column("line", _.context("row", "No."), CellType.INTEGER),
            Column("number", _("Member no.")),
            Column("name", _("Name"), weight=3),
            Column("nik", _("NIK")),
            Column("born", _("Place and date of birth"), weight=2),
            Column("sex", _("M/F")),
            Column("occupation", _("Occupation"), weight=2),
            Column("address", _("Address"), weight=3),
            Column("phone", _("Telephone"), weight=2),
            Column("since", _("Joined"), CellType.DATE),
            Column("signature", _("Signature"), weight=1),
            Column("requested", _("Asked to leave"), CellType.DATE),
            Column("left", _("Left on"), CellType.DATE),
            Column("reason", _("Reason"), weight=2),
            Column("chair", _("Chair"), weight=1),
        ),
        rows,
        {"count": len(rows)},
        landscape=True,
        signed=True,
    )


def _spaced(nik: str) -> str:
    """A NIK in its parts (region, day of birth, serial), so that a narrow column breaks it between them."""
    return f"{nik[:6]} {nik[6:12]} {nik[12:]}" if len(nik) == LENGTH else nik


def _in_fours(phone: str) -> str:
    """A telephone number in groups of four, so that a narrow column breaks it between them."""
    return (
        " ".join(phone[start : start + 4] for start in range(0, len(phone), 4)) if phone.isdigit() else phone
    )


def _register_paper(request: Request, paper: str) -> bytes:
    made = render(register(request), "pdf", request.translator, paper=paper)
    return made.encode() if isinstance(made, str) else made


def board(request: Request) -> Document:
    """Book 02: who held which office of the board, from when to when."""
    return _officers(request, "board", BOARD)


def supervisors(request: Request) -> Document:
    """Book 03: the same of the supervisors."""
    return _officers(request, "supervisors", SUPERVISORS)


def _officers(request: Request, body: str, title: str) -> Document:
    _ = request.translator
    found = history.terms(request.book, body, request.last_day)
    rows = [
        Row(
            RowKind.ITEM,
            {
                "line": place,
                "name": item.name,
                "member": item.member,
                "office": item.office,
                "started": item.started,
                "until": item.until,
                "ended": item.ended,
                "reason": item.reason,
                "signature": "",
            },
        )
        for place, item in enumerate(found, start=1)
    ]
    return request.document(
        body,
        _(title),
        (
            Column("line", _.context("row", "No."), CellType.INTEGER),
            Column("name", _("Name"), weight=3),
            Column("member", _("Member no.")),
            Column("office", _("Office"), weight=2),
            Column("started", _("Appointed on"), CellType.DATE),
            Column("until", _("Term ends on"), CellType.DATE),
            Column("ended", _("Left office on"), CellType.DATE),
            Column("reason", _("Reason"), weight=2),
            Column("signature", _("Signature of the chair"), weight=2),
        ),
        rows,
        {"count": len(rows), "in_office": sum(item.ended is None for item in found)},
        landscape=True,
        signed=True,
    )


def member_changes(request: Request) -> Document:
    """Full members at the begin and the end of the period, who joined and who left, by sex."""
    _ = request.translator
    found = history.member_changes(request.book, request.period)
    rows = [
        Row(
            RowKind.ITEM,
            {
                "kind": kind,
                "opening": change.opening,
                "joined": change.joined,
                "left": change.left,
                "closing": change.closing,
            },
        )
        for kind, change in found.items()
        if kind != "other" or any(change)
    ]
    totals = {
        key: sum(getattr(change, key) for change in found.values())
        for key in ("opening", "joined", "left", "closing")
    }
    rows.append(Row(RowKind.TOTAL, {"kind": "total", **totals}, adds=(Term(0, len(rows) - 1),)))
    words = {**{key: _(word) for key, word in _KINDS.items()}, "total": _("Total")}
    return request.document(
        "member-changes",
        _(CHANGES),
        (
            Column("kind", _("Members"), weight=3, words=words),
            Column("opening", _("At the beginning"), CellType.INTEGER),
            Column("joined", _("Joined"), CellType.INTEGER),
            Column("left", _("Left"), CellType.INTEGER),
            Column("closing", _("At the end"), CellType.INTEGER),
        ),
        rows,
        {**totals, "count": totals["closing"]},
        period=request.period,
        signed=True,
        notes=[_("Full members only: who is still prospective is not counted.")],
    )


def settlement(request: Request) -> Document:
    """Savings less debts of one who leaves, what of the rest was paid, and the heirs after a death.

    Of someone who is still a member it is what leaving on the day would come to.
    """
    _ = request.translator
    who = queries.member(request.book, request.needed("member"), request.last_day)
    found = exit_settlement(request.book, who.party, request.last_day)
    rows = _settlement_rows(_, found)
    totals: dict[str, object] = {
        "savings": found.saved,
        "debts": found.owed,
        "rest": found.rest,
        "short": found.short,
        "paid": found.paid,
    }
    context = [(_("Member no."), who.number), (_("Name"), who.name)]
    if found.left is not None:
        context.append((_("Left on"), _.format.date_long(found.left)))
        context.append((_("Reason"), _(_REASONS[found.reason]) if found.reason else ""))
    notes = [] if found.left is not None else [_("A preview: the exit is not recorded.")]
    return request.document(
        "exit-settlement",
        _(SETTLEMENT),
        (Column("name", _("Description"), weight=3), Column("amount", _("Amount"), CellType.AMOUNT)),
        rows,
        totals,
        signed=True,
        notes=notes,
        context=context,
    )


def _settlement_rows(_: Translator, found: ExitSettlement) -> list[Row]:
    rows = [Row(RowKind.HEADING, {"name": _("Savings")})]
    rows += [
        Row(RowKind.ITEM, {"name": f"{item.name} {item.number}".strip(), "amount": item.amount}, 2)
        for item in found.savings
    ]
    rows.append(_summed(_("All savings"), found.saved, len(rows) - len(found.savings), len(rows) - 1))
    first = len(rows)
    for loan in found.loans:
        rows.append(Row(RowKind.HEADING, {"name": _("Loan {number}", number=loan.number)}))
        rows += [
            Row(RowKind.ITEM, {"name": words, "amount": amount}, 2)
            for words, amount in (
                (_("Principal"), loan.principal),
                (_("Interest"), loan.interest),
                (_("Penalty"), loan.penalty),
                (_("Paid ahead, kept aside"), -loan.held),
            )
            if amount
        ]
    if found.loans:
        rows.append(_summed(_("All debts"), found.owed, first, len(rows) - 1))
    if found.short:
        rows.append(Row(RowKind.TOTAL, {"name": _("Still owed by the member"), "amount": found.short}))
    else:
        rows.append(Row(RowKind.TOTAL, {"name": _("Owed to the member"), "amount": found.rest}))
    if found.paid:
        rows.append(Row(RowKind.SUBTOTAL, {"name": _("Paid out so far"), "amount": found.paid}))
        rows.append(
            Row(RowKind.TOTAL, {"name": _("Still to be paid out"), "amount": found.rest - found.paid})
        )
    return [*rows, *_heir_rows(_, found)]


def _heir_rows(_: Translator, found: ExitSettlement) -> list[Row]:
    """Heirs with what the share of each comes to, rounded down; the last takes what is left of it."""
    if not found.heirs or found.reason not in ("", "death"):
        return []
    rows = [Row(RowKind.HEADING, {"name": _("Heirs")})]
    left = found.rest
    for place, heir in enumerate(found.heirs, start=1):
        name = ", ".join(filter(None, (heir.name, heir.relation)))
        if heir.share is None:
            rows.append(Row(RowKind.NOTE, {"name": name}, 2))
            continue
        part = left if place == len(found.heirs) else int(found.rest * heir.share / 100)
        left -= part
        name = _("{name} ({share})", name=name, share=_.format.rate(heir.share))
        rows.append(Row(RowKind.ITEM, {"name": name, "amount": part}, 2))
    return rows


def _summed(name: str, amount: int, first: int, last: int) -> Row:
    adds = (Term(first, last),) if last >= first else ()
    return Row(RowKind.SUBTOTAL, {"name": name, "amount": amount}, adds=adds)


REPORTS = (
    ReportSpec("members", MEMBERS, members, kinds=COOPERATIVE, as_of=True, paper=_register_paper),
    ReportSpec("board", BOARD, board, kinds=COOPERATIVE, as_of=True),
    ReportSpec("supervisors", SUPERVISORS, supervisors, kinds=COOPERATIVE, as_of=True),
    ReportSpec("member-changes", CHANGES, member_changes, kinds=COOPERATIVE),
    ReportSpec(
        "exit-settlement",
        SETTLEMENT,
        settlement,
        kinds=COOPERATIVE,
        parameters=("member",),
        needs=("member",),
        as_of=True,
    ),
)
