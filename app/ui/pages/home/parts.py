"""The parts of Beranda: the amber line, a card of figures, a list with a head."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.bridge import Session
from app.ui.pages.home.next_step import Step, next_step, put_off
from app.ui.widgets.button import Button
from app.ui.widgets.label import Elided, Icon, Label, Opens, Tone
from app.ui.widgets.layout import Card, box, clear, column, flow, row, rule

Act = Callable[[], object]


class NextLine(Card):
    """Berikutnya, in amber: what, why, one button, and "Nanti saja"."""

    def __init__(self, session: Session, moved: Act) -> None:
        super().__init__(look="amber")
        _ = session.translator
        self._session = session
        self._moved = moved
        self.step: Step | None = None
        self.words = Label("", "heading", wrap=True)
        self._reason = Label("", tone="muted", wrap=True)
        self.button = Button("", key="Alt+B", on=self._do)
        self.later = Button(_("Not now"), kind="link", on=self._put_off)
        layout = row(
            Icon("clock", 20, "amber"),
            column(self.words, self._reason, gap=0),
            flow(self.button, self.later, right=True),
            gap=12,
            margin=(20, 8, 12, 8),
        )
        layout.setStretch(1, 3)
        layout.setStretch(2, 2)
        self.setLayout(layout)

    def refresh(self, names: dict[int, str]) -> None:
        """Find what is next."""
        step = self.step = next_step(self._session, names)
        self.setVisible(step is not None)
        if step is not None:
            self.words.setText(step.words)
            self._reason.setText(step.reason)
            self._reason.setVisible(bool(step.reason))
            self.button.set_text(step.button)

    def _do(self) -> None:
        if self.step is not None:
            self.step.act()

    def _put_off(self) -> None:
        if self.step is not None:
            put_off(self._session, self.step)
            self._moved()


class Figure(QWidget):
    """One figure with its words above and its parts below. The figure and each part open their rows."""

    def __init__(self, session: Session, icon: str, token: str = "brand_text") -> None:
        super().__init__()
        self._write = session.translator.format.rupiah
        self.words = Elided("", 500)
        self.value = Opens("", "figure")
        self._act: Act = lambda: None
        self.value.opened.connect(lambda: self._act())
        self.parts: list[tuple[str, int]] = []
        self._lines = column(gap=3)
        head = row(Icon(icon, 16, token), self.words, gap=8)
        head.setStretch(1, 1)
        self.setLayout(column(head, self.value, self._lines, None, gap=4, margin=(20, 14, 20, 14)))

    def tell(
        self, words: str, value: str, parts: Sequence[tuple[str, int, Tone]] = (), act: Act | None = None
    ) -> None:
        """Show a figure; each part is its word, its rupiah, its tone."""
        self.words.set_text(words)
        self.value.setText(value)
        self.value.setAccessibleName(f"{words}: {value}")
        if act is not None:
            self._act = act
        self.parts = [(word, amount) for word, amount, _tone in parts]
        clear(self._lines)
        for word, amount, tone in parts:
            sign = "+" if tone == "in" and amount > 0 else ""
            line = Label(f"{sign}{self._write(amount)}", tone=tone, right=True)
            name = Elided(word, tone="muted" if tone == "plain" else tone)
            beside = row(name, line)
            beside.setStretch(0, 1)
            self._lines.addLayout(beside)

    def tell_words(self, words: str, value: str, below: str, act: Act | None = None) -> None:
        """Show a figure with a sentence below."""
        self.tell(words, value, act=act)
        self._lines.addWidget(Elided(below, tone="muted"))


class ListCard(Card):
    """A list of a few lines with a head and a link to all of it."""

    def __init__(self, title: str, link: str, act: Act) -> None:
        super().__init__()
        self._note = Label("", tone="muted")
        self._lines: QVBoxLayout = column(gap=0)
        self.link = Button(link, kind="link", on=act)
        head = row(Label(title, "heading"), self._note, None, self.link, gap=8, margin=(16, 6, 8, 6))
        self.setLayout(column(head, rule(), self._lines, None, gap=0))
        self.setMinimumHeight(80)

    def tell(self, note: str, rows: Sequence[tuple[Sequence[QWidget], Act | None]], empty: str) -> None:
        """Show these lines; the last part of a line stands at its right."""
        self._note.setText(note)
        clear(self._lines)
        for place, (parts, act) in enumerate(rows):
            if place:
                self._lines.addWidget(rule())
            line: list[Any] = list(parts)
            if act is not None and isinstance(line[-1], Opens):
                line[-1].on(act)
            beside = row(*line, gap=12, margin=(16, 7, 16, 7))
            beside.setStretch(0, 3)
            for number in range(1, len(line) - 1):
                beside.setStretch(number, 2)
            self._lines.addWidget(box(beside))
        if not rows:
            self._lines.addWidget(box(row(Label(empty, tone="muted", wrap=True), margin=(16, 12, 16, 12))))
