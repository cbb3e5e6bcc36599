"""What the renderers for people share: which column names a row, and how a value is written.

Amounts stand as in accounts: no currency, negatives in parentheses, nothing as an en dash.
"""

from datetime import date
from decimal import Decimal

from app.base.errors import Bug
from app.base.format import Formatter
from app.base.i18n import N_
from app.reports.document import CellType, Column, Document, Layout, Row, RowKind, Value

NOTHING = "–"
EMPTY = N_("Nothing in this period.")
RIGHT_ALIGNED = frozenset({CellType.AMOUNT, CellType.INTEGER, CellType.QUANTITY, CellType.RATE})
BOLD = frozenset({RowKind.HEADING, RowKind.SUBTOTAL, RowKind.TOTAL})
SUMS = frozenset({RowKind.SUBTOTAL, RowKind.TOTAL})

# In these columns 0 is an answer, not the absence of one, so it is printed.
_ZERO_COUNTS = frozenset(
    {"balance", "closing", "difference", "outstanding", "tax", "total", "count", "opening"}
    | {"arrears", "arrears_principal", "arrears_interest", "penalty", "days_overdue"}
)


def printed_columns(document: Document) -> tuple[Column, ...]:
    """The columns that paper and terminal show: a statement does without account codes."""
    if document.layout is Layout.STATEMENT:
        return tuple(column for column in document.columns if column.key != "code")
    return document.columns


def label_column(columns: tuple[Column, ...]) -> Column:
    """The column with the words of a row: "name" or "memo", else the first text, else the first."""
    for key in ("name", "memo"):
        for column in columns:
            if column.key == key:
                return column
    for column in columns:
        if column.type is CellType.TEXT:
            return column
    return columns[0]


def label_of(row: Row, label: Column) -> str:
    """The words of a heading or a note, wherever the report has put them."""
    value = row.cells.get(label.key)
    if value is None:
        value = next((cell for cell in row.cells.values() if isinstance(cell, str)), "")
    return label.words.get(str(value), str(value))


def is_answer(row: Row, column: Column) -> bool:
    """True where a 0 has to be printed as 0."""
    return row.kind in SUMS or column.key in _ZERO_COUNTS


def written(value: Value, column: Column, row: Row, fmt: Formatter) -> str:
    """A cell as people read it."""
    match value:
        case None:
            return ""
        case str():
            return column.words.get(value, value)
        case date():
            return fmt.date_medium(value)
        case Decimal():
            return fmt.rate(value) if column.type is CellType.RATE else fmt.quantity(value)
        case int():
            return _whole(value, column, row, fmt)
    raise Bug(f"a cell of {column.key} holds {type(value).__name__}")


def _whole(value: int, column: Column, row: Row, fmt: Formatter) -> str:
    match column.type:
        case CellType.AMOUNT:
            return NOTHING if value == 0 and not is_answer(row, column) else fmt.statement(value)
        case CellType.RATE:
            return fmt.rate(Decimal(value))
        case CellType.TEXT:
            return str(value)
        case _:
            return fmt.number(value)
