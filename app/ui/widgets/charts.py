"""Charts on the screen, painted in the tokens of the theme: columns, and lines told apart by dash and dot as well.

The figures come from a report's charts. The arrows walk from point to point, Enter opens one; what is pointed at
is written beside it and told to those who can't see it.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.base.i18n import Translator
from app.reports.document import Chart
from app.reports.scale import Scale, scale_of, short_amount
from app.ui import theme

# The room around the plot: words of the grid, words below, half a line of words above.
_AXIS_GAP, _BOTTOM, _TOP, _RIGHT = 10, 24, 10, 10
_WORDS_HEIGHT = 20
_ROOM_OF_A_GRID_LINE = 44
_MOST_DOTS = 13
Look = tuple[str, Qt.PenStyle]
LOOKS: tuple[Look, ...] = (
    ("brand_text", Qt.PenStyle.SolidLine),
    ("into", Qt.PenStyle.DashLine),
    ("amber", Qt.PenStyle.DotLine),
)


class ChartView(QWidget):
    """What both kinds share: the axis, the focus, the point that is chosen and told in words."""

    opened = Signal(int)  # the place of a point
    from_zero = True

    def __init__(self, translator: Translator) -> None:
        super().__init__()
        self.translator = translator
        self.chart: Chart | None = None
        self.at = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(110)

    def sizeHint(self) -> QSize:  # noqa: N802
        """It takes what there is."""
        return QSize(480, 140)

    def show_chart(self, chart: Chart) -> None:
        """Show these figures."""
        self.chart = chart
        self.at = -1
        self.setAccessibleName(". ".join(filter(None, (chart.title, chart.note))))
        self.setAccessibleDescription(self.translator("The arrows go from point to point, Enter opens one."))
        self.update()

    def count(self) -> int:
        """How many points there are to walk."""
        return len(self.chart.points) if self.chart else 0

    def told(self, place: int) -> str:
        """A point in words."""
        assert self.chart is not None
        chart = self.chart
        amounts = []
        for series in chart.series:
            value = series.values[place]
            amount = chart.gap if value is None else self.translator.format.rupiah(value)
            amounts.append(f"{series.name} {amount}" if len(chart.series) > 1 else amount)
        return f"{chart.points[place].words}: {', '.join(amounts)}"

    # Walking and pointing

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows, Home and End walk, Enter opens, Esc lets go."""
        last = self.count() - 1
        at = last + 1 if self.at < 0 else self.at
        to = {
            Qt.Key.Key_Left: at - 1,
            Qt.Key.Key_Right: min(at + 1, last),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if to is not None and last >= 0:
            self.choose(max(0, to))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.at >= 0:
            self.opened.emit(self.at)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The pointer tells."""
        self.choose(self.place_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A click opens."""
        place = self.place_at(event.position().x())
        if event.button() == Qt.MouseButton.LeftButton and place >= 0:
            self.opened.emit(place)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Nothing is pointed at."""
        self.choose(-1)
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Nothing is walked to any more."""
        self.choose(-1)
        super().focusOutEvent(event)

    def choose(self, place: int) -> None:
        """Point at a place, -1 for none."""
        if place == self.at:
            return
        self.at = place
        if place >= 0:
            self.setAccessibleDescription(self.told(place))
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.update()

    # Where things stand

    def scale(self) -> Scale:
        """The upright scale, with as many grid lines as there is room for."""
        values = self.chart.values if self.chart else []
        lines = max((self.height() - _TOP - _BOTTOM) // _ROOM_OF_A_GRID_LINE, 2)
        return scale_of(values, min(lines, 5), from_zero=self.from_zero)

    def plot(self, scale: Scale) -> QRectF:
        """Where the points are drawn: right of the words of the grid."""
        metrics = QFontMetrics(theme.font())
        wide = max(metrics.horizontalAdvance(self._mark(value)) for value in scale.lines)
        left = max(wide + _AXIS_GAP, 44)
        return QRectF(left, _TOP, self.width() - left - _RIGHT, self.height() - _TOP - _BOTTOM)

    def place_at(self, x: float) -> int:
        """The point at a place on the screen, -1 for none."""
        raise NotImplementedError

    def point_x(self, plot: QRectF, place: int) -> float:
        """The middle of a point."""
        raise NotImplementedError

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the grid, the figures, the words."""
        if self.chart is None or self.count() < 2:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = self.scale()
        plot = self.plot(scale)
        self._paint_grid(painter, plot, scale)
        self.paint_figures(painter, plot, scale)
        self._paint_words(painter, plot)
        if self.at >= 0:
            self._paint_told(painter, plot)
        painter.end()

    def paint_figures(self, painter: QPainter, plot: QRectF, scale: Scale) -> None:
        """Draw columns or lines."""
        raise NotImplementedError

    def _mark(self, value: int) -> str:
        return short_amount(value, self.translator) if value else "0"

    def _paint_grid(self, painter: QPainter, plot: QRectF, scale: Scale) -> None:
        painter.setFont(theme.font())
        for value in scale.lines:
            y = round(plot.bottom() - plot.height() * scale.share(value)) + 0.5
            painter.setPen(QPen(theme.color("line"), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(theme.color("text2"))
            where = QRectF(0, y - 10, plot.left() - _AXIS_GAP, _WORDS_HEIGHT)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(where, right, self._mark(value))

    def _paint_words(self, painter: QPainter, plot: QRectF) -> None:
        """As many words below as have room; the last one always, the present one in bold."""
        assert self.chart is not None
        words = [point.short for point in self.chart.points]
        last = len(words) - 1
        if self.chart.now and self.chart.points[last].last is not None and self.from_zero:
            words[last] = self.translator("today")
        plain, bold = theme.font(), theme.font(theme.SMALL, 600)
        metrics, strong = QFontMetrics(plain), QFontMetrics(bold)
        gap = self.point_x(plot, 1) - self.point_x(plot, 0)
        widest = max(metrics.horizontalAdvance(word) for word in words[:-1])
        every = max(int(-(-(widest + 12) // gap)), 1)
        if every > 1 and len(words) > 14:
            # Week by week, where days are drawn.
            every = max(every, 7)
        free = self.width()
        for place in (last, *range(0, last, every)):
            now = self.chart.now and place == last
            wide = (strong if now else metrics).horizontalAdvance(words[place])
            x = min(max(self.point_x(plot, place) - wide / 2, 0), self.width() - wide - 1)
            if place == last:
                free = int(x) - 12
            elif x + wide > free:
                continue
            painter.setFont(bold if now else plain)
            painter.setPen(theme.color("text" if now else "text2"))
            where = QRectF(x, plot.bottom() + 3, wide + 2, _WORDS_HEIGHT)
            painter.drawText(where, Qt.AlignmentFlag.AlignLeft, words[place])

    def _paint_told(self, painter: QPainter, plot: QRectF) -> None:
        """What is chosen, in words, in a box above it."""
        words = self.told(self.at)
        painter.setFont(theme.font(theme.SMALL, 500))
        wide = painter.fontMetrics().horizontalAdvance(words) + 20
        x = min(max(self.point_x(plot, self.at) - wide / 2, 2), self.width() - wide - 2)
        where = QRectF(x, 1, wide, 26)
        painter.setBrush(theme.color("toast"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(where, theme.RADIUS, theme.RADIUS)
        painter.setPen(theme.color("on_toast"))
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, words)


class BarView(ChartView):
    """Columns; the present one is darker, a point without a value between others says so."""

    def place_at(self, x: float) -> int:
        """The column there."""
        if not self.count():
            return -1
        plot = self.plot(self.scale())
        place = int((x - plot.left()) // (plot.width() / self.count()))
        return place if 0 <= place < self.count() else -1

    def point_x(self, plot: QRectF, place: int) -> float:
        """The middle of a column."""
        return plot.left() + (place + 0.5) * plot.width() / self.count()

    def paint_figures(self, painter: QPainter, plot: QRectF, scale: Scale) -> None:
        """Draw the columns."""
        assert self.chart is not None
        chart = self.chart
        values = chart.series[0].values
        last = len(values) - 1
        step = plot.width() / len(values)
        wide = min(step * 0.7, 72)
        zero = plot.bottom() - plot.height() * scale.share(0)
        begun = False
        for place, value in enumerate(values):
            middle = self.point_x(plot, place)
            if place == self.at:
                painter.fillRect(
                    QRectF(middle - step / 2, plot.top(), step, plot.height()), theme.color("hover")
                )
            if value is None:
                # Before its first day the shop was not closed: it was not in the book yet.
                if begun and not (chart.now and place == last):
                    self._paint_gap(painter, middle, zero, step)
                continue
            begun = True
            y = plot.bottom() - plot.height() * scale.share(value)
            now = chart.now and place == last
            bar = QRectF(middle - wide / 2, min(y, zero), wide, abs(zero - y))
            painter.fillRect(bar, theme.color("bar_now" if now else "bar"))

    def _paint_gap(self, painter: QPainter, middle: float, zero: float, step: float) -> None:
        assert self.chart is not None
        painter.setFont(theme.font())
        painter.setPen(theme.color("text2"))
        words = self.chart.gap
        if painter.fontMetrics().horizontalAdvance(words) > 2.2 * step:
            words = "–"
        where = QRectF(middle - 1.5 * step, zero - _WORDS_HEIGHT, 3 * step, _WORDS_HEIGHT)
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, words)


class LineView(ChartView):
    """Lines from point to point: full, dashed, dotted; with a full dot, a ring, and none."""

    from_zero = False

    def place_at(self, x: float) -> int:
        """The point nearest to there."""
        if self.count() < 2:
            return -1
        plot = self.plot(self.scale())
        place = round((x - plot.left()) / (plot.width() / (self.count() - 1)))
        return place if 0 <= place < self.count() else -1

    def point_x(self, plot: QRectF, place: int) -> float:
        """Where a point stands."""
        return plot.left() + place * plot.width() / max(self.count() - 1, 1)

    def paint_figures(self, painter: QPainter, plot: QRectF, scale: Scale) -> None:
        """Draw the lines."""
        assert self.chart is not None
        if self.at >= 0:
            x = self.point_x(plot, self.at)
            painter.setPen(QPen(theme.color("control"), 1))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
        for number, series in enumerate(self.chart.series):
            points = [
                QPointF(self.point_x(plot, place), plot.bottom() - plot.height() * scale.share(value))
                for place, value in enumerate(series.values)
                if value is not None
            ]
            token, dash = LOOKS[number % len(LOOKS)]
            painter.setPen(QPen(theme.color(token), 2.5, dash))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF(points))
            dots = (
                {len(points) - 1, self.at} if len(points) > _MOST_DOTS or number > 1 else range(len(points))
            )
            for place in dots:
                if 0 <= place < len(points):
                    large = place == len(points) - 1 or place == self.at
                    paint_dot(painter, points[place], number, 5 if large else 3)


def paint_dot(painter: QPainter, middle: QPointF, number: int, radius: float) -> None:
    """The mark of a line: full for the first, open for the others."""
    token = LOOKS[number % len(LOOKS)][0]
    painter.setPen(QPen(theme.color(token), 2))
    painter.setBrush(theme.color(token if number == 0 else "surface"))
    painter.drawEllipse(middle, radius - 1, radius - 1)


class Legend(QWidget):
    """The names of the lines with their strokes."""

    def __init__(self) -> None:
        super().__init__()
        self._names: Sequence[str] = ()
        self.setFixedHeight(_WORDS_HEIGHT)

    def show_names(self, names: Sequence[str]) -> None:
        """Show these."""
        self._names = names
        metrics = QFontMetrics(theme.font())
        self.setFixedWidth(sum(metrics.horizontalAdvance(name) + 52 for name in names))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font())
        left = 12
        for number, name in enumerate(self._names):
            token, dash = LOOKS[number % len(LOOKS)]
            painter.setPen(QPen(theme.color(token), 2.5, dash))
            painter.drawLine(left, 10, left + 24, 10)
            paint_dot(painter, QPointF(left + 12, 10), number, 4)
            painter.setPen(theme.color("text2"))
            wide = painter.fontMetrics().horizontalAdvance(name)
            painter.drawText(
                QRectF(left + 32, 0, wide + 2, _WORDS_HEIGHT), Qt.AlignmentFlag.AlignVCenter, name
            )
            left += wide + 52
        painter.end()


class Measure(QWidget):
    """A bar as long as its share of the largest, for a row of a list; the figure stands beside it in words."""

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
