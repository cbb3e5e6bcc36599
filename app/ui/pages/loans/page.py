"""Pinjaman: all loans, found by name or number, told apart by late, running and paid off."""

from typing import Any, ClassVar

from PySide6.QtWidgets import QStackedWidget

from app.base.i18n import N_
from app.ledger.changes import Kind, Outcome
from app.ledger.loans.applications.queries import Application
from app.ledger.loans.queries import LoanFacts, loan_facts
from app.ui import theme
from app.ui.bridge import Session
from app.ui.cooperative import CLASSES
from app.ui.pages.loans.applications import ApplicationsView
from app.ui.pages.loans.new_loan import NewLoanForm
from app.ui.pages.loans.quality import QualityView
from app.ui.pages.loans.reminders import RemindersView
from app.ui.pages.page import Page
from app.ui.widgets.button import Button, Chip
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.layout import Card, box, column, flow, row
from app.ui.widgets.page_head import PageHead
from app.ui.widgets.search import SearchField
from app.ui.widgets.table import Table, TableColumn, Totals

_CHIPS = (
    ("running", N_("Running")),
    ("late", N_("Late")),
    ("paid", N_("Paid off")),
    ("gone", N_("Written off")),
    ("all", N_("All")),
)


class LoansPage(Page):
    """The list of loans, and the form of a new one."""

    shows: ClassVar[frozenset[Kind]] = frozenset({Kind.LOAN, Kind.MEMBER, Kind.ACCOUNT})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        self._loans: list[LoanFacts] = []
        self._shown = "running"
        self.search = SearchField(_("Find a loan: name, member number, loan number"))
        self.search.looked_for.connect(lambda _text: self._filter())
        self.chips: dict[str, Chip] = {}
        for key, words in _CHIPS:
            chip = Chip(_(words), chosen=key == self._shown)
            chip.clicked.connect(lambda _checked=False, key=key: self.choose(key))
            self.chips[key] = chip
        self.table = self._made_table()
        self.table.setAccessibleName(_("Lending"))
        self.table.opened.connect(lambda item: session.go("loan", loan=item.loan))
        self.search.lead_into(self.table)
        self.totals = Totals()
        self.new_button = Button(_("New loan"), icon="plus", key="Ctrl+N", kind="primary", on=self.begin)
        self.products_button = Button(
            _("Products"), icon="settings", key="Alt+D", on=lambda: session.go("offers", view="loans")
        )
        self.quality_button = Button(
            _("Loan quality"), icon="chart-column", key="Alt+K", on=lambda: self.show_quality()
        )
        self.quality = QualityView(
            session, Button(_("Lending"), icon="arrow-left", key="Esc", on=self.escape)
        )
        self.reminders_button = Button(
            _("Reminder letters"), icon="message-circle", key="Alt+U", on=lambda: self.show_reminders()
        )
        self.reminders = RemindersView(
            session, Button(_("Lending"), icon="arrow-left", key="Esc", on=self.escape)
        )
        self.applications_button = Button(
            _("Applications"), icon="clipboard-list", key="Alt+P", on=lambda: self.show_applications()
        )
        self.applications = ApplicationsView(
            session, Button(_("Lending"), icon="arrow-left", key="Esc", on=self.escape), self.pay_out
        )
        self.form = NewLoanForm(session)
        self.form.saved.connect(self._saved)
        self.back_button = Button(_("Lending"), icon="arrow-left", key="Esc", on=self.escape)
        self._stack = QStackedWidget()
        self._list = self._list_view()
        self._empty = EmptyState(
            "hand-coins",
            _("No loans yet"),
            _("A loan to a member is paid out here, and its schedule tells who has to pay when."),
            [
                Button(_("New loan"), icon="plus", key="Ctrl+N", kind="primary", on=self.begin),
                Button(
                    _("Applications"), icon="clipboard-list", key="Alt+P", on=lambda: self.show_applications()
                ),
                Button(
                    _("Import from Excel"), icon="upload", key="Alt+E", on=lambda: session.go("importing")
                ),
            ],
            page=_("Lending"),
        )
        self._new = self._new_view()
        for view in (self._list, self._empty, self._new, self.quality, self.reminders, self.applications):
            self._stack.addWidget(view)
        self.setLayout(column(self._stack))

    def _list_view(self) -> Any:
        _ = self.session.translator
        head = PageHead(
            _("Lending"),
            actions=[
                self.products_button,
                self.applications_button,
                self.reminders_button,
                self.quality_button,
                self.new_button,
            ],
        )
        card = Card(column(self.table, self.totals, gap=0, margin=1))
        made = column(
            head,
            row(self.search, 8, flow(*self.chips.values())),
            card,
            gap=12,
            margin=theme.PAGE,
        )
        made.setStretch(2, 1)
        self.search.setMinimumWidth(260)
        return box(made)

    def _new_view(self) -> Any:
        _ = self.session.translator
        head = PageHead(_("New loan"), actions=[self.back_button])
        made = column(head, self.form, gap=theme.GAP, margin=theme.PAGE)
        made.setStretch(1, 1)
        return box(made)

    def _made_table(self) -> Table:
        _ = self.session.translator
        late = lambda item: "amber" if item.days_overdue else ""  # noqa: E731 - one word for two columns
        return Table(
            _,
            (
                TableColumn("loan", _("Loan"), lambda item: item.loan, width=124),
                TableColumn(
                    "member",
                    _("Number"),
                    lambda item: item.member,
                    width=76,
                    tone=lambda _row: "muted",
                    spare=3,
                ),
                TableColumn("name", _("Name"), lambda item: item.name, width=0, weight=500),
                TableColumn("disbursed", _("Paid out on"), lambda item: item.disbursed, "date", 112, spare=2),
                TableColumn("principal", _("Lent (Rp)"), lambda item: item.principal, "amount", 120, spare=1),
                TableColumn(
                    "outstanding", _("Left (Rp)"), lambda item: item.outstanding, "amount", 110, weight=600
                ),
                TableColumn("late", _("Behind (Rp)"), lambda item: item.late or None, "amount", 116, late),
                TableColumn(
                    "class",
                    _("State"),
                    self._state,
                    width=180,
                    tone=late,
                    icon=_icon,
                ),
            ),
            row_height=theme.LIST_ROW_HEIGHT,
        )

    def _state(self, item: LoanFacts) -> str:
        _ = self.session.translator
        if item.written_off:
            return _("Written off")
        if not item.owed:
            return _("Paid off")
        if item.days_overdue > 90:
            return _("{words}, {days} days", words=_(CLASSES[item.class_]), days=item.days_overdue)
        if item.days_overdue:
            return _.plural("{n} day late", "{n} days late", item.days_overdue)
        return _(CLASSES["current"])

    # Using it

    def open(self, **parameters: Any) -> None:
        """The list (`shown` chooses a chip), or a new loan (`new`), for a member (`member`)."""
        if parameters.get("new"):
            self.begin(str(parameters.get("member", "")))
            return
        if parameters.get("quality"):
            self.show_quality()
            return
        if parameters.get("reminders"):
            self.show_reminders()
            return
        if parameters.get("applications"):
            self.show_applications()
            return
        if str(parameters.get("shown", "")) in self.chips:
            self.choose(str(parameters["shown"]))
        self._show_list()

    def reload(self) -> None:
        """Read all loans."""
        self._loans = loan_facts(self.session.reading(), self.session.today)
        self.form.place.renew()
        self.form.renew()
        self._filter()
        if self._stack.currentWidget() is self.quality:
            self.quality.show_month(self.session.month)
        elif self._stack.currentWidget() is self.reminders:
            self.reminders.renew()
        elif self._stack.currentWidget() is self.applications:
            self.applications.renew()
        elif self._stack.currentWidget() is not self._new:
            self._show_list()

    def month_moved(self) -> None:
        """The list is as of today; the quality is that of the month."""
        if self._stack.currentWidget() is self.quality:
            self.quality.show_month(self.session.month)

    def show_quality(self) -> None:
        """The loans by class, at the end of the month that is looked at."""
        self.quality.show_month(self.session.month)
        self._stack.setCurrentWidget(self.quality)
        self.quality.table.setFocus()

    def show_reminders(self) -> None:
        """Who is to be reminded today, with which letter."""
        self.reminders.renew()
        self._stack.setCurrentWidget(self.reminders)
        self.reminders.table.setFocus()

    def show_applications(self) -> None:
        """Who asks for a loan, and what is decided."""
        self._stack.setCurrentWidget(self.applications)
        self.applications.show_first()

    def pay_out(self, item: Application) -> None:
        """A new loan as it was approved."""
        self._stack.setCurrentWidget(self._new)
        self.form.take(item)

    def escape(self) -> bool:
        """From the form back to the list; what was typed is kept."""
        if self._stack.currentWidget() is self.applications and self.applications.escape():
            return True
        if self._stack.currentWidget() in (self._new, self.quality, self.reminders, self.applications):
            self._show_list()
            return True
        return False

    def begin(self, member: str = "") -> None:
        """A new loan."""
        self._stack.setCurrentWidget(self._new)
        if member:
            self.form.pick(member)
        else:
            self.form.begin()

    def choose(self, key: str) -> None:
        """Show loans of one kind."""
        self._shown = key
        for name, chip in self.chips.items():
            chip.setChecked(name == key)
        self._filter()

    def _show_list(self) -> None:
        empty = not self._loans and not self._dirty
        self._stack.setCurrentWidget(self._empty if empty else self._list)
        if not empty:
            self.search.setFocus()

    def _filter(self) -> None:
        _ = self.session.translator
        sorts = {
            "running": [item for item in self._loans if item.owed],
            "late": [item for item in self._loans if item.days_overdue],
            "paid": [item for item in self._loans if not item.owed and not item.written_off],
            "gone": [item for item in self._loans if item.written_off],
            "all": self._loans,
        }
        for key, words in _CHIPS:
            self.chips[key].set_text(_("{words} {n:n}", words=_(words), n=len(sorts[key])))
        # Few books have one; the chip waits for the first.
        self.chips["gone"].setVisible(bool(sorts["gone"]))
        wanted = self.search.text().casefold().split()
        found = [item for item in sorts[self._shown] if _matches(item, wanted)]
        if self._shown == "late":
            found.sort(key=lambda item: -item.days_overdue)
        self.table.show_rows(found)
        self.totals.tell(
            _.plural("{n:n} loan", "{n:n} loans", len(found)),
            _(
                "Principal left {left:rp}, behind {late:rp}",
                left=sum(item.outstanding for item in found),
                late=sum(item.late for item in found),
            ),
        )

    def _saved(self, outcome: Outcome) -> None:
        self.session.go("loan", loan=outcome.number)


def _icon(item: LoanFacts) -> str:
    if item.written_off:
        return "archive"
    return "triangle-alert" if item.days_overdue else "" if item.owed else "check"


def _matches(item: LoanFacts, words: list[str]) -> bool:
    texts = (item.loan.casefold(), item.name.casefold(), item.member.casefold(), item.member.lstrip("0"))
    return all(any(word in text for text in texts) for word in words)
