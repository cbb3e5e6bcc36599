"""The picker: finds while one types, takes with Enter, makes a new one on the fly; its value is the code."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.base.errors import UserError
from app.base.i18n import Translator
from app.ledger.book import Book
from app.ledger.loans.commands import DisburseLoan
from app.ledger.members.commands import AddMember
from app.ledger.parties.commands import AddCustomer
from app.ledger.parties.queries import search_parties
from app.ledger.products.commands import AddProduct
from app.ui.book_pickers import loan_picker
from app.ui.pickers import party_picker, product_picker
from app.ui.widgets.picker import Found, Picker
from tests.ui.conftest import OpenBook

PEOPLE = [
    Found("0001", "Siti Aminah", "Blok A"),
    Found("0002", "Siti Rahayu", "Blok B"),
    Found("0137", "Bambang", also="Pak Bang"),
]


def search(text: str) -> Sequence[Found]:
    return [item for item in PEOPLE if text.casefold() in f"{item.code} {item.name} {item.also}".casefold()]


def known(code: str) -> Found | None:
    return next((item for item in PEOPLE if item.code.lstrip("0") == code.lstrip("0")), None)


@pytest.fixture
def made() -> list[str]:
    return []


@pytest.fixture
def picker(qtbot: QtBot, made: list[str]) -> Picker:
    def create(name: str) -> Found | None:
        made.append(name)
        return Found("0200", name)

    widget = Picker(Translator("id"), search, known, create=create, hint="Nomor atau nama")
    widget.set_name("Anggota")
    qtbot.addWidget(widget)
    widget.show()
    focused(widget, qtbot)
    return widget


def focused(picker: Picker, qtbot: QtBot) -> None:
    picker.activateWindow()
    picker.line.setFocus()
    qtbot.waitUntil(picker.line.hasFocus)


def typed(picker: Picker, text: str, qtbot: QtBot) -> None:
    QTest.keyClicks(picker.line, text)
    qtbot.waitUntil(lambda: picker.open, timeout=2_000)


def test_enter_takes_the_first_that_fits(picker: Picker, qtbot: QtBot) -> None:
    typed(picker, "siti", qtbot)
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    assert picker.value() == "0001"
    assert picker.line.text() == "Siti Aminah"
    assert not picker.open


def test_arrows_choose_and_tell_who_it_is(picker: Picker, qtbot: QtBot) -> None:
    typed(picker, "siti", qtbot)
    QTest.keyClick(picker.line, Qt.Key.Key_Down)
    assert picker.line.accessibleDescription() == "Siti Rahayu"
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    assert picker.value() == "0002"


def test_enter_does_not_wait_for_the_list(picker: Picker) -> None:
    QTest.keyClicks(picker.line, "bamb")
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    assert picker.value() == "0137"


def test_a_number_that_is_left_is_who_has_it(picker: Picker, qtbot: QtBot) -> None:
    typed(picker, "137", qtbot)
    picker.line.clearFocus()
    assert picker.line.text() == "Bambang"
    assert picker.value() == "0137"


def test_someone_is_found_by_the_nickname_and_named_in_full(picker: Picker, qtbot: QtBot) -> None:
    typed(picker, "pak", qtbot)
    assert picker.line.accessibleDescription() == "Bambang (Pak Bang)"
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    assert (picker.line.text(), picker.value()) == ("Bambang", "0137")


def test_a_whole_nickname_that_is_left_is_who_has_it(picker: Picker, qtbot: QtBot, made: list[str]) -> None:
    typed(picker, "pak bang", qtbot)
    picker.line.clearFocus()
    assert (picker.line.text(), picker.value()) == ("Bambang", "0137")
    assert made == []


def test_the_last_line_makes_a_new_one(picker: Picker, qtbot: QtBot, made: list[str]) -> None:
    typed(picker, "Siti Baru", qtbot)
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    assert made == ["Siti Baru"]
    assert picker.value() == "0200"


def test_escape_closes_the_list_and_keeps_what_was_typed(
    picker: Picker, qtbot: QtBot, made: list[str]
) -> None:
    typed(picker, "siti", qtbot)
    QTest.keyClick(picker.line, Qt.Key.Key_Escape)
    assert not picker.open
    assert picker.line.text() == "siti"
    with pytest.raises(UserError, match="not in the list"):
        picker.value()
    assert made == []


def test_it_is_filled_and_emptied_by_the_code(picker: Picker) -> None:
    picker.set_value("0002")
    assert (picker.line.text(), picker.value()) == ("Siti Rahayu", "0002")
    kept = picker.state()
    picker.set_value(None)
    assert picker.value() is None
    picker.restore(kept)
    assert picker.value() == "0002"


# With a book


def test_a_product_is_found_by_barcode_and_by_any_word(session_of: OpenBook, qtbot: QtBot) -> None:
    def fill(book: Book) -> None:
        book.execute(AddProduct(name="Minyak Goreng 1 L", barcode="8999999012345", sell_price=19_000))
        book.execute(AddProduct(name="Gula Pasir", sell_price=17_500))

    session = session_of("business", fill)
    picker = product_picker(session)
    qtbot.addWidget(picker)
    picker.show()
    focused(picker, qtbot)
    QTest.keyClicks(picker.line, "8999999012345")
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    assert picker.chosen is not None
    assert picker.chosen.name == "Minyak Goreng 1 L"
    picker.line.clear()
    QTest.keyClicks(picker.line, "goreng")
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    assert picker.chosen is not None
    assert picker.chosen.name == "Minyak Goreng 1 L"
    assert "Rp19.000" in picker.chosen.facts


def test_a_customer_made_on_the_fly_is_in_the_book(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("business")
    picker = party_picker(session, "customer")
    qtbot.addWidget(picker)
    picker.show()
    focused(picker, qtbot)
    typed(picker, "Bu Tini", qtbot)
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    found = search_parties(session.reading(), "customer", "tini", 5)
    assert [row.name for row in found] == ["Bu Tini"]
    assert picker.value() == found[0].code


def test_a_customer_is_found_by_the_nickname(session_of: OpenBook, qtbot: QtBot) -> None:
    def fill(book: Book) -> None:
        book.execute(AddCustomer(name="Sri Wahyuni", nickname="Yu Sri"))
        book.execute(AddCustomer(name="Yuliana"))

    picker = party_picker(session_of("business", fill), "customer")
    qtbot.addWidget(picker)
    picker.show()
    focused(picker, qtbot)
    typed(picker, "yu s", qtbot)
    assert picker.line.accessibleDescription() == "Sri Wahyuni (Yu Sri)"
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    assert (picker.line.text(), picker.value()) == ("Sri Wahyuni", "PL-0001")


def test_a_loan_is_found_by_the_nickname_of_the_member(session_of: OpenBook, qtbot: QtBot) -> None:
    def fill(book: Book) -> None:
        for name, nickname in (("Sutrisno", "Pak No"), ("Wayan", "")):
            member = book.execute(AddMember(name=name, nickname=nickname)).number
            book.execute(
                DisburseLoan(
                    member=member, principal=1_200_000, rate=Decimal(1), term=12, on=date(2026, 11, 2)
                )
            )

    session = session_of("cooperative", fill)
    picker = loan_picker(session)
    qtbot.addWidget(picker)
    picker.show()
    focused(picker, qtbot)
    typed(picker, "pak", qtbot)
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    assert picker.chosen is not None
    assert picker.chosen.name.endswith("Sutrisno")
