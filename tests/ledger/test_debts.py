"""Bills of customers and suppliers, and their payments; the register they stand in."""

from datetime import date

import pytest

from app.base.errors import Refused, UserError
from app.ledger.book import Book
from app.ledger.debts.commands import PayBill, ReceiveBillPayment, SetOpeningBill
from app.ledger.entries.commands import ReverseEntry
from app.ledger.parties.commands import (
    AddCustomer,
    AddSupplier,
    ChangeCustomer,
    ChangeSupplier,
    RemoveParty,
)
from app.ledger.parties.queries import parties
from app.ledger.products.commands import AddProduct
from app.ledger.purchases.commands import PurchaseMethod
from app.ledger.sales.commands import SaleMethod
from tests.ledger.business_days import balances, buy, day, sell

LAST = date(2026, 9, 30)


def bon(book: Book, amount: int, number: str, on: date, due: date | None = None) -> None:
    """A sale of something without stock, wholly on Bu Darmi's bon."""
    sell(
        book,
        "GR",
        "1",
        amount,
        on=on,
        method=SaleMethod.CREDIT,
        customer="Bu Darmi",
        due=due,
        number=number,
    )


@pytest.fixture
def owing(business: Book) -> Book:
    """Bu Darmi owes 30.000 (due on the 20th), 45.000 (the 12th) and 25.000 (the 15th)."""
    business.execute(AddProduct(name="Gorengan", code="GR"))
    business.execute(AddCustomer(name="Bu Darmi"))
    bon(business, 30_000, "N-1", day(2), day(20))
    bon(business, 45_000, "N-2", day(5), day(12))
    bon(business, 25_000, "N-3", day(15))
    return business


def open_bills(book: Book) -> dict[str, int]:
    """What is open on each note."""
    with book.snapshot() as snapshot:
        rows = snapshot.sql(
            "SELECT b.number, b.amount - coalesce((SELECT sum(p.amount) FROM bill_payment AS p"
            " WHERE p.bill_id = b.id), 0) FROM bill AS b ORDER BY b.number"
        )
    return dict(rows)


def test_a_payment_settles_the_oldest_due_first(owing: Book) -> None:
    done = owing.execute(ReceiveBillPayment(on=day(16), customer="Bu Darmi", amount=60_000))
    assert open_bills(owing) == {"N-1": 30_000, "N-2": 0, "N-3": 10_000}
    assert balances(owing)["1-1101"] == 60_000
    assert balances(owing)["1-1201"] == 40_000
    assert done.number == "BB-2610-0001"
    assert done.value["owed"] == 40_000
    assert done.value["bills"] == [{"number": "N-2", "paid": 45_000}, {"number": "N-3", "paid": 15_000}]


def test_a_payment_may_name_its_note_and_account(owing: Book) -> None:
    owing.execute(
        ReceiveBillPayment(
            on=day(16), customer="PL-0001", amount=10_000, bill="n-1", account="Bank", number="K-9"
        )
    )
    assert open_bills(owing) == {"N-1": 20_000, "N-2": 45_000, "N-3": 25_000}
    assert balances(owing)["1-1111"] == 10_000
    with pytest.raises(Refused, match="owes 20000") as caught:
        owing.execute(ReceiveBillPayment(on=day(16), customer="Bu Darmi", amount=20_001, bill="N-1"))
    assert caught.value.field == "amount"
    with pytest.raises(Refused, match="no open note N-8") as unknown:
        owing.execute(ReceiveBillPayment(on=day(16), customer="Bu Darmi", amount=5, bill="N-8"))
    assert unknown.value.field == "bill"


def test_more_than_is_owed_on_that_day_is_refused(owing: Book) -> None:
    with pytest.raises(Refused, match="owes 100000"):
        owing.execute(ReceiveBillPayment(on=day(16), customer="Bu Darmi", amount=100_001))
    with pytest.raises(Refused, match="owes 75000"):
        owing.execute(ReceiveBillPayment(on=day(14), customer="Bu Darmi", amount=75_001))
    owing.execute(ReceiveBillPayment(on=day(14), customer="Bu Darmi", amount=75_000))
    owing.execute(ReceiveBillPayment(on=day(16), customer="Bu Darmi", amount=25_000))
    assert set(open_bills(owing).values()) == {0}
    assert "1-1201" not in balances(owing)


def test_a_payment_taken_back_opens_its_notes_again(owing: Book) -> None:
    done = owing.execute(ReceiveBillPayment(on=day(16), customer="Bu Darmi", amount=60_000))
    owing.execute(ReverseEntry(number=done.number))
    assert open_bills(owing) == {"N-1": 30_000, "N-2": 45_000, "N-3": 25_000}
    owing.execute(ReceiveBillPayment(on=day(16), customer="Bu Darmi", amount=70_000))
    with pytest.raises(Refused, match="are open"):
        owing.execute(ReverseEntry(number="BT-2610-0001"))
    assert open_bills(owing) == {"N-1": 30_000, "N-2": 0, "N-3": 0}


def test_a_supplier_is_paid_the_same_way(business: Book) -> None:
    business.execute(AddProduct(name="Gula", code="GL"))
    business.execute(AddSupplier(name="Toko Makmur"))
    for number, price in (("F-1", 16_000), ("F-2", 17_000)):
        buy(
            business,
            "GL",
            "10",
            price,
            method=PurchaseMethod.CREDIT,
            supplier="Toko Makmur",
            number=number,
        )
    done = business.execute(PayBill(on=day(9), supplier="toko makmur", amount=200_000))
    assert done.number == "BU-2610-0001"
    assert open_bills(business) == {"F-1": 0, "F-2": 130_000}
    assert balances(business)["2-1101"] == -130_000
    with pytest.raises(Refused, match="is owed 130000"):
        business.execute(PayBill(on=day(9), supplier="Toko Makmur", amount=130_500))


def test_opening_bills_stand_against_the_opening_account(business: Book) -> None:
    business.execute(AddCustomer(name="Bu Darmi"))
    business.execute(AddSupplier(name="Toko Makmur"))
    business.execute(SetOpeningBill(on=LAST, customer="Bu Darmi", amount=85_000))
    business.execute(
        SetOpeningBill(on=LAST, supplier="Toko Makmur", amount=340_000, number="F-77", due=day(8))
    )
    assert balances(business) == {"1-1201": 85_000, "2-1101": -340_000, "3-9999": 255_000}
    with business.snapshot() as snapshot:
        rows = snapshot.sql("SELECT side, number, due FROM bill ORDER BY id")
    assert [tuple(row) for row in rows] == [
        ("receivable", "SA-2609-0001", "2026-09-30"),
        ("payable", "F-77", "2026-10-08"),
    ]
    business.execute(ReceiveBillPayment(on=day(1), customer="Bu Darmi", amount=85_000))
    assert open_bills(business) == {"SA-2609-0001": 0, "F-77": 340_000}


def test_an_opening_bill_can_be_taken_back_and_again(business: Book) -> None:
    business.execute(AddCustomer(name="Bu Darmi"))
    business.execute(SetOpeningBill(on=LAST, customer="Bu Darmi", amount=85_000))
    taken_back = business.undo()
    assert balances(business) == {}
    business.execute(ReverseEntry(number=taken_back.number))
    assert open_bills(business) == {"SA-2609-0001": 85_000}


def test_the_shape_of_payments_is_checked() -> None:
    with pytest.raises(UserError, match="more than 0"):
        ReceiveBillPayment(on=day(1), customer="Bu Darmi", amount=0)
    with pytest.raises(UserError, match="whom it is about") as caught:
        PayBill(on=day(1), supplier=" ", amount=5)
    assert caught.value.field == "supplier"
    with pytest.raises(UserError, match="either a customer or a supplier"):
        SetOpeningBill(on=LAST, amount=5)
    with pytest.raises(UserError, match="either a customer or a supplier"):
        SetOpeningBill(on=LAST, amount=5, customer="A", supplier="B")


def test_phones_are_kept_in_one_form(business: Book) -> None:
    business.execute(AddCustomer(name="Bu  Darmi", phone="0812-3456-7890", address=" Jl. Melati 3 "))
    with business.snapshot() as snapshot:
        row = snapshot.sql("SELECT code, name, phone, address FROM party")[0]
    assert tuple(row) == ("PL-0001", "Bu Darmi", "+6281234567890", "Jl. Melati 3")
    with pytest.raises(UserError, match="not a phone number") as caught:
        business.execute(AddCustomer(name="Pak Slamet", phone="12"))
    assert caught.value.field == "phone"


def test_codes_are_unique_and_names_are_without_a_code(business: Book) -> None:
    business.execute(AddCustomer(name="Bu Darmi", code="7"))
    with pytest.raises(Refused, match="already: 7"):
        business.execute(AddCustomer(name="bu darmi"))
    with pytest.raises(Refused, match="is taken: Bu Darmi"):
        business.execute(AddCustomer(name="Pak Slamet", code="7"))
    business.execute(AddSupplier(name="Bu Darmi", code="7"))  # she may sell to us too
    business.execute(AddCustomer(name="Bu Darmi", code="8"))
    with pytest.raises(UserError, match="More than one") as caught:
        business.execute(SetOpeningBill(on=LAST, customer="Bu Darmi", amount=5_000))
    assert caught.value.field == "customer"


def test_changes_can_be_undone(business: Book) -> None:
    business.execute(AddCustomer(name="Bu Darmi", phone="081234567890"))
    business.execute(AddSupplier(name="Toko Makmur", tax_id="01.234"))
    business.execute(ChangeSupplier(supplier="PM-0001", name="Toko Makmur Jaya", active=False))
    business.undo()
    business.execute(ChangeCustomer(customer="Bu Darmi", name="Bu Sudarmi", phone=""))
    with business.snapshot() as snapshot:
        rows = snapshot.sql("SELECT name, phone, tax_id, active FROM party ORDER BY id")
    assert [tuple(row) for row in rows] == [("Bu Sudarmi", "", "", 1), ("Toko Makmur", "", "01.234", 1)]
    business.undo()
    with business.snapshot() as snapshot:
        assert tuple(snapshot.sql("SELECT name, phone FROM party WHERE id = 1")[0]) == (
            "Bu Darmi",
            "+6281234567890",
        )


def test_a_nickname_is_kept_changed_and_taken_back(business: Book) -> None:
    def nicknames() -> list[str]:
        with business.snapshot() as snapshot:
            return [row.nickname for kind in ("customer", "supplier") for row in parties(snapshot, kind)]

    business.execute(AddCustomer(name="Sri Wahyuni", nickname=" Yu  Sri "))
    business.execute(AddSupplier(name="Toko Makmur", nickname="Koh Lie"))
    business.execute(ChangeCustomer(customer="Sri Wahyuni", phone="081234567890"))
    assert nicknames() == ["Yu Sri", "Koh Lie"]
    business.execute(ChangeSupplier(supplier="Toko Makmur", nickname=""))
    assert nicknames() == ["Yu Sri", ""]
    business.undo()
    business.execute(ChangeCustomer(customer="Sri Wahyuni", nickname="Bu Sri"))
    assert nicknames() == ["Bu Sri", "Koh Lie"]
    business.undo()
    assert nicknames() == ["Yu Sri", "Koh Lie"]
    business.execute(AddCustomer(name="Darmo", nickname="Pak Mo"))
    removed = business.undo()
    assert removed.undo == AddCustomer(name="Darmo", code="PL-0002", nickname="Pak Mo")


def test_adding_is_undone_by_removing_or_by_taking_out_of_use(business: Book) -> None:
    done = business.execute(AddCustomer(name="Salah Ketik", address="Batang"))
    removed = business.undo()
    assert removed.undo == AddCustomer(name="Salah Ketik", code="PL-0001", address="Batang")
    kept = business.execute(AddSupplier(name="Toko Makmur"))
    business.execute(SetOpeningBill(on=LAST, supplier="Toko Makmur", amount=9_000))
    business.execute(RemoveParty(party=kept.value["party"]))
    with business.snapshot() as snapshot:
        rows = snapshot.sql("SELECT name, active FROM party")
    assert [tuple(row) for row in rows] == [("Toko Makmur", 0)]
    business.undo()
    with pytest.raises(Refused, match="no such customer"):
        business.execute(RemoveParty(party=done.value["party"] + 40))
