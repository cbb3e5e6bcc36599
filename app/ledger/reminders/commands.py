"""Commands on the letters that remind members of late loans."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from app.base.errors import UserError
from app.ledger.command import Amount, Command, Count

COOPERATIVE = ("cooperative",)


class Channel(StrEnum):
    """How a letter reached the member."""

    LETTER = "letter"
    WHATSAPP = "whatsapp"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReminder(Command):
    """Note that a member was reminded of a late loan; without `step` it is the letter that is due that day."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    loan: str
    on: date
    step: Count | None = None
    channel: Channel = Channel.LETTER
    number: str = ""

    def __post_init__(self) -> None:
        if self.step is not None and self.step not in (1, 2, 3):
            raise UserError("There are letters 1, 2 and 3.", field="step")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReminders(Command):
    """Note that all letters due on a day were sent, or those of the loans named."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    on: date
    channel: Channel = Channel.LETTER
    loans: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawReminders(Command):
    """Take back that letters were sent, by their numbers."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    numbers: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.numbers:
            raise UserError("Give the number of the letter.", field="numbers")


@dataclass(frozen=True, slots=True, kw_only=True)
class SentReminder:
    """One letter as it was kept."""

    loan: str
    number: str
    on: date
    step: Count
    channel: Channel
    amount: Amount
    pay_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreReminders(Command):
    """Put letters back as they were kept."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE
    hidden: ClassVar[bool] = True

    letters: tuple[SentReminder, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetReminderStep(Command):
    """Change when a letter is due: days overdue, days since the letter before, and days the member has to pay."""

    kinds: ClassVar[tuple[str, ...]] = COOPERATIVE

    step: Count
    overdue: Count | None = None
    after: Count | None = None
    pay_within: Count | None = None

    def __post_init__(self) -> None:
        if self.step not in (1, 2, 3):
            raise UserError("There are letters 1, 2 and 3.", field="step")
        for field, least in (("overdue", 1), ("after", 0), ("pay_within", 1)):
            value = getattr(self, field)
            if value is not None and not least <= value <= 3650:
                raise UserError("A letter counts days between {least} and 3650.", field=field, least=least)
        if self.step == 1 and self.after:
            raise UserError("There is no letter before the first.", field="after")
