"""A copy of a book that is known to be good: made by SQLite's online backup, then opened and compared.

The book is read through the engine alone, never as a plain file: closing a plain file would drop the locks
that this process holds on an open book.
"""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from app.base.clock import Clock
from app.base.errors import BookUnavailable, Bug, Refused, UserError
from app.ledger.storage.engine import APPLICATION_ID, driver, faults_named
from app.ledger.storage.files import schema_version_of

_STEP_PAGES = 4096  # copied at a time; between two steps other threads get their turn


class Figures(NamedTuple):
    """What a copy must have in common with its book."""

    last_entry: int
    audit_head: tuple[int, bytes] | None
    balances: tuple[tuple[int, int], ...]  # kept balance by account, rupiah, debit positive


def make_backup(book: Path, folder: Path, clock: Clock) -> Path:
    """Put one verified copy of `book`, also while it is in use, into `folder`, which is made if missing.

    Returns the copy: `NAME-2026-11-24-0900.lumbung`, by the time where the device stands. Raises
    BookUnavailable for a book that is missing, damaged, or whose balances do not add up; UserError for a
    folder that can't be made. On any failure no file is left.
    """
    with faults_named(book), _snapshot(book):
        pass  # a book that can't be read must not leave a new folder behind
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            "The folder {folder} can't be made.",
            advice="Choose another folder for the copies.",
            folder=str(folder),
        ) from error
    with _draft(folder / book.name) as draft:
        verify_copy(book, draft, copy_book(book, draft))
        return _put(draft, _names(folder, book, clock))


def restore(backup: Path, target: Path, prove: Callable[[Path], None] | None = None) -> None:
    """Make the book `target` from a backup. It is verified first, and never overwrites.

    `prove` is shown the finished copy before it takes its place, and raises when it should not.
    """
    _refuse_taken(target)
    schema_version_of(backup)
    with _draft(target) as draft:
        verify_copy(backup, draft, copy_book(backup, draft))
        if prove is not None:
            prove(draft)
        _put(draft, iter([target]))


def copy_book(source: Path, target: Path) -> Figures:
    """Copy the book at `source`, also while it is in use, to `target`, and force it to the disk.

    Returns the figures of the book at the moment of the copy. Raises BookUnavailable for a source that is
    no book, and for a target that exists.
    """
    if target.exists():
        raise BookUnavailable(
            "There is already a file {name}; a copy never overwrites.",
            advice="Choose another name.",
            name=target.name,
        )
    with faults_named(source), _snapshot(source) as reading:
        figures = _figures(reading)
        writing = driver.connect(str(target), isolation_level=None)
        try:
            # The disk is asked once, at the end, for the whole file.
            writing.execute("PRAGMA synchronous=OFF").fetchall()
            # The reading holds its snapshot, so that writers neither wait nor make the copy start anew.
            reading.backup(writing, pages=_STEP_PAGES)
            writing.execute("PRAGMA journal_mode=DELETE").fetchall()
        finally:
            writing.close()
    with target.open("rb+") as stream:
        os.fsync(stream.fileno())
    return figures


def verify_copy(source: Path, copy: Path, expected: Figures) -> None:
    """Open the copy and compare: file, postings with kept balances, balances and audit head with the book's.

    Raises BookUnavailable, naming `source`, when what was copied is not sound; Bug when the copy differs.
    """
    with faults_named(source):
        connection = driver.connect(_address(copy, "ro"), uri=True, isolation_level=None)
        try:
            sound = connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
            figures = _figures(connection) if sound else None
            posted = _posted(connection) if sound else ()
        finally:
            connection.close()
    if figures is None:
        raise BookUnavailable(
            "{name} is damaged, so no copy of it was kept. The file is untouched.",
            advice="Keep the file aside and restore an older backup: lumbung restore BACKUP -o BOOK",
            name=source.name,
        )
    if posted != figures.balances or sum(amount for _, amount in posted) != 0:
        raise BookUnavailable(
            "The balances of {name} do not add up, so no copy of it was kept. The file is untouched.",
            advice="See what is wrong with: lumbung check BOOK. An older backup may still be sound.",
            name=source.name,
        )
    if figures != expected:
        raise Bug("the copy does not hold the books it was made from")


@contextmanager
def _snapshot(path: Path) -> Iterator[Any]:
    """A connection that reads the book as it is at one moment, without keeping anyone from writing."""
    try:
        connection = _reading(path)
    except driver.Error:
        schema_version_of(path)  # says in words what kind of file it is instead
        raise
    try:
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            schema_version_of(path)
            raise Bug(f"{path.name} has the head of a book and another application id")
        yield connection
    finally:
        connection.close()


def _reading(path: Path) -> Any:
    try:
        return _begun(_address(path, "ro"))
    except driver.OperationalError:
        # A folder we may not write to (a read-only stick) has no room for the log's index.
        return _begun(_address(path, "ro") + "&immutable=1")


def _begun(address: str) -> Any:
    connection = driver.connect(address, uri=True, isolation_level=None)
    try:
        connection.execute("PRAGMA busy_timeout=5000").fetchall()
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def _figures(connection: Any) -> Figures:
    last = connection.execute("SELECT coalesce(max(id), 0) FROM entry").fetchone()[0]
    head = connection.execute("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1").fetchone()
    balances = connection.execute(
        "SELECT account_id, sum(amount) FROM day_balance GROUP BY account_id"
        " HAVING sum(amount) <> 0 ORDER BY account_id"
    ).fetchall()
    return Figures(last, None if head is None else (head[0], bytes(head[1])), tuple(map(tuple, balances)))


def _posted(connection: Any) -> tuple[tuple[int, int], ...]:
    rows = connection.execute(
        "SELECT account_id, sum(amount) FROM posting GROUP BY account_id"
        " HAVING sum(amount) <> 0 ORDER BY account_id"
    ).fetchall()
    return tuple(map(tuple, rows))


@contextmanager
def _draft(target: Path) -> Iterator[Path]:
    """A name beside `target` to work on; whatever is left of it afterwards is removed."""
    draft = target.with_name(f".{target.stem}-{secrets.token_hex(4)}.part")
    try:
        yield draft
    finally:
        for leftover in (draft, *(Path(f"{draft}{end}") for end in ("-journal", "-wal", "-shm"))):
            leftover.unlink(missing_ok=True)


def _put(draft: Path, names: Iterator[Path]) -> Path:
    """Give the draft the first of the names that is free. Nothing is ever overwritten."""
    for name in names:
        try:
            name.open("xb").close()  # takes the name, so that nobody else can between asking and renaming
        except FileExistsError:
            continue
        try:
            draft.replace(name)
        except BaseException:
            name.unlink(missing_ok=True)
            raise
        _flush_folder(name.parent)
        return name
    raise Refused("There is a file of that name now; a copy never overwrites.", advice="Choose another name.")


def _flush_folder(folder: Path) -> None:
    # On POSIX a rename is on the disk only when the folder is.
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _names(folder: Path, book: Path, clock: Clock) -> Iterator[Path]:
    stem = f"{book.stem}-{clock.local():%Y-%m-%d-%H%M}"
    yield folder / f"{stem}{book.suffix}"
    for number in range(2, 1000):
        yield folder / f"{stem}-{number}{book.suffix}"


def _refuse_taken(target: Path) -> None:
    # A log left by a book that was deleted would be played into the restored one.
    for taken in (target, Path(f"{target}-wal"), Path(f"{target}-journal")):
        if taken.exists():
            raise Refused(
                "There is already a file {name}; restoring never overwrites.",
                advice="Choose another name, or move that file away first.",
                name=taken.name,
            )
    if not target.parent.is_dir():
        raise Refused("There is no folder {folder}.", advice="Make it first.", folder=str(target.parent))


def _address(path: Path, mode: str) -> str:
    return f"file:{quote(str(path))}?mode={mode}"
