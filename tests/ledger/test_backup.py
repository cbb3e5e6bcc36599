"""Copies of a book: verified, exactly one, made while the book is in use; restoring never overwrites."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from app.base.clock import FixedClock
from app.base.errors import BookUnavailable, Bug, Refused, UserError
from app.ledger import checks
from app.ledger.book import Book
from app.ledger.entries.commands import EntryLine, PostEntry
from app.ledger.restore import restore
from app.ledger.snapshot import open_snapshot
from app.ledger.storage import backup as copies
from app.ledger.storage.backup import copy_book, make_backup, verify_copy
from tests.ledger.conftest import NOW, WIB

CLOCK = FixedClock(NOW)


def earn(book: Book, amount: int) -> None:
    lines = (EntryLine(account="1-1101", debit=amount), EntryLine(account="4-1002", credit=amount))
    book.execute(PostEntry(on=date(2026, 11, 3), memo="Jasa", lines=lines))


def entries_in(path: Path) -> int:
    with open_snapshot(path, date(2026, 11, 24)) as snapshot:
        assert checks.broken_only(checks.run(snapshot)) == []
        return int(snapshot.sql("SELECT count(*) FROM entry")[0][0])


def raw(path: Path, *statements: str) -> None:
    """Another program at a closed file, in a process of its own: it drops the guards and does as it likes."""
    program = (
        "import sqlcipher3.dbapi2 as d, sys\n"
        "c = d.connect(sys.argv[1], isolation_level=None)\n"
        "for (n,) in c.execute(\"SELECT name FROM sqlite_master WHERE type = 'trigger'\").fetchall():\n"
        "    c.execute('DROP TRIGGER ' + n)\n"
        "for s in sys.argv[2:]:\n"
        "    c.execute(s)\n"
        "c.execute('PRAGMA wal_checkpoint(TRUNCATE)').fetchall()\n"
        "c.close()\n"
    )
    subprocess.run([sys.executable, "-c", program, str(path), *statements], check=True)


def spoil(path: Path) -> None:
    """Overwrite the middle of every page but the first with noise."""
    content = bytearray(path.read_bytes())
    for start in range(4096 + 60, len(content), 4096):
        content[start : start + 2000] = b"\x5a" * 2000
    path.write_bytes(bytes(content))


def test_a_backup_of_a_book_in_use(business: Book, tmp_path: Path) -> None:
    earn(business, 71_000)
    folder = tmp_path / "salinan" / "harian"
    copy = make_backup(business.path, folder, CLOCK)
    assert copy == folder / "business-0-2026-11-24-0900.lumbung"
    assert list(folder.iterdir()) == [copy]
    earn(business, 5_000)
    assert entries_in(copy) == 1
    second = make_backup(business.path, folder, CLOCK)
    assert second.name == "business-0-2026-11-24-0900-2.lumbung"
    third = make_backup(business.path, folder, FixedClock(NOW + timedelta(minutes=1)))
    assert third.name == "business-0-2026-11-24-0901.lumbung"
    assert entries_in(second) == 2
    assert sorted(folder.iterdir()) == sorted([copy, second, third])


def test_the_name_tells_the_time_on_the_wall(business: Book, tmp_path: Path) -> None:
    clock = FixedClock(datetime(2026, 11, 25, 0, 5, tzinfo=WIB))
    assert make_backup(business.path, tmp_path / "s", clock).name == "business-0-2026-11-25-0005.lumbung"


def test_writing_goes_on_while_a_backup_is_made(
    business: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for amount in range(1, 40):
        earn(business, amount)
    monkeypatch.setattr(copies, "_STEP_PAGES", 1)

    def back_up() -> list[Path]:
        return [make_backup(business.path, tmp_path / "s", CLOCK) for _ in range(5)]

    written = 39
    with ThreadPoolExecutor(1) as pool:
        backing_up = pool.submit(back_up)
        while not backing_up.done():
            earn(business, 1_000)
            written += 1
    made = backing_up.result()
    counts = [entries_in(copy) for copy in made]
    assert len(counts) == 5
    assert counts == sorted(counts)
    assert 39 <= counts[0] <= counts[-1] <= written
    assert written > 39


def test_a_copy_that_differs_is_no_backup(
    business: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    earn(business, 71_000)
    copy = tmp_path / "copy.lumbung"
    expected = copy_book(business.path, copy)
    verify_copy(business.path, copy, expected)
    with pytest.raises(Bug, match="does not hold the books"):
        verify_copy(business.path, copy, expected._replace(last_entry=2))
    with pytest.raises(Bug, match="does not hold the books"):
        verify_copy(business.path, copy, expected._replace(audit_head=(1, b"other")))
    with pytest.raises(BookUnavailable, match="already"):
        copy_book(business.path, copy)

    def differing(source: Path, target: Path) -> copies.Figures:
        return copy_book(source, target)._replace(balances=())

    monkeypatch.setattr(copies, "copy_book", differing)
    with pytest.raises(Bug):
        make_backup(business.path, tmp_path / "s", CLOCK)
    assert list((tmp_path / "s").iterdir()) == []


def test_a_damaged_book_gives_no_backup(business: Book, tmp_path: Path) -> None:
    for amount in range(1, 30):
        earn(business, amount)
    damaged = tmp_path / "rusak.lumbung"
    copy_book(business.path, damaged)
    spoil(damaged)
    before = damaged.read_bytes()
    with pytest.raises(BookUnavailable, match="damaged"):
        make_backup(damaged, tmp_path / "s", CLOCK)
    assert list((tmp_path / "s").glob("*")) == []
    assert damaged.read_bytes() == before


def test_what_is_no_book_is_named_and_makes_no_folder(tmp_path: Path, business: Book) -> None:
    empty, foreign = tmp_path / "kosong.lumbung", tmp_path / "surat.lumbung"
    empty.touch()
    foreign.write_text("Yth. Bapak Camat, " * 50, encoding="utf-8")
    for path, words in (
        (tmp_path / "tidak-ada.lumbung", "no book"),
        (empty, "empty"),
        (foreign, "not a Lumbung book"),
    ):
        with pytest.raises(BookUnavailable, match=words):
            make_backup(path, tmp_path / "s", CLOCK)
        with pytest.raises(BookUnavailable, match=words):
            restore(path, tmp_path / "baru.lumbung")
    assert not (tmp_path / "s").exists()
    assert not (tmp_path / "baru.lumbung").exists()
    with pytest.raises(UserError, match="can't be made"):
        make_backup(business.path, foreign / "s", CLOCK)


def test_a_book_that_does_not_add_up_gives_no_backup(business: Book, tmp_path: Path) -> None:
    earn(business, 71_000)
    broken = tmp_path / "ganjil.lumbung"
    copy_book(business.path, broken)
    raw(broken, "UPDATE day_balance SET amount = amount + 1 WHERE amount > 0")
    with pytest.raises(BookUnavailable, match="do not add up"):
        make_backup(broken, tmp_path / "s", CLOCK)


def test_restore_gives_the_book_of_the_backup(business: Book, tmp_path: Path) -> None:
    earn(business, 71_000)
    copy = make_backup(business.path, tmp_path / "s", CLOCK)
    kept = copy.read_bytes()
    target = tmp_path / "pulih.lumbung"
    restore(copy, target)
    assert entries_in(target) == 1
    assert copy.read_bytes() == kept
    with Book.open(target, clock=CLOCK, actor="Ngatiyem") as restored:
        earn(restored, 9_000)
    assert entries_in(target) == 2
    assert sorted(path.name for path in tmp_path.glob(".*")) == []


def test_restore_never_overwrites(business: Book, tmp_path: Path) -> None:
    copy = make_backup(business.path, tmp_path / "s", CLOCK)
    earn(business, 71_000)
    with pytest.raises(Refused, match="already"):
        restore(copy, business.path)
    with business.snapshot() as snapshot:
        assert snapshot.sql("SELECT count(*) FROM entry")[0][0] == 1
    # The log of a book that was deleted would be played into the restored one.
    orphan = tmp_path / "lama.lumbung-wal"
    orphan.write_bytes(b"x")
    with pytest.raises(Refused, match=r"lama\.lumbung-wal"):
        restore(copy, tmp_path / "lama.lumbung")
    with pytest.raises(Refused, match="no folder"):
        restore(copy, tmp_path / "tidak-ada" / "b.lumbung")


def test_a_name_taken_meanwhile_is_not_overwritten(business: Book, tmp_path: Path) -> None:
    copy = make_backup(business.path, tmp_path / "s", CLOCK)
    target = tmp_path / "baru.lumbung"

    def someone_else(_: Path) -> None:
        target.write_text("mine", encoding="utf-8")

    with pytest.raises(Refused, match="of that name"):
        copies.restore(copy, target, someone_else)
    assert target.read_text(encoding="utf-8") == "mine"


def test_a_damaged_backup_is_refused(business: Book, tmp_path: Path) -> None:
    for amount in range(1, 30):
        earn(business, amount)
    copy = make_backup(business.path, tmp_path / "s", CLOCK)
    whole = copy.read_bytes()
    target = tmp_path / "pulih.lumbung"
    copy.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BookUnavailable, match="damaged"):
        restore(copy, target)
    copy.write_bytes(whole)
    spoil(copy)
    with pytest.raises(BookUnavailable, match="damaged"):
        restore(copy, target)
    assert sorted(path.name for path in tmp_path.iterdir() if "pulih" in path.name) == []


def test_a_backup_that_breaks_a_rule_is_refused(business: Book, tmp_path: Path) -> None:
    earn(business, 71_000)
    copy = make_backup(business.path, tmp_path / "s", CLOCK)
    raw(copy, "UPDATE entry SET number = 'JU-9'")
    with pytest.raises(BookUnavailable, match="breaks"):
        restore(copy, tmp_path / "pulih.lumbung")
    assert not (tmp_path / "pulih.lumbung").exists()


def test_a_backup_on_a_write_protected_stick(business: Book, tmp_path: Path) -> None:
    earn(business, 71_000)
    folder = tmp_path / "stik"
    copy = make_backup(business.path, folder, CLOCK)
    copy.chmod(0o444)
    folder.chmod(0o555)
    try:
        restore(copy, tmp_path / "pulih.lumbung")
    finally:
        folder.chmod(0o755)
    assert entries_in(tmp_path / "pulih.lumbung") == 1
