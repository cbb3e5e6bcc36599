"""The cash that was counted, note by note, beside what the sheet says."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.base.errors import UserError
from app.base.i18n import Translator
from app.base.parse import parse_rupiah
from app.ui.widgets.label import Icon, Label
from app.ui.widgets.layout import Card, box, column, row, rule

NOTES: Final = (100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000)
"""The notes that are counted one by one; coins and smaller notes are one amount."""
_COINS = "coins"


class _Count(QLineEdit):
    """A small field; Enter and the arrow go down."""

    down = Signal()
    up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter goes down."""
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            (self.up if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else self.down).emit()
        elif event.key() == Qt.Key.Key_Up:
            self.up.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:  # noqa: N802
        """Typing replaces what stands there."""
        super().focusInEvent(event)  # type: ignore[arg-type]
        self.selectAll()


class CashCount(Card):
    """How many of each note; `counted` is None while nothing was filled in."""

    changed = Signal()
    finished = Signal()  # Enter on the last field

    def __init__(self, translator: Translator, way: QWidget) -> None:
        self._ = _ = translator
        self.fields: dict[str, _Count] = {}
        self._amounts: dict[str, Label] = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        for place, note in enumerate((*NOTES, 0)):
            key = str(note) if note else _COINS
            name = _.format.amount(note) if note else _("Coins, other")
            edit = _Count()
            edit.setAlignment(Qt.AlignmentFlag.AlignRight)
            edit.setFixedWidth(72 if note else 96)
            # Lower than other fields: all of them and the difference fit beside eighteen rows.
            edit.setStyleSheet("min-height: 18px; padding-top: 3px; padding-bottom: 3px;")
            edit.setAccessibleName(_("Notes of {amount}", amount=name) if note else name)
            if note:
                edit.setValidator(QIntValidator(0, 999_999, edit))
            edit.textChanged.connect(lambda _text: self._tell())
            edit.down.connect(lambda place=place: self._go(place + 1))
            edit.up.connect(lambda place=place: self._go(place - 1))
            self.fields[key] = edit
            amount = Label("–", right=True)
            self._amounts[key] = amount
            grid.addWidget(Label(name, right=True), place, 0)
            grid.addWidget(Label("×" if note else "", tone="muted"), place, 1)
            grid.addWidget(edit, place, 2)
            grid.addWidget(amount, place, 3)
        grid.setColumnStretch(3, 1)
        self.total = Label("", "strong", right=True)
        self.sheet_total = Label("", right=True)
        super().__init__(
            column(
                row(Label(_("Cash counted"), "heading"), None, way),
                Label(_("How many of each; Enter goes down."), tone="muted", wrap=True),
                grid,
                rule(),
                row(Label(_("Cash counted"), "strong"), None, self.total),
                row(Label(_("Sheet in all")), None, self.sheet_total),
                gap=7,
                margin=(16, 14, 16, 12),
            )
        )
        self._tell()

    @property
    def counted(self) -> int | None:
        """Rupiah, None while nothing was filled in."""
        if not any(edit.text().strip() for edit in self.fields.values()):
            return None
        return sum(self._amount(key) for key in self.fields)

    def begin(self) -> None:
        """Come to the first field."""
        self.fields[str(NOTES[0])].setFocus()

    def clear(self) -> None:
        """Nothing is counted."""
        for edit in self.fields.values():
            edit.clear()

    def tell_sheet(self, total: int) -> None:
        """What the sheet says."""
        self.sheet_total.setText(self._.format.rupiah(total))

    def state(self) -> dict[str, str]:
        """For a draft."""
        return {f"cash {key}": edit.text() for key, edit in self.fields.items() if edit.text()}

    def restore(self, state: dict[str, str]) -> None:
        """Put a draft back."""
        for key, edit in self.fields.items():
            edit.setText(state.get(f"cash {key}", ""))

    def _amount(self, key: str) -> int:
        text = self.fields[key].text().strip()
        if not text:
            return 0
        if key != _COINS:
            return int(text) * int(key)
        try:
            return parse_rupiah(text, language=self._.language)
        except UserError:
            return 0

    def _tell(self) -> None:
        for key, label in self._amounts.items():
            amount = self._amount(key)
            label.setText(self._.format.amount(amount) if amount else "–")
        counted = self.counted if len(self.fields) == len(NOTES) + 1 else None
        if hasattr(self, "total"):
            self.total.setText(self._.format.rupiah(counted or 0))
            self.changed.emit()

    def _go(self, place: int) -> None:
        edits = list(self.fields.values())
        if place >= len(edits):
            self.finished.emit()
        elif place >= 0:
            edits[place].setFocus()


class Difference(Card):
    """Whether the cash is what the sheet says, and where the difference may come from."""

    def __init__(self) -> None:
        self._icon = Icon("triangle-alert", 16, "amber")
        self._fine = Icon("circle-check", 16, "brand_text")
        self.title = Label("", "heading", wrap=True)
        self.hint = Label("", wrap=True)
        top = row(self._icon, self._fine, self.title)
        top.setStretch(2, 1)
        super().__init__(column(box(top), self.hint, gap=4, margin=(12, 10, 12, 10)), "amber")

    def tell(self, title: str, hint: str, *, fine: bool) -> None:
        """Say it; an empty title hides the card."""
        self.setVisible(bool(title))
        self.set_look("tint" if fine else "amber")
        self._icon.setVisible(not fine)
        self._fine.setVisible(fine)
        self.title.setText(title)
        self.title.set_tone("brand" if fine else "amber")
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
