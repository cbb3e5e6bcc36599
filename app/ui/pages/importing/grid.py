"""A sheet of the file as it stands there: letters above, row numbers at the left, the cells to be put right marked."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from app.base.i18n import Translator
from app.ledger.batches.plan import column_letters
from app.ledger.imports.preview import SheetRows
from app.ui import icons, theme

Index = QModelIndex | QPersistentModelIndex
# What is wrong with a cell, by the number of its row in the file and its place (0 for column A).
Notes = Mapping[tuple[int, int], str]
_PADDING, _SIGN = 8, 20
_NARROWEST, _WIDEST, _MEASURED_ROWS = 64, 260, 60
_NOTHING = SheetRows("", 0, (), 0)


class SheetModel(QAbstractTableModel):
    """The rows of one sheet and what is wrong with its cells."""

    def __init__(self, translator: Translator) -> None:
        super().__init__()
        self._translator = translator
        self.sheet = _NOTHING
        self.notes: Notes = {}
        self.width = 0

    def show(self, sheet: SheetRows, notes: Notes) -> None:
        """Show a sheet."""
        self.beginResetModel()
        self.sheet = sheet
        self.notes = notes
        # A fault can lie right of what the row holds: the cell that is missing.
        self.width = max([sheet.width, *(place + 1 for _row, place in notes)])
        self.endResetModel()

    def note(self, index: Index) -> str:
        """What is wrong with a cell, or nothing."""
        return self.notes.get((self.sheet.rows[index.row()][0], index.column()), "")

    def text(self, row: int, place: int) -> str:
        """What stands in a cell, as the person knows it."""
        cells = self.sheet.rows[row][1]
        value = cells[place] if place < len(cells) else None
        _ = self._translator
        match value:
            case None:
                return ""
            case bool():
                return _("yes") if value else _("no")
            case date():
                return f"{value:%d/%m/%Y}"
            case float():
                return _.format.quantity(Decimal(repr(value)))
        return " ".join(str(value).split())

    def place_of(self, row: int, place: int) -> QModelIndex:
        """Where a cell of the file is here."""
        for here, (number, _cells) in enumerate(self.sheet.rows):
            if number == row:
                return self.index(here, place)
        return QModelIndex()

    def is_number(self, index: Index) -> bool:
        """Whether a cell holds a number, which stands at the right."""
        cells = self.sheet.rows[index.row()][1]
        value = cells[index.column()] if index.column() < len(cells) else None
        return isinstance(value, int | float) and not isinstance(value, bool)

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802
        """The rows."""
        return 0 if parent is not None and parent.isValid() else len(self.sheet.rows)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802
        """The columns."""
        return 0 if parent is not None and parent.isValid() else self.width

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text; for who can't see it also where it is and what is wrong; the tip says that as well."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.note(index) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            cell = f"{column_letters(index.column())}{self.sheet.rows[index.row()][0]}"
            return " ".join(filter(None, (cell, self.text(index.row(), index.column()), self.note(index))))
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Letters above, numbers at the left, as in the program for workbooks."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return column_letters(section)
        return str(self.sheet.rows[section][0]) if section < len(self.sheet.rows) else None


class SheetGrid(QTableView):
    """The sheet; arrows move from cell to cell, the one with the ring is told by `pointed`."""

    pointed = Signal(int, int)  # the row's number in the file, the column's place

    def __init__(self, translator: Translator) -> None:
        super().__init__()
        self.cells = SheetModel(translator)
        self.setModel(self.cells)
        self.setItemDelegate(_Cell(self))
        self.setAccessibleName(translator("The rows of the file"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        upright, head = self.verticalHeader(), self.horizontalHeader()
        upright.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        upright.setDefaultSectionSize(theme.ROW_HEIGHT)
        for header in (upright, head):
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setFixedHeight(theme.HEAD_HEIGHT)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumHeight(theme.HEAD_HEIGHT + 6 * theme.ROW_HEIGHT)
        self.selectionModel().currentChanged.connect(self._moved)

    def show_sheet(self, sheet: SheetRows, notes: Notes) -> None:
        """Show a sheet, each column as wide as its first rows want it."""
        self.cells.show(sheet, notes)
        metrics = QFontMetrics(theme.font(theme.SMALL))
        for place in range(self.cells.width):
            rows = range(min(len(sheet.rows), _MEASURED_ROWS))
            wanted = max((metrics.horizontalAdvance(self.cells.text(row, place)) for row in rows), default=0)
            marked = _SIGN if any(column == place for _row, column in notes) else 0
            self.setColumnWidth(place, min(max(wanted + 2 * _PADDING + marked + 4, _NARROWEST), _WIDEST))

    def go_to(self, row: int, place: int) -> None:
        """Put the ring on a cell of the file."""
        index = self.cells.place_of(row, place)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.pointed.emit(self.cells.sheet.rows[now.row()][0], now.column())


class _Cell(QStyledItemDelegate):
    """Draws a cell: lines around it, a red ground and a sign where it has to be put right, the ring of the focus."""

    def __init__(self, grid: SheetGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw it."""
        cells, rect = self._grid.cells, option.rect
        note = cells.note(index)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if note:
            painter.fillRect(rect, theme.color("out_tint"))
        elif selected:
            painter.fillRect(rect, theme.color("tint"))
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        inner = rect.adjusted(_PADDING, 0, -_PADDING, 0)
        if note:
            painter.drawPixmap(inner.left(), rect.center().y() - 7, icons.pixmap("circle-x", 14, "out"))
            inner.adjust(_SIGN, 0, 0, 0)
        painter.setFont(theme.font(theme.SMALL))
        painter.setPen(theme.color("out" if note else "text"))
        text = cells.text(index.row(), index.column())
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        side = Qt.AlignmentFlag.AlignRight if cells.is_number(index) else Qt.AlignmentFlag.AlignLeft
        painter.drawText(inner, side | Qt.AlignmentFlag.AlignVCenter, shown)
        if selected:
            painter.setPen(QPen(theme.color("focus"), 2 if self._grid.hasFocus() else 1))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
