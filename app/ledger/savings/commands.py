"""Commands on members' savings. `product` is a product's code, its kind, its name or the usual word (Wajib).

`savings_number` (No Rekening) tells several accounts of one member in one product apart; without it the
only one is meant. `account` is the cash or bank account, the cash in hand when empty.
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
from app.ledger.savings.interest import InterestMethod

COOPERATIVE = ("cooperative",)


class SavingsKind(StrEnum):
    """What a savings product is: it decides who pays it when, and whether it can be taken out."""

    SHARE = "share"
    MANDATORY = "mandatory"
    VOLUNTARY = "voluntary"
    TERM = "term"
    LOAN_REQUIRED = "loan_required"


def positive(amount: int, field: str = "amount") -> None:
    """Raise UserError unless the amount is above 0."""
    if amount <= 0:
        raise UserError("The amount must be above 0.", field=field)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddSavingsProduct(Command):
    """Add a savings product: its ledger account, and what it earns.

    `rate` is in percent a year, `tiers` is written as "0:3,5000000:5"; a balance below `minimum` earns nothing.
    Interest is rounded to a multiple of `round_to` rupiah. `pays_into` is the product whose account gets the
    interest (empty: this one), `expense` the account that bears it, `keep` what has to stay in an account while
    one is a member. `amount` is what each member pays in all (share) or each month (mandatory).
    """

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    code: str
    name: str
    kind: SavingsKind
    account: str = ""
    amount: Amount = 0
    rate: Rate = Decimal(0)
    method: InterestMethod = InterestMethod.LOWEST
    basis: Count = 365
    tiers: str = ""
    minimum: Amount = 0
    round_to: Amount = 1
    rounding: RoundMode = RoundMode.NEAREST
    pays_into: str = ""
    expense: str = ""
    keep: Amount = 0

    def __post_init__(self) -> None:
        if not self.code.strip() or not self.name.strip():
            raise UserError("A savings product needs a code and a name.", field="code")
        _not_negative(self.amount, self.keep)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSavingsProduct(Command):
    """Change a savings product: its name, ledger account, usual amount, what it earns, or whether it is offered.

    What it earns changes from the month `from_month` on (the current one when empty), earlier months keep what
    held then. The `amount` of a mandatory product changes from that month on; without a month for all of them.
    """

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    code: str
    name: str | None = None
    account: str | None = None
    amount: Amount | None = None
    active: bool | None = None
    rate: Rate | None = None
    method: InterestMethod | None = None
    basis: Count | None = None
    tiers: str | None = None
    minimum: Amount | None = None
    round_to: Amount | None = None
    rounding: RoundMode | None = None
    pays_into: str | None = None
    expense: str | None = None
    keep: Amount | None = None
    from_month: Month | None = None

    def __post_init__(self) -> None:
        if self.name is not None and not self.name.strip():
            raise UserError("A savings product needs a name.", field="name")
        _not_negative(self.amount, self.keep)


def _not_negative(amount: int | None, keep: int | None) -> None:
    if amount is not None and amount < 0:
        raise UserError("The amount of each deposit can't be below 0.", field="amount")
    if keep is not None and keep < 0:
        raise UserError("What has to stay in an account can't be below 0.", field="keep")


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetSavingsMonth(Command):
    """Take back that a product earns (`terms`) or asks for (`tariff`) something else from a month on."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE
    hidden: ClassVar[bool] = True

    code: str
    month: Month
    terms: bool = False
    tariff: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveSavingsProduct(Command):
    """Remove a savings product that was never used."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE
    hidden: ClassVar[bool] = True

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositSavings(Command):
    """Record money a member puts into savings (Setor simpanan)."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    member: str
    product: str
    amount: Amount
    on: date
    account: str = ""
    number: str = ""
    memo: str = ""
    savings_number: str = ""

    def __post_init__(self) -> None:
        positive(self.amount)


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawSavings(Command):
    """Record money a member takes out of savings (Tarik simpanan)."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    member: str
    product: str
    amount: Amount
    on: date
    account: str = ""
    number: str = ""
    memo: str = ""
    savings_number: str = ""

    def __post_init__(self) -> None:
        positive(self.amount)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavingsLine:
    """One line of a slip or list: a deposit or a withdrawal of one member in one product.

    A line without an amount is one who paid nothing this time: it records nothing.
    """

    member: str
    product: str
    deposit: Amount = 0
    withdrawal: Amount = 0
    savings_number: str = ""

    def __post_init__(self) -> None:
        if self.deposit < 0 or self.withdrawal < 0:
            raise UserError(
                "Deposits and withdrawals are written without a minus sign.",
                field="deposit" if self.deposit < 0 else "withdrawal",
            )
        if self.deposit and self.withdrawal:
            raise UserError("A line is either a deposit or a withdrawal, not both.", field="withdrawal")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSavings(Command):
    """Record a slip or a list of savings: several products or members in one document and one entry."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    on: date
    lines: tuple[SavingsLine, ...]
    account: str = ""
    number: str = ""
    memo: str = ""

    def __post_init__(self) -> None:
        if not any(line.deposit or line.withdrawal for line in self.lines):
            raise UserError("There is nothing to record: no line has an amount.", field="lines")


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditSavingsInterest(Command):
    """Credit interest to a member's savings, less the tax that law has withheld (Jasa simpanan)."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    member: str
    product: str
    gross: Amount
    on: date
    number: str = ""
    memo: str = ""
    savings_number: str = ""

    def __post_init__(self) -> None:
        positive(self.gross, "gross")


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferSavings(Command):
    """Move savings to another product, or to another member (Pindah simpanan)."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    member: str
    product: str
    to_product: str
    amount: Amount
    on: date
    to_member: str = ""
    number: str = ""
    memo: str = ""
    savings_number: str = ""
    to_savings_number: str = ""

    def __post_init__(self) -> None:
        positive(self.amount)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSavings(Command):
    """Take over a member's savings balance from older books, as at the close of a day.

    `paid_through` is the last month of mandatory savings that is paid; `accrued_interest` is interest the
    cooperative still owes on it (2-1121).
    """

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    member: str
    product: str
    balance: Amount
    on: date
    paid_through: Month | None = None
    accrued_interest: Amount = 0
    memo: str = ""
    savings_number: str = ""

    def __post_init__(self) -> None:
        if self.balance < 0:
            raise UserError("A savings balance can't be below 0.", field="balance")
        if self.accrued_interest < 0:
            raise UserError("Interest still owed can't be below 0.", field="accrued_interest")


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPaidThrough(Command):
    """Set the month through which a member's mandatory savings are paid, as taken over."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE
    hidden: ClassVar[bool] = True

    member: str
    product: str
    paid_through: Month | None = None
    savings_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSavingsInterest(Command):
    """Credit the interest of a month to all savings that earn it, less the tax that law has withheld.

    Credited on the last day of the month, or `on` a later day. What was credited for the month already is not
    credited again. `product` limits the run to one product.
    """

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    month: Month
    on: date | None = None
    product: str = ""

    def __post_init__(self) -> None:
        if self.on is not None and self.on < self.month.last_day:
            raise UserError(
                "The interest of a month is credited on its last day or later.",
                advice="Before that the balance of each day is not known.",
                field="on",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceHold(Command):
    """Hold part of a savings account: it can't be taken out or moved until it is released (Blokir simpanan).

    `loan` is the number of the loan that it secures, if it does. `until` is the day up to which it is meant: it is
    shown beside the hold, which ends only when it is released.
    """

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    member: str
    product: str
    amount: Amount
    reason: str
    on: date
    loan: str = ""
    savings_number: str = ""
    until: date | None = None

    def __post_init__(self) -> None:
        positive(self.amount)
        if not self.reason.strip():
            raise UserError("A hold needs a reason.", field="reason")
        if self.until is not None and self.until < self.on:
            raise UserError("A hold can't end before it begins.", field="until")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseHold(Command):
    """Release what is held in a savings account. `hold` is its key where an account has several."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    member: str
    product: str
    on: date
    savings_number: str = ""
    hold: Count = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveHold(Command):
    """Undo of placing a hold."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE
    hidden: ClassVar[bool] = True

    hold: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeHold(Command):
    """Undo of releasing a hold."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE
    hidden: ClassVar[bool] = True

    hold: Count
