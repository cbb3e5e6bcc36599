"""What a collection sheet asks of the members of a group: what each one owes on a day, savings and loans."""

from collections import Counter
from datetime import date, timedelta
from typing import NamedTuple

from app.base.dates import Month
from app.ledger.loans.reading import Loan, read_loans
from app.ledger.loans.schedule import Every
from app.ledger.members.queries import MemberRow, mandatory_standings, members
from app.ledger.reader import Reader

_PRESENT = ("active", "prospective")
_NO_LOAN = ("", 0, 0, 0, 0, 0)


class Group(NamedTuple):
    """A group of members that meets; those without one are the group ""."""

    name: str
    members: int


class CollectionRow(NamedTuple):
    """What one member is asked for. A member with several loans has a row for each after the first.

    `mandatory` holds the months behind too. `instalment` is the instalment `instalment_number` of the loan,
    `arrears` what is open of those before it, `late` the days since the oldest unpaid due date.
    """

    party: int
    member: str
    name: str
    monthly: int
    mandatory: int
    months_behind: int
    loan: str
    instalment_number: int
    instalment: int
    arrears: int
    penalty: int
    late: int
    again: bool

    @property
    def on_loan(self) -> int:
        """What is asked on the loan, without a penalty."""
        return self.instalment + self.arrears

    @property
    def total(self) -> int:
        """All that is asked."""
        return self.mandatory + self.on_loan + self.penalty


def group_of(row: MemberRow) -> str:
    """The group of a member: the team, or the place of work where there is no team."""
    return row.team or row.institution


def groups(reader: Reader, on: date) -> list[Group]:
    """The groups that have members on a day, in order of their names; members without a group come last."""
    counted = Counter(group_of(row) for row in members(reader, on) if row.status in _PRESENT)
    return [Group(name, counted[name]) for name in sorted(counted, key=lambda name: (not name, name))]


def collection_rows(reader: Reader, on: date, group: str | None) -> list[CollectionRow]:
    """The members of a group (None: all) with what each is asked for on a day, by number.

    Asked are the mandatory savings up to this month, and of each loan what is behind and the instalment of
    this month (of a weekly loan: of the coming week). Money kept aside is taken off.
    """
    standings = mandatory_standings(reader, on)
    lent: dict[int, list[Loan]] = {}
    for loan in read_loans(reader, on):
        if loan.standing.open() or loan.standing.penalty_due:
            lent.setdefault(loan.party, []).append(loan)
    found = []
    for row in members(reader, on):
        if row.status not in _PRESENT or (group is not None and group_of(row) != group):
            continue
        standing = standings.get(row.party)
        savings = (
            (standing.monthly, standing.arrears, standing.arrears_months)
            if standing is not None
            else (0, 0, 0)
        )
        asked = [_loan_part(loan, on) for loan in lent.get(row.party, [])] or [_NO_LOAN]
        for place, (loan_number, number, amount, before, penalty, late) in enumerate(asked):
            monthly, mandatory, behind = savings if place == 0 else (0, 0, 0)
            found.append(
                CollectionRow(
                    row.party,
                    row.number,
                    row.name,
                    monthly,
                    mandatory,
                    behind,
                    loan_number,
                    number,
                    amount,
                    before,
                    penalty,
                    late,
                    place > 0,
                )
            )
    return found


def _loan_part(loan: Loan, on: date) -> tuple[str, int, int, int, int, int]:
    """Number, instalment, its amount, arrears before it, penalty and days late of a loan."""
    through = {
        Every.MONTH: Month.of(on).last_day,
        Every.WEEK: on + timedelta(days=6),
        Every.DAY: on,
    }[loan.terms.every]
    held = loan.standing.held
    asked: list[tuple[int, int]] = []
    for item in loan.standing.open():
        if item.due > through:
            break
        covered = min(held, item.total)
        held -= covered
        if item.total > covered:
            asked.append((item.number, item.total - covered))
    number, amount = asked[-1] if asked else (0, 0)
    before = sum(part for _, part in asked[:-1])
    late = loan.standing.arrears(on).days(on)
    return loan.number, number, amount, before, loan.standing.penalty_due, late


def is_reversed(reader: Reader, entry: int) -> bool:
    """Whether an entry was taken back and that stands."""
    rows = reader.sql("SELECT id FROM entry WHERE reverses = ?", (entry,))
    return bool(rows) and not is_reversed(reader, rows[0][0])
