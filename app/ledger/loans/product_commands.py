"""Commands on loan products: the terms that new loans of a kind begin with."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from app.base.errors import UserError
from app.base.money import RoundMode
from app.ledger.command import Amount, Command, Count, Rate
from app.ledger.loans.commands import COOPERATIVE, Allocation, CapPer, Excess, PenaltyPer, RequiredFrom
from app.ledger.loans.schedule import Basis, Every, Method, RatePer, RoundingTarget


@dataclass(frozen=True, slots=True, kw_only=True)
class AddLoanProduct(Command):
    """Add a loan product: the terms that new loans of it begin with.

    `rate` is in percent for `per`; `provision` and `penalty_percent` are percentages, `administration` and `penalty`
    rupiah. The penalty is charged on each late instalment for each day, or month begun (`penalty_per`), and comes to at
    most `penalty_cap` rupiah and `penalty_cap_percent` of the instalment, or of the whole loan (`penalty_cap_per`).
    `account` keeps the principal of its loans and `interest_account` takes their interest, by code; empty: 1-1201 and
    4-1001. Its loans ask for savings of `required_percent` of the principal and `required_amount` rupiah: owned
    before, or deducted at disbursement into Simpanan Wajib Pinjam (`required_from`).
    """

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    code: str
    name: str
    rate: Rate
    per: RatePer = RatePer.MONTH
    method: Method = Method.FLAT
    every: Every = Every.MONTH
    grace: Count = 0
    basis: Basis = Basis.THIRTY_360
    round_to: Amount = 1
    rounding: RoundingTarget = RoundingTarget.TOTAL
    mode: RoundMode = RoundMode.NEAREST
    excess: Excess = Excess.HOLD
    provision: Rate = Decimal(0)
    administration: Amount = 0
    penalty: Amount = 0
    penalty_percent: Rate = Decimal(0)
    penalty_per: PenaltyPer = PenaltyPer.DAY
    allocation: Allocation = Allocation.INTEREST
    account: str = ""
    interest_account: str = ""
    penalty_cap: Amount = 0
    penalty_cap_percent: Rate = Decimal(0)
    penalty_cap_per: CapPer = CapPer.INSTALMENT
    required_percent: Rate = Decimal(0)
    required_amount: Amount = 0
    required_from: RequiredFrom = RequiredFrom.OWNED

    def __post_init__(self) -> None:
        if not self.code.strip() or not self.name.strip():
            raise UserError("A loan product needs a code and a name.", field="code")
        _check_product(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLoanProduct(Command):
    """Change what new loans of a product begin with, or whether it is offered; loans lent keep their terms."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    code: str
    name: str | None = None
    rate: Rate | None = None
    per: RatePer | None = None
    method: Method | None = None
    every: Every | None = None
    grace: Count | None = None
    basis: Basis | None = None
    round_to: Amount | None = None
    rounding: RoundingTarget | None = None
    mode: RoundMode | None = None
    excess: Excess | None = None
    provision: Rate | None = None
    administration: Amount | None = None
    penalty: Amount | None = None
    penalty_percent: Rate | None = None
    penalty_per: PenaltyPer | None = None
    allocation: Allocation | None = None
    active: bool | None = None
    account: str | None = None
    interest_account: str | None = None
    penalty_cap: Amount | None = None
    penalty_cap_percent: Rate | None = None
    penalty_cap_per: CapPer | None = None
    required_percent: Rate | None = None
    required_amount: Amount | None = None
    required_from: RequiredFrom | None = None

    def __post_init__(self) -> None:
        if self.name is not None and not self.name.strip():
            raise UserError("A loan product needs a name.", field="name")
        _check_product(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveLoanProduct(Command):
    """Remove a loan product that no loan was ever lent by."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE
    hidden: ClassVar[bool] = True

    code: str


def _check_product(command: AddLoanProduct | SetLoanProduct) -> None:
    """Raise UserError for terms no loan can have."""
    for field in (
        "rate",
        "grace",
        "administration",
        "penalty",
        "penalty_percent",
        "provision",
        "penalty_cap",
        "penalty_cap_percent",
        "required_percent",
        "required_amount",
    ):
        if (getattr(command, field) or 0) < 0:
            raise UserError("A rate or a fee can't be below 0.", field=field)
    if command.provision is not None and command.provision > 100:
        raise UserError("A provision is between 0 and 100 percent.", field="provision")
    if command.required_percent is not None and command.required_percent > 100:
        raise UserError(
            "Required savings are between 0 and 100 percent of the loan.", field="required_percent"
        )
    if command.round_to is not None and command.round_to < 1:
        raise UserError("Round to 1 rupiah or more.", field="round_to")
