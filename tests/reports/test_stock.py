"""What is in stock, and the stock card."""

from decimal import Decimal

import pytest

from app.base.dates import Period
from app.base.errors import UserError
from app.base.i18n import Translator
from app.ledger.book import Book
from app.ledger.products.commands import AddProduct, AdjustStock, ChangeProduct
from app.ledger.products.queries import stock_list
from app.reports.catalog import reports
from app.reports.frame import Parameters, Request
from app.reports.origin import origin_of
from tests.ledger.business_days import buy, day, rice, sell
from tests.ledger.conftest import NOW
from tests.reports.conftest import BuildReport
from tests.reports.test_trade import cells


@pytest.fixture
def shop(business: Book) -> Book:
    """Rice in October, sugar wanted but not bought yet, fritters without stock."""
    rice(business)
    buy(business, "BR", "10", 14_500, on=day(6))
    sell(business, "BR", "4", on=day(8))
    business.execute(AdjustStock(on=day(15), product="BR", damaged=Decimal("0.5")))
    sell(business, "BR", "6", on=day(3, 11))
    business.execute(AddProduct(name="Gula", code="GL", unit="kg", stocked=True))
    business.execute(AddProduct(name="Gorengan", code="GR", sell_price=1_500))
    return business


def test_stock_as_of_a_past_day(shop: Book, build: BuildReport) -> None:
    document = build(shop, "stock", on=day(7))
    assert cells(document)[0] == {
        "code": "BR",
        "name": "Beras",
        "unit": "kg",
        "quantity": 30,
        "unit_cost": 13_500,
        "value": 405_000,
    }
    assert document.totals == {"value": 405_000}
    assert build(shop, "stock", month="2026-09").totals == {"value": 260_000}


def test_stock_now_equals_the_balance_sheet(shop: Book, build: BuildReport) -> None:
    document = build(shop, "stock", month="2026-11")
    assert [row["code"] for row in cells(document)] == ["BR", "GL"]
    assert cells(document)[0]["quantity"] == Decimal("19.5")
    assert cells(document)[1]["unit_cost"] is None
    sheet = build(shop, "trial-balance", month="2026-11")
    assert {row["code"]: row["debit"] for row in cells(sheet)}["1-1301"] == document.totals["value"]
    assert document.rows[0].opens == {"report": "stock-card", "product": "BR"}


def test_the_stock_list_of_now_is_that_of_today(shop: Book) -> None:
    with shop.snapshot() as snapshot:
        assert stock_list(snapshot) == stock_list(snapshot, snapshot.today)


def test_the_stock_card_runs_from_opening_to_closing(shop: Book, build: BuildReport) -> None:
    document = build(shop, "stock-card", month="2026-10", product="beras")
    assert [(row["in"], row["out"], row["balance"]) for row in cells(document)] == [
        (10, 0, 30),
        (0, 4, 26),
        (0, Decimal("0.5"), Decimal("25.5")),
    ]
    assert document.totals == {"opening": 20, "closing": Decimal("25.5")}
    assert cells(document)[0]["memo"] == "Pembelian Beras"
    assert dict(document.rows[-1].cells)["out"] == Decimal("4.5")


def test_stock_taken_over_in_the_period_is_its_opening(business: Book, build: BuildReport) -> None:
    rice(business, on=day(10))
    document = build(business, "stock-card", month="2026-10", product="BR")
    assert cells(document) == []
    assert document.totals == {"opening": 20, "closing": 20}


def test_the_product_must_be_one(shop: Book, build: BuildReport) -> None:
    with pytest.raises(UserError, match="no product Kopi"):
        build(shop, "stock-card", month="2026-10", product="Kopi")
    with pytest.raises(UserError, match="needs --product"):
        build(shop, "stock-card", month="2026-10")
    shop.execute(AddProduct(name="Beras", code="B2", barcode="8990001"))
    with pytest.raises(UserError, match="B2, BR"):
        build(shop, "stock-card", month="2026-10", product="Beras")
    assert build(shop, "stock-card", month="2026-10", product="8990001").totals["closing"] == 0


def test_what_runs_out_by_the_pace_of_a_month(shop: Book, build: BuildReport) -> None:
    """Of 19,5 kg rice 6 were sold in the 30 days before 3 November; sugar is below its minimum."""
    shop.execute(ChangeProduct(product="GL", minimum=Decimal(5)))
    assert [row["code"] for row in cells(build(shop, "stock-low", on=day(3, 11)))] == ["GL"]
    sell(shop, "BR", "18", on=day(4, 11))
    document = build(shop, "stock-low", on=day(4, 11))
    assert cells(document) == [
        {
            "code": "BR",
            "name": "Beras",
            "unit": "kg",
            "quantity": Decimal("1.5"),
            "minimum": 0,
            "sold": 28,
            "days": 1,
        },
        {
            "code": "GL",
            "name": "Gula",
            "unit": "kg",
            "quantity": 0,
            "minimum": 5,
            "sold": 0,
            "days": None,
        },
    ]
    assert document.totals == {"count": 2}


def test_what_runs_out_has_the_quantities_of_the_stock(shop: Book, build: BuildReport) -> None:
    sell(shop, "BR", "19", on=day(24, 11))
    stock = {row["code"]: row["quantity"] for row in cells(build(shop, "stock", on=day(24, 11)))}
    low = {row["code"]: row["quantity"] for row in cells(build(shop, "stock-low", on=day(24, 11)))}
    assert low == {"BR": stock["BR"]} == {"BR": Decimal("0.5")}


def test_what_runs_out_opens_its_movements(shop: Book) -> None:
    sell(shop, "BR", "19", on=day(24, 11))
    period = Period.through(day(24, 11), day(24, 11))
    with shop.snapshot() as snapshot:
        request = Request(snapshot, Parameters(period=period), Translator("id"), "Ngatiyem", NOW)
        document = reports()["stock-low"].build(request)
        for key, value in (("quantity", Decimal("0.5")), ("sold", Decimal(25))):
            origin = origin_of(request, document, 0, key)
            assert origin.figure == value
            assert origin.complete
