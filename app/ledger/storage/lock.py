"""One writer at a time: a lock file beside the book, released by the system when the program dies."""

import os
import sys
from pathlib import Path

from app.base.errors import BookUnavailable


class BookLock:
    """Held from opening a book for writing until it is closed."""

    def __init__(self, book: Path) -> None:
        self._path = book.with_name(book.name + ".lock")
        self._name = book.name
        self._handle: int | None = None

    def acquire(self) -> None:
        """Take the lock; raises BookUnavailable when another program holds it."""
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise BookUnavailable(
                "The folder of {name} can't be written to, so the book can't be changed here.",
                advice="Copy the book to a folder of your own and open the copy.",
                name=self._name,
            ) from error
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(handle)
            raise BookUnavailable(
                "The book {name} is already open in another window or program.",
                advice="Use that one, or close it first. The book is untouched.",
                name=self._name,
            ) from error
        self._handle = handle

    def release(self) -> None:
        """Give the lock back. The file stays: removing it would race with the next to take it."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
