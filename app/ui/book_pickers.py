"""Pickers of what the books themselves hold: an account by code or name, a loan by number or member."""

from collections.abc import Callable

from app.base.errors import LumbungError
from app.ledger.accounts.chart import AccountRow, read_chart
from app.ledger.deposits.queries import certificate, certificates
from app.ledger.loans.queries import loan_list
from app.ledger.loans.reading import find_loan
from app.ledger.members.queries import nicknames
from app.ui.bridge import Session
from app.ui.widgets.picker import Found, Picker

_MOST = 8


def account_picker(
    session: Session, wanted: Callable[[AccountRow], bool] | None = None, *, hint: str = ""
) -> Picker:
    """Finds an account that can be posted to, by its code or any word of its name; `wanted` leaves some out."""
    _ = session.translator

    def accounts() -> list[AccountRow]:
        found = read_chart(session.reading()).accounts
        return [item for item in found if not item.heading and (wanted is None or wanted(item))]

    def search(text: str) -> list[Found]:
        words = text.casefold().split()
        bare = text.replace("-", "").replace(".", "")
        found = [
            item
            for item in accounts()
            if item.code.startswith(text)
            or (bare.isdigit() and item.code.replace("-", "").startswith(bare))
            or all(word in item.name.casefold() for word in words)
        ]
        return [_account(item) for item in found[:_MOST]]

    def known(text: str) -> Found | None:
        bare = text.strip().replace("-", "")
        for item in accounts():
            if item.code == text.strip() or item.code.replace("-", "") == bare:
                return _account(item)
        return next((_account(item) for item in accounts() if item.name.casefold() == text.casefold()), None)

    return Picker(_, search, known, hint=hint or _("Code or name of the account"))


def loan_picker(session: Session) -> Picker:
    """Finds a loan by its number, or by the number, name or nickname of the member."""
    _ = session.translator

    def search(text: str) -> list[Found]:
        wanted = text.casefold()
        reader = session.reading()
        known_as = nicknames(reader)
        found = []
        for item in loan_list(reader, session.today):
            also = known_as.get(item.member, "")
            if wanted in f"{item.loan} {item.member} {item.name} {also}".casefold():
                left = _("{amount:rp} left", amount=item.outstanding)
                found.append(Found(item.loan, f"{item.loan} {item.name}", left, also))
        return found[:_MOST]

    def known(text: str) -> Found | None:
        number = text.strip().split(" ")[0]
        if not number:
            return None
        try:
            loan = find_loan(session.reading(), number, session.today)
        except LumbungError:
            return None
        return Found(loan.number, f"{loan.number} {loan.name}", "")

    return Picker(_, search, known, hint=_("Number of the loan, or the member"))


def deposit_picker(session: Session) -> Picker:
    """Finds a term deposit by its number, or by the number, name or nickname of the member."""
    _ = session.translator

    def search(text: str) -> list[Found]:
        wanted = text.casefold()
        reader = session.reading()
        known_as = nicknames(reader)
        found = []
        for item in certificates(reader, session.today):
            also = known_as.get(item.member, "")
            if wanted in f"{item.number} {item.member} {item.name} {also}".casefold():
                words = _.format.rupiah(item.amount) if item.closed is None else _("paid back")
                found.append(Found(item.number, f"{item.number} {item.name}", words, also))
        return found[:_MOST]

    def known(text: str) -> Found | None:
        number = text.strip().split(" ")[0]
        if not number:
            return None
        try:
            item = certificate(session.reading(), number, session.today)
        except LumbungError:
            return None
        return Found(item.number, f"{item.number} {item.name}", "")

    return Picker(_, search, known, hint=_("Number of the term deposit, or the member"))


def _account(row: AccountRow) -> Found:
    return Found(row.code, f"{row.code} {row.name}")
