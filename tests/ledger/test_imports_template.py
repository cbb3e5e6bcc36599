"""The empty workbook and the filled sample."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from app.base.i18n import Translator
from app.ledger.book import Book
from app.ledger.imports.headings import sheets_for
from app.ledger.imports.sample import sample_rows
from app.ledger.imports.template import write_template
from app.ledger.sheet import CellKind
from tests.ledger.import_books import ENGLISH, counts, imported

KINDS = ("business", "cooperative")


@pytest.mark.parametrize("kind", KINDS)
def test_the_empty_workbook_imports_as_nothing(
    open_book: Callable[[str], Book], tmp_path: Path, kind: str
) -> None:
    path = write_template(tmp_path / "isi.xlsx", kind, Translator("id"))
    book = open_book(kind)
    before = counts(book)
    assert imported(book, path).lines(ENGLISH) == ["isi.xlsx holds no rows; nothing was imported."]
    assert counts(book) == before


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_has_its_heading_and_format(tmp_path: Path, kind: str) -> None:
    book = load_workbook(write_template(tmp_path / "isi.xlsx", kind, Translator("id")))
    assert book.sheetnames == ["Petunjuk", *(sheet.name for sheet in sheets_for(kind))]
    formats = {CellKind.NIK: "@", CellKind.PHONE: "@", CellKind.CODE: "@", CellKind.DATE: "dd/mm/yyyy"}
    for item in sheets_for(kind):
        sheet = book[item.name]
        assert sheet.freeze_panes == "A2"
        assert [cell.value for cell in sheet[1]] == [column.heading for column in item.columns]
        letters = [get_column_letter(place) for place in range(1, len(item.columns) + 1)]
        for cell, letter, column in zip(sheet[1], letters, item.columns, strict=True):
            assert cell.font.bold
            if column.kind in formats:
                assert sheet.column_dimensions[letter].number_format == formats[column.kind]
        ruled = {str(rule.sqref).split(":", maxsplit=1)[0] for rule in sheet.data_validations.dataValidation}
        chosen = {
            f"{letter}2" for letter, column in zip(letters, item.columns, strict=True) if column.choices
        }
        assert ruled == chosen


@pytest.mark.parametrize("kind", KINDS)
def test_the_guide_explains_every_column_with_its_example(tmp_path: Path, kind: str) -> None:
    guide = load_workbook(write_template(tmp_path / "isi.xlsx", kind, Translator("id")))["Petunjuk"]
    cells = {cell for row in guide.iter_rows(max_col=5, values_only=True) for cell in row if cell}
    for sheet in sheets_for(kind):
        assert {sheet.name, *(column.heading for column in sheet.columns)} <= cells
        assert {column.example for column in sheet.columns if column.example} <= cells


def test_long_lists_of_choices_stand_on_the_guide(tmp_path: Path) -> None:
    for kind in KINDS:
        book = load_workbook(write_template(tmp_path / "isi.xlsx", kind, Translator("id")))
        for item in sheets_for(kind):
            for rule in book[item.name].data_validations.dataValidation:
                assert len(rule.formula1) <= 255
                if not rule.formula1.startswith('"'):
                    cells = book["Petunjuk"][rule.formula1.split("!")[1].replace("$", "")]
                    assert all(cell.value for (cell,) in cells)


@pytest.mark.parametrize("kind", KINDS)
def test_the_sample_fills_sheets_that_are_there(kind: str) -> None:
    headings = {sheet.name: {column.heading for column in sheet.columns} for sheet in sheets_for(kind)}
    for name, rows in sample_rows(kind).items():
        assert {heading for row in rows for heading in row} <= headings[name]


@pytest.mark.parametrize("kind", KINDS)
def test_the_filled_sample_comes_in_and_balances(
    open_book: Callable[[str], Book], tmp_path: Path, kind: str
) -> None:
    path = write_template(tmp_path / "contoh.xlsx", kind, ENGLISH, filled=True)
    book = open_book(kind)
    result = imported(book, path)
    assert {name for name, count in result.sheets.items() if count} == set(sample_rows(kind))
    with book.snapshot() as snapshot:
        opening = snapshot.sql(
            "SELECT coalesce(sum(b.amount), 0) FROM day_balance AS b JOIN account AS a ON a.id = b.account_id"
            " WHERE a.role = 'opening'"
        )[0][0]
        overdrawn = snapshot.sql(
            "SELECT a.code FROM day_balance AS b JOIN account AS a ON a.id = b.account_id"
            " WHERE a.money IS NOT NULL GROUP BY a.code HAVING sum(b.amount) < 0"
        )
    assert (opening, list(overdrawn)) == (0, [])
    before = counts(book)
    assert imported(book, path).documents == 0
    assert counts(book) == before
