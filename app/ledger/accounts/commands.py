"""What can be done to the chart of accounts."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from app.base.errors import UserError
from app.ledger.command import Command


class MoneyKind(StrEnum):
    """The kinds of account that hold money."""

    CASH = "cash"
    BANK = "bank"
    QRIS = "qris"


class AccountType(StrEnum):
    """The five kinds people know; the code's first digit says the finer class."""

    ASSET = "asset"
    LIABILITY = "liability"
    EQUITY = "equity"
    REVENUE = "revenue"
    EXPENSE = "expense"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddAccount(Command):
    """Add an account to the chart."""

    code: str
    name: str
    type: AccountType | None = None
    parent: str = ""
    money: MoneyKind | None = None

    def __post_init__(self) -> None:
        if not self.code.strip() or not self.name.strip():
            raise UserError("An account needs a code and a name.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameAccount(Command):
    """Give an account another name."""

    code: str
    name: str

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise UserError("An account needs a name.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAccountActive(Command):
    """Take an account out of use, or back into it; its history stays."""

    code: str
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveAccount(Command):
    """Remove an account that was never used."""

    hidden: ClassVar[bool] = True

    code: str
