"""Running loans taken over from older books, and settling loans before their time."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.base.errors import UserError
from app.ledger.book import Book
from app.ledger.entries.commands import ReverseEntry
from app.ledger.loans.commands import (
    ApplyHeldPayments,
    Excess,
    PayOffLoan,
    ReceiveInstalment,
    Settlement,
    TakeOverLoan,
)
from app.ledger.loans.queries import arrears_list, loan_list, payoff_amount
from app.ledger.loans.schedule import Method
from app.ledger.savings.commands import DepositSavings
from tests.ledger.lending import (
    balances,
    late,
    lend,
    loan_of,
    member,
    parts,
    pay,
    refusal,
    rows_of,
    run_over,
)

JUNE = date(2026, 6, 30)


def on(month: int, day: int = 10) -> date:
    """A day of the year, by itself a due date."""
    return date(2026, month, day)


@pytest.fixture
def book(cooperative: Book) -> Book:
    """A book with one member."""
    member(cooperative)
    return cooperative


def remaining(book: Book) -> list[tuple[int, date, int, int]]:
    """Number, due date, principal and interest of what is left of the schedule."""
    return [row[:4] for row in rows_of(book, JUNE) if row.number >= loan_of(book, JUNE).standing.first]


# Taking over


def test_no_cash_and_no_income(book: Book) -> None:
    outcome = run_over(book, held=55_000, provision=96_000, administration=25_000)
    assert outcome.number == "PJ-7"
    assert balances(book) == {"1-1201": 6_000_000, "2-1501": -55_000, "3-9999": -5_945_000}
    with book.snapshot() as snapshot:
        assert snapshot.sql("SELECT kind, date FROM entry") == [("opening", "2026-06-30")]


def test_arrears_are_derived_from_the_schedule(book: Book) -> None:
    value = run_over(book).value
    assert (value["arrears_principal"], value["arrears_interest"]) == (2_400_000, 288_000)
    assert late(book, JUNE) == (2_400_000, 288_000, on(5))
    with book.snapshot() as snapshot:
        row = loan_list(snapshot, JUNE)[0]
    assert (row.days_overdue, row.class_, row.outstanding) == (51, "special_mention", 6_000_000)
    assert remaining(book) == [(number, on(number + 1), 1_200_000, 144_000) for number in range(4, 9)]
    # The three instalments paid in older books are paid, on days nobody knows.
    assert [(row.paid, row.paid_on) for row in rows_of(book, JUNE)][:4] == [(1_344_000, None)] * 3 + [
        (0, None)
    ]
    assert [row.balance for row in rows_of(book, JUNE)] == [1_200_000 * left for left in range(7, -1, -1)]


def test_an_instalment_half_paid_is_in_arrears_with_its_rest(book: Book) -> None:
    value = run_over(book, outstanding=5_300_000).value
    # 4,300,000 are paid: three instalments and 700,000 of the fourth.
    assert (value["arrears_principal"], value["arrears_interest"]) == (1_700_000, 288_000)
    assert remaining(book)[:2] == [(4, on(5), 500_000, 144_000), (5, on(6), 1_200_000, 144_000)]


def test_nobody_is_behind_who_paid_what_was_due(book: Book) -> None:
    run_over(book, outstanding=3_600_000)
    assert late(book, JUNE) == (0, 0, None)
    assert late(book, on(7)) == (1_200_000, 144_000, on(7))


def test_who_paid_ahead_owes_fewer_instalments(book: Book) -> None:
    run_over(book, outstanding=1_900_000)
    # Six are paid, and 500,000 of the principal besides: the last takes the difference.
    assert remaining(book) == [(7, on(8), 1_200_000, 144_000), (8, on(9), 700_000, 144_000)]


def test_arrears_that_are_given_win(book: Book) -> None:
    run_over(
        book,
        arrears_principal=900_000,
        arrears_interest=100_000,
        penalty=27_500,
        arrears_since=on(6),
        paid_through=4,
    )
    assert late(book, JUNE) == (900_000, 100_000, on(6))
    with book.snapshot() as snapshot:
        assert arrears_list(snapshot, JUNE)[0].penalty == 27_500
    assert remaining(book) == [
        (5, on(6), 900_000, 100_000),
        (6, on(7), 1_200_000, 144_000),
        (7, on(8), 1_200_000, 144_000),
        (8, on(9), 2_700_000, 144_000),
    ]


def test_the_oldest_unpaid_due_date_is_the_one_given(book: Book) -> None:
    run_over(book, arrears_principal=3_000_000, arrears_interest=333_000, arrears_since=on(3, 25))
    assert late(book, JUNE) == (3_000_000, 333_000, on(3, 25))
    # The newest carry what was agreed, the oldest what then remains: 600,000 and 45,000.
    assert remaining(book)[:3] == [
        (3, on(3, 25), 600_000, 45_000),
        (4, on(5), 1_200_000, 144_000),
        (5, on(6), 1_200_000, 144_000),
    ]
    with book.snapshot() as snapshot:
        assert loan_list(snapshot, JUNE)[0].class_ == "substandard"  # 97 days


def test_arrears_on_one_instalment_begin_on_the_day_given(book: Book) -> None:
    run_over(book, outstanding=4_800_000, arrears_since=on(2, 14))
    assert late(book, JUNE)[2] == on(2, 14)


def test_the_last_paid_instalment_that_is_given_wins(book: Book) -> None:
    value = run_over(book, paid_through=4).value
    # Only June's is behind; what is left of the principal falls to the last.
    assert (value["arrears_principal"], value["arrears_interest"]) == (1_200_000, 144_000)
    assert remaining(book)[-1] == (8, on(9), 2_400_000, 144_000)
    assert late(book, JUNE) == (1_200_000, 144_000, on(6))


def test_no_arrears_given_is_none(book: Book) -> None:
    run_over(book, arrears_principal=0)
    assert late(book, JUNE) == (0, 0, None)
    assert remaining(book) == [
        (6, on(7), 1_200_000, 144_000),
        (7, on(8), 1_200_000, 144_000),
        (8, on(9), 3_600_000, 144_000),
    ]


def test_interest_alone_can_be_in_arrears(book: Book) -> None:
    run_over(book, method=Method.BULLET, outstanding=9_600_000, arrears_interest=432_000)
    assert late(book, JUNE) == (0, 432_000, on(6))
    assert remaining(book)[-1] == (8, on(9), 9_600_000, 144_000)


def test_amounts_given_for_a_loan_that_is_not_behind(book: Book) -> None:
    run_over(book, outstanding=3_600_000, arrears_interest=60_000)
    assert late(book, JUNE) == (0, 60_000, on(6))
    assert sum(row[2] for row in remaining(book)) == 3_600_000


def test_a_loan_past_its_last_due_date(book: Book) -> None:
    run_over(book, as_of=date(2026, 12, 31), outstanding=2_000_000)
    assert late(book, date(2026, 12, 31)) == (2_000_000, 288_000, on(8))
    with book.snapshot() as snapshot:
        assert loan_list(snapshot, date(2026, 12, 31))[0].class_ == "doubtful"  # 143 days
        assert loan_list(snapshot, date(2027, 3, 1))[0].class_ == "loss"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"outstanding": 0}, "outstanding"),
        ({"outstanding": 9_600_001}, "outstanding"),
        ({"as_of": date(2026, 1, 9)}, "as_of"),
        ({"paid_through": 9}, "paid_through"),
        ({"penalty": -1}, "penalty"),
        ({"arrears_since": date(2026, 7, 1)}, "arrears_since"),
        ({"arrears_principal": 6_000_001}, "arrears_principal"),
        ({"paid_through": 8}, "paid_through"),
        ({"as_of": date(2026, 9, 30), "arrears_principal": 1_000_000}, "arrears_principal"),
    ],
)
def test_what_can_not_be_taken_over(book: Book, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(UserError) as caught:
        run_over(book, **changes)
    assert caught.value.field == field
    assert balances(book) == {}


def test_a_running_loan_is_paid_on(book: Book) -> None:
    run_over(book, penalty=30_000)
    assert parts(pay(book, 2_700_000, on(7, 3))) == (2_400_000, 288_000, 12_000, 0)
    assert late(book, on(7, 9)) == (0, 0, None)
    with book.snapshot() as snapshot:
        assert arrears_list(snapshot, on(7, 9))[0][3:] == (None, 0, 0, 18_000)
    assert parts(pay(book, 1_400_000, on(7))) == (1_200_000, 144_000, 18_000, 38_000)
    assert [row.paid_on for row in rows_of(book, on(7))][3:6] == [on(7, 3), on(7, 3), on(7)]


def test_a_running_loan_is_not_paid_before_it_was_taken_over(book: Book) -> None:
    run_over(book)
    error = refusal(book, lambda: ReceiveInstalment(loan="PJ-7", amount=1_344_000, on=JUNE))
    assert error.field == "on"


def test_money_kept_aside_comes_along(book: Book) -> None:
    run_over(book, outstanding=3_600_000, held=500_000)
    assert loan_of(book, JUNE).standing.held == 500_000
    assert late(book, on(7)) == (1_200_000 - 356_000, 0, on(7))
    book.execute(ApplyHeldPayments(on=on(7, 31)))
    assert balances(book, on(7))["1-1201"] == 3_244_000
    assert late(book, on(7)) == (1_200_000 - 356_000, 0, on(7))


def test_lowering_a_running_loan(book: Book) -> None:
    run_over(book, outstanding=3_600_000)
    pay(book, 2_000_000, on(7, 1), excess=Excess.INSTALMENT)
    rows = rows_of(book, on(7, 1))[5:]
    assert [row.principal for row in rows] == [533_333, 533_333, 533_334]
    assert [row.balance for row in rows_of(book, on(7, 1))][:5] == [
        1_200_000 * left for left in range(7, 2, -1)
    ]


def test_a_takeover_is_taken_back(book: Book) -> None:
    entry = run_over(book, penalty=10_000, held=70_000).value["entry"]
    book.execute(ReverseEntry(entry=entry))
    assert balances(book) == {}
    with book.snapshot() as snapshot:
        assert loan_list(snapshot, JUNE) == []
        assert arrears_list(snapshot, JUNE) == []
    run_over(book)


# Settling


@pytest.fixture
def three_paid(book: Book) -> Book:
    """The loan with February, March and April paid; 6,000,000 are left."""
    lend(book)
    for month in (2, 3, 4):
        pay(book, 1_344_000, on(month))
    return book


def settle(book: Book, day: date, **more: Any) -> dict[str, Any]:
    """Settle the loan; returns what it took."""
    return book.execute(PayOffLoan(loan="PJ-7", on=day, **more)).value


@pytest.mark.parametrize(
    ("day", "variant", "interest"),
    [
        (on(4, 10), Settlement.CURRENT, 0),
        (on(4, 25), Settlement.CURRENT, 144_000),
        (on(5, 10), Settlement.CURRENT, 144_000),
        (on(5, 11), Settlement.CURRENT, 288_000),
        (on(4, 25), Settlement.FULL, 720_000),
        (on(5, 11), Settlement.PRINCIPAL, 0),
    ],
)
def test_what_settling_takes(three_paid: Book, day: date, variant: Settlement, interest: int) -> None:
    with three_paid.snapshot() as snapshot:
        cost = payoff_amount(snapshot, "PJ-7", day, variant)
    assert (cost.principal, cost.interest, cost.to_pay) == (6_000_000, interest, 6_000_000 + interest)
    value = settle(three_paid, day, variant=variant)
    assert (value["paid"], value["outstanding"]) == (6_000_000 + interest, 0)
    assert balances(three_paid) == {
        "1-1101": 432_000 + interest,
        "4-1001": -432_000 - interest,
    }
    assert late(three_paid, date(2026, 11, 24)) == (0, 0, None)
    last = rows_of(three_paid)[-1]
    assert (last.number, last.due, last.principal, last.interest, last.paid_on) == (
        4,
        day,
        6_000_000,
        interest,
        day,
    )


def test_settling_with_an_interest_and_penalty_of_ones_own(three_paid: Book) -> None:
    value = settle(three_paid, on(6, 20), interest=200_000, penalty=45_000)
    assert (value["interest"], value["penalty"], value["paid"]) == (200_000, 45_000, 6_245_000)
    assert balances(three_paid)["4-1004"] == -45_000
    with three_paid.snapshot() as snapshot:
        assert loan_list(snapshot, on(6, 20)) == []


def test_settling_forgives_the_penalty_that_is_not_taken(book: Book) -> None:
    run_over(book, penalty=30_000)
    value = settle(book, on(7, 1), penalty=0)
    # May, June, and the running period to 10 July.
    assert value["paid"] == 6_432_000
    with book.snapshot() as snapshot:
        assert arrears_list(snapshot, on(7, 1)) == []
    book.undo()
    with book.snapshot() as snapshot:
        assert arrears_list(snapshot, on(7, 1))[0].penalty == 30_000


def test_settling_an_instalment_begun(three_paid: Book) -> None:
    pay(three_paid, 400_000, on(5))  # 144,000 and 256,000 of May
    value = settle(three_paid, on(5, 15))
    assert (value["principal"], value["interest"]) == (5_744_000, 144_000)
    last = rows_of(three_paid)[-1]
    assert (last.principal, last.interest, last.paid) == (6_000_000, 288_000, 6_288_000)


def test_money_kept_aside_settles_first_and_its_rest_goes_back(three_paid: Book) -> None:
    pay(three_paid, 900_000, on(4, 20))  # meets the 10th of May, and goes back for the settlement
    value = settle(three_paid, on(4, 25))
    assert (value["held"], value["paid"]) == (-900_000, 5_244_000)
    assert balances(three_paid, on(4, 30)).get("2-1501", 0) == 0
    three_paid.undo()
    pay(three_paid, 5_820_000, on(4, 26), apply_held=False)
    assert loan_of(three_paid, on(4, 26)).standing.held == 6_720_000
    value = settle(three_paid, on(4, 27))
    assert value["paid"] == 6_144_000 - 6_720_000
    assert balances(three_paid, on(4, 30)) == {"1-1101": 576_000, "4-1001": -576_000}


def test_settling_from_savings(three_paid: Book) -> None:
    three_paid.execute(DepositSavings(member="7", product="Sukarela", amount=6_500_000, on=on(4, 12)))
    settle(three_paid, on(4, 25), from_savings="sukarela")
    assert balances(three_paid)["2-1101"] == -356_000
    three_paid.undo()
    assert balances(three_paid)["2-1101"] == -6_500_000


def test_a_settled_loan_is_settled_once(three_paid: Book) -> None:
    settle(three_paid, on(4, 25))
    assert refusal(three_paid, lambda: PayOffLoan(loan="PJ-7", on=on(4, 26))).field == "loan"
    assert refusal(three_paid, lambda: ReceiveInstalment(loan="PJ-7", amount=1, on=on(5))).field == "loan"
    three_paid.undo()
    assert late(three_paid, on(5)) == (1_200_000, 144_000, on(5))
    assert parts(pay(three_paid, 1_344_000, on(5))) == (1_200_000, 144_000, 0, 0)


def test_settling_comes_last(three_paid: Book) -> None:
    error = refusal(three_paid, lambda: PayOffLoan(loan="PJ-7", on=on(4, 9)))
    assert error.params["latest"] == on(4)
    with pytest.raises(UserError):
        PayOffLoan(loan="PJ-7", on=on(5), penalty=-1)


def test_a_takeover_needs_a_sensible_loan() -> None:
    with pytest.raises(UserError):
        TakeOverLoan(
            member="7",
            disbursed_on=on(1),
            principal=0,
            rate=Decimal(1),
            term=3,
            outstanding=1,
            as_of=JUNE,
        )
