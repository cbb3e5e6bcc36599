"""What the form says a payment will do is what the books do."""

from datetime import date

import pytest

from app.base.errors import Refused
from app.ledger.book import Book
from app.ledger.loans.commands import Excess
from app.ledger.loans.preview import Payment, latest_movement, payment
from app.ledger.loans.reading import find_loan
from app.ledger.loans.standing import Row
from tests.ledger.lending import END, lend, member, parts, pay, run_over


def told(book: Book, amount: int, on: date, excess: Excess, penalty: int | None = None) -> Payment:
    with book.snapshot() as snapshot:
        loan = find_loan(snapshot, "PJ-7", END)
        return payment(loan, amount, on, excess, penalty, latest_movement(snapshot, loan.id))


def still_open(book: Book) -> tuple[int, tuple[Row, ...]]:
    with book.snapshot() as snapshot:
        standing = find_loan(snapshot, "PJ-7", date(2027, 12, 31)).standing
        return standing.outstanding, tuple(Row(*item[:4]) for item in standing.open())


@pytest.mark.parametrize("excess", list(Excess))
@pytest.mark.parametrize("amount", [50_000, 144_000, 1_344_000, 1_500_000, 4_032_000, 5_000_000, 7_000_000])
@pytest.mark.parametrize("day", [date(2026, 2, 10), date(2026, 4, 20)])
def test_the_preview_is_what_happens(cooperative: Book, amount: int, excess: Excess, day: date) -> None:
    member(cooperative)
    lend(cooperative)
    said = told(cooperative, amount, day, excess)
    outcome = pay(cooperative, amount, day, excess=excess, apply_held=False)
    assert parts(outcome) == (said.principal, said.interest, said.penalty, said.held)
    assert outcome.value["outstanding"] == said.outstanding
    assert still_open(cooperative) == (said.outstanding, said.rows)


def test_a_penalty_is_taken_first_when_it_is_given(cooperative: Book) -> None:
    member(cooperative)
    lend(cooperative)
    day = date(2026, 2, 15)
    said = told(cooperative, 1_349_000, day, Excess.HOLD, 5_000)
    outcome = pay(cooperative, 1_349_000, day, penalty=5_000)
    assert (
        parts(outcome)
        == (said.principal, said.interest, said.penalty, said.held)
        == (1_200_000, 144_000, 5_000, 0)
    )


def test_a_penalty_taken_over_comes_after_what_is_due(cooperative: Book) -> None:
    member(cooperative)
    run_over(cooperative, penalty=25_000)
    day = date(2026, 7, 10)
    for amount in (100_000, 3_000_000, 6_000_000):
        said = told(cooperative, amount, day, Excess.NEXT)
        outcome = pay(cooperative, amount, day, excess=Excess.NEXT)
        assert parts(outcome) == (said.principal, said.interest, said.penalty, said.held)
        cooperative.undo()


def test_money_kept_aside_is_used_before(cooperative: Book) -> None:
    member(cooperative)
    lend(cooperative)
    pay(cooperative, 500_000, date(2026, 1, 20), excess=Excess.HOLD, apply_held=False)
    day = date(2026, 2, 12)
    said = told(cooperative, 844_000, day, Excess.HOLD)
    outcome = pay(cooperative, 844_000, day, excess=Excess.HOLD)
    assert parts(outcome) == (said.principal, said.interest, said.penalty, said.held)


@pytest.mark.parametrize("excess", list(Excess))
def test_too_much_is_told_before_it_is_refused(cooperative: Book, excess: Excess) -> None:
    member(cooperative)
    lend(cooperative)
    day = date(2026, 2, 10)
    said = told(cooperative, 20_000_000, day, excess)
    assert said.over > 0
    with pytest.raises(Refused) as caught:
        pay(cooperative, 20_000_000, day, excess=excess)
    assert caught.value.params["over"] == said.over
