"""Fields for amounts, quantities, rates and counts, as people write them. What was understood is shown at once."""

from decimal import Decimal
from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit

from app.base.errors import UserError
from app.base.i18n import N_, Translator
from app.base.parse import parse_quantity, parse_rate, parse_rupiah
from app.ui import theme
from app.ui.widgets.editor import LineEditor, V

# From here on an amount is also said in words.
IN_WORDS_FROM: Final = 1_000_000
_UNREADABLE = N_("Can't be read. For example: 25rb, 1,5jt, 3*12500")


class MeaningLine(QLineEdit):
    """A line that shows at its right end, in quiet words, what was understood of it."""

    def __init__(self) -> None:
        super().__init__()
        self.meaning = ""

    def set_meaning(self, text: str) -> None:
        """Show another meaning."""
        self.meaning = text
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the text, and the meaning where there is room beside it."""
        super().paintEvent(event)
        if not self.meaning:
            return
        face = theme.font(theme.SMALL)
        width = QFontMetrics(face).horizontalAdvance(self.meaning)
        typed = self.fontMetrics().horizontalAdvance(self.text())
        if typed + width + 40 > self.width():
            return
        painter = QPainter(self)
        painter.setFont(face)
        painter.setPen(theme.color("text2"))
        where = QRect(0, 0, self.width() - 13, self.height())
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self.meaning)
        painter.end()


class MoneyEdit(LineEditor[int]):
    """Rupiah: `25000`, `25.000`, `25rb`, `1,5jt`, `3*12500`, `100rb-15%`."""

    def __init__(
        self,
        translator: Translator,
        *,
        hint: str = "",
        empty: str = "",
        negative: bool = False,
        large: bool = False,
    ) -> None:
        self._meant = MeaningLine()
        self._negative = negative
        super().__init__(translator, hint=hint, empty=empty, line=self._meant)
        if large:
            self.line.setProperty("measure", "large")
        self.line.editingFinished.connect(self._tidy)

    def value(self) -> int | None:
        """Rupiah; raises UserError with an example where it can't be read."""
        text = self.line.text().strip()
        if not text:
            return None
        return parse_rupiah(text, allow_negative=self._negative, language=self.translator.language)

    def set_value(self, value: int | None) -> None:
        """Put an amount in it."""
        self.line.setText("" if value is None else self.translator.format.amount(value))

    @property
    def meaning(self) -> str:
        """What was understood, as it stands at the right."""
        return self._meant.meaning

    def _understand(self) -> None:
        _ = self.translator
        self._meant.set_meaning("")
        try:
            amount = self.value()
        except UserError:
            # Half-typed things look wrong too; it is said when the field is left.
            self.note("")
            return
        if amount is None:
            self.note("")
            return
        if self.line.text().strip() != _.format.amount(amount):
            # i18n: what was understood of an amount as it was typed
            self._meant.set_meaning(_("= {amount:rp}", amount=amount))
        self.note(_.format.words(amount) if abs(amount) >= IN_WORDS_FROM else "")

    def _tidy(self) -> None:
        try:
            amount = self.value()
        except UserError:
            self.fault(self.translator(_UNREADABLE))
            return
        if amount is not None and self.line.text() != self.translator.format.amount(amount):
            self.set_value(amount)


class _Checked(LineEditor[V]):
    """Says what is wrong as soon as it is left."""

    def __init__(self, translator: Translator, *, hint: str = "", empty: str = "") -> None:
        super().__init__(translator, hint=hint, empty=empty)
        self.line.editingFinished.connect(self._check)

    def _check(self) -> None:
        try:
            self.value()
        except UserError as error:
            self.fault(self.translator.error(error))


class QuantityEdit(_Checked[Decimal]):
    """A quantity: `3`, `2,5`."""

    def value(self) -> Decimal | None:
        """The quantity; raises UserError with an example."""
        text = self.line.text().strip()
        return parse_quantity(text) if text else None

    def set_value(self, value: Decimal | None) -> None:
        """Put a quantity in it."""
        self.line.setText("" if value is None else self.translator.format.quantity(value))


class RateEdit(_Checked[Decimal]):
    """A rate in percent: `1,5`."""

    def value(self) -> Decimal | None:
        """Percent; raises UserError with an example."""
        text = self.line.text().strip()
        return parse_rate(text) if text else None

    def set_value(self, value: Decimal | None) -> None:
        """Put a rate in it."""
        self.line.setText("" if value is None else self.translator.format.quantity(value))


class CountEdit(_Checked[int]):
    """A whole number: of months, of notes."""

    def value(self) -> int | None:
        """The number; raises UserError."""
        text = self.line.text().strip()
        if not text:
            return None
        if not text.isdecimal() or len(text) > 9:
            raise UserError('"{text}" is not a whole number.', advice="Write it like 12.", text=text)
        return int(text)

    def set_value(self, value: int | None) -> None:
        """Put a number in it."""
        self.line.setText("" if value is None else str(value))
