"""Search as you type, letter by letter. Target P17."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from app.ledger.entries.search import RecordSearch
from app.ledger.snapshot import open_snapshot
from tests.bench.bench_ledger import TODAY, _p95
from tests.bench.measure import Bench, Row, Scale, at_most
from tests.bench.year import year_book

SHOWN = 50
# What people type: common words, a number, a word with a number, an amount, a name; each letter is a search.
TYPED = (
    "setoran",
    "angsuran 77",
    "biaya 1234",
    "pencairan 5",
    "anggota 42",
    "125000",
    "JU-2506-00",
    "setoran 98765",
)


def as_typed() -> list[str]:
    """Return what stands in the field after each letter."""
    return [text[:length].strip() for text in TYPED for length in range(1, len(text) + 1)]


def search(scale: Scale) -> list[Row]:
    """P17: each letter's rows through our search, against the keys alone from FTS5, newest first."""
    path = year_book(scale.folder, scale.entries, scale.members)
    raw = _raw(path, scale.folder)
    with open_snapshot(path, TODAY) as snapshot:
        ours = RecordSearch(path, snapshot.info.uid, scale.folder)
        ours.catch_up()
        letters = as_typed() * 2
        found = _p95([_does(ours.find, snapshot, text, SHOWN) for text in letters])
        bare = _p95([_does(_newest, raw, text) for text in letters])
        ours.close()
    return [at_most(f"p95 of {len(as_typed())} letters / raw FTS5", found, bare, 5, "ms")]


def _does(work: Callable[..., object], *values: Any) -> Callable[[], object]:
    return partial(work, *values)


def _raw(path: Path, folder: Path) -> Any:
    """A full-text table as FTS5 offers it, with beginnings of 1 to 3 letters indexed, of the same texts."""
    target = folder / "mentah-cari.db"
    made = target.exists()
    connection = driver.connect(f"file:{target}", uri=True, isolation_level=None)
    if not made:
        connection.execute("PRAGMA journal_mode=WAL").fetchall()
        connection.execute("ATTACH ? AS book", (f"file:{path}?mode=ro",))
        connection.execute(
            "CREATE VIRTUAL TABLE t USING fts5(number, memo, party, content='', prefix='1 2 3')"
        )
        connection.execute(
            "INSERT INTO t (rowid, number, memo, party) SELECT e.id, e.number, e.memo, coalesce(y.name, '')"
            " FROM book.entry AS e LEFT JOIN book.party AS y ON y.id = e.party_id"
        )
        connection.execute("INSERT INTO t (t) VALUES ('optimize')")
    return connection


def _newest(raw: Any, text: str) -> Any:
    words = " AND ".join('"' + word.replace('"', "") + '"*' for word in text.split())
    return raw.execute(
        "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rowid DESC LIMIT ?", (words, SHOWN)
    ).fetchall()


BENCHES = (Bench("P17", "search as you type", search),)
