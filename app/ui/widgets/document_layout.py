"""Where everything of a Document stands on the paper that the window shows: measured once for a width.

Measures are pixels at 100 %. A statement has few rows, whose words are broken into lines; a list may have a
hundred thousand, so its rows are all of one height and only the longest cell of a column is measured.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import accumulate
from typing import Final, NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from app.base.i18n import Translator
from app.reports.document import CellType, Column, Document, Layout, Row, RowKind, Value
from app.reports.render.cells import (
    BOLD,
    RIGHT_ALIGNED,
    SUMS,
    label_column,
    label_of,
    printed_columns,
    written,
)
from app.ui import theme

SIDE: Final = 33  # from the edge of the paper to its words
INSET: Final = 8  # from the rules of the table to its words
TOP: Final = 25
LOGO: Final = 44
HEAD_ROW: Final = 26
STATEMENT_ROW, LIST_ROW, LINE = 22.0, 24.0, 18.0
INDENT: Final = 20
_STATEMENT_WIDEST, _STATEMENT_NARROWEST = 720.0, 380.0
_LIST_NARROWEST = 480.0
_GAP: Final = 16.0
_NARROWEST_TEXT, _WIDEST_TEXT = 90.0, 340.0
_FIGURE_NARROWEST: Final = 112.0
_BOTTOM: Final = 28.0
_DOUBLE: Final = 6.0  # room for the double line under a grand total
CHART_TITLE, CHART_HEIGHT = 28.0, 176.0
_CHART_GAP: Final = 14.0
_SAMPLE_DATE: Final = date(2026, 11, 28)


@cache
def metrics(size: int = theme.SMALL, weight: int = 400) -> QFontMetricsF:
    """The measures of a face."""
    return QFontMetricsF(theme.font(size, weight))


def wide(text: str, size: int = theme.SMALL, weight: int = 400) -> float:
    """How wide a text is."""
    return float(metrics(size, weight).horizontalAdvance(text))


class Place(NamedTuple):
    """A column's place: where its words begin, where its figures end, and the edges of its room."""

    column: Column
    left: float
    right: float

    @property
    def is_figure(self) -> bool:
        """True for what stands at the right, in tabular figures."""
        return self.column.type in RIGHT_ALIGNED


@dataclass(frozen=True, slots=True)
class Head:
    """The parts above the table, with their heights."""

    lines: tuple[str, ...]
    name: tuple[str, ...]
    title: tuple[str, ...]
    subtitle: tuple[str, ...]
    context: tuple[str, ...]
    charts: tuple[float, ...]  # the upper edges of the charts
    rule: float  # the line below the letterhead
    table: float  # the line above the head of the table


class DocumentLayout:
    """A document laid out for a width. Nothing here paints; the view asks where things are."""

    def __init__(self, document: Document, translator: Translator, room: float) -> None:
        """`room` is the width there is for the paper with its words."""
        self.document = document
        self.translator = translator
        self.statement = document.layout is Layout.STATEMENT
        self.columns = printed_columns(document)
        self.label = label_column(self.columns)
        self.unit = any(column.type is CellType.AMOUNT for column in self.columns)
        self.places, self.width = self._placed(room)
        self.charts = [chart for chart in document.charts if chart.worth_drawing]
        self.head = self._head()
        self.labels_height = self._labels_height()
        self.first_row = self.head.table + self.labels_height + (6 if self.statement else 2)
        self.wrapped: dict[int, list[str]] = {}
        heights = self._heights()
        self._tops = [self.first_row, *accumulate(heights, initial=self.first_row)][1:]
        self.rows_end = self._tops[-1]
        self.notes = [line for note in document.notes for line in in_lines(note, self.width - 2 * SIDE)]
        self.height = self.rows_end + 12 + len(self.notes) * LINE + _BOTTOM
        if not document.rows:
            self.height += STATEMENT_ROW

    # Rows

    def row_rect(self, index: int) -> QRectF:
        """The band of a row across the table."""
        return QRectF(
            SIDE, self._tops[index], self.width - 2 * SIDE, self._tops[index + 1] - self._tops[index]
        )

    def row_at(self, y: float) -> int:
        """The row at a height, or the nearest one."""
        return min(max(bisect_right(self._tops, y) - 1, 0), len(self.document.rows) - 1)

    def baseline_rect(self, index: int) -> QRectF:
        """The part of a row in which its (last) line of words stands."""
        band = self.row_rect(index)
        height = STATEMENT_ROW if self.statement else LIST_ROW
        below = _DOUBLE if self.statement and self.document.rows[index].double_rule else 0
        return QRectF(band.left(), band.bottom() - below - height, band.width(), height)

    def figure_rect(self, index: int, key: str) -> QRectF:
        """Where the ring of a figure is drawn."""
        place = self.place(key)
        line = self.baseline_rect(index)
        left = min(place.left - 6, place.right - self.figure_width(index, key) - 8)
        return QRectF(left, line.top(), place.right + 8 - left, line.height())

    def figure_width(self, index: int, key: str) -> float:
        """How wide the figure itself is."""
        return wide(self.text(index, key), weight=600)

    def place(self, key: str) -> Place:
        """The place of a column."""
        return next(place for place in self.places if place.column.key == key)

    def figure_columns(self) -> list[Place]:
        """The columns with figures, from left to right."""
        return [place for place in self.places if place.column.type in RIGHT_ALIGNED]

    def is_figure(self, index: int, key: str) -> bool:
        """Say whether a cell holds a figure that can be chosen."""
        row = self.document.rows[index]
        if row.kind is RowKind.HEADING or row.cells.get(key) is None:
            return False
        return any(place.column.key == key and place.is_figure for place in self.places)

    def text(self, index: int, key: str) -> str:
        """A cell as people read it."""
        row = self.document.rows[index]
        column = next(place.column for place in self.places if place.column.key == key)
        return written(row.cells.get(key), column, row, self.translator.format)

    def indent(self, row: Row) -> float:
        """How far a row's words are moved in."""
        return (max(row.level, 1) - 1) * INDENT

    # Measuring

    def _placed(self, room: float) -> tuple[list[Place], float]:
        natural = [self._natural(column) for column in self.columns]
        gaps = _GAP * (len(self.columns) - 1)
        around = 2 * SIDE + 2 * INSET
        if self.statement:
            width = min(max(room, _STATEMENT_NARROWEST), _STATEMENT_WIDEST)
        else:
            width = min(max(sum(natural) + gaps + around, _LIST_NARROWEST), max(room, _LIST_NARROWEST))
        widths = self._narrowed(natural, width - gaps - around)
        spare = width - gaps - around - sum(widths)
        if spare > 0:
            place = self.columns.index(self.label)
            widths[place] += spare
        places = []
        left = float(SIDE + INSET)
        for column, size in zip(self.columns, widths, strict=True):
            places.append(Place(column, left, left + size))
            left += size + _GAP
        return places, left - _GAP + SIDE + INSET

    def _narrowed(self, natural: Sequence[float], room: float) -> list[float]:
        """Take what is missing from the texts, the widest first; figures are never cut."""
        widths = list(natural)
        texts = [index for index, column in enumerate(self.columns) if column.type is CellType.TEXT]
        rest = room - sum(width for index, width in enumerate(widths) if index not in texts)
        for done, index in enumerate(sorted(texts, key=widths.__getitem__)):
            share = max(rest / (len(texts) - done), min(_NARROWEST_TEXT, widths[index]))
            widths[index] = min(widths[index], share)
            rest -= widths[index]
        return widths

    def _natural(self, column: Column) -> float:
        """The width of a column's widest cell, found without measuring each of them."""
        head = max((wide(word) for word in column.label.split()), default=0.0)
        cells = [row.cells.get(column.key) for row in self.document.rows if row.kind is not RowKind.HEADING]
        # A word may be a hair wider in one weight than in another.
        body = 1 + max((wide(text, weight=600) for text in self._longest(column, cells)), default=0.0)
        if column.type not in RIGHT_ALIGNED:
            if column is self.label:
                body += max((self.indent(row) for row in self.document.rows), default=0.0)
            return max(head, min(body, _WIDEST_TEXT))
        if self.statement and column.type is CellType.AMOUNT:
            body = max(body, _FIGURE_NARROWEST)
        return max(head, body)

    def _longest(self, column: Column, cells: Sequence[Value]) -> list[str]:
        fmt = self.translator.format
        if column.type is CellType.DATE:
            return [fmt.date_medium(_SAMPLE_DATE)] if any(cells) else []
        if column.type is CellType.TEXT:
            words = [column.words.get(str(cell), str(cell)) for cell in cells if cell is not None]
            return sorted(set(words), key=len)[-3:]
        numbers = [cell for cell in cells if isinstance(cell, int | Decimal)]
        if not numbers:
            return []
        row = Row(RowKind.SUBTOTAL, {})
        if column.type is CellType.QUANTITY:  # the longest is not always the largest: 2,125 beside 10
            numbers = sorted(set(numbers), key=lambda value: len(str(value)))[-3:]
        else:
            numbers = [min(numbers), max(numbers)]
        return [written(value, column, row, fmt) for value in numbers]

    def _head(self) -> Head:
        document = self.document
        room = self.width - 2 * SIDE
        beside = room - LOGO - 16
        name = in_lines(document.letterhead.name or document.book, beside, theme.BODY, 600)
        lines = [line for text in document.letterhead.lines for line in in_lines(text, beside)]
        title = in_lines(document.title, room, theme.TITLE, 600)
        subtitle = in_lines(document.subtitle, room)
        context = [line for pair in document.context for line in in_lines(": ".join(pair), room)]
        if self.unit and not self.statement:
            context.append(self.translator("(in rupiah)"))
        rule = TOP + max(LOGO, len(name) * 22 + len(lines) * LINE) + 14
        below = rule + 14 + len(title) * 30 + (len(subtitle) + len(context)) * 20 + 8
        charts = []
        for _chart in self.charts:
            charts.append(below)
            below += CHART_TITLE + CHART_HEIGHT + _CHART_GAP
        return Head(
            tuple(lines),
            tuple(name),
            tuple(title),
            tuple(subtitle),
            tuple(context),
            tuple(charts),
            rule,
            below,
        )

    def _labels_height(self) -> float:
        most = max((len(self.column_label(place)) for place in self.places), default=1)
        return HEAD_ROW + (most - 1) * LINE

    def column_label(self, place: Place) -> list[str]:
        """The head of a column, in lines. A statement says its unit above its words."""
        text = place.column.label
        if self.statement and place.column is self.label and self.unit:
            text = self.translator("(in rupiah)")
        return in_lines(text, place.right - place.left + 1)

    def _heights(self) -> list[float]:
        rows = self.document.rows
        if not self.statement:
            usual = {
                RowKind.HEADING: LIST_ROW + 4,
                RowKind.SUBTOTAL: LIST_ROW + 2,
                RowKind.TOTAL: LIST_ROW + 6,
            }
            heights = [usual.get(row.kind, LIST_ROW) for row in rows]
            for index, row in enumerate(rows):
                if row.kind is RowKind.NOTE or row.kind is RowKind.HEADING:
                    heights[index] += self._extra_lines(index, row) * LINE
            return heights
        heights = []
        for index, row in enumerate(rows):
            height = STATEMENT_ROW + self._extra_lines(index, row) * LINE
            before = rows[index - 1] if index else None
            if row.kind is RowKind.HEADING and before is not None and before.kind is not RowKind.HEADING:
                height += 6
            if row.kind in SUMS and before is not None and before.kind in SUMS:
                height += 2
            if row.double_rule:
                height += _DOUBLE
            heights.append(height)
        return heights

    def _extra_lines(self, index: int, row: Row) -> int:
        """Break a row's words; returns how many lines it has beyond the first."""
        weight = 600 if row.kind in BOLD else 400
        place = self.place(self.label.key)
        right = place.right
        if row.kind in {RowKind.HEADING, RowKind.NOTE} and not self._has_figures(row):
            right = self.width - SIDE - INSET
        text = label_of(row, self.label)
        room = right - place.left - self.indent(row)
        if wide(text, weight=weight) <= room:
            return 0
        lines = in_lines(text, room, theme.SMALL, weight)
        self.wrapped[index] = lines
        return len(lines) - 1

    def _has_figures(self, row: Row) -> bool:
        return any(place.is_figure and row.cells.get(place.column.key) is not None for place in self.places)


def in_lines(text: str, room: float, size: int = theme.SMALL, weight: int = 400) -> list[str]:
    """A text in lines that fit into `room`; a longer word is broken, nothing is left out."""
    if wide(text, size, weight) <= room:
        return [text] if text else []
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if wide(longer, size, weight) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while len(line) > 1 and wide(line, size, weight) > room:
            end = len(line) - 1
            while end > 1 and wide(line[:end], size, weight) > room:
                end -= 1
            lines.append(line[:end])
            line = line[end:]
    if line:
        lines.append(line)
    return lines


def elided(text: str, room: float, weight: int = 400) -> str:
    """A text that ends in an ellipsis where its cell ends; the tip of the cell shows the whole."""
    if wide(text, weight=weight) <= room:
        return text
    return metrics(theme.SMALL, weight).elidedText(text, Qt.TextElideMode.ElideRight, room)
