"""The counter, by keyboard."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ledger.accounts.chart import read_chart
from app.ledger.book import Book
from app.ledger.entries.queries import balances
from app.ledger.entries.records import newest_records
from app.ledger.parties.commands import AddCustomer
from app.ledger.products.commands import AddProduct, SetOpeningStock
from app.ledger.products.queries import scanned_product, search_products
from app.ledger.rebuilding import original_command
from app.ledger.sales.commands import RecordSale, SaleLine, SaleMethod, SalePayment
from app.ui.bridge import Session
from app.ui.pages.sell import SellPage
from tests.ui.conftest import OpenBook, shell_of

GOODS = (
    ("Gula pasir 1 kg", 17_500, 15_900, "8991001000017"),
    ("Minyak goreng 1 L", 19_000, 17_100, "8991001000024"),
    ("Teh celup isi 25", 7_500, 6_200, "8991001000031"),
)


def stocked(book: Book) -> None:
    """Three kinds of goods with stock, and a customer."""
    for name, price, cost, barcode in GOODS:
        book.execute(AddProduct(name=name, sell_price=price, buy_price=cost, unit="bks", barcode=barcode))
        book.execute(SetOpeningStock(on=date(2026, 10, 31), product=name, quantity=Decimal(100)))
    book.execute(AddCustomer(name="Bu Ani"))


@pytest.fixture
def page(session_of: OpenBook, qtbot: QtBot) -> SellPage:
    session = session_of("business", stocked, page="sell")
    assert session.shell is not None
    window = session.shell.window()
    with qtbot.waitActive(window):
        window.activateWindow()
    found = session.shell.page
    assert isinstance(found, SellPage)
    return found


def keys(qtbot: QtBot, *pressed: str | Qt.Key) -> None:
    """Type texts and press keys, where the focus is."""
    for key in pressed:
        where: QWidget | None = QApplication.focusWidget()
        assert where is not None
        if isinstance(key, str):
            QTest.keyClicks(where, key)
        else:
            QTest.keyClick(where, key)


ENTER = Qt.Key.Key_Return
ALT = Qt.KeyboardModifier.AltModifier


def money(session: Session) -> dict[str, int]:
    chart, amounts = read_chart(session.reading()), balances(session.reading())
    return {role: amounts.get(chart.role(role).id, 0) for role in ("cash", "qris", "bank", "receivable")}


def test_a_cash_sale_takes_three_keys_after_the_scan(page: SellPage, qtbot: QtBot) -> None:
    keys(qtbot, "8991001000017", ENTER)
    assert [(line.name, line.quantity) for line in page.cart.lines] == [("Gula pasir 1 kg", Decimal(1))]
    keys(qtbot, ENTER, ENTER, ENTER)
    assert page.cart.lines == []
    assert page.scan.hasFocus()
    assert money(page.session) == {"cash": 17_500, "qris": 0, "bank": 0, "receivable": 0}
    product = scanned_product(page.session.reading(), "8991001000017")
    assert product is not None
    assert product.stock == 99
    assert "JL-2611-0001" in shell_of(page.session).toast.text


def test_letters_quantity_change_and_the_line_that_grows(page: SellPage, qtbot: QtBot) -> None:
    keys(qtbot, "3*gul", ENTER, "min", ENTER, "gula", ENTER)
    assert [(line.name[:4], line.quantity) for line in page.cart.lines] == [
        ("Gula", Decimal(4)),
        ("Miny", Decimal(1)),
    ]
    assert page.cart.total == 89_000
    keys(qtbot, ENTER, "100rb")
    assert page.payment.change.text() == "Rp11.000"
    assert page.payment.change_words.text() == "sebelas ribu rupiah"
    keys(qtbot, ENTER, ENTER)
    assert "Rp11.000" in shell_of(page.session).toast.text
    assert money(page.session)["cash"] == 89_000


def test_less_than_the_total_is_paid_on_in_another_way(page: SellPage, qtbot: QtBot) -> None:
    keys(qtbot, "2*min", ENTER, ENTER, "20rb", ENTER)
    # The rest by QRIS, empty for all of it.
    keys(qtbot, ENTER, ENTER)
    assert page.cart.lines == []
    assert money(page.session) == {"cash": 20_000, "qris": 18_000, "bank": 0, "receivable": 0}


def test_on_credit_it_asks_for_the_customer(page: SellPage, qtbot: QtBot) -> None:
    keys(qtbot, "teh", ENTER, Qt.Key.Key_F9)
    assert page.payment.customer.line.hasFocus()
    keys(qtbot, "ani", ENTER, ENTER, ENTER, ENTER)
    assert page.cart.lines == []
    assert money(page.session)["receivable"] == 7_500


def test_the_last_note_is_taken_back_with_one_key(page: SellPage, qtbot: QtBot) -> None:
    keys(qtbot, "gul", ENTER, ENTER, ENTER, ENTER)
    assert money(page.session)["cash"] == 17_500
    QTest.keyClick(page.scan, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert money(page.session)["cash"] == 0
    assert len(newest_records(page.session.reading(), 10)) == 2 + len(GOODS)


def test_a_line_is_changed_discounted_and_removed(page: SellPage, qtbot: QtBot) -> None:
    keys(qtbot, "gul", ENTER, "min", ENTER, "teh", ENTER)
    keys(qtbot, "*", "4", ENTER)
    assert page.cart.lines[2].quantity == 4
    keys(qtbot, "%", "10%", ENTER)
    assert page.cart.lines[2].discount == 3_000
    keys(qtbot, Qt.Key.Key_Up)
    keys(qtbot, Qt.Key.Key_Delete)
    assert [line.name[:3] for line in page.cart.lines] == ["Gul", "Teh"]
    assert page.cart.total == 17_500 + 27_000


def test_a_note_waits_and_comes_back(page: SellPage, qtbot: QtBot) -> None:
    keys(qtbot, "gul", ENTER, Qt.Key.Key_F12)
    assert page.cart.lines == []
    keys(qtbot, "teh", ENTER)
    qtbot.wait(20)
    QTest.keyClick(page.scan, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert [line.name[:3] for line in page.cart.lines] == ["Gul"]
    qtbot.wait(20)
    QTest.keyClick(page.scan, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert [line.name[:3] for line in page.cart.lines] == ["Teh"]


def test_more_than_there_is_is_refused_and_nothing_is_lost(
    page: SellPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Exception] = []
    monkeypatch.setattr(page.session, "show_error", told.append)
    keys(qtbot, "101*gul", ENTER, ENTER, ENTER, ENTER)
    assert len(told) == 1
    assert page.cart.lines[0].quantity == 101
    assert money(page.session)["cash"] == 0


def test_an_unknown_barcode_becomes_goods(page: SellPage, qtbot: QtBot) -> None:
    keys(qtbot, "8990000000000", ENTER)
    keys(qtbot, "Sabun mandi", ENTER, "3500", ENTER)
    assert [(line.name, line.price) for line in page.cart.lines] == [("Sabun mandi", 3_500)]
    keys(qtbot, "8990000000000", ENTER)
    assert page.cart.lines[0].quantity == 2


def test_a_queue_of_ten_customers(page: SellPage, qtbot: QtBot) -> None:
    expected = 0
    for number in range(10):
        name, price, _cost, _barcode = GOODS[number % 3]
        keys(qtbot, f"{number + 1}*{name[:3]}", ENTER, ENTER)
        expected += (number + 1) * price
        if number % 2:
            keys(qtbot, "1jt")
        keys(qtbot, ENTER, ENTER)
    assert page.cart.lines == []
    assert money(page.session)["cash"] == expected
    assert page.session.document("sales").totals["sales"] == expected


def test_what_lies_on_the_counter_is_found_again(
    page: SellPage, qtbot: QtBot, session_of: Callable[..., Session]
) -> None:
    keys(qtbot, "2*gul", ENTER)
    qtbot.wait(300)
    path, desk = page.session.book.path, page.session.desk
    assert desk is not None
    # As after a power cut: nothing was said goodbye to, the book is simply opened again.
    assert desk.open_book(path, "sell")
    assert desk.session is not None
    again = shell_of(desk.session).page
    assert isinstance(again, SellPage)
    assert [(line.name[:4], line.quantity) for line in again.cart.lines] == [("Gula", Decimal(2))]


def test_a_wrong_note_is_put_right(page: SellPage, qtbot: QtBot) -> None:
    keys(qtbot, "2*gul", ENTER, ENTER, ENTER, ENTER)
    entry = newest_records(page.session.reading(), 1)[0].entry
    page.session.go("sell", correct=entry)
    assert page.cart.lines[0].quantity == 2
    keys(qtbot, "*", "3", ENTER, ENTER, ENTER, ENTER)
    assert money(page.session)["cash"] == 52_500
    states = [
        (row.reverses is not None, row.reversed_by is not None)
        for row in newest_records(page.session.reading(), 3)
    ]
    assert states == [(False, False), (True, False), (False, True)]


def test_a_part_that_was_paid_is_taken_back_with_esc(page: SellPage, qtbot: QtBot) -> None:
    keys(qtbot, "2*min", ENTER, ENTER, "20rb", ENTER)
    methods = [page.payment.method]
    keys(qtbot, Qt.Key.Key_Escape)
    methods.append(page.payment.method)
    assert methods == [SaleMethod.QRIS, SaleMethod.CASH]
    assert page.payment.amount.value() == 20_000
    keys(qtbot, "40rb", ENTER, ENTER)
    assert money(page.session) == {"cash": 38_000, "qris": 0, "bank": 0, "receivable": 0}


def test_what_is_scanned_while_paying_is_goods_and_no_amount(page: SellPage, qtbot: QtBot) -> None:
    keys(qtbot, "gul", ENTER, ENTER)
    assert page.payment.amount.line.hasFocus()
    keys(qtbot, "8991001000031", ENTER)
    assert [line.name[:3] for line in page.cart.lines] == ["Gul", "Teh"]
    keys(qtbot, ENTER, ENTER)
    # The focus is on the button that saves; a scan there is goods as well.
    keys(qtbot, *"8991001000024", ENTER)
    assert [line.name[:3] for line in page.cart.lines] == ["Gul", "Teh", "Min"]
    assert page.payment.amount.line.text() == ""
    assert len(newest_records(page.session.reading(), 10)) == len(GOODS)


def test_notes_of_another_day_are_written_down_afterwards(
    page: SellPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def no(question: str, *_rest: object, **_more: object) -> bool:
        asked.append(question)
        return False

    monkeypatch.setattr(page.session, "ask", no)
    QTest.keyClick(page.scan, Qt.Key.Key_T, ALT)
    keys(qtbot, "23/9", ENTER)
    # 62 days ago is questioned, and here the answer is no.
    assert len(asked) == 1
    QTest.keyClick(page.scan, Qt.Key.Key_T, ALT)
    keys(qtbot, "kemarin", ENTER)
    assert len(asked) == 1
    for _number in range(2):
        keys(qtbot, "gul", ENTER, ENTER, ENTER, ENTER)
    rows = newest_records(page.session.reading(), 2)
    assert [row.date for row in rows] == [date(2026, 11, 23)] * 2


def test_a_note_put_right_keeps_its_day_its_unit_and_how_it_was_paid(page: SellPage, qtbot: QtBot) -> None:
    session = page.session
    session.execute(
        AddProduct(name="Mi goreng", sell_price=3_000, unit="bks", big_unit="dus", big_size=Decimal(40))
    )
    sale = RecordSale(
        on=date(2026, 11, 10),
        lines=(SaleLine(product="Mi goreng", quantity=Decimal(2), unit="dus", price=115_000),),
        method=SaleMethod.CASH,
        paid=100_000,
        also=(SalePayment(method=SaleMethod.QRIS, amount=130_000),),
        customer="Bu Ani",
        memo="pesta",
    )
    entries: list[int] = []
    session.execute(sale, lambda outcome: entries.append(int(outcome.value["entry"])))
    session.go("sell", correct=entries[0])
    assert page.cart.total == 230_000
    keys(qtbot, "*", "3", ENTER, ENTER, ENTER, ENTER)
    corrected = original_command(session.reading(), newest_records(session.reading(), 1)[0].entry)
    assert isinstance(corrected, RecordSale)
    assert (corrected.on, corrected.memo, corrected.also) == (sale.on, sale.memo, sale.also)
    assert corrected.lines == (
        SaleLine(product=page_code(session, "Mi goreng"), quantity=Decimal(3), unit="dus", price=115_000),
    )
    assert money(session) == {"cash": 215_000, "qris": 130_000, "bank": 0, "receivable": 0}


def test_a_widget_cleared_at_once_never_becomes_a_window(page: SellPage, qtbot: QtBot) -> None:
    keys(qtbot, "gul", ENTER, Qt.Key.Key_F12)
    qtbot.wait(50)
    assert QApplication.activeWindow() is page.window()
    assert page.scan.hasFocus()


def page_code(session: Session, name: str) -> str:
    found = search_products(session.reading(), name, 1)
    return found[0].code
