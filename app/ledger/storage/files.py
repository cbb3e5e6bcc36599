"""What a file is, read from its head alone, before any engine touches it."""

from pathlib import Path

from app.base.errors import BookUnavailable
from app.ledger.storage.engine import APPLICATION_ID, damaged

_MAGIC = b"SQLite format 3\x00"
_HEAD = 100


def schema_version_of(path: Path) -> int:
    """The schema version of the book at `path`.

    Raises BookUnavailable, with what to do, for a file that is missing, empty, foreign or cut short.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except FileNotFoundError as error:
        raise BookUnavailable(
            "There is no book at {path}.",
            advice="Check the name, or make a new book with: lumbung new BOOK",
            path=str(path),
        ) from error
    except OSError as error:
        raise BookUnavailable(
            "The file {name} can't be read.",
            advice="Check that it is a book and that you may open it.",
            name=path.name,
        ) from error
    if size == 0:
        raise BookUnavailable(
            "The file {name} is empty: the book was not copied whole.",
            advice="Copy it again, or restore the newest backup.",
            name=path.name,
        )
    if not head.startswith(_MAGIC):
        raise BookUnavailable(
            "The file {name} is not a Lumbung book.",
            advice="Choose a file that ends in .lumbung. To read an Excel file into a book, use import.",
            name=path.name,
        )
    if len(head) < _HEAD:
        raise damaged(path)
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise BookUnavailable(
            "The file {name} belongs to another program.",
            advice="Choose a file that Lumbung made.",
            name=path.name,
        )
    page_size = int.from_bytes(head[16:18], "big")
    pages = int.from_bytes(head[28:32], "big")
    counted = head[24:28] == head[92:96]  # the page count is only valid when both counters agree
    if counted and size < pages * (65536 if page_size == 1 else page_size) and not _wal(path):
        raise damaged(path)
    return int.from_bytes(head[60:64], "big")


def _wal(path: Path) -> bool:
    """True when the newest pages may still stand in the write-ahead log."""
    wal = path.with_name(path.name + "-wal")
    return wal.exists() and wal.stat().st_size > 0
