"""Between the window and the book: one open book, what it says, what it is asked to do, and who is told of it."""

import logging
from collections import deque
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.base.dates import Month, Period
from app.base.errors import Bug, Cancelled, LumbungError, Refused, UserError
from app.base.i18n import Translator
from app.base.settings import Settings
from app.ui import theme
from app.ui.drafts import Drafts
from app.ui.jobs import Job, Jobs
from app.ui.widgets.error_panel import ErrorPanel, Question, Trouble

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.base.progress import Progress
    from app.ledger.book import Book
    from app.ledger.changes import Changes, Outcome
    from app.ledger.command import Command
    from app.ledger.entries.search import RecordSearch
    from app.ledger.reader import BookInfo
    from app.ledger.snapshot import Snapshot
    from app.reports.document import Document
    from app.reports.frame import Request
    from app.services import Services
    from app.ui.application import Desk
    from app.ui.shell import Shell

_LOG = logging.getLogger(__name__)

# More records than this that the search does not know are taken in by a worker.
_FOLLOWED_AT_ONCE = 200

Then = Callable[["Outcome"], object]
Failed = Callable[[LumbungError], bool]


class Session(QObject):
    """One open book in the window. Pages read, write and move through it and know nothing else of the window."""

    changed = Signal(object)  # Changes, after each commit
    month_changed = Signal(object)  # Month

    def __init__(
        self, services: "Services", book: "Book", settings: Settings, shell: "Shell | None" = None
    ) -> None:
        super().__init__()
        self.services = services
        self.book = book
        self.settings = settings
        self.shell = shell
        self.desk: Desk | None = None
        self.translator: Translator = services.translator
        self.jobs = Jobs()
        self.jobs.idle.connect(self._go_on)
        self.month = Month.of(self.today)
        self.drafts = Drafts(book.info.uid)
        self._snapshot: Snapshot | None = None
        self._documents: dict[Any, Document] = {}
        self._search: RecordSearch | None = None
        self._following: Job | None = None
        self._waiting: deque[Callable[[], None]] = deque()
        self._told: deque[Changes] = deque()
        self._tell = QTimer(self)
        self._tell.setSingleShot(True)
        self._tell.timeout.connect(self._publish)
        self._unsubscribe = book.subscribe(self._committed)

    # What the book is

    @property
    def theme(self) -> theme.Theme:
        """The look in use."""
        return theme.current()

    @property
    def info(self) -> "BookInfo":
        """Kind, name and training mode of the book."""
        return self.book.info

    @property
    def kind(self) -> str:
        """business or cooperative."""
        return self.info.kind

    @property
    def features(self) -> frozenset[str]:
        """The keys of the features that are switched on in this book."""
        from app.ledger.profile.queries import read_features

        return frozenset(read_features(self.reading()))

    @property
    def today(self) -> date:
        """The day by the device's clock."""
        return self.services.clock.today()

    def moment(self, at: datetime) -> str:
        """Date and time as on screens, in the zone of the device."""
        local = at.astimezone(self.services.clock.local().tzinfo)
        write = self.translator.format
        return f"{write.date_medium(local)} {write.time(local)}"

    def set_month(self, month: Month) -> None:
        """Look at another month: the top bar's and every stepper's one period."""
        if month != self.month:
            self.month = month
            self.month_changed.emit(month)

    # Reading

    def reading(self) -> "Snapshot":
        """The book as it is now. Don't close it; it is renewed after each change."""
        if self._snapshot is None:
            self._snapshot = self.book.snapshot()
        return self._snapshot

    @property
    def search(self) -> "RecordSearch":
        """The search over all records of the book; what it does not know yet is taken in beside the work."""
        if self._search is None:
            from app.ledger.entries.search import RecordSearch

            self._search = RecordSearch(self.book.path, self.info.uid)
            self.follow_search()
        return self._search

    def follow_search(self) -> None:
        """Have the search take in what is missing, on a worker thread when it is much: the first time, an import."""
        search = self.search
        if self._following is None and search.behind(self.reading()) > _FOLLOWED_AT_ONCE:
            self._following = self.jobs.run(
                self.translator("Preparing the search"), search.catch_up, failed=self.show_error
            )
            self._following.ended.connect(self._followed)

    def request(self, **parameters: Any) -> "Request":
        """A report's request for the month that is looked at, or what the parameters say."""
        from app.reports.frame import Parameters

        period: Period = parameters.pop("period", None) or self.month.period
        return self.services.request(self.reading(), Parameters(period=period, **parameters))

    def document(self, key: str, **parameters: Any) -> "Document":
        """A report, exactly as it is printed; kept until the book changes."""
        from app.reports.catalog import report

        asked = (key, *sorted(parameters.items(), key=lambda item: item[0]), self.month, self.today)
        found = self._documents.get(asked)
        if found is None:
            spec = report(key)
            if spec is None:
                raise Bug(f"there is no report {key}")
            found = self._documents[asked] = spec.build(self.request(**parameters))
        return found

    # Writing

    def execute(
        self,
        command: "Command",
        then: Then | None = None,
        failed: Failed | None = None,
        said: str | Callable[["Outcome"], str] = "",
    ) -> None:
        """Have the book do `command`, say so in a toast that can take it back, then call `then`.

        A refusal goes to `failed` first; it returns True when it has shown it at the field. While a long
        writer runs (an import), the command waits and is done after it.
        """
        if self.jobs.writer is not None:
            self.toast(self.translator("Waiting for: {job}", job=self.jobs.writer.title))
            self._waiting.append(lambda: self.execute(command, then, failed, said))
            return
        try:
            outcome = self.book.execute(command)
        except (Refused, UserError) as error:
            if failed is None or not failed(error):
                self.show_error(error)
            return
        except Exception as error:  # noqa: BLE001 - shown to the person, with a report of the bug
            self.show_error(error)
            return
        text = said(outcome) if callable(said) else said
        self.toast(text or self._saved(outcome), undo=outcome.undo is not None)
        if then is not None:
            then(outcome)

    def execute_long(
        self,
        command: "Command",
        title: str,
        then: Then | None = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> Job:
        """The same on a worker thread with progress and a stop, for what takes longer than a blink."""
        return self.jobs.run(
            title,
            lambda progress: self.book.execute(command, progress),
            then=then,
            failed=failed or self.show_error,
            writes=True,
        )

    def background(
        self,
        title: str,
        work: "Callable[[Snapshot, Progress], Any]",
        then: Callable[[Any], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> Job:
        """Long reading on a worker thread, on a snapshot of its own."""

        def read(progress: "Progress") -> Any:
            with self.book.snapshot() as snapshot:
                return work(snapshot, progress)

        return self.jobs.run(title, read, then=then, failed=failed or self.show_error)

    def undo(self) -> None:
        """Take back the last thing that was saved."""
        if self.jobs.writer is not None:
            self.toast(self.translator("Waiting for: {job}", job=self.jobs.writer.title))
            return
        try:
            outcome = self.book.undo()
        except Exception as error:  # noqa: BLE001 - shown to the person, with a report of the bug
            self.show_error(error)
            return
        _ = self.translator
        self.toast(_("Taken back: {number}", number=outcome.number) if outcome.number else _("Taken back"))

    # Speaking and moving

    def toast(
        self, text: str, *, undo: bool = False, action: "tuple[str, Callable[[], object]] | None" = None
    ) -> None:
        """Good news in a line that goes by itself; `action` (words, act) leads on, as to a folder."""
        if self.shell is not None:
            self.shell.toast.say(text, self.undo if undo else None, action)

    def preview(
        self,
        source: "Document | bytes | Callable[[str], bytes]",
        title: str = "",
        papers: "Sequence[str]" = ("A4", "F4"),
    ) -> None:
        """Show what will be printed, and print it from there: a document, a PDF, or what draws one on a paper."""
        from app.ui.printing import preview

        preview(self, source, title, papers)

    def export(self, document: "Document", drawn: "Callable[[str], bytes] | None" = None) -> None:
        """Save a document as Excel, PDF or CSV; `drawn` draws the paper of a report that has one of its own."""
        from app.ui.export import export

        export(self, document, drawn)

    def show_sample(self, page: str) -> None:
        """Open the training book of this kind at a page, to see how it looks when it is filled."""
        from app.ledger.demo.samples import training_book
        from app.ui.places import books_folder

        desk, folder, kind, today = self.desk, books_folder(), self.kind, self.today
        if desk is None:
            return
        self.jobs.run(
            self.translator("Making the sample book"),
            lambda progress: training_book(folder, kind, today, progress),
            # The job has to have ended before the book it belongs to goes.
            then=lambda path: QTimer.singleShot(0, lambda: desk.open_book(path, page)),
            failed=self.show_error,
        )

    def go(self, page: str, **parameters: Any) -> None:
        """Go to a page."""
        if self.shell is not None:
            self.shell.go(page, **parameters)

    def back(self) -> None:
        """Go back to the page before."""
        if self.shell is not None:
            self.shell.back()

    def ask(self, question: str, detail: str, yes: str, *, danger: bool = True) -> bool:
        """Ask before what can't be taken back; the safe answer is the default."""
        no = self.translator("Back")
        return bool(Question(question, detail, yes, no, self._window(), danger=danger).exec())

    def show_error(self, error: Exception) -> None:
        """Show what happened, what is safe, what to do, and the code."""
        if isinstance(error, Cancelled):
            return
        trouble_panel(error, self.translator, self._window()).exec()

    def close(self) -> None:
        """Stop what runs and let the book go."""
        self.jobs.stop_all()
        self._unsubscribe()
        self._drop()
        if self._search is not None:
            self._search.close()
        self.book.close()
        # What a job still has to say reaches nobody: the shell is going.
        self.shell = None

    # Inside

    def _window(self) -> "QWidget | None":
        return self.shell.window() if self.shell is not None else None

    def _saved(self, outcome: "Outcome") -> str:
        _ = self.translator
        return _("{number} is saved", number=outcome.number) if outcome.number else _("Saved")

    def _committed(self, changes: "Changes") -> None:
        # May be called in a worker's thread; the window hears of it in its own.
        self._told.append(changes)
        if self.thread().isCurrentThread():
            self._publish()
        else:
            self._tell.metaObject().invokeMethod(self._tell, "start")

    def _publish(self) -> None:
        self._drop()
        while self._told:
            self.changed.emit(self._told.popleft())
        if self._search is not None:
            self.follow_search()

    def _drop(self) -> None:
        self._documents.clear()
        if self._snapshot is not None:
            self._snapshot.close()
            self._snapshot = None

    def _followed(self) -> None:
        self._following = None

    def _go_on(self) -> None:
        while self._waiting and self.jobs.writer is None:
            self._waiting.popleft()()


def trouble_panel(error: Exception, translator: Translator, parent: "QWidget | None") -> ErrorPanel:
    """The panel for an error; one that is a bug of ours is written to a report first."""
    _ = translator
    if isinstance(error, LumbungError):
        params = {"field": error.field, "line": error.line, **error.params}
        refused = isinstance(error, Refused | UserError)
        title = _("This can't be saved yet") if refused else _("The book can't be used now")
        safe = _("Nothing was changed. What was saved before stands as it is.")
        trouble = Trouble(
            title,
            _(error.template, **params),
            safe,
            _(error.advice, **params) if error.advice else "",
            error.code,
        )
    else:
        from app.base.log import report_bug

        _LOG.error("a bug reached the window", exc_info=error)
        report = report_bug(error)
        trouble = Trouble(
            _("Something went wrong in the program"),
            _("Lumbung made a mistake; it is not your fault."),
            _("Nothing was changed. What was saved before stands as it is."),
            _("Try again. If it happens again, give your helper the file {file}.", file=str(report)),
            report.stem,
        )
    return ErrorPanel(trouble, translator, parent)
