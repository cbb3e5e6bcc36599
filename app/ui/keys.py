"""The keyboard map: a key shown on a button presses that button.

One event filter hears the keys of the window. It looks among the buttons that can be seen, those of an open
dialog first, then the page's, then the navigation's, so that F2 on a member's card means this member. Plain
letters and Enter are left to the fields.
"""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from app.base.clock import stopwatch
from app.ui.widgets.button import Button


class Keys(QObject):
    """Hears keys and presses buttons; `extra` are keys of the window that no button shows."""

    def __init__(self, window: QWidget, places: Callable[[], Iterable[QWidget]]) -> None:
        super().__init__(window)
        self._window = window
        self._places = places
        self.extra: dict[str, Callable[[], object]] = {}
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)
        self._alive = True
        # When the last key or click came, by the stopwatch.
        self.heard = stopwatch()

    def stop(self) -> None:
        """Another content of the window hears the keys from now on."""
        self._alive = False
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Press what the key is shown on."""
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress:
            self.heard = stopwatch()
        if kind != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        self.heard = stopwatch()
        if not isinstance(watched, QWidget) or not _is_command(event) or not self._alive:
            return False
        top = watched.window()
        if top is not self._window and top.parent() is None:
            return False
        text = written(event)
        if text == "Ctrl+Z" and _has_typing(watched):
            return False
        places = [top] if top is not self._window else list(self._places())
        for place in places:
            for button in place.findChildren(Button):
                if button.key == text and button.isVisible() and button.isEnabled():
                    button.click()
                    return True
        if top is self._window and text in self.extra:
            self.extra[text]()
            return True
        return False


def written(event: QKeyEvent) -> str:
    """A key as it stands on the buttons: "F2", "Ctrl+Enter", "Alt+1"."""
    key = Qt.Key.Key_Return if event.key() == Qt.Key.Key_Enter else event.key()
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    text = QKeySequence(key | modifiers.value).toString(QKeySequence.SequenceFormat.PortableText)
    return text.replace("Return", "Enter")


def _is_command(event: QKeyEvent) -> bool:
    if Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F12 or event.key() == Qt.Key.Key_Escape:
        return True
    strong = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return bool(event.modifiers() & strong) and event.key() not in (
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_Shift,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
    )


def _has_typing(widget: QWidget) -> bool:
    """Whether Ctrl+Z would take back typing in this field."""
    if isinstance(widget, QComboBox):
        edit = widget.lineEdit()
        return edit is not None and edit.isUndoAvailable()
    if isinstance(widget, QLineEdit):
        # An emptied field has nothing unsaved in it, though Qt could still bring its old text back.
        return widget.isUndoAvailable() and bool(widget.text())
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return widget.document().isUndoAvailable()
    return False
