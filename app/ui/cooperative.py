"""What the pages of a cooperative share: where money lies, what a member has, and how it is said."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from app.base.errors import LumbungError
from app.base.i18n import N_, Translator
from app.ledger.accounts.chart import read_chart
from app.ledger.members.queries import Mandatory, MemberRow, mandatory_standings, member
from app.ledger.savings.queries import MemberAccount, Product, member_accounts, products
from app.ui.bridge import Session
from app.ui.widgets.editor import ChoiceEditor
from app.ui.widgets.picker import Picker

STATUS: Final = {
    "active": N_("Active"),
    "prospective": N_("Prospective member"),
    "leaving": N_("Leaving"),
    "left": N_("Has left"),
    "deceased": N_("Deceased"),
}
"""A member's status in words."""

CLASSES: Final = {
    "current": N_("Current"),
    "special_mention": N_("Special mention"),
    "substandard": N_("Substandard"),
    "doubtful": N_("Doubtful"),
    "loss": N_("Loss"),
}
"""The class of a loan in words."""

# The order in which savings are asked for at the counter.
_ORDER = ("mandatory", "voluntary", "share", "loan_required", "term")


class MoneyPlace(ChoiceEditor):
    """Where money goes to or comes from: the cash and bank accounts of the book; cash comes first."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.translator, [])
        self._session = session
        self.renew()

    def renew(self, more: "list[tuple[str, str]] | None" = None) -> None:
        """Offer the accounts there are now, and `more` (key, words) after them."""
        chart = read_chart(self._session.reading())
        accounts = sorted(chart.money(), key=lambda item: (item.role != "cash", item.code))
        self.set_choices([*((item.code, item.name) for item in accounts), *(more or [])])

    @property
    def words(self) -> str:
        """The name of what is chosen."""
        return self.box.currentText()


def offered_products(session: Session) -> list[Product]:
    """The savings products in use, those paid most often first."""
    found = [item for item in products(session.reading()) if item.active]
    return sorted(found, key=lambda item: (_ORDER.index(item.kind) if item.kind in _ORDER else 9, item.id))


def picked_member(session: Session, picker: Picker) -> MemberRow | None:
    """The member who stands in a picker; None while nobody clear does."""
    try:
        number = picker.value()
        return member(session.reading(), number, session.today) if number else None
    except LumbungError:
        return None


def standing_of(session: Session, row: MemberRow, on: date | None = None) -> Mandatory | None:
    """How a member stands with mandatory savings."""
    return mandatory_standings(session.reading(), on or session.today, row.party).get(row.party)


def accounts_of(session: Session, row: MemberRow) -> list[MemberAccount]:
    """The savings accounts of a member."""
    return member_accounts(session.reading(), row.party)


def short_name(_: Translator, name: str) -> str:
    """A product's name without the word that all of them begin with: Wajib for Simpanan Wajib."""
    for word in ("Simpanan ", "simpanan "):
        if name.startswith(word):
            return name.removeprefix(word)
    return name


def by_enter(act: Callable[[], Any]) -> Callable[[object], None]:
    """A slot for signals that bring something along."""
    return lambda _given: act()
