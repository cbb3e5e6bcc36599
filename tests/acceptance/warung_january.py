"""January 2026 of a shop, as its owner would put it into the import workbook, and the sums made by hand.

Opening, 31/12/2025: cash 2,000,000 + bank 5,000,000 - loan 3,000,000 - capital 5,135,000 = -1,135,000, which
stands at 3-9999; stock 1,500,000 + receivables 275,000 - payables 640,000 = 1,135,000 bring it back to 0.

Rice (BR-01): 20 sacks, 1,240,000. 2 Jan 3 sold at 62,000: cost 186,000, left 17, 1,054,000. 5 Jan 30 bought:
30 x 63,500 = 1,905,000 and freight 38,100 (41,100 x 1,905,000 / 2,055,000), now 47, 2,997,100. 6 Jan 4 sold:
2,997,100 x 4 / 47 = 255,072.34, cost 255,072, left 43, 2,742,028. 20 Jan 43 sold: cost 2,742,028, left 0, 0.
25 Jan 10 bought: 640,000 - 10,000.
Sugar (GL-01): 12.5 kg, 200,000. 2 Jan 2.5: cost 40,000. 5 Jan 10 bought: 158,000 - 8,000 + freight 3,000 =
153,000, now 20, 313,000. 7 Jan 8 sold: cost 8 x 15,650 = 125,200, left 12, 187,800.
Oil (MG-01): 4 at 15,000. 8 Jan 4 sold: cost 60,000, left 0. 11 Jan 6 bought: 89,400.
Noodles (MI-01): 10 Jan 2 boxes of 40 at 96,000 = 80, 192,000. 12 Jan a box and 5: 45 x 2,400 = 108,000, left 35,
84,000.
Cost of sales: 226,000 + 255,072 + 125,200 + 60,000 + 108,000 + 2,742,028 = 3,516,300.
Sales: 260,000 + 272,000 + 148,000 + 70,000 + 130,000 + 6,000 + 6,000 + 12,000 + 2,881,000 = 3,785,000 (gross
3,789,000, the discount 4,000). Gross profit 268,700.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

_E = None


def _d(day: int) -> datetime:
    return datetime(2026, 1, day)  # noqa: DTZ001 - a day in a workbook has no zone


OPENING_DAY = date(2025, 12, 31)

SHEETS: dict[str, Sequence[Sequence[Any]]] = {
    "Profil": [
        ("Isian", "Nilai"),
        ("Alamat", "Jl. Veteran 12, Batang"),
        ("Telepon", "0812-3456-7890"),
        ("Tempat tanda tangan", "Batang"),
    ],
    "Akun": [("Kode", "Nama", "Jenis", "Induk"), ("6-1098", "Sumbangan", "Beban", _E)],
    "Saldo Awal": [
        ("Tanggal", "Kode Akun", "Nama Akun", "Debet", "Kredit"),
        (OPENING_DAY, "1-1101", "Kas Tunai", 2_000_000, _E),
        (OPENING_DAY, "1-1111", _E, 5_000_000, _E),
        (OPENING_DAY, "1-1201", "Piutang Usaha", 275_000, _E),
        (OPENING_DAY, "1-1301", _E, 1_500_000, _E),
        (OPENING_DAY, "2-1101", "Utang Usaha", _E, 640_000),
        (OPENING_DAY, "2-2101", _E, _E, 3_000_000),
        (OPENING_DAY, "3-1001", "Modal Pemilik", _E, 5_135_000),
    ],
    "Barang": [
        (
            "Kode", "Nama", "Satuan", "Harga Beli", "Harga Jual", "Stok Awal", "Nilai Stok", "Per Tanggal",
            "Barcode", "Kategori", "Stok Minimum", "Satuan Besar", "Isi", "Pakai Stok",
        ),
        ("BR-01", "Beras 5 kg", "sak", 62_000, 68_000, 20, 1_240_000, OPENING_DAY, "8991234567890", "Sembako", 5),
        ("GL-01", "Gula pasir", "kg", 16_000, 18_000, 12.5, 200_000, OPENING_DAY),
        ("MG-01", "Minyak goreng", "botol", 15_000, 17_500, 4, _E, OPENING_DAY),
        ("MI-01", "Mi instan", "bks", 2_500, 3_000, _E, _E, _E, _E, _E, _E, "dus", 40, "Ya"),
        ("GR-01", "Gorengan", _E, _E, 1_500, _E, _E, _E, _E, _E, _E, _E, _E, "Tidak"),
    ],
    "Pelanggan": [
        ("Kode", "Nama", "Telepon", "Alamat", "Sisa Bon"),
        ("PL-01", "Bu Wati", "0812-3456-7890", "Jl. Melati 3", 150_000),
        ("PL-02", "Pak Joko", 85_740_112_093, _E, "125.000"),
    ],
    "Pemasok": [
        ("Kode", "Nama", "Telepon", "Alamat", "Sisa Utang"),
        ("PM-01", "Toko Grosir Makmur", _E, _E, "Rp 640.000,00"),
    ],
    "Pembelian": [
        (
            "Tanggal", "No Nota", "Kode Barang", "Nama Barang", "Jumlah", "Satuan", "Harga", "Potongan",
            "Ongkos Angkut", "Bayar", "Dibayar", "Jatuh Tempo", "Pemasok", "Kas/Bank",
        ),
        (
            _d(5), "GM-1", "BR-01", _E, 30, "sak", 63_500, _E, 41_100, "Utang", 500_000, "04/02/2026",
            "Toko Grosir Makmur",
        ),
        (_d(5), "GM-1", "GL-01", _E, 10, "kg", 15_800, 8_000),
        (_d(10), "GM-2", _E, "Mi instan", 2, "dus", 96_000, _E, _E, "Tunai"),
        (_d(11), "GM-3", "MG-01", _E, 6, _E, 14_900, _E, _E, "Transfer"),
        (_d(25), "GM-4", "BR-01", _E, 10, _E, 64_000, 10_000, _E, "Tunai"),
    ],
    "Penjualan": [
        (
            "Tanggal", "No Nota", "Kode Barang", "Nama Barang", "Jumlah", "Satuan", "Harga", "Potongan", "Bayar",
            "Dibayar", "Jatuh Tempo", "Pelanggan", "Kas/Bank", "Keterangan",
        ),
        (_d(2), "N-001", "BR-01", _E, 3, "sak", 68_000, 4_000, "Tunai"),
        (_d(2), "N-001", "GL-01", _E, 2.5, "kg", 18_000, _E, "Tunai"),
        (_d(2), "N-001", "GR-01", _E, 10, _E, 1_500),
        ("06/01/2026", "N-002", "BR-01", _E, 4, _E, _E, _E, "QRIS"),
        ("2026-01-07", "N-003", "GL-01", _E, 8, _E, "18.500", _E, "Bon", 48_000, _d(21), "Bu Wati"),
        (_d(8), "N-004", "MG-01", _E, 4, _E, 17_500, _E, "Transfer"),
        (_d(12), "N-005", "MI-01", _E, 1, "dus", 115_000, _E, "Bon", _E, _E, "Bu Rini"),
        (_d(12), "N-005", "MI-01", _E, 5, "bks", 3_000),
        (_d(15), _E, "GR-01", _E, 4, _E, 1_500, _E, "Tunai"),
        (_d(15), _E, "GR-01", _E, 4, _E, 1_500, _E, "Tunai"),
        (_d(16), _E, _E, "Es teh", 3, _E, 4_000, _E, "Tunai"),
        (_d(20), "N-006", "BR-01", _E, 43, _E, 67_000, _E, "Tunai"),
    ],
    "Bayar Bon": [
        ("Tanggal", "No Bukti", "Pelanggan", "Jumlah", "No Nota", "Kas/Bank"),
        (_d(18), "BB-1", "Bu Wati", 120_000),
        (_d(22), "BB-2", "Bu Wati", 100_000, "N-003"),
    ],
    "Bayar Utang": [
        ("Tanggal", "No Bukti", "Pemasok", "Jumlah", "No Nota", "Kas/Bank"),
        (_d(24), "BU-1", "Toko Grosir Makmur", 640_000, _E, "Bank"),
        (_d(28), "BU-2", "Toko Grosir Makmur", 596_100, "GM-1"),
    ],
    "Kas": [
        (
            "Tanggal", "No Bukti", "Keterangan", "Masuk", "Keluar", "Kategori", "Pihak", "Kas/Bank",
            "Ke Kas/Bank",
        ),
        (_d(3), "K-01", "tambah modal", 1_000_000, _E, "Modal masuk"),
        (_d(4), "K-02", "belanja dapur", _E, 150_000, "Untuk rumah"),
        (_d(5), "K-03", _E, _E, 300_000, "Gaji", "Mbak Tini"),
        (_d(6), "K-04", _E, _E, 250_000, "Sewa"),
        (_d(7), "K-05", _E, _E, 185_000, "Listrik & air"),
        (_d(8), "K-06", _E, _E, 45_000, "Transport"),
        (_d(9), "K-07", _E, _E, 12_500, "ATK"),
        (_d(10), "K-08", _E, _E, 37_000, "Kemasan"),
        (_d(11), "K-09", _E, _E, 20_000, "Iklan"),
        (_d(12), "K-10", _E, _E, 6_500, "Biaya bank/QRIS", _E, "Bank"),
        (_d(13), "K-11", _E, _E, 75_000, "Perbaikan"),
        (_d(14), "K-12", _E, _E, 10_000, "Retribusi"),
        (_d(15), "K-13", _E, _E, 25_000, "Pajak"),
        (_d(16), "K-14", "KUR", 2_000_000, _E, "Pinjaman masuk", _E, "1-1111"),
        (_d(17), "K-15", _E, _E, 400_000, "Bayar pinjaman (pokok)", _E, "Bank"),
        (_d(17), "K-16", _E, _E, 30_000, "Bayar bunga", _E, "Bank"),
        (_d(19), "K-17", "etalase", _E, 550_000, "Beli alat"),
        (_d(20), "K-18", "setor ke bank", _E, 700_000, "Pindah kas", _E, "Kas Tunai", "Bank"),
        (_d(21), "K-19", "jual kardus", 33_000, _E, "Pendapatan lain"),
        (_d(22), "K-20", _E, _E, 8_000, "Biaya lain"),
        (_d(23), "K-21", "tambahan sewa", _E, 50_000, "6-1002"),
    ],
    "Jurnal": [
        ("Tanggal", "No Bukti", "Keterangan", "Kode Akun", "Debet", "Kredit"),
        (_d(31), "JU-1", "Penyusutan Januari", "6-1010", 25_000, _E),
        (_d(31), "JU-1", "Penyusutan Januari", "1-2203", _E, 25_000),
    ],
}  # fmt: skip

# Cash: 2,000,000; sales in cash 260,000 + 48,000 + 6,000 + 6,000 + 12,000 + 2,881,000 = 3,213,000; purchases 500,000 +
# 192,000 + 630,000 = 1,322,000; bon paid 220,000; owed paid 596,100; other money in 1,033,000, out 2,417,500.
# Bank: 5,000,000 + 70,000 - 89,400 - 640,000 - 6,500 + 2,000,000 - 400,000 - 30,000 + 700,000.
CASH, BANK, QRIS = 2_130_400, 6_604_100, 272_000
# Receivables: Bu Wati 30,000, Pak Joko 125,000, Bu Rini 130,000. Payables: GM-1 2,096,100 - 500,000 - 596,100.
RECEIVABLE, PAYABLE = 285_000, 1_000_000
# Stock: rice 630,000, sugar 187,800, oil 89,400, noodles 84,000.
STOCK = 991_200
# Expenses: wages 300,000, rent 300,000, electricity 185,000, transport 45,000, office 12,500, packing 37,000,
# advertising 20,000, bank 6,500, repairs 75,000, levy 10,000, depreciation 25,000, sundry 8,000.
EXPENSES = 1_024_000
# 268,700 - 1,024,000 + (33,000 - 30,000) = -752,300; tax 25,000.
BEFORE_TAX, TAX, PROFIT = -752_300, 25_000, -777_300
