"""Commands on members' loans.

`account` is a cash or bank account by code or name, the cash in hand when empty. `from_savings` pays from
the member's withdrawable savings instead: the product (code, name or the usual word), or the number of the
savings account.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from app.base.errors import UserError
from app.base.money import RoundMode
from app.ledger.command import Amount, Command, Count, Rate
from app.ledger.loans.schedule import Basis, Every, LoanTerms, Method, RatePer, RoundingTarget

COOPERATIVE = ("cooperative",)


class Excess(StrEnum):
    """What becomes of more than is due: kept for the next due date, counted as the next instalment, or
    taken off the principal, which ends the loan earlier or makes its instalments smaller."""

    HOLD = "hold"
    NEXT = "next"
    TERM = "term"
    INSTALMENT = "instalment"


class Settlement(StrEnum):
    """What settling a loan early costs besides the principal: the interest due up to and including the
    running period, all interest agreed (flat), or none."""

    CURRENT = "current"
    FULL = "full"
    PRINCIPAL = "principal"


@dataclass(frozen=True, slots=True, kw_only=True)
class DisburseLoan(Command):
    """Pay a new loan out to a member, less its fees (Cairkan pinjaman)."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    member: str
    on: date
    principal: Amount
    rate: Rate
    term: Count
    number: str = ""
    per: RatePer = RatePer.MONTH
    method: Method = Method.FLAT
    every: Every = Every.MONTH
    first_due: date | None = None
    grace: Count = 0
    basis: Basis = Basis.THIRTY_360
    round_to: Amount = 1
    rounding: RoundingTarget = RoundingTarget.TOTAL
    mode: RoundMode = RoundMode.NEAREST
    provision: Amount = 0
    provision_percent: Rate | None = None
    administration: Amount = 0
    excess: Excess = Excess.HOLD
    account: str = ""
    purpose: str = ""
    memo: str = ""

    def __post_init__(self) -> None:
        self.terms()
        if self.provision < 0 or self.administration < 0:
            field = "provision" if self.provision < 0 else "administration"
            raise UserError("A fee can't be below 0.", field=field)
        if self.provision_percent is not None:
            if self.provision:
                raise UserError(
                    "Give the provision either as an amount or as a percentage.", field="provision_percent"
                )
            if not Decimal(0) <= self.provision_percent <= Decimal(100):
                raise UserError("A provision is between 0 and 100 percent.", field="provision_percent")

    def terms(self) -> LoanTerms:
        """What is agreed, as the calculator takes it; raises UserError for nonsense."""
        return _terms(self, self.on)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOverLoan(Command):
    """Take over a running loan from older books, as at the close of a day.

    `outstanding` is the principal left. What is behind the schedule is arrears: as given, else derived from
    the schedule. `paid_through` is the last instalment fully paid, `arrears_since` the oldest unpaid due
    date, `penalty` what is owed besides (a memo), `held` money the member has paid ahead (2-1501).
    """

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    member: str
    disbursed_on: date
    principal: Amount
    rate: Rate
    term: Count
    outstanding: Amount
    as_of: date
    number: str = ""
    per: RatePer = RatePer.MONTH
    method: Method = Method.FLAT
    every: Every = Every.MONTH
    first_due: date | None = None
    grace: Count = 0
    basis: Basis = Basis.THIRTY_360
    round_to: Amount = 1
    rounding: RoundingTarget = RoundingTarget.TOTAL
    mode: RoundMode = RoundMode.NEAREST
    paid_through: Count | None = None
    arrears_principal: Amount | None = None
    arrears_interest: Amount | None = None
    arrears_since: date | None = None
    penalty: Amount = 0
    held: Amount = 0
    excess: Excess = Excess.HOLD
    provision: Amount = 0
    administration: Amount = 0
    purpose: str = ""
    memo: str = ""

    def __post_init__(self) -> None:
        self.terms()
        if not 0 < self.outstanding <= self.principal:
            raise UserError(
                "{outstanding:rp} can't be left of a principal of {principal:rp}.",
                advice="A loan that is paid off needs no taking over.",
                field="outstanding",
                outstanding=self.outstanding,
                principal=self.principal,
            )
        if self.as_of < self.disbursed_on:
            raise UserError(
                "The loan was paid out on {disbursed_on}, after the balance of {as_of}.",
                field="as_of",
                disbursed_on=self.disbursed_on,
                as_of=self.as_of,
            )
        if self.paid_through is not None and not 0 <= self.paid_through <= self.term:
            raise UserError("The loan has {term} instalments.", field="paid_through", term=self.term)
        for field in (
            "arrears_principal",
            "arrears_interest",
            "penalty",
            "held",
            "provision",
            "administration",
        ):
            if (getattr(self, field) or 0) < 0:
                raise UserError("An amount taken over can't be below 0.", field=field)
        if self.arrears_since is not None and not self.disbursed_on <= self.arrears_since <= self.as_of:
            raise UserError(
                "Arrears since {since} do not fit a loan of {disbursed_on} and a balance of {as_of}.",
                field="arrears_since",
                since=self.arrears_since,
                disbursed_on=self.disbursed_on,
                as_of=self.as_of,
            )

    def terms(self) -> LoanTerms:
        """What was agreed, as the calculator takes it; raises UserError for nonsense."""
        return _terms(self, self.disbursed_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveInstalment(Command):
    """Record what a member pays on a loan (Bayar angsuran).

    It goes to the oldest due instalment first, interest then principal, penalty last. Where principal or
    interest is given they win, and with the penalty they add up to the amount. `excess` says what becomes
    of more than is due, else the loan's own choice. `apply_held` puts money kept aside to the due dates that
    have passed since.
    """

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    loan: str
    amount: Amount
    on: date
    account: str = ""
    from_savings: str = ""
    number: str = ""
    memo: str = ""
    principal: Amount | None = None
    interest: Amount | None = None
    penalty: Amount | None = None
    excess: Excess | None = None
    apply_held: bool = True

    def __post_init__(self) -> None:
        if self.amount <= 0:
            raise UserError("The amount must be above 0.", field="amount")
        for field in ("principal", "interest", "penalty"):
            if (getattr(self, field) or 0) < 0:
                raise UserError("A part of an instalment can't be below 0.", field=field)
        parts = (self.principal or 0) + (self.interest or 0) + (self.penalty or 0)
        if (self.split and parts != self.amount) or parts > self.amount:
            raise UserError(
                "Principal, interest and penalty add up to {parts:rp}, the payment is {amount:rp}.",
                advice="Leave the parts empty and they are worked out, or correct one of them.",
                field="amount",
                parts=parts,
                amount=self.amount,
            )
        one_source(self.account, self.from_savings)

    @property
    def split(self) -> bool:
        """True where the person said what is principal and what interest."""
        return self.principal is not None or self.interest is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class PayOffLoan(Command):
    """Settle a loan early (Pelunasan): the principal left and the interest and penalty that go with it.

    `interest` and `penalty` override what `variant` and the book say. Money kept aside is used first.
    """

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    loan: str
    on: date
    variant: Settlement = Settlement.CURRENT
    interest: Amount | None = None
    penalty: Amount | None = None
    account: str = ""
    from_savings: str = ""
    number: str = ""
    memo: str = ""

    def __post_init__(self) -> None:
        for field in ("interest", "penalty"):
            if (getattr(self, field) or 0) < 0:
                raise UserError("A part of a settlement can't be below 0.", field=field)
        one_source(self.account, self.from_savings)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyHeldPayments(Command):
    """Use money members have paid ahead for the instalments that have fallen due up to a day."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    on: date


def one_source(account: str, from_savings: str) -> None:
    """Raise UserError where both a cash account and savings are to pay."""
    if account.strip() and from_savings.strip():
        raise UserError("Money comes either from an account or from savings.", field="from_savings")


def _terms(command: DisburseLoan | TakeOverLoan, start: date) -> LoanTerms:
    return LoanTerms(
        principal=command.principal,
        rate=command.rate,
        term=command.term,
        method=command.method,
        start=start,
        per=command.per,
        every=command.every,
        first_due=command.first_due,
        grace=command.grace,
        basis=command.basis,
        round_to=command.round_to,
        rounding=command.rounding,
        mode=command.mode,
    )
