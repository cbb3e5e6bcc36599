"""Savings by the commands of the ledger: deposits, withdrawals, interest and its tax, transfers, leaving."""

from pathlib import Path

import pytest

from tests.acceptance.outside import Lumbung, Said


@pytest.fixture
def book(lumbung: Lumbung, tmp_path: Path) -> Path:
    """Siti (0001) and Budi (0002), members since 2 January 2026; Siti has 1,500,000 voluntary savings."""
    path = lumbung.new(tmp_path / "ksp.lumbung", "cooperative")
    lumbung.do(path, "add-member", "--name", "Siti", "--joined", "2026-01-02", "--sex", "female")
    lumbung.do(path, "add-member", "--name", "Budi", "--joined", "2026-01-02", "--sex", "male")
    put(lumbung, path, "1", "voluntary", "1,5jt", "2026-01-05")
    return path


def put(lumbung: Lumbung, book: Path, member: str, product: str, amount: str, on: str) -> Said:
    """A deposit."""
    return lumbung.do(
        book,
        "deposit-savings",
        "--member",
        member,
        "--product",
        product,
        "--amount",
        amount,
        "--on",
        on,
        "--json",
    )


def refused(lumbung: Lumbung, book: Path, *arguments: str) -> str:
    """What was said of a command that a rule stops, and that changes nothing."""
    before = book.read_bytes()
    said = lumbung("do", book, *arguments)
    assert said.status == 1, (said.status, said.out, said.err)
    assert book.read_bytes() == before
    assert said.out == ""
    # A sentence that ends in advice or a full stop, and no English.
    assert "." in said.err
    assert not any(word in said.err.split() for word in ("the", "The", "is", "not", "There"))
    return said.err


def savings_of(lumbung: Lumbung, book: Path, on: str) -> dict[str, tuple[int, int, int, int]]:
    """Share, mandatory, voluntary and total of each member."""
    rows = lumbung.items(book, "savings", "--on", on)
    return {row["member"]: (row["share"], row["mandatory"], row["voluntary"], row["total"]) for row in rows}


def test_share_savings_in_parts(lumbung: Lumbung, book: Path) -> None:
    put(lumbung, book, "1", "share", "40rb", "2026-01-05")
    put(lumbung, book, "0001", "pokok", "60000", "2026-02-05")
    put(lumbung, book, "1", "Wajib", "20.000", "2026-02-05")
    assert savings_of(lumbung, book, "2026-01-31")["0001"] == (40_000, 0, 1_500_000, 1_540_000)
    assert savings_of(lumbung, book, "2026-02-28")["0001"] == (100_000, 20_000, 1_500_000, 1_620_000)
    assert lumbung.balances(book, "2026-02-28") == {
        "1-1101": 1_620_000,
        "2-1101": -1_500_000,
        "3-1001": -100_000,
        "3-1002": -20_000,
    }


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"product": "share"}, "masih anggota"),
        ({"product": "mandatory"}, "masih anggota"),
        ({"amount": "1500001"}, "Rp1.500.000"),
        ({"on": "2026-01-04"}, "Rp0"),
        ({"member": "99"}, "99"),
        ({"product": "haji"}, "Simpanan Sukarela"),
        ({"amount": "0"}, "lebih dari 0"),
        ({"account": "4-1001"}, "Kas"),
    ],
)
def test_withdrawals_that_are_refused(
    lumbung: Lumbung, book: Path, fields: dict[str, str], words: str
) -> None:
    put(lumbung, book, "1", "share", "100000", "2026-01-05")
    put(lumbung, book, "1", "mandatory", "20000", "2026-01-05")
    values = {"member": "1", "product": "voluntary", "amount": "1000", "on": "2026-01-06"} | fields
    said = refused(
        lumbung, book, "withdraw-savings", *(part for key in values for part in (f"--{key}", values[key]))
    )
    assert words in said


def test_a_withdrawal_leaves_enough_for_later_ones(lumbung: Lumbung, book: Path) -> None:
    take = ("withdraw-savings", "--member", "1", "--product", "voluntary")
    lumbung.do(book, *take, "--amount", "1400000", "--on", "2026-01-20", "--account", "1-1111")
    # On the 10th 1,500,000 are there, but only 100,000 that the 20th does not need.
    assert "Rp100.000" in refused(lumbung, book, *take, "--amount", "100001", "--on", "2026-01-10")
    lumbung.do(book, *take, "--amount", "100000", "--on", "2026-01-10")
    assert savings_of(lumbung, book, "2026-01-19")["0001"][2] == 1_400_000
    assert lumbung.totals(book, "savings", "--on", "2026-01-31")["total"] == 0
    assert lumbung.balances(book, "2026-01-31") == {"1-1101": 1_400_000, "1-1111": -1_400_000}
    # Money below 0 is a notice, no broken rule.
    found = lumbung.good("check", book, "--json").json["findings"]
    assert [each["severity"] for each in found] == ["notice"]


def test_interest_and_the_tax_of_the_month(lumbung: Lumbung, book: Path) -> None:
    def credit(member: str, gross: str, on: str) -> tuple[int, int, int]:
        value = lumbung.do(
            book, "credit-savings-interest", "--member", member, "--product", "voluntary",
            "--gross", gross, "--on", on, "--json",
        ).json  # fmt: skip
        return value["gross"], value["tax"], value["net"]

    # Up to 240,000 a month nothing; 200,000 + 40,000 is exactly that.
    assert credit("1", "200000", "2026-01-31") == (200_000, 0, 200_000)
    assert credit("1", "40000", "2026-01-31") == (40_000, 0, 40_000)
    # One rupiah more in the same month and a tenth of it all is due: 24,000.1, half-up 24,000.
    assert credit("1", "1", "2026-01-31") == (1, 24_000, -23_999)
    # A month later it starts anew; another member has a month of their own.
    assert credit("1", "240000", "2026-02-28") == (240_000, 0, 240_000)
    put(lumbung, book, "2", "voluntary", "1000", "2026-02-01")
    assert credit("2", "350000", "2026-02-28") == (350_000, 35_000, 315_000)
    # 1,500,000 + 200,000 + 40,000 + 1 - 24,000 + 240,000
    assert savings_of(lumbung, book, "2026-02-28")["0001"][2] == 1_956_001
    assert savings_of(lumbung, book, "2026-02-28")["0002"][2] == 316_000
    balances = lumbung.balances(book, "2026-02-28")
    assert (balances["5-1001"], balances["2-1301"]) == (830_001, -59_000)
    totals = lumbung.totals(book, "surplus-statement", "--on", "2026-02-28")
    assert (totals["financing_cost"], totals["surplus"]) == (830_001, -830_001)
    statement = lumbung.totals(book, "member-statement", "--member", "1", "--month", "2026-01")
    assert statement["voluntary"] == {"opening": 0, "closing": 1_716_001}
    assert statement["tax"] == 24_000


def test_transfers(lumbung: Lumbung, book: Path) -> None:
    move = ("transfer-savings", "--member", "1", "--product", "voluntary", "--on", "2026-03-01")
    lumbung.do(book, *move, "--to-product", "mandatory", "--amount", "40000")
    lumbung.do(book, *move, "--to-product", "voluntary", "--to-member", "2", "--amount", "100000")
    assert savings_of(lumbung, book, "2026-03-31") == {
        "0001": (0, 40_000, 1_360_000, 1_400_000),
        "0002": (0, 0, 100_000, 100_000),
    }
    # No money moved.
    assert lumbung.totals(book, "cash-book", "--month", "2026-03")["in"] == 0
    refused(lumbung, book, *move, "--to-product", "voluntary", "--amount", "1000")
    refused(lumbung, book, *move, "--to-product", "mandatory", "--amount", "1360001")
    refused(
        lumbung, book, "transfer-savings", "--member", "1", "--product", "mandatory", "--to-product", "voluntary",
        "--amount", "1000", "--on", "2026-03-02",
    )  # fmt: skip


def test_a_slip_of_several_products(lumbung: Lumbung, book: Path) -> None:
    lumbung.do(
        book, "record-savings", "--on", "2026-02-10", "--number", "LS-7",
        "--line", "member=1,product=mandatory,deposit=20000",
        "--line", "member=2,product=share,deposit=100000",
        "--line", "member=1,product=voluntary,withdrawal=30000",
    )  # fmt: skip
    rows = [row for row in lumbung.items(book, "cash-book", "--month", "2026-02") if row["number"] == "LS-7"]
    assert sum(row["in"] - row["out"] for row in rows) == 90_000
    assert savings_of(lumbung, book, "2026-02-28") == {
        "0001": (0, 20_000, 1_470_000, 1_490_000),
        "0002": (100_000, 0, 0, 100_000),
    }
    lumbung.good("undo", book)
    assert savings_of(lumbung, book, "2026-02-28") == {"0001": (0, 0, 1_500_000, 1_500_000)}


def test_leaving(lumbung: Lumbung, book: Path) -> None:
    put(lumbung, book, "1", "share", "100000", "2026-01-05")
    put(lumbung, book, "1", "mandatory", "240000", "2026-01-05")
    lumbung.do(book, "accept-exit", "--member", "1", "--on", "2026-03-05")
    # From the day of the exit on all of it is a debt at 2-1503, still shown under its products.
    assert lumbung.balances(book, "2026-03-04") == {
        "1-1101": 1_840_000, "2-1101": -1_500_000, "3-1001": -100_000, "3-1002": -240_000,
    }  # fmt: skip
    assert lumbung.balances(book, "2026-03-05") == {"1-1101": 1_840_000, "2-1503": -1_840_000}
    assert savings_of(lumbung, book, "2026-03-31") == {"0001": (100_000, 240_000, 1_500_000, 1_840_000)}
    assert lumbung.totals(book, "balance-sheet", "--on", "2026-03-31") == {
        "assets": 1_840_000, "liabilities": 1_840_000, "equity": 0,
    }  # fmt: skip
    member = {row["number"]: row for row in lumbung.items(book, "members", "--on", "2026-03-31")}["0001"]
    assert (member["left"], member["status"]) == ("2026-03-05", "leaving")
    refused(lumbung, book, "accept-exit", "--member", "1", "--on", "2026-03-12")
    put_again = ("--member", "1", "--product", "voluntary", "--amount", "5", "--on", "2026-03-12")
    refused(lumbung, book, "deposit-savings", *put_again)
    # Paid out in two parts.
    pay = ("pay-exit", "--member", "1")
    lumbung.do(book, *pay, "--on", "2026-03-20", "--product", "voluntary", "--amount", "600000")
    assert savings_of(lumbung, book, "2026-03-31") == {"0001": (100_000, 240_000, 900_000, 1_240_000)}
    refused(lumbung, book, *pay, "--on", "2026-03-21", "--product", "voluntary", "--amount", "900001")
    paid = lumbung.do(book, *pay, "--on", "2026-04-02", "--json").json
    assert paid["paid"] == 1_240_000
    assert lumbung.items(book, "savings", "--on", "2026-04-30") == []
    assert lumbung.balances(book, "2026-04-30") == {}
    member = {row["number"]: row for row in lumbung.items(book, "members", "--on", "2026-04-30")}["0001"]
    assert (member["left"], member["status"]) == ("2026-03-05", "left")
    refused(lumbung, book, *pay, "--on", "2026-04-03")
    statement = lumbung.totals(book, "member-statement", "--member", "1", "--month", "2026-03")
    assert statement["voluntary"] == {"opening": 1_500_000, "closing": 900_000}
    assert statement["share"] == {"opening": 100_000, "closing": 100_000}
    # Step by step back to where it was.
    for _ in range(3):
        lumbung.good("undo", book)
    assert lumbung.balances(book, "2026-04-30") == {
        "1-1101": 1_840_000, "2-1101": -1_500_000, "3-1001": -100_000, "3-1002": -240_000,
    }  # fmt: skip
    assert {row["status"] for row in lumbung.items(book, "members", "--on", "2026-04-30")} == {"active"}
    assert lumbung.good("check", book, "--json").json == {"findings": []}
    put(lumbung, book, "1", "voluntary", "5000", "2026-03-12")


def test_undo_goes_back_step_by_step(lumbung: Lumbung, book: Path) -> None:
    seen = [lumbung.balances(book, "2026-12-31")]
    for amount, on in (("10000", "2026-01-07"), ("25000", "2026-01-08"), ("70000", "2026-01-09")):
        put(lumbung, book, "2", "voluntary", amount, on)
        seen.append(lumbung.balances(book, "2026-12-31"))
    for expected in reversed(seen[:-1]):
        lumbung.good("undo", book)
        assert lumbung.balances(book, "2026-12-31") == expected
    # The reversals are visible: two entries for each.
    rows = lumbung.items(book, "ledger", "--account", "2-1101", "--month", "2026-01")
    assert len(rows) == 1 + 2 * 3
    assert lumbung.good("check", book, "--json").json == {"findings": []}


def test_a_locked_month_keeps_what_it_has(lumbung: Lumbung, book: Path) -> None:
    lumbung.good("close", book, "--month", "2026-01")
    fields = ("--member", "1", "--product", "voluntary", "--amount", "5000", "--on", "2026-01-25")
    said = refused(lumbung, book, "deposit-savings", *fields)
    assert "25 Januari 2026" in said
    put(lumbung, book, "1", "voluntary", "5000", "2026-02-01")
    lumbung.good("close", book, "--month", "2026-01", "--reopen")
    lumbung.do(book, "deposit-savings", *fields)
    assert savings_of(lumbung, book, "2026-02-28")["0001"][3] == 1_510_000


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("deposit-savings", "--member", "1", "--product", "voluntary", "--amount", "5"), 2),
        (
            (
                "deposit-savings",
                "--member",
                "1",
                "--product",
                "voluntary",
                "--amount",
                "5",
                "--on",
                "2026-02-31",
            ),
            2,
        ),
        (
            (
                "deposit-savings",
                "--member",
                "1",
                "--product",
                "voluntary",
                "--jumlah",
                "5",
                "--on",
                "2026-02-03",
            ),
            2,
        ),
        (("record-sale", "--on", "2026-02-03", "--line", "product=a,quantity=1,price=5"), 1),
        (("setor", "--member", "1"), 2),
    ],
)
def test_wrong_usage(lumbung: Lumbung, book: Path, arguments: tuple[str, ...], status: int) -> None:
    before = book.read_bytes()
    said = lumbung("do", book, *arguments)
    assert said.status == status, said.err
    assert said.err.strip()
    assert book.read_bytes() == before
