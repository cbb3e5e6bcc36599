"""What a member asks for, and the decision on it: both forms, with the ability to pay and the warnings beside them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.errors import UserError
from app.base.i18n import N_, Translator
from app.ledger.changes import Outcome
from app.ledger.loans.applications.commands import (
    ApplyForLoan,
    ApproveApplication,
    ChangeApplication,
    RefuseApplication,
    WithdrawApplication,
)
from app.ledger.loans.applications.queries import (
    Ability,
    Application,
    ability,
    ability_of,
    collateral_of,
    decision_warnings,
    guarantors_of,
    terms_by,
)
from app.ledger.loans.commands import DisburseLoan
from app.ledger.loans.offered import LoanProduct, loan_products
from app.ledger.loans.schedule import Method, RatePer
from app.ledger.rates.table import ceiling_on
from app.ui.bridge import Session
from app.ui.loan_words import METHODS, PER
from app.ui.pickers import member_picker
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.editor import ChoiceEditor, TextEditor, needed
from app.ui.widgets.form import Form
from app.ui.widgets.label import Icon, Label
from app.ui.widgets.layout import box, clear, column, row
from app.ui.widgets.number_edit import CountEdit, MoneyEdit, RateEdit

# What is asked only where no product says it.
_WITHOUT_PRODUCT: Final = ("rate", "per", "method")
DECISIONS: Final = {
    "approve": (N_("Approve"), N_("Approve application {application}")),
    "refuse": (N_("Refuse"), N_("Refuse application {application}")),
    "withdraw": (N_("Withdraw"), N_("Withdraw application {application}")),
}


def ability_words(_: Translator, able: Ability) -> list[str]:
    """Whether a member can pay, in words: what is free, the instalment, its part of what is free."""
    lines = [
        _("Free each month: {free:rp}", free=able.free),
        _("New instalment: {instalment:rp} a month", instalment=able.instalment),
    ]
    if able.ratio is not None:
        lines.append(_("Ability to pay: {ratio} % of what is free", ratio=_.format.quantity(able.ratio)))
    return lines


def ability_warning(_: Translator, able: Ability) -> str:
    """What to say where the instalment is more than the policy wants, else nothing."""
    if not able.beyond or able.limit is None:
        return ""
    if able.ratio is None:
        return _("Nothing of the income is free for an instalment.")
    return _("More than the limit of {limit} % of what is free.", limit=_.format.quantity(able.limit))


def warning_words(session: Session, item: Application, on: date) -> list[str]:
    """What should be looked at before a decision, in sentences."""
    _ = session.translator
    return [
        _(
            template,
            **{
                name: _.format.quantity(value) if isinstance(value, Decimal) else value
                for name, value in params.items()
            },
        )
        for template, params in decision_warnings(session.reading(), item, on)
    ]


class Warnings(QWidget):
    """Sentences that deserve attention, each with its sign."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = column(gap=8)
        self.setLayout(self._lines)
        self.hide()

    def say(self, lines: Sequence[str]) -> None:
        """Show these, or nothing."""
        clear(self._lines)
        for line in lines:
            made = row(Icon("triangle-alert", 16, "amber"), Label(line, "strong", "amber", wrap=True), gap=8)
            made.setStretch(1, 1)
            self._lines.addWidget(box(made))
        self.setVisible(bool(lines))


def _warned(form: Form) -> Warnings:
    """Warnings below the effects of a form."""
    made = Warnings()
    layout = form.effect_card.layout()
    assert isinstance(layout, QVBoxLayout)
    layout.insertWidget(2, made)
    return made


class ApplicationForm(Form):
    """What a member asks for, and out of what it is to be paid; also changes what an open application says."""

    def __init__(self, session: Session) -> None:
        _ = session.translator
        self._changing: Application | None = None
        self._products: dict[str, LoanProduct] = {}
        super().__init__(
            session,
            "loan-application",
            self._made,
            effect=self._effects,
            save=_("Note the application"),
            said=self._said_words,
        )
        self.picker = member_picker(session)
        self.add("member", _("Which member"), self.picker)
        self.product = ChoiceEditor(_, [("", _("None, the terms stand below"))])
        self.on = DateEdit(session)
        self.add_beside(("product", _("Loan product"), self.product), ("on", _("Date"), self.on))
        self.product.changed.connect(self._show_terms)
        self.principal = MoneyEdit(_)
        self.term = CountEdit(_)
        self.add_beside(
            ("principal", _("Amount asked for"), self.principal),
            ("term", _("Number of instalments"), self.term),
        )
        self.rate = RateEdit(_)
        self.per = ChoiceEditor(_, [(key, _(words)) for key, words in PER])
        self.add_beside(("rate", _("Interest in percent"), self.rate), ("per", _("Percent for"), self.per))
        self.method = ChoiceEditor(_, [(key, _(words)) for key, words in METHODS])
        self.add("method", _("How it is counted"), self.method)
        self.purpose = TextEditor(_)
        self.add("purpose", _("What it is for"), self.purpose)
        self.income = MoneyEdit(_)
        self.costs = MoneyEdit(_)
        self.add_beside(
            ("income", _("Income a month"), self.income),
            ("living_costs", _("Living costs a month"), self.costs),
        )
        self.others = MoneyEdit(_)
        self.spouse = TextEditor(_)
        self.add_beside(
            ("other_instalments", _("Other instalments a month"), self.others),
            ("spouse", _("Spouse"), self.spouse),
        )
        self.guarantors = TextEditor(_)
        self.add("guarantors", _("Guarantors, with commas between them"), self.guarantors)
        self.warnings = _warned(self)

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
        self._show_terms()

    def start_over(self) -> None:
        """Empty all; what follows is a new application."""
        self._changing = None
        self._save_words = self.session.translator("Note the application")
        self.save_button.set_text(self._save_words)
        super().start_over()

    def keep_draft(self) -> None:
        """Only what is new is kept; what is being changed stands in the book."""
        if self._changing is None:
            super().keep_draft()

    def new(self) -> None:
        """A new application, with what was typed before."""
        if self._changing is not None:
            self.start_over()
        self.begin()

    def change(self, item: Application) -> None:
        """Put what an application says into the fields."""
        self.start_over()
        self._changing = item
        self._save_words = self.session.translator("Save the change")
        values = {name: getattr(item, name) for name in ("member", "on", "product", "principal", "term")}
        values |= {
            name: getattr(item, name) or None for name in ("income", "living_costs", "spouse", "purpose")
        }
        self.begin(
            {
                **values,
                "other_instalments": item.other_instalments or None,
                "rate": item.rate,
                "per": None if item.per is None else item.per.value,
                "method": None if item.method is None else item.method.value,
                "guarantors": ", ".join(guarantors_of(self.session.reading(), item.id)),
            }
        )

    def _show_terms(self) -> None:
        for key in _WITHOUT_PRODUCT:
            self.fields[key].setVisible(self.product.value() not in self._products)

    def _made(self) -> ApplyForLoan | ChangeApplication:
        _ = self.session.translator
        fields = self._fields(needed(self.picker, _("Choose a member first."), "member"))
        item = self._changing
        if item is None:
            return ApplyForLoan(**fields)
        return ChangeApplication(
            **fields,
            application=item.number,
            every=item.every,
            memo=item.memo,
            collateral=collateral_of(self.session.reading(), item.id),
        )

    def _fields(self, member: str) -> dict[str, Any]:
        """What the fields say, as both commands name it."""
        _ = self.session.translator
        fields: dict[str, Any] = {
            "member": member,
            "on": needed(self.on, _("A date is needed."), "on"),
            "principal": needed(self.principal, _("The amount asked for is needed."), "principal"),
            "term": needed(self.term, _("The number of instalments is needed."), "term"),
            "purpose": self.purpose.value() or "",
            "income": self.income.value() or 0,
            "living_costs": self.costs.value() or 0,
            "other_instalments": self.others.value() or 0,
            "spouse": self.spouse.value() or "",
            "guarantors": tuple(
                name.strip() for name in (self.guarantors.value() or "").split(",") if name.strip()
            ),
        }
        return fields | self._terms()

    def _terms(self) -> dict[str, Any]:
        _ = self.session.translator
        product = self.product.value() or ""
        if product not in self._products:
            return {
                "rate": needed(self.rate, _("The interest is needed; 0 where there is none."), "rate"),
                "per": RatePer(self.per.value() or RatePer.MONTH),
                "method": Method(self.method.value() or Method.FLAT),
            }
        item = self._changing
        if item is not None and item.product == product:
            # What this one asks otherwise than its product stays.
            return {"product": product, "rate": item.rate, "per": item.per, "method": item.method}
        return {"product": product}

    def _effects(self) -> Sequence[str]:
        if not hasattr(self, "warnings"):
            return []
        _ = self.session.translator
        self.warnings.say([])
        said = self._fields("-")
        names = ("member", "on", "principal", "term", "product", "rate", "per", "method")
        every = None if self._changing is None else self._changing.every
        asked = DisburseLoan(**{name: said[name] for name in names if name in said}, every=every)
        able = ability_of(
            said["income"] - said["living_costs"] - said["other_instalments"],
            terms_by(asked, self._products.get(asked.product)),
            ceiling_on(self.session.reading(), "loan_ability_percent", asked.on),
        )
        if not said["income"]:
            return [_("New instalment: {instalment:rp} a month", instalment=able.instalment)]
        warning = ability_warning(_, able)
        self.warnings.say([warning] if warning else [])
        return [*ability_words(_, able), _("Nothing is posted until the loan is paid out.")]

    def _said_words(self, outcome: Outcome) -> str:
        return self.session.translator("Application {application} is noted", application=outcome.number)


class DecisionForm(Form):
    """Approve, refuse or withdraw: when, by whom, and why; what deserves attention stands beside it."""

    def __init__(self, session: Session) -> None:
        _ = session.translator
        self._item: Application | None = None
        self.decision = "approve"
        super().__init__(
            session,
            "loan-decision",
            self._made,
            effect=self._effects,
            save=_("Approve"),
            said=self._said_words,
            again=False,
        )
        self.by = TextEditor(_, hint=_("Who works at the book"))
        self.on = DateEdit(session)
        self.add_beside(("by", _("Decided by"), self.by), ("on", _("Date"), self.on))
        self.principal = MoneyEdit(_)
        self.term = CountEdit(_)
        self.add_beside(
            ("principal", _("Approved up to"), self.principal),
            ("term", _("Number of instalments"), self.term),
        )
        self.note = TextEditor(_)
        self.add("note", _("Note or reason"), self.note)
        self.warnings = _warned(self)

    def keep_draft(self) -> None:
        """A decision is of one application; half of it is not kept for another."""

    def decide(self, item: Application, decision: str) -> None:
        """Begin a decision on an application."""
        _ = self.session.translator
        self._item, self.decision = item, decision
        self._save_words = _(DECISIONS[decision][0])
        for key in ("principal", "term"):
            self.fields[key].setVisible(decision == "approve")
        self.start_over()
        self.begin({"principal": item.principal, "term": item.term})

    def _made(self) -> ApproveApplication | RefuseApplication | WithdrawApplication:
        _ = self.session.translator
        if self._item is None:
            raise UserError("Choose an application first.")
        said: dict[str, Any] = {
            "application": self._item.number,
            "on": needed(self.on, _("A date is needed."), "on"),
            "by": self.by.value() or "",
            "note": self.note.value() or "",
        }
        if self.decision == "refuse":
            return RefuseApplication(**said)
        if self.decision == "withdraw":
            return WithdrawApplication(**said)
        return ApproveApplication(**said, principal=self.principal.value(), term=self.term.value())

    def _effects(self) -> Sequence[str]:
        if not hasattr(self, "warnings") or self._item is None:
            return []
        self.warnings.say([])
        _ = self.session.translator
        item, on = self._item, self.on.value() or self.session.today
        if self.decision != "approve":
            return [_("The application is closed; it can be opened again.")]
        # As it would be approved: a smaller amount is easier to pay.
        approved = item._replace(approved=self.principal.value() or 0, approved_term=self.term.value() or 0)
        able = ability(self.session.reading(), approved, on)
        self.warnings.say(warning_words(self.session, approved, on))
        return ability_words(_, able)

    def _said_words(self, outcome: Outcome) -> str:
        _ = self.session.translator
        words = {
            "approve": N_("Application {application} is approved"),
            "refuse": N_("Application {application} is refused"),
            "withdraw": N_("Application {application} is withdrawn"),
        }
        return _(words[self.decision], application=outcome.number)
