"""Sales: revenue, money or bon, stock and cost in one entry."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.base.errors import Refused, UserError
from app.ledger import checks
from app.ledger.book import Book
from app.ledger.debts.commands import ReceiveBillPayment
from app.ledger.entries.commands import CorrectEntry, ReverseEntry
from app.ledger.parties.commands import AddCustomer
from app.ledger.products.commands import AddProduct, AdjustStock
from app.ledger.sales.commands import RecordSale, SaleLine, SaleMethod
from tests.ledger.business_days import balances, buy, day, moved, rice, sell, stock


def test_a_cash_sale_posts_revenue_and_cost_in_one_entry(business: Book) -> None:
    rice(business)
    before = balances(business)
    done = sell(business, "BR", "2.5")
    assert moved(before, balances(business)) == {
        "1-1101": 37_500,
        "1-1301": -32_500,
        "4-1001": -37_500,
        "5-1001": 32_500,
    }
    assert stock(business, "BR") == (17_500, 227_500)
    assert done.number == "JL-2610-0001"
    assert done.value["total"] == 37_500
    with business.snapshot() as snapshot:
        assert snapshot.sql("SELECT count(*) FROM entry WHERE source = 'sales'")[0][0] == 1


def test_goods_leave_at_average_cost_never_at_price(business: Book) -> None:
    rice(business)
    buy(business, "BR", "10", 14_500)  # 405.000 over 30 kg: 13.500 a kilo
    before = balances(business)
    sell(business, "BR", "7", 16_000)
    assert moved(before, balances(business))["5-1001"] == 94_500


@pytest.mark.parametrize(
    ("method", "account"),
    [(SaleMethod.CASH, "1-1101"), (SaleMethod.QRIS, "1-1121"), (SaleMethod.TRANSFER, "1-1111")],
)
def test_money_goes_where_the_method_keeps_it(business: Book, method: SaleMethod, account: str) -> None:
    rice(business)
    sell(business, "BR", "3", method=method)
    assert balances(business)[account] == 45_000


def test_a_named_account_wins_over_the_method(business: Book) -> None:
    rice(business)
    line = SaleLine(product="BR", quantity=Decimal(3))
    business.execute(RecordSale(on=day(5), lines=(line,), method=SaleMethod.TRANSFER, account="Kas Kecil"))
    assert balances(business)["1-1102"] == 45_000
    with pytest.raises(UserError, match="not a cash or bank account") as caught:
        business.execute(RecordSale(on=day(5), lines=(line,), account="Piutang Usaha"))
    assert caught.value.field == "account"


def test_a_discount_is_shown_apart(business: Book) -> None:
    rice(business)
    before = balances(business)
    sell(business, "BR", "4", discount=2_500)
    change = moved(before, balances(business))
    assert (change["1-1101"], change["4-1001"], change["4-1102"]) == (57_500, -60_000, 2_500)
    with pytest.raises(Refused, match="more than the line") as caught:
        sell(business, "BR", "1", discount=15_001)
    assert (caught.value.field, caught.value.line) == ("discount", 0)


def test_a_bon_stays_with_its_customer(business: Book) -> None:
    rice(business)
    business.execute(AddCustomer(name="Bu Darmi"))
    before = balances(business)
    sell(business, "BR", "5", method=SaleMethod.CREDIT, customer="Bu Darmi", due=day(19), number="N-17")
    assert moved(before, balances(business))["1-1201"] == 75_000
    with business.snapshot() as snapshot:
        rows = snapshot.sql("SELECT side, number, date, due, amount FROM bill")
    assert [tuple(row) for row in rows] == [("receivable", "N-17", "2026-10-05", "2026-10-19", 75_000)]


@pytest.mark.parametrize("method", [SaleMethod.CASH, SaleMethod.CREDIT])
def test_what_is_paid_in_part_leaves_a_bon_for_the_rest(business: Book, method: SaleMethod) -> None:
    rice(business)
    business.execute(AddCustomer(name="Bu Darmi"))
    before = balances(business)
    done = sell(business, "BR", "5", method=method, paid=20_000, customer="PL-0001")
    change = moved(before, balances(business))
    assert (change["1-1101"], change["1-1201"]) == (20_000, 55_000)
    assert done.value["owed"] == 55_000


def test_a_bon_needs_a_customer_and_change_is_not_recorded(business: Book) -> None:
    rice(business)
    with pytest.raises(Refused, match="needs a customer") as caught:
        sell(business, "BR", "5", paid=20_000)
    assert caught.value.field == "customer"
    with pytest.raises(UserError, match="There is no customer Pak Slamet") as unknown:
        sell(business, "BR", "5", method=SaleMethod.CREDIT, customer="Pak Slamet")
    assert unknown.value.field == "customer"
    with pytest.raises(Refused, match="too much") as too_much:
        sell(business, "BR", "5", paid=100_000)
    assert too_much.value.field == "paid"
    business.execute(AddCustomer(name="Bu Darmi"))
    with pytest.raises(Refused, match="before its own day"):
        sell(business, "BR", "5", method=SaleMethod.CREDIT, customer="Bu Darmi", due=day(4))


def test_more_than_the_stock_is_refused_at_its_line(business: Book) -> None:
    rice(business)
    business.execute(AddProduct(name="Plastik", code="PL", sell_price=500))
    lines = (
        SaleLine(product="BR", quantity=Decimal(12)),
        SaleLine(product="PL", quantity=Decimal(3)),
        SaleLine(product="BR", quantity=Decimal("8.001")),
    )
    with pytest.raises(Refused, match="Of Beras only 8 are left") as caught:
        business.execute(RecordSale(on=day(5), lines=lines))
    assert (caught.value.field, caught.value.line) == ("quantity", 2)
    assert stock(business, "BR") == (20_000, 260_000)


def test_one_product_on_two_lines_takes_all_of_the_value(business: Book) -> None:
    rice(business, "3", 10_000)
    lines = (
        SaleLine(product="BR", quantity=Decimal(1)),
        SaleLine(product="BR", quantity=Decimal(2)),
    )
    business.execute(RecordSale(on=day(5), lines=lines))
    assert stock(business, "BR") == (0, 0)
    assert balances(business)["5-1001"] == 10_000
    with business.snapshot() as snapshot:
        costs = [row[0] for row in snapshot.sql("SELECT cost FROM sale_line ORDER BY line")]
    assert costs == [3_333, 6_667]


def test_a_product_without_stock_has_no_known_cost(business: Book) -> None:
    business.execute(AddProduct(name="Gorengan", code="GR", sell_price=1_500))
    sell(business, "GR", "8")
    assert balances(business) == {"1-1101": 12_000, "4-1001": -12_000}
    with business.snapshot() as snapshot:
        assert snapshot.sql("SELECT cost FROM sale_line")[0][0] is None


def test_a_purchase_begins_the_keeping_of_stock(business: Book) -> None:
    business.execute(AddProduct(name="Gula", code="GL", sell_price=18_000))
    sell(business, "GL", "2", on=day(3))
    buy(business, "GL", "5", 16_000)
    sell(business, "GL", "4")
    assert stock(business, "GL") == (1_000, 16_000)
    with pytest.raises(Refused, match="only 1 are left"):
        sell(business, "GL", "2")


def test_a_product_that_shall_keep_stock_is_not_sold_before_it_has_some(business: Book) -> None:
    business.execute(AddProduct(name="Gula", code="GL", sell_price=18_000, stocked=True))
    with pytest.raises(Refused, match="only 0 are left"):
        sell(business, "GL", "2")


def test_services_are_revenue_of_their_own_without_cost(business: Book) -> None:
    business.execute(AddProduct(name="Fotokopi", code="FK", sell_price=300, service=True))
    sell(business, "FK", "40")
    assert balances(business) == {"1-1101": 12_000, "4-1002": -12_000}
    with business.snapshot() as snapshot:
        assert snapshot.sql("SELECT cost FROM sale_line")[0][0] == 0


def test_a_line_may_be_in_the_big_unit(business: Book) -> None:
    rice(business, "100", 1_300_000)
    sell(business, "BR", "2", 360_000, unit="Karung")
    assert stock(business, "BR") == (50_000, 650_000)
    assert balances(business)["1-1101"] == 720_000
    sell(business, "BR", "1", unit="karung")  # 25 times the price of a kilo
    assert balances(business)["1-1101"] == 720_000 + 375_000
    sell(business, "BR", "1", unit="KG")
    with pytest.raises(UserError, match="kg/karung, not in liter") as caught:
        sell(business, "BR", "1", unit="liter")
    assert caught.value.field == "unit"


def test_a_price_is_needed_and_something_to_record(business: Book) -> None:
    business.execute(AddProduct(name="Gorengan", code="GR"))
    with pytest.raises(UserError, match="no selling price") as caught:
        sell(business, "GR", "1")
    assert caught.value.field == "price"
    with pytest.raises(Refused, match="nothing to record"):
        sell(business, "GR", "1", 0)
    rice(business)
    sell(business, "BR", "1", 0)  # a gift leaves the stock
    assert balances(business)["5-1001"] == 13_000


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (SaleLine(product=" ", quantity=Decimal(1)), "product"),
        (SaleLine(product="BR", quantity=Decimal(0)), "quantity"),
        (SaleLine(product="BR", quantity=Decimal(1), price=-1), "price"),
        (SaleLine(product="BR", quantity=Decimal(1), discount=-1), "discount"),
    ],
)
def test_the_shape_of_lines_is_checked(line: SaleLine, field: str) -> None:
    good = SaleLine(product="BR", quantity=Decimal(1))
    with pytest.raises(UserError) as caught:
        RecordSale(on=day(5), lines=(good, line))
    assert (caught.value.field, caught.value.line) == (field, 1)


def test_a_sale_has_lines_and_pays_no_less_than_nothing() -> None:
    with pytest.raises(UserError, match="at least one line"):
        RecordSale(on=day(5), lines=())
    with pytest.raises(UserError, match="not below 0"):
        RecordSale(on=day(5), lines=(SaleLine(product="BR", quantity=Decimal(1)),), paid=-1)


def test_taking_a_sale_back_restores_all_and_can_itself_be_taken_back(business: Book) -> None:
    rice(business)
    business.execute(AddCustomer(name="Bu Darmi"))
    opened = balances(business)
    done = sell(business, "BR", "7", method=SaleMethod.CREDIT, customer="Bu Darmi", paid=5_000)
    sold = balances(business)
    buy(business, "BR", "10", 15_000)  # the average moves; the goods come back at what they left at
    bought = balances(business)
    reversal = business.execute(ReverseEntry(number=done.number))
    assert moved(sold, bought) == moved(opened, balances(business))
    assert stock(business, "BR") == (30_000, 410_000)
    business.execute(ReverseEntry(number=reversal.number))
    assert balances(business) == bought
    assert stock(business, "BR") == (23_000, 319_000)
    with business.snapshot() as snapshot:
        total = snapshot.sql("SELECT sum(gross), count(*) FROM sale")[0]
        assert tuple(total) == (105_000, 3)
        assert checks.broken_only(checks.run(snapshot)) == []
    business.execute(ReceiveBillPayment(on=day(8), customer="Bu Darmi", amount=100_000, bill=done.number))


def test_a_sale_paid_on_is_not_taken_back_before_the_payment(business: Book) -> None:
    rice(business)
    business.execute(AddCustomer(name="Bu Darmi"))
    done = sell(business, "BR", "7", method=SaleMethod.CREDIT, customer="Bu Darmi")
    payment = business.execute(ReceiveBillPayment(on=day(8), customer="Bu Darmi", amount=40_000))
    before = balances(business)
    with pytest.raises(Refused, match="paid already"):
        business.execute(ReverseEntry(number=done.number))
    assert balances(business) == before
    business.execute(ReverseEntry(number=payment.number))
    business.execute(ReverseEntry(number=done.number))
    assert "1-1201" not in balances(business)


def test_a_sale_can_be_corrected_in_one_go(business: Book) -> None:
    rice(business)
    done = sell(business, "BR", "20")
    right = RecordSale(on=day(5), lines=(SaleLine(product="BR", quantity=Decimal(12)),))
    business.execute(CorrectEntry(number=done.number, replacement=right))
    assert stock(business, "BR") == (8_000, 104_000)
    assert balances(business)["1-1101"] == 180_000
    business.undo()
    assert stock(business, "BR") == (0, 0)
    assert balances(business)["1-1101"] == 300_000


_MOVES = st.lists(
    st.tuples(
        st.sampled_from(("buy", "sell", "bon", "pay", "damage", "undo")),
        st.integers(1, 9_000),
        st.integers(1, 40_000),
    ),
    min_size=4,
    max_size=14,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=_MOVES)
def test_whatever_a_shop_does_its_details_equal_its_accounts(
    business: Book, moves: list[tuple[str, int, int]]
) -> None:
    """The same book goes through all examples: the invariants hold after each."""
    with business.snapshot() as snapshot:
        fresh = not snapshot.sql("SELECT 1 FROM product")
    if fresh:
        rice(business)
        business.execute(AddCustomer(name="Bu Darmi"))
    for what, size, price in moves:
        quantity = str(Decimal(size) / 1000)
        try:
            match what:
                case "buy":
                    buy(business, "BR", quantity, price, freight=price // 7)
                case "sell":
                    sell(business, "BR", quantity, price)
                case "bon":
                    sell(
                        business,
                        "BR",
                        quantity,
                        price,
                        method=SaleMethod.CREDIT,
                        customer="Bu Darmi",
                        paid=price // 5000,
                    )
                case "pay":
                    business.execute(ReceiveBillPayment(on=day(8), customer="Bu Darmi", amount=price))
                case "damage":
                    business.execute(AdjustStock(on=day(8), product="BR", damaged=Decimal(quantity)))
                case _:
                    business.undo()
        except (Refused, UserError):
            continue
    with business.snapshot() as snapshot:
        assert checks.broken_only(checks.run(snapshot)) == []
