"""The ledger: balances, registers, pages, one command, batches, rebuilding. Targets P1 to P10."""

import hashlib
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from app.base.dates import Month
from app.ledger.accounts.service import chart_of
from app.ledger.book import Book
from app.ledger.entries import integrity, queries
from app.ledger.entries.commands import EntryLine, PostEntry
from app.ledger.entries.post import EntryBuffer, Posting, post
from app.ledger.snapshot import open_snapshot
from app.ledger.storage.migrations import MIGRATIONS, statements
from tests.bench.measure import Bench, Row, Scale, at_least, at_most, in_turn, once
from tests.bench.year import CLOCK, PostYear, carry_out, year_book, year_journal

GNUCASH_PER_S = 64  # durable, one at a time; measured once, on a machine like this
PIECASH_PER_S = 167
SMALL = 10_000
TODAY = date(2026, 11, 24)
RAW_BALANCES = "SELECT account_id, sum(amount) FROM day_balance GROUP BY account_id"


def _raw(path: Path) -> Any:
    connection = driver.connect(f"file:{path}?mode=ro", uri=True)
    connection.execute("PRAGMA cache_size=-32000")
    return connection


def trial_balance(scale: Scale) -> list[Row]:
    """P1: a warm trial balance against ledger-cli and against the bare table."""
    path = year_book(scale.folder, scale.entries, scale.members)
    raw = _raw(path)
    with open_snapshot(path, TODAY) as snapshot:
        ours, bare = in_turn(
            lambda: queries.trial_balance(snapshot),
            lambda: raw.execute(RAW_BALANCES).fetchall(),
            runs=scale.runs * 5,
        )
    journal = year_journal(scale.folder, scale.entries, scale.members)
    ledger = once(lambda: _run(["ledger", "-f", str(journal), "balance", "--flat"]))
    return [
        at_most("trial balance / ledger-cli", ours, ledger, 1 / 1000, "ms"),
        at_most("trial balance / raw table", ours, bare, 25, "ms"),
    ]


def flat_in_size(scale: Scale) -> list[Row]:
    """P2: a trial balance of the large book against one of 10,000 entries."""
    large = year_book(scale.folder, scale.entries, scale.members)
    small = year_book(scale.folder, SMALL, scale.members)
    with open_snapshot(large, TODAY) as one, open_snapshot(small, TODAY) as other:
        ours, reference = in_turn(
            lambda: queries.trial_balance(one), lambda: queries.trial_balance(other), runs=scale.runs * 5
        )
    return [at_most(f"{scale.entries:,} / {SMALL:,}", ours, reference, 1.5, "ms")]


def cold_report(scale: Scale) -> list[Row]:
    """P3: the whole process `lumbung report ... trial-balance` against ledger-cli, time and memory."""
    path = year_book(scale.folder, scale.entries, scale.members)
    journal = year_journal(scale.folder, scale.entries, scale.members)
    command = [sys.executable, "-m", "app", "report", str(path), "trial-balance", "--on", "2026-11-24"]
    _run(command)
    ours = min(_measured(command) for _ in range(3))
    ledger = _measured(["ledger", "-f", str(journal), "balance", "--flat"])
    return [
        at_most("time / ledger-cli", ours[0], ledger[0], 1 / 15, "ms"),
        at_most("memory / ledger-cli", ours[1], ledger[1], 1 / 50, "MiB"),
    ]


def member_balances(scale: Scale) -> list[Row]:
    """P4: the balances of all members with their names."""
    path = year_book(scale.folder, scale.entries, scale.members)
    raw = _raw(path)
    with open_snapshot(path, TODAY) as snapshot:
        ours, bare = in_turn(
            lambda: queries.party_balances(snapshot),
            lambda: raw.execute("SELECT account_id, party_id, amount FROM party_balance").fetchall(),
            runs=scale.runs * 3,
        )
    return [at_most(f"{scale.members:,} members", ours, bare, 5, "ms")]


def register(scale: Scale) -> list[Row]:
    """P5: a month's register with running balance against raw SQL of the same rows."""
    path = year_book(scale.folder, scale.entries, scale.members)
    raw = _raw(path)
    period = Month(2025, 6).period
    with open_snapshot(path, TODAY) as snapshot:
        cash = snapshot.sql("SELECT id FROM account WHERE code = '1-1101'")[0][0]
        text = (
            "SELECT p.id, e.id, p.date, e.number, e.memo, p.amount FROM posting AS p"
            " JOIN entry AS e ON e.id = p.entry_id WHERE p.account_id = ? AND p.date >= ? AND p.date < ?"
            " ORDER BY p.date, p.id"
        )
        span = (cash, period.first.isoformat(), period.end.isoformat())
        ours, bare = in_turn(
            lambda: queries.register(snapshot, cash, period),
            lambda: raw.execute(text, span).fetchall(),
            runs=scale.runs,
        )
        rows = len(queries.register(snapshot, cash, period)[1])
    return [at_most(f"{rows:,} rows", ours, bare, 3, "ms")]


def pages(scale: Scale) -> list[Row]:
    """P6: a page of 50 rows, deep against first, and against the bare keyset query."""
    path = year_book(scale.folder, scale.entries, scale.members)
    raw = _raw(path)
    with open_snapshot(path, TODAY) as snapshot:
        cash = snapshot.sql("SELECT id FROM account WHERE code = '1-1101'")[0][0]
        keys = [
            queries.Key(date.fromisoformat(on), key)
            for key, on in snapshot.sql(
                "SELECT id, date FROM posting WHERE account_id = ? ORDER BY date, id", (cash,)
            )[:: max(scale.entries // 400, 1)]
        ]
        deep = _p95([partial(queries.register_page, snapshot, cash, after=key) for key in keys])
        first = _p95([lambda: queries.register_page(snapshot, cash)] * len(keys))
        text = (
            "SELECT id, entry_id, date, amount FROM posting WHERE account_id = ?"
            " AND (date, id) > (?, ?) ORDER BY date, id LIMIT 50"
        )
        bare = _p95([partial(_fetch, raw, text, (cash, key.date.isoformat(), key.posting)) for key in keys])
    return [
        at_most("p95 deep / first", deep, first, 3, "ms"),
        at_most("p95 / raw keyset", deep, bare, 8, "ms"),
    ]


def _entry(number: int) -> PostEntry:
    return PostEntry(
        on=date(2025, 3, 1 + number % 28),
        memo="Belanja ATK",
        lines=(
            EntryLine(account="6-2001", debit=3_000 + number % 7),
            EntryLine(account="6-2004", debit=2_000),
            EntryLine(account="1-1101", credit=5_000 + number % 7),
        ),
    )


def one_command(scale: Scale) -> list[Row]:
    """P7 and P8: one durable command against raw SQLite writing the same rows, and without its balances and audit."""
    book = _fresh(scale.folder, "satu")
    bare = _fresh(scale.folder, "tanpa")
    carry_out(bare, PostEntry, _post_without_balances)
    raw = _RawWriter(scale.folder / "mentah.db")
    rounds, size = scale.runs * 4, 50
    times: dict[str, list[float]] = {"ours": [], "raw": [], "bare": []}
    for number in range(rounds):
        commands = [_entry(number * size + item) for item in range(size)]
        times["ours"].append(once(partial(_execute_all, book, commands)) / size)
        times["raw"].append(once(partial(raw.write_many, size)) / size)
        times["bare"].append(once(partial(_execute_all, bare, commands)) / size)
    ours, reference, without = (sorted(item)[len(item) // 2] * 1000 for item in times.values())
    book.close()
    bare.close()
    rate = 1e6 / ours
    return [
        at_least("commands / raw writes", rate, 1e6 / reference, 0.6, "per s"),
        at_least("commands / GnuCash's engine", rate, GNUCASH_PER_S, 40, "per s"),
        at_least("commands / piecash", rate, PIECASH_PER_S, 15, "per s"),
        at_most("with / without balances and audit (P8)", ours, without, 1.15, "us"),
    ]


def _execute_all(book: Book, commands: list[PostEntry]) -> None:
    for command in commands:
        book.execute(command)


def _fetch(raw: Any, text: str, values: tuple[Any, ...]) -> Any:
    return raw.execute(text, values).fetchall()


def _post_without_balances(tx: Any, command: PostEntry) -> Any:
    """The same entry with neither balances nor audit kept: only for the comparison."""
    from app.ledger.changes import Done

    buffer: Any = tx.attached("entries", EntryBuffer)
    chart = chart_of(tx)
    postings = [Posting(chart.code(line.account).id, line.amount) for line in command.lines]
    posted = post(tx, on=command.on, memo=command.memo, postings=postings, source="journal")
    buffer._days.clear()
    buffer._parties.clear()
    return Done(number=posted.number)


class _RawWriter:
    """The driver alone, WAL and FULL, writing the same rows into the same tables: no rules, no guards.

    What one command writes: an entry, three postings, three balances, the counter, and a chained audit row.
    """

    def __init__(self, path: Path) -> None:
        for leftover in path.parent.glob(path.name + "*"):
            leftover.unlink()
        self._connection = driver.connect(str(path), isolation_level=None)
        run = self._connection.execute
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            run(f"PRAGMA {pragma}").fetchall()
        for statement in statements((MIGRATIONS / "r001_bookkeeping.sql").read_text(encoding="utf-8")):
            run(statement)
        for key in (1, 2, 3):
            run("INSERT INTO account (id, code, name, class) VALUES (?, ?, 'x', 'asset')", (key, str(key)))
        self._number = 0
        self._hash = bytes(32)

    def write_many(self, count: int) -> None:
        """Write that many entries, each durably."""
        for _ in range(count):
            self._write()

    def _write(self) -> None:
        self._number += 1
        key, on = self._number, f"2025-03-{1 + self._number % 28:02d}"
        rows = [
            (key * 3 + place, key, place + 1, on, amount, None, None)
            for place, amount in enumerate((3000, 2000, -5000))
        ]
        run = self._connection.execute
        run("BEGIN IMMEDIATE")
        self._connection.executemany("INSERT INTO posting VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        run(
            "INSERT INTO entry VALUES (?, ?, ?, 'ordinary', 'journal', 'Belanja ATK', NULL, NULL, NULL)",
            (key, f"JU-2503-{key:04d}", on),
        )
        self._connection.executemany(
            "INSERT INTO day_balance VALUES (?, ?, 'ordinary', ?)"
            " ON CONFLICT DO UPDATE SET amount = amount + excluded.amount",
            [(row[2], row[3], row[4]) for row in rows],
        )
        run(
            "INSERT INTO series VALUES ('JU', '2503', ?) ON CONFLICT DO UPDATE SET last = excluded.last",
            (key,),
        )
        payload = f'{{"command":"post-entry","lines":[{rows}],"on":"{on}","memo":"Belanja ATK"}}'
        previous = self._hash
        self._hash = hashlib.blake2b(previous + payload.encode(), digest_size=32).digest()
        run(
            "INSERT INTO audit VALUES (?, 1, 'post-entry', ?, ?, ?, 'bench', '2026-11-24T02:00:00.000+00:00',"
            " '+07:00', ?, ?, ?, ?, ?, ?, NULL)",
            (key, payload, bytes(16), bytes(32), key, key, bytes(32), previous, self._hash, '{"entry":1}'),
        )
        run("COMMIT")


def batch(scale: Scale) -> list[Row]:
    """P9: entries of three postings, checked and posted in one transaction, against a raw batch."""
    count = min(scale.entries, 100_000)
    commands = [_entry(number) for number in range(count)]
    book = _fresh(scale.folder, "borongan")
    from app.ledger.changes import Done

    def run_all(tx: Any, command: Any) -> Done:
        del command
        for item in commands:
            tx.run(item)
        return Done()

    carry_out(book, PostYear, run_all)
    ours = once(lambda: book.execute(PostYear(entries=count, members=0)))
    book.close()
    raw = once(lambda: _raw_batch(scale.folder / "mentah-borongan.db", count))
    return [at_least("entries a second", count / ours * 1000, count / raw * 1000, 0.25, "per s")]


def _raw_batch(path: Path, count: int) -> None:
    for leftover in path.parent.glob(path.name + "*"):
        leftover.unlink()
    connection = driver.connect(str(path), isolation_level=None)
    run = connection.execute
    run("PRAGMA journal_mode=WAL").fetchall()
    run("CREATE TABLE entry (id INTEGER PRIMARY KEY, number TEXT, date TEXT, memo TEXT) STRICT")
    run(
        "CREATE TABLE posting (id INTEGER PRIMARY KEY, entry_id INTEGER, account_id INTEGER, date TEXT,"
        " amount INTEGER) STRICT"
    )
    run("CREATE INDEX posting_entry ON posting (entry_id)")
    run("CREATE INDEX posting_account ON posting (account_id, date, id, amount)")
    entries = [
        (key, f"JU-{key}", f"2025-03-{1 + key % 28:02d}", "Belanja ATK") for key in range(1, count + 1)
    ]
    postings = [
        (key * 3 + place, key, place + 1, on, amount)
        for key, _, on, _ in entries
        for place, amount in enumerate((3000, 2000, -5000))
    ]
    run("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO entry VALUES (?, ?, ?, ?)", entries)
    connection.executemany("INSERT INTO posting VALUES (?, ?, ?, ?, ?)", postings)
    run("COMMIT")
    connection.close()


def rebuild(scale: Scale) -> list[Row]:
    """P10: recompute and compare all kept balances against one scan of the covering index."""
    path = year_book(scale.folder, scale.entries, scale.members)
    raw = _raw(path)
    with open_snapshot(path, TODAY) as snapshot:
        ours, scan = in_turn(
            lambda: [*integrity.day_balances_hold(snapshot), *integrity.party_balances_hold(snapshot)],
            lambda: raw.execute("SELECT account_id, sum(amount) FROM posting GROUP BY account_id").fetchall(),
            runs=3,
        )
    return [at_most("rebuild and compare / scan", ours, scan, 2.5, "ms")]


def _fresh(folder: Path, name: str) -> Book:
    path = folder / f"{name}.lumbung"
    for leftover in folder.glob(path.name + "*"):
        leftover.unlink()
    return Book.create(path, kind="cooperative", name="Uji", clock=CLOCK, actor="bench")


def _p95(works: list[Callable[[], object]]) -> float:
    times = sorted(_timed(work) for work in works)
    return times[int(len(times) * 0.95)]


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)


_LAUNCHER = """
import os, sys, time
start = time.perf_counter()
process = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=[
    (os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0) for fd in (1, 2)])
_, status, usage = os.wait4(process, 0)
print(status, (time.perf_counter() - start) * 1000, usage.ru_maxrss / 1024)
"""


def _measured(command: list[str]) -> tuple[float, float]:
    """Wall milliseconds and peak MiB of a whole process.

    Started by a small process of its own: a child's peak includes its parent's at the moment of the fork.
    """
    program = shutil.which(command[0]) or command[0]
    told = subprocess.run(
        [sys.executable, "-S", "-c", _LAUNCHER, program, *command[1:]],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    if told[0] != "0":
        raise subprocess.CalledProcessError(int(told[0]), command)
    return float(told[1]), float(told[2])


BENCHES = (
    Bench("P1", "trial balance", trial_balance),
    Bench("P2", "flat in size", flat_in_size),
    Bench("P3", "cold report", cold_report),
    Bench("P4", "balances of all members", member_balances),
    Bench("P5", "a month's register", register),
    Bench("P6", "pages at any depth", pages),
    Bench("P7", "one command (and P8)", one_command),
    Bench("P9", "batch of entries", batch),
    Bench("P10", "rebuild and compare", rebuild),
)
