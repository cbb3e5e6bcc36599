"""The register of products and stock at moving average cost."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import Refused, UserError
from app.ledger.book import Book
from app.ledger.products.commands import (
    AddProduct,
    AdjustStock,
    ChangeProduct,
    RemoveProduct,
    SetOpeningStock,
)
from app.ledger.products.quantities import amount_of, cost_of, to_quantity, to_thousandths
from tests.ledger.business_days import balances, buy, day, moved, rice, sell, stock


@given(st.integers(1, 10**7), st.integers(0, 10**10), st.data())
def test_cost_is_half_up_of_the_average_and_all_when_all_goes(
    quantity: int, value: int, data: st.DataObject
) -> None:
    taken = data.draw(st.integers(1, quantity))
    cost = cost_of(quantity, value, taken)
    assert 0 <= cost <= value
    assert abs(cost - Fraction(value * taken, quantity)) <= Fraction(1, 2)
    assert cost_of(quantity, value, quantity) == value


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 5000), st.integers(0, 10**6)), max_size=40))
def test_however_goods_come_and_go_value_and_quantity_reach_0_together(
    moves: list[tuple[bool, int, int]],
) -> None:
    quantity = value = 0
    for comes, amount, worth in moves:
        if comes:
            quantity, value = quantity + amount, value + worth
        elif quantity:
            taken = min(amount, quantity)
            cost = cost_of(quantity, value, taken)
            quantity, value = quantity - taken, value - cost
        assert value >= 0
        assert quantity > 0 or value == 0


@given(st.integers(-(10**9), 10**9))
def test_a_quantity_survives_being_counted_in_thousandths(thousandths: int) -> None:
    assert to_thousandths(to_quantity(thousandths)) == thousandths


def test_quantities_have_at_most_three_decimals() -> None:
    assert to_thousandths(Decimal("2.125")) == 2125
    assert str(to_quantity(2500)) == "2.5"
    assert str(to_quantity(-40)) == "-0.04"
    assert str(to_quantity(120_000)) == "120"
    with pytest.raises(UserError, match="three decimals") as caught:
        to_thousandths(Decimal("2.1255"), line=3)
    assert (caught.value.field, caught.value.line) == ("quantity", 3)
    with pytest.raises(UserError, match="too large"):
        to_thousandths(Decimal(10) ** 12)


def test_an_amount_is_rounded_half_up() -> None:
    assert amount_of(2_500, 13_999) == 34_998
    assert amount_of(1, 499) == 0
    assert amount_of(1, 500) == 1


def test_opening_stock_stands_against_the_opening_account(business: Book) -> None:
    rice(business)
    assert balances(business) == {"1-1301": 260_000, "3-9999": -260_000}
    assert stock(business, "BR") == (20_000, 260_000)


def test_without_a_value_the_buying_price_counts(business: Book) -> None:
    business.execute(AddProduct(name="Gula", code="GL", buy_price=16_500))
    business.execute(SetOpeningStock(on=date(2026, 9, 30), product="gula", quantity=Decimal("2.5")))
    assert stock(business, "GL") == (2_500, 41_250)
    business.execute(AddProduct(name="Kopi", code="KP"))
    with pytest.raises(UserError, match="not known") as caught:
        business.execute(SetOpeningStock(on=date(2026, 9, 30), product="KP", quantity=Decimal(3)))
    assert caught.value.field == "value"


def test_a_product_has_one_opening_stock(business: Book) -> None:
    rice(business)
    with pytest.raises(Refused, match="opening stock already"):
        business.execute(
            SetOpeningStock(on=date(2026, 9, 30), product="BR", quantity=Decimal(1), value=9_000)
        )
    business.undo()
    assert stock(business, "BR") == (0, 0)
    business.execute(SetOpeningStock(on=date(2026, 9, 30), product="BR", quantity=Decimal(4), value=50_000))
    assert stock(business, "BR") == (4_000, 50_000)


def test_after_an_undone_opening_a_product_keeps_no_stock_again(business: Book) -> None:
    rice(business)
    business.undo()
    sell(business, "BR", "3")
    assert stock(business, "BR") == (0, 0)


def test_damaged_goods_leave_at_average_cost(business: Book) -> None:
    rice(business)
    buy(business, "BR", "10", 14_500)
    before = balances(business)
    done = business.execute(AdjustStock(on=day(9), product="Beras", damaged=Decimal("1.5")))
    # 405.000 over 30 kg is 13.500 a kilo.
    assert moved(before, balances(business)) == {"1-1301": -20_250, "6-1012": 20_250}
    assert done.number.startswith("SO-2610-")
    business.undo()
    assert balances(business) == before
    assert stock(business, "BR") == (30_000, 405_000)


def test_a_count_corrects_the_stock_of_its_day(business: Book) -> None:
    rice(business)
    sell(business, "BR", "6", on=day(12))
    # On the 9th there were 20 by the book; the sale of the 12th comes on top.
    business.execute(AdjustStock(on=day(9), product="BR", counted=Decimal(18)))
    assert stock(business, "BR") == (12_000, 156_000)
    business.execute(AdjustStock(on=day(13), product="BR", counted=Decimal("13.2")))
    assert stock(business, "BR") == (13_200, 171_600)
    assert balances(business)["6-1012"] == 26_000 - 15_600
    with pytest.raises(Refused, match="agrees with the book"):
        business.execute(AdjustStock(on=day(13), product="BR", counted=Decimal("13.2")))


def test_goods_found_without_any_stock_count_at_the_buying_price(business: Book) -> None:
    rice(business)
    sell(business, "BR", "20")
    business.execute(AdjustStock(on=day(20), product="BR", counted=Decimal(2)))
    assert stock(business, "BR") == (2_000, 26_000)


def test_more_than_there_is_cannot_be_damaged(business: Book) -> None:
    rice(business)
    with pytest.raises(Refused, match="only 20 are left") as caught:
        business.execute(AdjustStock(on=day(9), product="BR", damaged=Decimal(21)))
    assert caught.value.field == "damaged"
    business.execute(AddProduct(name="Ongkos Jahit", code="OJ", service=True))
    with pytest.raises(Refused, match="is a service"):
        business.execute(AdjustStock(on=day(9), product="OJ", counted=Decimal(2)))
    business.execute(AddProduct(name="Es Batu", code="ES"))
    with pytest.raises(Refused, match="No stock is kept"):
        business.execute(AdjustStock(on=day(9), product="ES", counted=Decimal(2)))


def test_codes_and_barcodes_are_unique_and_names_are_without_a_code(business: Book) -> None:
    rice(business)
    with pytest.raises(Refused, match="is taken: Beras"):
        business.execute(AddProduct(name="Beras Merah", code="br"))
    with pytest.raises(Refused, match="already: BR"):
        business.execute(AddProduct(name=" beras "))
    business.execute(AddProduct(name="Beras Merah", code="BM", barcode="8991001"))
    with pytest.raises(Refused, match="belongs to Beras Merah"):
        business.execute(ChangeProduct(product="BR", barcode="8991001"))
    assert business.execute(AddProduct(name="Garam")).number == "B-0001"
    business.execute(AddProduct(name="Merica", code="B-0002"))
    assert business.execute(AddProduct(name="Ketumbar")).number == "B-0003"
    with pytest.raises(UserError, match="There is no product Cabai"):
        business.execute(ChangeProduct(product="Cabai", sell_price=9_000))


def test_a_barcode_and_a_unique_name_find_the_product(business: Book) -> None:
    business.execute(AddProduct(name="Teh Celup", code="T1", barcode="8999", sell_price=7_500))
    sell(business, "8999", "1")
    sell(business, "teh  celup", "1")
    business.execute(AddProduct(name="Teh Celup", code="T2", sell_price=9_500))
    with pytest.raises(UserError, match="T1, T2"):
        sell(business, "Teh Celup", "1")


def test_changing_a_product_can_be_undone(business: Book) -> None:
    rice(business)
    business.execute(
        ChangeProduct(
            product="BR", name="Beras Super", sell_price=17_000, minimum=Decimal("2.5"), stocked=True
        )
    )
    with business.snapshot() as snapshot:
        rows = snapshot.sql("SELECT name, sell_price, minimum, stocked FROM product WHERE code = 'BR'")
    assert [tuple(row) for row in rows] == [("Beras Super", 17_000, 2_500, 1)]
    business.undo()
    with business.snapshot() as snapshot:
        rows = snapshot.sql("SELECT name, sell_price, minimum, stocked FROM product WHERE code = 'BR'")
    assert [tuple(row) for row in rows] == [("Beras", 15_000, 0, 0)]
    sell(business, "Beras", "1")


def test_a_used_product_is_taken_out_of_use_an_unused_one_removed(business: Book) -> None:
    business.execute(AddProduct(name="Gula", code="GL", sell_price=17_000))
    sell(business, "GL", "2")
    done = business.execute(RemoveProduct(product="GL"))
    assert done.undo == ChangeProduct(product="GL", active=True)
    with pytest.raises(Refused, match="out of use"):
        sell(business, "GL", "2")
    business.undo()
    sell(business, "GL", "1")
    business.execute(AddProduct(name="Salah Ketik", code="SK", minimum=Decimal("0.5")))
    business.undo()
    with business.snapshot() as snapshot:
        assert snapshot.sql("SELECT code FROM product WHERE code = 'SK'") == []


def test_master_data_is_checked(business: Book) -> None:
    with pytest.raises(UserError, match="needs a name"):
        AddProduct(name="  ")
    with pytest.raises(UserError, match="not below 0") as caught:
        AddProduct(name="Gula", sell_price=-1)
    assert caught.value.field == "sell_price"
    with pytest.raises(UserError, match="too large"):
        AddProduct(name="Gula", buy_price=10**15 + 1)
    with pytest.raises(UserError, match="big unit"):
        AddProduct(name="Gula", big_unit="dus")
    with pytest.raises(UserError, match="service has no stock"):
        AddProduct(name="Jahit", service=True, stocked=True)
    rice(business)
    with pytest.raises(Refused, match="can't be a service"):
        business.execute(ChangeProduct(product="BR", service=True))
    with pytest.raises(Refused, match="big unit"):
        business.execute(ChangeProduct(product="BR", big_unit=""))


def test_a_cooperative_has_no_products(cooperative: Book) -> None:
    with pytest.raises(Refused, match="not for a book of this kind"):
        cooperative.execute(AddProduct(name="Beras"))
