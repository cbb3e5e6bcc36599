"""The period of a report: one control with the month of the window, which steps and names its neighbours."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.base.dates import FIRST_YEAR, LAST_YEAR, FiscalYear, Month, Period
from app.base.errors import UserError
from app.ui.widgets.button import Button
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.label import Label
from app.ui.widgets.layout import row

if TYPE_CHECKING:
    from app.ui.bridge import Session

Kind = Literal["month", "year", "range", "day"]
_MONTHS, _YEARS = 12, 4


@dataclass(frozen=True, slots=True)
class Span:
    """A period and how it was chosen."""

    kind: Kind
    period: Period

    @classmethod
    def of_month(cls, month: Month) -> "Span":
        """A month."""
        return cls("month", month.period)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.period.last_day


def step(span: Span, steps: int, first_month: int = 1) -> Span | None:
    """The same kind of period so many steps on; None where there is none."""
    first = span.period.first
    if span.kind == "month":
        month = Month.of(first)
        if not FIRST_YEAR <= month.year + (month.month - 1 + steps) // 12 <= LAST_YEAR:
            return None
        return Span.of_month(month.plus(steps))
    if span.kind == "year":
        year = FiscalYear.of(first, first_month).year + steps
        return Span("year", FiscalYear(year, first_month).period) if FIRST_YEAR < year < LAST_YEAR else None
    if span.kind == "day":
        day = span.last + timedelta(days=steps)
        return Span("day", Period.through(day, day))
    shift = timedelta(days=steps * span.period.days)
    return Span("range", Period(first + shift, span.period.end + shift))


class SpanControl(QWidget):
    """‹ Sep | Okt 2026 ⌄ | Nov ›, or two dates for a free period, one for a day."""

    changed = Signal(object)  # Span

    def __init__(self, session: "Session", *, months_only: bool = False) -> None:
        super().__init__()
        self._session = session
        self._months_only = months_only
        self.translator = session.translator
        self._first_month = session.info.first_month
        _ = session.translator
        self.span = Span.of_month(session.month)
        self.earlier = Button("", kind="tool", on=lambda: self._step(-1))
        self.now = Button("", icon="calendar-days", kind="tool", on=self._menu)
        self.later = Button("", kind="tool", on=lambda: self._step(1))
        self.first = DateEdit(session)
        self.last = DateEdit(session)
        self.first.set_name(_("First day"))
        self.last.set_name(_("Last day"))
        self._to = Label(_("to"), tone="muted")
        for edit in (self.first, self.last):
            edit.setFixedWidth(150)
            edit.line.editingFinished.connect(self._typed)
        self.setLayout(row(self.earlier, self.now, self.later, self.first, self._to, self.last, gap=4))
        self._tell()

    def set_span(self, span: Span) -> None:
        """Show another period; nothing is signalled."""
        self.span = span
        self._tell()

    def words(self, span: Span, *, short: bool = False) -> str:
        """A period in few words."""
        fmt = self.translator.format
        if span.kind == "month":
            month = Month.of(span.period.first)
            name = fmt.month_names(short=True)[month.month - 1]
            return name if short else f"{name} {month.year}"
        if span.kind == "year":
            return str(FiscalYear.of(span.period.first, self._first_month))
        return fmt.date_medium(span.last)

    def _tell(self) -> None:
        _ = self.translator
        free = self.span.kind in ("range", "day")
        for button, steps in ((self.earlier, -1), (self.later, 1)):
            beside = step(self.span, steps, self._first_month) if not free else None
            button.setVisible(beside is not None)
            if beside is not None:
                name = self.words(beside, short=True)
                button.set_text(f"‹ {name}" if steps < 0 else f"{name} ›")
                words = _("Back to {period}", period=name) if steps < 0 else _("On to {period}", period=name)
                button.setAccessibleName(words)
        named = {"range": _("From and to"), "day": _("On a day")}
        self.now.set_text(named.get(self.span.kind) or self.words(self.span))
        self.now.setAccessibleDescription(_("Choose another period"))
        self.first.setVisible(self.span.kind == "range")
        self._to.setVisible(self.span.kind == "range")
        self.last.setVisible(free)
        if free:
            self.first.set_value(self.span.period.first)
            self.last.set_value(self.span.last)

    def _choose(self, span: Span) -> None:
        if span != self.span:
            self.span = span
            self._tell()
            self.changed.emit(span)

    def _step(self, steps: int) -> None:
        beside = step(self.span, steps, self._first_month)
        if beside is not None:
            self._choose(beside)

    def _typed(self) -> None:
        try:
            last = self.last.value()
            first = self.first.value() if self.span.kind == "range" else last
        except UserError:  # it stands below the field; the report stays as it was
            return
        if first is None or last is None or last < first:
            return
        span = Span(self.span.kind, Period.through(first, last))
        if span != self.span:
            self.span = span
            self.changed.emit(span)

    def choices(self) -> list[tuple[str, Span] | None]:
        """What the menu offers; None is a line between."""
        _ = self.translator
        today, fmt = self._session.today, self.translator.format
        found: list[tuple[str, Span] | None] = []
        month = Month.of(max(today, date(today.year, today.month, 1)))
        for _number in range(_MONTHS):
            found.append((fmt.month(month), Span.of_month(month)))
            month = month.previous()
        if self._months_only:
            return found
        found.append(None)
        year = FiscalYear.of(today, self._first_month)
        for back in range(_YEARS):
            own = FiscalYear(year.year - back, self._first_month)
            found.append((_("Year {year}", year=str(own)), Span("year", own.period)))
        found.append(None)
        here = self.span.period
        found.append((_("From and to ..."), Span("range", here)))
        last = min(here.last_day, today) if here.first <= today else here.last_day
        found.append((_("On a day ..."), Span("day", Period.through(last, last))))
        return found

    def _menu(self) -> None:
        menu = QMenu(self)
        for choice in self.choices():
            if choice is None:
                menu.addSeparator()
                continue
            words, span = choice
            action = QAction(words, menu)
            action.setCheckable(True)
            action.setChecked(span == self.span)
            action.triggered.connect(lambda _checked=False, span=span: self._choose(span))
            menu.addAction(action)
        menu.popup(self.now.mapToGlobal(self.now.rect().bottomLeft()))
