"""The file under the book: schema and mappings agree, migrations work on a copy, the engine is the sound one."""

import shutil
import sqlite3
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlmodel import SQLModel

from app.base.clock import FixedClock
from app.base.errors import BookUnavailable, Bug, Refused
from app.ledger.book import Book
from app.ledger.entries.commands import EntryLine, PostEntry
from app.ledger.storage import engine, migrate
from app.ledger.storage.lock import BookLock
from app.ledger.storage.migrations import REVISIONS, Revision, guard_statements, statements
from tests.ledger.conftest import NOW

if TYPE_CHECKING:
    from alembic.operations import Operations


@pytest.fixture
def book_path(book_templates: dict[str, Path], tmp_path: Path) -> Path:
    path = tmp_path / "warung.lumbung"
    shutil.copyfile(book_templates["business"], path)
    with Book.open(path, clock=FixedClock(NOW), actor="x") as book:
        book.execute(
            PostEntry(
                on=date(2026, 11, 3),
                memo="modal",
                lines=(EntryLine(account="1-1101", debit=70), EntryLine(account="3-1001", credit=70)),
            )
        )
    return path


def test_the_engine_is_sound_and_guarded() -> None:
    engine.gate()
    assert engine.engine_version() >= (3, 51, 3)
    assert all(text.startswith("CREATE TRIGGER") for text in guard_statements())


def test_every_mapping_equals_the_schema(book_path: Path) -> None:
    """Rows are buffered as tuples, so that names and their order must be the table's own."""
    connection = sqlite3.connect(book_path)
    tables = {
        name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    } - {"sqlite_stat1", "sqlite_stat4"}
    import app.ledger.book  # noqa: F401 - loads every slice's mapping

    mapped = SQLModel.metadata.tables
    for name, table in mapped.items():
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
        assert [column.name for column in table.columns] == columns, name
    unmapped = {"series", "audit"}  # written by one SQL text each
    assert tables - set(mapped) <= unmapped
    connection.close()


def test_every_table_is_strict(book_path: Path) -> None:
    connection = sqlite3.connect(book_path)
    loose = [row[1] for row in connection.execute("PRAGMA table_list") if row[0] == "main" and not row[5]]
    assert [name for name in loose if not name.startswith("sqlite_")] == []
    assert connection.execute("PRAGMA application_id").fetchone()[0] == engine.APPLICATION_ID
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    connection.close()


def _add_column(op: "Operations") -> None:
    op.get_bind().exec_driver_sql("ALTER TABLE party ADD COLUMN birthday TEXT NOT NULL DEFAULT ''")


def _lose_money(op: "Operations") -> None:
    op.get_bind().exec_driver_sql("UPDATE posting SET amount = amount + 1 WHERE id = 1")


def _refuse(op: "Operations") -> None:
    raise sqlite3.OperationalError(str(op))


def test_a_migration_works_on_a_copy_and_keeps_the_old_file(book_path: Path) -> None:
    kept = migrate.migrate(book_path, (*REVISIONS, Revision(len(REVISIONS) + 1, "names", _add_column)))
    new, old = sqlite3.connect(book_path), sqlite3.connect(kept)
    assert new.execute("PRAGMA user_version").fetchone()[0] == len(REVISIONS) + 1
    assert old.execute("PRAGMA user_version").fetchone()[0] == len(REVISIONS)
    assert new.execute("SELECT amount FROM posting ORDER BY id").fetchall() == [(70,), (-70,)]
    with pytest.raises(sqlite3.IntegrityError):
        new.execute("UPDATE posting SET amount = 1")
    new.close()
    old.close()
    with pytest.raises(BookUnavailable, match="newer"):
        Book.open(book_path, clock=FixedClock(NOW), actor="x")


@pytest.mark.parametrize("step", [_lose_money, _refuse])
def test_a_failed_migration_leaves_the_book_as_it_was(book_path: Path, step: object) -> None:
    before = book_path.read_bytes()
    with pytest.raises((Bug, sqlite3.OperationalError)):
        migrate.migrate(book_path, (*REVISIONS, Revision(len(REVISIONS) + 1, "bad", step)))  # type: ignore[arg-type]
    assert book_path.read_bytes() == before
    leftovers = {item.name for item in book_path.parent.iterdir()} - {"warung.lumbung", "warung.lumbung.lock"}
    assert leftovers <= {"warung.lumbung-wal", "warung.lumbung-shm"}


def test_a_lock_is_for_one(tmp_path: Path) -> None:
    first, second = BookLock(tmp_path / "a"), BookLock(tmp_path / "a")
    first.acquire()
    with pytest.raises(BookUnavailable):
        second.acquire()
    first.release()
    second.acquire()
    second.release()
    with pytest.raises(BookUnavailable, match="folder"):
        BookLock(tmp_path / "tak-ada" / "a").acquire()


def test_statements_keep_a_trigger_together() -> None:
    text = "-- a note\nCREATE TABLE a (b);\n\nCREATE TRIGGER t BEFORE INSERT ON a BEGIN\n SELECT 1;\nEND;\n"
    assert [item.split()[1] for item in statements(text)] == ["TABLE", "TRIGGER"]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("database or disk is full", Refused, "disk is full"),
        ("database is locked", BookUnavailable, "another program"),
        ("database disk image is malformed", BookUnavailable, "damaged"),
        ("unable to open database file", BookUnavailable, "can't be opened"),
        ("attempt to write a readonly database", BookUnavailable, "only be read"),
        ("no such column: x", Bug, "no such column"),
    ],
)
def test_the_engines_errors_become_sentences(text: str, kind: type[Exception], words: str) -> None:
    error = engine.driver.OperationalError(text)
    with pytest.raises(kind, match=words), engine.faults_named(Path("warung.lumbung")):
        raise error


def test_many_rows_share_a_statement_and_arrive_as_they_were_given(book_path: Path) -> None:
    writer = engine.writer_engine(book_path)
    text = "INSERT INTO audit_copy (id, undo, hash) VALUES (?, ?, ?)"
    rows = [(key, None if key % 2 else str(key), bytes([key % 256])) for key in range(1, 451)]
    with writer.connect() as connection:
        connection.begin()
        connection.exec_driver_sql("CREATE TEMP TABLE audit_copy (id INTEGER, undo TEXT, hash BLOB) STRICT")
        engine.insert_rows(connection, text, rows)
        written = connection.exec_driver_sql(
            "SELECT id, undo, hash FROM audit_copy ORDER BY rowid"
        ).fetchall()
        connection.rollback()
    writer.dispose()
    assert [tuple(row) for row in written] == rows


def test_one_bad_posting_among_many_is_refused(book_path: Path) -> None:
    writer = engine.writer_engine(book_path)
    text = "INSERT INTO posting (id, entry_id, account_id, date, amount) VALUES (?, ?, ?, ?, ?)"
    rows = [(key, 2 if key < 1_300 else 1, 2, "2026-11-09", 5) for key in range(1_000, 1_450)]
    with writer.connect() as connection:
        connection.begin()
        with pytest.raises(engine.driver.IntegrityError, match="the entry is final"):
            engine.insert_rows(connection, text, rows)
        connection.rollback()
    writer.dispose()
