"""Deposits, withdrawals, transfers and opening balances of savings, and the products."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.base.dates import Month
from app.base.errors import LumbungError, Refused, UserError
from app.ledger import checks
from app.ledger.book import Book
from app.ledger.command import Command
from app.ledger.entries.commands import ReverseEntry
from app.ledger.members.commands import AddMember, ChangeMember
from app.ledger.members.queries import mandatory_paid_through
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
from tests.ledger.saving_books import add, amounts, deposit, refusal, withdraw


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
