"""What can be done to the register of customers and suppliers."""

from dataclasses import dataclass
from typing import ClassVar

from app.base.errors import UserError
from app.ledger.command import Command


def _need_name(name: str) -> None:
    if not name.strip():
        raise UserError("Please give a name.", field="name")


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCustomer(Command):
    """Add a customer; the code is handed out when none is given."""

    kinds: ClassVar[tuple[str, ...]] = ("business",)

    name: str
    code: str = ""
    phone: str = ""
    address: str = ""
    tax_id: str = ""
    nickname: str = ""

    def __post_init__(self) -> None:
        _need_name(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddSupplier(Command):
    """Add a supplier; the code is handed out when none is given."""

    kinds: ClassVar[tuple[str, ...]] = ("business",)

    name: str
    code: str = ""
    phone: str = ""
    address: str = ""
    tax_id: str = ""
    nickname: str = ""

    def __post_init__(self) -> None:
        _need_name(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeCustomer(Command):
    """Change what is known of a customer, or take one out of use; what is not given stays."""

    kinds: ClassVar[tuple[str, ...]] = ("business",)

    customer: str
    name: str | None = None
    phone: str | None = None
    address: str | None = None
    tax_id: str | None = None
    active: bool | None = None
    nickname: str | None = None

    def __post_init__(self) -> None:
        if self.name is not None:
            _need_name(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSupplier(Command):
    """Change what is known of a supplier, or take one out of use; what is not given stays."""

    kinds: ClassVar[tuple[str, ...]] = ("business",)

    supplier: str
    name: str | None = None
    phone: str | None = None
    address: str | None = None
    tax_id: str | None = None
    active: bool | None = None
    nickname: str | None = None

    def __post_init__(self) -> None:
        if self.name is not None:
            _need_name(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveParty(Command):
    """Remove a customer or supplier that was never used; one that was is taken out of use."""

    kinds: ClassVar[tuple[str, ...]] = ("business",)
    hidden: ClassVar[bool] = True

    party: int
