"""Files that are no workbook, or too much of one, and books that can't be opened."""

import os
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.bootstrap import services
from tests.acceptance.outside import Lumbung, workbook

KAS = ("Tanggal", "No Bukti", "Keterangan", "Masuk", "Keluar", "Kategori")
ROW = (date(2026, 1, 5), "1", "x", 1000, None, "Pendapatan lain")


@pytest.fixture
def book(lumbung: Lumbung, tmp_path: Path) -> Path:
    """An empty business book."""
    return lumbung.new(tmp_path / "warung.lumbung")


def _old_excel(path: Path) -> None:
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(5000))


def _half(path: Path) -> None:
    workbook(path, {"Kas": [KAS, ROW]})
    path.write_bytes(path.read_bytes()[:3000])


def _other_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")


def _bomb(path: Path) -> None:
    workbook(path, {"Kas": [KAS, ROW]})
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            if name.endswith("sheet1.xml"):
                content = content.replace(b"</sheetData>", b" " * (201 << 20) + b"</sheetData>")
            archive.writestr(name, content)


@pytest.mark.parametrize(
    ("name", "make", "words"),
    [
        ("lama.xlsx", _old_excel, ".xls"),
        ("lama.xls", _old_excel, ".xls"),
        ("acak.xlsx", lambda path: path.write_bytes(os.urandom(3000)), "bukan berkas Excel"),
        ("kosong.xlsx", lambda path: path.write_bytes(b""), "kosong"),
        ("separuh.xlsx", _half, "rusak"),
        ("surat.xlsx", _other_zip, "bukan berkas Excel"),
        ("gambar.png", lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "bukan"),
        ("halaman.xls", lambda path: path.write_text("<html>Tanggal</html>"), "bukan berkas Excel"),
        ("bom.xlsx", _bomb, "200 MB"),
        ("lain.csv", lambda path: path.write_text("a,b\n1,2\n"), "template"),
        ("tidak-ada.xlsx", lambda _: None, "tidak ada"),
    ],
)
def test_files_that_are_refused(
    lumbung: Lumbung, book: Path, tmp_path: Path, name: str, make: Callable[[Path], object], words: str
) -> None:
    make(tmp_path / name)
    before = book.read_bytes()
    said = lumbung("import", book, tmp_path / name)
    assert said.status == 1
    assert words in said.err
    assert "Traceback" not in said.err
    assert book.read_bytes() == before


def test_more_than_200_000_rows_are_refused_with_the_limit(
    lumbung: Lumbung, book: Path, tmp_path: Path
) -> None:
    file = tmp_path / "banyak.csv"
    file.write_text("Tanggal;Masuk;Kategori\n" + "05/01/2026;1000;Pendapatan lain\n" * 200_001)
    said = lumbung("import", book, file)
    assert said.status == 1
    assert "200.000" in said.err


def test_sheets_without_rows(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    before = book.read_bytes()
    for rows in ([], [KAS]):
        said = lumbung("import", book, workbook(tmp_path / "kosong.xlsx", {"Kas": rows}))
        assert said.status == 0
        assert "tidak berisi baris" in said.out
    assert book.read_bytes() == before


def test_missing_columns_are_one_fault_each(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    rows = [("No Nota", "Harga"), ("N1", 3000), ("N2", 4000)]
    faults = lumbung.faults(book, workbook(tmp_path / "jual.xlsx", {"Penjualan": rows}))
    assert {(sheet, row, column) for sheet, row, column, _, _ in faults} >= {
        ("Penjualan", 1, "Tanggal"),
        ("Penjualan", 1, "Jumlah"),
    }
    assert len({column for _, _, column, _, _ in faults}) == len(faults)
    day = date(2026, 1, 5)
    rows2 = [("Tanggal", "Jumlah", "Harga"), (day, 1, 3000), (day, 2, 3000)]
    faults = lumbung.faults(book, workbook(tmp_path / "jual2.xlsx", {"Penjualan": rows2}))
    assert [(row, column) for _, row, column, _, _ in faults] == [(1, "Nama Barang")]


def test_merged_heads_and_cells(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    from openpyxl import Workbook

    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = "Kas"
    sheet.append(["Buku Kas Warung Sari 2026"])
    sheet.append(["Tanggal", "No Bukti", "Keterangan", "Jumlah", None, "Kategori"])
    sheet.append([None, None, None, "Masuk", "Keluar", None])
    for area in ("A1:F1", "D2:E2", "A2:A3", "B2:B3", "C2:C3", "F2:F3"):
        sheet.merge_cells(area)
    sheet.append(list(ROW))
    made.save(tmp_path / "kepala.xlsx")
    lumbung.good("import", book, tmp_path / "kepala.xlsx")
    assert lumbung.totals(book, "cash-book", "--month", "2026-01")["in"] == 1000
    sheet.append([None, "2", "x", 2000, None, "Pendapatan lain"])
    sheet.merge_cells("A4:A5")
    made.save(tmp_path / "sel.xlsx")
    assert [fault[:3] for fault in lumbung.faults(book, tmp_path / "sel.xlsx")] == [("Kas", 5, "Tanggal")]


def test_headings_in_any_order_and_unknown_ones_are_told(
    lumbung: Lumbung, book: Path, tmp_path: Path
) -> None:
    rows = [
        ("masuk", "KATEGORI", "Catatan saya", " tanggal "),
        (1000, "pendapatan LAIN", "zzz", "05/01/2026"),
    ]
    said = lumbung.good("import", book, workbook(tmp_path / "kas.xlsx", {"Kas": rows}))
    assert "Catatan saya" in said.out + said.err
    assert lumbung.totals(book, "cash-book", "--month", "2026-01")["in"] == 1000
    twice = [(*KAS, "Masuk"), (*ROW, 5)]
    faults = lumbung.faults(book, workbook(tmp_path / "dua.xlsx", {"Kas": twice}))
    assert [fault[:3] for fault in faults] == [("Kas", 1, "Masuk")]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("delimiter", [";", ","])
def test_csv_of_every_make(lumbung: Lumbung, book: Path, tmp_path: Path, mark: bytes, delimiter: str) -> None:
    cells = [
        ("Tanggal", "Keterangan", "Masuk", "Kategori"),
        ("05/01/2026", "café", '"1.250,00"', "Pendapatan lain"),
    ]
    text = "".join(delimiter.join(row) + "\r\n" for row in cells)
    file = tmp_path / "kas.csv"
    file.write_bytes(mark + text.encode("utf-8" if mark else "cp1252"))
    lumbung.good("import", book, file)
    ((row),) = lumbung.items(book, "cash-book", "--month", "2026-01")
    assert (row["memo"], row["in"]) == ("café", 1250)


def test_csv_with_sen(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    file = tmp_path / "kas.csv"
    file.write_bytes("Tanggal;Masuk;Kategori\r\n05/01/2026;1250,50;Pendapatan lain\r\n".encode("cp1252"))
    assert [fault[:4] for fault in lumbung.faults(book, file, "--sheet", "Kas")] == [
        ("Kas", 2, "Masuk", "1250,50")
    ]
    assert (tmp_path / "kas-perlu-diperbaiki.xlsx").exists()


def _commands(tmp_path: Path) -> dict[str, tuple[object, ...]]:
    file = workbook(tmp_path / "kas.xlsx", {"Kas": [KAS, ROW]})
    return {
        "report": ("report", "BOOK", "trial-balance"),
        "check": ("check", "BOOK"),
        "export": ("export", "BOOK", "--as", "json", "-o", tmp_path / "x.json"),
        "backup": ("backup", "BOOK", "-o", tmp_path / "salinan"),
        "import": ("import", "BOOK", file),
        "do": ("do", "BOOK", "record-money-in", "--on", "2026-01-05", "--amount", "1", "--category", "Modal masuk"),
        "undo": ("undo", "BOOK"),
        "close": ("close", "BOOK", "--month", "2026-01"),
    }  # fmt: skip


def _newer(book: Path) -> None:
    with sqlite3.connect(book) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute(f"PRAGMA user_version = {version + 7}")
    connection.close()


def _foreign(book: Path) -> None:
    book.unlink()
    with sqlite3.connect(book) as connection:
        connection.execute("CREATE TABLE x (a)")
    connection.close()


def _damaged(book: Path) -> None:
    content = bytearray(book.read_bytes())
    for place in range(4096 * 3, len(content) - 4096):
        content[place] = (content[place] + place) % 256
    book.write_bytes(content)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (Path.unlink, "Tidak ada buku"),
        (lambda book: book.write_bytes(b""), "kosong"),
        (lambda book: book.write_bytes(os.urandom(9000)), "bukan buku"),
        (lambda book: book.write_bytes(book.read_bytes()[:20_000]), "rusak"),
        (_damaged, "rusak"),
        (_foreign, "program lain"),
        (_newer, "lebih baru"),
    ],
)
def test_books_that_cannot_be_opened(
    lumbung: Lumbung, book: Path, tmp_path: Path, spoil: Callable[[Path], object], words: str
) -> None:
    spoil(book)
    before = book.read_bytes() if book.exists() else None
    for name, arguments in _commands(tmp_path).items():
        said = lumbung(*(book if item == "BOOK" else item for item in arguments))
        assert said.status == 4, (name, said.err)
        assert words in said.err
        assert "Traceback" not in said.err
        assert (book.read_bytes() if book.exists() else None) == before
    assert not (tmp_path / "salinan").exists() or not list((tmp_path / "salinan").iterdir())


def test_a_book_open_elsewhere_is_read_but_not_written(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    with services("id").book(book):
        statuses = {
            name: lumbung(*(book if item == "BOOK" else item for item in arguments)).status
            for name, arguments in _commands(tmp_path).items()
        }
    assert statuses == {
        "report": 0, "check": 0, "export": 0, "backup": 0, "import": 4, "do": 4, "undo": 4, "close": 4,
    }  # fmt: skip


def test_a_backup_is_one_copy_and_restores_to_the_same(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    lumbung.good("import", book, workbook(tmp_path / "kas.xlsx", {"Kas": [KAS, ROW]}))
    lumbung.good("backup", book, "-o", tmp_path / "salinan")
    (copy,) = (tmp_path / "salinan").iterdir()
    target = tmp_path / "pulih.lumbung"
    lumbung.good("restore", copy, "-o", target)
    assert lumbung.report(target, "journal", "--year", "2026") == lumbung.report(
        book, "journal", "--year", "2026"
    )
    before = target.read_bytes()
    assert lumbung("restore", copy, "-o", target).status in (1, 4)
    assert target.read_bytes() == before
    shutil.copyfile(tmp_path / "kas.xlsx", tmp_path / "bukan.lumbung")
    assert lumbung("restore", tmp_path / "bukan.lumbung", "-o", tmp_path / "baru.lumbung").status == 4
    assert not (tmp_path / "baru.lumbung").exists()
