"""Single commands of a business: what they post, how they are taken back, and when that is refused."""

from pathlib import Path

import pytest

from tests.acceptance.outside import Lumbung

_END = ("--on", "2026-12-31")
_KEYS = ("trial-balance", "stock", "receivables", "payables", "sales-by-product")


@pytest.fixture
def book(lumbung: Lumbung, tmp_path: Path) -> Path:
    """A shop with ten coffees bought at 2,000 (5,000 paid), four sold on bon, and parts of both paid."""
    path = lumbung.new(tmp_path / "warung.lumbung")
    lumbung.do(path, "add-product", "--name", "Kopi", "--code", "KP", "--unit", "bks", "--sell-price", "3000")
    lumbung.do(path, "add-supplier", "--name", "Toko A", "--code", "TA")
    lumbung.do(path, "add-customer", "--name", "Bu Wati", "--code", "WT")
    lumbung.do(
        path, "record-purchase", "--on", "2026-03-02", "--line", "product=KP,quantity=10,price=2000",
        "--supplier", "Toko A", "--method", "credit", "--paid", "5000", "--number", "P1",
    )  # fmt: skip
    lumbung.do(
        path, "record-sale", "--on", "2026-03-03", "--line", "product=KP,quantity=4", "--customer", "Bu Wati",
        "--method", "credit", "--number", "S1", "--due", "2026-03-10",
    )  # fmt: skip
    lumbung.do(
        path, "receive-bill-payment", "--on", "2026-03-05", "--customer", "WT", "--amount", "7000",
        "--number", "B1",
    )  # fmt: skip
    lumbung.do(
        path, "pay-bill", "--on", "2026-03-06", "--supplier", "TA", "--amount", "6rb", "--number", "U1"
    )  # fmt: skip
    return path


def _state(lumbung: Lumbung, book: Path) -> list[object]:
    """What reports show at the end of the year, but for numbers that are used up."""
    return [lumbung.items(book, key, "--year", "2026") for key in _KEYS]


def _sound(lumbung: Lumbung, book: Path) -> None:
    findings = lumbung.good("check", book, "--json").json["findings"]
    assert not [item for item in findings if item["severity"] == "broken"]


def test_what_was_posted(lumbung: Lumbung, book: Path) -> None:
    """Cash -5,000 + 7,000 - 6,000; bon 12,000 - 7,000; owed 15,000 - 6,000; stock 6 x 2,000."""
    assert lumbung.balances(book, "2026-12-31") == {
        "1-1101": -4_000,
        "1-1201": 5_000,
        "1-1301": 12_000,
        "2-1101": -9_000,
        "4-1001": -12_000,
        "5-1001": 8_000,
    }
    findings = lumbung.good("check", book, "--json").json["findings"]
    # Cash below 0 is a notice, not a broken rule.
    assert [(item["severity"], "1-1101" in item["message"]) for item in findings] == [("notice", True)]


@pytest.mark.parametrize(
    "arguments",
    [
        ("add-customer", "--name", "Pak Joko"),
        ("add-supplier", "--name", "Toko B"),
        ("add-product", "--name", "Teh"),
        ("change-product", "--product", "KP", "--sell-price", "3500"),
        ("change-customer", "--customer", "WT", "--phone", "081234567890"),
        ("change-supplier", "--supplier", "TA", "--address", "Jl. Baru 1"),
        ("set-profile", "--address", "Jl. Lama 2"),
        ("add-account", "--code", "6-1097", "--name", "Sumbangan", "--type", "expense"),
        ("rename-account", "--code", "6-1002", "--name", "Sewa kios"),
        ("record-money-in", "--on", "2026-03-07", "--amount", "5000", "--category", "Modal masuk"),
        ("record-money-out", "--on", "2026-03-07", "--amount", "500", "--category", "Untuk rumah"),
        ("transfer-money", "--on", "2026-03-07", "--amount", "500", "--target", "Bank"),
        ("record-sale", "--on", "2026-03-07", "--line", "product=KP,quantity=6,price=2900"),
        (
            "record-sale", "--on", "2026-03-07", "--line", "product=KP,quantity=1", "--method", "credit",
            "--customer", "WT",
        ),
        ("record-purchase", "--on", "2026-03-07", "--line", "product=KP,quantity=3,price=1999", "--freight", "1000"),
        ("receive-bill-payment", "--on", "2026-03-07", "--customer", "WT", "--amount", "5000", "--bill", "S1"),
        ("pay-bill", "--on", "2026-03-07", "--supplier", "TA", "--amount", "9000", "--account", "Bank"),
        ("adjust-stock", "--on", "2026-03-07", "--product", "KP", "--counted", "5"),
        ("adjust-stock", "--on", "2026-03-07", "--product", "KP", "--damaged", "2"),
        ("set-opening-bill", "--on", "2026-02-28", "--amount", "4000", "--customer", "WT"),
        ("set-opening-bill", "--on", "2026-02-28", "--amount", "4000", "--supplier", "TA"),
        (
            "post-entry", "--on", "2026-03-07", "--memo", "sewa", "--line", "account=6-1002,debit=50", "--line",
            "account=1-1101,credit=50",
        ),
        ("post-opening", "--on", "2026-02-28", "--line", "account=1-1111,debit=70"),
    ],
)  # fmt: skip
def test_each_command_is_taken_back(lumbung: Lumbung, book: Path, arguments: tuple[str, ...]) -> None:
    before = _state(lumbung, book)
    bought = lumbung.totals(book, "purchases", "--year", "2026")
    lumbung.do(book, *arguments)
    _sound(lumbung, book)
    said = lumbung.good("undo", book)
    assert said.out + said.err
    assert _state(lumbung, book) == before
    # A purchase and its reversal both stay visible in the list.
    assert lumbung.totals(book, "purchases", "--year", "2026") == bought
    _sound(lumbung, book)


def test_undo_goes_back_to_the_empty_book(lumbung: Lumbung, book: Path) -> None:
    for _ in range(7):
        lumbung.good("undo", book)
    assert lumbung.balances(book, "2026-12-31") == {}
    assert lumbung("undo", book).status == 1
    _sound(lumbung, book)


@pytest.mark.parametrize("number", ["S1", "P1"])
def test_what_others_depend_on_is_not_reversed(lumbung: Lumbung, book: Path, number: str) -> None:
    before = book.read_bytes()
    said = lumbung("do", book, "reverse-entry", "--number", number)
    assert said.status == 1
    assert "dibayar" in said.err
    assert book.read_bytes() == before


def test_payments_first_then_the_sale(lumbung: Lumbung, book: Path) -> None:
    for number in ("B1", "S1", "U1"):
        lumbung.do(book, "reverse-entry", "--number", number)
        _sound(lumbung, book)
    assert lumbung.balances(book, "2026-12-31") == {"1-1101": -5_000, "1-1301": 20_000, "2-1101": -15_000}
    lumbung.do(book, "reverse-entry", "--number", "P1")
    assert lumbung.balances(book, "2026-12-31") == {}
    assert lumbung.items(book, "receivables", *_END) == []
    assert lumbung.items(book, "payables", *_END) == []
    assert lumbung.totals(book, "sales", "--month", "2026-03")["sales"] == 0
    _sound(lumbung, book)
    # Nothing is reversed twice.
    assert lumbung("do", book, "reverse-entry", "--number", "P1").status == 1


def test_a_purchase_that_was_sold_is_not_reversed(lumbung: Lumbung, book: Path) -> None:
    lumbung.do(book, "reverse-entry", "--number", "U1")
    before = book.read_bytes()
    said = lumbung("do", book, "reverse-entry", "--number", "P1")
    assert said.status == 1
    assert "Kopi" in said.err
    assert book.read_bytes() == before


def test_a_sale_comes_back_at_its_own_cost(lumbung: Lumbung, book: Path) -> None:
    """6 at 12,000, 6 bought at 2,500: 12 at 27,000. 8 sold at 2,250: 18,000, left 4, 9,000."""
    lumbung.do(book, "record-purchase", "--on", "2026-03-07", "--line", "product=KP,quantity=6,price=2500")
    lumbung.do(
        book,
        "record-sale",
        "--on",
        "2026-03-08",
        "--line",
        "product=KP,quantity=8,price=3100",
        "--number",
        "S2",
    )
    (row,) = lumbung.items(book, "stock", *_END)
    assert (row["quantity"], row["unit_cost"], row["value"]) == ("4", 2_250, 9_000)
    lumbung.do(book, "record-purchase", "--on", "2026-03-09", "--line", "product=KP,quantity=4,price=2750")
    # 8 at 20,000; the 8 come back with their 18,000: 16 at 38,000.
    lumbung.do(book, "reverse-entry", "--number", "S2")
    (row,) = lumbung.items(book, "stock", *_END)
    assert (row["quantity"], row["unit_cost"], row["value"]) == ("16", 2_375, 38_000)
    _sound(lumbung, book)


def test_correcting_an_entry(lumbung: Lumbung, book: Path) -> None:
    lumbung.do(
        book,
        "record-money-out",
        "--on",
        "2026-03-07",
        "--amount",
        "900",
        "--category",
        "ATK",
        "--number",
        "K1",
    )
    said = lumbung(
        "do", book, "correct-entry", "--number", "K1", "--replacement",
        "command=record-money-out,on=2026-03-07,amount=800,category=Kemasan",
    )  # fmt: skip
    assert said.status == 0, said.err
    balances = lumbung.balances(book, "2026-12-31")
    assert (balances.get("6-1005"), balances["6-1006"]) == (None, 800)
    assert balances["1-1101"] == -4_800
    lumbung.good("undo", book)
    assert lumbung.balances(book, "2026-12-31")["6-1005"] == 900
    _sound(lumbung, book)


def test_counting_and_damage(lumbung: Lumbung, book: Path) -> None:
    """6 at 12,000: one damaged costs 2,000; counted 7 adds two at 2,000."""
    lumbung.do(book, "adjust-stock", "--on", "2026-03-07", "--product", "KP", "--damaged", "1")
    assert lumbung.balances(book, "2026-12-31")["6-1012"] == 2_000
    lumbung.do(book, "adjust-stock", "--on", "2026-03-08", "--product", "KP", "--counted", "7")
    (row,) = lumbung.items(book, "stock", *_END)
    assert (row["quantity"], row["value"]) == ("7", 14_000)
    card = lumbung.items(book, "stock-card", "--product", "KP", "--year", "2026")
    assert [(row["in"], row["out"], row["balance"]) for row in card] == [
        ("10", "0", "10"),
        ("0", "4", "6"),
        ("0", "1", "5"),
        ("2", "0", "7"),
    ]
    _sound(lumbung, book)


def test_a_product_that_keeps_no_stock(lumbung: Lumbung, book: Path) -> None:
    lumbung.do(book, "add-product", "--name", "Gorengan", "--code", "GR", "--sell-price", "1500")
    lumbung.do(book, "record-sale", "--on", "2026-04-01", "--line", "product=GR,quantity=10")
    month = ("--month", "2026-04")
    totals = lumbung.totals(book, "income-statement", *month)
    assert (totals["revenue"], totals["gross_profit"], totals["profit"]) == (15_000, None, 15_000)
    (row,) = lumbung.items(book, "sales-by-product", *month)
    assert (row["sales"], row["cost"], row["margin"]) == (15_000, None, None)
    for key in ("sales", "sales-by-product", "income-statement"):
        assert "Laba kotor belum bisa dihitung" in lumbung.good("report", book, key, *month).out
    # From its first purchase on it keeps stock, and no more than that is sold.
    lumbung.do(book, "record-purchase", "--on", "2026-05-01", "--line", "product=GR,quantity=5,price=1000")
    assert (
        lumbung("do", book, "record-sale", "--on", "2026-05-02", "--line", "product=GR,quantity=6").status
        == 1
    )
    lumbung.do(book, "record-sale", "--on", "2026-05-02", "--line", "product=GR,quantity=5")
    totals = lumbung.totals(book, "income-statement", "--month", "2026-05")
    assert (totals["revenue"], totals["cost_of_sales"], totals["gross_profit"]) == (7_500, 5_000, 2_500)
    _sound(lumbung, book)


def test_big_units(lumbung: Lumbung, book: Path) -> None:
    """2 boxes of 40 at 96,000 and freight 4,000: 80 at 2,450; a box and 5 sold: 45 x 2,450 = 110,250."""
    lumbung.do(
        book, "add-product", "--name", "Mi", "--code", "MI", "--unit", "bks", "--big-unit", "dus",
        "--big-size", "40", "--sell-price", "3000",
    )  # fmt: skip
    lumbung.do(
        book, "record-purchase", "--on", "2026-04-01", "--line", "product=MI,quantity=2,unit=dus,price=96000",
        "--freight", "4000",
    )  # fmt: skip
    lumbung.do(
        book, "record-sale", "--on", "2026-04-02", "--line", "product=MI,quantity=1,unit=dus,price=115000",
        "--line", "product=MI,quantity=5,unit=bks",
    )  # fmt: skip
    row = next(item for item in lumbung.items(book, "stock", *_END) if item["code"] == "MI")
    assert (row["quantity"], row["unit_cost"], row["value"]) == ("35", 2_450, 85_750)
    (sold,) = lumbung.items(book, "sales-by-product", "--month", "2026-04")
    assert (sold["quantity"], sold["sales"], sold["cost"], sold["margin"]) == ("45", 130_000, 110_250, 19_750)


def test_a_closed_month_takes_nothing(lumbung: Lumbung, book: Path) -> None:
    lumbung.good("close", book, "--month", "2026-03")
    before = book.read_bytes()
    for arguments in (
        ("record-sale", "--on", "2026-03-09", "--line", "product=KP,quantity=1"),
        ("record-money-in", "--on", "2026-03-09", "--amount", "5", "--category", "Modal masuk"),
        ("reverse-entry", "--number", "B1", "--on", "2026-03-09"),
    ):
        said = lumbung("do", book, *arguments)
        assert said.status == 1, arguments
    assert book.read_bytes() == before
    lumbung.do(book, "record-sale", "--on", "2026-04-01", "--line", "product=KP,quantity=1")


def test_closing_the_year(lumbung: Lumbung, tmp_path: Path) -> None:
    """Result 12,000 - 8,000 = 4,000; drawings 1,000 go from 3-1002 to 3-1001 on the next day."""
    book = lumbung.new(tmp_path / "lama.lumbung")
    lumbung.do(book, "add-product", "--name", "Kopi", "--code", "KP", "--sell-price", "3000")
    for arguments in (
        ("record-purchase", "--on", "2025-03-02", "--line", "product=KP,quantity=10,price=2000"),
        ("record-sale", "--on", "2025-03-03", "--line", "product=KP,quantity=4"),
        ("record-money-out", "--on", "2025-12-31", "--amount", "1000", "--category", "Untuk rumah"),
    ):
        lumbung.do(book, *arguments)
    before = lumbung.totals(book, "income-statement", "--year", "2025")
    flow = lumbung.totals(book, "cash-flow", "--year", "2025")
    lumbung.good("close", book, "--year", "2025")
    closed = lumbung.balances(book, "2025-12-31")
    assert (closed["3-2002"], "4-1001" in closed) == (-4_000, False)
    after = lumbung.balances(book, "2026-01-01")
    assert after == {"1-1101": -9_000, "1-1301": 12_000, "3-2001": -4_000, "3-1001": 1_000}
    assert lumbung.totals(book, "income-statement", "--year", "2025") == before
    assert lumbung.totals(book, "cash-flow", "--year", "2025") == flow
    sheet = lumbung.totals(book, "balance-sheet", "--on", "2025-12-31")
    assert sheet == {"assets": 3_000, "liabilities": 0, "equity": 3_000}
    rows = {
        row["code"]: row
        for row in lumbung.items(book, "trial-balance", "--on", "2025-12-31", "--before-closing")
    }
    assert rows["4-1001"]["credit"] == 12_000
    _sound(lumbung, book)
    assert (
        lumbung("do", book, "record-sale", "--on", "2025-12-30", "--line", "product=KP,quantity=1").status
        == 1
    )
    lumbung.good("close", book, "--year", "2025", "--reopen")
    assert lumbung.balances(book, "2025-12-31")["4-1001"] == -12_000
    _sound(lumbung, book)


def test_a_number_that_two_entries_bear(lumbung: Lumbung, book: Path) -> None:
    for day in ("2026-03-08", "2026-03-09"):
        lumbung.do(
            book,
            "record-money-in",
            "--on",
            day,
            "--amount",
            "5000",
            "--category",
            "Modal masuk",
            "--number",
            "X",
        )
    before = book.read_bytes()
    said = lumbung("do", book, "reverse-entry", "--number", "X")
    assert said.status == 1
    assert "08/03/2026" in said.err
    assert "09/03/2026" in said.err
    assert book.read_bytes() == before
