"""The form of a savings product: what it is, what is paid into it, and what it earns from a month on."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from app.base.dates import Month
from app.base.i18n import N_
from app.base.money import RoundMode
from app.ledger.accounts.chart import AccountClass, read_chart
from app.ledger.loans.products import rate_warnings
from app.ledger.rates.table import ceiling_on
from app.ledger.reader import Reader
from app.ledger.savings.commands import AddSavingsProduct, SavingsKind, SetSavingsProduct
from app.ledger.savings.interest import InterestMethod
from app.ledger.savings.queries import products
from app.ledger.savings.terms import Tariff, Terms, parse_tiers, read_tariffs, read_terms, terms_in
from app.ui.bridge import Session
from app.ui.pages.offers.forms import ProductForm, changed
from app.ui.pages.savings.interest import METHODS
from app.ui.widgets.editor import ChoiceEditor, TextEditor, needed
from app.ui.widgets.number_edit import MoneyEdit, RateEdit

KINDS = {
    SavingsKind.SHARE: N_("Share savings (pokok)"),
    SavingsKind.MANDATORY: N_("Mandatory savings (wajib)"),
    SavingsKind.VOLUNTARY: N_("Voluntary savings"),
    SavingsKind.TERM: N_("Term deposits"),
    SavingsKind.LOAN_REQUIRED: N_("Savings required for a loan"),
}
_BASES = (("365", N_("365 days")), ("360", N_("360 days")), ("12", N_("12 months")))
ROUNDING = (
    (RoundMode.NEAREST.value, N_("to the nearest")),
    (RoundMode.UP.value, N_("upwards")),
    (RoundMode.DOWN.value, N_("downwards")),
)
# Of equity a member gets a share of the surplus, and a certificate has terms of its own.
_EARNING = (SavingsKind.VOLUNTARY, SavingsKind.LOAN_REQUIRED)
_TERMS = ("rate", "method", "basis", "tiers", "minimum", "round_to", "rounding")
_EXPENSES = (AccountClass.COST, AccountClass.EXPENSE, AccountClass.OTHER_EXPENSE)
_MONTHS_AHEAD = 12


class SavingsProduct(NamedTuple):
    """A savings product with what holds in the present month. `dated`: whether its terms hold from a month on."""

    code: str
    name: str
    kind: SavingsKind
    account: str
    amount: int
    active: bool
    pays_into: str
    expense: str
    keep: int
    terms: Terms
    dated: bool
    tariff_dated: bool
    members: int


def savings_products(reader: Reader, month: Month) -> list[SavingsProduct]:
    """All savings products, as they are in a month."""
    dated, tariffs = read_terms(reader), read_tariffs(reader)
    changing = {row[0] for row in reader.sql("SELECT DISTINCT product_id FROM savings_tariff")}
    more = {
        row[0]: row[1:]
        for row in reader.sql(
            "SELECT p.id, a.code, coalesce(i.code, ''), coalesce(e.code, ''), p.keep,"
            " (SELECT count(DISTINCT s.party_id) FROM savings_account AS s WHERE s.product_id = p.id)"
            " FROM savings_product AS p JOIN account AS a ON a.id = p.account_id"
            " LEFT JOIN savings_product AS i ON i.id = p.pays_into LEFT JOIN account AS e ON e.id = p.expense_id"
        )
    }
    found = []
    for item in products(reader):
        account, into, expense, keep, members = more[item.id]
        tariff: Tariff | None = tariffs.get(item.id)
        found.append(
            SavingsProduct(
                item.code,
                item.name,
                SavingsKind(item.kind),
                account,
                item.amount if tariff is None else tariff.of(month),
                item.active,
                into,
                expense,
                keep,
                terms_in(dated.get(item.id, ()), month) or Terms(),
                item.id in dated,
                item.id in changing,
                members,
            )
        )
    return found


class SavingsProductForm(ProductForm):
    """A savings product."""

    def __init__(self, session: Session) -> None:
        _ = session.translator
        super().__init__(session, "savings-product", self._made, self._effects)
        self.kind = ChoiceEditor(_, [(key.value, _(words)) for key, words in KINDS.items()])
        self.amount = MoneyEdit(_)
        self.add_beside(("kind", _("Kind"), self.kind), ("amount", _("Each member pays"), self.amount))
        self.rate = RateEdit(_)
        self.method = ChoiceEditor(_, [(key.value, _(words)) for key, words in METHODS.items()])
        self.add_beside(("rate", _("Interest % a year"), self.rate), ("method", _("Counted by"), self.method))
        self.minimum = MoneyEdit(_)
        self.month = ChoiceEditor(_, [])
        self.add_beside(
            ("minimum", _("Only from a balance of"), self.minimum),
            ("from_month", _("Holds from"), self.month),
        )
        self.tiers = TextEditor(_, hint=_("for example 0:3,5000000:5"))
        self.basis = ChoiceEditor(_, [(key, _(words)) for key, words in _BASES])
        self.add_beside(("tiers", _("Rates by balance"), self.tiers), ("basis", _("A year has"), self.basis))
        self.round_to = MoneyEdit(_)
        self.rounding = ChoiceEditor(_, [(key, _(words)) for key, words in ROUNDING])
        self.add_beside(
            ("round_to", _("Round to a multiple of"), self.round_to),
            ("rounding", _("Rounded"), self.rounding),
        )
        self.into = ChoiceEditor(_, [])
        self.keep = MoneyEdit(_)
        self.add_beside(
            ("pays_into", _("Interest goes into"), self.into),
            ("keep", _("Has to stay in the account"), self.keep),
        )
        self.account = ChoiceEditor(_, [])
        self.expense = ChoiceEditor(_, [])
        self.add_beside(
            ("account", _("Ledger account"), self.account),
            ("expense", _("Account that bears the interest"), self.expense),
        )
        self.seldom = ("tiers", "basis", "round_to", "rounding", "pays_into", "keep", "account", "expense")
        self.kind.changed.connect(self._kind_changed)
        self.finish()

    def begin_new(self) -> None:
        """Ask for a new product."""
        self.known = None
        self.start_over()
        self._offer()
        self.kind.set_value(SavingsKind.VOLUNTARY.value)
        self.arrange()
        self.begin()

    def begin_known(self, item: SavingsProduct) -> None:
        """Ask for what is to be changed."""
        self.known = item
        self._offer()
        self.fill(
            {
                "code": item.code,
                "name": item.name,
                "kind": item.kind.value,
                "amount": item.amount or None,
                "rate": item.terms.rate or None,
                "method": item.terms.method.value,
                "minimum": item.terms.minimum or None,
                "tiers": item.terms.tiers,
                "basis": str(item.terms.basis),
                "round_to": item.terms.round_to,
                "rounding": item.terms.rounding.value,
                "active": item.active,
            }
        )
        self._offer_accounts()
        self.fill(
            {
                "pays_into": item.pays_into,
                "keep": item.keep or None,
                "account": item.account,
                "expense": item.expense,
            }
        )
        month = Month.of(self.session.today)
        dated = item.dated or item.tariff_dated
        self.month.set_value(str(month) if dated else "")
        self.arrange()
        self.title.select()

    def hidden(self) -> set[str]:
        """What a product of this kind does not have."""
        kind = self._kind
        gone: set[str] = set()
        if kind not in (SavingsKind.SHARE, SavingsKind.MANDATORY):
            gone.add("amount")
        if kind not in _EARNING:
            gone |= {*_TERMS, "pays_into", "expense", "keep"}
        if self.known is None:
            gone |= {"from_month", "active"}
        elif kind not in (*_EARNING, SavingsKind.MANDATORY):
            gone.add("from_month")
        return gone

    @property
    def _kind(self) -> SavingsKind:
        return SavingsKind(self.kind.value() or SavingsKind.VOLUNTARY)

    def arrange(self) -> None:
        """The kind of a known product stays as it is."""
        super().arrange()
        self.kind.setEnabled(self.known is None)

    def _kind_changed(self) -> None:
        self._offer_accounts()
        self.arrange()

    def _offer(self) -> None:
        _, reader = self.session.translator, self.session.reading()
        own = "" if self.known is None else self.known.code
        into = [
            (item.code, item.name)
            for item in products(reader)
            if item.active and item.kind == SavingsKind.VOLUNTARY and item.code != own
        ]
        self.into.set_choices([("", _("the same account")), *into])
        chart = read_chart(reader)
        self.expense.set_choices(
            [
                ("", _("the usual one")),
                *(
                    (item.code, f"{item.code} {item.name}")
                    for item in chart.accounts
                    if item.class_ in _EXPENSES and item.active and not item.heading
                ),
            ]
        )
        month = Month.of(self.session.today)
        months = [month.plus(step) for step in range(-_MONTHS_AHEAD, _MONTHS_AHEAD + 1)]
        # Beside rows of later months one from the beginning would say nothing clear.
        dated = self.known is not None and (self.known.dated or self.known.tariff_dated)
        self.month.set_choices(
            [
                *(() if dated else (("", _("the beginning")),)),
                *((str(item), _("{month}", month=item)) for item in months),
            ]
        )
        self._offer_accounts()

    def _offer_accounts(self) -> None:
        """The ledger accounts that may keep savings of the kind (UU 25/1992 ps. 41)."""
        _ = self.session.translator
        kind = self._kind
        classes = {
            SavingsKind.SHARE: (AccountClass.EQUITY,),
            SavingsKind.MANDATORY: (AccountClass.EQUITY,),
            SavingsKind.LOAN_REQUIRED: (AccountClass.EQUITY, AccountClass.LIABILITY),
        }.get(kind, (AccountClass.LIABILITY,))
        accounts = [
            (item.code, f"{item.code} {item.name}")
            for item in read_chart(self.session.reading()).accounts
            if item.control == "savings" and item.role != "savings_left" and item.class_ in classes
        ]
        self.account.set_choices([*((("", _("the usual one")),) if self.known is None else ()), *accounts])

    def _made(self) -> AddSavingsProduct | SetSavingsProduct:
        _ = self.session.translator
        known: SavingsProduct | None = self.known
        given: dict[str, Any] = {
            "name": needed(self.title, _("Please give a name."), "name"),
            "account": self.account.value() or "",
            "amount": self.amount.value() or 0,
            "pays_into": self.into.value() or "",
            "expense": self.expense.value() or "",
            "keep": self.keep.value() or 0,
        }
        terms = self._terms()
        if known is None:
            return AddSavingsProduct(
                code=needed(self.code, _("Please give a code."), "code"),
                kind=self._kind,
                **given,
                **(terms._asdict() if self._kind in _EARNING else {}),
            )
        gone = self.hidden()
        before = {**known._asdict(), **known.terms._asdict()}
        given["active"] = bool(self.active.value())
        given = {key: value for key, value in given.items() if key not in gone}
        changes = changed(given, before)
        moved = changed(terms._asdict(), before) if self._kind in _EARNING else {}
        text = self.month.value()
        month = Month.parse(text) if text else None
        if not moved and not (self._kind is SavingsKind.MANDATORY and "amount" in changes):
            month = None
        return SetSavingsProduct(code=known.code, from_month=month, **changes, **moved)

    def _terms(self) -> Terms:
        return Terms(
            rate=self.rate.value() or Decimal(0),
            method=InterestMethod(self.method.value() or InterestMethod.LOWEST),
            basis=int(self.basis.value() or 365),
            tiers=self.tiers.value() or "",
            minimum=self.minimum.value() or 0,
            round_to=self.round_to.value() or 1,
            rounding=RoundMode(self.rounding.value() or RoundMode.NEAREST),
        )

    def _effects(self) -> Sequence[str]:
        _ = self.session.translator
        kind, lines = self._kind, []
        text = self.month.value() if self.known is not None else None
        month = Month.parse(text) if text else None
        if kind in _EARNING:
            terms = self._terms()
            parse_tiers(terms.tiers)
            ceiling = ceiling_on(self.session.reading(), "savings_rate_ceiling_percent", self.session.today)
            warned = rate_warnings(ceiling, terms.highest)
            for template, params in warned:
                lines.append(_(template, **params))
            self.rate.note(_(warned[0][0], **warned[0][1]) if warned else "", "amber" if warned else "muted")
            if month is not None:
                lines.append(_("It holds from {month} on; earlier months keep what held then.", month=month))
        elif kind is SavingsKind.MANDATORY and self.amount.value():
            lines.append(_("Each member is asked for {amount:rp} a month.", amount=self.amount.value() or 0))
            if month is not None:
                lines.append(_("It holds from {month} on; earlier months keep what held then.", month=month))
        elif kind is SavingsKind.SHARE and self.amount.value():
            lines.append(
                _(
                    "Each member pays {amount:rp} in all, at once or in parts.",
                    amount=self.amount.value() or 0,
                )
            )
        elif kind is SavingsKind.TERM:
            lines.append(
                _("Rate, term and penalty are agreed for each certificate, on the page of term deposits.")
            )
        if kind in (SavingsKind.SHARE, SavingsKind.MANDATORY):
            lines.append(
                _("It is equity: it stays until the member leaves, and earns a share of the surplus.")
            )
        if self.known is not None and not self.active.value():
            lines.append(_("Nothing more is put into it; what members have there stays."))
        return lines
