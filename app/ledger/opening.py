"""What the details of the control accounts were opened with: savings, loans, bills and stock, as taken over.

A detail belongs to the opening when its entry does, so that one taken back again no longer counts.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from app.base.i18n import N_
from app.ledger.accounts.chart import AccountRow, Chart, read_chart
from app.ledger.reader import Reader, day, optional_day

# "Not ordinary" says nothing more, but it is the condition of the index entry_special: without it a book of a
# million entries is looked through from end to end.
_BILLS = (
    "SELECT b.side, sum(b.amount) FROM bill AS b JOIN entry AS e ON e.id = b.entry_id"
    " WHERE e.kind <> 'ordinary' AND e.kind = 'opening' AND e.date <= ? GROUP BY b.side"
)
# A bill taken back is settled under the reversing entry, which is of the opening too.
_BILLS_TAKEN_BACK = (
    "SELECT b.side, -sum(p.amount) FROM bill_payment AS p JOIN bill AS b ON b.id = p.bill_id"
    " JOIN entry AS e ON e.id = p.entry_id"
    " WHERE e.kind <> 'ordinary' AND e.kind = 'opening' AND e.date <= ? GROUP BY b.side"
)
_STOCK = (
    "SELECT coalesce(sum(m.value), 0) FROM stock_movement AS m JOIN entry AS e ON e.id = m.entry_id"
    " WHERE e.kind <> 'ordinary' AND e.kind = 'opening' AND e.date <= ?"
)
# Savings are taken over into their product's account, those of a member who had left into another one: the
# movement itself says which. What is held in a term deposit is a movement of its savings account too.
_SAVINGS = (
    "SELECT m.ledger_id, p.code, p.name, sum(m.amount)"
    " FROM savings_movement AS m JOIN entry AS e ON e.id = m.entry_id"
    " JOIN savings_account AS a ON a.id = m.savings_account_id JOIN savings_product AS p ON p.id = a.product_id"
    " WHERE e.kind <> 'ordinary' AND e.kind = 'opening' AND e.date <= ? GROUP BY m.ledger_id, p.id ORDER BY p.id"
)
_LOANS = (
    "SELECT l.ledger_id, coalesce(p.code, '-'), coalesce(p.name, ''), sum(t.disbursed - t.principal), sum(t.held)"
    " FROM loan_transaction AS t JOIN entry AS e ON e.id = t.entry_id JOIN loan AS l ON l.id = t.loan_id"
    " LEFT JOIN loan_product AS p ON p.id = l.product_id"
    " WHERE e.kind <> 'ordinary' AND e.kind = 'opening' AND e.date <= ? GROUP BY l.ledger_id, p.id ORDER BY p.id"
)
# The ticks by account and part: amount, who, when.
_Ticks = dict[tuple[int, str], tuple[int, str, str]]
# What one entry (?1) brought into the details of an account (?2), debit positive, by the account's control; ?3 and
# ?4 are the accounts of loans and of what is kept aside on them.
_OF_ENTRY = {
    "debts": "SELECT coalesce((SELECT sum(CASE side WHEN 'receivable' THEN amount ELSE -amount END)"
    "  FROM bill WHERE entry_id = ?1), 0)"
    " - coalesce((SELECT sum(CASE b.side WHEN 'receivable' THEN p.amount ELSE -p.amount END)"
    "  FROM bill_payment AS p JOIN bill AS b ON b.id = p.bill_id WHERE p.entry_id = ?1), 0)",
    "products": "SELECT coalesce(sum(value), 0) FROM stock_movement WHERE entry_id = ?1",
    "savings": "SELECT -coalesce(sum(amount), 0) FROM savings_movement"
    " WHERE entry_id = ?1 AND ledger_id = ?2",
    "loans": "SELECT coalesce(sum(CASE WHEN coalesce(l.ledger_id, ?3) = ?2"
    "  THEN t.disbursed - t.principal ELSE 0 END - CASE WHEN ?2 = ?4 THEN t.held ELSE 0 END), 0)"
    " FROM loan_transaction AS t JOIN loan AS l ON l.id = t.loan_id WHERE t.entry_id = ?1",
}


class OpeningPart(NamedTuple):
    """What one savings or loan product has in an account, as taken over; rupiah, debit positive.

    `code` is "-" and `name` empty for loans that follow no product.
    """

    code: str
    name: str
    amount: int


def opening_parts(reader: Reader, on: date, chart: Chart) -> dict[int, list[OpeningPart]]:
    """The savings products, term deposits among them, and loan products taken over up to `on`, by account."""
    through = on.isoformat()
    found: dict[int, list[OpeningPart]] = {}
    for account, code, name, amount in reader.sql(_SAVINGS, (through,)):
        if amount:
            found.setdefault(account, []).append(OpeningPart(code, name, -amount))
    if "loans" in chart.by_role:
        for ledger, code, name, principal, _held in reader.sql(_LOANS, (through,)):
            if principal:
                part = OpeningPart(code, name, principal)
                found.setdefault(ledger or chart.role("loans").id, []).append(part)
    return found


def opening_details(reader: Reader, on: date, chart: Chart) -> dict[int, int]:
    """The sum of the details taken over up to `on`, by control account; rupiah, debit positive."""
    through = on.isoformat()
    sums: dict[int, int] = {}

    def add(account: int, amount: int) -> None:
        sums[account] = sums.get(account, 0) + amount

    roles = {"receivable": 1, "payable": -1}
    for text in (_BILLS, _BILLS_TAKEN_BACK):
        for side, amount in reader.sql(text, (through,)):
            add(chart.role(side).id, roles[side] * amount)
    if "inventory" in chart.by_role:
        add(chart.role("inventory").id, reader.sql(_STOCK, (through,))[0][0])
    for account, parts in opening_parts(reader, on, chart).items():
        add(account, sum(item.amount for item in parts))
    if "loans" in chart.by_role:
        for *_product, held in reader.sql(_LOANS, (through,)):
            add(chart.role("loan_held").id, -held)
    return {account: amount for account, amount in sums.items() if amount}


def opening_balances(reader: Reader, on: date) -> dict[int, int]:
    """What the ledger's accounts were opened with up to `on`, by account; rupiah, debit positive."""
    rows = reader.sql(
        "SELECT account_id, sum(amount) FROM day_balance WHERE kind = 'opening' AND date <= ?"
        " GROUP BY account_id HAVING sum(amount) <> 0",
        (on.isoformat(),),
    )
    return dict(rows)


class OpeningProduct(NamedTuple):
    """What one savings or loan product has of an account that was opened, in the account's normal direction."""

    account: str  # its code
    code: str  # "-" for what follows no product
    name: str
    detail: int
    ticked_by: str
    ticked_at: str


class OpeningRow(NamedTuple):
    """One account that was opened. `detail` is None where the account has no details; in its normal direction.

    `products` are those that its details belong to; where there are several each has a tick beside that of the account.

    The last row is 3-9999: what of the opening is still unexplained. `ticked_by` is empty while nobody has found
    the amount right as it stands now.
    """

    account: int
    code: str
    name: str
    ledger: int
    detail: int | None
    ticked_by: str
    ticked_at: str
    products: tuple[OpeningProduct, ...] = ()

    @property
    def difference(self) -> int:
        """Ledger less details; 0 where there are none."""
        return 0 if self.detail is None else self.ledger - self.detail

    @property
    def listed(self) -> tuple[OpeningProduct, ...]:
        """The products that stand below the account: none where it has only one, which its own line is about."""
        return self.products if len(self.products) > 1 else ()

    @property
    def ticks(self) -> tuple[bool, ...]:
        """What there is to tick, and whether it is: the account, then each product below it."""
        return (bool(self.ticked_by), *(bool(item.ticked_by) for item in self.listed))


def opening_rows(reader: Reader) -> list[OpeningRow]:
    """What there is to compare with the old books, in order of code, and what of it is ticked off."""
    chart = read_chart(reader)
    ledger = opening_balances(reader, date.max)
    details = opening_details(reader, date.max, chart)
    products = opening_parts(reader, date.max, chart)
    ticks: _Ticks = {
        (key, part): (amount, actor, at)
        for key, part, amount, actor, at in reader.sql(
            "SELECT account_id, part, amount, actor, at FROM opening_tick"
        )
    }
    rest = chart.role("opening")
    found = []
    for account in chart.accounts:
        if account.id == rest.id or not (account.id in ledger or account.id in details):
            continue
        booked = ledger.get(account.id, 0)
        detail = account.normal * details.get(account.id, 0) if account.control else None
        found.append(_opening_row(account, booked, detail, ticks, products.get(account.id, ())))
    # What was explained since, by an entry from 3-9999 to capital, is no longer open.
    unexplained = reader.sql(
        "SELECT coalesce(sum(amount), 0) FROM day_balance WHERE account_id = ?", (rest.id,)
    )
    found.append(_opening_row(rest, unexplained[0][0], None, ticks))
    return found


class OpeningFault(NamedTuple):
    """An opening entry that moved an account by another amount than its details. `amount`: ledger less details."""

    number: str
    on: date
    amount: int  # in the account's normal direction


def opening_faults(reader: Reader, row: OpeningRow) -> list[OpeningFault]:
    """The entries in which the difference of an account arose; empty where it lies in no single one."""
    chart = read_chart(reader)
    account = chart.by_id[row.account]
    text = _OF_ENTRY.get(account.control or "")
    if not row.difference or text is None:
        return []
    asked: list[int] = []
    if account.control in ("savings", "loans"):
        asked.append(account.id)
    if account.control == "loans":
        asked += [chart.role("loans").id, chart.role("loan_held").id]
    entries = reader.sql(
        "SELECT e.id, e.number, e.date, sum(p.amount) FROM entry AS e JOIN posting AS p ON p.entry_id = e.id"
        " WHERE e.kind <> 'ordinary' AND e.kind = 'opening' AND p.account_id = ? GROUP BY e.id ORDER BY e.date, e.id",
        (account.id,),
    )
    found = []
    for key, number, on, booked in entries:
        amount = account.normal * (booked - reader.sql(text, (key, *asked))[0][0])
        if amount:
            found.append(OpeningFault(number, day(on), amount))
    return found


# The parts of an opening, in the order in which people look them up in their old books.
SECTIONS = {
    "cash": N_("Cash and bank"),
    "savings": N_("Members' savings"),
    "loans": N_("Loans to members"),
    "receivables": N_("What customers owe"),
    "stock": N_("Stock of goods"),
    "payables": N_("What is owed to suppliers"),
    "rest": N_("Everything else, and capital"),
}


class OpeningSection(NamedTuple):
    """One part of the opening with its accounts; the unexplained rest on 3-9999 is the last row of the last part."""

    key: str  # of SECTIONS
    rows: tuple[OpeningRow, ...]

    @property
    def difference(self) -> int:
        """Ledger less details of its accounts."""
        return sum(row.difference for row in self.rows)

    @property
    def done(self) -> int:
        """How many of its balances are ticked off."""
        return sum(sum(row.ticks) for row in self.rows)

    @property
    def total(self) -> int:
        """How many balances it has to tick off."""
        return sum(len(row.ticks) for row in self.rows)

    @property
    def complete(self) -> bool:
        """Whether all of it was found right and agrees with its details."""
        return self.done == self.total and not any(row.difference for row in self.rows)


def opening_sections(reader: Reader) -> list[OpeningSection]:
    """What there is to compare, part by part; parts with nothing in them are left out."""
    by_id = read_chart(reader).by_id
    parts: dict[str, list[OpeningRow]] = {key: [] for key in SECTIONS}
    for row in opening_rows(reader):
        parts[_section_of(by_id[row.account])].append(row)
    return [OpeningSection(key, tuple(rows)) for key, rows in parts.items() if rows]


def opening_day(reader: Reader) -> date | None:
    """The last day at whose close balances were taken over; None when there are none."""
    rows = reader.sql("SELECT max(date) FROM day_balance WHERE kind = 'opening' AND amount <> 0")
    return optional_day(rows[0][0])


def _section_of(account: AccountRow) -> str:
    if account.money is not None:
        return "cash"
    if account.role == "receivable":
        return "receivables"
    if account.role == "payable":
        return "payables"
    return {"products": "stock", "savings": "savings", "loans": "loans"}.get(account.control or "", "rest")


def opening_progress(reader: Reader) -> tuple[int, int]:
    """How many of the opening balances are ticked off, of how many."""
    ticks = [tick for row in opening_rows(reader) for tick in row.ticks]
    return sum(ticks), len(ticks)


def _opening_row(
    account: AccountRow, booked: int, detail: int | None, ticks: _Ticks, parts: Iterable[OpeningPart] = ()
) -> OpeningRow:
    products = tuple(
        OpeningProduct(
            account.code,
            part.code,
            part.name,
            account.normal * part.amount,
            *_tick(ticks, account, part.code, part.amount),
        )
        for part in parts
    )
    tick = _tick(ticks, account, "", booked)
    return OpeningRow(
        account.id, account.code, account.name, account.normal * booked, detail, *tick, products
    )


def _tick(ticks: _Ticks, account: AccountRow, part: str, amount: int) -> tuple[str, str]:
    """Who found an amount right and when; empty where nobody did, or where it is another amount since."""
    found = ticks.get((account.id, part))
    return (found[1], found[2]) if found is not None and found[0] == amount else ("", "")
