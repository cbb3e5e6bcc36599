"""Long work beside the window: on a worker thread, with progress, the time left, and a stop that stops.

A job reads its own snapshot of the book, or is the one writer for as long as it runs; typing goes on meanwhile.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QThread, QTimer, Signal

from app.base.clock import stopwatch
from app.base.errors import Cancelled, LumbungError
from app.base.progress import Progress, Watched

# Messages between the threads no oftener than this, in seconds: a bar needs no more, and each costs the window time.
_BETWEEN = 0.1


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a job is. `left` is the time left in seconds, None until it can be told."""

    done: int
    total: int
    label: str
    left: float | None


class Job(QObject):
    """One piece of long work. Its signals arrive in the window's thread."""

    moved = Signal(object)  # Standing
    finished = Signal(object)  # what the work returned
    failed = Signal(object)  # the exception
    cancelled = Signal()
    ended = Signal()  # after any of the three

    def __init__(self, title: str, work: Callable[[Progress], Any], *, writes: bool = False) -> None:
        super().__init__()
        self.title = title
        self.writes = writes
        self._work = work
        self._watched = Watched(self._step)
        self._begun = 0.0
        self._told = float("-inf")
        self._thread = _Thread(self._run)
        self._thread.finished.connect(self.ended)
        self.result: Any = None

    def start(self) -> None:
        """Begin; one that was stopped before it began only says so."""
        if self._watched.cancelled:
            self.cancelled.emit()
            self.ended.emit()
            return
        self._begun = stopwatch()
        self._thread.start(QThread.Priority.LowPriority)

    def cancel(self) -> None:
        """Stop at the next step; what was begun leaves nothing half."""
        self._watched.cancel()

    def wait(self) -> None:
        """Wait for the end, for a program that is closing."""
        self._thread.wait()

    def _run(self) -> None:
        try:
            self.result = self._work(self._watched)
        except Cancelled:
            self.cancelled.emit()
        except Exception as error:  # noqa: BLE001 - whatever happened is shown by the window, none may kill the thread
            self.failed.emit(error)
        else:
            self.finished.emit(self.result)

    def _step(self, done: int, total: int, label: str) -> None:
        now = stopwatch()
        if not total or (now - self._told < _BETWEEN and done < total):
            return  # nothing to show yet, or too soon after the last: the first step is always shown
        self._told = now
        spent = now - self._begun
        left = spent / done * (total - done) if done and spent > 1 else None
        self.moved.emit(Standing(done, total, label, left))


class _Thread(QThread):
    def __init__(self, run: Callable[[], None]) -> None:
        super().__init__()
        self._work = run

    def run(self) -> None:
        """Do the work of this thread."""
        self._work()


class Jobs(QObject):
    """The jobs of the window: those that read run at once, one that writes makes other writers wait."""

    started = Signal(object)  # Job
    idle = Signal()  # no writer runs any more

    def __init__(self) -> None:
        super().__init__()
        self.running: list[Job] = []

    def run(
        self,
        title: str,
        work: Callable[[Progress], Any],
        *,
        then: Callable[[Any], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        cancelled: Callable[[], object] | None = None,
        writes: bool = False,
    ) -> Job:
        """Start a job; `then` gets what it returned, in the window's thread.

        It begins when the window is back in its loop: whoever asked for it can still listen to it first, however
        quick it is.
        """
        job = Job(title, work, writes=writes)
        self.running.append(job)
        if then is not None:
            job.finished.connect(then)
        if failed is not None:
            job.failed.connect(failed)
        if cancelled is not None:
            job.cancelled.connect(cancelled)
        job.ended.connect(lambda: self._end(job))
        self.started.emit(job)
        QTimer.singleShot(0, job.start)
        return job

    @property
    def writer(self) -> Job | None:
        """The job that writes now, if any."""
        return next((job for job in self.running if job.writes), None)

    def stop_all(self) -> None:
        """Cancel everything and wait for it: the program closes."""
        for job in self.running:
            job.cancel()
        for job in tuple(self.running):
            job.wait()

    def _end(self, job: Job) -> None:
        if job in self.running:
            self.running.remove(job)
        if job.writes:
            self.idle.emit()


def is_for_person(error: Exception) -> bool:
    """Whether an error has a sentence for the person, or is a bug of ours."""
    return isinstance(error, LumbungError)
