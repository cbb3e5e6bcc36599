"""Buying goods by keyboard: the supplier's note line by line, paid or owed."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.base.money import half_up
from app.ledger.accounts.chart import read_chart
from app.ledger.book import Book
from app.ledger.debts.queries import PAYABLE, open_bills
from app.ledger.entries.queries import balances
from app.ledger.parties.commands import AddSupplier
from app.ledger.products.commands import AddProduct
from app.ledger.products.queries import scanned_product, stock_list
from app.ui.application import Desk
from app.ui.bridge import Session
from app.ui.pages.buy import BuyPage
from app.ui.pages.buy.note import Note, NoteLine, price_of_total
from tests.ui.conftest import NOW, OpenBook, shell_of
from tests.ui.hands import Hands

ENTER, DELETE = Qt.Key.Key_Return, Qt.Key.Key_Delete
TODAY = NOW.date()


def filled(book: Book) -> None:
    book.execute(AddSupplier(name="Toko Agung"))
    book.execute(AddProduct(name="Gula pasir", unit="kg", buy_price=12_000, sell_price=14_000))
    book.execute(
        AddProduct(
            name="Kopi bubuk",
            unit="bks",
            buy_price=1_500,
            big_unit="dus",
            big_size=Decimal(12),
            barcode="8991001",
        )
    )


@pytest.fixture
def session(session_of: OpenBook) -> Session:
    return session_of("business", filled, page="buy")


def page_of(session: Session) -> BuyPage:
    page = shell_of(session).page
    assert isinstance(page, BuyPage)
    return page


def stock(session: Session) -> dict[str, tuple[Decimal, int]]:
    return {row.name: (row.quantity, row.value) for row in stock_list(session.reading())}


def cash(session: Session) -> int:
    return balances(session.reading()).get(read_chart(session.reading()).role("cash").id, 0)


def test_a_note_of_two_lines_with_freight_is_owed(session: Session, qtbot: QtBot) -> None:
    hands = Hands(qtbot, session)
    hands.type("agu", ENTER)
    hands.type("F-77", ENTER, ENTER)
    # 10 kg at 12.500, then 3 packs at the price that is known.
    hands.type("gul", ENTER)
    hands.type("10", ENTER)
    hands.type("12500", ENTER, ENTER, ENTER)
    hands.type("8991001", ENTER)
    # Coffee comes in packs and in cartons: there is a unit to go through.
    hands.type("3", ENTER, ENTER, ENTER, ENTER, ENTER)
    page = page_of(session)
    assert [(line.quantity, line.price, line.amount) for line in page.note.lines] == [
        (Decimal(10), 12_500, 125_000),
        (Decimal(3), 1_500, 4_500),
    ]
    hands.press(ENTER)
    hands.type("12950")
    hands.press(Qt.Key.Key_F9)
    hands.type("20rb", ENTER)
    hands.type("8/12/2026", ENTER, ENTER)
    hands.press(ENTER)
    # 12.950 freight on 125.000 and 4.500: 12.500 and 450.
    assert stock(session) == {"Gula pasir": (Decimal(10), 137_500), "Kopi bubuk": (Decimal(3), 4_950)}
    bills = open_bills(session.reading(), PAYABLE, TODAY)
    assert [(bill.number, bill.open, bill.due) for bill in bills] == [
        ("F-77", 129_500 + 12_950 - 20_000, date(2026, 12, 8))
    ]
    assert cash(session) == -20_000
    assert page.note.lines == []
    assert not page.supplier.touched


def test_a_total_gives_the_price(session: Session, qtbot: QtBot) -> None:
    hands = Hands(qtbot, session)
    hands.press(ENTER, ENTER, ENTER)
    hands.type("gul", ENTER)
    hands.type("3", ENTER, ENTER, ENTER)
    hands.type("100rb", ENTER)
    line = page_of(session).note.lines[0]
    assert (line.price, line.discount, line.amount) == (33_334, 2, 100_000)
    hands.press(Qt.Key.Key_Return, ctrl=True)
    assert stock(session)["Gula pasir"] == (Decimal(3), 100_000)
    assert cash(session) == -100_000


@pytest.mark.parametrize(
    ("quantity", "total", "discount"),
    [("3", 100_000, 0), ("7", 1, 0), ("0.333", 999_999, 500), ("12", 144_000, 0), ("2.5", 10_001, 7)],
)
def test_a_price_of_a_total_comes_to_exactly_the_total(quantity: str, total: int, discount: int) -> None:
    price, less = price_of_total(Decimal(quantity), total, discount)
    assert half_up(Decimal(quantity) * price) - less == total
    assert less >= discount
    # One rupiah less on the price would no longer reach it.
    assert Decimal(quantity) * (price - 1) < total + discount


def test_new_goods_and_a_new_supplier_are_made_on_the_fly(session: Session, qtbot: QtBot) -> None:
    hands = Hands(qtbot, session)
    hands.type("UD Baru", ENTER)
    hands.press(ENTER, ENTER)
    hands.type("Garam halus", ENTER)
    hands.type("5", ENTER)
    hands.type("3rb", ENTER, ENTER, ENTER)
    hands.press(ENTER)
    hands.press(Qt.Key.Key_F9)
    hands.press(ENTER, ENTER, ENTER, ENTER)
    assert stock(session)["Garam halus"] == (Decimal(5), 15_000)
    assert sum(bill.open for bill in open_bills(session.reading(), PAYABLE, TODAY)) == 15_000


def test_the_large_unit_has_its_own_price(session: Session, qtbot: QtBot) -> None:
    hands = Hands(qtbot, session)
    hands.press(ENTER, ENTER, ENTER)
    hands.type("kop", ENTER)
    hands.type("2", ENTER)
    hands.press(Qt.Key.Key_Down)
    hands.press(ENTER, ENTER, ENTER, ENTER)
    line = page_of(session).note.lines[0]
    assert (line.unit, line.price, line.amount) == ("dus", 18_000, 36_000)
    hands.press(ENTER, ctrl=True)
    assert stock(session)["Kopi bubuk"] == (Decimal(24), 36_000)


def test_a_barcode_nobody_knows_is_asked_for_its_name(session: Session, qtbot: QtBot) -> None:
    hands = Hands(qtbot, session)
    hands.press(ENTER, ENTER, ENTER)
    hands.type("8990000000001", ENTER)
    page = page_of(session)
    assert page.line_question.isVisible()
    hands.type("Teh botol", ENTER)
    hands.type("6", ENTER)
    hands.type("4rb", ENTER, ENTER, ENTER)
    assert [(line.name, line.amount) for line in page.note.lines] == [("Teh botol", 24_000)]
    found = scanned_product(session.reading(), "8990000000001")
    assert found is not None
    assert found.name == "Teh botol"


def test_a_debt_needs_a_supplier_and_says_so_at_the_field(session: Session, qtbot: QtBot) -> None:
    hands = Hands(qtbot, session)
    hands.press(ENTER, ENTER, ENTER)
    hands.type("gul", ENTER, ENTER, ENTER, ENTER, ENTER)
    hands.press(Qt.Key.Key_F9)
    hands.press(ENTER, ctrl=True)
    page = page_of(session)
    assert page.supplier.below
    assert hands.focus() is page.supplier.line
    assert len(page.note.lines) == 1
    assert stock(session) == {}


def test_a_line_is_changed_and_removed(session: Session, qtbot: QtBot) -> None:
    hands = Hands(qtbot, session)
    hands.press(ENTER, ENTER, ENTER)
    hands.type("gul", ENTER, ENTER, ENTER, ENTER, ENTER)
    hands.type("kop", ENTER, ENTER, ENTER, ENTER, ENTER, ENTER)
    page = page_of(session)
    assert [line.name for line in page.note.lines] == ["Gula pasir", "Kopi bubuk"]
    hands.press(Qt.Key.Key_Up)
    hands.press(Qt.Key.Key_U, alt=True)
    hands.type("4", ENTER, ENTER, ENTER, ENTER, ENTER)
    assert [line.quantity for line in page.note.lines] == [1, 4]
    hands.press(Qt.Key.Key_Up)
    hands.press(DELETE)
    assert [line.name for line in page.note.lines] == ["Gula pasir"]


def test_what_was_typed_survives_a_power_cut(session: Session, desk: Desk, qtbot: QtBot) -> None:
    hands = Hands(qtbot, session)
    hands.type("agu", ENTER)
    hands.type("F-9", ENTER, ENTER)
    hands.type("gul", ENTER)
    hands.type("2", ENTER, ENTER, ENTER, ENTER)
    qtbot.wait(400)
    path = session.book.path
    desk.close_book()
    assert desk.open_book(path, "buy")
    assert desk.session is not None
    page = page_of(desk.session)
    assert [(line.name, line.quantity) for line in page.note.lines] == [("Gula pasir", Decimal(2))]
    assert page.number.value() == "F-9"
    assert page.supplier.value_or_none()


def test_a_purchase_is_put_right(session: Session, qtbot: QtBot) -> None:
    hands = Hands(qtbot, session)
    hands.press(ENTER, ENTER, ENTER)
    hands.type("gul", ENTER)
    hands.type("10", ENTER, ENTER, ENTER, ENTER)
    hands.press(ENTER, ctrl=True)
    assert stock(session)["Gula pasir"] == (Decimal(10), 120_000)
    entry = session.reading().sql("SELECT max(id) FROM entry")[0][0]
    session.go("buy", correct=entry)
    page = page_of(session)
    assert page.head.isVisible()
    hands.press(Qt.Key.Key_Up)
    hands.press(Qt.Key.Key_U, alt=True)
    hands.type("8", ENTER, ENTER, ENTER, ENTER)
    hands.press(ENTER, ctrl=True)
    assert stock(session)["Gula pasir"] == (Decimal(8), 96_000)
    assert cash(session) == -96_000


def test_a_draft_that_cannot_be_read_is_an_empty_note() -> None:
    line = NoteLine("B-1", "Gula", "kg", Decimal("2.5"), 12_000, 500, large=True)
    assert Note.from_text(Note([line]).to_text()).lines == [line]
    for text in ("", "{}x", "[[1]]", '["a"]', '[["a","b","c","x",1,2,0]]'):
        assert Note.from_text(text).lines == []
