"""The collection sheet: what it asks, what it records at once, and that all of it is taken back at once."""

from datetime import date

import pytest

from app.base.errors import Refused, UserError
from app.ledger.accounts.chart import read_chart
from app.ledger.book import Book
from app.ledger.collection.commands import CollectionLine, RecordCollection
from app.ledger.collection.queries import CollectionRow, collection_rows, groups
from app.ledger.entries.queries import balances
from app.ledger.loans.reading import find_loan
from app.ledger.members.commands import AddMember
from app.ledger.savings.commands import DepositSavings, SetSavingsProduct
from app.ledger.savings.queries import balances as savings_balances
from app.ledger.savings.queries import products
from tests.ledger.lending import lend, pay

MEETING = date(2026, 11, 23)


@pytest.fixture
def group(cooperative: Book) -> Book:
    """Three of Melati (one with a loan of which two instalments are open), one of Mawar."""
    with cooperative.snapshot() as snapshot:
        code = next(item.code for item in products(snapshot) if item.kind == "mandatory")
    cooperative.execute(SetSavingsProduct(code=code, amount=50_000))
    for number, name, team in (
        ("0007", "Sutrisno", "Melati"),
        ("0008", "Aminatun", "Melati"),
        ("0009", "Mulyono", "Melati"),
        ("0010", "Darmi", "Mawar"),
    ):
        cooperative.execute(AddMember(number=number, name=name, team=team, joined=date(2026, 10, 1)))
    lend(cooperative, on=date(2026, 9, 15), first_due=date(2026, 10, 15), member="0007")
    cooperative.execute(DepositSavings(member="0008", product="wajib", amount=50_000, on=date(2026, 10, 3)))
    return cooperative


def asked(book: Book, name: str | None = "Melati") -> dict[str, CollectionRow]:
    with book.snapshot() as snapshot:
        return {row.member: row for row in collection_rows(snapshot, MEETING, name)}


def ledger(book: Book) -> dict[str, int]:
    with book.snapshot() as snapshot:
        found = balances(snapshot, date(2026, 12, 31))
        return {row.code: row.normal * found.get(row.id, 0) for row in read_chart(snapshot).accounts}


def test_the_sheet_asks_for_what_is_behind_and_what_is_due(group: Book) -> None:
    rows = asked(group)
    assert list(rows) == ["0007", "0008", "0009"]
    borrower = rows["0007"]
    assert (borrower.mandatory, borrower.months_behind) == (100_000, 2)
    assert (borrower.loan, borrower.instalment_number) == ("PJ-7", 2)
    assert (borrower.instalment, borrower.arrears, borrower.late) == (1_344_000, 1_344_000, 39)
    assert borrower.total == 2_788_000
    assert (rows["0008"].mandatory, rows["0008"].loan, rows["0008"].total) == (50_000, "", 50_000)
    with group.snapshot() as snapshot:
        assert [(item.name, item.members) for item in groups(snapshot, MEETING)] == [
            ("Mawar", 1),
            ("Melati", 3),
        ]
    assert list(asked(group, None)) == ["0007", "0008", "0009", "0010"]


def test_money_kept_aside_lowers_what_is_asked(group: Book) -> None:
    pay(group, 1_400_000, date(2026, 10, 15))
    assert asked(group)["0007"].on_loan == 1_344_000 - 56_000


def test_a_second_loan_has_a_row_of_its_own(group: Book) -> None:
    lend(group, number="PJ-8", member="0007", on=date(2026, 10, 20))
    with group.snapshot() as snapshot:
        rows = [row for row in collection_rows(snapshot, MEETING, "Melati") if row.member == "0007"]
    assert [(row.loan, row.mandatory, row.again) for row in rows] == [
        ("PJ-7", 100_000, False),
        ("PJ-8", 0, True),
    ]


def sheet(**changes: object) -> RecordCollection:
    fields: dict[str, object] = {
        "on": MEETING,
        "group": "Melati",
        "lines": (
            CollectionLine(
                member="0007", mandatory=100_000, instalment=1_344_000, penalty=5_000, loan="PJ-7"
            ),
            CollectionLine(member="0008", mandatory=50_000, voluntary=20_000),
            CollectionLine(member="0009"),
        ),
    }
    return RecordCollection(**{**fields, **changes})  # type: ignore[arg-type]


def test_all_lines_are_recorded_at_once_and_taken_back_at_once(group: Book) -> None:
    before, cash = asked(group), ledger(group)
    outcome = group.execute(sheet())
    assert outcome.number == "LP-2611-0001"
    assert (outcome.value["members"], outcome.value["total"], outcome.value["difference"]) == (
        2,
        1_519_000,
        0,
    )
    after = asked(group)
    assert (after["0007"].mandatory, after["0007"].on_loan) == (0, 1_344_000)
    assert after["0008"].mandatory == 0
    assert after["0009"] == before["0009"]
    now = ledger(group)
    assert now["1-1101"] - cash["1-1101"] == 1_519_000
    assert now["4-1004"] - cash["4-1004"] == 5_000
    with group.snapshot() as snapshot:
        assert {row.number: row.total for row in savings_balances(snapshot)} == {
            "0007": 100_000,
            "0008": 120_000,
        }
    group.undo()
    assert asked(group) == before
    assert ledger(group) == cash


@pytest.mark.parametrize(("counted", "difference"), [(1_514_000, -5_000), (1_520_000, 1_000)])
def test_cash_over_or_short_is_a_difference_of_its_own(group: Book, counted: int, difference: int) -> None:
    cash = ledger(group)
    outcome = group.execute(sheet(counted=counted, number="LP-2611-03"))
    assert (outcome.number, outcome.value["difference"]) == ("LP-2611-03", difference)
    now = ledger(group)
    assert now["1-1101"] - cash["1-1101"] == counted
    assert now["8-1002"] - cash["8-1002"] == -difference
    group.undo()
    assert ledger(group) == cash


def test_a_refused_line_leaves_nothing_and_says_which(group: Book) -> None:
    cash = ledger(group)
    lines = (
        CollectionLine(member="0008", mandatory=50_000),
        CollectionLine(member="0009", instalment=100_000),
    )
    with pytest.raises(Refused, match="has no loan") as caught:
        group.execute(sheet(lines=lines))
    assert caught.value.line == 1
    assert caught.value.field == "instalment"
    assert ledger(group) == cash


def test_the_loan_may_be_left_out_where_there_is_one(group: Book) -> None:
    group.execute(sheet(lines=(CollectionLine(member="0007", instalment=1_344_000),)))
    with group.snapshot() as snapshot:
        assert find_loan(snapshot, "PJ-7", MEETING).standing.outstanding == 8_400_000
    lend(group, number="PJ-8", member="0007", on=date(2026, 10, 20))
    with pytest.raises(Refused, match="several loans"):
        group.execute(sheet(lines=(CollectionLine(member="0007", instalment=1_344_000),)))
    with pytest.raises(Refused, match="no loan"):
        group.execute(sheet(lines=(CollectionLine(member="0008", instalment=1_000, loan="PJ-8"),)))


def test_an_empty_sheet_and_negative_amounts_are_refused() -> None:
    with pytest.raises(UserError, match="nothing to record"):
        sheet(lines=(CollectionLine(member="0009"),))
    with pytest.raises(UserError, match="below 0"):
        CollectionLine(member="0009", voluntary=-1)
    with pytest.raises(UserError, match="below 0"):
        sheet(counted=-1)
