"""Term deposits through the book: opening, interest with its tax, closing, roll-over, taking over."""

from datetime import date
from decimal import Decimal

import pytest

from app.base.dates import Month
from app.base.errors import Cancelled, UserError
from app.base.progress import Watched
from app.ledger.book import Book
from app.ledger.deposits.commands import (
    CloseTermDeposit,
    OpenTermDeposit,
    PayDepositInterest,
    RollOverDeposits,
    RunDepositInterest,
    TakeOverTermDeposit,
)
from app.ledger.deposits.terms import InterestPaid, RollOver
from app.ledger.entries.commands import ReverseEntry
from app.ledger.members.commands import AcceptExit
from app.ledger.periods.commands import LockMonth
from app.ledger.savings.commands import (
    CreditSavingsInterest,
    DepositSavings,
    PlaceHold,
    ReleaseHold,
    WithdrawSavings,
)
from tests.ledger.depositing import close, interest_rows, opened, pay, state
from tests.ledger.import_books import balance
from tests.ledger.saving_books import add, amounts, deposit, refusal

START = date(2026, 1, 31)


def test_a_deposit_is_money_in_cash_and_in_savings(cooperative: Book) -> None:
    add(cooperative)
    done = cooperative.execute(
        OpenTermDeposit(member="1", amount=25_000_000, rate=Decimal("7.5"), term=6, on=START)
    )
    assert done.number == "SB-2026-0001"
    assert done.value["maturity"] == "2026-07-31"
    # 181 days of 25,000,000 × 7.5 % / 365, by hand 929,794.52.
    assert done.value["interest"] == 929_795
    assert done.value["warnings"] == []
    assert (balance(cooperative, "1-1101"), balance(cooperative, "2-1111")) == (25_000_000, -25_000_000)
    assert amounts(cooperative) == {"0001": {"term": 25_000_000}}
    cooperative.undo()
    assert balance(cooperative, "2-1111") == 0
    assert opened(cooperative, number="SB-2026-0001") == "SB-2026-0001"


def test_a_rate_above_the_ceiling_is_told_and_not_refused(cooperative: Book) -> None:
    add(cooperative)
    done = cooperative.execute(
        OpenTermDeposit(member="1", amount=1_000_000, rate=Decimal("9.5"), term=3, on=START)
    )
    assert [item[1]["ceiling"] for item in done.value["warnings"]] == [9]


def test_a_deposit_may_come_from_savings_and_its_interest_go_there(cooperative: Book) -> None:
    add(cooperative)
    deposit(cooperative, "Sukarela", 12_000_000, date(2026, 1, 5))
    number = opened(
        cooperative, 10_000_000, rate=Decimal(6), term=3, from_savings="Sukarela", interest_into="Sukarela"
    )
    assert amounts(cooperative)["0001"] == {"voluntary": 2_000_000, "term": 10_000_000}
    done = pay(cooperative, number, date(2026, 3, 2))
    assert (done.value["gross"], done.value["tax"], done.value["paid_through"]) == (46_027, 0, "2026-02-28")
    assert amounts(cooperative)["0001"]["voluntary"] == 2_046_027
    assert balance(cooperative, "5-1002") == 46_027
    error = refusal(cooperative, PayDepositInterest(deposit=number, on=date(2026, 3, 30)))
    assert "2026" in str(error.params["paid"])
    cooperative.undo()
    assert state(cooperative, number).paid == START


def test_interest_in_cash_counts_for_the_tax_of_the_month(cooperative: Book) -> None:
    """PP 15/2009: 240,000 a month are free, then all of it is taxed: 235,000 before, 46,027 with 10 % of both."""
    add(cooperative)
    number = opened(cooperative, 10_000_000, rate=Decimal(6), term=3)
    cooperative.execute(
        CreditSavingsInterest(member="1", product="Sukarela", gross=235_000, on=date(2026, 2, 10))
    )
    done = pay(cooperative, number, date(2026, 2, 28))
    assert (done.value["gross"], done.value["tax"], done.value["net"]) == (46_027, 28_103, 17_924)
    assert balance(cooperative, "2-1301") == -28_103
    assert balance(cooperative, "1-1101") == 10_000_000 - 17_924
    assert amounts(cooperative)["0001"] == {"voluntary": 235_000, "term": 10_000_000}
    # And the other way round: what the deposit paid counts for the savings.
    more = cooperative.execute(
        CreditSavingsInterest(member="1", product="Sukarela", gross=10_000, on=date(2026, 2, 28))
    )
    assert more.value["tax"] == 1_000


def test_tax_that_cash_cannot_bear_waits_for_the_next_payment(cooperative: Book) -> None:
    add(cooperative)
    number = opened(cooperative, 1_000_000, rate=Decimal(6), term=3)
    cooperative.execute(
        CreditSavingsInterest(member="1", product="Sukarela", gross=240_000, on=date(2026, 2, 10))
    )
    done = pay(cooperative, number, date(2026, 2, 28))
    assert (done.value["gross"], done.value["tax"]) == (4_603, 4_603)  # 10 % of 244,603 would be 24,460
    more = cooperative.execute(
        CreditSavingsInterest(member="1", product="Sukarela", gross=100_000, on=date(2026, 2, 28))
    )
    assert more.value["tax"] == 34_460 - 4_603


def test_a_body_is_taxed_on_each_payment(cooperative: Book) -> None:
    add(cooperative, "K-1", "Koperasi Sumber Rejeki", body=True)
    number = opened(cooperative, 10_000_000, member="K-1", rate=Decimal(6), term=3)
    assert pay(cooperative, number, date(2026, 2, 28)).value["tax"] == 6_904  # UU PPh ps. 23: 15 %


def test_a_run_pays_everyone_once_and_each_month_on_its_day(cooperative: Book) -> None:
    add(cooperative)
    add(cooperative, "0002", "Bambang Sutejo")
    opened(cooperative, 10_000_000, rate=Decimal(6), term=3, interest_into="Sukarela")
    opened(cooperative, 40_000_000, member="2", rate=Decimal(8), term=12, on=date(2026, 2, 15))
    run = RunDepositInterest(on=date(2026, 4, 2))
    done = cooperative.execute(run)
    assert interest_rows(cooperative) == [
        ("2026-02-28", "2026-02-28", 46_027, 0),
        ("2026-03-31", "2026-03-31", 50_959, 0),
        # In cash on the day of the run, for 28 days by hand 245,479.45: above the threshold.
        ("2026-04-02", "2026-03-15", 245_479, 24_548),
    ]
    assert done.value == {"payments": 3, "gross": 342_465, "tax": 24_548, "net": 317_917}
    assert cooperative.execute(run).value["payments"] == 0
    cooperative.undo()  # the run that did nothing
    cooperative.undo()
    assert balance(cooperative, "5-1002") == 0
    assert cooperative.execute(RunDepositInterest(on=date(2026, 4, 2), cash=False)).value["payments"] == 2


def test_a_run_does_not_write_into_a_closed_month(cooperative: Book) -> None:
    add(cooperative)
    opened(cooperative, 10_000_000, rate=Decimal(6), term=3, interest_into="Sukarela")
    cooperative.execute(LockMonth(month=Month(2026, 2)))
    cooperative.execute(RunDepositInterest(on=date(2026, 3, 31)))
    assert [row[:2] for row in interest_rows(cooperative)] == [
        ("2026-03-31", "2026-02-28"),
        ("2026-03-31", "2026-03-31"),
    ]


def test_a_cancelled_run_leaves_nothing(cooperative: Book) -> None:
    add(cooperative)
    opened(cooperative, interest_into="Sukarela")
    progress = Watched(lambda *_: None)
    progress.cancel()
    with pytest.raises(Cancelled):
        cooperative.execute(RunDepositInterest(on=date(2026, 12, 31)), progress)
    assert interest_rows(cooperative) == []


def test_closing_at_maturity_pays_what_is_left(cooperative: Book) -> None:
    add(cooperative)
    number = opened(cooperative, 10_000_000, rate=Decimal(6), term=3, penalty_percent=Decimal(2))
    pay(cooperative, number, date(2026, 2, 28))
    done = close(cooperative, number, date(2026, 5, 4))
    assert done.value["gross"] == 146_301 - 46_027  # none for the days after the 30th of April
    assert (done.value["penalty"], done.value["paid"]) == (0, 10_100_274)
    assert balance(cooperative, "1-1101") == -146_301
    assert amounts(cooperative)["0001"] == {"term": 0}
    for command in (
        PayDepositInterest(deposit=number, on=date(2026, 6, 1)),
        CloseTermDeposit(deposit=number, on=date(2026, 6, 1)),
    ):
        assert "paid back" in str(refusal(cooperative, command))


def test_closing_early_earns_its_days_less_the_penalty(cooperative: Book) -> None:
    add(cooperative)
    number = opened(cooperative, 10_000_000, rate=Decimal(6), term=3, penalty_percent=Decimal("1.5"))
    done = close(cooperative, number, date(2026, 3, 10), into_savings="Sukarela")
    # 38 days, by hand 62,465.75; 1.5 % of the principal.
    assert (done.value["gross"], done.value["penalty"], done.value["paid"]) == (62_466, 150_000, 9_912_466)
    assert amounts(cooperative)["0001"] == {"voluntary": 9_912_466, "term": 0}
    assert balance(cooperative, "4-1004") == -150_000
    cooperative.undo()
    assert amounts(cooperative)["0001"]["term"] == 10_000_000
    assert close(cooperative, number, date(2026, 3, 10), penalty=0).value["paid"] == 10_062_466
    cooperative.undo()
    error = refusal(cooperative, CloseTermDeposit(deposit=number, on=date(2026, 3, 10), penalty=10_062_467))
    assert error.field == "penalty"


def test_a_deposit_is_not_closed_before_what_was_paid(cooperative: Book) -> None:
    add(cooperative)
    number = opened(cooperative, interest_into="Sukarela")
    cooperative.execute(RunDepositInterest(on=date(2026, 4, 1)))
    error = refusal(cooperative, CloseTermDeposit(deposit=number, on=date(2026, 3, 20)))
    assert error.field == "on"


def test_the_principal_goes_on_as_often_as_terms_have_ended(cooperative: Book) -> None:
    add(cooperative)
    number = opened(
        cooperative,
        10_000_000,
        rate=Decimal(6),
        term=3,
        interest_into="Sukarela",
        roll_over=RollOver.PRINCIPAL,
    )
    kept = opened(cooperative, 5_000_000, rate=Decimal(6), term=3)
    done = cooperative.execute(RollOverDeposits(on=date(2026, 8, 1)))
    assert done.value["rolled"] == 2
    rolled = state(cooperative, number)
    assert (rolled.run, rolled.start, rolled.maturity) == (3, date(2026, 7, 30), date(2026, 10, 30))
    assert rolled.principal == rolled.base == 10_000_000
    # 89 days and 91 days, each term rounded for itself: 146,301 and 149,589.
    assert amounts(cooperative)["0001"]["voluntary"] == 295_890
    assert state(cooperative, kept).run == 1
    assert cooperative.execute(RollOverDeposits(on=date(2026, 8, 1))).value["rolled"] == 0
    cooperative.undo()  # the run that did nothing
    cooperative.undo()
    assert amounts(cooperative)["0001"] == {"voluntary": 0, "term": 15_000_000}
    assert state(cooperative, number).run == 1


def test_interest_that_stays_in_earns_too(cooperative: Book) -> None:
    add(cooperative)
    number = opened(
        cooperative,
        100_000_000,
        rate=Decimal(6),
        term=1,
        interest=InterestPaid.MATURITY,
        roll_over=RollOver.ALL,
    )
    cooperative.execute(RollOverDeposits(on=date(2026, 3, 27)))
    # 28 days: 460,273.97, of which 10 % is withheld.
    assert interest_rows(cooperative) == [("2026-02-28", "2026-02-28", 460_274, 46_027)]
    rolled = state(cooperative, number)
    assert rolled.base == rolled.principal == 100_414_247
    assert (rolled.start, rolled.maturity) == (date(2026, 2, 28), date(2026, 3, 28))
    assert amounts(cooperative)["0001"] == {"term": 100_414_247}
    assert balance(cooperative, "2-1111") == -100_414_247


def test_a_running_deposit_is_taken_over_against_the_opening_balance(cooperative: Book) -> None:
    add(cooperative)
    taken = TakeOverTermDeposit(
        member="1",
        number="000123",
        amount=10_000_000,
        rate=Decimal(6),
        term=6,
        start=date(2026, 4, 10),
        as_of=date(2026, 6, 30),
        interest_into="Sukarela",
    )
    cooperative.execute(taken)
    assert (balance(cooperative, "2-1111"), balance(cooperative, "3-9999")) == (-10_000_000, 10_000_000)
    assert (balance(cooperative, "1-1101"), balance(cooperative, "5-1002")) == (0, 0)
    assert state(cooperative, "000123").paid == date(2026, 6, 10)
    cooperative.execute(RunDepositInterest(on=date(2026, 7, 10)))
    # From the 10th of June on: what 91 days earn less what 61 days earn.
    assert interest_rows(cooperative) == [("2026-07-10", "2026-07-10", 149_589 - 100_274, 0)]
    assert refusal(cooperative, taken).field == "number"


def test_interest_due_before_the_cut_off_is_paid_after_it(cooperative: Book) -> None:
    add(cooperative)
    cooperative.execute(
        TakeOverTermDeposit(
            member="1",
            number="7",
            amount=10_000_000,
            rate=Decimal(6),
            term=6,
            start=date(2026, 4, 10),
            as_of=date(2026, 6, 30),
            paid_through=date(2026, 5, 10),
            interest_into="Sukarela",
        )
    )
    cooperative.execute(RunDepositInterest(on=date(2026, 7, 1)))
    assert [row[:2] for row in interest_rows(cooperative)] == [("2026-06-30", "2026-06-10")]


def test_records_are_taken_back_newest_first_and_can_come_back(cooperative: Book) -> None:
    add(cooperative)
    number = opened(cooperative, interest_into="Sukarela")
    first = pay(cooperative, number, date(2026, 2, 28))
    second = pay(cooperative, number, date(2026, 3, 31))
    assert "newest" in refusal(cooperative, ReverseEntry(number=first.number)).advice
    back = cooperative.execute(ReverseEntry(number=second.number))
    assert state(cooperative, number).paid == date(2026, 2, 28)
    cooperative.execute(ReverseEntry(number=back.number))
    assert state(cooperative, number).paid == date(2026, 3, 31)
    other = pay(cooperative, number, date(2026, 4, 30))
    assert other.value["paid_through"] == "2026-04-30"
    third = cooperative.execute(ReverseEntry(number=other.number))
    close(cooperative, number, date(2026, 4, 20))
    assert "no longer fits" in str(refusal(cooperative, ReverseEntry(number=third.number)))


def test_the_money_of_a_certificate_moves_only_with_it(cooperative: Book) -> None:
    add(cooperative)
    number = opened(cooperative)
    on = date(2026, 2, 5)
    for command in (
        DepositSavings(member="1", product="term", amount=1_000, on=on, savings_number=number),
        WithdrawSavings(member="1", product="term", amount=1_000, on=on, savings_number=number),
    ):
        assert "term deposit" in str(refusal(cooperative, command))
    # Plain savings of the same product live beside it.
    deposit(cooperative, "term", 300_000, on)
    assert amounts(cooperative)["0001"] == {"term": 25_300_000}
    assert opened(cooperative, 300_000, date(2026, 2, 6), from_savings="term") == "SB-2026-0002"
    assert "SB-2026-0001" in str(refusal(cooperative, AcceptExit(member="1", on=date(2026, 2, 6))))


def test_a_certificate_can_secure_a_loan(cooperative: Book) -> None:
    add(cooperative)
    number = opened(cooperative, 10_000_000, rate=Decimal(6), term=3)
    hold = PlaceHold(
        member="1",
        product="term",
        savings_number=number,
        amount=8_000_000,
        on=START,
        reason="Agunan",
        loan="PJ-1",
    )
    cooperative.execute(hold)
    assert pay(cooperative, number, date(2026, 2, 28)).value["net"] == 46_027
    error = refusal(cooperative, CloseTermDeposit(deposit=number, on=date(2026, 5, 1)))
    assert "Agunan" in str(error)
    cooperative.execute(ReleaseHold(member="1", product="term", savings_number=number, on=date(2026, 5, 1)))
    assert close(cooperative, number, date(2026, 5, 1)).value["principal"] == 10_000_000


def test_tax_never_touches_what_is_held(cooperative: Book) -> None:
    add(cooperative)
    number = opened(cooperative, 1_000_000, rate=Decimal(6), term=3, interest_into="Sukarela")
    on = date(2026, 2, 28)
    cooperative.execute(CreditSavingsInterest(member="1", product="Sukarela", gross=240_000, on=on))
    cooperative.execute(PlaceHold(member="1", product="Sukarela", amount=235_000, on=on, reason="Agunan"))
    # 10 % of 244,603 would be 24,460: the payment and what is free of the balance bear 9,603 of it.
    assert pay(cooperative, number, on).value["tax"] == 9_603


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"product": "Sukarela"}, "product"),
        ({"interest_into": "Pokok"}, "interest_into"),
        ({"interest_into": "Berjangka"}, "interest_into"),
        ({"number": "SB-2026-0001"}, "number"),
        ({"from_savings": "Sukarela"}, "from_savings"),
        ({"on": date(2019, 1, 1)}, "on"),
        ({"member": "9"}, "member"),
    ],
)
def test_what_cannot_be_opened_is_refused(cooperative: Book, changes: dict[str, object], field: str) -> None:
    add(cooperative)
    opened(cooperative)
    data: dict[str, object] = {"member": "1", "amount": 5, "rate": Decimal(6), "term": 3, "on": START}
    assert refusal(cooperative, OpenTermDeposit(**{**data, **changes})).field == field  # type: ignore[arg-type]


def test_interest_cannot_stay_and_go(cooperative: Book) -> None:
    for interest, into in ((InterestPaid.MATURITY, "Sukarela"), (InterestPaid.MONTHLY, "")):
        with pytest.raises(UserError) as caught:
            OpenTermDeposit(
                member="1",
                amount=5,
                rate=Decimal(6),
                term=3,
                on=START,
                roll_over=RollOver.ALL,
                interest=interest,
                interest_into=into,
            )
        assert caught.value.field == "roll_over"
