"""Long work beside the window."""

import threading
import time
from typing import Any

from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.base.i18n import Translator
from app.base.progress import Progress
from app.ui.jobs import Jobs, Standing
from app.ui.widgets.toast import JobStrip


def test_a_job_works_in_its_own_thread_and_answers_in_the_windows(qtbot: QtBot) -> None:
    jobs = Jobs()
    where: dict[str, int] = {}
    seen: list[Standing] = []

    def work(progress: Progress) -> int:
        where["work"] = threading.get_ident()
        for number in range(5):
            progress.step(number + 1, 5, f"{number}")
            time.sleep(0.03)
        return 42

    def then(result: Any) -> None:
        where["then"] = threading.get_ident()
        assert result == 42

    job = jobs.run("Counting", work, then=then)
    job.moved.connect(seen.append)
    with qtbot.waitSignal(job.ended, timeout=5_000):
        pass
    qtbot.waitUntil(lambda: "then" in where)
    assert where["work"] != threading.get_ident()
    assert where["then"] == threading.get_ident()
    assert seen[-1].total == 5
    assert jobs.running == []


def test_who_listens_only_after_asking_hears_the_quickest_job(qtbot: QtBot) -> None:
    jobs = Jobs()
    job = jobs.run("Quick", lambda _progress: 42)
    job.wait()  # as long as a machine may take between the two lines
    heard: list[Any] = []
    job.finished.connect(heard.append)
    with qtbot.waitSignal(job.ended, timeout=5_000):
        pass
    qtbot.waitUntil(lambda: heard == [42])


def test_a_job_stopped_before_it_began_does_nothing_and_says_so(qtbot: QtBot) -> None:
    jobs = Jobs()
    done: list[Any] = []
    stopped: list[bool] = []
    job = jobs.run("Late", lambda _progress: done.append(1), cancelled=lambda: stopped.append(True))
    jobs.stop_all()
    qtbot.waitUntil(lambda: jobs.running == [])
    assert (done, stopped) == ([], [True])
    assert jobs.writer is None
    assert not job.writes


def test_waiting_for_another_process_does_not_hide_the_first_name(qtbot: QtBot) -> None:
    jobs = Jobs()
    seen: list[Standing] = []
    connected = threading.Event()

    def work(progress: Progress) -> None:
        connected.wait(5)
        progress.step(0, 0, "")  # only listens for a stop
        for number in range(60):
            progress.step(number, 60, f"Anggota {number}")
        progress.step(60, 60, "")

    job = jobs.run("Quick", work)
    job.moved.connect(seen.append)
    connected.set()
    with qtbot.waitSignal(job.ended, timeout=5_000):
        pass
    qtbot.waitUntil(lambda: bool(seen) and seen[-1].done == 60)
    assert [standing.label for standing in seen] == ["Anggota 0", ""]


def test_a_stopped_job_stops_at_its_next_step(qtbot: QtBot) -> None:
    jobs = Jobs()
    done: list[int] = []
    stopped: list[bool] = []

    def work(progress: Progress) -> None:
        for number in range(1_000):
            progress.step(number, 1_000, "")
            done.append(number)
            time.sleep(0.005)

    job = jobs.run("Long", work, cancelled=lambda: stopped.append(True))
    qtbot.waitUntil(lambda: len(done) > 3)
    job.cancel()
    with qtbot.waitSignal(job.ended, timeout=5_000):
        pass
    qtbot.waitUntil(lambda: stopped == [True])
    assert len(done) < 900


def test_what_went_wrong_reaches_the_window(qtbot: QtBot) -> None:
    jobs = Jobs()
    failures: list[Exception] = []

    def work(_progress: Progress) -> None:
        raise ValueError("broken")

    job = jobs.run("Breaks", work, failed=failures.append)
    with qtbot.waitSignal(job.ended, timeout=5_000):
        pass
    qtbot.waitUntil(lambda: len(failures) == 1)
    assert str(failures[0]) == "broken"


def test_one_writer_is_known_until_it_has_ended(qtbot: QtBot) -> None:
    jobs = Jobs()
    gate = threading.Event()
    idle: list[bool] = []
    jobs.idle.connect(lambda: idle.append(True))
    job = jobs.run("Writes", lambda _progress: gate.wait(5), writes=True)
    assert jobs.writer is job
    gate.set()
    qtbot.waitUntil(lambda: idle == [True], timeout=5_000)
    assert jobs.writer is None


def test_the_strip_shows_what_still_runs_when_another_has_ended(qtbot: QtBot) -> None:
    jobs, strip = Jobs(), JobStrip(Translator("en"))
    qtbot.addWidget(strip)
    jobs.started.connect(strip.watch)
    gates = threading.Event(), threading.Event()
    long = jobs.run("Import", lambda _progress: gates[0].wait(5))
    short = jobs.run("Backup", lambda _progress: gates[1].wait(5))
    assert strip.job is short
    gates[1].set()
    qtbot.waitUntil(lambda: strip.job is long)
    qtbot.waitUntil(strip.isVisible, timeout=3_000)
    gates[0].set()
    qtbot.waitUntil(lambda: strip.job is None)
    assert not strip.isVisible()


def test_a_job_that_ends_after_its_window_has_gone_harms_nobody(qtbot: QtBot) -> None:
    jobs, strip = Jobs(), JobStrip(Translator("en"))
    jobs.started.connect(strip.watch)
    gate = threading.Event()
    job = jobs.run("Backup", lambda _progress: gate.wait(5))
    delete(strip)
    gate.set()
    qtbot.waitUntil(lambda: not jobs.running)
    job.wait()
    qtbot.wait(700)
