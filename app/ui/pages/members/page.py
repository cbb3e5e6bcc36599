"""Anggota: everyone who is or was a member, found by name, nickname or number, with what they have and owe."""

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar, NamedTuple

from PySide6.QtWidgets import QStackedWidget

from app.base.dates import Period
from app.base.i18n import N_
from app.base.progress import Progress
from app.ledger.changes import Kind, Outcome
from app.ledger.collection.queries import group_of
from app.ledger.loans.queries import loan_list
from app.ledger.members.queries import MemberRow, members
from app.ledger.parties.queries import called
from app.ledger.savings.queries import balances
from app.reports.frame import Parameters, Request
from app.reports.member_papers import cards_paper, confirmation_paper
from app.reports.members import register
from app.ui import theme
from app.ui.bridge import Session
from app.ui.cooperative import STATUS
from app.ui.pages.members.form import MemberForm
from app.ui.pages.page import Page
from app.ui.widgets.button import Button, Chip
from app.ui.widgets.editor import ChoiceEditor
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.layout import Card, box, column, flow, row
from app.ui.widgets.page_head import PageHead
from app.ui.widgets.search import SearchField
from app.ui.widgets.table import Table, TableColumn, Totals

_CHIPS = (
    ("active", N_("Active")),
    ("prospective", N_("Prospective")),
    ("late", N_("Late")),
    ("gone", N_("Left")),
    ("all", N_("All")),
)
_GONE = ("leaving", "left", "deceased")


class Line(NamedTuple):
    """One member in the list."""

    row: MemberRow
    group: str
    savings: int
    outstanding: int
    late: int
    days: int


class MembersPage(Page):
    """The list of members, and the form of a new one."""

    shows: ClassVar[frozenset[Kind]] = frozenset({Kind.MEMBER, Kind.SAVINGS, Kind.LOAN, Kind.PARTY})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        self._lines: list[Line] = []
        self._shown = "active"
        self.search = SearchField(_("Find a member: name, nickname or number"))
        self.search.looked_for.connect(lambda _text: self._filter())
        self.search.setMinimumWidth(220)
        self.chips: dict[str, Chip] = {}
        for key, words in _CHIPS:
            chip = Chip(_(words), chosen=key == self._shown)
            chip.clicked.connect(lambda _checked=False, key=key: self.choose(key))
            self.chips[key] = chip
        self.group = ChoiceEditor(_, [])
        self.group.set_name(_("Group"))
        self.group.setFixedWidth(180)
        self.group.changed.connect(self._filter)
        self.category = ChoiceEditor(_, [])
        self.category.set_name(_("Category"))
        self.category.setFixedWidth(180)
        self.category.changed.connect(self._filter)
        self.table = self._made_table()
        self.table.setAccessibleName(_("Members"))
        self.table.opened.connect(lambda line: session.go("member", member=line.row.number))
        self.search.lead_into(self.table)
        self.totals = Totals()
        self.new_button = Button(
            _("New member"), icon="user-plus", key="Ctrl+N", kind="primary", on=self.begin
        )
        self.deposit_button = Button(_("Put in"), icon="piggy-bank", key="F2", on=lambda: self._go("savings"))
        self.pay_button = Button(
            _("Receive instalment"), icon="receipt", key="F3", on=lambda: self._go("instalment")
        )
        self.withdraw_button = Button(
            _("Take out"), icon="banknote", key="F4", on=lambda: self._go("withdraw")
        )
        self.cards_button = Button(_("Member cards"), icon="printer", kind="link", on=self.print_cards)
        self.letters_button = Button(
            _("Confirmation of balances"), icon="printer", kind="link", on=self.print_letters
        )
        self.register_button = Button(_("Book 01"), icon="printer", kind="link", on=self.print_register)
        self.form = MemberForm(session, "member")
        self.form.saved.connect(self._saved)
        self.back_button = Button(_("Members"), icon="arrow-left", key="Esc", on=self.escape)
        self._stack = QStackedWidget()
        self._list = self._list_view()
        self._empty = EmptyState(
            "users",
            _("No members yet"),
            _("Savings, loans and statements all belong to a member. A name is enough for the first one."),
            [
                Button(
                    _("Add the first member"), icon="user-plus", key="Ctrl+N", kind="primary", on=self.begin
                ),
                Button(
                    _("Import from Excel"), icon="upload", key="Alt+E", on=lambda: session.go("importing")
                ),
            ],
            page=_("Members"),
        )
        self._new = self._new_view()
        for view in (self._list, self._empty, self._new):
            self._stack.addWidget(view)
        self.setLayout(column(self._stack))

    def _list_view(self) -> Any:
        _ = self.session.translator
        head = PageHead(
            _("Members"),
            actions=[self.deposit_button, self.pay_button, self.withdraw_button, self.new_button],
        )
        card = Card(column(self.table, self.totals, gap=0, margin=1))
        narrowing = row(
            flow(*self.chips.values()),
            flow(self.register_button, self.cards_button, self.letters_button, right=True),
        )
        narrowing.setStretch(0, 5)
        narrowing.setStretch(1, 4)
        made = column(
            head,
            row(self.search, self.group, self.category),
            narrowing,
            card,
            gap=12,
            margin=theme.PAGE,
        )
        made.setStretch(3, 1)
        return box(made)

    def _new_view(self) -> Any:
        _ = self.session.translator
        head = PageHead(_("New member"), actions=[self.back_button])
        made = column(head, self.form, gap=theme.GAP, margin=theme.PAGE)
        made.setStretch(1, 1)
        return box(made)

    def _made_table(self) -> Table:
        _ = self.session.translator
        return Table(
            _,
            (
                TableColumn(
                    "number", _("Number"), lambda line: line.row.number, width=84, tone=lambda _row: "muted"
                ),
                TableColumn(
                    "name",
                    _("Name"),
                    lambda line: called(line.row.name, line.row.nickname),
                    width=0,
                    weight=500,
                ),
                TableColumn("group", _("Group"), lambda line: line.group, width=130, spare=1),
                TableColumn("joined", _("Member since"), lambda line: line.row.joined, "date", 116, spare=2),
                TableColumn(
                    "savings", _("Savings (Rp)"), lambda line: line.savings or None, "amount", 124, weight=600
                ),
                TableColumn(
                    "loan", _("Loan, left (Rp)"), lambda line: line.outstanding or None, "amount", 150
                ),
                TableColumn(
                    "state",
                    _("State"),
                    self._state,
                    width=150,
                    tone=lambda line: (
                        "amber" if line.days else "" if line.row.status == "active" else "muted"
                    ),
                    icon=lambda line: "triangle-alert" if line.days else "",
                ),
            ),
            row_height=theme.LIST_ROW_HEIGHT,
        )

    def _state(self, line: Line) -> str:
        _ = self.session.translator
        if line.days:
            return _.plural("{n} day late", "{n} days late", line.days)
        return _(STATUS[line.row.status])

    # Using it

    def open(self, **parameters: Any) -> None:
        """The list (`shown` chooses a chip), or the form of a new member (`new`)."""
        if parameters.get("new"):
            self.begin()
            return
        if str(parameters.get("shown", "")) in self.chips:
            self.choose(str(parameters["shown"]))
        if self._stack.currentWidget() is self._new:
            self._stack.setCurrentWidget(self._list)
        self._show_list()

    def reload(self) -> None:
        """Read everyone."""
        reader, today, _ = self.session.reading(), self.session.today, self.session.translator
        savings = {item.party: item.total for item in balances(reader)}
        left: dict[str, tuple[int, int, int]] = {}
        for loan in loan_list(reader, today):
            outstanding, late, days = left.get(loan.member, (0, 0, 0))
            left[loan.member] = (
                outstanding + loan.outstanding,
                late + loan.arrears_principal + loan.arrears_interest,
                max(days, loan.days_overdue),
            )
        self._lines = [
            Line(item, group_of(item), savings.get(item.party, 0), *left.get(item.number, (0, 0, 0)))
            for item in members(reader, today)
        ]
        names = sorted({line.group for line in self._lines if line.group})
        self.group.set_choices([("", _("All groups")), *((f"={name}", name) for name in names)])
        self.group.setVisible(bool(names))
        categories = sorted({line.row.category for line in self._lines if line.row.category})
        self.category.set_choices([("", _("All categories")), *((f"={name}", name) for name in categories)])
        self.category.setVisible(bool(categories))
        self._filter()
        if self._stack.currentWidget() is not self._new:
            self._show_list()

    def month_moved(self) -> None:
        """The list is as of today."""

    def escape(self) -> bool:
        """From the form back to the list; what was typed is kept."""
        if self._stack.currentWidget() is self._new:
            self._stack.setCurrentWidget(self._list)
            self._show_list()
            return True
        return False

    def begin(self) -> None:
        """A new member."""
        self._stack.setCurrentWidget(self._new)
        self.form.start_new()

    def choose(self, key: str) -> None:
        """Show members of one kind."""
        self._shown = key
        for name, chip in self.chips.items():
            chip.setChecked(name == key)
        self._filter()

    def print_cards(self) -> None:
        """The cards of all members."""
        self._print_all(cards_paper, self.session.translator("Member cards"), self.session.today)

    def print_letters(self) -> None:
        """The letters that ask every member whether the balances at the close of the month are right."""
        session = self.session
        on = min(session.month.last_day, session.today)
        self._print_all(confirmation_paper, session.translator("Confirmation of balances"), on)

    def print_register(self) -> None:
        """Book 01, with everyone who is or was a member."""
        today = Period.through(self.session.today, self.session.today)
        self.session.preview(register(self.session.request(period=today, only_day=True)))

    def _print_all(self, paper_of: Callable[[Request, str, Progress], bytes], title: str, on: date) -> None:
        """Draw a paper for everyone beside the window, from a reading of its own, then show it."""
        session = self.session
        services, path, first = session.services, session.book.path, session.services.paper
        parameters = Parameters(period=Period.through(on, on), only_day=True)

        def work(progress: Progress) -> bytes:
            with services.snapshot(path) as snapshot:
                return paper_of(services.request(snapshot, parameters), first, progress)

        session.jobs.run(
            title,
            work,
            then=lambda drawn: session.preview(drawn, title),
            failed=session.show_error,
        )

    def _go(self, page: str) -> None:
        line = self.table.current() if self.table.hasFocus() else None
        self.session.go(page, **({"member": line.row.number} if line is not None else {}))

    def _show_list(self) -> None:
        empty = not self._lines and not self._dirty
        self._stack.setCurrentWidget(self._empty if empty else self._list)
        if empty:
            buttons = self._empty.findChildren(Button)
            buttons[0].setFocus()
        else:
            self.search.setFocus()

    def _filter(self) -> None:
        _ = self.session.translator
        group = (self.group.value() or "").removeprefix("=")
        category = (self.category.value() or "").removeprefix("=")
        lines = [
            line
            for line in self._lines
            if (not group or line.group == group) and (not category or line.row.category == category)
        ]
        sorts = {
            "active": [line for line in lines if line.row.status == "active"],
            "prospective": [line for line in lines if line.row.status == "prospective"],
            "late": [line for line in lines if line.days],
            "gone": [line for line in lines if line.row.status in _GONE],
            "all": lines,
        }
        for key, words in _CHIPS:
            self.chips[key].set_text(_("{words} {n:n}", words=_(words), n=len(sorts[key])))
        wanted = self.search.text().casefold().split()
        found = [line for line in sorts[self._shown] if _matches(line.row, wanted)]
        if self._shown == "late":
            found.sort(key=lambda line: -line.days)
        self.table.show_rows(found)
        self.totals.tell(
            _.plural("{n:n} member", "{n:n} members", len(found)),
            _(
                "Savings {savings:rp}, loans {loans:rp}",
                savings=sum(line.savings for line in found),
                loans=sum(line.outstanding for line in found),
            ),
        )

    def _saved(self, outcome: Outcome) -> None:
        if self.form.new_one:
            self.form.joined.set_value(self.session.today)
            return
        self._stack.setCurrentWidget(self._list)
        self.session.go("member", member=outcome.number)


def _matches(item: MemberRow, words: list[str]) -> bool:
    """Each word begins a word of the name or nickname, or is the number, with or without its zeros."""
    name = f"{item.name} {item.nickname}".casefold()
    number = item.number.casefold()
    return all(
        name.startswith(word)
        or f" {word}" in name
        or number.startswith(word)
        or number.lstrip("0").startswith(word.lstrip("0") or word)
        for word in words
    )
