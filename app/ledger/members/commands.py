"""Commands on the register of members. `member` is a member's number or, where unique, the name."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from app.base.errors import UserError
from app.ledger.command import Amount, Command

COOPERATIVE = ("cooperative",)


class Sex(StrEnum):
    """As on the identity card."""

    MALE = "male"
    FEMALE = "female"


class Admission(StrEnum):
    """Calon anggota, or a full member."""

    PROSPECTIVE = "prospective"
    ACTIVE = "active"


class ExitReason(StrEnum):
    """Why a membership ends."""

    RESIGNATION = "resignation"
    DEATH = "death"
    DISMISSAL = "dismissal"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMember(Command):
    """Add a member to the register; without a number the next free one is given.

    `mandatory` is the mandatory saving a month (wajib per bulan) where it differs from the product's;
    `body` marks a member that is no person, such as another cooperative.
    """

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    name: str
    number: str = ""
    nik: str = ""
    sex: Sex | None = None
    joined: date | None = None
    address: str = ""
    phone: str = ""
    occupation: str = ""
    body: bool = False
    birth_place: str = ""
    birth_date: date | None = None
    tax_number: str = ""
    village: str = ""
    team: str = ""
    institution: str = ""
    mandatory: Amount = 0
    heir: str = ""
    heir_relation: str = ""
    status: Admission = Admission.ACTIVE

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise UserError("A member needs a name.", field="name")
        if self.mandatory < 0:
            raise UserError("The mandatory saving can't be below 0.", field="mandatory")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeMember(Command):
    """Change what is known of a member; what is not given stays."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    member: str
    name: str | None = None
    number: str | None = None
    nik: str | None = None
    sex: Sex | None = None
    joined: date | None = None
    address: str | None = None
    phone: str | None = None
    occupation: str | None = None
    body: bool | None = None
    birth_place: str | None = None
    birth_date: date | None = None
    tax_number: str | None = None
    village: str | None = None
    team: str | None = None
    institution: str | None = None
    mandatory: Amount | None = None
    heir: str | None = None
    heir_relation: str | None = None
    status: Admission | None = None

    def __post_init__(self) -> None:
        if self.name is not None and not self.name.strip():
            raise UserError("A member needs a name.", field="name")
        if self.number is not None and not self.number.strip():
            raise UserError("A member needs a number.", field="number")
        if self.mandatory is not None and self.mandatory < 0:
            raise UserError("The mandatory saving can't be below 0.", field="mandatory")


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreMember(Command):
    """Put a member's data back as they were before a change."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE
    hidden: ClassVar[bool] = True

    member: str
    data: AddMember


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveMember(Command):
    """Remove a member who never had any savings, loans or entries."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE
    hidden: ClassVar[bool] = True

    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptExit(Command):
    """Accept that a member leaves: all savings become a debt of the cooperative (2-1503) until paid out."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    member: str
    on: date
    reason: ExitReason = ExitReason.RESIGNATION
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawExit(Command):
    """Take back an exit that moved no savings."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE
    hidden: ClassVar[bool] = True

    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PayExit(Command):
    """Pay a member who has left what the cooperative still owes: all of it, or part of one product."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    member: str
    on: date
    account: str = ""
    product: str = ""
    amount: Amount | None = None
    number: str = ""
    memo: str = ""
    savings_number: str = ""

    def __post_init__(self) -> None:
        if self.amount is not None and self.amount <= 0:
            raise UserError("The amount must be above 0.", field="amount")
        if self.amount is not None and not self.product:
            raise UserError("Say which savings the amount is paid from.", field="product")
