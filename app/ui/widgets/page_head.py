"""The head of a page: its title, what is quiet beside it, and its buttons at the right."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.ui import theme
from app.ui.widgets.label import Label
from app.ui.widgets.layout import flow


class PageHead(QWidget):
    """A title with its buttons; the buttons go below it where the window is narrow."""

    def __init__(
        self, title: str, *, beside: Sequence[QWidget] = (), actions: Sequence[QWidget] = ()
    ) -> None:
        super().__init__()
        self.title = Label(title, "title")
        self._words = flow(self.title, *beside, gap=theme.GAP)
        self._actions = flow(*actions)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.GAP)
        self._layout.addLayout(self._words, 1)
        if actions:
            self._layout.addLayout(self._actions)
        self.setLayout(self._layout)

    def set_title(self, title: str) -> None:
        """Show another title."""
        self.title.setText(title)

    def event(self, event: QEvent) -> bool:
        """Another title, or a button more, may need more than there is."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange(self.width())
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Beside each other, or below."""
        self._arrange(event.size().width())
        super().resizeEvent(event)

    def _arrange(self, width: int) -> None:
        wanted = self._words.sizeHint().width() + theme.GAP + self._actions.sizeHint().width()
        below = wanted > width
        direction = QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight
        if self._layout.direction() != direction:
            self._layout.setDirection(direction)
            self._layout.setSpacing(theme.TIGHT if below else theme.GAP)
            # The share of the width would be one of the height now, and take what belongs to the page.
            self._layout.setStretch(0, 0 if below else 1)
            # Turning it round alone doesn't tell the page that its height is another.
            self.updateGeometry()
