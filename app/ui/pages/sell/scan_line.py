"""The line that everything begins with: a scan, or two or three letters; `3*` before it is the quantity."""

import re
from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

from app.base.errors import UserError
from app.base.i18n import Translator
from app.base.parse import parse_quantity
from app.ledger.products.queries import ProductFacts
from app.ui import icons, theme

_TIMES = re.compile(r"\s*([\d.,]+)\s*[*x×]\s*(.*)", re.IGNORECASE)
_LINE, _SHOWN = 40, 7
# On the empty line these keys are not typing: they act on the note.
_FOR_THE_LINES = (
    *(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Delete),
    *(Qt.Key.Key_Asterisk, Qt.Key.Key_Equal, Qt.Key.Key_Percent),
)


def split_quantity(text: str) -> tuple[Decimal, str]:
    """`3*gula` is three of gula, `gula` one; raises UserError for a quantity that can't be read."""
    found = _TIMES.fullmatch(text)
    if found is None:
        return Decimal(1), text.strip()
    quantity = parse_quantity(found[1])
    if quantity <= 0:
        raise UserError('"{text}" is no quantity for a sale.', advice="Write it like 3*gula.", text=found[1])
    return quantity, found[2].strip()


class ScanLine(QLineEdit):
    """Says what was typed with Enter, or which of the found goods was taken."""

    entered = Signal(str)
    taken = Signal(object, object)  # product, quantity
    looked_for = Signal(str)
    steered = Signal(object)  # a key that is meant for the lines of the note

    def __init__(self, translator: Translator) -> None:
        super().__init__()
        _ = translator
        self.setProperty("measure", "till")
        self.setPlaceholderText(_("Scan, or type two or three letters of the goods"))
        self.setAccessibleName(_("Goods"))
        self.addAction(
            QAction(icons.icon("scan-barcode", 18, "text2"), "", self), self.ActionPosition.LeadingPosition
        )
        self.found: list[ProductFacts] = []
        self._translator = translator
        self._list = _Offers(self)
        self._at = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(lambda: self.looked_for.emit(self.text()))
        self.textEdited.connect(lambda _text: self._timer.start(80))

    @property
    def at(self) -> int:
        """Which of the offers is chosen."""
        return self._at

    @property
    def words(self) -> Translator:
        """The words of the window."""
        return self._translator

    def offer(self, found: Sequence[ProductFacts]) -> None:
        """Show what was found below the line."""
        self.found = list(found)[:_SHOWN]
        self._at = 0
        if not self.found or not self.hasFocus():
            self._list.hide()
            return
        corner = self.mapToGlobal(QPoint(0, self.height() + 2))
        self._list.setGeometry(QRect(corner.x(), corner.y(), self.width(), len(self.found) * _LINE + 2))
        self._list.show()
        self._list.update()

    def close_offers(self) -> None:
        """Nothing is looked for any more."""
        self._timer.stop()
        self.found = []
        self._list.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter, arrows in the offers, Esc."""
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self._enter()
            return
        if self._list.isVisible() and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._at = (self._at + (1 if event.key() == Qt.Key.Key_Down else -1)) % len(self.found)
            self._list.update()
            self.setAccessibleDescription(self.found[self._at].name)
            return
        if not self.text() and event.key() in _FOR_THE_LINES:
            self.steered.emit(Qt.Key(event.key()))
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: object) -> None:  # noqa: N802
        """The offers go with the focus."""
        self._list.hide()
        super().focusOutEvent(event)  # type: ignore[arg-type]

    def take(self, place: int) -> None:
        """Take one of the offers."""
        product = self.found[place]
        try:
            quantity = split_quantity(self.text())[0]
        except UserError:
            quantity = Decimal(1)
        self.close_offers()
        self.clear()
        self.taken.emit(product, quantity)

    def _enter(self) -> None:
        chosen = self._list.isVisible() and self._at > 0
        if chosen:
            self.take(self._at)
            return
        text = self.text()
        self.close_offers()
        self.entered.emit(text)


class _Offers(QWidget):
    """The goods that fit, with price and what is left."""

    def __init__(self, line: ScanLine) -> None:
        super().__init__(line, Qt.WindowType.ToolTip)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._line = line

    def mousePressEvent(self, event: object) -> None:  # noqa: N802
        """A click takes."""
        place = int(event.position().y()) // _LINE  # type: ignore[attr-defined]
        if place < len(self._line.found):
            self._line.take(place)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the lines."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface"))
        fmt = self._line.words.format
        middle = Qt.AlignmentFlag.AlignVCenter
        for place, product in enumerate(self._line.found):
            line = QRect(1, 1 + place * _LINE, self.width() - 2, _LINE)
            if place == self._line.at:
                painter.fillRect(line, theme.color("tint"))
            inner = line.adjusted(14, 0, -14, 0)
            painter.setFont(theme.font(theme.BODY, 600))
            painter.setPen(theme.color("text"))
            price = fmt.rupiah(product.sell_price) if product.sell_price else "–"
            painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, price)
            painter.setFont(theme.font(theme.SMALL))
            painter.setPen(theme.color("text2"))
            if product.stock is not None:
                left = f"{fmt.quantity(product.stock)} {product.unit}"
                painter.drawText(inner.adjusted(0, 0, -130, 0), middle | Qt.AlignmentFlag.AlignRight, left)
            painter.setFont(theme.font(theme.BODY))
            painter.setPen(theme.color("text"))
            name = painter.fontMetrics().elidedText(
                product.name, Qt.TextElideMode.ElideRight, inner.width() - 260
            )
            painter.drawText(inner, middle, name)
        painter.setPen(QPen(theme.color("control"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
