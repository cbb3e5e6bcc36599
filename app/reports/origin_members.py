"""What the figures of the reports on members are made of: interest, unpaid months, people, a certificate."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from app.base.dates import Period
from app.ledger.members import history
from app.ledger.members.queries import mandatory_standings, member
from app.ledger.members.settlement import ExitSettlement, exit_settlement
from app.ledger.reader import day_before
from app.ledger.savings import queries
from app.reports.document import RowKind
from app.reports.origin import Figure, Number, Origin, OriginLine, as_lines, titled


def _interest(figure: Figure) -> Origin | None:
    """The payments of interest to a member."""
    request, period = figure.request, figure.period
    lines: list[tuple[str, str, Number, int | None]] = []
    for item in queries.withheld(request.book, period):
        if item.member == figure.cell("member"):
            amount = {"gross": item.gross, "tax": item.tax, "net": item.gross - item.tax}[figure.key]
            lines.append((item.number, request.translator.format.day_month(item.on), amount, item.entry))
    return _of(figure, as_lines([line for line in lines if line[2]]))


def _unpaid(figure: Figure) -> Origin | None:
    """The months that a member has not paid, less what the first of them holds already."""
    request, last = figure.request, figure.document.last_day
    _ = request.translator
    party = member(request.book, str(figure.cell("member")), last).party
    standing = mandatory_standings(request.book, last, party).get(party)
    if standing is None or standing.covered is None:
        return None
    lines = []
    for number in range(1, standing.arrears_months + 1):
        month = standing.covered.plus(number)
        amount = 1 if figure.key == "months" else standing.tariff.of(month)
        lines.append(OriginLine(_.format.month(month), "", amount))
    if standing.part_paid and figure.key == "amount":
        lines.append(OriginLine(_("Paid of it already"), "", -standing.part_paid))
    return _of(figure, tuple(lines))


def _people(figure: Figure) -> Origin | None:
    """Who is counted: members at the beginning or the end, who joined, who left."""
    request, period = figure.request, figure.period
    on = {"opening": day_before(period.first)}.get(figure.key, period.last_day)
    lines = []
    for item in history.memberships(request.book, on):
        since = item.since
        kind = item.sex if item.sex and not item.body else "other"
        if item.status != "active" or kind != figure.cell("kind"):
            continue
        here = item.left is None and (since is None or since <= on)
        counted = {
            "joined": since is not None and period.first <= since <= period.last_day,
            "left": item.left is not None and period.first <= item.left,
        }.get(figure.key, here)
        if counted:
            lines.append(
                OriginLine(
                    item.name, item.number, 1, opens={"report": "member-statement", "member": item.number}
                )
            )
    return _of(figure, tuple(lines))


def _settled(figure: Figure) -> Origin | None:
    """Of savings their balance, of debts the loan; of the rest savings less debts, of an heir's part the share."""
    request = figure.request
    _ = request.translator
    who = member(request.book, request.needed("member"), request.last_day)
    found = exit_settlement(request.book, who.party, request.last_day)
    if figure.row.kind is RowKind.TOTAL:
        debts = OriginLine(_("All debts"), "", -found.owed)
        lines = [OriginLine(_("All savings"), "", found.saved), *([debts] if found.owed else [])]
        if figure.value == found.short:
            lines = [replace(line, amount=-(line.amount or 0)) for line in lines]
        elif figure.value != found.rest:
            lines.append(OriginLine(_("Paid out so far"), "", -found.paid))
        return _of(figure, tuple(lines))
    place = sum(row.kind is RowKind.ITEM for row in figure.document.rows[: figure.index])
    if place < len(found.savings):
        opens = {"report": "member-statement", "member": who.number}
        return _of(figure, (OriginLine(figure.name, found.savings[place].number, figure.value, opens=opens),))
    parts = list(_loan_parts(found))
    if place - len(found.savings) < len(parts):
        number = parts[place - len(found.savings)]
        opens = {"report": "loan-schedule", "loan": number}
        return _of(figure, (OriginLine(figure.name, number, figure.value, opens=opens),))
    return _of(figure, (OriginLine(_("Owed to the member"), figure.name, figure.value),))


def _loan_parts(found: ExitSettlement) -> Iterator[str]:
    """The number of the loan for each line of a debt, in the order of the paper."""
    for loan in found.loans:
        for amount in (loan.principal, loan.interest, loan.penalty, loan.held):
            if amount:
                yield loan.number


def _held(figure: Figure) -> Origin | None:
    """What a certificate holds, by what was put in and taken out of it."""
    if figure.key != "amount":
        return None
    request, last = figure.request, figure.document.last_day
    _ = request.translator
    party = member(request.book, str(figure.cell("member")), last).party
    whole = Period.through(request.period.first, last)
    lines: list[OriginLine] = []
    for section in queries.sections(request.book, whole, party).get(party, []):
        if section.number != figure.cell("certificate"):
            continue
        if section.opening:
            words = _("Balance at the close of {on:medium}", on=day_before(whole.first))
            lines.append(OriginLine(words, section.number, section.opening))
        lines += as_lines(
            [
                (move.memo, f"{_.format.day_month(move.on)}, {move.number}", move.amount, move.entry)
                for move in section.movements
            ]
        )
    return _of(figure, tuple(lines))


def _confirmed(figure: Figure) -> Origin | None:
    """All savings by account, all loans by loan."""
    from app.ledger.loans.queries import loan_list

    request, last = figure.request, figure.document.last_day
    number = str(figure.cell("member"))
    party = member(request.book, number, last).party
    if figure.key == "savings":
        found = queries.sections(request.book, Period.through(last, last), party).get(party, [])
        return _of(
            figure, as_lines([(item.name, item.number, item.closing, None) for item in found if item.closing])
        )
    if figure.key == "loans":
        lines = tuple(
            OriginLine(item.loan, "", item.outstanding, opens={"report": "loan-schedule", "loan": item.loan})
            for item in loan_list(request.book, last)
            if item.member == number and item.outstanding
        )
        return _of(figure, lines)
    return None


def _part(figure: Figure) -> Origin | None:
    """The interest of a certificate from day to day comes from its terms: principal, rate, days."""
    request = figure.request
    _ = request.translator
    words = ", ".join(text for _name, text in figure.document.context)
    return _of(figure, (OriginLine(_("By the terms of the certificate"), words, figure.value),))


def _asked(figure: Figure) -> Origin | None:
    """What was asked for or approved is said by the application itself."""
    _ = figure.request.translator
    words = _("By the application")
    return _of(figure, (OriginLine(words, str(figure.cell("application")), figure.value),))


def _of(figure: Figure, lines: tuple[OriginLine, ...]) -> Origin:
    return Origin(titled(figure), figure.value, figure.column, lines, opens=figure.row.opens)


BY_MEMBER: Mapping[str, Callable[[Figure], Origin | None]] = {
    "savings-interest": _interest,
    "mandatory-arrears": _unpaid,
    "member-changes": _people,
    "exit-settlement": _settled,
    "loan-applications": _asked,
    "term-deposits": _held,
    "term-deposit": _part,
    "balance-confirmation": _confirmed,
}
