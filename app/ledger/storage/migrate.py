"""Bringing a book to the schema of this program: on a copy, checked, then swapped.

The old file stays beside it as "before the update". A book of a newer program is refused.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection

from app.base.errors import BookUnavailable, Bug
from app.ledger.storage.backup import copy_book
from app.ledger.storage.engine import APPLICATION_ID, writer_engine
from app.ledger.storage.files import schema_version_of
from app.ledger.storage.migrations import CURRENT, REVISIONS, Revision, guard_statements


def create_schema(connection: Connection, revisions: Sequence[Revision] = REVISIONS) -> None:
    """Make all tables and guards of a new book, in the open transaction."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    _upgrade(connection, 0, revisions)


def needs_migration(path: Path) -> bool:
    """True when the book at `path` is older than this program; raises when it is newer."""
    version = schema_version_of(path)
    if version > CURRENT:
        raise BookUnavailable(
            "The book {name} was written by a newer Lumbung (it needs schema {needed}, this program has {ours}).",
            advice="Update Lumbung on this computer, then open the book again. The book is untouched.",
            name=path.name,
            needed=version,
            ours=CURRENT,
        )
    return version < CURRENT


def migrate(path: Path, revisions: Sequence[Revision] = REVISIONS) -> Path:
    """Upgrade the book at `path` on a verified copy and swap it in; returns where the old file stays.

    The caller holds the book's lock. On any failure the book is as it was.
    """
    version = schema_version_of(path)
    draft = path.with_name(path.name + ".updating")
    draft.unlink(missing_ok=True)
    try:
        copy_book(path, draft)
        engine = writer_engine(draft)
        try:
            with engine.connect() as connection:
                _migrate_copy(connection, version, revisions)
        finally:
            engine.dispose()
        kept = _free_name(path, version)
        os.replace(path, kept)
        os.replace(draft, path)
        return kept
    finally:
        for leftover in (draft, Path(f"{draft}-wal"), Path(f"{draft}-shm")):
            leftover.unlink(missing_ok=True)


def _migrate_copy(connection: Connection, version: int, revisions: Sequence[Revision]) -> None:
    """Upgrade the copy and compare its books with what they were."""
    driver = connection.connection.driver_connection
    if driver is None:
        raise Bug("no connection to migrate on")
    # Outside any transaction, where alone these pragmas work: tables are rebuilt while rows point at them.
    driver.execute("PRAGMA foreign_keys = OFF")
    with connection.begin():
        before = trial_balance_of(connection)
        _upgrade(connection, version, revisions)
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if lost or before != trial_balance_of(connection):
            raise Bug(f"the migration from schema {version} changed the books")
    sound = driver.execute("PRAGMA integrity_check").fetchone()[0]
    if sound != "ok":
        raise Bug(f"the migration from schema {version} left a damaged file: {sound}")
    driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def trial_balance_of(connection: Connection) -> list[tuple[int, int]]:
    """Each account's sum over all postings, the figure a migration or a copy must not change."""
    rows = connection.exec_driver_sql(
        "SELECT account_id, sum(amount) FROM posting GROUP BY account_id ORDER BY account_id"
    )
    return [(account, total) for account, total in rows]


def _upgrade(connection: Connection, version: int, revisions: Sequence[Revision]) -> None:
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    operations = Operations(MigrationContext.configure(connection))
    for (name,) in connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall():
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    for revision in revisions:
        if revision.version > version:
            revision.upgrade(operations)
    for statement in guard_statements():
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"PRAGMA user_version = {revisions[-1].version}")


def _free_name(path: Path, version: int) -> Path:
    for number in range(1, 1000):
        suffix = "" if number == 1 else f" ({number})"
        candidate = path.with_name(f"{path.stem} (sebelum pembaruan {version}){suffix}{path.suffix}")
        if not candidate.exists():
            return candidate
    raise Bug("no free name for the book before the update")
