"""Commands of the bookkeeping core: entries by hand, opening balances, reversal, correction, year end."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.base.errors import UserError
from app.ledger.command import Amount, Command, Count


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """One line of an entry: an account code and an amount on one side."""

    account: str
    debit: Amount = 0
    credit: Amount = 0
    memo: str = ""

    def __post_init__(self) -> None:
        if self.debit < 0 or self.credit < 0:
            raise UserError("Debit and credit are written without a minus sign.", account=self.account)
        if (self.debit == 0) == (self.credit == 0):
            raise UserError(
                "Account {account}: give an amount in either debit or credit.", account=self.account
            )

    @property
    def amount(self) -> int:
        """Rupiah, debit positive."""
        return self.debit - self.credit


@dataclass(frozen=True, slots=True, kw_only=True)
class PostEntry(Command):
    """Record a journal entry by hand."""

    on: date
    memo: str
    lines: tuple[EntryLine, ...]
    number: str = ""

    def __post_init__(self) -> None:
        if len(self.lines) < 2:
            raise UserError("An entry needs at least two lines.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PostOpening(Command):
    """Take over the balances at the close of a day from older books."""

    on: date
    lines: tuple[EntryLine, ...]
    memo: str = ""

    def __post_init__(self) -> None:
        if not self.lines:
            raise UserError("There are no opening balances.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TickOpening(Command):
    """Say that the opening balance of an account was compared with the old books and is right, or take that back.

    With `product`, the code of a savings or loan product, it is what that product has of the account; "-" is what
    follows no product.
    """

    account: str
    right: bool = True
    product: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparativeLine:
    """The balance an account closed a year with, before the year's income and expense were closed."""

    account: str
    debit: Amount = 0
    credit: Amount = 0

    def __post_init__(self) -> None:
        if self.debit < 0 or self.credit < 0 or (self.debit and self.credit):
            raise UserError("A row has either a debit or a credit, not both.", field="debit")


@dataclass(frozen=True, slots=True, kw_only=True)
class SetComparatives(Command):
    """Keep balances of a year before this book began, to compare with; nothing is posted.

    What is kept of other accounts stays; one without an amount is taken away.
    """

    year: Count
    lines: tuple[ComparativeLine, ...]

    def __post_init__(self) -> None:
        if not 1900 <= self.year <= 2199:
            raise UserError("{year} is no year to compare with.", field="year", year=str(self.year))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReverseEntry(Command):
    """Take a recorded document back by a visible reversing entry (Batalkan)."""

    number: str = ""
    entry: int = 0
    on: date | None = None
    memo: str = ""

    def __post_init__(self) -> None:
        if not self.number and not self.entry:
            raise UserError("Give the number of what is to be taken back.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectEntry(Command):
    """Put a recorded document right: reverse it and record the corrected one (Perbaiki)."""

    number: str = ""
    entry: int = 0
    replacement: Command


@dataclass(frozen=True, slots=True, kw_only=True)
class ReverseEntries(Command):
    """Take several entries back, the newest first."""

    hidden: ClassVar[bool] = True

    entries: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTogether(Command):
    """Record several commands at once: all of them or none, taken back as one."""

    hidden: ClassVar[bool] = True

    commands: tuple[Command, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseYear(Command):
    """Close a fiscal year: bring income and expense to the result, and lock its months."""

    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenYear(Command):
    """Open a closed fiscal year again: its closing entries are reversed."""

    year: int
