"""Workbooks as people hand them in: what is read, and what is refused with a sentence and changes nothing."""

import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from app.base.errors import Cancelled, UserError
from app.base.progress import Watched
from app.ledger.batches.plan import MOST_FAULTS
from app.ledger.book import Book
from app.ledger.imports import raw
from app.ledger.imports.importer import import_file
from tests.ledger.import_books import ENGLISH, balance, counts, imported, places, refused, told, workbook

JOURNAL: list[Any] = ["Tanggal", "No Bukti", "Keterangan", "Kode Akun", "Debet", "Kredit"]
OPENING: list[Any] = ["Tanggal", "Kode Akun", "Nama Akun", "Debet", "Kredit"]


def entry(number: str, amount: int = 750_000, on: Any = date(2026, 10, 31)) -> list[list[Any]]:
    return [
        [on, number, "Penyusutan", "6-1010", amount, None],
        [on, number, "Penyusutan", "1-2203", None, amount],
    ]


def test_balances_and_entries_come_in_by_date(business: Book, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "buku.xlsx",
        Jurnal=[JOURNAL, *entry("JU-1")],
        Saldo_Awal=[OPENING, [date(2025, 12, 31), "1-2103", "Peralatan", "Rp 3.000.000,00", None]],
    )
    result = imported(business, path)
    assert (result.documents, result.known, result.sheets) == (2, 0, {"Jurnal": 1, "Saldo Awal": 1})
    assert balance(business, "1-2103") == 3_000_000
    assert balance(business, "3-9999") == -3_000_000
    assert balance(business, "1-2203") == -750_000
    with business.snapshot() as snapshot:
        kinds = [row[0] for row in snapshot.sql("SELECT kind FROM entry ORDER BY id")]
    assert kinds == ["opening", "ordinary"]


def test_headings_are_found_below_a_title_in_any_order_and_spelling(business: Book, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "buku.xlsx",
        jurnal=[
            ["WARUNG SARI"],
            ["Jurnal Oktober"],
            [],
            ["KREDIT (Rp)", "debit", "kode  akun", "No.", "KETERANGAN", "no. bukti", "Tanggal"],
            [None, 75_000, "6-1010", 1, "Susut", "JU-7", "31/10/2026"],
            [75_000, None, "1-2203", 2, "Susut", "JU-7", "2026-10-31"],
        ],
    )
    result = imported(business, path)
    assert result.documents == 1
    assert result.lines(ENGLISH)[-1] == "jurnal: the column No. is not known and was not read."


def test_headings_of_merged_cells_stand_in_two_rows(business: Book, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Jurnal"
    sheet.append(["Tanggal", "No Bukti", "Keterangan", "Kode Akun", "Jumlah", None])
    sheet.append([None, None, None, None, "Debet", "Kredit"])
    for row in entry("JU-1"):
        sheet.append(row)
    for cells in ("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1"):
        sheet.merge_cells(cells)
    path = tmp_path / "gabung.xlsx"
    book.save(path)
    assert imported(business, path).documents == 1
    assert balance(business, "6-1010") == 750_000


def test_merged_dates_leave_the_rows_below_without_one(business: Book, tmp_path: Path) -> None:
    rows = entry("JU-1")
    rows[1][0] = None
    error = refused(business, workbook(tmp_path / "a.xlsx", Jurnal=[JOURNAL, *rows]))
    assert told(error)[0] == (
        "Jurnal!A3: Tanggal is empty. Fill it in; merged cells count only for their first row."
    )


def test_a_missing_column_is_told_once(business: Book, tmp_path: Path) -> None:
    rows = [[*row[:3], *row[4:]] for row in (JOURNAL, *entry("JU-1"), *entry("JU-2"))]
    error = refused(business, workbook(tmp_path / "a.xlsx", Jurnal=rows))
    assert told(error) == [
        "Jurnal!A1: The column Kode Akun is missing; without it the rows can't be understood."
        " Add it, with this heading."
    ]
    assert error.faults[0].to_json(ENGLISH) == {
        "sheet": "Jurnal",
        "row": 1,
        "column": "Kode Akun",
        "value": "",
        "message": told(error)[0].removeprefix("Jurnal!A1: "),
    }


def test_amounts_in_a_column_that_is_not_there_are_told_once(business: Book, tmp_path: Path) -> None:
    rows = [row[:4] for row in (JOURNAL, *entry("JU-1"), *entry("JU-2"))]
    error = refused(business, workbook(tmp_path / "a.xlsx", Jurnal=rows))
    assert [(fault.column, fault.missing) for fault in error.faults] == [("Debet", True)]
    assert told(error)[0].startswith("Jurnal!A1: The column Debet is missing.")


def test_a_heading_that_stands_twice_is_refused(business: Book, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", Jurnal=[[*JOURNAL, "Debet"], *entry("JU-1")])
    assert places(refused(business, path)) == ["Jurnal!G1"]


def test_every_bad_cell_is_told_and_nothing_comes_in(business: Book, tmp_path: Path) -> None:
    good = entry("JU-1")
    path = workbook(
        tmp_path / "a.xlsx",
        Jurnal=[
            JOURNAL,
            *good,
            ["31/02/2026", "JU-2", "", "6-1010", "dua ribu", None],
            ["31/02/2026", "JU-2", "", "1-2203", None, 1.5],
            [datetime(2026, 10, 31), "JU-3", "", "6-1010", 500, None],  # noqa: DTZ001 - Excel has no zones
            [datetime(2026, 10, 31), "JU-3", "", "1-2203", None, 400],  # noqa: DTZ001 - Excel has no zones
            ["30/10/2026", "JU-4", "", "9-8888", 500, None],
            ["30/10/2026", "JU-4", "", "1-2203", None, 500],
        ],
    )
    error = refused(business, path)
    assert sorted(places(error)) == [
        "Jurnal!A4",
        "Jurnal!A5",
        "Jurnal!D8",
        "Jurnal!E4",
        "Jurnal!F5",
        "Jurnal!F7",
    ]
    assert error.count == 6
    sentences = dict(line.split(": ", 1) for line in told(error))
    assert sentences["Jurnal!F7"] == "Entry JU-3 does not balance: debit Rp500, credit Rp400."
    assert sentences["Jurnal!D8"] == "There is no account 9-8888."
    assert sentences["Jurnal!E4"].startswith('"dua ribu" is not an amount in whole rupiah.')


def test_errors_and_formulas_never_calculated_are_faults(business: Book, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        Jurnal=[
            JOURNAL,
            [date(2026, 10, 31), "JU-1", "", "6-1010", "=500+250", None],
            [date(2026, 10, 31), "JU-1", "", "1-2203", None, "#REF!"],
        ],
    )
    book = load_workbook(path)
    book["Jurnal"]["F3"].data_type = "e"
    book.save(path)
    error = refused(business, path)
    assert told(error) == [
        "Jurnal!E2: The cell holds a formula without a result."
        " Open the file in Excel or LibreOffice, save it, and import it again.",
        "Jurnal!F3: The cell holds the error #REF!. Correct the formula, or write the value itself.",
    ]
    assert error.faults[1].value == "#REF!"


def test_a_number_shown_as_an_impossible_date_is_a_fault(business: Book, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", Jurnal=[JOURNAL, *entry("JU-1", on=90_000_000)])
    book = load_workbook(path)
    for cell in ("A2", "A3"):
        book["Jurnal"][cell].number_format = "dd/mm/yyyy"
    book.save(path)
    error = refused(business, path)
    assert places(error) == ["Jurnal!A2", "Jurnal!A3"]
    assert "no day there can be" in told(error)[0]


def test_a_renamed_old_workbook_and_one_with_a_password_are_named(business: Book, tmp_path: Path) -> None:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    for name, content, said in (
        ("lama.xlsx", head, "of the old kind"),
        ("kunci.xlsx", head + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        ("kosong.xlsx", b"", "is empty"),
        ("teks.xlsx", b"Tanggal;Kode Akun\r\n", "is not an Excel workbook"),
        ("rusak.xlsx", b"PK\x03\x04" + bytes(200), "can't be read"),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        before = counts(business)
        with pytest.raises(UserError, match=said):
            import_file(business, path)
        assert counts(business) == before


def test_a_zip_that_is_no_workbook_or_a_cut_one_is_refused(business: Book, tmp_path: Path) -> None:
    other = tmp_path / "surat.docx.xlsx"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("hello.txt", "hello")
    with pytest.raises(UserError, match="is not an Excel workbook"):
        import_file(business, other)
    whole = workbook(tmp_path / "a.xlsx", Jurnal=[JOURNAL, *entry("JU-1")])
    cut = tmp_path / "potong.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(cut, "w") as target:
        for item in source.namelist():
            content = source.read(item)
            target.writestr(item, content[: len(content) // 2] if item.endswith("sheet1.xml") else content)
    with pytest.raises(UserError, match="can't be read"):
        import_file(business, cut)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(business: Book, tmp_path: Path) -> None:
    path = workbook(tmp_path / "bom.xlsx", Jurnal=[JOURNAL, *entry("JU-1")])
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/a.bin", "w") as stream,
    ):
        for _ in range(201):
            stream.write(bytes(1 << 20))
    with pytest.raises(UserError, match="more than 200 MB") as error:
        import_file(business, path)
    assert path.stat().st_size < 1 << 20
    assert ENGLISH.error(error.value) == (
        "The file holds more than 200 MB of data. Split it, and leave out pictures and unused sheets."
    )


def test_too_many_rows_name_the_limit(
    business: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert raw.MOST_ROWS == 200_000
    monkeypatch.setattr("app.ledger.imports.documents.MOST_ROWS", 4)
    path = workbook(tmp_path / "a.xlsx", Jurnal=[JOURNAL, *entry("JU-1"), [], *entry("JU-2")])
    assert imported(business, path).documents == 2
    more = workbook(tmp_path / "b.xlsx", Jurnal=[JOURNAL, *(entry("JU-1") * 3)])
    with pytest.raises(UserError, match="sheet Jurnal has more than"):
        import_file(business, more)


def test_unknown_sheets_are_told(business: Book, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", Jurnal=[JOURNAL, *entry("JU-1")], Catatan=[["apa saja"]], Petunjuk=[["isi"]]
    )
    messages = imported(business, path).lines(ENGLISH)
    assert messages[-1] == "The sheet Catatan is not known and was not read."
    assert not [line for line in messages if "Petunjuk" in line]


def test_a_sheet_for_the_other_kind_of_book_is_a_fault(business: Book, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        Jurnal=[JOURNAL, *entry("JU-1")],
        Anggota=[["No Anggota", "Nama"], ["0001", "Siti Aminah"]],
        Angsuran=[["Tanggal", "No Pinjaman", "Jumlah"]],
    )
    assert told(refused(business, path)) == [
        "Anggota!A1: The sheet Anggota does not belong into a book of this kind."
        " Import it into the other book, or delete the sheet."
    ]


def test_one_sheet_can_be_chosen(business: Book, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        Jurnal=[JOURNAL, *entry("JU-1")],
        Saldo_Awal=[OPENING, ["31/12/2025", "1-2103", None, 3_000_000, None]],
    )
    assert imported(business, path, "saldo awal").sheets == {"Saldo Awal": 1}
    with pytest.raises(UserError, match="has no sheet Akun"):
        import_file(business, path, "Akun")
    with pytest.raises(UserError, match="There is no sheet Laba"):
        import_file(business, path, "Laba")


def test_a_workbook_whose_sheets_have_no_known_name_is_told_by_its_headings(
    business: Book, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "a.xlsx", Sheet1=[JOURNAL, *entry("JU-1")])
    assert imported(business, path).documents == 1
    with pytest.raises(UserError, match="No sheet and no headings"):
        import_file(business, workbook(tmp_path / "b.xlsx", Sheet1=[["apa", "saja"], [1, 2]]))


def test_an_empty_sheet_is_no_fault(business: Book, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", Jurnal=[JOURNAL], Akun=[])
    before = counts(business)
    assert imported(business, path).lines(ENGLISH) == ["a.xlsx holds no rows; nothing was imported."]
    assert counts(business) == before


def test_at_most_a_thousand_faults_are_kept_and_all_are_counted(business: Book, tmp_path: Path) -> None:
    rows = [["31/10/2026", f"JU-{number}", "", "6-1010", "x", None] for number in range(MOST_FAULTS + 7)]
    error = refused(business, workbook(tmp_path / "a.xlsx", Jurnal=[JOURNAL, *rows]))
    assert (len(error.faults), error.count) == (MOST_FAULTS, MOST_FAULTS + 7)


def test_a_dry_run_finds_the_faults_and_keeps_nothing(business: Book, tmp_path: Path) -> None:
    good = workbook(tmp_path / "a.xlsx", Jurnal=[JOURNAL, *entry("JU-1")])
    before = counts(business)
    result = import_file(business, good, dry_run=True)
    assert (result.documents, result.batch) == (1, 0)
    assert counts(business) == before
    assert imported(business, good).documents == 1


def test_a_cancelled_import_leaves_the_book_as_it_was(business: Book, tmp_path: Path) -> None:
    rows = [row for number in range(1_200) for row in entry(f"JU-{number}")]
    path = workbook(tmp_path / "a.xlsx", Jurnal=[JOURNAL, *rows])
    seen: list[tuple[int, int, str]] = []

    def show(done: int, total: int, label: str) -> None:
        seen.append((done, total, label))
        if label == "Recording" and done:
            watched.cancel()

    watched = Watched(show)
    before = counts(business)
    with pytest.raises(Cancelled):
        import_file(business, path, progress=watched)
    assert counts(business) == before
    assert seen[-1] == (500, 1_200, "Recording")
    assert imported(business, path).documents == 1_200
