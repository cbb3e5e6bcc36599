"""Ctrl+K: everything is found and gone to by the keyboard alone."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ledger.book import Book
from app.ledger.cash.commands import RecordMoneyIn
from app.ledger.entries.records import newest_records
from app.ledger.members.commands import AddMember
from app.ledger.parties.commands import AddCustomer
from app.ledger.products.commands import AddProduct
from app.ui.bridge import Session
from app.ui.widgets.palette import Palette
from tests.ui.conftest import OpenBook, shell_of
from tests.ui.hands import Hands


def shop(book: Book) -> None:
    book.execute(AddProduct(name="Gula Pasir", unit="kg", sell_price=17_500))
    book.execute(AddCustomer(name="Gunawan"))
    book.execute(
        RecordMoneyIn(on=date(2026, 11, 2), amount=50_000, category="other-income", memo="Hadiah gunung")
    )


def opened(session: Session, qtbot: QtBot) -> Palette:
    Hands(qtbot, session).press(Qt.Key.Key_K, ctrl=True)
    found = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, Palette)]
    palette = next(widget for widget in found if widget.isVisible())
    qtbot.addWidget(palette)
    return palette


def names(palette: Palette) -> list[str]:
    return [hit.name for hit in palette.hits]


def test_it_begins_with_the_pages(session_of: OpenBook, qtbot: QtBot) -> None:
    palette = opened(session_of("business", shop), qtbot)
    assert names(palette)[:3] == ["Beranda", "Jual", "Beli barang"]
    assert palette.field.accessibleDescription().startswith("Beranda")


def test_letters_find_things_people_records_and_reports(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("business", shop)
    palette = opened(session, qtbot)
    QTest.keyClicks(palette.field, "gu")
    number = newest_records(session.reading(), 1)[0].number
    assert set(names(palette)) == {"Gula Pasir", "Gunawan", f"{number}  Hadiah gunung"}
    palette.field.setText("laba rugi")
    assert "Laporan Laba Rugi" in names(palette)
    palette.field.setText("zzzz")
    assert palette.hits == []
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible(), "there is nothing to go to"


def test_people_are_found_by_what_they_are_called(session_of: OpenBook, qtbot: QtBot) -> None:
    def village(book: Book) -> None:
        book.execute(AddMember(name="Sutrisno", nickname="Pak No"))

    session = session_of("cooperative", village)
    palette = opened(session, qtbot)
    QTest.keyClicks(palette.field, "pak no")
    assert names(palette) == ["Sutrisno (Pak No)"]
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert shell_of(session).now == ("member", {"member": "0001"})


def test_arrows_and_enter_go_there(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("business", shop)
    palette = opened(session, qtbot)
    QTest.keyClicks(palette.field, "gu")
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.at == 0, "after the last comes the first"
    QTest.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.at == 2
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert shell_of(session).now[0] == "records"


def test_a_number_of_a_note_leads_to_it(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("business", shop)
    row = newest_records(session.reading(), 1)[0]
    palette = opened(session, qtbot)
    QTest.keyClicks(palette.field, row.number.lower())
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert shell_of(session).now == ("records", {"entry": row.entry})


def test_what_can_be_done_on_the_page_is_found(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("cooperative")
    session.go("members")
    palette = opened(session, qtbot)
    QTest.keyClicks(palette.field, "tambah anggota")
    assert names(palette)
    assert "Ctrl+N" in palette.hits[0].what
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    page = shell_of(session).page
    assert page.form.isVisible()  # type: ignore[attr-defined]


def test_a_member_is_found_by_number(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of(
        "cooperative", lambda book: book.execute(AddMember(name="Siti Aminah", joined=date(2026, 1, 5)))
    )
    palette = opened(session, qtbot)
    QTest.keyClicks(palette.field, "1")
    assert "Siti Aminah" in names(palette)
    palette.choose(names(palette).index("Siti Aminah"))
    palette.go()
    assert shell_of(session).page_key == "member"


def test_escape_closes_and_leaves_the_page(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("business", shop)
    session.go("products")
    palette = opened(session, qtbot)
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert shell_of(session).page_key == "products"
