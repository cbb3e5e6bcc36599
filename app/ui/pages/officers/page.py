"""Pengurus dan pengawas: who holds which office, since when, and who held it before (books 02 and 03)."""

from collections.abc import Sequence
from typing import Any, ClassVar, Final

from PySide6.QtWidgets import QStackedWidget

from app.base.dates import Period
from app.base.i18n import N_
from app.ledger.changes import Kind, Outcome
from app.ledger.members.commands import AppointOfficer, EndOffice, GoverningBody
from app.ledger.members.history import Term, terms
from app.reports.members import board, supervisors
from app.ui import theme
from app.ui.bridge import Session
from app.ui.cooperative import picked_member
from app.ui.pages.page import Page
from app.ui.pickers import member_picker
from app.ui.widgets.button import Button, Chip
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.editor import ChoiceEditor, TextEditor, needed
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.form import Form
from app.ui.widgets.layout import Card, box, column, flow
from app.ui.widgets.page_head import PageHead
from app.ui.widgets.table import Table, TableColumn, Totals

_BODIES: Final = (
    (GoverningBody.BOARD.value, N_("Board")),
    (GoverningBody.SUPERVISORS.value, N_("Supervisors")),
)
_CHIPS: Final = (("now", N_("In office")), ("all", N_("All")))


class AppointForm(Form):
    """Someone takes an office."""

    def __init__(self, session: Session) -> None:
        _ = session.translator
        super().__init__(
            session,
            "appoint",
            self._made,
            effect=self._effects,
            save=_("Save the appointment"),
            said=self._saved_words,
        )
        self.body = ChoiceEditor(_, [(key, _(words)) for key, words in _BODIES])
        self.add_beside(
            ("body", _("Among"), self.body),
            ("office", _("Office"), TextEditor(_, hint=_("chair, secretary, treasurer, member"))),
        )
        self.member = member_picker(session)
        self.add_beside(
            ("member", _("Member"), self.member),
            ("name", _("or someone who is no member"), TextEditor(_, hint=_("Name"))),
        )
        self.on = DateEdit(session)
        self.until = DateEdit(session, optional=True)
        self.add_beside(("on", _("Appointed on"), self.on), ("until", _("Term ends on"), self.until))

    def start_over(self) -> None:
        """Empty everything; the end of the term is not today."""
        super().start_over()
        self.until.set_value(None)

    def _made(self) -> AppointOfficer:
        _ = self.session.translator
        return AppointOfficer(
            body=GoverningBody(self.body.value() or GoverningBody.BOARD),
            office=needed(self.fields["office"].editor, _("Say which office it is."), "office"),
            on=needed(self.on, _("A date is needed."), "on"),
            member=self.member.value() or "",
            name=self.fields["name"].editor.value() or "",
            until=self.until.value(),
        )

    def _effects(self) -> Sequence[str]:
        _ = self.session.translator
        row = picked_member(self.session, self.member)
        name = self.fields["name"].editor.value() if row is None else row.name
        office = self.fields["office"].editor.value()
        if not name or not office:
            return []
        lines = [_("{name} stands in the register as {office}.", name=name, office=office)]
        lines.append(_("Who signs the papers is chosen apart, in Whose book it is."))
        return lines

    def _saved_words(self, outcome: Outcome) -> str:
        _ = self.session.translator
        warnings = [_(item) for item in outcome.value.get("warnings", [])]
        return ". ".join([_("The appointment is saved"), *(item.rstrip(".") for item in warnings)])


class EndForm(Form):
    """Someone leaves an office."""

    def __init__(self, session: Session) -> None:
        _ = session.translator
        self._term: Term | None = None
        super().__init__(
            session,
            "end-office",
            self._made,
            effect=self._effects,
            save=_("End the office"),
            said=_("The end of the office is saved"),
            again=False,
        )
        self.on = DateEdit(session)
        self.reason = TextEditor(_, hint=_("end of the term, resigned, decided by the meeting"))
        self.add_beside(("on", _("Left office on"), self.on), ("reason", _("Reason"), self.reason))

    def take(self, term: Term) -> None:
        """Whose office ends."""
        self._term = term
        self._say_effect()

    def keep_draft(self) -> None:
        """Nothing here is long enough to be kept, and it would come back for another officer."""

    def _made(self) -> EndOffice:
        _ = self.session.translator
        assert self._term is not None
        return EndOffice(
            body=GoverningBody(self._term.body),
            on=needed(self.on, _("A date is needed."), "on"),
            member=self._term.member,
            name="" if self._term.member else self._term.name,
            office=self._term.office,
            reason=self.reason.value() or "",
        )

    def _effects(self) -> Sequence[str]:
        _ = self.session.translator
        if self._term is None:
            return []
        return [
            _("{name} is {office} no more.", name=self._term.name, office=self._term.office),
            _("The term stays in the register."),
        ]


class OfficersPage(Page):
    """The terms of office, and the forms that begin and end one."""

    shows: ClassVar[frozenset[Kind]] = frozenset({Kind.MEMBER, Kind.PARTY})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        self._terms: list[Term] = []
        self._shown = "now"
        self.new_button = Button(
            _("New officer"), icon="user-plus", key="Ctrl+N", kind="primary", on=self.begin
        )
        self.end_button = Button(_("End the office"), key="F4", on=self.end)
        self.board_button = Button(_("Book 02"), icon="printer", on=lambda: self._print(board))
        self.supervisors_button = Button(_("Book 03"), icon="printer", on=lambda: self._print(supervisors))
        self.back_button = Button(_("Board and supervisors"), icon="arrow-left", key="Esc", on=self.escape)
        self.chips: dict[str, Chip] = {}
        for key, words in _CHIPS:
            chip = Chip(_(words), chosen=key == self._shown)
            chip.clicked.connect(lambda _checked=False, key=key: self.choose(key))
            self.chips[key] = chip
        self.table = self._made_table()
        self.totals = Totals()
        self.appointing, self.ending = AppointForm(session), EndForm(session)
        self.appointing.saved.connect(lambda _outcome: self._saved(self.appointing))
        self.ending.saved.connect(lambda _outcome: self._saved(self.ending))
        self._stack = QStackedWidget()
        self._list = self._list_view()
        self._empty = EmptyState(
            "users",
            _("No officers yet"),
            _("The board and the supervisors with their terms make books 02 and 03 of the cooperative."),
            [
                Button(
                    _("Add the first officer"), icon="user-plus", key="Ctrl+N", kind="primary", on=self.begin
                )
            ],
            page=_("Board and supervisors"),
        )
        self._forms = QStackedWidget()
        self._forms.addWidget(self.appointing)
        self._forms.addWidget(self.ending)
        self.form_head = PageHead(_("New officer"), actions=[self.back_button])
        made = column(self.form_head, self._forms, gap=theme.GAP, margin=theme.PAGE)
        made.setStretch(1, 1)
        self._form_view = box(made)
        for view in (self._list, self._empty, self._form_view):
            self._stack.addWidget(view)
        self.setLayout(column(self._stack))

    def _list_view(self) -> Any:
        _ = self.session.translator
        head = PageHead(
            _("Board and supervisors"),
            actions=[self.board_button, self.supervisors_button, self.end_button, self.new_button],
        )
        card = Card(column(self.table, self.totals, gap=0, margin=1))
        made = column(head, flow(*self.chips.values()), card, gap=12, margin=theme.PAGE)
        made.setStretch(2, 1)
        return box(made)

    def _made_table(self) -> Table:
        _ = self.session.translator
        bodies = {key: _(words) for key, words in _BODIES}
        table = Table(
            _,
            (
                TableColumn("body", _("Among"), lambda item: bodies[item.body], width=110),
                TableColumn("office", _("Office"), lambda item: item.office, width=150),
                TableColumn("name", _("Name"), lambda item: item.name, width=0, weight=500),
                TableColumn(
                    "member", _("Number"), lambda item: item.member, width=84, tone=lambda _row: "muted"
                ),
                TableColumn("started", _("Appointed on"), lambda item: item.started, "date", 124),
                TableColumn("until", _("Term ends on"), lambda item: item.until, "date", 124),
                TableColumn("ended", _("Left office on"), lambda item: item.ended, "date", 124),
                TableColumn("reason", _("Reason"), lambda item: item.reason, width=180),
            ),
            row_height=theme.LIST_ROW_HEIGHT,
        )
        table.setAccessibleName(_("Board and supervisors"))
        table.opened.connect(self._open_member)
        return table

    # Using it

    def open(self, **parameters: Any) -> None:
        """The list, or the form of a new officer (`new`)."""
        if parameters.get("new"):
            self.begin()
        else:
            self._show_list()

    def reload(self) -> None:
        """Read the terms."""
        reader, today = self.session.reading(), self.session.today
        self._terms = [term for body, _words in _BODIES for term in terms(reader, body, today)]
        self._filter()
        if self._stack.currentWidget() is not self._form_view:
            self._show_list()

    def month_moved(self) -> None:
        """The list is as of today."""

    def escape(self) -> bool:
        """From a form back to the list."""
        if self._stack.currentWidget() is self._form_view:
            self._show_list(forced=True)
            return True
        return False

    def begin(self) -> None:
        """A new officer."""
        self.form_head.set_title(self.session.translator("New officer"))
        self._forms.setCurrentWidget(self.appointing)
        self._stack.setCurrentWidget(self._form_view)
        self.appointing.begin()

    def end(self) -> None:
        """The office of the line that is chosen ends."""
        term = self.table.current()
        if term is None or term.ended is not None:
            return
        self.form_head.set_title(f"{term.office}: {term.name}")
        self.ending.take(term)
        self._forms.setCurrentWidget(self.ending)
        self._stack.setCurrentWidget(self._form_view)
        self.ending.begin({})

    def choose(self, key: str) -> None:
        """Only those in office, or all."""
        self._shown = key
        for name, chip in self.chips.items():
            chip.setChecked(name == key)
        self._filter()

    def _filter(self) -> None:
        _ = self.session.translator
        found = [item for item in self._terms if self._shown == "all" or item.ended is None]
        self.table.show_rows(found)
        self.end_button.setEnabled(any(item.ended is None for item in found))
        self.totals.tell(_.plural("{n:n} term of office", "{n:n} terms of office", len(found)), "")

    def _show_list(self, *, forced: bool = False) -> None:
        empty = not self._terms and not self._dirty
        self._stack.setCurrentWidget(self._empty if empty else self._list)
        if empty:
            self._empty.findChildren(Button)[0].setFocus()
        elif forced or not self.table.hasFocus():
            self.table.setFocus()

    def _saved(self, form: Form) -> None:
        if form.going_on:
            return
        self._show_list(forced=True)

    def _print(self, build: Any) -> None:
        period = Period.through(self.session.today, self.session.today)
        self.session.preview(build(self.session.request(period=period, only_day=True)))

    def _open_member(self, term: Term) -> None:
        if term.member:
            self.session.go("member", member=term.member)
