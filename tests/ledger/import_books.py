"""Workbooks and CSV files made by hand for the tests of the importer."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from app.base.i18n import Translator
from app.ledger.batches.plan import ImportRefused
from app.ledger.book import Book
from app.ledger.imports.importer import ImportResult, import_file

ENGLISH = Translator("en")

Rows = Sequence[Sequence[Any]]


def workbook(path: Path, **sheets: Rows) -> Path:
    """Write a workbook; an underscore in a sheet's name stands for a space."""
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    book.close()
    return path


def refused(book: Book, path: Path, sheet: str | None = None) -> ImportRefused:
    """Import a file that must be refused, and see that nothing of it stays."""
    before = counts(book)
    try:
        result = import_file(book, path, sheet, translator=ENGLISH)
    except ImportRefused as error:
        assert counts(book) == before
        return error
    raise AssertionError(f"{path.name} was imported: {result}")


def told(error: ImportRefused) -> list[str]:
    """The faults as the command line prints them."""
    return [f"{fault.where}: {fault.message(ENGLISH)}" for fault in error.faults]


def places(error: ImportRefused) -> list[str]:
    """Where the faults are."""
    return [fault.where for fault in error.faults]


def imported(book: Book, path: Path, sheet: str | None = None) -> ImportResult:
    """Import a good file."""
    try:
        return import_file(book, path, sheet, translator=ENGLISH)
    except ImportRefused as error:
        raise AssertionError("\n".join(told(error))) from error


def counts(book: Book) -> tuple[int, ...]:
    """How many rows the tables hold that an import could fill."""
    with book.snapshot() as snapshot:
        return tuple(
            snapshot.sql(f"SELECT count(*) FROM {table}")[0][0]
            for table in ("entry", "posting", "account", "party", "product", "audit", "import_document")
        )


def balance(book: Book, code: str) -> int:
    """An account's balance, debit positive."""
    with book.snapshot() as snapshot:
        rows = snapshot.sql(
            "SELECT coalesce(sum(b.amount), 0) FROM day_balance AS b JOIN account AS a ON a.id = b.account_id"
            " WHERE a.code = ?",
            (code,),
        )
    return int(rows[0][0])


def csv_file(path: Path, rows: Iterable[str], encoding: str = "utf-8") -> Path:
    """Write lines with the line ends that Windows writes."""
    path.write_bytes("".join(f"{row}\r\n" for row in rows).encode(encoding))
    return path
