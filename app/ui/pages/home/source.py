"""Where a figure of Beranda comes from: a report, which it opens, and whose own number it is."""

from datetime import date
from typing import NamedTuple

from app.base.dates import Period
from app.reports.document import Document
from app.ui.bridge import Session


class Source(NamedTuple):
    """A report of some days, or as of their last one; the window keeps it until the book changes."""

    report: str
    first: date
    last: date
    as_of: bool = False
    account: str = ""

    @classmethod
    def at(cls, report: str, day: date) -> "Source":
        """A report as of a day."""
        return cls(report, day, day, as_of=True)

    def document(self, session: Session) -> Document:
        """The report."""
        period = Period.through(self.first, self.last)
        return session.document(self.report, period=period, **self._about())

    def open(self, session: Session) -> None:
        """Show it."""
        if self.as_of:
            session.go("reports", report=self.report, on=self.last, **self._about())
        else:
            period = Period.through(self.first, self.last)
            session.go("reports", report=self.report, period=period, **self._about())

    def _about(self) -> dict[str, str]:
        return {"account": self.account} if self.account else {}


def total(document: Document, key: str) -> int:
    """A total of a report that is a number."""
    value = document.totals.get(key, 0)
    assert isinstance(value, int)
    return value


def amount(value: object) -> int:
    """A cell that is a number."""
    assert isinstance(value, int)
    return value


def items(document: Document) -> list[dict[str, object]]:
    """The cells of a report's rows, without its sums."""
    return [dict(row.cells) for row in document.rows if row.kind == "item"]
