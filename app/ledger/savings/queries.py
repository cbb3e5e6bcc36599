"""What the books say of savings: products, balances, movements for statements. Rupiah, savings positive."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple, Protocol, TypeVar

from app.base.dates import Month, Period
from app.ledger.reader import Reader, day, optional_day
from app.ledger.savings.commands import SavingsKind

_WORDS = {
    "pokok": SavingsKind.SHARE,
    "wajib": SavingsKind.MANDATORY,
    "sukarela": SavingsKind.VOLUNTARY,
    "manasuka": SavingsKind.VOLUNTARY,
    "tabungan": SavingsKind.VOLUNTARY,
    "berjangka": SavingsKind.TERM,
    "sijaka": SavingsKind.TERM,
    "wajib pinjam": SavingsKind.LOAN_REQUIRED,
    "wajib pinjaman": SavingsKind.LOAN_REQUIRED,
}


class Named(Protocol):
    """What a product is called by."""

    @property
    def code(self) -> str:
        """Its code."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def kind(self) -> str:
        """Its kind."""

    @property
    def active(self) -> bool:
        """Whether it is in use."""


Meant = TypeVar("Meant", bound=Named)


class Product(NamedTuple):
    """One savings product; its code is the key by which reports name it."""

    id: int
    code: str
    name: str
    kind: str
    amount: int
    active: bool


class MemberBalances(NamedTuple):
    """What one member has in each product, by the product's code."""

    party: int
    number: str
    name: str
    amounts: dict[str, int]

    @property
    def total(self) -> int:
        """All products together."""
        return sum(self.amounts.values())


class Movement(NamedTuple):
    """One movement of an account, signed, with the balance after it."""

    on: date
    number: str
    memo: str
    kind: str  # deposit, withdrawal, interest, tax, transfer, instalment, exit
    amount: int
    balance: int
    entry: int


class Section(NamedTuple):
    """One savings account over a period."""

    account: int
    party: int
    key: str  # the product's code
    name: str
    kind: str
    number: str
    opening: int
    movements: tuple[Movement, ...]
    closing: int


class LedgerTotal(NamedTuple):
    """What a ledger account that keeps savings comes to by its details, over a period."""

    account: int  # the ledger account's key
    code: str
    name: str
    opening: int
    increase: int
    decrease: int

    @property
    def closing(self) -> int:
        """At the end of the period."""
        return self.opening + self.increase - self.decrease


def products(reader: Reader) -> list[Product]:
    """All savings products in the order in which they were made."""
    rows = reader.sql("SELECT id, code, name, kind, amount, active FROM savings_product ORDER BY id")
    return [
        Product(key, code, name, kind, amount, bool(active)) for key, code, name, kind, amount, active in rows
    ]


def meant(items: Iterable[Meant], text: str) -> Meant | None:
    """The product of these that is meant by a code, a name, a kind or the usual Indonesian word, or None."""
    wanted = " ".join(text.split()).casefold()
    bare = wanted.removeprefix("simpanan ")
    products = tuple(items)
    for item in products:
        name = " ".join(item.name.split()).casefold()
        if wanted == item.code.casefold() or bare in (item.code.casefold(), name.removeprefix("simpanan ")):
            return item
    kind = _WORDS.get(bare, bare.replace("-", "_").replace(" ", "_"))
    return next((item for item in products if item.kind == kind and item.active), None)


def balances(reader: Reader, on: date | None = None) -> list[MemberBalances]:
    """The savings of every member who has or had an account, at the close of `on` (None: now), by number.

    What is kept in 2-1503 of one who left stands under the products it came from.
    """
    codes = dict(reader.sql("SELECT id, code FROM savings_product"))
    sums: dict[int, dict[str, int]] = {}
    for party, product, amount in _balance_rows(reader, on):
        amounts = sums.get(party)
        if amounts is None:
            amounts = sums[party] = {}
        code = codes[product]
        amounts[code] = amounts.get(code, 0) + amount
    return [
        MemberBalances(party, number, name, sums[party])
        for party, number, name in reader.sql(
            "SELECT id, code, name FROM party WHERE kind = 'member' ORDER BY length(code), code"
        )
        if party in sums
    ]


def _balance_rows(reader: Reader, on: date | None) -> Sequence[Any]:
    """Party, product and balance of each account; the kept balances when nothing is later than `on`."""
    if on is not None:
        latest = reader.sql("SELECT max(date) FROM savings_movement")[0][0]
        if latest is not None and latest > on.isoformat():
            return reader.sql(
                "SELECT a.party_id, a.product_id, coalesce((SELECT sum(m.amount) FROM savings_movement AS m"
                " WHERE m.savings_account_id = a.id AND m.date <= ?), 0) FROM savings_account AS a",
                (on.isoformat(),),
            )
    return reader.sql("SELECT party_id, product_id, balance FROM savings_account")


def balance_of(reader: Reader, party: int, on: date | None = None) -> int:
    """All savings of one member at the close of `on` (None: now)."""
    if on is None:
        rows = reader.sql(
            "SELECT coalesce(sum(balance), 0) FROM savings_account WHERE party_id = ?", (party,)
        )
    else:
        rows = reader.sql(
            "SELECT coalesce(sum(m.amount), 0) FROM savings_account AS a"
            " JOIN savings_movement AS m ON m.savings_account_id = a.id"
            " WHERE a.party_id = ? AND m.date <= ?",
            (party, on.isoformat()),
        )
    amount: int = rows[0][0]
    return amount


def sections(reader: Reader, period: Period, party: int | None = None) -> dict[int, list[Section]]:
    """Each savings account with its movements over a period, by party: of one member, or of all at once.

    Balances taken over inside the period belong to its beginning. An exit changes where an account is kept,
    not what is in it, and shows no movement. Two reads more than none, whatever the number of members.
    """
    first, end = period.first.isoformat(), period.end.isoformat()
    where, whom = ("", ()) if party is None else (" AND a.party_id = ?", (party,))
    accounts = reader.sql(
        "SELECT a.id, a.party_id, p.code, p.name, p.kind, a.number, coalesce(("  # noqa: S608
        "  SELECT sum(m.amount) FROM savings_movement AS m WHERE m.savings_account_id = a.id"
        "  AND m.date < ?), 0) FROM savings_account AS a JOIN savings_product AS p ON p.id = a.product_id"
        f" WHERE 1 = 1{where} ORDER BY a.party_id, p.id, a.id",
        (first, *whom),
    )
    if party is None:
        rows = reader.sql(
            "SELECT m.savings_account_id, m.date, e.number, e.memo, m.kind, m.amount, m.entry_id"
            " FROM savings_movement AS m JOIN entry AS e ON e.id = m.entry_id"
            " WHERE m.date >= ? AND m.date < ? ORDER BY m.savings_account_id, m.date, m.id",
            (first, end),
        )
    else:
        rows = reader.sql(
            "SELECT m.savings_account_id, m.date, e.number, e.memo, m.kind, m.amount, m.entry_id"
            " FROM savings_account AS a JOIN savings_movement AS m ON m.savings_account_id = a.id"
            " JOIN entry AS e ON e.id = m.entry_id"
            " WHERE a.party_id = ? AND m.date >= ? AND m.date < ?"
            " ORDER BY m.savings_account_id, m.date, m.id",
            (party, first, end),
        )
    moved: dict[int, list[Any]] = {}
    for row in rows:
        moved.setdefault(row[0], []).append(row)
    found: dict[int, list[Section]] = {}
    for key, owner, code, name, kind, number, opening in accounts:
        mine = moved.get(key, ())
        opening += sum(row[5] for row in mine if row[4] == "opening")
        movements = tuple(_movements(mine, opening))
        closing = movements[-1].balance if movements else opening
        found.setdefault(owner, []).append(
            Section(key, owner, code, name, kind, number, opening, movements, closing)
        )
    return found


def _movements(rows: Sequence[Any], balance: int) -> Iterator[Movement]:
    exits: dict[int, int] = {}
    for row in rows:
        if row[4] == "exit":
            exits[row[6]] = exits.get(row[6], 0) + row[5]
    for _, on, number, memo, kind, amount, entry in rows:
        if kind == "opening" or (kind == "exit" and exits[entry] == 0):
            continue
        balance += amount
        yield Movement(day(on), number, memo, kind, amount, balance, entry)


def interest_and_tax(sections_: Sequence[Section]) -> tuple[int, int]:
    """Gross interest and withheld tax among the movements of a member's sections."""
    gross = tax = 0
    for section in sections_:
        for movement in section.movements:
            if movement.kind == "interest":
                gross += movement.amount
            elif movement.kind == "tax":
                tax -= movement.amount
    return gross, tax


def interest_paid(reader: Reader, month: Month) -> dict[int, tuple[int, int]]:
    """Gross interest and withheld tax of each member (key of the party) in a month, of all accounts together."""
    sums: dict[int, tuple[int, int]] = {}
    for party, gross, tax in reader.sql(
        "SELECT a.party_id, sum(CASE m.kind WHEN 'interest' THEN m.amount ELSE 0 END),"
        " -sum(CASE m.kind WHEN 'tax' THEN m.amount ELSE 0 END) FROM savings_movement AS m"
        " JOIN savings_account AS a ON a.id = m.savings_account_id"
        " WHERE m.date BETWEEN ? AND ? AND m.kind IN ('interest', 'tax') GROUP BY a.party_id",
        (month.first.isoformat(), month.last_day.isoformat()),
    ):
        sums[party] = (gross, tax)
    return sums


class InterestOfMember(NamedTuple):
    """What one member was credited in a period, of all accounts together; rupiah."""

    number: str
    name: str
    gross: int
    tax: int


def interest_by_member(reader: Reader, period: Period) -> list[InterestOfMember]:
    """Interest and withheld tax of a period by member, in order of number; what was taken back is taken off."""
    rows = reader.sql(
        "SELECT y.code, y.name, sum(CASE m.kind WHEN 'interest' THEN m.amount ELSE 0 END) AS gross,"
        " -sum(CASE m.kind WHEN 'tax' THEN m.amount ELSE 0 END) AS tax FROM savings_movement AS m"
        " JOIN savings_account AS a ON a.id = m.savings_account_id JOIN party AS y ON y.id = a.party_id"
        " WHERE m.date >= ? AND m.date < ? AND m.kind IN ('interest', 'tax')"
        " GROUP BY y.id HAVING gross <> 0 OR tax <> 0 ORDER BY length(y.code), y.code",
        (period.first.isoformat(), period.end.isoformat()),
    )
    return [InterestOfMember._make(row) for row in rows]


class Withheld(NamedTuple):
    """One payment of interest to a member, for which the law wants a slip; rupiah."""

    entry: int
    number: str
    on: date
    member: str
    name: str
    tax_id: str
    body: bool
    gross: int
    tax: int


def withheld(reader: Reader, period: Period) -> list[Withheld]:
    """Every payment of interest in a period that stands, also those that bore no tax (PMK 112/2010)."""
    rows = reader.sql(
        "SELECT e.id, e.number, e.date, y.code, y.name, CASE WHEN y.tax_id <> '' THEN y.tax_id ELSE b.nik END,"
        " b.body, sum(CASE m.kind WHEN 'interest' THEN m.amount ELSE 0 END) AS gross,"
        " -sum(CASE m.kind WHEN 'tax' THEN m.amount ELSE 0 END)"
        " FROM savings_movement AS m JOIN savings_account AS a ON a.id = m.savings_account_id"
        " JOIN entry AS e ON e.id = m.entry_id JOIN party AS y ON y.id = a.party_id"
        " JOIN member AS b ON b.party_id = y.id"
        " WHERE m.date >= ? AND m.date < ? AND m.kind IN ('interest', 'tax')"
        " AND NOT EXISTS (SELECT 1 FROM entry AS r WHERE r.reverses = e.id)"
        " GROUP BY e.id, y.id HAVING gross > 0 ORDER BY e.date, e.id, length(y.code), y.code",
        (period.first.isoformat(), period.end.isoformat()),
    )
    return [
        Withheld(entry, number, day(on), member, name, tax_id, bool(body), gross, tax)
        for entry, number, on, member, name, tax_id, body, gross, tax in rows
    ]


def ledger_totals(reader: Reader, period: Period) -> list[LedgerTotal]:
    """Opening, increase and decrease of each ledger account that keeps savings, from the movements.

    For the proof that all statements together agree with the ledger; in order of code.
    """
    first, end = period.first.isoformat(), period.end.isoformat()
    rows = reader.sql(
        "SELECT c.id, c.code, c.name,"
        " sum(CASE WHEN m.date < ? OR m.kind = 'opening' THEN m.amount ELSE 0 END),"
        " sum(CASE WHEN m.date >= ? AND m.kind <> 'opening' AND m.amount > 0 THEN m.amount ELSE 0 END),"
        " -sum(CASE WHEN m.date >= ? AND m.kind <> 'opening' AND m.amount < 0 THEN m.amount ELSE 0 END)"
        " FROM savings_movement AS m JOIN account AS c ON c.id = m.ledger_id WHERE m.date < ?"
        " GROUP BY c.id ORDER BY c.code",
        (first, first, first, end),
    )
    return [LedgerTotal._make(row) for row in rows]


def product_accounts(reader: Reader) -> dict[str, str]:
    """The code of the ledger account that carries each savings product, by the product's code."""
    return dict(
        reader.sql("SELECT p.code, c.code FROM savings_product AS p JOIN account AS c ON c.id = p.account_id")
    )


class MemberAccount(NamedTuple):
    """One savings account of a member as it is now. `withdrawable`: it can be taken out while one is a member.

    `held` can't be taken out until it is released, `keep` while one is a member.
    """

    account: int
    product: str  # the product's code
    name: str
    kind: str
    number: str
    balance: int
    withdrawable: bool
    held: int = 0
    keep: int = 0

    @property
    def free(self) -> int:
        """What can be taken out now, in rupiah."""
        return max(self.balance - max(self.held, self.keep), 0) if self.withdrawable else 0


class HeldAmount(NamedTuple):
    """Rupiah that are held in an account of a member, since when and for what; `until` says how long it is meant."""

    hold: int
    account: int
    code: str  # of the product
    product: str  # its name
    number: str  # of the account
    placed: date
    until: date | None
    amount: int
    reason: str
    loan: str


def holds_of(reader: Reader, party: int) -> list[HeldAmount]:
    """What is held in the accounts of a member now, oldest first."""
    rows = reader.sql(
        "SELECT h.id, a.id, p.code, p.name, a.number, h.placed_on, h.until, h.amount, h.reason, h.loan"
        " FROM savings_account AS a JOIN savings_hold AS h ON h.savings_account_id = a.id AND h.released_on IS NULL"
        " JOIN savings_product AS p ON p.id = a.product_id WHERE a.party_id = ? ORDER BY h.id",
        (party,),
    )
    return [
        HeldAmount(key, account, code, name, number, day(placed), optional_day(until), *rest)
        for key, account, code, name, number, placed, until, *rest in rows
    ]


def member_accounts(reader: Reader, party: int) -> list[MemberAccount]:
    """The savings accounts of a member, in the order of the products."""
    rows = reader.sql(
        "SELECT a.id, p.code, p.name, p.kind, a.number, a.balance, (c.class = 'liability' OR a.held_in <> p.account_id)"
        # The money of a certificate moves only with it.
        " AND NOT EXISTS (SELECT 1 FROM term_deposit AS t WHERE t.savings_account_id = a.id),"
        " coalesce((SELECT sum(h.amount) FROM savings_hold AS h WHERE h.savings_account_id = a.id"
        "  AND h.released_on IS NULL), 0), CASE WHEN a.held_in = p.account_id THEN p.keep ELSE 0 END"
        " FROM savings_account AS a JOIN savings_product AS p ON p.id = a.product_id"
        " JOIN account AS c ON c.id = p.account_id WHERE a.party_id = ? ORDER BY p.id, a.id",
        (party,),
    )
    return [
        MemberAccount(key, product, name, kind, number, balance, bool(free), held, keep)
        for key, product, name, kind, number, balance, free, held, keep in rows
    ]
