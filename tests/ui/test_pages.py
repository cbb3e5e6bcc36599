"""Every page of the list opens on an empty and on a filled book, in both languages, and is fit to be used by keyboard."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.base.settings import LANGUAGE, Settings
from app.ledger.demo.make import DemoSize, make_demo
from app.ui.application import Desk
from app.ui.pages import PAGES
from app.ui.pages.page import PageSpec
from tests.ui.conftest import OpenBook, shell_of

KINDS = ("business", "cooperative")
EVERY = [(kind, page) for kind in KINDS for page in PAGES if kind in page.kinds]
# Pages that are of one thing need to be told which.
NEEDED = {"member": {"member": "0001"}, "loan": {"loan": "PJ-2026-0001"}}


@pytest.fixture(scope="session")
def demos(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A small filled book of each kind."""
    folder = tmp_path_factory.mktemp("demos")
    paths = {}
    for kind in KINDS:
        paths[kind] = folder / f"{kind}.lumbung"
        make_demo(paths[kind], kind, DemoSize(months=2, sales_per_day=5, members=12, until=date(2026, 11, 24)))
    return paths


@pytest.fixture
def filled(demos: dict[str, Path], desk: Desk, tmp_path: Path) -> Callable[[str], None]:
    """Open a copy of a filled book."""

    def opened(kind: str) -> None:
        path = tmp_path / f"{kind}-filled.lumbung"
        path.write_bytes(demos[kind].read_bytes())
        assert desk.open_book(path)
        desk.window.show()

    return opened


@pytest.mark.parametrize(("kind", "page"), EVERY, ids=[f"{kind}-{page.key}" for kind, page in EVERY])
def test_every_page_opens_filled(
    kind: str, page: PageSpec, filled: Callable[[str], None], desk: Desk, qtbot: QtBot
) -> None:
    filled(kind)
    session = desk.session
    assert session is not None
    shell_of(session).go(page.key, **NEEDED.get(page.key, {}))
    qtbot.wait(20)
    shown = shell_of(session).page
    assert shown.isVisible()
    assert_fit_for_the_keyboard(shown)


@pytest.mark.parametrize(("kind", "page"), EVERY, ids=[f"{kind}-{page.key}" for kind, page in EVERY])
def test_every_page_opens_empty(kind: str, page: PageSpec, session_of: OpenBook, qtbot: QtBot) -> None:
    if page.key in NEEDED:
        return
    session = session_of(kind)
    shell_of(session).go(page.key)
    qtbot.wait(10)
    assert shell_of(session).page.isVisible()


def test_every_page_opens_in_english(
    settings: Settings, filled: Callable[[str], None], desk: Desk, qtbot: QtBot
) -> None:
    settings[LANGUAGE] = "en"
    desk._dress()
    for kind in KINDS:
        filled(kind)
        session = desk.session
        assert session is not None
        for page in PAGES:
            if kind in page.kinds:
                shell_of(session).go(page.key, **NEEDED.get(page.key, {}))
                qtbot.wait(1)


def assert_fit_for_the_keyboard(page: QWidget) -> None:
    """Each thing that can be used has a name for who can't see it, and Tab reaches it."""
    for widget in page.findChildren(QWidget):
        usable = isinstance(widget, QAbstractButton | QLineEdit | QPlainTextEdit | QComboBox | QAbstractItemView)
        if not usable or not widget.isVisibleTo(page) or not widget.isEnabled():
            continue
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or _is_part_of_another(widget):
            continue
        # A button's own words are its name where nothing else is said.
        name = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
        assert name, f"{type(widget).__name__} {widget.objectName()} has no name"
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, f"{name} is not reached by Tab"


def _is_part_of_another(widget: QWidget) -> bool:
    """Parts that Qt puts inside a field or a table."""
    parent = widget.parentWidget()
    return isinstance(parent, QLineEdit | QComboBox | QAbstractItemView)
