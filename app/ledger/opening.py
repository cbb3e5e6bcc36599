"""What the details of the control accounts were opened with: savings, loans, bills and stock, as taken over.

A detail belongs to the opening when its entry does, so that one taken back again no longer counts.
"""

from datetime import date
from typing import NamedTuple

from app.base.i18n import N_
from app.ledger.accounts.chart import AccountRow, Chart, read_chart
from app.ledger.reader import Reader, optional_day

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
# entry itself says which.
_SAVINGS = (
    "SELECT (SELECT p.account_id FROM posting AS p JOIN account AS c ON c.id = p.account_id"
    "  WHERE p.entry_id = m.entry_id AND c.control = 'savings') AS held, sum(m.amount)"
    " FROM savings_movement AS m JOIN entry AS e ON e.id = m.entry_id"
    " WHERE e.kind <> 'ordinary' AND e.kind = 'opening' AND e.date <= ? GROUP BY held"
)
_LOANS = (
    "SELECT l.ledger_id, sum(t.disbursed - t.principal), sum(t.held)"
    " FROM loan_transaction AS t JOIN entry AS e ON e.id = t.entry_id JOIN loan AS l ON l.id = t.loan_id"
    " WHERE e.kind <> 'ordinary' AND e.kind = 'opening' AND e.date <= ? GROUP BY l.ledger_id"
)


def opening_details(reader: Reader, on: date, chart: Chart) -> dict[int, int]:
    """The sum of the details taken over up to `on`, by control account; rupiah, debit positive."""
    day = on.isoformat()
    sums: dict[int, int] = {}

    def add(account: int, amount: int) -> None:
        sums[account] = sums.get(account, 0) + amount

    roles = {"receivable": 1, "payable": -1}
    for text in (_BILLS, _BILLS_TAKEN_BACK):
        for side, amount in reader.sql(text, (day,)):
            add(chart.role(side).id, roles[side] * amount)
    if "inventory" in chart.by_role:
        add(chart.role("inventory").id, reader.sql(_STOCK, (day,))[0][0])
    for account, amount in reader.sql(_SAVINGS, (day,)):
        add(account, -amount)
    if "loans" in chart.by_role:
        for ledger, principal, held in reader.sql(_LOANS, (day,)):
            add(ledger or chart.role("loans").id, principal)
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


class OpeningRow(NamedTuple):
    """One account that was opened. `detail` is None where the account has no details; in its normal direction.

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

    @property
    def difference(self) -> int:
        """Ledger less details; 0 where there are none."""
        return 0 if self.detail is None else self.ledger - self.detail


def opening_rows(reader: Reader) -> list[OpeningRow]:
    """What there is to compare with the old books, in order of code, and what of it is ticked off."""
    chart = read_chart(reader)
    ledger = opening_balances(reader, date.max)
    details = opening_details(reader, date.max, chart)
    ticks = {
        key: (amount, actor, at)
        for key, amount, actor, at in reader.sql("SELECT account_id, amount, actor, at FROM opening_tick")
    }
    rest = chart.role("opening")
    found = []
    for account in chart.accounts:
        if account.id == rest.id or not (account.id in ledger or account.id in details):
            continue
        booked = ledger.get(account.id, 0)
        detail = account.normal * details.get(account.id, 0) if account.control else None
        found.append(_opening_row(account, booked, detail, ticks.get(account.id)))
    # What was explained since, by an entry from 3-9999 to capital, is no longer open.
    unexplained = reader.sql(
        "SELECT coalesce(sum(amount), 0) FROM day_balance WHERE account_id = ?", (rest.id,)
    )
    found.append(_opening_row(rest, unexplained[0][0], None, ticks.get(rest.id)))
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
        return sum(bool(row.ticked_by) for row in self.rows)

    @property
    def complete(self) -> bool:
        """Whether all of it was found right and agrees with its details."""
        return self.done == len(self.rows) and not any(row.difference for row in self.rows)


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
    rows = opening_rows(reader)
    return sum(bool(row.ticked_by) for row in rows), len(rows)


def _opening_row(
    account: AccountRow, booked: int, detail: int | None, tick: tuple[int, str, str] | None
) -> OpeningRow:
    ticked = tick is not None and tick[0] == booked
    by, at = (tick[1], tick[2]) if ticked and tick is not None else ("", "")
    return OpeningRow(account.id, account.code, account.name, account.normal * booked, detail, by, at)
