"""Posting: the one way in which money moves.

An entry's postings are signed rupiah, debit positive, and add up to 0. Posted is final: a mistake is put
right by a reversing entry, never by a change. The same transaction keeps the balances by account and day
and by account and party.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from app.base.errors import Bug, Refused
from app.ledger.accounts.chart import Chart
from app.ledger.accounts.service import chart_of
from app.ledger.audit import EntriesDigest
from app.ledger.changes import Kind
from app.ledger.entries.tables import entry, posting
from app.ledger.periods.locks import locked_months, refuse_locked
from app.ledger.storage.tables import insert_text
from app.ledger.transaction import Transaction

LARGEST = 10**15
EARLIEST, LATEST = date(1950, 1, 1), date(2199, 12, 31)
_FLUSH_ENTRIES = 10_000
_INSERT_POSTING = insert_text(posting)
_INSERT_ENTRY = insert_text(entry)


class EntryKind(StrEnum):
    """Ordinary business; balances taken over at the start; the year's close; its carrying over."""

    ORDINARY = "ordinary"
    OPENING = "opening"
    CLOSING = "closing"
    CARRY = "carry"


class Posting(NamedTuple):
    """An amount for one account (by key), rupiah, debit positive, and whom it is about."""

    account: int
    amount: int
    party: int | None = None
    memo: str | None = None


class Posted(NamedTuple):
    """What was posted."""

    id: int
    number: str


def post(
    tx: Transaction,
    *,
    on: date,
    memo: str,
    postings: Sequence[Posting],
    source: str,
    series: str = "JU",
    number: str = "",
    kind: EntryKind = EntryKind.ORDINARY,
    party: int | None = None,
    controls: frozenset[str] = frozenset(),
    reverses: int | None = None,
    replaces: int | None = None,
) -> Posted:
    """Post one entry and return its key and number.

    `source` names the slice that owns its details. `controls` names the slices whose control accounts
    it may touch, because it also writes their details. Zero amounts are dropped.

    Raises Refused for a closed month or a control account; Bug for an entry that does not balance: that is
    never the person's doing.
    """
    buffer: EntryBuffer = tx.attached("entries", EntryBuffer)
    return buffer.add(on, memo, postings, source, series, number, kind, party, controls, reverses, replaces)


class EntryBuffer:
    """The entries of the open transaction that are not yet written, and the balances they move."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._entries: list[tuple[Any, ...]] = []
        self._postings: list[tuple[Any, ...]] = []
        self._days: defaultdict[tuple[int, str, str], int] = defaultdict(int)
        self._parties: defaultdict[tuple[int, int], int] = defaultdict(int)
        self.digest = EntriesDigest()
        self.first: int | None = None
        self.last: int | None = None
        # The entry that the next one is put in the place of: set while a record is put right.
        self.replacing: int | None = None
        self._next_posting = tx.state.next_ids.get("posting") or tx.highest_id("posting") + 1
        self._chart: Chart | None = None
        self._open_dates: dict[date, str] = {}
        tx.on_flush(self.flush)

    def add(
        self,
        on: date,
        memo: str,
        postings: Sequence[Posting],
        source: str,
        series: str,
        number: str,
        kind: EntryKind,
        party: int | None,
        controls: frozenset[str],
        reverses: int | None,
        replaces: int | None,
    ) -> Posted:
        """Check the entry, buffer it, and move the balances."""
        tx = self._tx
        day = self._open_dates.get(on) or self._open_date(on)
        chart = chart_of(tx)
        controlled, closed = chart.controlled, chart.closed_to_postings
        key = tx.next_entry_id()
        kind_text = kind.value
        lines: list[tuple[Any, ...]] = []
        following, days = self._next_posting, self._days
        total = 0
        for account, amount, whom, text in postings:
            if amount == 0:
                continue
            if account in controlled and controlled[account] not in controls:
                raise _refused_control(chart, account)
            if account in closed and reverses is None:
                raise _refused_closed(chart, account)
            if not -LARGEST <= amount <= LARGEST:
                raise Refused("The amount {amount:rp} is too large.", amount=abs(amount))
            total += amount
            lines.append((following + len(lines), key, account, day, amount, whom, text))
            days[account, day, kind_text] += amount
            if whom is not None:
                self._parties[account, whom] += amount
        if total != 0 or len(lines) < 2:
            raise Bug(f"an entry of {source} adds up to {total} over {len(lines)} postings: {memo}")
        self._postings += lines
        self._next_posting += len(lines)
        given = number or tx.number(series, on)
        if self.replacing is not None:
            replaces, self.replacing = self.replacing, None
        self._entries.append((key, given, day, kind_text, source, memo, party, reverses, replaces))
        if self.first is None:
            self.first = key
        self.last = key
        tx.changed(Kind.ENTRY, key)
        if len(self._entries) >= _FLUSH_ENTRIES:
            self.flush()
        return Posted(key, given)

    def flush(self) -> None:
        """Write what is buffered: postings first, then the entries that complete them."""
        if not self._entries:
            return
        tx, entries, postings = self._tx, self._entries, self._postings
        tx.state.next_ids["posting"] = self._next_posting
        self._entries, self._postings = [], []
        tx.insert_many(_INSERT_POSTING, postings)
        tx.insert_many(_INSERT_ENTRY, entries)
        self.digest.add(
            [(row[0], row[1], row[2], row[3], row[7]) for row in entries],
            [(row[1], row[2], row[4], row[5]) for row in postings],
        )
        days, self._days = self._days, defaultdict(int)
        tx.many(
            "INSERT INTO day_balance (account_id, date, kind, amount) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (account_id, date, kind) DO UPDATE SET amount = amount + excluded.amount",
            [(*where, amount) for where, amount in days.items()],
        )
        parties, self._parties = self._parties, defaultdict(int)
        tx.many(
            "INSERT INTO party_balance (account_id, party_id, amount) VALUES (?, ?, ?)"
            " ON CONFLICT (account_id, party_id) DO UPDATE SET amount = amount + excluded.amount",
            [(*where, amount) for where, amount in parties.items()],
        )

    def _open_date(self, on: date) -> str:
        """The day as text, once it is known that its month is open."""
        if not EARLIEST <= on <= LATEST:
            raise Refused("{on} can't be right: the date is out of all bounds.", on=on, field="on")
        refuse_locked(locked_months(self._tx), on)
        day = self._open_dates[on] = on.isoformat()
        return day

    def forget_open_dates(self) -> None:
        """Look at the locked months again: this command has changed them."""
        self._open_dates.clear()


def refuse_by_hand(chart: Chart, account: int, line: int) -> None:
    """Raise Refused, at the line's account, for one that takes no entries by hand."""
    error = None
    if account in chart.controlled:
        error = _refused_control(chart, account)
    elif account in chart.closed_to_postings:
        error = _refused_closed(chart, account)
    if error is not None:
        error.field, error.line = "account", line
        raise error


def _refused_control(chart: Chart, account: int) -> Refused:
    row = chart.by_id[account]
    return Refused(
        "Account {code} {name} is kept by its details and takes no entries by hand.",
        advice="Use the command for it (savings, loans, bills, stock), so that the details stay equal.",
        code=row.code,
        name=row.name,
    )


def _refused_closed(chart: Chart, account: int) -> Refused:
    row = chart.by_id[account]
    return Refused(
        "Account {code} {name} takes no entries: it is a heading or out of use.",
        advice="Choose an account below it.",
        code=row.code,
        name=row.name,
    )
