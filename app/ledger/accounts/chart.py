"""The chart of accounts in memory: found by code, by role, by name; and the charts a new book starts with."""

import csv
from enum import StrEnum
from typing import NamedTuple

from app.base.errors import Refused, UserError
from app.base.paths import resource_root
from app.ledger.reader import Reader, kept


class AccountClass(StrEnum):
    """What an account is; the first digit of its code says it (1 asset ... 9 tax)."""

    ASSET = "asset"
    LIABILITY = "liability"
    EQUITY = "equity"
    REVENUE = "revenue"
    COST = "cost"
    EXPENSE = "expense"
    OTHER_INCOME = "other_income"
    OTHER_EXPENSE = "other_expense"
    TAX = "tax"


CLASS_OF_DIGIT = dict(zip("123456789", AccountClass, strict=True))
DEBIT_CLASSES = frozenset(
    {
        AccountClass.ASSET,
        AccountClass.COST,
        AccountClass.EXPENSE,
        AccountClass.OTHER_EXPENSE,
        AccountClass.TAX,
    }
)
BALANCE_CLASSES = frozenset({AccountClass.ASSET, AccountClass.LIABILITY, AccountClass.EQUITY})


class AccountRow(NamedTuple):
    """One account."""

    id: int
    code: str
    name: str
    class_: AccountClass
    heading: bool
    contra: bool
    parent_id: int | None
    role: str | None
    control: str | None
    money: str | None
    flow: str
    active: bool

    @property
    def normal(self) -> int:
        """+1 where a debit adds to the account's section, -1 where a credit does."""
        return 1 if self.class_ in DEBIT_CLASSES else -1

    @property
    def is_result(self) -> bool:
        """True for income and expense, which the year's close brings to 0."""
        return self.class_ not in BALANCE_CLASSES


class Chart:
    """All accounts of a book."""

    def __init__(self, accounts: list[AccountRow]) -> None:
        self.accounts = accounts
        self.by_id = {item.id: item for item in accounts}
        self.by_code = {item.code: item for item in accounts}
        self.by_role = {item.role: item for item in accounts if item.role}
        self.controlled = {item.id: item.control for item in accounts if item.control}
        self.closed_to_postings = {item.id for item in accounts if item.heading or not item.active}
        self._by_name = {item.name.casefold(): item for item in accounts if not item.heading}

    def role(self, role: str) -> AccountRow:
        """The account that plays `role`; raises Refused when the chart has none."""
        found = self.by_role.get(role)
        if found is None:
            raise Refused(
                "This book has no account for {role}.",
                advice="Such a book has no use for this command.",
                role=role,
            )
        return found

    def code(self, code: str) -> AccountRow:
        """The account with this code; raises UserError when there is none."""
        found = self.by_code.get(code.strip())
        if found is None:
            raise UserError(
                "There is no account {code}.",
                advice="See the codes with: report BOOK trial-balance, or add it first.",
                code=code,
            )
        return found

    def find(self, text: str) -> AccountRow | None:
        """The account with this code or, failing that, this name; None when there is none."""
        key = text.strip()
        return self.by_code.get(key) or self._by_name.get(key.casefold())

    def money_account(self, text: str, fallback: str = "cash", field: str = "account") -> AccountRow:
        """The cash or bank account meant by a code or name; the one of role `fallback` for an empty text.

        Raises UserError at the command's `field` when there is no such account or it holds no money.
        """
        if not text.strip():
            return self.role(fallback)
        found = self.find(text)
        if found is None or found.money is None:
            raise UserError(
                "{text} is not a cash or bank account of this book.",
                advice="Choose one of: {known}.",
                field=field,
                text=text,
                known=", ".join(item.name for item in self.money()),
            )
        return found

    def money(self) -> list[AccountRow]:
        """The cash, bank and digital accounts in use."""
        return [item for item in self.accounts if item.money and item.active]


def read_chart(reader: Reader) -> Chart:
    """Read the chart from the book, in order of code; from a snapshot once."""
    known = kept(reader)
    found: Chart | None = known.get("chart")
    if found is None:
        found = known["chart"] = _read_chart(reader)
    return found


def _read_chart(reader: Reader) -> Chart:
    rows = reader.sql(
        "SELECT id, code, name, class, heading, contra, parent_id, role, control, money, flow, active"
        " FROM account ORDER BY code"
    )
    return Chart(
        [
            AccountRow(
                row[0],
                row[1],
                row[2],
                AccountClass(row[3]),
                heading=bool(row[4]),
                contra=bool(row[5]),
                parent_id=row[6],
                role=row[7],
                control=row[8],
                money=row[9],
                flow=row[10],
                active=bool(row[11]),
            )
            for row in rows
        ]
    )


class ChartLine(NamedTuple):
    """One line of a standard chart."""

    code: str
    name: str
    contra: bool
    role: str | None
    control: str | None
    money: str | None
    flow: str


def standard_chart(kind: str) -> list[ChartLine]:
    """The chart of accounts a new book of `kind` starts with (resources/charts)."""
    path = resource_root() / "resources" / "charts" / f"{kind}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return [
            ChartLine(
                line["code"],
                line["name"],
                line["contra"] == "1",
                line["role"] or None,
                line["control"] or None,
                line["money"] or None,
                line["flow"] or "operating",
            )
            for line in csv.DictReader(stream)
        ]
