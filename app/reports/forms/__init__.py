"""The papers with a fixed layout: member statement, its cover, loan schedule.

Each module draws one paper from the figures of `app.reports.account_statement` on a
`app.reports.paper.Sheet`. What else stands on the paper, who made it and whom to ask, is in the
heads below. Measures are millimetres from the top left corner, sizes points.
"""

from dataclasses import dataclass
from datetime import date, datetime

from app.reports.document import Letterhead


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperHead:
    """What is the same on every paper of one printing. `made_at` has a time zone."""

    letterhead: Letterhead
    made_by: str
    made_at: datetime
    signed_on: date
    place: str = ""
    training: bool = False
    paper: str = "A4"  # or "F4"; the printer setting, asked once


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementHead(PaperHead):
    """The head of the members' statements and of their cover.

    `book` names the book in the QR code and in the verification code: short, and the same for ever.
    """

    book: str
    treasurer: str
    supervisor: str  # to whom a member objects
    supervisor_phone: str
    objection_by: date

    @property
    def contact(self) -> str:
        """Whom a member asks: name and telephone, as far as they are known."""
        return ", ".join(part for part in (self.supervisor, self.supervisor_phone) if part)
