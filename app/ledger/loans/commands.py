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

from app.base.dates import Month
from app.base.errors import UserError
from app.base.money import RoundMode
from app.ledger.command import Amount, Command, Count, Rate
from app.ledger.loans.hand_schedule import HandInstalment, check_by_hand
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


class Allocation(StrEnum):
    """What a payment goes to first: in each instalment the interest or the principal and the penalty last, or the
    penalty before all."""

    INTEREST = "interest-first"
    PRINCIPAL = "principal-first"
    PENALTY = "penalty-first"


class PenaltyPer(StrEnum):
    """What a penalty is counted for: each day late, or each month begun."""

    DAY = "day"
    MONTH = "month"


class CapPer(StrEnum):
    """What a cap on penalties is for: the penalty of each instalment, or of the whole loan."""

    INSTALMENT = "instalment"
    LOAN = "loan"


class RequiredFrom(StrEnum):
    """Where the savings come from that a loan asks for: owned before, or taken off at disbursement."""

    OWNED = "owned"
    DEDUCTED = "deducted"


class Recognition(StrEnum):
    """When interest on loans is income: when it is received, or when it is earned."""

    CASH = "cash"
    ACCRUAL = "accrual"


class LoanClass(StrEnum):
    """The quality of a loan, the best first (Kolektibilitas)."""

    CURRENT = "current"
    SPECIAL_MENTION = "special_mention"
    SUBSTANDARD = "substandard"
    DOUBTFUL = "doubtful"
    LOSS = "loss"


@dataclass(frozen=True, slots=True, kw_only=True)
class Collateral:
    """What secures a loan: what it is, whose, worth how much (rupiah), and the paper that proves it."""

    kind: str
    owner: str = ""
    value: Amount = 0
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisburseLoan(Command):
    """Pay a new loan out to a member, less its fees (Cairkan pinjaman).

    What is not given comes from the approved `application` it is paid out on, then from the product; without them,
    interest is by the month, flat, and unrounded.
    """

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    member: str
    on: date
    principal: Amount
    term: Count
    rate: Rate | None = None
    number: str = ""
    product: str = ""
    per: RatePer | None = None
    method: Method | None = None
    every: Every | None = None
    first_due: date | None = None
    grace: Count | None = None
    basis: Basis | None = None
    round_to: Amount | None = None
    rounding: RoundingTarget | None = None
    mode: RoundMode | None = None
    provision: Amount | None = None
    provision_percent: Rate | None = None
    administration: Amount | None = None
    excess: Excess | None = None
    account: str = ""
    purpose: str = ""
    collateral: tuple[Collateral, ...] = ()
    schedule: tuple[HandInstalment, ...] = ()
    guarantors: tuple[str, ...] = ()
    memo: str = ""
    application: str = ""

    def __post_init__(self) -> None:
        if self.rate is not None or not (self.product.strip() or self.application.strip()):
            self.terms()
        check_by_hand(self, self.on, None)
        for field in ("provision", "administration"):
            if (getattr(self, field) or 0) < 0:
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
    date, `penalty` what is owed besides (a memo), `held` money the member has paid ahead (2-1501). `quality` is the
    class the older books gave it: where the rules say otherwise, it is kept as a judgement.

    `written_off`: the older books wrote it off. Then `outstanding` is the principal that was lost, and with the
    interest and the penalty behind the claim on the member: a memo, no asset; what is paid later is income.
    """

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    member: str
    disbursed_on: date
    principal: Amount
    term: Count
    outstanding: Amount
    as_of: date
    rate: Rate | None = None
    number: str = ""
    product: str = ""
    per: RatePer | None = None
    method: Method | None = None
    every: Every | None = None
    first_due: date | None = None
    grace: Count | None = None
    basis: Basis | None = None
    round_to: Amount | None = None
    rounding: RoundingTarget | None = None
    mode: RoundMode | None = None
    paid_through: Count | None = None
    arrears_principal: Amount | None = None
    arrears_interest: Amount | None = None
    arrears_since: date | None = None
    penalty: Amount = 0
    held: Amount = 0
    excess: Excess | None = None
    provision: Amount = 0
    administration: Amount = 0
    quality: LoanClass | None = None
    written_off: bool = False
    purpose: str = ""
    collateral: tuple[Collateral, ...] = ()
    schedule: tuple[HandInstalment, ...] = ()
    guarantors: tuple[str, ...] = ()
    memo: str = ""

    def __post_init__(self) -> None:
        if self.rate is not None or not self.product.strip():
            self.terms()
        check_by_hand(self, self.disbursed_on, self.outstanding)
        if self.written_off and self.held:
            raise UserError(
                "A loan that was written off keeps no money aside.",
                advice="Take it over as the member's savings instead.",
                field="held",
            )
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLoanDetails(Command):
    """Note what a loan is for, what secures it, and who answers for it; what is given takes the place of what was."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    loan: str
    purpose: str | None = None
    collateral: tuple[Collateral, ...] | None = None
    guarantors: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLoanClass(Command):
    """Judge a loan better or worse than the rules do, with the reason; without `quality` the rules count again.

    Where the rules later say worse than they did that day, the worse of the two counts.
    """

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    loan: str
    on: date
    quality: LoanClass | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        if self.quality is not None and not self.reason.strip():
            raise UserError("Say why the loan is judged so.", field="reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassLine:
    """One rule: principal or interest behind for longer than so many days or months (see docs/schema.md)."""

    quality: LoanClass
    unit: str
    repaid: str = "any"
    principal_over: Count | None = None
    interest_over: Count | None = None
    collateral: Count = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassPercent:
    """How much of the principal left of a class should stand in the allowance."""

    quality: LoanClass
    percent: Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLoanClasses(Command):
    """Choose the rules by which loans are classed (days, cooperative), and change its rules or percentages.

    `lines`, where given, take the place of all rules of the table; the first that fits counts. `percents` change
    the classes they name.
    """

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    rules: str
    lines: tuple[ClassLine, ...] = ()
    percents: tuple[ClassPercent, ...] = ()

    def __post_init__(self) -> None:
        for line in self.lines:
            if line.unit not in ("days", "months") or line.repaid not in ("any", "short", "month", "end"):
                raise UserError(
                    "A rule counts days or months, of loans repaid any, short, month or end.", field="lines"
                )
            if line.quality is LoanClass.CURRENT or min(_rule_numbers(line)) < 0:
                raise UserError("A rule names a class below current and nothing below 0.", field="lines")
        if any(not Decimal(0) <= item.percent <= 100 for item in self.percents):
            raise UserError("An allowance is between 0 and 100 percent.", field="percents")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunAllowance(Command):
    """Bring the allowance for loan losses (1-1209) to what the classes ask at the end of a month."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    month: Month


@dataclass(frozen=True, slots=True, kw_only=True)
class SetInterestRecognition(Command):
    """Say from which month on interest on loans is income when received (cash) or when earned (accrual).

    `stops_at` is the class from which on a loan earns no more until it is better. What changes shows with the next
    run-loan-accrual.
    """

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    month: Month
    method: Recognition
    stops_at: LoanClass = LoanClass.SUBSTANDARD

    def __post_init__(self) -> None:
        if self.stops_at is LoanClass.CURRENT:
            raise UserError("A loan that is current always earns.", field="stops_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetInterestRecognition(Command):
    """Take back what was said for a month."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE
    hidden: ClassVar[bool] = True

    month: Month


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLoanAccrual(Command):
    """Bring interest earned and not received (1-1211) to what the loans owe of it at the end of a month."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    month: Month


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOffLoan(Command):
    """Write a loan off (Hapus buku): its principal leaves the books, the claim on the member stays.

    Money kept aside lowers the loss; the allowance (1-1209) bears it, what it lacks is expense (6-2006).
    """

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    loan: str
    on: date
    reason: str
    number: str = ""
    memo: str = ""

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise UserError("Say why the loan is written off.", field="reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveRecovery(Command):
    """Record what is paid on a loan that was written off: income of its day (7-1002)."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    loan: str
    amount: Amount
    on: date
    account: str = ""
    from_savings: str = ""
    number: str = ""
    memo: str = ""

    def __post_init__(self) -> None:
        if self.amount <= 0:
            raise UserError("The amount must be above 0.", field="amount")
        one_source(self.account, self.from_savings)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaivePenalty(Command):
    """Let a penalty go (Hapus denda), with the reason; without `amount` all that is due on the day."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    loan: str
    on: date
    reason: str
    amount: Amount | None = None

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise UserError("Say why the penalty is let go.", field="reason")
        if self.amount is not None and self.amount <= 0:
            raise UserError("The amount must be above 0.", field="amount")


@dataclass(frozen=True, slots=True, kw_only=True)
class RestorePenalty(Command):
    """Take back that a penalty was let go."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE
    hidden: ClassVar[bool] = True

    loan: str
    on: date
    amount: Amount
    reason: str


def _rule_numbers(line: ClassLine) -> tuple[int, ...]:
    return line.principal_over or 0, line.interest_over or 0, line.collateral


def one_source(account: str, from_savings: str) -> None:
    """Raise UserError where both a cash account and savings are to pay."""
    if account.strip() and from_savings.strip():
        raise UserError("Money comes either from an account or from savings.", field="from_savings")


def _terms(command: DisburseLoan | TakeOverLoan, start: date) -> LoanTerms:
    if command.rate is None:
        raise UserError("A loan needs its rate, or a product that has one.", field="rate")
    return LoanTerms(
        principal=command.principal,
        rate=command.rate,
        term=command.term,
        method=command.method or Method.FLAT,
        start=start,
        per=command.per or RatePer.MONTH,
        every=command.every or Every.MONTH,
        first_due=command.first_due,
        grace=command.grace or 0,
        basis=command.basis or Basis.THIRTY_360,
        round_to=1 if command.round_to is None else command.round_to,
        rounding=command.rounding or RoundingTarget.TOTAL,
        mode=command.mode or RoundMode.NEAREST,
    )
