"""Deposits, withdrawals, interest, transfers and opening balances of savings."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.base.dates import Month
from app.base.errors import LumbungError, Refused, UserError
from app.ledger import checks
from app.ledger.book import Book
from app.ledger.changes import Outcome
from app.ledger.command import Command
from app.ledger.entries.commands import ReverseEntry
from app.ledger.members.commands import AddMember, ChangeMember
from app.ledger.members.queries import mandatory_paid_through, mandatory_standings
from app.ledger.periods.commands import LockMonth
from app.ledger.savings import queries
from app.ledger.savings.commands import (
    AddSavingsProduct,
    CreditSavingsInterest,
    DepositSavings,
    OpenSavings,
    RecordSavings,
    SavingsKind,
    SavingsLine,
    SetSavingsProduct,
    TransferSavings,
    WithdrawSavings,
)
from tests.ledger.import_books import balance


def add(book: Book, number: str = "0001", name: str = "Siti Aminah", **data: Any) -> int:
    outcome = book.execute(AddMember(number=number, name=name, joined=date(2020, 1, 15), **data))
    return int(outcome.value["party"])


def deposit(book: Book, product: str, amount: int, on: date, member: str = "0001", **more: Any) -> Outcome:
    return book.execute(DepositSavings(member=member, product=product, amount=amount, on=on, **more))


def withdraw(book: Book, product: str, amount: int, on: date, member: str = "0001", **more: Any) -> Outcome:
    return book.execute(WithdrawSavings(member=member, product=product, amount=amount, on=on, **more))


def refusal(book: Book, command: Command) -> LumbungError:
    with pytest.raises((Refused, UserError)) as caught:
        book.execute(command)
    error = caught.value
    assert isinstance(error, LumbungError)
    return error


def amounts(book: Book, on: date | None = None) -> dict[str, dict[str, int]]:
    with book.snapshot() as snapshot:
        return {item.number: item.amounts for item in queries.balances(snapshot, on)}


def test_a_new_cooperative_book_has_the_five_usual_products(cooperative: Book) -> None:
    with cooperative.snapshot() as snapshot:
        found = queries.products(snapshot)
        ledgers = dict(
            snapshot.sql(
                "SELECT p.code, a.code FROM savings_product AS p JOIN account AS a ON a.id = p.account_id"
            )
        )
    assert [(item.code, item.name) for item in found] == [
        ("share", "Simpanan Pokok"),
        ("mandatory", "Simpanan Wajib"),
        ("voluntary", "Simpanan Sukarela"),
        ("term", "Simpanan Berjangka"),
        ("loan-required", "Simpanan Wajib Pinjam"),
    ]
    assert ledgers == {
        "share": "3-1001",
        "mandatory": "3-1002",
        "voluntary": "2-1101",
        "term": "2-1111",
        "loan-required": "3-1003",
    }


def test_a_business_book_has_no_savings(business: Book) -> None:
    with business.snapshot() as snapshot:
        assert queries.products(snapshot) == []
    with pytest.raises(Refused, match="not for a book of this kind"):
        business.execute(AddMember(name="Siti"))


def test_deposits_stand_in_equity_or_liabilities_as_the_law_has_it(cooperative: Book) -> None:
    add(cooperative)
    numbers = [
        deposit(cooperative, word, amount, date(2026, 10, 5)).number
        for word, amount in (
            ("Pokok", 100_000),
            ("wajib", 25_000),
            ("SUKARELA", 340_000),
            ("term", 2_000_000),
            ("Simpanan Wajib Pinjam", 50_000),
        )
    ]
    assert numbers == [f"SS-2610-000{place}" for place in range(1, 6)]
    assert {code: balance(cooperative, code) for code in ("1-1101", "3-1001", "3-1002", "2-1101")} == {
        "1-1101": 2_515_000,
        "3-1001": -100_000,
        "3-1002": -25_000,
        "2-1101": -340_000,
    }
    assert balance(cooperative, "2-1111") == -2_000_000
    assert balance(cooperative, "3-1003") == -50_000


def test_a_withdrawal_takes_what_is_there_and_no_more(cooperative: Book) -> None:
    add(cooperative)
    deposit(cooperative, "Sukarela", 300_000, date(2026, 10, 5), account="Bank")
    done = withdraw(cooperative, "Sukarela", 120_000, date(2026, 10, 9))
    assert (done.number, done.value["balance"]) == ("TS-2610-0001", 180_000)
    assert balance(cooperative, "1-1111") == 300_000
    assert balance(cooperative, "1-1101") == -120_000
    error = refusal(
        cooperative,
        WithdrawSavings(member="1", product="Sukarela", amount=180_001, on=date(2026, 10, 9)),
    )
    assert error.field == "amount"
    assert error.params["balance"] == 180_000


def test_a_withdrawal_looks_at_every_later_day_too(cooperative: Book) -> None:
    add(cooperative)
    deposit(cooperative, "Sukarela", 100_000, date(2026, 10, 1))
    withdraw(cooperative, "Sukarela", 70_000, date(2026, 10, 10))
    deposit(cooperative, "Sukarela", 500_000, date(2026, 10, 20))
    before_joined_money = WithdrawSavings(member="1", product="Sukarela", amount=30_001, on=date(2026, 10, 5))
    error = refusal(cooperative, before_joined_money)
    assert error.params["lowest"] == 30_000
    withdraw(cooperative, "Sukarela", 30_000, date(2026, 10, 5))
    withdraw(cooperative, "Sukarela", 500_000, date(2026, 10, 20))
    assert amounts(cooperative)["0001"] == {"voluntary": 0}


def test_nothing_can_be_taken_before_it_was_put_in(cooperative: Book) -> None:
    add(cooperative)
    deposit(cooperative, "Sukarela", 100_000, date(2026, 10, 10))
    error = refusal(
        cooperative, WithdrawSavings(member="1", product="sukarela", amount=1, on=date(2026, 10, 9))
    )
    assert error.params["lowest"] == 0


@pytest.mark.parametrize("product", ["Pokok", "Wajib", "Wajib Pinjam"])
def test_what_comes_with_membership_stays_until_the_member_leaves(cooperative: Book, product: str) -> None:
    add(cooperative)
    deposit(cooperative, product, 75_000, date(2026, 10, 5))
    error = refusal(
        cooperative, WithdrawSavings(member="1", product=product, amount=1_000, on=date(2026, 10, 6))
    )
    assert "while" in str(error)
    assert "exit" in error.advice


def test_the_share_is_the_same_for_all_and_may_be_paid_in_parts(cooperative: Book) -> None:
    add(cooperative)
    cooperative.execute(SetSavingsProduct(code="share", amount=100_000))
    deposit(cooperative, "Pokok", 60_000, date(2026, 10, 5))
    error = refusal(
        cooperative, DepositSavings(member="1", product="Pokok", amount=40_001, on=date(2026, 10, 6))
    )
    assert (error.params["paid"], error.params["left"]) == (60_000, 40_000)
    deposit(cooperative, "Pokok", 40_000, date(2026, 10, 6))


def test_a_prospective_member_saves_but_pays_nothing_mandatory(cooperative: Book) -> None:
    from app.ledger.members.commands import Admission

    add(cooperative, status=Admission.PROSPECTIVE)
    deposit(cooperative, "Pokok", 50_000, date(2026, 10, 5))
    deposit(cooperative, "Sukarela", 10_000, date(2026, 10, 5))
    wajib = DepositSavings(member="1", product="Wajib", amount=25_000, on=date(2026, 10, 5))
    assert refusal(cooperative, wajib).field == "product"
    cooperative.execute(ChangeMember(member="1", status=Admission.ACTIVE))
    cooperative.execute(wajib)


def test_nothing_is_recorded_before_the_member_joined(cooperative: Book) -> None:
    add(cooperative)
    error = refusal(
        cooperative, DepositSavings(member="1", product="Pokok", amount=1_000, on=date(2020, 1, 14))
    )
    assert (error.field, error.params["joined"]) == ("on", date(2020, 1, 15))


def test_a_closed_month_takes_no_deposit(cooperative: Book) -> None:
    add(cooperative)
    cooperative.execute(LockMonth(month=Month(2026, 9)))
    error = refusal(
        cooperative, DepositSavings(member="1", product="Wajib", amount=25_000, on=date(2026, 9, 30))
    )
    assert "closed" in str(error)
    assert amounts(cooperative) == {}


def test_unknown_members_products_and_accounts_are_named(cooperative: Book) -> None:
    add(cooperative)
    unknown = DepositSavings(member="7", product="Pokok", amount=1_000, on=date(2026, 10, 5))
    assert refusal(cooperative, unknown).field == "member"
    product = DepositSavings(member="1", product="Emas", amount=1_000, on=date(2026, 10, 5))
    assert "Simpanan Pokok" in str(refusal(cooperative, product).params)
    account = DepositSavings(
        member="1", product="Pokok", amount=1_000, on=date(2026, 10, 5), account="4-1001"
    )
    assert "cash or bank" in str(refusal(cooperative, account))


def test_several_accounts_of_one_product_are_told_apart_by_number(cooperative: Book) -> None:
    add(cooperative)
    add(cooperative, "0002", "Budi")
    deposit(cooperative, "Sukarela", 11_000, date(2026, 10, 5), savings_number="S-1")
    deposit(cooperative, "Sukarela", 22_000, date(2026, 10, 5), savings_number="S-2")
    which = WithdrawSavings(member="1", product="Sukarela", amount=1_000, on=date(2026, 10, 6))
    assert refusal(cooperative, which).field == "savings_number"
    withdraw(cooperative, "Sukarela", 22_000, date(2026, 10, 6), savings_number="s-2")
    foreign = DepositSavings(
        member="2", product="Sukarela", amount=1_000, on=date(2026, 10, 6), savings_number="S-1"
    )
    assert "does not belong" in str(refusal(cooperative, foreign))
    assert amounts(cooperative)["0001"] == {"voluntary": 11_000}


def test_a_list_of_several_members_is_one_document(cooperative: Book) -> None:
    add(cooperative)
    add(cooperative, "0002", "Budi")
    lines = (
        SavingsLine(member="1", product="Pokok", deposit=100_000),
        SavingsLine(member="1", product="Sukarela", deposit=30_000),
        SavingsLine(member="1", product="Sukarela", deposit=5_000),
        SavingsLine(member="2", product="Wajib", deposit=25_000),
        SavingsLine(member="1", product="Sukarela", withdrawal=35_000),
    )
    done = cooperative.execute(RecordSavings(on=date(2026, 10, 5), lines=lines, number="SLIP-9"))
    assert done.number == "SLIP-9"
    assert done.value["deposits"] == 160_000
    assert done.value["withdrawals"] == 35_000
    assert amounts(cooperative) == {
        "0001": {"share": 100_000, "voluntary": 0},
        "0002": {"mandatory": 25_000},
    }
    assert balance(cooperative, "1-1101") == 125_000
    cooperative.undo()
    assert balance(cooperative, "1-1101") == 0


def test_a_faulty_line_is_named_and_nothing_of_the_list_is_recorded(cooperative: Book) -> None:
    add(cooperative)
    lines = (
        SavingsLine(member="1", product="Sukarela", deposit=30_000),
        SavingsLine(member="1", product="Sukarela", withdrawal=20_000),
        SavingsLine(member="1", product="Sukarela", withdrawal=10_001),
    )
    error = refusal(cooperative, RecordSavings(on=date(2026, 10, 5), lines=lines))
    assert (error.line, error.field) == (2, "withdrawal")
    assert amounts(cooperative) == {}


def test_a_line_without_amount_records_nothing(cooperative: Book) -> None:
    add(cooperative)
    nothing = SavingsLine(member="1", product="Pokok")
    with pytest.raises(UserError):
        RecordSavings(on=date(2026, 10, 5), lines=(nothing,))
    some = SavingsLine(member="1", product="Wajib", deposit=25_000)
    cooperative.execute(RecordSavings(on=date(2026, 10, 5), lines=(nothing, some)))
    assert amounts(cooperative)["0001"] == {"mandatory": 25_000}


def test_a_line_has_one_amount() -> None:
    with pytest.raises(UserError):
        SavingsLine(member="1", product="Pokok", deposit=3, withdrawal=4)
    with pytest.raises(UserError):
        SavingsLine(member="1", product="Pokok", deposit=-3)


# Interest and its tax (PP 15/2009, domain vectors: DJP 2013)


@pytest.mark.parametrize(
    ("gross", "tax"),
    [
        (350_000, 35_000),
        (200_000, 0),
        (500_000, 50_000),
        (240_000, 0),
        (240_001, 24_000),
        (250_000, 25_000),
        (300_000, 30_000),
    ],
)
def test_interest_of_a_person_is_taxed_as_a_whole_above_the_threshold(
    cooperative: Book, gross: int, tax: int
) -> None:
    add(cooperative)
    done = cooperative.execute(
        CreditSavingsInterest(member="1", product="Sukarela", gross=gross, on=date(2026, 10, 31))
    )
    assert done.number == "JS-2610-0001"
    assert (done.value["tax"], done.value["net"]) == (tax, gross - tax)
    assert balance(cooperative, "5-1001") == gross
    assert balance(cooperative, "2-1301") == -tax
    assert balance(cooperative, "2-1101") == tax - gross


def test_interest_of_a_body_is_taxed_from_the_first_rupiah(cooperative: Book) -> None:
    add(cooperative, "K-1", "Koperasi Sumber Rejeki", body=True)
    done = cooperative.execute(
        CreditSavingsInterest(member="K-1", product="Berjangka", gross=1_000_000, on=date(2026, 10, 31))
    )
    assert done.value["tax"] == 150_000
    assert balance(cooperative, "5-1002") == 1_000_000
    assert balance(cooperative, "2-1111") == -850_000


def test_all_accounts_of_a_month_are_judged_together(cooperative: Book) -> None:
    add(cooperative)
    first = CreditSavingsInterest(member="1", product="Sukarela", gross=180_000, on=date(2026, 10, 10))
    assert cooperative.execute(first).value["tax"] == 0
    second = CreditSavingsInterest(member="1", product="Berjangka", gross=100_000, on=date(2026, 10, 31))
    assert cooperative.execute(second).value["tax"] == 28_000
    third = CreditSavingsInterest(member="1", product="Sukarela", gross=50_000, on=date(2026, 10, 31))
    assert cooperative.execute(third).value["tax"] == 5_000
    november = CreditSavingsInterest(member="1", product="Sukarela", gross=239_999, on=date(2026, 11, 10))
    assert cooperative.execute(november).value["tax"] == 0


def test_a_reversed_payment_of_interest_no_longer_counts(cooperative: Book) -> None:
    add(cooperative)
    first = CreditSavingsInterest(member="1", product="Sukarela", gross=180_000, on=date(2026, 10, 10))
    cooperative.execute(first)
    cooperative.undo()
    second = CreditSavingsInterest(member="1", product="Sukarela", gross=100_000, on=date(2026, 10, 31))
    assert cooperative.execute(second).value["tax"] == 0
    assert amounts(cooperative)["0001"] == {"voluntary": 100_000}


def test_tax_above_the_payment_needs_a_balance(cooperative: Book) -> None:
    add(cooperative)
    first = CreditSavingsInterest(member="1", product="Sukarela", gross=240_000, on=date(2026, 10, 10))
    cooperative.execute(first)
    small = CreditSavingsInterest(member="1", product="Berjangka", gross=10_000, on=date(2026, 10, 31))
    assert "can't be taken" in str(refusal(cooperative, small))
    same = CreditSavingsInterest(member="1", product="Sukarela", gross=10_000, on=date(2026, 10, 31))
    done = cooperative.execute(same)
    assert (done.value["tax"], done.value["net"]) == (25_000, -15_000)
    assert amounts(cooperative)["0001"] == {"voluntary": 225_000}


def test_equity_earns_no_interest(cooperative: Book) -> None:
    add(cooperative)
    wajib = CreditSavingsInterest(member="1", product="Wajib", gross=10_000, on=date(2026, 10, 31))
    assert refusal(cooperative, wajib).field == "product"


# Transfers, opening balances, reversals


def test_savings_move_between_products_and_members(cooperative: Book) -> None:
    add(cooperative)
    add(cooperative, "0002", "Budi")
    deposit(cooperative, "Sukarela", 400_000, date(2026, 10, 5))
    done = cooperative.execute(
        TransferSavings(
            member="1", product="Sukarela", to_product="Wajib", amount=75_000, on=date(2026, 10, 6)
        )
    )
    assert done.number == "PB-2610-0001"
    cooperative.execute(
        TransferSavings(
            member="1",
            product="Sukarela",
            to_member="2",
            to_product="Sukarela",
            amount=30_000,
            on=date(2026, 10, 6),
        )
    )
    assert amounts(cooperative) == {
        "0001": {"voluntary": 295_000, "mandatory": 75_000},
        "0002": {"voluntary": 30_000},
    }
    itself = TransferSavings(
        member="1", product="Sukarela", to_product="voluntary", amount=1_000, on=date(2026, 10, 7)
    )
    assert "itself" in str(refusal(cooperative, itself))
    unknown = TransferSavings(
        member="1",
        product="Sukarela",
        to_member="9",
        to_product="Sukarela",
        amount=1_000,
        on=date(2026, 10, 7),
    )
    assert refusal(cooperative, unknown).field == "to_member"


def test_balances_are_taken_over_against_saldo_awal(cooperative: Book) -> None:
    add(cooperative)
    opening = OpenSavings(
        member="1",
        product="Wajib",
        balance=1_250_000,
        on=date(2025, 12, 31),
        paid_through=Month(2025, 11),
    )
    cooperative.execute(opening)
    cooperative.execute(
        OpenSavings(
            member="1",
            product="Sukarela",
            balance=640_000,
            on=date(2025, 12, 31),
            accrued_interest=2_100,
        )
    )
    assert balance(cooperative, "3-9999") == 1_892_100
    assert balance(cooperative, "2-1121") == -2_100
    assert "already" in str(refusal(cooperative, opening))


def test_a_month_alone_can_be_taken_over(cooperative: Book) -> None:
    party = add(cooperative, mandatory=25_000)
    cooperative.execute(
        OpenSavings(
            member="1", product="Wajib", balance=0, on=date(2025, 12, 31), paid_through=Month(2025, 12)
        )
    )
    with cooperative.snapshot() as snapshot:
        assert mandatory_paid_through(snapshot, party, date(2026, 1, 5)) == Month(2025, 12)
    cooperative.undo()
    with cooperative.snapshot() as snapshot:
        assert mandatory_paid_through(snapshot, party, date(2026, 1, 5)) is None


def test_only_mandatory_savings_reach_a_month(cooperative: Book) -> None:
    add(cooperative)
    pokok = OpenSavings(
        member="1", product="Pokok", balance=5_000, on=date(2025, 12, 31), paid_through=Month(2025, 12)
    )
    assert refusal(cooperative, pokok).field == "paid_through"


def test_a_used_deposit_can_not_be_taken_back(cooperative: Book) -> None:
    add(cooperative)
    number = deposit(cooperative, "Sukarela", 100_000, date(2026, 10, 5)).number
    withdrawal = withdraw(cooperative, "Sukarela", 60_000, date(2026, 10, 7)).number
    error = refusal(cooperative, ReverseEntry(number=number))
    assert error.params["balance"] == -60_000
    cooperative.execute(ReverseEntry(number=withdrawal))
    cooperative.execute(ReverseEntry(number=number))
    assert amounts(cooperative) == {"0001": {"voluntary": 0}}


def test_a_reversal_can_itself_be_reversed(cooperative: Book) -> None:
    add(cooperative)
    number = deposit(cooperative, "Sukarela", 100_000, date(2026, 10, 5)).number
    back = cooperative.execute(ReverseEntry(number=number))
    cooperative.execute(ReverseEntry(entry=back.value["entry"]))
    assert amounts(cooperative) == {"0001": {"voluntary": 100_000}}
    assert balance(cooperative, "2-1101") == -100_000


def test_an_opening_taken_back_can_be_opened_anew(cooperative: Book) -> None:
    add(cooperative)
    wrong = OpenSavings(member="1", product="Sukarela", balance=10_000, on=date(2025, 12, 31))
    right = OpenSavings(member="1", product="Sukarela", balance=12_000, on=date(2025, 12, 31))
    cooperative.execute(wrong)
    cooperative.undo()
    cooperative.execute(right)
    assert balance(cooperative, "3-9999") == 12_000


# Products


def test_a_product_of_their_own(cooperative: Book) -> None:
    add(cooperative)
    cooperative.execute(
        AddSavingsProduct(
            code="hari-raya", name="Simpanan Hari Raya", kind=SavingsKind.VOLUNTARY, account="2-1102"
        )
    )
    deposit(cooperative, "Hari Raya", 20_000, date(2026, 10, 5))
    deposit(cooperative, "Sukarela", 30_000, date(2026, 10, 5))
    assert balance(cooperative, "2-1102") == -20_000
    assert amounts(cooperative)["0001"] == {"hari-raya": 20_000, "voluntary": 30_000}
    moved = SetSavingsProduct(code="hari-raya", account="2-1103")
    assert refusal(cooperative, moved).field == "account"
    cooperative.execute(SetSavingsProduct(code="hari-raya", active=False, name="Simpanan Lebaran"))
    more = DepositSavings(member="1", product="hari-raya", amount=1_000, on=date(2026, 10, 6))
    assert "not offered" in str(refusal(cooperative, more))
    withdraw(cooperative, "Simpanan Lebaran", 20_000, date(2026, 10, 6))


def test_equity_savings_need_an_equity_account(cooperative: Book) -> None:
    wrong = AddSavingsProduct(code="pokok-2", name="Pokok 2", kind=SavingsKind.SHARE, account="2-1101")
    error = refusal(cooperative, wrong)
    assert error.field == "account"
    assert "3-1001" in str(error.params["known"])
    taken = AddSavingsProduct(code="SHARE", name="Lain", kind=SavingsKind.SHARE)
    assert refusal(cooperative, taken).field == "code"
    left = AddSavingsProduct(code="x", name="X", kind=SavingsKind.VOLUNTARY, account="2-1503")
    assert refusal(cooperative, left).field == "account"


def test_product_changes_are_undone(cooperative: Book) -> None:
    cooperative.execute(SetSavingsProduct(code="share", amount=150_000))
    cooperative.undo()
    cooperative.execute(AddSavingsProduct(code="qurban", name="Qurban", kind=SavingsKind.VOLUNTARY))
    cooperative.undo()
    with cooperative.snapshot() as snapshot:
        found = {item.code: item.amount for item in queries.products(snapshot)}
    assert found == {"share": 0, "mandatory": 0, "voluntary": 0, "term": 0, "loan-required": 0}


def test_loan_required_savings_may_be_a_liability_that_can_be_withdrawn(cooperative: Book) -> None:
    add(cooperative)
    cooperative.execute(SetSavingsProduct(code="loan-required", account="2-1104"))
    deposit(cooperative, "Wajib Pinjam", 60_000, date(2026, 10, 5))
    withdraw(cooperative, "Wajib Pinjam", 45_000, date(2026, 10, 6))
    assert balance(cooperative, "2-1104") == -15_000


# Queries


def test_balances_of_an_earlier_day_are_those_of_that_day(cooperative: Book) -> None:
    add(cooperative)
    add(cooperative, "0002", "Budi")
    deposit(cooperative, "Wajib", 25_000, date(2026, 9, 5))
    deposit(cooperative, "Wajib", 26_000, date(2026, 10, 5))
    deposit(cooperative, "Sukarela", 70_000, date(2026, 10, 5), member="2")
    assert amounts(cooperative, date(2026, 9, 30)) == {
        "0001": {"mandatory": 25_000},
        "0002": {"voluntary": 0},
    }
    assert amounts(cooperative, date(2026, 10, 5)) == amounts(cooperative)
    assert amounts(cooperative)["0001"] == {"mandatory": 51_000}


def test_sections_show_a_month_with_running_balances(cooperative: Book) -> None:
    party = add(cooperative)
    other = add(cooperative, "0002", "Budi")
    cooperative.execute(OpenSavings(member="1", product="Sukarela", balance=500_000, on=date(2026, 9, 30)))
    deposit(cooperative, "Sukarela", 40_000, date(2026, 10, 5), memo="Titip anak")
    withdraw(cooperative, "Sukarela", 15_000, date(2026, 10, 5))
    cooperative.execute(
        CreditSavingsInterest(member="1", product="Sukarela", gross=250_000, on=date(2026, 10, 31))
    )
    deposit(cooperative, "Sukarela", 1_000, date(2026, 11, 1))
    deposit(cooperative, "Wajib", 25_000, date(2026, 10, 7), member="2")
    with cooperative.snapshot() as snapshot:
        everyone = queries.sections(snapshot, Month(2026, 10).period)
        mine = queries.sections(snapshot, Month(2026, 10).period, party)
        opening_month = queries.sections(snapshot, Month(2026, 9).period, party)
    assert mine == {party: everyone[party]}
    (section,) = mine[party]
    assert (section.key, section.opening, section.closing) == ("voluntary", 500_000, 750_000)
    assert [(move.kind, move.amount, move.balance) for move in section.movements] == [
        ("deposit", 40_000, 540_000),
        ("withdrawal", -15_000, 525_000),
        ("interest", 250_000, 775_000),
        ("tax", -25_000, 750_000),
    ]
    assert section.movements[0].memo == "Titip anak"
    assert section.movements[1].number == "TS-2610-0001"
    assert queries.interest_and_tax(mine[party]) == (250_000, 25_000)
    assert [item.closing for item in everyone[other]] == [25_000]
    (before,) = opening_month[party]
    assert (before.opening, before.movements, before.closing) == (500_000, (), 500_000)


def test_ledger_totals_prove_the_statements(cooperative: Book) -> None:
    add(cooperative)
    deposit(cooperative, "Sukarela", 90_000, date(2026, 9, 5))
    deposit(cooperative, "Sukarela", 40_000, date(2026, 10, 5))
    withdraw(cooperative, "Sukarela", 15_000, date(2026, 10, 6))
    deposit(cooperative, "Pokok", 100_000, date(2026, 10, 6))
    with cooperative.snapshot() as snapshot:
        found = queries.ledger_totals(snapshot, Month(2026, 10).period)
    assert [(item.code, item.opening, item.increase, item.decrease, item.closing) for item in found] == [
        ("2-1101", 90_000, 40_000, 15_000, 115_000),
        ("3-1001", 0, 100_000, 0, 100_000),
    ]


# Mandatory savings by the month


@pytest.mark.parametrize(
    ("paid", "through", "part", "arrears", "next_due"),
    [
        (0, None, 0, 250_000, 25_000),
        (24_000, None, 24_000, 226_000, 25_000),
        (25_000, Month(2026, 1), 0, 225_000, 25_000),
        (250_000, Month(2026, 10), 0, 0, 25_000),
        (255_000, Month(2026, 10), 5_000, 0, 20_000),
        (300_000, Month(2026, 12), 0, 0, 0),
    ],
)
def test_months_are_counted_from_joining(
    cooperative: Book, paid: int, through: Month | None, part: int, arrears: int, next_due: int
) -> None:
    done = cooperative.execute(AddMember(name="Siti", joined=date(2026, 1, 20), mandatory=25_000))
    party = int(done.value["party"])
    if paid:
        deposit(cooperative, "Wajib", paid, date(2026, 10, 5))
    with cooperative.snapshot() as snapshot:
        standing = mandatory_standings(snapshot, date(2026, 10, 31))[party]
        before = mandatory_paid_through(snapshot, party, date(2026, 10, 4))
    assert (standing.paid_through, standing.part_paid) == (through, part)
    assert (standing.arrears, standing.next_due) == (arrears, next_due)
    assert before is None


def test_months_go_on_from_those_taken_over(cooperative: Book) -> None:
    party = add(cooperative)
    cooperative.execute(SetSavingsProduct(code="mandatory", amount=20_000))
    cooperative.execute(
        OpenSavings(
            member="1",
            product="Wajib",
            balance=777_000,
            on=date(2025, 12, 31),
            paid_through=Month(2025, 11),
        )
    )
    deposit(cooperative, "Wajib", 60_000, date(2026, 2, 1))
    with cooperative.snapshot() as snapshot:
        assert mandatory_paid_through(snapshot, party, date(2026, 2, 1)) == Month(2026, 2)
        assert mandatory_standings(snapshot, date(2026, 2, 28))[party].next_due == 20_000


def test_a_balance_taken_over_without_its_month_says_nothing(cooperative: Book) -> None:
    party = add(cooperative, mandatory=20_000)
    cooperative.execute(OpenSavings(member="1", product="Wajib", balance=777_000, on=date(2025, 12, 31)))
    with cooperative.snapshot() as snapshot:
        assert mandatory_standings(snapshot, date(2026, 2, 28))[party].paid_through is None


# Whatever happens, the invariants hold

MOVES = st.lists(
    st.tuples(
        st.sampled_from(["deposit", "withdraw", "interest", "transfer", "undo"]),
        st.sampled_from(["Pokok", "Wajib", "Sukarela", "Berjangka"]),
        st.integers(1, 400_000),
        st.integers(1, 28),
        st.sampled_from(["1", "2"]),
    ),
    min_size=1,
    max_size=14,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_any_order_of_commands_keeps_the_books(open_book: Any, moves: list[Any]) -> None:
    book: Book = open_book("cooperative")
    add(book)
    add(book, "0002", "Budi")
    for what, product, amount, day_, member in moves:
        on = date(2026, 10, day_)
        command: Command
        if what == "deposit":
            command = DepositSavings(member=member, product=product, amount=amount, on=on)
        elif what == "withdraw":
            command = WithdrawSavings(member=member, product=product, amount=amount, on=on)
        elif what == "interest":
            command = CreditSavingsInterest(member=member, product=product, gross=amount, on=on)
        else:
            command = TransferSavings(
                member=member, product=product, to_member="2", to_product="Sukarela", amount=amount, on=on
            )
        try:
            if what == "undo":
                book.undo()
            else:
                book.execute(command)
        except LumbungError:
            continue
    with book.snapshot() as snapshot:
        assert checks.broken_only(checks.run(snapshot)) == []
