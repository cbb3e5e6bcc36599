"""Members' statements: one collection of figures for the screen, the JSON and the printed Rekening Anggota.

`statements` prints those of all members with a cover that proves, account by account, that the sum of all
sheets is the ledger's balance.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from app.base.dates import Month, Period
from app.base.i18n import N_, Translator
from app.base.progress import Progress
from app.ledger.accounts.chart import read_chart
from app.ledger.entries.queries import balances
from app.ledger.loans.queries import LoanMonth, loan_months
from app.ledger.members.queries import Mandatory, MemberRow, mandatory_standings, member, members
from app.ledger.profile.queries import read_officers
from app.ledger.savings.queries import Section, interest_and_tax, product_accounts, products, sections
from app.reports.account_statement import (
    AccountStatement,
    ControlProof,
    Cover,
    DueLine,
    GroupLine,
    LoanMovement,
    LoanSection,
    SavingsMovement,
    SavingsSection,
)
from app.reports.catalog import COOPERATIVE, ReportSpec
from app.reports.document import CellType, Column, Document, Row, RowKind, Value
from app.reports.forms import StatementHead
from app.reports.frame import Request
from app.reports.loan_terms import terms_text

MEMBER_STATEMENT = N_("Member Statement")
_LEFT, _LOANS, _HELD = "2-1503", "1-1201", "2-1501"
_OBJECTION_DAYS = 30


class Printed(NamedTuple):
    """What `write_statements` made. `agrees` is False when only the cover was written."""

    files: list[Path]
    statements: int
    agrees: bool


@dataclass(frozen=True, slots=True)
class _Books:
    """What one collection reads, once for all members."""

    request: Request
    period: Period
    savings: dict[int, list[Section]]
    loans: dict[int, list[LoanMonth]]
    standings: dict[int, Mandatory]
    tariffs: dict[str, int]

    @property
    def translator(self) -> Translator:
        return self.request.translator


class Order(StrEnum):
    """In which order all members' sheets are printed; those who left come last."""

    GROUP = "group"
    NUMBER = "number"
    NAME = "name"


def collect(request: Request, only: str = "", order: Order = Order.GROUP) -> list[AccountStatement]:
    """The statements of all members with a balance at either end of the period or a movement in it, in
    print order; or of the one member named."""
    period = request.period
    whom = member(request.book, only, period.last_day) if only else None
    party = None if whom is None else whom.party
    books = _Books(
        request,
        period,
        sections(request.book, period, party),
        loan_months(request.book, period, party),
        mandatory_standings(request.book, period.last_day, party),
        {item.code: item.amount for item in products(request.book)},
    )
    rows = [whom] if whom is not None else members(request.book, period.last_day)
    found = [_statement(books, row) for row in rows if whom is not None or _has_something(books, row)]
    return sorted(found, key=lambda item: _place(item, order))


def _place(item: AccountStatement, order: Order) -> tuple[object, ...]:
    first = {Order.GROUP: item.group, Order.NAME: item.name.casefold()}.get(order, "")
    return (item.left is not None, first, len(item.number), item.number)


def _has_something(books: _Books, row: MemberRow) -> bool:
    return row.party in books.loans or any(
        section.opening or section.closing or section.movements
        for section in books.savings.get(row.party, ())
    )


def _statement(books: _Books, row: MemberRow) -> AccountStatement:
    left = row.left if row.left is not None and row.left <= books.period.last_day else None
    mine = books.savings.get(row.party, [])
    loans = books.loans.get(row.party, [])
    standing = books.standings.get(row.party)
    gross, tax = interest_and_tax(mine)
    due, by = ([], None) if left is not None else _due(books, loans, standing)
    shown = [item for item in mine if item.opening or item.closing or item.movements]
    return AccountStatement(
        number=row.number,
        name=row.name,
        address=row.address,
        group=row.team or row.institution,
        joined=row.joined,
        left=left,
        first_day=books.period.first,
        last_day=books.period.last_day,
        savings=tuple(_savings_section(books, item, standing) for item in shown),
        interest_gross=gross,
        interest_tax=tax,
        loans=tuple(_loan_section(books.translator, item) for item in loans),
        due=tuple(due),
        due_by=by,
        receivable_by_member=sum(item.closing for item in mine) if left is not None else 0,
    )


def _savings_section(books: _Books, section: Section, standing: Mandatory | None) -> SavingsSection:
    _ = books.translator
    notes = [_("account {number}", number=section.number)] if section.number else []
    tariff = books.tariffs.get(section.key, 0)
    if section.kind == "share" and section.closing < tariff:
        notes.append(_("not fully paid, {rest:rp} left", rest=tariff - section.closing))
    if section.kind == "mandatory" and standing is not None and standing.monthly:
        notes.append(_("{amount:rp} a month", amount=standing.monthly))
        if standing.paid_through is not None:
            notes.append(_("paid up to {month}", month=standing.paid_through))
    return SavingsSection(
        key=section.key,
        name=section.name,
        note=" · ".join(notes),
        opening=section.opening,
        movements=tuple(_joined(_, section)),
        closing=section.closing,
    )


def _joined(_: Translator, section: Section) -> Iterable[SavingsMovement]:
    """The movements of a section; interest and the tax on it, which are one entry, are one line."""
    held_back: dict[int, int] = defaultdict(int)
    for item in section.movements:
        if item.kind == "tax":
            held_back[item.entry] += item.amount
    balance = section.opening
    for item in section.movements:
        if item.kind == "tax" and any(
            other.entry == item.entry and other.kind == "interest" for other in section.movements
        ):
            continue
        amount, memo = item.amount, item.memo
        if item.kind == "interest" and held_back[item.entry]:
            amount += held_back[item.entry]
            memo = _("{memo}, after tax", memo=memo)
        balance += amount
        yield SavingsMovement(item.on, item.number, memo, max(amount, 0), max(-amount, 0), balance)


def _loan_section(_: Translator, month: LoanMonth) -> LoanSection:
    loan = month.loan
    terms = loan.terms
    said = terms_text(_, loan.agreed.terms)
    if loan.restructured:
        said = _("{terms}, restructured {on:medium}", terms=said, on=loan.restructured[-1].on)
    if loan.standing.written_off:
        said = _("{terms}, written off", terms=said)
    return LoanSection(
        number=loan.number,
        terms=said,
        disbursed_on=terms.start,
        last_due=month.last_due,
        plafond=terms.principal,
        instalments=month.instalments,
        instalments_paid=month.instalments_paid,
        instalment_begun=month.instalment_begun,
        opening=month.opening,
        movements=tuple(
            LoanMovement(
                item.on,
                item.number,
                _("{memo}, {amount:rp}", memo=item.memo, amount=item.recovered)
                if item.recovered
                else item.memo,
                item.disbursed,
                item.principal,
                item.interest,
                item.penalty,
                item.outstanding,
            )
            for item in month.movements
        ),
        outstanding=month.outstanding,
        principal_paid=month.principal_paid,
        arrears_principal=month.arrears_principal,
        arrears_interest=month.arrears_interest,
        penalty_due=month.penalty_due,
        held=month.held,
        written_off=loan.standing.written_off,
        ledger=loan.ledger,
    )


def _due(
    books: _Books, loans: Sequence[LoanMonth], standing: Mandatory | None
) -> tuple[list[DueLine], date | None]:
    """What the member pays next: arrears, the next instalment of each loan, and mandatory savings."""
    _ = books.translator
    lines: list[DueLine] = []
    days: list[date] = []
    several = len(loans) > 1
    for month in loans:
        name = month.loan.number if several else ""
        for text, amount in (
            (_("Principal in arrears {loan}", loan=name), month.arrears_principal),
            (_("Interest in arrears {loan}", loan=name), month.arrears_interest),
            (_("Penalty up to {on}", on=_.format.date_long(books.period.last_day)), month.penalty_due),
        ):
            if amount:
                lines.append(DueLine(text.strip(), amount))
        if month.next is not None:
            amount = max(month.next.principal + month.next.interest - month.held_left, 0)
            days.append(month.next.due)
            if amount:
                day = _.format.day_month(month.next.due)
                text = _(
                    "Instalment {number}, due {day} {loan}", number=month.next.number, day=day, loan=name
                )
                lines.append(DueLine(text.strip(), amount))
    following = Month.of(books.period.last_day).next()
    if standing is not None and standing.arrears:
        text = _("Mandatory savings behind, {count:n} months", count=standing.arrears_months)
        lines.append(DueLine(text, standing.arrears))
    if standing is not None and standing.next_due:
        lines.append(DueLine(_("Mandatory savings {month}", month=following), standing.next_due))
    if not lines:
        return [], None
    return lines, min(days, default=following.last_day)


def build(request: Request) -> Document:
    """The Document of one member's statement."""
    _ = request.translator
    statement = collect(request, request.needed("member"))[0]
    rows: list[Row] = []
    totals: dict[str, object] = {}
    for section in statement.savings:
        rows += _opening(_, section.name, section.key, section.opening)
        for line in section.movements:
            cells: dict[str, Value] = {
                "date": line.on,
                "number": line.number,
                "memo": line.memo,
                "account": section.key,
                "deposit": line.deposit,
                "withdrawal": line.withdrawal,
                "interest": 0,
                "penalty": 0,
                "balance": line.balance,
            }
            rows.append(Row(RowKind.ITEM, cells))
        rows.append(_closing(_, section.key, section.closing))
        _add(totals, section.key, section.opening, section.closing)
    for loan in statement.loans:
        key = f"loan:{loan.number}"
        rows += _opening(_, _("Loan {number}", number=loan.number), key, loan.opening)
        for move in loan.movements:
            moved: dict[str, Value] = {
                "date": move.on,
                "number": move.number,
                "memo": move.memo,
                "account": key,
                "deposit": move.principal,
                "withdrawal": move.disbursed,
                "interest": move.interest,
                "penalty": move.penalty,
                "balance": move.outstanding,
            }
            rows.append(Row(RowKind.ITEM, moved, opens={"report": "loan-schedule", "loan": loan.number}))
        rows.append(_closing(_, key, loan.outstanding))
        _add(totals, key, loan.opening, loan.outstanding)
    _add_held(request, statement, rows, totals)
    arrears = sum(
        item.arrears_principal + item.arrears_interest + item.penalty_due for item in statement.loans
    )
    totals |= {
        "next_due": statement.due_total,
        "next_due_on": statement.due_by.isoformat() if statement.due_by else None,
        "arrears": arrears,
        "interest": statement.interest_gross,
        "tax": statement.interest_tax,
    }
    return request.document(
        "member-statement",
        _(MEMBER_STATEMENT),
        _columns(_, statement),
        rows,
        totals,
        period=request.period,
        context=((_("Member no."), statement.number), (_("Name"), statement.name)),
        landscape=True,
    )


def _opening(_: Translator, name: str, key: str, balance: int) -> list[Row]:
    return [
        Row(RowKind.HEADING, {"memo": name, "account": key}),
        Row(RowKind.SUBTOTAL, {"memo": _("Opening balance"), "account": key, "balance": balance}),
    ]


def _closing(_: Translator, key: str, balance: int) -> Row:
    return Row(RowKind.SUBTOTAL, {"memo": _("Closing balance"), "account": key, "balance": balance})


def _columns(_: Translator, statement: AccountStatement) -> tuple[Column, ...]:
    accounts = {section.key: section.name for section in statement.savings}
    accounts |= {f"loan:{loan.number}": loan.number for loan in statement.loans}
    return (
        Column("date", _("Date"), CellType.DATE),
        Column("number", _("Number")),
        Column("memo", _("Description"), weight=3),
        Column("account", _("Account"), words=accounts),
        Column("deposit", _("In"), CellType.AMOUNT),
        Column("withdrawal", _("Out"), CellType.AMOUNT),
        Column("interest", _("Interest"), CellType.AMOUNT),
        Column("penalty", _("Penalty"), CellType.AMOUNT),
        Column("balance", _("Balance"), CellType.AMOUNT),
    )


def _add(totals: dict[str, object], key: str, opening: int, closing: int) -> None:
    """Two accounts of the same product share its key."""
    known = totals.get(key)
    before = known if isinstance(known, dict) else {"opening": 0, "closing": 0}
    totals[key] = {"opening": before["opening"] + opening, "closing": before["closing"] + closing}


def _add_held(
    request: Request, statement: AccountStatement, rows: list[Row], totals: dict[str, object]
) -> None:
    """Money paid ahead, kept in 2-1501."""
    _ = request.translator
    party = member(request.book, statement.number, request.last_day).party
    months = loan_months(request.book, request.period, party).get(party, [])
    closing = sum(month.held for month in months)
    opening = closing - sum(move.held for month in months for move in month.movements)
    if opening or closing:
        rows.append(Row(RowKind.NOTE, {"memo": _("Paid ahead, kept aside"), "balance": closing}))
        totals["other:held"] = {"opening": opening, "closing": closing}


# Printing


def head_of(request: Request, paper: str) -> StatementHead:
    """Who prints, who signs and to whom members object."""
    officers = read_officers(request.book)
    named = {row.office.casefold(): row for row in officers}
    treasurer, supervisor = named.get("bendahara"), named.get("pengawas")
    letterhead = request.letterhead()
    signed_on = request.made_at.date()
    return StatementHead(
        letterhead=letterhead,
        made_by=request.made_by,
        made_at=request.made_at,
        signed_on=signed_on,
        place=letterhead.place,
        training=request.book.info.training,
        paper=paper,
        book=request.book.info.uid[-12:],
        treasurer=treasurer.name if treasurer else request.made_by,
        supervisor=supervisor.name if supervisor else "",
        supervisor_phone=supervisor.phone if supervisor else "",
        objection_by=Month.of(signed_on + timedelta(days=_OBJECTION_DAYS - 1)).last_day
        if signed_on.day == 1
        else signed_on + timedelta(days=_OBJECTION_DAYS),
    )


def paper(request: Request, size: str) -> bytes:
    """One member's printed statement."""
    from app.reports.batch import statement_pdf

    statement = collect(request, request.needed("member"))[0]
    return statement_pdf(statement, head_of(request, size), request.translator)


def write_statements(
    request: Request,
    folder: Path,
    *,
    one_file: bool,
    per_page: int,
    paper: str,
    progress: Progress,
    order: Order = Order.GROUP,
) -> Printed:
    """Print every member's statement into `folder`, which is made, with the cover first.

    When the sum of all sheets differs from the ledger, only the cover is written: nothing wrong is handed out.
    """
    from app.reports.batch import write_statement_files
    from app.reports.batch import write_statements as write_one_file

    statements = collect(request, order=order)
    cover = cover_of(request, statements, by_group=order is Order.GROUP)
    head = head_of(request, paper)
    folder.mkdir(parents=True, exist_ok=True)
    if one_file or per_page > 1:
        target = folder / f"rekening-anggota-{Month.of(request.last_day)}.pdf"
        made = write_one_file(target, statements, cover, head, request.translator, per_page, progress)
        files = [made]
    else:
        files = write_statement_files(folder, statements, cover, head, request.translator, progress)
    return Printed(files, len(statements) if cover.agrees else 0, cover.agrees)


def cover_of(request: Request, statements: Sequence[AccountStatement], *, by_group: bool = True) -> Cover:
    """The cover: groups in print order (one of all members where they are not printed by group), and the proof
    of all sheets against the ledger."""
    _ = request.translator
    groups: list[GroupLine] = []
    for number, statement in enumerate(statements, start=1):
        group = statement.group or _("Without a group") if by_group else _("All members")
        name = _("Members who left") if statement.left else group
        if not groups or groups[-1].name != name:
            groups.append(GroupLine(name, number, number, 0, 0, 0, 0))
        last = groups[-1]
        groups[-1] = GroupLine(
            name,
            last.first_sheet,
            number,
            last.members + 1,
            last.savings + statement.savings_closing,
            last.outstanding + statement.outstanding,
            last.due + statement.due_total,
        )
    loans = [loan for statement in statements for loan in statement.loans]
    return Cover(
        first_day=request.period.first,
        last_day=request.last_day,
        groups=tuple(groups),
        proof=tuple(_proof(request, statements)),
        interest_gross=sum(item.interest_gross for item in statements),
        interest_tax=sum(item.interest_tax for item in statements),
        arrears_principal=sum(loan.arrears_principal for loan in loans),
        arrears_interest=sum(loan.arrears_interest for loan in loans),
        arrears_penalty=sum(loan.penalty_due for loan in loans),
    )


@dataclass(slots=True)
class _Line:
    """A control account as the sheets add up to it."""

    opening: int = 0
    increase: int = 0
    decrease: int = 0

    def move(self, amount: int) -> None:
        """Count a movement on its side."""
        self.increase += max(amount, 0)
        self.decrease += max(-amount, 0)


def _proof(request: Request, statements: Sequence[AccountStatement]) -> Iterable[ControlProof]:
    """Each control account: what all sheets together say, beside the ledger's balance."""
    kept_in = product_accounts(request.book)
    chart = read_chart(request.book)
    lines: dict[str, _Line] = defaultdict(_Line)
    for statement in statements:
        _count_savings(statement, kept_in, lines)
        for loan in statement.loans:
            line = lines[chart.by_id[loan.ledger].code if loan.ledger else _LOANS]
            line.opening += loan.opening
            for move in loan.movements:
                line.move(move.disbursed)
                line.move(-move.principal)
    for months in loan_months(request.book, request.period).values():
        for month in months:
            lines[_HELD].opening += month.held - sum(change.held for change in month.movements)
            for change in month.movements:
                lines[_HELD].move(change.held)
    ledger = balances(request.book, request.last_day)
    for account in chart.accounts:
        line, balance = lines.get(account.code, _Line()), account.normal * ledger.get(account.id, 0)
        if account.control not in ("savings", "loans") or not (
            balance or line.opening or line.increase or line.decrease
        ):
            continue
        yield ControlProof(
            code=account.code,
            name=account.name,
            opening=line.opening,
            increase=line.increase,
            decrease=line.decrease,
            closing=line.opening + line.increase - line.decrease,
            ledger=balance,
        )


def _count_savings(statement: AccountStatement, kept_in: dict[str, str], lines: dict[str, _Line]) -> None:
    """Count a sheet's savings where the ledger keeps them: from the day of the exit on in 2-1503."""
    left = statement.left
    for section in statement.savings:
        own = kept_in[section.key]
        if left is not None and left < statement.first_day:
            own = _LEFT
        lines[own].opening += section.opening
        balance, moved = section.opening, own == _LEFT or left is None
        for line in section.movements:
            if not moved and left is not None and line.on >= left:
                lines[own].move(-balance)
                lines[_LEFT].move(balance)
                own, moved = _LEFT, True
            amount = line.deposit - line.withdrawal
            lines[own].move(amount)
            balance += amount
        if not moved:
            lines[own].move(-balance)
            lines[_LEFT].move(balance)


REPORTS = (
    ReportSpec(
        "member-statement",
        MEMBER_STATEMENT,
        build,
        kinds=COOPERATIVE,
        parameters=("member",),
        needs=("member",),
        paper=paper,
    ),
)
