"""The card of one term deposit: what was agreed, its payments of interest, and what can be done with it."""

from datetime import date
from typing import Any, ClassVar, NamedTuple

from PySide6.QtWidgets import QStackedWidget

from app.base.dates import Period
from app.base.errors import LumbungError
from app.ledger.changes import Kind, Outcome
from app.ledger.deposits.commands import PayDepositInterest
from app.ledger.deposits.queries import Certificate, certificate
from app.reports.deposits import ROLL_OVER, certificate_paper, interest_words, term_words
from app.ui import theme
from app.ui.bridge import Session
from app.ui.pages.deposits.forms import CloseForm
from app.ui.pages.page import Page
from app.ui.widgets.button import Button
from app.ui.widgets.card_head import CardHead
from app.ui.widgets.label import Label
from app.ui.widgets.layout import Card, Scroll, Split, clear, column, row, rule
from app.ui.widgets.table import Table, TableColumn


class _Line(NamedTuple):
    """One payment of interest: made (with its entry), or still to come."""

    first: date
    due: date
    interest: int
    tax: int
    paid_on: date | None
    entry: int


class DepositPage(Page):
    """One term deposit."""

    shows: ClassVar[frozenset[Kind]] = frozenset({Kind.SAVINGS, Kind.MEMBER, Kind.ACCOUNT})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        self._number = ""
        self._deposit: Certificate | None = None
        self.back_button = Button(
            _("Term deposits"), icon="arrow-left", key="Esc", on=lambda: session.go("deposits")
        )
        self.pay_button = Button(_("Pay interest"), icon="percent", key="Alt+J", kind="primary", on=self.pay)
        self.print_button = Button(
            _("Print the certificate"), icon="printer", key="Ctrl+P", on=self.print_certificate
        )
        self.close_button = Button(_("Pay back"), icon="banknote", key="Alt+L", on=self._to_close)
        self.member_button = Button(
            _("Member's card"), icon="user", key="Alt+A", kind="link", on=self._to_member
        )
        self.head = CardHead(self.back_button, [self.close_button, self.print_button, self.pay_button])
        self.amount = Label("", "figure")
        self.next = Label("", wrap=True)
        self._facts = column(gap=6)
        self.table = self._made_table()
        self.closing = CloseForm(session)
        self.closing.saved.connect(lambda _outcome: self._show_card())
        self._views = QStackedWidget()
        self._card = self._card_view()
        self._views.addWidget(self._card)
        self._views.addWidget(self.closing)
        made = column(self.head, self._views, gap=12, margin=theme.PAGE)
        made.setStretch(1, 1)
        self.setLayout(made)

    def _card_view(self) -> Any:
        _ = self.session.translator
        left = Card(
            column(
                Label(_("In the deposit"), "heading"),
                self.amount,
                self.next,
                rule(),
                self._facts,
                row(self.member_button, None),
                None,
                gap=10,
                margin=20,
            )
        )
        table = Card(
            column(row(Label(_("Interest"), "heading"), margin=(14, 12, 12, 8)), self.table, gap=0, margin=1)
        )
        return Split(table, Scroll(left), side_width=304)

    def _made_table(self) -> Table:
        _ = self.session.translator
        today = self.session.today

        def tone(item: _Line) -> str:
            return "muted" if item.paid_on else "amber" if item.due <= today else ""

        table = Table(
            _,
            (
                TableColumn("first", _("From"), lambda item: item.first, "date", 116, tone),
                TableColumn("due", _("Payment day"), lambda item: item.due, "date", 130, tone),
                TableColumn(
                    "interest",
                    _("Interest (Rp)"),
                    lambda item: item.interest,
                    "amount",
                    120,
                    tone,
                    weight=600,
                ),
                TableColumn("tax", _("Tax (Rp)"), lambda item: item.tax or None, "amount", 104, tone),
                TableColumn(
                    "state",
                    _("State"),
                    self._row_state,
                    width=0,
                    tone=tone,
                    icon=lambda item: "check" if item.paid_on else "",
                ),
            ),
        )
        table.setAccessibleName(_("Interest"))
        table.opened.connect(self._open_record)
        return table

    def _row_state(self, item: _Line) -> str:
        _ = self.session.translator
        if item.paid_on is not None:
            return _("paid {on:medium}", on=item.paid_on)
        return _("due") if item.due <= self.session.today else ""

    # Using it

    def open(self, **parameters: Any) -> None:
        """The deposit of a number (`deposit`)."""
        number = str(parameters.get("deposit", ""))
        if number != self._number:
            self._number = number
            self._dirty = True
        self._show_card()
        (self.pay_button if self.pay_button.isEnabled() else self.print_button).setFocus()

    def reload(self) -> None:
        """Read the certificate."""
        session, _ = self.session, self.session.translator
        try:
            deposit = certificate(session.reading(), self._number, session.today)
        except LumbungError:
            # It was taken back; its card has nothing to show any more.
            session.go("deposits")
            return
        self._deposit = deposit
        running = deposit.closed is None
        matured = running and deposit.maturity <= session.today
        self.head.tell(
            deposit.name,
            _(
                "{number}, member {member}, since {on:medium}",
                number=deposit.number,
                member=deposit.member,
                on=deposit.moves[0].first,
            ),
            fine="" if running else _("Paid back"),
            attention=_("Matured") if matured else "",
        )
        self.amount.setText(_.format.rupiah(deposit.amount))
        self.next.setText(self._next_words(deposit))
        self._show_facts(deposit)
        lines = [
            _Line(move.first, move.through, move.interest, move.tax, move.on, move.entry)
            for move in deposit.moves
            if move.interest
        ]
        if running:
            lines += [_Line(part.first, part.due, part.interest, 0, None, 0) for part in deposit.parts]
        self.table.show_rows(lines)
        self.pay_button.setEnabled(bool(deposit.due))
        self.close_button.setEnabled(running)
        self.closing.take(deposit)

    def month_moved(self) -> None:
        """The card is as of today."""

    def escape(self) -> bool:
        """From closing back to the card."""
        if self._views.currentWidget() is self.closing:
            self._show_card()
            return True
        return False

    def pay(self) -> None:
        """Pay the interest that has fallen due."""
        if self._deposit is None:
            return
        self.session.execute(
            PayDepositInterest(deposit=self._deposit.number, on=self.session.today), said=self._paid_words
        )

    def print_certificate(self) -> None:
        """The certificate as it is printed."""
        if self._deposit is None:
            return
        session, number = self.session, self._deposit.number
        period = Period.through(session.today, session.today)
        session.preview(
            lambda paper: certificate_paper(session.request(deposit=number, period=period), paper),
            session.translator("Term deposit {number}", number=number),
            ("A5",),
        )

    def _paid_words(self, outcome: Outcome) -> str:
        _ = self.session.translator
        value = outcome.value
        return _(
            "{number}: interest {gross:rp}, tax {tax:rp}, paid {net:rp}",
            number=outcome.number,
            gross=value["gross"],
            tax=value["tax"],
            net=value["net"],
        )

    def _next_words(self, deposit: Certificate) -> str:
        _ = self.session.translator
        if deposit.closed is not None:
            return _("Paid back on {on:medium}", on=deposit.closed)
        if deposit.due:
            return _("{amount:rp} of interest is due.", amount=deposit.due)
        if deposit.next is not None:
            return _(
                "Next interest {amount:rp} on {on:medium}.", amount=deposit.next.interest, on=deposit.next.due
            )
        return _("All interest of the term is paid.")

    def _show_facts(self, deposit: Certificate) -> None:
        _ = self.session.translator
        clear(self._facts)
        penalty = deposit.penalty_percent
        rows = [
            (_("Savings product"), deposit.product),
            (_("Interest"), _("{rate} % a year", rate=_.format.quantity(deposit.rate))),
            (_("Term"), term_words(_, deposit.terms.months)),
            (
                _("Present term"),
                _("{start:medium} to {maturity:medium}", start=deposit.start, maturity=deposit.maturity),
            ),
            (_("Interest is paid"), interest_words(_, deposit)),
            (_("At maturity"), _(ROLL_OVER[deposit.roll_over])),
            (_("Penalty for closing early"), f"{_.format.quantity(penalty)} %" if penalty else ""),
            (_("Interest paid so far"), _.format.rupiah(deposit.interest_paid)),
        ]
        for label, value in rows:
            if value:
                self._facts.addLayout(column(Label(label, tone="muted"), Label(value, wrap=True), gap=0))

    def _show_card(self) -> None:
        self._views.setCurrentWidget(self._card)
        self.pay_button.set_kind("primary")

    def _to_close(self) -> None:
        self._views.setCurrentWidget(self.closing)
        self.pay_button.set_kind("plain")
        self.closing.begin({})

    def _to_member(self) -> None:
        if self._deposit is not None:
            self.session.go("member", member=self._deposit.member)

    def _open_record(self, item: _Line) -> None:
        if item.entry:
            self.session.go("records", entry=item.entry)
