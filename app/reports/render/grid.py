"""How wide the columns of a list are on paper, and how large its type.

The widest figure of the whole table is measured first, so that all its figures have one size. When the table
does not fit: half a point smaller, down to 9; then texts in two lines; then the paper is turned.
Nothing is ever cut. Widths are mm, sizes points.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from app.base.i18n import Translator
from app.reports.document import CellType, Column, Document, Row, RowKind
from app.reports.paper import Paper, width_mm
from app.reports.render.cells import (
    BOLD,
    RIGHT_ALIGNED,
    label_column,
    printed_columns,
    written,
)

INDENT = 3.0
PAD = 1.0  # from the margin to the first and the last column
_SIZES = (10.0, 9.5, 9.0)
_TINY = (8.5, 8.0, 7.5, 7.0, 6.5, 6.0)  # only for a table that no paper is wide enough for
_GAP = 3.0
_LEAST_GAP = 2.0
_WIDEST_GAP = 7.0
_NARROWEST_TEXT = 18.0
_COMFORTABLE_TEXT = 48.0  # a text this wide may be broken before the type gets smaller


class Extent(NamedTuple):
    """The widest content of a column at one indent: mm at 1 point, and the indent in mm."""

    at_one_point: float
    indent: float


@dataclass(frozen=True, slots=True)
class Content:
    """A document's cells as they will be printed, with the extents of its columns.

    `cells` has an empty list for a heading or a note: their words run across the table. `negative`
    says in which columns a closing parenthesis has to hang outside, so that the digits line up.
    """

    columns: tuple[Column, ...]
    label: Column
    cells: list[list[str]]
    extents: tuple[tuple[Extent, ...], ...]
    negative: tuple[bool, ...]

    def hanging(self, size: float) -> list[float]:
        """The room each column keeps for a hanging parenthesis."""
        wide = width_mm(")", size, bold=True)
        return [wide if negative else 0.0 for negative in self.negative]

    def natural(self, size: float) -> list[float]:
        """The width each column needs for its widest cell in one line."""
        return [
            max(extent.at_one_point * size + extent.indent for extent in extents) + hanging
            for extents, hanging in zip(self.extents, self.hanging(size), strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Grid:
    """The columns as they stand on the paper: left edges, widths, and the size of the type.

    `edges` is where the digits of a column of figures end.
    """

    columns: tuple[Column, ...]
    label: Column
    lefts: tuple[float, ...]
    widths: tuple[float, ...]
    edges: tuple[float, ...]
    size: float

    @property
    def leading(self) -> float:
        """From line to line within a row."""
        return self.size * 0.43

    @property
    def pitch(self) -> float:
        """Height of a row of one line."""
        return self.size * 0.52


def indent_of(row: Row) -> float:
    """How far the words of a row are moved in, mm."""
    return (max(row.level, 1) - 1) * INDENT


def content_of(document: Document, translator: Translator) -> Content:
    """Write and measure all cells of the document, once."""
    columns = printed_columns(document)
    label = label_column(columns)
    fmt = translator.format
    cells = [
        []
        if row.kind in {RowKind.HEADING, RowKind.NOTE}
        else [written(row.cells.get(column.key), column, row, fmt) for column in columns]
        for row in document.rows
    ]
    extents = tuple(
        _extents(column, index, column is label, document.rows, cells) for index, column in enumerate(columns)
    )
    negative = tuple(
        column.type in RIGHT_ALIGNED and any(line and line[index].endswith(")") for line in cells)
        for index, column in enumerate(columns)
    )
    return Content(columns, label, cells, extents, negative)


def _extents(
    column: Column, index: int, is_label: bool, rows: Iterable[Row], cells: list[list[str]]
) -> tuple[Extent, ...]:
    words = column.label.split() or [""]
    widest = {0.0: max(width_mm(word, 1) for word in words)}
    for row, written_cells in zip(rows, cells, strict=True):
        if written_cells and written_cells[index]:
            indent = indent_of(row) if is_label else 0.0
            text = written_cells[index]
            if column.type in RIGHT_ALIGNED:
                text = text.removesuffix(")")
            wide = width_mm(text, 1, row.kind in BOLD)
            if wide > widest.get(indent, 0.0):
                widest[indent] = wide
    return tuple(Extent(wide, indent) for indent, wide in widest.items())


def needs_landscape(content: Content, paper: Paper) -> bool:
    """True when the table only fits upright with type that is too small."""
    room = paper.width - paper.left - paper.right - 2 * PAD
    gaps = _LEAST_GAP * (len(content.columns) - 1)
    return _narrowed(content, _SIZES[-1], room - gaps, _NARROWEST_TEXT) is None


def measure(content: Content, left: float, right: float) -> Grid:
    """Find size and widths for the columns between `left` and `right`."""
    room = right - left
    gaps = len(content.columns) - 1
    for size in _SIZES:
        widths = _narrowed(content, size, room - _GAP * gaps, _COMFORTABLE_TEXT)
        if widths:
            spare = room - sum(widths)
            gap = min(_WIDEST_GAP, spare / gaps) if gaps else 0.0
            return _placed(content, _widened(content, widths, spare - gap * gaps), left, size, gap)
    for size in (_SIZES[-1], *_TINY):
        widths = _narrowed(content, size, room - _LEAST_GAP * gaps, _NARROWEST_TEXT)
        if widths:
            spare = room - sum(widths) - _LEAST_GAP * gaps
            return _placed(content, _widened(content, widths, spare), left, size, _LEAST_GAP)
    # Not even the smallest type: the figures keep their width and the gaps give way.
    widths = content.natural(_TINY[-1])
    return _placed(content, widths, left, _TINY[-1], (room - sum(widths)) / max(gaps, 1))


def _placed(content: Content, widths: list[float], left: float, size: float, gap: float) -> Grid:
    lefts = []
    edges = []
    for width, hanging in zip(widths, content.hanging(size), strict=True):
        lefts.append(left)
        edges.append(left + width - hanging)
        left += width + gap
    return Grid(content.columns, content.label, tuple(lefts), tuple(widths), tuple(edges), size)


def _widened(content: Content, widths: list[float], spare: float) -> list[float]:
    """Give what is left of the width to the columns by weight, without weights to the label."""
    weights = [column.weight for column in content.columns]
    if not any(weights):
        weights = [int(column is content.label) for column in content.columns]
    total = sum(weights)
    return [width + spare * weight / total for width, weight in zip(widths, weights, strict=True)]


def _narrowed(content: Content, size: float, room: float, narrowest: float) -> list[float] | None:
    """The widths in `room`, taken from the widest texts first; None when a text would get too narrow."""
    widths = content.natural(size)
    texts = [i for i, column in enumerate(content.columns) if _can_wrap(column)]
    rest = room - sum(width for i, width in enumerate(widths) if i not in texts)
    if rest < sum(min(widths[i], narrowest) for i in texts):
        return None
    # Each text gets an equal share or what it needs; the narrower ones are served first.
    for position, index in enumerate(sorted(texts, key=widths.__getitem__)):
        share = max(rest / (len(texts) - position), min(narrowest, rest))
        widths[index] = min(widths[index], share)
        rest -= widths[index]
    return widths


def _can_wrap(column: Column) -> bool:
    return column.type is CellType.TEXT and column.type not in RIGHT_ALIGNED
