"""Commands on applications for loans. `by` is who looked or decided; nobody named means who works at the book."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.base.errors import UserError
from app.ledger.command import Amount, Command, Count, Rate
from app.ledger.loans.commands import COOPERATIVE, Collateral
from app.ledger.loans.schedule import Every, Method, RatePer


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFor(Command):
    """What an application says. What is left open of the terms the product says, else they are as for a new loan.

    `income`, `living_costs` and `other_instalments` are rupiah a month.
    """

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    member: str
    on: date
    principal: Amount
    term: Count
    product: str = ""
    rate: Rate | None = None
    per: RatePer | None = None
    method: Method | None = None
    every: Every | None = None
    purpose: str = ""
    income: Amount = 0
    living_costs: Amount = 0
    other_instalments: Amount = 0
    spouse: str = ""
    collateral: tuple[Collateral, ...] = ()
    guarantors: tuple[str, ...] = ()
    memo: str = ""

    def __post_init__(self) -> None:
        if self.rate is None and not self.product.strip():
            raise UserError("Choose a loan product, or say the rate.", field="rate")
        for field in ("income", "living_costs", "other_instalments"):
            if getattr(self, field) < 0:
                raise UserError("Income and costs can't be below 0.", field=field)
        for item in self.collateral:
            if not item.kind.strip() or item.value < 0:
                raise UserError("Say what the collateral is; its value can't be below 0.", field="collateral")


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyForLoan(AskedFor):
    """Note that a member asks for a loan (Permohonan pinjaman); nothing is posted."""

    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeApplication(AskedFor):
    """Put what an application says anew, while it is not decided; what isn't given is empty."""

    application: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveApplication(Command):
    """Forget an application on which nothing was looked at or decided."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE
    hidden: ClassVar[bool] = True

    application: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckApplication(Command):
    """Tick one line of an application's checklist, with the day and who looked; or take the tick away."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    application: str
    item: str
    on: date
    by: str = ""
    note: str = ""
    done: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLoanChecklist(Command):
    """Say what is looked at before a loan is decided, in this order; what was ticked before stays known."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    items: tuple[str, ...]

    def __post_init__(self) -> None:
        names = [" ".join(item.split()).casefold() for item in self.items]
        if not all(names) or len(set(names)) != len(names):
            raise UserError("Each line of the checklist has a name of its own.", field="items")


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveApplication(Command):
    """Approve an application up to an amount and a number of instalments, by default what was asked for."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    application: str
    on: date
    by: str = ""
    principal: Amount | None = None
    term: Count | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseApplication(Command):
    """Refuse an application, with the reason."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    application: str
    on: date
    note: str
    by: str = ""

    def __post_init__(self) -> None:
        if not self.note.strip():
            raise UserError("Say why the application is refused.", field="note")


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawApplication(Command):
    """Note that the member asks for the loan no more."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    application: str
    on: date
    note: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenApplication(Command):
    """Take a decision back: the application is open again, unless it was paid out."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    application: str
