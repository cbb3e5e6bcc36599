"""The head of a card of one thing: the way back, its name with its state, a line about it, and its buttons."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from app.ui import theme
from app.ui.widgets.button import Badge
from app.ui.widgets.label import Elided, Label
from app.ui.widgets.layout import box, column, flow, row

# A longer line ends in an ellipsis, so that the buttons keep their room.
_LINE_MOST = 320
_NARROW = 860


class CardHead(QWidget):
    """Back, name, state, line, actions; the actions wrap where the window is narrow."""

    def __init__(self, back: QWidget, actions: Sequence[QWidget]) -> None:
        super().__init__()
        self.title = Label("", "title")
        self.fine = Badge("", icon="circle-check")
        self.attention = Badge("", attention=True)
        self.line = Elided("", tone="muted")
        self._words = words = box(column(row(self.title, self.fine, self.attention, None), self.line, gap=2))
        words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.TIGHT)
        named = row(back, words, gap=theme.GAP)
        named.setAlignment(back, Qt.AlignmentFlag.AlignVCenter)
        self._layout.addLayout(named)
        self._layout.addLayout(flow(*actions, right=True), 1)
        self.setLayout(self._layout)
        self.tell("", "")

    def tell(self, title: str, line: str, *, fine: str = "", attention: str = "") -> None:
        """Name, line, and the state: one that is well, or one that needs attention."""
        self.title.setText(title)
        self.line.set_text(line)
        for badge, words in ((self.fine, fine), (self.attention, attention)):
            badge.set_text(words)
            badge.setVisible(bool(words))
        wanted = QFontMetrics(theme.font(theme.SMALL)).horizontalAdvance(line) + 4
        self._words.setMinimumWidth(min(wanted, _LINE_MOST))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Where the window is narrow the buttons go below the name."""
        narrow = event.size().width() < _NARROW
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._layout.direction() != direction:
            self._layout.setDirection(direction)
            # The share of the width would be one of the height now, and take what belongs to the card.
            self._layout.setStretch(1, 0 if narrow else 1)
            # Turning it round alone doesn't tell the page that its height is another.
            self.updateGeometry()
        super().resizeEvent(event)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """It can be narrowed to the point where the buttons are below."""
        size = super().minimumSizeHint()
        return QSize(min(size.width(), 480), size.height())
