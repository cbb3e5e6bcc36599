"""The copy of a refused file with the cells marked."""

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from app.ledger.book import Book
from tests.ledger.import_books import csv_file, imported, refused, workbook

JOURNAL: list[Any] = ["Tanggal", "No Bukti", "Keterangan", "Kode Akun", "Debet", "Kredit"]
BAD: list[list[Any]] = [
    JOURNAL,
    [date(2026, 10, 31), "JU-1", "=1+1", "6-1010", "1,250", None],
    [date(2026, 10, 31), "JU-1", "", "1-2203", None, 1250],
]


def test_the_cells_are_coloured_and_explained_and_the_file_is_untouched(
    business: Book, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "buku.xlsx", Jurnal=BAD[:1] + [[*row[:2], "", *row[3:]] for row in BAD[1:]])
    original = path.read_bytes()
    error = refused(business, path)
    assert path.read_bytes() == original
    assert error.marked == tmp_path / "buku-perlu-diperbaiki.xlsx"
    book = load_workbook(error.marked)
    cell = book["Jurnal"]["E2"]
    assert cell.value == "1,250"
    assert cell.fill.fgColor.rgb == "00FFF2CC"
    assert "not an amount in whole rupiah" in cell.comment.text
    assert book["Jurnal"]["A2"].comment is None
    listed = [row[:4] for row in book["Perlu diperbaiki"].iter_rows(min_row=2, values_only=True)]
    assert listed == [("Jurnal", "E2", "Debet", "1,250")]


def test_the_mended_copy_can_be_imported(business: Book, tmp_path: Path) -> None:
    path = workbook(tmp_path / "buku.xlsx", Jurnal=BAD[:1] + [[*row[:2], "", *row[3:]] for row in BAD[1:]])
    copy = refused(business, path).marked
    assert copy is not None
    book = load_workbook(copy)
    book["Jurnal"]["E2"] = 1250
    book.save(copy)
    assert imported(business, copy).documents == 1


@pytest.mark.parametrize("small", [True, False])
def test_a_large_workbook_is_copied_by_its_values(
    business: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, small: bool
) -> None:
    if not small:
        monkeypatch.setattr("app.ledger.imports.marking._SMALL", 0)
    rows = [["Warung Sari"], [], *BAD]
    copy = refused(business, workbook(tmp_path / "buku.xlsx", Catatan=[["x", 0.5]], Jurnal=rows)).marked
    assert copy is not None
    book = load_workbook(copy)
    assert book.sheetnames == ["Catatan", "Jurnal", "Perlu diperbaiki"]
    sheet = book["Jurnal"]
    assert [cell.value for cell in sheet[3]] == JOURNAL
    assert sheet["A4"].value.date() == date(2026, 10, 31)
    # The formula was never calculated: that is the other fault.
    assert [place for place in ("C4", "E4", "F5") if sheet[place].comment] == ["C4", "E4"]


def test_a_csv_becomes_a_workbook(business: Book, tmp_path: Path) -> None:
    path = csv_file(
        tmp_path / "jurnal.csv",
        (";".join(JOURNAL), "31/10/2026;JU-1;=HYPERLINK(1);6-1010;x;", "31/10/2026;JU-1;;1-2203;;5"),
    )
    copy = refused(business, path).marked
    assert copy is not None
    sheet = load_workbook(copy)["Jurnal"]
    assert [cell.value for cell in sheet[2]][:3] == ["31/10/2026", "JU-1", "'=HYPERLINK(1)"]
    assert sheet["E2"].comment is not None


def test_a_copy_that_someone_works_in_is_not_overwritten(business: Book, tmp_path: Path) -> None:
    path = workbook(tmp_path / "buku.xlsx", Jurnal=BAD)
    first = refused(business, path).marked
    assert first is not None
    assert refused(business, path).marked == first
    book = load_workbook(first)
    book.properties.lastModifiedBy = "Sari"
    book.save(first)
    content = first.read_bytes()
    assert refused(business, path).marked == tmp_path / "buku-perlu-diperbaiki-2.xlsx"
    assert first.read_bytes() == content


@pytest.mark.skipif(os.name == "nt", reason="a folder's write bit means nothing to Windows")
def test_where_nothing_can_be_written_the_faults_are_told_all_the_same(
    business: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("openpyxl.workbook.workbook.Workbook.save", full)
    path = tmp_path / "a.csv"
    csv_file(path, (";".join(JOURNAL), "31/10/2026;JU-1;;6-1010;x;"))
    error = refused(business, path)
    assert error.marked is None
    assert error.count == 1
    assert [item.name for item in tmp_path.iterdir() if "perlu" in item.name] == []
