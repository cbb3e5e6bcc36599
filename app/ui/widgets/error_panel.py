"""An error in four parts: what happened, what is safe, what to do, and a code for a helper."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget

from app.base.i18n import Translator
from app.ui.widgets.button import Button
from app.ui.widgets.label import Icon, Label
from app.ui.widgets.layout import Card, column, flow, row, rule


@dataclass(frozen=True, slots=True)
class Trouble:
    """The four parts, in the reader's language."""

    title: str
    happened: str
    safe: str
    advice: str
    code: str


class ErrorPanel(QDialog):
    """The error as a panel over the window. Enter does the first button, Esc closes."""

    def __init__(
        self, trouble: Trouble, translator: Translator, parent: QWidget | None, retry: str = ""
    ) -> None:
        super().__init__(parent)
        _ = translator
        self.setWindowTitle(trouble.title)
        self.setMinimumWidth(534)
        self.setMaximumWidth(640)
        parts: list[tuple[str, str, str, str]] = [
            ("circle-x", "out", _("What happened"), trouble.happened),
            ("shield-check", "brand_text", _("Your data is safe"), trouble.safe),
            ("pencil", "text", _("What to do"), trouble.advice),
            ("info", "text2", _("Code for a helper"), trouble.code),
        ]
        lines = column(gap=0)
        for sign, token, head, text in parts:
            if not text:
                continue
            icon = Icon(sign, 18, token)
            icon.setAlignment(Qt.AlignmentFlag.AlignTop)
            lines.addWidget(rule())
            lines.addLayout(
                row(
                    icon,
                    column(Label(head, "strong"), Label(text, wrap=True), gap=2),
                    gap=12,
                    margin=(0, 12, 0, 12),
                )
            )
        self._copy = Button(_("Copy the code"), kind="link", on=lambda: _put(trouble.code))
        self._close = Button(_("Close"), key="Esc", kind="link" if retry else "primary", on=self.reject)
        buttons: list[QWidget] = []
        if retry:
            buttons.append(Button(retry, key="Enter", kind="primary", on=self.accept))
        buttons += [self._close, self._copy]
        title = Label(trouble.title, "title", wrap=True)
        content = column(
            row(Icon("triangle-alert", 20, "out"), title, gap=12),
            8,
            lines,
            4,
            flow(*buttons),
            margin=(24, 20, 24, 20),
        )
        self.setLayout(column(Card(content, "out"), margin=12))
        buttons[0].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter on a button presses it."""
        focus = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focus, Button):
            focus.click()
            return
        super().keyPressEvent(event)


def _put(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


class Question(QDialog):
    """Asked only before what can't be taken back: names exactly what will happen; the safe answer is the default."""

    def __init__(
        self,
        question: str,
        detail: str,
        yes: str,
        no: str,
        parent: QWidget | None,
        *,
        extra: Sequence[QWidget] = (),
        danger: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(question)
        self.setMinimumWidth(460)
        self.setMaximumWidth(600)
        self._no = Button(no, key="Esc", kind="primary", on=self.reject)
        self._yes = Button(yes, kind="danger" if danger else "plain", on=self.accept)
        self.setLayout(
            column(
                Label(question, "title", wrap=True),
                Label(detail, "field", wrap=True),
                *extra,
                12,
                flow(self._no, self._yes, right=True),
                gap=12,
                margin=24,
            )
        )
        self._no.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter presses the button that has the focus."""
        focus = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focus, Button):
            focus.click()
            return
        super().keyPressEvent(event)
