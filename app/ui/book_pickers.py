"""Pickers of what the books themselves hold: an account by code or name, a loan by number or member."""

from collections.abc import Callable

from app.base.errors import LumbungError
from app.ledger.accounts.chart import AccountRow, read_chart
from app.ledger.loans.queries import loan_list
from app.ledger.loans.reading import find_loan
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
    """Finds a loan by its number, or by the number or name of the member."""
    _ = session.translator

    def search(text: str) -> list[Found]:
        wanted = text.casefold()
        return [
            Found(item.loan, f"{item.loan} {item.name}", _("{amount:rp} left", amount=item.outstanding))
            for item in loan_list(session.reading(), session.today)
            if wanted in f"{item.loan} {item.member} {item.name}".casefold()
        ][:_MOST]

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


def _account(row: AccountRow) -> Found:
    return Found(row.code, f"{row.code} {row.name}")
