"""The audit trail in plain words: who did what and when, newest first. It can be read, never changed."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, ClassVar

from app.ledger.changes import Kind
from app.ledger.entries.trail import DEEDS, Deed, deed_count, deeds
from app.ledger.reader import Reader
from app.ui import theme
from app.ui.bridge import Session
from app.ui.pages.page import Page
from app.ui.widgets.label import Label
from app.ui.widgets.layout import Card, column
from app.ui.widgets.page_head import PageHead
from app.ui.widgets.table import Invitation, Table, TableColumn


class Trail:
    """All deeds as rows, newest first, read in pages by their number."""

    def __init__(self, reader: Callable[[], Reader]) -> None:
        self._reader = reader
        self._count = deed_count(reader())

    def count(self) -> int:
        """How many."""
        return self._count

    def page(self, start: int, size: int) -> Sequence[Deed]:
        """The deeds from the place `start` on."""
        return deeds(self._reader(), self._count - start, size)


class AuditPage(Page):
    """Who did what, when."""

    shows: ClassVar[frozenset[Kind]] = frozenset(Kind)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        columns = (
            TableColumn("at", _("When"), self._when, width=190),
            TableColumn("actor", _("Who"), lambda deed: deed.actor, width=140),
            TableColumn("what", _("What was done"), self._what, width=0, tone=_tone, weight=500),
            TableColumn("about", _("About"), lambda deed: deed.about, width=220, spare=True),
            TableColumn("number", _("Number"), self._number, width=150),
        )
        self.table = Table(_, columns)
        self.table.setAccessibleName(_("Audit trail"))
        self.table.opened.connect(self._open)
        self._count = Label("", tone="muted")
        explained = Label(
            _(
                "Every change is kept here with who made it and when. Each line seals"
                " the one before, so that none can be altered or taken out unseen."
            ),
            tone="muted",
            wrap=True,
        )
        Invitation(_("Nothing is recorded yet. Every deed from now on stands here."), self.table)
        made = column(
            PageHead(_("Audit trail"), beside=[self._count]),
            explained,
            Card(column(self.table, margin=1)),
            gap=12,
            margin=theme.PAGE,
        )
        made.setStretch(2, 1)
        self.setLayout(made)

    def open(self, **_parameters: Any) -> None:
        """Come to the list."""
        self.table.setFocus()

    def reload(self) -> None:
        """Read the trail."""
        trail = Trail(self.session.reading)
        self.table.show_rows(trail)
        self._count.setText(self.session.translator.plural("{n} deed", "{n} deeds", trail.count()))

    def _when(self, deed: Deed) -> str:
        return self.session.moment(datetime.fromisoformat(deed.at))

    def _what(self, deed: Deed) -> str:
        _ = self.session.translator
        words = _(DEEDS[deed.command]) if deed.command in DEEDS else deed.command
        if deed.undoes is not None:
            return _("{deed} (taking back an earlier one)", deed=words)
        return _("{deed}, taken back since", deed=words) if deed.taken_back else words

    def _number(self, deed: Deed) -> str:
        if deed.records > 1:
            return self.session.translator.plural("{n} record", "{n} records", deed.records)
        return deed.number

    def _open(self, deed: Deed) -> None:
        if deed.entry is not None:
            self.session.go("records", entry=deed.entry)


def _tone(deed: Deed) -> str:
    return "muted" if deed.taken_back or deed.undoes is not None else ""
