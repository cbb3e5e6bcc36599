"""The search field of a list: it has the focus, arrows go on into the list, Enter opens its first row."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, Qt
from PySide6.QtWidgets import QLineEdit

from app.ui import icons
from app.ui.widgets.table import Table

_AFTER_MS = 120


class SearchField(QLineEdit):
    """Says what is looked for a moment after the last letter."""

    looked_for = Signal(str)

    def __init__(self, hint: str) -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setClearButtonEnabled(True)
        self.addAction(
            QAction(icons.icon("search", 16, "text2"), "", self), self.ActionPosition.LeadingPosition
        )
        self._table: Table | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._say)
        self.textChanged.connect(lambda _text: self._timer.start(_AFTER_MS))

    def lead_into(self, table: Table) -> None:
        """Arrows and Enter act on this table; letters typed there come here."""
        self._table = table
        table.typed.connect(self._typed_there)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Down into the list, Enter opens the first row, Esc empties the field first."""
        table = self._table
        if (
            table is not None
            and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown)
            and table.table.rowCount()
        ):
            self._now()
            table.setFocus()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._now()
            if table is not None and table.table.rowCount():
                table.opened.emit(table.current() or table.table.row(0))
            return
        super().keyPressEvent(event)

    def _typed_there(self, text: str) -> None:
        self.setFocus()
        self.setText(self.text() + text)

    def _now(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self._say()

    def _say(self) -> None:
        self.looked_for.emit(self.text().strip())
