"""What others may read of imported files: which there were, and which of them still stand."""

from typing import NamedTuple

from app.ledger.entries.records import record
from app.ledger.reader import Reader


class ImportedFile(NamedTuple):
    """One imported file. `at` (an instant in UTC, ISO) and `actor` are "" where the file recorded no entry."""

    batch: int
    file: str
    documents: int
    undone: bool
    actor: str
    at: str


def imported_files(reader: Reader, limit: int = 50) -> list[ImportedFile]:
    """The imported files, the newest first."""
    rows = reader.sql(
        "SELECT id, file, documents, undone, first_entry FROM import_batch ORDER BY id DESC LIMIT ?", (limit,)
    )
    found = []
    for batch, file, documents, undone, first in rows:
        made = record(reader, first) if first else None
        actor, at = (made.actor, made.at) if made else ("", "")
        found.append(ImportedFile(batch, file, documents, bool(undone), actor, at))
    return found
