"""A chart on paper: columns or lines above the table. It can be read when it is photocopied in black and white:
columns have an outline, today's is dark; lines differ by dash and by the shape of their points, not only by colour.

All measures are mm from the top left corner of the paper, sizes points.
"""

from collections.abc import Sequence

from app.base.i18n import Translator
from app.reports.document import Chart, ChartKind, ChartSeries
from app.reports.paper import fonts
from app.reports.paper.sheet import BLACK, GREEN, HAIRLINE, SECTION_LINE, Color, Sheet
from app.reports.scale import Scale, scale_of, short_amount

HEIGHT = 46.0  # title, plot and the words below it
_TITLE, _SIZE = 10.5, 8.5
_HEAD, _FOOT, _AXIS = 8.0, 6.5, 3.0
_GRID_LINES = 4
_COLUMN: Color = (196, 208, 200)
_BLUE: Color = (15, 101, 128)
_GRID: Color = (170, 170, 170)
# Full and dashed and dotted; with a full ring, an open one, and none.
_LOOKS: tuple[tuple[Color, tuple[float, ...]], ...] = ((GREEN, ()), (_BLUE, (4, 2)), (BLACK, (1, 2)))
_LINE, _RING = 1.4, 0.75


def draw_chart(sheet: Sheet, chart: Chart, top: float, translator: Translator) -> float:
    """Draw a chart over the width of the text, its upper edge at `top`. Returns its lower edge."""
    _Drawing(sheet, chart, top, translator).draw()
    return top + HEIGHT


class _Drawing:
    """One chart on its way to the paper."""

    def __init__(self, sheet: Sheet, chart: Chart, top: float, translator: Translator) -> None:
        self.sheet, self.chart, self.top, self.translator = sheet, chart, top, translator
        bars = chart.kind is ChartKind.BARS
        self.scale: Scale = scale_of(chart.values, _GRID_LINES, from_zero=bars)
        self.marks = [short_amount(value, translator) if value else "0" for value in self.scale.lines]
        self.left = sheet.left + max(fonts.width_mm(mark, _SIZE) for mark in self.marks) + _AXIS
        self.right = sheet.right
        self.upper, self.lower = top + _HEAD, top + HEIGHT - _FOOT
        count = len(chart.points)
        # Columns stand in the middle of their share, points of lines reach from edge to edge.
        self.gap = (self.right - self.left) / (count if bars else max(count - 1, 1))
        if not bars:
            self.right -= 2
            self.gap = (self.right - self.left) / max(count - 1, 1)
        self.offset = self.gap / 2 if bars else 0.0

    def draw(self) -> None:
        """Draw all of it."""
        self._head()
        self._grid()
        if self.chart.kind is ChartKind.BARS:
            self._bars(self.chart.series[0])
        else:
            for series, look in zip(self.chart.series, _LOOKS, strict=False):
                self._line(series, look)
        self._words_below()

    def x(self, place: int) -> float:
        """Where a point stands."""
        return self.left + self.offset + place * self.gap

    def y(self, value: int) -> float:
        """How high a value stands."""
        return self.lower - (self.lower - self.upper) * self.scale.share(value)

    def _head(self) -> None:
        """The title at the left, at the right the sentence, or the names of more than one line."""
        sheet, y = self.sheet, self.top + 4
        wide = sheet.text(sheet.left, y, self.chart.title, _TITLE, bold=True)
        if len(self.chart.series) > 1:
            x = sheet.right
            for number in reversed(range(len(self.chart.series))):
                name = self.chart.series[number].name
                x -= sheet.text(x, y, name, _SIZE, align="right") + 2
                self._stroke([(x - 9, y - 1.1), (x, y - 1.1)], number)
                self._ring(x - 4.5, y - 1.1, number)
                x -= 14
        elif fonts.width_mm(self.chart.note, _SIZE) <= sheet.right - sheet.left - wide - 6:
            # What it says stands in the rows as well; a note without room for it is left out.
            sheet.text(sheet.right, y, self.chart.note, _SIZE, align="right")

    def _grid(self) -> None:
        for value, mark in zip(self.scale.lines, self.marks, strict=True):
            y = self.y(value)
            zero = value == 0
            width, color = (SECTION_LINE, BLACK) if zero else (HAIRLINE, _GRID)
            self.sheet.line(self.left, y, self.sheet.right, y, width, color)
            self.sheet.text(self.left - _AXIS + 1.4, y + 1.05, mark, _SIZE, align="right")

    def _bars(self, series: ChartSeries) -> None:
        sheet, wide = self.sheet, min(self.gap * 0.7, 22)
        last = len(series.values) - 1
        begun = False
        for place, value in enumerate(series.values):
            middle = self.x(place)
            if value is None:
                closed = begun and not (self.chart.now and place == last)
                if closed and self.chart.gap:
                    self._gap_word(middle, self.chart.gap)
                continue
            begun = True
            top, bottom = sorted((self.y(value), self.y(0)))
            color = GREEN if self.chart.now and place == last else _COLUMN
            sheet.tint(middle - wide / 2, top, wide, bottom - top, color)
            sheet.box(middle - wide / 2, top, wide, bottom - top)

    def _gap_word(self, middle: float, word: str) -> None:
        """The word for a point without a column, where there is room for it."""
        shown = word if fonts.width_mm(word, _SIZE) <= self.gap * 1.2 else "–"
        self.sheet.text(middle, self.y(0) - 0.8, shown, _SIZE, align="center")

    def _line(self, series: ChartSeries, look: tuple[Color, tuple[float, ...]]) -> None:
        number = _LOOKS.index(look)
        points = [
            (self.x(place), self.y(value)) for place, value in enumerate(series.values) if value is not None
        ]
        self._stroke(points, number)
        shown = points if len(points) <= 13 else points[-1:]
        for x, y in shown:
            self._ring(x, y, number)

    def _stroke(self, points: Sequence[tuple[float, float]], number: int) -> None:
        color, dash = _LOOKS[number]
        self.sheet.path(points, _LINE, color, dash)

    def _ring(self, x: float, y: float, number: int) -> None:
        color = _LOOKS[number][0]
        if number == 0:
            # A ring whose line is as thick as its radius is a full dot.
            self.sheet.circle(x, y, _RING / 2, _RING * fonts.MM, color)
        elif number == 1:
            self.sheet.circle(x, y, _RING, 1.0, color)

    def _words_below(self) -> None:
        """As many words as have room, the first and the last among them where they can be."""
        words = [point.short for point in self.chart.points]
        widest = max(fonts.width_mm(word, _SIZE) for word in words)
        every = 1
        while every * self.gap < widest + 2.5 and every < len(words):
            every += 1
        if len(words) > 14 and self.chart.kind is ChartKind.BARS:
            every = max(every, 7)
        y = self.lower + 4.2
        last = len(words) - 1
        shown = [place for place in range(0, len(words), every) if last - place >= every or place == last]
        shown = [*(place for place in shown if place != last), last]
        for place in shown:
            wide = fonts.width_mm(words[place], _SIZE)
            x = min(max(self.x(place) - wide / 2, self.sheet.left), self.sheet.right - wide)
            self.sheet.text(x, y, words[place], _SIZE, bold=self.chart.now and place == last)
