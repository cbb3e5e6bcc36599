"""What the command line and the window work with: clock, words, who works, and the way to a book."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.base.clock import Clock
from app.base.i18n import N_, Translator

if TYPE_CHECKING:
    from app.ledger.book import Book
    from app.ledger.snapshot import Snapshot
    from app.reports.frame import Parameters, Request


# Said once by whoever opened a book of an older program; {name} is the file as it was.
BROUGHT_UP_TO_DATE = N_("The book was brought up to date. As it was before, it is kept as {name}.")


@dataclass(frozen=True, slots=True)
class Services:
    """Made by `bootstrap`, handed to each face of the program."""

    clock: Clock
    translator: Translator
    actor: str
    paper: str

    @contextmanager
    def book(self, path: Path) -> "Iterator[Book]":
        """The book at `path`, open for writing."""
        with self.opened(path) as book:
            yield book

    def opened(self, path: Path) -> "Book":
        """The book at `path`, open for writing until it is closed."""
        from app.ledger.book import Book

        return Book.open(path, clock=self.clock, actor=self.actor)

    def create(self, path: Path, *, kind: str, name: str, training: bool = False) -> "Book":
        """A new book."""
        from app.ledger.book import Book

        return Book.create(path, kind=kind, name=name, clock=self.clock, actor=self.actor, training=training)

    @contextmanager
    def snapshot(self, path: Path) -> "Iterator[Snapshot]":
        """A reading of the book at `path`, without a lock."""
        from app.ledger.snapshot import open_snapshot

        with open_snapshot(path, self.clock.today()) as snapshot:
            yield snapshot

    def request(self, snapshot: "Snapshot", parameters: "Parameters") -> "Request":
        """A report's request, made by this person now."""
        from app.reports.frame import Request

        return Request(snapshot, parameters, self.translator, self.actor, self.clock.local())
