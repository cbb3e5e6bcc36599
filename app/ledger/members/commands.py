"""Commands on the register of members. `member` is a member's number or, where unique, the name."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from app.base.errors import UserError
from app.ledger.command import Amount, Command, Count, Rate

COOPERATIVE = ("cooperative",)
PHOTO_BYTES = 150_000


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


class GoverningBody(StrEnum):
    """Pengurus, or pengawas."""

    BOARD = "board"
    SUPERVISORS = "supervisors"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMember(Command):
    """Add a member to the register; without a number the next free one is given.

    `mandatory` is the mandatory saving a month (wajib per bulan) where it differs from the product's;
    `body` marks a member that is no person, such as another cooperative. `category` is the cooperative's own
    word for a kind of members; `admitted` is the day a prospective member became a full one.
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
    nickname: str = ""
    category: str = ""
    admitted: date | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise UserError("A member needs a name.", field="name")
        if self.mandatory < 0:
            raise UserError("The mandatory saving can't be below 0.", field="mandatory")
        if self.admitted is not None and self.joined is not None and self.admitted < self.joined:
            raise UserError(
                "A full member since {admitted} can't have joined later, on {joined}.",
                field="admitted",
                admitted=self.admitted,
                joined=self.joined,
            )


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
    nickname: str | None = None
    category: str | None = None
    admitted: date | None = None

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
    """Accept that a member leaves: all savings become a debt of the cooperative (2-1503) until paid out.

    With `settle` the loans are paid off out of those savings, as far as they reach; `requested` is the day the
    member asked for it.
    """

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    member: str
    on: date
    reason: ExitReason = ExitReason.RESIGNATION
    note: str = ""
    requested: date | None = None
    settle: bool = False

    def __post_init__(self) -> None:
        if self.requested is not None and self.requested > self.on:
            raise UserError(
                "The exit of {on} can't have been asked for later, on {requested}.",
                field="requested",
                on=self.on,
                requested=self.requested,
            )


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


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmitMember(Command):
    """Make a prospective member a full one from a day on (calon anggota menjadi anggota)."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    member: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawAdmission(Command):
    """Make a full member a prospective one again."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE
    hidden: ClassVar[bool] = True

    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReinstateMember(Command):
    """Take someone who left back as a member from a day on; the earlier membership stays in the register."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    member: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawReinstatement(Command):
    """Take a reinstatement back: the earlier membership and its end stand again."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE
    hidden: ClassVar[bool] = True

    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPhoto(Command):
    """Keep a small picture (PNG or JPEG) of a member, or take it away."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    member: str
    image: bytes = b""

    def __post_init__(self) -> None:
        if self.image and not self.image.startswith((b"\x89PNG\r\n", b"\xff\xd8\xff")):
            raise UserError("The photo must be a PNG or JPEG picture.", field="image")
        if len(self.image) > PHOTO_BYTES:
            raise UserError(
                "The photo is larger than {most:n} kB.",
                advice="Make it smaller first.",
                field="image",
                most=PHOTO_BYTES // 1000,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class HeirLine:
    """One heir: the name, what they are to the member, and the share in percent where shares are given."""

    name: str
    relation: str = ""
    share: Rate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetHeirs(Command):
    """Set all heirs of a member; shares are given for all of them, and add up to 100 percent, or for none."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    member: str
    heirs: tuple[HeirLine, ...]

    def __post_init__(self) -> None:
        for place, line in enumerate(self.heirs):
            if not line.name.strip():
                raise UserError("An heir needs a name.", field="name", line=place)
            if line.share is not None and line.share <= 0:
                raise UserError("A share is above 0 percent.", field="share", line=place)
        shares = [line.share for line in self.heirs if line.share is not None]
        if shares and (len(shares) != len(self.heirs) or sum(shares) != Decimal(100)):
            raise UserError(
                "The shares of the heirs add up to {total} percent.",
                advice="Give each heir a share so that they add up to 100, or none of them one.",
                field="share",
                total=sum(shares, Decimal(0)),
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointOfficer(Command):
    """Record who takes an office among the board (pengurus) or the supervisors (pengawas), from a day on.

    `member` is a member's number; someone from outside is given by `name`. `until` is the day the term ends
    by the decision of the meeting.
    """

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    body: GoverningBody
    office: str
    on: date
    member: str = ""
    name: str = ""
    until: date | None = None

    def __post_init__(self) -> None:
        if not self.office.strip():
            raise UserError("Say which office it is.", field="office")
        if bool(self.member.strip()) == bool(self.name.strip()):
            raise UserError("An officer is either a member or someone named.", field="member")
        if self.until is not None and self.until < self.on:
            raise UserError("The term would end before it begins.", field="until")


@dataclass(frozen=True, slots=True, kw_only=True)
class EndOffice(Command):
    """Record that someone leaves an office of the board or the supervisors, and why."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    body: GoverningBody
    on: date
    member: str = ""
    name: str = ""
    office: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        if bool(self.member.strip()) == bool(self.name.strip()):
            raise UserError("An officer is either a member or someone named.", field="member")


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveTerm(Command):
    """Remove a term of office: undo of an appointment."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE
    hidden: ClassVar[bool] = True

    term: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenTerm(Command):
    """Let a term of office run on: undo of its end."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE
    hidden: ClassVar[bool] = True

    term: Count
