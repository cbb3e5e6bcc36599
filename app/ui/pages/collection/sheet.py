"""What stands in a collection sheet while it is filled in: amounts, who was absent, and what is odd about a row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.base.i18n import Translator
from app.ledger.collection.commands import CollectionLine
from app.ledger.collection.queries import CollectionRow

AMOUNTS = ("mandatory", "voluntary", "instalment", "penalty")
"""The columns that are filled in, from left to right."""


@dataclass(slots=True)
class Line:
    """One row: what was asked, and what was received. An absent member has given nothing and owes it still."""

    asked: CollectionRow
    mandatory: int = 0
    voluntary: int = 0
    instalment: int = 0
    penalty: int = 0
    absent: bool = False
    fault: str = ""

    @property
    def key(self) -> str:
        """What tells the row from all others."""
        return f"{self.asked.member}|{self.asked.loan}"

    @property
    def total(self) -> int:
        """What was received."""
        return 0 if self.absent else self.mandatory + self.voluntary + self.instalment + self.penalty

    @property
    def short(self) -> int:
        """How much less than asked was received."""
        given = self.mandatory + self.instalment + self.penalty
        return max(self.asked.total - given, 0)

    def may(self, column: str) -> bool:
        """Whether there is anything to fill in: no instalment without a loan, no savings on a second loan's row."""
        return bool(self.asked.loan) if column in ("instalment", "penalty") else not self.asked.again

    def amount(self, column: str) -> int:
        """What stands in a column."""
        value = getattr(self, column)
        assert isinstance(value, int)
        return 0 if self.absent else value

    def fill(self) -> None:
        """Everything asked was received."""
        self.mandatory, self.voluntary = self.asked.mandatory, 0
        self.instalment, self.penalty = self.asked.on_loan, self.asked.penalty
        self.absent, self.fault = False, ""

    def is_as_filled(self) -> bool:
        """Whether nothing was changed by hand."""
        given = (self.mandatory, self.voluntary, self.instalment, self.penalty)
        asked = (self.asked.mandatory, 0, self.asked.on_loan, self.asked.penalty)
        return not self.absent and given == asked

    def state(self) -> str:
        """As it is kept in a draft."""
        return f"{self.mandatory} {self.voluntary} {self.instalment} {self.penalty} {int(self.absent)}"

    def restore(self, text: str) -> None:
        """Put back what a draft kept; what can't be read stays as it was filled in."""
        parts = text.split()
        if len(parts) != 5 or not all(part.isdecimal() for part in parts):
            return
        self.mandatory, self.voluntary, self.instalment, self.penalty = (int(part) for part in parts[:4])
        self.absent = parts[4] == "1"

    def command(self) -> CollectionLine:
        """What is recorded of it."""
        if self.absent:
            return CollectionLine(member=self.asked.member)
        return CollectionLine(
            member=self.asked.member,
            mandatory=self.mandatory,
            voluntary=self.voluntary,
            instalment=self.instalment,
            penalty=self.penalty,
            loan=self.asked.loan,
        )


def filled(rows: Iterable[CollectionRow]) -> list[Line]:
    """The lines of a new sheet: everything that is asked stands in it, exceptions are changed by hand."""
    lines = [Line(row) for row in rows]
    for line in lines:
        line.fill()
    return lines


def members_paying(lines: Sequence[Line]) -> int:
    """How many members have given something."""
    return len({line.asked.member for line in lines if line.total})


def note_of(_: Translator, line: Line) -> tuple[str, str]:
    """What is said about a row, and its tone."""
    asked = line.asked
    if line.fault:
        return line.fault, "out"
    if line.absent:
        return (_("absent, still owed") if asked.total else _("absent")), "muted"
    if line.short:
        return _("{amount} short", amount=_.format.amount(line.short)), "amber"
    more = line.mandatory + line.instalment + line.penalty - asked.total
    if more > 0:
        return _("{amount} more than asked", amount=_.format.amount(more)), "muted"
    said = []
    if asked.late and line.instalment:
        said.append(_("{days} days late", days=asked.late))
    elif asked.instalment_number and line.instalment:
        said.append(_("instalment {number}", number=asked.instalment_number))
    elif asked.months_behind > 1 and line.mandatory:
        said.append(_("{n} months", n=asked.months_behind))
    if not asked.total and not line.total:
        said.append(_("nothing is asked"))
    return ", ".join(said), "muted"


def rows_with(lines: Sequence[Line], difference: int) -> list[Line]:
    """Where the difference between cash and sheet may come from.

    Cash short: rows in which just that amount was ticked as received. Cash over: absent members who were asked
    for it, and rows that are short by it.
    """
    amount = abs(difference)
    if not amount:
        return []
    if difference < 0:
        return [
            line
            for line in lines
            if line.total == amount or any(line.amount(column) == amount for column in AMOUNTS)
        ]
    return [
        line
        for line in lines
        if (line.absent and amount in (line.asked.total, line.asked.mandatory, line.asked.on_loan))
        or (not line.absent and line.short == amount)
    ]
