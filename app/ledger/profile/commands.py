"""Commands on who the book belongs to."""

from dataclasses import dataclass
from datetime import date

from app.base.errors import UserError
from app.ledger.command import Command, Count


@dataclass(frozen=True, slots=True, kw_only=True)
class SetProfile(Command):
    """Set the name, address, legal numbers and fiscal year of the business or cooperative."""

    name: str | None = None
    owner: str | None = None
    address: str | None = None
    phone: str | None = None
    legal_number: str | None = None
    legal_date: date | None = None
    cooperative_number: str | None = None
    tax_number: str | None = None
    business_number: str | None = None
    place: str | None = None
    fiscal_year_start: Count | None = None
    accounting_standard: str | None = None
    business_type: str | None = None

    def __post_init__(self) -> None:
        if self.name is not None and not self.name.strip():
            raise UserError("The name can't be empty.", field="name")
        if self.fiscal_year_start is not None and not 1 <= self.fiscal_year_start <= 12:
            raise UserError("The fiscal year starts in a month from 1 to 12.", field="fiscal_year_start")


@dataclass(frozen=True, slots=True, kw_only=True)
class SetFeatures(Command):
    """Switch on what this book is used for, and everything else off; nothing recorded is lost by it."""

    features: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerLine:
    """Someone who signs for the book: the office and the name."""

    office: str
    name: str
    phone: str = ""
    signs: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SetOfficers(Command):
    """Set who signs the papers: chair, secretary, treasurer, supervisor, owner."""

    officers: tuple[OfficerLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLogo(Command):
    """Put a picture (PNG or JPEG) on the letterhead, or take it off."""

    image: bytes = b""

    def __post_init__(self) -> None:
        if self.image and not self.image.startswith((b"\x89PNG\r\n", b"\xff\xd8\xff")):
            raise UserError("The logo must be a PNG or JPEG picture.", field="image")
        if len(self.image) > 1_000_000:
            raise UserError("The logo is larger than 1 MB.", advice="Make it smaller first.", field="image")
