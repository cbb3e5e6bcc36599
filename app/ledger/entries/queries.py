"""Reading the journal: balances, registers, pages. All amounts rupiah, debit positive."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from app.base.dates import Period
from app.ledger.accounts.chart import AccountRow, Chart, read_chart
from app.ledger.reader import Reader, day


class Balance(NamedTuple):
    """An account and its balance."""

    account: AccountRow
    amount: int


class RegisterRow(NamedTuple):
    """One posting of an account's register, with the balance after it."""

    posting: int
    entry: int
    date: date
    number: str
    memo: str
    party: str | None
    amount: int
    balance: int


class JournalRow(NamedTuple):
    """One posting of the journal."""

    entry: int
    date: date
    number: str
    memo: str
    code: str
    name: str
    party: str | None
    amount: int


class EntryPosting(NamedTuple):
    """One posting of a whole entry. The memo and party are the posting's own."""

    account: int
    amount: int
    party: str | None
    memo: str | None


class EntryRow(NamedTuple):
    """A whole entry with its postings. `reverses` is the number of the entry it takes back."""

    id: int
    date: date
    number: str
    kind: str
    source: str
    memo: str
    party: str | None
    reverses: str | None
    postings: tuple[EntryPosting, ...]


class Key(NamedTuple):
    """Where a page of a register begins: after this posting."""

    date: date
    posting: int


class CashMove(NamedTuple):
    """The part of a cash movement that a counter-account explains: rupiah, money in positive."""

    account: int
    flow: str
    amount: int
    incoming: bool


def balances(reader: Reader, on: date | None = None, *, before_closing: bool = False) -> dict[int, int]:
    """Each account's balance at the close of `on` (None: of everything posted), by account key.

    `before_closing` leaves out the closing entry of the fiscal year that ends on `on`.
    """
    if on is None:
        rows = reader.sql("SELECT account_id, sum(amount) FROM day_balance GROUP BY account_id")
        return dict(rows)
    text = on.isoformat()
    year_end = reader.info.fiscal_year(on).last_day.isoformat()
    if before_closing and year_end == text:
        rows = reader.sql(
            "SELECT account_id, sum(amount) FROM day_balance WHERE date <= ?"
            " AND NOT (kind = 'closing' AND date = ?) GROUP BY account_id",
            (text, text),
        )
    else:
        rows = reader.sql(
            "SELECT account_id, sum(amount) FROM day_balance WHERE date <= ? GROUP BY account_id",
            (text,),
        )
    return dict(rows)


def trial_balance(reader: Reader, on: date | None = None, *, before_closing: bool = False) -> list[Balance]:
    """The accounts with a balance, in order of code."""
    chart = read_chart(reader)
    amounts = balances(reader, on, before_closing=before_closing)
    return [Balance(account, amounts[account.id]) for account in chart.accounts if amounts.get(account.id)]


class PartyAmount(NamedTuple):
    """What one party has on one account."""

    code: str
    name: str
    account: int
    amount: int


def party_balances(reader: Reader) -> list[PartyAmount]:
    """The balances of all parties on all accounts, those of 0 left out."""
    rows = reader.sql(
        "SELECT y.code, y.name, b.account_id, b.amount FROM party_balance AS b"
        " JOIN party AS y ON y.id = b.party_id WHERE b.amount <> 0"
    )
    return [PartyAmount._make(row) for row in rows]


def balance_of(reader: Reader, account: int, on: date) -> int:
    """One account's balance at the close of `on`."""
    rows = reader.sql(
        "SELECT coalesce(sum(amount), 0) FROM day_balance WHERE account_id = ? AND date <= ?",
        (account, on.isoformat()),
    )
    return int(rows[0][0])


def month_movements(reader: Reader, on: date) -> dict[tuple[str, int], int]:
    """What each month up to the close of `on` moved on each account, by "2026-11" and account key."""
    rows = reader.sql(
        "SELECT substr(date, 1, 7), account_id, sum(amount) FROM day_balance WHERE date <= ?"
        " GROUP BY substr(date, 1, 7), account_id",
        (on.isoformat(),),
    )
    return {(month, account): amount for month, account, amount in rows}


def results(reader: Reader, period: Period) -> dict[int, int]:
    """Income and expense accounts' sums over a period, without closing entries, by account key.

    Year-to-date income and expense taken over at the opening count where the period begins no later
    than the fiscal year they belong to and reaches their date: in no month, but in the year.
    """
    rows = reader.sql(
        "SELECT b.account_id, b.date, b.kind, b.amount FROM day_balance AS b"
        " JOIN account AS a ON a.id = b.account_id"
        " WHERE a.class NOT IN ('asset', 'liability', 'equity')"
        " AND b.kind = 'opening' AND b.date >= ? AND b.date < ?",
        (period.first.isoformat(), period.end.isoformat()),
    )
    sums = dict(
        reader.sql(
            "SELECT b.account_id, sum(b.amount) FROM day_balance AS b"
            " JOIN account AS a ON a.id = b.account_id"
            " WHERE a.class NOT IN ('asset', 'liability', 'equity')"
            " AND b.kind = 'ordinary' AND b.date >= ? AND b.date < ? GROUP BY b.account_id",
            (period.first.isoformat(), period.end.isoformat()),
        )
    )
    for account, on, _, amount in rows:
        if period.first <= reader.info.fiscal_year(day(on)).first:
            sums[account] = sums.get(account, 0) + amount
    return {account: amount for account, amount in sums.items() if amount}


def opening_and_movement(reader: Reader, account: int, period: Period) -> tuple[int, int]:
    """An account's balance when the period's business begins, and the movement of the period.

    Balances taken over inside the period belong to its beginning: they are no movement.
    """
    first, end = period.first.isoformat(), period.end.isoformat()
    rows = reader.sql(
        "SELECT coalesce(sum(CASE WHEN date < ? OR kind = 'opening' THEN amount ELSE 0 END), 0),"
        " coalesce(sum(CASE WHEN date >= ? AND kind <> 'opening' THEN amount ELSE 0 END), 0)"
        " FROM day_balance WHERE account_id = ? AND date < ?",
        (first, first, account, end),
    )
    return int(rows[0][0]), int(rows[0][1])


def register(
    reader: Reader, account: int, period: Period, *, with_opening: bool = True
) -> tuple[int, list[RegisterRow]]:
    """The opening balance and all postings of an account in a period, with running balance.

    Without opening entries (`with_opening=False`) those of the period are part of the opening balance.
    """
    first, end = period.first.isoformat(), period.end.isoformat()
    if with_opening:
        opening = int(
            reader.sql(
                "SELECT coalesce(sum(amount), 0) FROM day_balance WHERE account_id = ? AND date < ?",
                (account, first),
            )[0][0]
        )
        kinds = ""
    else:
        opening = opening_and_movement(reader, account, period)[0]
        kinds = " AND e.kind <> 'opening'"
    found = reader.sql(
        "SELECT p.id, e.id, p.date, e.number, coalesce(p.memo, e.memo), y.name, p.amount"  # noqa: S608
        " FROM posting AS p JOIN entry AS e ON e.id = p.entry_id"
        " LEFT JOIN party AS y ON y.id = coalesce(p.party_id, e.party_id)"
        f" WHERE p.account_id = ? AND p.date >= ? AND p.date < ?{kinds} ORDER BY p.date, p.id",
        (account, first, end),
    )
    return opening, list(_running(found, opening))


def _running(found: Iterable[Any], balance: int) -> Iterator[RegisterRow]:
    make = RegisterRow._make
    for key, entry, on, number, memo, party, amount in found:
        balance += amount
        yield make((key, entry, day(on), number, memo, party, amount, balance))


def cash_register(reader: Reader, period: Period, chart: Chart) -> tuple[int, list[RegisterRow]]:
    """All cash and bank accounts as one: the opening balance and each entry's change, with running balance.

    What only moves money from one of them to another is left out. Balances taken over in the period are
    part of the opening balance.
    """
    money = [item.id for item in chart.accounts if item.money]
    opening = sum(opening_and_movement(reader, account, period)[0] for account in money)
    marks = ", ".join("?" * len(money))
    found = reader.sql(
        "SELECT min(p.id), e.id, e.date, e.number, e.memo, y.name, sum(p.amount)"  # noqa: S608
        " FROM posting AS p JOIN entry AS e ON e.id = p.entry_id LEFT JOIN party AS y ON y.id = e.party_id"
        f" WHERE p.account_id IN ({marks}) AND p.date >= ? AND p.date < ? AND e.kind <> 'opening'"
        " GROUP BY e.id HAVING sum(p.amount) <> 0 ORDER BY e.date, e.id",
        (*money, period.first.isoformat(), period.end.isoformat()),
    )
    return opening, list(_running(found, opening))


def register_page(
    reader: Reader, account: int, *, after: Key | None = None, size: int = 50
) -> list[RegisterRow]:
    """A page of an account's register, found by key at any depth, with running balances."""
    where = after or Key(date.min, 0)
    text = where.date.isoformat()
    start = 0 if after is None else _balance_after(reader, account, text, where.posting)
    found = reader.sql(
        "SELECT p.id, e.id, p.date, e.number, coalesce(p.memo, e.memo), y.name, p.amount"
        " FROM posting AS p JOIN entry AS e ON e.id = p.entry_id"
        " LEFT JOIN party AS y ON y.id = coalesce(p.party_id, e.party_id)"
        " WHERE p.account_id = ? AND (p.date, p.id) > (?, ?) ORDER BY p.date, p.id LIMIT ?",
        (account, text, where.posting, size),
    )
    return list(_running(found, start))


def _balance_after(reader: Reader, account: int, on: str, posting: int) -> int:
    """An account's balance after one of its postings: the kept balances, and the shorter side of its day."""
    where = "FROM posting WHERE account_id = ? AND date = ? ORDER BY id"
    first, last = reader.sql(
        f"SELECT (SELECT id {where} LIMIT 1), (SELECT id {where} DESC LIMIT 1)",
        (account, on, account, on),
    )[0]
    from_the_end = first is not None and posting > (first + last) // 2
    before, of_day = ("<=", ">") if from_the_end else ("<", "<=")
    sign = "-" if from_the_end else "+"
    balance = reader.sql(
        "SELECT (SELECT coalesce(sum(amount), 0) FROM day_balance"  # noqa: S608 - the operators are ours
        f" WHERE account_id = ? AND date {before} ?) {sign} (SELECT coalesce(sum(amount), 0) FROM posting"
        f" WHERE account_id = ? AND date = ? AND id {of_day} ?)",
        (account, on, account, on, posting),
    )[0][0]
    return int(balance)


def journal(reader: Reader, period: Period) -> list[JournalRow]:
    """All postings of a period in the order of the journal."""
    rows = reader.sql(
        "SELECT e.id, e.date, e.number, coalesce(p.memo, e.memo), a.code, a.name, y.name, p.amount"
        " FROM entry AS e JOIN posting AS p ON p.entry_id = e.id JOIN account AS a ON a.id = p.account_id"
        " LEFT JOIN party AS y ON y.id = coalesce(p.party_id, e.party_id)"
        " WHERE e.date >= ? AND e.date < ? ORDER BY e.date, e.id, p.id",
        (period.first.isoformat(), period.end.isoformat()),
    )
    return [JournalRow._make((row[0], day(row[1]), *row[2:])) for row in rows]


def journal_page(reader: Reader, *, after: Key | None = None, size: int = 50) -> list[JournalRow]:
    """A page of whole entries' postings: `size` entries after the key (date, entry)."""
    where = after or Key(date.min, 0)
    rows = reader.sql(
        "SELECT e.id, e.date, e.number, coalesce(p.memo, e.memo), a.code, a.name, y.name, p.amount FROM ("
        "  SELECT * FROM entry WHERE (date, id) > (?, ?) ORDER BY date, id LIMIT ?) AS e"
        " JOIN posting AS p ON p.entry_id = e.id JOIN account AS a ON a.id = p.account_id"
        " LEFT JOIN party AS y ON y.id = coalesce(p.party_id, e.party_id)"
        " ORDER BY e.date, e.id, p.id",
        (where.date.isoformat(), where.posting, size),
    )
    return [JournalRow._make((row[0], day(row[1]), *row[2:])) for row in rows]


def whole_entries(reader: Reader, size: int = 5_000) -> Iterator[list[EntryRow]]:
    """All entries with their postings in the order of the journal, `size` at a time."""
    after = ("", 0)
    while True:
        heads = reader.sql(
            "SELECT e.id, e.date, e.number, e.kind, e.source, e.memo, y.name, r.number"
            " FROM entry AS e LEFT JOIN party AS y ON y.id = e.party_id"
            " LEFT JOIN entry AS r ON r.id = e.reverses"
            " WHERE (e.date, e.id) > (?, ?) ORDER BY e.date, e.id LIMIT ?",
            (*after, size),
        )
        if not heads:
            return
        postings: dict[int, list[EntryPosting]] = {}
        for entry, *posting in reader.sql(
            "SELECT p.entry_id, p.account_id, p.amount, y.name, p.memo FROM ("
            "  SELECT id FROM entry WHERE (date, id) > (?, ?) ORDER BY date, id LIMIT ?) AS e"
            " JOIN posting AS p ON p.entry_id = e.id LEFT JOIN party AS y ON y.id = p.party_id"
            " ORDER BY p.id",
            (*after, size),
        ):
            postings.setdefault(entry, []).append(EntryPosting._make(posting))
        yield [
            EntryRow._make((head[0], day(head[1]), *head[2:], tuple(postings.get(head[0], ()))))
            for head in heads
        ]
        after = (heads[-1][1], heads[-1][0])


def cash_moves(reader: Reader, period: Period, chart: Chart) -> list[CashMove]:
    """What moved the cash and bank accounts in a period, by the accounts that explain it.

    Each entry that touches money is explained by its other postings. Cost of sales against stock inside
    the entry of a sale moves no money and is left out; what of a sale or purchase stays unpaid
    or was let off lowers it.
    Transfers between money accounts cancel.
    Balances taken over and closing entries are no cash flow.
    """
    money = [item.id for item in chart.accounts if item.money]
    if not money:
        return []
    marks = ", ".join("?" * len(money))
    unpaid = [item.id for item in chart.accounts if item.control == "debts" or item.role == "sales_discount"]
    silent = [chart.by_role[role].id for role in ("cost_of_sales", "inventory") if role in chart.by_role]
    rows = reader.sql(
        "SELECT p.entry_id, p.account_id, sum(p.amount) FROM posting AS p WHERE p.entry_id IN ("  # noqa: S608
        "  SELECT DISTINCT m.entry_id FROM posting AS m JOIN entry AS e ON e.id = m.entry_id"
        f"  WHERE m.account_id IN ({marks}) AND m.date >= ? AND m.date < ? AND e.kind = 'ordinary')"
        f" AND p.account_id NOT IN ({marks}) GROUP BY p.entry_id, p.account_id ORDER BY p.entry_id",
        (*money, period.first.isoformat(), period.end.isoformat(), *money),
    )
    by_entry: dict[int, dict[int, int]] = {}
    for entry, account, amount in rows:
        by_entry.setdefault(entry, {})[account] = amount
    sums: dict[tuple[int, bool], int] = {}
    for parts in by_entry.values():
        if len(silent) == 2 and sum(parts.get(item, 0) for item in silent) == 0:
            for item in silent:
                parts.pop(item, None)
        without_unpaid(parts, unpaid)
        for account, amount in parts.items():
            if amount:
                key = (account, amount < 0)
                sums[key] = sums.get(key, 0) - amount
    return [
        CashMove(account, chart.by_id[account].flow, amount, incoming)
        for (account, incoming), amount in sorted(
            sums.items(), key=lambda item: (chart.by_id[item[0][0]].code, not item[0][1])
        )
    ]


def without_unpaid(parts: dict[int, int], unpaid: list[int]) -> None:
    """Take what stays owed or was let off from the sale or purchase it belongs to: no money moved for it."""
    for account in unpaid:
        amount = parts.get(account, 0)
        against = [item for item, other in parts.items() if item not in unpaid and other * amount < 0]
        main = max(against, key=lambda item: abs(parts[item]), default=None)
        if main is not None and abs(parts[main]) >= abs(amount):
            parts[main] += parts.pop(account)
