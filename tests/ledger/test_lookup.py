"""Pickers and find-anything: what is typed finds what is meant, first."""

from datetime import date
from decimal import Decimal

import pytest

from app.ledger.book import Book
from app.ledger.lookup import find_anything
from app.ledger.members.commands import AcceptExit, ExitReason
from app.ledger.members.queries import member_figures, nicknames, search_members
from app.ledger.parties.commands import AddCustomer, AddSupplier
from app.ledger.parties.queries import called, search_parties
from app.ledger.products.commands import AddProduct, ChangeProduct
from app.ledger.products.queries import search_products
from tests.ledger.lending import lend
from tests.ledger.saving_books import add, deposit

TODAY = date(2026, 11, 24)


def goods(book: Book, text: str) -> list[str]:
    with book.snapshot() as snapshot:
        return [row.name for row in search_products(snapshot, text)]


def people(book: Book, text: str) -> list[str]:
    with book.snapshot() as snapshot:
        return [f"{row.number} {row.name}" for row in search_members(snapshot, text, TODAY)]


@pytest.fixture
def shop(business: Book) -> Book:
    for code, name, barcode in (
        ("GP", "Gula pasir", "8991234567890"),
        ("GM", "Gula-merah (batok)", ""),
        ("MG", "Minyak goreng 1/2 liter", "8999999999999"),
        ("100%", "Sabun 100%", ""),
    ):
        business.execute(AddProduct(code=code, name=name, barcode=barcode, sell_price=5_000))
    business.execute(AddCustomer(name="Bu Siti Rahayu", phone="0812-3456-7890"))
    business.execute(AddCustomer(name="Pak Rahmat"))
    business.execute(AddSupplier(name="Agen Gula Rahayu"))
    return business


def test_words_in_any_order_begin_words_of_the_name(shop: Book) -> None:
    assert goods(shop, "gula") == ["Gula pasir", "Gula-merah (batok)"]
    assert goods(shop, "pas gul") == ["Gula pasir"]
    assert goods(shop, "merah") == goods(shop, "batok") == ["Gula-merah (batok)"]
    assert goods(shop, "2 liter") == ["Minyak goreng 1/2 liter"]
    assert goods(shop, "ula") == []
    assert goods(shop, "100%") == ["Sabun 100%"]
    assert goods(shop, "_ula") == []


def test_barcode_and_code_come_first_and_what_is_out_of_use_last(shop: Book) -> None:
    assert goods(shop, "8991234567890") == ["Gula pasir"]
    assert goods(shop, "gm")[0] == "Gula-merah (batok)"
    shop.execute(ChangeProduct(product="GP", active=False))
    assert goods(shop, "gula") == ["Gula-merah (batok)", "Gula pasir"]


def test_people_of_the_shop_by_name_and_phone(shop: Book) -> None:
    with shop.snapshot() as snapshot:
        assert [row.name for row in search_parties(snapshot, "customer", "rah")] == [
            "Bu Siti Rahayu",
            "Pak Rahmat",
        ]
        assert [row.name for row in search_parties(snapshot, "customer", "rahayu siti")] == ["Bu Siti Rahayu"]
        assert [row.name for row in search_parties(snapshot, "customer", "0812-3456")] == ["Bu Siti Rahayu"]
        assert search_parties(snapshot, "customer", "12") == []


def test_members_by_number_with_and_without_zeros(cooperative: Book) -> None:
    for number, name in (
        ("0001", "Siti Aminah"),
        ("0012", "Ketut Siti"),
        ("0112", "Budi"),
        ("1200", "Wayan"),
    ):
        add(cooperative, number, name)
    assert people(cooperative, "12") == ["0012 Ketut Siti", "1200 Wayan"]
    assert people(cooperative, "0112") == ["0112 Budi"]
    assert people(cooperative, "siti") == ["0001 Siti Aminah", "0012 Ketut Siti"]
    cooperative.execute(AcceptExit(member="0001", on=date(2026, 11, 2), reason=ExitReason.RESIGNATION))
    assert people(cooperative, "siti") == ["0012 Ketut Siti", "0001 Siti Aminah"]


def test_members_are_found_by_what_they_are_called(cooperative: Book) -> None:
    for number, name, nickname in (
        ("0001", "Noto Slamet", ""),
        ("0002", "Sutrisno", "Pak No"),
        ("0003", "Norma", ""),
        ("0004", "Sri Utami", "No"),
    ):
        add(cooperative, number, name, nickname=nickname)
    assert people(cooperative, "pak no") == ["0002 Sutrisno"]
    assert people(cooperative, "no sutris") == ["0002 Sutrisno"]
    assert people(cooperative, "No") == ["0004 Sri Utami", "0003 Norma", "0001 Noto Slamet", "0002 Sutrisno"]
    assert people(cooperative, "") == ["0003 Norma", "0001 Noto Slamet", "0004 Sri Utami", "0002 Sutrisno"]
    with cooperative.snapshot() as snapshot:
        assert nicknames(snapshot) == {"0002": "Pak No", "0004": "No"}
        found = [item for item in find_anything(snapshot, "pak", TODAY) if item.kind == "member"]
    assert [called(item.name, item.nickname) for item in found] == ["Sutrisno (Pak No)"]


def test_people_of_the_shop_are_found_by_what_they_are_called(shop: Book) -> None:
    shop.execute(AddCustomer(name="Sri Wahyuni", nickname="Yu Sri"))
    shop.execute(AddCustomer(name="Yuliana"))
    shop.execute(AddSupplier(name="Toko Makmur", nickname="Koh Lie 50%"))
    with shop.snapshot() as snapshot:
        assert [row.name for row in search_parties(snapshot, "customer", "yu")] == ["Sri Wahyuni", "Yuliana"]
        assert [row.name for row in search_parties(snapshot, "customer", "yu sri")] == ["Sri Wahyuni"]
        assert [row.nickname for row in search_parties(snapshot, "supplier", "50%")] == ["Koh Lie 50%"]
        assert search_parties(snapshot, "supplier", "yu") == []
        found = find_anything(snapshot, "koh", TODAY)
    assert [(item.kind, called(item.name, item.nickname)) for item in found] == [
        ("supplier", "Toko Makmur (Koh Lie 50%)")
    ]


def test_a_member_is_shown_with_savings_and_what_is_owed(cooperative: Book) -> None:
    first = add(cooperative, "0007", "Sutrisno")
    second = add(cooperative, "0008", "Wayan")
    deposit(cooperative, "voluntary", 250_000, date(2026, 10, 5), member="0007")
    deposit(cooperative, "mandatory", 20_000, date(2026, 10, 5), member="0007")
    lend(cooperative, rate=Decimal(1))
    with cooperative.snapshot() as snapshot:
        figures = member_figures(snapshot, [first, second])
        assert member_figures(snapshot, []) == {}
    assert figures == {first: (270_000, 9_600_000), second: (0, 0)}


def test_anything_is_found_each_kind_in_turn(shop: Book, cooperative: Book) -> None:
    with shop.snapshot() as snapshot:
        found = find_anything(snapshot, "rah", TODAY)
        assert [(item.kind, item.name) for item in found] == [
            ("customer", "Bu Siti Rahayu"),
            ("supplier", "Agen Gula Rahayu"),
            ("customer", "Pak Rahmat"),
        ]
        assert [item.key for item in find_anything(snapshot, "8991234567890", TODAY)] == ["GP"]
        assert ("account", "1-1101") in [item[:2] for item in find_anything(snapshot, "11101", TODAY)]
        assert ("account", "1-1101") in [item[:2] for item in find_anything(snapshot, "1-11", TODAY)]
        assert find_anything(snapshot, "  ", TODAY) == []
        assert len(find_anything(snapshot, "a", TODAY, 3)) == 3
    add(cooperative, "0007", "Kasmi")
    with cooperative.snapshot() as snapshot:
        kinds = {item.kind for item in find_anything(snapshot, "kas", TODAY)}
    assert kinds == {"member", "account"}
