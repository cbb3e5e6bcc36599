"""The list of all records with the chosen one at its side. Taking back asks once, and leaves both to be seen."""

from typing import Any

from app.base.errors import LumbungError
from app.ledger.changes import Kind
from app.ledger.command import Command, command_name
from app.ledger.entries.commands import ReverseEntry
from app.ledger.entries.records import (
    KINDS,
    Choice,
    RecordDetail,
    RecordRow,
    find_records,
    original_command,
    record,
    records_by_key,
)
from app.ui import theme
from app.ui.bridge import Session
from app.ui.pages.page import Page
from app.ui.pages.records.rows import AllRecords
from app.ui.widgets.button import Button, Chip
from app.ui.widgets.editor import ChoiceEditor
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.error_panel import Question
from app.ui.widgets.label import Label
from app.ui.widgets.layout import Card, Scroll, Split, box, clear, column, flow, row, rule
from app.ui.widgets.page_head import PageHead
from app.ui.widgets.search import SearchField
from app.ui.widgets.table import Table, TableColumn, Totals

_FOUND_AT_MOST = 500
# The kinds that a filter is worth having for, by the kind of book.
_CHIPS = {
    "business": ("sales", "purchases", "cash", "debts", "products", "journal"),
    "cooperative": ("savings", "loans", "cash", "journal"),
}
# Which page puts a record right: the one whose form made it.
_PLACES: dict[str, str] = {
    "record-sale": "sell",
    "record-purchase": "buy",
    "record-money-in": "cash",
    "record-money-out": "cash",
    "transfer-money": "cash",
    "receive-bill-payment": "parties",
    "pay-bill": "parties",
    "deposit-savings": "savings",
    "record-savings": "savings",
    "withdraw-savings": "withdraw",
    "receive-instalment": "instalment",
    "post-entry": "entry",
}


class RecordsPage(Page):
    """Search, chips, list; the record at the side."""

    shows = frozenset({Kind.ENTRY, Kind.SALE, Kind.PURCHASE, Kind.SAVINGS, Kind.LOAN, Kind.IMPORT, Kind.BILL})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        self.search = SearchField(_("Number, name or words"))
        self.search.looked_for.connect(lambda _text: self.reload())
        self.month_chip = Chip("", chosen=False)
        self.chips = {kind: Chip(_(KINDS[kind])) for kind in _CHIPS[session.kind]}
        for chip in (self.month_chip, *self.chips.values()):
            chip.clicked.connect(lambda _on: self.reload())
        columns = (
            TableColumn("date", _("Date"), lambda row: row.date, "date", 116),
            TableColumn("number", _("Number"), lambda row: row.number, width=130, tone=lambda _row: "muted"),
            TableColumn("kind", _("Kind"), self._kind_words, width=120, tone=_tone, spare=True),
            TableColumn("memo", _("What for"), _memo, width=0, tone=_tone),
            TableColumn("party", _("Who"), lambda row: row.party, width=120, spare=True),
            TableColumn(
                "amount", _("Amount (Rp)"), lambda row: row.amount, "amount", 130, tone=_tone, weight=600
            ),
        )
        self.table = Table(_, columns)
        self.table.setAccessibleName(_("All records"))
        self.search.lead_into(self.table)
        self.table.chosen.connect(self._show)
        self.table.opened.connect(lambda row: self._show(row, journal=True))
        self.totals = Totals()
        self._detail = column(gap=8)
        side = Card(column(Scroll(box(column(self._detail, None))), margin=16))
        self._list = Card(column(self.table, self.totals, gap=0, margin=1))
        self._empty = EmptyState(
            "scroll-text",
            _("No records yet"),
            _("Everything you save is found here again, can be taken back and put right."),
            [Button(_("Home"), icon="house", kind="primary", on=lambda: session.go("home"))],
        )
        self._split = Split(self._list, side, side_width=330)
        self._chosen: RecordDetail | None = None
        self.setLayout(
            column(
                PageHead(_("All records")),
                self.search,
                flow(self.month_chip, *self.chips.values()),
                self._split,
                self._empty,
                gap=12,
                margin=(theme.MARGIN, 20, theme.MARGIN, theme.MARGIN),
            )
        )

    def open(self, entry: Any = None, **_parameters: Any) -> None:
        """Come to the list, or to one record."""
        self._dirty = False
        self.reload()
        if entry is not None:
            rows = records_by_key(self.session.reading(), [int(entry)])
            if rows:
                self.search.setText(rows[0].number)
                self.reload()
                self.table.setFocus()
                return
        self.search.setFocus()
        self.search.selectAll()

    def reload(self) -> None:
        """Show what is looked for."""
        _ = self.session.translator
        month = self.session.month
        self.month_chip.set_text(_.format.month(month))
        kinds = tuple(kind for kind, chip in self.chips.items() if chip.isChecked())
        within = self.month_chip.isChecked()
        choice = Choice(kinds, month.first if within else None, month.last_day if within else None)
        text = self.search.text().strip()
        if text:
            found = find_records(self.session.reading(), text, _FOUND_AT_MOST, choice)
            self.table.show_rows(found)
            many = len(found) == _FOUND_AT_MOST
            words = (
                _("The newest {n:n} that fit", n=len(found))
                if many
                else _.plural("{n:n} record", "{n:n} records", len(found))
            )
            self.totals.tell(words, _("Together {amount:rp}", amount=sum(row.amount for row in found)))
        else:
            rows = AllRecords(self.session.reading, choice)
            self.table.show_rows(rows)
            self.totals.tell(_.plural("{n:n} record", "{n:n} records", rows.count()))
        count = self.table.table.rowCount()
        fresh = count == 0 and not text and not kinds and not within
        self._split.setVisible(not fresh)
        self._empty.setVisible(fresh)
        if count and not self.table.currentIndex().isValid():
            self.table.go_to(0)
        self._show(self.table.current())

    def escape(self) -> bool:
        """Esc empties the search first."""
        if self.search.text():
            self.search.clear()
            self.search.setFocus()
            return True
        return False

    def take_back(self) -> None:
        """Reverse the chosen record, after saying exactly what that does."""
        detail = self._chosen
        if detail is None:
            return
        _ = self.session.translator
        row = detail.row
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
            _("Take {number} back?", number=row.number),
            _(
                "{kind} of {amount:rp} on {on:long} is reversed. Both stay in the list, so that everyone can see it.",
                kind=_(KINDS.get(row.kind, row.kind)),
                amount=row.amount,
                on=row.date,
            ),
            _("Take the record back"),
            _("Back"),
            self.window(),
            extra=(Label(_("Reason"), "strong"), reason),
        )
        if not question.exec():
            return
        words = reason.box.currentText()
        self.session.execute(
            ReverseEntry(
                entry=row.entry, memo=_("Takes {number} back: {reason}", number=row.number, reason=words)
            ),
            said=_("{number} is taken back", number=row.number),
        )

    def put_right(self) -> None:
        """Open the form that made the chosen record, filled with it."""
        detail = self._chosen
        if detail is None:
            return
        command = self._command(detail)
        if command is None:
            return
        place = _place(command)
        if place:
            self.session.go(place, correct=detail.row.entry)

    def _command(self, detail: RecordDetail) -> Command | None:
        try:
            return original_command(self.session.reading(), detail.row.entry, self.session.book.known)
        except LumbungError:
            # Recorded by a program whose words this one does not know any more.
            return None

    def _show(self, chosen: RecordRow | None, *, journal: bool = False) -> None:
        _ = self.session.translator
        clear(self._detail)
        self._chosen = record(self.session.reading(), chosen.entry) if chosen is not None else None
        detail = self._chosen
        if detail is None:
            self._detail.addWidget(Label(_("Nothing fits. Fewer words find more."), tone="muted", wrap=True))
            return
        found = detail.row
        self._detail.addWidget(Label(found.number, "title"))
        self._detail.addWidget(Label(_.format.rupiah(found.amount), "figure"))
        self._detail.addWidget(Label(found.memo, "field", wrap=True))
        for word, value in (
            (_("Date"), f"{_.format.weekday(found.date)}, {_.format.date_medium(found.date)}"),
            (_("Who"), found.party),
            (_("Recorded by"), detail.actor),
        ):
            if value:
                self._detail.addWidget(rule())
                self._detail.addLayout(row(Label(word, tone="muted"), None, Label(value, right=True)))
        if found.reversed_by is not None:
            words = _("This record was taken back. It counts no more.")
            self._detail.addWidget(Label(words, "strong", "amber", wrap=True))
        elif found.reverses is not None:
            self._detail.addWidget(Label(_("This takes another record back."), "strong", "amber", wrap=True))
        standing = found.reversed_by is None and found.reverses is None
        buttons: list[Button] = []
        if standing:
            command = self._command(detail)
            if command is not None and _place(command):
                buttons.append(Button(_("Put right"), icon="pencil", key="Alt+P", on=self.put_right))
            buttons.append(
                Button(
                    _("Take the record back"), icon="undo-2", key="Alt+B", kind="danger", on=self.take_back
                )
            )
        if not journal:
            buttons.append(
                Button(
                    _("See the journal"),
                    kind="link",
                    key="Alt+J",
                    on=lambda: self._show(chosen, journal=True),
                )
            )
        self._detail.addSpacing(4)
        self._detail.addLayout(flow(*buttons))
        if journal:
            self._detail.addWidget(Label(_("Journal"), "heading"))
            for line in detail.lines:
                side = _("Debit") if line.amount > 0 else _("Credit")
                words = f"{line.code} {line.account}"
                amount = Label(_.format.rupiah(abs(line.amount)), right=True)
                self._detail.addWidget(rule())
                self._detail.addLayout(
                    row(column(Label(words, wrap=True), Label(side, tone="muted"), gap=0), None, amount)
                )

    def _kind_words(self, row: RecordRow) -> str:
        _ = self.session.translator
        if row.reverses is not None:
            return _("Taken back")
        return _(KINDS.get(row.kind, row.kind))


def _place(command: Command) -> str:
    return _PLACES.get(command_name(command), "")


def _memo(row: RecordRow) -> str:
    return row.memo


def _tone(row: RecordRow) -> str:
    return "muted" if row.reversed_by is not None or row.reverses is not None else ""
