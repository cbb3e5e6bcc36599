"""The list of all records with the chosen one at its side. Taking back asks once, and leaves both to be seen."""

from typing import Any, ClassVar

from app.ledger.changes import Kind
from app.ledger.entries.commands import ReverseEntry
from app.ledger.entries.records import (
    KINDS,
    STATES,
    Choice,
    RecordRow,
    records_by_key,
    records_total,
)
from app.ledger.snapshot import Snapshot
from app.ui import theme
from app.ui.bridge import Session
from app.ui.lists import Listing, list_buttons
from app.ui.pages.page import Page
from app.ui.pages.records.detail import RecordPanel, place_of
from app.ui.pages.records.rows import AllRecords
from app.ui.widgets.button import Button, Chip
from app.ui.widgets.editor import ChoiceEditor
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.error_panel import Question
from app.ui.widgets.label import Label
from app.ui.widgets.layout import Card, Split, column, flow
from app.ui.widgets.page_head import PageHead
from app.ui.widgets.search import SearchField
from app.ui.widgets.table import Listed, Rows, Table, TableColumn, Totals

_FOUND_AT_MOST = 500
# Up to so many records of one kind their sum is told; of more it would keep one waiting.
_SUMMED_AT_MOST = 20_000
# The kinds that a filter is worth having for, by the kind of book.
_CHIPS = {
    "business": ("sales", "purchases", "cash", "debts", "products", "journal"),
    "cooperative": ("savings", "deposits", "loans", "cash", "journal"),
}


class RecordsPage(Page):
    """Search, chips, list; the record at the side."""

    shows: ClassVar[frozenset[Kind]] = frozenset(
        {Kind.ENTRY, Kind.SALE, Kind.PURCHASE, Kind.SAVINGS, Kind.LOAN, Kind.IMPORT, Kind.BILL}
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        self.search = SearchField(_("Number, name, words, amount or date"))
        self.search.looked_for.connect(lambda _text: self.reload())
        self.month_chip = Chip("", chosen=False)
        self.chips = {kind: Chip(_(KINDS[kind])) for kind in _CHIPS[session.kind]}
        # Unfolded, what took a record back and what was put right are lines of their own.
        self.steps_chip = Chip(_("Every step"))
        for chip in (self.month_chip, *self.chips.values(), self.steps_chip):
            chip.clicked.connect(lambda _on: self.reload())
        self.columns = (
            TableColumn("date", _("Date"), lambda row: row.date, "date", 112, tone=_tone),
            TableColumn(
                "number", _("Number"), lambda row: row.number, width=140, tone=lambda _row: "muted", spare=1
            ),
            TableColumn(
                "kind",
                _("Kind"),
                lambda row: _(KINDS.get(row.kind, row.kind)),
                width=112,
                tone=_tone,
                spare=3,
            ),
            TableColumn("memo", _("What for"), self._memo, width=0, tone=_tone, icon=_icon),
            # In a cooperative each record is about a member; in a shop few are about anyone.
            TableColumn(
                "party",
                _("Who"),
                lambda row: row.party,
                width=128,
                tone=_tone,
                spare=4 if session.kind == "business" else 2,
            ),
            TableColumn(
                "amount", _("Amount (Rp)"), lambda row: row.amount, "amount", 124, tone=_tone, weight=600
            ),
        )
        self.table = Table(_, self.columns)
        self.table.setAccessibleName(_("All records"))
        self.search.lead_into(self.table)
        self.panel = RecordPanel(session, take_back=self.take_back, put_right=self.put_right)
        self.table.chosen.connect(self._show)
        self.table.opened.connect(lambda row: self.panel.show_record(row.entry, journal=True))
        self.totals = Totals()
        self.print_button, self.export_button = list_buttons(session, self.listing)
        self._preparing = Label(
            _("The search is being prepared. Until it is ready, only numbers are found."),
            tone="muted",
            wrap=True,
        )
        listed = Card(column(self.table, self.totals, gap=0, margin=1))
        self._empty = EmptyState(
            "scroll-text",
            _("No records yet"),
            _("Everything you save is found here again, can be taken back and put right."),
            [
                Button(_("Home"), icon="house", kind="primary", on=lambda: session.go("home")),
                Button(
                    _("Import from Excel"), icon="upload", key="Alt+E", on=lambda: session.go("importing")
                ),
            ],
        )
        self._split = Split(listed, self.panel, side_width=330)
        self.setLayout(
            column(
                PageHead(_("All records"), actions=(self.print_button, self.export_button)),
                self.search,
                self._preparing,
                flow(self.month_chip, *self.chips.values(), self.steps_chip),
                self._split,
                self._empty,
                gap=12,
                margin=theme.PAGE,
            )
        )

    def open(self, entry: Any = None, **_parameters: Any) -> None:
        """Come to the list, or to one record."""
        self._dirty = False
        if entry is not None and self._find(int(entry)):
            return
        self.reload()
        self.search.setFocus()
        self.search.selectAll()

    def reload(self) -> None:
        """Show what is looked for."""
        _ = self.session.translator
        self.month_chip.set_text(_.format.month(self.session.month))
        text, choice = self.search.text().strip(), self._choice()
        reading = self.session.reading()
        self._preparing.setVisible(bool(text) and not self.session.search.finds_words(reading))
        rows = self._rows(reading)
        self.table.show_rows(rows)
        count = rows.count()
        words, sums = _.plural("{n:n} record", "{n:n} records", count), ""
        if text:
            if count == _FOUND_AT_MOST:
                words = _("The newest {n:n} that fit", n=count)
            standing = [row for row in rows.page(0, count) if row.state in ("ordinary", "correction")]
            sums = _("Together {amount:rp}", amount=sum(row.amount for row in standing))
        elif len(choice.kinds) == 1 and count <= _SUMMED_AT_MOST:
            sums = _("Together {amount:rp}", amount=records_total(reading, choice))
        self.totals.tell(words, sums)
        fresh = count == 0 and not text and choice == Choice(folded=True)
        self._split.setVisible(not fresh)
        self._empty.setVisible(fresh)
        for button in (self.print_button, self.export_button):
            button.setEnabled(bool(count))
        if count and not self.table.currentIndex().isValid():
            self.table.go_to(0)
        self._show(self.table.current())

    def escape(self) -> bool:
        """Esc empties the search first."""
        if self.search.text():
            self.search.clear()
            self.search.setFocus()
            self.reload()
            return True
        return False

    def listing(self) -> Listing:
        """What is seen, to be printed or saved."""
        _ = self.session.translator
        choice, text = self._choice(), self.search.text().strip()
        kinds = ", ".join(_(KINDS[kind]) for kind in choice.kinds)
        context = tuple(pair for pair in ((_("Kind"), kinds), (_("Searched"), text)) if pair[1])
        subtitle = _.format.month(self.session.month) if choice.first else ""
        return Listing(
            "records", _("All records"), self.columns, self._rows, subtitle=subtitle, context=context
        )

    def take_back(self) -> None:
        """Reverse the record that is shown, after saying exactly what that does."""
        detail = self.panel.detail
        if detail is None:
            return
        _ = self.session.translator
        found = detail.row
        reason = ChoiceEditor(
            _,
            [
                ("wrong", _("Wrong amount or thing")),
                ("twice", _("Recorded twice")),
                ("cancelled", _("It was called off")),
                ("other", _("Another reason")),
            ],
        )
        reason.set_name(_("Reason"))
        question = Question(
            _("Take {number} back?", number=found.number),
            _(
                "{kind} of {amount:rp} on {on:long} is reversed. Both stay in the list, so that everyone can see it.",
                kind=_(KINDS.get(found.kind, found.kind)),
                amount=found.amount,
                on=found.date,
            ),
            _("Take the record back"),
            _("Back"),
            self.window(),
            extra=(Label(_("Reason"), "strong"), reason),
        )
        if not question.exec():
            return
        memo = _("Takes {number} back: {reason}", number=found.number, reason=reason.box.currentText())
        self.session.execute(
            ReverseEntry(entry=found.entry, memo=memo), said=_("{number} is taken back", number=found.number)
        )

    def put_right(self) -> None:
        """Open the form that made the record that is shown, filled with it."""
        command = self.panel.command()
        if command is not None and self.panel.detail is not None:
            self.session.go(place_of(command), correct=self.panel.detail.row.entry)

    # Inside

    def _choice(self) -> Choice:
        month = self.session.month
        within = self.month_chip.isChecked()
        return Choice(
            tuple(kind for kind, chip in self.chips.items() if chip.isChecked()),
            month.first if within else None,
            month.last_day if within else None,
            folded=not self.steps_chip.isChecked(),
        )

    def _rows(self, reading: Snapshot) -> Rows:
        """The rows by a reading of the book: the window's own, or that of a worker who makes a document."""
        text, choice, search = self.search.text().strip(), self._choice(), self.session.search
        if text:
            return Listed(search.find(reading, text, _FOUND_AT_MOST, choice))
        mine = self.session.reading()
        # The window's reading is renewed after each change; a row that is read later belongs to the new one.
        return AllRecords(
            self.session.reading if reading is mine else lambda: reading, choice, search.day_counts
        )

    def _find(self, entry: int) -> bool:
        """Come to one record by its number, with everything else out of the way."""
        rows = records_by_key(self.session.reading(), [entry])
        if not rows:
            return False
        for chip in (self.month_chip, *self.chips.values()):
            chip.setChecked(False)
        self.search.setText(rows[0].number)
        self.reload()
        listed = self.table.table
        places = (place for place in range(listed.rowCount()) if listed.row(place).entry == entry)
        place = next(places, None)
        self.table.setFocus()
        if place is None:
            # A step of a correction that the folded list does not show.
            self.panel.show_record(entry)
        else:
            self.table.go_to(place)
        return True

    def _show(self, chosen: RecordRow | None) -> None:
        self.panel.show_record(chosen.entry if chosen is not None else None)

    def _memo(self, row: RecordRow) -> str:
        if row.state not in ("reversed", "reversal"):
            return row.memo
        _ = self.session.translator
        return _("{state}: {memo}", state=_(STATES[row.state]), memo=row.memo)


def _tone(row: RecordRow) -> str:
    return "muted" if row.state in ("reversed", "reversal") else ""


def _icon(row: RecordRow) -> str:
    return {"reversed": "undo-2", "reversal": "undo-2", "correction": "pencil"}.get(row.state, "")
