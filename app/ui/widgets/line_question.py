"""A question in a line of its own, where the eye already is: how many, which price. Enter answers, Esc closes."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from app.base.errors import UserError
from app.base.i18n import Translator
from app.base.money import half_up
from app.base.parse import parse_date, parse_quantity, parse_rate, parse_rupiah
from app.ui.widgets.label import Label
from app.ui.widgets.layout import Card, row
from app.ui.widgets.number_edit import MeaningLine


class LineQuestion(Card):
    """One question at a time."""

    def __init__(self, translator: Translator) -> None:
        super().__init__(look="amber")
        self._translator = translator
        self.question = Label("", "strong", wrap=True)
        self.line = MeaningLine()
        self.line.setMaximumWidth(260)
        self.line.installEventFilter(self)
        self._fault = Label("", tone="out", wrap=True)
        self._read: Callable[[str], Any] = str
        self._then: Callable[[Any], object] = lambda _value: None
        layout = row(self.question, self.line, self._fault, gap=12, margin=(14, 8, 14, 8))
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def ask_amount(self, question: str, then: Callable[[int], object]) -> None:
        """Ask for rupiah."""
        self._ask(question, lambda text: parse_rupiah(text, language=self._translator.language), then)

    def ask_quantity(
        self, question: str, then: Callable[[Decimal], object], now: Decimal | None = None
    ) -> None:
        """Ask for a quantity."""
        self._ask(
            question, parse_quantity, then, "" if now is None else self._translator.format.quantity(now)
        )

    def ask_discount(self, question: str, then: Callable[[int], object], gross: int) -> None:
        """Ask for rupiah, or for percent of `gross`."""

        def read(text: str) -> int:
            if text.endswith("%"):
                return half_up(gross * parse_rate(text) / 100)
            return parse_rupiah(text, language=self._translator.language)

        self._ask(question, read, then)

    def ask_date(self, question: str, then: Callable[[date], object], today: date) -> None:
        """Ask for a day."""
        self._ask(question, lambda text: parse_date(text, today), then)

    def ask_text(self, question: str, then: Callable[[str], object]) -> None:
        """Ask for words."""
        self._ask(question, str, then)

    def close_question(self) -> None:
        """No answer is wanted any more."""
        self.hide()
        self.line.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Enter answers."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._answer()
                return True
            self._fault.setText("")
        return super().eventFilter(watched, event)

    def _ask(
        self, question: str, read: Callable[[str], Any], then: Callable[[Any], object], now: str = ""
    ) -> None:
        self._read, self._then = read, then
        self.question.setText(question)
        self.line.setAccessibleName(question)
        self._fault.setText("")
        self.line.setText(now)
        self.show()
        self.line.setFocus()
        self.line.selectAll()

    def _answer(self) -> None:
        text = self.line.text().strip()
        if not text:
            return
        try:
            value = self._read(text)
        except UserError as error:
            self._fault.setText(self._translator.error(error))
            return
        then = self._then
        self.close_question()
        then(value)
