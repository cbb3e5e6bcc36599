"""The places where money lies: cash, bank, digital; what is in each now."""

from typing import NamedTuple

from app.ledger.accounts.chart import read_chart
from app.ledger.entries.queries import balances
from app.ui.bridge import Session


class MoneyPlace(NamedTuple):
    """One cash or bank account with its balance, rupiah. `kind` is cash, bank or qris."""

    code: str
    name: str
    kind: str
    balance: int


def money_places(session: Session) -> list[MoneyPlace]:
    """All of them, as they stand now."""
    reader = session.reading()
    amounts = balances(reader)
    chart = read_chart(reader)
    return [
        MoneyPlace(account.code, account.name, account.money or "", amounts.get(account.id, 0))
        for account in chart.money()
    ]


def place_choices(session: Session) -> list[tuple[str, str]]:
    """For a field: the account's code and its words."""
    return [(place.code, place.name) for place in money_places(session)]


def balance_in(session: Session, code: str) -> int:
    """What is in one of them now."""
    return next((place.balance for place in money_places(session) if place.code == code), 0)
