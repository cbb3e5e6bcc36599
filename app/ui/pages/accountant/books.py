"""Journal and ledger on paper, of a month or any other period; Enter on a figure opens its record."""

from typing import Any, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from app.base.dates import Month, Period
from app.base.errors import LumbungError, UserError
from app.ledger.accounts.chart import read_chart
from app.ledger.changes import Kind
from app.ledger.entries.origins import movement_count, record_count
from app.reports.catalog import report
from app.reports.document import Document
from app.reports.origin import origin_of
from app.ui import theme
from app.ui.book_pickers import account_picker
from app.ui.bridge import Session
from app.ui.jobs import Job
from app.ui.pages.page import Page
from app.ui.widgets.button import Button
from app.ui.widgets.document_view import DocumentView
from app.ui.widgets.label import Label
from app.ui.widgets.layout import box, column, row, rule
from app.ui.widgets.page_head import PageHead
from app.ui.widgets.picker import Picker
from app.ui.widgets.span import Span, SpanControl

# Records from which making the paper is a job with a stop.
_LONG: Final = 4_000


class BookPage(Page):
    """One of the books over a period. Subclasses say which, and what more it needs."""

    shows: ClassVar[frozenset[Kind]] = frozenset({Kind.ENTRY, Kind.ACCOUNT, Kind.PROFILE, Kind.IMPORT})
    report: ClassVar[str] = ""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        spec = report(self.report)
        assert spec is not None
        self._spec = spec
        self._job: Job | None = None
        self._span = Span.of_month(session.month)
        self.control = SpanControl(session)
        self.control.changed.connect(self._span_chosen)
        self.view = DocumentView()
        self.view.opened.connect(self._open)
        self.print_button = Button(_("Print"), icon="printer", key="Ctrl+P", kind="primary", on=self._print)
        self.export_button = Button(_("Export"), icon="download", key="Ctrl+E", on=self._export)
        self._said = Label("", "field", "muted", wrap=True)
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stop = Button(_("Stop"), on=self._cancel)
        self._stop.hide()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(
            box(column(None, self._said, row(None, self._stop, None), None, margin=48, gap=12))
        )
        head = PageHead(
            _(spec.title),
            beside=[self.control],
            actions=[*self.more(), self.print_button, self.export_button],
        )
        self.extra = row(gap=8)
        top = box(column(head, self.extra, gap=8, margin=(theme.MARGIN, 9, theme.MARGIN, 9)))
        made = column(top, rule(), self.stack, gap=0)
        made.setStretch(2, 1)
        self.setLayout(made)

    def more(self) -> list[Button]:
        """What more can be done here, besides to print and to export it."""
        return []

    def about(self) -> dict[str, str] | None:
        """What more the report is asked with; None while it is not known."""
        return {}

    def count(self, period: Period) -> int:
        """How long it will be."""
        return record_count(self.session.reading(), period)

    def open(self, **parameters: Any) -> None:
        """Come to the book; `period` says of when."""
        if isinstance(parameters.get("period"), Period):
            period = parameters["period"]
            self._span = Span("month" if period == Month.of(period.first).period else "range", period)
            self._dirty = True
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def month_moved(self) -> None:
        """The top bar's month is this book's too."""
        if self._span.kind == "month":
            self._span = Span.of_month(self.session.month)
        self.reload()

    def reload(self) -> None:
        """Make the paper: at once, or as a job where it is long."""
        self._cancel()
        self.control.set_span(self._span)
        about = self.about()
        if about is None:
            self._tell(self.session.translator("Which account? Type its code or name above."))
            return
        if self.count(self._span.period) > _LONG:
            self._make_long(about)
            return
        try:
            document = self.session.document(self.report, **self._asked(about))
        except LumbungError as error:
            self._tell(self.session.translator.error(error))
            return
        self._show(document)

    def _asked(self, about: dict[str, str]) -> dict[str, Any]:
        return {"period": self._span.period, "only_day": self._span.kind == "day", **about}

    def _make_long(self, about: dict[str, str]) -> None:
        from app.reports.frame import Parameters

        session, spec, asked = self.session, self._spec, self._asked(about)
        _ = session.translator
        title = _("Making {title}", title=_(spec.title))
        self._tell(title)
        self._stop.show()

        def work(snapshot: Any, progress: Any) -> Document:
            progress.step(0, 2, "")
            made = spec.build(session.services.request(snapshot, Parameters(**asked)))
            progress.step(1, 2, "")
            return made

        job = self._job = session.background(title, work)
        job.finished.connect(lambda made: self._made(job, made))

    def _made(self, job: Job, document: Document) -> None:
        if self._job is job:
            self._job = None
            self._show(document)

    def _cancel(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.cancel()
            self._tell(self.session.translator("Stopped. Choose a shorter period."))

    def _tell(self, text: str) -> None:
        self._said.setText(text)
        self._stop.hide()
        self.stack.setCurrentIndex(1)
        self._can(can=False)

    def _show(self, document: Document) -> None:
        self._stop.hide()
        self.stack.setCurrentIndex(0)
        self._can(can=True)
        self.view.set_document(document, self.session.translator, keep_place=True)

    def _can(self, *, can: bool) -> None:
        self.print_button.setEnabled(can)
        self.export_button.setEnabled(can)

    def _span_chosen(self, span: Span) -> None:
        self._span = span
        if span.kind == "month" and Month.of(span.period.first) != self.session.month:
            self.session.set_month(Month.of(span.period.first))
        else:
            self.reload()

    def _open(self, index: int, key: str) -> None:
        """Go to the record a figure stands for."""
        document, about = self.view.document, self.about()
        if document is None or about is None:
            return
        origin = origin_of(self.session.request(**self._asked(about)), document, index, key)
        entry = next((line.entry for line in reversed(origin.lines) if line.entry is not None), None)
        if entry is not None:
            self.session.go("records", entry=entry)

    def _print(self) -> None:
        if self.view.document is not None:
            self.session.preview(self.view.document)

    def _export(self) -> None:
        if self.view.document is not None:
            self.session.export(self.view.document)


class JournalPage(BookPage):
    """Every posting of a period, in the order of the journal."""

    report = "journal"

    def more(self) -> list[Button]:
        """An entry by hand."""
        session = self.session
        words = session.translator("Manual entry")
        return [Button(words, icon="pencil", key="Ctrl+N", on=lambda: session.go("entry"))]


class LedgerPage(BookPage):
    """One account's register."""

    report = "ledger"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        self.account: Picker = account_picker(session)
        self.account.set_name(_("Account"))
        self.account.setMaximumWidth(420)
        self.account.picked.connect(lambda _found: self._chosen())
        self.extra.addWidget(Label(_("Account"), tone="muted"))
        self.extra.addWidget(self.account, 1)
        self.extra.addStretch(1)

    def open(self, **parameters: Any) -> None:
        """Come to the ledger of an `account`."""
        super().open(**parameters)
        if parameters.get("account"):
            self.account.set_value(str(parameters["account"]))
            self._dirty = True
        elif self.about() is None:
            self.account.setFocus()

    def about(self) -> dict[str, str] | None:
        """The account that is chosen."""
        try:
            code = self.account.value()
        except UserError:
            code = None
        return {"account": code} if code else None

    def count(self, period: Period) -> int:
        """How many postings the account has."""
        about = self.about() or {}
        account = read_chart(self.session.reading()).by_code.get(about.get("account", ""))
        return 0 if account is None else movement_count(self.session.reading(), account.id, period)

    def _chosen(self) -> None:
        self.reload()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
