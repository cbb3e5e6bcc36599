"""Loan products with accounts of their own, caps on penalties, and the savings that a loan asks for."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.base.dates import Month
from app.ledger.accounts.commands import AddAccount
from app.ledger.book import Book
from app.ledger.entries.commands import EntryLine, PostEntry, ReverseEntry
from app.ledger.imports.compare import compare_list, read_pasted, subjects
from app.ledger.loans.commands import (
    CapPer,
    DisburseLoan,
    Excess,
    PayOffLoan,
    PenaltyPer,
    RequiredFrom,
    RunAllowance,
    WriteOffLoan,
)
from app.ledger.loans.offered import loan_products
from app.ledger.loans.product_commands import AddLoanProduct, SetLoanProduct
from app.ledger.loans.queries import ledger_totals, outstanding_of
from app.ledger.opening import opening_rows
from app.ledger.savings.commands import DepositSavings, SetSavingsProduct
from tests.ledger.import_books import imported, places, refused, workbook
from tests.ledger.lending import balances, lend, loan_of, member, pay, refusal, run_over, sound

OWN, INCOME = "1-1203", "4-1011"


def on(month: int, day: int = 10) -> date:
    """A day of the year, by itself a due date."""
    return date(2026, month, day)


def add(book: Book, **changes: Any) -> None:
    """Flat 1.5 % a month."""
    fields: dict[str, Any] = {"code": "TANI", "name": "Pinjaman Tani", "rate": Decimal("1.5")}
    book.execute(AddLoanProduct(**{**fields, **changes}))


@pytest.fixture
def own(cooperative: Book) -> Book:
    """A product that keeps its loans on 1-1203 and takes its interest on 4-1011."""
    member(cooperative)
    cooperative.execute(AddAccount(code=OWN, name="Pinjaman Tani"))
    cooperative.execute(AddAccount(code=INCOME, name="Jasa Pinjaman Tani"))
    add(cooperative, account=OWN, interest_account=INCOME)
    return cooperative


def test_a_loan_lives_on_the_accounts_of_its_product(own: Book) -> None:
    lend(own, product="TANI")
    lend(own, number="PJ-8", principal=2_000_000)
    pay(own, 1_344_000, on(2))
    assert balances(own)[OWN] == 8_400_000
    assert balances(own)[INCOME] == -144_000
    assert balances(own)["1-1201"] == 2_000_000
    pay(own, 1_000_000, on(2, 20), excess=Excess.TERM)
    own.execute(PayOffLoan(loan="PJ-7", on=on(2, 25)))
    assert OWN not in balances(own)
    assert "4-1001" not in balances(own)
    sound(own)
    for _ in range(3):
        own.undo()
    assert balances(own)[OWN] == 9_600_000
    assert INCOME not in balances(own)
    sound(own)


def test_taking_over_writing_off_and_the_allowance(own: Book) -> None:
    run_over(own, product="TANI", held=50_000)
    assert balances(own)[OWN] == 6_000_000
    with own.snapshot() as snapshot:
        rows = {item.code: (item.ledger, item.detail) for item in opening_rows(snapshot)}
        party = snapshot.sql("SELECT party_id FROM loan")[0][0]
        assert outstanding_of(snapshot, party) == 6_000_000
        totals = {item.code: item for item in ledger_totals(snapshot, Month(2026, 7).period)}
    assert rows[OWN] == (6_000_000, 6_000_000)
    assert totals[OWN].opening == 6_000_000
    assert totals["1-1201"].opening == 0
    own.execute(RunAllowance(month=Month(2026, 10)))
    own.execute(WriteOffLoan(loan="PJ-7", on=on(11, 2), reason="pindah tanpa kabar"))
    assert OWN not in balances(own)
    sound(own)
    own.undo()
    assert balances(own)[OWN] == sum(item.principal for item in loan_of(own).standing.open())
    sound(own)


def test_a_loan_stays_where_it_was_lent(own: Book) -> None:
    lend(own, product="TANI")
    own.execute(SetLoanProduct(code="TANI", account="", interest_account=""))
    lend(own, number="PJ-8", principal=3_000_000, product="TANI")
    pay(own, 1_344_000, on(2))
    assert (balances(own)[OWN], balances(own)["1-1201"], balances(own)[INCOME]) == (
        8_400_000,
        3_000_000,
        -144_000,
    )
    own.undo()
    own.undo()
    own.undo()
    with own.snapshot() as snapshot:
        (product,) = loan_products(snapshot)
    assert (product.account, product.interest_account) == (OWN, INCOME)
    sound(own)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"account": "1-1101"}, "account"),
        ({"account": "2-1501"}, "account"),
        ({"account": "1-1209"}, "account"),
        ({"account": "1-1301"}, "account"),
        ({"interest_account": "4-1004"}, "interest_account"),
        ({"interest_account": "1-1203"}, "interest_account"),
        ({"interest_account": "6-2001"}, "interest_account"),
    ],
)
def test_accounts_that_do_not_fit(own: Book, changes: dict[str, Any], field: str) -> None:
    own.execute(
        PostEntry(
            on=on(1),
            memo="Belanja barang",
            lines=(
                EntryLine(account="1-1301", debit=70_000),
                EntryLine(account="1-1101", credit=70_000),
            ),
        )
    )
    error = refusal(own, lambda: AddLoanProduct(code="LAIN", name="Lain", rate=Decimal(1), **changes))
    assert error.field == field


def test_the_account_takes_no_entries_by_hand(own: Book) -> None:
    refusal(
        own,
        lambda: PostEntry(
            on=on(1),
            memo="x",
            lines=(EntryLine(account=OWN, debit=1), EntryLine(account="1-1101", credit=1)),
        ),
    )


def test_old_lists_are_compared_product_by_product(own: Book) -> None:
    lend(own, product="TANI")
    lend(own, number="PJ-8", principal=2_000_000)
    with own.snapshot() as snapshot:
        subject = next(item for item in subjects(snapshot) if item.key == "loans:TANI")
        listed = read_pasted("PJ-7\t9.600.000", subject)
        found = compare_list(snapshot, subject, listed.rows, on(1, 31))
    assert [(line.state, line.code, line.ours) for line in found.rows] == [("equal", "PJ-7", 9_600_000)]


# Caps on penalties


def late_penalty(book: Book, day: date) -> int:
    return loan_of(book, day).standing.penalty_due


def test_a_cap_on_each_instalment(cooperative: Book) -> None:
    # 8 x 1,344,000 on each 10th; 2,000 a day, at most 25,000 or 3 % of 1,344,000 (40,320) for each.
    member(cooperative)
    add(cooperative, penalty=2_000, penalty_cap=25_000)
    lend(cooperative, product="TANI")
    assert [late_penalty(cooperative, day) for day in (on(2, 20), on(2, 25), on(3, 10), on(3, 15))] == [
        20_000,
        25_000,
        25_000,
        35_000,
    ]
    add(cooperative, code="B", name="B", penalty=2_000, penalty_cap_percent=Decimal(3))
    lend(cooperative, product="B", number="PJ-8")
    assert loan_of(cooperative, on(3, 10), "PJ-8").standing.penalty_due == 40_320
    sound(cooperative)


def test_a_cap_on_the_whole_loan(cooperative: Book) -> None:
    # 0.5 % of 9,600,000 are 48,000; a penalty taken over counts towards it.
    member(cooperative)
    add(
        cooperative,
        penalty=25_000,
        penalty_per=PenaltyPer.MONTH,
        penalty_cap_percent=Decimal("0.5"),
        penalty_cap_per=CapPer.LOAN,
    )
    lend(cooperative, product="TANI")
    assert [late_penalty(cooperative, day) for day in (on(2, 11), on(3, 11))] == [25_000, 48_000]
    pay(cooperative, 48_000, on(3, 11), penalty=48_000)
    assert late_penalty(cooperative, on(8)) == 0
    run_over(cooperative, product="TANI", number="PJ-9", penalty=40_000)
    assert loan_of(cooperative, on(9), "PJ-9").standing.penalty_due == 48_000
    sound(cooperative)


# Savings that a loan asks for


def test_savings_that_are_to_be_owned(cooperative: Book) -> None:
    member(cooperative)
    add(cooperative, required_percent=Decimal(10), required_amount=40_000)

    def loan() -> DisburseLoan:
        return DisburseLoan(member="7", on=on(1), principal=9_600_000, term=8, product="TANI", number="PJ-7")

    cooperative.execute(DepositSavings(member="7", product="Sukarela", amount=999_999, on=on(1, 2)))
    error = refusal(cooperative, loan)
    assert (error.field, error.params["required"], error.params["lacking"]) == ("principal", 1_000_000, 1)
    # What is saved later does not count on the day.
    cooperative.execute(DepositSavings(member="7", product="Wajib", amount=50_000, on=on(1, 11)))
    assert refusal(cooperative, loan).params["owned"] == 999_999
    cooperative.execute(DepositSavings(member="7", product="Wajib", amount=1, on=on(1, 10)))
    assert cooperative.execute(loan()).value["net"] == 9_600_000


def test_savings_that_are_taken_off_at_disbursement(cooperative: Book) -> None:
    member(cooperative)
    add(
        cooperative,
        required_percent=Decimal("2.5"),
        administration=35_000,
        required_from=RequiredFrom.DEDUCTED,
    )
    before = balances(cooperative)
    value = lend(cooperative, product="TANI").value
    # 2.5 % of 9,600,000 are 240,000.
    assert (value["fees"], value["savings"], value["net"]) == (35_000, 240_000, 9_325_000)
    assert balances(cooperative)["3-1003"] == -240_000
    assert balances(cooperative)["1-1101"] == -9_325_000
    sound(cooperative)
    cooperative.undo()
    assert balances(cooperative) == before
    sound(cooperative)
    cooperative.execute(SetLoanProduct(code="TANI", required_percent=Decimal(100)))
    assert (
        refusal(
            cooperative,
            lambda: DisburseLoan(member="7", on=on(1), principal=900_000, term=8, product="TANI"),
        ).params["saved"]
        == 900_000
    )
    cooperative.execute(SetSavingsProduct(code="loan-required", active=False))
    assert (
        refusal(
            cooperative,
            lambda: DisburseLoan(member="7", on=on(1), principal=900_000, term=8, product="TANI"),
        ).field
        == "product"
    )


def test_the_sheet_brings_all_of_it(cooperative: Book, tmp_path: Any) -> None:
    cooperative.execute(AddAccount(code=OWN, name="Pinjaman Tani"))
    head = ["Kode", "Nama", "Jasa %", "Denda", "Kode Akun", "Batas Denda", "Simpanan Syarat", "Simpanan Dari"]
    rows = [
        ["TANI", "Pinjaman Tani", "1,5", "2.000 per hari", OWN, "10 %", "12,5 %", "Dipotong"],
        ["BARANG", "Pinjaman Barang", "1", "", "1-1201", "5 % pokok", "250.000", ""],
    ]
    path = workbook(tmp_path / "isian.xlsx", **{"Produk Pinjaman": [head, *rows]})
    assert imported(cooperative, path).documents == 2
    with cooperative.snapshot() as snapshot:
        goods, farm = loan_products(snapshot)
    assert (farm.account, farm.penalty_cap_percent, farm.penalty_cap_per) == (
        OWN,
        Decimal(10),
        CapPer.INSTALMENT,
    )
    assert (farm.required_percent, farm.required_from) == (Decimal("12.5"), RequiredFrom.DEDUCTED)
    assert (goods.account, goods.penalty_cap_per, goods.required_amount) == ("", CapPer.LOAN, 250_000)
    assert imported(cooperative, path).documents == 0
    rows[0][5] = "sepuluh"
    path = workbook(tmp_path / "salah.xlsx", **{"Produk Pinjaman": [head, *rows]})
    assert places(refused(cooperative, path)) == ["Produk Pinjaman!F2"]


# What any payments do, taking all of them back undoes


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    amounts=st.lists(
        st.tuples(st.integers(1, 4_000_000), st.sampled_from(list(Excess))), min_size=1, max_size=5
    )
)
def test_reversing_all_payments_restores_every_account(
    open_book: Callable[[str], Book], amounts: list[tuple[int, Excess]]
) -> None:
    book = open_book("cooperative")
    member(book)
    book.execute(AddAccount(code=OWN, name="Pinjaman Tani"))
    add(book, account=OWN)
    lend(book, product="TANI")
    before = balances(book)
    entries = []
    for place, (amount, excess) in enumerate(amounts):
        if amount > loan_of(book, on(2 + place)).standing.outstanding:
            break
        entries.append(pay(book, amount, on(2 + place), excess=excess, apply_held=False).value["entry"])
    sound(book)
    for entry in reversed(entries):
        book.execute(ReverseEntry(entry=entry))
    assert balances(book) == before
    sound(book)
