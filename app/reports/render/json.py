"""A Document as JSON for other programs: amounts integers, dates ISO, rates and quantities strings.

The keys and their order are promised to the outside. One row stands on one line, so that two reports can
be compared line by line.
"""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from app.base.errors import Bug
from app.reports.document import CellType, Document, Row, Value

_STRINGS = frozenset({CellType.QUANTITY, CellType.RATE})


def render(document: Document) -> str:
    """The document as JSON text, ending in a newline."""
    types = {column.key: column.type for column in document.columns}
    columns = [
        {"key": column.key, "label": column.label, "type": column.type.value} for column in document.columns
    ]
    parts = (
        ("report", _dump(document.report)),
        ("title", _dump(document.title)),
        ("book", _dump(document.book)),
        ("first_day", _dump(_plain(document.first_day))),
        ("last_day", _dump(_plain(document.last_day))),
        ("columns", _lines([_dump(column) for column in columns])),
        ("rows", _lines([_dump(_row(row, types)) for row in document.rows])),
        ("totals", _dump(_plain(document.totals))),
    )
    return "{" + ",\n ".join(f'"{key}": {value}' for key, value in parts) + "}\n"


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _lines(items: list[str]) -> str:
    return "[" + ",\n  ".join(items) + "]"


def _row(row: Row, types: Mapping[str, CellType]) -> dict[str, object]:
    return {
        "kind": row.kind.value,
        "level": row.level,
        "cells": {key: _cell(value, types.get(key)) for key, value in row.cells.items()},
        "opens": None if row.opens is None else dict(row.opens),
    }


def _cell(value: Value, kind: CellType | None) -> object:
    if kind in _STRINGS and isinstance(value, int):
        return str(value)
    if kind is CellType.AMOUNT and isinstance(value, Decimal):
        raise Bug("an amount must be whole rupiah, not a Decimal")
    return _plain(value)


def _plain(value: object) -> object:
    """The value in JSON's own types, all the way down."""
    match value:
        case None | bool() | int() | str():
            return value
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): _plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_plain(inner) for inner in value]
    raise Bug(f"no JSON for {type(value).__name__}")
