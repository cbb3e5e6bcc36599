"""The one SQLite engine of Lumbung, the one inside sqlcipher3, with the pragmas that keep books safe.

Python's own sqlite3 is whatever the machine has, and each SQLite up to 3.51.2 can lose a WAL reset.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, DBAPIError
from sqlalchemy.pool import StaticPool

from app.base.errors import BookUnavailable, Bug, Refused

APPLICATION_ID = 0x4C6D6247  # "LmbG"
OLDEST_SOUND_ENGINE = (3, 51, 3)

_PRAGMAS = (
    "foreign_keys=ON",
    "busy_timeout=5000",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "temp_store=MEMORY",
    "cache_size=-32000",
)
_WRITER_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "wal_autocheckpoint=1000",
    "journal_size_limit=67108864",
    "secure_delete=FAST",
)

# The driver looks for an adapter of each None and bytes it binds, and finding none costs it more than all else
# about the value. These give back what they get.
driver.register_adapter(type(None), {}.get)
driver.register_adapter(bytes, bytes)

# So many rows an INSERT: a table with guards costs each statement a journal of its own.
_TOGETHER = 200


def engine_version() -> tuple[int, ...]:
    """The version of the SQLite inside sqlcipher3."""
    return tuple(int(part) for part in driver.sqlite_version.split("."))


def gate() -> None:
    """Raise Bug when the program was packed with an engine that can lose data."""
    if engine_version() < OLDEST_SOUND_ENGINE:
        raise Bug(f"SQLite {driver.sqlite_version} is older than 3.51.3 and can lose data")


def writer_engine(path: Path) -> Engine:
    """The engine of the one writing connection. `begin` takes the write lock at once."""
    engine = _engine(lambda: _connect(f"file:{quote(str(path))}?mode=rw", _WRITER_PRAGMAS))

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.connection.driver_connection.execute("BEGIN IMMEDIATE")

    return engine


def reader_engine(path: Path) -> Engine:
    """An engine that can't write. `begin` opens a snapshot that later writes don't disturb."""
    address = f"file:{quote(str(path))}?mode=ro"

    def connect() -> Any:
        try:
            return _connect(address, ("query_only=ON",))
        except driver.OperationalError:
            # A folder we may not write to (a read-only stick) has no room for the WAL's index.
            return _connect(address + "&immutable=1", ("query_only=ON",))

    engine = _engine(connect)

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN")
        connection.exec_driver_sql("SELECT 1 FROM book").fetchall()

    return engine


def _engine(creator: Any) -> Engine:
    return create_engine("sqlite://", module=driver, creator=creator, poolclass=StaticPool)


def _connect(address: str, pragmas: tuple[str, ...]) -> Any:
    connection = driver.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    try:
        for pragma in (*_PRAGMAS, *pragmas):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def write_rows(connection: Connection, text: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Run an SQL text once for each of `rows`, in the connection's open transaction.

    Straight on the driver: with the statements of one command, SQLAlchemy's own share of each would cost
    as much as the disk does.
    """
    if not rows:
        return
    driver_connection = connection.connection.driver_connection
    if driver_connection is None:
        raise Bug("the connection is closed")
    if len(rows) == 1:
        driver_connection.execute(text, rows[0])
    else:
        driver_connection.executemany(text, rows)


def insert_rows(connection: Connection, text: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert `rows`; `text` is an INSERT that ends with the marks of one row. Many rows share a statement."""
    whole = len(rows) // _TOGETHER * _TOGETHER
    if whole:
        head, marks = text.split(" VALUES ")
        together = f"{head} VALUES {', '.join([marks] * _TOGETHER)}"
        starts = range(0, whole, _TOGETHER)
        write_rows(
            connection,
            together,
            [tuple(chain.from_iterable(rows[start : start + _TOGETHER])) for start in starts],
        )
    write_rows(connection, text, rows[whole:])


@contextmanager
def faults_named(path: Path) -> Iterator[None]:
    """Turn the database's own errors into sentences for the person, or into a Bug."""
    try:
        yield
    except (driver.Error, DBAPIError) as error:
        raise translated(error, path) from error


def translated(error: Exception, path: Path) -> Exception:
    """The error of ours that says what `error` of the database means for the book at `path`."""
    origin: BaseException = error
    if isinstance(error, DBAPIError) and error.orig is not None:
        origin = error.orig
    text = str(origin)
    if "database or disk is full" in text:
        return Refused(
            "The disk is full, so nothing could be saved.",
            advice="Free some space (200 MB is plenty) and try again.",
        )
    if "locked" in text and "month" not in text:
        return BookUnavailable(
            "The book {name} is being used by another program.",
            advice="Close it there and try again. The book is untouched.",
            name=path.name,
        )
    if isinstance(origin, driver.DatabaseError) and (
        "malformed" in text or "not a database" in text or "disk I/O error" in text
    ):
        return damaged(path)
    if isinstance(origin, driver.OperationalError) and "unable to open" in text:
        return BookUnavailable(
            "The book {name} can't be opened.",
            advice="Check that the folder still exists and that you may write in it.",
            name=path.name,
        )
    if isinstance(origin, driver.OperationalError) and "readonly" in text:
        return BookUnavailable(
            "The book {name} can only be read: its file or folder is write-protected.",
            advice="Copy it to a folder of your own and open the copy.",
            name=path.name,
        )
    return Bug(f"{type(origin).__name__}: {text}")


def damaged(path: Path) -> BookUnavailable:
    """What to say of a file that is no longer whole."""
    return BookUnavailable(
        "The book {name} is damaged and was not opened. The file is untouched.",
        advice="Copy the file aside, then restore the newest backup with: lumbung restore BACKUP -o BOOK",
        name=path.name,
    )


__all__ = [
    "APPLICATION_ID",
    "DatabaseError",
    "damaged",
    "driver",
    "engine_version",
    "faults_named",
    "gate",
    "insert_rows",
    "reader_engine",
    "translated",
    "write_rows",
    "writer_engine",
]
