"""All savings accounts of a book in memory, and the buffer that writes what a transaction changed.

An import posts thousands of deposits in one transaction: balances are kept here, not read for each row.
"""

from datetime import date
from typing import NamedTuple

from app.base.dates import Month
from app.base.errors import Refused, UserError
from app.ledger.accounts.chart import AccountClass
from app.ledger.accounts.service import chart_of
from app.ledger.reader import day, optional_day
from app.ledger.savings.commands import SavingsKind
from app.ledger.savings.queries import interest_paid, meant
from app.ledger.savings.tables import savings_account, savings_movement
from app.ledger.transaction import Transaction


class Product(NamedTuple):
    """One savings product. `withdrawable`: its ledger account is a liability, not equity.

    `expense` is the account that bears the interest (None: the standard one), `pays_into` the product whose
    account gets it (None: this one), `keep` what has to stay in an account while one is a member.
    """

    id: int
    code: str
    name: str
    kind: SavingsKind
    ledger: int
    amount: int
    active: bool
    withdrawable: bool
    expense: int | None = None
    pays_into: int | None = None
    keep: int = 0


class Hold(NamedTuple):
    """Rupiah that have to stay in an account. `loan`: the number of the loan that they secure, if any."""

    id: int
    amount: int
    reason: str
    loan: str


class Account:
    """One member's account in one product. `latest` is the day of its last movement.

    `bound`: it is the account of a certificate, and only what keeps the certificate moves it.
    """

    __slots__ = (
        "balance",
        "bound",
        "days",
        "held_in",
        "holds",
        "id",
        "latest",
        "number",
        "opened",
        "paid_through",
        "party",
        "product",
    )

    def __init__(
        self,
        key: int,
        party: int,
        product: int,
        number: str,
        held_in: int,
        balance: int = 0,
        paid_through: str | None = None,
        latest: date | None = None,
        opened: int = 0,
        *,
        bound: bool = False,
    ) -> None:
        self.id = key  # 0 until its first movement is written
        self.party = party
        self.product = product
        self.number = number
        self.held_in = held_in
        self.balance = balance
        self.paid_through = paid_through
        self.latest = latest
        self.bound = bound
        self.opened = opened  # what the opening balances add up to
        self.holds: list[Hold] = []  # those that are not released
        self.days: dict[date, int] | None = None  # sums by day, read when an earlier day is asked about


class SavingsRegister:
    """Products and accounts, kept up to date by the commands that change them."""

    def __init__(self, products: list[Product], accounts: list[Account]) -> None:
        self.products = {item.id: item for item in products}
        self.by_id: dict[int, Account] = {}
        self._of_party: dict[int, list[Account]] = {}
        self._by_number: dict[tuple[int, str], Account] = {}
        self.interest: dict[str, dict[int, list[int]]] = {}  # month: party: gross, tax
        self._meant: dict[str, Product] = {}
        for item in accounts:
            self.adopt(item)

    def adopt(self, account: Account) -> None:
        """Take a new account in."""
        self.by_id[account.id] = account
        self._of_party.setdefault(account.party, []).append(account)
        if account.number:
            self._by_number[account.product, account.number.casefold()] = account

    def of_party(self, party: int) -> list[Account]:
        """A member's accounts."""
        return self._of_party.get(party, [])

    def of_product(self, party: int, product: int) -> list[Account]:
        """A member's accounts in one product."""
        return [item for item in self._of_party.get(party, ()) if item.product == product]

    def numbered(self, product: int, number: str) -> Account | None:
        """The account with this number in a product, whoever owns it."""
        return self._by_number.get((product, number.casefold()))

    def product(self, text: str, field: str = "product") -> Product:
        """The product meant by a code, a name, a kind or the usual Indonesian word.

        Raises UserError when there is none, naming those there are.
        """
        found = self._meant.get(text)
        if found is None:
            found = self._meant[text] = self._search(text, field)
        return found

    def _search(self, text: str, field: str) -> Product:
        found = meant(self.products.values(), text)
        if found is not None:
            return found
        raise UserError(
            "There is no savings product {product}.",
            advice="Choose one of: {known}.",
            field=field,
            product=text,
            known=", ".join(item.name for item in self.products.values() if item.active),
        )


def read_savings(tx: Transaction) -> SavingsRegister:
    """Read products and accounts from the book."""
    chart = chart_of(tx)
    products = [
        Product(
            row[0],
            row[1],
            row[2],
            SavingsKind(row[3]),
            row[4],
            row[5],
            bool(row[6]),
            chart.by_id[row[4]].class_ is AccountClass.LIABILITY,
            *row[7:],
        )
        for row in tx.sql(
            "SELECT id, code, name, kind, account_id, amount, active, expense_id, pays_into, keep"
            " FROM savings_product ORDER BY id"
        )
    ]
    opened = dict(
        tx.sql(
            "SELECT savings_account_id, sum(amount) FROM savings_movement WHERE kind = 'opening'"
            " GROUP BY savings_account_id"
        )
    )
    accounts = [
        Account(
            key,
            party,
            product,
            number,
            held_in,
            balance,
            paid_through,
            optional_day(latest),
            opened.get(key, 0),
            bound=bool(bound),
        )
        for key, party, product, number, held_in, balance, paid_through, latest, bound in tx.sql(
            "SELECT a.id, a.party_id, a.product_id, a.number, a.held_in, a.balance, a.paid_through,"
            " (SELECT max(m.date) FROM savings_movement AS m WHERE m.savings_account_id = a.id),"
            " EXISTS (SELECT 1 FROM term_deposit AS t WHERE t.savings_account_id = a.id)"
            " FROM savings_account AS a ORDER BY a.id"
        )
    ]
    register = SavingsRegister(products, accounts)
    for account, *hold in tx.sql(
        "SELECT savings_account_id, id, amount, reason, loan FROM savings_hold WHERE released_on IS NULL"
        " ORDER BY id"
    ):
        register.by_id[account].holds.append(Hold(*hold))
    return register


def savings_of(tx: Transaction) -> SavingsRegister:
    """The register, remembered between commands."""
    register: SavingsRegister = tx.memo("savings", lambda: read_savings(tx))
    return register


class SavingsBuffer:
    """The accounts that the open transaction changed and has not written yet."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._changed: dict[int, Account] = {}
        tx.on_flush(self.flush)

    def touch(self, account: Account) -> None:
        """Have the account written at the next flush."""
        self._changed[account.id] = account

    def flush(self) -> None:
        """Write the changed accounts."""
        if not self._changed:
            return
        changed, self._changed = self._changed, {}
        self._tx.many(
            "INSERT INTO savings_account (id, party_id, product_id, number, held_in, balance, paid_through)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET held_in = excluded.held_in,"
            " balance = excluded.balance, paid_through = excluded.paid_through",
            [
                (
                    item.id,
                    item.party,
                    item.product,
                    item.number,
                    item.held_in,
                    item.balance,
                    item.paid_through,
                )
                for item in changed.values()
            ],
        )


def buffer_of(tx: Transaction) -> SavingsBuffer:
    """The buffer of the open transaction."""
    return tx.attached("savings", SavingsBuffer)


def record(
    tx: Transaction, account: Account, entry: int, ledger: int, on: date, kind: str, amount: int
) -> None:
    """Write one movement under an entry and move the balance with it."""
    register = savings_of(tx)
    if not account.id:
        account.id = tx.next_id(savings_account)
        register.adopt(account)
    text = on.isoformat()
    tx.insert_tuple(
        savings_movement,
        (tx.next_id(savings_movement), account.id, entry, ledger, text, kind, amount),
    )
    account.balance += amount
    if account.latest is None or on > account.latest:
        account.latest = on
    if account.days is not None:
        account.days[on] = account.days.get(on, 0) + amount
    if kind == "opening":
        account.opened += amount
    elif kind in ("interest", "tax"):
        month = register.interest.get(text[:7])
        if month is not None:
            sums = month.setdefault(account.party, [0, 0])
            if kind == "interest":
                sums[0] += amount
            else:
                sums[1] -= amount
    buffer_of(tx).touch(account)


def lowest_from(tx: Transaction, account: Account, on: date) -> int:
    """The lowest balance at the close of `on` or of any later day, in rupiah: what can be taken out on it."""
    if account.latest is None or on >= account.latest:
        return account.balance
    if account.days is None:
        rows = tx.sql(
            "SELECT date, sum(amount) FROM savings_movement WHERE savings_account_id = ? GROUP BY date",
            (account.id,),
        )
        account.days = {day(text): amount for text, amount in rows}
    lowest = balance = account.balance
    for when in sorted(account.days, reverse=True):
        if when <= on:
            break
        balance -= account.days[when]
        lowest = min(lowest, balance)
    return lowest


def interest_of_month(tx: Transaction, party: int, on: date) -> tuple[int, int]:
    """A member's gross interest and withheld tax so far in the month of `on`, of all accounts together."""
    register = savings_of(tx)
    month = on.isoformat()[:7]
    if month not in register.interest:
        register.interest[month] = {
            whom: [gross, tax] for whom, (gross, tax) in interest_paid(tx, Month.of(on)).items()
        }
    gross, tax = register.interest[month].get(party, (0, 0))
    return gross, tax


def the_account(
    tx: Transaction, party: int, product: Product, number: str, member: str, *, bound: bool = False
) -> Account | None:
    """The account meant in a product: that of the number, else the only one; None when there is none.

    Accounts of certificates are meant only with `bound`, where nothing is moved. Raises Refused when the number is
    another member's or a certificate's, or when several could be meant.
    """
    register = savings_of(tx)
    mine = [item for item in register.of_product(party, product.id) if bound or not item.bound]
    if number:
        found = register.numbered(product.id, number)
        if found is not None and found.party != party:
            raise Refused(
                "The account {number} of {product} does not belong to {member}.",
                advice="Check the member or the account number.",
                field="savings_number",
                number=number,
                product=product.name,
                member=member,
            )
        if found is not None and found.bound and not bound:
            raise Refused(
                "{number} is a term deposit: it is opened, paid and closed as a whole.",
                advice="Use the page of term deposits (close-term-deposit, pay-deposit-interest).",
                field="savings_number",
                number=found.number,
            )
        return found
    if len(mine) > 1:
        raise Refused(
            "{member} has several accounts of {product}: {numbers}.",
            advice="Give the account number.",
            field="savings_number",
            member=member,
            product=product.name,
            numbers=", ".join(item.number or "-" for item in mine),
        )
    return mine[0] if mine else None
