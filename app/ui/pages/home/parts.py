"""The parts of Beranda: the amber line, a card of figures, a list with a head."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QWidget

from app.ui.bridge import Session
from app.ui.pages.home.next_step import Step, next_step, put_off
from app.ui.pages.home.source import Source
from app.ui.widgets.button import Button
from app.ui.widgets.label import Elided, Icon, Label, Opens, Tone
from app.ui.widgets.layout import Card, clear, column, flow, row, rule

Act = Callable[[], object]
_NARROWEST = 480


class Part(NamedTuple):
    """A part of a figure: its word, its rupiah, its tone."""

    words: str
    amount: int
    tone: Tone = "plain"


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
        self.later.setToolTip(_("It is shown again tomorrow."))
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

    def refresh(self) -> None:
        """Find what is next."""
        step = self.step = next_step(self._session)
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
    """One figure with its words above and its parts below; it opens the report that it comes from."""

    def __init__(self, session: Session, icon: str, token: str = "brand_text") -> None:
        super().__init__()
        self._session = session
        self._write = session.translator.format.rupiah
        self.words = Elided("", 500)
        self.value = Opens("", "figure")
        self.source: Source | None = None
        self.amount = 0
        self.parts: tuple[Part, ...] = ()
        self.value.opened.connect(self._open)
        self._lines = column(gap=3)
        head = row(Icon(icon, 16, token), self.words, gap=8)
        head.setStretch(1, 1)
        self.setLayout(column(head, self.value, self._lines, None, gap=4, margin=(20, 14, 20, 14)))

    def tell(
        self, words: str, amount: int, parts: Sequence[Part], source: Source, *, counted: bool = False
    ) -> None:
        """Show a figure in rupiah, or a number of what is `counted`, with its parts below each other."""
        self._tell(words, amount, source, counted=counted)
        self.parts = tuple(parts)
        clear(self._lines)
        for part in parts:
            sign = "+" if part.tone == "in" and part.amount > 0 else ""
            line = Label(f"{sign}{self._write(part.amount)}", tone=part.tone, right=True)
            name = Elided(part.words, tone="muted" if part.tone == "plain" else part.tone)
            beside = row(name, line)
            beside.setStretch(0, 1)
            self._lines.addLayout(beside)

    def tell_words(
        self,
        words: str,
        amount: int,
        below: str,
        source: Source,
        *,
        parts: Sequence[Part] = (),
        counted: bool = False,
    ) -> None:
        """Show a figure with a sentence below, in which the parts stand."""
        self._tell(words, amount, source, counted=counted)
        self.parts = tuple(parts)
        clear(self._lines)
        self._lines.addWidget(Elided(below, tone="muted", wraps=True))

    def _tell(self, words: str, amount: int, source: Source, *, counted: bool) -> None:
        self.source, self.amount = source, amount
        text = self._session.translator.format.number(amount) if counted else self._write(amount)
        self.words.set_text(words)
        self.value.setText(text)
        self.value.setAccessibleName(f"{words}: {text}")

    def _open(self) -> None:
        if self.source is not None:
            self.source.open(self._session)


class Figures(QWidget):
    """All that stands below the amber line; where the window is narrow, its parts go below each other."""

    narrow_below = 760

    def __init__(self) -> None:
        super().__init__()
        self._turned: list[QBoxLayout] = []
        self._narrow = False

    def turns(self, layout: QBoxLayout) -> QBoxLayout:
        """A row whose parts go below each other in a narrow window."""
        self._turned.append(layout)
        return layout

    def narrowed(self, *, narrow: bool) -> None:
        """The window became narrow or wide."""
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        for layout in self._turned:
            layout.setDirection(direction)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """It can always be narrowed to the point where its parts go below each other."""
        size = super().minimumSizeHint()
        return QSize(min(size.width(), _NARROWEST), size.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """See whether there is room for parts beside each other."""
        narrow = event.size().width() < self.narrow_below
        if narrow != self._narrow:
            self._narrow = narrow
            self.narrowed(narrow=narrow)
        super().resizeEvent(event)


class FigureCard(Card):
    """Figures beside and below each other with thin lines between them; those that are switched off leave no gap."""

    def __init__(self, figures: Sequence[Figure], columns: int) -> None:
        super().__init__()
        self._figures, self._most, self._columns = tuple(figures), columns, columns
        self._shown: list[Figure] = []
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._rules: list[QWidget] = []
        self.setLayout(self._grid)

    def arrange(self, shown: Sequence[Figure]) -> None:
        """Show these."""
        if list(shown) != self._shown:
            self._shown = list(shown)
            self._place()

    def set_narrow(self, *, narrow: bool) -> None:
        """Two beside each other where the window is narrow."""
        columns = min(2, self._most) if narrow else self._most
        if columns != self._columns:
            self._columns = columns
            self._place()

    def _place(self) -> None:
        for line in self._rules:
            self._grid.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._rules = []
        for figure in self._figures:
            self._grid.removeWidget(figure)
            # Without a parent it would be a window of its own for a moment, and stay hidden afterwards.
            figure.setParent(self)
            figure.setVisible(figure in self._shown)
        columns = min(self._columns, len(self._shown)) or 1
        rows = -(-len(self._shown) // columns)
        for place, figure in enumerate(self._shown):
            self._grid.addWidget(figure, place // columns * 2, place % columns * 2)
        for number in range(self._most):
            self._grid.setColumnStretch(number * 2, 1 if number < columns else 0)
        for number in range(1, columns):
            self._add_rule(rule(upright=True), 0, number * 2 - 1, rows * 2 - 1, 1)
        for number in range(1, rows):
            self._add_rule(rule(), number * 2 - 1, 0, 1, columns * 2 - 1)

    def _add_rule(self, line: QWidget, at_row: int, at_column: int, rows: int, columns: int) -> None:
        self._rules.append(line)
        self._grid.addWidget(line, at_row, at_column, rows, columns)
        line.show()


class Line(NamedTuple):
    """A line of a list: what stands in it, and what its last part opens."""

    parts: Sequence[QWidget]
    act: Act | None


class ListCard(Card):
    """A list of a few lines with a head and a link to all of it. What stands below each other is in one column."""

    def __init__(self, title: str, link: str, act: Act, stretch: Sequence[int]) -> None:
        super().__init__()
        self._note = Elided("", tone="muted")
        self._grid = QGridLayout()
        self._grid.setSpacing(0)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        # The outer columns are the margins, so that the lines between reach from edge to edge.
        self._grid.setColumnMinimumWidth(0, 4)
        self._grid.setColumnMinimumWidth(len(stretch) + 1, 4)
        for number, share in enumerate(stretch):
            self._grid.setColumnStretch(number + 1, share)
        self._columns = len(stretch)
        self.link = Button(link, kind="link", on=act)
        head = row(Label(title, "heading"), self._note, self.link, gap=8, margin=(16, 6, 8, 6))
        head.setStretch(1, 1)
        self.setLayout(column(head, rule(), self._grid, None, gap=0))
        self.setMinimumHeight(80)

    def tell(self, note: str, lines: Sequence[Line], empty: str) -> None:
        """Show these lines; the last part of a line stands at its right."""
        self._note.set_text(note)
        clear(self._grid)
        # The rules between lines keep the outer columns open; a single line has none.
        side = 12 if len(lines) == 1 else 0
        self._grid.setContentsMargins(side, 0, side, 0)
        for place, line in enumerate(lines):
            if place:
                self._grid.addWidget(rule(), place * 2 - 1, 0, 1, self._columns + 2)
            self._grid.setRowMinimumHeight(place * 2, 34)
            for number, part in enumerate(line.parts, 1):
                self._grid.addWidget(part, place * 2, number)
            last = line.parts[-1]
            if line.act is not None and isinstance(last, Opens):
                last.on(partial(_done, line.act))
        for place in range(len(lines), 8):
            self._grid.setRowMinimumHeight(place * 2, 0)
        if not lines:
            nothing = Label(empty, tone="muted", wrap=True)
            nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
            nothing.setContentsMargins(16, 12, 16, 12)
            self._grid.addWidget(nothing, 0, 0, 1, self._columns + 2)


def _done(act: Act) -> None:
    act()
