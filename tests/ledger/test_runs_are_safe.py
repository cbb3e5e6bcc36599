"""The runs over all members: twice is once, killed half way and begun again is once, cancelled is not at all.

On the books of 500 members that moved in at the end of June; the process that is killed is a real one.
"""

import os
import shutil
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from app.base.clock import FixedClock
from app.base.dates import Month
from app.base.errors import Cancelled
from app.base.progress import Watched
from app.ledger import checks
from app.ledger.book import Book
from app.ledger.command import Command
from app.ledger.deposits.commands import RollOverDeposits, RunDepositInterest
from app.ledger.loans.commands import RunAllowance
from app.ledger.savings.commands import RunSavingsInterest
from tests.ledger.conftest import NOW
from tests.ledger.import_books import imported
from tests.ledger.moving_in import old_books

JULY = Month(2026, 7)
RUNS: dict[str, tuple[Command, ...]] = {
    "savings": (RunSavingsInterest(month=JULY),),
    "deposits": (RunDepositInterest(on=date(2026, 8, 31)),),
    "roll-over": (RollOverDeposits(on=date(2026, 11, 20)),),
    "allowance": (RunAllowance(month=JULY),),
}
# A process that does the run and says when it has come to a place, where it waits to be killed.
_RUNS = """
import sys, time
from pathlib import Path
from app.base.clock import FixedClock
from app.base.progress import Watched
from app.ledger.book import Book
from app.ledger.transaction import Transaction
from tests.ledger.conftest import NOW
from tests.ledger.test_runs_are_safe import RUNS

path, name, where = sys.argv[1:]
seen = []

def stop():
    print("here", flush=True)
    time.sleep(60)

def show(done, total, label):
    if where == "half" and total and done * 2 >= total - 1 and done:
        stop()

if where == "written":
    write_series = Transaction.write_series
    def written(tx):
        write_series(tx)
        stop()
    Transaction.write_series = written

book = Book.open(Path(path), clock=FixedClock(NOW), actor="Ngatiyem")
for command in RUNS[name]:
    book.execute(command, Watched(show))
"""

Figures = tuple[list[tuple[object, ...]], ...]


@pytest.fixture(scope="module")
def moved_in(book_templates: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book of 500 members, made once."""
    folder = tmp_path_factory.mktemp("moved")
    path = folder / "koperasi.lumbung"
    shutil.copyfile(book_templates["cooperative"], path)
    book = Book.open(path, clock=FixedClock(NOW), actor="Ngatiyem")
    imported(book, old_books().write(folder / "pindahan.xlsx"))
    book.close()
    return path


@pytest.fixture
def own(moved_in: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    path = tmp_path / "koperasi.lumbung"
    shutil.copyfile(moved_in, path)
    return path


def opened(path: Path) -> Book:
    return Book.open(path, clock=FixedClock(NOW), actor="Ngatiyem")


def figures(path: Path) -> Figures:
    """Every balance of the book, and how many entries and rows of detail there are; nothing is broken."""
    book = opened(path)
    with book.snapshot() as snapshot:
        assert checks.broken_only(checks.run(snapshot)) == []
        found = tuple(
            [tuple(row) for row in snapshot.sql(text)]
            for text in (
                "SELECT account_id, date, kind, amount FROM day_balance WHERE amount <> 0 ORDER BY 1, 2, 3",
                "SELECT account_id, party_id, amount FROM party_balance WHERE amount <> 0 ORDER BY 1, 2",
                "SELECT id, balance FROM savings_account ORDER BY 1",
                "SELECT (SELECT count(*) FROM entry), (SELECT count(*) FROM posting),"
                " (SELECT count(*) FROM savings_movement), (SELECT count(*) FROM term_deposit_movement)",
            )
        )
    book.close()
    return found


def run(path: Path, name: str) -> None:
    book = opened(path)
    for command in RUNS[name]:
        book.execute(command)
    book.close()


def killed(path: Path, name: str, where: str) -> None:
    """The run in another process, killed where it has come to."""
    process = subprocess.Popen(
        [sys.executable, "-c", _RUNS, str(path), name, where],
        cwd=Path(__file__).parents[2],
        env=dict(os.environ),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
        process.send_signal(signal.SIGKILL)
        assert process.wait(10) == -signal.SIGKILL
    finally:
        process.kill()
        process.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")
@pytest.mark.parametrize("name", RUNS)
def test_killed_half_way_and_begun_again_is_once(own: Path, tmp_path: Path, name: str) -> None:
    before = figures(own)
    other = tmp_path / "undisturbed.lumbung"
    shutil.copyfile(own, other)
    run(other, name)
    once = figures(other)
    assert once != before
    # Once half way, once with everything written and not yet made final.
    for where in ("half", "written"):
        killed(own, name, where)
        assert figures(own) == before
    run(own, name)
    assert figures(own) == once
    run(own, name)
    assert figures(own) == once


@pytest.mark.parametrize("name", RUNS)
def test_cancelled_is_not_at_all_and_undone_restores_every_balance(own: Path, name: str) -> None:
    before = figures(own)
    book = opened(own)
    for after in (0, 1):
        with pytest.raises(Cancelled):
            book.execute(RUNS[name][0], _Stopping(after))
    book.close()
    assert figures(own) == before
    run(own, name)
    book = opened(own)
    book.undo()
    book.close()
    assert figures(own)[1:3] == before[1:3]


class _Stopping(Watched):
    """Somebody who stops the job once it has shown so many steps; with 0 before the first."""

    def __init__(self, after: int) -> None:
        super().__init__(self._count)
        self._left = after
        self.cancelled = not after

    def _count(self, done: int, total: int, label: str) -> None:
        self._left -= 1
        if self._left <= 0:
            self.cancel()
