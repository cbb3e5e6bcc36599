"""A Document for the terminal: aligned columns, money grouped, within 100 columns where it can be."""

from app.base.i18n import Translator
from app.reports.document import CellType, Column, Document, Row, RowKind
from app.reports.render.cells import (
    EMPTY,
    RIGHT_ALIGNED,
    SUMS,
    label_column,
    label_of,
    printed_columns,
    written,
)

WIDTH = 100
_GAP = 2
_NARROWEST = 8  # of a column of text, before the lines are allowed to be longer than WIDTH


def render(document: Document, translator: Translator) -> str:
    """The document as lines of text, ending in a newline."""
    columns = printed_columns(document)
    label = label_column(columns)
    table = [_cells(row, columns, label, translator) for row in document.rows]
    widths = _widths(columns, table, document.rows, label)
    lines = [*_head(document, translator), ""]
    labels = [column.label for column in columns]
    lines += _aligned(labels, columns, widths)
    lines.append("-" * _total(widths))
    if not document.rows:
        lines.append(translator(EMPTY))
    for row, cells in zip(document.rows, table, strict=True):
        lines += _row(row, cells, columns, widths, label)
    for note in document.notes:
        lines += ["", *_wrap(note, WIDTH)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _head(document: Document, translator: Translator) -> list[str]:
    lines = [document.book]
    if document.training:
        lines.append(f"*** {translator('TRAINING')} ***")
    lines += [document.title, document.subtitle]
    lines += [f"{name}: {value}" for name, value in document.context]
    if any(column.type is CellType.AMOUNT for column in document.columns):
        lines.append(translator("(in rupiah)"))
    return [part for line in lines if line for part in _wrap(line, WIDTH)]


def _cells(row: Row, columns: tuple[Column, ...], label: Column, translator: Translator) -> list[str]:
    if row.kind in {RowKind.HEADING, RowKind.NOTE}:
        return []
    cells = [written(row.cells.get(c.key), c, row, translator.format) for c in columns]
    where = columns.index(label)
    cells[where] = _indent(row) + " ".join(cells[where].split())
    return cells


def _indent(row: Row) -> str:
    return "  " * (max(row.level, 1) - 1)


def _widths(
    columns: tuple[Column, ...],
    table: list[list[str]],
    rows: tuple[Row, ...],
    label: Column,
) -> list[int]:
    """As wide as the widest cell; when that is too much, the widest texts give way first."""
    widths = [
        max([_longest_word(column.label), *(len(cells[i]) for cells in table if cells)])
        for i, column in enumerate(columns)
    ]
    where = columns.index(label)
    headings = [len(_indent(row)) + len(label_of(row, label)) for row in rows if row.kind is RowKind.HEADING]
    alone = len(columns) == 1
    if alone and headings:
        widths[where] = max(widths[where], *headings)
    flexible = [i for i, column in enumerate(columns) if column.type is CellType.TEXT]
    while _total(widths) > WIDTH:
        wide = [i for i in flexible if widths[i] > _NARROWEST]
        if not wide:
            break
        widths[max(wide, key=widths.__getitem__)] -= 1
    return widths


def _longest_word(text: str) -> int:
    return max((len(word) for word in text.split()), default=0)


def _total(widths: list[int]) -> int:
    return sum(widths) + _GAP * (len(widths) - 1)


def _row(
    row: Row,
    cells: list[str],
    columns: tuple[Column, ...],
    widths: list[int],
    label: Column,
) -> list[str]:
    if not cells:
        indent = _indent(row)
        words = label_of(row, label)
        lines = [indent + line for line in _wrap(words, max(_total(widths), 40) - len(indent))]
        return ["", *lines] if row.kind is RowKind.HEADING and row.level <= 1 else lines
    lines = _aligned(cells, columns, widths)
    if row.kind in SUMS:
        lines.insert(0, _rule("-", row, columns, widths))
    if row.double_rule:
        lines.append(_rule("=", row, columns, widths))
    return lines


def _rule(
    sign: str,
    row: Row,
    columns: tuple[Column, ...],
    widths: list[int],
) -> str:
    """A line under the figures that are added up."""
    pieces = [
        sign * width if column.type in RIGHT_ALIGNED and row.cells.get(column.key) is not None else ""
        for column, width in zip(columns, widths, strict=True)
    ]
    return (" " * _GAP).join(piece.rjust(width) for piece, width in zip(pieces, widths, strict=True))


def _aligned(cells: list[str], columns: tuple[Column, ...], widths: list[int]) -> list[str]:
    wrapped = [_wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    lines = []
    for number in range(max(len(cell) for cell in wrapped)):
        pieces = [
            _placed(cell[number] if number < len(cell) else "", column, width)
            for cell, column, width in zip(wrapped, columns, widths, strict=True)
        ]
        lines.append((" " * _GAP).join(pieces))
    return lines


def _placed(text: str, column: Column, width: int) -> str:
    return text.rjust(width) if column.type in RIGHT_ALIGNED else text.ljust(width)


def _wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width`; an indented text keeps its indent, a longer word is broken."""
    if len(text) <= width:
        return [text]
    indent = " " * (len(text) - len(text.lstrip()))
    lines, line = [], indent
    for word in text.split():
        longer = f"{line} {word}" if line.strip() else line + word
        if len(longer) <= width:
            line = longer
            continue
        if line.strip():
            lines.append(line)
        line = indent + word
        while len(line) > width > len(indent):
            lines.append(line[:width])
            line = indent + line[width:]
    lines.append(line)
    return lines
