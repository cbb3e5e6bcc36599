"""The page of reports: the list, the period, the paper, and what each figure is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QStackedWidget

from app.base.dates import Month, Period
from app.base.errors import LumbungError
from app.ledger.entries.origins import posted_lines, record_count
from app.reports.catalog import ReportSpec, reports
from app.reports.document import Document
from app.reports.frame import Request
from app.reports.origin import Origin, OriginLine, before, origin_of, period_name
from app.ui import theme
from app.ui.bridge import Session
from app.ui.jobs import Job
from app.ui.pages.page import Page
from app.ui.pages.reports.about import About
from app.ui.pages.reports.inside import InsidePanel
from app.ui.pages.reports.listing import ReportList, grouped, short_title
from app.ui.widgets.button import Button
from app.ui.widgets.document_view import DocumentView
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.label import Label
from app.ui.widgets.layout import box, column, flow, row, rule
from app.ui.widgets.span import Span, SpanControl

# Records of a period from which making its journal is a job with a stop.
_LONG: Final = 4_000
_LONG_REPORTS: Final = ("journal", "ledger", "cash-book", "loan-payments")
_LIST_WIDTH, _PANEL_WIDTH, _NARROW_PANEL = 196, 312, 268
_WIDE = 1060
_ABOUT: Final = ("member", "loan", "deposit", "account", "party", "product")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is shown: the report, what of, over which period, beside which other."""

    report: str
    about: tuple[tuple[str, str], ...]
    span: Span
    compare: bool = False

    def value(self, name: str) -> str:
        """What was chosen for a parameter."""
        return dict(self.about).get(name, "")


@dataclass(frozen=True, slots=True)
class Place:
    """Where one was in a report before another was opened."""

    asked: Asked
    figure: tuple[int, str] | None
    scrolled: int
    inside: bool


class ReportsPage(Page):
    """Reports of this book."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        self._specs = {key: spec for key, spec in reports().items() if session.kind in spec.kinds}
        first = "income-statement" if session.kind == "business" else "surplus-statement"
        self.asked = Asked(first, (), Span.of_month(session.month))
        self._request: Request | None = None
        self._history: list[Place] = []
        self._waiting: Place | None = None
        self._everything = False
        self._job: Job | None = None
        self._title = Label("", "title")
        self.span = SpanControl(session)
        self.span.changed.connect(self._span_chosen)
        self.compare = QCheckBox()
        self.compare.toggled.connect(self._compare_chosen)
        self.about = About(session)
        self.about.changed.connect(self._about_chosen)
        self.print_button = Button(
            _("Print"), icon="printer", key="Ctrl+P", kind="primary", on=self.print_paper
        )
        self.export_button = Button(_("Export"), icon="download", key="Ctrl+E", on=self.export)
        self.listing = ReportList(_)
        self.listing.chosen.connect(lambda key: self.show_report({"report": key}, keep=False))
        self.listing.all.clicked.connect(self._show_everything)
        self.view = DocumentView()
        self.view.chosen.connect(lambda _row, _key: self._explain_soon())
        self.view.pointed.connect(lambda _row, _key: self._look_inside())
        self.view.opened.connect(lambda _row, _key: self._enter())
        self.inside = InsidePanel(_)
        self.inside.closed.connect(self._close_inside)
        self.inside.asked.connect(self._open_line)
        self.inside.report.connect(lambda opens: self.show_report(opens))
        self.inside.journal_asked.connect(self._show_journal)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(60)
        self._soon.timeout.connect(self._explain)
        self._compose()
        self._set_inside(shown=False)

    def _compose(self) -> None:
        _ = self.session.translator
        self._stop = Button(_("Stop"), kind="plain", on=self._cancel)
        self._busy = Label("", "field", "muted")
        self._busy.setAlignment(Qt.AlignmentFlag.AlignCenter)
        busy = box(column(None, self._busy, row(None, self._stop, None), None, gap=12))
        self._choose_first = EmptyState("file-text", "", "", ())
        self._trouble = Label("", "field", "muted", wrap=True)
        self._trouble.setAlignment(Qt.AlignmentFlag.AlignCenter)
        trouble = box(column(None, self._trouble, None, margin=48))
        self.stack = QStackedWidget()
        for widget in (self.view, busy, trouble):
            self.stack.addWidget(widget)
        head = QFrame()
        head.setObjectName("reportHead")
        tools = flow(self.print_button, self.export_button, right=True)
        line = row(gap=16)
        line.addLayout(flow(self._title, self.span, self.compare, gap=16), 3)
        line.addLayout(tools, 2)
        self._head = box(column(line, self.about, gap=8, margin=(theme.MARGIN, 9, theme.MARGIN, 9)))
        self._list_box = box(row(self.listing, rule(upright=True), gap=0))
        self._list_box.setFixedWidth(_LIST_WIDTH)
        self._panel = box(row(rule(upright=True), self.inside, gap=0))
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self._list_box)
        body.addWidget(self.stack, 1)
        body.addWidget(self._panel)
        self.setLayout(column(self._head, rule(), box(body), gap=0))
        layout = self.layout()
        assert layout is not None
        layout.setStretch(2, 1)  # type: ignore[attr-defined]

    # Coming and going

    def open(self, **parameters: Any) -> None:
        """Show a report: `report` and what its rows open ("account", "from", "to", ...), or a `period`."""
        if "report" in parameters:
            self._history.clear()
            self.show_report(parameters, keep=False)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        """Make the report anew and stay where one was."""
        self._list_reports()
        self._build(stay=True)

    def month_moved(self) -> None:
        """The top bar's month is this page's period too."""
        if self.asked.span.kind == "month":
            self.asked = replace(self.asked, span=Span.of_month(self.session.month))
        self.reload()

    def escape(self) -> bool:
        """Close what is open: the panel, then the report that was opened from another."""
        if self._panel.isVisible():
            self._close_inside()
            return True
        if self._history:
            self._return(self._history.pop())
            return True
        return False

    def show_report(self, opens: Mapping[str, Any], *, keep: bool = True) -> None:
        """Show another report; with `keep` Esc comes back to this one and its place."""
        key = str(opens.get("report", self.asked.report))
        if key not in self._specs:
            return
        if keep:
            self._history.append(self._here())
        spec = self._specs[key]
        span = _span_of(opens) or self.asked.span
        kept = {} if not keep else dict(self.asked.about)
        about = {
            name: str(opens.get(name) or kept.get(name, "")) for name in spec.parameters if name in _ABOUT
        }
        compare = self.asked.compare if not keep else False
        self.asked = Asked(key, tuple((name, value) for name, value in about.items() if value), span, compare)
        if span.kind == "month" and Month.of(span.period.first) != self.session.month:
            self.session.set_month(Month.of(span.period.first))  # shows it, as this page is told of the month
            return
        self._set_inside(shown=False)
        self._build(stay=False)

    def _here(self) -> Place:
        figure, scrolled = self.view.place()
        return Place(self.asked, figure, scrolled, self._panel.isVisible())

    def _return(self, place: Place) -> None:
        self.asked, self._waiting = place.asked, place
        month = Month.of(place.asked.span.period.first)
        if place.asked.span.kind == "month" and month != self.session.month:
            self.session.set_month(month)
        else:
            self._build(stay=False)

    # What is shown

    @property
    def document(self) -> Document | None:
        """The report that is shown."""
        return self.view.document

    @property
    def report(self) -> ReportSpec:
        """The report's entry in the catalogue."""
        return self._specs[self.asked.report]

    def parameters(self) -> dict[str, Any]:
        """What the report is asked with."""
        asked = self.asked
        found: dict[str, Any] = {"period": asked.span.period, "only_day": asked.span.kind == "day"}
        found.update(asked.about)
        if asked.compare and "compare" in self.report.parameters and asked.span.kind != "day":
            found["against"] = self._against()
        return found

    def _against(self) -> Period:
        return before(self.session.request(), self.asked.span.period)

    def _list_reports(self) -> None:
        groups = grouped(self._specs, self.session.kind, self.session.features, everything=self._everything)
        full = grouped(self._specs, self.session.kind, self.session.features, everything=True)
        self.listing.show_groups(groups, self.asked.report, sum(len(group) for _title, group in full))

    def _show_everything(self) -> None:
        self._everything = True
        self._list_reports()

    def _tell(self) -> None:
        _ = self.session.translator
        self._title.setText(_(short_title(self.report)))
        self.span.set_span(self.asked.span)
        comparable = "compare" in self.report.parameters and self.asked.span.kind != "day"
        self.compare.setVisible(comparable)
        if comparable:
            name = period_name(self.session.request(), self._against(), self.asked.span.period)
            self.compare.setText(_("Compare with {period}", period=name))
            self.compare.blockSignals(True)
            self.compare.setChecked(self.asked.compare)
            self.compare.blockSignals(False)
        names = [name for name in self.report.parameters if name in _ABOUT]
        self.about.ask(names, dict(self.asked.about), self.report.needs)
        self.listing.mark(self.asked.report)

    def _build(self, *, stay: bool) -> None:
        """Make the report and show it: at once, or as a job where it is long."""
        self._cancel()
        self._tell()
        missing = [name for name in self.report.needs if not self.asked.value(name)]
        if missing:
            self._say(self.about.question(missing[0]))
            self.about.focus()
            return
        period = self.asked.span.period
        if self.report.key in _LONG_REPORTS and record_count(self.session.reading(), period) > _LONG:
            self._build_long(stay=stay)
            return
        try:
            request = self.session.request(**self.parameters())
            document = self.session.document(self.asked.report, **self.parameters())
        except LumbungError as error:
            self._say(self.session.translator.error(error))
            return
        self._show(request, document, stay=stay)

    def _build_long(self, *, stay: bool) -> None:
        _ = self.session.translator
        title = _("Making {title}", title=_(self.report.title))
        self._busy.setText(title)
        self.stack.setCurrentIndex(1)
        self._can_be_used(can=False)
        spec, asked, services = self.report, self.parameters(), self.session.services
        from app.reports.frame import Parameters

        def work(snapshot: Any, progress: Any) -> Document:
            progress.step(0, 2, "")
            document = spec.build(services.request(snapshot, Parameters(**asked)))
            progress.step(1, 2, "")
            return document

        job = self.session.background(title, work)
        self._job = job
        job.finished.connect(lambda document: self._long_done(job, document, stay=stay))
        job.cancelled.connect(lambda: self._stopped(job))

    def _long_done(self, job: Job, document: Document, *, stay: bool) -> None:
        if self._job is job:
            self._job = None
            self._show(self.session.request(**self.parameters()), document, stay=stay)

    def _stopped(self, job: Job) -> None:
        if self._job is job:
            self._job = None
            self._say(
                self.session.translator("The report was stopped. Choose a shorter period, or another report.")
            )

    def _cancel(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.cancel()
            self._say(
                self.session.translator("The report was stopped. Choose a shorter period, or another report.")
            )

    def _say(self, text: str) -> None:
        self._trouble.setText(text)
        self.stack.setCurrentIndex(2)
        self.view.set_document(None, self.session.translator)
        self._set_inside(shown=False)
        self._can_be_used(can=False)

    def _can_be_used(self, *, can: bool) -> None:
        self.print_button.setEnabled(can)
        self.export_button.setEnabled(can)

    def _show(self, request: Request, document: Document, *, stay: bool) -> None:
        self._request = request
        self.stack.setCurrentIndex(0)
        self._can_be_used(can=True)
        self.view.set_document(document, self.session.translator, keep_place=stay)
        place, self._waiting = self._waiting, None
        if place is not None:
            self.view.restore_place(place.figure, place.scrolled)
            self._set_inside(shown=place.inside)
        if self._panel.isVisible():
            if self.view.figure() is None:
                self._set_inside(shown=False)
            else:
                self._explain()

    # Choosing

    def _span_chosen(self, span: Span) -> None:
        self.asked = replace(self.asked, span=span)
        if span.kind == "month" and Month.of(span.period.first) != self.session.month:
            self.session.set_month(Month.of(span.period.first))
        else:
            self._build(stay=True)

    def _compare_chosen(self, compare: bool) -> None:
        self.asked = replace(self.asked, compare=compare)
        self._build(stay=True)

    def _about_chosen(self, name: str, value: str) -> None:
        about = {**dict(self.asked.about), name: value}
        self.asked = replace(self.asked, about=tuple((key, text) for key, text in about.items() if text))
        self._build(stay=False)
        if value:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # Inside a figure

    def _set_inside(self, *, shown: bool) -> None:
        self._panel.setVisible(shown)
        self._fit()

    def _fit(self) -> None:
        """Where the window is narrow, the list makes room for the panel."""
        wide = self.width() >= _WIDE
        self._panel.setFixedWidth(_PANEL_WIDTH if wide else _NARROW_PANEL)
        self._list_box.setVisible(wide or not self._panel.isVisibleTo(self))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Fit the parts to the width."""
        super().resizeEvent(event)
        self._fit()

    def _explain_soon(self) -> None:
        if self._panel.isVisible():
            self._soon.start()

    def _look_inside(self) -> None:
        self._set_inside(shown=True)
        self._explain()

    def _enter(self) -> None:
        """Enter on a figure: look into it; when it is looked into already, open its record."""
        if not self._panel.isVisible():
            self._look_inside()
            return
        if self._soon.isActive():
            self._soon.stop()
            self._explain()
        self.inside.open_line()

    def origin(self) -> Origin | None:
        """What the chosen figure is made of."""
        figure, document = self.view.figure(), self.view.document
        if figure is None or document is None:
            return None
        self._request = self.session.request(**self.parameters())
        return origin_of(self._request, document, *figure)

    def _explain(self) -> None:
        self._soon.stop()
        origin = self.origin()
        if origin is None:
            return
        opens = origin.opens or {}
        spec = self._specs.get(str(opens.get("report", "")))
        same = spec is not None and spec.key == self.asked.report and "from" not in opens
        title = self.session.translator(short_title(spec)) if spec is not None and not same else ""
        self.inside.show_origin(origin, title)

    def _close_inside(self) -> None:
        self._set_inside(shown=False)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_line(self, line: OriginLine) -> None:
        if line.entry is not None:
            self.session.go("records", entry=line.entry)
        elif line.row is not None:
            figure = self.view.figure()
            if figure is not None:
                self.view.choose(line.row, figure[1])
                self.view.setFocus(Qt.FocusReason.OtherFocusReason)
                self._explain()
        elif line.opens:
            self.show_report(line.opens)

    def _show_journal(self, line: OriginLine) -> None:
        if line.entry is not None:
            self.inside.show_journal(tuple(posted_lines(self.session.reading(), line.entry)))

    # On paper and as a file

    def _drawn(self) -> Any:
        """What draws the paper of a report that has one of its own."""
        paper = self.report.paper
        if paper is None:
            return None
        asked = self.parameters()
        return lambda size: paper(self.session.request(**asked), size)

    def print_paper(self) -> None:
        """Preview, then print."""
        document = self.view.document
        if document is not None:
            drawn = self._drawn()
            self.session.preview(drawn or document, document.title)

    def export(self) -> None:
        """Save what is on the screen as a file."""
        document = self.view.document
        if document is not None:
            self.session.export(document, self._drawn())


def _span_of(opens: Mapping[str, Any]) -> Span | None:
    """The period named by what opens a report: a Period, two days, or one day."""
    period = opens.get("period")
    if isinstance(period, Month):
        period = period.period
    if isinstance(opens.get("on"), date):
        return Span("day", Period.through(opens["on"], opens["on"]))
    if not isinstance(period, Period):
        first, last = opens.get("from"), opens.get("to")
        if not first or not last:
            return None
        period = Period.through(_day(first), _day(last))
    if period == Month.of(period.first).period:
        return Span("month", period)
    return Span("range", period)


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
