"""A loan's instalments as boxes: filled is paid, amber is late, empty is to come; a bar where there are many."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import theme

PAID, PART, LATE, OPEN = "paid", "part", "late", "open"
MOST_BOXES = 24
_HEIGHT, _GAP = 20, 6


class LoanBoxes(QWidget):
    """Instalment by instalment; its accessible name says the same in words."""

    def __init__(self) -> None:
        super().__init__()
        self.states: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HEIGHT)

    def show_states(self, states: Sequence[str], words: str) -> None:
        """Show these, one for each instalment; `words` say it to who can't see."""
        self.states = tuple(states)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """It takes the width it gets."""
        return QSize(240, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the boxes, or the bar."""
        if not self.states:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if len(self.states) > MOST_BOXES:
            self._draw_bar(painter)
        else:
            self._draw_boxes(painter)
        painter.end()

    def _draw_boxes(self, painter: QPainter) -> None:
        gap = _GAP if len(self.states) <= 12 else 3
        width = (self.width() - gap * (len(self.states) - 1)) / len(self.states)
        width = min(width, 40)
        for place, state in enumerate(self.states):
            # On whole pixels: the thin frames would be grey between them.
            where = QRectF(round(place * (width + gap)) + 0.5, 1.5, round(width) - 2, _HEIGHT - 3)
            self._box(painter, where, state)

    def _draw_bar(self, painter: QPainter) -> None:
        # Neighbours of the same state are one stretch; a thin gap between them would be grey at this width.
        width = (self.width() - 2) / len(self.states)
        start = 0
        for place in range(1, len(self.states) + 1):
            if place == len(self.states) or self.states[place] != self.states[start]:
                where = QRectF(1 + start * width, 3, (place - start) * width, _HEIGHT - 6)
                self._box(painter, where, self.states[start])
                start = place

    @staticmethod
    def _box(painter: QPainter, where: QRectF, state: str) -> None:
        fill, line, thick = {
            PAID: ("brand", "brand", 1),
            LATE: ("amber_tint", "amber_line", 2),
            PART: ("tint", "brand_text", 1),
            OPEN: ("surface", "control", 1),
        }[state]
        painter.setBrush(theme.color(fill))
        painter.setPen(QPen(theme.color(line), thick, Qt.PenStyle.SolidLine))
        painter.drawRoundedRect(where, 3, 3)
        if state == PART:
            # The left half is filled: told apart from paid and from open without a colour.
            half = QRectF(where.left(), where.top(), where.width() / 2, where.height())
            painter.setBrush(theme.color("brand"))
            painter.drawRoundedRect(half, 3, 3)
