"""January and February 2026 of a savings and loan cooperative, as its treasurer would put it into the workbook.

The sums, made by hand.

Opening, 31/12/2025. Debit 3,150,000 + 12,400,000 + 9,400,000 + 2,400,000 = 27,350,000; credit 800,000 + 2,275,000 +
50,000 + 300,000 + 2,080,000 + 16,000,000 + 5,845,000 = 27,350,000. Details: share 3 x 100,000 = 300,000; mandatory
940,000 + 640,000 + 500,000 = 2,080,000; voluntary 1,450,000 + 825,000 = 2,275,000; loans 7,000,000 + 2,400,000.

PJ-11 (12,000,000 flat 1.5 %, 12 months): 1,000,000 + 180,000 each; five paid, the sixth, due 15/12/2025, in arrears.
15 Jan pays the sixth, 20 Feb the seventh (due 15/1) with a penalty of 20,000; the eighth (due 15/2) is behind.
PJ-12 (3,000,000 flat 1.5 %, 10 months): 300,000 + 45,000 = 345,000 each, two paid, 50,000 paid ahead. 10 Jan:
345,000 in cash, so 50,000 are ahead again. 10 Feb: 300,000 + 50,000 = 345,000 + 5,000 ahead.
PJ-13 (6,000,000 declining 1.5 %, 12 months), new: paid out 6,000,000 - 60,000 - 25,000 = 5,915,000 by bank. 8 Feb:
500,000 + 90,000.
Loans on 28 Feb: 5,000,000 + 1,800,000 + 5,500,000 = 12,300,000. Interest 360,000 + 90,000 + 90,000 = 540,000.

Savings: voluntary 2,275,000 + 250,000 - 125,000 = 2,400,000; mandatory 2,080,000 + 40,000; share 300,000 + 100,000.
Cash: 3,150,000 + 20,000 + 250,000 - 125,000 + 100,000 + 20,000 + 345,000 + 1,180,000 + 590,000 + 300,000 + 1,200,000
- 45,000 - 80,000 = 6,905,000. Bank: 12,400,000 - 5,915,000 + 12,500 = 6,497,500.
Surplus: 540,000 + 60,000 + 25,000 + 20,000 = 645,000 from members, + 12,500, - (45,000 + 80,000 + 20,000) = 512,500.
Assets: 6,905,000 + 6,497,500 + 12,300,000 + 2,400,000 - 820,000 = 27,282,500.
Liabilities: 2,400,000 + 5,000. Equity: 400,000 + 2,120,000 + 16,000,000 + 5,845,000 + 512,500 = 24,877,500.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tests.acceptance.outside import workbook

_E = None
OPENING = date(2025, 12, 31)


def _d(month: int, day: int) -> date:
    return date(2026, month, day)


SHEETS: dict[str, Sequence[Sequence[Any]]] = {
    "Profil": [("Isian", "Nilai"), ("Nama", "KSP Tani Makmur"), ("Alamat", "Jl. Raya 1"), ("Bendahara", "Bu Sri")],
    "Anggota": [
        ("No Anggota", "Nama", "Jenis Kelamin", "Tanggal Masuk", "Wajib per Bulan"),
        ("0001", "Siti Aminah", "P", date(2022, 1, 10), 20_000),
        ("0002", "Budi Santoso", "L", date(2022, 3, 1), 20_000),
        ("0003", "Karto Wijoyo", "L", date(2023, 5, 5), 20_000),
        ("0004", "Dewi Lestari", "P", _d(2, 5), 20_000),
    ],
    "Saldo Awal": [
        ("Tanggal", "Kode Akun", "Nama Akun", "Debet", "Kredit"),
        (OPENING, "1-1101", "Kas", 3_150_000, _E),
        (OPENING, "1-1111", "Bank", 12_400_000, _E),
        (OPENING, "1-1201", _E, 9_400_000, _E),
        (OPENING, "1-2105", _E, 2_400_000, _E),
        (OPENING, "1-2205", _E, _E, 800_000),
        (OPENING, "2-1101", _E, _E, 2_275_000),
        (OPENING, "2-1501", _E, _E, 50_000),
        (OPENING, "3-1001", _E, _E, 300_000),
        (OPENING, "3-1002", _E, _E, 2_080_000),
        (OPENING, "3-1101", _E, _E, 16_000_000),
        (OPENING, "3-2001", _E, _E, 5_845_000),
    ],
    "Saldo Simpanan": [
        ("Per Tanggal", "No Anggota", "Jenis", "Saldo", "Lunas s.d. Bulan"),
        (OPENING, "0001", "Pokok", 100_000, _E),
        (OPENING, "0001", "Wajib", 940_000, "Des 2025"),
        (OPENING, "0001", "Sukarela", 1_450_000, _E),
        (OPENING, "0002", "Pokok", 100_000, _E),
        (OPENING, "0002", "Wajib", 640_000, "Des 2025"),
        (OPENING, "0002", "Sukarela", 825_000, _E),
        (OPENING, "0003", "Pokok", 100_000, _E),
        (OPENING, "0003", "Wajib", 500_000, "Des 2025"),
    ],
    "Pinjaman": [
        (
            "No Pinjaman", "No Anggota", "Tanggal Cair", "Pokok", "Jasa % per Bulan", "Metode", "Jangka Waktu",
            "Provisi", "Administrasi", "Sisa Pokok", "Angsuran Lunas s.d. Ke", "Tunggakan Pokok", "Tunggakan Jasa",
            "Menunggak Sejak", "Titipan", "Kas/Bank",
        ),
        (
            "PJ-11", "0002", date(2025, 6, 15), 12_000_000, 1.5, "Flat", 12,
            _E, _E, 7_000_000, 5, 1_000_000, 180_000, date(2025, 12, 15), _E, _E,
        ),
        ("PJ-12", "0003", date(2025, 10, 10), 3_000_000, 1.5, "Flat", 10, _E, _E, 2_400_000, *[_E] * 4, 50_000, _E),
        ("PJ-13", "0001", _d(1, 8), 6_000_000, 1.5, "Menurun", 12, 60_000, 25_000, *[_E] * 6, "Bank"),
    ],
    "Simpanan": [
        ("Tanggal", "No Anggota", "Jenis", "Setor", "Tarik", "No Bukti"),
        (_d(1, 6), "0001", "Wajib", 20_000, _E, "SS-1"),
        (_d(1, 6), "0001", "Sukarela", 250_000, _E, "SS-2"),
        (_d(1, 19), "0002", "Sukarela", _E, 125_000, "TS-1"),
        (_d(2, 5), "0004", "Pokok", 100_000, _E, "SS-3"),
        (_d(2, 5), "0004", "Wajib", 20_000, _E, "SS-4"),
    ],
    "Angsuran": [
        ("Tanggal", "No Pinjaman", "Jumlah", "No Bukti", "Pokok", "Jasa", "Denda"),
        (_d(1, 10), "PJ-12", 345_000, "AS-1", _E, _E, _E),
        (_d(1, 15), "PJ-11", 1_180_000, "AS-2", _E, _E, _E),
        (_d(2, 8), "PJ-13", 590_000, "AS-3", _E, _E, _E),
        (_d(2, 10), "PJ-12", 300_000, "AS-4", _E, _E, _E),
        (_d(2, 20), "PJ-11", 1_200_000, "AS-5", 1_000_000, 180_000, 20_000),
    ],
    "Kas": [
        ("Tanggal", "No Bukti", "Keterangan", "Masuk", "Keluar", "Kategori", "Kas/Bank"),
        (_d(1, 20), "KK-1", "kertas", _E, 45_000, "ATK", _E),
        (_d(2, 3), "KK-2", "token", _E, 80_000, "6-2002", _E),
        (_d(2, 27), "KM-1", "bunga bank", 12_500, _E, "7-1001", "Bank"),
    ],
    "Jurnal": [
        ("Tanggal", "No Bukti", "Keterangan", "Kode Akun", "Debet", "Kredit"),
        (_d(1, 31), "JU-1", "penyusutan", "6-2005", 20_000, _E),
        (_d(1, 31), "JU-1", "penyusutan", "1-2205", _E, 20_000),
    ],
}  # fmt: skip


def tani_makmur(path: Path, **other: Sequence[Sequence[Any]] | None) -> Path:
    """The workbook, with other rows for the sheets named; None leaves a sheet out."""
    sheets: dict[str, Sequence[Sequence[Any]]] = {}
    for name, rows in (SHEETS | {key.replace("_", " "): rows for key, rows in other.items()}).items():
        if rows is not None:
            sheets[name] = rows
    return workbook(path, sheets)
