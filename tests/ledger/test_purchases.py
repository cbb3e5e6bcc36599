"""Purchases: goods into stock at what they cost, freight shared, the rest owed."""

from decimal import Decimal

import pytest

from app.base.errors import Refused, UserError
from app.ledger.book import Book
from app.ledger.debts.commands import PayBill
from app.ledger.entries.commands import ReverseEntry
from app.ledger.parties.commands import AddSupplier
from app.ledger.products.commands import AddProduct
from app.ledger.purchases.commands import PurchaseLine, PurchaseMethod, RecordPurchase
from tests.ledger.business_days import balances, buy, day, rice, sell, stock


def test_goods_come_in_with_their_share_of_the_freight(business: Book) -> None:
    business.execute(AddProduct(name="Gula", code="GL"))
    business.execute(AddProduct(name="Kopi", code="KP"))
    done = business.execute(
        RecordPurchase(
            on=day(4),
            lines=(
                PurchaseLine(product="GL", quantity=Decimal(10), price=16_000, discount=4_000),
                PurchaseLine(product="KP", quantity=Decimal("2.5"), price=28_000),
            ),
            freight=10_000,
        )
    )
    # 156.000 and 70.000 share 10.000: 6.902,65 and 3.097,35.
    assert stock(business, "GL") == (10_000, 162_903)
    assert stock(business, "KP") == (2_500, 73_097)
    assert balances(business) == {"1-1101": -236_000, "1-1301": 236_000}
    assert done.number == "BL-2610-0001"


def test_goods_for_nothing_share_the_freight_by_quantity(business: Book) -> None:
    business.execute(AddProduct(name="Gula", code="GL"))
    business.execute(AddProduct(name="Kopi", code="KP"))
    lines = (
        PurchaseLine(product="GL", quantity=Decimal(3), price=0),
        PurchaseLine(product="KP", quantity=Decimal(1), price=0),
    )
    business.execute(RecordPurchase(on=day(4), lines=lines, freight=20_000))
    assert stock(business, "GL") == (3_000, 15_000)
    with pytest.raises(Refused, match="nothing to record"):
        business.execute(RecordPurchase(on=day(4), lines=lines))


def test_what_is_not_paid_is_owed_to_the_supplier(business: Book) -> None:
    business.execute(AddProduct(name="Gula", code="GL"))
    business.execute(AddSupplier(name="Toko Makmur"))
    buy(business, "GL", "10", 16_000, method=PurchaseMethod.CREDIT, supplier="Toko Makmur", due=day(30))
    buy(business, "GL", "5", 17_000, paid=25_000, supplier="PM-0001")
    assert balances(business) == {"1-1101": -25_000, "1-1301": 245_000, "2-1101": -220_000}
    with pytest.raises(Refused, match="needs a supplier") as caught:
        buy(business, "GL", "10", 16_000, method=PurchaseMethod.CREDIT)
    assert caught.value.field == "supplier"
    with pytest.raises(Refused, match="too much"):
        buy(business, "GL", "10", 16_000, paid=160_001)
    with pytest.raises(UserError, match="There is no supplier"):
        buy(business, "GL", "10", 16_000, supplier="Toko Lain")


def test_transfers_leave_the_bank(business: Book) -> None:
    business.execute(AddProduct(name="Gula", code="GL"))
    buy(business, "GL", "10", 16_000, method=PurchaseMethod.TRANSFER)
    assert balances(business)["1-1111"] == -160_000


def test_a_big_unit_is_counted_in_small_ones(business: Book) -> None:
    rice(business)
    line = PurchaseLine(product="BR", quantity=Decimal(2), price=330_000, unit="karung")
    business.execute(RecordPurchase(on=day(4), lines=(line,)))
    assert stock(business, "BR") == (70_000, 920_000)
    with business.snapshot() as snapshot:
        row = snapshot.sql("SELECT quantity, unit, unit_size, price FROM purchase_line")[0]
    assert tuple(row) == (50_000, "karung", 25_000, 330_000)


def test_a_fraction_of_a_big_unit_must_come_out_even(business: Book) -> None:
    business.execute(
        AddProduct(name="Telur", code="TL", unit="kg", big_unit="peti", big_size=Decimal("0.333"))
    )
    line = PurchaseLine(product="TL", quantity=Decimal("0.5"), price=9_000, unit="peti")
    with pytest.raises(UserError, match="three decimals") as caught:
        business.execute(RecordPurchase(on=day(4), lines=(line,)))
    assert caught.value.field == "quantity"


def test_a_service_is_not_bought_into_stock(business: Book) -> None:
    business.execute(AddProduct(name="Jahit", code="JH", service=True))
    with pytest.raises(Refused, match="is a service") as caught:
        buy(business, "JH", "1", 25_000)
    assert (caught.value.field, caught.value.line) == ("product", 0)


def test_a_purchase_is_taken_back_at_what_it_came_in_at(business: Book) -> None:
    rice(business)
    before = balances(business)
    done = buy(business, "BR", "10", 14_500, freight=3_000)
    business.execute(ReverseEntry(number=done.number))
    assert balances(business) == before
    assert stock(business, "BR") == (20_000, 260_000)
    business.undo()  # the reversal of the reversal
    assert stock(business, "BR") == (30_000, 408_000)


def test_a_purchase_whose_goods_were_sold_is_not_taken_back(business: Book) -> None:
    business.execute(AddProduct(name="Gula", code="GL", sell_price=18_000))
    done = buy(business, "GL", "5", 16_000)
    sell(business, "GL", "4")
    with pytest.raises(Refused, match="only 1 are left"):
        business.execute(ReverseEntry(number=done.number))


def test_a_purchase_mixed_with_others_and_sold_out_of_is_not_taken_back(business: Book) -> None:
    rice(business, "10", 100_000)
    dear = buy(business, "BR", "10", 30_000)
    sell(business, "BR", "10")  # 200.000 left of 10 kg; without the dear ones it would be -100.000
    with pytest.raises(Refused, match="another average cost"):
        business.execute(ReverseEntry(number=dear.number))
    assert stock(business, "BR") == (10_000, 200_000)


def test_a_purchase_paid_on_is_not_taken_back_before_the_payment(business: Book) -> None:
    business.execute(AddProduct(name="Gula", code="GL"))
    business.execute(AddSupplier(name="Toko Makmur"))
    done = buy(business, "GL", "10", 16_000, method=PurchaseMethod.CREDIT, supplier="Toko Makmur")
    business.execute(PayBill(on=day(9), supplier="Toko Makmur", amount=60_000))
    with pytest.raises(Refused, match="paid already"):
        business.execute(ReverseEntry(number=done.number))
    business.undo()
    business.execute(ReverseEntry(number=done.number))
    assert balances(business) == {}


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (PurchaseLine(product="", quantity=Decimal(1), price=5), "product"),
        (PurchaseLine(product="GL", quantity=Decimal(-1), price=5), "quantity"),
        (PurchaseLine(product="GL", quantity=Decimal(1), price=-5), "price"),
        (PurchaseLine(product="GL", quantity=Decimal(1), price=5, discount=-2), "discount"),
    ],
)
def test_the_shape_of_lines_is_checked(line: PurchaseLine, field: str) -> None:
    good = PurchaseLine(product="GL", quantity=Decimal(1), price=5)
    with pytest.raises(UserError) as caught:
        RecordPurchase(on=day(4), lines=(good, line))
    assert (caught.value.field, caught.value.line) == (field, 1)


def test_a_discount_beyond_the_line_and_negative_heads_are_refused(business: Book) -> None:
    business.execute(AddProduct(name="Gula", code="GL"))
    line = PurchaseLine(product="GL", quantity=Decimal(2), price=500, discount=1_001)
    with pytest.raises(Refused, match="more than the line"):
        business.execute(RecordPurchase(on=day(4), lines=(line,)))
    good = PurchaseLine(product="GL", quantity=Decimal(1), price=5)
    with pytest.raises(UserError, match="freight is not below 0"):
        RecordPurchase(on=day(4), lines=(good,), freight=-1)
    with pytest.raises(UserError, match="paid is not below 0"):
        RecordPurchase(on=day(4), lines=(good,), paid=-1)
    with pytest.raises(UserError, match="at least one line"):
        RecordPurchase(on=day(4), lines=())
