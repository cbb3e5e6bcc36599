"""Fields and forms: what is understood at once, what is refused on the spot, and that nothing typed is ever lost."""

import os
import signal
import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.base.dates import Month
from app.base.errors import UserError
from app.ledger.book import Book
from app.ledger.cash.commands import RecordMoneyOut
from app.ledger.entries.records import newest_records
from app.ledger.periods.commands import LockMonth
from app.ui.application import Desk
from app.ui.bridge import Session
from app.ui.pages.cash import CashPage
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.number_edit import CountEdit, MoneyEdit, QuantityEdit, RateEdit
from tests.ui.conftest import NOW, OpenBook, make_services, shell_of

TODAY = NOW.date()
ENTER, CTRL, SHIFT = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def keys(qtbot: QtBot, *pressed: str | Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    """Type texts and press keys, where the focus is."""
    for key in pressed:
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        where: QWidget | None = QApplication.focusWidget()
        assert where is not None
        if isinstance(key, str):
            QTest.keyClicks(where, key)
        else:
            QTest.keyClick(where, key, modifier or Qt.KeyboardModifier.NoModifier)


def cash_page(session: Session) -> CashPage:
    page = shell_of(session).page
    assert isinstance(page, CashPage)
    return page


# Amounts


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("25000", 25_000),
        ("25.000", 25_000),
        ("25rb", 25_000),
        ("1,5jt", 1_500_000),
        ("2 juta", 2_000_000),
        ("Rp 1.250.000", 1_250_000),
        ("3*12500", 37_500),
        ("100rb-15%", 85_000),
        ("1 m", 1_000_000_000),
    ],
)
def test_amounts_are_read_as_people_write_them(qtbot: QtBot, typed: str, amount: int) -> None:
    edit = MoneyEdit(make_services("id").translator)
    qtbot.addWidget(edit)
    QTest.keyClicks(edit.line, typed)
    assert edit.value() == amount


def test_what_was_understood_stands_at_the_right_and_in_words_below(qtbot: QtBot) -> None:
    edit = MoneyEdit(make_services("id").translator)
    qtbot.addWidget(edit)
    edit.show()
    QTest.keyClicks(edit.line, "999rb")
    assert (edit.meaning, edit.below) == ("= Rp999.000", "")
    edit.line.clear()
    QTest.keyClicks(edit.line, "1,5jt")
    assert (edit.meaning, edit.below) == ("= Rp1.500.000", "satu juta lima ratus ribu rupiah")
    edit.line.editingFinished.emit()
    # Once left, the figure itself stands in the field and needs no explanation.
    assert (edit.line.text(), edit.meaning) == ("1.500.000", "")


def test_what_cannot_be_understood_is_refused_on_the_spot_with_an_example(qtbot: QtBot) -> None:
    edit = MoneyEdit(make_services("id").translator)
    qtbot.addWidget(edit)
    QTest.keyClicks(edit.line, "12,5,0")
    with pytest.raises(UserError):
        edit.value()
    edit.line.editingFinished.emit()
    assert edit.below == "Tidak terbaca. Contoh: 25rb, 1,5jt, 3*12500"
    assert edit.line.property("fault")
    QTest.keyClicks(edit.line, "x")
    # Typing on takes the mark away.
    assert not edit.line.property("fault")


def test_quantities_rates_and_counts(qtbot: QtBot) -> None:
    translator = make_services("id").translator
    quantity, rate, count = QuantityEdit(translator), RateEdit(translator), CountEdit(translator)
    for edit, typed in ((quantity, "2,5"), (rate, "1,5"), (count, "12")):
        qtbot.addWidget(edit)
        QTest.keyClicks(edit.line, typed)
    assert (quantity.value(), rate.value(), count.value()) == (Decimal("2.5"), Decimal("1.5"), 12)
    for edit in (quantity, rate, count):
        edit.line.setText("banyak")
        with pytest.raises(UserError):
            edit.value()
        edit.line.editingFinished.emit()
        assert edit.below


# Dates


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("23", date(2026, 11, 23)),
        ("23/10", date(2026, 10, 23)),
        ("23 okt", date(2026, 10, 23)),
        ("kemarin", date(2026, 11, 23)),
    ],
)
def test_dates_are_read_as_people_write_them(
    session_of: OpenBook, qtbot: QtBot, typed: str, day: date
) -> None:
    edit = DateEdit(session_of("business"))
    qtbot.addWidget(edit)
    edit.line.clear()
    QTest.keyClicks(edit.line, typed)
    assert edit.value() == day
    edit.line.editingFinished.emit()
    assert edit.line.text() == make_services("id").translator.format.date_medium(day)


def test_plus_minus_and_t_move_the_day(session_of: OpenBook, qtbot: QtBot) -> None:
    edit = DateEdit(session_of("business"))
    qtbot.addWidget(edit)
    edit.show()
    edit.select()
    for key, away in (
        (Qt.Key.Key_Minus, -1),
        (Qt.Key.Key_Minus, -2),
        (Qt.Key.Key_Plus, -1),
        (Qt.Key.Key_T, 0),
    ):
        QTest.keyClick(edit.line, key)
        assert edit.value() == TODAY + timedelta(days=away)


def test_an_odd_day_is_questioned_before_it_is_saved(
    session_of: OpenBook, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_of("business", page="cash")
    page = cash_page(session)
    asked: list[str] = []
    answers = iter((False, True))

    def ask(question: str, *_rest: object, **_more: object) -> bool:
        asked.append(question)
        return next(answers)

    monkeypatch.setattr(session, "ask", ask)
    page.form.fill({"amount": 50_000, "on": date(2026, 9, 1)})
    page.form.save()
    assert len(asked) == 1
    assert "84" in asked[0]
    assert newest_records(session.reading(), 1) == []
    page.form.save()
    assert len(asked) == 2
    assert newest_records(session.reading(), 1)[0].date == date(2026, 9, 1)
    # 45 days ago and today are not odd.
    page.form.fill({"amount": 50_000, "on": TODAY - timedelta(days=45)})
    page.form.save()
    assert len(asked) == 2


def locked(book: Book) -> None:
    """October is locked."""
    book.execute(RecordMoneyOut(on=date(2026, 10, 5), amount=20_000, category="transport"))
    book.execute(LockMonth(month=Month(2026, 10)))


def test_a_day_in_a_locked_month_offers_a_correction_in_this_one(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("business", locked, page="cash")
    page = cash_page(session)
    page.form.fill({"amount": 50_000})
    page.day.line.setText("23/10")
    assert page.day.locked()
    assert page.day.below == "Oktober 2026 terkunci."
    page.form.save()
    # Refused by the ledger, shown at the field, nothing lost.
    assert page.day.line.property("fault")
    assert page.amount.value() == 50_000
    assert len(newest_records(session.reading(), 5)) == 1
    page.day.to_this_month()
    assert page.day.value() == TODAY
    assert not page.day.line.property("fault")
    page.form.save()
    assert newest_records(session.reading(), 1)[0].date == TODAY


# Forms


def test_enter_goes_through_the_fields_and_saves_on_the_last(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("business", page="cash")
    page = cash_page(session)
    keys(qtbot, "36rb", ENTER)
    assert page.category.box.hasFocus()
    keys(qtbot, ENTER, modifier=SHIFT)
    assert page.amount.line.hasFocus()
    keys(qtbot, ENTER, ENTER, ENTER)
    assert page.memo.line.hasFocus()
    keys(qtbot, "bensin", ENTER, ENTER, ENTER)
    row = newest_records(session.reading(), 1)[0]
    assert (row.amount, row.memo) == (36_000, "bensin")
    assert page.amount.value() is None
    assert page.memo.value() is None


def test_ctrl_enter_saves_and_begins_a_new_one(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("business", page="cash")
    page = cash_page(session)
    for amount in ("10rb", "20rb"):
        keys(qtbot, amount)
        keys(qtbot, ENTER, modifier=CTRL)
        assert page.amount.line.hasFocus()
    assert [row.amount for row in newest_records(session.reading(), 5)] == [20_000, 10_000]


def test_the_effect_is_told_while_one_types(session_of: OpenBook, qtbot: QtBot) -> None:
    page = cash_page(session_of("business", page="cash"))
    keys(qtbot, "36rb")
    from PySide6.QtWidgets import QLabel

    told = " ".join(label.text() for label in page.form.effect_card.findChildren(QLabel))
    assert "Kas Tunai berkurang Rp36.000" in told


def test_ctrl_z_in_a_field_takes_back_typing_and_not_the_last_record(
    session_of: OpenBook, qtbot: QtBot
) -> None:
    session = session_of("business", page="cash")
    page = cash_page(session)
    keys(qtbot, "10rb")
    keys(qtbot, ENTER, modifier=CTRL)
    keys(qtbot, "99rb")
    keys(qtbot, Qt.Key.Key_Z, modifier=CTRL)
    assert page.amount.line.text() == ""
    assert len(newest_records(session.reading(), 5)) == 1
    keys(qtbot, Qt.Key.Key_Z, modifier=CTRL)
    assert newest_records(session.reading(), 1)[0].reverses is not None


def test_a_form_survives_going_elsewhere(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("business", page="cash")
    keys(qtbot, "36rb", ENTER, ENTER, ENTER, "bensin")
    session.go("home")
    session.go("cash")
    page = cash_page(session)
    assert (page.amount.value(), page.memo.value()) == (36_000, "bensin")
    keys(qtbot, ENTER, modifier=CTRL)
    session.go("home")
    session.go("cash")
    assert page.amount.value() is None


_TYPES = """
import sys
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from app.base.settings import Settings
from app.ui.application import Desk, make_app
from tests.ui.conftest import make_services

desk = Desk(make_app(Settings()), Settings(), make_services)
assert desk.open_book(Path(sys.argv[1]), sys.argv[2])
desk.window.show()
assert QTest.qWaitForWindowActive(desk.window)
for text in sys.argv[4:]:
    if text == "Enter":
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    elif text == "F12":
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F12)
    else:
        QTest.keyClicks(QApplication.focusWidget(), text)
drafts = desk.session.drafts._folder
for _ in range(400):
    QTest.qWait(50)
    if any(sys.argv[3] in path.read_text(encoding="utf-8") for path in drafts.glob("*.json")):
        break
print("typed", flush=True)
QTest.qWait(60_000)
"""


def type_and_be_killed(path: Path, page: str, kept: str, *typed: str) -> None:
    """Another process opens the book, types, and is killed once the last of it (`kept`) is in the draft."""
    root = Path(__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, "-c", _TYPES, str(path), page, kept, *typed],
        cwd=root,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "typed\n"
        process.send_signal(signal.SIGKILL)
        assert process.wait(10) == -signal.SIGKILL
    finally:
        process.kill()
        process.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")
def test_a_form_is_found_again_after_the_process_was_killed(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "warung.lumbung"
    desk.services.create(path, kind="business", name="Warung Sari").close()
    type_and_be_killed(path, "cash", "sewa kios", "1,5jt", "Enter", "Enter", "Enter", "sewa kios")
    assert desk.open_book(path, "cash")
    assert desk.session is not None
    page = cash_page(desk.session)
    assert (page.amount.value(), page.memo.value()) == (1_500_000, "sewa kios")
    assert newest_records(desk.session.reading(), 1) == []
    page.form.save()
    assert newest_records(desk.session.reading(), 1)[0].amount == 1_500_000


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")
def test_the_counter_is_found_again_after_the_process_was_killed(desk: Desk, tmp_path: Path) -> None:
    from app.ledger.products.commands import AddProduct
    from app.ui.pages.sell import SellPage

    path = tmp_path / "warung.lumbung"
    with desk.services.create(path, kind="business", name="Warung Sari") as book:
        book.execute(AddProduct(name="Gula pasir", sell_price=17_500))
        book.execute(AddProduct(name="Teh celup", sell_price=7_500))
    type_and_be_killed(path, "sell", "Teh celup", "2*gul", "Enter", "F12", "3*teh", "Enter")
    assert desk.open_book(path, "sell")
    assert desk.session is not None
    page = shell_of(desk.session).page
    assert isinstance(page, SellPage)
    assert [(line.name, line.quantity) for line in page.cart.lines] == [("Teh celup", Decimal(3))]
    page.resume(0)
    assert [(line.name, line.quantity) for line in page.cart.lines] == [("Gula pasir", Decimal(2))]


def test_a_draft_of_one_book_is_not_shown_in_another(
    session_of: OpenBook, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    session_of("business", page="cash")
    keys(qtbot, "36rb")
    qtbot.wait(400)
    other = tmp_path / "lain.lumbung"
    desk.services.create(other, kind="business", name="Toko Lain").close()
    assert desk.open_book(other, "cash")
    assert desk.session is not None
    assert cash_page(desk.session).amount.value() is None
