"""Tables: columns described by data, over a short list in memory or over a million rows read page by page."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.base.i18n import Translator
from app.ui import icons, theme
from app.ui.widgets.label import Label
from app.ui.widgets.layout import row as beside

Index = QModelIndex | QPersistentModelIndex
_PAGE, _PAGES_KEPT = 128, 64
_PADDING, _SIGN = 12, 20
# The kinds of a column whose cells stand at the left.
_LEFT = ("text", "date")
# What a column of words needs at least.
_WORDS = 144
TONES = {"muted": "text2", "in": "into", "out": "out", "amber": "amber", "brand": "brand_text", "": "text"}


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column. `value` gives a row's value, `tone` its colour, `icon` a sign before the words.

    `kind` is text, amount (rupiah), signed (rupiah with + or -), date, quantity, integer or rate. A `width` of
    0 takes what is left.
    """

    key: str
    label: str
    value: Callable[[Any], Any]
    kind: str = "text"
    width: int = 120
    tone: Callable[[Any], str] | None = None
    icon: Callable[[Any], str] | None = None
    weight: int = 400
    # Left out where the table is too narrow for all of its columns; the highest goes first, of equals the last.
    spare: int = 0
    size: int = theme.SMALL


class Rows(Protocol):
    """Where a table's rows come from: how many there are, and any run of them."""

    def count(self) -> int:
        """How many rows."""
        ...

    def page(self, start: int, size: int) -> Sequence[Any]:
        """The rows from `start` on, at most `size`."""
        ...


class Listed:
    """Rows that are all in memory."""

    def __init__(self, rows: Sequence[Any]) -> None:
        self.rows = rows

    def count(self) -> int:
        """How many."""
        return len(self.rows)

    def page(self, start: int, size: int) -> Sequence[Any]:
        """A run of them."""
        return self.rows[start : start + size]


class TableModel(QAbstractTableModel):
    """Rows by pages of 128, of which 64 are kept: a list of a million costs no more than one of a thousand."""

    def __init__(self, translator: Translator, columns: Sequence[TableColumn]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._format = translator.format
        self._rows: Rows = Listed(())
        self._count = 0
        self._pages: OrderedDict[int, Sequence[Any]] = OrderedDict()

    def show(self, rows: Rows) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = rows
        self._count = rows.count()
        self._pages.clear()
        self.endResetModel()

    def set_columns(self, columns: Sequence[TableColumn]) -> None:
        """Show the same rows under other columns."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    def row(self, index: int) -> Any:
        """The row at a place, or None beyond the end."""
        if not 0 <= index < self._count:
            return None
        number, place = divmod(index, _PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self._rows.page(number * _PAGE, _PAGE)
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page[place] if place < len(page) else None

    def text(self, index: int, column: TableColumn) -> str:
        """What stands in a cell."""
        row = self.row(index)
        return "" if row is None else self.written(column, column.value(row))

    def written(self, column: TableColumn, value: Any) -> str:
        """A value as its column shows it; nothing is a dash."""
        if value is None or value == "":
            return "–" if column.kind != "text" else ""
        write = self._format
        match column.kind:
            case "amount" if isinstance(value, int):
                return write.amount(value)
            case "signed" if isinstance(value, int):
                return f"+{write.amount(value)}" if value > 0 else write.amount(value)
            case "date" if isinstance(value, date):
                return write.date_medium(value)
            case "quantity" if isinstance(value, Decimal):
                return write.quantity(value)
            case "integer" if isinstance(value, int):
                return write.number(value)
            case "rate" if isinstance(value, Decimal):
                return write.rate(value)
        return str(value)

    # What Qt asks

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802
        """All of them: the scroll bar is true from the beginning."""
        return 0 if parent is not None and parent.isValid() else self._count

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802
        """The columns."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, alignment."""
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index.row(), column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.label}: {self.text(index.row(), column)}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_side(column) | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The labels."""
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].label
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(_side(self.columns[section]) | Qt.AlignmentFlag.AlignVCenter)
        return None


class Table(QTableView):
    """A table that is walked with the arrows; Enter opens the row, a click chooses it."""

    opened = Signal(object)  # the row
    chosen = Signal(object)  # the row, or None
    typed = Signal(str)  # a letter that belongs into the search field

    def __init__(
        self, translator: Translator, columns: Sequence[TableColumn], *, row_height: int = theme.ROW_HEIGHT
    ) -> None:
        super().__init__()
        self.table = TableModel(translator, columns)
        self.setModel(self.table)
        self.setItemDelegate(_Cell(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        vertical = self.verticalHeader()
        vertical.setVisible(False)
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        vertical.setDefaultSectionSize(row_height)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setMinimumSectionSize(24)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setFixedHeight(theme.HEAD_HEIGHT)
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        self.selectionModel().currentRowChanged.connect(
            lambda now, _before: self.chosen.emit(self.table.row(now.row()))
        )
        self.setMinimumHeight(theme.HEAD_HEIGHT + 3 * row_height)
        self._hovered = -1
        self.entered.connect(lambda index: self._hover(index.row()))

    def show_rows(self, rows: Sequence[Any] | Rows) -> None:
        """Show other rows; the place in the list stays where it can."""
        before = self.currentIndex().row()
        source: Rows = Listed(rows) if isinstance(rows, Sequence) else rows
        self.table.show(source)
        if self.table.rowCount() and before >= 0:
            self.go_to(min(before, self.table.rowCount() - 1))

    def set_columns(self, columns: Sequence[TableColumn]) -> None:
        """Show other columns."""
        self.table.set_columns(columns)
        self._fit()

    def current(self) -> Any:
        """The row that is chosen, or None."""
        return self.table.row(self.currentIndex().row())

    def go_to(self, row: int) -> None:
        """Choose a row."""
        self.setCurrentIndex(self.table.index(row, 0))

    @property
    def hovered(self) -> int:
        """The row under the pointer."""
        return self._hovered

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter opens; letters go into the search field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex().row())
            return
        if event.key() == Qt.Key.Key_Home:
            self.go_to(0)
            return
        if event.key() == Qt.Key.Key_End:
            self.go_to(self.table.rowCount() - 1)
            return
        text = event.text()
        command = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if text and text.isprintable() and not text.isspace() and not command:
            self.typed.emit(text)
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: Any) -> None:  # noqa: N802
        """Coming to the table chooses its first row."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.table.rowCount():
            self.go_to(0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Give what is left to the columns that take it; none gets narrower than a word."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        columns = self.table.columns
        room = self.viewport().width()
        # A head is never cut, however narrow its column was meant and whatever the language.
        head = QFontMetrics(theme.font())
        widths = [
            max(column.width, head.horizontalAdvance(column.label) + 2 * _PADDING) if column.width else 0
            for column in columns
        ]
        wanted = sum(width or _WORDS for width in widths)
        for number, column in sorted(enumerate(columns), key=lambda item: (-item[1].spare, -item[0])):
            hidden = bool(column.spare) and wanted > room
            self.setColumnHidden(number, hidden)
            wanted -= (widths[number] or _WORDS) if hidden else 0
        shown = [width for number, width in enumerate(widths) if not self.isColumnHidden(number)]
        share = max((room - sum(shown)) // max(shown.count(0), 1), _WORDS)
        for number, width in enumerate(widths):
            self.setColumnWidth(number, width or share)

    def leaveEvent(self, event: Any) -> None:  # noqa: N802
        """Nothing is pointed at."""
        self._hover(-1)
        super().leaveEvent(event)

    def sizeHint(self) -> QSize:  # noqa: N802
        """It takes what it gets."""
        return QSize(480, 320)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()

    def _open(self, row: int) -> None:
        found = self.table.row(row)
        if found is not None:
            self.opened.emit(found)


class Invitation(Label):
    """What is said over an empty table. It stands in no layout: to show it would lay out the whole page anew."""

    def __init__(self, text: str, table: Table) -> None:
        super().__init__(text, tone="muted", wrap=True)
        self._ground = table.viewport()
        self.setParent(self._ground)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setContentsMargins(48, 8, 48, 8)
        self._ground.installEventFilter(self)
        table.table.modelReset.connect(lambda: self.setVisible(not table.table.rowCount()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """As large as the table."""
        if watched is self._ground and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._ground.rect())
        return super().eventFilter(watched, event)


class _Cell(QStyledItemDelegate):
    """Draws a cell: its ground by state, sign, words, a line below, the ring of the focus around the row."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._table = table
        # Made once: a page of a list is a few hundred cells, and each is to be painted in an instant. Another theme
        # makes another window.
        self._faces: dict[tuple[int, int], tuple[QFont, QFontMetrics]] = {}
        self._colors: dict[str, QColor] = {}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw it."""
        table = self._table
        model, number = table.table, index.row()
        column = model.columns[index.column()]
        row = model.row(number)
        rect: QRect = option.rect
        left, top, width, height = rect.left(), rect.top(), rect.width(), rect.height()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, self._color("tint"))
        elif number == table.hovered:
            painter.fillRect(rect, self._color("hover"))
        painter.fillRect(left, top + height - 1, width, 1, self._color("line"))
        if row is None:
            return
        tone = column.tone(row) if column.tone is not None else ""
        token = TONES.get(tone, "text")
        inner, room = left + _PADDING, width - 2 * _PADDING
        sign = column.icon(row) if column.icon is not None else ""
        if sign:
            painter.drawPixmap(inner, top + (height - 14) // 2, icons.pixmap(sign, 14, token))
            inner, room = inner + _SIGN, room - _SIGN
        text = model.written(column, column.value(row))
        if text:
            font, metrics = self._face(column.weight, column.size)
            taken = metrics.horizontalAdvance(text)
            if taken > room:
                text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            elif column.kind not in _LEFT:
                inner += room - taken
            painter.setFont(font)
            painter.setPen(self._color(token))
            painter.drawText(inner, top + (height + metrics.ascent() - metrics.descent()) // 2, text)
        if selected and table.hasFocus():
            painter.setPen(QPen(self._color("focus"), 2))
            painter.drawLine(left, top + 1, left + width - 1, top + 1)
            painter.drawLine(left, top + height - 1, left + width - 1, top + height - 1)

    def _face(self, weight: int, size: int) -> tuple[QFont, QFontMetrics]:
        face = self._faces.get((weight, size))
        if face is None:
            font = theme.font(size, weight)
            face = self._faces[weight, size] = (font, QFontMetrics(font))
        return face

    def _color(self, token: str) -> QColor:
        color = self._colors.get(token)
        if color is None:
            color = self._colors[token] = theme.color(token)
        return color


class Totals(QWidget):
    """The line below a table that stays in place: how many, and the sums."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(40)
        self.setObjectName("totals")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = Label("", "strong")
        # Two lines where the table is narrow: sums are never cut.
        self._sums = Label("", "strong", right=True, wrap=True)
        line = beside(self._words, self._sums, gap=12, margin=(16, 0, 16, 0))
        line.setStretch(1, 1)
        self.setLayout(line)

    def tell(self, words: str, sums: str = "") -> None:
        """Say it."""
        self._words.setText(words)
        self._sums.setText(sums)

    @property
    def sums(self) -> str:
        """The sums, as they stand there."""
        return self._sums.text()


def _side(column: TableColumn) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignLeft if column.kind in _LEFT else Qt.AlignmentFlag.AlignRight
