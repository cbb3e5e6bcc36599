"""Documents for the tests of the renderers: the papers of a cooperative and of a shop."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

from app.reports.document import (
    CellType,
    Column,
    Document,
    Layout,
    Letterhead,
    Officer,
    Row,
    RowKind,
    Term,
    Value,
)

WIB = timezone(timedelta(hours=7))
MADE_AT = datetime(2026, 1, 14, 10, 32, tzinfo=WIB)

COOPERATIVE = Letterhead(
    name="Koperasi Simpan Pinjam Rukun Tani Lestari",
    lines=(
        "Badan hukum AHU-0004127.AH.01.26.Tahun 2019 · NIK koperasi 3404090020017",
        "Jl. Balai Desa No. 4, Sukamaju, Kec. Tegalsari, Kab. Sleman 55599 · 0812-0000-0140",
    ),
    place="Sukamaju",
    officers=(
        Officer("Ketua", "H. Mulyono, S.P."),
        Officer("Sekretaris", "Endang Lestari"),
        Officer("Bendahara", "Ngatiyem"),
    ),
)
SHOP = Letterhead(
    name="Warung Sari",
    lines=(
        "Pemilik: Sari Puspitasari · NIB 0220004127710",
        "Jl. Pasar Tegalsari No. 17, Kab. Sleman 55599 · 0812-0000-0177",
    ),
    place="Sleman",
    officers=(Officer("Pemilik", "Sari Puspitasari"),),
)

Figures = tuple[int, int]


class _Rows:
    """Collects rows and adds up as it goes, so that sums are what the formulas have to give."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._begun = 0

    def heading(self, name: str, level: int) -> None:
        self.rows.append(Row(RowKind.HEADING, {"name": name}, level))
        self._begun = len(self.rows)

    def item(self, name: str, figures: Figures, level: int, note: int | None = None) -> None:
        cells: dict[str, Value] = {
            "code": f"1-{len(self.rows):04}",
            "name": name,
            "amount": figures[0],
            "comparative": figures[1],
        }
        if note is not None:
            cells["note"] = note
        self.rows.append(Row(RowKind.ITEM, cells, level))

    def subtotal(self, name: str, level: int) -> int:
        return self.sum(name, level, (Term(self._begun, len(self.rows) - 1),))

    def sum(
        self,
        name: str,
        level: int,
        terms: tuple[Term, ...],
        kind: RowKind = RowKind.SUBTOTAL,
        double: bool = False,
    ) -> int:
        cells: dict[str, Value] = {"name": name}
        for key in ("amount", "comparative"):
            total = 0
            for term in terms:
                run = self.rows[term.first : term.last + 1]
                items = [row for row in run if row.kind is RowKind.ITEM] or run
                for row in items:
                    value = row.cells.get(key, 0)
                    assert isinstance(value, int)
                    total += term.sign * value
            cells[key] = total
        self.rows.append(Row(kind, cells, level, adds=terms, double_rule=double))
        return len(self.rows) - 1

    def figures(self, index: int) -> Figures:
        amount, comparative = (self.rows[index].cells[key] for key in ("amount", "comparative"))
        assert isinstance(amount, int)
        assert isinstance(comparative, int)
        return amount, comparative


def balance_sheet(extra: int = 0) -> Document:
    """Paper 4; `extra` more items among the liabilities make it longer."""
    rows = _Rows()
    rows.heading("ASET", 1)
    rows.heading("Aset lancar", 2)
    rows.item("Kas dan setara kas", (148_625_400, 121_340_250), 3, 3)
    rows.item("Penempatan pada bank dan koperasi lain", (75_000_000, 50_000_000), 3, 4)
    rows.item("Pinjaman yang diberikan kepada anggota", (1_316_450_000, 1_102_300_000), 3, 5)
    rows.item("Penyisihan kerugian pinjaman", (-39_493_500, -33_069_000), 3, 5)
    rows.item("Piutang jasa pinjaman", (11_284_000, 9_870_500), 3, 6)
    rows.item("Piutang potong gaji", (6_420_000, 5_150_000), 3, 7)
    rows.item("Biaya dibayar di muka", (3_600_000, 3_600_000), 3)
    current = rows.subtotal("Jumlah aset lancar", 2)
    rows.heading("Aset tidak lancar", 2)
    rows.item("Simpanan pada koperasi sekunder", (15_000_000, 15_000_000), 3, 8)
    rows.item("Aset tetap", (212_750_000, 198_250_000), 3, 9)
    rows.item("Akumulasi penyusutan", (-86_420_000, -68_115_000), 3, 9)
    fixed = rows.subtotal("Jumlah aset tidak lancar", 2)
    assets = rows.sum(
        "JUMLAH ASET", 1, (Term(current, current), Term(fixed, fixed)), RowKind.TOTAL, double=True
    )
    rows.heading("LIABILITAS", 1)
    rows.heading("Liabilitas jangka pendek", 2)
    rows.item("Simpanan sukarela", (512_386_275, 455_910_120), 3, 10)
    rows.item("Simpanan hari raya", (64_850_000, 58_200_000), 3, 10)
    rows.item("Simpanan berjangka sampai 1 tahun", (285_000_000, 240_000_000), 3, 11)
    rows.item("Utang jasa simpanan", (2_146_300, 1_885_400), 3)
    rows.item("Utang simpanan anggota keluar", (4_350_000, 2_900_000), 3)
    rows.item("Titipan angsuran", (1_275_000, 980_000), 3)
    rows.item("Utang pajak", (1_418_725, 1_204_530), 3, 12)
    rows.item("Dana-dana SHU", (9_862_400, 8_415_750), 3, 13)
    rows.item("Utang SHU anggota", (7_318_500, 6_204_000), 3, 13)
    for number in range(extra):
        rows.item(f"Dana kegiatan ke-{number + 1}", (1_000 + number, 0), 3)
    short = rows.subtotal("Jumlah liabilitas jangka pendek", 2)
    rows.heading("Liabilitas jangka panjang", 2)
    rows.item("Utang bank", (120_000_000, 130_000_000), 3, 14)
    bank = len(rows.rows) - 1
    liabilities = rows.sum("JUMLAH LIABILITAS", 1, (Term(short, short), Term(bank, bank)))
    rows.heading("EKUITAS", 1)
    rows.item("Simpanan pokok", (20_600_000, 19_500_000), 2, 15)
    rows.item("Simpanan wajib", (372_450_000, 262_450_000), 2, 15)
    rows.item("Cadangan umum", (123_075_712, 101_875_300), 2, 16)
    rows.item("Cadangan risiko", (28_480_165, 20_000_000), 2, 16)
    rows.item("Hibah", (10_000_000, 10_000_000), 2)
    rows.item("SHU tahun berjalan", (100_002_823, 84_801_650), 2, 17)
    equity = rows.subtotal("JUMLAH EKUITAS", 1)
    rows.sum(
        "JUMLAH LIABILITAS DAN EKUITAS",
        1,
        (Term(liabilities, liabilities), Term(equity, equity)),
        RowKind.TOTAL,
        double=True,
    )
    return Document(
        report="balance-sheet",
        title="Laporan Posisi Keuangan (Neraca)",
        book=COOPERATIVE.name,
        first_day=None,
        last_day=date(2025, 12, 31),
        columns=(
            Column("code", "Kode"),
            Column("name", "Nama"),
            Column("note", "Catatan", CellType.INTEGER),
            Column("amount", "2025", CellType.AMOUNT),
            Column("comparative", "2024", CellType.AMOUNT),
        ),
        rows=tuple(rows.rows),
        totals={
            "assets": rows.figures(assets)[0],
            "liabilities": rows.figures(liabilities)[0],
            "equity": rows.figures(equity)[0],
        },
        subtitle="31 Desember 2025 dan 2024",
        letterhead=COOPERATIVE,
        made_by="Ngatiyem",
        made_at=MADE_AT,
        layout=Layout.STATEMENT,
        signed=True,
        notes=("Catatan atas laporan keuangan adalah bagian yang tidak terpisahkan dari laporan ini.",),
    )


def income_statement(comparative: bool = True) -> Document:
    """Paper 5, with or without the period it is compared with."""
    rows = _Rows()
    rows.heading("Pendapatan", 1)
    rows.item("Penjualan", (38_642_500, 33_918_000), 2)
    rows.item("Pendapatan jasa (pulsa, token listrik)", (1_184_000, 962_500), 2)
    rows.item("Retur penjualan", (-146_000, -88_500), 2)
    rows.item("Potongan penjualan", (-212_500, -164_000), 2)
    revenue = rows.subtotal("Pendapatan bersih", 1)
    rows.heading("Harga pokok penjualan", 1)
    rows.item("Harga pokok barang terjual", (30_418_350, 26_977_400), 2)
    rows.item("Ongkos angkut masuk", (365_000, 310_000), 2)
    cost = rows.subtotal("Jumlah harga pokok penjualan", 1)
    gross = rows.sum("LABA KOTOR", 1, (Term(revenue, revenue), Term(cost, cost, -1)))
    rows.heading("Beban usaha", 1)
    for name, figures in (
        ("Gaji dan upah", (1_800_000, 1_650_000)),
        ("Sewa tempat", (1_250_000, 1_250_000)),
        ("Listrik, air, telepon", (486_300, 441_750)),
        ("Transportasi dan BBM", (275_000, 260_000)),
        ("Kemasan", (318_500, 286_000)),
        ("Biaya bank dan QRIS", (64_120, 38_450)),
        ("Pemeliharaan", (0, 175_000)),
        ("Penyusutan", (216_667, 216_667)),
        ("Barang rusak dan susut", (143_200, 97_600)),
        ("Lain-lain", (92_000, 85_500)),
    ):
        rows.item(name, figures, 2)
    expenses = rows.subtotal("Jumlah beban usaha", 1)
    rows.heading("Pendapatan dan beban lain", 1)
    rows.item("Pendapatan bunga bank", (18_240, 14_110), 2)
    rows.item("Selisih kas", (-12_500, 4_000), 2)
    rows.item("Bunga pinjaman", (-187_500, -243_750), 2)
    other = rows.subtotal("Jumlah lain-lain", 1)
    before = rows.sum(
        "LABA SEBELUM PAJAK",
        1,
        (Term(gross, gross), Term(expenses, expenses, -1), Term(other, other)),
    )
    rows.item("Beban PPh final 0,5 %", (0, 0), 2)
    tax = len(rows.rows) - 1
    profit = rows.sum(
        "LABA BERSIH",
        1,
        (Term(before, before), Term(tax, tax, -1)),
        RowKind.TOTAL,
        double=True,
    )
    columns = (
        Column("code", "Kode"),
        Column("name", "Nama"),
        Column("amount", "Oktober 2026", CellType.AMOUNT),
        Column("comparative", "Oktober 2025", CellType.AMOUNT),
    )
    return Document(
        report="income-statement",
        title="Laporan Laba Rugi",
        book=SHOP.name,
        first_day=date(2026, 10, 1),
        last_day=date(2026, 10, 31),
        columns=columns if comparative else columns[:-1],
        rows=tuple(rows.rows),
        totals={"revenue": rows.figures(revenue)[0], "profit": rows.figures(profit)[0]},
        subtitle="1–31 Oktober 2026, dengan pembanding Oktober 2025",
        letterhead=SHOP,
        made_by="Sari",
        made_at=datetime(2026, 11, 3, 20, 5, tzinfo=WIB),
        layout=Layout.STATEMENT,
        signed=True,
        notes=(
            "PPh final nihil: peredaran Januari–Oktober 2026 Rp372.480.500, belum melewati Rp500.000.000.",
        ),
    )


def trial_balance() -> Document:
    """A short list with a grand total."""
    accounts = (
        ("1-1101", "Kas", 12_345_678, 0),
        ("1-1201", "Piutang usaha", 4_500_000, 0),
        ("2-1101", "Utang usaha", 0, 6_250_000),
        ("3-1001", "Modal pemilik", 0, 10_595_678),
    )
    rows = [
        Row(
            RowKind.ITEM,
            {"code": code, "name": name, "debit": debit, "credit": credit},
            opens={"report": "ledger", "account": code},
        )
        for code, name, debit, credit in accounts
    ]
    rows.append(
        Row(
            RowKind.TOTAL,
            {"name": "Jumlah", "debit": 16_845_678, "credit": 16_845_678},
            adds=(Term(0, 3),),
            double_rule=True,
        )
    )
    return Document(
        report="trial-balance",
        title="Neraca Saldo",
        book=SHOP.name,
        first_day=date(2026, 10, 1),
        last_day=date(2026, 10, 31),
        columns=(
            Column("code", "Kode"),
            Column("name", "Nama"),
            Column("debit", "Debet", CellType.AMOUNT),
            Column("credit", "Kredit", CellType.AMOUNT),
        ),
        rows=tuple(rows),
        totals={"debit": 16_845_678, "credit": 16_845_678},
        subtitle="1–31 Oktober 2026",
        letterhead=SHOP,
        made_by="Sari",
        made_at=datetime(2026, 11, 3, 20, 5, tzinfo=WIB),
    )


def ledger(entries: int = 150) -> Document:
    """A register of several pages with a running balance."""
    rows: list[Row] = []
    balance = 1_000_000
    debited = credited = 0
    for number in range(entries):
        debit = 0 if number % 3 == 2 else 12_500 * (number % 17 + 1)
        credit = 30_750 + number if number % 3 == 2 else 0
        balance += debit - credit
        debited, credited = debited + debit, credited + credit
        rows.append(
            Row(
                RowKind.ITEM,
                {
                    "date": date(2026, 10, 1) + timedelta(days=number * 30 // entries),
                    "number": f"KM-2610-{number + 1:04}",
                    "memo": "Setoran tunai"
                    if number % 7
                    else "Angsuran ke-7 dari 12 dan denda, dibayar oleh istri Pak Sastrowardoyo",
                    "debit": debit,
                    "credit": credit,
                    "balance": balance,
                },
            )
        )
    rows.append(
        Row(
            RowKind.TOTAL,
            {"memo": "Jumlah", "debit": debited, "credit": credited, "balance": balance},
            adds=(Term(0, entries - 1),),
            adds_columns=("debit", "credit"),
        )
    )
    return Document(
        report="ledger",
        title="Buku Besar",
        book=SHOP.name,
        first_day=date(2026, 10, 1),
        last_day=date(2026, 10, 31),
        columns=(
            Column("date", "Tanggal", CellType.DATE),
            Column("number", "No. bukti"),
            Column("memo", "Keterangan", weight=1),
            Column("debit", "Debet", CellType.AMOUNT),
            Column("credit", "Kredit", CellType.AMOUNT),
            Column("balance", "Saldo", CellType.AMOUNT),
        ),
        rows=tuple(rows),
        totals={"debit": debited, "credit": credited, "opening": 1_000_000, "closing": balance},
        subtitle="1–31 Oktober 2026",
        letterhead=SHOP,
        made_by="Sari",
        made_at=datetime(2026, 11, 3, 20, 5, tzinfo=WIB),
        context=(("Akun", "1-1101 Kas"), ("Saldo awal", "1.000.000")),
    )


def stock() -> Document:
    """Every type of cell, headings, a subtotal, a note, long names, huge figures, a training book."""
    items = (
        (
            "B-01",
            "Beras \u201cRojolele\u201d (karung 25 kg, kualitas super dari Delanggu)",
            "kg",
            Decimal("2.5"),
            12_400,
            31_000,
            Decimal("1.25"),
            4,
        ),
        (
            "B-02",
            "=HYPERLINK(\u201dx\u201d) Minyak & <goreng>",
            "liter",
            Decimal(40),
            17_250,
            690_000,
            Decimal(15),
            0,
        ),
        (
            "B-03",
            "Emas Ñúñez Żółć 漢",
            "gram",
            Decimal("0.125"),
            999_999_999_999,
            124_999_999_999,
            Decimal("0.5"),
            12,
        ),
    )
    rows = [Row(RowKind.HEADING, {"name": "Gudang utama"})]
    for code, name, unit, quantity, cost, value, margin, moved in items:
        rows.append(
            Row(
                RowKind.ITEM,
                {
                    "code": code,
                    "name": name,
                    "unit": unit,
                    "quantity": quantity,
                    "unit_cost": cost,
                    "value": value,
                    "margin": margin,
                    "moved": moved,
                    "since": date(2026, 8, 17) if moved else None,
                },
            )
        )
    total = sum(item[5] for item in items)
    rows.append(
        Row(
            RowKind.SUBTOTAL,
            {"name": "Jumlah gudang utama", "value": total, "moved": 16},
            adds=(Term(1, 3),),
        )
    )
    rows.append(Row(RowKind.NOTE, {"name": "Dihitung menurut rata-rata bergerak."}))
    rows.append(Row(RowKind.TOTAL, {"name": "Jumlah", "value": total, "moved": 16}, adds=(Term(4, 4),)))
    long_name = (
        "Koperasi Serba Usaha Perempuan Petani dan Peternak Sapi Perah Sumber Rejeki Makmur "
        "Kecamatan Tegalsari Kabupaten Banyuwangi"
    )
    return Document(
        report="stock",
        title="Persediaan",
        book=long_name,
        first_day=None,
        last_day=date(2026, 10, 31),
        columns=(
            Column("code", "Kode"),
            Column("name", "Nama barang"),
            Column("unit", "Satuan"),
            Column("quantity", "Jumlah", CellType.QUANTITY),
            Column("unit_cost", "Harga pokok", CellType.AMOUNT),
            Column("value", "Nilai", CellType.AMOUNT),
            Column("margin", "Margin", CellType.RATE),
            Column("moved", "Kali bergerak", CellType.INTEGER),
            Column("since", "Sejak", CellType.DATE),
        ),
        rows=tuple(rows),
        totals={"value": total, "by_unit": {"kg": Decimal("2.5")}, "since": date(2026, 8, 17)},
        subtitle="31 Oktober 2026",
        letterhead=replace(COOPERATIVE, name=long_name),
        made_by="Ngatiyem & Co.",
        made_at=MADE_AT,
        training=True,
        signed=True,
    )


def every_document() -> tuple[Document, ...]:
    """All samples."""
    return (balance_sheet(), income_statement(), trial_balance(), ledger(), stock())
