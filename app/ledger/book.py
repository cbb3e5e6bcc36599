"""The book: opened, written by execute alone, read by snapshots.

`execute` is the only writer. It opens one transaction, runs the command's handler, writes one audit row,
commits, and tells subscribers once what changed. Any exception rolls all of it back.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import Connection, Engine

from app.base.clock import Clock
from app.base.errors import Bug, Refused
from app.base.progress import Progress
from app.ledger import audit
from app.ledger.changes import Changes, Done, Outcome
from app.ledger.command import Command, command_name, from_json
from app.ledger.profile.commands import SetProfile
from app.ledger.reader import BookInfo
from app.ledger.snapshot import Snapshot
from app.ledger.storage.engine import faults_named, gate, reader_engine, writer_engine
from app.ledger.storage.lock import BookLock
from app.ledger.storage.migrate import migrate, needs_migration
from app.ledger.transaction import BookState, Context, Transaction

if TYPE_CHECKING:
    from app.ledger.slices import Rules

_NO_ENTRIES = audit.EntriesDigest().value()


def _rules() -> "Rules":
    """What can be done, loaded with the first command and not with the book.

    The rules and tables of all slices take as long to load as all else that a window needs to show a book.
    """
    from app.ledger.slices import rules

    return rules()


class Book:
    """An open book. One writer at a time, guarded by a lock file beside the book."""

    # The modules that the first command loads, in portions: a window has them ready before it is asked for.
    RULES: ClassVar = ("sqlmodel", "app.ledger.entries.slice", "app.ledger.loans.slice", "app.ledger.slices")

    def __init__(self, path: Path, engine: Engine, lock: BookLock, clock: Clock, actor: str) -> None:
        self.path = path
        self.clock = clock
        self.actor = actor
        self._engine = engine
        self._lock = lock
        self._state = BookState()
        self._tail: tuple[int, bytes] | None = None
        self._subscribers: list[Callable[[Changes], None]] = []
        self._connection: Connection = engine.connect()
        self._info: BookInfo | None = None
        # Where the book lies as it was before this opening brought it to a newer schema; None when it did not.
        self.before_update: Path | None = None

    # Opening and closing

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        kind: str,
        name: str,
        clock: Clock,
        actor: str,
        training: bool = False,
    ) -> "Book":
        """Make a book with the standard chart of accounts. Raises Refused when the file exists."""
        gate()
        if path.exists():
            raise Refused(
                "There is already a file {name}; a new book never overwrites.",
                advice="Choose another name.",
                name=path.name,
            )
        if not path.parent.is_dir():
            raise Refused("There is no folder {folder}.", advice="Make it first.", folder=str(path.parent))
        from app.ledger.new_book import fill_new_book

        lock = BookLock(path)
        lock.acquire()
        try:
            with faults_named(path):
                path.touch(exist_ok=False)
                engine = writer_engine(path)
                try:
                    fill_new_book(engine, kind, name, clock, actor, training=training)
                finally:
                    engine.dispose()
        except BaseException:
            for leftover in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
                leftover.unlink(missing_ok=True)
            raise
        finally:
            lock.release()
        return cls.open(path, clock=clock, actor=actor)

    @classmethod
    def open(cls, path: Path, *, clock: Clock, actor: str) -> "Book":
        """Open a book for writing; an older one is brought up to date on a verified copy.

        Raises BookUnavailable when it is missing, damaged, newer, or open elsewhere.
        """
        gate()
        needs_migration(path)  # a missing or foreign file must not leave a lock file behind
        lock = BookLock(path)
        lock.acquire()
        try:
            before_update = migrate(path) if needs_migration(path) else None
            with faults_named(path):
                book = cls(path, writer_engine(path), lock, clock, actor)
            book.before_update = before_update
            return book
        except BaseException:
            lock.release()
            raise

    def close(self) -> None:
        """Write the log into the file, so that a copied file is whole, and give the lock back."""
        with faults_named(self.path):
            self._connection.rollback()
            driver = self._connection.connection.driver_connection
            if driver is not None:
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            self._connection.close()
        self._engine.dispose()
        self._lock.release()

    def __enter__(self) -> "Book":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Writing

    def execute(self, command: Command, progress: Progress | None = None) -> Outcome:
        """Do `command`, all of it or nothing.

        Raises Refused or UserError when a rule says no, BookUnavailable when the file fails.
        """
        return self._execute(command, None, progress)

    def try_out(self, command: Command, progress: Progress | None = None) -> Done:
        """Do `command` and take all of it back: what would happen, for a dry run or a preview."""
        with faults_named(self.path), self._transaction(progress) as tx:
            done = self._run(tx, command)
            tx.flush()
            self._connection.rollback()
            self._forget()
        return done

    def undo(self) -> Outcome:
        """Take back the last command that is not itself an undo, and was not undone already.

        Raises Refused when there is none, or with the reason why it can't be taken back.
        """
        with faults_named(self.path):
            row = self._connection.exec_driver_sql(
                "SELECT id, command, undo FROM audit WHERE undoes IS NULL"
                " AND id NOT IN (SELECT undoes FROM audit WHERE undoes IS NOT NULL)"
                " ORDER BY id DESC LIMIT 1"
            ).first()
            self._connection.rollback()
        if row is None:
            raise Refused("There is nothing to take back.")
        key, name, undo = row
        if undo is None:
            raise Refused("The last command ({name}) can't be taken back.", name=name)
        fields = json.loads(undo)
        command = from_json(self.known[fields.pop("command")], fields, self.known)
        return self._execute(command, key, None)

    def subscribe(self, listener: Callable[[Changes], None]) -> Callable[[], None]:
        """Have `listener` told once after each commit; returns what ends that."""
        self._subscribers.append(listener)
        return lambda: self._subscribers.remove(listener)

    # Reading

    def snapshot(self) -> Snapshot:
        """A reading of the book as it is now."""
        return Snapshot(reader_engine(self.path), self.path, self.clock.today())

    @property
    def info(self) -> BookInfo:
        """What kind of book it is."""
        if self._info is None:
            with self.snapshot() as snapshot:
                self._info = snapshot.info
        return self._info

    @property
    def known(self) -> dict[str, type[Command]]:
        """Every command of this program by name."""
        return _rules().known

    def _execute(self, command: Command, undoes: int | None, progress: Progress | None) -> Outcome:
        with faults_named(self.path), self._transaction(progress) as tx:
            done = self._run(tx, command)
            tx.flush()
            tx.write_series()
            buffer = tx.attachment("entries")
            entry_ids: tuple[int, ...] = ()
            digest = _NO_ENTRIES
            if buffer is not None and buffer.first is not None:
                entry_ids = (buffer.first, buffer.last)
                digest = buffer.digest.value()
            tail = audit.append(
                self._connection,
                command=command,
                actor=self.actor,
                clock=self.clock,
                last=self._tail or audit.last_row(self._connection),
                entry_ids=entry_ids,
                digest=digest,
                undo=done.undo,
                undoes=undoes,
            )
            self._connection.commit()
            self._tail = tail
            changes = tx.changes()
        if isinstance(command, SetProfile):
            self._info = None
        outcome = Outcome(done.number, done.value, done.undo, changes, tail[0])
        for listener in tuple(self._subscribers):
            listener(changes)
        return outcome

    @contextmanager
    def _transaction(self, progress: Progress | None) -> Iterator[Transaction]:
        rules = _rules()
        context = Context(self.info, self.clock, self.actor, self._run, rules.reversals, rules.known)
        self._connection.begin()
        try:
            yield Transaction(self._connection, context, self._state, progress)
        except BaseException:
            self._connection.rollback()
            self._forget()
            raise

    def _forget(self) -> None:
        self._state = BookState()
        self._tail = None
        self._info = None

    def _run(self, tx: Transaction, command: Command) -> Done:
        handler = _rules().handlers.get(type(command))
        if handler is None:
            raise Bug(f"no slice handles {command_name(command)}")
        if tx.info.kind not in command.kinds:
            raise Refused(
                "{command} is not for a book of this kind.",
                advice="A business book has sales and purchases, a cooperative book members, savings and loans.",
                command=command_name(command),
            )
        return handler(tx, command)
