"""How a sum of a Document becomes a live formula of a spreadsheet."""

from collections.abc import Iterator

from app.reports.document import CellType, Column, Row, RowKind, Term

_ADDABLE = frozenset({CellType.AMOUNT, CellType.INTEGER, CellType.QUANTITY})
# Limits of Excel; a sum beyond them is written as its figure alone.
_MOST_ARGUMENTS = 255
_LONGEST = 8192


def formula(row: Row, column: Column, rows: tuple[Row, ...], letter: str, first: int) -> str:
    """The formula of the row's cell without its leading `=`, or "" when the cell is not a sum.

    `rows` are the Document's, its row 0 stands in line `first` of the sheet, its column at `letter`. A run of
    several rows adds its ITEM rows, so that subtotals within are not counted twice; a run without items
    adds the rows it names.
    """
    if row.adds_columns is None:
        if column.type not in _ADDABLE:
            return ""
    elif column.key not in row.adds_columns:
        return ""
    parts: list[str] = []
    for term in row.adds:
        ranges = [_range(*run, letter, first) for run in _runs(term, rows, column.key)]
        if not ranges:
            continue
        sign = "-" if term.sign < 0 else "+" if parts else ""
        single = len(ranges) == 1 and ":" not in ranges[0]
        parts.append(sign + (ranges[0] if single else f"SUM({','.join(ranges)})"))
        if len(ranges) > _MOST_ARGUMENTS:
            return ""
    text = "".join(parts)
    return text if len(text) <= _LONGEST else ""


def added_rows(term: Term, rows: tuple[Row, ...]) -> list[int]:
    """The indices of the rows a term adds."""
    run = range(term.first, term.last + 1)
    items = [index for index in run if rows[index].kind is RowKind.ITEM]
    if items:
        return items
    return [index for index in run if rows[index].kind not in {RowKind.HEADING, RowKind.NOTE}]


def _runs(term: Term, rows: tuple[Row, ...], key: str) -> Iterator[tuple[int, int]]:
    """The added rows as runs; what stands between two of a run has no figure in this column."""
    start = previous = None
    for index in added_rows(term, rows):
        if start is None or previous is None:
            start = index
        elif any(rows[skipped].cells.get(key) is not None for skipped in range(previous + 1, index)):
            yield start, previous
            start = index
        previous = index
    if start is not None and previous is not None:
        yield start, previous


def _range(start: int, end: int, letter: str, first: int) -> str:
    if start == end:
        return f"{letter}{start + first}"
    return f"{letter}{start + first}:{letter}{end + first}"
