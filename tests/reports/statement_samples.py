"""Members and their month as the pictures of the papers show them, and harder cases."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from app.reports.account_statement import (
    AccountStatement,
    ControlProof,
    Cover,
    DueLine,
    GroupLine,
    LoanMovement,
    LoanSchedule,
    LoanSection,
    SavingsMovement,
    SavingsSection,
    ScheduleLine,
)
from app.reports.document import Letterhead, Officer
from app.reports.forms import PaperHead, StatementHead

WIB = timezone(timedelta(hours=7))
LARGEST = 999_999_999_999

LETTERHEAD = Letterhead(
    name="Koperasi Simpan Pinjam Rukun Tani Lestari",
    lines=(
        "Badan hukum AHU-0004127.AH.01.26.Tahun 2019 · NIK koperasi 3404090020017",
        "Jl. Balai Desa No. 4, Sukamaju, Kec. Tegalsari, Kab. Sleman 55599 · 0812-0000-0140",
    ),
    place="Sukamaju",
    officers=(Officer("Ketua", "H. Mulyono, S.P."), Officer("Bendahara", "Ngatiyem")),
)

HEAD = StatementHead(
    letterhead=LETTERHEAD,
    made_by="Ngatiyem",
    made_at=datetime(2026, 11, 2, 9, 14, tzinfo=WIB),
    signed_on=date(2026, 11, 2),
    place="Sukamaju",
    book="RTL",
    treasurer="Ngatiyem",
    supervisor="Suparjo",
    supervisor_phone="0812-0000-0145",
    objection_by=date(2026, 11, 30),
)

SCHEDULE_HEAD = PaperHead(
    letterhead=LETTERHEAD,
    made_by="Ngatiyem",
    made_at=datetime(2026, 3, 20, 11, 3, tzinfo=WIB),
    signed_on=date(2026, 3, 20),
    place="Sukamaju",
)


def october(day: int) -> date:
    return date(2026, 10, day)


def movement(
    day: int, number: str, memo: str, amount: int, balance: int, *, out: bool = False
) -> SavingsMovement:
    deposit, withdrawal = (0, amount) if out else (amount, 0)
    return SavingsMovement(october(day), number, memo, deposit, withdrawal, balance)


LOAN = LoanSection(
    number="PJ-2026-0048",
    terms="flat 1 % sebulan",
    disbursed_on=date(2026, 3, 20),
    last_due=date(2027, 3, 20),
    plafond=12_000_000,
    instalments=12,
    instalments_paid=6,
    instalment_begun=True,
    opening=6_000_000,
    movements=(
        LoanMovement(
            october(24), "AS-2610-0093", "Angsuran ke-7, sebagian", 0, 680_000, 120_000, 0, 5_320_000
        ),
    ),
    outstanding=5_320_000,
    principal_paid=6_680_000,
    arrears_principal=320_000,
    arrears_interest=0,
    penalty_due=6_720,
    held=0,
)

SITI = AccountStatement(
    number="0137",
    name="Siti Rahayu Wulandari",
    address="Dusun Krajan RT 03/RW 01, Sukamaju",
    group="Melati",
    joined=date(2023, 8, 12),
    left=None,
    first_day=october(1),
    last_day=october(31),
    savings=(
        SavingsSection("share", "Simpanan Pokok", "", 100_000, (), 100_000),
        SavingsSection(
            "mandatory",
            "Simpanan Wajib",
            "Rp50.000 sebulan · lunas s.d. Oktober 2026",
            1_900_000,
            (movement(3, "SS-2610-0041", "Setoran bulan Oktober", 50_000, 1_950_000),),
            1_950_000,
        ),
        SavingsSection(
            "voluntary",
            "Simpanan Sukarela",
            "rek. 02-0137 · jasa 4 % setahun",
            3_450_000,
            (
                movement(3, "SS-2610-0041", "Setoran tunai", 200_000, 3_650_000),
                movement(14, "TS-2610-0018", "Penarikan tunai", 500_000, 3_150_000, out=True),
                movement(31, "JS-2610-0137", "Jasa Oktober, bersih", 11_370, 3_161_370),
            ),
            3_161_370,
        ),
        SavingsSection(
            "holiday",
            "Simpanan Hari Raya",
            "diambil mulai 1 Maret 2027",
            600_000,
            (movement(3, "SS-2610-0041", "Setoran tunai", 100_000, 700_000),),
            700_000,
        ),
    ),
    interest_gross=11_370,
    interest_tax=0,
    loans=(LOAN,),
    due=(
        DueLine("Tunggakan pokok angsuran ke-7", 320_000),
        DueLine("Denda sampai 31 Oktober", 6_720),
        DueLine("Angsuran ke-8, tempo 20 November", 1_120_000),
        DueLine("Simpanan Wajib November", 50_000),
    ),
    due_by=date(2026, 11, 20),
)

HADI = replace(
    SITI,
    number="0139",
    name="Hadi Suwarno",
    address="Dusun Krajan RT 01/RW 02, Sukamaju",
    joined=date(2021, 2, 3),
    savings=(
        SavingsSection("share", "Simpanan Pokok", "", 100_000, (), 100_000),
        SavingsSection(
            "mandatory",
            "Simpanan Wajib",
            "lunas s.d. Desember 2026",
            4_600_000,
            (movement(10, "SS-2610-0077", "Setoran Nov–Des", 100_000, 4_700_000),),
            4_700_000,
        ),
        SavingsSection(
            "voluntary",
            "Simpanan Sukarela",
            "rek. 02-0139 · jasa 4 % setahun",
            8_200_000,
            (
                movement(10, "SS-2610-0077", "Setoran tunai", 300_000, 8_500_000),
                movement(31, "JS-2610-0139", "Jasa, sesudah pajak", 250_723, 8_750_723),
            ),
            8_750_723,
        ),
        SavingsSection(
            "term",
            "Simpanan Berjangka",
            "bilyet SB-0021 · 7,5 % · s.d. 10 Jan 2027",
            40_000_000,
            (),
            40_000_000,
        ),
    ),
    interest_gross=278_581,
    interest_tax=27_858,
    loans=(),
    due=(),
    due_by=date(2026, 11, 30),
)

MARSUDI = replace(
    SITI,
    number="0088",
    name="Marsudi",
    address="Dusun Ngemplak RT 02/RW 05, Sukamaju",
    left=date(2026, 9, 15),
    savings=(
        SavingsSection("share", "Simpanan Pokok", "", 100_000, (), 100_000),
        SavingsSection("mandatory", "Simpanan Wajib", "", 2_350_000, (), 2_350_000),
    ),
    interest_gross=0,
    interest_tax=0,
    loans=(
        replace(
            LOAN,
            number="PJ-2025-0031",
            instalments_paid=12,
            instalment_begun=False,
            opening=0,
            movements=(LoanMovement(october(2), "AS-2610-0002", "Pelunasan", 0, 1_000_000, 60_000, 0, 0),),
            outstanding=0,
            principal_paid=12_000_000,
            arrears_principal=0,
            penalty_due=0,
        ),
    ),
    due=(),
    due_by=date(2026, 12, 1),
    receivable_by_member=2_450_000,
)

LONG_NAME = (
    "Koperasi Karyawan Perkebunan Nusantara Tegalsari Makmur Sejahtera Abadi "
    "Unit Pengolahan Hasil Kebun dan Ternak Kabupaten Sleman Bagian Utara"
)

COMPANY = replace(
    SITI,
    number="0200",
    name=LONG_NAME,
    address="Jl. Raya Perkebunan Tegalsari Kilometer 12,5 Blok C Nomor 41 sampai 43, Dusun Kaliurang",
    group="SDN Sukamaju (potong gaji) dan Badan Usaha",
    savings=(
        SavingsSection("share", "Simpanan Pokok", "", 100_000, (), 100_000),
        SavingsSection(
            "mandatory",
            "Simpanan Wajib",
            "lunas s.d. Oktober 2026",
            4_600_000,
            (movement(5, "SS-2610-0050", "Setoran bulan Oktober", 50_000, 4_650_000),),
            4_650_000,
        ),
        SavingsSection(
            "voluntary",
            "Simpanan Sukarela",
            "rek. 02-0200 · jasa 0 % setahun",
            500_000_000_000,
            (
                movement(9, "TS-2610-0019", "Penarikan pembayaran pupuk", 499_999_500_000, 500_000, out=True),
                movement(
                    12,
                    "SS-2610-0051",
                    "Setoran hasil penjualan kebun dan ternak bulan September melalui bank",
                    LARGEST - 5_250_000,
                    LARGEST - 4_750_000,
                ),
            ),
            LARGEST - 4_750_000,
        ),
    ),
    interest_gross=0,
    loans=(
        replace(
            LOAN,
            plafond=LARGEST,
            opening=LARGEST,
            movements=(
                LoanMovement(
                    october(24),
                    "AS-2610-0099",
                    "Angsuran ke-7",
                    0,
                    LARGEST - 1,
                    LARGEST - 2,
                    LARGEST - 3,
                    1,
                ),
            ),
            outstanding=LARGEST,
            principal_paid=LARGEST,
            arrears_principal=LARGEST,
            arrears_interest=123_456_789_012,
            penalty_due=98_765_432_109,
            held=12_345,
        ),
    ),
    due=(DueLine("Simpanan Wajib November", LARGEST),),
    due_by=date(2026, 11, 30),
)


def with_rows(rows: int, loans: int = 1, statement: AccountStatement = SITI) -> AccountStatement:
    """A member with this many rows of savings: two products without movement, one with the rest."""
    movements = tuple(
        movement(1 + day % 28, f"SS-2610-{day:04}", "Setoran tunai", 1_000 + day, 1_000_000 + day)
        for day in range(1, rows - 2)
    )
    share, mandatory, voluntary, _ = statement.savings
    return replace(
        statement,
        number="0141",
        name="Wahyu Setiawan",
        savings=(
            share,
            replace(mandatory, movements=(), opening=1_950_000),
            replace(voluntary, movements=movements, closing=movements[-1].balance),
        ),
        loans=tuple(
            replace(LOAN, number=f"PJ-2026-{48 + number:04}", held=number * 1_500) for number in range(loans)
        ),
    )


def many(count: int) -> list[AccountStatement]:
    """Members whose figures all differ."""
    names = ("Siti Rahayu Wulandari", "Budi Santoso", "Endah Permatasari", "Joko Prihatin")
    return [
        replace(
            SITI,
            number=f"{number:04}",
            name=f"{names[number % len(names)]} {number}",
            interest_gross=11_370 + number,
            savings=tuple(
                replace(section, opening=section.opening + number, closing=section.closing + number)
                for section in SITI.savings
            ),
        )
        for number in range(1, count + 1)
    ]


COVER = Cover(
    first_day=october(1),
    last_day=october(31),
    groups=(
        GroupLine("Melati", 1, 42, 42, 208_490_100, 237_568_000, 23_634_720),
        GroupLine("Kenanga", 43, 80, 38, 273_121_100, 205_553_000, 19_589_280),
        GroupLine("Mawar", 81, 116, 36, 236_344_050, 276_120_000, 21_285_600),
        GroupLine("Anggrek", 117, 150, 34, 285_717_650, 218_035_000, 22_047_640),
        GroupLine("Dahlia", 151, 181, 31, 290_318_150, 196_723_000, 24_148_780),
        GroupLine("SDN Sukamaju (potong gaji)", 182, 214, 33, 172_101_150, 277_456_000, 21_258_700),
        GroupLine("Anggota keluar", 215, 218, 4, 7_450_000, 0, 0),
    ),
    proof=(
        ControlProof("3-1001", "Simpanan Pokok", 21_300_000, 200_000, 100_000, 21_400_000, 21_400_000),
        ControlProof(
            "3-1002", "Simpanan Wajib", 466_850_000, 10_450_000, 1_950_000, 475_350_000, 475_350_000
        ),
        ControlProof(
            "2-1101",
            "Simpanan Sukarela",
            561_204_815,
            50_767_385,
            41_380_000,
            570_592_200,
            570_592_200,
        ),
        ControlProof("2-1102", "Simpanan Hari Raya", 71_450_000, 12_300_000, 0, 83_750_000, 83_750_000),
        ControlProof(
            "2-1111",
            "Simpanan Berjangka",
            305_000_000,
            20_000_000,
            10_000_000,
            315_000_000,
            315_000_000,
        ),
        ControlProof(
            "2-1503", "Simpanan Anggota Keluar", 6_800_000, 2_050_000, 1_400_000, 7_450_000, 7_450_000
        ),
        ControlProof(
            "1-1201",
            "Pinjaman Anggota",
            1_421_300_000,
            62_000_000,
            71_845_000,
            1_411_455_000,
            1_411_455_000,
        ),
        ControlProof("2-1501", "Titipan Angsuran", 1_275_000, 420_000, 390_000, 1_305_000, 1_305_000),
    ),
    interest_gross=3_894_743,
    interest_tax=52_358,
    arrears_principal=18_460_000,
    arrears_interest=2_214_000,
    arrears_penalty=395_400,
)


def broken(cover: Cover = COVER, difference: int = 25_000) -> Cover:
    """The same cover with one control account that is more than its statements."""
    first = replace(cover.proof[0], ledger=cover.proof[0].ledger + difference)
    return replace(cover, proof=(first, *cover.proof[1:]))


def wide_cover(groups: int, accounts: int, figure: int = LARGEST) -> Cover:
    """A cover with this many groups and accounts and large figures."""
    return replace(
        COVER,
        groups=tuple(
            GroupLine(f"Kelompok {n}", 10 * n + 1, 10 * n + 10, 10, figure // groups, figure // groups, n)
            for n in range(groups)
        ),
        proof=tuple(
            ControlProof(f"2-11{n:02}", f"Simpanan {n}", figure, figure - 1, figure - 2, figure, figure)
            for n in range(accounts)
        ),
    )


def schedule(count: int = 12, principal: int = 12_000_000, interest: int = 120_000) -> LoanSchedule:
    """A flat loan in `count` instalments, due on the 20th of each month from April 2026."""
    lines: list[ScheduleLine] = []
    left = principal
    for number in range(1, count + 1):
        part = principal // count if number < count else left
        left -= part
        month = 2 + number
        due = date(2026 + month // 12, month % 12 + 1, 20)
        lines.append(ScheduleLine(number, due, part, interest, left, 0, None))
    return LoanSchedule(
        number="PJ-2026-0048",
        member_number="0137",
        member_name="Siti Rahayu Wulandari",
        group="Melati",
        nik="3404095208900003",
        purpose="Pupuk dan bibit musim tanam",
        collateral="BPKB sepeda motor 2019",
        guarantor="Bambang Irawan (suami)",
        principal=principal,
        term=f"{count} bulan, tiap tanggal 20",
        interest="flat 1 % sebulan",
        effective="21,457 % setahun",
        fees=170_000,
        net=principal - 170_000,
        disbursed_on=date(2026, 3, 20),
        conditions=(
            "Denda keterlambatan 0,1 % sehari dari angsuran yang terlambat. Pembayaran dihitung "
            "dahulu untuk jasa, lalu pokok, lalu denda. Bila tanggal 20 libur, bayar hari kerja "
            "berikutnya tanpa denda."
        ),
        lines=tuple(lines),
    )


def paid(plan: LoanSchedule, lines: Sequence[int]) -> LoanSchedule:
    """The schedule with these instalments paid, each on its day, and the next one begun."""
    written = [
        replace(line, paid=line.total, paid_on=line.due) if line.number in lines else line
        for line in plan.lines
    ]
    begun = max(lines)
    written[begun] = replace(written[begun], paid=written[begun].total - 7, paid_on=october(3))
    return replace(plan, lines=tuple(written))
