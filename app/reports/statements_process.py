"""All members' statements, printed by a process of its own.

Drawing a thousand papers keeps a Python interpreter busy for half a minute, and a window in the same process
waits for it at each of its own calls. So the window only waits here for messages: how far it is, and the end.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from app.base.dates import Month
from app.base.errors import Bug, Cancelled, LumbungError
from app.base.i18n import Translator
from app.base.progress import Progress
from app.reports.member_statements import Order, Printed

_LISTEN_S: Final = 0.1
_PATIENCE_S: Final = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementJob:
    """What is to be printed, in values another process can be given."""

    book: Path
    today: date
    month: Month
    language: str
    made_by: str
    made_at: datetime
    folder: Path
    one_file: bool
    per_page: int
    paper: str
    order: Order = Order.GROUP


def print_statements(job: StatementJob, progress: Progress) -> Printed:
    """Print all statements in another process and wait for it.

    Raises Cancelled when `progress` does, once the other process has put away what it had begun.
    """
    here, there = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=_work, args=(there, job), daemon=False)
    process.start()
    there.close()
    told = _Passing(progress, here)
    try:
        while True:
            if not here.poll(_LISTEN_S):
                told.again()
                continue
            try:
                kind, value = here.recv()
            except EOFError:
                raise Bug("the process that prints the statements ended without a word") from None
            if kind == "step":
                told.step(value)
            elif kind == "done":
                return Printed(*value)
            elif kind == "stopped":
                raise Cancelled
            else:
                raise _raised(value)
    finally:
        here.close()
        process.join(_PATIENCE_S)
        if process.is_alive():
            process.terminate()
            process.join()


class _Passing:
    """Passes steps on to the window's progress, and a stop back to the other process, once."""

    def __init__(self, progress: Progress, line: Connection) -> None:
        self._progress = progress
        self._line = line
        self._last = (0, 0, "")
        self._stopped = False

    def step(self, step: tuple[int, int, str]) -> None:
        """Show a step."""
        self._last = step
        self.again()

    def again(self) -> None:
        """Show the last step again: that is how a stop is heard of."""
        if self._stopped:
            return
        try:
            self._progress.step(*self._last)
        except Cancelled:
            self._stopped = True
            with suppress(OSError):
                self._line.send("stop")


def _raised(value: tuple[str, Any]) -> Exception:
    kind, content = value
    if kind == "error" and isinstance(content, LumbungError):
        return content
    return Bug(str(content))


# In the other process


class _Told:
    """Progress that is told to the window's process, and hears from it that it should stop."""

    def __init__(self, line: Connection) -> None:
        self._line = line

    def step(self, done: int, total: int, label: str) -> None:
        """Tell the step, or raise Cancelled."""
        if self._line.poll():
            raise Cancelled
        self._line.send(("step", (done, total, label)))


def _work(line: Connection, job: StatementJob) -> None:
    try:
        files, count, agrees = _print(job, _Told(line))
        line.send(("done", (list(files), count, agrees)))
    except Cancelled:
        line.send(("stopped", None))
    except LumbungError as error:
        line.send(("failed", ("error", _portable(error))))
    except (EOFError, OSError) as error:
        with suppress(OSError):  # the window may be gone: then nobody listens
            line.send(("failed", ("bug", repr(error))))
    except Exception as error:  # noqa: BLE001 - whatever it is, the window has to hear of it
        line.send(("failed", ("bug", repr(error))))
    finally:
        line.close()


def _portable(error: LumbungError) -> LumbungError:
    """The error as it can be sent: an exception with keywords can't be pickled by itself."""
    return _Sent(type(error).__name__, error.template, error.advice, dict(error.params))


class _Sent(LumbungError):  # noqa: N818 - another error on its way
    """An error of the ledger that comes from another process."""

    def __init__(self, kind: str, template: str, advice: str, params: dict[str, object]) -> None:
        super().__init__(template, advice=advice)
        self.params = params
        self._all = (kind, template, advice, params)

    def __reduce__(self) -> tuple[type["_Sent"], tuple[str, str, str, dict[str, object]]]:
        return type(self), self._all


def _print(job: StatementJob, progress: Progress) -> tuple[Sequence[Path], int, bool]:
    from app.ledger.snapshot import open_snapshot
    from app.reports.frame import Parameters, Request
    from app.reports.member_statements import write_statements

    with open_snapshot(job.book, job.today) as snapshot:
        request = Request(
            snapshot, Parameters(period=job.month.period), Translator(job.language), job.made_by, job.made_at
        )
        made = write_statements(
            request,
            job.folder,
            one_file=job.one_file,
            per_page=job.per_page,
            paper=job.paper,
            progress=progress,
            order=job.order,
        )
    return made.files, made.statements, made.agrees
