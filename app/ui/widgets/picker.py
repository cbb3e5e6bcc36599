"""A field that finds a member, a customer, a product, by name, nickname, number or barcode, or makes a new one."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

from app.base.errors import UserError
from app.base.i18n import Translator
from app.ui import theme
from app.ui.widgets.editor import LineEditor

_SHOWN, _HEIGHT = 8, 40


class Found(NamedTuple):
    """One thing that was found: its code, its name, a second line of facts, and what it is called as well."""

    code: str
    name: str
    facts: str = ""
    also: str = ""


class Picker(LineEditor[str]):
    """Its value is the code of what was chosen. What is typed and not chosen is looked up when it is left.

    `search(text)` finds; `known(code)` gives the one with a code, or None; `create(name)` makes a new one and
    returns it, None where nothing can be made on the fly.
    """

    picked = Signal(object)  # Found

    def __init__(
        self,
        translator: Translator,
        search: Callable[[str], Sequence[Found]],
        known: Callable[[str], Found | None],
        *,
        create: Callable[[str], Found | None] | None = None,
        hint: str = "",
        empty: str = "",
    ) -> None:
        self._search = search
        self._known = known
        self._create = create
        self._chosen: Found | None = None
        super().__init__(translator, hint=hint, empty=empty)
        self._list = _List(self)
        self._list.taken.connect(self._take)
        self.line.installEventFilter(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)

    # Its value

    def value(self) -> str | None:
        """The code; raises UserError where what was typed means nothing, or more than one thing."""
        text = self.line.text().strip()
        if not text:
            return None
        if self._chosen is not None and text == self._chosen.name:
            return self._chosen.code
        found = self._known(text)
        if found is None:
            wanted = text.casefold()
            near = self._search(text)
            matches = [item for item in near if item.name.casefold() == wanted]
            # Nobody has this name: then who is called so is meant.
            matches = matches or [item for item in near if item.also.casefold() == wanted]
            if len(matches) != 1:
                raise UserError(
                    '"{text}" is not in the list.',
                    advice="Choose one from the list, or make a new one.",
                    text=text,
                )
            found = matches[0]
        self._chosen = found
        return found.code

    def set_value(self, value: str | None) -> None:
        """Choose by the code."""
        found = self._known(value) if value else None
        self._chosen = found
        self.line.setText(found.name if found else value or "")
        self.note(found.facts if found else "")
        self._timer.stop()
        self._list.hide()
        self.changed.emit()

    @property
    def chosen(self) -> Found | None:
        """What was chosen, while its name stands in the field."""
        chosen = self._chosen
        return chosen if chosen is not None and self.line.text().strip() == chosen.name else None

    def value_or_none(self) -> str | None:
        """The code, or None also where what was typed means nothing."""
        try:
            return self.value()
        except UserError:
            return None

    def take_typed(self) -> bool:
        """Take the first that fits what was typed; says whether anything is chosen now."""
        self._timer.stop()
        if self.chosen is None and self.line.text().strip():
            self._look()
            if self._list.isVisible():
                self._list.take()
        return self.chosen is not None

    @property
    def open(self) -> bool:
        """Whether its list is seen."""
        return self._list.isVisible()

    # Typing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Arrows move in the list, Enter takes, Esc closes it."""
        if watched is self.line:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._key(event):
                return True
            if event.type() == QEvent.Type.FocusOut:
                self._list.hide()
                self._settle()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Down and not self._list.isVisible():
            self._look()
            return True
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            if self._timer.isActive():
                self._timer.stop()
                self._look()
            if self._list.isVisible() and self.chosen is None:
                self._list.take()
            # The form goes on to the next field.
            return False
        if not self._list.isVisible():
            return False
        if event.key() == Qt.Key.Key_Down:
            self._list.move_by(1)
        elif event.key() == Qt.Key.Key_Up:
            self._list.move_by(-1)
        elif event.key() == Qt.Key.Key_Escape:
            self._list.hide()
        else:
            return False
        return True

    def _understand(self) -> None:
        if self.line.hasFocus():
            self._timer.start(60)

    def _look(self) -> None:
        text = self.line.text().strip()
        if self.chosen is not None:
            self._list.hide()
            return
        found = list(self._search(text))[:_SHOWN]
        make = ""
        if (
            self._create is not None
            and text
            and all(item.name.casefold() != text.casefold() for item in found)
        ):
            make = text
        self._list.offer(found, make)

    def _take(self, place: int) -> None:
        found: Found | None
        if place < len(self._list.items):
            found = self._list.items[place]
        else:
            assert self._create is not None
            found = self._create(self.line.text().strip())
        self._list.hide()
        if found is not None:
            self._choose(found)

    def _choose(self, found: Found) -> None:
        self._chosen = found
        self.line.setText(found.name)
        self._timer.stop()
        self._list.hide()
        self.fault("")
        self.note(found.facts)
        self.changed.emit()
        self.picked.emit(found)

    def _settle(self) -> None:
        """What was typed and is clear is taken when the field is left."""
        if not self.line.text().strip() or self.chosen is not None:
            return
        try:
            self.value()
        except UserError as error:
            self.fault(self.translator.error(error))
            return
        if self._chosen is not None:
            self._choose(self._chosen)


class _List(QWidget):
    """What was found, below the field. It never has the focus; the field steers it."""

    taken = Signal(int)

    def __init__(self, picker: Picker) -> None:
        super().__init__(picker, Qt.WindowType.ToolTip)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setMouseTracking(True)
        self._picker = picker
        self.items: list[Found] = []
        self._make = ""
        self._at = 0

    def offer(self, items: list[Found], make: str) -> None:
        """Show these, and below them the making of a new one."""
        self.items = items
        self._make = make
        self._at = 0
        count = len(items) + bool(make)
        if not count:
            self.hide()
            return
        line: QLineEdit = self._picker.line
        self.setGeometry(
            QRect(
                line.mapToGlobal(QPoint(0, line.height() + 2)),
                QSize(max(line.width(), 320), count * _HEIGHT + 2),
            )
        )
        self._tell()
        self.show()
        self.update()

    def move_by(self, step: int) -> None:
        """Choose the next or the one before."""
        self._at = (self._at + step) % (len(self.items) + bool(self._make))
        self._tell()
        self.update()

    def take(self) -> None:
        """Take what is chosen."""
        self.taken.emit(self._at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The pointer chooses."""
        self._at = min(int(event.position().y()) // _HEIGHT, len(self.items) + bool(self._make) - 1)
        self.update()

    def mousePressEvent(self, _event: QMouseEvent) -> None:  # noqa: N802
        """A click takes."""
        self.take()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the lines."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface"))
        middle = Qt.AlignmentFlag.AlignVCenter
        for place in range(len(self.items) + bool(self._make)):
            line = QRect(1, 1 + place * _HEIGHT, self.width() - 2, _HEIGHT)
            if place == self._at:
                painter.fillRect(line, theme.color("tint"))
            inner = line.adjusted(12, 0, -12, 0)
            if place == len(self.items):
                painter.setFont(theme.font(theme.BODY, 600))
                painter.setPen(theme.color("brand_text"))
                _ = self._picker.translator
                painter.drawText(inner, middle, _("Make new: {name}", name=self._make))
                continue
            item = self.items[place]
            painter.setFont(theme.font(theme.SMALL))
            painter.setPen(theme.color("text2"))
            facts = painter.fontMetrics().elidedText(
                item.facts, Qt.TextElideMode.ElideRight, inner.width() // 2
            )
            painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, facts)
            room = inner.width() - painter.fontMetrics().horizontalAdvance(facts) - 16
            painter.setFont(theme.font(theme.BODY))
            painter.setPen(theme.color("text"))
            name = painter.fontMetrics().elidedText(item.name, Qt.TextElideMode.ElideRight, room)
            painter.drawText(inner, middle, name)
            if item.also and name == item.name:
                painter.setPen(theme.color("text2"))
                beside = painter.fontMetrics().horizontalAdvance(f"{name} ")
                also = painter.fontMetrics().elidedText(
                    f"({item.also})", Qt.TextElideMode.ElideRight, room - beside
                )
                painter.drawText(inner.adjusted(beside, 0, 0, 0), middle, also)
        painter.setPen(QPen(theme.color("control"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _tell(self) -> None:
        if self._at < len(self.items):
            item = self.items[self._at]
            words = f"{item.name} ({item.also})" if item.also else item.name
        else:
            words = self._make
        self._picker.line.setAccessibleDescription(words)
