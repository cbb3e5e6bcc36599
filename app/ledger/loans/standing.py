"""How a loan stands: its schedule, what was paid on it, and what follows from the two.

What was paid since the schedule began to hold fills the instalments from the oldest on: interest the
interests, principal the principals. So arrears, paid instalments and the next amount due follow from two
sums, in whatever order the payments were recorded. Amounts are whole rupiah.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

CLASSES = ("current", "special_mention", "substandard", "doubtful", "loss")
"""The classes of loans, the best first."""


class Row(NamedTuple):
    """One instalment of the schedule that holds."""

    number: int
    due: date
    principal: int
    interest: int


class Open(NamedTuple):
    """What is still open of an instalment."""

    number: int
    due: date
    principal: int
    interest: int
    begun: bool  # something of it was paid

    @property
    def total(self) -> int:
        """What pays it off."""
        return self.principal + self.interest


class Split(NamedTuple):
    """How an amount was allocated. `first` and `last` are the instalments it touched, `whole` says whether
    the last of them is paid off; `left` is what found no place."""

    principal: int
    interest: int
    left: int
    first: int | None
    last: int | None
    whole: bool


class Arrears(NamedTuple):
    """What is due and neither paid nor covered by money put aside. `since`: the oldest such due date, and of
    principal and interest each.

    `held_left` is the money put aside that due instalments do not need.
    """

    principal: int
    interest: int
    since: date | None
    held_left: int
    principal_since: date | None = None
    interest_since: date | None = None

    def days(self, on: date) -> int:
        """Days overdue on a day."""
        return 0 if self.since is None else max(0, (on - self.since).days)


def open_rows(rows: Iterable[Row], principal: int, interest: int) -> list[Open]:
    """The instalments still open once `principal` and `interest` fill `rows` from the oldest on."""
    found: list[Open] = []
    for number, due, of_principal, of_interest in rows:
        paid_interest = min(of_interest, interest)
        interest -= paid_interest
        paid_principal = min(of_principal, principal)
        principal -= paid_principal
        if paid_principal < of_principal or paid_interest < of_interest:
            found.append(
                Open(
                    number,
                    due,
                    of_principal - paid_principal,
                    of_interest - paid_interest,
                    paid_principal > 0 or paid_interest > 0,
                )
            )
    return found


def allocate(
    opened: Iterable[Open], amount: int, through: date | None = None, *, principal_first: bool = False
) -> Split:
    """Lay `amount` on open instalments due `through` a day, oldest first, in each interest then principal, or
    the other way where that was agreed.

    KUHPerdata 1397 (interest first) and 1399 (oldest debt first).
    """
    principal = interest = 0
    first = last = None
    whole = True
    for number, due, of_principal, of_interest, _ in opened:
        if amount <= 0 or (through is not None and due > through):
            break
        before = min(of_principal, amount) if principal_first else 0
        part = min(of_interest, amount - before)
        rest = before or min(of_principal, amount - part)
        interest += part
        principal += rest
        amount -= part + rest
        first = number if first is None else first
        last, whole = number, part == of_interest and rest == of_principal
    return Split(principal, interest, amount, first, last, whole)


def arrears(opened: Iterable[Open], held: int, on: date) -> Arrears:
    """What is behind at the close of `on`; money put aside covers what is due before it counts as behind."""
    principal = interest = 0
    since = principal_since = interest_since = None
    for item in opened:
        if item.due > on:
            break
        covered_interest = min(held, item.interest)
        covered_principal = min(held - covered_interest, item.principal)
        held -= covered_interest + covered_principal
        principal += item.principal - covered_principal
        interest += item.interest - covered_interest
        if since is None and covered_interest + covered_principal < item.total:
            since = item.due
        if principal_since is None and covered_principal < item.principal:
            principal_since = item.due
        if interest_since is None and covered_interest < item.interest:
            interest_since = item.due
    return Arrears(principal, interest, since, held, principal_since, interest_since)


class Cost(NamedTuple):
    """What settling a loan takes. `held` is the money kept aside that is used for it first."""

    principal: int
    interest: int
    penalty: int
    held: int

    @property
    def to_pay(self) -> int:
        """What is still to be paid; below 0 where money kept aside goes back to the member."""
        return self.principal + self.interest + self.penalty - self.held


class Standing:
    """A loan's schedule from instalment `first` on and what was paid, as at some moment."""

    __slots__ = (
        "charged",
        "disbursed",
        "first",
        "held",
        "interest",
        "interest_before",
        "opening_penalty",
        "paid_off",
        "penalty",
        "principal",
        "principal_before",
        "recovered",
        "rows",
        "written_off",
    )

    def __init__(
        self,
        rows: Sequence[Row],
        *,
        first: int = 1,
        principal_before: int = 0,
        interest_before: int = 0,
        disbursed: int = 0,
        principal: int = 0,
        interest: int = 0,
        penalty: int = 0,
        held: int = 0,
        opening_penalty: int = 0,
        paid_off: bool = False,
        written_off: int = 0,
        recovered: int = 0,
    ) -> None:
        self.rows = rows
        self.first = first
        self.principal_before = principal_before
        self.interest_before = interest_before
        self.disbursed = disbursed
        self.principal = principal
        self.interest = interest
        self.penalty = penalty
        self.held = held
        self.opening_penalty = opening_penalty
        self.paid_off = paid_off
        self.written_off = written_off
        self.recovered = recovered
        # Penalty that came up since the loan was lent or taken over, less what was let go.
        self.charged = 0

    @property
    def outstanding(self) -> int:
        """Principal left."""
        return self.disbursed - self.principal

    @property
    def principal_paid(self) -> int:
        """Principal the member has paid, without what was written off."""
        return self.principal - self.written_off

    @property
    def penalty_due(self) -> int:
        """What is left of the penalty; settling the loan or writing it off ends it."""
        if self.paid_off or self.written_off:
            return 0
        return max(0, self.opening_penalty + self.charged - self.penalty)

    def open(self) -> list[Open]:
        """The instalments still open, oldest first."""
        return self.open_at(self.principal, self.interest)

    def open_at(self, principal: int, interest: int) -> list[Open]:
        """The instalments that would be open if so much had been paid in all."""
        return open_rows(
            [row for row in self.rows if row.number >= self.first],
            principal - self.principal_before,
            interest - self.interest_before,
        )

    def arrears(self, on: date) -> Arrears:
        """What is behind at the close of a day."""
        return arrears(self.open(), self.held, on)

    def cost(self, on: date, variant: str) -> Cost:
        """What settling the loan on a day takes, by a Settlement.

        current: interest due up to that day and of the running period, which is the one whose due date
        comes next unless one falls on the very day; full: all interest agreed; principal: none.
        """
        opened = self.open()
        if variant == "principal":
            interest = 0
        elif variant == "full":
            interest = sum(item.interest for item in opened)
        else:
            running = on if any(row.due == on for row in self.rows) else self._next_due(on)
            interest = sum(item.interest for item in opened if item.due <= running)
        return Cost(self.outstanding, interest, self.penalty_due, self.held)

    def _next_due(self, on: date) -> date:
        return next((row.due for row in self.rows if row.due > on), on)
