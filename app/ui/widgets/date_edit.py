"""A field for a date: `23`, `23/11`, `23 nov`, `kemarin`; + and - for the next and the previous day, T for today."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLabel, QVBoxLayout

from app.base.dates import Month
from app.base.errors import UserError
from app.base.i18n import Translator
from app.base.parse import parse_date
from app.ledger.periods.queries import locked_months
from app.ui import icons
from app.ui.widgets.editor import LineEditor

if TYPE_CHECKING:
    from app.ui.bridge import Session

# A date further away than this is questioned before it is saved.
FAR_DAYS = 45


class DateEdit(LineEditor[date]):
    """A business date. What was understood stands in it when it is left; what is odd about it stands below."""

    def __init__(self, session: "Session", *, value: date | None = None, optional: bool = False) -> None:
        super().__init__(session.translator)
        self._session = session
        self._optional = optional
        self._accepted: date | None = None
        self._link = QLabel()
        self._link.setTextFormat(Qt.TextFormat.RichText)
        self._link.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self._link.linkActivated.connect(lambda _target: self.to_this_month())
        self._link.hide()
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self._link)
        self.line.editingFinished.connect(self._tidy)
        self.line.installEventFilter(self)
        pick = QAction(icons.icon("calendar-days", 16, "text2"), session.translator("Calendar"), self.line)
        pick.triggered.connect(self.show_calendar)
        self.line.addAction(pick, self.line.ActionPosition.TrailingPosition)
        if value is not None or not optional:
            self.set_value(value or session.today)

    def value(self) -> date | None:
        """The day; raises UserError with examples where it can't be read."""
        text = self.line.text().strip()
        return parse_date(text, self._session.today) if text else None

    def set_value(self, value: date | None) -> None:
        """Put a day in it."""
        self.line.setText("" if value is None else self.translator.format.date_medium(value))
        self._understand()

    @property
    def touched(self) -> bool:
        """Today's date, which every form begins with, makes no draft."""
        try:
            return self.value() not in (None, self._session.today)
        except UserError:
            return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """The day keys."""
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
            step = steps.get(Qt.Key(event.key()))
            if (
                step
                and not event.modifiers()
                & ~Qt.KeyboardModifier.KeypadModifier
                & ~Qt.KeyboardModifier.ShiftModifier
            ):
                self._step(step)
                return True
            if event.text().lower() == "t" and (self.line.hasSelectedText() or not self.line.text()):
                self.set_value(self._session.today)
                self.line.selectAll()
                return True
        return super().eventFilter(watched, event)

    def odd(self) -> str:
        """What a person should be asked about this day before it is saved; empty when nothing."""
        day = self.value()
        if day is None or day == self._accepted:
            return ""
        return odd_day(self.translator, day, self._session.today)

    def accept_odd(self) -> None:
        """The person has said yes to this day."""
        self._accepted = self.value()

    def locked(self) -> bool:
        """Whether the day lies in a closed month."""
        day = self.value()
        return day is not None and Month.of(day) in locked_months(self._session.reading())

    def to_this_month(self) -> None:
        """Record the correction in this month, as a closed one can't be written into."""
        self.set_value(self._session.today)
        self.line.setFocus()

    def show_calendar(self) -> None:
        """A small calendar to point at."""
        frame = QFrame(self, Qt.WindowType.Popup)
        calendar = QCalendarWidget(frame)
        calendar.setGridVisible(False)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        try:
            day = self.value() or self._session.today
        except UserError:
            day = self._session.today
        calendar.setSelectedDate(QDate(day.year, day.month, day.day))

        def taken(chosen: QDate) -> None:
            self.set_value(date(chosen.year(), chosen.month(), chosen.day()))
            frame.close()
            self.line.setFocus()

        calendar.clicked.connect(taken)
        calendar.activated.connect(taken)
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(calendar)
        frame.move(self.line.mapToGlobal(QPoint(0, self.line.height() + 2)))
        frame.show()
        calendar.setFocus()

    def _step(self, days: int) -> None:
        try:
            day = self.value() or self._session.today
        except UserError:
            day = self._session.today
        self.set_value(day + timedelta(days=days))
        self.line.selectAll()

    def _understand(self) -> None:
        _ = self.translator
        self._link.hide()
        try:
            day = self.value()
        except UserError:
            self.note("")
            return
        if day is None:
            self.note("")
        elif self.locked():
            month = _.format.month(day)
            self.note(_("{month} is locked.", month=month), "amber", "lock")
            words = _("Record the correction in this month")
            self._link.setText(f'<a href="#" style="color:{self._session.theme.tokens.amber}">{words}</a>')
            self._link.setAccessibleName(words)
            self._link.show()
        elif (day - self._session.today).days > 0:
            self.note(_("This day is still to come."), "amber")
        elif (self._session.today - day).days > FAR_DAYS:
            self.note(_("This day is long ago."), "amber")
        else:
            self.note(_.format.weekday(day))

    def _tidy(self) -> None:
        try:
            day = self.value()
        except UserError as error:
            self.fault(self.translator.error(error))
            return
        if day is not None and self.line.text() != self.translator.format.date_medium(day):
            self.set_value(day)


def odd_day(translator: Translator, day: date, today: date) -> str:
    """What a person should be asked about a day before it is saved; empty when nothing."""
    _ = translator
    away = (day - today).days
    if away > 0:
        return _("{day:long} is still to come. Save it with this date?", day=day)
    if -away > FAR_DAYS:
        return _("{day:long} is {n:n} days ago. Save it with this date?", day=day, n=-away)
    return ""
