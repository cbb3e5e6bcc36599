"""What every field of a form is: something to type in, a line below it for what was understood or what is wrong."""

from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QWidget

from app.base.errors import UserError
from app.base.i18n import Translator
from app.ui.widgets.label import Icon, Label
from app.ui.widgets.layout import column

V = TypeVar("V")


class Editor(QWidget, Generic[V]):
    """A field. `value()` is None while it is empty, and raises UserError where what stands in it can't be read."""

    changed = Signal()

    def __init__(self, translator: Translator, edit: QWidget, *, empty: str = "") -> None:
        super().__init__()
        self.translator = translator
        self.edit = edit
        self._quiet = empty
        self._wrong = False
        self._sign = Icon("circle-x", 14, "out")
        self._sign.hide()
        self._below = Label(empty, tone="muted", wrap=True)
        if not empty:
            self._below.hide()
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._below, 1)
        self.setLayout(column(edit, line, gap=4))
        self.setFocusProxy(edit)

    def value(self) -> V | None:
        """What stands in it."""
        raise NotImplementedError

    def set_value(self, value: V | None) -> None:
        """Put a value in it."""
        raise NotImplementedError

    def state(self) -> str:
        """What stands in it as it was typed, for a draft."""
        raise NotImplementedError

    def restore(self, text: str) -> None:
        """Put back what a draft kept."""
        raise NotImplementedError

    def set_name(self, name: str) -> None:
        """What it is called, for who can't see it."""
        self.edit.setAccessibleName(name)

    @property
    def touched(self) -> bool:
        """Whether anything stands in it."""
        return bool(self.state())

    def fault(self, text: str) -> None:
        """Say what is wrong; an empty text takes it back."""
        wrong = self._wrong = bool(text)
        if self.edit.property("fault") != wrong:
            self.edit.setProperty("fault", wrong)
            self.edit.style().unpolish(self.edit)
            self.edit.style().polish(self.edit)
        self._show_sign("circle-x" if wrong else "", "out")
        self.edit.setAccessibleDescription(text)
        self._tell(text or self._quiet, "out" if wrong else "muted")

    def note(self, text: str, tone: str = "muted", sign: str = "") -> None:
        """Say below what was understood, or what deserves attention; that has a sign, never colour alone."""
        if not self._wrong:
            self._show_sign(sign or ("triangle-alert" if tone == "amber" else ""), tone)
            self._tell(text or self._quiet, tone)

    @property
    def below(self) -> str:
        """What stands below it."""
        return self._below.text()

    def _show_sign(self, name: str, tone: str) -> None:
        if name:
            self._sign.show_icon(name, 14, tone)
        self._sign.setVisible(bool(name))

    def _tell(self, text: str, tone: str) -> None:
        self._below.setText(text)
        self._below.set_tone(tone)  # type: ignore[arg-type]
        self._below.setVisible(bool(text))


class LineEditor(Editor[V]):
    """A field of one line."""

    def __init__(
        self, translator: Translator, *, hint: str = "", empty: str = "", line: QLineEdit | None = None
    ) -> None:
        self.line = line or QLineEdit()
        super().__init__(translator, self.line, empty=empty)
        self.line.setPlaceholderText(hint)
        self.line.textChanged.connect(self._typed)

    def state(self) -> str:
        """What was typed."""
        return self.line.text()

    def restore(self, text: str) -> None:
        """Put it back."""
        self.line.setText(text)

    def select(self) -> None:
        """Take the focus with everything selected: typing replaces it."""
        self.line.setFocus()
        self.line.selectAll()

    def _typed(self, _text: str) -> None:
        self.fault("")
        self._understand()
        self.changed.emit()

    def _understand(self) -> None:
        """Show what was understood of what was typed."""


class TextEditor(LineEditor[str]):
    """Words."""

    def __init__(self, translator: Translator, *, hint: str = "", empty: str = "", length: int = 200) -> None:
        super().__init__(translator, hint=hint, empty=empty)
        self.line.setMaxLength(length)

    def value(self) -> str | None:
        """The words without the blanks around them."""
        return self.line.text().strip() or None

    def set_value(self, value: str | None) -> None:
        """Put words in it."""
        self.line.setText(value or "")


class ChoiceEditor(Editor[str]):
    """One of a few, by its key."""

    def __init__(self, translator: Translator, choices: "list[tuple[str, str]]", *, empty: str = "") -> None:
        self.box = _Choices()
        super().__init__(translator, self.box, empty=empty)
        self.set_choices(choices)
        self.box.currentIndexChanged.connect(lambda _index: self.changed.emit())

    def set_choices(self, choices: "list[tuple[str, str]]") -> None:
        """Offer these (key, words); what was chosen stays if it is among them."""
        before = self.value()
        self.box.blockSignals(True)
        self.box.clear()
        for key, words in choices:
            self.box.addItem(words, key)
        found = self.box.findData(before)
        self.box.setCurrentIndex(max(found, 0))
        self.box.blockSignals(False)

    def value(self) -> str | None:
        """The key of what is chosen."""
        chosen: Any = self.box.currentData()
        return chosen if isinstance(chosen, str) and chosen else None

    def set_value(self, value: str | None) -> None:
        """Choose."""
        found = self.box.findData(value or "")
        if found >= 0:
            self.box.setCurrentIndex(found)

    def state(self) -> str:
        """The key."""
        return self.value() or ""

    def restore(self, text: str) -> None:
        """Choose it again."""
        self.set_value(text)

    @property
    def touched(self) -> bool:
        """A choice is always made; it alone makes no draft."""
        return False


class SwitchEditor(Editor[bool]):
    """Yes or no."""

    def __init__(self, translator: Translator, words: str, *, on: bool = False) -> None:
        self.box = QCheckBox(words)
        self._usual = on
        super().__init__(translator, self.box)
        self.box.setChecked(on)
        self.box.toggled.connect(lambda _on: self.changed.emit())

    def value(self) -> bool | None:
        """Whether it is on."""
        return self.box.isChecked()

    def set_value(self, value: bool | None) -> None:
        """Switch it; None is what it usually is."""
        self.box.setChecked(self._usual if value is None else value)

    @property
    def touched(self) -> bool:
        """Whether it was switched."""
        return self.box.isChecked() != self._usual

    def state(self) -> str:
        """On or nothing."""
        return "on" if self.box.isChecked() else ""

    def restore(self, text: str) -> None:
        """Switch it again."""
        self.box.setChecked(text == "on")


class _Choices(QComboBox):
    """Enter goes to the next field instead of opening the list; the wheel doesn't change what was chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Leave Enter to the form."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: Any) -> None:  # noqa: N802
        """Leave the wheel to the page."""
        event.ignore()


def needed(editor: Editor[V], message: str, field: str) -> V:
    """The value of a field that can't be empty; raises UserError with `message`."""
    found = editor.value()
    if found is None:
        raise UserError(message, field=field)
    return found
