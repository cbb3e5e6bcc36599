"""What stands in a table as a Document, so that a list prints (Ctrl+P) and becomes a file (Ctrl+E) like any report."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.base.errors import UserError
from app.reports.document import CellType, Column, Document, Row, RowKind, Term, Value
from app.ui.widgets.button import Button
from app.ui.widgets.table import Rows, TableColumn

if TYPE_CHECKING:
    from app.base.progress import Progress
    from app.ledger.snapshot import Snapshot
    from app.ui.bridge import Session

# More rows than this are not for paper, and would not fit into memory with ease.
MOST_ROWS = 100_000
# Rows from which making the document takes long enough to be a job with a stop.
_LONG = 2_000
_STEP = 512
# More columns than this need the long side of the paper.
_PORTRAIT_COLUMNS = 6
_TYPES = {
    "amount": CellType.AMOUNT,
    "signed": CellType.AMOUNT,
    "date": CellType.DATE,
    "quantity": CellType.QUANTITY,
    "integer": CellType.INTEGER,
    "rate": CellType.RATE,
}


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as it is seen: its title, its columns, where its rows come from, what it was filtered by.

    `rows` gets a reading of the book, which is another than the window's when a worker makes the document. `sums`
    are the keys of the columns that have a sum at the foot.
    """

    key: str
    title: str
    columns: Sequence[TableColumn]
    rows: "Callable[[Snapshot], Rows]"
    subtitle: str = ""
    context: tuple[tuple[str, str], ...] = ()
    sums: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def list_buttons(session: "Session", listing: "Callable[[], Listing]") -> tuple[Button, Button]:
    """The two buttons of a list: print, and save as a file."""
    _ = session.translator
    return (
        Button(_("Print"), icon="printer", key="Ctrl+P", on=lambda: print_list(session, listing())),
        Button(_("Export"), icon="download", key="Ctrl+E", on=lambda: export_list(session, listing())),
    )


def print_list(session: "Session", listing: Listing) -> None:
    """Show the list as it will be printed."""
    _made(session, listing, session.preview)


def export_list(session: "Session", listing: Listing) -> None:
    """Save the list as Excel, PDF or CSV."""
    _made(session, listing, session.export)


def document_of(
    session: "Session", listing: Listing, snapshot: "Snapshot", progress: "Progress | None" = None
) -> Document:
    """The list as a Document. Raises UserError for one that is too long."""
    from app.reports.frame import Parameters

    rows = listing.rows(snapshot)
    count = rows.count()
    if count > MOST_ROWS:
        raise UserError(
            "The list has {count:n} rows; at most {limit:n} are printed or saved at once.",
            advice="Choose fewer: by month, by kind, or by what you search.",
            count=count,
            limit=MOST_ROWS,
        )
    columns = [column for column in listing.columns if column.label]
    items: list[Row] = []
    for start in range(0, count, _STEP):
        if progress is not None:
            progress.step(start, count, "")
        items += [
            Row(RowKind.ITEM, {column.key: _value(column, row) for column in columns})
            for row in rows.page(start, _STEP)
        ]
    totals: dict[str, int] = {}
    for column in columns:
        if column.key in listing.sums:
            totals[column.key] = sum(_amount(row, column.key) for row in items)
    if items and totals:
        words = next(column.key for column in columns if column.kind == "text")
        cells: dict[str, Value] = {words: session.translator("Total"), **totals}
        items.append(Row(RowKind.TOTAL, cells, adds=(Term(0, len(items) - 1),), adds_columns=tuple(totals)))
    request = session.services.request(snapshot, Parameters(period=session.month.period))
    return request.document(
        listing.key,
        listing.title,
        [Column(column.key, column.label, _TYPES.get(column.kind, CellType.TEXT)) for column in columns],
        items,
        totals,
        subtitle=listing.subtitle or session.translator.format.date_long(session.today),
        landscape=len(columns) > _PORTRAIT_COLUMNS,
        notes=listing.notes,
        context=listing.context,
    )


def _made(session: "Session", listing: Listing, then: Callable[[Document], object]) -> None:
    reading = session.reading()
    try:
        if listing.rows(reading).count() <= _LONG:
            then(document_of(session, listing, reading))
            return
    except UserError as error:
        session.show_error(error)
        return
    session.background(
        session.translator("Making the list {title}", title=listing.title),
        lambda snapshot, progress: document_of(session, listing, snapshot, progress),
        then=then,
    )


def _value(column: TableColumn, row: Any) -> Any:
    value = column.value(row)
    return None if value == "" else value


def _amount(row: Row, key: str) -> int:
    value = row.cells.get(key)
    return value if isinstance(value, int) else 0
