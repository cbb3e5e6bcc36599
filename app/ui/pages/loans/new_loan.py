"""A new loan: while the terms are typed, the schedule, its cost and what is paid out stand beside them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from PySide6.QtWidgets import QVBoxLayout

from app.base.errors import LumbungError, UserError
from app.base.money import RoundMode, percent_of
from app.ledger.changes import Outcome
from app.ledger.loans.applications.queries import Application
from app.ledger.loans.commands import DisburseLoan, Excess
from app.ledger.loans.effective_rate import effective_rate
from app.ledger.loans.offered import LoanProduct, filled, loan_products
from app.ledger.loans.schedule import Every, Instalment, Method, RatePer, schedule
from app.reports.loans import penalty_text
from app.ui.bridge import Session
from app.ui.cooperative import MoneyPlace
from app.ui.loan_words import EVERY, EXCESS, METHODS, PER, ROUND
from app.ui.pickers import member_picker
from app.ui.widgets.button import Button
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.editor import ChoiceEditor, TextEditor, needed
from app.ui.widgets.form import Form
from app.ui.widgets.number_edit import CountEdit, MoneyEdit, RateEdit
from app.ui.widgets.table import Table, TableColumn

# What folds out for whom needs it.
_OF_PRODUCT: Final = ("every", "round_to", "excess")
_SELDOM: Final = ("every", "round_to", "excess", "number", "memo")


class _Line(NamedTuple):
    """One row of the schedule beside the form."""

    number: int
    due: date
    total: int


class NewLoanForm(Form):
    """The terms of a loan."""

    def __init__(self, session: Session) -> None:
        _ = session.translator
        super().__init__(
            session,
            "loan",
            self._made,
            effect=self._effects,
            save=_("Pay the loan out"),
            said=self._saved_words,
        )
        self.rows: tuple[Instalment, ...] = ()
        self._products: dict[str, LoanProduct] = {}
        self.picker = member_picker(session)
        self.add("member", _("Which member"), self.picker)
        self.product = ChoiceEditor(_, [("", _("None, the terms stand below"))])
        self.add("product", _("Loan product"), self.product)
        self.product.changed.connect(self._chosen)
        # Not asked: it stands here when the loan comes from an application, also in a draft.
        self.application = TextEditor(_, empty=_("What is paid out is at most what was approved."))
        self.application.line.setReadOnly(True)
        self.add("application", _("Application"), self.application)
        self.application.changed.connect(self._show_application)
        self._show_application()
        self.principal = MoneyEdit(_)
        self.term = CountEdit(_)
        self.add_beside(
            ("principal", _("Amount lent"), self.principal), ("term", _("Number of instalments"), self.term)
        )
        self.rate = RateEdit(_)
        self.per = ChoiceEditor(_, [(key, _(words)) for key, words in PER])
        self.add_beside(("rate", _("Interest in percent"), self.rate), ("per", _("Percent for"), self.per))
        self.method = ChoiceEditor(_, [(key, _(words)) for key, words in METHODS])
        self.first_due = DateEdit(session, optional=True)
        self.add_beside(
            ("method", _("How it is counted"), self.method),
            ("first_due", _("First instalment on"), self.first_due),
        )
        self.provision = RateEdit(_)
        self.administration = MoneyEdit(_)
        self.add_beside(
            ("provision_percent", _("Commission in percent"), self.provision),
            ("administration", _("Administration fee"), self.administration),
        )
        self.purpose = TextEditor(_)
        self.add("purpose", _("What it is for"), self.purpose)
        self.on = DateEdit(session)
        self.place = MoneyPlace(session)
        self.add_beside(("on", _("Paid out on"), self.on), ("account", _("Money comes from"), self.place))
        self.every = ChoiceEditor(_, [(key, _(words)) for key, words in EVERY])
        self.round_to = ChoiceEditor(_, [(key, _(words)) for key, words in ROUND])
        self.add_beside(
            ("every", _("Instalments are in"), self.every),
            ("round_to", _("Round instalments up to"), self.round_to),
        )
        self.excess = ChoiceEditor(_, [(key, _(words)) for key, words in EXCESS])
        self.add("excess", _("When more is paid than due"), self.excess)
        self.number = TextEditor(_, hint=_("The next number by itself"))
        self.memo = TextEditor(_)
        self.add_beside(("number", _("Loan number"), self.number), ("memo", _("Note"), self.memo))
        self.more = Button(_("More terms"), icon="chevron-down", kind="link", on=self._fold)
        self.add_widget(self.more)
        self._folded = True
        self._show_seldom(shown=False)
        self.table = self._schedule_table()
        layout = self.effect_card.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(2, self.table, 1)

    def renew(self) -> None:
        """Offer the products of the book; where there are none, nobody is asked."""
        _ = self.session.translator
        self._products = {item.code: item for item in loan_products(self.session.reading()) if item.active}
        self.product.set_choices(
            [
                ("", _("None, the terms stand below")),
                *((item.code, f"{item.code}  {item.name}") for item in self._products.values()),
            ]
        )
        self.fields["product"].setVisible(bool(self._products))
        self._show_seldom(shown=not self._folded)

    def _chosen(self) -> None:
        """What a product says stands in the fields, to be changed where this loan differs."""
        product = self._products.get(self.product.value() or "")
        self._show_seldom(shown=not self._folded)
        if product is None:
            return
        self.rate.set_value(product.rate)
        self.per.set_value(product.per.value)
        self.method.set_value(product.method.value)
        self.provision.set_value(product.provision or None)
        self.administration.set_value(product.administration or None)

    def pick(self, number: str) -> None:
        """For this member."""
        self.start_over()
        self.picker.set_value(number)
        self.principal.setFocus()

    def take(self, item: Application) -> None:
        """As an application was approved; what it leaves open the product says."""
        self.start_over()
        self.renew()
        # The product comes first: it fills fields that the application may say otherwise.
        self.product.set_value(item.product)
        principal, term = item.counts
        values = {"member": item.member, "application": item.number, "purpose": item.purpose or None}
        said = {"rate": item.rate, "per": item.per, "method": item.method, "every": item.every}
        self.begin(
            {
                **values,
                "principal": principal,
                "term": term,
                **{
                    name: value if name == "rate" else str(value)
                    for name, value in said.items()
                    if value is not None
                },
            }
        )

    def _show_application(self) -> None:
        self.fields["application"].setVisible(bool(self.application.state()))

    def start_over(self) -> None:
        """Empty all; without a first due date the first instalment is a period after the day of paying out."""
        super().start_over()
        self.first_due.set_value(None)

    def _schedule_table(self) -> Table:
        _ = self.session.translator
        table = Table(
            _,
            (
                TableColumn("number", _.context("instalment", "No."), lambda row: row.number, "integer", 48),
                TableColumn("due", _("Due date"), lambda row: row.due, "date", 104),
                TableColumn("total", _("Instalment"), lambda row: row.total, "amount", 0, weight=600),
            ),
        )
        table.setAccessibleName(_("Instalment schedule"))
        table.setMinimumHeight(260)
        table.hide()
        return table

    def _fold(self) -> None:
        self._folded = not self._folded
        self._show_seldom(shown=not self._folded)

    def _show_seldom(self, *, shown: bool) -> None:
        _ = self.session.translator
        chosen = self.product.value() in self._products
        for key in _SELDOM:
            # What the product says of them counts; it is no question any more.
            self.fields[key].setVisible(shown and not (chosen and key in _OF_PRODUCT))
        self.more.set_text(_("Fewer terms") if shown else _("More terms"))
        self.more.set_icon("chevron-up" if shown else "chevron-down")

    # The command and its effect

    def _made(self) -> DisburseLoan:
        return self._terms(needed(self.picker, self.session.translator("Choose a member first."), "member"))

    def _terms(self, member: str) -> DisburseLoan:
        _ = self.session.translator
        product = self._products.get(self.product.value() or "")
        rounded = int(self.round_to.value() or 1)
        principal = needed(self.principal, _("The amount lent is needed."), "principal")
        rate = needed(self.rate, _("The interest is needed; 0 where there is none."), "rate")
        term = needed(self.term, _("The number of instalments is needed."), "term")
        try:
            return DisburseLoan(
                member=member,
                on=needed(self.on, _("A date is needed."), "on"),
                per=RatePer(self.per.value() or RatePer.MONTH),
                method=Method(self.method.value() or Method.FLAT),
                product="" if product is None else product.code,
                every=None if product else Every(self.every.value() or Every.MONTH),
                first_due=self.first_due.value(),
                round_to=None if product else rounded,
                mode=None if product else RoundMode.UP if rounded > 1 else RoundMode.NEAREST,
                provision_percent=self.provision.value() or Decimal(0),
                administration=self.administration.value() or 0,
                excess=None if product else Excess(self.excess.value() or Excess.HOLD),
                account=self.place.value() or "",
                purpose=self.purpose.value() or "",
                number=self.number.value() or "",
                memo=self.memo.value() or "",
                application=self.application.value() or "",
                principal=principal,
                rate=rate,
                term=term,
            )
        except UserError as error:
            # The calculator doesn't know the fields; its sentence names the value.
            if not error.field:
                error.field = next(
                    (key for key in ("principal", "rate", "term", "first_due") if key in error.params), ""
                )
            raise

    def _effects(self) -> Sequence[str]:
        _ = self.session.translator
        self.rows = ()
        try:
            command = self._terms("-")
            product = self._products.get(command.product)
            command = command if product is None else filled(command, product)
            terms = command.terms()
            self.rows = schedule(terms)
        except LumbungError:
            self._show_rows()
            return []
        self._show_rows()
        fees = command.administration or 0
        if command.provision_percent is not None:
            fees += percent_of(command.principal, command.provision_percent)
        interest = sum(row.interest for row in self.rows)
        first, last = self.rows[0], self.rows[-1]
        lines = [
            _("Paid out: {net:rp}", net=command.principal - fees),
            _("First instalment {amount:rp} on {on:medium}", amount=first.total, on=first.due),
            _("Last instalment {amount:rp} on {on:medium}", amount=last.total, on=last.due),
            _("Interest in all: {amount:rp}", amount=interest),
            _(
                "Effective rate {rate} % a year",
                rate=_.format.quantity(effective_rate(terms, self.rows).quantize(Decimal("0.01"))),
            ),
        ]
        late = "" if product is None else penalty_text(_, product.penalty_terms)
        if late:
            lines.append(_("Penalty: {words}", words=late))
        if fees:
            lines.insert(1, _("Fees kept back: {fees:rp}", fees=fees))
        return lines

    def _show_rows(self) -> None:
        if not hasattr(self, "table"):
            return
        self.table.show_rows([_Line(row.number, row.due, row.total) for row in self.rows])
        self.table.setVisible(bool(self.rows))

    def _saved_words(self, outcome: Outcome) -> str:
        _ = self.session.translator
        text = _("{number} is paid out: {net:rp}", number=outcome.number, net=outcome.value.get("net", 0))
        for template, params in outcome.value.get("warnings", []):
            text = f"{text}. {_(template, **params)}"
        return text
