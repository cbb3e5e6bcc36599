"""A cooperative's workbook with results computed by hand (tests/acceptance/tani_makmur.py), report by report."""

from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.outside import Lumbung
from tests.acceptance.tani_makmur import SHEETS, tani_makmur

FEBRUARY = ("--on", "2026-02-28")


@pytest.fixture
def book(lumbung: Lumbung, tmp_path: Path) -> Path:
    """The book with the whole workbook in it."""
    path = lumbung.new(tmp_path / "ksp.lumbung", "cooperative")
    lumbung.good("import", path, tani_makmur(tmp_path / "tani.xlsx"))
    return path


def values(rows: list[dict[str, Any]], *keys: str) -> list[tuple[Any, ...]]:
    """Some cells of each row."""
    return [tuple(row[key] for key in keys) for row in rows]


def test_the_import_says_what_it_did(lumbung: Lumbung, tmp_path: Path) -> None:
    path = lumbung.new(tmp_path / "ksp.lumbung", "cooperative")
    file = tani_makmur(tmp_path / "tani.xlsx")
    before = path.read_bytes()
    tried = lumbung.good("import", path, file, "--dry-run")
    assert "belum ada yang ditambahkan" in tried.out.splitlines()[0]
    assert path.read_bytes() == before
    first = lumbung.good("import", path, file, "--json").json
    assert first["known"] == 0
    # Rows of each sheet, the journal entry of two lines being one document.
    assert first["sheets"] == {name: len(rows) - 1 - (name == "Jurnal") for name, rows in SHEETS.items()}
    balances = lumbung.balances(path, "2026-02-28")
    again = lumbung.good("import", path, file, "--json").json
    assert (again["documents"], again["known"]) == (0, first["documents"])
    assert "sudah ada" in lumbung.good("import", path, file).out
    assert lumbung.balances(path, "2026-02-28") == balances
    assert not (tmp_path / "tani-perlu-diperbaiki.xlsx").exists()


def test_trial_balance(lumbung: Lumbung, book: Path) -> None:
    assert lumbung.balances(book, "2026-02-28") == {
        "1-1101": 6_905_000,
        "1-1111": 6_497_500,
        "1-1201": 12_300_000,
        "1-2105": 2_400_000,
        "1-2205": -820_000,
        "2-1101": -2_400_000,
        "2-1501": -5_000,
        "3-1001": -400_000,
        "3-1002": -2_120_000,
        "3-1101": -16_000_000,
        "3-2001": -5_845_000,
        "4-1001": -540_000,
        "4-1002": -60_000,
        "4-1003": -25_000,
        "4-1004": -20_000,
        "6-2001": 45_000,
        "6-2002": 80_000,
        "6-2005": 20_000,
        "7-1001": -12_500,
    }
    totals = lumbung.totals(book, "trial-balance", *FEBRUARY)
    # 6,905,000 + 6,497,500 + 12,300,000 + 2,400,000 + 145,000
    assert totals == {"debit": 28_247_500, "credit": 28_247_500}


def test_surplus_statement(lumbung: Lumbung, book: Path) -> None:
    report = lumbung.report(book, "surplus-statement", "--year", "2026")
    assert report["title"] == "Laporan Perhitungan Hasil Usaha"
    assert (report["book"], report["first_day"], report["last_day"]) == (
        "KSP Tani Makmur",
        "2026-01-01",
        "2026-12-31",
    )
    assert lumbung.totals(book, "surplus-statement", *FEBRUARY) == {
        "revenue_members": 645_000,
        "revenue_others": 0,
        "other_income": 12_500,
        "cost_of_sales": 0,
        "financing_cost": 0,
        "operating_expenses": 145_000,
        "cooperative_expenses": 0,
        "other_expenses": 0,
        "surplus_before_tax": 512_500,
        "tax": 0,
        "surplus": 512_500,
    }
    # February alone: interest 90,000 + 45,000 + 180,000, penalty 20,000; power 80,000; bank 12,500.
    totals = lumbung.totals(book, "surplus-statement", "--month", "2026-02")
    assert (totals["revenue_members"], totals["operating_expenses"], totals["surplus"]) == (
        335_000,
        80_000,
        267_500,
    )


def test_balance_sheet(lumbung: Lumbung, book: Path) -> None:
    report = lumbung.report(book, "balance-sheet", *FEBRUARY)
    assert (report["first_day"], report["title"]) == (None, "Laporan Posisi Keuangan (Neraca)")
    assert report["totals"] == {"assets": 27_282_500, "liabilities": 2_405_000, "equity": 24_877_500}
    amounts = {row["code"]: row["amount"] for row in lumbung.items(book, "balance-sheet", *FEBRUARY)}
    assert amounts["1-2205"] == -820_000
    assert amounts["3-2002"] == 512_500
    assert "3-9999" not in amounts
    # At the close of the opening day nothing but the opening is there, and nothing before it.
    assert lumbung.totals(book, "balance-sheet", "--on", "2025-12-31") == {
        "assets": 26_550_000,
        "liabilities": 2_325_000,
        "equity": 24_225_000,
    }
    assert set(lumbung.totals(book, "balance-sheet", "--on", "2025-12-30").values()) == {0}


def test_cash_flow_and_cash_book(lumbung: Lumbung, book: Path) -> None:
    # Instalments 3,615,000, paid out 5,915,000, voluntary +125,000, Kas -125,000 + 12,500; wajib and pokok 140,000.
    assert lumbung.totals(book, "cash-flow", "--from", "2026-01-01", "--to", "2026-02-28") == {
        "operating": -2_287_500,
        "investing": 0,
        "financing": 140_000,
        "net_change": -2_147_500,
        "opening": 15_550_000,
        "closing": 13_402_500,
    }
    # The month of the opening saw no movement of money.
    assert lumbung.totals(book, "cash-flow", "--month", "2025-12")["net_change"] == 0
    assert lumbung.totals(book, "cash-book", "--month", "2026-01") == {
        "opening": 15_550_000,
        "in": 1_795_000,
        "out": 6_085_000,
        "closing": 11_260_000,
    }
    assert lumbung.totals(book, "cash-book", "--account", "1-1101", "--month", "2026-01") == {
        "opening": 3_150_000,
        "in": 1_795_000,
        "out": 170_000,
        "closing": 4_775_000,
    }
    rows = lumbung.items(book, "cash-book", "--month", "2026-01")
    assert values(rows, "date", "number", "in", "out", "balance")[2:4] == [
        ("2026-01-08", "PJ-13", 0, 5_915_000, 9_905_000),
        ("2026-01-10", "AS-1", 345_000, 0, 10_250_000),
    ]
    assert rows[2]["party"] == "Siti Aminah"
    assert lumbung.totals(book, "cash-book", "--month", "2025-12") == {
        "opening": 15_550_000,
        "in": 0,
        "out": 0,
        "closing": 15_550_000,
    }


def test_savings_and_members(lumbung: Lumbung, book: Path) -> None:
    rows = lumbung.items(book, "savings", *FEBRUARY)
    assert values(rows, "member", "name", "share", "mandatory", "voluntary", "term", "total") == [
        ("0001", "Siti Aminah", 100_000, 960_000, 1_700_000, 0, 2_760_000),
        ("0002", "Budi Santoso", 100_000, 640_000, 700_000, 0, 1_440_000),
        ("0003", "Karto Wijoyo", 100_000, 500_000, 0, 0, 600_000),
        ("0004", "Dewi Lestari", 100_000, 20_000, 0, 0, 120_000),
    ]
    totals = lumbung.totals(book, "savings", *FEBRUARY)
    assert totals == {
        "share": 400_000,
        "mandatory": 2_120_000,
        "voluntary": 2_400_000,
        "term": 0,
        "total": 4_920_000,
    }
    assert lumbung.totals(book, "savings", "--on", "2025-12-31")["total"] == 4_655_000
    rows = lumbung.items(book, "members", *FEBRUARY)
    assert rows[3] == {
        "number": "0004", "name": "Dewi Lestari", "joined": "2026-02-05", "left": None, "status": "active",
    }  # fmt: skip
    assert lumbung.totals(book, "members", *FEBRUARY) == {"count": 4}


def test_loans_and_arrears(lumbung: Lumbung, book: Path) -> None:
    report = lumbung.report(book, "loans", *FEBRUARY)
    assert next(row["cells"] for row in report["rows"] if row["kind"] == "item") == {
        "loan": "PJ-11",
        "member": "0002",
        "name": "Budi Santoso",
        "disbursed": "2025-06-15",
        "principal": 12_000_000,
        "outstanding": 5_000_000,
        "arrears_principal": 1_000_000,
        "arrears_interest": 180_000,
        "days_overdue": 13,  # from 15 to 28 February
        "class": "special_mention",
    }
    assert report["totals"]["outstanding"] == 12_300_000
    assert report["totals"]["arrears"] == 1_180_000
    assert report["totals"]["by_class"] == {
        "current": 7_300_000,
        "special_mention": 5_000_000,
        "substandard": 0,
        "doubtful": 0,
        "loss": 0,
    }
    # As taken over: given arrears of the sixth instalment, since 15 December.
    assert lumbung.items(book, "arrears", "--on", "2025-12-31") == [
        {
            "loan": "PJ-11",
            "member": "0002",
            "name": "Budi Santoso",
            "since": "2025-12-15",
            "principal": 1_000_000,
            "interest": 180_000,
            "penalty": 0,
            "total": 1_180_000,
        }
    ]
    assert lumbung.report(book, "arrears", *FEBRUARY)["title"] == "Daftar Tunggakan"
    # On 15 January the seventh fell due while the sixth was paid; a month later nothing more has come.
    assert values(lumbung.items(book, "arrears", "--on", "2026-02-19"), "since", "total") == [
        ("2026-01-15", 2_360_000)
    ]


def test_loan_payments_and_schedule(lumbung: Lumbung, book: Path) -> None:
    span = ("--from", "2026-01-01", "--to", "2026-02-28")
    rows = lumbung.items(book, "loan-payments", *span)
    keys = ("date", "number", "loan", "member", "name", "principal", "interest", "penalty", "total")
    by_number = {row["number"]: tuple(row[key] for key in keys) for row in rows}
    assert by_number["AS-2"] == (
        "2026-01-15", "AS-2", "PJ-11", "0002", "Budi Santoso", 1_000_000, 180_000, 0, 1_180_000,
    )  # fmt: skip
    assert by_number["AS-5"][5:] == (1_000_000, 180_000, 20_000, 1_200_000)
    totals = lumbung.totals(book, "loan-payments", *span)
    # Principal 2,000,000 + 600,000 + 500,000; in cash 3,615,000.
    assert {key: totals[key] for key in keys[5:]} == {
        "principal": 3_100_000,
        "interest": 540_000,
        "penalty": 20_000,
        "total": 3_615_000,
    }
    rows = lumbung.items(book, "loan-schedule", "--loan", "PJ-12", *FEBRUARY)
    cells = ("number", "due", "principal", "interest", "total", "balance", "paid", "paid_on")
    assert values(rows, *cells)[1:5] == [
        (2, "2025-12-10", 300_000, 45_000, 345_000, 2_400_000, 345_000, None),
        (3, "2026-01-10", 300_000, 45_000, 345_000, 2_100_000, 345_000, "2026-01-10"),
        (4, "2026-02-10", 300_000, 45_000, 345_000, 1_800_000, 345_000, "2026-02-10"),
        (5, "2026-03-10", 300_000, 45_000, 345_000, 1_500_000, 0, None),
    ]
    assert lumbung.totals(book, "loan-schedule", "--loan", "PJ-12", *FEBRUARY) == {
        "principal": 3_000_000,
        "interest": 450_000,
        "total": 3_450_000,
    }


def test_ledger_and_journal(lumbung: Lumbung, book: Path) -> None:
    span = ("--from", "2026-01-01", "--to", "2026-02-28")
    assert lumbung.totals(book, "ledger", "--account", "1-1201", *span) == {
        "debit": 6_000_000,
        "credit": 3_100_000,
        "opening": 9_400_000,
        "closing": 12_300_000,
    }
    rows = lumbung.items(book, "ledger", "--account", "2-1101", *span)
    assert values(rows, "date", "number", "code", "debit", "credit", "balance") == [
        ("2026-01-06", "SS-2", "2-1101", 0, 250_000, 2_525_000),
        ("2026-01-19", "TS-1", "2-1101", 125_000, 0, 2_400_000),
    ]
    rows = [row for row in lumbung.items(book, "journal", "--month", "2026-01") if row["number"] == "PJ-13"]
    assert values(rows, "code", "debit", "credit") == [
        ("1-1201", 6_000_000, 0),
        ("1-1111", 0, 5_915_000),
        ("4-1002", 0, 60_000),
        ("4-1003", 0, 25_000),
    ]
    totals = lumbung.totals(book, "journal", "--month", "2026-02")
    assert totals["debit"] == totals["credit"]


def test_opening_check_and_check(lumbung: Lumbung, book: Path) -> None:
    rows = lumbung.items(book, "opening-check", "--on", "2025-12-31")
    assert values(rows, "code", "ledger", "detail", "difference") == [
        ("1-1201", 9_400_000, 9_400_000, 0),
        ("2-1101", 2_275_000, 2_275_000, 0),
        ("2-1501", 50_000, 50_000, 0),
        ("3-1001", 300_000, 300_000, 0),
        ("3-1002", 2_080_000, 2_080_000, 0),
    ]
    assert lumbung.totals(book, "opening-check", "--on", "2025-12-31") == {"difference": 0}
    before = book.read_bytes()
    assert lumbung.good("check", book, "--json").json == {"findings": []}
    assert book.read_bytes() == before


def test_an_import_is_taken_back_and_done_again(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    balances = lumbung.balances(book, "2026-11-24")
    lumbung.good("undo", book)
    assert lumbung.balances(book, "2026-11-24") == {}
    assert lumbung.items(book, "loans", *FEBRUARY) == []
    assert lumbung.totals(book, "savings", *FEBRUARY)["total"] == 0
    assert lumbung.good("check", book, "--json").json == {"findings": []}
    lumbung.good("import", book, tmp_path / "tani.xlsx")
    assert lumbung.balances(book, "2026-11-24") == balances
    assert lumbung.good("check", book, "--json").json == {"findings": []}


def test_what_was_taken_back_and_brought_back_is_taken_back_with_the_rest(
    lumbung: Lumbung, book: Path, tmp_path: Path
) -> None:
    whole = lumbung.balances(book, "2026-11-24")
    # One deposit and one instalment are taken back, that is undone, and then the whole import is.
    for number in ("SS-2", "AS-5"):
        lumbung.do(book, "reverse-entry", "--number", number)
        assert lumbung.balances(book, "2026-11-24") != whole
        lumbung.good("undo", book)
        assert lumbung.balances(book, "2026-11-24") == whole
    # A document of an import is there still, taken back or not.
    assert lumbung.good("import", book, tmp_path / "tani.xlsx", "--json").json["documents"] == 0
    lumbung.good("undo", book)
    assert lumbung.balances(book, "2026-11-24") == {}
    assert lumbung.totals(book, "savings", *FEBRUARY)["total"] == 0
    assert lumbung.good("check", book, "--json").json == {"findings": []}


def test_an_entry_brought_back_can_be_taken_back_again(lumbung: Lumbung, book: Path) -> None:
    before = lumbung.balances(book, "2026-11-24")
    put = (
        "--member",
        "3",
        "--product",
        "voluntary",
        "--amount",
        "75000",
        "--on",
        "2026-03-02",
        "--number",
        "SS-9",
    )
    lumbung.do(book, "deposit-savings", *put)
    after = lumbung.balances(book, "2026-11-24")
    lumbung.do(book, "reverse-entry", "--number", "SS-9")
    assert lumbung("do", book, "reverse-entry", "--number", "SS-9").status == 1
    lumbung.good("undo", book)
    assert lumbung.balances(book, "2026-11-24") == after
    # Going one further back takes the deposit itself back.
    lumbung.good("undo", book)
    assert lumbung.balances(book, "2026-11-24") == before
    assert lumbung.items(book, "savings", "--on", "2026-03-31")[2]["voluntary"] == 0
    assert lumbung.good("check", book, "--json").json == {"findings": []}
