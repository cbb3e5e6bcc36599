"""Restoring a book from a backup, once every invariant of the backup is known to hold."""

from datetime import date
from pathlib import Path

from app.base.errors import BookUnavailable
from app.base.progress import Progress
from app.ledger import checks
from app.ledger.snapshot import open_snapshot
from app.ledger.storage import backup as copies
from app.ledger.storage.migrate import needs_migration


def restore(backup: Path, target: Path, progress: Progress | None = None) -> None:
    """Make the book `target` from a backup that is whole and breaks no rule. It never overwrites.

    Raises BookUnavailable for a backup that is damaged or broken, Refused when `target` exists.
    """
    needs_migration(backup)  # one of a newer program is refused before anything is copied

    def prove(copy: Path) -> None:
        # The checks are those of today's schema; an older copy is checked when it is brought up to date.
        if needs_migration(copy):
            return
        with open_snapshot(copy, date.max) as snapshot:
            found = checks.broken_only(checks.run(snapshot, progress))
        if found:
            raise BookUnavailable(
                "The backup {name} breaks {count:n} rules of bookkeeping and was not restored.",
                advice="Try an older backup. What is wrong with this one says: lumbung check {name}",
                name=backup.name,
                count=len(found),
            )

    copies.restore(backup, target, prove)
