"""P15 and W4: from the start of the process to the painted window, and from a click to any page.

The reference of the start is Qt alone with a menu, in a process of its own. A book of a million entries is opened
beside an empty one. A page counts from the call that goes to it until it is painted; the first click comes twelve
seconds after the book was opened.
"""

import os
import shutil
import statistics
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from time import perf_counter

from app.base.clock import FixedClock, SystemClock
from app.bootstrap import services
from app.ledger.profile.commands import SetFeatures
from app.ledger.profile.queries import read_features
from tests.bench.measure import Bench, Row, Scale, at_most
from tests.bench.year import year_book

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=timezone(timedelta(hours=7)))
MOST_MORE_S, MOST_MIB, MOST_PAGE_MS = 0.3, 400.0, 150.0
LOOKING_S = 12.0


def painted(*arguments: str, runs: int) -> tuple[float, float]:
    """The median time to the painted window in ms, and the memory of the process in MiB."""
    times, memory = [], 0.0
    for _ in range(max(runs, 3)):
        begun = perf_counter()
        with subprocess.Popen(
            [sys.executable, "-m", "tests.bench.window_probe", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=ROOT,
        ) as process:
            assert process.stdout is not None
            word = process.stdout.readline().strip()
            times.append((perf_counter() - begun) * 1000)
            if word != "painted":
                raise RuntimeError(f"the window said {word!r}")
            memory = float(process.stdout.readline())
    return statistics.median(times), memory


def large_book(scale: Scale) -> Path:
    """A copy of the year's book that the window may write into."""
    path = scale.folder / f"window-{scale.entries}.lumbung"
    shutil.copyfile(year_book(scale.folder, scale.entries, scale.members), path)
    return path


def small_book(scale: Scale, kind: str = "business") -> Path:
    """An empty book."""
    path = scale.folder / f"window-empty-{kind}.lumbung"
    path.unlink(missing_ok=True)
    services("id", clock=SystemClock()).create(path, kind=kind, name="Warung Sari").close()
    return path


def start(scale: Scale) -> list[Row]:
    """P15: painted shell, Beranda of a large book, against a bare Qt window; large against empty; memory."""
    large, small = large_book(scale), small_book(scale)
    bare, _ = painted("bare", runs=scale.runs)
    shell, _ = painted("shell", runs=scale.runs)
    home, _ = painted("home", str(small), runs=scale.runs)
    full, memory = painted("home", str(large), runs=scale.runs)
    more = Row(
        "large book opens later by",
        full - home,
        MOST_MORE_S * 1000,
        (full - home) / (MOST_MORE_S * 1000),
        "at most 300 ms",
        "ms",
        full - home <= MOST_MORE_S * 1000,
    )
    return [
        at_most("painted shell / bare Qt window", shell, bare, 2.0, "ms"),
        at_most(f"Beranda of {scale.entries:,} entries / bare Qt window", full, bare, 6.0, "ms"),
        more,
        Row(
            "memory with it open",
            memory,
            MOST_MIB,
            memory / MOST_MIB,
            f"below {MOST_MIB:g} MiB",
            "MiB",
            memory < MOST_MIB,
        ),
    ]


def pages(scale: Scale) -> list[Row]:
    """W4: each page of a large book, opened for the first and for the second time."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from app.base.settings import Settings
    from app.ui.application import Desk, make_app
    from app.ui.pages import PAGES

    settings = Settings()
    app = make_app(settings)
    desk = Desk(app, settings, lambda language: services(language, clock=FixedClock(NOW)))
    desk.window.resize(1366, 768)
    desk.window.show()
    found: dict[str, list[float]] = {}
    path = large_book(scale)
    # The accountant's pages are opened too, so they are switched on as they are for whoever can get to them.
    with services("id", clock=FixedClock(NOW)).opened(path) as book, book.snapshot() as reading:
        on = tuple(sorted({*read_features(reading), "accountant"}))
        book.execute(SetFeatures(features=on))
    if not desk.open_book(path):
        raise RuntimeError("the book did not open")
    session = desk.session
    assert session is not None
    # A person looks at the first page for a moment; the window makes use of it.
    looked = perf_counter()
    while perf_counter() - looked < LOOKING_S:
        app.processEvents()
    assert session.shell is not None
    for _ in range(3):
        for page in PAGES:
            if session.kind not in page.kinds or page.key in ("member", "loan", "deposit"):
                continue
            begun = perf_counter()
            session.shell.go(page.key)
            app.processEvents()
            desk.window.grab()
            found.setdefault(page.key, []).append((perf_counter() - begun) * 1000)
    desk.close_book()
    desk.window.close()
    first = sorted(((times[0], key) for key, times in found.items()), reverse=True)
    again = sorted(((min(times[1:]), key) for key, times in found.items()), reverse=True)
    rows = []
    for words, ranked in (("slowest page, first time", first), ("slowest page, again", again)):
        for slowest, key in ranked[:3]:
            rows.append(
                Row(
                    f"{words}: {key}",
                    slowest,
                    MOST_PAGE_MS,
                    slowest / MOST_PAGE_MS,
                    f"below {MOST_PAGE_MS:g} ms",
                    "ms",
                    slowest < MOST_PAGE_MS,
                )
            )
    return rows


BENCHES = [
    Bench("P15", "starting the window", start),
    Bench("W4", "opening each page of a large book", pages),
]
