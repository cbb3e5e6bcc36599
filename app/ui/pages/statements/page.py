"""Print members' statements: the month, how many to a page, the order; one click for all, or one member alone.

The papers are drawn by a process of its own, so that the window goes on; a stop leaves nothing half.
"""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar, Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.base.dates import Month
from app.base.errors import UserError
from app.base.i18n import N_
from app.ledger.changes import Kind
from app.ledger.members.queries import MemberRow, members
from app.reports.member_statements import Order, Printed, paper
from app.reports.statements_process import StatementJob, print_statements
from app.ui import theme
from app.ui.bridge import Session
from app.ui.export import export_folder, open_folder
from app.ui.jobs import Job, Standing
from app.ui.pages.page import Page
from app.ui.pickers import member_picker
from app.ui.widgets.button import Button, Chip
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.label import Elided, Icon, Label
from app.ui.widgets.layout import Card, Scroll, Split, box, clear, column, flow, row, rule
from app.ui.widgets.page_head import PageHead
from app.ui.widgets.span import Span, SpanControl

_PER_PAGE: Final = (("1", N_("One to a page")), ("2", N_("Two to a page")), ("4", N_("Four to a page")))
_FILES: Final = (("one", N_("One file, to print")), ("each", N_("A file for each member, to send")))
_ORDER: Final = (
    (Order.GROUP.value, N_("By group")),
    (Order.NUMBER.value, N_("By number")),
    (Order.NAME.value, N_("By name")),
)
_ROOM_FOR_GROUPS: Final = 560
_PAPERS: Final = ("A4", "F4")
_HINTS: Final = {
    "1": N_("All movements of the month. Best for older members."),
    "2": N_("All movements in smaller type. Saves half of the paper."),
    "4": N_("Balances only, without movements. Saves most paper."),
}


class Choice(QWidget):
    """A few chips of which one is chosen."""

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], chosen: str, on: Any) -> None:
        super().__init__()
        self.value = chosen
        self._on = on
        self.chips: dict[str, Chip] = {}
        for key, words in choices:
            chip = Chip(words, chosen=key == chosen)
            chip.clicked.connect(lambda _checked=False, key=key: self.choose(key))
            self.chips[key] = chip
        self.setAccessibleName(name)
        self.setLayout(column(Label(name, "strong"), flow(*self.chips.values()), gap=6))

    def choose(self, key: str) -> None:
        """Choose one."""
        self.value = key
        for own, chip in self.chips.items():
            chip.setChecked(own == key)
        self._on()


class StatementsPage(Page):
    """Print members' statements."""

    shows: ClassVar[frozenset[Kind]] = frozenset(
        {Kind.MEMBER, Kind.SAVINGS, Kind.LOAN, Kind.ENTRY, Kind.PROFILE}
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        self.job: Job | None = None
        self.printed: Printed | None = None
        self._members: list[MemberRow] = []
        self.all_button = Button("", icon="printer", key="Ctrl+Enter", kind="primary", on=self.print_all)
        self.span = SpanControl(session, months_only=True)
        self.span.changed.connect(self._month_chosen)
        self.per_page = Choice(
            _("Members to a page"), [(key, _(word)) for key, word in _PER_PAGE], "1", self._tell
        )
        self._hint = Label("", tone="muted", wrap=True)
        first = session.services.paper if session.services.paper in _PAPERS else _PAPERS[0]
        self.paper = Choice(_("Paper"), [(name, name) for name in _PAPERS], first, self._tell)
        self.files = Choice(_("Files"), [(key, _(word)) for key, word in _FILES], "one", self._tell)
        self.order = Choice(
            _("Order"), [(key, _(word)) for key, word in _ORDER], Order.GROUP.value, self._tell
        )
        self.only = member_picker(session)
        self.only.set_name(_("Only this member"))
        self.only_button = Button(_("See and print"), icon="eye", key="Alt+L", on=self.print_one)
        self._progress = self._progress_card()
        self._result_place = QVBoxLayout()
        self._result_place.setContentsMargins(0, 0, 0, 0)
        self._groups_place = column(gap=0)
        self._empty = EmptyState(
            "users",
            _("No members yet"),
            _(
                "Statements are made of members' savings and loans. Add the first member, or take them over from Excel."
            ),
            [
                Button(
                    _("Add a member"),
                    icon="user-plus",
                    key="Ctrl+N",
                    kind="primary",
                    on=lambda: session.go("members", new=True),
                ),
                Button(
                    _("Import from Excel"), icon="upload", key="Alt+E", on=lambda: session.go("importing")
                ),
            ],
            page=_("Member statements"),
        )
        self._content = self._composed()
        self.setLayout(column(self._content, self._empty, gap=0))

    def _composed(self) -> QWidget:
        _ = self.session.translator
        head = PageHead(_("Member statements"), beside=[self.span], actions=[self.all_button])
        form = Card(
            column(
                self.per_page,
                self._hint,
                self.order,
                self.paper,
                self.files,
                gap=12,
                margin=20,
            )
        )
        single = Card(
            column(
                Label(_("Only this member"), "heading"),
                self.only,
                row(self.only_button, None),
                gap=10,
                margin=20,
            )
        )
        main = box(column(self._progress, self._result_place, form, single, None, gap=16))
        groups = Card(
            column(
                Label(_("What is printed"), "heading"),
                Label(
                    _("A cover first: it proves that all sheets together are what the ledger says."),
                    tone="muted",
                    wrap=True,
                ),
                4,
                Scroll(box(self._groups_place)),
                gap=8,
                margin=20,
            )
        )
        self._groups_card = groups
        body = Split(Scroll(main), groups, side_width=340)
        made = column(head, body, gap=16, margin=theme.PAGE)
        made.setStretch(1, 1)
        return box(made)

    def _progress_card(self) -> Card:
        _ = self.session.translator
        self._what = Label("", "heading")
        self._who = Elided("", tone="muted")
        self._count = Label("", "strong")
        self._left = Label("", tone="muted", right=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Member statements"))
        self.stop_button = Button(_("Stop"), on=self.stop)
        body = column(
            row(self._what, None, self.stop_button),
            self.bar,
            row(self._count, None, self._left),
            self._who,
            gap=8,
            margin=20,
        )
        card = Card(body, "tint")
        card.setVisible(False)
        return card

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Where the window is low, the choices need the room of the groups."""
        self._groups_card.setVisible(event.size().height() >= _ROOM_FOR_GROUPS)
        super().resizeEvent(event)

    # Showing

    def open(self, **parameters: Any) -> None:
        """Come here for all members, or for one (`member`)."""
        if parameters.get("member"):
            self.only.set_value(str(parameters["member"]))
            self.only_button.setFocus()
        else:
            self.all_button.setFocus()

    def reload(self) -> None:
        """Count the members and their groups."""
        session, _ = self.session, self.session.translator
        self.span.set_span(Span.of_month(session.month))
        last = session.month.last_day
        self._members = [row for row in members(session.reading(), last) if row.status != "prospective"]
        there = bool(self._members)
        self._content.setVisible(there)
        self._empty.setVisible(not there)
        self._tell()

    def groups(self) -> list[tuple[str, int]]:
        """The groups in print order, with how many members each has."""
        _ = self.session.translator
        here = [item for item in self._members if item.status not in ("left", "deceased")]
        gone = len(self._members) - len(here)
        counts: dict[str, int] = {}
        if self.order.value == Order.GROUP.value:
            for name in sorted(item.team or item.institution for item in here):
                counts[name] = counts.get(name, 0) + 1
            found = [(name or _("Without a group"), count) for name, count in counts.items()]
        else:
            found = [(_("All members"), len(here))] if here else []
        return [*found, (_("Members who left"), gone)] if gone else found

    def _tell(self) -> None:
        if not hasattr(self, "only_button"):
            return
        _ = self.session.translator
        count = len(self._members)
        self.all_button.set_text(_.plural("Print {n} member", "Print all {n}", count))
        self._hint.setText(_(_HINTS[self.per_page.value]))
        self.files.setVisible(self.per_page.value == "1")
        clear(self._groups_place)
        for name, number in self.groups():
            line = row(
                Elided(name), Label(_.format.number(number), "strong", right=True), margin=(0, 7, 0, 7)
            )
            self._groups_place.addWidget(box(line))
            self._groups_place.addWidget(rule())
        self._groups_place.addStretch(1)

    def _month_chosen(self, span: Span) -> None:
        self.session.set_month(Month.of(span.period.first))

    # Printing all

    def folder(self) -> Path:
        """A new folder for the files of this printing; one that is there is left alone."""
        _ = self.session.translator
        name = _("Member statements {month}", month=str(self.session.month))
        place, again = export_folder() / name, 1
        while place.exists():
            again += 1
            place = export_folder() / f"{name} ({again})"
        return place

    def print_all(self) -> None:
        """Print everyone's statement, beside the window."""
        if self.job is not None:
            return
        session, _ = self.session, self.session.translator
        folder = self.folder()
        order = StatementJob(
            book=session.book.path,
            today=session.today,
            month=session.month,
            language=_.language,
            made_by=session.services.actor,
            made_at=session.services.clock.local(),
            folder=folder,
            one_file=self.files.value == "one" or self.per_page.value != "1",
            per_page=int(self.per_page.value),
            paper=self.paper.value,
            order=Order(self.order.value),
        )
        clear(self._result_place)
        title = _("Printing member statements, {month}", month=session.month)
        self._what.setText(title)
        self._who.set_text("")
        self._count.setText(_("Reading the book ..."))
        self._left.setText("")
        self.bar.setRange(0, 0)
        self.stop_button.setEnabled(True)
        self._progress.setVisible(True)
        self.all_button.setEnabled(False)

        def work(progress: Any) -> Printed:
            try:
                return print_statements(order, progress)
            finally:
                with suppress(OSError):  # only an empty folder can be taken away: nothing half is left
                    folder.rmdir()

        self.job = session.jobs.run(
            title, work, then=self._done, failed=session.show_error, cancelled=self._cancelled
        )
        self.job.moved.connect(self._moved)
        self.job.ended.connect(self._ended)
        self.stop_button.setFocus()

    def stop(self) -> None:
        """Stop printing."""
        if self.job is not None:
            self.stop_button.setEnabled(False)
            self._left.setText(self.session.translator("stopping ..."))
            self.job.cancel()

    def _moved(self, standing: Standing) -> None:
        _ = self.session.translator
        if not standing.total:
            return
        self.bar.setRange(0, standing.total)
        self.bar.setValue(standing.done)
        self._count.setText(_("{done:n} of {total:n}", done=standing.done, total=standing.total))
        self._who.set_text(standing.label)
        if standing.left is not None:
            seconds = max(round(standing.left), 1)
            self._left.setText(
                _.plural("{n} second left", "{n} seconds left", seconds)
                if seconds < 60
                else _.plural("{n} minute left", "{n} minutes left", round(seconds / 60))
            )

    def _ended(self) -> None:
        self.job = None
        self._progress.setVisible(False)
        self.all_button.setEnabled(True)

    def _cancelled(self) -> None:
        _ = self.session.translator
        self._tell_result("circle-x", _("Printing was stopped"), _("Nothing was written."), (), "plain")

    def _done(self, printed: Printed) -> None:
        session, _ = self.session, self.session.translator
        self.printed = printed
        folder = printed.files[0].parent
        see = Button(_("See and print"), icon="eye", key="Ctrl+P", on=lambda: self._see(printed.files))
        where = Button(_("Open folder"), icon="folder-open", on=lambda: open_folder(folder))
        if not printed.agrees:
            self._tell_result(
                "triangle-alert",
                _("The statements do not agree with the ledger: do not hand them out"),
                _("Only the cover was made. It shows which account differs. Your data is safe."),
                (see, where),
                "amber",
            )
            return
        words = _.plural("{n} statement is ready", "{n} statements are ready", printed.statements)
        self._tell_result(
            "circle-check",
            words,
            _("All sheets together are what the ledger says. They are in {folder}.", folder=str(folder)),
            (see, where),
            "plain",
        )
        session.toast(words, action=(_("Open folder"), lambda: open_folder(folder)))

    def _tell_result(self, icon: str, title: str, detail: str, buttons: Sequence[Button], card: str) -> None:
        clear(self._result_place)
        token = "amber" if card == "amber" else "brand_text"
        head = row(Icon(icon, 18, token), Label(title, "heading", wrap=True), gap=10)
        head.setStretch(1, 1)
        parts: list[Any] = [head, Label(detail, tone="muted", wrap=True)]
        if buttons:
            parts.append(flow(*buttons))
        self._result_place.addWidget(Card(column(*parts, gap=8, margin=20), card))

    def _see(self, files: Sequence[Path]) -> None:
        title = self.session.translator("Member statements")
        with suppress(OSError):  # taken away since: then there is nothing to see
            cover = next((file for file in files if file.name == "sampul.pdf"), files[0])
            self.session.preview(cover.read_bytes(), title)

    # Printing one

    def print_one(self) -> None:
        """Preview one member's statement."""
        try:
            number = self.only.value()
        except UserError:
            number = None
        session, _ = self.session, self.session.translator
        if not number:
            self.only.fault(_("Choose a member first."))
            self.only.setFocus()
            return

        def draw(size: str) -> bytes:
            return paper(session.request(member=number), size)

        session.preview(draw, _("Member statement {number}", number=number), _PAPERS)
