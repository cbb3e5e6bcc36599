"""Reading CSV as Indonesian Excel and other programs write it: `;`, `,` or tab, UTF-8 or Windows-1252."""

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.base.errors import UserError
from app.ledger.imports.raw import HEADING_ROWS, MOST_BYTES, RawRow, RawSheet, too_large

_DELIMITERS = (";", ",", "\t", "|")
_CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@contextmanager
def open_delimited(path: Path, score: Callable[[Sequence[Sequence[Any]]], int]) -> Iterator[RawSheet]:
    """The one sheet of a CSV file. `score` says how many headings a reading of the first rows shows."""
    if path.stat().st_size > MOST_BYTES:
        raise too_large()
    encoding, lines = _encoding(path)
    if encoding is None:
        raise UserError(
            "{name} is neither a workbook nor a CSV file.",
            advice="Save it as Excel workbook (.xlsx) or CSV.",
            name=path.name,
        )
    try:
        with path.open(encoding=encoding, errors="replace", newline="") as stream:
            delimiter = _delimiter(stream, score)
            yield RawSheet("", _rows(stream, delimiter), lines)
    except csv.Error as error:
        raise UserError(
            "{name} can't be read as CSV: {reason}.",
            advice="Save it again as CSV, or as Excel workbook (.xlsx).",
            name=path.name,
            reason=str(error),
        ) from error


def _encoding(path: Path) -> tuple[str | None, int]:
    """The encoding and about how many lines there are; None when the file holds no text."""
    with path.open("rb") as stream:
        head = stream.read(4)
        stream.seek(0)
        for mark, name in _MARKS:
            if head.startswith(mark):
                return name, sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(_CHUNK), b""))
        decoder = codecs.getincrementaldecoder("utf-8")()
        lines, utf8 = 0, True
        for chunk in iter(lambda: stream.read(_CHUNK), b""):
            if b"\0" in chunk:
                return None, 0
            lines += chunk.count(b"\n")
            if utf8:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    utf8 = False
        if utf8:
            try:
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                utf8 = False
    return ("utf-8" if utf8 else "cp1252"), lines


def _delimiter(stream: io.TextIOBase, score: Callable[[Sequence[Sequence[Any]]], int]) -> str:
    """The delimiter that shows most headings, else most columns. The stream is left at the first row."""
    first = stream.readline()
    named = first.strip().lower()
    if named.startswith("sep=") and len(named) == 5:
        return named[4]
    sample = first + "".join(stream.readline() for _ in range(HEADING_ROWS - 1))
    stream.seek(0)

    def merit(delimiter: str) -> tuple[int, int]:
        rows = list(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter))
        return score(rows), max((len(row) for row in rows), default=0)

    return max(_DELIMITERS, key=merit)


def _rows(stream: io.TextIOBase, delimiter: str) -> Iterator[RawRow]:
    return enumerate(csv.reader(stream, delimiter=delimiter), start=1)
