"""Words on the screen, by role and tone."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.ui import icons, theme

Role = Literal["body", "strong", "field", "heading", "title", "figure", "key"]
Tone = Literal["plain", "muted", "in", "out", "amber", "brand", "disabled", "on_toast"]


class Label(QLabel):
    """A line of words. `wrap` lets it break; numbers go to the right by `right`."""

    def __init__(
        self,
        text: str = "",
        role: Role = "body",
        tone: Tone = "plain",
        *,
        wrap: bool = False,
        right: bool = False,
    ) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setProperty("tone", tone)
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if role == "key":
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if right:
            self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def set_tone(self, tone: Tone) -> None:
        """Change the tone."""
        self._set("tone", tone)

    def set_role(self, role: Role) -> None:
        """Change the role."""
        self._set("role", role)

    def _set(self, name: str, value: str) -> None:
        if self.property(name) != value:
            self.setProperty(name, value)
            self.style().unpolish(self)
            self.style().polish(self)


class Elided(QWidget):
    """One line that ends in an ellipsis where the room ends; the whole stands in its tip.

    With `wraps` it takes a second line before that.
    """

    def __init__(
        self,
        text: str = "",
        weight: int = 400,
        tone: Tone = "plain",
        size: int = theme.SMALL,
        *,
        wraps: bool = False,
    ) -> None:
        super().__init__()
        self._text = ""
        self._wraps = wraps
        self._font = theme.font(size, weight)
        self._token = {"plain": "text", "muted": "text2", "in": "into", "brand": "brand_text"}.get(tone, tone)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(QFontMetrics(self._font).height() + 2)
        self.set_text(text)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._text = text
        self.setAccessibleName(text)
        self._fit()
        self.updateGeometry()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """A second line where the first is too narrow."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = QFontMetrics(self._font)
        lines = 2 if self._wraps and metrics.horizontalAdvance(self._text) > self.width() else 1
        self.setFixedHeight(lines * metrics.height() + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw what fits."""
        painter = QPainter(self)
        painter.setFont(self._font)
        painter.setPen(theme.color(self._token))
        if self.height() >= 2 * QFontMetrics(self._font).height():
            painter.drawText(self.rect(), Qt.TextFlag.TextWordWrap, self._text)
            painter.end()
            return
        shown = QFontMetrics(self._font).elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self._text if shown != self._text else "")
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.end()


class Icon(QLabel):
    """A picture beside words."""

    def __init__(self, name: str, size: int = 16, token: str = "text") -> None:
        super().__init__()
        self.show_icon(name, size, token)

    def show_icon(self, name: str, size: int = 16, token: str = "text") -> None:
        """Show another one."""
        self.setPixmap(icons.pixmap(name, size, token))
        self.setFixedWidth(size)


class Opens(Label):
    """A figure that opens the rows that make it: by click, or by Enter when it has the focus."""

    opened = Signal()

    def __init__(
        self,
        text: str = "",
        role: Role = "body",
        tone: Tone = "plain",
        *,
        name: str = "",
        right: bool = False,
    ) -> None:
        super().__init__(text, role, tone, right=right)
        self._name = name
        self._hovered = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._tell()

    def on(self, act: Callable[[], object]) -> "Opens":
        """Do `act` when it is opened."""
        self.opened.connect(lambda: act())
        return self

    def setText(self, text: str) -> None:  # noqa: N802
        """Show another figure."""
        super().setText(text)
        self._tell()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Open on a click."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Open on Enter or the space bar."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802
        """Underline while the pointer is on it."""
        self._underline(on=True)
        super().enterEvent(event)

    def leaveEvent(self, event: object) -> None:  # noqa: N802
        """No longer underline."""
        self._underline(on=False)
        super().leaveEvent(event)  # type: ignore[arg-type]

    def _underline(self, *, on: bool) -> None:
        self.setStyleSheet("text-decoration: underline;" if on else "")

    def _tell(self) -> None:
        name = getattr(self, "_name", "")
        self.setAccessibleName(f"{name} {self.text()}".strip())
