"""What the card of a member says: what they must pay now, and everything that moved."""

from datetime import date
from typing import NamedTuple

from app.base.dates import Month, Period
from app.ledger.loans.queries import LoanMove, loan_history
from app.ledger.loans.reading import Loan, read_loans
from app.ledger.members.queries import Mandatory, MemberRow, mandatory_standings
from app.ledger.savings.queries import (
    HeldAmount,
    MemberAccount,
    Section,
    holds_of,
    member_accounts,
    products,
    sections,
)
from app.ui.bridge import Session

_BEGINNING = date(1900, 1, 1)


class Due(NamedTuple):
    """One thing to be paid: what, why in a second line, how much, and whether it is late."""

    text: str
    detail: str
    amount: int
    late: bool


class Move(NamedTuple):
    """One movement of a member's accounts. `amount` is + for money in; `balance` that of its account after it."""

    on: date
    number: str
    memo: str
    amount: int
    balance: int
    kind: str  # savings or loan
    entry: int


class Facts(NamedTuple):
    """Everything the card shows, as of today."""

    row: MemberRow
    accounts: list[MemberAccount]
    standing: Mandatory | None
    loans: list[Loan]
    dues: list[Due]
    outstanding_after: int | None  # principal left once all dues are paid
    moves: list[Move]
    holds: list[HeldAmount]

    @property
    def savings(self) -> int:
        """All savings."""
        return sum(item.balance for item in self.accounts)

    @property
    def owed(self) -> list[Loan]:
        """The loans on which something is owed; the oldest first."""
        return [item for item in self.loans if item.standing.open() or item.standing.penalty_due]


def facts_of(session: Session, row: MemberRow) -> Facts:
    """Read it all."""
    reader, today = session.reading(), session.today
    loans = read_loans(reader, today, party=row.party)
    standing = mandatory_standings(reader, today, row.party).get(row.party)
    accounts = member_accounts(reader, row.party)
    dues: list[Due] = []
    paid = 0
    owed = [item for item in loans if item.standing.open() or item.standing.penalty_due]
    for loan in owed:
        found, principal = _loan_dues(session, loan, several=len(owed) > 1)
        dues += found
        paid += principal
    if row.status in ("active", "prospective"):
        dues += _savings_dues(session, row, standing, accounts)
    outstanding = sum(item.standing.outstanding for item in owed)
    moves: list[Move] = []
    period = Period.through(_BEGINNING, today)
    for section in sections(reader, period, row.party).get(row.party, []):
        moves += _savings_moves(section)
    for loan in loans:
        moves += _loan_moves(session, loan_history(reader, loan, today).movements)
    moves.sort(key=lambda item: (item.on, item.entry), reverse=True)
    left = outstanding - paid if paid else None
    return Facts(row, accounts, standing, loans, dues, left, moves, holds_of(reader, row.party))


def _loan_dues(session: Session, loan: Loan, *, several: bool) -> tuple[list[Due], int]:
    """What is behind on a loan and due this month, and how much of it is principal."""
    _, today = session.translator, session.today
    standing = loan.standing
    held = standing.held
    asked: list[tuple[int, date, int]] = []
    principal = 0
    end = Month.of(today).last_day
    for item in standing.open():
        if item.due > end:
            break
        covered = min(held, item.total)
        held -= covered
        if item.total > covered:
            asked.append((item.number, item.due, item.total - covered))
            principal += item.principal
    found: list[Due] = []
    name = loan.number if several else ""
    late = [part for part in asked if part[1] < today]
    coming = [part for part in asked if part[1] >= today]
    if len(late) > 2:
        days = (today - late[0][1]).days
        found.append(
            Due(
                _(
                    "Instalments {first} to {last} {loan}", first=late[0][0], last=late[-1][0], loan=name
                ).strip(),
                _("since {on:medium}, {days} days late", on=late[0][1], days=days),
                sum(part[2] for part in late),
                late=True,
            )
        )
        late = []
    for number, due, amount in (*late, *coming):
        is_late = due < today
        detail = (
            _("{on:medium}, {days} days late", on=due, days=(today - due).days)
            if is_late
            else _("up to {on:medium}", on=due)
        )
        found.append(
            Due(_("Instalment {number} {loan}", number=number, loan=name).strip(), detail, amount, is_late)
        )
    if standing.penalty_due:
        found.append(
            Due(_("Penalty {loan}", loan=name).strip(), _("not paid yet"), standing.penalty_due, late=True)
        )
    return found, principal


def _savings_dues(
    session: Session, row: MemberRow, standing: Mandatory | None, accounts: list[MemberAccount]
) -> list[Due]:
    _, today = session.translator, session.today
    found: list[Due] = []
    if row.status == "active":
        paid = sum(item.balance for item in accounts if item.kind == "share")
        for item in products(session.reading()):
            if item.kind == "share" and item.active and item.amount > paid:
                found.append(
                    Due(
                        item.name,
                        _("{paid:rp} of {all:rp} is paid", paid=paid, all=item.amount),
                        item.amount - paid,
                        late=False,
                    )
                )
    if standing is not None and standing.arrears:
        month = Month.of(today)
        if standing.arrears_months <= 1:
            found.append(
                Due(
                    _("Mandatory savings {month}", month=month),
                    _("up to {on:medium}", on=month.last_day),
                    standing.arrears,
                    late=False,
                )
            )
        else:
            first = month.plus(1 - standing.arrears_months)
            found.append(
                Due(
                    _("Mandatory savings, {n} months", n=standing.arrears_months),
                    _("since {month}", month=first),
                    standing.arrears,
                    late=True,
                )
            )
    return found


def _savings_moves(section: Section) -> list[Move]:
    return [
        Move(item.on, item.number, item.memo, item.amount, item.balance, "savings", item.entry)
        for item in section.movements
    ]


def _loan_moves(session: Session, movements: tuple[LoanMove, ...]) -> list[Move]:
    _ = session.translator
    found = []
    for item in movements:
        parts = [
            text
            for part, text in (
                (item.principal, _("principal {amount}", amount=_.format.amount(item.principal))),
                (item.interest, _("interest {amount}", amount=_.format.amount(item.interest))),
                (item.penalty, _("penalty {amount}", amount=_.format.amount(item.penalty))),
            )
            if part
        ]
        memo = f"{item.memo}, {' + '.join(parts)}" if len(parts) > 1 else item.memo
        received = item.principal + item.interest + item.penalty + item.held
        found.append(
            Move(item.on, item.number, memo, received - item.disbursed, item.outstanding, "loan", item.entry)
        )
    return found
