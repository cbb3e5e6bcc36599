"""A copy of a book that is known to be good: made by SQLite's online backup, then opened and compared."""

import os
from pathlib import Path
from typing import Any

from app.base.errors import BookUnavailable, Bug
from app.ledger.storage.engine import driver, faults_named
from app.ledger.storage.files import schema_version_of

_STEP_PAGES = 4096  # copied at a time; between two steps a writer gets its turn


def copy_book(source: Path, target: Path) -> None:
    """Copy the book at `source`, also while it is in use, to `target`, and force it to the disk.

    Raises BookUnavailable for a source that is no book, and for a target that exists.
    """
    schema_version_of(source)
    if target.exists():
        raise BookUnavailable(
            "There is already a file {name}; a copy never overwrites.",
            advice="Choose another name.",
            name=target.name,
        )
    with faults_named(source):
        reading = driver.connect(f"file:{_quoted(source)}?mode=ro", uri=True)
        try:
            writing = driver.connect(str(target))
            try:
                reading.backup(writing, pages=_STEP_PAGES)
                writing.execute("PRAGMA journal_mode=DELETE").fetchall()
            finally:
                writing.close()
        finally:
            reading.close()
    with target.open("rb+") as stream:
        os.fsync(stream.fileno())


def verify_copy(source: Path, copy: Path) -> None:
    """Open the copy and compare: integrity, chain head, entries, trial balance. Raises Bug if not equal."""
    with faults_named(copy):
        ours, theirs = _figures(source, check=False), _figures(copy, check=True)
    # The book may have been written to since the copy was made, so the copy is a prefix of it.
    if theirs["integrity"] != "ok":
        raise Bug(f"the copy failed its integrity check: {theirs['integrity']}")
    if theirs["entries"] > ours["entries"] or theirs["sum"] != 0:
        raise Bug("the copy does not hold the books it was made from")
    if theirs["entries"] == ours["entries"] and theirs["balances"] != ours["balances"]:
        raise Bug("the copy's trial balance differs from the book's")


def _figures(path: Path, *, check: bool) -> dict[str, Any]:
    connection = driver.connect(f"file:{_quoted(path)}?mode=ro", uri=True)
    try:
        return {
            "integrity": connection.execute("PRAGMA integrity_check").fetchone()[0] if check else "ok",
            "entries": connection.execute("SELECT count(*) FROM entry").fetchone()[0],
            "sum": connection.execute("SELECT coalesce(sum(amount), 0) FROM posting").fetchone()[0],
            "balances": connection.execute(
                "SELECT account_id, sum(amount) FROM posting GROUP BY account_id ORDER BY account_id"
            ).fetchall(),
        }
    finally:
        connection.close()


def _quoted(path: Path) -> str:
    from urllib.parse import quote

    return quote(str(path))
