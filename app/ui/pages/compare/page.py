"""Bandingkan dengan catatan lama: a list from the old books beside ours, what differs first. Nothing is written."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog

from app.base.errors import LumbungError
from app.ledger.changes import Kind
from app.ledger.imports.compare import (
    STATES,
    Compared,
    Comparison,
    OldList,
    Subject,
    compare_list,
    read_list,
    read_pasted,
    subjects,
)
from app.ui import theme
from app.ui.bridge import Session
from app.ui.drops import dropped_file
from app.ui.export import export_folder
from app.ui.lists import Listing, list_buttons
from app.ui.pages.page import Page
from app.ui.widgets.button import Button, Chip
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.editor import ChoiceEditor
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.label import Icon, Label
from app.ui.widgets.layout import Card, Scroll, box, column, flow, row
from app.ui.widgets.page_head import PageHead
from app.ui.widgets.table import Listed, Table, TableColumn, Totals

_ENDINGS = "*.xlsx *.xlsm *.csv *.txt"
_FAULTS_TOLD = 3
_SIGNS = {
    "equal": "check",
    "different": "triangle-alert",
    "only_theirs": "arrow-down-left",
    "only_ours": "arrow-up-right",
    "several": "circle-help",
}


class ComparePage(Page):
    """What is compared, as of when, with which list; below, line by line."""

    shows: ClassVar[frozenset[Kind]] = frozenset(Kind)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        self.setAcceptDrops(True)
        self._subjects: dict[str, Subject] = {}
        self._source = ""
        self._path: Path | None = None
        self._text = ""
        self.old: OldList | None = None
        self.comparison: Comparison | None = None
        self._state = ""
        self.subject = ChoiceEditor(_, [])
        self.subject.set_name(_("What is compared"))
        self.subject.changed.connect(self._read_again)
        self.day = DateEdit(session)
        self.day.set_name(_("At the close of"))
        self.day.changed.connect(self._compare)
        self.choose_button = Button(
            _("Choose the old list"), icon="folder-open", key="Ctrl+O", kind="primary", on=self.choose
        )
        self.paste_button = Button(_("Paste two columns"), icon="clipboard-list", key="Alt+T", on=self.paste)
        self.other_button = Button(_("Another list"), icon="folder-open", key="Ctrl+O", on=self.choose)
        self.again_button = Button(_("Paste"), icon="clipboard-list", key="Alt+T", on=self.paste)
        self.print_button, self.export_button = list_buttons(session, self.listing)
        self.chips = {key: Chip("") for key in STATES}
        for key, chip in self.chips.items():
            chip.clicked.connect(lambda _on=False, key=key: self.show_state(key))
        self.table = Table(_, self._columns(quantity=False))
        self.table.setAccessibleName(_("Line by line"))
        self.table.opened.connect(self._open_line)
        self.totals = Totals()
        self._told = Label("", "heading", wrap=True)
        self._faults = Label("", tone="amber", wrap=True)
        self._faults_line = box(row(Icon("triangle-alert", 16, "amber"), self._faults))
        self._faults_line.layout().setStretch(1, 1)  # type: ignore[union-attr]
        self._trouble = Label("", tone="out", wrap=True)
        self._trouble_line = box(row(Icon("circle-x", 16, "out"), self._trouble))
        self._trouble_line.layout().setStretch(1, 1)  # type: ignore[union-attr]
        self._empty = EmptyState(
            "git-compare-arrows",
            _("Hold the old list beside this book"),
            _(
                "Take a list from the old book or program: a name or a number, and an amount. You see what is equal"
                " and what is not, before you rely on the figures here. Nothing is recorded."
            ),
            [self.choose_button, self.paste_button],
        )
        self._lines = box(
            column(
                self._told,
                self._faults_line,
                flow(*self.chips.values()),
                Card(column(self.table, self.totals, gap=0, margin=1)),
                gap=12,
            )
        )
        self._lines.layout().setStretch(3, 1)  # type: ignore[union-attr]
        self._rows = Scroll(self._lines)
        asked = row(
            column(Label(_("What is compared"), "strong"), self.subject, None, gap=4),
            column(Label(_("At the close of"), "strong"), self.day, None, gap=4),
        )
        asked.setStretch(0, 2)
        asked.setStretch(1, 1)
        whole = column(
            PageHead(
                _("Compare with the old books"),
                actions=(self.other_button, self.again_button, self.print_button, self.export_button),
            ),
            asked,
            self._trouble_line,
            self._rows,
            self._empty,
            gap=12,
            margin=theme.PAGE,
        )
        whole.setStretch(3, 1)
        whole.setStretch(4, 1)
        self.setLayout(whole)

    # Coming

    def open(self, file: str = "", subject: str = "", **_parameters: Any) -> None:
        """Come to the page, perhaps with a subject and a file."""
        self._dirty = False
        self._list_subjects()
        if subject in self._subjects:
            self.subject.set_value(subject)
        if file:
            self.look_at(Path(file))
        else:
            self._compare()
        (self.table if self.comparison else self.choose_button).setFocus()

    def reload(self) -> None:
        """The book has changed: compare anew."""
        self._list_subjects()
        self._compare()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """A list may be dropped anywhere on the page."""
        if dropped_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Compare with the list that was dropped."""
        path = dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.look_at(path)

    # What is done

    def choose(self) -> None:
        """Ask for the old list."""
        _ = self.session.translator
        name, _kind = QFileDialog.getOpenFileName(
            self,
            _("Choose the old list"),
            str(self._path.parent if self._path else export_folder()),
            f"{_('Workbook or CSV')} ({_ENDINGS});;{_('All files')} (*)",
        )
        if name:
            self.look_at(Path(name))

    def look_at(self, path: Path) -> None:
        """Read the old list and compare."""
        self._path, self._text, self._source = path, "", path.name
        self._read()

    def paste(self) -> None:
        """Take the old list from the clipboard, as it was copied out of a workbook."""
        _ = self.session.translator
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self.session.toast(_("Nothing was copied yet. Copy the two columns in Excel first."))
            return
        self._path, self._text, self._source = None, text, _("what was pasted")
        self._read()

    def show_state(self, state: str) -> None:
        """Show only the lines of one state, or all again."""
        self._state = "" if self._state == state else state
        self._show()

    def listing(self) -> Listing:
        """What is seen, to be printed or saved."""
        _ = self.session.translator
        subject, rows = self._chosen(), self._shown()
        context = [(_("What is compared"), self._title(subject)), (_("Old list"), self._source)]
        if self._state:
            context.append((_("Only"), _(STATES[self._state])))
        on = self.session.translator("As of {on}", on=self.session.translator.format.date_long(self._on()))
        sums = () if subject.quantity else ("ours", "theirs", "difference")
        return Listing(
            "compare",
            _("Compared with the old books"),
            self._columns(quantity=subject.quantity),
            lambda _snapshot: Listed(rows),
            subtitle=on,
            context=tuple(context),
            sums=sums,
        )

    # Inside

    def _list_subjects(self) -> None:
        _ = self.session.translator
        found = {subject.key: subject for subject in subjects(self.session.reading())}
        if found != self._subjects:
            self._subjects = found
            self.subject.set_choices([(key, self._title(subject)) for key, subject in found.items()])

    def _title(self, subject: Subject) -> str:
        return self.session.translator(subject.words, **subject.params)

    def _chosen(self) -> Subject:
        key = self.subject.value()
        return self._subjects[key] if key in self._subjects else next(iter(self._subjects.values()))

    def _on(self) -> date:
        try:
            return self.day.value() or self.session.today
        except LumbungError:
            # The field says itself what can't be read.
            return self.session.today

    def _read_again(self) -> None:
        """Another subject is looked for under other headings."""
        if self._path is not None or self._text:
            self._read()

    def _read(self) -> None:
        _ = self.session.translator
        self.old = self.comparison = None
        self._state = ""
        self._trouble.setText("")
        try:
            if self._path is not None:
                self.old = read_list(self._path, self._chosen())
            else:
                self.old = read_pasted(self._text, self._chosen())
        except (LumbungError, OSError) as error:
            self._trouble.setText(self._sentence(error))
        if self._compare():
            self.table.setFocus()

    def _sentence(self, error: Exception) -> str:
        _ = self.session.translator
        if not isinstance(error, LumbungError):
            return _("{name} can't be read: {reason}.", name=self._source, reason=str(error))
        said = (_(error.template, **error.params), _(error.advice, **error.params) if error.advice else "")
        return " ".join(filter(None, said))

    def _compare(self) -> bool:
        self.comparison = None
        if self.old is not None:
            self.comparison = compare_list(self.session.reading(), self._chosen(), self.old.rows, self._on())
        self._show()
        return self.comparison is not None

    def _show(self) -> None:
        _ = self.session.translator
        found, old = self.comparison, self.old
        self._trouble_line.setVisible(bool(self._trouble.text()))
        self._rows.setVisible(found is not None)
        self._empty.setVisible(found is None)
        for button in (self.other_button, self.again_button, self.print_button, self.export_button):
            button.setVisible(found is not None)
        if found is None or old is None:
            return
        counts = found.counts
        equal, others = counts["equal"], len(found.rows) - counts["equal"]
        if others:
            told = _("{others:n} of {all:n} lines are not equal.", others=others, all=len(found.rows))
        elif equal:
            told = _.plural("The one line is equal.", "All {n:n} lines are equal.", equal)
        else:
            told = _("Neither the list nor this book holds anything of this.")
        self._told.setText(told)
        self._tell_faults(old)
        for key, chip in self.chips.items():
            chip.set_text(f"{_(STATES[key])} {_.format.number(counts[key])}")
            chip.setVisible(bool(counts[key]))
            chip.setChecked(key == self._state)
            chip.set_attention(on=key != "equal" and bool(counts[key]))
        quantity = self._chosen().quantity
        self.table.set_columns(self._columns(quantity=quantity))
        rows = self._shown()
        self.table.show_rows(rows)
        if rows and not self.table.currentIndex().isValid():
            self.table.go_to(0)
        self.totals.tell(
            _.plural("{n:n} line", "{n:n} lines", len(rows)), self._sums(found, quantity=quantity)
        )

    def _shown(self) -> list[Compared]:
        if self.comparison is None:
            return []
        return [item for item in self.comparison.rows if not self._state or item.state == self._state]

    def _sums(self, found: Comparison, *, quantity: bool) -> str:
        _ = self.session.translator
        fmt = _.format
        ours, theirs, difference = (
            fmt.quantity(Decimal(amount)) if quantity else fmt.rupiah(int(amount))
            for amount in (found.ours, found.theirs, found.difference)
        )
        return _(
            "Here {ours}, old list {theirs}, difference {difference}",
            ours=ours,
            theirs=theirs,
            difference=difference,
        )

    def _tell_faults(self, old: OldList) -> None:
        _ = self.session.translator
        self._faults_line.setVisible(bool(old.faults))
        if not old.faults:
            return
        lines = [
            _.plural(
                "{n:n} row can't be read and is not compared.",
                "{n:n} rows can't be read and are not compared.",
                len(old.faults),
            )
        ]
        for fault in old.faults[:_FAULTS_TOLD]:
            message = " ".join(
                filter(None, (_(fault.template, **fault.params), _(fault.advice, **fault.params)))
            )
            lines.append(_("{cell}: {message}", cell=f"{fault.column}{fault.row}", message=message))
        self._faults.setText("\n".join(lines))

    def _columns(self, *, quantity: bool) -> tuple[TableColumn, ...]:
        _ = self.session.translator
        kind = "quantity" if quantity else "amount"
        heads = (
            (_("Here"), _("Old list"), _("Difference"))
            if quantity
            else (_("Here (Rp)"), _("Old list (Rp)"), _("Difference (Rp)"))
        )
        return (
            TableColumn(
                "state",
                _("Result"),
                lambda item: _(STATES[item.state]),
                width=180,
                tone=_tone,
                icon=lambda item: _SIGNS[item.state],
            ),
            TableColumn(
                "code", _("Code"), lambda item: item.code, width=110, tone=lambda _item: "muted", spare=1
            ),
            TableColumn("name", _("Name"), lambda item: item.name, width=0, weight=500),
            TableColumn("ours", heads[0], lambda item: _number(item.ours, quantity=quantity), kind, 140),
            TableColumn("theirs", heads[1], lambda item: _number(item.theirs, quantity=quantity), kind, 140),
            TableColumn(
                "difference",
                heads[2],
                lambda item: _number(item.difference or None, quantity=quantity),
                kind,
                140,
                tone=_tone,
                weight=600,
            ),
            TableColumn("row", _("Row"), lambda item: item.row or None, "integer", 64, spare=2),
        )

    def _open_line(self, item: Compared) -> None:
        """A line opens what it is about, where this book has it."""
        key, code, go = self._chosen().key, item.code, self.session.go
        if item.state in ("only_theirs", "several") or not code:
            return
        if key.startswith("savings:"):
            go("member", member=code)
        elif key == "accounts":
            go("reports", report="ledger", account=code)
        elif key in ("stock", "stock-value"):
            go("products", product=code)
        elif key in ("receivables", "payables"):
            go("parties", kind="customer" if key == "receivables" else "supplier", party=code)
        elif key.startswith("loans"):
            # A list by member has the member's number where one by loan has the loan's.
            page = "loan" if "-" in code else "member"
            go(page, **{page: code})


def _tone(item: Compared) -> str:
    return "brand" if item.state == "equal" else "amber"


def _number(value: int | Decimal | None, *, quantity: bool) -> int | Decimal | None:
    if value is None:
        return None
    return Decimal(value) if quantity else int(value)
