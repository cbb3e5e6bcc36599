"""CSV files as Indonesian Excel and other programs write them."""

from pathlib import Path

import pytest

from app.base.errors import UserError
from app.ledger.book import Book
from app.ledger.imports.importer import import_file
from tests.ledger.import_books import (
    ENGLISH,
    balance,
    counts,
    csv_file,
    imported,
    places,
    refused,
    told,
)

ROWS = (
    "Tanggal;No Bukti;Keterangan;Kode Akun;Debet;Kredit",
    "31/10/2026;JU-1;Sedekah – “jum’at”;6-1010;1.250.000;",
    "31/10/2026;JU-1;Sedekah – “jum’at”;1-2203;;Rp 1.250.000,00",
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_encoding_is_told_by_the_bytes(business: Book, tmp_path: Path, encoding: str) -> None:
    assert imported(business, csv_file(tmp_path / "a.csv", ROWS, encoding)).sheets == {"Jurnal": 1}
    with business.snapshot() as snapshot:
        assert snapshot.sql("SELECT memo FROM entry") == [("Sedekah – “jum’at”",)]
    assert balance(business, "6-1010") == 1_250_000


@pytest.mark.parametrize("mark", [",", "\t", "|"])
def test_the_delimiter_is_told_by_the_headings(business: Book, tmp_path: Path, mark: str) -> None:
    rows = [row.replace(";", mark).replace("1.250.000,00", "1.250.000") for row in ROWS]
    assert imported(business, csv_file(tmp_path / "a.csv", rows)).documents == 1


def test_excels_own_line_names_the_delimiter(business: Book, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", ("sep=;", *ROWS))
    assert imported(business, path).documents == 1


def test_quoted_cells_may_hold_the_delimiter_and_line_ends(business: Book, tmp_path: Path) -> None:
    rows = (
        "Tanggal,No Bukti,Keterangan,Kode Akun,Debet,Kredit",
        '31/10/2026,JU-1,"Susut, peralatan\nOktober",6-1010,"1.250.000,00",',
        '31/10/2026,JU-1,,1-2203,,"1.250.000,00"',
    )
    imported(business, csv_file(tmp_path / "a.csv", rows))
    with business.snapshot() as snapshot:
        assert snapshot.sql("SELECT memo FROM entry") == [("Susut, peralatan Oktober",)]


def test_faults_name_the_row_that_excel_shows(business: Book, tmp_path: Path) -> None:
    rows = (
        "Warung Sari",
        "",
        *ROWS[:1],
        '31/10/2026;JU-1;"dua\nbaris";6-1010;1,250;',
        "32/10/2026;JU-1;;1-2203;;5",
    )
    error = refused(business, csv_file(tmp_path / "jurnal.csv", rows, "cp1252"))
    assert places(error) == ["Jurnal!E4", "Jurnal!A5"]
    assert error.marked == tmp_path / "jurnal-perlu-diperbaiki.xlsx"


def test_a_file_that_fits_two_sheets_is_asked_for_the_name(business: Book, tmp_path: Path) -> None:
    rows = ("Tanggal;Kode Akun;Debet;Kredit", "31/12/2025;1-1101;500000;")
    before = counts(business)
    with pytest.raises(UserError, match=r"more than one kind of sheet: .*Saldo Awal.*Jurnal"):
        import_file(business, csv_file(tmp_path / "a.csv", rows))
    assert counts(business) == before
    assert imported(business, csv_file(tmp_path / "saldo awal 2025.csv", rows)).sheets == {"Saldo Awal": 1}
    again = imported(business, csv_file(tmp_path / "a.csv", rows), "Saldo Awal")
    assert (again.documents, again.known) == (0, 1)


def test_other_files_are_refused_in_a_sentence(business: Book, tmp_path: Path) -> None:
    picture = tmp_path / "foto.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    with pytest.raises(UserError, match="neither a workbook nor a CSV"):
        import_file(business, picture)
    with pytest.raises(UserError, match="No sheet and no headings"):
        import_file(business, csv_file(tmp_path / "b.csv", ("apa;saja", "1;2")))
    with pytest.raises(UserError, match="There is no file"):
        import_file(business, tmp_path / "tidak ada.csv")
    endless = csv_file(tmp_path / "c.csv", (*ROWS, '31/10/2026;JU-2;"' + "x" * 200_000))
    with pytest.raises(UserError, match="can't be read as CSV"):
        import_file(business, endless)


def test_a_nik_that_excel_turned_into_a_power_of_ten_is_a_fault(cooperative: Book, tmp_path: Path) -> None:
    rows = (
        "No Anggota;Nama;NIK;Jenis Kelamin;Tanggal Masuk",
        "0001;Siti Aminah;3,32502E+15;P;05/01/2026",
        "0002;Joko;3325030909900004;L;05/01/2026",
    )
    error = refused(cooperative, csv_file(tmp_path / "anggota.csv", rows))
    assert places(error) == ["Anggota!C2"]
    assert told(error)[0].startswith("Anggota!C2: Excel has changed the last digit of the NIK 3,32502E+15")


def test_the_result_names_what_was_added(business: Book, tmp_path: Path) -> None:
    result = imported(business, csv_file(tmp_path / "a.csv", ROWS))
    assert result.to_json(ENGLISH) == {
        "file": "a.csv",
        "documents": 1,
        "known": 0,
        "batch": 1,
        "sheets": {"Jurnal": 1},
        "created": {},
        "messages": ["1 documents were added from a.csv.", "Jurnal: 1"],
    }
