"""Balances, sections and the months of mandatory savings as the books tell them."""

from datetime import date

import pytest

from app.base.dates import Month
from app.ledger.book import Book
from app.ledger.members.commands import AddMember
from app.ledger.members.queries import mandatory_paid_through, mandatory_standings
from app.ledger.savings import queries
from app.ledger.savings.commands import (
    CreditSavingsInterest,
    OpenSavings,
    SetSavingsProduct,
)
from tests.ledger.saving_books import add, amounts, deposit, withdraw


def test_balances_of_an_earlier_day_are_those_of_that_day(cooperative: Book) -> None:
    add(cooperative)
    add(cooperative, "0002", "Budi")
    deposit(cooperative, "Wajib", 25_000, date(2026, 9, 5))
    deposit(cooperative, "Wajib", 26_000, date(2026, 10, 5))
    deposit(cooperative, "Sukarela", 70_000, date(2026, 10, 5), member="2")
    assert amounts(cooperative, date(2026, 9, 30)) == {
        "0001": {"mandatory": 25_000},
        "0002": {"voluntary": 0},
    }
    assert amounts(cooperative, date(2026, 10, 5)) == amounts(cooperative)
    assert amounts(cooperative)["0001"] == {"mandatory": 51_000}


def test_sections_show_a_month_with_running_balances(cooperative: Book) -> None:
    party = add(cooperative)
    other = add(cooperative, "0002", "Budi")
    cooperative.execute(OpenSavings(member="1", product="Sukarela", balance=500_000, on=date(2026, 9, 30)))
    deposit(cooperative, "Sukarela", 40_000, date(2026, 10, 5), memo="Titip anak")
    withdraw(cooperative, "Sukarela", 15_000, date(2026, 10, 5))
    cooperative.execute(
        CreditSavingsInterest(member="1", product="Sukarela", gross=250_000, on=date(2026, 10, 31))
    )
    deposit(cooperative, "Sukarela", 1_000, date(2026, 11, 1))
    deposit(cooperative, "Wajib", 25_000, date(2026, 10, 7), member="2")
    with cooperative.snapshot() as snapshot:
        everyone = queries.sections(snapshot, Month(2026, 10).period)
        mine = queries.sections(snapshot, Month(2026, 10).period, party)
        opening_month = queries.sections(snapshot, Month(2026, 9).period, party)
    assert mine == {party: everyone[party]}
    (section,) = mine[party]
    assert (section.key, section.opening, section.closing) == ("voluntary", 500_000, 750_000)
    assert [(move.kind, move.amount, move.balance) for move in section.movements] == [
        ("deposit", 40_000, 540_000),
        ("withdrawal", -15_000, 525_000),
        ("interest", 250_000, 775_000),
        ("tax", -25_000, 750_000),
    ]
    assert section.movements[0].memo == "Titip anak"
    assert section.movements[1].number == "TS-2610-0001"
    assert queries.interest_and_tax(mine[party]) == (250_000, 25_000)
    assert [item.closing for item in everyone[other]] == [25_000]
    (before,) = opening_month[party]
    assert (before.opening, before.movements, before.closing) == (500_000, (), 500_000)


def test_ledger_totals_prove_the_statements(cooperative: Book) -> None:
    add(cooperative)
    deposit(cooperative, "Sukarela", 90_000, date(2026, 9, 5))
    deposit(cooperative, "Sukarela", 40_000, date(2026, 10, 5))
    withdraw(cooperative, "Sukarela", 15_000, date(2026, 10, 6))
    deposit(cooperative, "Pokok", 100_000, date(2026, 10, 6))
    with cooperative.snapshot() as snapshot:
        found = queries.ledger_totals(snapshot, Month(2026, 10).period)
    assert [(item.code, item.opening, item.increase, item.decrease, item.closing) for item in found] == [
        ("2-1101", 90_000, 40_000, 15_000, 115_000),
        ("3-1001", 0, 100_000, 0, 100_000),
    ]


# Mandatory savings by the month


@pytest.mark.parametrize(
    ("paid", "through", "part", "arrears", "next_due"),
    [
        (0, None, 0, 250_000, 25_000),
        (24_000, None, 24_000, 226_000, 25_000),
        (25_000, Month(2026, 1), 0, 225_000, 25_000),
        (250_000, Month(2026, 10), 0, 0, 25_000),
        (255_000, Month(2026, 10), 5_000, 0, 20_000),
        (300_000, Month(2026, 12), 0, 0, 0),
    ],
)
def test_months_are_counted_from_joining(
    cooperative: Book, paid: int, through: Month | None, part: int, arrears: int, next_due: int
) -> None:
    done = cooperative.execute(AddMember(name="Siti", joined=date(2026, 1, 20), mandatory=25_000))
    party = int(done.value["party"])
    if paid:
        deposit(cooperative, "Wajib", paid, date(2026, 10, 5))
    with cooperative.snapshot() as snapshot:
        standing = mandatory_standings(snapshot, date(2026, 10, 31))[party]
        before = mandatory_paid_through(snapshot, party, date(2026, 10, 4))
    assert (standing.paid_through, standing.part_paid) == (through, part)
    assert (standing.arrears, standing.next_due) == (arrears, next_due)
    assert before is None


def test_months_go_on_from_those_taken_over(cooperative: Book) -> None:
    party = add(cooperative)
    cooperative.execute(SetSavingsProduct(code="mandatory", amount=20_000))
    cooperative.execute(
        OpenSavings(
            member="1",
            product="Wajib",
            balance=777_000,
            on=date(2025, 12, 31),
            paid_through=Month(2025, 11),
        )
    )
    deposit(cooperative, "Wajib", 60_000, date(2026, 2, 1))
    with cooperative.snapshot() as snapshot:
        assert mandatory_paid_through(snapshot, party, date(2026, 2, 1)) == Month(2026, 2)
        assert mandatory_standings(snapshot, date(2026, 2, 28))[party].next_due == 20_000


def test_a_balance_taken_over_without_its_month_says_nothing(cooperative: Book) -> None:
    party = add(cooperative, mandatory=20_000)
    cooperative.execute(OpenSavings(member="1", product="Wajib", balance=777_000, on=date(2025, 12, 31)))
    with cooperative.snapshot() as snapshot:
        assert mandatory_standings(snapshot, date(2026, 2, 28))[party].paid_through is None
