"""The file in which records are looked up by words: beside the book, disposable, never in the way of posting.

It lies in the user's cache folder under the book's own name and holds, for each entry (rowid = entry), the words
of number, memo, party, amount and day in a full-text index without the texts themselves. It follows the book by
the key of the last entry it knows. It is thrown away and made anew when it is damaged, or when the book is not the
one it was made from: the audit's hash where it stopped must still stand there.

A book with a password comes later. Its words must then not lie here in clear: this file is to be encrypted with the
book's key, or not made at all.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from app.base.i18n import N_
from app.base.progress import Progress, Silent
from app.ledger.storage.engine import driver

VERSION = 1
CHUNK = 10_000
# Beginnings of words up to this length have an index of their own; longer ones are found by it and then compared.
LONGEST_PREFIX = 6
INDEXING = N_("Preparing the search")

_SCHEMA = (
    "CREATE VIRTUAL TABLE words USING fts5(number, memo, party, amount, day, content='', contentless_delete=1,"
    " detail=none, prefix='1 2 3 4 5 6', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TABLE state (id INTEGER PRIMARY KEY CHECK (id = 1), uid TEXT NOT NULL, entry INTEGER NOT NULL,"
    " entry_day TEXT NOT NULL, audit INTEGER NOT NULL, hash BLOB NOT NULL) STRICT",
    # The parties of the entries that are in the index, under the name they had then.
    "CREATE TABLE named (party INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT",
    # How many entries of a kind a day has: where in a list of a million a day begins.
    "CREATE TABLE counted (date TEXT, source TEXT, entries INTEGER NOT NULL, PRIMARY KEY (date, source))"
    " STRICT, WITHOUT ROWID",
    f"PRAGMA user_version = {VERSION}",
)
# An entry's day as words of its own, which nobody types by chance: d20261124, t1124, b202611; its kind as ksales.
_SOURCE = (
    "SELECT e.id, e.number, e.memo, coalesce(y.name, (SELECT group_concat(z.name, ' ') FROM book.posting AS q"
    " JOIN book.party AS z ON z.id = q.party_id WHERE q.entry_id = e.id), ''), {amount},"
    " 'd' || replace(e.date, '-', '') || ' t' || substr(e.date, 6, 2) || substr(e.date, 9, 2)"
    " || ' b' || substr(e.date, 1, 4) || substr(e.date, 6, 2) || ' k' || replace(e.source, '-', '')"
    " FROM book.entry AS e LEFT JOIN book.party AS y ON y.id = e.party_id"
)
_NAMED = (
    "INSERT OR IGNORE INTO named SELECT y.id, y.name FROM book.party AS y WHERE y.id IN ("
    "SELECT e.party_id FROM book.entry AS e WHERE e.id > ? AND e.id <= ?"
    " UNION SELECT q.party_id FROM book.posting AS q WHERE q.entry_id > ? AND q.entry_id <= ?)"
)
_COUNTED = (
    "INSERT INTO counted SELECT e.date, e.source, count(*) FROM book.entry AS e WHERE e.id > ? AND e.id <= ?"
    " GROUP BY e.date, e.source ON CONFLICT (date, source) DO UPDATE SET entries = entries + excluded.entries"
)
# What may have changed a name: a command that posts nothing, or one that holds several.
_MAY_RENAME = (
    "SELECT 1 FROM book.audit WHERE id > ? AND (first_entry IS NULL OR command IN ('import-file', 'record-together'))"
    " LIMIT 1"
)
_RENAMED = "SELECT y.id FROM named AS n JOIN book.party AS y ON y.id = n.party WHERE y.name <> n.name"
_OF_PARTIES = (
    "SELECT e.id FROM book.entry AS e WHERE e.id <= ? AND e.party_id IN ({keys})"
    " UNION SELECT q.entry_id FROM book.posting AS q WHERE q.entry_id <= ? AND q.party_id IN ({keys})"
)


class Place(NamedTuple):
    """How far the file has followed the book."""

    entry: int
    audit: int


class SearchFile:
    """The index of one book. Reading and following have a connection each, so that a search never waits."""

    def __init__(self, path: Path, book: Path, uid: str, amount: str) -> None:
        """Open the file, or make it. `amount` is the SQL of an entry's amount, for entry `e` of schema `book`."""
        self.path = path
        self._book = book
        self._uid = uid
        self._source = _SOURCE.format(amount=amount)
        self._writing: Any = None
        self._reading: Any = None
        self._lock = threading.Lock()
        self.usable = True
        with self._lock:
            self._open()

    @property
    def place(self) -> Place:
        """Where it stands; 0 for both when nothing is in it yet."""
        reading = self._reading
        if reading is None:
            return Place(0, 0)
        try:
            row = reading.execute("SELECT entry, audit FROM state").fetchone()
        except driver.Error:
            self._renew()
            return Place(0, 0)
        return Place(*row) if row else Place(0, 0)

    def find(self, words: str, limit: int, before: int = 0) -> list[int]:
        """The keys of the newest entries that an FTS5 expression fits, those recorded last first."""
        reading = self._reading
        if reading is None:
            return []
        older = " AND rowid < ?" if before else ""
        try:
            rows = reading.execute(
                f"SELECT rowid FROM words WHERE words MATCH ?{older} ORDER BY rowid DESC LIMIT ?",  # noqa: S608
                (words, *((before,) if before else ()), limit),
            ).fetchall()
        except driver.Error:
            self._renew()
            return []
        return [row[0] for row in rows]

    def day_counts(self, kinds: Sequence[str], first: str, last: str) -> list[tuple[str, int]]:
        """How many entries of these kinds (all when empty) each day from `first` to `last` has, the newest first."""
        reading = self._reading
        if reading is None:
            return []
        where = f" AND source IN ({', '.join('?' * len(kinds))})" if kinds else ""
        try:
            rows = reading.execute(
                f"SELECT date, sum(entries) FROM counted WHERE date >= ? AND date <= ?{where}"  # noqa: S608
                " GROUP BY date ORDER BY date DESC",
                (first, last, *kinds),
            ).fetchall()
        except driver.Error:
            self._renew()
            return []
        return [(on, count) for on, count in rows]

    def follow(self, progress: Progress | None = None, *, wait: bool = True) -> bool:
        """Take in what the book has recorded since; False when another thread is at it and `wait` is not wanted.

        Raises Cancelled between two steps; what was taken in until then stays.
        """
        if not self._lock.acquire(blocking=wait):
            return False
        try:
            if self.usable:
                self._follow(progress or Silent())
        except driver.DatabaseError:
            # Damaged, or no room on the disk: a search file is not worth a message. Once more, from the beginning.
            self._open(anew=True)
            if self.usable:
                self._give_up_on_error(progress or Silent())
        finally:
            self._lock.release()
        return True

    def close(self) -> None:
        """Let the files go. Close it before the book, whose log it reads."""
        with self._lock:
            self._close()
            self.usable = False

    # Inside

    def _open(self, *, anew: bool = False) -> None:
        try:
            if anew:
                self._throw_away()
            self._connect()
            if not self._belongs():
                self._throw_away()
                self._connect()
                self._make()
            self._reading = _connection(self.path, "ro")
        except (driver.Error, OSError):
            if anew:
                self._close()
                self.usable = False
            else:
                self._open(anew=True)

    def _connect(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._writing = _connection(self.path, "rwc")
        self._writing.execute("PRAGMA journal_mode=WAL").fetchall()
        self._writing.execute("PRAGMA synchronous=NORMAL").fetchall()
        self._writing.execute("PRAGMA cache_size=-16000").fetchall()
        try:
            self._writing.execute("ATTACH ? AS book", (_address(self._book, "ro"),))
        except driver.OperationalError:
            self._writing.execute("ATTACH ? AS book", (_address(self._book, "ro") + "&immutable=1",))

    def _make(self) -> None:
        with self._transaction():
            for statement in _SCHEMA:
                self._writing.execute(statement)
            self._writing.execute("INSERT INTO state VALUES (1, ?, 0, '', 0, x'')", (self._uid,))

    def _belongs(self) -> bool:
        """Whether the file is of this version and of this very book, as far as it has followed it."""
        run = self._writing.execute
        if run("PRAGMA user_version").fetchone()[0] != VERSION:
            return False
        uid, entry, day, audit, hash_ = run("SELECT uid, entry, entry_day, audit, hash FROM state").fetchone()
        if uid != self._uid:
            return False
        found = run("SELECT date FROM book.entry WHERE id = ?", (entry,)).fetchone()
        if entry and (found is None or found[0] != day):
            return False
        sealed = run("SELECT hash FROM book.audit WHERE id = ?", (audit,)).fetchone()
        return not audit or (sealed is not None and bytes(sealed[0]) == bytes(hash_))

    def _follow(self, progress: Progress) -> None:
        run = self._writing.execute
        entry, audit = run("SELECT entry, audit FROM state").fetchone()
        newest = run("SELECT coalesce(max(id), 0) FROM book.entry").fetchone()[0]
        # Names are read after this row was: whatever is renamed from here on has a later one, and is seen next time.
        sealed = run("SELECT id, hash FROM book.audit ORDER BY id DESC LIMIT 1").fetchone() or (0, b"")
        head = sealed[0]
        if head > audit and entry and run(_MAY_RENAME, (audit,)).fetchone():
            with self._transaction():
                self._rename(entry)
        first = entry
        while entry < newest:
            progress.step(entry - first, newest - first, INDEXING)
            with self._transaction():
                entry = self._take_in(entry, min(entry + CHUNK, newest), sealed)
        if head > audit and first == newest:
            with self._transaction():
                self._stand_at(newest, sealed)
        if newest - first > CHUNK:
            self._tidy()

    def _take_in(self, after: int, upto: int, sealed: Sequence[Any]) -> int:
        run = self._writing.execute
        run(
            "INSERT INTO words (rowid, number, memo, party, amount, day) "
            f"{self._source} WHERE e.id > ? AND e.id <= ? ORDER BY e.id",
            (after, upto),
        )
        run(_NAMED, (after, upto, after, upto))
        run(_COUNTED, (after, upto))
        self._stand_at(upto, sealed)
        return upto

    def _stand_at(self, entry: int, sealed: Sequence[Any]) -> None:
        run = self._writing.execute
        day = run("SELECT coalesce(max(date), '') FROM book.entry WHERE id = ?", (entry,)).fetchone()[0]
        audit, hash_ = sealed
        run(
            "UPDATE state SET entry = ?, entry_day = ?, audit = ?, hash = ?",
            (entry, day, audit, bytes(hash_)),
        )

    def _rename(self, upto: int) -> None:
        """Index the entries of those anew whose name is another one now."""
        run = self._writing.execute
        parties = [row[0] for row in run(_RENAMED).fetchall()]
        for keys in _few(parties):
            text = _OF_PARTIES.format(keys=keys)
            run(f"DELETE FROM words WHERE rowid IN ({text})", (upto, upto))  # noqa: S608 - keys of ours
            run(
                f"INSERT INTO words (rowid, number, memo, party, amount, day) {self._source}"
                f" WHERE e.id IN ({text}) ORDER BY e.id",
                (upto, upto),
            )
            run(
                "UPDATE named SET name = (SELECT y.name FROM book.party AS y WHERE y.id = named.party)"  # noqa: S608
                f" WHERE party IN ({keys})"
            )

    def _tidy(self) -> None:
        """Join the parts that following in steps has left: a search then looks into one."""
        with self._transaction():
            self._writing.execute("INSERT INTO words (words) VALUES ('optimize')")
        self._writing.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _give_up_on_error(self, progress: Progress) -> None:
        try:
            self._follow(progress)
        except driver.DatabaseError:
            self._close()
            self.usable = False

    def _renew(self) -> None:
        with self._lock:
            if self.usable:
                self._open(anew=True)

    def _throw_away(self) -> None:
        self._close()
        for end in ("", "-wal", "-shm"):
            Path(f"{self.path}{end}").unlink(missing_ok=True)

    def _close(self) -> None:
        for connection in (self._reading, self._writing):
            if connection is not None:
                connection.close()
        self._reading = self._writing = None

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._writing.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._writing.execute("ROLLBACK")
            raise
        self._writing.execute("COMMIT")


def _connection(path: Path, mode: str) -> Any:
    connection = driver.connect(_address(path, mode), uri=True, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA busy_timeout=5000").fetchall()
        connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def _address(path: Path, mode: str) -> str:
    return f"file:{quote(str(path))}?mode={mode}"


def _few(keys: Sequence[int], size: int = 500) -> Iterator[str]:
    for start in range(0, len(keys), size):
        yield ", ".join(str(key) for key in keys[start : start + size])


__all__ = ["CHUNK", "INDEXING", "LONGEST_PREFIX", "Place", "SearchFile"]
