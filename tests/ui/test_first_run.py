"""From the doors to the first sale, by keyboard alone."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.base.settings import PERSON_NAME, RECENT_BOOKS, Settings
from app.ledger.profile.queries import read_features
from app.ui.application import Desk
from app.ui.pages.first_run.new_book import NewBook
from app.ui.pages.first_run.welcome import Welcome
from app.ui.pages.sell import SellPage
from app.ui.places import books_folder, free_name, place_of
from tests.ui.conftest import OpenBook, shell_of


def focus() -> QWidget:
    """Where the next key goes."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_from_nothing_to_the_first_sale(qtbot: QtBot, desk: Desk, settings: Settings) -> None:
    settings[PERSON_NAME] = ""
    desk.renew_services()
    desk.window.show()
    with qtbot.waitActive(desk.window):
        desk.welcome()
    welcome = desk.window.centralWidget()
    assert isinstance(welcome, Welcome)
    # Nothing is known yet: the name has the focus.
    assert focus() is welcome.person
    qtbot.keyClicks(focus(), "Sari Wulandari")
    qtbot.keyClick(focus(), Qt.Key.Key_Return)
    assert focus() is welcome.doors[0].button
    qtbot.keyClick(focus(), Qt.Key.Key_Return)
    form = welcome.findChild(NewBook)
    assert form is not None
    assert focus() is form.name
    qtbot.keyClicks(focus(), "Warung Sari")
    qtbot.keyClick(focus(), Qt.Key.Key_Return)  # to the types
    qtbot.keyClick(focus(), Qt.Key.Key_Return)  # trade it is, to the button
    qtbot.keyClick(focus(), Qt.Key.Key_Return)
    session = desk.session
    assert session is not None
    assert session.info.name == "Warung Sari"
    assert session.services.actor == "Sari Wulandari"
    assert read_features(session.reading()) == ("sell", "buy", "cash", "stock", "debts")
    qtbot.wait(20)
    qtbot.keyClick(focus(), Qt.Key.Key_F2)
    page = shell_of(session).page
    assert isinstance(page, SellPage)
    # Goods that nobody knows are made on the fly.
    qtbot.keyClicks(focus(), "3*Kopi tubruk")
    qtbot.keyClick(focus(), Qt.Key.Key_Return)
    qtbot.keyClicks(focus(), "4rb")
    qtbot.keyClick(focus(), Qt.Key.Key_Return)
    assert page.cart.total == 12_000
    for _ in range(3):  # pay, exact, save
        qtbot.keyClick(focus(), Qt.Key.Key_Return)
    assert page.cart.lines == []
    assert "JL-2611-0001" in shell_of(session).toast.text
    assert session.document("sales").totals["sales"] == 12_000


def test_a_name_that_is_missing_is_asked_for(qtbot: QtBot, desk: Desk) -> None:
    desk.window.show()
    with qtbot.waitActive(desk.window):
        desk.welcome()
    welcome = desk.window.centralWidget()
    assert isinstance(welcome, Welcome)
    welcome.choose("cooperative")
    form = welcome.findChild(NewBook)
    assert form is not None
    qtbot.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.session is None
    assert focus() is form.name
    # Esc goes back to the doors.
    qtbot.keyClick(focus(), Qt.Key.Key_Escape)
    assert focus() is welcome.doors[0].button


def test_the_recent_books_open_and_none_is_ever_taken_off(
    qtbot: QtBot, session_of: OpenBook, desk: Desk, settings: Settings
) -> None:
    path = session_of("business").book.path
    gone = path.with_name("dicabut.lumbung")
    settings[RECENT_BOOKS] = (*settings[RECENT_BOOKS], str(gone))
    desk.welcome()
    welcome = desk.window.centralWidget()
    assert isinstance(welcome, Welcome)
    assert [line.known.name for line in welcome.recent.lines] == ["Warung Sari", "dicabut"]
    assert welcome.recent.lines[1].known.place.trouble == "missing"
    welcome.recent.lines[0].setFocus()
    qtbot.keyClick(welcome.recent.lines[0], Qt.Key.Key_Return)
    assert desk.session is not None
    assert str(gone) in settings[RECENT_BOOKS]


def test_a_new_book_never_overwrites(own_folders: None) -> None:
    folder = books_folder()
    assert free_name(folder, "Warung / Sari?") == folder / "Warung  Sari.lumbung"
    (folder / "Warung Sari.lumbung").touch()
    assert free_name(folder, "Warung Sari") == folder / "Warung Sari 2.lumbung"


def test_places_that_are_not_safe_are_told(desk: Desk, tmp_path: Path) -> None:
    _ = desk.services.translator
    synced = tmp_path / "OneDrive" / "Usaha"
    synced.mkdir(parents=True)
    (synced / "toko.lumbung").touch()
    assert place_of(synced / "toko.lumbung", _).words == "OneDrive › Usaha"
    assert place_of(synced / "toko.lumbung", _).trouble == "synced"
    assert place_of(Path("/media/usb/Pelatihan/x.lumbung"), _).trouble == "missing"
    (books_folder() / "a.lumbung").touch()
    assert place_of(books_folder() / "a.lumbung", _).trouble == ""
