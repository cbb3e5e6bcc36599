"""Books of each schema that has left the house, as that program wrote them: kept for ever, never made anew."""

import gzip
from datetime import date
from pathlib import Path

import pytest

from app.base.clock import FixedClock
from app.base.errors import BookUnavailable
from app.ledger.backups import backups, folder_of, keep_automatic, verify
from app.ledger.book import Book
from app.ledger.checks import broken_only, run
from app.ledger.entries.commands import TickOpening
from app.ledger.restore import restore
from app.ledger.snapshot import open_snapshot
from app.ledger.storage.engine import driver
from tests.ledger.conftest import NOW

KEPT = Path(__file__).parents[1] / "books"
OLDER = sorted(path.name.removesuffix(".lumbung.gz") for path in KEPT.glob("schema-*.lumbung.gz"))
TODAY = date(2026, 11, 24)


@pytest.fixture(params=OLDER)
def older(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / f"{request.param}.lumbung"
    path.write_bytes(gzip.decompress((KEPT / f"{request.param}.lumbung.gz").read_bytes()))
    return path


def schema_of(path: Path) -> list[tuple[str, str, str]]:
    connection = driver.connect(str(path))
    rows = connection.execute(
        "SELECT type, name, coalesce(sql, '') FROM sqlite_master ORDER BY type, name"
    ).fetchall()
    connection.close()
    return [tuple(row) for row in rows]


def balances_of(path: Path) -> list[tuple[str, int]]:
    connection = driver.connect(str(path))
    rows = connection.execute(
        "SELECT a.code, sum(p.amount) FROM posting AS p JOIN account AS a ON a.id = p.account_id"
        " GROUP BY a.code ORDER BY a.code"
    ).fetchall()
    connection.close()
    return [tuple(row) for row in rows]


def opened(path: Path) -> Book:
    return Book.open(path, clock=FixedClock(NOW), actor="Sari")


def test_there_are_books_of_the_first_schema() -> None:
    assert {"schema-1-business", "schema-1-cooperative"} <= set(OLDER)


def test_an_older_book_is_brought_up_to_date_and_stays_as_it_was_beside_it(
    older: Path, tmp_path: Path
) -> None:
    was, before = older.read_bytes(), balances_of(older)
    assert len(before) > 10
    with opened(older) as book:
        kept = book.before_update
        assert kept is not None
        assert kept.read_bytes() == was
        with book.snapshot() as snapshot:
            assert broken_only(run(snapshot)) == []
        kind = book.info.kind
        account = next(code for code, amount in before if amount)
        book.execute(TickOpening(account=account))
    assert balances_of(older) == before
    fresh = tmp_path / "baru.lumbung"
    Book.create(fresh, kind=kind, name="Baru", clock=FixedClock(NOW), actor="Sari").close()
    assert schema_of(older) == schema_of(fresh)
    with opened(older) as book:
        assert book.before_update is None


def test_a_reader_alone_changes_nothing_and_says_what_to_do(older: Path) -> None:
    was = older.read_bytes()
    with pytest.raises(BookUnavailable, match="older Lumbung"):
        open_snapshot(older, TODAY)
    assert older.read_bytes() == was


def test_backups_made_before_the_update_can_still_be_looked_into_and_restored(
    older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LUMBUNG_DATA", str(tmp_path / "data"))
    was = older.read_bytes()
    with opened(older) as book:
        uid = book.info.uid
    backup = folder_of(uid) / "buku-2026-10-31-0900.lumbung"
    backup.parent.mkdir(parents=True)
    backup.write_bytes(was)
    # Nothing was recorded since, so the older copy is as good as a new one.
    assert keep_automatic(older, FixedClock(NOW)) is None
    (row,) = backups(older)
    assert row.fault is None
    assert row.entries > 50
    assert row.money > 0
    verdict = verify(backup)
    assert verdict.fault is None
    assert verdict.sound
    assert backup.read_bytes() == was
    target = tmp_path / "pulih.lumbung"
    restore(backup, target)
    with opened(target) as book, book.snapshot() as snapshot:
        assert broken_only(run(snapshot)) == []
