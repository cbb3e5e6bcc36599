"""Sales by day and by product, purchases, expenses."""

from decimal import Decimal

import pytest

from app.ledger.book import Book
from app.ledger.cash.commands import RecordMoneyIn, RecordMoneyOut
from app.ledger.entries.commands import ReverseEntry
from app.ledger.parties.commands import AddCustomer, AddSupplier
from app.ledger.products.commands import AddProduct
from app.ledger.sales.commands import SaleMethod
from app.reports.document import Document
from tests.ledger.business_days import buy, day, rice, sell
from tests.reports.conftest import BuildReport


def cells(document: Document) -> list[dict[str, object]]:
    """The cells of the items."""
    return [dict(row.cells) for row in document.rows if row.kind == "item"]


@pytest.fixture
def shop(business: Book) -> Book:
    """Rice at 13.000 a kilo, sugar at 16.000; photocopies, which cost nothing."""
    rice(business)
    business.execute(AddProduct(name="Gula", code="GL", unit="kg", sell_price=18_000))
    business.execute(AddProduct(name="Fotokopi", code="FK", sell_price=300, service=True))
    buy(business, "GL", "10", 16_000, on=day(1))
    sell(business, "BR", "2.5", on=day(3))
    sell(business, "GL", "4", on=day(3), discount=2_000)
    sell(business, "FK", "15", on=day(9))
    return business


def test_sales_by_day_are_net_of_discounts(shop: Book, build: BuildReport) -> None:
    document = build(shop, "sales", month="2026-10")
    assert cells(document) == [
        {
            "date": day(3),
            "name": "2 nota",
            "quantity": Decimal("6.5"),
            "sales": 107_500,
            "cost": 96_500,
            "margin": 11_000,
        },
        {"date": day(9), "name": "1 nota", "quantity": 15, "sales": 4_500, "cost": 0, "margin": 4_500},
    ]
    assert document.totals == {"sales": 112_000, "cost": 96_500, "margin": 15_500}
    assert document.notes == ()
    assert document.rows[0].opens == {
        "report": "sales-by-product",
        "from": "2026-10-03",
        "to": "2026-10-03",
    }


def test_sales_agree_with_the_income_statement(shop: Book, build: BuildReport) -> None:
    statement = build(shop, "income-statement", month="2026-10").totals
    totals = build(shop, "sales", month="2026-10").totals
    assert statement["revenue"] == totals["sales"]
    assert statement["cost_of_sales"] == totals["cost"]


def test_sales_by_product(shop: Book, build: BuildReport) -> None:
    document = build(shop, "sales-by-product", month="2026-10")
    rows = {row["code"]: row for row in cells(document)}
    assert list(rows) == ["BR", "FK", "GL"]
    assert rows["GL"] == {
        "code": "GL",
        "name": "Gula",
        "quantity": 4,
        "sales": 70_000,
        "cost": 64_000,
        "margin": 6_000,
    }
    assert document.totals == {"sales": 112_000, "cost": 96_500, "margin": 15_500}
    assert document.rows[0].opens == {"report": "stock-card", "product": "BR"}
    assert document.rows[1].opens is None


def test_without_a_cost_there_is_no_margin(shop: Book, build: BuildReport) -> None:
    shop.execute(AddProduct(name="Gorengan", code="GR", sell_price=1_500))
    sell(shop, "GR", "8", on=day(9))
    document = build(shop, "sales", month="2026-10")
    by_day = {row["date"]: row for row in cells(document)}
    assert (by_day[day(3)]["cost"], by_day[day(3)]["margin"]) == (96_500, 11_000)
    assert (by_day[day(9)]["sales"], by_day[day(9)]["cost"], by_day[day(9)]["margin"]) == (
        16_500,
        None,
        None,
    )
    assert document.totals == {"sales": 124_000, "cost": None, "margin": None}
    english = build(shop, "sales-by-product", month="2026-10", language="en")
    assert english.notes[0].startswith("Gross profit can't be computed yet")
    assert {row["code"]: row["margin"] for row in cells(english)}["GR"] is None


def test_a_sale_taken_back_counts_no_more(shop: Book, build: BuildReport) -> None:
    done = sell(shop, "BR", "7", on=day(9))
    shop.execute(ReverseEntry(number=done.number))
    document = build(shop, "sales", month="2026-10")
    assert document.totals["sales"] == 112_000
    assert cells(document)[1]["name"] == "1 nota"


def test_purchases_one_by_one(shop: Book, build: BuildReport) -> None:
    shop.execute(AddSupplier(name="Toko Makmur"))
    buy(shop, "GL", "3", 17_000, on=day(8), supplier="Toko Makmur", freight=4_500, number="F-9")
    buy(shop, "GL", "3", 17_000, on=day(2, 11))
    document = build(shop, "purchases", month="2026-10")
    assert cells(document) == [
        {"date": day(1), "number": "BL-2610-0001", "party": None, "amount": 160_000},
        {"date": day(8), "number": "F-9", "party": "Toko Makmur", "amount": 55_500},
    ]
    assert document.totals == {"amount": 215_500}


def test_expenses_by_kind_leave_out_what_goods_cost(shop: Book, build: BuildReport) -> None:
    for category, amount in (("Gaji", 900_000), ("Bayar bunga", 45_000), ("Pajak", 31_000), ("Gaji", 50_000)):
        shop.execute(RecordMoneyOut(on=day(20), amount=amount, category=category))
    shop.execute(RecordMoneyIn(on=day(21), amount=20_000, category="6-1001", memo="Kembalian"))
    shop.execute(RecordMoneyOut(on=day(3, 11), amount=77_000, category="Sewa"))
    document = build(shop, "expenses", month="2026-10")
    assert cells(document) == [
        {"category": "Gaji & Upah", "amount": 930_000},
        {"category": "Beban Bunga Pinjaman", "amount": 45_000},
        {"category": "Beban PPh Final", "amount": 31_000},
    ]
    assert document.totals == {"amount": 1_006_000}
    assert document.rows[0].opens == {"report": "ledger", "account": "6-1001"}


def test_a_cooperative_has_expenses_too(cooperative: Book, build: BuildReport) -> None:
    cooperative.execute(RecordMoneyOut(on=day(20), amount=120_000, category="ATK"))
    assert build(cooperative, "expenses", month="2026-10").totals == {"amount": 120_000}


@pytest.mark.parametrize("key", ["sales", "sales-by-product", "purchases", "expenses"])
def test_nothing_is_a_total_of_0(business: Book, build: BuildReport, key: str) -> None:
    document = build(business, key, month="2026-10")
    assert [row.kind for row in document.rows] == ["total"]
    assert set(document.totals.values()) == {0}


def test_sales_by_way_of_payment_add_up_to_the_sales(shop: Book, build: BuildReport) -> None:
    shop.execute(AddCustomer(name="Bu Ani"))
    sell(shop, "BR", "2", on=day(9), method=SaleMethod.QRIS)
    sell(shop, "BR", "3", on=day(9), method=SaleMethod.CREDIT, customer="Bu Ani", paid=20_000)
    document = build(shop, "sales-by-way", month="2026-10")
    assert cells(document) == [
        {
            "date": day(3),
            "day": "Sabtu",
            "cash": 107_500,
            "qris": 0,
            "bank": 0,
            "credit": 0,
            "total": 107_500,
        },
        {
            "date": day(9),
            "day": "Jumat",
            "cash": 24_500,
            "qris": 30_000,
            "bank": 0,
            "credit": 25_000,
            "total": 79_500,
        },
    ]
    assert document.totals["total"] == build(shop, "sales", month="2026-10").totals["sales"]
