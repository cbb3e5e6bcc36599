"""The rows of a file as a person sees them in a workbook, to be shown beside what has to be put right."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from app.base.i18n import N_
from app.base.progress import Progress, Silent
from app.ledger.batches.plan import ImportFault
from app.ledger.imports.cells import is_blank
from app.ledger.imports.headings import OWN_SHEETS, folded, sheets_for
from app.ledger.imports.importer import open_file
from app.ledger.imports.raw import RawSheet

# So many rows of a sheet are kept from its top; beyond them only those with a fault: a file can have 200,000.
SHOWN_ROWS = 1_000
_STEP_ROWS = 1_000
_SHOWING = N_("Showing the file")
_OWN = {folded(name) for name in OWN_SHEETS}


class SheetRows(NamedTuple):
    """A sheet: its rows with their numbers in the file, as many columns as the widest has, and how many rows
    without a fault are not among them."""

    name: str
    width: int
    rows: tuple[tuple[int, tuple[Any, ...]], ...]
    left_out: int


def rows_of(
    path: Path,
    kind: str,
    faults: Sequence[ImportFault] = (),
    most: int = SHOWN_ROWS,
    progress: Progress | None = None,
) -> list[SheetRows]:
    """The sheets of a file that hold anything, in its order; a CSV has one, named as its faults name it.

    Raises UserError for a file that can't be read.
    """
    watcher = progress or Silent()
    with open_file(path, sheets_for(kind)) as raws:
        named = [(raw.name or (faults[0].sheet if faults else path.stem), raw) for raw in raws]
        sheets = [
            _sheet(name, raw, {fault.row for fault in faults if fault.sheet == name}, most, watcher)
            for name, raw in named
            if folded(name) not in _OWN
        ]
    return [sheet for sheet in sheets if sheet.rows]


def _sheet(name: str, raw: RawSheet, faulty: set[int], most: int, progress: Progress) -> SheetRows:
    kept: list[tuple[int, tuple[Any, ...]]] = []
    width = left_out = 0
    for count, (number, cells) in enumerate(raw.rows):
        if count % _STEP_ROWS == 0:
            progress.step(count, max(raw.expected, count), _SHOWING)
        if number not in faulty and all(is_blank(cell) for cell in cells):
            continue
        if len(kept) < most or number in faulty:
            kept.append((number, tuple(cells)))
            width = max(width, len(cells))
        else:
            left_out += 1
    return SheetRows(name, width, tuple(kept), left_out)
