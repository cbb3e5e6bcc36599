"""Charts on the screen: columns day by day, lines over months. The figures come from app.reports.charts."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.base.format import Formatter
from app.base.i18n import Translator
from app.reports.charts import BarChart, LineChart
from app.ui import theme

_LEFT, _BOTTOM, _TOP, _RIGHT = 56, 24, 8, 8
_STEPS = (1, 2, 5)


def scale_of(highest: int, lines: int = 3) -> int:
    """The distance of the grid lines, rupiah: 1, 2 or 5 times a power of ten, with at most `lines` of them."""
    step = 1
    power = 1
    while True:
        for factor in _STEPS:
            step = factor * power
            if step * lines >= highest:
                return step
        power *= 10


def short_amount(amount: int, translator: Translator) -> str:
    """An amount beside a grid line: `1 jt`, `1,5 jt`, `1,2 M`, `500 rb`."""
    _ = translator
    write: Formatter = _.format
    for unit, word in ((10**9, _("{amount} bn")), (10**6, _("{amount} m")), (10**3, _("{amount} k"))):
        if abs(amount) >= unit:
            tenths = round(amount * 10 / unit)
            whole, tenth = divmod(abs(tenths), 10)
            mark = "," if write.language == "id" else "."
            text = write.number(whole) + (f"{mark}{tenth}" if tenth else "")
            return word.replace("{amount}", f"-{text}" if amount < 0 else text)
    return write.amount(amount)


class _Chart(QWidget):
    """What both kinds share: the place for the axis, the focus, the chosen point told in words."""

    opened = Signal(object)

    def __init__(self, translator: Translator) -> None:
        super().__init__()
        self.translator = translator
        self.at = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(110)

    def sizeHint(self) -> QSize:  # noqa: N802
        """It takes what there is."""
        return QSize(600, 140)

    def count(self) -> int:
        """How many points there are to walk."""
        raise NotImplementedError

    def told(self, place: int) -> str:
        """A point in words."""
        raise NotImplementedError

    def subject(self, place: int) -> object:
        """What a point leads to."""
        raise NotImplementedError

    def place_at(self, x: float) -> int:
        """The point at a place on the screen, -1 for none."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows walk, Enter opens."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step and self.count():
            start = self.count() if self.at < 0 else self.at
            self._choose(max(0, min(start + step, self.count() - 1)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.at >= 0:
            self.opened.emit(self.subject(self.at))
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The pointer tells."""
        self._choose(self.place_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A click opens."""
        place = self.place_at(event.position().x())
        if place >= 0:
            self.opened.emit(self.subject(place))

    def leaveEvent(self, event: object) -> None:  # noqa: N802
        """Nothing is pointed at."""
        self._choose(-1)
        super().leaveEvent(event)  # type: ignore[arg-type]

    def plot(self) -> QRectF:
        """Where the points are drawn."""
        return QRectF(_LEFT, _TOP, self.width() - _LEFT - _RIGHT, self.height() - _TOP - _BOTTOM)

    def _choose(self, place: int) -> None:
        if place != self.at:
            self.at = place
            words = self.told(place) if place >= 0 else ""
            self.setToolTip(words)
            self.setAccessibleDescription(words)
            self.update()

    def _grid(self, painter: QPainter, low: int, high: int, step: int) -> None:
        plot = self.plot()
        painter.setFont(theme.font())
        value = low
        while value <= high:
            y = self._height_of(value, low, high)
            painter.setPen(QPen(theme.color("line"), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(theme.color("text2"))
            where = QRect(0, int(y) - 10, _LEFT - 10, 20)
            words = short_amount(value, self.translator) if value else "0"
            painter.drawText(where, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
            value += step

    def _height_of(self, value: int, low: int, high: int) -> float:
        plot = self.plot()
        return plot.bottom() - plot.height() * (value - low) / max(high - low, 1)

    def _ring(self, painter: QPainter) -> None:
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), theme.RADIUS, theme.RADIUS)


class BarView(_Chart):
    """Columns day by day; today is darker, a day without any says so."""

    def __init__(self, translator: Translator, closed: str) -> None:
        super().__init__(translator)
        self._closed = closed
        self._chart: BarChart | None = None

    def show_chart(self, chart: BarChart) -> None:
        """Show these."""
        self._chart = chart
        self.at = -1
        _ = self.translator
        self.setAccessibleName(f"{chart.title}, {_.format.rupiah(chart.total)}")
        self.update()

    def count(self) -> int:
        """The days."""
        return len(self._chart.bars) if self._chart else 0

    def told(self, place: int) -> str:
        """The day and its amount."""
        assert self._chart is not None
        bar = self._chart.bars[place]
        fmt = self.translator.format
        amount = self._closed if bar.amount is None else fmt.rupiah(bar.amount)
        return f"{fmt.weekday(bar.day)}, {fmt.date_medium(bar.day)}: {amount}"

    def subject(self, place: int) -> object:
        """The day."""
        assert self._chart is not None
        return self._chart.bars[place].day

    def place_at(self, x: float) -> int:
        """The column there."""
        if not self.count():
            return -1
        place = int((x - self.plot().left()) / (self.plot().width() / self.count()))
        return place if 0 <= place < self.count() else -1

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw grid, columns, days."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chart = self._chart
        if chart is None or not chart.bars:
            return
        high = max((bar.amount or 0 for bar in chart.bars), default=0)
        lines = 2 if self.height() < 160 else 4
        step = scale_of(max(high, 1), lines)
        top = step * max(-(-high // step), 1)
        self._grid(painter, 0, top, step)
        plot = self.plot()
        width = plot.width() / len(chart.bars)
        fmt = self.translator.format
        last = len(chart.bars) - 1
        for place, bar in enumerate(chart.bars):
            x = plot.left() + place * width
            if bar.amount:
                y = self._height_of(max(bar.amount, 0), 0, top)
                token = "bar_now" if place in (last, self.at) else "bar"
                painter.fillRect(
                    QRectF(x + width * 0.15, y, width * 0.7, plot.bottom() - y), theme.color(token)
                )
            elif bar.amount is None and 0 < place < last and width > 20 and _within(chart, place):
                painter.setFont(theme.font())
                painter.setPen(theme.color("text2"))
                wide = QFontMetrics(painter.font()).horizontalAdvance(self._closed)
                if wide < 2.2 * width:
                    where = QRectF(x - width, plot.bottom() - 20, width * 3, 20)
                    painter.drawText(where, Qt.AlignmentFlag.AlignCenter, self._closed)
        painter.setPen(theme.color("text2"))
        for place in range(0, len(chart.bars) - 3, 7):
            where = QRectF(plot.left() + place * width - 20, plot.bottom() + 3, 120, 20)
            painter.drawText(where, Qt.AlignmentFlag.AlignLeft, fmt.day_month(chart.bars[place].day))
        painter.setFont(theme.font(theme.SMALL, 600))
        painter.setPen(theme.color("text"))
        where = QRectF(plot.right() - 120, plot.bottom() + 3, 120, 20)
        painter.drawText(where, Qt.AlignmentFlag.AlignRight, self.translator("today"))
        self._ring(painter)
        painter.end()


class LineView(_Chart):
    """Lines over months, told apart by dash and dot as well as colour."""

    _LOOKS = (
        ("brand_text", Qt.PenStyle.SolidLine),
        ("into", Qt.PenStyle.DashLine),
        ("amber", Qt.PenStyle.DotLine),
    )

    def __init__(self, translator: Translator) -> None:
        super().__init__(translator)
        self._chart: LineChart | None = None

    def show_chart(self, chart: LineChart) -> None:
        """Show these."""
        self._chart = chart
        self.at = -1
        self.setAccessibleName(chart.title)
        self.update()

    def count(self) -> int:
        """The months."""
        return len(self._chart.months) if self._chart else 0

    def told(self, place: int) -> str:
        """The month and each line's amount."""
        assert self._chart is not None
        fmt = self.translator.format
        parts = [f"{series.name} {fmt.rupiah(series.values[place])}" for series in self._chart.series]
        return f"{fmt.month(self._chart.months[place])}: {', '.join(parts)}"

    def subject(self, place: int) -> object:
        """The month."""
        assert self._chart is not None
        return self._chart.months[place]

    def place_at(self, x: float) -> int:
        """The month there."""
        if self.count() < 2:
            return -1
        gap = self.plot().width() / (self.count() - 1)
        place = round((x - self.plot().left()) / gap)
        return place if 0 <= place < self.count() else -1

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw grid, lines, legend, months."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chart = self._chart
        if chart is None or len(chart.months) < 2:
            return
        values = [value for series in chart.series for value in series.values]
        low_value, high_value = min(values), max(values)
        step = scale_of(
            max(high_value - min(low_value, 0) if low_value < high_value // 2 else high_value - low_value, 1),
            4,
        )
        low = low_value // step * step
        high = -(-high_value // step) * step
        if high == low:
            high = low + step
        self._grid(painter, low, high, step)
        plot = self.plot()
        gap = plot.width() / (len(chart.months) - 1)
        for series, (token, dash) in zip(chart.series, self._LOOKS, strict=False):
            points = [
                QPointF(plot.left() + place * gap, self._height_of(value, low, high))
                for place, value in enumerate(series.values)
            ]
            painter.setPen(QPen(theme.color(token), 2.5, dash))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF(points))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(token))
            painter.drawEllipse(points[-1], 4, 4)
            if 0 <= self.at < len(points):
                painter.drawEllipse(points[self.at], 5, 5)
        painter.setFont(theme.font())
        painter.setPen(theme.color("text2"))
        names = self.translator.format.month_names(short=True)
        every = 1 if gap > 44 else 3
        for place in range(0, len(chart.months), every):
            month = chart.months[place]
            words = names[month.month - 1]
            if place == 0 or month.month == 1:
                words = f"{words} {month.year}"
            where = QRectF(plot.left() + place * gap - 40, plot.bottom() + 3, 80, 20)
            painter.drawText(where, Qt.AlignmentFlag.AlignCenter, words)
        self._ring(painter)
        painter.end()


class Legend(QWidget):
    """The names of the lines with their strokes."""

    def __init__(self) -> None:
        super().__init__()
        self._names: Sequence[str] = ()
        self.setFixedHeight(20)

    def show_names(self, names: Sequence[str]) -> None:
        """Show these."""
        self._names = names
        metrics = QFontMetrics(theme.font())
        self.setFixedWidth(sum(metrics.horizontalAdvance(name) + 52 for name in names))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw them."""
        painter = QPainter(self)
        painter.setFont(theme.font())
        left = 8
        for name, (token, dash) in zip(self._names, LineView._LOOKS, strict=False):
            painter.setPen(QPen(theme.color(token), 2.5, dash))
            painter.drawLine(left, 10, left + 24, 10)
            painter.setPen(theme.color("text2"))
            painter.drawText(QRect(left + 32, 0, 200, 20), Qt.AlignmentFlag.AlignVCenter, name)
            left += painter.fontMetrics().horizontalAdvance(name) + 52
        painter.end()


class Measure(QWidget):
    """A bar as long as its share of the largest, for a row of a list."""

    def __init__(self, share: float, *, now: bool = False) -> None:
        super().__init__()
        self._share = share
        self._now = now
        self.setFixedHeight(16)
        self.setMinimumWidth(60)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw it."""
        painter = QPainter(self)
        token = "bar_now" if self._now else "bar"
        painter.fillRect(QRectF(0, 4, max(self.width() * self._share, 2), 8), theme.color(token))
        painter.end()


def _within(chart: BarChart, place: int) -> bool:
    """Whether a day lies between days with sales: before the first one the shop was not in the book yet."""
    return any(bar.amount is not None for bar in chart.bars[:place])
