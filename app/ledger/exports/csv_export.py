"""All tables of a book as CSV, one file each, in a folder or a .zip.

UTF-8, comma, texts in quotation marks, bytes as hexadecimal digits. Nothing at all between two commas is a
missing value (NULL), an empty text is `""`. `_schema.csv` names each column's type, `_about.csv` the format.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from app.base.errors import UserError
from app.base.paths import atomic_write
from app.base.progress import Progress
from app.ledger.exports.content import TableInfo, pages, schema_version, tables
from app.ledger.reader import Reader

VERSION = 1

# Takes a file's name and its lines.
_Put = Callable[[str, Iterable[str]], None]


def write(reader: Reader, target: Path, progress: Progress) -> Path:
    """Write the files into the folder `target`, or into one file when its name ends in .zip."""
    if target.suffix.lower() == ".zip":
        return _zip(reader, target, progress)
    return _folder(reader, target, progress)


def _zip(reader: Reader, target: Path, progress: Progress) -> Path:
    with atomic_write(target) as writing, ZipFile(writing.temporary, "w", ZIP_DEFLATED) as archive:

        def put(name: str, lines: Iterable[str]) -> None:
            with archive.open(name, "w", force_zip64=True) as file:
                for line in lines:
                    file.write(line.encode())

        _put_all(reader, put, progress)
    return writing.target


def _folder(reader: Reader, target: Path, progress: Progress) -> Path:
    if target.exists() and not target.is_dir():
        raise UserError(
            "{name} is a file; the CSV files need a folder.",
            advice="Name a folder, or a file that ends in .zip.",
            name=target.name,
        )
    if not target.parent.is_dir():
        raise UserError(
            "The folder {folder} does not exist.",
            advice="Choose a folder that is there.",
            folder=str(target.parent),
        )
    # Made beside the target, so that a stopped export leaves no half folder.
    try:
        draft = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except PermissionError as error:
        raise UserError(
            "Nothing can be written into the folder {folder}.",
            advice="Choose another folder.",
            folder=str(target.parent),
        ) from error
    try:

        def put(name: str, lines: Iterable[str]) -> None:
            with (
                atomic_write(draft / name) as writing,
                writing.temporary.open("w", encoding="utf-8", newline="") as file,
            ):
                file.writelines(lines)

        _put_all(reader, put, progress)
        target.mkdir(exist_ok=True)
        for file in sorted(draft.iterdir()):
            file.replace(target / file.name)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return target


def _put_all(reader: Reader, put: _Put, progress: Progress) -> None:
    every = tables(reader)
    about = [("format", "lumbung-export"), ("version", VERSION), ("schema", schema_version(reader))]
    put("_about.csv", _lines(("key", "value"), about))
    columns = [(table.name, *column) for table in every for column in table.columns]
    put("_schema.csv", _lines(("table", "column", "type", "required", "key"), columns))
    for number, table in enumerate(every):
        put(f"{table.name}.csv", _table_lines(reader, table))
        progress.step(number + 1, len(every), table.name)


def _table_lines(reader: Reader, table: TableInfo) -> Iterator[str]:
    names = tuple(column.name for column in table.columns)
    yield from _lines(names, (row for page in pages(reader, table) for row in page))


def _lines(head: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    yield ",".join(head) + "\n"
    for row in rows:
        yield ",".join(map(_field, row)) + "\n"


def _field(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return '"' + value.replace('"', '""') + '"'
        case bool():
            return str(int(value))
        case bytes() | memoryview():
            return bytes(value).hex()
        case _:
            return str(value)
