"""What money comes in for and goes out for, in the words people use (resources/cash_categories.csv)."""

import csv
from functools import cache
from typing import NamedTuple

from app.base.errors import Refused, UserError
from app.base.paths import resource_root
from app.ledger.accounts.chart import AccountRow, Chart
from app.ledger.parties.register import folded

TRANSFER = "Pindah kas"  # no category of its own: the other side is a cash or bank account


class Category(NamedTuple):
    """A category: its key, its name as people say it, `in` or `out`, and the account behind it."""

    key: str
    name: str
    direction: str
    account: str


@cache
def categories(kind: str) -> tuple[Category, ...]:
    """The categories of a kind of book, in the order in which they are shown."""
    path = resource_root() / "resources" / "cash_categories.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple(
            Category(row["key"], row["name"], row["direction"], row[kind])
            for row in csv.DictReader(stream)
            if row[kind]
        )


@cache
def _by_word(kind: str) -> dict[str, Category]:
    words = {item.key: item for item in categories(kind)}
    words.update({folded(item.name): item for item in categories(kind)})
    return words


def find_category(kind: str, text: str) -> Category | None:
    """The category of this key or name, without regard to case; None when there is none."""
    return _by_word(kind).get(folded(text))


def counter_account(chart: Chart, kind: str, text: str, direction: str) -> tuple[AccountRow, str]:
    """The account behind a category or an account code, and what to call it in the books.

    Raises UserError for what is neither, and Refused for a category of the other direction, for a control
    account and for a cash or bank account.
    """
    category = find_category(kind, text)
    if category is not None:
        if category.direction != direction:
            raise Refused(
                (
                    "{category} is money out, not money in."
                    if category.direction == "out"
                    else "{category} is money in, not money out."
                ),
                advice="For money given back, use the account's code instead.",
                field="category",
                category=category.name,
            )
        return chart.code(category.account), category.name
    account = chart.by_code.get(text.strip())
    if account is None:
        raise UserError(
            "There is no category {category}.",
            advice="Choose one of: {known}; or an account code.",
            field="category",
            category=text.strip(),
            known=", ".join(item.name for item in categories(kind) if item.direction == direction),
        )
    if account.heading or not account.active:
        raise Refused(
            "Account {code} {name} takes no entries: it is a heading or out of use.",
            advice="Choose an account below it.",
            field="category",
            code=account.code,
            name=account.name,
        )
    if account.control:
        raise Refused(
            "Account {code} {name} is kept by its details and takes no entries by hand.",
            advice="Use the command for it (savings, loans, bills, stock), so that the details stay equal.",
            field="category",
            code=account.code,
            name=account.name,
        )
    if account.money:
        raise Refused(
            "{name} holds money itself.",
            advice="Record it as a transfer between cash and bank (Pindah kas).",
            field="category",
            name=account.name,
        )
    return account, account.name
