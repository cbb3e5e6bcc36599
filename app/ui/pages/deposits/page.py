"""Simpanan berjangka: all certificates, what matures this month, interest and roll-over for all at once."""

from typing import Any, ClassVar

from PySide6.QtWidgets import QStackedWidget

from app.base.dates import Month
from app.base.i18n import N_
from app.ledger.changes import Kind, Outcome
from app.ledger.deposits.commands import RollOverDeposits, RunDepositInterest
from app.ledger.deposits.queries import Certificate, certificates
from app.ledger.deposits.terms import RollOver
from app.ui import theme
from app.ui.bridge import Session
from app.ui.pages.deposits.forms import NewDepositForm
from app.ui.pages.page import Page
from app.ui.widgets.button import Button, Chip
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.layout import Card, box, column, flow, row
from app.ui.widgets.page_head import PageHead
from app.ui.widgets.search import SearchField
from app.ui.widgets.table import Table, TableColumn, Totals

_CHIPS = (
    ("running", N_("Running")),
    ("month", N_("Maturing this month")),
    ("due", N_("Interest due")),
    ("closed", N_("Paid back")),
)


class DepositsPage(Page):
    """The list of term deposits, and the form of a new one."""

    shows: ClassVar[frozenset[Kind]] = frozenset({Kind.SAVINGS, Kind.MEMBER, Kind.ACCOUNT})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        self._deposits: list[Certificate] = []
        self._shown = "running"
        self.search = SearchField(_("Find a deposit: name, member number, certificate"))
        self.search.looked_for.connect(lambda _text: self._filter())
        self.search.setMinimumWidth(260)
        self.chips: dict[str, Chip] = {}
        for key, words in _CHIPS:
            chip = Chip(_(words), chosen=key == self._shown)
            chip.clicked.connect(lambda _checked=False, key=key: self.choose(key))
            self.chips[key] = chip
        self.table = self._made_table()
        self.table.setAccessibleName(_("Term deposits"))
        self.table.opened.connect(lambda item: session.go("deposit", deposit=item.number))
        self.search.lead_into(self.table)
        self.totals = Totals()
        self.new_button = Button(_("New deposit"), icon="plus", key="Ctrl+N", kind="primary", on=self.begin)
        self.interest_button = Button(
            _("Pay all interest due"), icon="percent", key="Alt+J", on=self.pay_interest
        )
        self.roll_button = Button(_("Roll over"), icon="refresh-cw", key="Alt+P", on=self.roll_over)
        self.form = NewDepositForm(session)
        self.form.saved.connect(self._saved)
        self.back_button = Button(_("Term deposits"), icon="arrow-left", key="Esc", on=self.escape)
        self._stack = QStackedWidget()
        self._list = self._list_view()
        self._empty = EmptyState(
            "calendar-clock",
            _("No term deposits yet"),
            _("A member's money for a fixed term is kept here, with its certificate, interest and maturity."),
            [
                Button(_("New deposit"), icon="plus", key="Ctrl+N", kind="primary", on=self.begin),
                Button(
                    _("Import from Excel"), icon="upload", key="Alt+E", on=lambda: session.go("importing")
                ),
            ],
            page=_("Term deposits"),
        )
        self._new = self._new_view()
        for view in (self._list, self._empty, self._new):
            self._stack.addWidget(view)
        self.setLayout(column(self._stack))

    def _list_view(self) -> Any:
        _ = self.session.translator
        head = PageHead(_("Term deposits"), actions=[self.interest_button, self.roll_button, self.new_button])
        card = Card(column(self.table, self.totals, gap=0, margin=1))
        made = column(
            head,
            row(self.search, 8, flow(*self.chips.values())),
            card,
            gap=12,
            margin=theme.PAGE,
        )
        made.setStretch(2, 1)
        return box(made)

    def _new_view(self) -> Any:
        _ = self.session.translator
        head = PageHead(_("New deposit"), actions=[self.back_button])
        made = column(head, self.form, gap=theme.GAP, margin=theme.PAGE)
        made.setStretch(1, 1)
        return box(made)

    def _made_table(self) -> Table:
        _ = self.session.translator
        today = self.session.today

        def tone(item: Certificate) -> str:
            return "muted" if item.closed else "amber" if item.maturity <= today else ""

        def due_tone(item: Certificate) -> str:
            return "amber" if item.due else ""

        return Table(
            _,
            (
                TableColumn("number", _("Certificate"), lambda item: item.number, width=128),
                TableColumn(
                    "member",
                    _("Number"),
                    lambda item: item.member,
                    width=76,
                    tone=lambda _row: "muted",
                    spare=3,
                ),
                TableColumn("name", _("Name"), lambda item: item.name, width=0, weight=500),
                TableColumn(
                    "amount", _("Amount (Rp)"), lambda item: item.amount or None, "amount", 120, weight=600
                ),
                TableColumn("rate", _("% a year"), lambda item: item.rate, "rate", 100, spare=1),
                TableColumn("maturity", _("Maturity"), lambda item: item.maturity, "date", 112, tone),
                TableColumn(
                    "due",
                    _("Interest due (Rp)"),
                    lambda item: item.due or None,
                    "amount",
                    176,
                    due_tone,
                    spare=2,
                ),
                TableColumn("state", _("State"), self._state, width=160, tone=tone),
            ),
            row_height=theme.LIST_ROW_HEIGHT,
        )

    def _state(self, item: Certificate) -> str:
        _ = self.session.translator
        if item.closed is not None:
            return _("Paid back")
        days = (item.maturity - self.session.today).days
        if days > 0:
            return _.plural("{n:n} day left", "{n:n} days left", days)
        return _("To be paid back") if item.roll_over is RollOver.NONE else _("To be rolled over")

    # Using it

    def open(self, **parameters: Any) -> None:
        """The list (`shown` chooses a chip), or a new deposit (`new`), for a member (`member`)."""
        if parameters.get("new"):
            self.begin(str(parameters.get("member", "")))
            return
        if str(parameters.get("shown", "")) in self.chips:
            self.choose(str(parameters["shown"]))
        self._show_list()

    def reload(self) -> None:
        """Read all certificates."""
        self._deposits = certificates(self.session.reading(), self.session.today)
        self.form.renew()
        self._filter()
        if self._stack.currentWidget() is not self._new:
            self._show_list()

    def month_moved(self) -> None:
        """The list is as of today."""

    def escape(self) -> bool:
        """From the form back to the list; what was typed is kept."""
        if self._stack.currentWidget() is self._new:
            self._show_list()
            return True
        return False

    def begin(self, member: str = "") -> None:
        """A new deposit."""
        self._stack.setCurrentWidget(self._new)
        if member:
            self.form.pick(member)
        else:
            self.form.begin()

    def choose(self, key: str) -> None:
        """Show deposits of one kind."""
        self._shown = key
        for name, chip in self.chips.items():
            chip.setChecked(name == key)
        self._filter()

    def pay_interest(self) -> None:
        """Pay all interest that has fallen due up to today."""
        _ = self.session.translator
        self.session.execute_long(
            RunDepositInterest(on=self.session.today), _("Paying the interest of term deposits"), self._paid
        )

    def roll_over(self) -> None:
        """Begin the next term of all that have matured and are to go on."""
        _ = self.session.translator
        self.session.execute_long(
            RollOverDeposits(on=self.session.today), _("Rolling term deposits over"), self._rolled
        )

    def _paid(self, outcome: Outcome) -> None:
        _ = self.session.translator
        count = int(outcome.value.get("payments", 0))
        if not count:
            self.session.toast(_("No interest is due."))
            return
        words = _.plural("{n:n} payment of interest", "{n:n} payments of interest", count)
        self.session.toast(_("{words}: {net:rp} after tax", words=words, net=outcome.value["net"]), undo=True)

    def _rolled(self, outcome: Outcome) -> None:
        _ = self.session.translator
        count = int(outcome.value.get("rolled", 0))
        if not count:
            self.session.toast(_("No deposit has matured that is to be rolled over."))
            return
        self.session.toast(_.plural("{n:n} new term", "{n:n} new terms", count), undo=True)

    def _show_list(self) -> None:
        empty = not self._deposits and not self._dirty
        self._stack.setCurrentWidget(self._empty if empty else self._list)
        if not empty:
            self.search.setFocus()

    def _filter(self) -> None:
        _ = self.session.translator
        end = Month.of(self.session.today).end
        open_ = [item for item in self._deposits if item.closed is None]
        sorts = {
            "running": open_,
            "month": [item for item in open_ if item.maturity < end],
            "due": [item for item in open_ if item.due],
            "closed": [item for item in self._deposits if item.closed is not None],
        }
        for key, words in _CHIPS:
            self.chips[key].set_text(_("{words} {n:n}", words=_(words), n=len(sorts[key])))
        self.roll_button.setEnabled(
            any(item.roll_over is not RollOver.NONE and item.maturity <= self.session.today for item in open_)
        )
        self.interest_button.setEnabled(bool(sorts["due"]))
        wanted = self.search.text().casefold().split()
        found = [item for item in sorts[self._shown] if _matches(item, wanted)]
        if self._shown == "month":
            found.sort(key=lambda item: (item.maturity, item.number))
        self.table.show_rows(found)
        self.totals.tell(
            _.plural("{n:n} deposit", "{n:n} deposits", len(found)),
            _(
                "Deposits {amount:rp}, interest due {due:rp}",
                amount=sum(item.amount for item in found),
                due=sum(item.due for item in found),
            ),
        )

    def _saved(self, outcome: Outcome) -> None:
        self.session.go("deposit", deposit=outcome.number)


def _matches(item: Certificate, words: list[str]) -> bool:
    texts = (item.number.casefold(), item.name.casefold(), item.member.casefold(), item.member.lstrip("0"))
    return all(any(word in text for text in texts) for word in words)
