"""Short ways to do business in the tests of the shop's slices."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from app.ledger.book import Book
from app.ledger.changes import Outcome
from app.ledger.products.commands import AddProduct, SetOpeningStock
from app.ledger.purchases.commands import PurchaseLine, PurchaseMethod, RecordPurchase
from app.ledger.sales.commands import RecordSale, SaleLine, SaleMethod


def day(number: int, month: int = 10) -> date:
    """A day of October 2026, or of another month."""
    return date(2026, month, number)


def rice(book: Book, quantity: str = "20", value: int = 260_000, on: date | None = None) -> None:
    """A product with stock: 20 kg of rice at 13.000, sold at 15.000, also by the sack of 25 kg."""
    book.execute(
        AddProduct(
            name="Beras",
            code="BR",
            unit="kg",
            buy_price=13_000,
            sell_price=15_000,
            big_unit="karung",
            big_size=Decimal(25),
        )
    )
    book.execute(
        SetOpeningStock(on=on or date(2026, 9, 30), product="BR", quantity=Decimal(quantity), value=value)
    )


def sell(
    book: Book,
    product: str,
    quantity: str,
    price: int | None = None,
    *,
    on: date | None = None,
    method: SaleMethod = SaleMethod.CASH,
    paid: int | None = None,
    customer: str = "",
    due: date | None = None,
    discount: int = 0,
    unit: str = "",
    number: str = "",
) -> Outcome:
    """One sale of one line."""
    return book.execute(
        RecordSale(
            on=on or day(5),
            lines=(
                SaleLine(
                    product=product, quantity=Decimal(quantity), price=price, discount=discount, unit=unit
                ),
            ),
            method=method,
            paid=paid,
            customer=customer,
            due=due,
            number=number,
        )
    )


def buy(
    book: Book,
    product: str,
    quantity: str,
    price: int,
    *,
    on: date | None = None,
    method: PurchaseMethod = PurchaseMethod.CASH,
    paid: int | None = None,
    supplier: str = "",
    freight: int = 0,
    number: str = "",
    due: date | None = None,
) -> Outcome:
    """One purchase of one line."""
    return book.execute(
        RecordPurchase(
            on=on or day(4),
            lines=(PurchaseLine(product=product, quantity=Decimal(quantity), price=price),),
            method=method,
            paid=paid,
            supplier=supplier,
            freight=freight,
            number=number,
            due=due,
        )
    )


def balances(book: Book) -> Mapping[str, int]:
    """The accounts with a balance by code, debit positive."""
    with book.snapshot() as snapshot:
        rows = snapshot.sql(
            "SELECT a.code, sum(b.amount) FROM day_balance AS b JOIN account AS a ON a.id = b.account_id"
            " GROUP BY a.code HAVING sum(b.amount) <> 0"
        )
    return dict(rows)


def moved(before: Mapping[str, int], after: Mapping[str, int]) -> dict[str, int]:
    """What changed between two readings of `balances`."""
    return {
        code: after.get(code, 0) - before.get(code, 0)
        for code in sorted({*before, *after})
        if after.get(code, 0) != before.get(code, 0)
    }


def stock(book: Book, code: str) -> tuple[int, int]:
    """What is in stock of a product: thousandths of its unit, and rupiah."""
    with book.snapshot() as snapshot:
        row = snapshot.sql("SELECT quantity, value FROM product WHERE code = ?", (code,))[0]
    return row[0], row[1]
