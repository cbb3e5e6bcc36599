"""Lists and registers on paper: the head of the table on each page, totals bold between lines.

Measures are mm from the top left, sizes points. How wide the columns are is decided in `grid`.
"""

from itertools import pairwise

from app.base.i18n import Translator
from app.reports.document import CellType, Document, Row, RowKind
from app.reports.paper import (
    HAIRLINE,
    SECTION_LINE,
    Sheet,
    fit,
    letterhead,
    place_and_date,
    signatures,
    signatures_height,
    width_mm,
    wrap,
)
from app.reports.paper.chart import draw_chart
from app.reports.render.cells import BOLD, EMPTY, RIGHT_ALIGNED, SUMS, label_of
from app.reports.render.grid import PAD, Content, Grid, indent_of, measure
from app.reports.render.pages import Line, page_starts

_CONTINUED_TABLE = 18.0
_NOTES_SIZE = 9.5


def draw(sheet: Sheet, document: Document, translator: Translator, content: Content) -> None:
    """Draw the whole list; the sheet already has its footer."""
    grid = measure(content, sheet.left + PAD, sheet.right - PAD)
    _List(sheet, document, translator, grid, content.cells).draw()


class _List:
    """A list laid out on its grid: first measured, then drawn."""

    def __init__(
        self,
        sheet: Sheet,
        document: Document,
        translator: Translator,
        grid: Grid,
        cells: list[list[str]],
    ) -> None:
        self.sheet = sheet
        self.document = document
        self.translator = translator
        self.grid = grid
        self.head = self._head_lines()
        self.lines = [self._row_lines(row, cells) for row, cells in zip(document.rows, cells, strict=True)]
        self.heights = [self._height(index) for index in range(len(document.rows))]
        self.officers = document.letterhead.officers if document.signed else ()

    def _head_lines(self) -> list[list[str]]:
        size = self.grid.size
        return [
            wrap(column.label, width + 0.01, size)
            for column, width in zip(self.grid.columns, self.grid.widths, strict=True)
        ]

    def _row_lines(self, row: Row, cells: list[str]) -> list[list[str]]:
        grid, bold = self.grid, row.kind in BOLD
        if not cells:
            room = self.sheet.right - self.sheet.left - 2 * PAD - indent_of(row)
            return [wrap(label_of(row, grid.label), room, grid.size, bold)]
        lines = []
        for column, width, cell in zip(grid.columns, grid.widths, cells, strict=True):
            room = width - (indent_of(row) if column is grid.label else 0) + 0.01
            if not cell or width_mm(cell, grid.size, bold) <= room:
                lines.append([cell])
            else:
                lines.append(wrap(cell, max(room, 8), grid.size, bold))
        return lines

    def _height(self, index: int) -> float:
        row, grid = self.document.rows[index], self.grid
        height = grid.pitch + (max(map(len, self.lines[index])) - 1) * grid.leading
        if row.kind in SUMS:
            height += 1.0
        if row.double_rule:
            height += 1.2
        if row.kind is RowKind.HEADING and index and row.level <= 1:
            height += 1.6
        return height

    def draw(self) -> None:
        """Draw all pages."""
        rows = self.document.rows
        top = self._draw_top()
        starts = self._break(top)
        table = top
        for start, end in pairwise([*starts, len(rows)]):
            if start:
                self.sheet.new_page()
                table = self._draw_continued()
            y = self._draw_head(table)
            for index in range(start, end):
                self._draw_row(index, y, first=index == start)
                y += self.heights[index]
        if not rows:
            y += self.grid.pitch
            self.sheet.text(self.sheet.left + PAD, y, self.translator(EMPTY), self.grid.size)
        self._draw_tail(y)

    def _break(self, top: float) -> tuple[int, ...]:
        rows = self.document.rows
        lines = [
            Line(
                height,
                glued=index > 0 and (row.kind in SUMS or rows[index - 1].kind is RowKind.HEADING),
            )
            for index, (row, height) in enumerate(zip(rows, self.heights, strict=True))
        ]
        bottom = self.sheet.bottom + 0.8
        head = self._head_height()
        return page_starts(lines, self._tail(), bottom - top - head, bottom - _CONTINUED_TABLE - head)

    def _tail(self) -> float:
        height = 0.0
        room = self.sheet.right - self.sheet.left
        for note in self.document.notes:
            height += 2 + len(wrap(note, room, _NOTES_SIZE)) * 4.3
        if self.officers:
            height += 10 + signatures_height(self.officers)
        return height

    # Drawing

    def _draw_top(self) -> float:
        """Letterhead, title, period and facts; returns where the table begins."""
        sheet, document = self.sheet, self.document
        rule = letterhead(
            sheet,
            document.letterhead,
            training=self.translator("TRAINING") if document.training else "",
        )
        room = sheet.right - sheet.left
        size = fit(document.title, room, (17, 15, 13, 11), bold=True)
        y = sheet.paragraph(
            sheet.left, rule + 8.8, room, document.title, size, bold=True, leading=size * 0.42
        )
        y += 5.4 - size * 0.42
        y = sheet.paragraph(sheet.left, y, room, document.subtitle, 11, leading=5)
        names = max((width_mm(name, 10) for name, _ in document.context), default=0.0)
        for name, value in document.context:
            sheet.text(sheet.left, y, name, 10)
            y = sheet.paragraph(
                sheet.left + names + 4, y, room - names - 4, value, 10, bold=True, leading=4.8
            )
        for chart in document.charts:
            if chart.worth_drawing:
                y = draw_chart(sheet, chart, y - 2.6, self.translator) + 4.4
        if any(column.type is CellType.AMOUNT for column in document.columns):
            sheet.text(sheet.right, y - 0.6, self.translator("in rupiah"), _NOTES_SIZE, align="right")
            return y + 1.2
        return y - 1.6

    def _draw_continued(self) -> float:
        """One line instead of the letterhead; returns where the table begins."""
        sheet, document = self.sheet, self.document
        title = self.translator("{title} (continued)", title=document.title)
        room = sheet.right - sheet.left
        period = document.subtitle
        beside = width_mm(period, 10) if width_mm(period, 10) < room * 0.5 else 0.0
        size = fit(title, room - beside - 4, (12, 11, 10, 9), bold=True)
        sheet.text(sheet.left, 14, title, size, bold=True)
        if beside:
            sheet.text(sheet.right, 14, period, 10, align="right")
        return _CONTINUED_TABLE

    def _head_height(self) -> float:
        deepest = max(map(len, self.head))
        return self.grid.pitch + 1.6 + (deepest - 1) * self.grid.leading + 0.8

    def _draw_head(self, top: float) -> float:
        sheet, grid = self.sheet, self.grid
        height = self._head_height() - 0.8
        sheet.line(sheet.left, top, sheet.right, top, SECTION_LINE)
        last = top + height - 1.8
        for index, lines in enumerate(self.head):
            for number, line in enumerate(lines, 1 - len(lines)):
                self._put(index, last + number * grid.leading, line, bold=False)
        sheet.line(sheet.left, top + height, sheet.right, top + height, HAIRLINE)
        return top + height + 0.8

    def _put(self, index: int, y: float, text: str, *, bold: bool, indent: float = 0.0) -> None:
        """A cell's line: figures at the right edge of the column, texts at the left."""
        grid = self.grid
        left = grid.lefts[index]
        if grid.columns[index].type in RIGHT_ALIGNED:
            self.sheet.figure(grid.edges[index], y, text, grid.size, bold)
        else:
            self.sheet.text(left + indent, y, text, grid.size, bold)

    def _draw_row(self, index: int, y: float, *, first: bool) -> None:
        sheet, grid, row = self.sheet, self.grid, self.document.rows[index]
        bold = row.kind in BOLD
        if row.kind in SUMS:
            self._draw_rule(row, y + 0.5, first=first)
            y += 1.0
        elif row.kind is RowKind.HEADING and index and row.level <= 1:
            y += 1.6
        baseline = y + grid.pitch - grid.size * 0.14
        indent = indent_of(row)
        if row.kind in {RowKind.HEADING, RowKind.NOTE}:
            for number, line in enumerate(self.lines[index][0]):
                x = sheet.left + PAD + indent
                sheet.text(x, baseline + number * grid.leading, line, grid.size, bold)
            return
        for column, lines in enumerate(self.lines[index]):
            inset = indent if grid.columns[column] is grid.label else 0.0
            for number, line in enumerate(lines):
                if line:
                    at = baseline + number * grid.leading
                    self._put(column, at, line, bold=bold, indent=inset)
        if row.double_rule or row.kind is RowKind.TOTAL:
            under = y + self.heights[index] - (2.2 if row.double_rule else 1.0) + 0.6
            sheet.line(sheet.left, under, sheet.right, under, SECTION_LINE)
            if row.double_rule:
                sheet.line(sheet.left, under + 0.85, sheet.right, under + 0.85, SECTION_LINE)

    def _draw_rule(self, row: Row, y: float, *, first: bool) -> None:
        """The line above a sum: over the whole table for a total, over the figures for a part."""
        sheet, grid = self.sheet, self.grid
        if first:
            return
        if row.kind is RowKind.TOTAL:
            sheet.line(sheet.left, y, sheet.right, y, SECTION_LINE)
            return
        for index, column in enumerate(grid.columns):
            if column.type in RIGHT_ALIGNED and row.cells.get(column.key) is not None:
                sheet.line(grid.lefts[index], y, grid.edges[index], y, HAIRLINE)

    def _draw_tail(self, y: float) -> None:
        sheet, document = self.sheet, self.document
        for note in document.notes:
            y = sheet.paragraph(sheet.left, y + 6, sheet.right - sheet.left, note, _NOTES_SIZE, leading=4.3)
            y -= 4.3
        if self.officers:
            when = place_and_date(document.letterhead, document.made_at.date(), self.translator)
            signatures(sheet, y + 10, when, self.officers)
