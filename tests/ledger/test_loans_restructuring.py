"""Restructuring a loan: a new schedule over the principal left, the old one kept, the class not reset."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.base.errors import Refused, UserError
from app.ledger.book import Book
from app.ledger.changes import Outcome
from app.ledger.entries.commands import ReverseEntry
from app.ledger.loans import queries
from app.ledger.loans.commands import Excess, PayOffLoan, WriteOffLoan
from app.ledger.loans.product_commands import AddLoanProduct
from app.ledger.loans.restructure_command import ArrearsInterest, RestructureLoan, Restructuring
from app.ledger.loans.schedule import Method
from tests.ledger.lending import balances, late, lend, loan_of, member, parts, pay, refusal, rows_of, sound

ON = date(2026, 5, 20)


def again(book: Book, **changes: Any) -> Outcome:
    """10 instalments from 10 June over what is left on 20 May."""
    return book.execute(command(**changes))


def command(**changes: Any) -> RestructureLoan:
    fields: dict[str, Any] = {
        "loan": "PJ-7",
        "on": ON,
        "kind": Restructuring.RESCHEDULING,
        "term": 10,
        "reason": "Panen gagal",
        "approved_by": "Rapat pengurus 18 Mei",
    }
    return RestructureLoan(**{**fields, **changes})


@pytest.fixture
def lent(cooperative: Book) -> Book:
    """The loan of `lend` with two instalments paid and two behind on 20 May."""
    member(cooperative)
    lend(cooperative)
    pay(cooperative, 1_344_000, date(2026, 2, 10))
    pay(cooperative, 1_344_000, date(2026, 3, 10))
    return cooperative


def class_of(book: Book, on: date) -> str:
    with book.snapshot() as snapshot:
        return next(row.class_ for row in queries.loan_list(snapshot, on))


def facts(book: Book) -> object:
    """Everything the lists say of the loan on several days, with the ledger."""
    days = [date(2026, 5, 31), date(2026, 8, 15), date(2026, 11, 24)]
    found: list[object] = [balances(book)]
    with book.snapshot() as snapshot:
        for on in days:
            found += [queries.loan_list(snapshot, on), queries.arrears_list(snapshot, on)]
            found.append(queries.next_instalments(snapshot, on))
    return found, rows_of(book)


def test_interest_behind_stays_due_and_the_principal_gets_new_dates(lent: Book) -> None:
    before = balances(lent)
    value = again(lent).value
    # 9,600,000 less two instalments of 1,200,000; flat 1.5 % a month of 7,200,000 is 108,000.
    assert (value["outstanding"], value["claim"], value["capitalised"]) == (7_200_000, 288_000, 0)
    assert (value["first_due"], value["instalment"]) == ("2026-06-10", 828_000)
    assert balances(lent) == before
    rows = rows_of(lent, ON)
    assert [(row.number, row.due.isoformat(), row.principal, row.interest) for row in rows[2:6]] == [
        (3, "2026-04-10", 0, 144_000),
        (4, "2026-05-10", 0, 144_000),
        (5, "2026-06-10", 720_000, 108_000),
        (6, "2026-07-10", 720_000, 108_000),
    ]
    assert len(rows) == 14
    assert late(lent, ON) == (0, 288_000, date(2026, 4, 10))
    # Paid in its order: the claim first, then the instalment.
    assert parts(pay(lent, 1_116_000, date(2026, 6, 10))) == (720_000, 396_000, 0, 0)
    sound(lent)


def test_interest_behind_becomes_principal_and_income(lent: Book) -> None:
    before = balances(lent)
    value = again(lent, kind=Restructuring.RESTRUCTURING, arrears=ArrearsInterest.PRINCIPAL).value
    assert (value["outstanding"], value["capitalised"], value["claim"]) == (7_488_000, 288_000, 0)
    after = balances(lent)
    assert {
        code: after[code] - before.get(code, 0) for code in after if after[code] != before.get(code, 0)
    } == {
        "1-1201": 288_000,
        "4-1001": -288_000,
    }
    assert late(lent, ON) == (0, 0, None)
    assert rows_of(lent, ON)[2].paid_on == ON
    with lent.snapshot() as snapshot:
        history = queries.loan_history(snapshot, loan_of(lent), date(2026, 11, 24))
    assert (history.outstanding, history.principal_paid) == (7_488_000, 2_400_000)
    sound(lent)


def test_new_rate_and_method_by_reconditioning(lent: Book) -> None:
    again(lent, kind=Restructuring.RECONDITIONING, rate=Decimal(1), method=Method.DECLINING, term=6, grace=2)
    rows = [row for row in rows_of(lent) if row.number > 4]
    assert [(row.principal, row.interest) for row in rows[:4]] == [
        (0, 72_000),
        (0, 72_000),
        (1_800_000, 72_000),
        (1_800_000, 54_000),
    ]
    loan = loan_of(lent)
    assert (loan.terms.rate, loan.agreed.terms.rate) == (Decimal("1.5"), Decimal(1))
    sound(lent)


def test_the_class_is_kept_until_three_instalments_in_a_row_are_paid_on_time(lent: Book) -> None:
    again(lent, kind=Restructuring.RESTRUCTURING, arrears=ArrearsInterest.PRINCIPAL)
    # 40 days overdue when it was restructured.
    assert class_of(lent, ON) == "special_mention"
    instalment = 748_800 + 112_320
    pay(lent, instalment, date(2026, 6, 10))
    pay(lent, instalment, date(2026, 7, 12))  # two days late: the count begins anew
    for month in (8, 9):
        pay(lent, instalment, date(2026, month, 10))
    assert class_of(lent, date(2026, 10, 9)) == "special_mention"
    pay(lent, instalment, date(2026, 10, 8))
    assert class_of(lent, date(2026, 10, 9)) == "special_mention"
    assert class_of(lent, date(2026, 10, 10)) == "current"


def test_penalty_up_to_then_stays_and_goes_on_by_the_new_schedule(cooperative: Book) -> None:
    member(cooperative)
    cooperative.execute(AddLoanProduct(code="U", name="Usaha", rate=Decimal("1.5"), penalty=1_000))
    lend(cooperative, product="U")
    # Four instalments were due by 20 May: 99 + 71 + 40 + 10 days of 1,000.
    with cooperative.snapshot() as snapshot:
        assert queries.arrears_list(snapshot, ON)[0].penalty == 220_000
    again(cooperative, kind=Restructuring.RESTRUCTURING, arrears=ArrearsInterest.PRINCIPAL)
    with cooperative.snapshot() as snapshot:
        assert queries.arrears_list(snapshot, date(2026, 6, 10))[0].penalty == 220_000
        assert queries.arrears_list(snapshot, date(2026, 6, 15))[0].penalty == 225_000
    sound(cooperative)


def test_excess_lowers_the_new_schedule(lent: Book) -> None:
    again(lent, kind=Restructuring.RESTRUCTURING, arrears=ArrearsInterest.PRINCIPAL)
    pay(lent, 861_120 + 3_000_000, date(2026, 6, 10), excess=Excess.INSTALMENT)
    rows = [row for row in rows_of(lent) if row.number > 5]
    assert (len(rows), sum(row.principal for row in rows)) == (9, 3_739_200)
    assert rows[0].interest == 112_320
    sound(lent)


def test_twice_and_taken_back(lent: Book) -> None:
    before = facts(lent)
    first = again(lent).value["entry"]
    once = facts(lent)
    second = again(
        lent, on=date(2026, 8, 3), kind=Restructuring.RESTRUCTURING, arrears=ArrearsInterest.PRINCIPAL, term=4
    ).value["entry"]
    assert len(loan_of(lent).restructured) == 2
    sound(lent)
    lent.execute(ReverseEntry(entry=second, on=date(2026, 8, 3)))
    assert facts(lent) == once
    lent.execute(ReverseEntry(entry=first, on=ON))
    assert facts(lent) == before
    assert loan_of(lent).restructured == ()
    sound(lent)


def test_refused(lent: Book) -> None:
    assert refusal(lent, lambda: command(on=date(2026, 3, 9))).field == "on"
    assert refusal(lent, lambda: command(rate=Decimal(1))).field == "rate"
    assert refusal(lent, lambda: command(first_due=ON)).field == "first_due"
    for changes in (
        {"reason": " "},
        {"approved_by": ""},
        {"arrears": ArrearsInterest.PRINCIPAL},
        {"term": 0},
    ):
        with pytest.raises(UserError):
            lent.execute(command(**changes))
    pay(lent, 1_000_000, date(2026, 5, 21))
    assert refusal(lent, command).field == "on"
    lent.execute(WriteOffLoan(loan="PJ-7", on=date(2026, 6, 1), reason="Hilang"))
    assert refusal(lent, lambda: command(on=date(2026, 6, 2))).field == "loan"


def test_paid_off_is_refused(lent: Book) -> None:
    lent.execute(PayOffLoan(loan="PJ-7", on=ON))
    assert refusal(lent, command).field == "loan"


def test_a_payment_before_it_is_refused(lent: Book) -> None:
    again(lent)
    with pytest.raises(Refused):
        pay(lent, 1_000, date(2026, 5, 19))


_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("pay"), st.integers(1, 2_500_000), st.integers(0, 40), st.sampled_from(Excess)),
        st.tuples(st.just("again"), st.integers(1, 12), st.integers(0, 40), st.booleans()),
    ),
    max_size=9,
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=_STEPS)
def test_any_sequence_ends_with_all_principal_paid_and_can_be_taken_back(
    steps: list[tuple[Any, ...]], open_book: Callable[[str], Book]
) -> None:
    book = open_book("cooperative")
    member(book)
    lend(book, on=date(2024, 1, 10), excess=Excess.NEXT)
    before = facts(book), balances(book)
    on = date(2024, 1, 10)
    done: list[tuple[int, date]] = []
    for kind, amount, days, more in steps:
        on = date.fromordinal(on.toordinal() + days)
        try:
            if kind == "pay":
                entry = pay(book, amount, on, excess=more).value["entry"]
            else:
                arrears = ArrearsInterest.PRINCIPAL if more else ArrearsInterest.CLAIM
                entry = again(
                    book, on=on, kind=Restructuring.RESTRUCTURING, term=amount, arrears=arrears
                ).value["entry"]
        except (Refused, UserError):
            continue
        done.append((entry, on))
        sound(book)
    loan = loan_of(book)
    if loan.standing.outstanding:
        done.append((book.execute(PayOffLoan(loan="PJ-7", on=on)).value["entry"], on))
    loan = loan_of(book)
    assert loan.standing.outstanding == 0
    assert loan.standing.principal == 9_600_000 + loan.capitalised
    sound(book)
    for entry, when in reversed(done):
        book.execute(ReverseEntry(entry=entry, on=when))
    assert (facts(book), balances(book)) == before
    sound(book)
