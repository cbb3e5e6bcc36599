"""The opening balances, held beside the old books by keyboard: accounts, and the products that share one."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ledger.opening import opening_rows
from app.ui.bridge import Session
from app.ui.pages.opening import OpeningPage
from tests.ledger.test_opening_ticks import products_taken_over
from tests.ui.conftest import OpenBook, shell_of
from tests.ui.hands import Hands

Key = Qt.Key


def page_of(session: Session) -> OpeningPage:
    page = shell_of(session).page
    assert isinstance(page, OpeningPage)
    return page


def test_each_product_is_ticked_by_keyboard(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("cooperative", products_taken_over, page="opening")
    hands, page = Hands(qtbot, session), page_of(session)
    model = page.table.model()
    lines = [tuple(str(model.index(place, column).data()).strip() for column in (1, 2)) for place in range(3)]
    unnamed = session.translator("Loans of no product")
    assert lines[:3] == [("1-1201", lines[0][1]), ("", unnamed), ("", "Pinjaman Tani")]
    hands.press(Key.Key_Down, Key.Key_Return)
    with_tick = {row.code: row.ticks for row in opening_rows(session.reading())}
    assert with_tick["1-1201"] == (False, True, False)
    hands.press(Key.Key_Down, Key.Key_Return)
    assert opening_rows(session.reading())[0].ticks == (False, True, True)
    hands.press(Key.Key_Return)
    assert opening_rows(session.reading())[0].ticks == (False, True, False)
