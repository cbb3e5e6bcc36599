"""The interest of a month for all members at once; vectors: SOM KSP (Kepmen 96/2004) p. 70, DJP 2013."""

import sqlite3
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.base.dates import Month
from app.base.errors import Cancelled
from app.base.progress import Watched
from app.ledger.book import Book
from app.ledger.checks import broken_only, run
from app.ledger.entries.commands import ReverseEntry
from app.ledger.members.commands import AcceptExit, ExitReason
from app.ledger.members.interest import interest_due
from app.ledger.rates.table import shipped_value
from app.ledger.savings.commands import (
    AddSavingsProduct,
    CreditSavingsInterest,
    RunSavingsInterest,
    SavingsKind,
    SetSavingsProduct,
)
from app.ledger.savings.interest import InterestMethod, month_interest, withholding
from app.ledger.savings.queries import interest_by_member, withheld
from app.ledger.storage.backup import copy_book
from tests.ledger.import_books import balance
from tests.ledger.saving_books import add, amounts, deposit, refusal, withdraw

OCTOBER = Month(2026, 10)
LAST = date(2026, 10, 31)


def set_terms(book: Book, code: str = "voluntary", **terms: Any) -> None:
    book.execute(SetSavingsProduct(code=code, **terms))


def test_the_example_of_the_manual_by_its_lowest_and_its_daily_balance(cooperative: Book) -> None:
    add(cooperative, "0001", "Edi")
    set_terms(cooperative, rate=Decimal(12), basis=12)
    deposit(cooperative, "Sukarela", 150_000, date(2026, 4, 30))
    deposit(cooperative, "Sukarela", 500_000, date(2026, 5, 3))
    deposit(cooperative, "Sukarela", 1_000_000, date(2026, 5, 10))
    withdraw(cooperative, "Sukarela", 750_000, date(2026, 5, 23))
    may = RunSavingsInterest(month=Month(2026, 5))
    assert cooperative.execute(may).value["gross"] == 1_500
    cooperative.undo()
    set_terms(cooperative, method=InterestMethod.DAILY, basis=365, from_month=Month(2026, 5))
    done = cooperative.execute(may)
    # 11.309,59 with the 31st counted.
    assert (done.value["gross"], done.value["tax"], done.number) == (11_310, 0, "JS-2605-0002")
    assert amounts(cooperative)["0001"] == {"voluntary": 911_310}


def test_a_run_credits_all_members_and_a_second_one_nothing(cooperative: Book) -> None:
    set_terms(cooperative, rate=Decimal(6), basis=12)
    for number, amount in (("0001", 1_000_000), ("0002", 2_400_000), ("0003", 60_000_000)):
        add(cooperative, number, f"Anggota {number}")
        deposit(cooperative, "Sukarela", amount, date(2026, 9, 7), number)
    done = cooperative.execute(RunSavingsInterest(month=OCTOBER))
    # 60.000.000 x 6 % / 12 = 300.000, above Rp240.000: 10 % of the whole.
    assert done.value == {"members": 3, "accounts": 3, "gross": 317_000, "tax": 30_000, "net": 287_000}
    assert balance(cooperative, "5-1001") == 317_000
    assert balance(cooperative, "2-1301") == -30_000
    assert amounts(cooperative)["0003"] == {"voluntary": 60_270_000}
    again = cooperative.execute(RunSavingsInterest(month=OCTOBER))
    assert again.value["gross"] == 0
    cooperative.undo()
    assert balance(cooperative, "5-1001") == 317_000
    cooperative.undo()
    assert amounts(cooperative)["0003"] == {"voluntary": 60_000_000}
    assert (balance(cooperative, "5-1001"), balance(cooperative, "2-1301")) == (0, 0)
    assert cooperative.execute(RunSavingsInterest(month=OCTOBER)).value == done.value


def test_a_run_leaves_out_what_was_credited_singly_and_adds_what_is_missing(cooperative: Book) -> None:
    set_terms(cooperative, rate=Decimal(12), basis=12)
    add(cooperative)
    add(cooperative, "0002", "Bambang")
    deposit(cooperative, "Sukarela", 500_000, date(2026, 9, 1))
    deposit(cooperative, "Sukarela", 700_000, date(2026, 9, 1), "0002")
    single = CreditSavingsInterest(member="1", product="Sukarela", gross=5_000, on=LAST)
    cooperative.execute(single)
    part = CreditSavingsInterest(member="2", product="Sukarela", gross=3_000, on=date(2026, 10, 20))
    cooperative.execute(part)
    done = cooperative.execute(RunSavingsInterest(month=OCTOBER))
    assert (done.value["members"], done.value["gross"]) == (1, 4_000)
    assert amounts(cooperative)["0002"] == {"voluntary": 707_000}


def test_one_members_interest_taken_back_is_credited_again(cooperative: Book) -> None:
    set_terms(cooperative, rate=Decimal(12), basis=12)
    add(cooperative)
    add(cooperative, "0002", "Bambang")
    deposit(cooperative, "Sukarela", 500_000, date(2026, 9, 1))
    deposit(cooperative, "Sukarela", 700_000, date(2026, 9, 1), "0002")
    cooperative.execute(RunSavingsInterest(month=OCTOBER))
    cooperative.execute(ReverseEntry(number="JS-2610-0002"))
    assert cooperative.execute(RunSavingsInterest(month=OCTOBER)).value["gross"] == 7_000


def test_the_whole_person_is_taxed_once_and_the_payment_that_crosses_bears_the_rest(
    cooperative: Book,
) -> None:
    set_terms(cooperative, rate=Decimal(12), basis=12)
    cooperative.execute(
        AddSavingsProduct(
            code="hari-raya",
            name="Simpanan Hari Raya",
            kind=SavingsKind.VOLUNTARY,
            account="2-1102",
            rate=Decimal(6),
            basis=12,
            expense="5-1002",
        )
    )
    add(cooperative)
    deposit(cooperative, "Sukarela", 20_000_000, date(2026, 9, 1))
    deposit(cooperative, "hari-raya", 8_000_001, date(2026, 9, 1))
    cooperative.execute(
        CreditSavingsInterest(member="1", product="Berjangka", gross=10_000, on=date(2026, 10, 5))
    )
    done = cooperative.execute(RunSavingsInterest(month=OCTOBER))
    # 200.000 + 40.000,005 rounded, and 10.000 before: 250.000 in the month.
    assert (done.value["gross"], done.value["tax"]) == (240_000, 25_000)
    assert balance(cooperative, "5-1002") == 50_000
    with cooperative.snapshot() as snapshot:
        slips = withheld(snapshot, OCTOBER.period)
    assert [(item.number, item.gross, item.tax) for item in slips] == [
        ("JS-2610-0001", 10_000, 0),
        ("JS-2610-0002", 240_000, 25_000),
    ]


def test_a_body_bears_fifteen_percent_of_every_payment(cooperative: Book) -> None:
    set_terms(cooperative, rate=Decimal(12), basis=12)
    add(cooperative, "K-1", "Koperasi Sumber Rejeki", body=True)
    deposit(cooperative, "Sukarela", 1_700_000, date(2026, 9, 1), "K-1")
    done = cooperative.execute(RunSavingsInterest(month=OCTOBER))
    assert (done.value["gross"], done.value["tax"]) == (17_000, 2_550)


def test_tax_that_nothing_can_bear_waits(cooperative: Book) -> None:
    set_terms(cooperative, rate=Decimal(12), basis=12)
    add(cooperative)
    deposit(cooperative, "Sukarela", 300_000, date(2026, 9, 1))
    cooperative.execute(CreditSavingsInterest(member="1", product="Berjangka", gross=240_000, on=LAST))
    withdraw(cooperative, "Sukarela", 300_000, date(2026, 11, 2))
    done = cooperative.execute(RunSavingsInterest(month=OCTOBER))
    # 24.300 are due on 243.000; only the 3.000 themselves are there from November on.
    assert (done.value["gross"], done.value["tax"]) == (3_000, 3_000)
    done = cooperative.execute(CreditSavingsInterest(member="1", product="Sukarela", gross=30_000, on=LAST))
    assert done.value["tax"] == 24_300


def test_terms_change_from_a_month_on(cooperative: Book) -> None:
    add(cooperative)
    deposit(cooperative, "Sukarela", 1_200_000, date(2026, 8, 1))
    set_terms(cooperative, rate=Decimal(3), basis=12)
    set_terms(cooperative, rate=Decimal("4.5"), from_month=OCTOBER)
    assert cooperative.execute(RunSavingsInterest(month=Month(2026, 9))).value["gross"] == 3_000
    cooperative.undo()
    assert cooperative.execute(RunSavingsInterest(month=OCTOBER)).value["gross"] == 4_500
    cooperative.undo()
    set_terms(cooperative, rate=Decimal(5), from_month=OCTOBER)
    cooperative.undo()
    assert cooperative.execute(RunSavingsInterest(month=OCTOBER)).value["gross"] == 4_500
    cooperative.undo()
    cooperative.undo()  # 4.5 from October
    assert cooperative.execute(RunSavingsInterest(month=OCTOBER)).value["gross"] == 3_000


def test_tiers_a_minimum_and_rounding_are_terms_too(cooperative: Book) -> None:
    set_terms(
        cooperative,
        rate=Decimal(3),
        tiers="5000000:5",
        minimum=100_000,
        basis=12,
        round_to=100,
        rounding="down",
    )
    for number, amount in (("0001", 99_999), ("0002", 1_234_567), ("0003", 5_000_000)):
        add(cooperative, number, f"Anggota {number}")
        deposit(cooperative, "Sukarela", amount, date(2026, 9, 7), number)
    with cooperative.snapshot() as snapshot:
        due = interest_due(snapshot, OCTOBER, LAST)
    # 1.234.567 x 3 % / 12 = 3.086,42; 5.000.000 x 5 % / 12 = 20.833,33.
    assert [(item.number, item.gross) for item in due] == [("0002", 3_000), ("0003", 20_800)]


def test_interest_can_be_paid_into_another_product(cooperative: Book) -> None:
    cooperative.execute(
        AddSavingsProduct(
            code="pendidikan",
            name="Simpanan Pendidikan",
            kind=SavingsKind.VOLUNTARY,
            account="2-1103",
            rate=Decimal(6),
            basis=12,
            pays_into="Sukarela",
        )
    )
    add(cooperative)
    deposit(cooperative, "pendidikan", 2_000_000, date(2026, 9, 1))
    done = cooperative.execute(RunSavingsInterest(month=OCTOBER))
    assert done.value["gross"] == 10_000
    assert amounts(cooperative)["0001"] == {"pendidikan": 2_000_000, "voluntary": 10_000}
    assert cooperative.execute(RunSavingsInterest(month=OCTOBER)).value["gross"] == 0
    # Paid in a later month it is taxed there, and still that of October.
    november = cooperative.execute(RunSavingsInterest(month=Month(2026, 11), on=date(2026, 12, 4)))
    assert november.value["gross"] == 10_000
    assert cooperative.execute(RunSavingsInterest(month=Month(2026, 11))).value["gross"] == 0


def test_whoever_has_left_or_not_yet_joined_gets_nothing(cooperative: Book) -> None:
    set_terms(cooperative, rate=Decimal(12), basis=12)
    add(cooperative)
    deposit(cooperative, "Sukarela", 500_000, date(2026, 9, 1))
    cooperative.execute(AcceptExit(member="1", on=date(2026, 11, 3), reason=ExitReason.RESIGNATION))
    assert cooperative.execute(RunSavingsInterest(month=OCTOBER)).value["members"] == 0


def test_interest_taken_out_in_the_same_month_upsets_nothing(cooperative: Book) -> None:
    set_terms(cooperative, rate=Decimal(12), method=InterestMethod.DAILY)
    add(cooperative)
    deposit(cooperative, "Sukarela", 500_000, date(2026, 9, 1))
    cooperative.execute(
        CreditSavingsInterest(member="1", product="Sukarela", gross=3_000, on=date(2026, 10, 20))
    )
    withdraw(cooperative, "Sukarela", 503_000, date(2026, 10, 21))
    # 20 days of 500.000: 3.287,67.
    assert cooperative.execute(RunSavingsInterest(month=OCTOBER)).value["gross"] == 288


def test_what_cannot_be_is_refused(cooperative: Book) -> None:
    assert refusal(cooperative, SetSavingsProduct(code="share", rate=Decimal(3))).field == "rate"
    assert refusal(cooperative, SetSavingsProduct(code="voluntary", rate=Decimal(101))).field == "rate"
    assert refusal(cooperative, SetSavingsProduct(code="voluntary", tiers="x")).field == "tiers"
    assert refusal(cooperative, SetSavingsProduct(code="voluntary", basis=366)).field == "basis"
    assert refusal(cooperative, SetSavingsProduct(code="voluntary", expense="1-1101")).field == "expense"
    assert refusal(cooperative, SetSavingsProduct(code="voluntary", pays_into="share")).field == "pays_into"
    with pytest.raises(Exception, match="last day"):
        RunSavingsInterest(month=OCTOBER, on=date(2026, 10, 30))


def test_what_earns_can_not_become_equity(cooperative: Book) -> None:
    cooperative.execute(SetSavingsProduct(code="loan-required", account="2-1104", rate=Decimal(2)))
    back = SetSavingsProduct(code="loan-required", account="3-1003")
    assert "is equity" in str(refusal(cooperative, back))


def test_the_database_keeps_what_was_credited(cooperative: Book) -> None:
    set_terms(cooperative, rate=Decimal(12), basis=12)
    add(cooperative)
    deposit(cooperative, "Sukarela", 500_000, date(2026, 9, 1))
    cooperative.execute(RunSavingsInterest(month=OCTOBER))
    copy = cooperative.path.with_name("aside.lumbung")
    copy_book(cooperative.path, copy)
    connection = sqlite3.connect(copy)
    for attack in (
        "UPDATE savings_interest SET gross = gross + 1",
        "DELETE FROM savings_interest",
        "INSERT OR REPLACE INTO savings_interest SELECT * FROM savings_interest",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="posted"):
            connection.execute(attack)
    connection.close()


def test_a_rate_above_the_ceiling_is_said(cooperative: Book) -> None:
    done = cooperative.execute(SetSavingsProduct(code="voluntary", rate=Decimal("9.5")))
    assert done.value["warnings"][0][1] == {"rate": Decimal("9.5"), "ceiling": Decimal(9)}


def test_a_cancelled_run_leaves_nothing(cooperative: Book) -> None:
    set_terms(cooperative, rate=Decimal(12), basis=12)
    add(cooperative)
    deposit(cooperative, "Sukarela", 500_000, date(2026, 9, 1))
    watched = Watched(lambda *_: None)
    watched.cancel()
    with pytest.raises(Cancelled):
        cooperative.execute(RunSavingsInterest(month=OCTOBER), watched)
    assert balance(cooperative, "5-1001") == 0
    with cooperative.snapshot() as snapshot:
        assert interest_by_member(snapshot, OCTOBER.period) == []


moves = st.lists(st.tuples(st.integers(-40, 60), st.integers(-900_000, 90_000_000)), max_size=8)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    moves=moves,
    rate=st.decimals(0, 20, places=2),
    method=st.sampled_from(InterestMethod),
    basis=st.sampled_from((365, 360)),
)
def test_a_run_credits_what_the_calculator_says_and_undo_restores_every_figure(
    open_book: Any, moves: list[tuple[int, int]], rate: Decimal, method: InterestMethod, basis: int
) -> None:
    book = open_book("cooperative")
    add(book)
    set_terms(book, rate=rate, method=method, basis=basis)
    total, series = 0, []
    for days, amount in sorted(moves):
        on = OCTOBER.first + timedelta(days=days)
        if amount > 0:
            deposit(book, "Sukarela", amount, on)
        elif amount and total + amount >= 0:
            withdraw(book, "Sukarela", -amount, on)
        else:
            continue
        total += amount
        series.append((on, amount))
    threshold = int(shipped_value("savings_interest_tax_threshold", LAST))
    percent = shipped_value("savings_interest_tax_percent", LAST)
    expected = month_interest(
        series, OCTOBER, rate, method, basis=basis, threshold=threshold, tax_percent=percent
    ).interest_rupiah
    before = amounts(book)
    done = book.execute(RunSavingsInterest(month=OCTOBER))
    assert done.value["gross"] == expected
    assert done.value["tax"] == withholding(expected, threshold, percent)
    assert book.execute(RunSavingsInterest(month=OCTOBER)).value["gross"] == 0
    with book.snapshot() as snapshot:
        assert broken_only(run(snapshot)) == []
    book.undo()
    book.undo()
    assert amounts(book) == before
