"""Questions an owner's workbook raises: order within a day, part payments, units, kept and unkept stock."""

from datetime import date
from pathlib import Path

import pytest

from tests.acceptance.outside import Lumbung, Row, workbook

DAY = date(2026, 1, 5)
JUAL = (
    "Tanggal", "No Nota", "Kode Barang", "Nama Barang", "Jumlah", "Satuan", "Harga", "Bayar", "Dibayar", "Jatuh Tempo",
    "Pelanggan", "Kas/Bank",
)  # fmt: skip
BELI = (
    "Tanggal", "No Nota", "Nama Barang", "Jumlah", "Satuan", "Harga", "Ongkos Angkut", "Bayar", "Dibayar", "Pemasok",
    "Kas/Bank",
)  # fmt: skip
_END = "2026-12-31"


@pytest.fixture
def book(lumbung: Lumbung, tmp_path: Path) -> Path:
    """An empty business book."""
    return lumbung.new(tmp_path / "warung.lumbung")


def test_the_order_within_a_day(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    """Opening, purchase, sale, payment, cash, whatever the order of the sheets: 2 at 1,000 and 2 at 2,000."""
    sheets: dict[str, list[Row]] = {
        "Bayar Bon": [("Tanggal", "Pelanggan", "Jumlah"), (DAY, "Bu Wati", 12_000)],
        "Penjualan": [JUAL, (DAY, "N1", None, "Teh", 4, None, 3000, "Bon", None, None, "Bu Wati")],
        "Pembelian": [BELI, (DAY, "P1", "Teh", 2, None, 2000, None, "Tunai")],
        "Barang": [("Kode", "Nama", "Harga Beli", "Stok Awal", "Per Tanggal"), ("TH", "Teh", 1000, 2, DAY)],
    }
    lumbung.good("import", book, workbook(tmp_path / "a.xlsx", sheets))
    assert lumbung.balances(book, _END) == {
        "1-1101": 8_000,
        "3-9999": -2_000,
        "4-1001": -12_000,
        "5-1001": 6_000,
    }
    assert lumbung.items(book, "receivables", "--on", _END) == []


def test_rows_are_posted_by_date(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    """Sale rows stand newest first; the purchase of the 3rd serves the sale of the 5th, not that of the 2nd."""
    sale = (None, "Teh", 1, None, 3000, "Tunai")
    sheets: dict[str, list[Row]] = {
        "Penjualan": [JUAL, (date(2026, 1, 5), "N2", *sale), (date(2026, 1, 4), "N1", *sale)],
        "Pembelian": [BELI, (date(2026, 1, 3), "P1", "Teh", 2, None, 2000)],
    }
    lumbung.good("import", book, workbook(tmp_path / "a.xlsx", sheets))
    card = lumbung.items(book, "stock-card", "--product", "Teh", "--month", "2026-01")
    assert [row["number"] for row in card] == ["P1", "N1", "N2"]
    # From a purchase on stock is kept: two days before it there was none.
    early: list[Row] = [JUAL, (date(2026, 1, 2), "N0", None, "Teh", 1, None, 3000)]
    faults = lumbung.faults(book, workbook(tmp_path / "b.xlsx", {"Penjualan": early}))
    assert [fault[:3] for fault in faults] == [("Penjualan", 2, "Jumlah")]


def test_how_notes_are_paid(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    """Each note 2 x 3,000. Part payments leave the rest on bon; money goes to its place."""
    rows: list[Row] = [
        JUAL,
        (DAY, "A", None, "Teh", 2, None, 3000, "Tunai"),
        (DAY, "B", None, "Teh", 2, None, 3000, "QRIS"),
        (DAY, "C", None, "Teh", 2, None, 3000, "Transfer"),
        (DAY, "D", None, "Teh", 2, None, 3000, "Bon", None, None, "Bu Wati"),
        (DAY, "E", None, "Teh", 2, None, 3000, "Bon", 1500, date(2026, 2, 4), "Bu Wati"),
        (DAY, "F", None, "Teh", 2, None, 3000, "Tunai", 2000, None, "Pak Joko"),
        (DAY, "G", None, "Teh", 2, None, 3000, None, None, None, None, "Bank"),
        (DAY, "H", None, "Teh", 2, None, 3000, "Transfer", 2500, None, "Pak Joko"),
    ]
    lumbung.good("import", book, workbook(tmp_path / "a.xlsx", {"Penjualan": rows}))
    balances = lumbung.balances(book, _END)
    # Cash A 6,000 + E 1,500 + F 2,000; bank C 6,000 + G 6,000 + H 2,500; bon 6,000 + 4,500 + 4,000 + 3,500.
    assert balances == {
        "1-1101": 9_500,
        "1-1111": 14_500,
        "1-1121": 6_000,
        "1-1201": 18_000,
        "4-1001": -48_000,
    }
    owed = {row["name"]: row["total"] for row in lumbung.items(book, "receivables", "--on", _END)}
    assert owed == {"Bu Wati": 10_500, "Pak Joko": 7_500}
    january = {row["name"]: row for row in lumbung.items(book, "receivables", "--on", "2026-01-31")}
    assert (january["Bu Wati"]["not_due"], january["Bu Wati"]["days_1_30"]) == (4_500, 6_000)


def test_freight_goes_into_the_cost(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    """10,000 + 20,000 and freight 1,000: 333 and 667 by value; all owed but 5,000."""
    rows: list[Row] = [
        BELI,
        (DAY, "P1", "Teh", 10, None, 1000, 1000, "Utang", 5000, "Toko A"),
        (DAY, "P1", "Kopi", 10, None, 2000, 1000, "Utang", None, "toko a"),
    ]
    lumbung.good("import", book, workbook(tmp_path / "a.xlsx", {"Pembelian": rows}))
    stock = {row["name"]: row["value"] for row in lumbung.items(book, "stock", "--on", _END)}
    assert stock == {"Teh": 10_333, "Kopi": 20_667}
    assert lumbung.totals(book, "payables", "--on", _END)["total"] == 26_000
    assert lumbung.balances(book, _END) == {"1-1101": -5_000, "1-1301": 31_000, "2-1101": -26_000}


def test_fractions_sell_out_to_nothing(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    """3 at 10,000 / 3: 1.5 cost 5,000; 0.7 of 1.5 at 5,000 cost 2,333; 0.8 the rest, 2,667."""
    sheets: dict[str, list[Row]] = {
        "Pembelian": [BELI, (DAY, "P1", "Gula", 3, "kg", 3333, 1)],
        "Penjualan": [
            JUAL,
            (DAY, "N1", None, "Gula", 1.5, "kg", 4000),
            (DAY, "N2", None, "Gula", "0,7", "kg", 4000),
            (DAY, "N3", None, "Gula", 0.8, None, 4000),
        ],
    }
    lumbung.good("import", book, workbook(tmp_path / "a.xlsx", sheets))
    assert "1-1301" not in lumbung.balances(book, _END)
    (row,) = lumbung.items(book, "sales-by-product", "--month", "2026-01")
    assert (row["quantity"], row["sales"], row["cost"]) == ("3", 12_000, 10_000)
    journal = [
        (row["number"], row["debit"])
        for row in lumbung.items(book, "journal", "--month", "2026-01")
        if row["code"] == "5-1001"
    ]
    assert journal == [("N1", 5_000), ("N2", 2_333), ("N3", 2_667)]


def test_master_data_again_with_changes(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    heads = ("Kode", "Nama", "Harga Beli", "Harga Jual", "Stok Awal", "Per Tanggal")
    people = ("Kode", "Nama", "Telepon", "Sisa Bon", "Per Tanggal")
    opening = date(2025, 12, 31)
    first: dict[str, list[Row]] = {
        "Barang": [heads, ("TH", "Teh", 2000, 3000, 10, opening)],
        "Pelanggan": [people, ("1", "Bu Wati", "0812-3456-7890", 5000, opening)],
    }
    lumbung.good("import", book, workbook(tmp_path / "a.xlsx", first))
    lumbung.do(book, "record-sale", "--on", "2026-01-05", "--line", "product=TH,quantity=4")
    lumbung.do(book, "receive-bill-payment", "--on", "2026-01-05", "--customer", "1", "--amount", "2000")
    second: dict[str, list[Row]] = {
        "Barang": [heads, ("TH", "Teh", 2000, 3500, 10, opening), ("KP", "Kopi", 1500, 2500, 3, opening)],
        "Pelanggan": [people, ("1", "Bu Wati", 81234567891, 5000, opening)],
    }
    lumbung.good("import", book, workbook(tmp_path / "b.xlsx", second))
    stock = {row["code"]: row["quantity"] for row in lumbung.items(book, "stock", "--on", _END)}
    assert stock == {"TH": "6", "KP": "3"}
    assert lumbung.totals(book, "receivables", "--on", _END)["total"] == 3_000
    third: dict[str, list[Row]] = {"Barang": [heads, ("TH", "Teh", 2000, 3500, 12, opening)]}
    faults = lumbung.faults(book, workbook(tmp_path / "c.xlsx", third))
    assert [fault[:3] for fault in faults] == [("Barang", 2, "Stok Awal")]


def test_cash_rows_of_one_number_are_one_document(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    heads = ("Tanggal", "No Bukti", "Keterangan", "Masuk", "Keluar", "Kategori", "Kas/Bank")
    rows: list[Row] = [
        heads,
        (DAY, "1", "a", None, 1000, "Gaji", "Bank"),
        (DAY, "1", "b", None, 2000, "ATK"),
        (DAY, None, "c", None, 300, "Transport"),
    ]
    lumbung.good("import", book, workbook(tmp_path / "a.xlsx", {"Kas": rows}))
    # The account of the first row counts for the whole document.
    assert lumbung.balances(book, _END) == {
        "1-1101": -300,
        "1-1111": -3_000,
        "6-1001": 1_000,
        "6-1004": 300,
        "6-1005": 2_000,
    }
    rows[2] = (DAY, "1", "b", None, 2000, "ATK", "Kas Tunai")
    other = lumbung.new(tmp_path / "lain.lumbung")
    faults = lumbung.faults(other, workbook(tmp_path / "b.xlsx", {"Kas": rows}))
    assert [fault[:3] for fault in faults] == [("Kas", 3, "Kas/Bank")]


def test_an_import_is_taken_back_as_a_whole(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    sheets: dict[str, list[Row]] = {
        "Pembelian": [BELI, (DAY, "P1", "Teh", 4, None, 2000)],
        "Penjualan": [JUAL, (DAY, "N1", None, "Teh", 3, None, 3000, "Bon", None, None, "Bu Wati")],
        "Bayar Bon": [("Tanggal", "Pelanggan", "Jumlah"), (DAY, "Bu Wati", 4_000)],
    }
    file = workbook(tmp_path / "a.xlsx", sheets)
    lumbung.good("import", book, file)
    once = lumbung.balances(book, _END)
    lumbung.good("undo", book)
    assert lumbung.balances(book, _END) == {}
    assert lumbung.good("check", book, "--json").json == {"findings": []}
    lumbung.good("import", book, file)
    assert lumbung.balances(book, _END) == once
