"""Good news in a line at the bottom that goes by itself, and the strip that shows long work."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QProgressBar, QSizePolicy, QWidget

from app.base.i18n import Translator
from app.ui import icons, theme
from app.ui.jobs import Job, Standing
from app.ui.widgets.button import Button, outline
from app.ui.widgets.label import Elided, Icon, Label
from app.ui.widgets.layout import column, row

_SHOWN_MS = 8_000
# Work that is over sooner is not worth a strip.
_WAITED_MS = 600
_HEIGHT, _FROM_BOTTOM = 48, 20


class _Link(QAbstractButton):
    """Urungkan with its key, in the colours of the toast."""

    def __init__(self, text: str, key: str = "", icon: str = "undo-2") -> None:
        super().__init__()
        self.setText(text)
        self._key = key
        self._icon = icon
        self.setAccessibleName(text)
        self.setAccessibleDescription(key)
        # The toast never takes the focus; its key works from everywhere.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:  # noqa: N802
        """As wide as its words."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + metrics.horizontalAdvance(self._key) + 60, 32)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw sign, word and key cap."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(0, 8, icons.pixmap(self._icon, 16, "toast_link"))
        painter.setFont(theme.font(theme.SMALL, 600))
        painter.setPen(theme.color("toast_link"))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRect(24, 0, self.width(), self.height()), middle, self.text())
        if not self._key:
            painter.end()
            return
        left = 24 + painter.fontMetrics().horizontalAdvance(self.text()) + 10
        painter.setPen(theme.color("on_toast"))
        cap = QRect(left, 6, painter.fontMetrics().horizontalAdvance(self._key) + 12, 20)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(outline(cap), theme.RADIUS_KEY, theme.RADIUS_KEY)
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key)
        painter.end()


class Toast(QFrame):
    """One toast at the bottom centre of its place; the newest replaces the one before."""

    def __init__(self, place: QWidget, translator: Translator) -> None:
        super().__init__(place)
        self._place = place
        self.setObjectName("toast")
        self._text = Elided("", 500, "on_toast")
        self._undo = _Link(translator("Take back"), "Ctrl+Z")
        self._undo.clicked.connect(self._take_back)
        self._act: Callable[[], object] | None = None
        self._way = _Link("", icon="folder-open")
        self._way.clicked.connect(self._go)
        self._lead: Callable[[], object] | None = None
        self.setLayout(
            row(
                Icon("circle-check", 18, "on_toast"),
                self._text,
                self._way,
                self._undo,
                gap=12,
                margin=(16, 0, 12, 0),
            )
        )
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        place.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """What it says, empty when it is gone."""
        return self._text.text() if self.isVisible() else ""

    def say(
        self,
        text: str,
        undo: Callable[[], object] | None = None,
        action: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Show a line; with `undo` it can be taken back from here, with `action` (words, act) gone on from."""
        self._lead = action[1] if action else None
        if action:
            self._way.setText(action[0])
            self._way.setAccessibleName(action[0])
        self._way.setVisible(action is not None)
        self._text.set_text(text)
        self._act = undo
        self._undo.setVisible(undo is not None)
        self.setAccessibleName(text)
        self._settle()
        self.show()
        self.raise_()
        self._timer.start(_SHOWN_MS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Stay at the bottom centre when the place is resized."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._settle()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802
        """Stay while it is pointed at."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Go on counting."""
        self._timer.start(_SHOWN_MS)
        super().leaveEvent(event)

    def _take_back(self) -> None:
        act, self._act = self._act, None
        self.hide()
        if act is not None:
            act()

    def _go(self) -> None:
        lead, self._lead = self._lead, None
        self.hide()
        if lead is not None:
            lead()

    def _settle(self) -> None:
        place = self._place
        wanted = theme_width(self._text) + 90 + (self._undo.sizeHint().width() if self._act else 0)
        wanted += self._way.sizeHint().width() if self._lead else 0
        width = min(max(wanted, 320), max(place.width() - 32, 200))
        left = (place.width() - width) // 2
        self.setGeometry(left, place.height() - _HEIGHT - _FROM_BOTTOM, width, _HEIGHT)


def theme_width(line: Elided) -> int:
    """How wide an elided line would like to be."""
    from PySide6.QtGui import QFontMetrics

    return QFontMetrics(theme.font(theme.SMALL, 500)).horizontalAdvance(line.text()) + 8


class JobStrip(QFrame):
    """What is being done, how many of how many, the time left, and a stop that stops."""

    def __init__(self, translator: Translator) -> None:
        super().__init__()
        self.setObjectName("jobStrip")
        self._translator = translator
        # What runs, with how far each is; the newest is shown.
        self._jobs: dict[Job, Standing | None] = {}
        self._title = Label("", "strong")
        self._count = Label("")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setMinimumWidth(120)
        self._bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._left = Label("", tone="muted")
        self._stop = Button(translator("Stop"), kind="link", on=self._cancel)
        self.setLayout(
            row(
                Icon("hourglass", 16, "brand_text"),
                self._title,
                self._count,
                column(None, self._bar, None),
                self._left,
                self._stop,
                gap=12,
                margin=(16, 8, 8, 8),
            )
        )
        self.hide()

    @property
    def job(self) -> Job | None:
        """The job that is shown."""
        return next(reversed(self._jobs), None)

    def watch(self, job: Job) -> None:
        """Show a job from when it has taken a while until it ends; then one that still runs, if any."""
        self._jobs[job] = None
        job.moved.connect(self._move)
        job.ended.connect(self._end)
        self._tell()
        QTimer.singleShot(_WAITED_MS, self, lambda: self._show(job))

    def _show(self, job: Job) -> None:
        if job in self._jobs:
            self.show()

    def _move(self, standing: Standing) -> None:
        job = self.sender()
        if isinstance(job, Job) and job in self._jobs:
            self._jobs[job] = standing
            if job is self.job:
                self._tell_standing(standing)

    def _tell(self) -> None:
        """Show the newest job."""
        job = self.job
        if job is None:
            self.hide()
            return
        self._title.setText(job.title)
        self._count.setText("")
        self._left.setText("")
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(job.title)
        self._stop.setEnabled(True)
        standing = self._jobs[job]
        if standing is not None:
            self._tell_standing(standing)

    def _tell_standing(self, standing: Standing) -> None:
        _ = self._translator
        self._bar.setRange(0, max(standing.total, 1))
        self._bar.setValue(standing.done)
        if standing.total:
            self._count.setText(_("{done:n} of {total:n}", done=standing.done, total=standing.total))
        if standing.left is None:
            self._left.setText("")
        elif standing.left < 60:
            n = max(round(standing.left), 1)
            self._left.setText(_.plural("{n} second left", "{n} seconds left", n))
        else:
            n = round(standing.left / 60)
            self._left.setText(_.plural("{n} minute left", "{n} minutes left", n))

    def _cancel(self) -> None:
        job = self.job
        if job is not None:
            self._stop.setEnabled(False)
            _ = self._translator
            self._left.setText(_("stopping ..."))
            job.cancel()

    def _end(self) -> None:
        job = self.sender()
        if isinstance(job, Job):
            self._jobs.pop(job, None)
        self._tell()
