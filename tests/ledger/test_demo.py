"""The sample books: sound, the same each time, and equal to what independent programs make of them."""

import csv
import io
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from app.base.errors import Refused, UserError
from app.base.progress import Watched
from app.ledger import checks
from app.ledger.demo.make import DemoSize, make_demo
from app.ledger.entries import queries
from app.ledger.exports import export_book
from app.ledger.snapshot import Snapshot, open_snapshot

UNTIL = date(2026, 10, 31)
KINDS = ("business", "cooperative")
SIZE = DemoSize(months=3, sales_per_day=6, members=30, until=UNTIL)


@pytest.fixture(scope="module")
def demos(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A sample book of each kind."""
    folder = tmp_path_factory.mktemp("demo")
    paths = {kind: folder / f"{kind}.lumbung" for kind in KINDS}
    for kind, path in paths.items():
        make_demo(path, kind, SIZE)
    return paths


def trial_balance(snapshot: Snapshot) -> dict[str, int]:
    return {item.account.code: item.amount for item in queries.trial_balance(snapshot)}


@pytest.mark.parametrize("kind", KINDS)
def test_a_sample_book_is_sound_and_the_same_each_time(
    demos: dict[str, Path], tmp_path: Path, kind: str
) -> None:
    again = tmp_path / "lagi.lumbung"
    make_demo(again, kind, SIZE)
    text = (
        "SELECT e.number, e.date, e.memo, p.account_id, p.amount FROM entry AS e"
        " JOIN posting AS p ON p.entry_id = e.id ORDER BY p.id"
    )
    with open_snapshot(demos[kind], UNTIL) as first, open_snapshot(again, UNTIL) as second:
        assert first.sql(text) == second.sql(text)
        assert len(first.sql("SELECT 1 FROM entry")) > 150
        assert checks.run(first) == []
        other = trial_balance(second)
    different = tmp_path / "lain.lumbung"
    make_demo(different, kind, DemoSize(months=3, sales_per_day=6, members=30, until=UNTIL, seed=2))
    with open_snapshot(different, UNTIL) as third:
        assert trial_balance(third) != other


@pytest.mark.parametrize("members", [1, 7, 100])
def test_the_register_ends_with_as_many_members_as_asked(tmp_path: Path, members: int) -> None:
    path = tmp_path / "k.lumbung"
    make_demo(path, "cooperative", DemoSize(months=4, members=members, until=date(2026, 9, 17)))
    with open_snapshot(path, UNTIL) as snapshot:
        assert snapshot.sql("SELECT count(*) FROM member")[0][0] == members
        assert checks.broken_only(checks.run(snapshot)) == []


def test_the_sample_cooperative_has_good_and_late_payers_and_one_who_left(demos: dict[str, Path]) -> None:
    from app.ledger.loans.queries import loan_list

    with open_snapshot(demos["cooperative"], UNTIL) as snapshot:
        found = loan_list(snapshot, UNTIL)
        assert any(row.days_overdue > 0 for row in found)
        assert any(row.days_overdue == 0 for row in found)


def test_a_sample_book_never_overwrites_and_leaves_nothing_when_cancelled(tmp_path: Path) -> None:
    path = tmp_path / "ada.lumbung"
    path.write_bytes(b"x")
    with pytest.raises(Refused):
        make_demo(path, "business", SIZE)
    assert path.read_bytes() == b"x"

    from app.base.errors import Cancelled

    watched = Watched(lambda done, total, label: watched.cancel() if done > 3 else None)
    with pytest.raises(Cancelled):
        make_demo(tmp_path / "batal.lumbung", "business", SIZE, watched)
    assert sorted(item.name for item in tmp_path.iterdir()) == ["ada.lumbung"]
    with pytest.raises(UserError):
        DemoSize(months=0)


@pytest.mark.parametrize("kind", KINDS)
def test_hledger_agrees_account_by_account(demos: dict[str, Path], tmp_path: Path, kind: str) -> None:
    journal = tmp_path / "buku.journal"
    with open_snapshot(demos[kind], UNTIL) as snapshot:
        export_book(snapshot, "hledger", journal)
        ours = trial_balance(snapshot)
    subprocess.run(["hledger", "-f", str(journal), "check", "--strict"], check=True, capture_output=True)
    told = subprocess.run(
        ["hledger", "-f", str(journal), "balance", "--flat", "--no-total", "-O", "csv"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    rows = list(csv.reader(io.StringIO(told)))[1:]
    theirs = {account.split(":")[1].split(" ")[0]: _whole(amount) for account, amount in rows}
    assert theirs == ours


def _whole(text: str) -> int:
    return int("".join(letter for letter in text if letter.isdigit() or letter == "-"))


@pytest.mark.parametrize("kind", KINDS)
def test_beancount_accepts_it(demos: dict[str, Path], tmp_path: Path, kind: str) -> None:
    target = tmp_path / "buku.beancount"
    with open_snapshot(demos[kind], UNTIL) as snapshot:
        export_book(snapshot, "beancount", target)
    checked = Path(sys.executable).with_name("bean-check")
    done = subprocess.run([str(checked), str(target)], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
