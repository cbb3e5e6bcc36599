"""The side panel "Isi angka ini": the chosen figure, the rows that make it, their sum, and why it moved."""

from decimal import Decimal

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.base.i18n import Translator
from app.ledger.entries.origins import PostedLine
from app.reports.document import CellType
from app.reports.origin import Number, Origin, OriginLine
from app.ui import theme
from app.ui.widgets.button import Button
from app.ui.widgets.label import Icon, Label
from app.ui.widgets.layout import box, clear, column, flow, row, rule

_ROW = 48
_ROOM_FOR_HINTS = 520
_LINE = Qt.ItemDataRole.UserRole
Role = Qt.ItemDataRole


def amount_text(value: Number | None, origin: Origin, translator: Translator) -> str:
    """An amount as screens write it."""
    if value is None:
        return "–"
    if origin.column.type is CellType.AMOUNT and isinstance(value, int):
        return translator.format.rupiah(value)
    if isinstance(value, Decimal):
        return translator.format.quantity(value)
    return translator.format.number(value)


class Lines(QAbstractListModel):
    """The rows that make a figure."""

    def __init__(self, translator: Translator) -> None:
        super().__init__()
        self.translator = translator
        self._origin: Origin | None = None

    def show(self, origin: Origin | None) -> None:
        """Show the rows of another figure."""
        self.beginResetModel()
        self._origin = origin
        self.endResetModel()

    def rowCount(self, _parent: QModelIndex | QPersistentModelIndex | None = None) -> int:  # noqa: N802
        """How many rows."""
        return len(self._origin.lines) if self._origin else 0

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Role.DisplayRole) -> object:
        """The words of a row, its quiet words, its amount."""
        if self._origin is None or not index.isValid():
            return None
        line = self._origin.lines[index.row()]
        if role == _LINE:
            return line
        amount = amount_text(line.amount, self._origin, self.translator)
        if role == Role.DisplayRole:
            return amount
        if role in (Role.AccessibleTextRole, Role.ToolTipRole):
            return ", ".join(part for part in (line.label, line.detail, amount) if part)
        return None


class _Delegate(QStyledItemDelegate):
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Name and quiet words at the left, the amount at the right, a line below."""
        line = index.data(_LINE)
        if not isinstance(line, OriginLine):
            return
        rect: QRect = option.rect
        state = option.state
        painter.save()
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            token = "tint" if state & QStyle.StateFlag.State_Selected else "hover"
            painter.fillRect(rect, theme.color(token))
        amount = str(index.data())
        face = theme.font()
        wide = QFontMetrics(face).horizontalAdvance(amount)
        painter.setFont(face)
        painter.setPen(theme.color("text"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect.adjusted(0, 0, -4, 0), right, amount)
        room = rect.width() - wide - 20
        left = rect.left() + 4
        painter.setFont(theme.font(weight=600))
        name = painter.fontMetrics().elidedText(line.label, Qt.TextElideMode.ElideRight, room)
        top = rect.top() + (5 if line.detail else 14)
        at_left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(left, top, room, 19), at_left, name)
        if line.detail:
            painter.setFont(face)
            painter.setPen(theme.color("text2"))
            detail = painter.fontMetrics().elidedText(line.detail, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(left, top + 19, room, 19), at_left, detail)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("line"))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -2))
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """All rows are of one height."""
        return QSize(120, _ROW)


class _List(QListView):
    """Enter opens; at its first row Up leaves nothing behind."""

    entered_on = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Hear Enter, whatever the system's style makes of it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_on.emit()
            event.accept()
            return
        super().keyPressEvent(event)


class InsidePanel(QFrame):
    """What the chosen figure is made of. `asked` carries a line to open, `report` a report to show instead."""

    asked = Signal(object)  # OriginLine
    report = Signal(object)  # report and parameters
    closed = Signal()

    def __init__(self, translator: Translator) -> None:
        super().__init__()
        self.translator = translator
        self._origin: Origin | None = None
        _ = translator
        self.setObjectName("inside")
        self.setAccessibleName(_("Inside this figure"))
        head = row(
            Label(_("Inside this figure"), "heading"),
            None,
            Button(_("Close"), key="Esc", kind="link", on=self.closed.emit),
        )
        self._title = Label("", tone="muted", wrap=True)
        self._figure = Label("", "figure")
        self._figure.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._figure.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._reason_place = column(gap=0)
        self._note = Label("", tone="muted", wrap=True)
        self.model = Lines(_)
        self.list = _List()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(_("Rows of this figure"))
        self.list.setStyleSheet("background: transparent")
        self.list.entered_on.connect(self.open_line)
        self.list.doubleClicked.connect(lambda _index: self.open_line())
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._tell_line())
        self._sum = Label("", "strong")
        self._total = Label("", "strong", right=True)
        self._sum_row = box(row(self._sum, None, self._total, margin=(4, 8, 4, 8)))
        self.open_button = Button(_("Open record"), key="Enter", on=self.open_line)
        self.journal_button = Button(_("Show journal"), kind="link", on=self._toggle_journal)
        self.report_button = Button("", kind="link", on=self._open_report)
        self._journal_place = column(gap=2)
        self._journal = box(self._journal_place)
        self._journal.setVisible(False)
        keys = row(
            Label("↑", "key"), Label("↓", "key"), Label(_("choose a figure,"), tone="muted"), None, gap=6
        )
        enter = row(Label("Enter", "key"), Label(_("see what makes it."), tone="muted"), None, gap=6)
        same = Label(_("This figure is the one that is printed."), tone="muted", wrap=True)
        self._foot = box(column(rule(), 4, keys, enter, same, gap=6))
        body = column(
            head,
            self._title,
            self._figure,
            self._reason_place,
            self._note,
            rule(),
            self.list,
            self._sum_row,
            self._journal,
            self.open_button,
            flow(self.journal_button, self.report_button),
            None,
            self._foot,
            gap=8,
            margin=(20, 16, 20, 16),
        )
        self.setLayout(body)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Where the window is low, the rows need the room of the hints."""
        self._foot.setVisible(event.size().height() >= _ROOM_FOR_HINTS)
        super().resizeEvent(event)

    @property
    def origin(self) -> Origin | None:
        """What is shown."""
        return self._origin

    def show_origin(self, origin: Origin, report_title: str) -> None:
        """Show what a figure is made of; `report_title` is that of the report it opens."""
        self._origin = origin
        _ = self.translator
        self._title.setText(origin.title)
        self._figure.setText(amount_text(origin.figure, origin, _))
        self._show_reason(origin)
        self.model.show(origin)
        if origin.lines:
            self.list.setCurrentIndex(self.model.index(0))
        note = origin.note
        if not origin.lines and not note:
            note = _("No record stands behind this figure.")
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.list.setVisible(bool(origin.lines))
        count = len(origin.lines)
        rows = min(count, 24) * _ROW + 2
        self.list.setMinimumHeight(min(rows, _ROW))
        self.list.setMaximumHeight(max(rows, _ROW))
        records = all(line.entry is not None for line in origin.lines)
        words = (
            _.plural("Sum of {n} record", "Sum of {n} records", count)
            if records
            else _.plural("Sum of {n} row", "Sum of {n} rows", count)
        )
        self._sum.setText(words)
        self._total.setText(amount_text(origin.total, origin, _))
        self._sum_row.setVisible(origin.complete)
        self.report_button.set_text(_("Open {title}", title=report_title) if report_title else "")
        self.report_button.setVisible(bool(report_title))
        self._journal.setVisible(False)
        self._tell_line()

    def line(self) -> OriginLine | None:
        """The row that is chosen."""
        index = self.list.currentIndex()
        found = index.data(_LINE) if index.isValid() else None
        return found if isinstance(found, OriginLine) else None

    def open_line(self) -> None:
        """Open what the chosen row leads to."""
        line = self.line()
        if line is not None:
            self.asked.emit(line)
        elif self._origin is not None and self._origin.opens:
            self._open_report()

    def show_journal(self, lines: tuple[PostedLine, ...]) -> None:
        """Show what a record posted, below the rows."""
        clear(self._journal_place)
        _ = self.translator
        self._journal_place.addWidget(Label(_("Journal"), "strong"))
        for line in lines:
            side = _("debit") if line.amount > 0 else _("credit")
            name = Label(line.account, wrap=True)
            amount = Label(_("{amount:rp} {side}", amount=abs(line.amount), side=side), right=True)
            if line.amount < 0:
                name.setContentsMargins(16, 0, 0, 0)
            part = row(name, amount, gap=12)
            part.setStretch(0, 1)
            self._journal_place.addLayout(part)
        self._journal.setVisible(bool(lines))
        self.journal_button.set_text(_("Hide journal"))

    journal_asked = Signal(object)  # OriginLine

    def _toggle_journal(self) -> None:
        if self._journal.isVisible():
            self._journal.setVisible(False)
            self.journal_button.set_text(self.translator("Show journal"))
            return
        line = self.line()
        if line is not None:
            self.journal_asked.emit(line)

    def _tell_line(self) -> None:
        line = self.line()
        record = line is not None and line.entry is not None
        leads = line is not None and (record or line.row is not None or bool(line.opens))
        _ = self.translator
        self.open_button.set_text(_("Open record") if record else _("Look into it"))
        self.open_button.setVisible(leads)
        self.journal_button.setVisible(record)
        if self._journal.isVisible():
            self._journal.setVisible(False)
        self.journal_button.set_text(_("Show journal"))

    def _open_report(self) -> None:
        if self._origin is not None and self._origin.opens:
            self.report.emit(dict(self._origin.opens))

    def _show_reason(self, origin: Origin) -> None:
        clear(self._reason_place)
        reason = origin.reason
        if reason is None:
            return
        tone = {1: "into", -1: "out"}.get(reason.tone, "text2")
        name = {1: "arrow-up-right", -1: "arrow-down-left"}.get(reason.rising, "arrow-right")
        sign: QWidget = Icon(name, 16, tone)
        words = Label(reason.text, wrap=True)
        line = row(column(2, sign, None, gap=0), words, gap=10)
        line.setStretch(1, 1)
        self._reason_place.addLayout(line)
