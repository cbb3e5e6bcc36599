"""Commands on term deposits. `deposit` is the number of a certificate (No Bilyet).

`product` is a savings product of kind term. `account` is the cash or bank account, the cash in hand when empty.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from app.base.errors import UserError
from app.ledger.command import Amount, Command, Count, Rate
from app.ledger.deposits.terms import DepositTerms, InterestPaid, RollOver, check_terms

COOPERATIVE = ("cooperative",)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTermDeposit(Command):
    """Open a term deposit, from cash or from savings (Simpanan berjangka).

    `rate` is percent a year, `term` in months. `interest_into` is the savings product that gets the interest,
    empty for cash; with roll-over `all` it stays in the deposit. `penalty_percent` of the principal is kept
    when the deposit is closed before its maturity.
    """

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    member: str
    amount: Amount
    rate: Rate
    term: Count
    on: date
    product: str = "term"
    number: str = ""
    account: str = ""
    from_savings: str = ""
    from_savings_number: str = ""
    interest: InterestPaid = InterestPaid.MONTHLY
    interest_into: str = ""
    interest_number: str = ""
    roll_over: RollOver = RollOver.NONE
    penalty_percent: Rate = Decimal(0)
    memo: str = ""

    def __post_init__(self) -> None:
        check_terms(self.amount, self.rate, self.term, self.penalty_percent)
        if self.account.strip() and self.from_savings.strip():
            raise UserError("Money comes either from an account or from savings.", field="from_savings")
        check_instructions(self.interest, self.interest_into, self.roll_over)

    @property
    def terms(self) -> DepositTerms:
        """The first term."""
        return DepositTerms(self.amount, self.rate, self.on, self.term, self.interest)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOverTermDeposit(Command):
    """Take over a term deposit from older books, as at the close of a day.

    `start` and `term` are those of the present term. Interest is paid up to, not including, `paid_through`:
    the last payment day by then when empty.
    """

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    member: str
    number: str
    amount: Amount
    rate: Rate
    term: Count
    start: date
    as_of: date
    paid_through: date | None = None
    product: str = "term"
    interest: InterestPaid = InterestPaid.MONTHLY
    interest_into: str = ""
    interest_number: str = ""
    roll_over: RollOver = RollOver.NONE
    penalty_percent: Rate = Decimal(0)
    memo: str = ""

    def __post_init__(self) -> None:
        check_terms(self.amount, self.rate, self.term, self.penalty_percent)
        if not self.number.strip():
            raise UserError("A deposit taken over needs the number of its certificate.", field="number")
        check_instructions(self.interest, self.interest_into, self.roll_over)
        if self.as_of < self.start:
            raise UserError(
                "The deposit begins on {start}, after the balance of {as_of}.",
                advice="Open it as a new deposit instead.",
                field="as_of",
                start=self.start,
                as_of=self.as_of,
            )
        maturity = self.terms.maturity
        if self.paid_through is not None and not self.start <= self.paid_through <= maturity:
            raise UserError(
                "Interest can't be paid through {through}: the term is from {start} to {maturity}.",
                field="paid_through",
                through=self.paid_through,
                start=self.start,
                maturity=maturity,
            )

    @property
    def terms(self) -> DepositTerms:
        """The present term."""
        return DepositTerms(self.amount, self.rate, self.start, self.term, self.interest)

    @property
    def paid_from(self) -> date:
        """The day from which interest is still to be paid."""
        if self.paid_through is not None:
            return self.paid_through
        return max((day for day in self.terms.due_days() if day <= self.as_of), default=self.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class PayDepositInterest(Command):
    """Pay the interest of one term deposit that has fallen due up to a day (Jasa simpanan berjangka)."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    deposit: str
    on: date
    account: str = ""
    number: str = ""
    memo: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunDepositInterest(Command):
    """Pay the interest of all term deposits that has fallen due up to a day; what is paid is not paid again.

    Into savings each part goes on its own due day, in cash on the day itself. Without `cash` the interest that
    is paid in cash is left for its members to come.
    """

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    on: date
    account: str = ""
    cash: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseTermDeposit(Command):
    """Pay a term deposit back, at its maturity or before (Pencairan simpanan berjangka).

    Interest that is earned and unpaid is paid with it. `penalty` overrides what was agreed for closing early.
    """

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    deposit: str
    on: date
    account: str = ""
    into_savings: str = ""
    into_savings_number: str = ""
    penalty: Amount | None = None
    number: str = ""
    memo: str = ""

    def __post_init__(self) -> None:
        if self.penalty is not None and self.penalty < 0:
            raise UserError("A penalty can't be below 0.", field="penalty")
        if self.account.strip() and self.into_savings.strip():
            raise UserError("Money goes either to an account or into savings.", field="into_savings")


@dataclass(frozen=True, slots=True, kw_only=True)
class RollOverDeposits(Command):
    """Begin a new term for all matured deposits with roll-over, once their interest is paid (Perpanjangan)."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    on: date
    account: str = ""


def check_instructions(interest: InterestPaid, into: str, roll_over: RollOver) -> None:
    """Raise UserError where the interest is to stay in the deposit and to go elsewhere as well."""
    if roll_over is RollOver.ALL and (interest is InterestPaid.MONTHLY or into.strip()):
        raise UserError(
            "Interest that is added to the deposit is neither paid monthly nor into savings.",
            advice="Choose interest at maturity, or roll over the principal alone.",
            field="roll_over",
        )
