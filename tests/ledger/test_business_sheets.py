"""The shop's sheets of the import workbook: rows become documents, faults stand at their cells."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.ledger.batches.plan import ImportRefused
from app.ledger.book import Book
from app.ledger.entries.commands import EntryLine, PostOpening
from app.ledger.imports.importer import ImportResult, import_file
from app.ledger.products.commands import AddProduct
from tests.ledger.business_days import balances, rice, stock


class Sheets:
    """Imports one sheet after the other, written as CSV."""

    def __init__(self, book: Book, folder: Path) -> None:
        self.book = book
        self._folder = folder

    def load(self, sheet: str, *rows: str) -> ImportResult:
        """Import rows whose first one holds the headings."""
        path = self._folder / f"{sheet}.csv"
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        return import_file(self.book, path, sheet)

    def faults(self, sheet: str, *rows: str) -> list[tuple[int, str, str]]:
        """Row, heading and sentence of each fault; the book stays as it was."""
        before = balances(self.book)
        with pytest.raises(ImportRefused) as caught:
            self.load(sheet, *rows)
        assert balances(self.book) == before
        return [(item.row, item.column, str(item.error)) for item in caught.value.faults]

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """What the book holds."""
        with self.book.snapshot() as snapshot:
            return [tuple(row) for row in snapshot.sql(sql)]


@pytest.fixture
def sheets(business: Book, tmp_path: Path) -> Sheets:
    """The sheets of an empty business book."""
    return Sheets(business, tmp_path)


BARANG = "Kode;Nama;Satuan;Harga Beli;Harga Jual;Stok Awal;Nilai Stok;Per Tanggal;Pakai Stok;Kategori"
PENJUALAN = (
    "Tanggal;No Nota;Kode Barang;Nama Barang;Jumlah;Satuan;Harga;Potongan;Bayar;Dibayar;Jatuh Tempo;Pelanggan"
)
PEMBELIAN = "Tanggal;No Nota;Nama Barang;Jumlah;Harga;Ongkos Angkut;Bayar;Dibayar;Pemasok"
KAS = "Tanggal;No Bukti;Keterangan;Masuk;Keluar;Kategori;Pihak;Kas/Bank;Ke Kas/Bank"


def test_products_with_their_opening_stock(sheets: Sheets) -> None:
    sheets.load(
        "Barang",
        BARANG,
        "BR;Beras;kg;13.000;15.000;20;260.000;30/09/2026;;Sembako",
        "GL;Gula;kg;16.000;18.000;2,5;;;Ya;",
        ";Kopi;;;;0;;;;",
        ";Gorengan;;;1.500;;;;Tidak;",
        "FK;Fotokopi;;;300;;;;;Jasa",
        "TH;Teh;;;5.000;;;;Ya;",
    )
    assert sheets.rows("SELECT code, stocked, service, quantity, value FROM product ORDER BY id") == [
        ("BR", 0, 0, 20_000, 260_000),
        ("GL", 1, 0, 2_500, 40_000),
        ("B-0001", 1, 0, 0, 0),
        ("B-0002", 0, 0, 0, 0),
        ("FK", 0, 1, 0, 0),
        ("TH", 1, 0, 0, 0),
    ]
    # Without a date of its own a stock is taken over on the opening date, here the first row's.
    assert sheets.rows("SELECT DISTINCT date FROM stock_movement") == [("2026-09-30",)]
    assert balances(sheets.book) == {"1-1301": 300_000, "3-9999": -300_000}


def test_the_opening_date_is_that_of_the_opening_balances(sheets: Sheets) -> None:
    lines = (EntryLine(account="1-1101", debit=70_000), EntryLine(account="3-1001", credit=70_000))
    sheets.book.execute(PostOpening(on=date(2026, 6, 30), lines=lines))
    sheets.load("Barang", BARANG, "BR;Beras;kg;13.000;;3;;;;")
    sheets.load("Pelanggan", "Kode;Nama;Telepon;Sisa Bon", "7;Bu Wati;0857-4011-2093;45.000")
    assert sheets.rows("SELECT DISTINCT date FROM entry") == [("2026-06-30",)]


def test_without_an_opening_balances_are_of_the_day_before_the_first_entry(sheets: Sheets) -> None:
    sheets.load("Penjualan", "Tanggal;Nama Barang;Jumlah;Harga", "05/10/2026;Gorengan;1;2.000")
    sheets.load("Pemasok", "Nama;Sisa Utang", "Toko Makmur;340.000")
    assert sheets.rows("SELECT date FROM bill") == [("2026-10-04",)]


def test_in_an_empty_book_balances_are_of_the_last_day_of_the_year_before(sheets: Sheets) -> None:
    sheets.load("Pemasok", "Nama;Sisa Utang", "Toko Makmur;340.000")
    assert sheets.rows("SELECT date FROM bill") == [("2025-12-31",)]


def test_a_known_product_is_changed_where_filled_cells_differ(sheets: Sheets) -> None:
    rice(sheets.book)
    sheets.load("Barang", BARANG, "br;BERAS;;13.500;16.000;20;260.000;;;")
    assert sheets.rows("SELECT name, unit, buy_price, sell_price, quantity FROM product") == [
        ("Beras", "kg", 13_500, 16_000, 20_000)
    ]
    sheets.load("Barang", "Nama;Stok Awal;Nilai Stok", "Beras;20;260.000")
    assert stock(sheets.book, "BR") == (20_000, 260_000)
    assert sheets.faults("Barang", BARANG, "BR;Beras Merah;;;;;;;;", "BR;Beras;;;;21;;;;") == [
        (2, "Nama", "Product BR is called Beras in this book."),
        (3, "Stok Awal", "Beras has an opening stock already: 20, worth 260000."),
    ]


def test_what_is_wrong_with_a_product_stands_at_its_cell(sheets: Sheets) -> None:
    faults = sheets.faults(
        "Barang",
        BARANG,
        "A;Apel;;;;3;;;;",
        "B;Bayam;;;;-3;;;;",
        "C;Cabai;;;;;90.000;;;",
        "D;Duku;;;;0,0005;5.000;;;",
        "E;Ebi;;;;;;;Mungkin;",
        "F;Fanta;;-5;;;;;;",
    )
    assert [(row, column) for row, column, _ in faults] == [
        (6, "Pakai Stok"),
        (2, "Nilai Stok"),
        (3, "Stok Awal"),
        (4, "Stok Awal"),
        (5, "Stok Awal"),
        (7, "Harga Beli"),
    ]


def test_the_second_product_of_a_name_is_remarked(sheets: Sheets) -> None:
    sheets.book.execute(AddProduct(name="Kopi", code="K1"))
    result = sheets.load("Barang", "Kode;Nama", "K2;Kopi")
    assert [item.params["codes"] for item in result.remarks] == ["K1, K2"]
    faults = sheets.faults("Penjualan", "Tanggal;Nama Barang;Jumlah;Harga", "05/10/2026;Kopi;1;2.000")
    assert faults == [(2, "Nama Barang", "More than one product is called Kopi: K1, K2.")]


def test_customers_with_what_they_owe(sheets: Sheets) -> None:
    head = "Kode;Nama;Telepon;Alamat;Sisa Bon;Per Tanggal"
    sheets.load("Pelanggan", head, "7;Bu Wati;857-4011-2093;Kauman;45.000;30/09/2026", ";Pak Darmo;;;;")
    assert sheets.rows("SELECT code, name, phone, address FROM party ORDER BY id") == [
        ("7", "Bu Wati", "+6285740112093", "Kauman"),
        ("PL-0001", "Pak Darmo", "", ""),
    ]
    sheets.load("Pelanggan", head, "7;Bu Wati;;Batang;45.000;", ";Pak Darmo;;;12.000;01/10/2026")
    assert sheets.rows("SELECT name, phone, address FROM party ORDER BY id")[0] == (
        "Bu Wati",
        "+6285740112093",
        "Batang",
    )
    assert balances(sheets.book)["1-1201"] == 57_000
    assert sheets.faults("Pelanggan", head, "7;Bu Wita;;;;", "7;Bu Wati;;;46.000;", ";Bu Sri;;;-1;") == [
        (2, "Nama", "Code 7 is Bu Wati in this book."),
        (3, "Sisa Bon", "For Bu Wati 45000 were taken over already."),
        (4, "Sisa Bon", "What is owed is written without a minus sign."),
    ]


def test_people_of_the_shop_with_their_nicknames(sheets: Sheets) -> None:
    sheets.load("Pelanggan", "Nama;Panggilan;Telepon", "Sri Wahyuni;Yu Sri;0857-4011-2093", "Darmo;;")
    sheets.load("Pemasok", "Kode;Nama;Alamat;Nama Panggilan", "1;Toko Makmur;Batang;Koh Lie")
    sheets.load("Pelanggan", "Nama;Panggilan", "Darmo;Pak Mo")
    # A file without the column says nothing about it.
    sheets.load("Pelanggan", "Nama;Alamat", "Sri Wahyuni;Kauman")
    assert sheets.rows("SELECT name, nickname, phone, address FROM party ORDER BY id") == [
        ("Sri Wahyuni", "Yu Sri", "+6285740112093", "Kauman"),
        ("Darmo", "Pak Mo", "", ""),
        ("Toko Makmur", "Koh Lie", "", "Batang"),
    ]


def test_suppliers_and_the_second_of_a_name(sheets: Sheets) -> None:
    sheets.load("Pemasok", "Kode;Nama;Telepon", "1;Toko Makmur;")
    result = sheets.load("Pemasok", "Kode;Nama;Telepon", "1;Toko Makmur;0285-391274", "2;Toko Makmur;")
    assert [item.params["codes"] for item in result.remarks] == ["1, 2"]
    assert sheets.rows("SELECT code, phone FROM party ORDER BY id") == [("1", "+62285391274"), ("2", "")]


def test_rows_of_one_number_are_one_sale(sheets: Sheets) -> None:
    rice(sheets.book)
    sheets.load(
        "Penjualan",
        PENJUALAN,
        "05/10/2026;N-1;BR;;2;kg;;500;Bon;10.000;19/10/2026;Bu Wati",
        "05/10/2026;N-1;;Gorengan;8;buah;1.500;;;;;",
        "05/10/2026;;;Gorengan;3;;1.500;;;;;",
        "05/10/2026;;;Gorengan;3;;1.500;;;;;",
    )
    assert sheets.rows("SELECT number, gross, discount, paid, method FROM sale ORDER BY id") == [
        ("N-1", 42_000, 500, 10_000, "credit"),
        ("JL-2610-0001", 4_500, 0, 4_500, "cash"),
        ("JL-2610-0002", 4_500, 0, 4_500, "cash"),
    ]
    assert sheets.rows("SELECT number, due, amount FROM bill") == [("N-1", "2026-10-19", 31_500)]
    assert sheets.rows("SELECT code, name, unit, stocked FROM product WHERE name = 'Gorengan'") == [
        ("B-0001", "Gorengan", "buah", 0)
    ]
    assert sheets.rows("SELECT code, name FROM party") == [("PL-0001", "Bu Wati")]


def test_a_new_product_may_stand_on_several_rows_of_its_first_note(sheets: Sheets) -> None:
    sheets.load(
        "Penjualan",
        PENJUALAN,
        "05/10/2026;N-1;X1;Es Teh;2;;3.000;;;;;",
        "05/10/2026;N-1;X1;;1;;3.000;;;;;",
        "05/10/2026;N-1;;es teh;4;;2.500;;;;;",
    )
    assert sheets.rows("SELECT code, name FROM product") == [("X1", "Es Teh")]
    assert sheets.rows("SELECT sum(amount) FROM sale_line") == [(19_000,)]


def test_what_is_wrong_with_a_sale_stands_at_its_cell(sheets: Sheets) -> None:
    rice(sheets.book)
    faults = sheets.faults(
        "Penjualan",
        PENJUALAN,
        "05/10/2026;N-1;;Gorengan;1;;1.500;;;;;",
        "05/10/2026;N-1;BR;;20,5;;;;;;;",
        "06/10/2026;N-2;ZZ;;1;;500;;;;;",
        "06/10/2026;N-3;;;1;;500;;;;;",
        "06/10/2026;N-4;BR;;1;liter;;;;;;",
        "06/10/2026;N-5;BR;;0;;;;;;;",
        "06/10/2026;N-6;BR;;1;;;;Bon;;;",
        "06/10/2026;N-7;BR;;1;;;;;16.000;;",
        "06/10/2026;N-8;;Gorengan;1;;;;;;;",
        "06/10/2026;N-9;BR;;1;;;99.000;;;;",
    )
    assert [(row, column) for row, column, _ in faults] == [
        (3, "Jumlah"),
        (4, "Kode Barang"),
        (5, "Nama Barang"),
        (6, "Satuan"),
        (7, "Jumlah"),
        (8, "Pelanggan"),
        (9, "Dibayar"),
        (10, "Harga"),
        (11, "Potongan"),
    ]
    assert faults[0][2] == "Of Beras only 20 are left."


def test_purchases_bring_products_and_suppliers(sheets: Sheets) -> None:
    sheets.load(
        "Pembelian",
        PEMBELIAN,
        "04/10/2026;F-1;Gula;10;16.000;10.000;Utang;50.000;Toko Makmur",
        "04/10/2026;F-1;Kopi;2;20.000;;;;",
    )
    assert sheets.rows("SELECT name, quantity, value FROM product ORDER BY id") == [
        ("Gula", 10_000, 168_000),
        ("Kopi", 2_000, 42_000),
    ]
    assert balances(sheets.book) == {"1-1101": -50_000, "1-1301": 210_000, "2-1101": -160_000}
    sheets.book.execute(
        AddProduct(name="Teh", code="TH", buy_price=4_000, big_unit="dus", big_size=Decimal(12))
    )
    sheets.load("Pembelian", "Tanggal;Nama Barang;Jumlah;Satuan", "04/10/2026;Teh;2;dus")
    assert stock(sheets.book, "TH") == (24_000, 96_000)
    faults = sheets.faults(
        "Pembelian", PEMBELIAN, "04/10/2026;F-2;Gula;1;;;;;", "04/10/2026;F-3;Gula;1;5;;Utang;;"
    )
    assert [(row, column) for row, column, _ in faults] == [(2, "Harga"), (3, "Pemasok")]


def test_the_same_file_adds_nothing_the_second_time(sheets: Sheets) -> None:
    rows = (PEMBELIAN, "04/10/2026;F-1;Gula;10;16.000;;;;", "04/10/2026;;Gula;1;16.500;;;;")
    assert sheets.load("Pembelian", *rows).documents == 2
    again = sheets.load("Pembelian", *rows)
    assert (again.documents, again.known) == (0, 2)
    sheets.book.undo()
    assert balances(sheets.book) == {}
    assert sheets.load("Pembelian", *rows).documents == 2
    assert stock(sheets.book, "B-0001") == (11_000, 176_500)


def test_payments_of_bills(sheets: Sheets) -> None:
    sheets.load("Pelanggan", "Kode;Nama;Sisa Bon;Per Tanggal", "7;Bu Wati;45.000;30/09/2026")
    sheets.load("Pemasok", "Nama;Sisa Utang;Per Tanggal", "Toko Makmur;90.000;30/09/2026")
    head = "Tanggal;No Bukti;Pelanggan;Jumlah;No Nota;Kas/Bank"
    sheets.load("Bayar Bon", head, "02/10/2026;K-1;7;15.000;;", "02/10/2026;K-1;;5.000;SA-2609-0001;Bank")
    sheets.load("Bayar Utang", "Tanggal;Pemasok;Jumlah", "03/10/2026;toko makmur;60.000")
    assert balances(sheets.book) == {
        "1-1101": -60_000,
        "1-1111": 20_000,
        "1-1201": 25_000,
        "2-1101": -30_000,
        "3-9999": 45_000,
    }
    faults = sheets.faults(
        "Bayar Bon",
        head,
        "04/10/2026;K-2;Bu Wati;25.001;;",
        "04/10/2026;K-3;Bu Sri;1.000;;",
        "04/10/2026;K-4;Bu Wati;1.000;N-9;",
        "04/10/2026;K-5;Bu Wati;0;;",
        "04/10/2026;K-6;Bu Wati;1.000;;Laci",
    )
    assert [(row, column) for row, column, _ in faults] == [
        (2, "Jumlah"),
        (3, "Pelanggan"),
        (4, "No Nota"),
        (5, "Jumlah"),
        (6, "Kas/Bank"),
    ]


def test_money_in_and_out_and_between(sheets: Sheets) -> None:
    sheets.load(
        "Kas",
        KAS,
        "01/10/2026;KM-1;;2.000.000;;Modal masuk;;;",
        "02/10/2026;KK-1;Listrik;;185.000;listrik & air;PLN;;",
        "02/10/2026;KK-1;Materai;;10.000;6-1005;;;",
        "03/10/2026;;Setor;;500.000;Pindah kas;;;Bank",
        "04/10/2026;;Ambil;;50.000;;;Bank;Kas Kecil",
    )
    assert balances(sheets.book) == {
        "1-1101": 1_305_000,
        "1-1102": 50_000,
        "1-1111": 450_000,
        "3-1001": -2_000_000,
        "6-1003": 185_000,
        "6-1005": 10_000,
    }
    assert sheets.rows("SELECT memo FROM entry WHERE number = 'KK-1' ORDER BY id") == [
        ("Listrik (PLN)",),
        ("Materai",),
    ]


def test_what_is_wrong_with_a_row_of_cash_stands_at_its_cell(sheets: Sheets) -> None:
    faults = sheets.faults(
        "Kas",
        KAS,
        "01/10/2026;A-1;;;5;Gaji;;;",
        "01/10/2026;A-1;;;5;Jajan;;;",
        "01/10/2026;A-2;;5;6;Gaji;;;",
        "01/10/2026;A-3;;;;Gaji;;;",
        "01/10/2026;A-4;;;-5;Gaji;;;",
        "01/10/2026;A-5;;5;;Gaji;;;",
        "01/10/2026;A-6;;;5;;;;",
        "01/10/2026;A-7;;;5;Gaji;;Laci;",
        "01/10/2026;A-8;;;5;Gaji;;;Bank",
        "01/10/2026;A-9;;;5;Pindah kas;;;",
        "01/10/2026;A-10;;5;;Pindah kas;;;Bank",
        "01/10/2026;A-11;;;5;Pindah kas;;;Laci",
        "01/10/2026;A-12;;;5;1-1201;;;",
    )
    assert [(row, column) for row, column, _ in faults] == [
        (3, "Kategori"),
        (4, "Keluar"),
        (5, "Keluar"),
        (6, "Keluar"),
        (7, "Kategori"),
        (8, "Kategori"),
        (9, "Kas/Bank"),
        (10, "Ke Kas/Bank"),
        (11, "Ke Kas/Bank"),
        (12, "Masuk"),
        (13, "Ke Kas/Bank"),
        (14, "Kategori"),
    ]
