"""Who and what a cooperative's story is about, as far as the story has to remember it."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from app.base.dates import Month, add_months
from app.ledger.loans.schedule import Instalment, LoanTerms

TARIFF, LATER_TARIFF = 50_000, 60_000
PENALTY = 5_000


@dataclass(slots=True)
class Loan:
    """A loan: what is still to be paid, oldest first. `since`: penalties are counted after that day."""

    number: str
    terms: LoanTerms
    rows: list[Instalment]
    diligence: float  # how likely a due instalment is paid in its month
    since: date
    half_paid: bool = False
    bad: bool = False  # nothing comes in any more

    @property
    def principal(self) -> int:
        """What is left of it, rupiah."""
        return sum(row.principal for row in self.rows)

    def penalty(self, on: date) -> int:
        """What the oldest instalment costs by `on` for being late: each month begun after its due date."""
        due = self.rows[0].due
        months = (on.year - due.year) * 12 + on.month - due.month + 1
        begun = (add_months(due, number) + timedelta(days=1) for number in range(max(months, 0)))
        return PENALTY * sum(max(due, self.since) < day <= on for day in begun)


@dataclass(slots=True)
class Person:
    """A member: what the savings come to at least (interest is not counted), and what binds them."""

    number: str
    name: str
    joined: date
    diligence: float
    kept: int = 0  # share and mandatory savings
    voluntary: int = 0
    festive: int = 0
    held: int = 0
    loan: Loan | None = None
    gone: bool = False
    prospective: bool = False
    bound: bool = False  # holds an office or a certificate, or had a loan written off: does not leave


@dataclass(slots=True)
class Cast:
    """All of it, with the days the story runs and how large it was meant."""

    first: date
    last: date
    size: int
    people: list[Person] = field(default_factory=list)

    @property
    def opened_on(self) -> date:
        """The evening the old books were closed."""
        return self.first - timedelta(days=1)

    @property
    def days(self) -> int:
        """How many days the story has."""
        return (self.last - self.first).days + 1

    @property
    def raised(self) -> Month:
        """The month from which mandatory savings cost more, the middle of the story."""
        return Month.of(self.first + timedelta(days=self.days // 2)).plus(1)

    def mandatory(self, on: date) -> int:
        """What mandatory savings cost in the month of a day, rupiah."""
        return TARIFF if Month.of(on) < self.raised else LATER_TARIFF

    def at(self, share: float) -> date:
        """The day after so much of the story, 0 to 1."""
        return self.first + timedelta(days=int(self.days * share))
