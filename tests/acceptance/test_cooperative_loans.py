"""Loans by the commands of the ledger: paying out, instalments, too much, settling, taking back.

The loan is 12,000,000 flat 1 % a month over 12 months, paid out on 15/01/2026: 1,000,000 + 120,000 on each 15th.
"""

from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.outside import Lumbung

Cells = tuple[Any, ...]


@pytest.fixture
def book(lumbung: Lumbung, tmp_path: Path) -> Path:
    """Siti, a member with 3,000,000 of voluntary savings."""
    path = lumbung.new(tmp_path / "ksp.lumbung", "cooperative")
    lumbung.do(path, "add-member", "--name", "Siti", "--joined", "2025-01-02")
    lumbung.do(
        path,
        "deposit-savings",
        "--member",
        "1",
        "--product",
        "voluntary",
        "--amount",
        "3000000",
        "--on",
        "2026-01-05",
    )
    return path


def lend(lumbung: Lumbung, book: Path, *fields: str, method: str = "flat", term: int = 12) -> None:
    """Pay the loan out."""
    lumbung.do(
        book, "disburse-loan", "--member", "1", "--on", "2026-01-15", "--principal", "12000000", "--rate", "1",
        "--term", str(term), "--number", "PJ-1", "--method", method, *fields,
    )  # fmt: skip


def pay(lumbung: Lumbung, book: Path, amount: int, on: str, *fields: str) -> tuple[int, int, int, int]:
    """Pay an instalment; principal, interest, penalty and what was kept aside."""
    value = lumbung.do(
        book, "receive-instalment", "--loan", "PJ-1", "--amount", str(amount), "--on", on, *fields, "--json"
    ).json
    return value["principal"], value["interest"], value["penalty"], value["held"]


def schedule_of(lumbung: Lumbung, book: Path, on: str) -> list[Cells]:
    """Number, principal, interest, balance and what was paid."""
    rows = lumbung.items(book, "loan-schedule", "--loan", "PJ-1", "--on", on)
    return [(row["number"], row["principal"], row["interest"], row["balance"], row["paid"]) for row in rows]


def loan_of(lumbung: Lumbung, book: Path, on: str) -> Cells:
    """Outstanding, arrears of principal and interest, days overdue."""
    row = lumbung.items(book, "loans", "--on", on)[0]
    return row["outstanding"], row["arrears_principal"], row["arrears_interest"], row["days_overdue"]


def refused(lumbung: Lumbung, book: Path, *arguments: str) -> str:
    """What was said of a command that a rule stops, and that changes nothing."""
    before = book.read_bytes()
    said = lumbung("do", book, *arguments)
    assert said.status == 1, (said.status, said.out, said.err)
    assert book.read_bytes() == before
    return said.err


def test_paid_out_less_its_fees(lumbung: Lumbung, book: Path) -> None:
    lend(lumbung, book, "--provision-percent", "1", "--administration", "50000", "--account", "1-1111")
    # 12,000,000 - 120,000 - 50,000 = 11,830,000
    assert lumbung.balances(book, "2026-01-31") == {
        "1-1101": 3_000_000,
        "1-1111": -11_830_000,
        "1-1201": 12_000_000,
        "2-1101": -3_000_000,
        "4-1002": -120_000,
        "4-1003": -50_000,
    }
    row = lumbung.items(book, "loans", "--on", "2026-01-31")[0]
    assert (row["disbursed"], row["principal"], row["class"]) == ("2026-01-15", 12_000_000, "current")
    assert lumbung.items(book, "loans", "--on", "2026-01-14") == []
    assert lumbung.totals(book, "cash-flow", "--month", "2026-01")["operating"] == -8_830_000
    totals = lumbung.totals(book, "loan-schedule", "--loan", "PJ-1")
    assert totals == {"principal": 12_000_000, "interest": 1_440_000, "total": 13_440_000}


def test_the_oldest_instalment_first_interest_before_principal(lumbung: Lumbung, book: Path) -> None:
    lend(lumbung, book)
    assert pay(lumbung, book, 1_120_000, "2026-02-15") == (1_000_000, 120_000, 0, 0)
    # The second in part: 120,000 and 580,000 of 1,000,000.
    assert pay(lumbung, book, 700_000, "2026-03-15") == (580_000, 120_000, 0, 0)
    assert loan_of(lumbung, book, "2026-03-31") == (10_420_000, 420_000, 0, 16)
    # On the day the third falls due: 420,000 for the second, 120,000 + 460,000 for the third.
    assert pay(lumbung, book, 1_000_000, "2026-04-15") == (880_000, 120_000, 0, 0)
    assert loan_of(lumbung, book, "2026-04-15") == (9_540_000, 540_000, 0, 0)
    assert loan_of(lumbung, book, "2026-05-14") == (9_540_000, 540_000, 0, 29)
    assert loan_of(lumbung, book, "2026-05-15") == (9_540_000, 1_540_000, 120_000, 30)
    assert [row[4] for row in schedule_of(lumbung, book, "2026-04-30")][:4] == [
        1_120_000,
        1_120_000,
        580_000,
        0,
    ]
    rows = lumbung.items(book, "loan-payments", "--on", "2026-04-30")
    assert [row["total"] for row in rows] == [1_120_000, 700_000, 1_000_000]
    assert (
        lumbung.items(book, "loans", "--on", "2026-08-13")[0]["class"] == "substandard"
    )  # 120 days after 15/4
    assert lumbung.items(book, "loans", "--on", "2026-08-14")[0]["class"] == "doubtful"
    assert lumbung.items(book, "loans", "--on", "2026-10-12")[0]["class"] == "doubtful"  # 180
    assert lumbung.items(book, "loans", "--on", "2026-10-13")[0]["class"] == "loss"


def test_parts_that_are_given(lumbung: Lumbung, book: Path) -> None:
    lend(lumbung, book)
    parts = ("--principal", "1000000", "--interest", "120000", "--penalty", "30000")
    assert pay(lumbung, book, 1_150_000, "2026-02-15", *parts) == (1_000_000, 120_000, 30_000, 0)
    balances = lumbung.balances(book, "2026-02-28")
    assert (balances["4-1001"], balances["4-1004"]) == (-120_000, -30_000)
    refused(
        lumbung,
        book,
        "receive-instalment",
        "--loan",
        "PJ-1",
        "--amount",
        "1150000",
        "--on",
        "2026-03-15",
        *parts[:4],
    )


def test_too_much_is_kept_for_the_next_due_date(lumbung: Lumbung, book: Path) -> None:
    lend(lumbung, book)
    assert pay(lumbung, book, 2_000_000, "2026-02-15") == (1_000_000, 120_000, 0, 880_000)
    assert lumbung.balances(book, "2026-02-28")["2-1501"] == -880_000
    # On 15 March it pays interest 120,000 and principal 760,000; 240,000 are missing.
    balances = lumbung.balances(book, "2026-03-15")
    assert "2-1501" not in balances
    assert (balances["1-1201"], balances["4-1001"]) == (10_240_000, -240_000)
    assert loan_of(lumbung, book, "2026-03-15") == (10_240_000, 240_000, 0, 0)
    assert lumbung.totals(book, "cash-book", "--month", "2026-03")["in"] == 0
    assert lumbung.totals(book, "loan-payments", "--month", "2026-02")["total"] == 2_000_000
    statement = lumbung.totals(book, "member-statement", "--member", "1", "--month", "2026-02")
    assert statement["loan:PJ-1"] == {"opening": 12_000_000, "closing": 11_000_000}
    held = [statement[key] for key in statement if key.startswith("other:")]
    assert held == [{"opening": 0, "closing": 880_000}]


# What 3,500,000 on 15 February does: 1,120,000 for the first instalment, 2,380,000 too much.
FLAT_TERM: list[Cells] = [
    (1, 1_000_000, 120_000, 11_000_000, 1_120_000),
    *((2 + place, 1_000_000, 120_000, 7_620_000 - 1_000_000 * place, 0) for place in range(8)),
    (10, 620_000, 120_000, 0, 0),
]
# 8,620,000 / 11 = 783,636.36
FLAT_INSTALMENT: list[Cells] = [
    (1, 1_000_000, 120_000, 11_000_000, 1_120_000),
    *((2 + place, 783_636, 120_000, 8_620_000 - 783_636 * (place + 1), 0) for place in range(10)),
    (12, 783_640, 120_000, 0, 0),
]
# Interest on what is left: 8,620,000, then 1,000,000 less each month.
DECLINING_TERM: list[Cells] = [
    (1, 1_000_000, 120_000, 11_000_000, 1_120_000),
    *(
        (2 + place, 1_000_000, 86_200 - 10_000 * place, 7_620_000 - 1_000_000 * place, 0)
        for place in range(8)
    ),
    (10, 620_000, 6_200, 0, 0),
]


@pytest.mark.parametrize(
    ("method", "excess", "expected"),
    [
        ("flat", "term", FLAT_TERM),
        ("flat", "instalment", FLAT_INSTALMENT),
        ("declining", "term", DECLINING_TERM),
    ],
)
def test_too_much_lowers_the_principal(
    lumbung: Lumbung, book: Path, method: str, excess: str, expected: list[Cells]
) -> None:
    lend(lumbung, book, method=method)
    agreed = schedule_of(lumbung, book, "2026-02-14")
    assert pay(lumbung, book, 3_500_000, "2026-02-15", "--excess", excess) == (3_380_000, 120_000, 0, 0)
    assert schedule_of(lumbung, book, "2026-02-28") == expected
    assert lumbung.balances(book, "2026-02-28")["1-1201"] == 8_620_000
    # Asked for the day before, the schedule is still the one agreed.
    assert schedule_of(lumbung, book, "2026-02-14") == agreed
    assert lumbung.good("check", book, "--json").json["findings"][0]["severity"] == "notice"  # cash below 0
    lumbung.good("undo", book)
    assert schedule_of(lumbung, book, "2026-02-28") == agreed
    assert loan_of(lumbung, book, "2026-02-28") == (12_000_000, 1_000_000, 120_000, 13)


def test_too_much_counted_as_the_next_instalments(lumbung: Lumbung, book: Path) -> None:
    lend(lumbung, book)
    # 3,500,000 = 3 x 1,120,000 + 140,000, of which 120,000 is interest of the fourth.
    assert pay(lumbung, book, 3_500_000, "2026-02-15", "--excess", "next") == (3_020_000, 480_000, 0, 0)
    assert [row[4] for row in schedule_of(lumbung, book, "2026-02-28")][:5] == [1_120_000] * 3 + [140_000, 0]
    assert loan_of(lumbung, book, "2026-05-15") == (8_980_000, 980_000, 0, 0)


def test_more_than_the_whole_loan_is_refused(lumbung: Lumbung, book: Path) -> None:
    lend(lumbung, book)
    pay(lumbung, book, 1_120_000, "2026-02-15")
    # All that is left is 11,000,000 + 11 x 120,000 = 12,320,000.
    fields = ("receive-instalment", "--loan", "PJ-1", "--on", "2026-02-16", "--amount")
    assert "Rp1" in refused(lumbung, book, *fields, "12320001")
    lumbung.do(book, *fields, "12320000", "--excess", "next")
    assert lumbung.items(book, "loans", "--on", "2026-02-28") == []
    assert lumbung.balances(book, "2026-02-28")["4-1001"] == -1_440_000


@pytest.mark.parametrize(
    ("variant", "interest"), [("current", 120_000), ("full", 1_320_000), ("principal", 0)]
)
def test_settling(lumbung: Lumbung, book: Path, variant: str, interest: int) -> None:
    lend(lumbung, book)
    pay(lumbung, book, 1_120_000, "2026-02-15")
    value = lumbung.do(
        book, "pay-off-loan", "--loan", "PJ-1", "--on", "2026-03-10", "--variant", variant, "--json"
    ).json
    assert (value["principal"], value["interest"], value["penalty"]) == (11_000_000, interest, 0)
    assert lumbung.items(book, "loans", "--on", "2026-03-31") == []
    assert lumbung.items(book, "arrears", "--on", "2026-06-30") == []
    assert "1-1201" not in lumbung.balances(book, "2026-03-31")
    refused(lumbung, book, "pay-off-loan", "--loan", "PJ-1", "--on", "2026-03-11")
    # Asked for a day before, it is as it was then.
    assert loan_of(lumbung, book, "2026-03-09") == (11_000_000, 0, 0, 0)
    lumbung.good("undo", book)
    assert loan_of(lumbung, book, "2026-03-31") == (11_000_000, 1_000_000, 120_000, 16)


def test_settling_a_late_loan_with_a_penalty_out_of_savings(lumbung: Lumbung, book: Path) -> None:
    lend(lumbung, book, term=2)
    # 6,000,000 + 120,000 on 15/2 and 15/3; nothing was paid. 10,000,000 of savings come first.
    lumbung.do(
        book,
        "deposit-savings",
        "--member",
        "1",
        "--product",
        "voluntary",
        "--amount",
        "10jt",
        "--on",
        "2026-03-01",
    )
    value = lumbung.do(
        book, "pay-off-loan", "--loan", "PJ-1", "--on", "2026-03-20", "--penalty", "55000",
        "--from-savings", "voluntary", "--json",
    ).json  # fmt: skip
    assert (value["principal"], value["interest"], value["penalty"]) == (12_000_000, 240_000, 55_000)
    # 3,000,000 + 10,000,000 - 12,295,000
    assert lumbung.totals(book, "savings", "--on", "2026-03-31")["voluntary"] == 705_000
    assert lumbung.totals(book, "cash-book", "--month", "2026-03")["in"] == 10_000_000


def test_what_savings_can_not_pay(lumbung: Lumbung, book: Path) -> None:
    lend(lumbung, book)
    fields = (
        "receive-instalment",
        "--loan",
        "PJ-1",
        "--on",
        "2026-02-15",
        "--from-savings",
        "voluntary",
        "--amount",
    )
    assert "Rp3.000.000" in refused(lumbung, book, *fields, "3000001")
    lumbung.do(book, *fields, "1120000")
    assert lumbung.totals(book, "savings", "--on", "2026-02-28")["voluntary"] == 1_880_000
    assert lumbung.totals(book, "cash-book", "--month", "2026-02")["in"] == 0


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"member": "9"}, "9"),
        ({"number": "PJ-1"}, "PJ-1"),
        ({"principal": "0"}, "Rp"),
        ({"term": "0"}, "0"),
        ({"member": "2"}, "Budi"),
        ({"provision": "12000001"}, "Rp"),
    ],
)
def test_loans_that_are_not_paid_out(
    lumbung: Lumbung, book: Path, fields: dict[str, str], words: str
) -> None:
    lend(lumbung, book)
    lumbung.do(book, "add-member", "--name", "Budi", "--number", "2", "--joined", "2025-01-02")
    lumbung.do(book, "accept-exit", "--member", "2", "--on", "2026-01-31")
    values = {"member": "1", "on": "2026-02-01", "principal": "12000000", "rate": "1", "term": "12"} | fields
    said = refused(
        lumbung, book, "disburse-loan", *(part for key in values for part in (f"--{key}", values[key]))
    )
    assert words in said


def test_payments_that_are_refused(lumbung: Lumbung, book: Path) -> None:
    lend(lumbung, book)
    pay(lumbung, book, 1_120_000, "2026-02-15")
    for loan, on, amount in (
        ("PJ-9", "2026-02-16", "5"),
        ("PJ-1", "2026-01-10", "5"),
        ("PJ-1", "2026-02-16", "0"),
    ):
        refused(lumbung, book, "receive-instalment", "--loan", loan, "--amount", amount, "--on", on)
    # Something rests on the payout: the payment has to go first.
    refused(lumbung, book, "reverse-entry", "--number", "PJ-1")
    lumbung.good("undo", book)
    lumbung.good("undo", book)
    assert lumbung.balances(book, "2026-02-28") == {"1-1101": 3_000_000, "2-1101": -3_000_000}
    assert lumbung.items(book, "loans", "--on", "2026-02-28") == []
    # The number is free again.
    lend(lumbung, book)
    assert loan_of(lumbung, book, "2026-02-28") == (12_000_000, 1_000_000, 120_000, 13)


def test_interest_of_a_late_declining_loan_follows_the_schedule(lumbung: Lumbung, book: Path) -> None:
    lend(lumbung, book, method="declining")
    # Nothing on 15/2; on 15/3 both: 1,000,000 + 120,000 and 1,000,000 + 110,000.
    assert pay(lumbung, book, 2_230_000, "2026-03-15") == (2_000_000, 230_000, 0, 0)


def test_due_dates_keep_the_day_of_the_first(lumbung: Lumbung, book: Path) -> None:
    lumbung.do(
        book, "disburse-loan", "--member", "1", "--on", "2026-01-05", "--first-due", "2026-01-31",
        "--principal", "3000000", "--rate", "18", "--per", "year", "--term", "4", "--method", "declining",
        "--number", "PJ-1",
    )  # fmt: skip
    rows = lumbung.items(book, "loan-schedule", "--loan", "PJ-1")
    assert [row["due"] for row in rows] == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]
    # 1.5 % of 3,000,000; 2,250,000; 1,500,000; 750,000
    assert [row["interest"] for row in rows] == [45_000, 33_750, 22_500, 11_250]


def test_loans_are_numbered(lumbung: Lumbung, book: Path) -> None:
    fields = ("--member", "1", "--on", "2026-01-15", "--principal", "1000000", "--rate", "2", "--term", "5")
    first = lumbung.do(book, "disburse-loan", *fields).out.strip()
    second = lumbung.do(book, "disburse-loan", *fields).out.strip()
    assert (first, second) == ("PJ-2026-0001", "PJ-2026-0002")
