"""The card of one loan: how it stands, its schedule, what was paid, and what settling it early would cost."""

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtWidgets import QStackedWidget

from app.base.errors import LumbungError
from app.base.i18n import N_
from app.ledger.changes import Kind
from app.ledger.loans.quality import read_quality
from app.ledger.loans.queries import LoanMove, loan_history
from app.ledger.loans.reading import Loan, find_loan, loan_details
from app.ledger.loans.repayment import ScheduleRow, schedule_rows
from app.ledger.reminders.queries import letters
from app.reports.applications import agreement_paper
from app.reports.frame import Request
from app.reports.loan_addendum import addendum_paper
from app.reports.loan_terms import duration_text, restructuring_texts, terms_text
from app.reports.loans import collateral_text, penalty_text, schedule_paper
from app.reports.reminders import sent_text
from app.ui import theme
from app.ui.bridge import Session
from app.ui.cooperative import CLASSES
from app.ui.loan_words import boxes_of, progress_words
from app.ui.pages.loans.payoff import PayOffForm
from app.ui.pages.loans.restructuring import RestructuringForm
from app.ui.pages.loans.writeoff import RecoveryForm, WaiverForm, WriteOffForm
from app.ui.pages.page import Page
from app.ui.widgets.button import Button, Chip
from app.ui.widgets.card_head import CardHead
from app.ui.widgets.label import Label
from app.ui.widgets.layout import Card, Scroll, Split, clear, column, flow, row, rule
from app.ui.widgets.loan_boxes import LoanBoxes
from app.ui.widgets.table import Table, TableColumn


class LoanPage(Page):
    """One loan."""

    shows: ClassVar[frozenset[Kind]] = frozenset({Kind.LOAN, Kind.MEMBER, Kind.ACCOUNT, Kind.SAVINGS})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        self._number = ""
        self._loan: Loan | None = None
        self.back_button = Button(_("Lending"), icon="arrow-left", key="Esc", on=lambda: session.go("loans"))
        self.pay_button = Button(
            _("Receive instalment"), icon="receipt", key="F3", kind="primary", on=self._pay
        )
        self.print_button = Button(
            _("Print the schedule"), icon="printer", key="Ctrl+P", on=self.print_schedule
        )
        self.agreement_button = Button(
            _("Print the agreement"), icon="printer", key="Alt+J", kind="link", on=self.print_agreement
        )
        self.addendum_button = Button(
            _("Print the addendum"), icon="printer", key="Alt+N", kind="link", on=self.print_addendum
        )
        self.payoff_button = Button(_("Settle early"), icon="circle-check", key="Alt+L", on=self._settle)
        self.restructure_button = Button(
            _("Restructure"), icon="calendar", key="Alt+R", kind="link", on=self._restructure
        )
        self.writeoff_button = Button(
            _("Write off"), icon="archive", key="Alt+H", kind="link", on=self._write_off
        )
        self.recovery_button = Button(
            _("Receive a recovery"), icon="receipt", key="Alt+T", kind="link", on=self._recover
        )
        self.waive_button = Button(
            _("Let the penalty go"), icon="hand-helping", key="Alt+D", kind="link", on=self._waive
        )
        self.member_button = Button(
            _("Member's card"), icon="user", key="Alt+A", kind="link", on=self._to_member
        )
        self.head = CardHead(self.back_button, [self.payoff_button, self.print_button, self.pay_button])
        self.left = Label("", "figure")
        self.of = Label("", tone="muted")
        self.boxes = LoanBoxes()
        self.progress = Label("", wrap=True)
        self._facts = column(gap=6)
        self.schedule = self._schedule_table()
        self.payments = self._payments_table()
        self._tables = QStackedWidget()
        self._tables.addWidget(self.schedule)
        self._tables.addWidget(self.payments)
        self.chips: dict[str, Chip] = {}
        for key, words in (("schedule", _("Schedule")), ("payments", _("What happened"))):
            chip = Chip(words, chosen=key == "schedule")
            chip.clicked.connect(lambda _checked=False, key=key: self.choose(key))
            self.chips[key] = chip
        self.payoff = PayOffForm(session)
        self.payoff.saved.connect(lambda _outcome: self._show_card())
        self._views = QStackedWidget()
        self._card = self._card_view()
        self._views.addWidget(self._card)
        self._views.addWidget(self.payoff)
        self.writeoff = WriteOffForm(session)
        self.recovery = RecoveryForm(session)
        self.waiver = WaiverForm(session)
        self.restructuring = RestructuringForm(session)
        for form in (self.writeoff, self.recovery, self.waiver, self.restructuring):
            form.saved.connect(lambda _outcome: self._show_card())
            self._views.addWidget(form)
        made = column(self.head, self._views, gap=12, margin=theme.PAGE)
        made.setStretch(1, 1)
        self.setLayout(made)

    def _card_view(self) -> Any:
        _ = self.session.translator
        left = Card(
            column(
                Label(_("Principal left"), "heading"),
                self.left,
                self.of,
                self.boxes,
                self.progress,
                rule(),
                self._facts,
                row(self.member_button, None),
                row(self.agreement_button, None),
                row(self.addendum_button, None),
                row(self.restructure_button, None),
                row(self.writeoff_button, None),
                row(self.recovery_button, None),
                row(self.waive_button, None),
                None,
                gap=10,
                margin=20,
            )
        )
        table = Card(
            column(row(flow(*self.chips.values()), margin=(12, 10, 12, 8)), self._tables, gap=0, margin=1)
        )
        return Split(table, Scroll(left), side_width=304)

    def _schedule_table(self) -> Table:
        _ = self.session.translator
        today = self.session.today

        def tone(item: ScheduleRow) -> str:
            open_ = item.paid < item.principal + item.interest
            return "amber" if open_ and item.due < today else "" if open_ else "muted"

        table = Table(
            _,
            (
                TableColumn(
                    "number",
                    _.context("instalment", "No."),
                    lambda item: item.number,
                    "integer",
                    44,
                    tone,
                    spare=1,
                ),
                TableColumn("due", _("Due date"), lambda item: item.due, "date", 112, tone),
                TableColumn(
                    "principal",
                    _("Principal (Rp)"),
                    lambda item: item.principal,
                    "amount",
                    108,
                    tone,
                    spare=3,
                ),
                TableColumn(
                    "interest",
                    _("Interest (Rp)"),
                    lambda item: item.interest or None,
                    "amount",
                    110,
                    tone,
                    spare=3,
                ),
                TableColumn(
                    "total",
                    _("Instalment (Rp)"),
                    lambda item: item.principal + item.interest,
                    "amount",
                    128,
                    tone,
                    weight=600,
                ),
                TableColumn(
                    "balance", _("Left (Rp)"), lambda item: item.balance, "amount", 106, tone, spare=2
                ),
                TableColumn("state", _("State"), self._row_state, width=0, tone=tone, icon=self._row_icon),
            ),
        )
        table.setAccessibleName(_("Schedule"))
        return table

    def _payments_table(self) -> Table:
        _ = self.session.translator
        table = Table(
            _,
            (
                TableColumn("on", _("Date"), lambda item: item.on, "date", 108),
                TableColumn(
                    "number", _("Number"), lambda item: item.number, width=124, tone=lambda _row: "muted"
                ),
                TableColumn("memo", _("Description"), lambda item: item.memo, width=0),
                TableColumn(
                    "principal", _("Principal (Rp)"), lambda item: item.principal or None, "amount", 112
                ),
                TableColumn(
                    "interest", _("Interest (Rp)"), lambda item: item.interest or None, "amount", 104
                ),
                TableColumn("penalty", _("Penalty (Rp)"), lambda item: item.penalty or None, "amount", 96),
                TableColumn("left", _("Left (Rp)"), lambda item: item.outstanding, "amount", 116, weight=600),
            ),
        )
        table.setAccessibleName(_("What happened"))
        table.opened.connect(self._open_record)
        return table

    def _row_state(self, item: ScheduleRow) -> str:
        _ = self.session.translator
        total = item.principal + item.interest
        if item.paid >= total:
            return _("paid {on:medium}", on=item.paid_on) if item.paid_on else _("paid")
        if item.paid:
            return _("{amount:rp} paid", amount=item.paid)
        days = (self.session.today - item.due).days
        return _.plural("{n} day late", "{n} days late", days) if days > 0 else ""

    def _row_icon(self, item: ScheduleRow) -> str:
        if item.paid >= item.principal + item.interest:
            return "check"
        return "triangle-alert" if item.due < self.session.today else ""

    # Using it

    def open(self, **parameters: Any) -> None:
        """The loan of a number (`loan`)."""
        number = str(parameters.get("loan", ""))
        if number != self._number:
            self._number = number
            self._dirty = True
        self._show_card()
        self.pay_button.setFocus()

    def reload(self) -> None:
        """Read the loan."""
        session, _ = self.session, self.session.translator
        try:
            loan = find_loan(session.reading(), self._number, session.today)
        except LumbungError:
            # It was taken back; its card has nothing to show any more.
            session.go("loans")
            return
        self._loan = loan
        standing, today = loan.standing, session.today
        late = standing.arrears(today)
        owed = bool(standing.open() or standing.outstanding or standing.penalty_due)
        self.head.tell(
            loan.name,
            _(
                "{loan}, member {number}, paid out on {on:medium}",
                loan=loan.number,
                number=loan.member,
                on=loan.terms.start,
            ),
            fine=_("Paid off") if not owed and not standing.written_off else "",
            attention=(
                _("Written off")
                if standing.written_off
                else _.plural("{n} day late", "{n} days late", late.days(today))
                if late.since
                else ""
            ),
        )
        self.left.setText(_.format.rupiah(standing.outstanding))
        self.of.setText(_("of {amount:rp}", amount=loan.terms.principal))
        self.boxes.show_states(boxes_of(loan, today), progress_words(_, loan, today))
        self.progress.setText(progress_words(_, loan, today))
        self.progress.set_tone("amber" if late.since is not None else "plain")
        self._show_facts(loan)
        self.schedule.show_rows(schedule_rows(session.reading(), loan, today))
        history = loan_history(session.reading(), loan, today)
        self.payments.show_rows(list(reversed(history.movements)))
        self.pay_button.setEnabled(owed)
        self.payoff_button.setEnabled(standing.outstanding > 0)
        self.addendum_button.setVisible(bool(loan.restructured))
        self.restructure_button.setVisible(standing.outstanding > 0)
        self.writeoff_button.setVisible(standing.outstanding > 0)
        self.recovery_button.setVisible(bool(standing.written_off))
        self.waive_button.setVisible(standing.penalty_due > 0)
        for form in (self.payoff, self.writeoff, self.recovery, self.waiver, self.restructuring):
            form.take(loan)

    def month_moved(self) -> None:
        """The card is as of today."""

    def escape(self) -> bool:
        """From settling back to the card."""
        if self._views.currentWidget() is not self._card:
            self._show_card()
            return True
        return False

    def choose(self, key: str) -> None:
        """Schedule or movements."""
        for name, chip in self.chips.items():
            chip.setChecked(name == key)
        self._tables.setCurrentWidget(self.schedule if key == "schedule" else self.payments)

    def print_schedule(self) -> None:
        """The schedule as it is printed."""
        self._print(schedule_paper, N_("Loan schedule {number}"))

    def _print(self, made: Callable[[Request, str], bytes], title: str) -> None:
        if self._loan is None:
            return
        session, number = self.session, self._loan.number
        from app.base.dates import Period

        # What was paid up to today stands on the paper, whatever month is looked at.
        period = Period.through(min(self._loan.terms.start, session.today), session.today)
        session.preview(
            lambda paper: made(session.request(loan=number, period=period), paper),
            session.translator(title, number=number),
        )

    def print_agreement(self) -> None:
        """The agreement as it is printed."""
        self._print(agreement_paper, N_("Loan agreement {number}"))

    def print_addendum(self) -> None:
        """What the newest restructuring adds to the agreement, as it is printed."""
        if self._loan is not None and self._loan.restructured:
            self._print(addendum_paper, N_("Addendum to loan agreement {number}"))

    def _show_facts(self, loan: Loan) -> None:
        _ = self.session.translator
        clear(self._facts)
        standing = loan.standing
        details = loan_details(self.session.reading(), loan.id)
        sent = letters(self.session.reading(), loan.id).get(loan.id, [])
        rows = [
            (_("Loan product"), loan.product_name),
            (_("Class"), self._class_words(loan)),
            (_("Terms"), terms_text(_, loan.agreed.terms)),
            (_("Term of the loan"), duration_text(_, loan.agreed.terms)),
            (_("Restructured"), "; ".join(restructuring_texts(_, loan))),
            (_("Schedule"), _("made by hand") if loan.agreed.by_hand else ""),
            (_("Fees kept back"), _.format.rupiah(loan.fees) if loan.fees else ""),
            (_("Interest received"), _.format.rupiah(standing.interest - loan.capitalised)),
            (_("Kept aside"), _.format.rupiah(standing.held) if standing.held else ""),
            (_("Penalty known"), _.format.rupiah(standing.penalty_due) if standing.penalty_due else ""),
            (_("Written off"), _.format.rupiah(standing.written_off) if standing.written_off else ""),
            (_("Recovered"), _.format.rupiah(standing.recovered) if standing.recovered else ""),
            (_("When late"), penalty_text(_, loan.penalty_terms)),
            (_("What it is for"), loan.purpose),
            (_("Collateral"), "; ".join(collateral_text(_, item) for item in details.collateral)),
            (_("Guarantors"), ", ".join(details.guarantors)),
            (_("Reminder letters"), "\n".join(sent_text(_, item) for item in sent)),
        ]
        for label, value in rows:
            if value:
                self._facts.addLayout(column(Label(label, tone="muted"), Label(value, wrap=True), gap=0))

    def _class_words(self, loan: Loan) -> str:
        """The class, and why a person judged it so."""
        _, today = self.session.translator, self.session.today
        if not loan.standing.outstanding:
            return ""
        quality = read_quality(self.session.reading())
        words = _(CLASSES[quality.class_of(loan, today)])
        judged = quality.judgement(loan.id, today)
        return f"{words}: {judged.reason}" if judged is not None and judged.class_ else words

    def _show_card(self) -> None:
        self._views.setCurrentWidget(self._card)
        self.pay_button.set_kind("primary")

    def _settle(self) -> None:
        self._views.setCurrentWidget(self.payoff)
        self.pay_button.set_kind("plain")
        self.payoff.begin({})

    def _restructure(self) -> None:
        self._views.setCurrentWidget(self.restructuring)
        self.pay_button.set_kind("plain")
        self.restructuring.begin({})
        if self._loan is not None:
            self.restructuring.renew_for(self._loan)

    def _write_off(self) -> None:
        self._views.setCurrentWidget(self.writeoff)
        self.pay_button.set_kind("plain")
        self.writeoff.begin({})

    def _recover(self) -> None:
        self._views.setCurrentWidget(self.recovery)
        self.pay_button.set_kind("plain")
        self.recovery.begin({})

    def _waive(self) -> None:
        self._views.setCurrentWidget(self.waiver)
        self.pay_button.set_kind("plain")
        self.waiver.begin({})

    def _pay(self) -> None:
        if self._loan is not None:
            self.session.go("instalment", member=self._loan.member, loan=self._loan.number)

    def _to_member(self) -> None:
        if self._loan is not None:
            self.session.go("member", member=self._loan.member)

    def _open_record(self, item: LoanMove) -> None:
        self.session.go("records", entry=item.entry)
