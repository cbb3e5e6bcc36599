"""One sale paid in several ways."""

from datetime import date
from decimal import Decimal

import pytest

from app.base.errors import LumbungError, Refused, UserError
from app.ledger.accounts.chart import read_chart
from app.ledger.book import Book
from app.ledger.entries.queries import balances
from app.ledger.parties.commands import AddCustomer
from app.ledger.products.commands import AddProduct
from app.ledger.sales.commands import RecordSale, SaleLine, SaleMethod, SalePayment

DAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def rice(business: Book) -> None:
    business.execute(AddProduct(name="Beras 5 kg"))


def sale(**given: object) -> RecordSale:
    lines = (SaleLine(product="Beras 5 kg", quantity=Decimal(3), price=76_000),)
    return RecordSale(on=DAY, lines=lines, **given)  # type: ignore[arg-type]


def amounts(book: Book) -> dict[str, int]:
    with book.snapshot() as snapshot:
        chart = read_chart(snapshot)
        found = balances(snapshot)
        return {
            role: found.get(chart.role(role).id, 0)
            for role in ("cash", "qris", "bank", "receivable", "sales")
        }


def test_the_first_way_takes_what_the_others_leave(business: Book) -> None:
    outcome = business.execute(sale(also=(SalePayment(method=SaleMethod.QRIS, amount=128_000),)))
    assert outcome.value["paid"] == 228_000
    assert amounts(business) == {
        "cash": 100_000,
        "qris": 128_000,
        "bank": 0,
        "receivable": 0,
        "sales": -228_000,
    }
    business.undo()
    assert set(amounts(business).values()) == {0}


def test_three_ways_and_a_bon_for_the_rest(business: Book) -> None:
    business.execute(AddCustomer(name="Bu Ani"))
    also = (
        SalePayment(method=SaleMethod.QRIS, amount=20_000),
        SalePayment(method=SaleMethod.TRANSFER, amount=30_000),
    )
    outcome = business.execute(sale(paid=50_000, also=also, customer="Bu Ani"))
    assert (outcome.value["paid"], outcome.value["owed"]) == (100_000, 128_000)
    assert amounts(business) == {
        "cash": 50_000,
        "qris": 20_000,
        "bank": 30_000,
        "receivable": 128_000,
        "sales": -228_000,
    }


def test_a_bon_of_which_something_is_paid_by_qris(business: Book) -> None:
    business.execute(AddCustomer(name="Bu Ani"))
    also = (SalePayment(method=SaleMethod.QRIS, amount=28_000),)
    business.execute(sale(method=SaleMethod.CREDIT, also=also, customer="Bu Ani"))
    assert amounts(business) == {
        "cash": 0,
        "qris": 28_000,
        "bank": 0,
        "receivable": 200_000,
        "sales": -228_000,
    }


@pytest.mark.parametrize(
    ("given", "error", "field"),
    [
        ({"paid": 200_000, "also": (SalePayment(method=SaleMethod.QRIS, amount=28_001),)}, Refused, "paid"),
        ({"also": (SalePayment(method=SaleMethod.QRIS, amount=228_001),)}, Refused, "paid"),
        (
            {"paid": 100_000, "also": (SalePayment(method=SaleMethod.QRIS, amount=50_000),)},
            Refused,
            "customer",
        ),
    ],
)
def test_what_can_not_be(
    business: Book, given: dict[str, object], error: type[LumbungError], field: str
) -> None:
    with pytest.raises(error) as refused:
        business.execute(sale(**given))
    assert refused.value.field == field
    assert set(amounts(business).values()) == {0}


def test_nonsense_is_told_before_the_book_is_asked() -> None:
    with pytest.raises(UserError):
        sale(also=(SalePayment(method=SaleMethod.QRIS, amount=0),))
    with pytest.raises(UserError):
        sale(also=(SalePayment(method=SaleMethod.CREDIT, amount=1_000),))
