"""When interest on loans is income: accrued by the month, stopped for bad loans, received and taken back."""

import itertools
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.base.dates import Month
from app.base.errors import Cancelled, UserError
from app.base.progress import Watched
from app.ledger import checks
from app.ledger.accounts.commands import AddAccount
from app.ledger.book import Book
from app.ledger.changes import Outcome
from app.ledger.entries.commands import EntryLine, PostEntry, ReverseEntry
from app.ledger.loans.commands import (
    Excess,
    LoanClass,
    PayOffLoan,
    Recognition,
    RunLoanAccrual,
    SetInterestRecognition,
    SetLoanClass,
    Settlement,
    WriteOffLoan,
)
from app.ledger.loans.product_commands import AddLoanProduct
from app.ledger.loans.recognition import accrual_plan, rule_in
from app.ledger.periods.commands import LockMonth
from tests.ledger.lending import balances, lend, loan_of, member, parts, pay, refusal, run_over, sound

OWED, INCOME = "1-1211", "4-1001"


def on(month: int, day: int = 10) -> date:
    """A day of the year, by itself a due date."""
    return date(2026, month, day)


def accrue(book: Book, month: int) -> Outcome:
    """The run of a month of 2026."""
    return book.execute(RunLoanAccrual(month=Month(2026, month)))


def stands(book: Book, day: date = date(2199, 1, 1)) -> tuple[int, int]:
    """Interest earned and not received, and all income of interest, at the close of a day."""
    found = balances(book, day)
    return found.get(OWED, 0), -found.get(INCOME, 0)


def accruing(book: Book, since: int = 1, **changes: Any) -> Book:
    """Interest is income when earned; 8 x (1,200,000 + 144,000) on each 10th from February."""
    member(book)
    book.execute(SetInterestRecognition(month=Month(2026, since), method=Recognition.ACCRUAL))
    lend(book, **changes)
    return book


# Vectors by hand: 144,000 for each month from the 10th to the 10th.
# 31 January: 21 of 31 days are 97,548.39; 28 February: 144,000 and 18 of 28 days 92,571.43.


def test_a_month_is_earned_by_its_days(cooperative: Book) -> None:
    book = accruing(cooperative)
    value = accrue(book, 1).value
    assert (value["change"], value["accrued"], value["loans"]) == (97_548, 97_548, 1)
    assert stands(book) == (97_548, 97_548)
    assert accrue(book, 2).value["change"] == 144_000 + 92_571 - 97_548
    assert stands(book, on(1, 31)) == (97_548, 97_548)
    assert stands(book, on(2, 28)) == (236_571, 236_571)
    sound(book)


def test_a_payment_lowers_what_stands_first(cooperative: Book) -> None:
    book = accruing(cooperative)
    accrue(book, 1)
    assert parts(pay(book, 1_344_000, on(2))) == (1_200_000, 144_000, 0, 0)
    # 97,548 were income of January, 46,452 are of February.
    assert stands(book) == (0, 144_000)
    accrue(book, 2)
    assert stands(book) == (92_571, 236_571)
    sound(book)
    # Paid in advance for the whole term: nothing is owed, nothing stands.
    pay(book, 500_000, on(3, 1), principal=0, interest=500_000)
    accrue(book, 3)
    assert stands(book) == (0, 644_000)
    sound(book)


def test_run_twice_it_posts_once(cooperative: Book) -> None:
    book = accruing(cooperative)
    first = accrue(book, 1)
    again = accrue(book, 1)
    assert (again.value["change"], again.number, first.value["entry"] > 0) == (0, "", True)
    pay(book, 1_344_000, on(2))
    assert accrue(book, 1).value["change"] == 0
    accrue(book, 2)
    error = refusal(book, lambda: RunLoanAccrual(month=Month(2026, 1)))
    assert error.field == "month"


def test_cash_posts_nothing_and_takes_back_what_stood(cooperative: Book) -> None:
    member(cooperative)
    lend(cooperative)
    assert accrue(cooperative, 1).value["change"] == 0
    cooperative.execute(SetInterestRecognition(month=Month(2026, 2), method=Recognition.ACCRUAL))
    accrue(cooperative, 2)
    assert stands(cooperative) == (236_571, 236_571)
    cooperative.execute(SetInterestRecognition(month=Month(2026, 3), method=Recognition.CASH))
    assert accrue(cooperative, 3).value["change"] == -236_571
    assert stands(cooperative) == (0, 0)
    sound(cooperative)


def test_the_setting_has_its_month_and_its_undo(cooperative: Book) -> None:
    def rule(month: int) -> tuple[str, str]:
        with cooperative.snapshot() as snapshot:
            found = rule_in(snapshot, Month(2026, month))
        return found.method.value, found.stops_at.value

    cooperative.execute(SetInterestRecognition(month=Month(2026, 3), method=Recognition.ACCRUAL))
    cooperative.execute(
        SetInterestRecognition(month=Month(2026, 3), method=Recognition.ACCRUAL, stops_at=LoanClass.DOUBTFUL)
    )
    assert (rule(2), rule(3), rule(9)) == (
        ("cash", "substandard"),
        ("accrual", "doubtful"),
        ("accrual", "doubtful"),
    )
    cooperative.undo()
    assert rule(3) == ("accrual", "substandard")
    cooperative.undo()
    assert rule(3) == ("cash", "substandard")
    with pytest.raises(UserError):
        SetInterestRecognition(month=Month(2026, 3), method=Recognition.ACCRUAL, stops_at=LoanClass.CURRENT)


# Loans that earn no more


def test_a_bad_loan_earns_no_more_until_it_is_better(cooperative: Book) -> None:
    book = accruing(cooperative)
    accrue(book, 4)
    # Three instalments of interest and 20 of 30 days: 432,000 and 96,000.
    assert stands(book) == (528_000, 528_000)
    # Behind since 10 February for more than 90 days: substandard on 31 May.
    value = accrue(book, 5).value
    assert (value["change"], value["stopped"], value["not_accrued"]) == (-528_000, 1, 4 * 144_000 + 97_548)
    assert stands(book) == (0, 0)
    sound(book)
    # What is paid meanwhile is income when it comes.
    pay(book, 3 * 1_344_000, on(6, 5))
    assert stands(book) == (0, 432_000)
    # Behind since 10 May only: it earns again, also what was a memo.
    assert accrue(book, 6).value["stopped"] == 0
    assert stands(book) == (2 * 144_000 + 96_000, 432_000 + 384_000)
    sound(book)


def test_the_class_that_stops_can_be_chosen_and_judged(cooperative: Book) -> None:
    book = accruing(cooperative)
    book.execute(SetLoanClass(loan="PJ-7", on=on(1, 20), quality=LoanClass.SUBSTANDARD, reason="usaha tutup"))
    assert accrue(book, 1).value["change"] == 0
    book.execute(
        SetInterestRecognition(month=Month(2026, 1), method=Recognition.ACCRUAL, stops_at=LoanClass.LOSS)
    )
    assert accrue(book, 1).value["change"] == 97_548


# The ends of a loan


@pytest.mark.parametrize(("variant", "interest"), [(Settlement.PRINCIPAL, 0), (Settlement.CURRENT, 288_000)])
def test_settling_ends_what_stands(cooperative: Book, variant: Settlement, interest: int) -> None:
    book = accruing(cooperative)
    accrue(book, 2)
    book.execute(PayOffLoan(loan="PJ-7", on=on(3, 5), variant=variant))
    assert stands(book) == (0, interest)
    sound(book)
    book.undo()
    assert stands(book) == (236_571, 236_571)
    sound(book)


def test_writing_off_ends_what_stands(cooperative: Book) -> None:
    book = accruing(cooperative)
    accrue(book, 2)
    outcome = book.execute(WriteOffLoan(loan="PJ-7", on=on(3, 5), reason="pindah"))
    assert outcome.value["claim"] == 9_600_000 + 8 * 144_000
    assert stands(book) == (0, 0)
    sound(book)
    book.undo()
    assert stands(book) == (236_571, 236_571)
    sound(book)


def test_an_own_income_account(cooperative: Book) -> None:
    cooperative.execute(AddAccount(code="4-1011", name="Jasa Pinjaman Tani"))
    cooperative.execute(
        AddLoanProduct(code="TANI", name="Tani", rate=Decimal("1.5"), interest_account="4-1011")
    )
    book = accruing(cooperative, product="TANI")
    accrue(book, 1)
    pay(book, 1_344_000, on(2))
    assert balances(book)["4-1011"] == -144_000
    assert INCOME not in balances(book)
    sound(book)


# Loans taken over


def test_a_loan_taken_over_brings_what_its_old_book_accrued(cooperative: Book) -> None:
    member(cooperative)
    cooperative.execute(SetInterestRecognition(month=Month(2026, 1), method=Recognition.ACCRUAL))
    # Three of five due are paid: two interests are owed, and 20 of 30 days of June.
    run_over(cooperative, arrears_interest=200_000)
    assert stands(cooperative) == (296_000, 0)
    pay(cooperative, 100_000, on(7, 2), principal=0, interest=100_000)
    assert stands(cooperative) == (196_000, 0)
    sound(cooperative)
    cooperative.undo()
    cooperative.undo()
    assert stands(cooperative) == (0, 0)
    run_over(cooperative, quality=LoanClass.DOUBTFUL)
    assert stands(cooperative) == (0, 0)
    sound(cooperative)


# Taking back, and what is refused


def test_taking_back_in_order(cooperative: Book) -> None:
    book = accruing(cooperative)
    run = accrue(book, 1)
    paid = pay(book, 1_344_000, on(2))
    error = refusal(book, lambda: ReverseEntry(entry=run.value["entry"]))
    assert error.params["loan"] == "PJ-7"
    book.execute(ReverseEntry(entry=paid.value["entry"]))
    assert stands(book) == (97_548, 97_548)
    lent = book.execute
    first = loan_entry(book)
    assert refusal(book, lambda: ReverseEntry(entry=first)).params["loan"] == "PJ-7"
    lent(ReverseEntry(entry=run.value["entry"]))
    assert stands(book) == (0, 0)
    sound(book)
    lent(ReverseEntry(entry=first))
    sound(book)
    assert accrue(book, 1).value["change"] == 0


def loan_entry(book: Book) -> int:
    """The entry of the loan's disbursement."""
    with book.snapshot() as snapshot:
        return int(snapshot.sql("SELECT entry_id FROM loan")[0][0])


def test_a_closed_month_is_refused(cooperative: Book) -> None:
    book = accruing(cooperative)
    book.execute(LockMonth(month=Month(2026, 1)))
    refusal(book, lambda: RunLoanAccrual(month=Month(2026, 1)))


def test_what_is_posted_by_hand_is_a_notice(cooperative: Book) -> None:
    book = accruing(cooperative)
    accrue(book, 1)
    lines = (EntryLine(account=OWED, debit=5_000), EntryLine(account="4-2003", credit=5_000))
    book.execute(PostEntry(on=on(1, 20), memo="Koreksi", lines=lines))
    sound(book)
    with book.snapshot() as snapshot:
        (finding,) = [item for item in checks.run(snapshot) if item.key == "loans-accrual"]
    assert (finding.params["ledger"], finding.params["detail"]) == (102_548, 97_548)


@pytest.mark.parametrize("at", range(1, 4))
def test_cancelled_on_its_way_it_leaves_nothing(cooperative: Book, at: int) -> None:
    book = accruing(cooperative)
    before = balances(book)
    count = itertools.count(1)
    watched = Watched(lambda *_: watched.cancel() if next(count) == at else None)
    with pytest.raises(Cancelled):
        book.execute(RunLoanAccrual(month=Month(2026, 1)), watched)
    assert balances(book) == before
    accrue(book, 1)
    assert stands(book) == (97_548, 97_548)
    sound(book)


# Whatever is paid and run, in any order, taking all of it back restores every figure


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.one_of(st.just("run"), st.tuples(st.integers(1, 3_000_000), st.sampled_from(list(Excess)))),
        min_size=1,
        max_size=7,
    )
)
def test_any_order_can_be_taken_back(
    open_book: Callable[[str], Book], steps: list[str | tuple[int, Excess]]
) -> None:
    book = accruing(open_book("cooperative"))
    before = balances(book, date(2199, 1, 1))
    entries: list[int] = []
    for month, step in enumerate(steps, 2):
        if isinstance(step, str):
            outcome = accrue(book, month)
            assert accrue(book, month).value["change"] == 0
        elif loan_of(book, on(month)).standing.outstanding <= step[0]:
            break
        else:
            outcome = pay(book, step[0], on(month), excess=step[1], apply_held=False)
        if "entry" in outcome.value:
            entries.append(outcome.value["entry"])
        sound(book)
        with book.snapshot() as snapshot:
            plan = accrual_plan(snapshot, Month(2026, month))
        assert all(row.stands >= 0 and row.unpaid >= row.wanted for row in plan.rows)
        assert plan.stands == stands(book)[0]
    for entry in reversed(entries):
        book.execute(ReverseEntry(entry=entry))
    assert balances(book, date(2199, 1, 1)) == before
    sound(book)
