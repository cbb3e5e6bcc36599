"""Notes of several rows, rows that name each other, and the order of posting."""

from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from app.ledger.book import Book
from tests.ledger.import_books import balance, csv_file, imported, places, refused, told, workbook

SALES: list[Any] = ["Tanggal", "No Nota", "Kode Barang", "Jumlah", "Harga", "Bayar", "Dibayar", "Pelanggan"]
GOODS: list[Any] = ["Kode", "Nama", "Satuan", "Harga Beli", "Harga Jual", "Stok Awal", "Per Tanggal"]
RICE: list[Any] = ["BR-01", "Beras 5 kg", "sak", 62_000, 68_000, 20, date(2025, 12, 31)]
DAY = date(2026, 1, 2)


def sale(number: str | None, quantity: Any, *rest: Any, code: str = "BR-01") -> list[Any]:
    return [DAY, number, code, quantity, 68_000, *rest, *[None] * (3 - len(rest))]


def test_rows_of_one_note_are_one_sale_and_its_columns_count_once(business: Book, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        Barang=[GOODS, RICE],
        Penjualan=[
            SALES,
            sale("N-1", 2, "Bon", 50_000, "Bu Wati"),
            sale("N-1", 1, "bon", None, "bu wati"),
            sale("N-1", 3),
            sale(None, 1, "Tunai"),
            sale(None, 1, "Tunai"),
        ],
    )
    result = imported(business, path)
    assert result.sheets == {"Barang": 1, "Penjualan": 3}
    assert result.created == {"party": 1, "product": 1}
    assert balance(business, "1-1201") == 6 * 68_000 - 50_000
    assert balance(business, "1-1101") == 50_000 + 2 * 68_000
    assert balance(business, "1-1301") == (20 - 8) * 62_000


def test_a_note_that_says_two_things_is_a_fault_at_the_second(business: Book, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        Barang=[GOODS, RICE],
        Penjualan=[
            SALES,
            sale("N-1", 2, "Bon", 50_000, "Bu Wati"),
            sale("N-1", 1, "Tunai", 40_000, "Bu Sri"),
        ],
    )
    error = refused(business, path)
    assert places(error) == ["Penjualan!F3", "Penjualan!G3", "Penjualan!H3"]
    assert "belongs to the whole of N-1" in told(error)[1]
    assert "stands above as 50000." in told(error)[1]


def test_within_a_day_purchases_come_before_sales_whatever_the_order_of_sheets(
    business: Book, tmp_path: Path
) -> None:
    bought = ["Tanggal", "No Nota", "Kode Barang", "Nama Barang", "Jumlah", "Harga"]
    path = workbook(
        tmp_path / "a.xlsx",
        Penjualan=[SALES, sale("N-1", 4, "Tunai")],
        Pembelian=[bought, [DAY, "GM-1", "BR-01", "Beras 5 kg", 4, 61_000]],
    )
    imported(business, path)
    assert balance(business, "1-1301") == 0
    assert balance(business, "5-1001") == 4 * 61_000


def test_selling_more_than_there_is_is_a_fault_of_its_cell(business: Book, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        Barang=[GOODS, RICE],
        Penjualan=[SALES, sale("N-1", 15, "Tunai"), sale("N-2", 6, "Tunai"), sale("N-3", 5, "Tunai")],
    )
    error = refused(business, path)
    assert places(error) == ["Penjualan!D3"]
    assert told(error)[0].startswith("Penjualan!D3: Of Beras 5 kg only 5 are left.")


def test_what_follows_from_a_faulty_row_of_another_sheet_is_not_told(business: Book, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        Barang=[GOODS, [*RICE[:4], "murah", *RICE[5:]], ["GL-01", "Gula", "kg", 15_000, 17_500, 1, DAY]],
        Penjualan=[
            SALES,
            sale("N-1", 15, "Tunai"),
            sale("N-2", 2, "Tunai", code="GL-01"),
            sale("N-3", 1, "Tunai", code="XX-9"),
        ],
    )
    assert places(refused(business, path)) == ["Barang!E2", "Penjualan!D3", "Penjualan!C4"]


def test_percentages_and_numbers_without_zeros_are_understood(cooperative: Book, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        Anggota=[
            ["No Anggota", "Nama", "NIK", "Telepon", "Tanggal Masuk"],
            ["0137", "Siti Aminah", "3325015504800001", 81_229_604_471, date(2022, 12, 5)],
        ],
        Pinjaman=[
            ["No Pinjaman", "No Anggota", "Tanggal Cair", "Pokok", "Jasa % per Bulan", "Metode", "Tenor"],
            ["PJ-1", 137, DAY, 6_000_000, 0.015, "Flat", 12],
        ],
    )
    book = load_workbook(path)
    book["Pinjaman"]["E2"].number_format = "0.00%"
    book.save(path)
    imported(cooperative, path)
    with cooperative.snapshot() as snapshot:
        assert snapshot.sql("SELECT rate, per FROM loan") == [("1.5", "month")]
        assert snapshot.sql("SELECT code, phone FROM party") == [("0137", "+6281229604471")]


def test_unknown_members_and_numbers_given_twice_are_told(cooperative: Book, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        Anggota=[
            ["No Anggota", "Nama", "Tanggal Masuk"],
            ["0001", "Siti Aminah", DAY],
            ["0001", "Joko Prasetyo", DAY],
        ],
        Simpanan=[
            ["Tanggal", "No Anggota", "Jenis", "Setor"],
            [DAY, "0001", "Pokok", 100_000],
            [DAY, "0999", "Pokok", 100_000],
        ],
    )
    error = refused(cooperative, path)
    assert places(error) == ["Anggota!B3", "Simpanan!B3"]
    assert "Member number 0001 is Siti Aminah" in told(error)[0]
    assert "no member 0999" in told(error)[1]


def test_two_rows_of_one_loan_are_a_fault(cooperative: Book, tmp_path: Path) -> None:
    rows = ["No Anggota;Nama;Tanggal Masuk", "0001;Siti Aminah;02/01/2024"]
    imported(cooperative, csv_file(tmp_path / "anggota.csv", rows))
    heads = "No Pinjaman;No Anggota;Tanggal Cair;Pokok;Jasa % per Bulan;Metode;Jangka Waktu"
    loan = "PJ-1;0001;02/01/2026;6.000.000;1,5;Flat;12"
    error = refused(cooperative, csv_file(tmp_path / "pinjaman.csv", [heads, loan, loan]))
    assert places(error) == ["Pinjaman!A3"]
