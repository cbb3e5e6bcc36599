"""Reading a book as it was at one moment. Light on purpose: a report on the command line needs no more."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Executable, Row

from app.base.errors import BookUnavailable
from app.ledger.profile.queries import read_info
from app.ledger.reader import BookInfo
from app.ledger.storage.engine import faults_named, gate, reader_engine
from app.ledger.storage.migrate import needs_migration


class Snapshot:
    """A reading of the book that later writes don't disturb. Close it, or use it in a with."""

    def __init__(self, engine: Engine, path: Path, today: date) -> None:
        self._engine = engine
        self._path = path
        self.today = today
        self.kept: dict[Any, Any] = {}
        with faults_named(path):
            self._connection = engine.connect()
            try:
                self._connection.begin()
                self._info = read_info(self)
            except BaseException:
                self.close()
                raise

    @property
    def info(self) -> BookInfo:
        """What kind of book it is."""
        return self._info

    def rows(self, statement: Executable) -> Sequence[Row[Any]]:
        """All rows of a SELECT."""
        with faults_named(self._path):
            return self._connection.execute(statement).fetchall()

    def row(self, statement: Executable) -> Row[Any] | None:
        """The first row of a SELECT, or None."""
        with faults_named(self._path):
            return self._connection.execute(statement).first()

    def value(self, statement: Executable) -> Any:
        """The first column of the first row, or None."""
        with faults_named(self._path):
            return self._connection.execute(statement).scalar()

    def sql(self, text: str, parameters: tuple[Any, ...] = ()) -> Sequence[Any]:
        """All rows of an SQL text, as plain tuples."""
        with faults_named(self._path):
            return self._connection.exec_driver_sql(text, parameters).cursor.fetchall()

    def close(self) -> None:
        """Give the snapshot up."""
        self._connection.close()
        self._engine.dispose()

    def __enter__(self) -> "Snapshot":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_snapshot(path: Path, today: date, *, older: bool = False) -> Snapshot:
    """Read the book at `path` without opening it for writing: no lock, no migration.

    `older` reads a book of an older schema as well, for questions that each schema answers: what is in a backup.
    Raises BookUnavailable for a file that is no book, damaged, newer, or older than this program reads.
    """
    gate()
    if needs_migration(path) and not older:
        raise BookUnavailable(
            "The book {name} is from an older Lumbung and has to be updated first.",
            advice="Open it once in the program; the old file is kept.",
            name=path.name,
        )
    return Snapshot(reader_engine(path), path, today)
