"""Jasa simpanan: what everybody gets for a month, credited at once; and who is behind with mandatory savings."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.base.dates import Month
from app.base.i18n import N_
from app.ledger.changes import Kind, Outcome
from app.ledger.members.interest import MemberInterest, interest_due
from app.ledger.members.queries import mandatory_standings, members
from app.ledger.reader import Reader
from app.ledger.savings.commands import RunSavingsInterest, SetSavingsProduct
from app.ledger.savings.interest import InterestMethod
from app.ledger.savings.queries import Product, products
from app.ledger.savings.terms import Terms, read_terms, terms_in
from app.ui import theme
from app.ui.bridge import Session
from app.ui.pages.page import Page
from app.ui.widgets.button import Button
from app.ui.widgets.editor import ChoiceEditor, needed
from app.ui.widgets.form import Form
from app.ui.widgets.label import Label
from app.ui.widgets.layout import Card, Split, box, column, row
from app.ui.widgets.number_edit import MoneyEdit, RateEdit
from app.ui.widgets.page_head import PageHead
from app.ui.widgets.span import Span, SpanControl
from app.ui.widgets.table import Table, TableColumn, Totals

if TYPE_CHECKING:
    from app.base.progress import Progress
    from app.ledger.snapshot import Snapshot

METHODS = {
    InterestMethod.LOWEST: N_("Lowest balance"),
    InterestMethod.AVERAGE: N_("Average balance"),
    InterestMethod.DAILY: N_("Daily balance"),
}
# Of these a month's interest is credited here; certificates of term deposits have terms of their own.
_EARNING = ("voluntary", "loan_required")


class Arrears(NamedTuple):
    """What one member has not paid of mandatory savings."""

    number: str
    name: str
    months: int
    amount: int


def arrears_of(reader: Reader, on: date) -> list[Arrears]:
    """Who is behind on a day, in order of number."""
    standings = mandatory_standings(reader, on)
    return [
        Arrears(item.number, item.name, standing.arrears_months, standing.arrears)
        for item in members(reader, on)
        if (standing := standings.get(item.party)) is not None and standing.arrears > 0
    ]


class TermsForm(Form):
    """What a product earns from the month that is looked at on."""

    def __init__(self, session: Session) -> None:
        _ = session.translator
        super().__init__(
            session,
            "savings-terms",
            self._made,
            effect=self._effects,
            save=_("Save the terms"),
            said=_("What the savings earn is saved"),
            again=False,
        )
        self.known: dict[str, tuple[Product, Terms]] = {}
        self.product = ChoiceEditor(_, [])
        self.rate = RateEdit(_)
        self.method = ChoiceEditor(_, [(key.value, _(words)) for key, words in METHODS.items()])
        self.minimum = MoneyEdit(_)
        self.add("code", _("Savings"), self.product)
        self.add("rate", _("Interest % a year"), self.rate)
        self.add("method", _("Counted by"), self.method)
        self.add("minimum", _("Only from a balance of"), self.minimum)
        self.product.changed.connect(self._fill)

    def renew(self) -> None:
        """Read the products and what they earn in the month."""
        reading = self.session.reading()
        dated = read_terms(reading)
        month = self.session.month
        before = self.product.value()
        self.known = {
            item.code: (item, terms_in(dated.get(item.id, ()), month) or Terms())
            for item in products(reading)
            if item.active and item.kind in _EARNING
        }
        self.product.set_choices([(code, item.name) for code, (item, _terms) in self.known.items()])
        self.product.set_value(before if before in self.known else next(iter(self.known), None))
        self._fill()

    def pick(self, code: str) -> None:
        """Fill in for a product."""
        self.product.set_value(code)
        self._fill()
        self.rate.select()

    def _fill(self) -> None:
        _product, terms = self.known.get(self.product.value() or "", (None, Terms()))
        self.rate.set_value(terms.rate or None)
        self.method.set_value(terms.method.value)
        self.minimum.set_value(terms.minimum or None)
        self._say_effect()

    def _made(self) -> SetSavingsProduct:
        _ = self.session.translator
        code = needed(self.product, _("Choose the savings first."), "code")
        dated = bool(read_terms(self.session.reading()).get(self.known[code][0].id))
        return SetSavingsProduct(
            code=code,
            rate=self.rate.value() or Decimal(0),
            method=InterestMethod(self.method.value() or InterestMethod.LOWEST),
            minimum=self.minimum.value() or 0,
            from_month=self.session.month if dated else None,
        )

    def _effects(self) -> Sequence[str]:
        _ = self.session.translator
        return [_("It holds from {month} on; earlier months keep what held then.", month=self.session.month)]


class InterestPage(Page):
    """Three views: the interest of a month, arrears of mandatory savings, and what savings earn."""

    shows: ClassVar[frozenset[Kind]] = frozenset({Kind.MEMBER, Kind.SAVINGS, Kind.RATE})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        self._asked = 0
        self.due: list[MemberInterest] = []
        self.span = SpanControl(session, months_only=True)
        self.span.changed.connect(lambda span: session.set_month(Month.of(span.period.first)))
        self.interest_button = Button(
            _("Interest"), icon="percent", key="Alt+1", kind="method", on=lambda: self.show_view("interest")
        )
        self.arrears_button = Button(
            _("Mandatory arrears"),
            icon="clock",
            key="Alt+2",
            kind="method",
            on=lambda: self.show_view("arrears"),
        )
        self.terms_button = Button(
            _("What savings earn"),
            icon="settings",
            key="Alt+3",
            kind="method",
            on=lambda: self.show_view("terms"),
        )
        self.head = PageHead(
            _("Interest on savings"),
            beside=[self.span],
            actions=[self.interest_button, self.arrears_button, self.terms_button],
        )
        self.form = TermsForm(session)
        self.form.saved.connect(lambda _outcome: self.form.renew())
        self._views: dict[str, QWidget] = {
            "interest": self._interest_view(),
            "arrears": self._arrears_view(),
            "terms": self._terms_view(),
        }
        self._stack = QStackedWidget()
        for view in self._views.values():
            self._stack.addWidget(view)
        layout = column(self.head, self._stack, gap=theme.GAP, margin=theme.PAGE)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.show_view("interest")

    def _interest_view(self) -> QWidget:
        _ = self.session.translator
        muted = lambda _row: "muted"  # noqa: E731 - one word for two columns
        self.table = Table(
            _,
            (
                TableColumn("number", _("Number"), lambda item: item.number, width=76, tone=muted),
                TableColumn("name", _("Name"), lambda item: item.name, width=0, weight=500),
                TableColumn("savings", _("Savings"), _savings, width=170, tone=muted),
                TableColumn("gross", _("Interest (Rp)"), lambda item: item.gross, "amount", 116),
                TableColumn("tax", _("Tax (Rp)"), lambda item: item.tax or None, "amount", 100, spare=1),
                TableColumn("net", _("Credited (Rp)"), lambda item: item.net, "amount", 120, weight=600),
            ),
            row_height=theme.LIST_ROW_HEIGHT,
        )
        self.table.setAccessibleName(_("Interest of the month"))
        self.table.opened.connect(lambda item: self.session.go("member", member=item.number))
        self.totals = Totals()
        self.words = Label("", tone="muted", wrap=True)
        self.run_button = Button("", icon="check", key="Ctrl+Enter", kind="primary", on=self.credit)
        self.report_button = Button(
            _("Interest and tax"), icon="file-text", on=lambda: self._report("savings-interest")
        )
        self.slips_button = Button(
            _("Withholding slips"), icon="file-text", on=lambda: self._report("withholding")
        )
        made = column(
            self.words,
            Card(column(self.table, self.totals, gap=0, margin=1)),
            row(self.report_button, self.slips_button, None, self.run_button),
            gap=12,
        )
        made.setStretch(1, 1)
        return box(made)

    def _terms_view(self) -> QWidget:
        _ = self.session.translator
        self.products = Table(
            _,
            (
                TableColumn("name", _("Savings"), lambda item: item[0].name, width=0, weight=500),
                TableColumn("rate", _("% a year"), lambda item: item[1].rate or None, "quantity", 90),
                TableColumn("method", _("Counted by"), lambda item: _(METHODS[item[1].method]), width=150),
                TableColumn(
                    "minimum",
                    _("Minimum (Rp)"),
                    lambda item: item[1].minimum or None,
                    "amount",
                    160,
                ),
            ),
            row_height=theme.LIST_ROW_HEIGHT,
        )
        self.products.setAccessibleName(_("What savings earn"))
        self.products.opened.connect(lambda item: self.form.pick(item[0].code))
        return Split(Card(column(self.products, gap=0, margin=1)), self.form, side_width=360)

    def _arrears_view(self) -> QWidget:
        _ = self.session.translator
        self.late = Table(
            _,
            (
                TableColumn(
                    "number", _("Number"), lambda item: item.number, width=76, tone=lambda _row: "muted"
                ),
                TableColumn("name", _("Name"), lambda item: item.name, width=0, weight=500),
                TableColumn("months", _("Months"), lambda item: item.months, "integer", 90),
                TableColumn("amount", _("Behind (Rp)"), lambda item: item.amount, "amount", 130, weight=600),
            ),
            row_height=theme.LIST_ROW_HEIGHT,
        )
        self.late.setAccessibleName(_("Mandatory arrears"))
        self.late.opened.connect(self.deposit)
        self.late_totals = Totals()
        self.deposit_button = Button(
            _("Put in"),
            icon="piggy-bank",
            key="Enter",
            kind="primary",
            on=lambda: self.deposit(self.late.current()),
        )
        self.list_button = Button(
            _("List of arrears"), icon="file-text", on=lambda: self._report("mandatory-arrears")
        )
        words = Label(
            _(
                "Owed by the month, the tariff and what was paid. Nothing of it stands in the ledger until it is paid."
            ),
            tone="muted",
            wrap=True,
        )
        made = column(
            words,
            Card(column(self.late, self.late_totals, gap=0, margin=1)),
            row(self.list_button, None, self.deposit_button),
            gap=12,
        )
        made.setStretch(1, 1)
        return box(made)

    # Using it

    def open(self, **parameters: Any) -> None:
        """The interest of a month, or another view (`view`: arrears, terms)."""
        view = str(parameters.get("view", ""))
        self.show_view(view if view in self._views else "interest")

    def reload(self) -> None:
        """Read who gets what; beside the work, because all movements of the month are looked at."""
        session, _ = self.session, self.session.translator
        month = session.month
        self.span.set_span(Span.of_month(month))
        self.form.renew()
        self.products.show_rows(list(self.form.known.values()))
        late = arrears_of(session.reading(), min(month.last_day, max(session.today, month.first)))
        self.late.show_rows(late)
        self.late_totals.tell(
            _.plural("{n:n} member", "{n:n} members", len(late)),
            _("Behind {amount:rp}", amount=sum(item.amount for item in late)),
        )
        self.deposit_button.setEnabled(bool(late))
        self._asked += 1
        asked = self._asked
        self.run_button.setEnabled(False)

        def work(snapshot: "Snapshot", _progress: "Progress") -> tuple[int, Month, list[MemberInterest]]:
            return asked, month, interest_due(snapshot, month, month.last_day)

        # A method, not a function: one of a page that is gone is not called any more.
        session.background(_("Interest of {month}", month=month), work).finished.connect(self._tell)

    def show_view(self, name: str) -> None:
        """Show the interest, the arrears or what savings earn."""
        self._stack.setCurrentWidget(self._views[name])
        buttons = {
            "interest": (self.interest_button, self.table),
            "arrears": (self.arrears_button, self.late),
            "terms": (self.terms_button, self.products),
        }
        for key, (button, _table) in buttons.items():
            button.setChecked(key == name)
            button.update()
        buttons[name][1].setFocus(Qt.FocusReason.OtherFocusReason)

    def credit(self) -> None:
        """Credit the interest of the month to everybody, as it stands in the list."""
        _ = self.session.translator
        if not self.run_button.isEnabled():
            return
        month = self.session.month
        self.run_button.setEnabled(False)
        job = self.session.execute_long(
            RunSavingsInterest(month=month), _("Interest of {month}", month=month), then=self._credited
        )
        job.cancelled.connect(self.reload)
        job.failed.connect(self._failed)

    def deposit(self, item: Arrears | None) -> None:
        """Put savings in for the member who is behind; the amount stands there already."""
        if item is not None:
            self.session.go("savings", member=item.number)

    # Inside

    def _tell(self, read: tuple[int, Month, list[MemberInterest]]) -> None:
        asked, month, found = read
        if asked != self._asked:
            return  # another month is looked at by now
        _ = self.session.translator
        self.due = found
        gross, tax = sum(item.gross for item in found), sum(item.tax for item in found)
        self.table.show_rows(found)
        self.totals.tell(
            _.plural("{n:n} member", "{n:n} members", len(found)),
            _("Interest {gross:rp}, tax {tax:rp}, credited {net:rp}", gross=gross, tax=tax, net=gross - tax),
        )
        over = month.last_day <= self.session.today
        self.run_button.set_text(_("Credit the interest of {month}", month=month))
        self.run_button.setEnabled(bool(found) and over)
        self.words.setText(self._explained(month, found, over=over))

    def _explained(self, month: Month, found: list[MemberInterest], *, over: bool) -> str:
        _ = self.session.translator
        if not any(terms.earns for _product, terms in self.form.known.values()):
            return _("No savings earn interest yet: say at What savings earn (Alt+3) how much they do.")
        if not found:
            return _(
                "Nothing is left to be credited for {month}: it was credited already, or no balance earns anything.",
                month=month,
            )
        if not over:
            return _(
                "{month} is not over: this is what it comes to if nothing moves until {last}. It is credited then.",
                month=month,
                last=month.last_day,
            )
        return _(
            "Credited on {last}. The tax is judged on all interest of a person in the month:"
            " nothing up to the limit of the law, above it the percentage of the whole.",
            last=month.last_day,
        )

    def _credited(self, outcome: Outcome) -> None:
        _ = self.session.translator
        self.session.toast(
            _.plural(
                "{n} member was credited {amount:rp}",
                "{n} members were credited {amount:rp}",
                outcome.value["members"],
                amount=outcome.value["net"],
            ),
            undo=True,
        )

    def _failed(self, _error: Exception) -> None:
        self.reload()

    def _report(self, key: str) -> None:
        self.session.go("reports", report=key)


def _savings(item: MemberInterest) -> str:
    return ", ".join(dict.fromkeys(account.name for account in item.accounts))
