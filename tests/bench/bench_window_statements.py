"""W1: how long the window is kept waiting at most while all members' statements are printed.

A timer ticks every few milliseconds in the window's thread; the longest time between two ticks is what a person
would notice. Beside it the same batch drawn on a thread of the window's own process, which is why it isn't done so.
"""

import os
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from app.base.dates import Month, Period
from app.base.i18n import Translator
from app.ledger.demo.make import DemoSize, make_demo
from tests.bench.measure import Bench, Row, Scale, at_most

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=timezone(timedelta(hours=7)))
MONTH = Month(2026, 10)
MOST_MS = 50.0


def book_of(scale: Scale) -> Path:
    """A cooperative's book with so many members, made once."""
    path = scale.folder / f"members-{scale.members}.lumbung"
    if not path.exists():
        make_demo(path, "cooperative", DemoSize(months=2, members=scale.members, until=date(2026, 11, 23)))
    return path


def longest_wait(app: "QCoreApplication", work: Callable[[Any], object]) -> float:
    """The longest time between two ticks of the window's timer while a job runs, in ms."""
    from PySide6.QtCore import QEventLoop, QTimer

    from app.ui.jobs import Jobs

    waits = [0.0]
    last = perf_counter()

    def tick() -> None:
        nonlocal last
        now = perf_counter()
        waits.append(now - last)
        last = now

    timer = QTimer()
    timer.setInterval(2)
    timer.timeout.connect(tick)
    loop = QEventLoop()
    jobs = Jobs()
    faults: list[Exception] = []
    last = perf_counter()
    timer.start()
    job = jobs.run("statements", work, failed=faults.append)
    job.ended.connect(loop.quit)
    loop.exec()
    timer.stop()
    if faults:
        raise faults[0]
    del app
    return max(waits) * 1000


def statements(scale: Scale) -> list[Row]:
    """The longest wait with a process of its own, in one file and in a file for each member."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from app.ledger.snapshot import open_snapshot
    from app.reports.frame import Parameters, Request
    from app.reports.member_statements import write_statements
    from app.reports.statements_process import StatementJob, print_statements

    app = QApplication.instance() or QApplication([])
    book = book_of(scale)
    rows = []
    for name, one_file in (("one file", True), ("a file each", False)):
        order = StatementJob(
            book=book,
            today=NOW.date(),
            month=MONTH,
            language="id",
            made_by="Ngatiyem",
            made_at=NOW,
            folder=scale.folder / f"window-{one_file}",
            one_file=one_file,
            per_page=1,
            paper="A4",
        )
        wait = longest_wait(app, partial(print_statements, order))
        rows.append(at_most(f"window waits, {scale.members} statements, {name}", wait, MOST_MS, 1.0, "ms"))

    def inside(progress: Any) -> object:
        with open_snapshot(book, NOW.date()) as snapshot:
            period: Period = MONTH.period
            request = Request(snapshot, Parameters(period=period), Translator("id"), "Ngatiyem", NOW)
            folder = scale.folder / "window-inside"
            return write_statements(request, folder, one_file=True, per_page=1, paper="A4", progress=progress)

    on_a_thread = longest_wait(app, inside)
    rows.append(
        at_most("a process of its own / a thread of the window's", rows[0].ours, on_a_thread, 1.0, "ms")
    )
    return rows


BENCHES = [Bench("W1", "the window while statements are printed", statements)]
