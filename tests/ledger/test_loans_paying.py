"""Instalments: to what they go, what becomes of too much, from where they come, and taking them back."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.base.dates import Month
from app.base.errors import Refused, UserError
from app.ledger.book import Book
from app.ledger.entries.commands import ReverseEntry
from app.ledger.loans.commands import ApplyHeldPayments, Excess, ReceiveInstalment
from app.ledger.loans.schedule import Method
from app.ledger.periods.commands import LockMonth
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
    sound,
)


def on(month: int, day: int = 10) -> date:
    """A day of the year, by itself a due date."""
    return date(2026, month, day)


@pytest.fixture
def lent(cooperative: Book) -> Book:
    """A book with one loan: 8 x (1,200,000 + 144,000), on each 10th from February."""
    member(cooperative)
    lend(cooperative)
    return cooperative


@pytest.fixture
def declining(cooperative: Book) -> Book:
    """6,000,000 declining at 2 % a month: 6 x 1,000,000 and 120,000, 100,000, ... of interest."""
    member(cooperative)
    lend(cooperative, principal=6_000_000, rate=Decimal(2), term=6, method=Method.DECLINING)
    return cooperative


# What is due


def test_an_instalment_on_its_day(lent: Book) -> None:
    outcome = pay(lent, 1_344_000, on(2))
    assert outcome.number == "AS-2602-0001"
    assert parts(outcome) == (1_200_000, 144_000, 0, 0)
    assert outcome.value["outstanding"] == 8_400_000
    assert balances(lent) == {"1-1101": -8_256_000, "1-1201": 8_400_000, "4-1001": -144_000}
    first, second = rows_of(lent)[:2]
    assert (first.paid, first.paid_on) == (1_344_000, on(2))
    assert (second.paid, second.paid_on) == (0, None)


def test_a_late_payer_pays_the_oldest_first_and_its_interest_before_its_principal(lent: Book) -> None:
    assert late(lent, on(3, 9)) == (1_200_000, 144_000, on(2))
    assert late(lent, on(3, 10)) == (2_400_000, 288_000, on(2))
    # 144,000 and 1,200,000 of February, then 144,000 and 512,000 of March.
    assert parts(pay(lent, 2_000_000, on(4, 5))) == (1_712_000, 288_000, 0, 0)
    assert late(lent, on(4, 5)) == (688_000, 0, on(3))
    assert late(lent, on(4, 30)) == (1_888_000, 144_000, on(3))
    assert [row.paid for row in rows_of(lent)][:3] == [1_344_000, 656_000, 0]
    assert parts(pay(lent, 2_032_000, on(5, 1))) == (1_888_000, 144_000, 0, 0)
    assert late(lent, on(5, 9)) == (0, 0, None)
    assert [row.paid_on for row in rows_of(lent)][:4] == [on(4, 5), on(5, 1), on(5, 1), None]


def test_less_than_the_interest_pays_interest_only(lent: Book) -> None:
    assert parts(pay(lent, 90_000, on(2))) == (0, 90_000, 0, 0)
    assert parts(pay(lent, 54_321, on(2, 20))) == (321, 54_000, 0, 0)


def test_a_payment_recorded_late_goes_to_what_is_due_by_then(lent: Book) -> None:
    assert parts(pay(lent, 1_344_000, on(3))) == (1_200_000, 144_000, 0, 0)
    # It was paid in February, and recorded after March's: nothing of it is too much.
    assert parts(pay(lent, 1_344_000, on(2))) == (1_200_000, 144_000, 0, 0)
    assert late(lent, on(3)) == (0, 0, None)
    assert [row.paid_on for row in rows_of(lent)][:2] == [on(2), on(3)]


# What the person says


def test_parts_that_are_given_win(lent: Book) -> None:
    outcome = pay(lent, 1_500_000, on(2), principal=1_300_000, interest=150_000, penalty=50_000)
    assert parts(outcome) == (1_300_000, 150_000, 50_000, 0)
    assert balances(lent)["4-1004"] == -50_000
    # The 100,000 above the instalment's principal count for March's; 6,000 of interest more than due, too.
    assert late(lent, on(3)) == (1_100_000, 138_000, on(3))


def test_a_penalty_that_is_given_leaves_the_rest_to_be_worked_out(lent: Book) -> None:
    assert parts(pay(lent, 1_360_000, on(2), penalty=16_000)) == (1_200_000, 144_000, 16_000, 0)


def test_parts_must_add_up() -> None:
    with pytest.raises(UserError) as caught:
        ReceiveInstalment(loan="PJ-7", amount=1_000_000, on=on(2), principal=800_000, interest=150_000)
    assert caught.value.field == "amount"
    with pytest.raises(UserError):
        ReceiveInstalment(loan="PJ-7", amount=10_000, on=on(2), penalty=10_001)
    with pytest.raises(UserError):
        ReceiveInstalment(loan="PJ-7", amount=10_000, on=on(2), principal=-1, interest=10_001)
    with pytest.raises(UserError):
        ReceiveInstalment(loan="PJ-7", amount=0, on=on(2))
    with pytest.raises(UserError):
        ReceiveInstalment(loan="PJ-7", amount=1, on=on(2), account="Kas", from_savings="Sukarela")


def test_more_principal_than_is_left_is_refused(lent: Book) -> None:
    error = refusal(
        lent,
        lambda: ReceiveInstalment(loan="PJ-7", amount=9_600_001, on=on(2), principal=9_600_001),
    )
    assert error.field == "principal"


# What is too much


def test_too_much_is_kept_and_meets_its_due_date(lent: Book) -> None:
    pay(lent, 1_344_000, on(2))
    assert parts(pay(lent, 1_844_000, on(3))) == (1_200_000, 144_000, 0, 500_000)
    march, april = balances(lent, on(3, 31)), balances(lent, on(4, 30))
    assert (march["1-1201"], march["2-1501"], march["4-1001"]) == (7_200_000, -500_000, -288_000)
    assert (april["1-1201"], april.get("2-1501", 0), april["4-1001"]) == (6_844_000, 0, -432_000)
    assert late(lent, on(4, 30)) == (844_000, 0, on(4))


def test_who_pays_before_the_due_date_is_not_behind(lent: Book) -> None:
    assert parts(pay(lent, 1_344_000, on(2, 5))) == (0, 0, 0, 1_344_000)
    assert balances(lent, on(2, 9))["1-1201"] == 9_600_000
    assert balances(lent, on(2, 10))["1-1201"] == 8_400_000
    assert late(lent, on(2, 28)) == (0, 0, None)
    assert rows_of(lent)[0].paid_on == on(2, 10)


def test_money_kept_for_a_day_to_come_waits(cooperative: Book) -> None:
    member(cooperative)
    lend(cooperative, on=on(11, 2), term=3)
    pay(cooperative, 1_000_000, on(11, 20))
    assert loan_of(cooperative).standing.held == 1_000_000
    # By the list nobody is behind on the due date as far as the money kept goes.
    assert late(cooperative, on(12, 2)) == (3_200_000 - 856_000, 0, on(12, 2))
    done = cooperative.execute(ApplyHeldPayments(on=on(12, 31)))
    assert done.value == {"loans": 1, "amount": 1_000_000}
    assert late(cooperative, on(12, 2)) == (3_200_000 - 856_000, 0, on(12, 2))
    assert balances(cooperative, on(12, 31))["4-1001"] == -144_000
    cooperative.undo()
    assert balances(cooperative, on(12, 31))["2-1501"] == -1_000_000


def test_nothing_is_kept_nothing_is_applied(lent: Book) -> None:
    assert lent.execute(ApplyHeldPayments(on=on(4))).value == {"loans": 0, "amount": 0}


def test_money_kept_is_used_before_the_next_payment(lent: Book) -> None:
    pay(lent, 1_500_000, on(2), apply_held=False)
    assert loan_of(lent).standing.held == 156_000
    # March: 144,000 of interest and 12,000 of principal are there already.
    assert parts(pay(lent, 1_188_000, on(3), apply_held=False)) == (1_188_000, 0, 0, 0)
    assert loan_of(lent).standing.held == 0
    assert late(lent, on(3)) == (0, 0, None)
    lent.undo()
    assert loan_of(lent).standing.held == 156_000
    assert balances(lent)["2-1501"] == -156_000


def test_the_month_of_the_due_date_may_be_closed(lent: Book) -> None:
    pay(lent, 1_844_000, on(2), apply_held=False)
    lent.execute(LockMonth(month=Month(2026, 2)))
    lent.execute(LockMonth(month=Month(2026, 3)))
    assert parts(pay(lent, 100_000, on(4, 3))) == (100_000, 0, 0, 0)
    assert balances(lent, on(3, 31))["2-1501"] == -500_000
    assert balances(lent, on(4, 30)).get("2-1501", 0) == 0
    assert refusal(lent, lambda: ReceiveInstalment(loan="PJ-7", amount=1, on=on(3))).field == "on"


def test_too_much_counts_as_the_next_instalment(lent: Book) -> None:
    outcome = pay(lent, 2_344_000, on(2), excess=Excess.NEXT)
    assert parts(outcome) == (2_056_000, 288_000, 0, 0)
    assert outcome.value["outstanding"] == 7_544_000
    assert late(lent, on(3)) == (344_000, 0, on(3))
    memos = "SELECT memo FROM entry WHERE number = 'AS-2602-0001'"
    with lent.snapshot() as snapshot:
        assert snapshot.sql(memos)[0][0] == "Angsuran ke-1 s.d. ke-2, sebagian (PJ-7)"


def test_too_much_ends_the_loan_earlier(declining: Book) -> None:
    pay(declining, 1_120_000, on(2))
    outcome = pay(declining, 2_600_000, on(3), excess=Excess.TERM)
    assert parts(outcome) == (2_500_000, 100_000, 0, 0)
    assert [row[:5] for row in rows_of(declining)] == [
        (1, on(2), 1_000_000, 120_000, 5_000_000),
        (2, on(3), 1_000_000, 100_000, 4_000_000),
        (3, on(4), 1_000_000, 50_000, 1_500_000),
        (4, on(5), 1_000_000, 30_000, 500_000),
        (5, on(6), 500_000, 10_000, 0),
    ]
    assert [row.paid_on for row in rows_of(declining)] == [on(2), on(3), None, None, None]
    # Before the change the agreement held.
    assert len(rows_of(declining, on(3, 9))) == 6
    assert parts(pay(declining, 1_050_000, on(4))) == (1_000_000, 50_000, 0, 0)
    assert late(declining, on(5)) == (1_000_000, 30_000, on(5))


def test_too_much_makes_the_instalments_smaller(declining: Book) -> None:
    pay(declining, 1_120_000, on(2))
    pay(declining, 2_600_000, on(3), excess=Excess.INSTALMENT)
    assert [row[:5] for row in rows_of(declining)][2:] == [
        (3, on(4), 625_000, 50_000, 1_875_000),
        (4, on(5), 625_000, 37_500, 1_250_000),
        (5, on(6), 625_000, 25_000, 625_000),
        (6, on(7), 625_000, 12_500, 0),
    ]


def test_a_flat_loan_keeps_its_interest_with_smaller_instalments(lent: Book) -> None:
    pay(lent, 1_344_000, on(2))
    pay(lent, 3_344_000, on(3), excess=Excess.INSTALMENT)
    rows = rows_of(lent)[2:]
    # 5,200,000 over six; the last takes the difference.
    assert [row.principal for row in rows] == [866_667] * 5 + [866_665]
    assert {row.interest for row in rows} == {144_000}


def test_the_loan_itself_can_say_what_becomes_of_too_much(cooperative: Book) -> None:
    member(cooperative)
    lend(cooperative, excess=Excess.TERM)
    assert parts(pay(cooperative, 1_200_000, on(2, 1))) == (1_200_000, 0, 0, 0)
    assert [row.principal for row in rows_of(cooperative)] == [1_200_000] * 7
    assert parts(pay(cooperative, 100_000, on(2, 2), excess=Excess.HOLD)) == (0, 0, 0, 100_000)


def test_an_instalment_begun_is_completed_before_the_principal_is_lowered(lent: Book) -> None:
    pay(lent, 1_544_000, on(2), excess=Excess.NEXT)  # 144,000 and 56,000 of March
    outcome = pay(lent, 2_000_000, on(2, 20), excess=Excess.TERM)
    assert parts(outcome) == (2_000_000, 0, 0, 0)
    rows = rows_of(lent)
    assert [row.principal for row in rows] == [1_200_000] * 7 + [344_000]
    assert [row.paid for row in rows][:3] == [1_344_000, 1_344_000, 0]


def test_paying_all_of_the_principal_ahead_ends_the_interest(declining: Book) -> None:
    outcome = pay(declining, 6_120_000, on(2), excess=Excess.TERM)
    assert outcome.value["outstanding"] == 0
    assert [row.number for row in rows_of(declining)] == [1]
    assert late(declining, on(11)) == (0, 0, None)
    error = refusal(declining, lambda: ReceiveInstalment(loan="PJ-7", amount=1, on=on(3)))
    assert error.template == "Loan {loan} is paid off."


@pytest.mark.parametrize("excess", list(Excess))
def test_more_than_all_that_is_left_is_refused(lent: Book, excess: Excess) -> None:
    pay(lent, 6 * 1_344_000, on(7))
    left = 1_344_000 + (1_344_000 if excess in (Excess.HOLD, Excess.NEXT) else 1_200_000)
    error = refusal(
        lent,
        lambda: ReceiveInstalment(loan="PJ-7", amount=left + 1, on=on(8), excess=excess),
    )
    assert error.field == "amount"
    assert (error.params["over"], error.params["principal"], error.params["interest"]) == (
        1,
        2_400_000,
        144_000,
    )
    pay(lent, left, on(8), excess=excess)
    assert late(lent, on(11)) == (0, 0, None)
    assert loan_of(lent).standing.outstanding == 0


# Days


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2026, 1, 9)])
def test_nothing_is_paid_before_the_loan(lent: Book, day: date) -> None:
    assert refusal(lent, lambda: ReceiveInstalment(loan="PJ-7", amount=1_000, on=day)).field == "on"


def test_nothing_is_paid_before_the_schedule_was_changed(declining: Book) -> None:
    pay(declining, 2_000_000, on(2), excess=Excess.TERM)
    error = refusal(declining, lambda: ReceiveInstalment(loan="PJ-7", amount=1_000, on=on(2, 9)))
    assert error.field == "on"


def test_the_principal_is_lowered_only_by_the_newest_payment(lent: Book) -> None:
    pay(lent, 1_344_000, on(2))
    pay(lent, 1_344_000, on(3))
    error = refusal(
        lent,
        lambda: ReceiveInstalment(loan="PJ-7", amount=500_000, on=on(2, 20), excess=Excess.TERM),
    )
    assert error.params["latest"] == on(3)


def test_money_kept_goes_back_before_an_earlier_lowering(lent: Book) -> None:
    pay(lent, 1_444_000, on(2))  # 100,000 of it meets the 10th of March at once
    outcome = pay(lent, 400_000, on(2, 20), excess=Excess.TERM)
    assert parts(outcome) == (400_000, 0, 0, 0)
    assert [row.principal for row in rows_of(lent)] == [1_200_000] * 7 + [800_000]
    # It meets it again under the new schedule.
    assert rows_of(lent)[1].paid == 100_000
    assert balances(lent, on(2, 28))["2-1501"] == -100_000
    lent.undo()
    assert [row.principal for row in rows_of(lent)] == [1_200_000] * 8
    assert rows_of(lent)[1].paid == 100_000
    assert loan_of(lent).standing.held == 0


def test_no_loan_of_that_number(lent: Book) -> None:
    assert refusal(lent, lambda: ReceiveInstalment(loan="PJ-8", amount=1, on=on(2))).field == "loan"
    assert pay(lent, 1_344_000, on(2), loan="pj-7 ").value["loan"] == "PJ-7"


# From savings


def test_an_instalment_from_savings(lent: Book) -> None:
    lent.execute(DepositSavings(member="7", product="Sukarela", amount=1_500_000, on=on(1, 5)))
    outcome = pay(lent, 1_344_000, on(2), from_savings="Sukarela")
    found = balances(lent)
    assert (found["2-1101"], found["1-1201"], found["4-1001"]) == (-156_000, 8_400_000, -144_000)
    error = refusal(
        lent,
        lambda: ReceiveInstalment(loan="PJ-7", amount=156_001, on=on(3), from_savings="sukarela"),
    )
    assert error.field == "amount"
    lent.execute(ReverseEntry(entry=outcome.value["entry"]))
    found = balances(lent)
    assert (found["2-1101"], found["1-1201"]) == (-1_500_000, 9_600_000)


def test_savings_by_the_number_of_the_account(lent: Book) -> None:
    for number, amount in (("02-0007", 900_000), ("02-0099", 2_000_000)):
        lent.execute(
            DepositSavings(member="7", product="Sukarela", amount=amount, on=on(1, 5), savings_number=number)
        )
    pay(lent, 1_344_000, on(2), from_savings="02-0099")
    with lent.snapshot() as snapshot:
        rows = snapshot.sql("SELECT number, balance FROM savings_account ORDER BY number")
    assert rows == [("02-0007", 900_000), ("02-0099", 656_000)]
    unknown = refusal(lent, lambda: ReceiveInstalment(loan="PJ-7", amount=1, on=on(3), from_savings="77"))
    assert unknown.field == "from_savings"


# Taking back


def test_payments_are_taken_back_newest_first(lent: Book) -> None:
    first = pay(lent, 1_344_000, on(2)).value["entry"]
    second = pay(lent, 1_344_000, on(3)).value["entry"]
    error = refusal(lent, lambda: ReverseEntry(entry=first))
    assert error.params["number"] == "AS-2603-0001"
    lent.execute(ReverseEntry(entry=second))
    lent.execute(ReverseEntry(entry=first))
    assert balances(lent) == {"1-1101": -9_600_000, "1-1201": 9_600_000}
    assert late(lent, on(2)) == (1_200_000, 144_000, on(2))


def test_the_payment_just_recorded_can_be_taken_back_whatever_its_date(lent: Book) -> None:
    pay(lent, 1_344_000, on(3))
    pay(lent, 1_344_000, on(1, 15))  # the wrong month
    lent.undo()
    assert loan_of(lent).standing.outstanding == 8_400_000


def test_taking_back_takes_the_money_kept_along(lent: Book) -> None:
    pay(lent, 1_444_000, on(2))
    before = balances(lent)
    entry = pay(lent, 1_500_000, on(3)).value["entry"]  # 256,000 kept, of which 256,000 meet April
    lent.execute(ReverseEntry(entry=entry))
    assert balances(lent) == before
    lent.undo()
    assert loan_of(lent).standing.held == 0
    assert rows_of(lent)[2].paid == 256_000


def test_a_change_of_the_schedule_is_taken_back(declining: Book) -> None:
    agreed = rows_of(declining)
    pay(declining, 2_500_000, on(2), excess=Excess.INSTALMENT)
    changed = [row[:5] for row in rows_of(declining)]
    declining.undo()
    assert rows_of(declining) == agreed
    # An earlier payment is possible again.
    assert parts(pay(declining, 1_120_000, on(2, 9))) == (0, 0, 0, 1_120_000)
    declining.undo()
    again = pay(declining, 2_500_000, on(2), excess=Excess.INSTALMENT).value["entry"]
    assert [row[:5] for row in rows_of(declining)] == changed
    declining.execute(ReverseEntry(entry=again))
    declining.undo()
    assert [row[:5] for row in rows_of(declining)] == changed
    assert [row.paid_on for row in rows_of(declining)][:2] == [on(2), None]


def test_only_the_money_that_made_way_for_a_payment_is_used_again(lent: Book) -> None:
    pay(lent, 100_000, on(1))  # meets the 10th of February at once
    pay(lent, 30_000, on(1), apply_held=False)  # waits
    before = balances(lent)
    assert before["2-1501"] == -30_000
    pay(lent, 500_000, on(1), excess=Excess.TERM, apply_held=False)
    assert balances(lent)["2-1501"] == -130_000
    lent.undo()
    assert balances(lent) == before
    # Taken back on a later day, and that taken back in turn.
    entry = pay(lent, 500_000, on(1), excess=Excess.TERM).value["entry"]
    paid, rows = balances(lent), rows_of(lent)
    lent.execute(ReverseEntry(entry=entry, on=on(5)))
    assert balances(lent) == before
    lent.undo()
    assert balances(lent) == paid
    assert rows_of(lent) == rows
    sound(lent)


def test_money_that_waited_waits_again_after_taking_back_a_taking_back(lent: Book) -> None:
    entry = pay(lent, 1_444_000, on(2), apply_held=False).value["entry"]
    before = balances(lent)
    lent.execute(ReverseEntry(entry=entry))
    lent.undo()
    assert balances(lent) == before
    assert loan_of(lent).standing.held == 100_000


def test_money_whose_use_was_taken_back_by_itself_stays_kept(lent: Book) -> None:
    pay(lent, 1_444_000, on(2), apply_held=False)
    before = balances(lent)
    lent.execute(ApplyHeldPayments(on=on(3)))
    lent.undo()
    pay(lent, 50_000, on(2, 20), excess=Excess.TERM, apply_held=False)
    lent.undo()
    assert balances(lent) == before
    assert loan_of(lent).standing.held == 100_000


def test_money_kept_stays_kept_where_its_month_was_closed_since(lent: Book) -> None:
    pay(lent, 1_444_000, on(2))  # 100,000 of it meets the 10th of March
    entry = pay(lent, 400_000, on(2, 20), excess=Excess.TERM, apply_held=False).value["entry"]
    lent.execute(LockMonth(month=Month(2026, 3)))
    lent.execute(ReverseEntry(entry=entry))
    assert loan_of(lent).standing.held == 100_000
    sound(lent)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.data())
def test_whatever_is_paid_adds_up(open_book: object, data: st.DataObject) -> None:
    assert callable(open_book)
    book: Book = open_book("cooperative")
    member(book)
    lend(
        book,
        principal=data.draw(st.integers(1_000_000, 20_000_000)),
        method=data.draw(st.sampled_from(Method)),
        term=data.draw(st.integers(2, 10)),
        round_to=data.draw(st.sampled_from([1, 500, 1_000])),
    )
    day = date(2026, 1, 10)
    received = 0
    for _ in range(data.draw(st.integers(1, 8))):
        day = date.fromordinal(day.toordinal() + data.draw(st.integers(0, 45)))
        amount = data.draw(st.integers(1, 4_000_000))
        undone = data.draw(st.booleans())
        before = balances(book, date(2199, 1, 1))
        try:
            pay(
                book,
                amount,
                day,
                excess=data.draw(st.sampled_from(Excess)),
                apply_held=data.draw(st.booleans()),
            )
        except Refused:
            continue
        if undone:
            book.undo()
            after = balances(book, date(2199, 1, 1))
            assert after == before
            continue
        received += amount
    found = balances(book, date(2199, 1, 1))
    loan = loan_of(book, date(2199, 1, 1))
    assert found.get("1-1101", 0) + loan.terms.principal == received
    assert found.get("1-1201", 0) == loan.standing.outstanding
    rows = rows_of(book, date(2199, 1, 1))
    paid = sum(row.paid for row in rows)
    beyond = loan.terms.principal - sum(row.principal for row in rows)
    assert paid + beyond + loan.standing.held == received
    sound(book)
