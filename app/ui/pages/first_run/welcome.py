"""Language and name, then three doors of equal size; below them the books that were open before."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.base.i18n import N_, Translator
from app.base.settings import LANGUAGE, PERSON_NAME
from app.ui import theme
from app.ui.keys import Keys
from app.ui.pages.first_run.new_book import NewBook
from app.ui.pages.first_run.recent import RecentBooks
from app.ui.widgets.button import Badge, Button, outline
from app.ui.widgets.focus_ring import FocusRing
from app.ui.widgets.label import Icon, Label
from app.ui.widgets.layout import Scroll, box, column, row

if TYPE_CHECKING:
    from app.ui.application import Desk

# What the ring around a door takes on each side; the doors themselves stand under the other lines.
_RING = 4
_WIDTH = 1104 + 2 * _RING
_DOORS = (
    (
        "business",
        "store",
        N_("My business"),
        N_("Food stall, shop, services, crafts, farming."),
        (
            N_("Sales, purchases, credit notes and stock"),
            N_("This month's profit, ready to print"),
            N_("First record within three minutes"),
        ),
        N_("Make a business book"),
    ),
    (
        "cooperative",
        "users",
        N_("Cooperative"),
        N_("Savings and loans, shop, mixed."),
        (
            N_("Members, savings, loans"),
            N_("Instalments, arrears and surplus"),
            N_("All members' statements in one print"),
        ),
        N_("Make a cooperative book"),
    ),
    (
        "training",
        "graduation-cap",
        N_("Learn"),
        N_("Try it out with sample books."),
        (
            N_("A shop and a cooperative already filled"),
            N_("Amber frame, can't be mistaken"),
            N_("Doesn't touch your real books"),
        ),
        N_("Open a training book"),
    ),
)


class Door(QFrame):
    """One of the three ways in. The one with the focus has the filled button and the ring."""

    def __init__(self, key: str, button: Button, parts: QVBoxLayout) -> None:
        super().__init__()
        self.key = key
        self.button = button
        self._focused = False
        self.setLayout(parts)
        button.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Follow the focus of the button."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._focused = event.type() == QEvent.Type.FocusIn
            self.button.set_kind("primary" if self._focused else "plain")
            self.update()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, _event: object) -> None:  # noqa: N802
        """A click anywhere on the door chooses it."""
        self.button.setFocus()

    def sizeHint(self) -> QSize:  # noqa: N802
        """All doors are of one size."""
        return QSize(352 + 2 * _RING, max(super().sizeHint().height(), 272))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the card, dashed for learning, with the ring of the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = outline(self.rect().adjusted(_RING, _RING, -_RING, -_RING))
        painter.setBrush(theme.color("surface"))
        training = self.key == "training"
        pen = QPen(theme.color("amber_line" if training else "line"), 1)
        if training:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(body, theme.RADIUS_CARD, theme.RADIUS_CARD)
        if self._focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRoundedRect(outline(self.rect(), 2), theme.RADIUS_CARD + 3, theme.RADIUS_CARD + 3)
        painter.end()


class Welcome(QWidget):
    """The first thing that is seen when no book is open."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__()
        self.setObjectName("page")
        self.desk = desk
        _ = self.translator = desk.services.translator
        self._keys: Keys | None = None
        self._ring: FocusRing | None = None
        self.person = QLineEdit(desk.settings[PERSON_NAME])
        self.person.setAccessibleName(_("Your name"))
        self.person.setMaxLength(60)
        self.person.editingFinished.connect(self._name_given)
        self.doors = [self._door(number, *parts) for number, parts in enumerate(_DOORS, 1)]
        self.recent = RecentBooks(desk)
        self._front = box(self._front_layout(_))
        self._front.setMaximumWidth(_WIDTH)
        self._stack = QStackedWidget()
        self._stack.addWidget(Scroll(box(row(None, self._front, None, margin=(24, 0, 24, 0)))))
        self.setLayout(column(self._stack))

    def listen(self) -> None:
        """Hear the keyboard; the first empty thing gets the focus."""
        window = self.window()
        self._keys = Keys(window, self._places)
        self._keys.extra.update({"Esc": self.show_front, "F1": self.show_help})
        self._ring = FocusRing(window)
        if self.person.text():
            self.doors[0].button.setFocus()
        else:
            self.person.setFocus()

    def stop_listening(self) -> None:
        """A book stands in the window now."""
        if self._keys is not None:
            self._keys.stop()
        if self._ring is not None:
            self._ring.stop()

    def _places(self) -> tuple[QWidget, ...]:
        shown = self._stack.currentWidget()
        return (shown,) if shown is not None else ()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter in the name goes on to the doors; arrows move between them."""
        focus = self.focusWidget()
        buttons = [door.button for door in self.doors]
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if focus is self.person:
                buttons[0].setFocus()
                return
            if isinstance(focus, Button):
                focus.click()
                return
        if focus in buttons and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            buttons[(buttons.index(focus) + step) % len(buttons)].setFocus()
            return
        super().keyPressEvent(event)

    def choose(self, key: str) -> None:
        """Go through a door: ask what the new book needs, or open the sample books."""
        self._name_given()
        form = NewBook(self.desk, key, self.show_front)
        while self._stack.count() > 1:
            old = self._stack.widget(1)
            assert old is not None
            self._stack.removeWidget(old)
            old.deleteLater()
        self._stack.addWidget(form)
        self._stack.setCurrentWidget(form)
        form.begin()

    def show_front(self) -> None:
        """Back to the doors."""
        self._stack.setCurrentIndex(0)
        self.doors[0].button.setFocus()

    def open_other(self) -> None:
        """Choose a book's file."""
        _ = self.translator
        found, _kind = QFileDialog.getOpenFileName(
            self, _("Open another file"), "", _("Lumbung books (*.lumbung)")
        )
        if found:
            self.desk.open_book(Path(found))

    def show_help(self) -> None:
        """The manual's page about the beginning, over what is there."""
        from app.ui.manual import FIRST_RUN
        from app.ui.widgets.manual_text import ManualDialog

        ManualDialog(self.translator, self.window(), FIRST_RUN).open()

    def restore(self) -> None:
        """Make a book again from a backup."""
        from app.ui.pages.first_run.restore import restore_from_file

        restore_from_file(self.desk, self)

    def _front_layout(self, _: Translator) -> QVBoxLayout:
        self._language = {
            language: Button(name, kind="method", height=36, on=partial(self._speak, language))
            for language, name in (("id", "Indonesia"), ("en", "English"))
        }
        for language, button in self._language.items():
            button.setChecked(language == self.desk.settings[LANGUAGE])
        mark = row(Icon("warehouse", 28, "brand_text"), Label("Lumbung", "title"), gap=10)
        name_box = column(
            row(Label(_("Your name"), "strong"), Label(_("is written on every record"), tone="muted"), None),
            self.person,
            gap=4,
        )
        question = column(
            Label(_("What do you want to record?"), "figure", wrap=True),
            Label(
                _("Everything is kept on this laptop and works without the internet."),
                "field",
                "muted",
                wrap=True,
            ),
            gap=8,
        )
        name_widget = box(name_box)
        name_widget.setFixedWidth(352)
        top = row(mark, None, Label(_("Language"), tone="muted"), *self._language.values(), gap=8)
        links = row(
            Label(_("Books opened before"), "heading"),
            None,
            Button(_("Restore from a backup"), icon="history", key="Ctrl+R", kind="link", on=self.restore),
            Button(_("Open another file"), icon="folder-open", key="Ctrl+O", on=self.open_other),
        )
        foot = row(
            *self._hint("Tab", _("move")),
            *self._hint("Enter", _("open the chosen one")),
            None,
            Button(_("Help"), icon="circle-question-mark", key="F1", kind="link", on=self.show_help),
            Label(_("Lumbung, free software"), tone="muted"),
            gap=8,
        )
        aligned = (_RING, 0, _RING, 0)
        above = column(24, top, 16, _beside(question, name_widget), 18, margin=aligned)
        below = column(18, links, self.recent, None, foot, 16, margin=aligned)
        whole = column(above, row(*self.doors, gap=theme.GAP), below)
        whole.setStretch(2, 1)
        return whole

    def _hint(self, key: str, what: str) -> tuple[Label, Label]:
        return Label(key, "key"), Label(what, tone="muted")

    def _door(
        self, number: int, key: str, icon: str, title: str, what: str, gives: tuple[str, ...], does: str
    ) -> Door:
        _ = self.translator
        token = "amber" if key == "training" else "brand_text"
        button = Button(_(does), key=f"Alt+{number}", on=lambda: self.choose(key))
        # The door itself has the ring.
        button.setProperty("ring", "none")
        name = Label(_(title), "title")
        # As high as the badge of one of them, so that the lines of all doors are level.
        name.setMinimumHeight(28)
        head = row(Icon(icon, 26, token), name, None, gap=14)
        if key == "training":
            head.addWidget(Badge(_("TRAINING"), attention=True, icon="none"))
        lines = [
            row(Icon("check", 14, "brand_text"), Label(_(line), tone="muted", wrap=True), gap=10)
            for line in gives
        ]
        for line in lines:
            line.setStretch(1, 1)
        parts = column(
            head,
            8,
            Label(_(what), "field", wrap=True),
            6,
            *lines,
            theme.TIGHT,
            None,
            button,
            gap=8,
            margin=(28, 26, 28, 26),
        )
        return Door(key, button, parts)

    def _name_given(self) -> None:
        name = self.person.text().strip()
        if name and name != self.desk.settings[PERSON_NAME]:
            self.desk.settings[PERSON_NAME] = name
            self.desk.renew_services()

    def _speak(self, language: str) -> None:
        self._name_given()
        if language != self.desk.settings[LANGUAGE]:
            self.desk.settings[LANGUAGE] = language
            self.desk.rebuild()


def _beside(question: QVBoxLayout, person: QWidget) -> QHBoxLayout:
    line = row(gap=24)
    line.addLayout(question, 1)
    line.addWidget(person, 0, Qt.AlignmentFlag.AlignBottom)
    return line
