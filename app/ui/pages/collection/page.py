"""Lembar penagihan: a group's meeting on one sheet, checked against the cash, recorded in one go."""

from datetime import date
from hashlib import blake2b
from typing import Any, ClassVar, Final, NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from app.base.errors import LumbungError
from app.ledger.changes import Kind, Outcome
from app.ledger.collection.commands import RecordCollection
from app.ledger.collection.queries import collection_rows, groups, is_reversed
from app.reports.collection import collection, collection_paper, group_name, sheet_number
from app.ui import theme
from app.ui.bridge import Session
from app.ui.pages.collection.cash import CashCount, Difference
from app.ui.pages.collection.grid import Grid, Sums
from app.ui.pages.collection.sheet import AMOUNTS, Line, filled, members_paying, rows_with
from app.ui.pages.page import Page
from app.ui.widgets.button import Button
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.editor import ChoiceEditor
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.label import Label
from app.ui.widgets.layout import Card, Scroll, Split, box, column, flow, row
from app.ui.widgets.page_head import PageHead

_ALL: Final = "*"
_NAMED: Final = "="
_DRAFT_AFTER_MS: Final = 300
# From here on recording takes long enough to be a job with a stop.
_LONG: Final = 80
_NAMED_ROWS: Final = 4
# Below this width the cash goes below the grid.
_NARROW: Final = 800
# So many rows of the grid are seen at least: beside the cash, and above it.
_ROWS_LEAST, _ROWS_NARROW = 4, 7


class _Day(DateEdit):
    """The day of the meeting; below it stands only what is odd about it, so that the head stays one line."""

    def note(self, text: str, tone: str = "muted", sign: str = "") -> None:
        """Leave the quiet words out; the day of the week stands in the tip."""
        super().note(text if tone == "amber" else "", tone, sign)
        self.line.setToolTip(text)


class _Recorded(NamedTuple):
    """The sheet that was recorded last: which one, its first entry, and what stood in it."""

    key: tuple[str, date]
    entry: int
    state: dict[str, str]


class CollectionPage(Page):
    """The sheet of a group and a day."""

    shows: ClassVar[frozenset[Kind]] = frozenset({Kind.MEMBER, Kind.SAVINGS, Kind.LOAN, Kind.PARTY})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        self._shown: tuple[str, date] | None = None
        # What stood in the sheet that was recorded last, to come back when it is taken back.
        self._recorded: _Recorded | None = None
        self.group = ChoiceEditor(_, [])
        self.group.set_name(_("Group"))
        self.group.setFixedWidth(190)
        self.group.changed.connect(self._other_sheet)
        self.on = _Day(session)
        self.on.set_name(_("Date of the meeting"))
        self.on.setFixedWidth(170)
        self.on.changed.connect(self._other_sheet)
        self.print_button = Button(_("Blank sheet"), icon="printer", key="Ctrl+P", on=self.print_blank)
        self.export_button = Button(_("Export"), icon="download", key="Ctrl+E", on=self.export)
        self.grid = Grid(_)
        self.grid.setAccessibleName(_("Collection sheet"))
        self.sums = Sums(self.grid, _)
        self.trouble = Label("", "strong", "out", wrap=True)
        self.trouble.hide()
        self.count_button = Button(_("Go there"), key="Alt+U", kind="link", on=lambda: self.cash.begin())
        self.cash = CashCount(_, self.count_button)
        self.difference = Difference()
        self.difference.hide()
        self.record_button = Button("", key="Ctrl+Enter", kind="primary", height=48, on=self.record)
        self._hint = Label(
            _("A difference is recorded as cash over or short. Ctrl+Z takes the whole sheet back."),
            tone="muted",
            wrap=True,
        )
        self.grid.edited.connect(self._edited)
        self.grid.finished.connect(self.cash.begin)
        self.grid.unreadable.connect(self._say)
        self.cash.changed.connect(self._edited)
        self.cash.finished.connect(self.record_button.setFocus)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.keep_draft)
        self._views = QStackedWidget()
        self._sheet = self._sheet_view()
        self._empty = EmptyState(
            "clipboard-list",
            _("No members to collect from"),
            _(
                "A collection sheet lists the members of a group with what each one has to pay at the meeting."
            ),
            [
                Button(
                    _("Add a member"),
                    icon="user-plus",
                    key="Ctrl+N",
                    kind="primary",
                    on=lambda: session.go("members", new=True),
                )
            ],
            page=_("Collection sheet"),
        )
        self._views.addWidget(self._sheet)
        self._views.addWidget(self._empty)
        self.setLayout(column(self._views))

    def _sheet_view(self) -> Any:
        _ = self.session.translator
        head = PageHead(
            _("Collection sheet"),
            beside=[self.group, self.on],
            actions=[self.print_button, self.export_button],
        )
        keys = flow(
            *(
                box(row(Label(key, "key"), Label(words, tone="muted"), gap=6))
                for key, words in (
                    ("Enter", _("down")),
                    ("Tab", _("to the right")),
                    (_("Space"), _("absent")),
                )
            ),
            gap=16,
        )
        sheet = Card(column(self.grid, self.sums, gap=0, margin=1))
        main = column(sheet, self.trouble, keys, gap=6)
        main.setStretch(0, 1)
        counted = self._counted = Scroll(box(column(self.cash, self.difference, None, gap=10)))
        side = self._side = column(counted, self.record_button, self._hint, gap=8)
        side.setStretch(0, 1)
        body = self._body = Split(box(main), box(side), side_width=276, narrow=_NARROW)
        self._foot = row()
        made = column(head, Scroll(body), self._foot, gap=10, margin=(16, 10, 16, 10))
        made.setStretch(1, 1)
        return box(made)

    # Using it

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Where the cash stands below the grid, the primary button stays in view at the foot."""
        narrow = event.size().width() - 32 < _NARROW
        if narrow and self._foot.count() == 0:
            self._foot.addWidget(self.record_button)
            self._stand(rows=_ROWS_NARROW, cash=self._counted.sizeHint().height())
        elif not narrow and self._foot.count():
            self._foot.removeWidget(self.record_button)
            self._side.insertWidget(1, self.record_button)
            self._stand(rows=_ROWS_LEAST, cash=0)
        super().resizeEvent(event)

    def _stand(self, *, rows: int, cash: int) -> None:
        """Below each other the grid and the cash have a height of their own, and the page scrolls."""
        self.grid.setMinimumHeight(theme.HEAD_HEIGHT + rows * theme.ROW_HEIGHT)
        self._counted.setMinimumHeight(cash)

    @property
    def lines(self) -> list[Line]:
        """The lines of the sheet."""
        return self.grid.sheet.lines

    def open(self, **parameters: Any) -> None:
        """The sheet of a group (`group`), else the one that was shown."""
        self._offer_groups()
        if parameters.get("group"):
            self.group.set_value(_NAMED + str(parameters["group"]))
        if self.lines:
            self.grid.setFocus()

    def reload(self) -> None:
        """Read anew what is asked; what was typed stays."""
        self._offer_groups()
        self._read()
        self.grid.setFocus()

    def month_moved(self) -> None:
        """The sheet has a day of its own."""

    def leave(self) -> bool:
        """What was typed is kept first."""
        if self._timer.isActive():
            self._timer.stop()
            self.keep_draft()
        return True

    def record(self) -> None:
        """Record all lines at once."""
        _ = self.session.translator
        self.grid.setFocus()  # an amount that is being typed is taken
        paying = members_paying(self.lines)
        if not paying or self._shown is None:
            self._say(_("No line has an amount."))
            return
        counted = self.cash.counted
        if counted is None and not self.session.ask(
            _("The cash is not counted yet. Record the sheet all the same?"),
            _("{total:rp} from {n} members goes into the cash.", total=self._total(), n=paying),
            _("Record without counting"),
            danger=False,
        ):
            self.cash.begin()
            return
        command = self._command(counted)
        if len(self.lines) > _LONG:
            self.session.execute_long(command, _("Recording the sheet"), self._done, self._failed_long)
        else:
            self.session.execute(command, self._done, self._failed, self._said)

    def print_blank(self) -> None:
        """The sheet to take along and fill in by hand."""
        session, (group, on) = self.session, self._chosen()
        session.preview(
            lambda paper: collection_paper(session.request(), on, group, paper),
            session.translator(
                "Collection sheet {number}", number=sheet_number(session.request(), on, group)
            ),
            ("F4", "A4"),
        )

    def export(self) -> None:
        """What is asked, as a file."""
        session, (group, on) = self.session, self._chosen()
        session.export(
            collection(session.request(), on, group),
            lambda paper: collection_paper(session.request(), on, group, paper),
        )

    def keep_draft(self) -> None:
        """Write down what was changed by hand, and the cash."""
        if self._shown is None:
            return
        state = self._state()
        if state:
            self.session.drafts.keep(self._draft_name(), state)
        else:
            self.session.drafts.forget(self._draft_name())

    # Reading and showing

    def _offer_groups(self) -> None:
        _ = self.session.translator
        found = groups(self.session.reading(), self.session.today)
        choices = [(_NAMED + item.name, group_name(_, item.name)) for item in found]
        if len(found) != 1 or not found[0].name:
            choices.append((_ALL, _("All members")))
        self.group.set_choices(choices)
        self._views.setCurrentWidget(self._sheet if found else self._empty)

    def _chosen(self) -> tuple[str | None, date]:
        try:
            on = self.on.value() or self.session.today
        except LumbungError:
            on = self._shown[1] if self._shown else self.session.today
        key = self.group.value() or _ALL
        return (None if key == _ALL else key.removeprefix(_NAMED)), on

    def _other_sheet(self) -> None:
        group, on = self._chosen()
        if self._shown == (group or _ALL, on):
            return
        if self._timer.isActive():
            self._timer.stop()
            self.keep_draft()
        self._shown = None
        self._read()

    def _read(self) -> None:
        group, on = self._chosen()
        key = (group or _ALL, on)
        same = self._shown == key
        before = self._state() if same else {}
        self._shown = key
        lines = filled(collection_rows(self.session.reading(), on, group))
        state = before or self.session.drafts.found(self._draft_name())
        if (
            self._recorded is not None
            and self._recorded.key == key
            and self._is_taken_back(self._recorded.entry)
        ):
            # What stood in the sheet that was taken back is there again.
            state = self._recorded.state
            self._recorded = None
        for line in lines:
            if line.key in state:
                line.restore(state[line.key])
        self.grid.show_lines(lines)
        self.cash.restore(state)
        self._tell()

    def _state(self) -> dict[str, str]:
        state = {line.key: line.state() for line in self.lines if not line.is_as_filled()}
        return {**state, **self.cash.state()}

    def _draft_name(self) -> str:
        assert self._shown is not None
        group, on = self._shown
        return f"collection-{on.isoformat()}-{blake2b(group.encode(), digest_size=6).hexdigest()}"

    def _edited(self) -> None:
        if self._shown is not None:
            self._timer.start(_DRAFT_AFTER_MS)
        self._tell()

    def _total(self) -> int:
        return sum(line.total for line in self.lines)

    def _tell(self) -> None:
        _ = self.session.translator
        total, paying = self._total(), members_paying(self.lines)
        self.sums.tell(self.lines)
        self.cash.tell_sheet(total)
        self.record_button.set_text(_.plural("Record {n} member", "Record {n} members", paying))
        self.record_button.setEnabled(paying > 0)
        counted = self.cash.counted
        if counted is None:
            self.difference.tell("", "", fine=True)
            return
        difference = counted - total
        if not difference:
            self.difference.tell(_("The cash is what the sheet says"), "", fine=True)
            return
        title = (
            _("Cash is {amount:rp} short", amount=-difference)
            if difference < 0
            else _("Cash is {amount:rp} over", amount=difference)
        )
        self.difference.tell(title, self._where(difference), fine=False)

    def _where(self, difference: int) -> str:
        _ = self.session.translator
        found = rows_with(self.lines, difference)
        if not found:
            return _("No row has just this amount. Count once more.")
        numbers = list(dict.fromkeys(line.asked.member for line in found))
        words = ", ".join(numbers[:_NAMED_ROWS])
        if len(numbers) > _NAMED_ROWS:
            words = _("{numbers} and {n} more", numbers=words, n=len(numbers) - _NAMED_ROWS)
        return _("As much as stands in a row of {numbers}. Look there first.", numbers=words)

    def _say(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))

    # Recording

    def _command(self, counted: int | None) -> RecordCollection:
        group, on = self._chosen()
        _ = self.session.translator
        return RecordCollection(
            on=on,
            lines=tuple(line.command() for line in self.lines),
            counted=counted,
            group=group_name(_, group),
            number=sheet_number(self.session.request(), on, group),
        )

    def _said(self, outcome: Outcome) -> str:
        _ = self.session.translator
        return _(
            "{number}: {n} members, {total:rp} recorded",
            number=outcome.number,
            n=outcome.value.get("members", 0),
            total=outcome.value.get("total", 0),
        )

    def _done(self, outcome: Outcome) -> None:
        """What was typed is recorded: the sheet is what is asked from now on."""
        assert self._shown is not None
        entries = outcome.value["entries"]
        self._recorded = _Recorded(self._shown, entries[0], self._state())
        for line in self.lines:
            line.fill()
        self.cash.clear()
        self._timer.stop()
        self.session.drafts.forget(self._draft_name())
        self.grid.show_lines(self.lines)
        self._tell()
        self.grid.setFocus()
        if len(self.lines) > _LONG:
            self.session.toast(self._said(outcome), undo=True)

    def _is_taken_back(self, entry: int) -> bool:
        return is_reversed(self.session.reading(), entry)

    def _failed(self, error: LumbungError) -> bool:
        """Show at its row what is refused."""
        if not 0 <= error.line < len(self.lines):
            return False
        line = self.lines[error.line]
        line.fault = self.session.translator.error(error)
        self.grid.sheet.changed(error.line)
        column_ = next((name for name in AMOUNTS if name == error.field and line.may(name)), "mandatory")
        self.grid.stand_on(error.line, column_)
        self.grid.setFocus()
        self._say(f"{line.asked.member} {line.asked.name}: {line.fault}")
        return True

    def _failed_long(self, error: Exception) -> None:
        if not isinstance(error, LumbungError) or not self._failed(error):
            self.session.show_error(error)
