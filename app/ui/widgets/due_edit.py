"""A field for the day by which something is to be paid: it lies ahead, so nothing about that is odd."""

from typing import TYPE_CHECKING

from app.base.errors import UserError
from app.ui.widgets.date_edit import DateEdit

if TYPE_CHECKING:
    from app.ui.bridge import Session


class DueEdit(DateEdit):
    """A day to come, or none."""

    def __init__(self, session: "Session") -> None:
        super().__init__(session, optional=True)

    @property
    def touched(self) -> bool:
        """Any day in it is a day that was typed."""
        return bool(self.line.text().strip())

    def odd(self) -> str:
        """A day to pay by is never questioned."""
        return ""

    def _understand(self) -> None:
        try:
            day = self.value()
        except UserError:
            day = None
        self.note("" if day is None else self.translator.format.weekday(day))
