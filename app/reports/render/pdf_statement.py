"""Financial statements on paper: papers 4 (Neraca) and 5 (Laba Rugi) of our paper rules.

One or two columns of amounts at fixed right edges, indents instead of account codes, a line above
every sum and a double one under the grand totals. Measures are mm from the top left, sizes
points. On F4 the page is longer and the rows begin at the same place.
"""

from dataclasses import dataclass
from itertools import pairwise

from app.base.i18n import Translator
from app.reports.document import CellType, Column, Document, Row, RowKind
from app.reports.paper import (
    HAIRLINE,
    SECTION_LINE,
    Sheet,
    fit,
    footer,
    letterhead,
    place_and_date,
    signatures,
    signatures_height,
    width_mm,
    wrap,
)
from app.reports.render.cells import (
    BOLD,
    SUMS,
    label_column,
    label_of,
    printed_columns,
    written,
)
from app.reports.render.pages import Line, page_starts


@dataclass(frozen=True, slots=True)
class Measures:
    """One of the two densities: `dense` has three levels on one page, `loose` is easier to read."""

    top: float
    logo: float
    title: float  # baseline
    title_size: float
    subtitle: float
    unit: float
    table: float  # the line above the head
    size: float
    pitch: float
    indent: float
    edge: float  # between the right edges of two amounts; the last is 2 mm inside the margin
    rule: float  # width of the line above a sum
    below_sum: float  # pitches from one sum to the next
    footer_gap: float  # from the edge of the paper to the footer's baseline
    to_place: float  # from the last note to place and date
    space: float  # free height for a signature


DENSE = Measures(10, 14, 35.5, 16, 41.2, 46, 49, 10, 4.35, 3, 38, 33, 1.22, 7, 6.2, 16.5)
LOOSE = Measures(14, 16, 41.4, 17, 47.4, 52.3, 55.5, 11, 5, 5, 40, 34.2, 1.48, 11, 8, 18)
CONTINUED_TABLE = 26.0  # the line above the head on the pages after the first
NOTE_CENTER = 118.0
NOTES_SIZE = 9.5
NOTES_LEADING = 4.3
BELOW_ROWS = 3.0  # room for the double line
HEAD = 8.6  # from the line above the head to where the rows count from
_SMALLER = (0.0, 0.5, 1.0, 1.5, 2.0)


def draw(sheet: Sheet, document: Document, translator: Translator) -> None:
    """Draw the whole statement, footer and signatures included."""
    levels = max((row.level for row in document.rows), default=1)
    measures = DENSE if levels > 2 else LOOSE
    statement = _Statement(sheet, document, translator, measures)
    if measures is LOOSE and len(statement.pages) > 1:
        tighter = _Statement(sheet, document, translator, DENSE)
        if len(tighter.pages) < len(statement.pages):
            statement = tighter
    statement.draw()


class _Statement:
    """One statement laid out at one density: first measured, then drawn."""

    def __init__(self, sheet: Sheet, document: Document, translator: Translator, measures: Measures) -> None:
        self.sheet = sheet
        self.document = document
        self.translator = translator
        self.measures = measures
        columns = printed_columns(document)
        self.label = label_column(columns)
        self.amounts = [column for column in columns if column.type is CellType.AMOUNT]
        self.marks = [  # such as the number of the note a row is explained in
            column for column in columns if column is not self.label and column not in self.amounts
        ]
        self.size = self._figure_size()
        last = sheet.right - 2
        self.edges = [last] if len(self.amounts) == 1 else [last - self._between(), last]
        first = self.edges[0] - max(measures.rule, self._widest(self.size))
        self.mark_center = min(NOTE_CENTER, first - 4)
        self.label_right = self.mark_center - 6 if self.marks else first - 3
        self.labels = [self._label_lines(row) for row in document.rows]
        self.advances = [self._advance(index) for index in range(len(document.rows))]
        self.officers = document.letterhead.officers if document.signed else ()
        self.pages = self._break()

    # Measuring

    def _figures(self) -> list[tuple[str, bool]]:
        return [
            (self._figure(row, column), row.kind in BOLD)
            for row in self.document.rows
            for column in self.amounts
        ]

    def _figure(self, row: Row, column: Column) -> str:
        return written(row.cells.get(column.key), column, row, self.translator.format)

    def _widest(self, size: float) -> float:
        return max((width_mm(text, size, bold) for text, bold in self._figures()), default=0.0)

    def _between(self) -> float:
        return max(self.measures.edge, self._widest(self.size) + 5)

    def _figure_size(self) -> float:
        """One size for all amounts: the largest at which the widest fits above its line."""
        for step in _SMALLER:
            size = self.measures.size - step
            if size <= 9 or self._widest(size) <= self.measures.rule:
                return max(size, 9)
        return 9

    def _label_lines(self, row: Row) -> tuple[float, list[str]]:
        """Size and lines of a row's words: smaller before broken, never cut."""
        bold = row.kind in BOLD
        text = label_of(row, self.label)
        figures = any(row.cells.get(column.key) is not None for column in self.amounts)
        right = self.label_right if figures else self.sheet.right
        room = right - self._indented(row)
        size = self.measures.size if row.kind is not RowKind.NOTE else NOTES_SIZE
        size = fit(text, room, (size, max(9, size - 1), 9), bold)
        return size, wrap(text, room, size, bold)

    def _indented(self, row: Row) -> float:
        return self.sheet.left + (max(row.level, 1) - 1) * self.measures.indent

    def _advance(self, index: int) -> float:
        """From the baseline of the row before to the last baseline of this one."""
        rows, pitch = self.document.rows, self.measures.pitch
        row = rows[index]
        step = pitch
        if index:
            before = rows[index - 1]
            if row.kind in SUMS:
                step = pitch * (self.measures.below_sum if before.kind in SUMS else 1.26)
            elif before.double_rule:
                step = pitch * 1.7
            elif row.kind is RowKind.HEADING:
                step = pitch * (1.12 if before.kind is RowKind.HEADING or row.level > 1 else 1.36)
            elif before.kind in SUMS:
                step = pitch * 1.08
        size, lines = self.labels[index]
        return step + (len(lines) - 1) * size * 0.42

    def _tail(self) -> float:
        """What stands below the last row: double line, notes, signatures."""
        height = BELOW_ROWS
        width = self.sheet.right - self.sheet.left
        for note in self.document.notes:
            height += len(wrap(note, width, NOTES_SIZE)) * NOTES_LEADING
        if self.officers:
            height += self.measures.to_place + signatures_height(self.officers, self.measures.space)
        return height

    def _break(self) -> tuple[int, ...]:
        rows = self.document.rows
        lines = [
            Line(
                height,
                section=row.kind is RowKind.HEADING and row.level <= 1,
                glued=index > 0 and (row.kind in SUMS or rows[index - 1].kind is RowKind.HEADING),
            )
            for index, (row, height) in enumerate(zip(rows, self.advances, strict=True))
        ]
        bottom = self.sheet.height - self.measures.footer_gap - 4.4 - 1.2
        first = bottom - self.measures.table - HEAD
        return page_starts(lines, self._tail(), first, bottom - CONTINUED_TABLE - HEAD)

    # Drawing

    def draw(self) -> None:
        """Draw all pages."""
        footer(
            self.sheet,
            self.document,
            self.translator,
            self.sheet.height - self.measures.footer_gap,
        )
        for start, end in pairwise([*self.pages, len(self.document.rows)]):
            if start:
                self.sheet.new_page()
            y = self._draw_head(continued=start > 0)
            for index in range(start, end):
                row = self.document.rows[index]
                y += self.measures.pitch if index == start else self.advances[index]
                if index == start:
                    size, lines = self.labels[index]
                    y += (len(lines) - 1) * size * 0.42
                self._draw_row(index, row, y, above=index - 1 if index > start else None)
        self._draw_tail(y)

    def _draw_head(self, *, continued: bool) -> float:
        """Letterhead, title and the head of the table; returns the baseline the rows count from."""
        sheet, document, measures = self.sheet, self.document, self.measures
        middle = (sheet.left + sheet.right) / 2
        room = sheet.right - sheet.left
        if continued:
            title = self.translator("{title} (continued)", title=document.title)
            name = document.letterhead.name or document.book
            sheet.text(middle, 13, name, fit(name, room, (10, 9, 8.5)), align="center")
            sheet.text(middle, 18.5, title, fit(title, room, (13, 11, 10), True), True, "center")
            sheet.text(middle, 23.3, document.subtitle, 10, align="center")
            table = CONTINUED_TABLE
        else:
            letterhead(
                sheet,
                document.letterhead,
                training=self.translator("TRAINING") if document.training else "",
                top=measures.top,
                logo=measures.logo,
            )
            sizes = (measures.title_size, 14, 12, 10)
            points = fit(document.title, room, sizes, bold=True)
            sheet.text(middle, measures.title, document.title, points, True, "center")
            points = fit(document.subtitle, room, (11, 10, 9))
            sheet.text(middle, measures.subtitle, document.subtitle, points, align="center")
            unit = self.translator("(in rupiah)")
            sheet.text(middle, measures.unit, unit, NOTES_SIZE, align="center")
            table = measures.table
        sheet.line(sheet.left, table, sheet.right, table, SECTION_LINE)
        for column in self.marks:
            sheet.text(self.mark_center, table + 4.8, column.label, 10, align="center")
        widest = self.edges[0] - self.label_right
        for column, edge in zip(self.amounts, self.edges, strict=True):
            points = fit(column.label, widest, (measures.size, 10, 9), bold=True)
            sheet.text(edge, table + 4.8, column.label, points, True, "right")
        sheet.line(sheet.left, table + 7.1, sheet.right, table + 7.1, HAIRLINE)
        return table + HEAD

    def _draw_row(self, index: int, row: Row, y: float, above: int | None) -> None:
        sheet = self.sheet
        bold = row.kind in BOLD
        size, lines = self.labels[index]
        for number, line in enumerate(lines, 1 - len(lines)):
            sheet.text(self._indented(row), y + number * size * 0.42, line, size, bold)
        for column in self.marks:
            mark = self._figure(row, column)
            sheet.text(self.mark_center, y, mark, self.measures.size, align="center")
        for column, edge in zip(self.amounts, self.edges, strict=True):
            figure = self._figure(row, column)
            if not figure:
                continue
            sheet.figure(edge, y, figure, self.size, bold)
            if row.kind in SUMS:
                self._draw_rules(row, edge, y, below_sum=self._is_sum(above))

    def _is_sum(self, index: int | None) -> bool:
        return index is not None and self.document.rows[index].kind in SUMS

    def _draw_rules(self, row: Row, edge: float, y: float, *, below_sum: bool) -> None:
        sheet, measures = self.sheet, self.measures
        left = edge - max(measures.rule, self._widest(self.size))
        # The line stands a little below the figures above, whatever the distance between the rows.
        high = y - measures.pitch * (0.92 if below_sum else 0.9)
        sheet.line(left, high, edge, high, HAIRLINE)
        if row.double_rule:
            sheet.line(left, y + 1.6, edge, y + 1.6, SECTION_LINE)
            sheet.line(left, y + 2.45, edge, y + 2.45, SECTION_LINE)

    def _draw_tail(self, y: float) -> None:
        sheet, document = self.sheet, self.document
        y += BELOW_ROWS
        room = sheet.right - sheet.left
        for note in document.notes:
            for line in wrap(note, room, NOTES_SIZE):
                y += NOTES_LEADING
                sheet.text(sheet.left, y, line, NOTES_SIZE)
        if self.officers:
            when = place_and_date(document.letterhead, document.made_at.date(), self.translator)
            y += self.measures.to_place
            signatures(sheet, y, when, self.officers, space=self.measures.space)
