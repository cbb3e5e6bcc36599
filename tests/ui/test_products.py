"""Barang: the list of goods, one product, its stock."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.ledger.book import Book
from app.ledger.demo import samples
from app.ledger.demo.make import DemoSize
from app.ledger.products.commands import AddProduct, ChangeProduct, SetOpeningStock
from app.ledger.products.queries import ProductFacts, product_list
from app.ui.application import Desk
from app.ui.bridge import Session
from app.ui.pages.products import ProductsPage
from tests.ui.conftest import OpenBook, shell_of

ENTER, ALT, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def filled(book: Book) -> None:
    """Sugar with stock, tea that runs out, soap out of use."""
    goods = (("Gula pasir", 17_500, 100, ""), ("Teh celup", 7_500, 4, "8991"), ("Sabun", 3_500, 0, ""))
    for name, price, stock, barcode in goods:
        book.execute(
            AddProduct(
                name=name,
                sell_price=price,
                buy_price=price - 1_500,
                unit="bks",
                barcode=barcode,
                minimum=Decimal(5),
            )
        )
        if stock:
            book.execute(SetOpeningStock(on=date(2026, 10, 31), product=name, quantity=Decimal(stock)))
    book.execute(ChangeProduct(product="Sabun", active=False))


def page_of(session: Session) -> ProductsPage:
    page = shell_of(session).page
    assert isinstance(page, ProductsPage)
    return page


def press(
    qtbot: QtBot, *pressed: str | Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    for key in pressed:
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        where = QApplication.focusWidget()
        assert where is not None
        if isinstance(key, str):
            QTest.keyClicks(where, key)
        else:
            QTest.keyClick(where, key, modifier)


def names(page: ProductsPage) -> list[str]:
    return [page.table.table.row(place).name for place in range(page.table.table.rowCount())]


def product(session: Session, name: str) -> ProductFacts:
    return next(row for row in product_list(session.reading()) if row.name == name)


def said(page: ProductsPage) -> str:
    shown = page.side.currentWidget()
    assert shown is not None
    return " ".join(label.text() for label in shown.findChildren(QLabel))


def test_an_empty_book_says_what_belongs_here_and_adds_the_first(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("business", page="products")
    page = page_of(session)
    assert not page.table.isVisible()
    press(qtbot, Qt.Key.Key_N, modifier=CTRL)
    press(qtbot, "Gula pasir", ENTER, "17.500", ENTER, "15,9rb", ENTER, "bks")
    press(qtbot, ENTER, ENTER, ENTER, ENTER, ENTER, ENTER, ENTER)
    assert names(page) == ["Gula pasir"]
    made = product(session, "Gula pasir")
    assert (made.sell_price, made.buy_price, made.unit) == (17_500, 15_900, "bks")
    assert page.table.hasFocus()


def test_one_after_the_other(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("business", page="products")
    page = page_of(session)
    press(qtbot, Qt.Key.Key_N, modifier=CTRL)
    for name in ("Gula", "Teh", "Kopi"):
        press(qtbot, name)
        press(qtbot, ENTER, modifier=CTRL)
        assert page.form.title.line.hasFocus()
        assert page.side.currentWidget() is page.form
    press(qtbot, Qt.Key.Key_Escape)
    assert names(page) == ["Gula", "Kopi", "Teh"]


def test_it_is_found_by_a_word_and_by_barcode(session_of: OpenBook, qtbot: QtBot) -> None:
    page = page_of(session_of("business", filled, page="products"))
    qtbot.waitUntil(page.search.hasFocus)
    assert names(page) == ["Gula pasir", "Teh celup"]
    press(qtbot, "celup")
    qtbot.waitUntil(lambda: names(page) == ["Teh celup"])
    page.search.clear()
    press(qtbot, "8991")
    qtbot.waitUntil(lambda: names(page) == ["Teh celup"])
    press(qtbot, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(names(page)) == 2)
    page.low.click()
    assert names(page) == ["Teh celup"]
    page.low.click()
    page.out_of_use.click()
    assert names(page) == ["Sabun"]


def test_what_is_chosen_stands_at_the_side(session_of: OpenBook, qtbot: QtBot) -> None:
    page = page_of(session_of("business", filled, page="products"))
    press(qtbot, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert page.table.current().name == "Teh celup"
    shown = said(page)
    assert "4 bks" in shown
    assert "Rp24.000" in shown
    assert "Rp7.500" in shown


def test_the_price_is_changed(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("business", filled, page="products")
    page = page_of(session)
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, ENTER)
    page.form.sell.select()
    press(qtbot, "18rb")
    page.form.save()
    assert product(session, "Gula pasir").sell_price == 18_000
    session.undo()
    assert product(session, "Gula pasir").sell_price == 17_500


def test_what_was_counted_is_missing_or_damaged(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("business", filled, page="products")
    page = page_of(session)
    press(qtbot, Qt.Key.Key_S, modifier=ALT)
    press(qtbot, "98")
    assert "Gula pasir: 100 menjadi 98 bks." in said(page)
    page.stock_form.save()
    assert product(session, "Gula pasir").stock == 98
    assert page.table.hasFocus()
    press(qtbot, Qt.Key.Key_S, modifier=ALT)
    page.stock_form.way.set_value("damaged")
    press(qtbot, "3")
    page.stock_form.save()
    assert product(session, "Gula pasir").stock == 95
    session.undo()
    session.undo()
    assert product(session, "Gula pasir").stock == 100


def test_the_stock_of_the_old_book_is_taken_over(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of(
        "business", lambda book: book.execute(AddProduct(name="Kopi", buy_price=1_000)), page="products"
    )
    page = page_of(session)
    press(qtbot, Qt.Key.Key_S, modifier=ALT)
    assert page.stock_form.way.value() == "opening"
    press(qtbot, "40")
    page.stock_form.save()
    coffee = product(session, "Kopi")
    assert coffee.stock == 40
    assert coffee.value == 40_000


def test_the_stock_card_opens(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("business", filled, page="products")
    press(qtbot, Qt.Key.Key_K, modifier=ALT)
    assert shell_of(session).page_key == "reports"
    assert shell_of(session).now[1]["report"] == "stock-card"


def test_two_of_the_same_barcode_are_refused_at_the_field(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("business", filled, page="products")
    page = page_of(session)
    press(qtbot, Qt.Key.Key_N, modifier=CTRL)
    press(qtbot, "Teh tubruk")
    page.form.barcode.set_value("8991")
    page.form.save()
    assert page.form.barcode.line.property("fault")
    assert page.form.title.value() == "Teh tubruk"
    assert len(product_list(session.reading())) == 3


def test_the_sample_book_opens_from_an_empty_list(
    desk: Desk, session_of: OpenBook, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = DemoSize(months=1, sales_per_day=2, members=4, until=date(2026, 11, 24))
    monkeypatch.setattr(samples, "_size", lambda _today: size)
    session = session_of("business", page="products")
    own = session.book.path
    press(qtbot, Qt.Key.Key_L, modifier=ALT)
    qtbot.waitUntil(lambda: desk.session is not None and desk.session is not session, timeout=20_000)
    opened = desk.session
    assert opened is not None
    assert opened.info.training
    assert names(page_of(opened))
    # The own book is as empty as it was.
    assert own.is_file()
    assert opened.book.path != own
