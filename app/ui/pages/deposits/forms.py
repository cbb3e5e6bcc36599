"""Opening a term deposit, with its maturity and interest beside the form, and closing one."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from app.base.errors import LumbungError, UserError
from app.base.i18n import N_
from app.ledger.changes import Outcome
from app.ledger.deposits.commands import CloseTermDeposit, OpenTermDeposit
from app.ledger.deposits.queries import Certificate
from app.ledger.deposits.terms import InterestPaid, RollOver
from app.ledger.members.queries import member
from app.reports.deposits import ROLL_OVER
from app.ui.bridge import Session
from app.ui.cooperative import MoneyPlace, accounts_of, offered_products, picked_member
from app.ui.pickers import member_picker
from app.ui.widgets.button import Button
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.editor import ChoiceEditor, TextEditor, needed
from app.ui.widgets.form import Form
from app.ui.widgets.number_edit import CountEdit, MoneyEdit, RateEdit

_SAVINGS = "savings:"
_PAID: Final = (
    (InterestPaid.MONTHLY.value, N_("Each month, on the day of the start")),
    (InterestPaid.MATURITY.value, N_("At maturity")),
)
# What folds out for whom needs it.
_SELDOM: Final = ("product", "number", "penalty_percent", "memo")


class NewDepositForm(Form):
    """The terms of a new deposit."""

    def __init__(self, session: Session) -> None:
        _ = session.translator
        super().__init__(
            session,
            "term-deposit",
            self._made,
            effect=self._effects,
            save=_("Open the deposit"),
            said=self._saved_words,
        )
        self.picker = member_picker(session)
        self.add("member", _("Which member"), self.picker)
        self.amount = MoneyEdit(_)
        self.term = CountEdit(_)
        self.add_beside(("amount", _("Amount"), self.amount), ("term", _("Term in months"), self.term))
        self.rate = RateEdit(_)
        self.on = DateEdit(session)
        self.add_beside(("rate", _("Interest in percent a year"), self.rate), ("on", _("Start"), self.on))
        self.interest = ChoiceEditor(_, [(key, _(words)) for key, words in _PAID])
        self.into = ChoiceEditor(_, [])
        self.add_beside(
            ("interest", _("Interest is paid"), self.interest),
            ("interest_into", _("Interest goes into"), self.into),
        )
        self.roll_over = ChoiceEditor(_, [(key.value, _(words)) for key, words in ROLL_OVER.items()])
        self.place = MoneyPlace(session)
        self.add_beside(
            ("roll_over", _("At maturity"), self.roll_over), ("account", _("Paid with"), self.place)
        )
        self.product = ChoiceEditor(_, [])
        self.number = TextEditor(_, hint=_("The next number by itself"))
        self.add_beside(
            ("product", _("Savings product"), self.product),
            ("number", _("Number of the certificate"), self.number),
        )
        self.penalty = RateEdit(_)
        self.memo = TextEditor(_, hint=_("Only if something needs to be said"))
        self.add_beside(
            ("penalty_percent", _("Penalty for closing early, in percent"), self.penalty),
            ("memo", _("Note"), self.memo),
        )
        self.more = Button(_("More terms"), icon="chevron-down", kind="link", on=self._fold)
        self.add_widget(self.more)
        self._folded = True
        self._show_seldom(shown=False)
        self.picker.changed.connect(self.renew)
        self.roll_over.changed.connect(self._stay_or_go)
        self.renew()

    def pick(self, number: str) -> None:
        """For this member."""
        self.start_over()
        self.picker.set_value(number)
        self.renew()
        self.amount.setFocus()

    def renew(self) -> None:
        """Offer the products, and the savings that the member has."""
        _ = self.session.translator
        products = offered_products(self.session)
        self.product.set_choices([(item.code, item.name) for item in products if item.kind == "term"])
        self.into.set_choices(
            [("", _("cash")), *((item.code, item.name) for item in products if item.kind == "voluntary")]
        )
        found = picked_member(self.session, self.picker)
        self.place.renew(_savings_choices(self.session, found.number) if found else [])
        self._stay_or_go()

    def _stay_or_go(self) -> None:
        """Interest that stays in the deposit is paid at maturity and goes nowhere else."""
        stays = self.roll_over.value() == RollOver.ALL
        if stays:
            self.interest.set_value(InterestPaid.MATURITY.value)
            self.into.set_value("")
        self.interest.setEnabled(not stays)
        self.into.setEnabled(not stays)

    def _fold(self) -> None:
        self._folded = not self._folded
        self._show_seldom(shown=not self._folded)

    def _show_seldom(self, *, shown: bool) -> None:
        _ = self.session.translator
        for key in _SELDOM:
            self.fields[key].setVisible(shown)
        self.more.set_text(_("Fewer terms") if shown else _("More terms"))
        self.more.set_icon("chevron-up" if shown else "chevron-down")

    def _made(self) -> OpenTermDeposit:
        return self._terms(needed(self.picker, self.session.translator("Choose a member first."), "member"))

    def _terms(self, number: str) -> OpenTermDeposit:
        _ = self.session.translator
        place = self.place.value() or ""
        product, of_number = _chosen_savings(place)
        amount = needed(self.amount, _("An amount is needed."), "amount")
        months = needed(self.term, _("The term is needed."), "term")
        rate = needed(self.rate, _("The interest is needed; 0 where there is none."), "rate")
        return OpenTermDeposit(
            member=number,
            amount=amount,
            rate=rate,
            term=months,
            on=needed(self.on, _("A date is needed."), "on"),
            product=self.product.value() or "term",
            number=self.number.value() or "",
            account="" if product else place,
            from_savings=product,
            from_savings_number=of_number,
            interest=InterestPaid(self.interest.value() or InterestPaid.MONTHLY),
            interest_into=self.into.value() or "",
            roll_over=RollOver(self.roll_over.value() or RollOver.NONE),
            penalty_percent=self.penalty.value() or Decimal(0),
            memo=self.memo.value() or "",
        )

    def _effects(self) -> Sequence[str]:
        _ = self.session.translator
        try:
            command = self._terms("-")
        except LumbungError:
            return []
        terms = command.terms
        parts = terms.parts()
        lines = [
            _("Matures on {on:long}.", on=terms.maturity),
            _("Interest in all: {amount:rp}, before tax.", amount=sum(part.interest for part in parts)),
        ]
        if len(parts) > 1:
            lines.append(
                _("First interest {amount:rp} on {on:medium}.", amount=parts[0].interest, on=parts[0].due)
            )
            lines.append(
                _("Last interest {amount:rp} on {on:medium}.", amount=parts[-1].interest, on=parts[-1].due)
            )
        if command.from_savings:
            lines.append(_("No cash moves."))
        else:
            lines.append(_("{place} goes up by {amount:rp}.", place=self.place.words, amount=command.amount))
        return lines

    def _saved_words(self, outcome: Outcome) -> str:
        _ = self.session.translator
        text = _(
            "Term deposit {number} is open: {amount:rp}",
            number=outcome.number,
            amount=outcome.value.get("amount", 0),
        )
        for template, params in outcome.value.get("warnings", []):
            text = f"{text}. {_(template, **params)}"
        return text


class CloseForm(Form):
    """Pay a deposit back."""

    def __init__(self, session: Session) -> None:
        _ = session.translator
        self._deposit: Certificate | None = None
        super().__init__(
            session,
            "close-deposit",
            self._made,
            effect=self._effects,
            save=_("Pay the deposit back"),
            said=self._saved_words,
            again=False,
        )
        self.on = DateEdit(session)
        self.place = MoneyPlace(session)
        self.add_beside(("on", _("Date"), self.on), ("account", _("Paid into"), self.place))
        self.penalty = MoneyEdit(_, empty=_("As agreed"))
        self.memo = TextEditor(_, hint=_("Only if something needs to be said"))
        self.add_beside(("penalty", _("Penalty"), self.penalty), ("memo", _("Note"), self.memo))

    def take(self, deposit: Certificate) -> None:
        """The deposit that is closed."""
        self._deposit = deposit
        self.place.renew(_savings_choices(self.session, deposit.member))
        self._say_effect()

    def _made(self) -> CloseTermDeposit:
        _ = self.session.translator
        if self._deposit is None:
            raise UserError("Choose a term deposit first.")
        place = self.place.value() or ""
        product, number = _chosen_savings(place)
        return CloseTermDeposit(
            deposit=self._deposit.number,
            on=needed(self.on, _("A date is needed."), "on"),
            account="" if product else place,
            into_savings=product,
            into_savings_number=number,
            penalty=self.penalty.value(),
            memo=self.memo.value() or "",
        )

    def _effects(self) -> Sequence[str]:
        _ = self.session.translator
        deposit = self._deposit
        try:
            on, given = self.on.value(), self.penalty.value()
        except LumbungError:
            return []
        if deposit is None or on is None:
            return []
        interest, penalty = deposit.at_closing(on)
        penalty = penalty if given is None else given
        lines = [_("Deposit: {amount:rp}", amount=deposit.amount)]
        if interest:
            lines.append(_("Interest still to pay: {amount:rp}", amount=interest))
        if on < deposit.maturity:
            lines.append(_("Closed before its maturity on {on:medium}.", on=deposit.maturity))
        if penalty:
            lines.append(_("Penalty: {amount:rp}", amount=penalty))
        lines.append(_("Paid out before tax: {amount:rp}", amount=deposit.amount + interest - penalty))
        return lines

    def _saved_words(self, outcome: Outcome) -> str:
        _ = self.session.translator
        return _(
            "{number}: {amount:rp} paid back", number=outcome.number, amount=outcome.value.get("paid", 0)
        )


def _savings_choices(session: Session, number: str) -> list[tuple[str, str]]:
    """The member's savings that money can come from and go to, for a choice of places."""
    _ = session.translator
    row = member(session.reading(), number, session.today)
    return [
        (
            f"{_SAVINGS}{item.product}:{item.number}",
            _(
                "{product}, balance {amount:rp}",
                product=f"{item.name} {item.number}".strip(),
                amount=item.balance,
            ),
        )
        for item in accounts_of(session, row)
        if item.withdrawable
    ]


def _chosen_savings(place: str) -> tuple[str, str]:
    """The product and the account's number of a chosen place, both empty for cash and bank."""
    if not place.startswith(_SAVINGS):
        return "", ""
    product, _colon, number = place.removeprefix(_SAVINGS).partition(":")
    return product, number
