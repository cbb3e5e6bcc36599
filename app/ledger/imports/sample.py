"""The filled sample: a small shop and a small cooperative with two months of business.

It is kept in resources/samples as text, a block a sheet. What the books were opened with is in balance: the
opening amounts of the control accounts are the sums of the details.
"""

import csv
from typing import Any

from app.base.paths import resource_root
from app.ledger.imports.cells import reader_of
from app.ledger.sheet import CellKind, Sheet

# What a workbook holds as text in any case; the rest are numbers and dates.
_TEXTS = (CellKind.TEXT, CellKind.CODE, CellKind.CHOICE, CellKind.PHONE, CellKind.NIK, CellKind.MONTH)


def sample_rows(kind: str) -> dict[str, list[dict[str, str]]]:
    """The rows of each sheet for a kind of book, by heading, as text."""
    path = resource_root() / "resources" / "samples" / f"{kind}.csv"
    found: dict[str, list[dict[str, str]]] = {}
    rows: list[dict[str, str]] | None = None
    headings: list[str] = []
    with path.open(encoding="utf-8", newline="") as stream:
        for cells in csv.reader(stream, delimiter=";"):
            if not cells:
                continue
            if cells[0].startswith("["):
                rows, headings = found.setdefault(cells[0].strip("[]"), []), []
            elif not headings:
                headings = cells
            elif rows is not None:
                rows.append({name: cell for name, cell in zip(headings, cells, strict=True) if cell})
    return found


def sample_values(sheet: Sheet, rows: list[dict[str, str]]) -> list[dict[str, Any]]:
    """The rows of a sheet by column key: dates and numbers as such, the rest as written."""
    columns = {column.heading: column for column in sheet.columns}
    values: list[dict[str, Any]] = []
    for row in rows:
        cells: dict[str, Any] = {}
        for heading, text in row.items():
            column = columns[heading]
            cells[column.key] = text if column.kind in _TEXTS else reader_of(column)(text)
        values.append(cells)
    return values
