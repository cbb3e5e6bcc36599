"""Putting things beside and below each other, on the grid of 8."""

from collections.abc import Iterable
from typing import TypeVar

from PySide6.QtCore import QEvent, QMargins, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.ui import theme

# Qt's word for "as wide as you like".
_UNBOUND = 16_777_215
Box = TypeVar("Box", bound=QBoxLayout)
Part = QWidget | QLayout | int | None


def column(*parts: Part, gap: int = theme.TIGHT, margin: int | tuple[int, int, int, int] = 0) -> QVBoxLayout:
    """Parts below each other. A number is a gap of so many pixels, None takes the room that is left."""
    return _filled(QVBoxLayout(), parts, gap, margin)


def row(*parts: Part, gap: int = theme.TIGHT, margin: int | tuple[int, int, int, int] = 0) -> QHBoxLayout:
    """Parts beside each other. A number is a gap of so many pixels, None takes the room that is left."""
    return _filled(QHBoxLayout(), parts, gap, margin)


def box(layout: QLayout) -> QWidget:
    """A bare widget around a layout."""
    widget = QWidget()
    widget.setLayout(layout)
    return widget


def _filled(layout: Box, parts: Iterable[Part], gap: int, margin: object) -> Box:
    layout.setSpacing(gap)
    layout.setContentsMargins(_margins(margin))
    for part in parts:
        match part:
            case None:
                layout.addStretch(1)
            case int():
                layout.addSpacing(part)
            case QLayout():
                layout.addLayout(part)
            case _:
                layout.addWidget(part)
    return layout


def _margins(margin: object) -> QMargins:
    if isinstance(margin, int):
        return QMargins(margin, margin, margin, margin)
    assert isinstance(margin, tuple)
    return QMargins(*margin)


def rule(*, upright: bool = False) -> QFrame:
    """A thin line."""
    line = QFrame()
    line.setProperty("rule", "upright" if upright else "line")
    return line


class Card(QFrame):
    """A panel with a border: plain, sunken, tint (a change), amber (attention), out (an error)."""

    def __init__(self, layout: QLayout | None = None, look: str = "plain") -> None:
        super().__init__()
        self.setProperty("card", look)
        if layout is not None:
            self.setLayout(layout)

    def set_look(self, look: str) -> None:
        """Change the look."""
        if self.property("card") != look:
            self.setProperty("card", look)
            self.style().unpolish(self)
            self.style().polish(self)


class Flow(QLayout):
    """Parts beside each other that go on in the next line where the room ends."""

    def __init__(self, *widgets: QWidget, gap: int = theme.TIGHT, right: bool = False) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._right = right
        self.setSpacing(gap)
        self.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802
        """Take a part."""
        self._items.append(item)

    def count(self) -> int:
        """How many parts."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """A part, or None beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """Give a part up."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802
        """It takes no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """How high at a width. A page that opens asks this thousands of times: nothing is made on the way."""
        gap = self.spacing()
        left = top = high = 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            wide = hint.width()
            if left and left + wide > width:
                top += high + gap
                left = high = 0
            left += wide + gap
            high = max(high, hint.height())
        return top + high

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        """Place the parts."""
        super().setGeometry(rect)
        self._place(rect)

    def sizeHint(self) -> QSize:  # noqa: N802
        """All in one line."""
        shown = [item for item in self._items if not item.isEmpty()]
        width = sum(item.sizeHint().width() for item in shown) + self.spacing() * max(len(shown) - 1, 0)
        return QSize(width, max((item.sizeHint().height() for item in shown), default=0))

    def minimumSize(self) -> QSize:  # noqa: N802
        """The widest part."""
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect) -> None:
        lines: list[list[QLayoutItem]] = []
        left = 0
        for item in self._items:
            if item.isEmpty():
                continue
            width = item.sizeHint().width()
            if not lines or (left and left + width > rect.width()):
                lines.append([])
                left = 0
            lines[-1].append(item)
            left += width + self.spacing()
        # What stands beside it may be higher: the lines keep to the middle.
        top = rect.y() + max(rect.height() - self.heightForWidth(rect.width()), 0) // 2
        for line in lines:
            height = max(item.sizeHint().height() for item in line)
            taken = sum(item.sizeHint().width() for item in line) + self.spacing() * (len(line) - 1)
            x = rect.x() + (max(rect.width() - taken, 0) if self._right else 0)
            for item in line:
                size = QSize(min(item.sizeHint().width(), rect.width()), item.sizeHint().height())
                item.setGeometry(QRect(QPoint(x, top + (height - size.height()) // 2), size))
                x += size.width() + self.spacing()
            top += height + self.spacing()


def flow(*widgets: QWidget, gap: int = theme.TIGHT, right: bool = False) -> Flow:
    """Parts in a line that wraps; `right` pushes each line to the right."""
    return Flow(*widgets, gap=gap, right=right)


class Scroll(QScrollArea):
    """What is higher than the room scrolls; it never scrolls sideways, and follows the focus.

    Its bar keeps apart from the content, or touches it where the room is narrow (`apart`).
    """

    def __init__(self, content: QWidget, *, apart: bool = True) -> None:
        super().__init__()
        self.verticalScrollBar().setProperty("apart", apart)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        content.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """The content has changed: see how high it has to be now."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._give_height()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Narrower words are higher."""
        super().resizeEvent(event)
        self._give_height()

    def _give_height(self) -> None:
        """Qt asks the content for its least height without saying how wide it will be; what wraps would be squeezed."""
        content = self.widget()
        layout = content.layout() if content is not None else None
        if content is None or layout is None or not layout.hasHeightForWidth():
            return
        needed = layout.totalHeightForWidth(max(self.viewport().width(), layout.totalMinimumSize().width()))
        if content.minimumHeight() != needed:
            content.setMinimumHeight(needed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """As large as the content, where there is room."""
        content = self.widget()
        return content.sizeHint() if content is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As wide as the content needs; its height is what scrolls."""
        content = self.widget()
        width = content.minimumSizeHint().width() if content else 0
        return QSize(width + self.verticalScrollBar().sizeHint().width(), 80)


class Split(QWidget):
    """A main part with a side part beside it, which goes below where the window is too narrow for both.

    `tight` is a width below which the side part gets narrower first, and how wide it is then.
    """

    def __init__(
        self,
        main: QWidget,
        side: QWidget,
        *,
        side_width: int = 320,
        narrow: int = 600,
        tight: tuple[int, int] = (860, 272),
    ) -> None:
        super().__init__()
        self._side = side
        self._side_width = side_width
        self._narrow = narrow
        self._tight = tight
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.GAP)
        self._layout.addWidget(main, 1)
        self._layout.addWidget(side)
        side.setFixedWidth(side_width)
        self.setLayout(self._layout)

    @property
    def stacked(self) -> bool:
        """Whether the side part is below."""
        return self._layout.direction() == QBoxLayout.Direction.TopToBottom

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """It can always be narrowed to the point where the parts are stacked."""
        size = super().minimumSizeHint()
        return QSize(min(size.width(), 480), size.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Stack or place beside."""
        narrow = event.size().width() < self._narrow
        if narrow != self.stacked:
            self._layout.setDirection(
                QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
            )
            if narrow:
                self._side.setMinimumWidth(0)
                self._side.setMaximumWidth(_UNBOUND)
        if not narrow:
            below, width = self._tight
            tight = event.size().width() < below
            self._side.setFixedWidth(min(width, self._side_width) if tight else self._side_width)
        super().resizeEvent(event)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout, for a list that is built anew."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        inner = item.layout()
        if widget is not None:
            # A layout shows what was added to it a moment later; without a parent that would be a window.
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def expanding(widget: QWidget) -> QWidget:
    """Let a widget take all the width there is."""
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, widget.sizePolicy().verticalPolicy())
    return widget
