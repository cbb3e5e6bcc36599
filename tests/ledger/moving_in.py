"""A cooperative of 500 members that moves in at the end of June: its workbook, and the balance sheet it had before.

The same numbers every time, no two alike where it matters. The sums of the old books are kept here by plain adding up,
beside the rows: nothing of the program is asked.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from tests.ledger.import_books import Rows, workbook

CUT = date(2026, 6, 30)
MEMBERS = 500
LOANS, LATE, WRITTEN_OFF, BY_HAND = 180, 30, 5, 10
CERTIFICATES = 40
LEFT = (498, 499)
"""Members who left in May and are still owed their savings."""
PAYER = 43
"""The member with the loan PJ-0001, whose July is worked out by hand."""

_ANGGOTA = (
    *(
        "No Anggota",
        "Nama",
        "Jenis Kelamin",
        "Tanggal Masuk",
        "Tanggal Keluar",
        "Alamat",
        "Telepon",
        "Kelompok",
    ),
    *("Wajib per Bulan", "Ahli Waris", "Hubungan", "Sebab Keluar"),
)
_SALDO = ("Per Tanggal", "No Anggota", "Jenis", "Saldo", "Lunas s.d. Bulan")
_BILYET = (
    *(
        "No Bilyet",
        "No Anggota",
        "Tanggal Mulai",
        "Jangka (Bulan)",
        "Nominal",
        "Jasa % per Tahun",
        "Bayar Jasa",
    ),
    *("Jasa Ke", "Perpanjangan", "Jasa Dibayar s.d.", "Saldo Per Tanggal"),
)
_PINJAMAN = (
    *("No Pinjaman", "No Anggota", "Tanggal Cair", "Pokok", "Jasa % per Bulan", "Metode", "Jangka Waktu"),
    *("Angsuran Pertama", "Sisa Pokok", "Saldo Per Tanggal", "Angsuran Lunas s.d. Ke", "Tunggakan Pokok"),
    *("Tunggakan Jasa", "Tunggakan Denda", "Menunggak Sejak", "Titipan", "Kode Produk", "Kolektibilitas"),
    *("Tujuan", "Agunan", "Nilai Agunan", "Penjamin"),
)


@dataclass
class OldBooks:
    """What the cooperative has on paper: its sheets, and its sums in the old books' direction (debit positive)."""

    sheets: dict[str, list[list[Any]]]
    balances: dict[str, int]
    savings: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    loans: dict[str, int] = field(default_factory=dict)
    late: dict[str, tuple[int, int]] = field(default_factory=dict)
    lost: dict[str, int] = field(default_factory=dict)

    def write(self, path: Path) -> Path:
        """The workbook."""
        found: dict[str, Rows] = {name.replace(" ", "_"): rows for name, rows in self.sheets.items()}
        return workbook(path, **found)


def old_books() -> OldBooks:
    """The books at the close of 30 June."""
    dice = Random(500)
    books = OldBooks({}, defaultdict(int))
    books.sheets["Profil"] = [
        ["Isian", "Nilai"],
        ["Nama", "KSP Sumber Rejeki"],
        ["No Badan Hukum", "112/BH/XI/2009"],
        ["Ketua", "Suparman"],
        ["Bendahara", "Ngatiyem"],
        ["Tempat", "Limpung"],
    ]
    books.sheets["Akun"] = [["Kode", "Nama", "Jenis"], ["6-2091", "Biaya Rapat Kelompok", "Beban"]]
    books.sheets["Produk Simpanan"] = [
        [
            "Kode",
            "Nama",
            "Golongan",
            "Jasa % per Tahun",
            "Cara Hitung",
            "Dasar Hari",
            "Saldo Minimum",
            "Kode Akun",
        ],
        ["voluntary", "Simpanan Sukarela", "Sukarela", 4, "Saldo terendah", "365", 100_000, "2-1101"],
        ["hari-raya", "Simpanan Hari Raya", "Sukarela", 3, "Saldo harian", "360", None, "2-1102"],
    ]
    books.sheets["Produk Pinjaman"] = [
        ["Kode", "Nama", "Metode", "Jasa %", "Per", "Denda", "Urutan Bayar"],
        ["USAHA", "Pinjaman Usaha", "Flat", 1, "Bulan", "1.000 per hari", "Jasa dulu"],
        ["MUSIM", "Pinjaman Musiman", "Bayar akhir", 18, "Tahun", None, "Pokok dulu"],
    ]
    _members(books, dice)
    _certificates(books, dice)
    _loans(books, dice)
    _rest(books)
    return books


def number_of(member: int) -> str:
    """A member's number."""
    return f"{member:04}"


def _members(books: OldBooks, dice: Random) -> None:
    register: list[list[Any]] = [list(_ANGGOTA)]
    rows: list[list[Any]] = [list(_SALDO)]

    def save(member: int, product: str, account: str, amount: int, through: str | None = None) -> None:
        if amount:
            name = {"share": "Pokok", "mandatory": "Wajib", "voluntary": "Sukarela"}.get(product, product)
            rows.append([CUT, number_of(member), name, amount, through])
            books.savings[product][number_of(member)] = amount
            books.balances["2-1503" if member in LEFT else account] -= amount

    for member in range(1, MEMBERS + 1):
        joined = date(2015 + member % 11, 1 + member % 12, 1 + member % 27)
        left = date(2026, 5, 3 + member % 7) if member in LEFT else None
        register.append(
            [
                number_of(member),
                f"Anggota {member:03}",
                "LP"[member % 2],
                joined,
                left,
                f"Dukuh {member % 13}",
                f"0812{10_000_000 + member * 7919}",
                f"Kelompok {member % 9 + 1}",
                25_000 if member % 4 else 40_000,
                f"Ahli Waris {member}" if member % 3 else None,
                "Anak" if member % 3 else None,
                "Pindah" if left else None,
            ]
        )
        save(member, "share", "3-1001", 100_000)
        # Paid through June, or up to eleven months behind.
        behind = 0 if member % 5 else dice.randrange(1, 12)
        month = 2026 * 12 + 5 - behind
        through = None if left else f"{month // 12}-{month % 12 + 1:02}"
        save(member, "mandatory", "3-1002", 25_000 * (3 + member % 40), through)
        save(member, "voluntary", "2-1101", dice.randrange(11, 9_000) * 137 if member % 6 else 0)
        if member % 3 == 0 and not left:
            save(member, "hari-raya", "2-1102", 50_000 * (1 + member % 17))
    # The one whose July is worked out has round figures of its own.
    for row in rows:
        if row[1] == number_of(PAYER):
            _settle_payer(books, row)
    books.sheets["Anggota"], books.sheets["Saldo Simpanan"] = register, rows


def _settle_payer(books: OldBooks, row: list[Any]) -> None:
    fixed = {"Wajib": ("mandatory", "3-1002", 1_025_000), "Sukarela": ("voluntary", "2-1101", 1_234_567)}
    if row[2] in fixed:
        product, account, amount = fixed[row[2]]
        books.balances[account] += row[3] - amount
        books.savings[product][row[1]] = row[3] = amount
        row[4] = "2026-06" if product == "mandatory" else None


def _certificates(books: OldBooks, dice: Random) -> None:
    rows: list[list[Any]] = [list(_BILYET)]
    for place in range(1, CERTIFICATES + 1):
        amount = dice.randrange(4, 60) * 250_000 + place * 1_000
        start = date(2026, 1 + place % 6, 1 + place % 28)
        monthly = place % 3 > 0
        paid = None
        if monthly and start.month < CUT.month:
            paid = date(2026, 6, start.day) if place % 4 else date(2026, 5, start.day)
            paid = max(paid, start)
        rows.append(
            [
                f"B-{place:03}",
                number_of(place * 11),
                start,
                (6, 12)[place % 2],
                amount,
                6 + place % 3 / 2,
                "Bulanan" if monthly else "Jatuh tempo",
                "Sukarela" if monthly else "Tunai",
                "Pokok" if place % 5 == 0 else None,
                paid,
                CUT,
            ]
        )
        books.savings["term"][number_of(place * 11)] = amount
        books.balances["2-1111"] -= amount
    books.sheets["Simpanan Berjangka"] = rows


def _loans(books: OldBooks, dice: Random) -> None:
    rows: list[list[Any]] = [list(_PINJAMAN)]
    scheduled: list[list[Any]] = [
        ["No Pinjaman", "Ke", "Jatuh Tempo", "Pokok", "Jasa", "Pokok Dibayar", "Jasa Dibayar"]
    ]
    for place in range(1, LOANS + 1):
        # The last of the late ones is the first of those whose schedule was made by hand.
        by_hand = place > LOANS - BY_HAND
        late = place < LATE
        lost = LATE < place <= LATE + WRITTEN_OFF
        row = dict.fromkeys(_PINJAMAN, None)
        number, member = f"PJ-{place:04}", PAYER if place == 1 else 50 + place * 2
        term = 10 if place % 3 else 12
        part = dice.randrange(2, 25) * 50_000 + place * 1_000
        due = 1 + place % 6 if not late else 2 + place % 4
        # Paid out so that `due` instalments have fallen due by the end of June, on the same day of each month.
        months = 2026 * 12 + 5 - due
        day = 1 + place % 28
        behind = 0
        if late:
            behind = 1 + place % min(due, 4)
        if place == 1:
            part, term, day, due, behind, months = 1_000_000, 12, 15, 5, 3, 2026 * 12
        if lost:
            months, due, behind = 2024 * 12 + place % 7, term, term - place % 5 - 2
        row.update(
            {
                "No Pinjaman": number,
                "No Anggota": number_of(member),
                "Tanggal Cair": date(months // 12, months % 12 + 1, day),
                "Pokok": part * term,
                "Jasa % per Bulan": 1 if place % 2 else 1.5,
                "Metode": "Flat" if place % 4 or late or lost else "Menurun",
                "Jangka Waktu": term,
                "Sisa Pokok": part * (term - due + behind),
                "Saldo Per Tanggal": CUT,
                "Tujuan": ("Modal usaha", "Biaya sekolah", "Renovasi rumah")[place % 3],
            }
        )
        if place % 7 == 0:
            row.update({"Agunan": "BPKB motor", "Nilai Agunan": 9_000_000, "Penjamin": f"Anggota {place:03}"})
        interest = part * term * (2 if place % 2 else 3) // 200
        if place == 1:
            row.update({"Jasa % per Bulan": None, "Kode Produk": "USAHA", "Tunggakan Denda": 85_000})
        elif late and place % 2:
            # What is behind is given; of the others it follows from the schedule.
            row.update({"Tunggakan Pokok": part * behind, "Tunggakan Jasa": interest * behind})
            row["Angsuran Lunas s.d. Ke"] = due - behind
        elif late and place % 3 == 0:
            row["Kolektibilitas"] = "Kurang lancar"
        elif not late and place % 10 == 0:
            row["Titipan"] = 20_000 + place * 100
            books.balances["2-1501"] -= 20_000 + place * 100
        if lost:
            row.update(
                {"Kolektibilitas": "Hapus buku", "Tunggakan Jasa": 3_000 * place, "Tunggakan Denda": 17_000}
            )
            books.lost[number] = part * behind
        else:
            books.loans[number] = part * (term - due + behind)
            books.balances["1-1201"] += books.loans[number]
        if late:
            books.late[number] = part * behind, interest * behind
        if by_hand:
            scheduled += _by_hand(books, row, part, due, late=place == LOANS - BY_HAND + 1)
        rows.append(list(row.values()))
    books.sheets["Jadwal Pinjaman"] = scheduled
    books.sheets["Pinjaman"] = rows


def _by_hand(books: OldBooks, row: dict[str, Any], part: int, due: int, *, late: bool) -> list[list[Any]]:
    """Instalments of unequal amounts: the member pays more in every second one, and less for it in the next."""
    number, term, first = row["No Pinjaman"], row["Jangka Waktu"], row["Tanggal Cair"]
    found = []
    for place in range(1, term + 1):
        month = first.year * 12 + first.month - 1 + place
        principal = part + (17_000 if place % 2 else -17_000)
        interest = 5_000 * (term + 1 - place) + 250
        paid = [principal, interest] if place <= due else [None, None]
        if late and place == due:
            paid = [40_000, interest]
            books.late[number] = principal - 40_000, 0
        found.append(
            [number, place, date(month // 12, month % 12 + 1, first.day), principal, interest, *paid]
        )
    before = books.loans[number]
    left = part * term - sum(cells[5] or 0 for cells in found)
    books.loans[number] = row["Sisa Pokok"] = left
    books.balances["1-1201"] += left - before
    row["Metode"] = "Flat"
    return found


def _rest(books: OldBooks) -> None:
    """What has no details, half a year of income and expense, and cash: whatever balances the rest."""
    plain = {
        "1-1111": 118_345_600,
        "1-1209": -21_450_000,
        "1-2105": 24_600_000,
        "1-2205": -9_225_000,
        "2-1303": -412_300,
        "3-1101": -261_730_000,
        "3-2001": -18_904_000,
        "4-1001": -74_310_500,
        "4-1002": -6_120_000,
        "5-1001": 19_870_250,
        "6-1001": 21_000_000,
        "6-2001": 2_345_700,
        "6-2091": 1_250_000,
    }
    books.balances.update(plain)
    books.balances["1-1101"] = -sum(books.balances.values())
    books.sheets["Saldo Awal"] = [["Tanggal", "Kode Akun", "Debet", "Kredit"]]
    for code, amount in sorted(books.balances.items()):
        books.sheets["Saldo Awal"].append([CUT, code, max(amount, 0) or None, max(-amount, 0) or None])
    books.sheets["Saldo Pembanding"] = [
        ["Tahun", "Kode Akun", "Debet", "Kredit"],
        ["2025", "1-1101", 640_000_000, None],
        ["2025", "1-1201", 512_300_000, None],
        ["2025", "2-1101", None, 701_300_000],
        ["2025", "3-1001", None, 49_000_000],
        ["2025", "3-1002", None, 402_000_000],
    ]


def listed(path: Path, heading: str, amounts: Iterable[tuple[str, int]]) -> Path:
    """A list of the old books on paper: a code and an amount a row."""
    return workbook(path, Daftar=[[heading, "Saldo"], *([code, amount] for code, amount in amounts)])
