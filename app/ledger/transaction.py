"""The open transaction a handler works in: reads, buffered writes, ids, numbers, and what changed.

Writes are buffered and flushed by one executemany a table before any read and at the end: an import of
100,000 sales is one transaction, and rows one by one would halve its speed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Connection, Executable, Row, Table

from app.base.clock import Clock
from app.base.progress import Progress, Silent
from app.ledger.changes import Changes, Done, Kind
from app.ledger.command import Command
from app.ledger.reader import BookInfo
from app.ledger.storage.engine import insert_rows, write_rows
from app.ledger.storage.tables import insert_text

# Takes the details of a document back: the transaction, the reversed entry's id, the reversing entry's id
# and date.
Reversal = Callable[["Transaction", int, int, date], None]

T = TypeVar("T")

_FLUSH_ROWS = 40_000
_MANY_IDS = 200


@dataclass(slots=True)
class BookState:
    """What the one writer remembers between commands. Thrown away whenever a command fails."""

    next_ids: dict[str, int] = field(default_factory=dict)
    series: dict[tuple[str, str], int] = field(default_factory=dict)
    memos: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Context:
    """What the book hands to each transaction."""

    info: BookInfo
    clock: Clock
    actor: str
    run: Callable[["Transaction", Command], Done]
    reversals: dict[str, Reversal]
    known: dict[str, type[Command]]


class Transaction:
    """A Reader that can write. Lives from BEGIN IMMEDIATE to COMMIT of one command."""

    def __init__(
        self,
        connection: Connection,
        context: Context,
        state: BookState,
        progress: Progress | None = None,
    ) -> None:
        self.connection = connection
        self.context = context
        self.state = state
        self.progress = progress or Silent()
        self._attached: dict[str, Any] = {}
        self._pending: dict[Table, list[tuple[Any, ...]]] = defaultdict(list)
        self._pending_rows = 0
        self._flushers: list[Callable[[], None]] = []
        self._changed: set[tuple[Kind, int]] = set()
        self._kinds: set[Kind] = set()
        self._series_used: set[tuple[str, str]] = set()

    # Reading

    @property
    def info(self) -> BookInfo:
        """What kind of book this is."""
        return self.context.info

    @property
    def today(self) -> date:
        """Today on this computer."""
        return self.context.clock.today()

    def rows(self, statement: Executable) -> Sequence[Row[Any]]:
        """All rows of a SELECT, after what is buffered."""
        self.flush()
        return self.connection.execute(statement).fetchall()

    def row(self, statement: Executable) -> Row[Any] | None:
        """The first row of a SELECT, or None."""
        self.flush()
        return self.connection.execute(statement).first()

    def value(self, statement: Executable) -> Any:
        """The first column of the first row, or None."""
        self.flush()
        return self.connection.execute(statement).scalar()

    def sql(self, text: str, parameters: tuple[Any, ...] = ()) -> Sequence[Any]:
        """All rows of an SQL text."""
        self.flush()
        return self.connection.exec_driver_sql(text, parameters).fetchall()

    # Writing

    def attached(self, key: str, make: Callable[["Transaction"], T]) -> T:
        """Something a slice keeps for this transaction only (a buffer), made at first use."""
        found: T | None = self._attached.get(key)
        if found is None:
            found = self._attached[key] = make(self)
        return found

    def attachment(self, key: str) -> Any:
        """What was attached, or None."""
        return self._attached.get(key)

    def highest_id(self, table_name: str) -> int:
        """The largest key in a table, 0 when it is empty."""
        found = self.connection.exec_driver_sql(f"SELECT max(id) FROM {table_name}").scalar()  # noqa: S608
        return found or 0

    def next_entry_id(self) -> int:
        """The key of the next entry: on the hot path, hence apart from `next_id`."""
        ids = self.state.next_ids
        following = ids.get("entry")
        if following is None:
            following = self.highest_id("entry") + 1
        ids["entry"] = following + 1
        return following

    def next_id(self, table: Table) -> int:
        """The key of the next row of `table`; we hand them out, so that rows can be buffered."""
        name = table.name
        following = self.state.next_ids.get(name)
        if following is None:
            following = self.highest_id(name) + 1
        self.state.next_ids[name] = following + 1
        return following

    def insert(self, table: Table, **values: Any) -> None:
        """Buffer one row; columns not named are NULL, so name those that have another default."""
        self.insert_tuple(table, tuple(values.get(name) for name in table.columns.keys()))  # noqa: SIM118 - not a dict: iterating gives columns

    def insert_tuple(self, table: Table, row: tuple[Any, ...]) -> None:
        """Buffer one row given in the order of the table's columns."""
        self._pending[table].append(row)
        self._pending_rows += 1
        if self._pending_rows >= _FLUSH_ROWS:
            self.flush()

    def execute(self, statement: Executable) -> None:
        """Run an UPDATE, DELETE or INSERT that can't be buffered."""
        self.flush()
        self.connection.execute(statement)

    def many(self, text: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Run an SQL text for each of `rows`."""
        write_rows(self.connection, text, rows)

    def insert_many(self, text: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Run an INSERT that ends with the marks of one row for all `rows`, at once."""
        insert_rows(self.connection, text, rows)

    def on_flush(self, flusher: Callable[[], None]) -> None:
        """Have `flusher` called at each flush: it writes what a slice keeps in memory.

        Flushers run before the buffered rows, in the order in which they were registered.
        """
        self._flushers.append(flusher)

    def flush(self) -> None:
        """Write everything buffered."""
        for flusher in self._flushers:
            flusher()
        if not self._pending_rows:
            return
        self._pending_rows = 0
        pending, self._pending = self._pending, defaultdict(list)
        for table, rows in pending.items():
            insert_rows(self.connection, _insert_text(table), rows)

    # Numbers

    def number(self, prefix: str, on: date) -> str:
        """The next number of a monthly series: `SS-2610-0041`."""
        return self._numbered(prefix, f"{on.year % 100:02d}{on.month:02d}", 4)

    def yearly_number(self, prefix: str, on: date) -> str:
        """The next number of a yearly series: `PJ-2026-0048`."""
        return self._numbered(prefix, str(on.year), 4)

    def running_number(self, prefix: str, digits: int = 4) -> str:
        """The next number of an endless series: `PL-0012`."""
        return self._numbered(prefix, "", digits)

    def _numbered(self, prefix: str, period: str, digits: int) -> str:
        key = (prefix, period)
        last = self.state.series.get(key)
        if last is None:
            found = self.connection.exec_driver_sql(
                "SELECT last FROM series WHERE prefix = ? AND period = ?", key
            ).scalar()
            last = found or 0
        self.state.series[key] = last + 1
        self._series_used.add(key)
        middle = f"-{period}" if period else ""
        return f"{prefix}{middle}-{last + 1:0{digits}d}"

    def write_series(self) -> None:
        """Write the counters that this transaction moved."""
        self.many(
            "INSERT INTO series (prefix, period, last) VALUES (?, ?, ?)"
            " ON CONFLICT (prefix, period) DO UPDATE SET last = excluded.last",
            [(*key, self.state.series[key]) for key in sorted(self._series_used)],
        )
        self._series_used.clear()

    # Other commands, and what changed

    def run(self, command: Command) -> Done:
        """Run another command inside this one, in the same transaction and under the same audit row."""
        return self.context.run(self, command)

    def changed(self, kind: Kind, *ids: int) -> None:
        """Note that things of `kind` changed."""
        self._kinds.add(kind)
        if len(self._changed) < _MANY_IDS:
            self._changed.update((kind, item) for item in ids)

    def changes(self) -> Changes:
        """What was noted. Of very many ids none is kept: whoever shows them reloads all."""
        many = len(self._changed) >= _MANY_IDS
        return Changes(frozenset(self._kinds), frozenset() if many else frozenset(self._changed))

    def memo(self, key: str, make: Callable[[], Any]) -> Any:
        """Something a slice remembers between commands (the chart, locked months), made once."""
        if key not in self.state.memos:
            self.state.memos[key] = make()
        return self.state.memos[key]

    def forget(self, *keys: str) -> None:
        """Forget remembered things that this command changed."""
        for key in keys:
            self.state.memos.pop(key, None)


_INSERTS: dict[Table, str] = {}


def _insert_text(table: Table) -> str:
    text = _INSERTS.get(table)
    if text is None:
        text = _INSERTS[table] = insert_text(table)
    return text


def ids_text(ids: Iterable[int]) -> str:
    """Whole numbers for an SQL IN list."""
    return ", ".join(str(int(item)) for item in ids)
