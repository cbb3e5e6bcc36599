"""Workbooks as treasurers really write them: odd headings, dates and amounts, and faults that stop everything."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests.acceptance.outside import Lumbung, workbook
from tests.acceptance.tani_makmur import tani_makmur


def day(month: int, number: int) -> date:
    """A day of 2026."""
    return date(2026, month, number)


@pytest.fixture
def empty(lumbung: Lumbung, tmp_path: Path) -> Path:
    """A new cooperative's book."""
    return lumbung.new(tmp_path / "ksp.lumbung", "cooperative")


@pytest.fixture
def book(lumbung: Lumbung, empty: Path, tmp_path: Path) -> Path:
    """The book of the worked scenario."""
    lumbung.good("import", empty, tani_makmur(tmp_path / "tani.xlsx"))
    return empty


def test_every_fault_is_told_and_nothing_is_imported(lumbung: Lumbung, empty: Path, tmp_path: Path) -> None:
    savings = [
        ("Tanggal", "No Anggota", "Jenis", "Setor", "Tarik", "No Bukti"),
        (day(1, 6), "0001", "Sukarela", 100_000, None, "SS-1"),
        (day(1, 6), "99", "Sukarela", 100_000, None, "SS-2"),
        (day(1, 7), "0001", "Sukarela", "1,250", None, "SS-3"),
        (day(1, 7), "0001", "Sukarela", "1.5", None, "SS-4"),
        (day(1, 7), "0001", "Sukarela", "Rp 1.250.000,50", None, "SS-5"),
        (day(1, 7), "0001", "Sukarela", None, 99_000_000, "TS-1"),
        (day(1, 7), "0001", "Pokok", None, 100_000, "TS-2"),
        ("31/02/2026", "0001", "Sukarela", 100_000, None, "SS-6"),
        ("kapan", "0001", "Sukarela", 100_000, None, "SS-7"),
        (None, "0001", "Sukarela", 100_000, None, "SS-8"),
        (day(1, 7), "0001", "Haji", 100_000, None, "SS-9"),
        (day(1, 7), "0001", "Sukarela", -5_000, None, "SS-10"),
        (day(1, 7), "0001", "Sukarela", 5_000.5, None, "SS-11"),
        (day(1, 7), "0001", "Sukarela", 5_000, 3_000, "SS-12"),
    ]
    instalments = [
        ("Tanggal", "No Pinjaman", "Jumlah", "No Bukti", "Pokok", "Jasa"),
        (day(1, 20), "PJ-9", 1_120_000, "A1", None, None),
        (day(1, 20), "PJ-11", 1_180_000, "A2", 1_000_000, 100_000),
        (day(1, 20), "PJ-11", 100_000_000, "A3", None, None),
        (date(2025, 12, 20), "PJ-11", 1_180_000, "A4", None, None),
    ]
    file = tani_makmur(tmp_path / "salah.xlsx", Simpanan=savings, Angsuran=instalments)
    found = lumbung.faults(empty, file)
    assert {(sheet, row, column) for sheet, row, column, _, _ in found} == {
        ("Simpanan", 3, "No Anggota"),
        ("Simpanan", 4, "Setor"),
        ("Simpanan", 5, "Setor"),
        ("Simpanan", 6, "Setor"),
        ("Simpanan", 7, "Tarik"),
        ("Simpanan", 8, "Jenis"),
        ("Simpanan", 9, "Tanggal"),
        ("Simpanan", 10, "Tanggal"),
        ("Simpanan", 11, "Tanggal"),
        ("Simpanan", 12, "Jenis"),
        ("Simpanan", 13, "Setor"),
        ("Simpanan", 14, "Setor"),
        ("Simpanan", 15, "Tarik"),
        ("Angsuran", 2, "No Pinjaman"),
        ("Angsuran", 3, "Jumlah"),
        ("Angsuran", 4, "Jumlah"),
        ("Angsuran", 5, "Tanggal"),
    }
    said = lumbung("import", empty, file)
    assert (said.status, said.out) == (1, "")
    assert "Simpanan!D4: " in said.err
    assert "Simpanan!B3: Anggota 99 tidak ada" in said.err
    assert "Traceback" not in said.err
    marked = load_workbook(tmp_path / "salah-perlu-diperbaiki.xlsx")
    notes = {cell.coordinate for row in marked["Simpanan"].iter_rows() for cell in row if cell.comment}
    assert {"B3", "D4", "A9", "E15"} <= notes
    assert lumbung.totals(empty, "members")["count"] == 0


def test_headings_dates_and_amounts_as_people_write_them(
    lumbung: Lumbung, empty: Path, tmp_path: Path
) -> None:
    excel = Workbook()
    sheet = excel.worksheets[0]
    sheet.title = "anggota"
    rows: list[tuple[Any, ...]] = [
        (
            "Catatan lain",
            " no  ANGGOTA",
            "NAMA",
            "TanggalMasuk",
            "telepon",
            "wajib per bulan",
            "Jenis Anggota",
        ),
        (None, "001", "Siti", "10/01/2022", 81229604471, "Rp 20.000", None),
        (None, "002", "Budi", "2022-03-01", "0812-2960-4471", 20_000, "Perorangan"),
        ("x", "003", "Koperasi Mekar", date(2024, 1, 10), None, None, "Badan"),
    ]
    for row in rows:
        sheet.append(row)
    sheet = excel.create_sheet("SIMPANAN")
    rows = [
        ("tanggal", "no anggota", "jenis", "setor", "no bukti", "Kas/Bank"),
        ("05/01/2026", "1", "Pokok", "100.000", None, None),
        ("2026-01-05", "2", "wajib", "Rp 1.250.000,00", None, "Bank"),
        (day(1, 7), "001", "SUKARELA", 10_000, None, None),
        (day(1, 7), "001", "SUKARELA", 10_000, None, None),
        (day(1, 8), "2", "Wajib", 20_000, "LS-1", None),
        (day(1, 8), "1", "Wajib", 30_000, "LS-1", None),
    ]
    for row in rows:
        sheet.append(row)
    sheet = excel.create_sheet("Pinjaman")
    rows = [
        ("No Pinjaman", "No Anggota", "Tanggal Cair", "Plafon", "Jasa %", "Per", "Metode", "Tenor"),
        ("A", "1", day(1, 9), 1_200_000, 0.18, "Tahun", "Anuitas", 12),
        ("B", "2", day(1, 9), 1_000_000, "10%", "Seluruhnya", "Flat", 10),
        ("C", "3", day(1, 9), 5_000_000, "1,5", "Bulan", "Bayar akhir", 6),
    ]
    for row in rows:
        sheet.append(row)
    sheet["E2"].number_format = "0%"
    excel.save(tmp_path / "orang.xlsx")
    said = lumbung.good("import", empty, tmp_path / "orang.xlsx")
    assert "Catatan lain" in said.out
    rows_ = lumbung.items(empty, "savings", "--on", "2026-01-31")
    # Two equal rows of a day are two deposits.
    assert [(row["member"], row["share"], row["mandatory"], row["voluntary"]) for row in rows_] == [
        ("001", 100_000, 30_000, 20_000),
        ("002", 0, 1_270_000, 0),
    ]
    # LS-1 is one document: one line of 50,000 in the cash book.
    book = {row["number"]: row["in"] for row in lumbung.items(empty, "cash-book", "--month", "2026-01")}
    assert book["LS-1"] == 50_000
    assert lumbung.balances(empty, "2026-01-31")["1-1111"] == 1_250_000
    # A: r = 1.5 %, 1,200,000 r / (1 - 1.015^-12) = 110,015.99; B: 100,000 + 10,000; C: 75,000 a month.
    first = {
        loan: lumbung.items(empty, "loan-schedule", "--loan", loan, "--on", "2026-01-31")[0]
        for loan in ("A", "B", "C")
    }
    assert [(row["principal"], row["interest"]) for row in first.values()] == [
        (92_016, 18_000),
        (100_000, 10_000),
        (0, 75_000),
    ]
    lumbung.good("import", empty, tmp_path / "orang.xlsx")
    assert lumbung.totals(empty, "savings", "--on", "2026-01-31")["total"] == 1_420_000


def test_instalments_from_savings_and_with_parts(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    rows = [
        (
            "Tanggal",
            "No Pinjaman",
            "Jumlah",
            "No Bukti",
            "Pokok",
            "Jasa",
            "Denda",
            "Dari Rekening",
            "Kas/Bank",
        ),
        # PJ-13 second instalment: 500,000 + 5,500,000 x 1.5 % = 82,500, out of voluntary savings of 1,700,000.
        (day(3, 8), "PJ-13", 582_500, "P1", None, None, None, "Sukarela", None),
        # Without Jumlah the parts are the amount.
        (day(3, 20), "PJ-11", None, "P2", 1_000_000, 180_000, 15_000, None, "Bank"),
    ]
    lumbung.good("import", book, workbook(tmp_path / "maret.xlsx", {"Angsuran": rows}))
    found = lumbung.items(book, "loan-payments", "--month", "2026-03")
    parts = {
        row["number"]: (row["principal"], row["interest"], row["penalty"], row["total"]) for row in found
    }
    assert parts["P1"] == (500_000, 82_500, 0, 582_500)
    assert parts["P2"] == (1_000_000, 180_000, 15_000, 1_195_000)
    assert lumbung.items(book, "savings", "--on", "2026-03-31")[0]["voluntary"] == 1_117_500
    cash = lumbung.totals(book, "cash-book", "--month", "2026-03")
    assert (cash["in"], cash["out"]) == (1_195_000, 0)


SLIP = ("Tanggal", "No Anggota", "Jenis", "Setor", "No Bukti")
JOURNAL = ("Tanggal", "No Bukti", "Kode Akun", "Debet", "Kredit")
LOAN = (
    "No Pinjaman",
    "No Anggota",
    "Tanggal Cair",
    "Pokok",
    "Jasa %",
    "Tenor",
    "Sisa Pokok",
    "Saldo Per Tanggal",
)


@pytest.mark.parametrize(
    ("sheet", "heading", "rows", "row", "column"),
    [
        # The number is in the book with other content.
        ("Simpanan", SLIP, [(day(1, 6), "1", "Wajib", 25_000, "SS-1")], 2, "No Bukti"),
        ("Angsuran", "Tanggal|No Pinjaman|Jumlah|No Bukti", [(day(1, 15), "PJ-11", 1_180_001, "AS-2")], 2, "No Bukti"),
        ("Pinjaman", LOAN, [("PJ-13", "2", day(1, 8), 1_000_000, 1, 12)], 2, "No Pinjaman"),
        ("Anggota", "No Anggota|Nama", [("0001", "Orang Lain")], 2, "Nama"),
        # Excel has changed the last digit of a number of sixteen.
        ("Anggota", "No Anggota|Nama|NIK", [("77", "Baru", 3325015504800001)], 2, "NIK"),
        # Savings follow their details; they are not journalised by hand.
        ("Jurnal", JOURNAL, [(day(2, 6), "J1", "2-1101", 5, None), (day(2, 6), "J1", "1-1101", None, 5)], 2, None),
        ("Jurnal", JOURNAL, [(day(2, 6), "J2", "6-2001", 5, None), (day(2, 6), "J2", "1-1101", None, 6)], None, None),
        ("Jurnal", JOURNAL, [(day(2, 6), "J", "6-9999", 5, None), (day(2, 6), "J", "1-1101", None, 5)], 2, "Kode Akun"),
        # More left than was ever lent.
        ("Pinjaman", LOAN, [("PJ-20", "1", day(1, 8), 1_000_000, 1, 12, 1_000_001, day(1, 31))], 2, None),
        ("Penjualan", "Tanggal|Nama Barang|Jumlah|Harga", [(day(1, 8), "Beras", 1, 5_000)], None, None),
    ],
)  # fmt: skip
def test_one_fault(
    lumbung: Lumbung,
    book: Path,
    tmp_path: Path,
    sheet: str,
    heading: str | tuple[str, ...],
    rows: Any,
    row: int | None,
    column: str | None,
) -> None:
    headings = heading.split("|") if isinstance(heading, str) else heading
    # A second sheet, known and without rows, so that the file is one of ours whatever the first is.
    sheets = {"Profil": [("Isian", "Nilai")], sheet: [headings, *rows]}
    found = lumbung.faults(book, workbook(tmp_path / "satu.xlsx", sheets))
    assert found[0][0] == sheet
    if row is not None:
        assert found[0][1] == row
    if column is not None:
        assert found[0][2] == column


def test_csv_of_one_sheet(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    file = tmp_path / "simpanan.csv"
    lines = [
        "Tanggal;No Anggota;Jenis;Setor;Tarik;No Bukti;Keterangan",
        "03/03/2026;1;Sukarela;1.250.000;;C-1;tabungan café",
        "2026-03-04;0002;Wajib;Rp 20.000,00;;C-2;",
    ]
    file.write_bytes("\r\n".join(lines).encode("cp1252"))
    lumbung.good("import", book, file)
    assert lumbung.totals(book, "savings", "--on", "2026-03-31")["total"] == 6_190_000
    file.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    assert lumbung.good("import", book, file, "--json").json["documents"] == 0
    file = tmp_path / "bayar.csv"
    file.write_text("Tanggal,No Pinjaman,Jumlah\n15/03/2026,PJ-11,1180000\n", encoding="utf-8")
    lumbung.good("import", book, file, "--sheet", "Angsuran")
    assert lumbung.totals(book, "loan-payments", "--month", "2026-03")["total"] == 1_180_000
    said = lumbung("import", book, file, "--sheet", "Angsur")
    assert said.status == 1
    assert "Angsuran" in said.err


def test_members_who_have_left_come_with_their_savings(lumbung: Lumbung, empty: Path, tmp_path: Path) -> None:
    opening = date(2025, 12, 31)
    sheets: dict[str, Any] = {
        "Anggota": [
            ("No Anggota", "Nama", "Tanggal Masuk", "Status", "Tanggal Keluar", "Sebab Keluar"),
            ("1", "Siti", date(2022, 1, 1), "Aktif", None, None),
            ("2", "Karto", date(2020, 1, 1), "Keluar", day(5, 20), "pindah"),
            ("3", "Lina", date(2021, 1, 1), "Meninggal", day(6, 1), None),
        ],
        "Saldo Simpanan": [
            ("Per Tanggal", "No Anggota", "Jenis", "Saldo"),
            (opening, "1", "Pokok", 100_000),
            (opening, "2", "Pokok", 100_000),
            (opening, "2", "Sukarela", 50_000),
            (opening, "3", "Pokok", 100_000),
        ],
        "Simpanan": [
            ("Tanggal", "No Anggota", "Jenis", "Setor", "Tarik", "No Bukti"),
            (day(5, 25), "2", "Pokok", None, 100_000, "TS-1"),
        ],
    }
    lumbung.good("import", empty, workbook(tmp_path / "keluar.xlsx", sheets))
    # Before the exit everything is where it was; after it all stands at 2-1503 until paid out.
    assert lumbung.balances(empty, "2026-05-19") == {"2-1101": -50_000, "3-1001": -300_000, "3-9999": 350_000}
    assert lumbung.balances(empty, "2026-05-24") == {
        "2-1503": -150_000,
        "3-1001": -200_000,
        "3-9999": 350_000,
    }
    rows = {row["member"]: row for row in lumbung.items(empty, "savings", "--on", "2026-05-24")}
    assert (rows["2"]["share"], rows["2"]["voluntary"], rows["2"]["total"]) == (100_000, 50_000, 150_000)
    assert lumbung.balances(empty, "2026-06-30") == {
        "1-1101": -100_000,
        "2-1503": -150_000,  # Karto's 50,000 and Lina's 100,000
        "3-1001": -100_000,
        "3-9999": 350_000,
    }
    status = {
        row["number"]: (row["status"], row["left"])
        for row in lumbung.items(empty, "members", "--on", "2026-06-30")
    }
    assert status["1"] == ("active", None)
    assert status["2"] == ("leaving", "2026-05-20")
    assert status["3"] == ("deceased", "2026-06-01")
    severities = {each["severity"] for each in lumbung.good("check", empty, "--json").json["findings"]}
    assert severities == {"notice"}
