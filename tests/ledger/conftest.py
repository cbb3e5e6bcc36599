"""Books for the ledger's tests: made once, then copied, because making one costs half a second."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from app.base.clock import FixedClock
from app.ledger import checks
from app.ledger.book import Book

WIB = timezone(timedelta(hours=7))
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)


@pytest.fixture(scope="session")
def book_templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """An empty book of each kind."""
    folder = tmp_path_factory.mktemp("templates")
    paths = {}
    for kind, name in (("business", "Warung Sari"), ("cooperative", "KSP Rukun Tani")):
        path = folder / f"{kind}.lumbung"
        Book.create(path, kind=kind, name=name, clock=FixedClock(NOW), actor="Ngatiyem").close()
        paths[kind] = path
    return paths


@pytest.fixture
def open_book(book_templates: dict[str, Path], tmp_path: Path) -> Iterator[Callable[[str], Book]]:
    """Open a fresh copy of the empty book of a kind; closed and checked at the end of the test."""
    opened: list[Book] = []

    def make(kind: str) -> Book:
        path = tmp_path / f"{kind}-{len(opened)}.lumbung"
        shutil.copyfile(book_templates[kind], path)
        opened.append(Book.open(path, clock=FixedClock(NOW), actor="Ngatiyem"))
        return opened[-1]

    yield make
    for book in opened:
        with book.snapshot() as snapshot:
            findings = checks.broken_only(checks.run(snapshot))
        book.close()
        assert findings == []


@pytest.fixture
def business(open_book: Callable[[str], Book]) -> Book:
    """An open, empty business book."""
    return open_book("business")


@pytest.fixture
def cooperative(open_book: Callable[[str], Book]) -> Book:
    """An open, empty cooperative book."""
    return open_book("cooperative")
