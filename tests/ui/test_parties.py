"""Customers and suppliers: who owes what, paid with one key."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.ledger.book import Book
from app.ledger.debts.commands import SetOpeningBill
from app.ledger.debts.queries import PAYABLE, RECEIVABLE, open_bills
from app.ledger.parties.commands import AddCustomer, AddSupplier
from app.ledger.parties.queries import parties
from app.ui.bridge import Session
from app.ui.pages.parties import PartiesPage
from tests.ui.conftest import NOW, OpenBook, shell_of
from tests.ui.hands import Hands

TODAY = NOW.date()


def filled(book: Book) -> None:
    book.execute(AddCustomer(name="Bu Tini", phone="081234567890"))
    book.execute(AddCustomer(name="Pak Slamet"))
    book.execute(AddSupplier(name="Toko Agung"))
    # 24 November: N-1 is 14 days overdue, N-2 falls due next week.
    opening = ((50_000, "N-1", date(2026, 11, 10)), (30_000, "N-2", date(2026, 12, 1)))
    for amount, number, due in opening:
        book.execute(
            SetOpeningBill(on=date(2026, 10, 31), customer="Bu Tini", amount=amount, number=number, due=due)
        )
    book.execute(SetOpeningBill(on=date(2026, 10, 31), supplier="Toko Agung", amount=120_000, number="F-7"))


def page_of(session: Session) -> PartiesPage:
    page = shell_of(session).page
    assert isinstance(page, PartiesPage)
    return page


def words(page: PartiesPage) -> list[str]:
    shown = page.side.currentWidget()
    assert shown is not None
    return [label.text() for label in shown.findChildren(QLabel)]


def test_the_list_says_what_is_open_and_what_is_overdue(session_of: OpenBook) -> None:
    page = page_of(session_of("business", filled, page="parties"))
    assert [page.table.table.text(row, page.table.table.columns[0]) for row in range(2)] == [
        "Bu Tini",
        "Pak Slamet",
    ]
    line = page.table.table.row(0)
    assert (line.owed, line.late) == (80_000, 50_000)
    assert "Rp80.000" in page.totals.sums
    assert "Rp50.000" in page.totals.sums
    shown = words(page)
    assert "N-1" in shown
    assert "N-2" in shown
    assert any("14" in text for text in shown)


def test_a_customer_pays_everything_with_two_strokes(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("business", filled, page="parties")
    hands = Hands(qtbot, session)
    page = page_of(session)
    hands.press(Qt.Key.Key_T, alt=True)
    assert page.payment.amount.value() == 80_000
    hands.press(Qt.Key.Key_Return, ctrl=True)
    assert open_bills(session.reading(), RECEIVABLE, TODAY) == []
    assert page.table.current().owed == 0
    session.undo()
    assert sum(bill.open for bill in open_bills(session.reading(), RECEIVABLE, TODAY)) == 80_000
    assert page.table.current().owed == 80_000


def test_part_of_one_note_is_paid_and_put_right(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("business", filled, page="parties")
    hands = Hands(qtbot, session)
    page = page_of(session)
    hands.press(Qt.Key.Key_T, alt=True)
    page.payment.bill.setFocus()
    # "Yang paling lama dulu", N-1, N-2.
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Down)
    assert page.payment.bill.value() == "N-2"
    assert page.payment.amount.value() == 30_000
    page.payment.amount.select()
    hands.type("10rb")
    hands.press(Qt.Key.Key_Return, ctrl=True)
    left = {bill.number: bill.open for bill in open_bills(session.reading(), RECEIVABLE, TODAY)}
    assert left == {"N-1": 50_000, "N-2": 20_000}
    entry = session.reading().sql("SELECT max(id) FROM entry")[0][0]
    session.go("parties", correct=entry)
    assert page.payment.amount.value() == 10_000
    page.payment.amount.select()
    hands.type("15rb")
    hands.press(Qt.Key.Key_Return, ctrl=True)
    left = {bill.number: bill.open for bill in open_bills(session.reading(), RECEIVABLE, TODAY)}
    assert left == {"N-1": 50_000, "N-2": 15_000}


def test_too_much_is_refused_at_the_form_and_nothing_is_saved(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("business", filled, page="parties")
    hands = Hands(qtbot, session)
    page = page_of(session)
    hands.press(Qt.Key.Key_T, alt=True)
    hands.type("90rb")
    hands.press(Qt.Key.Key_Return, ctrl=True)
    assert page.payment.amount.below
    assert sum(bill.open for bill in open_bills(session.reading(), RECEIVABLE, TODAY)) == 80_000


def test_a_supplier_is_paid(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("business", filled, page="parties")
    hands = Hands(qtbot, session)
    page = page_of(session)
    hands.press(Qt.Key.Key_2, alt=True)
    assert page.table.current().name == "Toko Agung"
    hands.press(Qt.Key.Key_Return)
    assert page.payment.amount.value() == 120_000
    hands.press(Qt.Key.Key_Return, ctrl=True)
    assert open_bills(session.reading(), PAYABLE, TODAY) == []


def test_a_new_customer_is_typed_and_found(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("business", page="parties")
    hands = Hands(qtbot, session)
    page = page_of(session)
    hands.press(Qt.Key.Key_N, ctrl=True)
    hands.type("Warung Kopi")
    hands.press(Qt.Key.Key_Return)
    hands.type("Mas Jo")
    hands.press(Qt.Key.Key_Return)
    hands.type("0812 1111 2222")
    for _ in range(3):
        hands.press(Qt.Key.Key_Return)
    found = parties(session.reading(), "customer")
    assert [(row.name, row.nickname, row.phone) for row in found] == [
        ("Warung Kopi", "Mas Jo", "+6281211112222")
    ]
    assert page.table.current().name == "Warung Kopi"
    assert "Mas Jo" in words(page)
    page.search.setFocus()
    hands.type("0812 1111")
    qtbot.waitUntil(lambda: page.table.table.rowCount() == 1)


def test_the_nickname_finds_and_is_changed(session_of: OpenBook, qtbot: QtBot) -> None:
    def fill(book: Book) -> None:
        book.execute(AddCustomer(name="Sri Wahyuni", nickname="Yu Sri"))
        book.execute(AddCustomer(name="Darmo"))

    session = session_of("business", fill, page="parties")
    hands = Hands(qtbot, session)
    page = page_of(session)
    hands.type("yu s")
    qtbot.waitUntil(lambda: page.table.table.rowCount() == 1)
    assert page.table.table.text(0, page.table.table.columns[0]) == "Sri Wahyuni (Yu Sri)"
    hands.press(Qt.Key.Key_U, alt=True)
    assert page.form.nickname.value() == "Yu Sri"
    page.form.nickname.select()
    hands.type("Bu Sri")
    for _ in range(4):
        hands.press(Qt.Key.Key_Return)
    assert [row.nickname for row in parties(session.reading(), "customer")] == ["", "Bu Sri"]


def test_the_reminder_goes_to_the_clipboard(session_of: OpenBook, qtbot: QtBot) -> None:
    hands = Hands(qtbot, session_of("business", filled, page="parties"))
    hands.press(Qt.Key.Key_C, alt=True)
    text = QGuiApplication.clipboard().text()
    assert "Bu Tini" in text
    assert "Rp80.000" in text
    assert "31 Oktober 2026" in text
    assert "Warung Sari" in text


def test_one_goes_out_of_use_and_back(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("business", filled, page="parties")
    hands = Hands(qtbot, session)
    page = page_of(session)
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Down)
    assert page.table.current().name == "Pak Slamet"
    hands.press(Qt.Key.Key_H, alt=True)
    assert [line.name for line in page.table.table._rows.page(0, 9)] == ["Bu Tini"]
    session.undo()
    assert page.table.table.rowCount() == 2


def test_a_note_of_the_old_book_is_taken_over(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("business", filled, page="parties")
    hands = Hands(qtbot, session)
    session.go("parties", kind="customer", party=party_code(session, "Pak Slamet"))
    hands.press(Qt.Key.Key_L, alt=True)
    hands.type("45rb")
    for _ in range(4):
        hands.press(Qt.Key.Key_Return)
    assert {row.name: row.owed for row in parties(session.reading(), "customer")}["Pak Slamet"] == 45_000


def party_code(session: Session, name: str) -> str:
    return next(row.code for row in parties(session.reading(), "customer") if row.name == name)


def test_the_reminder_is_indonesian_in_an_english_window(session_of: OpenBook) -> None:
    from app.ui.pages.parties.register import party_lines, reminder

    session = session_of("business", filled, page="parties")
    line = party_lines(session.reading(), "customer", TODAY)[0]
    text = reminder(line, "Toko Maju")
    assert text.startswith("Selamat siang, Bu Tini.")
    assert "2 bon" in text


def test_one_is_come_to_by_code_or_by_name(session_of: OpenBook) -> None:
    session = session_of("business", filled, page="parties")
    session.go("parties", kind="supplier", party="Toko Agung")
    page = page_of(session)
    assert page.table.current().name == "Toko Agung"
    session.go("parties", kind="customer", party=party_code(session, "Pak Slamet"))
    assert page.table.current().name == "Pak Slamet"


def test_an_empty_list_says_what_belongs_there(session_of: OpenBook) -> None:
    page = page_of(session_of("business", page="parties"))
    assert page._empties["customer"].isVisible()
    assert not page._empties["supplier"].isVisible()
    assert not page.table.isVisible()
