"""The command of the collection sheet. `member` is a member's number or, where unique, the name."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.base.errors import UserError
from app.ledger.command import Amount, Command


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionLine:
    """What one member has paid. A line without any amount is one who paid nothing: what is owed stays owed.

    `loan` may be left out where the member has only one that is still owed.
    """

    member: str
    mandatory: Amount = 0
    voluntary: Amount = 0
    instalment: Amount = 0
    penalty: Amount = 0
    loan: str = ""

    def __post_init__(self) -> None:
        for field in ("mandatory", "voluntary", "instalment", "penalty"):
            if getattr(self, field) < 0:
                raise UserError("An amount collected can't be below 0.", field=field)

    @property
    def total(self) -> int:
        """All of it, rupiah."""
        return self.mandatory + self.voluntary + self.instalment + self.penalty


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCollection(Command):
    """Record a collection sheet: what each member paid, and the cash counted against it (Lembar penagihan).

    All of it or nothing. Where `counted` differs from the sheet, the difference is recorded as Selisih Kas.
    """

    kinds: ClassVar[tuple[str, ...]] = ("cooperative",)

    on: date
    lines: tuple[CollectionLine, ...]
    counted: Amount | None = None
    account: str = ""
    group: str = ""
    number: str = ""

    def __post_init__(self) -> None:
        if not any(line.total for line in self.lines):
            raise UserError("There is nothing to record: no line has an amount.", field="lines")
        if self.counted is not None and self.counted < 0:
            raise UserError("The cash counted can't be below 0.", field="counted")
