"""Any report on the screen as it stands on paper: black on white in each theme, every figure opens its rows.

Nothing is built for a row: what is seen is painted, so that a list of a hundred thousand rows scrolls as a
short one does. Arrows move from figure to figure, Enter opens.
"""

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from app.base.i18n import N_, Translator
from app.reports.document import CellType, Document, Row, RowKind
from app.reports.render.cells import BOLD, EMPTY, SUMS, label_of, written
from app.ui import theme
from app.ui.widgets.document_layout import (
    INSET,
    LINE,
    SIDE,
    DocumentLayout,
    Place,
    elided,
    wide,
)
from app.ui.widgets.document_paint import AT_LEFT, face_of, ink, paint_head, put_words

ZOOMS: Final = (50, 67, 80, 90, 100, 110, 125, 150, 175, 200)
_AROUND: Final = 24  # from the edge of the view to the paper
_ABOVE: Final = 16
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_FIGURE = N_("{row}, {column}: {figure}")


class DocumentView(QAbstractScrollArea):
    """A Document as paper. `chosen` tells the figure the ring is on, `opened` the one that was asked for by
    Enter or a double click, `pointed` the one that was clicked.

    All carry the index of the row and the key of the column.
    """

    chosen = Signal(int, str)
    opened = Signal(int, str)
    pointed = Signal(int, str)
    zoomed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self.translator: Translator | None = None
        self._layout: DocumentLayout | None = None
        self._zoom = 100
        self._focus: tuple[int, str] | None = None
        self._room = -1.0
        self._logo: QPixmap | None = None
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().setSingleStep(24)
        self.horizontalScrollBar().setSingleStep(24)

    # What is shown

    @property
    def document(self) -> Document | None:
        """What is shown."""
        return self._document

    def set_document(
        self, document: Document | None, translator: Translator, *, keep_place: bool = False
    ) -> None:
        """Show a document from its top, or where the one before was (`keep_place`)."""
        place = (self._focus, self.verticalScrollBar().value())
        self._document, self.translator = document, translator
        self._focus = None
        self._logo = None
        if document is not None and document.letterhead.logo:
            picture = QPixmap()
            if picture.loadFromData(document.letterhead.logo):
                self._logo = picture
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        if document is not None:
            self.setAccessibleName(document.title)
            if keep_place:
                self.restore_place(*place)
        self.viewport().update()

    def place(self) -> tuple[tuple[int, str] | None, int]:
        """The chosen figure and how far the paper is scrolled, to come back to."""
        return self._focus, self.verticalScrollBar().value()

    def restore_place(self, figure: tuple[int, str] | None, scrolled: int) -> None:
        """Go back to a place told by `place`, as far as this document has it."""
        self.verticalScrollBar().setValue(scrolled)
        rows = 0 if self._document is None else len(self._document.rows)
        if figure and figure[0] < rows and self._layout and self._layout.is_figure(*figure):
            self._choose(*figure, scroll=False)

    def figure(self) -> tuple[int, str] | None:
        """The chosen figure: row and column."""
        return self._focus

    def choose(self, index: int, key: str) -> None:
        """Put the ring on a figure, as the arrows do."""
        self._choose(index, key)

    def clear_choice(self) -> None:
        """Take the ring away."""
        self._focus = None
        self.viewport().update()

    def zoom(self) -> int:
        """The size in percent."""
        return self._zoom

    def set_zoom(self, percent: int) -> None:
        """Show everything larger or smaller."""
        percent = min(max(percent, ZOOMS[0]), ZOOMS[-1])
        if percent != self._zoom:
            self._zoom = percent
            self._lay_out()
            self.viewport().update()
            self.zoomed.emit(percent)

    def zoom_by(self, steps: int) -> None:
        """One step larger (+1) or smaller (-1)."""
        nearest = min(range(len(ZOOMS)), key=lambda place: abs(ZOOMS[place] - self._zoom))
        self.set_zoom(ZOOMS[min(max(nearest + steps, 0), len(ZOOMS) - 1)])

    def sizeHint(self) -> QSize:  # noqa: N802
        """A page's worth."""
        return QSize(658, 560)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Small enough for a window at 150 %."""
        return QSize(280, 200)

    # Measures

    def _lay_out(self) -> None:
        if self._document is None or self.translator is None:
            self._layout = None
            self.verticalScrollBar().setRange(0, 0)
            self.horizontalScrollBar().setRange(0, 0)
            return
        room = self.viewport().width() / self._scale() - 2 * _AROUND
        if self._layout is None or self._layout.document is not self._document or self._room_changed(room):
            self._room = room
            self._layout = DocumentLayout(self._document, self.translator, room)
        high = round((self._layout.height + 2 * _ABOVE) * self._scale())
        broad = round((self._layout.width + 2 * _AROUND) * self._scale())
        self.verticalScrollBar().setPageStep(self.viewport().height())
        self.verticalScrollBar().setRange(0, max(high - self.viewport().height(), 0))
        self.horizontalScrollBar().setPageStep(self.viewport().width())
        self.horizontalScrollBar().setRange(0, max(broad - self.viewport().width(), 0))

    def _room_changed(self, room: float) -> bool:
        return abs(self._room - room) > 0.5

    def _scale(self) -> float:
        return self._zoom / 100

    def _origin(self) -> QPointF:
        """Where the top left corner of the paper is, in the view."""
        assert self._layout is not None
        scale = self._scale()
        spare = self.viewport().width() - self._layout.width * scale
        left = spare / 2 if spare > 2 * _AROUND * scale else _AROUND * scale
        return QPointF(
            left - self.horizontalScrollBar().value(), _ABOVE * scale - self.verticalScrollBar().value()
        )

    def _on_paper(self, at: QPointF | QPoint) -> QPointF:
        origin = self._origin()
        return QPointF((at.x() - origin.x()) / self._scale(), (at.y() - origin.y()) / self._scale())

    def _figure_at(self, at: QPointF | QPoint) -> tuple[int, str] | None:
        if self._layout is None or not self._layout.document.rows:
            return None
        point = self._on_paper(at)
        if not self._layout.first_row <= point.y() < self._layout.rows_end:
            return None
        index = self._layout.row_at(point.y())
        for place in self._layout.figure_columns():
            key = place.column.key
            if self._layout.is_figure(index, key) and self._layout.figure_rect(index, key).contains(point):
                return index, key
        return None

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Lay the paper out for the new width."""
        super().resizeEvent(event)
        self._lay_out()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802, ARG002
        """Paint anew: the head of the table stays, so nothing can be shifted."""
        self.viewport().update()

    # Choosing

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows from figure to figure, Enter opens, Ctrl with + - 0 sizes."""
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(1)
        elif control and key == Qt.Key.Key_Minus:
            self.zoom_by(-1)
        elif control and key == Qt.Key.Key_0:
            self.set_zoom(100)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._focus is not None:
            self.opened.emit(*self._focus)
        elif not self._moved(key, control=control):
            super().keyPressEvent(event)
            return
        event.accept()

    def _moved(self, key: int, *, control: bool) -> bool:
        if self._layout is None or not self._layout.document.rows:
            return False
        last = len(self._layout.document.rows) - 1
        page = max(int(self.viewport().height() / self._scale() / LINE) - 3, 1)
        if key == Qt.Key.Key_Down:
            return self._step(1)
        if key == Qt.Key.Key_Up:
            return self._step(-1)
        if key == Qt.Key.Key_PageDown:
            return self._step(1, page)
        if key == Qt.Key.Key_PageUp:
            return self._step(-1, page)
        if key == Qt.Key.Key_Home:
            return self._to_first(range(last + 1)) if control or self._focus is None else self._aside(-99)
        if key == Qt.Key.Key_End:
            return self._to_first(range(last, -1, -1)) if control or self._focus is None else self._aside(99)
        if key == Qt.Key.Key_Right:
            return self._aside(1)
        if key == Qt.Key.Key_Left:
            return self._aside(-1)
        return False

    def _step(self, way: int, rows: int = 1) -> bool:
        """To the next figure above or below, in this column before any other."""
        assert self._layout is not None
        count = len(self._layout.document.rows)
        if self._focus is None:
            return self._to_first(range(count))
        index, key = self._focus
        target = min(max(index + way * rows, 0), count - 1)
        onward = list(range(target, count if way > 0 else -1, way)) if rows == 1 else []
        back = range(target, index, -way) if rows > 1 else ()
        for place in (*onward[: count if rows == 1 else 0], *back):
            if place != index and self._layout.is_figure(place, key):
                self._choose(place, key)
                return True
        for place in onward:
            if place != index and (other := self._nearest(place, key)):
                self._choose(place, other)
                return True
        bar = self.verticalScrollBar()  # nothing more to choose: show what stands below or above it
        bar.setValue(bar.value() + way * bar.singleStep() * rows)
        return True

    def _nearest(self, index: int, key: str) -> str:
        """The column with a figure in this row that is nearest to `key`."""
        assert self._layout is not None
        middle = self._layout.place(key).right
        found = [
            place
            for place in self._layout.figure_columns()
            if self._layout.is_figure(index, place.column.key)
        ]
        return min(found, key=lambda place: abs(place.right - middle)).column.key if found else ""

    def _aside(self, way: int) -> bool:
        assert self._layout is not None
        if self._focus is None:
            return self._to_first(range(len(self._layout.document.rows)))
        index, key = self._focus
        keys = [
            place.column.key
            for place in self._layout.figure_columns()
            if self._layout.is_figure(index, place.column.key)
        ]
        self._choose(index, keys[min(max(keys.index(key) + way, 0), len(keys) - 1)])
        return True

    def _to_first(self, rows: range) -> bool:
        assert self._layout is not None
        columns = self._layout.figure_columns()
        for index in rows:
            for place in columns:
                if self._layout.is_figure(index, place.column.key):
                    self._choose(index, place.column.key)
                    return True
        return False

    def _choose(self, index: int, key: str, *, scroll: bool = True) -> None:
        assert self._layout is not None
        assert self.translator is not None
        changed = self._focus != (index, key)
        self._focus = (index, key)
        if scroll:
            self._bring_into_view(self._layout.figure_rect(index, key))
        column = self._layout.place(key).column
        said = self.translator(
            _FIGURE,
            row=self.row_words(index),
            column=column.label,
            figure=self._layout.text(index, key),
        )
        self.setAccessibleName(said)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.viewport().update()
        if changed:
            self.chosen.emit(index, key)

    def row_words(self, index: int) -> str:
        """What a row is called, in one line."""
        assert self._layout is not None
        row = self._layout.document.rows[index]
        words = label_of(row, self._layout.label)
        return " ".join(words.split())

    def _bring_into_view(self, rect: QRectF) -> None:
        assert self._layout is not None
        scale = self._scale()
        top = (rect.top() + _ABOVE - self._layout.labels_height - 8) * scale
        bottom = (rect.bottom() + _ABOVE + 8) * scale
        bar = self.verticalScrollBar()
        if top < bar.value():
            first = rect.top() < self._layout.first_row + 40  # the first figures show the letterhead too
            bar.setValue(0 if first else round(top))
        elif bottom > bar.value() + self.viewport().height():
            bar.setValue(round(bottom - self.viewport().height()))
        aside = self.horizontalScrollBar()
        left, right = (rect.left() + _AROUND - 8) * scale, (rect.right() + _AROUND + 8) * scale
        if left < aside.value():
            aside.setValue(round(left))
        elif right > aside.value() + self.viewport().width():
            aside.setValue(round(right - self.viewport().width()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A figure that opens shows a hand."""
        hand = self._figure_at(event.position()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A click chooses a figure and opens it."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        found = self._figure_at(event.position())
        if found is not None:
            self._choose(*found, scroll=False)
            self.pointed.emit(*found)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """All was done when the button went down."""
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A double click opens a figure."""
        found = self._figure_at(event.position())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(*found)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Ctrl and the wheel size the paper; the wheel alone scrolls it."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def focusInEvent(self, event: QEvent) -> None:  # noqa: N802
        """Show the ring."""
        self.viewport().update()
        event.accept()

    def focusOutEvent(self, event: QEvent) -> None:  # noqa: N802
        """Show that the focus went elsewhere."""
        self.viewport().update()
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802
        """A cell whose words are cut shows them whole in its tip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._tip(event.pos()), self.viewport())
            return True
        return super().viewportEvent(event)

    def _tip(self, at: QPoint) -> str:
        if self._layout is None or self._layout.statement or not self._layout.document.rows:
            return ""
        point = self._on_paper(at)
        if not self._layout.first_row <= point.y() < self._layout.rows_end:
            return ""
        index = self._layout.row_at(point.y())
        for place in self._layout.places:
            if place.left <= point.x() <= place.right and not place.is_figure:
                text = self._layout.text(index, place.column.key)
                return text if wide(text) > place.right - place.left else ""
        return ""

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the ground, the paper, and the rows that are seen."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), theme.color("sunken"))
        if self._layout is not None:
            origin, scale = self._origin(), self._scale()
            painter.translate(origin)
            painter.scale(scale, scale)
            top = -origin.y() / scale
            self._paint(painter, top, top + self.viewport().height() / scale)
        painter.end()

    def _paint(self, painter: QPainter, top: float, bottom: float) -> None:
        layout = self._layout
        assert layout is not None
        painter.setPen(QPen(theme.color("line"), 1))
        painter.setBrush(ink("surface"))
        painter.drawRect(QRectF(0.5, 0.5, layout.width - 1, layout.height - 1))
        if top < layout.head.table:
            paint_head(painter, layout, self._logo)
        table = layout.head.table
        sticks = top > table
        if layout.document.rows:
            first, last = layout.row_at(top), layout.row_at(bottom)
            for index in range(first, last + 1):
                self._paint_row(painter, index)
        else:
            put_words(painter, SIDE + INSET, layout.first_row, 22, layout.translator(EMPTY), face_of())
        self._paint_labels(painter, top if sticks else table)
        if bottom > layout.rows_end:
            y = layout.rows_end + 12 + (22 if not layout.document.rows else 0)
            for line in layout.notes:
                put_words(painter, SIDE + INSET, y, LINE, line, face_of(), "text2")
                y += LINE

    def _paint_labels(self, painter: QPainter, y: float) -> None:
        layout = self._layout
        assert layout is not None
        band = QRectF(SIDE, y, layout.width - 2 * SIDE, layout.labels_height)
        painter.fillRect(band.adjusted(-SIDE + 1, 0, SIDE - 1, 0), ink("surface"))
        painter.fillRect(QRectF(band.left(), band.top(), band.width(), 1), ink("text"))
        painter.fillRect(QRectF(band.left(), band.bottom(), band.width(), 1), ink("text"))
        for place in layout.places:
            lines = layout.column_label(place)
            top = band.bottom() - len(lines) * LINE - 4
            for line in lines:
                align = _RIGHT if place.is_figure else AT_LEFT
                room = place.right - place.left
                put_words(painter, place.left, top, LINE, line, face_of(), room=room, align=align)
                top += LINE

    def _paint_row(self, painter: QPainter, index: int) -> None:
        layout = self._layout
        assert layout is not None
        row = layout.document.rows[index]
        chosen = self._focus is not None and self._focus[0] == index
        if chosen:
            painter.fillRect(layout.baseline_rect(index), ink("tint"))
        weight = 600 if row.kind in BOLD else 400
        size = theme.BODY if row.double_rule and layout.statement else theme.SMALL
        self._paint_words(painter, index, row, face_of(weight, size))
        if row.kind is RowKind.HEADING:
            return
        line = layout.baseline_rect(index)
        if not layout.statement and row.kind is RowKind.TOTAL:
            painter.fillRect(QRectF(line.left(), line.top(), line.width(), 1), ink("text"))
            painter.fillRect(QRectF(line.left(), line.bottom() - 1, line.width(), 1), ink("text"))
        for place in layout.figure_columns():
            self._paint_figure(painter, index, row, place, face_of(weight, size))
        if not layout.statement and row.kind is RowKind.ITEM:
            painter.fillRect(QRectF(line.left(), line.bottom() - 0.5, line.width(), 0.5), ink("line"))

    def _paint_words(self, painter: QPainter, index: int, row: Row, face: QFont) -> None:
        layout = self._layout
        assert layout is not None
        line = layout.baseline_rect(index)
        across = row.kind in {RowKind.HEADING, RowKind.NOTE}
        for place in layout.places:
            if place.is_figure:
                continue
            is_label = place.column is layout.label
            if across and not is_label:
                continue
            left = place.left + (layout.indent(row) if is_label else 0)
            if index in layout.wrapped and is_label:
                lines = layout.wrapped[index]
                top = line.bottom() - line.height() - (len(lines) - 1) * LINE
                for part in lines:
                    put_words(painter, left, top, line.height(), part, face)
                    top += LINE
                continue
            text = label_of(row, layout.label) if across else layout.text(index, place.column.key)
            if text:
                room = place.right - left if not across else layout.width - SIDE - left
                if not layout.statement:
                    text = elided(text, room, face.weight())
                put_words(painter, left, line.top(), line.height(), text, face)

    def _paint_figure(self, painter: QPainter, index: int, row: Row, place: Place, face: QFont) -> None:
        layout = self._layout
        assert layout is not None
        value = row.cells.get(place.column.key)
        if value is None:
            return
        text = written(value, place.column, row, layout.translator.format)
        line = layout.baseline_rect(index)
        if row.kind in SUMS and layout.statement:
            self._paint_rules(painter, row, place, line)
        focused = self._focus == (index, place.column.key)
        if focused:
            face = QFont(face)
            face.setWeight(QFont.Weight(600))
            face.setUnderline(True)
        # The closing parenthesis hangs outside, so that the digits stand below each other.
        hanging = QFontMetricsF(face).horizontalAdvance(")") if text.endswith(")") else 0.0
        where = QRectF(place.left - 80, line.top(), place.right - place.left + 80 + hanging, line.height())
        painter.setFont(face)
        painter.setPen(ink("text"))
        painter.drawText(where, _RIGHT, text)
        if focused:
            ring = layout.figure_rect(index, place.column.key)
            pen = QPen(ink("brand" if self.hasFocus() else "control"), 2)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(ring.adjusted(1, 1, -1, -1))

    def _paint_rules(self, painter: QPainter, row: Row, place: Place, line: QRectF) -> None:
        if place.column.type not in {CellType.AMOUNT, CellType.QUANTITY, CellType.INTEGER}:
            return
        left, width = place.left - 6, place.right - place.left + 14
        painter.fillRect(QRectF(left, line.top(), width, 1), ink("text"))
        if row.double_rule:
            painter.fillRect(QRectF(left, line.bottom(), width, 1), ink("text"))
            painter.fillRect(QRectF(left, line.bottom() + 3, width, 1), ink("text"))
