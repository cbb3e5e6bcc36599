"""Backups that nobody has to think of: where they lie, which are kept, and what is in each.

An automatic backup is made once a day and when a book with changes is closed; ten are kept. Those made by hand
lie in a folder of their own, and the program never removes one.
"""

from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from app.base.clock import Clock
from app.base.errors import LumbungError
from app.base.i18n import N_
from app.base.paths import data_dir
from app.base.progress import Progress, Silent
from app.ledger.reader import Reader, optional_day
from app.ledger.slice import Finding
from app.ledger.snapshot import open_snapshot
from app.ledger.storage.backup import copy_book, make_backup, verify_copy
from app.ledger.storage.migrate import migrate, needs_migration

KEPT = 10
_LOOKING = N_("Looking through the backup")
_BY_HAND = "manual"


class BackupRow(NamedTuple):
    """One backup and what is in it. `fault` says why it can't be read; the figures are empty then."""

    path: Path
    made: datetime  # with the device's zone
    automatic: bool
    name: str
    entries: int
    last_day: date | None
    last_number: str
    money: int  # cash and bank together, rupiah
    fault: LumbungError | None
    accounts: int = 0  # how many have a balance
    debit: int = 0  # the trial balance's total on the debit side, which is that of the credit side; rupiah


class Verdict(NamedTuple):
    """What looking through a whole backup has shown: it is sound, or why it is not."""

    sound: bool
    fault: LumbungError | None
    findings: tuple[Finding, ...]


def folder_of(uid: str) -> Path:
    """Where the automatic backups of a book lie: the user's own data folder, one folder a book."""
    return data_dir() / "backups" / uid


def last_backup(uid: str) -> datetime | None:
    """When the newest backup of the book was made, in the device's zone; None when there is none."""
    made = [_made(path) for path in _files(folder_of(uid))]
    return max(made, default=None)


def keep_automatic(book: Path, clock: Clock, progress: Progress | None = None) -> Path | None:
    """Make the automatic backup, verified, and let the oldest beyond ten go.

    None when nothing was recorded since the newest one. Raises BookUnavailable when the book is not sound; then
    every older backup stays.
    """
    folder = folder_of(_uid(book))
    kept = _automatic(folder)
    if kept and _head(kept[-1]) == _head(book):
        return None
    if progress is not None:
        progress.step(0, 1, book.stem)
    made = make_backup(book, folder, clock)
    if progress is not None:
        progress.step(1, 1, book.stem)
    for old in _automatic(folder)[:-KEPT]:
        old.unlink(missing_ok=True)
    return made


def keep_by_hand(book: Path, clock: Clock, folder: Path | None = None) -> Path:
    """Make a verified backup that stays until a person removes it, into `folder` (a stick) or beside the others."""
    return make_backup(book, folder or folder_of(_uid(book)) / _BY_HAND, clock)


def backups(book: Path) -> list[BackupRow]:
    """The backups of a book, the newest first, with what is in each. They are read, never opened for writing."""
    rows = [_row(path) for path in _files(folder_of(_uid(book)))]
    return sorted(rows, key=lambda row: (row.made, row.path.name), reverse=True)


def verify(backup: Path, progress: Progress | None = None) -> Verdict:
    """Look through a whole backup as restoring does: the file, each posting, and every rule of the books.

    It was verified when it was made; this is for one that has lain on a stick for a year.
    """
    # All slices come with it, and beginning a day asks only when the last backup was made.
    from app.ledger.checks import broken_only, run

    watcher = progress or Silent()
    watcher.step(0, 2, _LOOKING)
    try:
        with TemporaryDirectory(prefix="lumbung-") as folder:
            # On a copy: a stick can't be written to, and is slow besides.
            copy = Path(folder) / backup.name
            verify_copy(backup, copy, copy_book(backup, copy))
            watcher.step(1, 2, _LOOKING)
            if needs_migration(copy):
                migrate(copy)
            with open_snapshot(copy, date.max) as snapshot:
                findings = tuple(broken_only(run(snapshot)))
    except LumbungError as error:
        return Verdict(False, error, ())
    watcher.step(2, 2, _LOOKING)
    return Verdict(not findings, None, findings)


def _uid(book: Path) -> str:
    with open_snapshot(book, date.max) as snapshot:
        return snapshot.info.uid


def _row(path: Path) -> BackupRow:
    made = _made(path)
    automatic = path.parent.name != _BY_HAND
    try:
        with open_snapshot(path, made.date(), older=True) as snapshot:
            last = snapshot.sql("SELECT date, number FROM entry ORDER BY date DESC, id DESC LIMIT 1")
            count: int = snapshot.sql("SELECT coalesce(max(id), 0) FROM entry")[0][0]
            day, number = last[0] if last else (None, "")
            return BackupRow(
                path,
                made,
                automatic,
                snapshot.info.name,
                count,
                optional_day(day),
                number,
                _money(snapshot),
                None,
                *_trial(snapshot),
            )
    except LumbungError as error:
        return BackupRow(path, made, automatic, path.stem, 0, None, "", 0, error)


def _money(reader: Reader) -> int:
    rows = reader.sql(
        "SELECT coalesce(sum(b.amount), 0) FROM day_balance AS b JOIN account AS a ON a.id = b.account_id"
        " WHERE a.money IS NOT NULL"
    )
    return int(rows[0][0])


def _trial(reader: Reader) -> tuple[int, int]:
    rows = reader.sql(
        "SELECT count(*), coalesce(sum(CASE WHEN amount > 0 THEN amount ELSE 0 END), 0) FROM ("
        "SELECT sum(amount) AS amount FROM day_balance GROUP BY account_id HAVING sum(amount) <> 0)"
    )
    return int(rows[0][0]), int(rows[0][1])


def _head(book: Path) -> tuple[int, bytes] | None:
    """The last audit row: equal heads are equal books."""
    try:
        with open_snapshot(book, date.max, older=True) as snapshot:
            rows = snapshot.sql("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1")
    except LumbungError:
        return None
    return (int(rows[0][0]), bytes(rows[0][1])) if rows else (0, b"")


def _automatic(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.lumbung"), key=lambda path: (_made(path), path.name))


def _files(folder: Path) -> list[Path]:
    return [*folder.glob("*.lumbung"), *(folder / _BY_HAND).glob("*.lumbung")]


def _made(path: Path) -> datetime:
    # The name is by the clock of the device as well, but the second copy of a minute has a number in it.
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone()
