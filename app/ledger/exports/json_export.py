"""All tables of a book as one JSON file, one row a line. Bytes are written as hexadecimal digits.

{"format": "lumbung-export", "version": 1, "schema": 1, "tables": {"account": {
    "columns": [{"name": "id", "type": "INTEGER"}, ...], "rows": [[1, "1-1000", ...], ...]}, ...}}
"""

import json
from pathlib import Path
from typing import Any, TextIO

from app.base.paths import atomic_write
from app.base.progress import Progress
from app.ledger.exports.content import TableInfo, pages, schema_version, tables
from app.ledger.reader import Reader

VERSION = 1


def write(reader: Reader, target: Path, progress: Progress) -> Path:
    """Write the file to `target`."""
    with (
        atomic_write(target) as writing,
        writing.temporary.open("w", encoding="utf-8", newline="\n") as file,
    ):
        head = {"format": "lumbung-export", "version": VERSION, "schema": schema_version(reader)}
        file.write(json.dumps(head)[:-1] + ', "tables": {')
        every = tables(reader)
        for number, table in enumerate(every):
            _write_table(file, reader, table, last=number == len(every) - 1)
            progress.step(number + 1, len(every), table.name)
        file.write("\n}}\n")
    return writing.target


def _write_table(file: TextIO, reader: Reader, table: TableInfo, *, last: bool) -> None:
    columns = [{"name": column.name, "type": column.type} for column in table.columns]
    file.write(f'\n{_text(table.name)}: {{"columns": {_text(columns)}, "rows": [')
    separator = "\n"
    for page in pages(reader, table):
        lines = ",\n".join(_text(_plain(row, table.blobs)) for row in page)
        if lines:
            file.write(separator + lines)
            separator = ",\n"
    file.write("]}" if last else "]},")


def _plain(row: tuple[Any, ...], blobs: frozenset[int]) -> list[Any]:
    if not blobs:
        return list(row)
    return [
        bytes(value).hex() if place in blobs and value is not None else value
        for place, value in enumerate(row)
    ]


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
