"""A Document as CSV, the way Indonesian Excel opens it: UTF-8 with BOM, `;`, decimal comma.

One line with the labels of the columns, then every row of the document. Amounts are plain integers, dates
ISO. A text that a spreadsheet would run as a formula (it begins with = + - @, a tab or a return) gets
an apostrophe in front: opening a list of members must never start a program. That apostrophe is the
only change; who needs the texts as they are takes JSON.
"""

import csv
from datetime import date
from decimal import Decimal
from io import StringIO

from app.reports.document import Column, Document, Value

_BOM = "\ufeff"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def render(document: Document) -> bytes:
    """The document as the bytes of a CSV file."""
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([_cell(column.label, column) for column in document.columns])
    writer.writerows(
        [_cell(row.cells.get(column.key), column) for column in document.columns] for row in document.rows
    )
    return (_BOM + buffer.getvalue()).encode()


def _cell(value: Value, column: Column) -> str | int:
    match value:
        case None:
            return ""
        case str():
            word = column.words.get(value, value)
            return "'" + word if word.startswith(_FORMULA_STARTS) else word
        case int():
            return value
        case Decimal():
            return f"{value:f}".replace(".", ",")
        case date():
            return value.isoformat()
