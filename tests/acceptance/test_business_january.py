"""A shop's January from its import workbook to every report: figures as made by hand beforehand."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance import warung_january as january
from tests.acceptance.outside import Lumbung, workbook

_MONTH = ("--month", "2026-01")
_END = ("--on", "2026-01-31")

Shop = tuple[Lumbung, Path]


@pytest.fixture
def shop(lumbung: Lumbung, tmp_path: Path) -> Shop:
    """The book after the import of January."""
    book = lumbung.new(tmp_path / "warung.lumbung")
    lumbung.good("import", book, workbook(tmp_path / "januari.xlsx", january.SHEETS))
    return lumbung, book


def _by(rows: list[dict[str, Any]], key: str, *cells: str) -> dict[str, tuple[Any, ...]]:
    return {row[key]: tuple(row[cell] for cell in cells) for row in rows}


def test_the_book_is_sound_and_the_opening_is_closed(shop: Shop) -> None:
    lumbung, book = shop
    assert lumbung.good("check", book, "--json").json == {"findings": []}
    assert lumbung.totals(book, "opening-check", "--on", "2025-12-31") == {"difference": 0}
    rows = _by(lumbung.items(book, "opening-check", "--on", "2025-12-31"), "code", "ledger", "detail")
    assert rows == {
        "1-1201": (275_000, 275_000),
        "1-1301": (1_500_000, 1_500_000),
        "2-1101": (640_000, 640_000),
    }


def test_the_trial_balance(shop: Shop) -> None:
    lumbung, book = shop
    assert lumbung.balances(book, "2026-01-31") == {
        "1-1101": january.CASH,
        "1-1111": january.BANK,
        "1-1121": january.QRIS,
        "1-1201": january.RECEIVABLE,
        "1-1301": january.STOCK,
        "1-2103": 550_000,
        "1-2203": -25_000,
        "2-1101": -january.PAYABLE,
        "2-1301": -1_600_000,
        "2-2101": -3_000_000,
        "3-1001": -6_135_000,
        "3-1002": 150_000,
        "4-1001": -3_789_000,
        "4-1102": 4_000,
        "5-1001": 3_516_300,
        "6-1001": 300_000,
        "6-1002": 300_000,
        "6-1003": 185_000,
        "6-1004": 45_000,
        "6-1005": 12_500,
        "6-1006": 37_000,
        "6-1007": 20_000,
        "6-1008": 6_500,
        "6-1009": 75_000,
        "6-1010": 25_000,
        "6-1011": 10_000,
        "6-1099": 8_000,
        "7-1099": -33_000,
        "8-1001": 30_000,
        "9-1001": 25_000,
    }
    totals = lumbung.totals(book, "trial-balance", *_END)
    assert totals["debit"] == totals["credit"]
    assert lumbung.balances(book, "2025-12-31")["1-1301"] == 1_500_000


def test_the_income_statement(shop: Shop) -> None:
    lumbung, book = shop
    # Fritters and tea have no cost, so the gross profit is unknown; the result is by the records.
    assert lumbung.totals(book, "income-statement", *_MONTH) == {
        "revenue": 3_785_000,
        "cost_of_sales": 3_516_300,
        "gross_profit": None,
        "expenses": january.EXPENSES,
        "other": 3_000,
        "profit_before_tax": january.BEFORE_TAX,
        "tax": january.TAX,
        "profit": january.PROFIT,
    }
    assert "Laba kotor belum bisa dihitung" in lumbung.good("report", book, "income-statement", *_MONTH).out
    rows = _by(lumbung.items(book, "income-statement", *_MONTH), "code", "amount")
    assert rows["4-1102"] == (-4_000,)
    assert (rows["7-1099"], rows["8-1001"]) == ((33_000,), (-30_000,))
    # 7 to 11 January without the fritters: sugar, oil.
    week = lumbung.totals(book, "income-statement", "--from", "2026-01-07", "--to", "2026-01-08")
    assert (week["revenue"], week["cost_of_sales"], week["gross_profit"]) == (218_000, 185_200, 32_800)
    assert week["gross_profit"] - week["expenses"] + week["other"] == week["profit_before_tax"]


def test_the_position_and_the_cash_flow(shop: Shop) -> None:
    lumbung, book = shop
    # 9,006,500 money + 285,000 + 991,200 + 525,000; 1,000,000 + 4,600,000; 5,135,000 + 850,000 - 777,300.
    assert lumbung.totals(book, "balance-sheet", *_END) == {
        "assets": 10_807_700,
        "liabilities": 5_600_000,
        "equity": 5_207_700,
    }
    rows = _by(lumbung.items(book, "balance-sheet", *_END), "code", "amount")
    assert (rows["1-2203"], rows["3-1002"]) == ((-25_000,), (-150_000,))
    assert lumbung.totals(book, "cash-flow", *_MONTH) == {
        "operating": 106_500,
        "investing": -550_000,
        "financing": 2_450_000,
        "net_change": 2_006_500,
        "opening": 7_000_000,
        "closing": 9_006_500,
    }
    # The opening touches no cash movement.
    opening = lumbung.totals(book, "cash-flow", "--month", "2025-12")
    assert (opening["net_change"], opening["operating"], opening["financing"]) == (0, 0, 0)


def test_the_cash_book(shop: Shop) -> None:
    lumbung, book = shop
    # All: in 1,033,000 + 2,000,000 + sales 3,213,000 + 70,000 + 272,000 + bon 220,000 = 6,808,000.
    totals = lumbung.totals(book, "cash-book", *_MONTH)
    assert (totals["opening"], totals["in"], totals["closing"]) == (7_000_000, 6_808_000, 9_006_500)
    cash = lumbung.totals(book, "cash-book", *_MONTH, "--account", "1-1101")
    # In: 3,213,000 + 220,000 + 1,033,000; out: 1,322,000 + 596,100 + 2,417,500.
    assert cash == {"opening": 2_000_000, "in": 4_466_000, "out": 4_335_600, "closing": january.CASH}
    rows = _by(lumbung.items(book, "cash-book", *_MONTH), "number", "party", "in", "out")
    assert rows["N-003"] == ("Bu Wati", 48_000, 0)
    assert rows["GM-1"] == ("Toko Grosir Makmur", 0, 500_000)


def test_sales_by_day_and_by_product(shop: Shop) -> None:
    lumbung, book = shop
    days = _by(lumbung.items(book, "sales", *_MONTH), "date", "quantity", "sales", "cost", "margin")
    assert days["2026-01-02"] == ("15.5", 260_000, None, None)
    assert days["2026-01-06"] == ("4", 272_000, 255_072, 16_928)
    assert days["2026-01-12"] == ("45", 130_000, 108_000, 22_000)
    assert days["2026-01-15"][:2] == ("8", 12_000)
    assert days["2026-01-20"] == ("43", 2_881_000, 2_742_028, 138_972)
    assert lumbung.totals(book, "sales", *_MONTH)["sales"] == 3_785_000
    products = _by(
        lumbung.items(book, "sales-by-product", *_MONTH), "name", "quantity", "sales", "cost", "margin"
    )
    # Rice: 200,000 + 272,000 + 2,881,000, cost 1,240,000 + 1,943,100. Sugar: 45,000 + 148,000.
    assert products == {
        "Beras 5 kg": ("50", 3_353_000, 3_183_100, 169_900),
        "Gula pasir": ("10.5", 193_000, 165_200, 27_800),
        "Minyak goreng": ("4", 70_000, 60_000, 10_000),
        "Mi instan": ("45", 130_000, 108_000, 22_000),
        "Gorengan": ("18", 27_000, None, None),
        "Es teh": ("3", 12_000, None, None),
    }


def test_purchases_and_expenses(shop: Shop) -> None:
    lumbung, book = shop
    assert _by(lumbung.items(book, "purchases", *_MONTH), "number", "party", "amount") == {
        "GM-1": ("Toko Grosir Makmur", 2_096_100),
        "GM-2": (None, 192_000),
        "GM-3": (None, 89_400),
        "GM-4": (None, 630_000),
    }
    assert lumbung.totals(book, "purchases", *_MONTH) == {"amount": 3_007_500}
    expenses = _by(lumbung.items(book, "expenses", *_MONTH), "category", "amount")
    assert expenses["Sewa"] == (300_000,)
    assert expenses["Gaji & Upah"] == (300_000,)


def test_stock_and_its_cards(shop: Shop) -> None:
    lumbung, book = shop
    stock = _by(lumbung.items(book, "stock", *_END), "code", "unit", "quantity", "unit_cost", "value")
    assert stock == {
        "BR-01": ("sak", "10", 63_000, 630_000),
        "GL-01": ("kg", "12", 15_650, 187_800),
        "MG-01": ("botol", "6", 14_900, 89_400),
        "MI-01": ("bks", "35", 2_400, 84_000),
    }
    assert lumbung.totals(book, "stock", *_END) == {"value": january.STOCK}
    # On 10 January: rice 43 at 2,742,028, sugar 187,800, oil 0, noodles 192,000.
    assert lumbung.totals(book, "stock", "--on", "2026-01-10") == {"value": 3_121_828}
    card = lumbung.items(book, "stock-card", *_MONTH, "--product", "BR-01")
    assert [(row["number"], row["in"], row["out"], row["balance"]) for row in card] == [
        ("N-001", "0", "3", "17"),
        ("GM-1", "30", "0", "47"),
        ("N-002", "0", "4", "43"),
        ("N-006", "0", "43", "0"),
        ("GM-4", "10", "0", "10"),
    ]
    totals = lumbung.totals(book, "stock-card", *_MONTH, "--product", "BR-01")
    assert totals == {"opening": "20", "closing": "10"}


def test_who_owes_and_is_owed(shop: Shop) -> None:
    lumbung, book = shop
    ages = ("not_due", "days_1_30", "days_31_60", "days_61_90", "days_over_90", "total")
    # 31/12 to 31/1 are 31 days; Bu Rini's bon of 12/1 fell due on its own day, 19 days ago.
    assert _by(lumbung.items(book, "receivables", *_END), "name", *ages) == {
        "Bu Wati": (0, 0, 30_000, 0, 0, 30_000),
        "Pak Joko": (0, 0, 125_000, 0, 0, 125_000),
        "Bu Rini": (0, 130_000, 0, 0, 0, 130_000),
    }
    # On 14/1 nothing is paid yet: N-003 100,000 is due on the 21st, the openings are 14 days late.
    assert _by(lumbung.items(book, "receivables", "--on", "2026-01-14"), "name", *ages) == {
        "Bu Wati": (100_000, 150_000, 0, 0, 0, 250_000),
        "Pak Joko": (0, 125_000, 0, 0, 0, 125_000),
        "Bu Rini": (0, 130_000, 0, 0, 0, 130_000),
    }
    assert _by(lumbung.items(book, "payables", *_END), "name", *ages) == {
        "Toko Grosir Makmur": (1_000_000, 0, 0, 0, 0, 1_000_000)
    }
    # 5 February is the first day late, 6 March (30 + 1 days) the next column.
    for day, place in (("2026-02-05", 1), ("2026-03-06", 1), ("2026-03-07", 2), ("2026-05-06", 4)):
        row = _by(lumbung.items(book, "payables", "--on", day), "name", *ages)["Toko Grosir Makmur"]
        assert row[place] == 1_000_000, day
    card = lumbung.items(book, "party-card", *_MONTH, "--party", "PL-01")
    assert [(row["number"], row["in"], row["out"], row["balance"]) for row in card] == [
        ("N-003", 100_000, 0, 250_000),
        ("BB-1", 0, 120_000, 130_000),
        ("BB-2", 0, 100_000, 30_000),
    ]
    supplier = lumbung.totals(book, "party-card", *_MONTH, "--party", "PM-01")
    assert supplier == {"opening": 640_000, "closing": 1_000_000}


def test_ledger_and_journal(shop: Shop) -> None:
    lumbung, book = shop
    ledger = lumbung.totals(book, "ledger", *_MONTH, "--account", "1-1201")
    assert ledger == {"debit": 230_000, "credit": 220_000, "opening": 275_000, "closing": 285_000}
    payables = lumbung.totals(book, "ledger", *_MONTH, "--account", "2-1101")
    assert (abs(payables["opening"]), abs(payables["closing"])) == (640_000, 1_000_000)
    journal = lumbung.report(book, "journal", *_MONTH)
    assert journal["totals"]["debit"] == journal["totals"]["credit"]
    rows = [row["cells"] for row in journal["rows"] if row["kind"] == "item"]
    assert {(row["code"], row["debit"], row["credit"]) for row in rows if row["number"] == "N-002"} == {
        ("1-1121", 272_000, 0),
        ("4-1001", 0, 272_000),
        ("5-1001", 255_072, 0),
        ("1-1301", 0, 255_072),
    }


def test_the_same_file_again_adds_nothing_and_says_so(shop: Shop, tmp_path: Path) -> None:
    lumbung, book = shop
    before = lumbung.report(book, "journal", "--year", "2026")
    said = lumbung.good("import", book, tmp_path / "januari.xlsx")
    assert "tidak ada yang ditambahkan" in said.out
    assert lumbung.report(book, "journal", "--year", "2026") == before


def test_a_dry_run_changes_nothing(lumbung: Lumbung, tmp_path: Path) -> None:
    book = lumbung.new(tmp_path / "warung.lumbung")
    before = book.read_bytes()
    file = workbook(tmp_path / "januari.xlsx", january.SHEETS)
    lumbung.good("import", book, file, "--dry-run")
    assert book.read_bytes() == before


def test_sheet_by_sheet_as_windows_csv_gives_the_same(lumbung: Lumbung, tmp_path: Path) -> None:
    """Indonesian Excel writes `;`, 31/01/2026 and 2,5 in Windows-1252."""
    whole = lumbung.new(tmp_path / "satu.lumbung")
    lumbung.good("import", whole, workbook(tmp_path / "januari.xlsx", january.SHEETS))
    book = lumbung.new(tmp_path / "csv.lumbung")
    # Costs follow the order of recording, so purchases and sales come a few rows at a time; those that are in
    # the book already are known again.
    order = (
        ("Profil", 9), ("Akun", 9), ("Barang", 9), ("Pelanggan", 9), ("Pemasok", 9), ("Saldo Awal", 9),
        ("Penjualan", 4), ("Pembelian", 3), ("Penjualan", 7), ("Pembelian", 5), ("Penjualan", 99), ("Pembelian", 99),
        ("Bayar Bon", 9), ("Bayar Utang", 9), ("Kas", 99), ("Jurnal", 9),
    )  # fmt: skip
    for name, count in order:
        file = tmp_path / f"{name}.csv"
        rows = january.SHEETS[name][:count]
        file.write_bytes("".join(";".join(map(_excel, row)) + "\r\n" for row in rows).encode("cp1252"))
        lumbung.good("import", book, file, "--sheet", name)
    assert _comparable(lumbung.report, book) == _comparable(lumbung.report, whole)
    assert lumbung.good("check", book, "--json").json == {"findings": []}


def _excel(value: Any) -> str:
    if value is None:
        return ""
    if hasattr(value, "strftime"):
        return str(value.strftime("%d/%m/%Y"))
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def _comparable(report: Callable[..., dict[str, Any]], book: Path) -> list[Any]:
    return [
        report(book, key, *_MONTH)[part]
        for key in ("trial-balance", "stock", "receivables", "payables", "sales-by-product")
        for part in ("rows", "totals")
    ]
