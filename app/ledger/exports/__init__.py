"""The books for other programs: hledger and beancount for accountants, CSV and JSON without any loss."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from app.base.progress import Progress, Silent
from app.ledger.exports import beancount, csv_export, hledger, json_export
from app.ledger.reader import Reader

Exporter = Callable[[Reader, Path, Progress], Path]

EXPORTS: Mapping[str, Exporter] = MappingProxyType(
    {
        "hledger": hledger.write,
        "beancount": beancount.write,
        "csv": csv_export.write,
        "json": json_export.write,
    }
)


def export_book(reader: Reader, kind: str, target: Path, progress: Progress | None = None) -> Path:
    """Write the books as `kind`, a key of EXPORTS, to `target`; returns where they are.

    A file is there whole or not at all. CSV makes a folder, or one file when `target` ends in .zip.
    Raises UserError when the folder of `target` is missing or can't be written to.
    """
    return EXPORTS[kind](reader, target, progress or Silent())
