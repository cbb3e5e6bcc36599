"""Rows that can't be imported: each fault at its cell with what to do, a marked copy, and nothing changed."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.outside import Lumbung, Row, workbook

KAS = ("Tanggal", "No Bukti", "Keterangan", "Masuk", "Keluar", "Kategori", "Pihak", "Kas/Bank", "Ke Kas/Bank")
JURNAL = ("Tanggal", "No Bukti", "Keterangan", "Kode Akun", "Debet", "Kredit")
PENJUALAN = (
    "Tanggal", "No Nota", "Kode Barang", "Nama Barang", "Jumlah", "Satuan", "Harga", "Potongan", "Bayar", "Dibayar",
    "Jatuh Tempo", "Pelanggan",
)  # fmt: skip
DAY = date(2026, 1, 5)


@pytest.fixture
def book(lumbung: Lumbung, tmp_path: Path) -> Path:
    """An empty business book."""
    return lumbung.new(tmp_path / "warung.lumbung")


def _money_in(amounts: list[Any]) -> list[Row]:
    return [
        KAS,
        *((DAY, str(place), "x", item, None, "Pendapatan lain") for place, item in enumerate(amounts)),
    ]


def _sale(number: str, quantity: Any = 2, price: Any = 3000, *more: Any) -> Row:
    return (DAY, number, None, "Teh", quantity, None, price, *more)


def test_amounts_that_are_refused(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    wrong = [
        "seratus",
        "1,250",
        "1.5",
        1.5,
        "1.250.000,50",
        1250.25,
        "1,250.00",
        "12.50",
        "25rb",
        10**16,
        True,
    ]
    file = workbook(tmp_path / "kas.xlsx", {"Kas": _money_in(wrong)})
    faults = lumbung.faults(book, file)
    assert [(sheet, row, column) for sheet, row, column, _, _ in faults] == [
        ("Kas", 2 + place, "Masuk") for place in range(len(wrong))
    ]
    assert [value for *_, value, _ in faults][:3] == ["seratus", "1,250", "1.5"]
    said = lumbung("import", book, file)
    lines = said.err.splitlines()
    assert lines[0].startswith('Kas!D2: "seratus" ')
    assert all(line.startswith(f"Kas!D{2 + place}: ") for place, line in enumerate(lines[: len(wrong)]))


def test_amounts_that_are_understood(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    """1,250,000 x 3 + 1,250 + 75,000."""
    right = [1_250_000, "1.250.000", "Rp 1.250.000,00", "1.250", 75_000.0]
    lumbung.good("import", book, workbook(tmp_path / "kas.xlsx", {"Kas": _money_in(right)}))
    assert lumbung.totals(book, "cash-book", "--month", "2026-01")["in"] == 3_826_250


def test_formats_and_formulas_of_cells(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    from openpyxl import Workbook

    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = "Kas"
    for row in _money_in(["=1000+500", "#REF!", 0.5, 1250, date(2026, 1, 1)]):
        sheet.append(list(row))
    sheet["D3"].data_type = "e"
    sheet["D4"].number_format = "0%"
    sheet["D5"].number_format = "#,##0.00"
    sheet["D6"].number_format = "dd/mm/yyyy"
    sheet.append(["#N/A", "9", "x", 5, None, "Pendapatan lain"])
    sheet["A7"].data_type = "e"
    file = tmp_path / "kas.xlsx"
    made.save(file)
    faults = {(row, column): message for _, row, column, _, message in lumbung.faults(book, file)}
    assert set(faults) == {(2, "Masuk"), (3, "Masuk"), (4, "Masuk"), (6, "Masuk"), (7, "Tanggal")}
    assert "rumus tanpa hasil" in faults[2, "Masuk"]
    assert "#REF!" in faults[3, "Masuk"]
    assert "50%" in faults[4, "Masuk"]
    assert "#N/A" in faults[7, "Tanggal"]


def test_dates(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    wrong: list[Any] = ["31/02/2026", "2026-13-01", "01-31-2026", "kemarin", "13/13/2026", 46_027, None]
    right: list[Any] = ["31/10/2026", "2026-10-31", datetime(2026, 10, 31), "03/04/2026"]  # noqa: DTZ001
    rows: list[Row] = [KAS, *((day, None, "x", 1000, None, "Pendapatan lain") for day in [*wrong, *right])]
    faults = lumbung.faults(book, workbook(tmp_path / "kas.xlsx", {"Kas": rows}))
    assert [(row, column) for _, row, column, _, _ in faults] == [
        (2 + place, "Tanggal") for place in range(len(wrong))
    ]
    lumbung.good("import", book, workbook(tmp_path / "baik.xlsx", {"Kas": [KAS, *rows[len(wrong) + 1 :]]}))
    # 3 April, not 4 March; old and future dates are not asked about.
    days = [row["date"] for row in lumbung.items(book, "cash-book", "--year", "2026")]
    assert days == ["2026-04-03", "2026-10-31", "2026-10-31", "2026-10-31"]


def test_a_huge_cell_is_told_shortly(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    file = workbook(tmp_path / "kas.xlsx", {"Kas": _money_in(["9" * 32_000])})
    ((_, row, column, value, message),) = lumbung.faults(book, file)
    assert (row, column) == (2, "Masuk")
    assert len(value) < 200
    assert len(message) < 400


def test_journal_entries(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    file = workbook(
        tmp_path / "jurnal.xlsx",
        {
            "Jurnal": [
                JURNAL,
                (DAY, "1", "x", "1-9999", 1000, None),
                (DAY, "1", "x", "1-1101", None, 1000),
                (DAY, "2", "x", "6-1002", 1000, None),
                (DAY, "2", "x", "1-1101", None, 900),
                (DAY, "3", "x", "6-1002", 1000, 1000),
                (DAY, "4", "x", "1-1101", None, 1000),
                (DAY, "4", "x", "1-1201", 1000, None),
                (DAY, "5", "x", "6-1002", -1000, None),
                (DAY, "6", "x", None, 1000, None),
            ]
        },
    )
    faults = {(row, column): message for _, row, column, _, message in lumbung.faults(book, file)}
    assert set(faults) == {
        (2, "Kode Akun"),
        (5, "Kredit"),
        (6, "Kredit"),
        (8, "Kode Akun"),
        (9, "Debet"),
        (10, "Kode Akun"),
    }
    assert "1-9999" in faults[2, "Kode Akun"]
    assert "Rp1.000" in faults[5, "Kredit"]
    assert "Rp900" in faults[5, "Kredit"]
    assert "1-1201" in faults[8, "Kode Akun"]


def test_sales(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    file = workbook(
        tmp_path / "jual.xlsx",
        {
            "Penjualan": [
                PENJUALAN,
                _sale("N1", 2, 3000, None, "Bon"),
                _sale("N2", 2, 3000, None, "Kasbon", None, None, "Bu Wati"),
                _sale("N3", -2),
                _sale("N4", 2, 3000, 9000),
                _sale("N5", 2, 3000, None, "Bon", 7000, None, "Bu Wati"),
                _sale("N6", 0),
                _sale("N7", "dua"),
                _sale("N8", None),
                (DAY, "N9", None, None, 1, None, 3000),
            ]
        },
    )
    faults = {(row, column) for _, row, column, _, _ in lumbung.faults(book, file)}
    assert faults == {
        (2, "Pelanggan"),
        (3, "Bayar"),
        (4, "Jumlah"),
        (5, "Potongan"),
        (6, "Dibayar"),
        (7, "Jumlah"),
        (8, "Jumlah"),
        (9, "Jumlah"),
        (10, "Nama Barang"),
    }


def test_what_belongs_to_the_whole_note_is_the_same_in_all_rows(
    lumbung: Lumbung, book: Path, tmp_path: Path
) -> None:
    rows = [PENJUALAN, _sale("N1", 2, 3000, None, "Tunai"), _sale("N1", 1, 4000, None, "QRIS")]
    ((_, row, column, value, message),) = lumbung.faults(
        book, workbook(tmp_path / "jual.xlsx", {"Penjualan": rows})
    )
    assert (row, column, value) == (3, "Bayar", "QRIS")
    assert "Tunai" in message


def test_more_than_the_stock_is_a_fault_of_its_cell(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    goods = [("Kode", "Nama", "Harga Beli", "Harga Jual", "Stok Awal"), ("A", "Apel", 1000, 1500, 5)]
    rows = [PENJUALAN, (DAY, "N1", "A", None, 3), (DAY, "N2", "A", None, 3), (DAY, "N3", "A", None, 2)]
    file = workbook(tmp_path / "jual.xlsx", {"Barang": goods, "Penjualan": rows})
    faults = lumbung.faults(book, file)
    # After N1 two are left: N2 is too much, N3 is not.
    assert [(sheet, row, column, value) for sheet, row, column, value, _ in faults] == [
        ("Penjualan", 3, "Jumlah", "3")
    ]
    assert "Apel" in faults[0][4]
    assert " 2" in faults[0][4]
    assert lumbung.items(book, "stock", "--on", "2026-01-31") == []


def test_control_accounts_in_the_opening_are_compared(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    sheets: dict[str, list[Row]] = {
        "Saldo Awal": [
            ("Tanggal", "Kode Akun", "Nama Akun", "Debet", "Kredit"),
            (DAY, "1-1101", "Kas Tunai", 500, None),
            (DAY, "1-1201", "Piutang Usaha", 700, None),
        ],
        "Pelanggan": [("Kode", "Nama", "Sisa Bon"), ("1", "Bu Wati", 450), ("2", "Bu Rini", 150)],
    }
    ((sheet, row, column, _, message),) = lumbung.faults(book, workbook(tmp_path / "awal.xlsx", sheets))
    assert (sheet, row, column) == ("Saldo Awal", 3, "Debet")
    assert "Rp700" in message
    assert "Rp600" in message


def test_cash_rows(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    rows: list[Row] = [
        KAS,
        (DAY, "1", "y", 1000, None, "Jajan"),
        (DAY, "2", "y", None, 1000, "Pindah kas", None, "Kas Tunai", "Bank BRI"),
        (DAY, "3", "y", 1000, 1000, "Gaji"),
        (DAY, "4", "y", 1000, None, "Gaji"),
        (DAY, "5", "y", None, 1000, "Modal masuk"),
        (DAY, "6", "y", None, None, "Gaji"),
        (DAY, "7", "y", None, 1000, None),
        (DAY, "8", "y", None, 1000, "Gaji", None, "Laci"),
        (DAY, "9", "y", None, 1000, "1-1301"),
    ]
    faults = {
        (row, column)
        for _, row, column, _, _ in lumbung.faults(book, workbook(tmp_path / "kas.xlsx", {"Kas": rows}))
    }
    assert faults == {
        (2, "Kategori"),
        (3, "Ke Kas/Bank"),
        (4, "Keluar"),
        (5, "Kategori"),
        (6, "Kategori"),
        (7, "Keluar"),
        (8, "Kategori"),
        (9, "Kas/Bank"),
        (10, "Kategori"),
    }


def test_the_same_number_with_other_content(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    first = workbook(tmp_path / "a.xlsx", {"Penjualan": [PENJUALAN, _sale("N1"), _sale("N2")]})
    lumbung.good("import", book, first)
    second = workbook(
        tmp_path / "b.xlsx", {"Penjualan": [PENJUALAN, _sale("N1"), _sale("N2", 3), _sale("N3")]}
    )
    faults = lumbung.faults(book, second)
    assert [(sheet, row, column, value) for sheet, row, column, value, _ in faults] == [
        ("Penjualan", 3, "No Nota", "N2")
    ]
    third = workbook(tmp_path / "c.xlsx", {"Penjualan": [PENJUALAN, _sale("N3"), _sale("N1"), _sale("N2")]})
    lumbung.good("import", book, third)
    assert lumbung.totals(book, "sales", "--month", "2026-01")["sales"] == 18_000


def test_equal_rows_count_as_often_as_they_stand(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    tea = _sale("", 1, 3000, None, "Tunai")
    for count, sales in ((2, 6_000), (2, 6_000), (3, 9_000), (1, 9_000)):
        file = workbook(tmp_path / "teh.xlsx", {"Penjualan": [PENJUALAN, *[tea] * count]})
        lumbung.good("import", book, file)
        assert lumbung.totals(book, "sales", "--month", "2026-01")["sales"] == sales


def test_the_marked_copy(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    rows = _money_in([5000, "seratus"])
    file = workbook(tmp_path / "kas.xlsx", {"Kas": rows, "Catatan": [("milik saya",)]})
    lumbung.faults(book, file)
    marked = load_workbook(tmp_path / "kas-perlu-diperbaiki.xlsx")
    sheet = marked["Kas"]
    assert sheet["D3"].value == "seratus"
    assert sheet["D3"].fill.fgColor.rgb != sheet["D2"].fill.fgColor.rgb
    assert sheet["D3"].comment is not None
    assert "seratus" in sheet["D3"].comment.text
    assert sheet["D2"].value == 5000
    # Corrected and imported, it is taken.
    sheet["D3"] = 7000
    marked.save(tmp_path / "kas-perlu-diperbaiki.xlsx")
    lumbung.good("import", book, tmp_path / "kas-perlu-diperbaiki.xlsx")
    assert lumbung.totals(book, "cash-book", "--month", "2026-01")["in"] == 12_000


def test_a_code_beside_another_name(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    goods = [("Kode", "Nama", "Harga Jual"), ("TH", "Teh", 3000), ("KP", "Kopi", 4000)]
    rows = [PENJUALAN, (DAY, "N1", "TH", "teh", 1), (DAY, "N2", "TH", "Kopi", 1)]
    lumbung.good("import", book, workbook(tmp_path / "barang.xlsx", {"Barang": goods}))
    faults = lumbung.faults(book, workbook(tmp_path / "a.xlsx", {"Penjualan": rows}))
    assert [fault[:4] for fault in faults] == [("Penjualan", 3, "Kode Barang", "TH")]
    assert "KP" in faults[0][4]
    rows = [PENJUALAN, (DAY, "N1", "TH", "Es teh manis", 1), (DAY, "N2", "TH", "Es teh manis", 1)]
    said = lumbung.good("import", book, workbook(tmp_path / "b.xlsx", {"Penjualan": rows}))
    assert said.out.count("Es teh manis") == 1


def test_purchases_and_payments(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    heads = (
        "Tanggal", "No Nota", "Nama Barang", "Jumlah", "Satuan", "Harga", "Bayar", "Dibayar", "Jatuh Tempo", "Pemasok",
    )  # fmt: skip
    purchases = [
        heads,
        (DAY, "1", "Teh", 2, None, 3000, "Utang"),
        (DAY, "2", "Teh", 2, None, 3000, "Tunai", 7000),
        (DAY, "3", "Teh", 2),
        (DAY, "4", "Teh", 2, None, 3000, "QRIS"),
        (DAY, "5", "Teh", 2, None, 3000, "Utang", None, "01/01/2026", "Toko"),
    ]
    faults = lumbung.faults(book, workbook(tmp_path / "beli.xlsx", {"Pembelian": purchases}))
    assert {(row, column) for _, row, column, _, _ in faults} == {
        (2, "Pemasok"),
        (3, "Dibayar"),
        (4, "Harga"),
        (5, "Bayar"),
        (6, "Jatuh Tempo"),
    }
    paid = ("Tanggal", "No Bukti", "Pelanggan", "Jumlah", "No Nota")
    sheets: dict[str, list[Row]] = {
        "Pelanggan": [("Kode", "Nama", "Sisa Bon", "Per Tanggal"), ("1", "Bu Wati", 600, date(2025, 12, 31))],
        "Bayar Bon": [
            paid,
            (DAY, "1", "Bu Wati", 700),
            (DAY, "2", "Bu Wati", 100, "N-9"),
            (DAY, "3", "Tak Dikenal", 5),
            (DAY, "4", "Bu Wati", 600),
        ],
    }
    found = lumbung.faults(book, workbook(tmp_path / "bayar.xlsx", sheets))
    assert [(sheet, row, column) for sheet, row, column, _, _ in found] == [
        ("Bayar Bon", 2, "Jumlah"),
        ("Bayar Bon", 3, "No Nota"),
        ("Bayar Bon", 4, "Pelanggan"),
    ]
    assert found[2][4] == "Pelanggan Tak Dikenal tidak ada."


def test_products_and_accounts(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    goods = [
        ("Kode", "Nama", "Harga Beli", "Stok Awal", "Per Tanggal", "Barcode", "Pakai Stok"),
        ("A", "Apel", None, 3),
        ("A", "Anggur"),
        ("C", "Ceri", 1000, -3),
        ("F", None),
        ("G", "Gula", "x"),
        ("H", "Hati", 1, None, None, 8991234567890123456),
        ("I", "Ikan", 1, 2, "32/01/2026", None, "mungkin"),
    ]
    faults = lumbung.faults(book, workbook(tmp_path / "barang.xlsx", {"Barang": goods}))
    assert {(row, column) for _, row, column, _, _ in faults} >= {
        (3, "Nama"),
        (4, "Stok Awal"),
        (5, "Nama"),
        (6, "Harga Beli"),
        (7, "Barcode"),
        (8, "Per Tanggal"),
        (8, "Pakai Stok"),
    }
    accounts = [
        ("Kode", "Nama", "Jenis", "Induk"),
        ("6-1098", "Sumbangan", "Beban"),
        ("6-1098", "Lain", "Beban"),
        ("9-9", "X", "Ngawur"),
        ("1-1101", "Kas Lain", "Aset"),
        ("6-7777", "Aneh", "Aset"),
    ]
    faults = lumbung.faults(book, workbook(tmp_path / "akun.xlsx", {"Akun": accounts}))
    assert {(row, column) for _, row, column, _, _ in faults} == {
        (3, "Nama"),
        (4, "Jenis"),
        (5, "Nama"),
        (6, "Kode"),
    }
    assert not [message for *_, message in faults if "asset" in message or "expense" in message]
