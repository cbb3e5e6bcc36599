"""The quality of loans, the allowance for losses, and loans written off."""

import itertools
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.base.dates import Month, Period
from app.base.errors import Cancelled, Refused, UserError
from app.base.progress import Watched
from app.ledger import checks
from app.ledger.book import Book
from app.ledger.entries.commands import EntryLine, PostEntry, ReverseEntry
from app.ledger.loans import queries
from app.ledger.loans.commands import (
    Allocation,
    ClassLine,
    ClassPercent,
    Collateral,
    Excess,
    LoanClass,
    PayOffLoan,
    PenaltyPer,
    ReceiveRecovery,
    RunAllowance,
    SetLoanClass,
    SetLoanClasses,
    WaivePenalty,
    WriteOffLoan,
)
from app.ledger.loans.product_commands import AddLoanProduct
from app.ledger.loans.quality import allowance_plan, at_risk, quality_rows, read_quality
from app.ledger.loans.reading import find_loan, read_loans
from app.ledger.loans.schedule import Every, Method
from app.ledger.periods.commands import LockMonth
from app.ledger.savings.commands import DepositSavings
from tests.ledger.lending import balances, lend, loan_of, member, pay, refusal, run_over, sound

LAST = date(2199, 1, 1)


def on(month: int, day: int = 10) -> date:
    """A day of the year, by itself a due date."""
    return date(2026, month, day)


@pytest.fixture
def lent(cooperative: Book) -> Book:
    """8 x (1,200,000 + 144,000), on each 10th from February."""
    member(cooperative)
    lend(cooperative)
    return cooperative


def class_on(book: Book, day: date, number: str = "PJ-7") -> str:
    with book.snapshot() as snapshot:
        return read_quality(snapshot).class_of(find_loan(snapshot, number, day), day)


# The rules


@pytest.mark.parametrize(
    ("changes", "days"),
    [
        # Permen KUKM 20/2008: paid by the month, substandard is behind for more than 3 to 6 months.
        ({}, {on(5, 10): "current", on(5, 11): "substandard", on(8, 10): "substandard", on(8, 11): "loss"}),
        # Collateral worth 75 % of debt and interest makes it doubtful, for 21 months.
        (
            {"collateral": (Collateral(kind="SHM", value=9_000_000),)},
            {on(8, 11): "doubtful", date(2028, 5, 10): "doubtful", date(2028, 5, 11): "loss"},
        ),
        # By the week: more than 1 to 2 months of principal.
        (
            {"every": Every.WEEK},
            {on(2, 17): "current", on(2, 18): "substandard", on(3, 17): "substandard", on(3, 18): "loss"},
        ),
        # Principal at the end, on 10 September: before it the interest counts, after it the principal.
        (
            {"method": Method.BULLET},
            {on(5, 10): "current", on(5, 11): "substandard", on(8, 11): "loss"},
        ),
    ],
)
def test_the_rules_of_cooperatives(cooperative: Book, changes: dict[str, Any], days: dict[date, str]) -> None:
    member(cooperative)
    lend(cooperative, **changes)
    cooperative.execute(SetLoanClasses(rules="cooperative"))
    assert {day: class_on(cooperative, day) for day in days} == days
    cooperative.undo()
    assert class_on(cooperative, on(2, 11)) == "special_mention"


def test_a_bullet_loan_past_its_end(cooperative: Book) -> None:
    member(cooperative)
    lend(cooperative, method=Method.BULLET)
    cooperative.execute(SetLoanClasses(rules="cooperative"))
    for month in range(2, 10):
        pay(cooperative, 144_000, on(month))
    assert class_on(cooperative, on(9, 10)) == "current"
    assert class_on(cooperative, on(9, 11)) == "substandard"
    assert class_on(cooperative, on(12, 11)) == "loss"


def test_rules_and_percentages_can_be_changed(lent: Book) -> None:
    lent.execute(
        SetLoanClasses(
            rules="days",
            lines=(ClassLine(quality=LoanClass.LOSS, unit="days", principal_over=7),),
            percents=(ClassPercent(quality=LoanClass.LOSS, percent=Decimal("62.5")),),
        )
    )
    assert [class_on(lent, on(2, day)) for day in (17, 18)] == ["current", "loss"]
    with lent.snapshot() as snapshot:
        assert allowance_plan(snapshot, Month(2026, 2)).wanted == 6_000_000
    lent.undo()
    assert class_on(lent, on(2, 18)) == "special_mention"
    with lent.snapshot() as snapshot:
        assert allowance_plan(snapshot, Month(2026, 2)).wanted == 288_000
    with pytest.raises(UserError):
        SetLoanClasses(rules="days", lines=(ClassLine(quality=LoanClass.LOSS, unit="years"),))
    assert refusal(lent, lambda: SetLoanClasses(rules="bank")).field == "rules"


def test_choosing_other_rules_with_changes_is_undone_as_one(lent: Book) -> None:
    lent.execute(
        SetLoanClasses(
            rules="cooperative", percents=(ClassPercent(quality=LoanClass.CURRENT, percent=Decimal(2)),)
        )
    )
    with lent.snapshot() as snapshot:
        assert quality_rows(snapshot, on(1, 31))[0].allowance == 192_000
    lent.undo()
    with lent.snapshot() as snapshot:
        assert quality_rows(snapshot, on(1, 31))[0].allowance == 48_000
        assert read_quality(snapshot).name == "days"


# A person's judgement


def test_a_judgement_stands_until_the_rule_says_worse(lent: Book) -> None:
    lent.execute(SetLoanClass(loan="PJ-7", on=on(3, 1), quality=LoanClass.DOUBTFUL, reason="usaha tutup"))
    assert class_on(lent, on(2, 28)) == "special_mention"
    assert class_on(lent, on(3, 1)) == "doubtful"
    assert class_on(lent, on(8, 10)) == "loss"
    lent.execute(SetLoanClass(loan="PJ-7", on=on(3, 20), quality=LoanClass.CURRENT, reason="dijamin"))
    assert class_on(lent, on(3, 20)) == "current"
    assert class_on(lent, on(5, 12)) == "substandard"
    lent.undo()
    assert class_on(lent, on(3, 20)) == "doubtful"
    lent.execute(SetLoanClass(loan="PJ-7", on=on(4, 1)))
    assert class_on(lent, on(4, 1)) == "special_mention"
    lent.undo()
    assert class_on(lent, on(4, 1)) == "doubtful"
    assert refusal(lent, lambda: SetLoanClass(loan="PJ-7", on=on(1, 9))).field == "on"
    with pytest.raises(UserError, match="why"):
        SetLoanClass(loan="PJ-7", on=on(3, 1), quality=LoanClass.LOSS)


def test_a_class_of_older_books_is_kept_where_the_rule_says_otherwise(cooperative: Book) -> None:
    member(cooperative)
    run_over(cooperative, quality=LoanClass.DOUBTFUL)
    assert class_on(cooperative, date(2026, 6, 30)) == "doubtful"
    with cooperative.snapshot() as snapshot:
        loan = find_loan(snapshot, "PJ-7", date(2026, 6, 30))
        judged = read_quality(snapshot).judgement(loan.id, date(2026, 6, 30))
    assert judged is not None
    assert judged.reason == "Kolektibilitas menurut buku lama"


# The allowance


def test_the_allowance_follows_the_classes(lent: Book) -> None:
    member(lent, "0009", "Wagiyem")
    lend(lent, member="9", number="PJ-9", principal=3_000_000, term=3, on=on(2, 20))
    outcome = lent.execute(RunAllowance(month=Month(2026, 2)))
    # PJ-7 is 18 days late: 3 % of 9,600,000; PJ-9 is current: 0.5 % of 3,000,000.
    assert (outcome.value["allowance"], outcome.value["change"]) == (303_000, 303_000)
    assert balances(lent, on(2, 28))["1-1209"] == -303_000
    assert balances(lent, on(2, 28))["6-2006"] == 303_000
    again = lent.execute(RunAllowance(month=Month(2026, 2)))
    assert (again.number, again.value["change"]) == ("", 0)
    pay(lent, 1_344_000, on(3, 5))
    pay(lent, 1_344_000, on(3, 10))
    back = lent.execute(RunAllowance(month=Month(2026, 3)))
    # 7,200,000 and 3,000,000: PJ-9 was due on 20 March and is late now: 36,000 and 90,000.
    assert (back.value["allowance"], back.value["change"]) == (126_000, -177_000)
    assert balances(lent, on(3, 31))["1-1209"] == -126_000
    lent.undo()
    assert balances(lent, on(3, 31))["1-1209"] == -303_000
    sound(lent)


def test_the_allowance_counts_what_was_taken_over_or_posted_by_hand(lent: Book) -> None:
    lent.execute(
        PostEntry(
            on=on(2, 5),
            memo="cadangan lama",
            lines=(EntryLine(account="6-2006", debit=350_000), EntryLine(account="1-1209", credit=350_000)),
        )
    )
    assert lent.execute(RunAllowance(month=Month(2026, 2))).value["change"] == -62_000


def test_a_closed_month_takes_no_allowance(lent: Book) -> None:
    lent.execute(LockMonth(month=Month(2026, 2)))
    refusal(lent, lambda: RunAllowance(month=Month(2026, 2)))


def test_a_run_can_be_cancelled_leaving_nothing(lent: Book) -> None:
    before = balances(lent, LAST)
    watched = Watched(lambda _done, _total, _label: watched.cancel())
    with pytest.raises(Cancelled):
        lent.execute(RunAllowance(month=Month(2026, 2)), watched)
    assert balances(lent, LAST) == before
    assert lent.execute(RunAllowance(month=Month(2026, 2))).value["change"] == 288_000


def test_portfolio_at_risk(lent: Book) -> None:
    with lent.snapshot() as snapshot:
        found = [at_risk(snapshot, on(2, 10) + timedelta(days=days), 30) for days in (30, 31)]
        assert found == [0, 9_600_000]
        assert at_risk(snapshot, on(2, 10) + timedelta(days=90), 90) == 0
        assert at_risk(snapshot, on(2, 10) + timedelta(days=91), 90) == 9_600_000


# Writing off


def write_off(book: Book, day: date = date(2026, 9, 30), **more: Any) -> dict[str, Any]:
    return book.execute(WriteOffLoan(loan="PJ-7", on=day, reason="pindah tanpa kabar", **more)).value


def test_a_write_off_uses_the_allowance_first(lent: Book) -> None:
    pay(lent, 1_344_000, on(2))
    lent.execute(RunAllowance(month=Month(2026, 7)))  # doubtful since 10 March: 50 % of 8,400,000
    before = balances(lent, LAST)
    assert before["1-1209"] == -4_200_000
    value = write_off(lent)
    assert (value["written_off"], value["from_allowance"], value["expense"]) == (
        8_400_000,
        4_200_000,
        4_200_000,
    )
    assert value["claim"] == 8_400_000 + 7 * 144_000
    after = balances(lent, LAST)
    assert (after.get("1-1201"), after.get("1-1209"), after["6-2006"]) == (None, None, 8_400_000)
    with lent.snapshot() as snapshot:
        (row,) = queries.loan_list(snapshot, date(2026, 9, 30))
        assert queries.arrears_list(snapshot, date(2026, 9, 30)) == []
    assert (row.outstanding, row.written_off, row.class_, row.days_overdue) == (0, 8_400_000, "loss", 0)
    lent.undo()
    assert balances(lent, LAST) == before
    assert loan_of(lent).standing.outstanding == 8_400_000
    assert len(loan_of(lent).standing.open()) == 7
    sound(lent)


def test_an_allowance_needed_later_is_not_used_twice(lent: Book) -> None:
    lent.execute(RunAllowance(month=Month(2026, 4)))  # special mention: 288,000
    lent.execute(
        PostEntry(
            on=on(11),
            memo="pulih",
            lines=(EntryLine(account="1-1209", debit=200_000), EntryLine(account="6-2006", credit=200_000)),
        )
    )
    assert write_off(lent)["from_allowance"] == 88_000


def test_money_kept_aside_lowers_the_loss(lent: Book) -> None:
    pay(lent, 500_000, on(1, 20), apply_held=False)
    value = write_off(lent, on(1, 25))
    assert (value["written_off"], value["held"]) == (9_100_000, -500_000)
    standing = loan_of(lent).standing
    assert (standing.held, standing.written_off, standing.principal_paid) == (0, 9_100_000, 500_000)
    lent.undo()
    assert loan_of(lent, on(1, 25)).standing.held == 500_000
    sound(lent)


def test_what_is_paid_after_a_write_off_is_income(lent: Book) -> None:
    write_off(lent)
    first = pay(lent, 700_000, on(10, 3))
    assert (first.value["recovered"], first.value["claim"]) == (700_000, 9_600_000 + 8 * 144_000 - 700_000)
    lent.execute(DepositSavings(member="7", product="Sukarela", amount=450_000, on=on(10, 4)))
    lent.execute(ReceiveRecovery(loan="PJ-7", amount=450_000, on=on(10, 5), from_savings="Sukarela"))
    assert balances(lent)["7-1002"] == -1_150_000
    assert loan_of(lent).standing.recovered == 1_150_000
    with lent.snapshot() as snapshot:
        found = queries.payments(snapshot, Period.through(on(10, 1), on(10, 31)))
    assert [row.total for row in found] == [700_000, 450_000]
    # The write-off stays while something rests on it; then all can be taken back.
    with pytest.raises(Refused):
        lent.execute(ReverseEntry(entry=entry_of(lent, "writeoff")))
    for _ in range(4):
        lent.undo()
    assert loan_of(lent).standing.outstanding == 9_600_000
    sound(lent)


def entry_of(book: Book, kind: str) -> int:
    with book.snapshot() as snapshot:
        key: int = snapshot.sql("SELECT entry_id FROM loan_transaction WHERE kind = ?", (kind,))[0][0]
    return key


def test_what_can_not_be_written_off_or_recovered(lent: Book) -> None:
    assert refusal(lent, lambda: ReceiveRecovery(loan="PJ-7", amount=1, on=on(10))).field == "loan"
    pay(lent, 1_344_000, on(3, 15))
    early = refusal(lent, lambda: WriteOffLoan(loan="PJ-7", on=on(3, 14), reason="x"))
    assert early.field == "on"
    write_off(lent)
    for command in (
        lambda: WriteOffLoan(loan="PJ-7", on=on(10), reason="lagi"),
        lambda: PayOffLoan(loan="PJ-7", on=on(10)),
    ):
        assert refusal(lent, command).field == "loan"
    too_much = refusal(lent, lambda: ReceiveRecovery(loan="PJ-7", amount=9_408_001, on=on(10)))
    assert too_much.field == "amount"
    before = refusal(lent, lambda: ReceiveRecovery(loan="PJ-7", amount=1, on=date(2026, 9, 29)))
    assert before.field == "on"
    with pytest.raises(UserError, match="why"):
        WriteOffLoan(loan="PJ-7", on=on(10), reason="")


def test_an_older_book_gets_the_account_of_recoveries(lent: Book) -> None:
    # A book made before has no such account; its code may be taken by another one.
    with lent._connection.begin():
        lent._connection.exec_driver_sql(
            "UPDATE account SET role = NULL, name = 'Sewa' WHERE code = '7-1002'"
        )
    lent._state.memos.clear()
    write_off(lent)
    pay(lent, 700_000, on(10, 3))
    with lent.snapshot() as snapshot:
        rows = snapshot.sql("SELECT code FROM account WHERE role = 'loan_recovery'")
    assert [row[0] for row in rows] == ["7-1003"]
    assert balances(lent)["7-1003"] == -700_000


# Whatever happens to a loan, its principal adds up


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.data())
def test_the_principal_lent_is_paid_written_off_or_outstanding(
    open_book: object, data: st.DataObject
) -> None:
    assert callable(open_book)
    book: Book = open_book("cooperative")
    member(book)
    book.execute(
        AddLoanProduct(
            code="P",
            name="P",
            rate=Decimal("1.3"),
            penalty=data.draw(st.sampled_from([0, 1_300])),
            penalty_percent=Decimal(data.draw(st.sampled_from(["0", "0.15"]))),
            penalty_per=data.draw(st.sampled_from(PenaltyPer)),
            allocation=data.draw(st.sampled_from(Allocation)),
        )
    )
    principal = data.draw(st.integers(1_000_000, 20_000_000))
    lend(
        book,
        principal=principal,
        product="P",
        method=data.draw(st.sampled_from(Method)),
        term=data.draw(st.integers(2, 9)),
    )
    if data.draw(st.booleans()):
        book.execute(RunAllowance(month=Month(2026, 1)))
    day = on(1)
    history: list[dict[str, Any]] = []

    def figures() -> dict[str, Any]:
        with book.snapshot() as snapshot:
            (loan,) = read_loans(snapshot, LAST)
            standing = loan.standing
            (early,) = read_loans(snapshot, date(2026, 12, 31))
        return {
            "balances": balances(book, LAST),
            "standing": [getattr(standing, name) for name in ("principal", "interest", "penalty", "held")],
            "gone": (standing.written_off, standing.recovered),
            "open": standing.open(),
            "penalty": early.standing.penalty_due,
        }

    for _ in range(data.draw(st.integers(1, 9))):
        day += timedelta(days=data.draw(st.integers(0, 60)))
        amount = data.draw(st.integers(1, 5_000_000))
        kind = data.draw(st.sampled_from(["pay", "pay", "pay", "undo", "off", "off", "settle", "waive"]))
        before = figures()
        try:
            if kind == "pay":
                pay(
                    book,
                    amount,
                    day,
                    excess=data.draw(st.sampled_from(Excess)),
                    apply_held=data.draw(st.booleans()),
                )
            elif kind == "off":
                write_off(book, day)
            elif kind == "settle":
                book.execute(PayOffLoan(loan="PJ-7", on=day))
            elif kind == "waive":
                with book.snapshot() as snapshot:
                    due = find_loan(snapshot, "PJ-7", day).standing.penalty_due
                value = book.execute(WaivePenalty(loan="PJ-7", on=day, reason="musibah")).value
                assert value["waived"] == due
            elif history:
                book.undo()
                assert figures() == history.pop()
                continue
            else:
                continue
        except Refused:
            assert figures() == before
            continue
        history.append(before)
        with book.snapshot() as snapshot:
            (loan,) = read_loans(snapshot, LAST)
            assert checks.broken_only(checks.run(snapshot)) == []
        standing = loan.standing
        assert standing.principal_paid + standing.written_off + standing.outstanding == principal
        assert min(standing.principal_paid, standing.written_off, standing.outstanding) >= 0
        assert balances(book, LAST).get("1-1201", 0) == standing.outstanding
    # Taking all back, the newest first, restores every figure on the way.
    for before in itertools.islice(reversed(history), len(history)):
        book.undo()
        assert figures() == before
    sound(book)
