"""The age of what is owed, and the cards of customers and suppliers."""

from datetime import date

import pytest

from app.base.errors import UserError
from app.ledger.book import Book
from app.ledger.debts.commands import PayBill, ReceiveBillPayment, SetOpeningBill
from app.ledger.entries.commands import ReverseEntry
from app.ledger.parties.commands import AddCustomer, AddSupplier
from app.ledger.products.commands import AddProduct
from app.ledger.purchases.commands import PurchaseMethod
from app.ledger.sales.commands import SaleMethod
from tests.ledger.business_days import buy, day, sell
from tests.reports.conftest import BuildReport
from tests.reports.test_trade import cells

BUCKETS = ("not_due", "days_1_30", "days_31_60", "days_61_90", "days_over_90", "total")


def bon(book: Book, customer: str, amount: int, on: date, due: date | None = None) -> str:
    """A sale wholly on the bon; returns its number."""
    done = sell(book, "GR", "1", amount, on=on, method=SaleMethod.CREDIT, customer=customer, due=due)
    return done.number


@pytest.fixture
def owing(business: Book) -> Book:
    """Two customers owe for something of every age; on 31 October."""
    business.execute(AddProduct(name="Gorengan", code="GR"))
    business.execute(AddCustomer(name="Bu Darmi"))
    business.execute(AddCustomer(name="Pak Amat"))
    bon(business, "Bu Darmi", 10_000, day(1, 7), date(2026, 8, 1))  # 91 days late on 31 October
    bon(business, "Bu Darmi", 20_000, day(2, 8))  # 90
    bon(business, "Bu Darmi", 30_000, day(1, 9), date(2026, 9, 30))  # 31
    bon(business, "Bu Darmi", 40_000, day(1))  # 30
    bon(business, "Bu Darmi", 50_000, day(30))  # 1
    bon(business, "Bu Darmi", 60_000, day(31))  # not yet
    bon(business, "Pak Amat", 7_000, day(5), date(2026, 12, 5))
    return business


def test_what_is_owed_by_days_after_it_fell_due(owing: Book, build: BuildReport) -> None:
    document = build(owing, "receivables", month="2026-10")
    rows = {row["name"]: row for row in cells(document)}
    assert [rows["Bu Darmi"][key] for key in BUCKETS] == [60_000, 90_000, 30_000, 20_000, 10_000, 210_000]
    assert [rows["Pak Amat"][key] for key in BUCKETS] == [7_000, 0, 0, 0, 0, 7_000]
    assert [document.totals[key] for key in BUCKETS] == [67_000, 90_000, 30_000, 20_000, 10_000, 217_000]
    assert document.rows[0].opens == {"report": "party-card", "party": "PL-0001"}


def test_payments_count_from_their_own_day(owing: Book, build: BuildReport) -> None:
    owing.execute(ReceiveBillPayment(on=day(2, 11), customer="Bu Darmi", amount=25_000))
    assert build(owing, "receivables", on=day(1, 11)).totals["total"] == 217_000
    after = build(owing, "receivables", on=day(2, 11))
    assert after.totals["total"] == 192_000
    rows = {row["name"]: row for row in cells(after)}
    assert (rows["Bu Darmi"]["days_61_90"], rows["Bu Darmi"]["days_over_90"]) == (0, 5_000)


def test_a_bill_taken_back_is_open_until_then(owing: Book, build: BuildReport) -> None:
    number = bon(owing, "Pak Amat", 99_000, day(6))
    owing.execute(ReverseEntry(number=number, on=day(20)))
    assert build(owing, "receivables", on=day(19)).totals["total"] == 99_000 + 107_000
    assert build(owing, "receivables", on=day(20)).totals["total"] == 107_000


def test_what_is_owed_equals_the_trial_balance(owing: Book, build: BuildReport) -> None:
    owing.execute(AddSupplier(name="Toko Makmur"))
    buy(owing, "GR", "10", 900, method=PurchaseMethod.CREDIT, supplier="Toko Makmur", on=day(3), due=day(9))
    owing.execute(PayBill(on=day(10), supplier="Toko Makmur", amount=2_500))
    payables = build(owing, "payables", month="2026-10")
    assert [payables.totals[key] for key in BUCKETS] == [0, 6_500, 0, 0, 0, 6_500]
    balances = {row["code"]: row for row in cells(build(owing, "trial-balance", month="2026-10"))}
    assert balances["2-1101"]["credit"] == payables.totals["total"]
    assert balances["1-1201"]["debit"] == build(owing, "receivables", month="2026-10").totals["total"]


def test_the_card_of_a_customer_runs_from_opening_to_closing(owing: Book, build: BuildReport) -> None:
    owing.execute(ReceiveBillPayment(on=day(12), customer="Bu Darmi", amount=35_000))
    document = build(owing, "party-card", month="2026-10", party="pl-0001")
    assert [(row["in"], row["out"], row["balance"]) for row in cells(document)] == [
        (40_000, 0, 100_000),
        (0, 35_000, 65_000),
        (50_000, 0, 115_000),
        (60_000, 0, 175_000),
    ]
    assert document.totals == {"opening": 60_000, "closing": 175_000}
    assert dict(document.rows[-1].cells)["in"] == 150_000


def test_the_card_of_a_supplier_is_positive_where_we_owe(business: Book, build: BuildReport) -> None:
    business.execute(AddProduct(name="Gula", code="GL"))
    business.execute(AddSupplier(name="Toko Makmur"))
    business.execute(SetOpeningBill(on=day(1), supplier="Toko Makmur", amount=80_000))
    buy(business, "GL", "10", 16_000, method=PurchaseMethod.CREDIT, supplier="Toko Makmur", on=day(3))
    business.execute(PayBill(on=day(10), supplier="Toko Makmur", amount=100_000))
    document = build(business, "party-card", month="2026-10", party="Toko Makmur")
    # What was taken over inside the period belongs to its opening.
    assert document.totals == {"opening": 80_000, "closing": 140_000}
    assert [(row["in"], row["out"]) for row in cells(document)] == [(160_000, 0), (0, 100_000)]


def test_a_code_of_both_a_customer_and_a_supplier_is_told_apart(business: Book, build: BuildReport) -> None:
    business.execute(AddCustomer(name="Bu Darmi", code="7"))
    business.execute(AddSupplier(name="Toko Makmur", code="7"))
    business.execute(SetOpeningBill(on=day(1), customer="Bu Darmi", amount=5_000))
    business.execute(SetOpeningBill(on=day(1), supplier="Toko Makmur", amount=8_000))
    with pytest.raises(UserError, match="customer:7, supplier:7"):
        build(business, "party-card", month="2026-10", party="7")
    opens = build(business, "payables", month="2026-10").rows[0].opens
    assert opens == {"report": "party-card", "party": "supplier:7"}
    card = build(business, "party-card", month="2026-10", party=opens["party"])
    assert card.totals["closing"] == 8_000
    with pytest.raises(UserError, match="no customer or supplier"):
        build(business, "party-card", month="2026-10", party="8")


def test_what_is_due_on_both_sides_the_oldest_first(owing: Book, build: BuildReport) -> None:
    owing.execute(AddSupplier(name="Toko Makmur"))
    buy(
        owing,
        "GR",
        "1",
        80_000,
        on=day(20),
        method=PurchaseMethod.CREDIT,
        supplier="Toko Makmur",
        due=date(2026, 11, 6),
    )
    document = build(owing, "debts-due", month="2026-10")
    found = [
        (row["due"], row["side"], row["name"], row["late"], row["today"], row["week"], row["later"])
        for row in cells(document)
    ]
    assert found == [
        (date(2026, 8, 1), "receivable", "Bu Darmi", 150_000, 60_000, 0, 0),
        (date(2026, 11, 6), "payable", "Toko Makmur", 0, 0, 80_000, 0),
        (date(2026, 12, 5), "receivable", "Pak Amat", 0, 0, 0, 7_000),
    ]
    week_later = build(owing, "debts-due", on=date(2026, 10, 30))
    assert week_later.totals["payable_later"] == 80_000
    sums = {row.cells["name"]: row for row in document.rows if row.kind == "subtotal"}
    assert sums["Bon pelanggan"].cells["total"] == document.totals["receivable_total"] == 217_000
    assert [(term.first, term.last) for term in sums["Bon pelanggan"].adds] == [(0, 0), (2, 2)]


@pytest.mark.parametrize(("key", "side"), [("receivables", "receivable"), ("payables", "payable")])
def test_what_is_due_agrees_with_the_ages(owing: Book, build: BuildReport, key: str, side: str) -> None:
    ages, due = build(owing, key, month="2026-10"), build(owing, "debts-due", month="2026-10")
    assert due.totals[f"{side}_total"] == ages.totals["total"]
    late = [ages.totals[bucket] for bucket in BUCKETS[1:-1]]
    assert due.totals[f"{side}_late"] == sum(amount for amount in late if isinstance(amount, int))
