"""A cooperative's whole year 2025 by commands: statements, periods, closing and opening again, exports.

The mini KSP of domain knowledge, widened by one entry in each section of the surplus statement. By hand:
members' revenue: interest 6 x 120,000 = 720,000 + provision 120,000 = 840,000; others 90,000; cost of sales 60,000;
financing 200,000 + 11,000; operating 100,000 + 300,000; cooperative 55,000; other income 35,000; other expenses 7,000.
840,000 + 90,000 + 35,000 - 60,000 - 211,000 - 400,000 - 55,000 - 7,000 = 232,000; tax 4,200; surplus 227,800.
Cash: 1,000,000 + 6,000,000 + 20,000,000 - 11,880,000 + 6,720,000 - 100,000 - 2,400,000 - 55,000 - 11,000 + 90,000 -
60,000 = 19,304,000; bank 35,000 - 7,000 = 28,000; loan 6,000,000; inventory 2,400,000 - 300,000.
Assets 27,432,000. Liabilities 20,200,000 + 4,200. Equity 7,000,000 + 227,800.
"""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.outside import Lumbung

SURPLUS = {
    "revenue_members": 840_000,
    "revenue_others": 90_000,
    "other_income": 35_000,
    "cost_of_sales": 60_000,
    "financing_cost": 211_000,
    "operating_expenses": 400_000,
    "cooperative_expenses": 55_000,
    "other_expenses": 7_000,
    "surplus_before_tax": 232_000,
    "tax": 4_200,
    "surplus": 227_800,
}
CASH_FLOW = {
    # 20,000,000 - 12,000,000 + 120,000 + 6,720,000 - 100,000 + 28,000 - 55,000 - 11,000 + 30,000
    "operating": 14_732_000,
    "investing": -2_400_000,
    "financing": 7_000_000,
    "net_change": 19_332_000,
    "opening": 0,
    "closing": 19_332_000,
}
BALANCE_SHEET = {"assets": 27_432_000, "liabilities": 20_204_200, "equity": 7_227_800}
INCOME_ACCOUNTS = {"4-1001", "4-1002", "4-2002", "5-1001", "5-1003", "5-2002", "6-2001", "6-2005", "6-3001", "7-1001",
                   "8-1001", "9-1001"}  # fmt: skip


def entry(lumbung: Lumbung, book: Path, on: str, memo: str, debit: str, credit: str, amount: int) -> None:
    """A journal entry of two lines."""
    lumbung.do(
        book, "post-entry", "--on", on, "--memo", memo,
        "--line", f"account={debit},debit={amount}", "--line", f"account={credit},credit={amount}",
    )  # fmt: skip


@pytest.fixture
def book(lumbung: Lumbung, tmp_path: Path) -> Path:
    """The book with its year 2025."""
    path = lumbung.new(tmp_path / "ksp.lumbung", "cooperative")
    lumbung.do(path, "add-member", "--name", "Siti", "--joined", "2025-01-02")
    for product, written in (("share", "1jt"), ("mandatory", "6jt"), ("voluntary", "20jt")):
        put = ("--member", "1", "--product", product, "--amount", written, "--on", "2025-01-05")
        lumbung.do(path, "deposit-savings", *put)
    lumbung.do(
        path, "disburse-loan", "--member", "1", "--on", "2025-01-10", "--principal", "12000000", "--rate", "12",
        "--per", "year", "--term", "12", "--provision-percent", "1", "--number", "PJ-1",
    )  # fmt: skip
    for month in range(2, 8):
        lumbung.do(
            path, "receive-instalment", "--loan", "PJ-1", "--amount", "1120000", "--on", f"2025-{month:02}-10"
        )
    lumbung.do(
        path, "credit-savings-interest", "--member", "1", "--product", "voluntary", "--gross", "200000",
        "--on", "2025-06-30",
    )  # fmt: skip
    for on, memo, debit, credit, amount in (
        ("2025-01-15", "inventaris", "1-2105", "1-1101", 2_400_000),
        ("2025-03-01", "kertas", "6-2001", "1-1101", 100_000),
        ("2025-06-30", "penyusutan", "6-2005", "1-2205", 300_000),
        ("2025-08-01", "bunga bank", "1-1111", "7-1001", 35_000),
        ("2025-08-01", "biaya bank", "8-1001", "1-1111", 7_000),
        ("2025-09-01", "rapat anggota", "6-3001", "1-1101", 55_000),
        ("2025-09-02", "bunga pinjaman", "5-1003", "1-1101", 11_000),
        ("2025-09-03", "jual", "1-1101", "4-2002", 90_000),
        ("2025-09-03", "pokok", "5-2002", "1-1101", 60_000),
        ("2025-12-31", "PPh final", "9-1001", "2-1303", 4_200),
    ):
        entry(lumbung, path, on, memo, debit, credit, amount)
    return path


def test_statements_of_the_year(lumbung: Lumbung, book: Path) -> None:
    assert lumbung.totals(book, "surplus-statement", "--year", "2025") == SURPLUS
    assert lumbung.totals(book, "cash-flow", "--year", "2025") == CASH_FLOW
    assert lumbung.totals(book, "balance-sheet", "--on", "2025-12-31") == BALANCE_SHEET
    # The items of each section add up to it.
    items = {row["code"]: row["amount"] for row in lumbung.items(book, "surplus-statement", "--year", "2025")}
    assert set(items) == INCOME_ACCOUNTS
    assert all(amount > 0 for amount in items.values())
    assert sum(amount for code, amount in items.items() if code[0] in "47") == 965_000
    flow = lumbung.items(book, "cash-flow", "--year", "2025")
    assert sum(row["amount"] for row in flow if row["name"] != "Kas awal periode") == CASH_FLOW["net_change"]
    sheet = {row["code"]: row["amount"] for row in lumbung.items(book, "balance-sheet", "--on", "2025-12-31")}
    assert (sheet["1-2205"], sheet["2-1101"], sheet["3-2002"]) == (-300_000, 20_200_000, 227_800)
    assert sum(amount for code, amount in sheet.items() if code[0] == "1") == BALANCE_SHEET["assets"]
    # September: 90,000 - 60,000 - 11,000 - 55,000.
    assert lumbung.totals(book, "surplus-statement", "--month", "2025-09")["surplus"] == -36_000


@pytest.mark.parametrize(
    ("period", "first", "last", "principal"),
    [
        (("--on", "2025-06-30"), "2025-01-01", "2025-06-30", 5_000_000),
        (("--from", "2025-02-10", "--to", "2025-03-10"), "2025-02-10", "2025-03-10", 2_000_000),
        (("--month", "2025-02"), "2025-02-01", "2025-02-28", 1_000_000),
        (("--year", "2025"), "2025-01-01", "2025-12-31", 6_000_000),
    ],
)
def test_periods(
    lumbung: Lumbung, book: Path, period: tuple[str, ...], first: str, last: str, principal: int
) -> None:
    report = lumbung.report(book, "loan-payments", *period)
    assert (report["first_day"], report["last_day"], report["totals"]["principal"]) == (
        first,
        last,
        principal,
    )
    report = lumbung.report(book, "trial-balance", *period)
    assert (report["first_day"], report["last_day"]) == (None, last)


def test_a_fiscal_year_that_begins_in_april(lumbung: Lumbung, tmp_path: Path) -> None:
    book = lumbung.new(tmp_path / "april.lumbung", "cooperative")
    lumbung.do(book, "set-profile", "--fiscal-year-start", "4")
    for on, amount in (("2024-04-01", 300), ("2025-03-31", 50), ("2025-04-01", 7)):
        entry(lumbung, book, on, "bunga", "1-1101", "7-1001", amount)
    for period, first, last, surplus in (
        (("--year", "2024"), "2024-04-01", "2025-03-31", 350),
        (("--year", "2025"), "2025-04-01", "2026-03-31", 7),
        (("--on", "2025-02-15"), "2024-04-01", "2025-02-15", 300),
        (("--on", "2025-04-15"), "2025-04-01", "2025-04-15", 7),
    ):
        report = lumbung.report(book, "surplus-statement", *period)
        assert (report["first_day"], report["last_day"], report["totals"]["surplus"]) == (
            first,
            last,
            surplus,
        )
    lumbung.good("close", book, "--year", "2024")
    assert lumbung.balances(book, "2025-03-31") == {"1-1101": 350, "3-2002": -350}
    assert lumbung.balances(book, "2025-04-01") == {"1-1101": 357, "3-2001": -350, "7-1001": -7}


def test_closing_the_year_and_opening_it_again(lumbung: Lumbung, book: Path) -> None:
    before = lumbung.balances(book, "2025-12-31")
    lumbung.good("close", book, "--year", "2025")
    closed = lumbung.balances(book, "2025-12-31")
    assert not INCOME_ACCOUNTS & set(closed)
    assert closed["3-2002"] == -227_800
    assert "3-2001" not in closed
    after = lumbung.balances(book, "2026-01-01")
    assert after["3-2001"] == -227_800
    assert "3-2002" not in after
    # Statements never hold the closing entries.
    assert lumbung.totals(book, "surplus-statement", "--year", "2025") == SURPLUS
    assert lumbung.totals(book, "cash-flow", "--year", "2025") == CASH_FLOW
    assert lumbung.totals(book, "balance-sheet", "--on", "2025-12-31") == BALANCE_SHEET
    assert lumbung.totals(book, "balance-sheet", "--on", "2026-01-31") == BALANCE_SHEET
    assert lumbung.totals(book, "surplus-statement", "--month", "2025-12")["surplus"] == -4_200
    assert set(lumbung.totals(book, "surplus-statement", "--year", "2026").values()) == {0}
    rows = lumbung.items(book, "trial-balance", "--on", "2025-12-31", "--before-closing")
    assert {row["code"]: row["debit"] - row["credit"] for row in rows} == before
    assert lumbung.good("check", book, "--json").json == {"findings": []}
    # The months are locked, the next year is open.
    fields = (
        "do",
        book,
        "deposit-savings",
        "--member",
        "1",
        "--product",
        "mandatory",
        "--amount",
        "5",
        "--on",
    )
    for on in ("2025-12-31", "2025-05-31"):
        said = lumbung(*fields, on)
        assert said.status == 1
        assert "dikunci" in said.err
    lumbung.good(*fields, "2026-01-02")
    lumbung.good("undo", book)
    assert lumbung("close", book, "--year", "2025").status == 1
    lumbung.good("close", book, "--year", "2025", "--reopen")
    assert lumbung.balances(book, "2026-01-31") == before
    assert lumbung("close", book, "--year", "2025", "--reopen").status == 1
    entry(lumbung, book, "2025-12-30", "tambahan", "6-2001", "1-1101", 800)
    lumbung.good("close", book, "--year", "2025")
    assert lumbung.balances(book, "2026-01-01")["3-2001"] == -227_000
    lumbung.good("undo", book)
    assert lumbung.balances(book, "2026-01-01")["6-2001"] == 100_800
    assert lumbung.good("check", book, "--json").json == {"findings": []}


def test_closing_a_month(lumbung: Lumbung, book: Path) -> None:
    lumbung.good("close", book, "--month", "2025-03")
    assert lumbung("close", book, "--month", "2025-03").status == 1
    fields = ("do", book, "post-entry", "--on", "2025-03-15", "--memo", "x", "--line", "account=6-2001,debit=1",
              "--line", "account=1-1101,credit=1")  # fmt: skip
    assert lumbung(*fields).status == 1
    # What stands in it can't be taken back either.
    assert lumbung("do", book, "reverse-entry", "--number", "AS-2503-0001").status == 1
    lumbung.good("close", book, "--month", "2025-03", "--reopen")
    assert lumbung("close", book, "--month", "2025-03", "--reopen").status == 1
    lumbung.good(*fields)


def test_comparing_with_the_year_before(lumbung: Lumbung, book: Path) -> None:
    entry(lumbung, book, "2026-02-01", "bunga bank", "1-1111", "7-1001", 500)
    report = lumbung.report(book, "surplus-statement", "--year", "2026", "--compare", "2025")
    assert report["totals"]["surplus"] == 500
    rows: list[dict[str, Any]] = [row["cells"] for row in report["rows"] if row["kind"] == "total"]
    assert 500 in rows[-1].values()
    assert 227_800 in rows[-1].values()


def test_exports_hold_every_posting(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    lumbung.good("close", book, "--year", "2025")
    expected = lumbung.balances(book, "2026-01-31")
    lumbung.good("export", book, "--as", "json", "-o", tmp_path / "buku.json")
    text = (tmp_path / "buku.json").read_text(encoding="utf-8")
    assert "rapat anggota" in text
    json.loads(text)
    lumbung.good("export", book, "--as", "csv", "-o", tmp_path / "csv")
    with (tmp_path / "csv" / "account.csv").open(encoding="utf-8-sig", newline="") as stream:
        codes = {row["id"]: row["code"] for row in csv.DictReader(stream)}
    sums: dict[str, int] = {}
    with (tmp_path / "csv" / "posting.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            code = codes[row["account_id"]]
            sums[code] = sums.get(code, 0) + int(row["amount"])
    assert {code: amount for code, amount in sums.items() if amount} == expected
    for kind, account in (("hledger", "Aset:1-1101 Kas"), ("beancount", "Aset:1-1101-Kas")):
        lumbung.good("export", book, "--as", kind, "-o", tmp_path / kind)
        text = (tmp_path / kind).read_text(encoding="utf-8")
        assert account in text
        assert "AS-2502-0001" in text
        assert "rapat anggota" in text
        assert "Siti" in text


def test_reports_as_files(lumbung: Lumbung, book: Path, tmp_path: Path) -> None:
    from openpyxl import load_workbook
    from pypdf import PdfReader

    for key in (
        "balance-sheet",
        "surplus-statement",
        "loans",
        "savings",
        "trial-balance",
        "cash-flow",
        "members",
    ):
        for kind in ("pdf", "xlsx", "csv", "text"):
            lumbung.good(
                "report", book, key, "--on", "2025-12-31", "--as", kind, "-o", tmp_path / f"{key}.{kind}"
            )
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "balance-sheet.pdf").pages)
    assert "27.432.000" in text
    sheet = load_workbook(tmp_path / "balance-sheet.xlsx").worksheets[0]
    found = {cell.value for row in sheet.iter_rows() for cell in row}
    # Sums may be formulas; the amounts of the accounts are numbers.
    assert {19_304_000, 6_000_000, -300_000} <= found
    assert "19.304.000" in (tmp_path / "balance-sheet.text").read_text(encoding="utf-8")
    rows = list(csv.reader((tmp_path / "loans.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert any("6000000" in cell for row in rows for cell in row)


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("report", "BOOK", "income-statement", "--year", "2025"), 1),
        (("report", "BOOK", "loan-schedule"), 2),
        (("report", "BOOK", "loan-schedule", "--loan", "PJ-9"), 1),
        (("report", "BOOK", "member-statement", "--month", "2025-02"), 2),
        (("report", "BOOK", "member-statement", "--month", "2025-02", "--member", "9"), 1),
        (("report", "BOOK", "loans", "--from", "2025-02-01"), 2),
        (("report", "BOOK", "loans", "--month", "2025-02", "--on", "2025-02-03"), 2),
        (("report", "BOOK", "loans", "--from", "2025-03-01", "--to", "2025-02-01"), 2),
        (("report", "TEXT", "loans"), 4),
        (("check", "TEXT"), 4),
        (("undo", "NONE"), 4),
        (("import", "BOOK", "NONE"), 1),
        (("statements", "BOOK", "--month", "2025-02"), 2),
        (("statements", "BOOK", "--month", "2025-02", "-o", "DIR", "--per-page", "3"), 2),
    ],
)
def test_how_runs_end(
    lumbung: Lumbung, book: Path, tmp_path: Path, arguments: tuple[str, ...], status: int
) -> None:
    (tmp_path / "surat.lumbung").write_text("bukan buku", encoding="utf-8")
    names = {
        "BOOK": book,
        "TEXT": tmp_path / "surat.lumbung",
        "NONE": tmp_path / "tidak-ada.lumbung",
        "DIR": tmp_path / "dir",
    }
    before = book.read_bytes()
    said = lumbung(*(names.get(part, part) for part in arguments))
    assert (said.status, said.out) == (status, "")
    assert said.err.strip()
    assert "Traceback" not in said.err
    assert book.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("tutupbuku",), "tutupbuku"),
        (("check",), "Isi BOOK"),
        (("statements", "BOOK", "--month", "2025-02"), "--output"),
        (("statements", "BOOK", "--month", "2025-02", "-o", "x", "--per-page", "tiga"), "--per-page"),
        (("report", "BOOK", "loans", "--warna", "biru"), "--warna"),
        (("report", "BOOK", "loans", "--on"), "--on"),
        (("check", "BOOK", "lagi"), "lagi"),
        (("do", "BOOK", "deposit-savings", "--member", "1"), "--product"),
        (("report", "BOOK", "neraca"), "neraca"),
    ],
)
def test_wrong_usage_is_told_in_indonesian(
    lumbung: Lumbung, book: Path, arguments: tuple[str, ...], words: str
) -> None:
    said = lumbung(*(book if part == "BOOK" else part for part in arguments))
    assert (said.status, said.out) == (2, "")
    assert words in said.err
    assert not {"Usage:", "No", "Missing", "There", "Please", "Invalid", "the"} & set(said.err.split())


def test_a_year_is_closed_whatever_the_day_is(lumbung: Lumbung, book: Path) -> None:
    # The year before first; then one that may not be over yet, whenever this test is run.
    entry(lumbung, book, "2026-02-01", "bunga bank", "1-1111", "7-1001", 500)
    assert lumbung("close", book, "--year", "2026").status == 1
    lumbung.good("close", book, "--year", "2025")
    lumbung.good("close", book, "--year", "2026")
    assert lumbung.balances(book, "2026-12-31")["3-2002"] == -500
    assert lumbung.balances(book, "2027-01-01")["3-2001"] == -228_300
    assert lumbung.totals(book, "surplus-statement", "--year", "2026")["surplus"] == 500
    assert lumbung.good("check", book, "--json").json == {"findings": []}
