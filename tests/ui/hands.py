"""What a person at the keyboard does in a test: keys go where the focus is."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui.bridge import Session
from tests.ui.conftest import shell_of


class Hands:
    """Keys and texts, into whatever has the focus of the window."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        self._window = shell_of(session).window()
        self._window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is self._window)

    def press(self, *keys: Qt.Key, alt: bool = False, ctrl: bool = False) -> None:
        """Press keys, one after the other."""
        held = Qt.KeyboardModifier.NoModifier
        if alt or ctrl:
            held = Qt.KeyboardModifier.AltModifier if alt else Qt.KeyboardModifier.ControlModifier
        for key in keys:
            QTest.keyClick(self.focus(), key, held)

    def type(self, text: str, *keys: Qt.Key) -> None:
        """Type a text, then press keys."""
        QTest.keyClicks(self.focus(), text)
        self.press(*keys)

    def focus(self) -> QWidget:
        """What has the focus."""
        # What was built by the key before is laid out first, as it is when a person types.
        QApplication.processEvents()
        focus = self._window.focusWidget()
        assert focus is not None
        return focus
