"""A window on a real book, without a screen."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.base.clock import FixedClock
from app.base.settings import PERSON_NAME, Settings
from app.bootstrap import services
from app.ledger.book import Book
from app.services import Services
from app.ui import theme
from app.ui.application import Desk, Window, make_app
from app.ui.bridge import Session
from app.ui.pages.first_run import Welcome
from app.ui.shell import Shell
from app.ui.widgets.error_panel import ErrorPanel, Question

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=timezone(timedelta(hours=7)))


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the settings, drafts and backups of whoever runs it."""
    for name in ("DATA", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"LUMBUNG_{name}", str(tmp_path / name.lower()))


class Surprise(AssertionError):  # noqa: N818 - said of a dialog, not raised as an error of ours
    """A dialog that the test did not expect; without this it would wait for ever."""


@pytest.fixture(autouse=True)
def no_dialogs(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error panel or a question fails the test with its words. A test that wants one replaces `exec` itself."""

    def told(dialog: ErrorPanel | Question) -> int:
        raise Surprise(" | ".join(label.text() for label in dialog.findChildren(QLabel) if label.text()))

    monkeypatch.setattr(ErrorPanel, "exec", told)
    monkeypatch.setattr(Question, "exec", told)


@pytest.fixture
def settings(own_folders: None) -> Settings:
    made = Settings()
    made[PERSON_NAME] = "Sari"
    return made


def make_services(language: str) -> Services:
    """Services with a clock that stands still."""
    return services(language, clock=FixedClock(NOW))


@pytest.fixture
def desk(qtbot: QtBot, settings: Settings) -> Iterator[Desk]:
    """The window with nothing open in it."""
    made = Desk(make_app(settings), settings, make_services)
    made.window.resize(1366, 768)
    yield made
    made.close_book()
    content = made.window.centralWidget()
    if isinstance(content, Shell | Welcome):
        content.stop_listening()
    # A window that is only closed would be dressed again with each later test.
    made.window.close()
    made.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


OpenBook = Callable[..., Session]


@pytest.fixture
def session_of(desk: Desk, tmp_path: Path) -> OpenBook:
    """Open a new book of a kind in the window: `session_of("business", fill)`; `fill(book)` writes into it first."""

    def opened(
        kind: str, fill: Callable[[Book], object] | None = None, *, page: str = "home", training: bool = False
    ) -> Session:
        path = tmp_path / f"{kind}.lumbung"
        name = "Warung Sari" if kind == "business" else "KSP Tani Makmur"
        with desk.services.create(path, kind=kind, name=name, training=training) as book:
            if fill is not None:
                fill(book)
        assert desk.open_book(path, page)
        desk.window.show()
        assert desk.session is not None
        return desk.session

    return opened


def shell_of(session: Session) -> Shell:
    """The shell around the open book."""
    assert session.shell is not None
    return session.shell


__all__ = ["NOW", "UTC", "OpenBook", "Window", "make_services", "shell_of", "theme"]
