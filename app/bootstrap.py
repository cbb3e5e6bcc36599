"""The only wiring: settings, clock, translator and actor become the Services that every face is handed."""

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.base.clock import Clock, SystemClock
from app.base.i18n import Translator

if TYPE_CHECKING:
    from app.ledger.book import Book
    from app.ledger.snapshot import Snapshot
    from app.reports.frame import Parameters, Request


@dataclass(frozen=True, slots=True)
class Services:
    """What the command line and the window work with."""

    clock: Clock
    translator: Translator
    actor: str
    paper: str

    @contextmanager
    def book(self, path: Path) -> "Iterator[Book]":
        """The book at `path`, open for writing."""
        from app.ledger.book import Book

        with Book.open(path, clock=self.clock, actor=self.actor) as book:
            yield book

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


def services(language: str, *, clock: Clock | None = None) -> Services:
    """The services of this device: the person's name from the settings, else the system's user."""
    return Services(
        clock=clock or SystemClock(),
        translator=Translator(language),
        actor=_actor(),
        paper=_paper(),
    )


def _actor() -> str:
    from app.base.settings import PERSON_NAME, Settings

    name = Settings()[PERSON_NAME]
    if name:
        return name
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a service account may have no name
        return os.environ.get("USERNAME", "lumbung")


def _paper() -> str:
    from app.base.settings import PAPER, Settings

    return Settings()[PAPER]
