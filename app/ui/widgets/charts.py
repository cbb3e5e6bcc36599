"""Charts on the screen, painted in the tokens of the theme: columns, and lines told apart by dash and dot as well.

The figures come from a report's charts. The arrows walk from point to point, Enter opens one; what is pointed at
is written beside it and told to those who can't see it.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
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
from app.reports.document import Chart, ChartKind
from app.reports.scale import Scale, scale_of, short_amount
from app.ui import theme

# The room around the plot: words of the grid, words below, half a line of words above.
_AXIS_GAP, _BOTTOM, _TOP, _RIGHT = 10, 24, 10, 10
_WORDS_HEIGHT = 20
_ROOM_OF_A_GRID_LINE = 44
_MOST_DOTS = 13
Look = tuple[str, Qt.PenStyle]
# A colour by its token; paper on the screen has its own.
Color = Callable[[str], QColor]
LOOKS: tuple[Look, ...] = (
    ("brand_text", Qt.PenStyle.SolidLine),
    ("into", Qt.PenStyle.DashLine),
    ("amber", Qt.PenStyle.DotLine),
)


class Drawing:
    """A chart laid out in a rectangle: where things stand, and how they are painted in the given colours."""

    def __init__(
        self, chart: Chart, translator: Translator, area: QRectF, color: Color = theme.color
    ) -> None:
        self.chart, self.translator, self.area, self._color = chart, translator, area, color
        self.bars = chart.kind is ChartKind.BARS
        lines = int(max((area.height() - _TOP - _BOTTOM) // _ROOM_OF_A_GRID_LINE, 2))
        self.scale: Scale = scale_of(chart.values, min(lines, 5), from_zero=self.bars)
        self._marks = [short_amount(value, translator) if value else "0" for value in self.scale.lines]
        metrics = QFontMetrics(theme.font())
        left = max(max(metrics.horizontalAdvance(mark) for mark in self._marks) + _AXIS_GAP, 44)
        # Where the points are drawn: right of the words of the grid, above those of the points.
        self.plot = area.adjusted(left, _TOP, -_RIGHT, -_BOTTOM)

    @property
    def step(self) -> float:
        """The distance of two points."""
        count = len(self.chart.points)
        return self.plot.width() / (count if self.bars else max(count - 1, 1))

    def x(self, place: int) -> float:
        """The middle of a column, or where a point stands."""
        return self.plot.left() + (place + (0.5 if self.bars else 0)) * self.step

    def y(self, value: int) -> float:
        """How high a value stands."""
        return self.plot.bottom() - self.plot.height() * self.scale.share(value)

    def place_at(self, x: float) -> int:
        """The point at a place on the screen, -1 for none."""
        away = (x - self.plot.left()) / self.step
        place = int(away // 1) if self.bars else round(away)
        return place if 0 <= place < len(self.chart.points) else -1

    def paint(self, painter: QPainter, at: int = -1) -> None:
        """Draw the grid, the figures, the words; `at` is the point that is chosen."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_grid(painter)
        if self.bars:
            self._paint_bars(painter, at)
        else:
            self._paint_lines(painter, at)
        self._paint_words(painter)
        painter.restore()

    def paint_told(self, painter: QPainter, at: int, words: str) -> None:
        """What is chosen, in words, in a box above it."""
        painter.setFont(theme.font(theme.SMALL, 500))
        wide = painter.fontMetrics().horizontalAdvance(words) + 20
        x = min(max(self.x(at) - wide / 2, self.area.left() + 2), self.area.right() - wide - 2)
        where = QRectF(x, self.area.top() + 1, wide, 26)
        painter.setBrush(self._color("toast"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(where, theme.RADIUS, theme.RADIUS)
        painter.setPen(self._color("on_toast"))
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_grid(self, painter: QPainter) -> None:
        painter.setFont(theme.font())
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for value, mark in zip(self.scale.lines, self._marks, strict=True):
            y = round(self.y(value)) + 0.5
            painter.setPen(QPen(self._color("line"), 1))
            painter.drawLine(QPointF(self.plot.left(), y), QPointF(self.plot.right(), y))
            painter.setPen(self._color("text2"))
            room = self.plot.left() - _AXIS_GAP - self.area.left()
            painter.drawText(QRectF(self.area.left(), y - 10, room, _WORDS_HEIGHT), right, mark)

    def _paint_bars(self, painter: QPainter, at: int) -> None:
        values = self.chart.series[0].values
        last = len(values) - 1
        wide = min(self.step * 0.7, 72)
        zero = self.y(0)
        begun = False
        for place, value in enumerate(values):
            middle = self.x(place)
            now = self.chart.now and place == last
            if place == at:
                band = QRectF(middle - self.step / 2, self.plot.top(), self.step, self.plot.height())
                painter.fillRect(band, self._color("hover"))
            if value is None:
                # Before its first day the shop was not closed: it was not in the book yet.
                if begun and not now:
                    self._paint_gap(painter, middle, zero)
                continue
            begun = True
            y = self.y(value)
            bar = QRectF(middle - wide / 2, min(y, zero), wide, abs(zero - y))
            painter.fillRect(bar, self._color("bar_now" if now else "bar"))

    def _paint_gap(self, painter: QPainter, middle: float, zero: float) -> None:
        painter.setFont(theme.font())
        painter.setPen(self._color("text2"))
        words = self.chart.gap
        if painter.fontMetrics().horizontalAdvance(words) > 2.2 * self.step:
            words = "–"
        where = QRectF(middle - 1.5 * self.step, zero - _WORDS_HEIGHT, 3 * self.step, _WORDS_HEIGHT)
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_lines(self, painter: QPainter, at: int) -> None:
        if at >= 0:
            painter.setPen(QPen(self._color("control"), 1))
            painter.drawLine(QPointF(self.x(at), self.plot.top()), QPointF(self.x(at), self.plot.bottom()))
        for number, series in enumerate(self.chart.series):
            points = [
                QPointF(self.x(place), self.y(value))
                for place, value in enumerate(series.values)
                if value is not None
            ]
            paint_stroke(painter, points, number, self._color)
            dots = {len(points) - 1, at} if len(points) > _MOST_DOTS or number > 1 else range(len(points))
            for place in dots:
                if 0 <= place < len(points):
                    large = place in (len(points) - 1, at)
                    paint_dot(painter, points[place], number, 5 if large else 3, self._color)

    def _paint_words(self, painter: QPainter) -> None:
        """As many words below as have room; the last one always, the present one in bold."""
        words = [point.short for point in self.chart.points]
        last = len(words) - 1
        if self.chart.now and self.bars:
            words[last] = self.translator("today")
        plain, bold = theme.font(), theme.font(theme.SMALL, 600)
        metrics, strong = QFontMetrics(plain), QFontMetrics(bold)
        widest = max(metrics.horizontalAdvance(word) for word in words[:-1])
        every = max(int(-(-(widest + 12) // self.step)), 1)
        if every > 1 and len(words) > 14:
            # Week by week, where days are drawn.
            every = max(every, 7)
        free = self.area.right()
        for place in (last, *range(0, last, every)):
            now = self.chart.now and place == last
            wide = (strong if now else metrics).horizontalAdvance(words[place])
            x = min(max(self.x(place) - wide / 2, self.area.left()), self.area.right() - wide - 1)
            if place == last:
                free = int(x) - 12
            elif x + wide > free:
                continue
            painter.setFont(bold if now else plain)
            painter.setPen(self._color("text" if now else "text2"))
            where = QRectF(x, self.plot.bottom() + 3, wide + 2, _WORDS_HEIGHT)
            painter.drawText(where, Qt.AlignmentFlag.AlignLeft, words[place])


def paint_stroke(
    painter: QPainter, points: Sequence[QPointF], number: int, color: Color = theme.color
) -> None:
    """The line of a series."""
    token, dash = LOOKS[number % len(LOOKS)]
    painter.setPen(QPen(color(token), 2.5, dash))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(points))


def paint_dot(
    painter: QPainter, middle: QPointF, number: int, radius: float, color: Color = theme.color
) -> None:
    """The mark of a line: full for the first, open for the others."""
    token = LOOKS[number % len(LOOKS)][0]
    painter.setPen(QPen(color(token), 2))
    painter.setBrush(color(token if number == 0 else "surface"))
    painter.drawEllipse(middle, radius - 1, radius - 1)


def paint_legend(
    painter: QPainter, left: float, top: float, names: Sequence[str], color: Color = theme.color
) -> None:
    """The names of the lines with their strokes, beside each other."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(theme.font())
    left += 12
    for number, name in enumerate(names):
        paint_stroke(painter, [QPointF(left, top + 10), QPointF(left + 24, top + 10)], number, color)
        paint_dot(painter, QPointF(left + 12, top + 10), number, 4, color)
        painter.setPen(color("text2"))
        wide = painter.fontMetrics().horizontalAdvance(name)
        where = QRectF(left + 32, top, wide + 2, _WORDS_HEIGHT)
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, name)
        left += wide + 52


def legend_width(names: Sequence[str]) -> int:
    """How much room the names of the lines need."""
    metrics = QFontMetrics(theme.font())
    return sum(metrics.horizontalAdvance(name) + 52 for name in names)


class ChartView(QWidget):
    """A chart to walk in: the focus, the point that is chosen and told in words."""

    opened = Signal(int)  # the place of a point

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

    def drawing(self) -> Drawing | None:
        """The chart laid out in the room there is; None where there is nothing to draw."""
        if self.chart is None or len(self.chart.points) < 2:
            return None
        return Drawing(self.chart, self.translator, QRectF(self.rect()))

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
        """Arrows, Home and End walk, Enter opens."""
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
        self.choose(self._place_at(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A click opens."""
        place = self._place_at(event)
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

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the chart, and what is chosen."""
        drawing = self.drawing()
        if drawing is None:
            return
        painter = QPainter(self)
        drawing.paint(painter, self.at)
        if self.at >= 0:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            drawing.paint_told(painter, self.at, self.told(self.at))
        painter.end()

    def _place_at(self, event: QMouseEvent) -> int:
        drawing = self.drawing()
        return -1 if drawing is None else drawing.place_at(event.position().x())


class Legend(QWidget):
    """The names of the lines with their strokes."""

    def __init__(self) -> None:
        super().__init__()
        self._names: Sequence[str] = ()
        self.setFixedHeight(_WORDS_HEIGHT)

    def show_names(self, names: Sequence[str]) -> None:
        """Show these."""
        self._names = names
        self.setFixedWidth(legend_width(names))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw them."""
        painter = QPainter(self)
        paint_legend(painter, 0, 0, self._names)
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
