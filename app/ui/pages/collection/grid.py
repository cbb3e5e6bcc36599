"""The grid: members down, amounts across. Enter goes down, Tab to the right; the space bar marks who is absent."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.base.errors import UserError
from app.base.i18n import Translator
from app.base.parse import parse_rupiah
from app.ui import icons, theme
from app.ui.pages.collection.sheet import AMOUNTS, Line, members_paying, note_of

Index = QModelIndex | QPersistentModelIndex
COLUMNS: Final = ("state", "number", "name", *AMOUNTS, "total", "note")
_WIDTHS: Final = {
    "state": 32,
    "number": 66,
    "mandatory": 92,
    "voluntary": 84,
    "instalment": 94,
    "penalty": 70,
    "total": 102,
    "note": 146,
}
# As the head of a table has it.
_PADDING: Final = 12
_TONES: Final = {"muted": "text2", "amber": "amber", "out": "out"}
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class SheetModel(QAbstractTableModel):
    """The lines of the sheet as Qt asks for them."""

    def __init__(self, translator: Translator) -> None:
        super().__init__()
        self._ = translator
        self.lines: list[Line] = []
        _ = translator
        self._labels = {
            "number": _("Number"),
            "name": _("Name"),
            "mandatory": _("Mandatory"),
            "voluntary": _("Voluntary"),
            "instalment": _("Instalment"),
            "penalty": _("Penalty"),
            "total": _("Amount (Rp)"),
            "note": _("Note"),
        }

    def show(self, lines: list[Line]) -> None:
        """Another sheet."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def changed(self, row: int) -> None:
        """A line was changed."""
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))

    def text(self, row: int, column: str) -> str:
        """What stands in a cell."""
        line = self.lines[row]
        match column:
            case "state":
                return ""
            case "number":
                return line.asked.member
            case "name":
                return line.asked.name
            case "note":
                return note_of(self._, line)[0]
            case "total":
                return self._.format.amount(line.total) if line.total else "–"
        amount = line.amount(column)
        return self._.format.amount(amount) if amount else "–"

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802
        """The lines."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802
        """The columns."""
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words for the eye and for who can't see."""
        column = COLUMNS[index.column()]
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index.row(), column)
        if role == Qt.ItemDataRole.EditRole:
            return (
                self._.format.amount(line.amount(column)) if column in AMOUNTS and line.amount(column) else ""
            )
        if role == Qt.ItemDataRole.AccessibleTextRole:
            _ = self._
            if column == "state":
                return _("absent") if line.absent else _("received")
            return f"{line.asked.name}, {self._labels[column]}: {self.text(index.row(), column)}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Amounts can be filled in where there is something to pay."""
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        column = COLUMNS[index.column()]
        if column in AMOUNTS and self.lines[index.row()].may(column):
            return base | Qt.ItemFlag.ItemIsEditable
        return base

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The labels."""
        if orientation == Qt.Orientation.Horizontal:
            column = COLUMNS[section]
            if role == Qt.ItemDataRole.DisplayRole:
                return self._labels.get(column, "")
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(_RIGHT if column in (*AMOUNTS, "total") else _LEFT)
        return None


class Grid(QTableView):
    """The sheet on the screen."""

    edited = Signal()  # an amount or who is absent
    finished = Signal()  # Enter or Tab beyond the last row
    unreadable = Signal(str)  # what was typed, "" when it is put right

    def __init__(self, translator: Translator) -> None:
        super().__init__()
        self.sheet = SheetModel(translator)
        self.setModel(self.sheet)
        self.setItemDelegate(_Cell(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        vertical = self.verticalHeader()
        vertical.setVisible(False)
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        vertical.setDefaultSectionSize(theme.ROW_HEIGHT)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setMinimumSectionSize(24)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setFixedHeight(theme.HEAD_HEIGHT)
        self.clicked.connect(self._clicked)
        self.setMinimumHeight(theme.HEAD_HEIGHT + 4 * theme.ROW_HEIGHT)

    def show_lines(self, lines: list[Line]) -> None:
        """Show a sheet; the place stays where it can."""
        before = self.currentIndex()
        row, column = before.row(), before.column()
        self.sheet.show(lines)
        if lines:
            self.go_to(max(min(row, len(lines) - 1), 0), max(column, COLUMNS.index("mandatory")))

    def go_to(self, row: int, column: int) -> None:
        """Stand on a cell."""
        self.setCurrentIndex(self.sheet.index(row, column))

    def stand_on(self, row: int, column: str) -> None:
        """Stand on a cell by the name of its column."""
        self.go_to(row, COLUMNS.index(column))

    def down(self) -> None:
        """To the next member in the same column; beyond the last one the cash is counted."""
        row = self.currentIndex().row() + 1
        if row >= len(self.sheet.lines):
            self.finished.emit()
        else:
            self.go_to(row, self.currentIndex().column())

    def right(self, step: int = 1) -> None:
        """To the next amount, at the end of a row to the first of the next one."""
        row, column = self.currentIndex().row(), self.currentIndex().column() + step
        first, last = COLUMNS.index(AMOUNTS[0]), COLUMNS.index(AMOUNTS[-1])
        if column > last:
            row, column = row + 1, first
        elif column < first:
            row, column = row - 1, last
        if row >= len(self.sheet.lines):
            self.finished.emit()
        elif row >= 0:
            self.go_to(row, column)

    def toggle(self, row: int) -> None:
        """Present or absent; all rows of a member go together. Coming back, what is asked stands there again."""
        line = self.sheet.lines[row]
        absent = not line.absent
        for place, other in enumerate(self.sheet.lines):
            if other.asked.member == line.asked.member:
                if not absent:
                    other.fill()
                other.absent, other.fault = absent, ""
                self.sheet.changed(place)
        self.edited.emit()

    def put(self, row: int, column: str, amount: int) -> None:
        """Fill an amount in. Whoever pays is not absent."""
        line = self.sheet.lines[row]
        if line.absent and amount:
            # Only what is typed was received, not all that was asked.
            line.mandatory = line.voluntary = line.instalment = line.penalty = 0
            line.absent = False
        setattr(line, column, amount)
        line.fault = ""
        self.sheet.changed(row)
        self.edited.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """The keys of the sheet; digits begin an amount."""
        index = self.currentIndex()
        key, text = event.key(), event.text()
        command = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        column = COLUMNS[index.column()] if index.isValid() else ""
        if command or not index.isValid():
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.down()
        elif key == Qt.Key.Key_Tab:
            self.right()
        elif key == Qt.Key.Key_Backtab:
            self.right(-1)
        elif key == Qt.Key.Key_Space or text in ("x", "X"):
            self.toggle(index.row())
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and column in AMOUNTS:
            self.put(index.row(), column, 0)
        elif text.isdigit() and column in AMOUNTS:
            self.edit(index)
            editor = self.indexWidget(index)
            if isinstance(editor, QLineEdit):
                editor.setText(text)
                editor.deselect()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The name takes what is left."""
        super().resizeEvent(event)
        free = self.viewport().width() - sum(_WIDTHS.values())
        for place, column in enumerate(COLUMNS):
            self.setColumnWidth(place, _WIDTHS.get(column, max(free, 136)))

    def _clicked(self, index: Index) -> None:
        if COLUMNS[index.column()] == "state":
            self.toggle(index.row())


class _Cell(QStyledItemDelegate):
    """Draws a cell, and edits an amount in place."""

    def __init__(self, grid: Grid) -> None:
        super().__init__(grid)
        self._grid = grid

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, sign or words, the line below, the frame of the cell one stands on."""
        grid = self._grid
        column, line = COLUMNS[index.column()], grid.sheet.lines[index.row()]
        rect: QRect = option.rect
        here = grid.currentIndex()
        if here.row() == index.row():
            painter.fillRect(rect, theme.color("tint"))
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if column == "state":
            sign = "x" if line.absent else "check" if line.total else "minus"
            token = "brand_text" if line.total else "text2"
            painter.drawPixmap(rect.center().x() - 7, rect.center().y() - 7, icons.pixmap(sign, 14, token))
        else:
            self._words(painter, rect, index.row(), column, line)
        if here == index and column in AMOUNTS:
            painter.setPen(QPen(theme.color("focus" if grid.hasFocus() else "control"), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def _words(self, painter: QPainter, rect: QRect, row: int, column: str, line: Line) -> None:
        inner = rect.adjusted(_PADDING, 0, -_PADDING, 0)
        token = "text2" if line.absent or column == "number" else "text"
        if column == "note":
            tone = note_of(self._grid.sheet._, line)[1]
            token = _TONES.get(tone, "text2")
            if tone in ("amber", "out"):
                sign = "triangle-alert" if tone == "amber" else "circle-x"
                painter.drawPixmap(inner.left(), rect.center().y() - 7, icons.pixmap(sign, 14, token))
                inner.adjust(20, 0, 0, 0)
        painter.setFont(theme.font(theme.SMALL, 700 if column == "total" else 400))
        painter.setPen(theme.color(token))
        text = self._grid.sheet.text(row, column)
        side = _RIGHT if column in (*AMOUNTS, "total") else _LEFT
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, side, shown)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802
        """A bare line."""
        edit = QLineEdit(parent)
        edit.setProperty("cell", True)
        edit.setAlignment(_RIGHT)
        edit.setFrame(False)
        edit.setTextMargins(4, 0, 4, 0)
        edit.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        return edit

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802
        """What stands there."""
        assert isinstance(editor, QLineEdit)
        editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
        editor.selectAll()

    def setModelData(self, editor: QWidget, _model: QAbstractItemModel, index: Index) -> None:  # noqa: N802
        """Take what was typed, if it can be read."""
        assert isinstance(editor, QLineEdit)
        amount = self._amount(editor.text())
        if amount is not None:
            self._grid.put(index.row(), COLUMNS[index.column()], amount)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Enter and Tab take the amount and go on; what can't be read keeps the field open."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and isinstance(watched, QLineEdit)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            if self._amount(watched.text()) is None:
                watched.selectAll()
                return True
            self.commitData.emit(watched)
            self.closeEditor.emit(watched, QStyledItemDelegate.EndEditHint.NoHint)
            self._grid.setFocus()
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._grid.down()
            else:
                self._grid.right(1 if event.key() == Qt.Key.Key_Tab else -1)
            return True
        return super().eventFilter(watched, event)

    def _amount(self, text: str) -> int | None:
        text = text.strip()
        try:
            amount = parse_rupiah(text, language=self._grid.sheet._.language) if text else 0
        except UserError as error:
            self._grid.unreadable.emit(self._grid.sheet._.error(error))
            return None
        self._grid.unreadable.emit("")
        return amount


class Sums(QWidget):
    """The totals of the grid, below its columns, whatever is scrolled."""

    def __init__(self, grid: Grid, translator: Translator) -> None:
        super().__init__()
        self._grid, self._ = grid, translator
        self.setFixedHeight(40)
        self.sums: dict[str, int] = {}
        self.words = ""
        grid.verticalScrollBar().valueChanged.connect(lambda _value: self.update())
        grid.horizontalScrollBar().valueChanged.connect(lambda _value: self.update())

    def tell(self, lines: Sequence[Line]) -> None:
        """Add up."""
        _ = self._
        self.sums = {column: sum(line.amount(column) for line in lines) for column in AMOUNTS}
        self.sums["total"] = sum(line.total for line in lines)
        members = len({line.asked.member for line in lines})
        self.words = _("{n:n} of {all:n} members", n=members_paying(lines), all=members)
        amounts = ", ".join(_.format.amount(amount) for amount in self.sums.values())
        self.setAccessibleName(f"{self.words}: {amounts}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw them under their columns."""
        grid, _ = self._grid, self._
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("sunken"))
        painter.setPen(QPen(theme.color("control"), 1))
        painter.drawLine(0, 0, self.width(), 0)
        painter.setFont(theme.font(theme.SMALL, 700))
        painter.setPen(theme.color("text"))
        for place, column in enumerate(COLUMNS):
            left, width = grid.columnViewportPosition(place), grid.columnWidth(place)
            where = QRect(left + _PADDING, 0, width - 2 * _PADDING, self.height())
            if column in self.sums:
                amount = self.sums[column]
                painter.drawText(where, _RIGHT, _.format.amount(amount) if amount else "–")
            elif column == "number":
                painter.drawText(QRect(left + _PADDING, 0, width + 160, self.height()), _LEFT, self.words)
        hidden = len(grid.sheet.lines) - grid.rowAt(grid.viewport().height() - 1) - 1
        if grid.rowAt(grid.viewport().height() - 1) >= 0 and hidden > 0:
            painter.setFont(theme.font(theme.SMALL))
            painter.setPen(theme.color("text2"))
            left = grid.columnViewportPosition(COLUMNS.index("note"))
            text = _.plural("{n} more row below", "{n} more rows below", hidden)
            painter.drawText(
                QRect(left + _PADDING, 0, self.width() - left - _PADDING, self.height()), _LEFT, text
            )
        painter.end()
