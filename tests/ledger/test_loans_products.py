"""Loan products: what a new loan takes from them, the order of payments, penalties, limits, and details of a loan."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.base.errors import Refused, UserError
from app.base.money import RoundMode
from app.ledger.book import Book
from app.ledger.changes import Outcome
from app.ledger.loans import queries
from app.ledger.loans.commands import (
    Allocation,
    Collateral,
    DisburseLoan,
    PenaltyPer,
    SetLoanDetails,
    WaivePenalty,
)
from app.ledger.loans.offered import loan_products
from app.ledger.loans.product_commands import AddLoanProduct, SetLoanProduct
from app.ledger.loans.reading import find_loan, loan_details
from app.ledger.loans.schedule import Method, RatePer
from app.ledger.members.commands import AppointOfficer, GoverningBody
from app.ledger.savings.commands import DepositSavings
from tests.ledger.import_books import imported, places, refused, workbook
from tests.ledger.lending import balances, lend, loan_of, member, parts, pay, refusal, run_over, sound


def on(month: int, day: int = 10) -> date:
    """A day of the year, by itself a due date."""
    return date(2026, month, day)


def add(book: Book, **changes: Any) -> Outcome:
    """Pinjaman usaha: declining 18 % a year, rounded up to 500, 1 % commission and 35,000."""
    fields: dict[str, Any] = {
        "code": "USAHA",
        "name": "Pinjaman Usaha",
        "rate": Decimal(18),
        "per": RatePer.YEAR,
        "method": Method.DECLINING,
        "round_to": 500,
        "mode": RoundMode.UP,
        "provision": Decimal(1),
        "administration": 35_000,
    }
    return book.execute(AddLoanProduct(**{**fields, **changes}))


def plain(**changes: Any) -> DisburseLoan:
    """6,000,000 over 7 months by the product."""
    fields: dict[str, Any] = {
        "member": "7",
        "number": "PJ-7",
        "on": on(1),
        "principal": 6_000_000,
        "term": 7,
        "product": "usaha",
    }
    return DisburseLoan(**{**fields, **changes})


def penalty_on(book: Book, day: date) -> int:
    with book.snapshot() as snapshot:
        return find_loan(snapshot, "PJ-7", day).standing.penalty_due


def test_a_loan_takes_from_its_product_what_is_not_given(cooperative: Book) -> None:
    member(cooperative)
    add(cooperative)
    value = cooperative.execute(plain()).value
    # 6,000,000 / 7 = 857,142.86 and 90,000 of interest: 947,142.86, up to 947,500.
    assert (value["fees"], value["net"], value["instalment"]) == (95_000, 5_905_000, 947_500)
    loan = loan_of(cooperative)
    assert (loan.product, loan.product_name) == ("USAHA", "Pinjaman Usaha")
    assert (loan.terms.rate, loan.terms.per, loan.terms.method) == (
        Decimal(18),
        RatePer.YEAR,
        Method.DECLINING,
    )
    sound(cooperative)


def test_what_is_given_wins(cooperative: Book) -> None:
    member(cooperative)
    add(cooperative)
    value = cooperative.execute(
        plain(
            rate=Decimal(1),
            method=Method.FLAT,
            round_to=1,
            mode=RoundMode.NEAREST,
            provision=0,
            administration=0,
        )
    ).value
    # A rate given by itself is by the month: 857,143 and 60,000.
    assert (value["fees"], value["instalment"]) == (0, 917_143)


def test_a_product_changed_later_leaves_loans_as_they_were(cooperative: Book) -> None:
    member(cooperative)
    add(cooperative)
    cooperative.execute(plain())
    cooperative.execute(SetLoanProduct(code="USAHA", rate=Decimal(20), penalty=1_000, active=False))
    assert loan_of(cooperative).terms.rate == 18
    assert not loan_of(cooperative).penalty_terms.any
    assert refusal(cooperative, lambda: plain(number="PJ-8")).field == "product"
    cooperative.undo()
    assert cooperative.execute(plain(number="PJ-8")).number == "PJ-8"
    with cooperative.snapshot() as snapshot:
        (product,) = loan_products(snapshot)
    assert (product.rate, product.penalty, product.active) == (Decimal(18), 0, True)


def test_adding_a_product_can_be_undone_while_unused(cooperative: Book) -> None:
    member(cooperative)
    add(cooperative)
    cooperative.undo()
    with cooperative.snapshot() as snapshot:
        assert loan_products(snapshot) == []
    unknown = refusal(cooperative, plain)
    assert unknown.field == "product"


def test_faulty_products_are_refused(cooperative: Book) -> None:
    add(cooperative)
    for changes in ({}, {"code": "LAIN", "name": "pinjaman usaha"}):
        with pytest.raises(Refused):
            add(cooperative, **changes)
    for wrong in ({"rate": Decimal(-1)}, {"provision": Decimal(101)}, {"round_to": 0}, {"code": " "}):
        with pytest.raises(UserError):
            add(cooperative, **{"code": "X", "name": "Y", **wrong})
    with pytest.raises(UserError, match="rate"):
        DisburseLoan(member="7", on=on(1), principal=1_000, term=1)


def test_a_rate_above_the_ceiling_warns_and_does_not_block(cooperative: Book) -> None:
    outcome = add(cooperative, rate=Decimal("2.5"), per=RatePer.MONTH)
    ((_, said),) = outcome.value["warnings"]
    assert (said["rate"], said["ceiling"]) == (30, 24)
    assert add(cooperative, code="B", name="B", rate=Decimal(24)).value["warnings"] == []


# The order in which a payment is laid out


@pytest.mark.parametrize(
    ("allocation", "expected"),
    [
        # Due: 1,200,000 and 144,000 on 10 February; 5 days late at 2,000 a day make 10,000.
        (Allocation.INTEREST, (156_000, 144_000, 0, 0)),
        (Allocation.PRINCIPAL, (300_000, 0, 0, 0)),
        (Allocation.PENALTY, (146_000, 144_000, 10_000, 0)),
    ],
)
def test_the_order_of_a_product(
    cooperative: Book, allocation: Allocation, expected: tuple[int, int, int, int]
) -> None:
    member(cooperative)
    add(cooperative, penalty=2_000, allocation=allocation, provision=Decimal(0), administration=0, round_to=1)
    lend(cooperative, product="USAHA", method=Method.FLAT)
    assert parts(pay(cooperative, 300_000, on(2, 15))) == expected
    sound(cooperative)


# Penalty: a memo that is never posted before it is paid


def late_loan(book: Book, **changes: Any) -> None:
    """8 x 1,344,000 on each 10th, with a penalty."""
    member(book)
    add(book, provision=Decimal(0), administration=0, round_to=1, **changes)
    lend(book, product="USAHA", method=Method.FLAT)


def test_a_penalty_by_the_day(cooperative: Book) -> None:
    late_loan(cooperative, penalty_percent=Decimal("0.1"))
    # 0.1 % a day of 1,344,000 is 1,344; from 11 February on.
    assert [penalty_on(cooperative, on(2, day)) for day in (10, 11, 20)] == [0, 1_344, 13_440]
    before = balances(cooperative)
    assert "4-1004" not in before
    pay(cooperative, 344_000, on(2, 20))
    # Half an instalment costs by what is left of it: ten days of 1,344 and two of 1,000.
    assert penalty_on(cooperative, on(2, 22)) == 15_440
    outcome = pay(cooperative, 1_015_440, on(2, 22))
    assert parts(outcome) == (1_000_000, 0, 15_440, 0)
    assert penalty_on(cooperative, on(3, 10)) == 0
    assert balances(cooperative)["4-1004"] == -15_440
    cooperative.undo()
    assert penalty_on(cooperative, on(2, 22)) == 15_440
    sound(cooperative)


def test_a_penalty_by_the_month_begun(cooperative: Book) -> None:
    late_loan(cooperative, penalty=25_000, penalty_per=PenaltyPer.MONTH)
    # One month begun on 11 February, the next on 11 March, with the second instalment's first.
    found = [penalty_on(cooperative, day) for day in (on(2, 11), on(3, 10), on(3, 11), on(4, 11))]
    assert found == [25_000, 25_000, 75_000, 150_000]


def test_who_has_paid_ahead_is_not_charged(cooperative: Book) -> None:
    late_loan(cooperative, penalty=1_000)
    pay(cooperative, 1_344_000, on(1, 25), apply_held=False)
    assert penalty_on(cooperative, on(3, 10)) == 0
    assert penalty_on(cooperative, on(3, 13)) == 3_000


def test_a_penalty_shows_in_arrears_and_can_be_let_go(cooperative: Book) -> None:
    late_loan(cooperative, penalty=1_000)
    with cooperative.snapshot() as snapshot:
        (row,) = queries.arrears_list(snapshot, on(2, 17))
    assert row.penalty == 7_000
    too_much = refusal(
        cooperative, lambda: WaivePenalty(loan="PJ-7", on=on(2, 17), amount=7_001, reason="musibah")
    )
    assert too_much.field == "amount"
    with pytest.raises(UserError, match="why"):
        WaivePenalty(loan="PJ-7", on=on(2, 17), reason=" ")
    cooperative.execute(WaivePenalty(loan="PJ-7", on=on(2, 17), amount=4_500, reason="musibah"))
    assert penalty_on(cooperative, on(2, 17)) == 2_500
    assert penalty_on(cooperative, on(2, 16)) == 6_000
    cooperative.execute(WaivePenalty(loan="PJ-7", on=on(2, 18), reason="musibah"))
    assert penalty_on(cooperative, on(2, 18)) == 0
    cooperative.undo()
    cooperative.undo()
    assert penalty_on(cooperative, on(2, 18)) == 8_000
    sound(cooperative)


def test_a_loan_taken_over_is_charged_from_the_day_after(cooperative: Book) -> None:
    member(cooperative)
    add(cooperative, penalty=1_000)
    run_over(cooperative, product="USAHA", method=Method.FLAT, penalty=12_000)
    assert penalty_on(cooperative, date(2026, 6, 30)) == 12_000
    # Instalments of May and June are late already; three days cost each of them 1,000 a day.
    rows = loan_of(cooperative).standing.open()
    late = sum(row.due < date(2026, 7, 1) for row in rows)
    assert penalty_on(cooperative, date(2026, 7, 3)) == 12_000 + 3 * 1_000 * late


# Limits and details


def test_loans_above_the_limit_of_own_capital_warn(cooperative: Book) -> None:
    # Permenkop UKM 8/2023 ps. 44 and 45: own capital of 1,000,000,000 lets officers have 100,000,000 and any other
    # member 150,000,000 (vector 24).
    member(cooperative)
    member(cooperative, "0009", "Wagiyem")
    cooperative.execute(
        AppointOfficer(body=GoverningBody.BOARD, office="Ketua", member="9", on=date(2025, 1, 2))
    )
    cooperative.execute(DepositSavings(member="7", product="Wajib", amount=1_000_000_000, on=on(1, 2)))
    assert lend(cooperative, principal=150_000_000).value["warnings"] == []
    ((_, other),) = lend(cooperative, principal=1_000, number="PJ-8").value["warnings"]
    assert (other["owed"], other["limit"], other["percent"]) == (150_001_000, 150_000_000, 15)
    ((_, related),) = lend(cooperative, principal=100_000_001, member="9", number="PJ-9").value["warnings"]
    assert (related["limit"], related["capital"]) == (100_000_000, 1_000_000_000)


def test_collateral_and_guarantors(cooperative: Book) -> None:
    member(cooperative)
    bike = Collateral(kind="BPKB motor", owner="Sutrisno", value=11_500_000, document="K-0912")
    lend(cooperative, collateral=(bike,), guarantors=("Bu Sutrisno",), purpose="Modal warung")

    def told() -> tuple[object, ...]:
        loan = loan_of(cooperative)
        with cooperative.snapshot() as snapshot:
            return (loan.purpose, *loan_details(snapshot, loan.id))

    first = told()
    assert first == ("Modal warung", (bike,), ("Bu Sutrisno",))
    land = Collateral(kind="SHM", value=90_000_000)
    cooperative.execute(SetLoanDetails(loan="PJ-7", purpose="Sawah", collateral=(land, bike), guarantors=()))
    assert told() == ("Sawah", (land, bike), ())
    cooperative.undo()
    assert told() == first
    with pytest.raises(UserError):
        cooperative.execute(SetLoanDetails(loan="PJ-7"))


# The sheets


def test_the_sheets_bring_products_and_details(cooperative: Book, tmp_path: Any) -> None:
    member(cooperative)
    path = workbook(
        tmp_path / "isian.xlsx",
        **{
            "Produk Pinjaman": [
                [
                    "Kode",
                    "Nama",
                    "Metode",
                    "Jasa %",
                    "Per",
                    "Pembulatan",
                    "Arah",
                    "Provisi %",
                    "Administrasi",
                    "Denda",
                    "Urutan Bayar",
                    "Kode Akun",
                ],
                [
                    "USAHA",
                    "Pinjaman Usaha",
                    "Menurun",
                    "18",
                    "Tahun",
                    "500",
                    "Ke atas",
                    "1",
                    "35.000",
                    "2.000 per hari",
                    "Denda dulu",
                    "1-1201",
                ],
            ],
            "Pinjaman": [
                [
                    "No Pinjaman",
                    "No Anggota",
                    "Tanggal Cair",
                    "Pokok",
                    "Jangka Waktu",
                    "Kode Produk",
                    "Tujuan",
                    "Agunan",
                    "Nilai Agunan",
                    "Penjamin",
                    "Sisa Pokok",
                    "Saldo Per Tanggal",
                    "Kolektibilitas",
                ],
                [
                    "PJ-7",
                    "0007",
                    "10/01/2026",
                    "6.000.000",
                    "7",
                    "USAHA",
                    "Modal warung",
                    "BPKB motor",
                    "11.500.000",
                    "Bu Sutrisno; Pak Karto",
                    "6.000.000",
                    "30/06/2026",
                    "Macet",
                ],
            ],
        },
    )
    assert imported(cooperative, path).documents == 2
    with cooperative.snapshot() as snapshot:
        (product,) = loan_products(snapshot)
        loan = find_loan(snapshot, "PJ-7", date(2026, 6, 30))
        details = loan_details(snapshot, loan.id)
        (row,) = queries.loan_list(snapshot, date(2026, 6, 30))
    assert (product.rate, product.per, product.method) == (Decimal(18), RatePer.YEAR, Method.DECLINING)
    assert (product.round_to, product.mode, product.provision) == (500, RoundMode.UP, Decimal(1))
    assert (product.penalty, product.penalty_per) == (2_000, PenaltyPer.DAY)
    assert product.allocation is Allocation.PENALTY
    assert (loan.product, loan.terms.rate, loan.terms.round_to) == ("USAHA", Decimal(18), 500)
    assert details.guarantors == ("Bu Sutrisno", "Pak Karto")
    assert details.collateral == (Collateral(kind="BPKB motor", value=11_500_000),)
    assert row.class_ == "loss"
    # The same file again adds nothing.
    assert imported(cooperative, path).documents == 0
    sound(cooperative)


def test_the_sheet_names_a_product_it_does_not_know(cooperative: Book, tmp_path: Any) -> None:
    member(cooperative)
    path = workbook(
        tmp_path / "isian.xlsx",
        Pinjaman=[
            ["No Anggota", "Tanggal Cair", "Pokok", "Jangka Waktu", "Kode Produk"],
            ["0007", "10/01/2026", "6.000.000", "7", "TIDAK-ADA"],
        ],
    )
    assert places(refused(cooperative, path)) == ["Pinjaman!E2"]
