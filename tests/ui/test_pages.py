"""Every page of the list opens on an empty and a filled book, in both languages, and is fit for the keyboard."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.base import i18n
from app.base.i18n import Translator
from app.base.settings import LANGUAGE, Settings
from app.ledger.demo.make import DemoSize, make_demo
from app.ui.application import Desk
from app.ui.pages import PAGES
from app.ui.pages.page import Page, PageSpec
from app.ui.widgets.button import Button, Chip
from app.ui.widgets.label import Elided
from tests.ui.conftest import OpenBook, shell_of

KINDS = ("business", "cooperative")
# Pages that are of one thing need to be told which.
NEEDED = {"member": {"member": "0001"}, "loan": {"loan": "PJ-2026-0001"}}
# The screen of the cheap laptop, and what 150 % leaves of it.
SIZES = ((1366, 768), (910, 512))


@pytest.fixture(scope="session")
def demos(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A small filled book of each kind."""
    folder = tmp_path_factory.mktemp("demos")
    paths = {}
    for kind in KINDS:
        paths[kind] = folder / f"{kind}.lumbung"
        make_demo(
            paths[kind], kind, DemoSize(months=2, sales_per_day=5, members=12, until=date(2026, 11, 24))
        )
    return paths


Opened = Callable[[str], None]


@pytest.fixture
def filled(demos: dict[str, Path], desk: Desk, tmp_path: Path) -> Opened:
    """Open a copy of a filled book."""

    def opened(kind: str) -> None:
        path = tmp_path / f"{kind}-filled.lumbung"
        path.write_bytes(demos[kind].read_bytes())
        assert desk.open_book(path)
        desk.window.show()

    return opened


def pages_of(kind: str) -> list[PageSpec]:
    return [page for page in PAGES if kind in page.kinds]


def walk(desk: Desk, qtbot: QtBot, kind: str) -> Iterator[tuple[PageSpec, Page]]:
    """Go to each page of the open book."""
    session = desk.session
    assert session is not None
    shell = shell_of(session)
    for spec in pages_of(kind):
        shell.go(spec.key, **NEEDED.get(spec.key, {}))
        settle()
        assert shell.page.isVisible(), spec.key
        yield spec, shell.page


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_is_fit_for_the_keyboard(kind: str, filled: Opened, desk: Desk, qtbot: QtBot) -> None:
    filled(kind)
    faults = [fault for spec, page in walk(desk, qtbot, kind) for fault in keyboard_faults(spec.key, page)]
    assert faults == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_opens_empty(kind: str, session_of: OpenBook, desk: Desk, qtbot: QtBot) -> None:
    session = session_of(kind)
    for spec in pages_of(kind):
        if spec.key not in NEEDED:
            shell_of(session).go(spec.key)
            qtbot.wait(5)
            assert shell_of(session).page.isVisible(), spec.key


@pytest.mark.parametrize("size", SIZES, ids=["1366x768", "910x512"])
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_cut_off_or_lies_over_another(
    kind: str, size: tuple[int, int], filled: Opened, desk: Desk, qtbot: QtBot
) -> None:
    desk.window.resize(*size)
    filled(kind)
    assert (desk.window.width(), desk.window.height()) == size
    faults = [fault for spec, page in walk(desk, qtbot, kind) for fault in look_faults(spec.key, page)]
    assert faults == []


@pytest.mark.parametrize("kind", KINDS)
def test_words_that_are_two_fifths_longer_still_fit(
    kind: str, filled: Opened, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A language we do not know yet: each message 40 % longer, at the usual size."""
    plain = Translator._translated

    def longer(self: Translator, message: str) -> str:
        text = plain(self, message)
        return text + "~" * (len(text) * 2 // 5) if text and "{" not in text else text

    monkeypatch.setattr(i18n.Translator, "_translated", longer)
    desk._dress()
    filled(kind)
    faults = [fault for spec, page in walk(desk, qtbot, kind) for fault in look_faults(spec.key, page)]
    assert faults == []


def test_every_page_opens_in_english(settings: Settings, filled: Opened, desk: Desk, qtbot: QtBot) -> None:
    settings[LANGUAGE] = "en"
    desk._dress()
    for kind in KINDS:
        filled(kind)
        faults = [fault for spec, page in walk(desk, qtbot, kind) for fault in look_faults(spec.key, page)]
        assert faults == []


def settle() -> None:
    """Let the layouts come to rest: what wraps asks for its height in a second round, what scrolls in a third."""
    for _ in range(8):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def keyboard_faults(key: str, page: QWidget) -> Iterator[str]:
    """Things that can be used and have no name for who can't see them, or that Tab does not reach."""
    for widget in page.findChildren(QWidget):
        usable = isinstance(
            widget, QAbstractButton | QLineEdit | QPlainTextEdit | QComboBox | QAbstractItemView
        )
        if not usable or not widget.isVisibleTo(page) or not widget.isEnabled():
            continue
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or _is_part_of_another(widget):
            continue
        # A button's own words are its name where nothing else is said.
        name = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
        if not name:
            yield f"{key}: {type(widget).__name__} {widget.objectName()} has no name"
        if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield f"{key}: {name} is not reached by Tab"


def look_faults(key: str, page: QWidget) -> Iterator[str]:
    """Words that are cut off, and buttons or fields that lie over each other or beyond the page."""
    shown = [widget for widget in page.findChildren(QWidget) if widget.isVisibleTo(page)]
    for widget in shown:
        if isinstance(widget, QLabel) and widget.text() and not _fits(widget):
            yield f"{key}: the words {widget.text()!r} are cut off"
        if isinstance(widget, Button | Chip) and widget.width() < widget.sizeHint().width():
            yield f"{key}: the button {widget.text()!r} is cut off"
    placed = [
        widget for widget in shown if isinstance(widget, QAbstractButton | QLineEdit | QComboBox | Elided)
    ]
    placed = [widget for widget in placed if not _is_part_of_another(widget)]
    for widget in placed:
        where = _on(page, widget)
        if not _scrolls(page, widget) and not page.rect().adjusted(-1, -1, 1, 1).contains(where):
            yield f"{key}: {_named(widget)} reaches beyond the page"
    for number, widget in enumerate(placed):
        where = _on(page, widget)
        for other in placed[number + 1 :]:
            if not widget.isAncestorOf(other) and not other.isAncestorOf(widget):
                common = where.intersected(_on(page, other))
                if common.width() > 2 and common.height() > 2 and _same_scroll(page, widget, other):
                    yield f"{key}: {_named(widget)} and {_named(other)} lie over each other"


def _fits(label: QLabel) -> bool:
    if label.wordWrap():
        return label.height() >= label.heightForWidth(label.width()) - 1
    return (
        label.width() >= label.sizeHint().width() - 1 and label.height() >= label.fontMetrics().height() - 2
    )


def _on(page: QWidget, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(page, QPoint(0, 0)), widget.size())


def _scroll_of(page: QWidget, widget: QWidget) -> QWidget | None:
    parent = widget.parentWidget()
    while parent is not None and parent is not page:
        if isinstance(parent, QAbstractScrollArea):
            return parent
        parent = parent.parentWidget()
    return None


def _scrolls(page: QWidget, widget: QWidget) -> bool:
    return _scroll_of(page, widget) is not None


def _same_scroll(page: QWidget, one: QWidget, other: QWidget) -> bool:
    return _scroll_of(page, one) is _scroll_of(page, other)


def _named(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton | QLineEdit | Elided) else ""
    return f"{type(widget).__name__} {widget.accessibleName() or text!r}"


def _is_part_of_another(widget: QWidget) -> bool:
    """Parts that Qt puts inside a field or a table."""
    parent = widget.parentWidget()
    return isinstance(parent, QLineEdit | QComboBox | QAbstractItemView)
