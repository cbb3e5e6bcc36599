"""Paying loans out: the entry, the fees, the schedule, the number, and taking it back."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.base.dates import Month
from app.base.errors import UserError
from app.base.money import RoundMode
from app.ledger.book import Book
from app.ledger.entries.commands import CorrectEntry, ReverseEntry
from app.ledger.loans.commands import DisburseLoan, Excess
from app.ledger.loans.queries import loan_list, outstanding_of
from app.ledger.loans.schedule import Every, Method, RatePer, schedule
from app.ledger.periods.commands import LockMonth
from tests.ledger.lending import balances, lend, loan_of, member, pay, refusal, rows_of


def test_the_fees_stay_with_the_cooperative(cooperative: Book) -> None:
    party = member(cooperative)
    outcome = lend(cooperative, provision_percent=Decimal("1.25"), administration=35_000)
    assert outcome.number == "PJ-7"
    assert outcome.value["fees"] == 155_000
    assert outcome.value["net"] == 9_445_000
    assert outcome.value["warnings"] == []
    assert balances(cooperative) == {
        "1-1101": -9_445_000,
        "1-1201": 9_600_000,
        "4-1002": -120_000,
        "4-1003": -35_000,
    }
    with cooperative.snapshot() as snapshot:
        assert outstanding_of(snapshot, party) == 9_600_000


def test_the_money_comes_from_the_account_named(cooperative: Book) -> None:
    member(cooperative)
    lend(cooperative, account="bank", provision=90_000)
    assert balances(cooperative) == {"1-1111": -9_510_000, "1-1201": 9_600_000, "4-1002": -90_000}
    error = refusal(cooperative, lambda: DisburseLoan(**{**_PLAIN, "account": "4-1001"}))
    assert error.field == "account"


_PLAIN: dict[str, Any] = {
    "member": "7",
    "on": date(2026, 2, 3),
    "principal": 2_500_000,
    "rate": Decimal(1),
    "term": 5,
}


@pytest.mark.parametrize(
    ("changes", "dues"),
    [
        ({}, ("2026-02-10", "2026-09-10")),
        ({"first_due": date(2026, 1, 31)}, ("2026-01-31", "2026-08-31")),
        ({"every": Every.WEEK}, ("2026-01-17", "2026-03-07")),
        ({"every": Every.DAY}, ("2026-01-11", "2026-01-18")),
    ],
)
def test_due_dates(cooperative: Book, changes: dict[str, object], dues: tuple[str, str]) -> None:
    member(cooperative)
    lend(cooperative, **changes)
    rows = rows_of(cooperative)
    assert (rows[0].due.isoformat(), rows[-1].due.isoformat()) == dues


@pytest.mark.parametrize("method", list(Method))
def test_the_schedule_is_the_calculators(cooperative: Book, method: Method) -> None:
    member(cooperative)
    lend(
        cooperative,
        method=method,
        rate=Decimal("17.75"),
        per=RatePer.YEAR,
        round_to=500,
        mode=RoundMode.UP,
        grace=2,
        excess=Excess.NEXT,
    )
    loan = loan_of(cooperative)
    expected = [
        (item.number, item.due, item.principal, item.interest, item.balance) for item in schedule(loan.terms)
    ]
    assert [row[:5] for row in rows_of(cooperative)] == expected
    assert loan.terms.mode is RoundMode.UP
    assert sum(row.principal for row in rows_of(cooperative)) == 9_600_000


def test_numbers_run_by_year_and_step_over_those_taken(cooperative: Book) -> None:
    member(cooperative)
    assert lend(cooperative, number="PJ-2026-0001").number == "PJ-2026-0001"
    assert lend(cooperative, number="").number == "PJ-2026-0002"
    assert lend(cooperative, number="", on=date(2027, 1, 5)).number == "PJ-2027-0001"
    error = refusal(cooperative, lambda: DisburseLoan(**{**_PLAIN, "number": "pj-2026-0002"}))
    assert error.field == "number"


@pytest.mark.parametrize(
    ("rate", "per", "term", "warned"),
    [
        (Decimal(2), RatePer.MONTH, 8, None),
        (Decimal("2.01"), RatePer.MONTH, 8, "24.12"),
        (Decimal(24), RatePer.YEAR, 8, None),
        (Decimal("24.5"), RatePer.YEAR, 8, "24.5"),
        (Decimal(16), RatePer.TERM, 8, None),
        (Decimal(17), RatePer.TERM, 8, "25.5"),
    ],
)
def test_a_rate_above_the_ceiling_is_warned_about(
    cooperative: Book, rate: Decimal, per: RatePer, term: int, warned: str | None
) -> None:
    member(cooperative)
    warnings = lend(cooperative, rate=rate, per=per, term=term).value["warnings"]
    assert [params["rate"] for _, params in warnings] == ([] if warned is None else [Decimal(warned)])
    assert loan_of(cooperative).standing.outstanding == 9_600_000


def test_there_was_no_ceiling_before_2023(cooperative: Book) -> None:
    member(cooperative)
    assert lend(cooperative, rate=Decimal(3), on=date(2023, 7, 31)).value["warnings"] == []
    assert lend(cooperative, number="", rate=Decimal(3), on=date(2023, 8, 1)).value["warnings"]


def test_what_can_not_be(cooperative: Book) -> None:
    member(cooperative)
    unknown = refusal(cooperative, lambda: DisburseLoan(**{**_PLAIN, "member": "99"}))
    assert unknown.field == "member"
    fees = refusal(
        cooperative, lambda: DisburseLoan(**{**_PLAIN, "provision": 2_000_000, "administration": 500_001})
    )
    assert fees.field == "provision"
    with pytest.raises(UserError):
        DisburseLoan(**{**_PLAIN, "provision": -1})
    with pytest.raises(UserError):
        DisburseLoan(**{**_PLAIN, "provision": 1, "provision_percent": Decimal(1)})
    with pytest.raises(UserError):
        DisburseLoan(**{**_PLAIN, "provision_percent": Decimal(101)})
    with pytest.raises(UserError):
        DisburseLoan(**{**_PLAIN, "term": 0})
    cooperative.execute(LockMonth(month=Month(2026, 2)))
    assert refusal(cooperative, lambda: DisburseLoan(**_PLAIN)).field == "on"


def test_a_loan_taken_back_leaves_its_number(cooperative: Book) -> None:
    member(cooperative)
    entry = lend(cooperative).value["entry"]
    cooperative.execute(ReverseEntry(entry=entry))
    assert balances(cooperative) == {}
    with cooperative.snapshot() as snapshot:
        assert loan_list(snapshot, date(2026, 11, 24)) == []
    lend(cooperative, principal=8_000_000)
    assert loan_of(cooperative).standing.outstanding == 8_000_000
    again = refusal(cooperative, lambda: ReverseEntry(entry=entry + 1))
    assert "another loan" in again.template


def test_a_reversal_taken_back_lends_again(cooperative: Book) -> None:
    member(cooperative)
    entry = lend(cooperative).value["entry"]
    cooperative.execute(ReverseEntry(entry=entry))
    cooperative.undo()
    assert balances(cooperative) == {"1-1101": 0 - 9_600_000, "1-1201": 9_600_000}
    pay(cooperative, 1_344_000, date(2026, 2, 10))
    assert loan_of(cooperative).standing.outstanding == 8_400_000


def test_a_loan_corrected_keeps_its_number(cooperative: Book) -> None:
    member(cooperative)
    entry = lend(cooperative).value["entry"]
    right = DisburseLoan(
        member="7",
        number="PJ-7",
        on=date(2026, 1, 12),
        principal=9_900_000,
        rate=Decimal("1.5"),
        term=9,
    )
    cooperative.execute(CorrectEntry(entry=entry, replacement=right))
    loan = loan_of(cooperative)
    assert (loan.number, loan.terms.principal, loan.terms.term) == ("PJ-7", 9_900_000, 9)


def test_a_loan_that_was_paid_on_can_not_be_taken_back(cooperative: Book) -> None:
    member(cooperative)
    entry = lend(cooperative).value["entry"]
    pay(cooperative, 100_000, date(2026, 2, 10))
    error = refusal(cooperative, lambda: ReverseEntry(entry=entry))
    assert "rests on it" in error.template
