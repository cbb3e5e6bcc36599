"""Permohonan: who asks for a loan, what is looked at, what is decided, and the way to paying it out."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtWidgets import QCheckBox, QStackedWidget, QWidget

from app.base.dates import Period
from app.base.errors import LumbungError
from app.ledger.changes import Outcome
from app.ledger.loans.applications.commands import (
    CheckApplication,
    ReopenApplication,
)
from app.ledger.loans.applications.queries import (
    Application,
    CheckLine,
    ability,
    applications,
    checks_of,
)
from app.reports.applications import STATES, agreement_paper
from app.ui import theme
from app.ui.bridge import Session
from app.ui.pages.loans.application_forms import (
    DECISIONS,
    ApplicationForm,
    DecisionForm,
    Warnings,
    ability_words,
    warning_words,
)
from app.ui.widgets.button import Button, Chip
from app.ui.widgets.form import Form
from app.ui.widgets.label import Label
from app.ui.widgets.layout import Card, Scroll, Split, box, clear, column, flow, rule
from app.ui.widgets.page_head import PageHead
from app.ui.widgets.table import Table, TableColumn, Totals

_ICONS: Final = {"approved": "check", "paid": "hand-coins", "refused": "x", "withdrawn": "undo-2"}


class ApplicationsView(QWidget):
    """Applications by state; beside them what is known of the chosen one, and below them what can be done with it."""

    def __init__(self, session: Session, back: Button, pay_out: Callable[[Application], object]) -> None:
        super().__init__()
        self.session = session
        self._pay_out = pay_out
        self._items: list[Application] = []
        self._shown = "open"
        _ = session.translator
        self.new_button = Button(
            _("New application"), icon="plus", key="Ctrl+N", kind="primary", on=self.begin
        )
        self.chips: dict[str, Chip] = {}
        for key in (*STATES, "all"):
            chip = Chip("", chosen=key == self._shown)
            chip.clicked.connect(lambda _checked=False, key=key: self.choose(key))
            self.chips[key] = chip
        self.table = self._made_table()
        self.totals = Totals()
        self.buttons = self._made_buttons()
        self.title = Label("", "heading", wrap=True)
        self._facts = column(gap=6)
        self.warnings = Warnings()
        self._checks = column(gap=6)
        self.boxes: dict[str, QCheckBox] = {}
        self.check_head = Label(_("Checklist"), "heading")
        self.form = ApplicationForm(session)
        self.form.saved.connect(self._noted)
        self.decision = DecisionForm(session)
        self.decision.saved.connect(lambda _outcome: self._show_list())
        self._views = QStackedWidget()
        self._list = self._list_view(back)
        self._form_head = PageHead(_("Loan application"), actions=[self._back()])
        self._decision_head = PageHead(_("Decision"), actions=[self._back()])
        self._form_view = self._view_of(self._form_head, self.form)
        self._decision_view = self._view_of(self._decision_head, self.decision)
        for view in (self._list, self._form_view, self._decision_view):
            self._views.addWidget(view)
        self.setLayout(column(self._views))

    def _back(self) -> Button:
        return Button(
            self.session.translator("Applications"), icon="arrow-left", key="Esc", on=lambda: self.escape()
        )

    def _view_of(self, head: PageHead, form: Form) -> QWidget:
        made = column(head, form, gap=theme.GAP, margin=theme.PAGE)
        made.setStretch(1, 1)
        return box(made)

    def _list_view(self, back: Button) -> QWidget:
        _ = self.session.translator
        head = PageHead(_("Applications"), actions=[back, self.new_button])
        facts = column(
            self.title,
            self._facts,
            self.warnings,
            rule(),
            self.check_head,
            self._checks,
            None,
            gap=10,
            margin=16,
        )
        listed = column(
            Card(column(self.table, self.totals, gap=0, margin=1)), flow(*self.buttons.values()), gap=12
        )
        listed.setStretch(0, 1)
        made = column(
            head,
            flow(*self.chips.values()),
            Split(box(listed), Scroll(Card(facts)), side_width=344, tight=(860, 300)),
            gap=12,
            margin=theme.PAGE,
        )
        made.setStretch(2, 1)
        return box(made)

    def _made_buttons(self) -> dict[str, Button]:
        _ = self.session.translator
        made = (
            ("approve", _("Approve"), "check", "Alt+S", lambda: self.decide("approve")),
            ("refuse", _("Refuse"), "x", "Alt+T", lambda: self.decide("refuse")),
            ("withdraw", _("Withdraw"), "undo-2", "Alt+B", lambda: self.decide("withdraw")),
            ("change", _("Change"), "pencil", "Alt+H", self.change),
            ("pay", _("Pay out"), "hand-coins", "Alt+C", self.pay_out),
            ("agreement", _("Print the agreement"), "printer", "Ctrl+P", self.print_agreement),
            ("reopen", _("Open it again"), "rotate-ccw", "Alt+L", self.reopen),
        )
        return {
            name: Button(words, icon=icon, key=key, kind="tool", on=act)
            for name, words, icon, key, act in made
        }

    def _made_table(self) -> Table:
        _ = self.session.translator
        table = Table(
            _,
            (
                TableColumn("application", _("Application"), lambda item: item.number, width=140),
                TableColumn("date", _("Date"), lambda item: item.on, "date", 108, spare=2),
                TableColumn("name", _("Name"), lambda item: item.name, width=0, weight=500),
                TableColumn(
                    "principal", _("Applied for (Rp)"), lambda item: item.principal, "amount", 126, weight=600
                ),
                TableColumn("term", _("Instalments"), lambda item: item.term, "integer", 92, spare=1),
                TableColumn(
                    "state",
                    _("State"),
                    lambda item: _(STATES[item.state]),
                    width=138,
                    icon=lambda item: _ICONS.get(item.state, ""),
                ),
            ),
            row_height=theme.LIST_ROW_HEIGHT,
        )
        table.setAccessibleName(_("Applications"))
        table.chosen.connect(lambda _item: self._tell())
        table.opened.connect(lambda _item: self._act())
        return table

    # Using it

    def renew(self) -> None:
        """Read all applications and the products."""
        self._items = applications(self.session.reading())
        self.form.renew()
        self._filter()

    def show_first(self) -> None:
        """Come to the list."""
        self.renew()
        self._show_list()

    def escape(self) -> bool:
        """From a form back to the list; False where the list is shown already."""
        if self._views.currentWidget() is self._list:
            return False
        self._show_list()
        return True

    def choose(self, key: str) -> None:
        """Show the applications of one state."""
        self._shown = key
        for name, chip in self.chips.items():
            chip.setChecked(name == key)
        self._filter()
        self.table.setFocus()

    def begin(self) -> None:
        """A new application."""
        self._views.setCurrentWidget(self._form_view)
        self.form.new()

    def change(self) -> None:
        """Change what the chosen application says."""
        item = self._chosen("open")
        if item is not None:
            self._views.setCurrentWidget(self._form_view)
            self.form.change(item)

    def decide(self, decision: str) -> None:
        """Decide on the chosen application; what deserves attention is shown with it."""
        item = self._chosen("open")
        if item is None:
            return
        _ = self.session.translator
        self._decision_head.set_title(_(DECISIONS[decision][1], application=item.number))
        self._views.setCurrentWidget(self._decision_view)
        self.decision.decide(item, decision)

    def reopen(self) -> None:
        """Take the decision on the chosen application back."""
        item = self._chosen("approved", "refused", "withdrawn")
        if item is not None:
            self.session.execute(
                ReopenApplication(application=item.number),
                said=lambda outcome: self.session.translator(
                    "Application {application} is open again", application=outcome.number
                ),
            )

    def pay_out(self) -> None:
        """The form of a new loan, filled in with the chosen application."""
        item = self._chosen("approved")
        if item is not None:
            self._pay_out(item)

    def print_agreement(self) -> None:
        """The agreement on the chosen application as it is printed."""
        item = self._chosen("approved", "paid")
        if item is None:
            return
        session, number = self.session, item.loan or item.number
        day = max(session.today, item.paid_on or session.today)
        session.preview(
            lambda paper: agreement_paper(
                session.request(loan=number, period=Period.through(day, day)), paper
            ),
            session.translator("Loan agreement {number}", number=number),
        )

    def tick(self, name: str, *, done: bool) -> None:
        """Tick a line of the checklist of the chosen application, or take the tick away."""
        item = self._chosen("open")
        if item is None:
            return
        self.session.execute(
            CheckApplication(application=item.number, item=name, on=self.session.today, done=done),
            said=self.session.translator("Checklist of {application} noted", application=item.number),
        )
        # Also where it was refused: the tick shows what the book says.
        self._tell()

    # Inside

    def _chosen(self, *states: str) -> Application | None:
        item: Application | None = self.table.current()
        return item if item is not None and item.state in states else None

    def _act(self) -> None:
        """What most often comes next."""
        item: Application | None = self.table.current()
        if item is None:
            return
        if item.state == "paid":
            self.session.go("loan", loan=item.loan)
        elif item.state == "open":
            self.decide("approve")
        else:
            self.pay_out()

    def _noted(self, outcome: Outcome) -> None:
        """Show what was noted, unless the next one is being typed."""
        if self.form.going_on:
            return
        self.choose("open")
        self._go_to(outcome.number)
        self._show_list()

    def _show_list(self) -> None:
        self._views.setCurrentWidget(self._list)
        self.table.setFocus()

    def _filter(self) -> None:
        _ = self.session.translator
        before: Application | None = self.table.current()
        for key, chip in self.chips.items():
            words = _("All") if key == "all" else _(STATES[key])
            chip.set_text(_("{words} {n:n}", words=words, n=len(self._in_state(key))))
        found = self._in_state(self._shown)
        self.table.show_rows(found)
        if found:
            self._go_to(before.number if before is not None else "")
        self.totals.tell(
            _.plural("{n:n} application", "{n:n} applications", len(found)),
            _("Asked for {amount:rp}", amount=sum(item.principal for item in found)),
        )
        self._tell()

    def _in_state(self, key: str) -> list[Application]:
        return [item for item in self._items if key in ("all", item.state)]

    def _go_to(self, number: str) -> None:
        found = self._in_state(self._shown)
        if found:
            self.table.go_to(next((at for at, item in enumerate(found) if item.number == number), 0))

    def _tell(self) -> None:
        """What is known of the chosen application, and what can be done with it."""
        _ = self.session.translator
        item: Application | None = self.table.current()
        state = "" if item is None else item.state
        shown = {
            "open": ("approve", "refuse", "withdraw", "change"),
            "approved": ("pay", "agreement", "reopen"),
            "paid": ("agreement",),
            "refused": ("reopen",),
            "withdrawn": ("reopen",),
        }.get(state, ())
        for name, button in self.buttons.items():
            button.setVisible(name in shown)
        clear(self._facts)
        self.check_head.setVisible(item is not None)
        if item is None:
            self.title.setText(_("No application here."))
            self.warnings.say([])
            self._show_checks([], usable=False)
            return
        self.title.setText(item.name)
        for line in self._facts_of(item):
            self._facts.addWidget(Label(line, wrap=True))
        self.warnings.say(self._warnings_of(item))
        self._show_checks(checks_of(self.session.reading(), item.id), usable=state == "open")

    def _facts_of(self, item: Application) -> list[str]:
        _ = self.session.translator
        lines = [_("Member no. {number}", number=item.member)]
        lines += [text for text in (item.product_name, item.purpose) if text]
        if item.income:
            try:
                lines += ability_words(_, ability(self.session.reading(), item, item.decided_on or item.on))
            except LumbungError as error:
                # A product whose terms were changed since may not fit any more.
                lines.append(_.error(error))
        if item.decided_on is not None:
            lines.append(
                _(
                    "{state} on {on:medium} by {by}",
                    state=_(STATES[item.decision]),
                    on=item.decided_on,
                    by=item.decided_by,
                )
            )
        if item.approved:
            lines.append(
                _("Up to {amount:rp} in {term} instalments", amount=item.approved, term=item.approved_term)
            )
        if item.note:
            lines.append(_("Note: {note}", note=item.note))
        if item.loan:
            lines.append(_("Paid out as loan {loan}", loan=item.loan))
        return lines

    def _warnings_of(self, item: Application) -> list[str]:
        """What deserves attention while something can still be done."""
        if item.state not in ("open", "approved"):
            return []
        try:
            return warning_words(self.session, item, self.session.today)
        except LumbungError:
            return []

    def _show_checks(self, lines: Sequence[CheckLine], *, usable: bool) -> None:
        """The lines of the checklist; boxes that stay keep the focus."""
        _ = self.session.translator
        if list(self.boxes) != [line.name for line in lines]:
            clear(self._checks)
            self.boxes = {line.name: QCheckBox() for line in lines}
            for name, made in self.boxes.items():
                made.setAccessibleName(name)
                made.clicked.connect(lambda done, name=name: self.tick(name, done=done))
                self._checks.addWidget(made)
        for line in lines:
            made = self.boxes[line.name]
            made.setChecked(line.on is not None)
            made.setEnabled(usable)
            seen = (
                line.name
                if line.on is None
                else _("{item}: {on:medium}, {by}", item=line.name, on=line.on, by=line.by)
            )
            made.setText(seen.replace("&", "&&"))
            made.setToolTip(line.note)
