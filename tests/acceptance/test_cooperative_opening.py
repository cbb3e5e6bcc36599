"""Moving into the book in the middle of a year: opening rules, running loans, arrears given and derived.

The workbook at 30/06/2026, with sums made by hand. Debit 5,000,000 + 10,000,000 + 14,000,000 + 350,000 + 600,000 =
29,950,000; credit 3,000,000 + 300,000 + 2,400,000 + 22,450,000 + 1,800,000 = 29,950,000.

PJ-1: 12,000,000 flat 1 %, 12 months, paid out 20/12/2025: 1,000,000 + 120,000 from 20/1. 8,000,000 left, so four paid;
six are due by 30/6: two behind, 2,000,000 + 240,000 since 20/5, 41 days.
PJ-2: 6,000,000 declining 1.5 %, 6 months, paid out 31/1/2026: due 28/2, 31/3, 30/4, 31/5, 30/6, 31/7. 2,000,000 left,
four paid; the fifth (interest 2,000,000 x 1.5 % = 30,000) fell due on the very 30/6.
PJ-3: 4,500,000 flat 2 %, 9 months, paid out 10/3/2026: 500,000 + 90,000 from 10/4. 4,000,000 left, one paid; due by
30/6: 10/4, 10/5, 10/6: two behind, 1,000,000 + 180,000 since 10/5, 51 days.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.outside import Lumbung, workbook

Rows = Sequence[Sequence[Any]]
JUNE = date(2026, 6, 30)
MEMBERS: Rows = [
    ("No Anggota", "Nama", "Jenis Kelamin", "Tanggal Masuk"),
    ("1", "Siti", "P", date(2024, 1, 1)),
    ("2", "Budi", "L", date(2024, 1, 1)),
    ("3", "Karto", "L", date(2024, 1, 1)),
]
OPENING: Rows = [
    ("Tanggal", "Kode Akun", "Debet", "Kredit"),
    (JUNE, "1-1101", 5_000_000, None),
    (JUNE, "1-1111", 10_000_000, None),
    (JUNE, "1-1201", 14_000_000, None),
    (JUNE, "2-1101", None, 3_000_000),
    (JUNE, "3-1001", None, 300_000),
    (JUNE, "3-1002", None, 2_400_000),
    (JUNE, "3-1101", None, 22_450_000),
    (JUNE, "4-1001", None, 1_800_000),
    (JUNE, "6-2001", 350_000, None),
    (JUNE, "6-1002", 600_000, None),
]
SAVINGS: Rows = [
    ("Per Tanggal", "No Anggota", "Jenis", "Saldo"),
    (JUNE, "1", "Pokok", 100_000),
    (JUNE, "2", "Pokok", 100_000),
    (JUNE, "3", "Pokok", 100_000),
    (JUNE, "1", "Wajib", 900_000),
    (JUNE, "2", "Wajib", 800_000),
    (JUNE, "3", "Wajib", 700_000),
    (JUNE, "1", "Sukarela", 3_000_000),
]
LOANS: Rows = [
    (
        "No Pinjaman",
        "No Anggota",
        "Tanggal Cair",
        "Pokok",
        "Jasa % per Bulan",
        "Metode",
        "Tenor",
        "Sisa Pokok",
    ),
    ("PJ-1", "1", date(2025, 12, 20), 12_000_000, 1, "Flat", 12, 8_000_000),
    ("PJ-2", "2", date(2026, 1, 31), 6_000_000, "1,5", "Menurun", 6, 2_000_000),
    ("PJ-3", "3", date(2026, 3, 10), 4_500_000, 2, "Flat", 9, 4_000_000),
]


def sheets(**other: Rows) -> dict[str, Rows]:
    """The sheets of the workbook, with others for those named."""
    base = {"Anggota": MEMBERS, "Saldo Awal": OPENING, "Saldo Simpanan": SAVINGS, "Pinjaman": LOANS}
    return base | {key.replace("_", " "): rows for key, rows in other.items()}


@pytest.fixture
def empty(lumbung: Lumbung, tmp_path: Path) -> Path:
    """A new cooperative's book."""
    return lumbung.new(tmp_path / "ksp.lumbung", "cooperative")


@pytest.fixture
def book(lumbung: Lumbung, empty: Path, tmp_path: Path) -> Path:
    """The book with the workbook in it."""
    lumbung.good("import", empty, workbook(tmp_path / "awal.xlsx", sheets()))
    return empty


def test_everything_balances_without_a_rest(lumbung: Lumbung, book: Path) -> None:
    assert lumbung.good("check", book, "--json").json == {"findings": []}
    balances = lumbung.balances(book, "2026-06-30")
    assert "3-9999" not in balances
    assert balances["4-1001"] == -1_800_000
    assert lumbung.totals(book, "balance-sheet", "--on", "2026-06-30") == {
        "assets": 29_000_000,
        "liabilities": 3_000_000,
        "equity": 26_000_000,  # 300,000 + 2,400,000 + 22,450,000 + 850,000
    }


@pytest.mark.parametrize(
    ("period", "surplus"),
    [
        (("--year", "2026"), 850_000),
        (("--on", "2026-06-30"), 850_000),
        (("--from", "2026-01-01", "--to", "2026-12-31"), 850_000),
        (("--month", "2026-06"), 0),
        (("--month", "2026-07"), 0),
        (("--from", "2026-07-01", "--to", "2026-12-31"), 0),
    ],
)
def test_year_to_date_counts_in_the_year_and_in_no_month(
    lumbung: Lumbung, book: Path, period: tuple[str, ...], surplus: int
) -> None:
    assert lumbung.totals(book, "surplus-statement", *period)["surplus"] == surplus


def test_the_opening_moves_no_money(lumbung: Lumbung, book: Path) -> None:
    for period in (("--year", "2026"), ("--month", "2026-06")):
        assert lumbung.totals(book, "cash-flow", *period) == {
            "operating": 0, "investing": 0, "financing": 0, "net_change": 0,
            "opening": 15_000_000, "closing": 15_000_000,
        }  # fmt: skip
        totals = lumbung.totals(book, "cash-book", *period)
        assert (totals["in"], totals["out"], totals["closing"]) == (0, 0, 15_000_000)
    assert lumbung.items(book, "loan-payments", "--year", "2026") == []


def test_arrears_are_derived_from_the_schedule(lumbung: Lumbung, book: Path) -> None:
    keys = ("loan", "outstanding", "arrears_principal", "arrears_interest", "days_overdue", "class")
    found = [tuple(row[key] for key in keys) for row in lumbung.items(book, "loans", "--on", "2026-06-30")]
    assert found == [
        ("PJ-1", 8_000_000, 2_000_000, 240_000, 41, "special_mention"),
        ("PJ-2", 2_000_000, 1_000_000, 30_000, 0, "current"),
        ("PJ-3", 4_000_000, 1_000_000, 180_000, 51, "special_mention"),
    ]
    # A month later one more is due of each: PJ-1 20/7, PJ-2 31/7 (interest 15,000), PJ-3 10/7.
    parts = ("loan", "since", "principal", "interest", "total")
    found = [tuple(row[key] for key in parts) for row in lumbung.items(book, "arrears", "--on", "2026-07-31")]
    assert sorted(found) == [
        ("PJ-1", "2026-05-20", 3_000_000, 360_000, 3_360_000),
        ("PJ-2", "2026-06-30", 2_000_000, 45_000, 2_045_000),
        ("PJ-3", "2026-05-10", 1_500_000, 270_000, 1_770_000),
    ]
    assert lumbung.totals(book, "arrears", "--on", "2026-07-31")["total"] == 7_175_000
    # 1 November: PJ-3 is 175 days behind, PJ-1 165, PJ-2 124: all doubtful. A week later PJ-3 is a loss.
    assert lumbung.totals(book, "loans", "--on", "2026-11-01")["by_class"]["doubtful"] == 14_000_000
    assert lumbung.totals(book, "loans", "--on", "2026-11-07")["by_class"]["loss"] == 4_000_000


def test_the_late_payer_pays_the_oldest_first(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    # 6 July 1,700,000 on PJ-1: fifth 120,000 + 1,000,000, sixth 120,000 + 460,000. 21 July 540,000: sixth, rest.
    file = workbook(
        tmp_path / "juli.xlsx",
        {
            "Angsuran": [
                ("Tanggal", "No Pinjaman", "Jumlah", "No Bukti"),
                (date(2026, 7, 6), "PJ-1", 1_700_000, "AS-1"),
                (date(2026, 7, 19), "PJ-1", "540.000", "AS-2"),
            ]
        },
    )
    lumbung.good("import", book, file)
    rows = lumbung.items(book, "loan-payments", "--month", "2026-07")
    assert [(row["principal"], row["interest"], row["total"]) for row in rows] == [
        (1_460_000, 240_000, 1_700_000),
        (540_000, 0, 540_000),
    ]
    rows = lumbung.items(book, "loan-schedule", "--loan", "PJ-1", "--on", "2026-07-31")
    assert [(row["paid"], row["paid_on"]) for row in rows][3:7] == [
        (1_120_000, None),  # in older books
        (1_120_000, "2026-07-06"),
        (1_120_000, "2026-07-19"),
        (0, None),
    ]
    assert [
        row["since"] for row in lumbung.items(book, "arrears", "--on", "2026-07-31") if row["loan"] == "PJ-1"
    ] == ["2026-07-20"]
    assert lumbung.balances(book, "2026-07-31")["4-1001"] == -2_040_000
    assert lumbung.totals(book, "surplus-statement", "--month", "2026-07")["surplus"] == 240_000


def test_arrears_that_are_given_win(lumbung: Lumbung, empty: Path, tmp_path: Path) -> None:
    # 900,000 + 70,000 + penalty 25,000 behind since 5/10/2025; of 1,300,000 left, 400,000 is due on 5/1/2026.
    given = [
        (
            "No Pinjaman", "No Anggota", "Tanggal Cair", "Pokok", "Jasa % per Bulan", "Jangka Waktu", "Sisa Pokok",
            "Saldo Per Tanggal", "Tunggakan Pokok", "Tunggakan Jasa", "Tunggakan Denda", "Menunggak Sejak",
        ),
        (
            "E", "2", date(2025, 3, 5), 4_000_000, 1, 10, 1_300_000,
            date(2025, 12, 31), 900_000, 70_000, 25_000, date(2025, 10, 5),
        ),
    ]  # fmt: skip
    lumbung.good("import", empty, workbook(tmp_path / "e.xlsx", {"Anggota": MEMBERS, "Pinjaman": given}))
    row = lumbung.items(empty, "loans", "--on", "2025-12-31")[0]
    assert (row["outstanding"], row["arrears_principal"], row["arrears_interest"]) == (
        1_300_000,
        900_000,
        70_000,
    )
    assert row["days_overdue"] == 87  # 26 + 30 + 31
    row = lumbung.items(empty, "arrears", "--on", "2025-12-31")[0]
    assert (row["since"], row["penalty"], row["total"]) == ("2025-10-05", 25_000, 995_000)
    # On 5 January the last instalment joins: 400,000 + 40,000.
    row = lumbung.items(empty, "arrears", "--on", "2026-01-05")[0]
    assert (row["principal"], row["interest"], row["penalty"]) == (1_300_000, 110_000, 25_000)
    # 1,435,000 settles it all, penalty last.
    lumbung.do(empty, "receive-instalment", "--loan", "E", "--amount", "1420000", "--on", "2026-01-06")
    row = lumbung.items(empty, "loan-payments", "--month", "2026-01")[0]
    assert (row["principal"], row["interest"], row["penalty"]) == (1_300_000, 110_000, 10_000)
    # The penalty was billed, not received before: it was never posted.
    assert lumbung.balances(empty, "2026-01-06") == {
        "1-1101": 1_420_000,
        "3-9999": -1_300_000,
        "4-1001": -110_000,
        "4-1004": -10_000,
    }


def test_a_control_account_is_compared_never_posted(lumbung: Lumbung, empty: Path, tmp_path: Path) -> None:
    rows = [
        ("Tanggal", "Kode Akun", "Debet", "Kredit"),
        (JUNE, "1-1101", 5_000_000, None),
        (JUNE, "1-1201", 13_900_000, None),
        (JUNE, "2-1101", None, 3_100_000),
    ]
    file = workbook(tmp_path / "beda.xlsx", sheets(Saldo_Awal=rows))
    found = lumbung.faults(empty, file)
    assert [(sheet, row, column) for sheet, row, column, _, _ in found] == [
        ("Saldo Awal", 3, "Debet"),
        ("Saldo Awal", 4, "Kredit"),
    ]
    assert "Rp13.900.000" in found[0][4]
    assert "Rp14.000.000" in found[0][4]
    assert "Rp3.100.000" in found[1][4]
    assert "Rp3.000.000" in found[1][4]
    # A control account that has a balance here and no details there differs too.
    file = workbook(tmp_path / "beda.xlsx", {"Saldo Awal": [rows[0], (JUNE, "3-1001", None, 700_000)]})
    assert "Rp700.000" in lumbung.faults(empty, file)[0][4]


def test_what_is_missing_stands_at_the_opening_account(lumbung: Lumbung, empty: Path, tmp_path: Path) -> None:
    rows = [OPENING[0], (JUNE, "1-1101", 20_000_000, None), (JUNE, "3-1101", None, 1_000_000)]
    lumbung.good("import", empty, workbook(tmp_path / "awal.xlsx", sheets(Saldo_Awal=rows)))
    # 20,000,000 + 14,000,000 - 1,000,000 - 5,700,000 of savings.
    assert lumbung.balances(empty, "2026-06-30")["3-9999"] == -27_300_000
    said = lumbung.good("check", empty, "--json").json["findings"]
    assert [(each["severity"], "3-9999" in each["message"]) for each in said] == [("notice", True)]
    assert "Rp27.300.000" in lumbung.good("check", empty).out
    # Nothing slid into the surplus or the capital.
    assert lumbung.totals(empty, "surplus-statement", "--year", "2026")["surplus"] == 0


def test_a_sheet_of_headings_only_is_no_fault(lumbung: Lumbung, empty: Path, tmp_path: Path) -> None:
    lumbung.good(
        "import",
        empty,
        workbook(
            tmp_path / "kosong.xlsx",
            {
                "Anggota": MEMBERS,
                "Pinjaman": [("No Pinjaman", "No Anggota")],
                "Simpanan": [("Tanggal", "Setor")],
            },
        ),
    )
    file = workbook(tmp_path / "isi.xlsx", {"Simpanan": [("Tanggal", "Setor"), (JUNE, 5_000)]})
    found = lumbung.faults(empty, file)
    # One fault for each column without which the row can't be understood.
    assert [(sheet, column) for sheet, _, column, _, _ in found] == [
        ("Simpanan", "No Anggota"),
        ("Simpanan", "Jenis"),
    ]
