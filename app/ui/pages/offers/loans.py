"""The form of a loan product: everyday terms first, the ceiling of the law said while the rate is typed."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from app.base.i18n import N_
from app.base.money import RoundMode
from app.ledger.accounts.chart import AccountClass, read_chart
from app.ledger.loans.commands import Allocation, CapPer, Excess, PenaltyPer, RequiredFrom
from app.ledger.loans.offered import LoanProduct
from app.ledger.loans.product_commands import AddLoanProduct, SetLoanProduct
from app.ledger.loans.products import rate_warnings, yearly
from app.ledger.loans.schedule import Basis, Every, Method, RatePer, RoundingTarget
from app.ledger.rates.table import ceiling_on
from app.reports.loans import penalty_text
from app.ui.bridge import Session
from app.ui.loan_words import EVERY, EXCESS, METHODS, PER
from app.ui.pages.offers.forms import ProductForm, changed
from app.ui.pages.offers.savings import ROUNDING
from app.ui.widgets.editor import ChoiceEditor, needed
from app.ui.widgets.number_edit import CountEdit, MoneyEdit, RateEdit

_PENALTY_PER = ((PenaltyPer.DAY, N_("each day late")), (PenaltyPer.MONTH, N_("each month begun")))
_CAP_PER = ((CapPer.INSTALMENT, N_("of each instalment")), (CapPer.LOAN, N_("of the whole loan")))
_FROM = (
    (RequiredFrom.OWNED, N_("owned before")),
    (RequiredFrom.DEDUCTED, N_("taken off when the loan is paid out")),
)
_ALLOCATION = (
    (Allocation.INTEREST, N_("Interest, principal, penalty last")),
    (Allocation.PRINCIPAL, N_("Principal, interest, penalty last")),
    (Allocation.PENALTY, N_("Penalty first")),
)
_TARGET = (
    (RoundingTarget.TOTAL, N_("The whole instalment")),
    (RoundingTarget.PRINCIPAL, N_("Its principal")),
    (RoundingTarget.EACH, N_("Principal and interest each")),
)
_BASIS = (
    (Basis.THIRTY_360, N_("Months of 30 days")),
    (Basis.ACTUAL_365, N_("Days of a year of 365")),
    (Basis.ACTUAL_360, N_("Days of a year of 360")),
)
# How each field becomes the command's value where it is a word of a list.
_WORDS: dict[str, Any] = {
    "per": RatePer,
    "method": Method,
    "every": Every,
    "penalty_per": PenaltyPer,
    "penalty_cap_per": CapPer,
    "required_from": RequiredFrom,
    "allocation": Allocation,
    "rounding": RoundingTarget,
    "mode": RoundMode,
    "basis": Basis,
    "excess": Excess,
    "account": str,
    "interest_account": str,
}
_RATES = ("provision", "penalty_percent", "penalty_cap_percent", "required_percent")
_NUMBERS = ("grace", "administration", "penalty", "penalty_cap", "required_amount")


class LoanProductForm(ProductForm):
    """A loan product."""

    def __init__(self, session: Session) -> None:
        _ = session.translator
        super().__init__(session, "loan-product", self._made, self._effects)

        def choice(words: Any) -> ChoiceEditor:
            return ChoiceEditor(_, [(str(key), _(said)) for key, said in words])

        self.rate, self.account, self.income = RateEdit(_), ChoiceEditor(_, []), ChoiceEditor(_, [])
        self.add_beside(("rate", _("Interest in percent"), self.rate), ("per", _("Percent for"), choice(PER)))
        self.add_beside(
            ("method", _("How it is counted"), choice(METHODS)),
            ("every", _("Instalments are in"), choice(EVERY)),
        )
        self.add_beside(
            ("provision", _("Commission in percent"), RateEdit(_)),
            ("administration", _("Administration fee"), MoneyEdit(_)),
        )
        self.add_beside(
            ("penalty", _("Penalty of a late instalment"), MoneyEdit(_)),
            ("penalty_per", _("Penalty for"), choice(_PENALTY_PER)),
        )
        everyday = set(self.fields)
        self.add_beside(
            ("penalty_percent", _("Penalty in percent of what is late"), RateEdit(_)),
            ("allocation", _("A payment goes to"), choice(_ALLOCATION)),
        )
        self.add_beside(
            ("penalty_cap", _("Penalty at most"), MoneyEdit(_)),
            ("penalty_cap_percent", _("and at most in percent"), RateEdit(_)),
            ("penalty_cap_per", _("The limit is"), choice(_CAP_PER)),
        )
        self.add_beside(
            ("required_percent", _("Savings asked for, in percent"), RateEdit(_)),
            ("required_amount", _("and in rupiah"), MoneyEdit(_)),
            ("required_from", _("They are"), choice(_FROM)),
        )
        self.add_beside(
            ("grace", _("Instalments of interest only"), CountEdit(_)),
            ("basis", _("Time is counted by"), choice(_BASIS)),
        )
        self.add_beside(
            ("round_to", _("Round to a multiple of"), MoneyEdit(_)),
            ("mode", _("Rounded"), choice(ROUNDING)),
            ("rounding", _("What is rounded"), choice(_TARGET)),
        )
        self.add("excess", _("When more is paid than due"), choice(EXCESS))
        self.add_beside(
            ("account", _("Ledger account"), self.account),
            ("interest_account", _("Account of the interest"), self.income),
        )
        self.seldom = tuple(key for key in self.fields if key not in everyday)
        self.finish()

    def begin_new(self) -> None:
        """Ask for a new product."""
        self.known = None
        self.start_over()
        self._offer()
        self.arrange()
        self.begin()

    def begin_known(self, item: LoanProduct) -> None:
        """Ask for what is to be changed."""
        self.known = item
        self._offer()
        empty_at_zero = (*_RATES, *_NUMBERS)
        self.fill(
            {key: (value or None) if key in empty_at_zero else value for key, value in item._asdict().items()}
        )
        self.arrange()
        self.title.select()

    def hidden(self) -> set[str]:
        """A new product is offered."""
        return {"active"} if self.known is None else set()

    def _offer(self) -> None:
        _ = self.session.translator
        accounts = [
            item
            for item in read_chart(self.session.reading()).accounts
            if item.active and not item.heading and not item.contra and not item.role and item.money is None
        ]
        usual = ("", _("the usual one"))
        assets = [item for item in accounts if item.class_ is AccountClass.ASSET]
        keeping = [item for item in assets if item.control in (None, "", "loans")]
        incomes = [item for item in accounts if item.class_ is AccountClass.REVENUE and not item.control]
        self.account.set_choices([usual, *((item.code, f"{item.code} {item.name}") for item in keeping)])
        self.income.set_choices([usual, *((item.code, f"{item.code} {item.name}") for item in incomes)])

    def _made(self) -> AddLoanProduct | SetLoanProduct:
        _ = self.session.translator
        given = self._given()
        given["rate"] = needed(self.rate, _("The interest is needed; 0 where there is none."), "rate")
        given["name"] = needed(self.title, _("Please give a name."), "name")
        known: LoanProduct | None = self.known
        if known is None:
            return AddLoanProduct(code=needed(self.code, _("Please give a code."), "code"), **given)
        given["active"] = bool(self.active.value())
        return SetLoanProduct(code=known.code, **changed(given, known._asdict()))

    def _given(self) -> dict[str, Any]:
        read = {key: field.editor.value() for key, field in self.fields.items()}
        given = {key: made(read[key] or "") for key, made in _WORDS.items()}
        given |= {key: read[key] or Decimal(0) for key in _RATES}
        given |= {key: read[key] or 0 for key in _NUMBERS}
        given["round_to"] = read["round_to"] or 1
        return given

    def _effects(self) -> Sequence[str]:
        _, session = self.session.translator, self.session
        rate = self.rate.value()
        if rate is None:
            self.rate.note("")
            return []
        given = self._given()
        stated = yearly(rate, given["per"])
        ceiling = ceiling_on(session.reading(), "loan_rate_ceiling_percent", session.today)
        warned = [_(template, **words) for template, words in rate_warnings(ceiling, stated)]
        self.rate.note(warned[0] if warned else "", "amber" if warned else "muted")
        lines = list(warned)
        if stated is not None and not warned:
            lines.append(_("{rate} % a year.", rate=_.format.quantity(stated.normalize())))
        terms = LoanProduct(
            **{"id": 0, "code": "", "name": "", "rate": rate, "active": True, **given}
        ).penalty_terms
        late = penalty_text(_, terms)
        if late:
            lines.append(_("Penalty: {words}", words=late))
        if self.known is not None:
            lines.append(_("New loans begin with these terms; loans lent keep what was agreed."))
            if not self.active.value():
                lines.append(_("It is not offered for new loans any more."))
        return lines
