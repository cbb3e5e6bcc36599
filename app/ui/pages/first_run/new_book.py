"""What a new book needs to be asked: its name and its type. For learning: which of the sample books."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.base.errors import LumbungError
from app.base.i18n import N_
from app.ui import theme
from app.ui.jobs import Jobs
from app.ui.places import books_folder, free_name
from app.ui.widgets.button import Button
from app.ui.widgets.label import Label
from app.ui.widgets.layout import Scroll, box, column, flow, row
from app.ui.widgets.toast import JobStrip

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.base.progress import Progress
    from app.ui.application import Desk

# The types that decide which features are on at first: key, word, icon, what it is.
TYPES = {
    "business": (
        ("trade", N_("Trade"), "store", N_("Buys and sells goods: food stall, shop, market stand.")),
        ("service", N_("Services"), "wrench", N_("Sells work: barber, tailor, laundry, repairs.")),
        ("production", N_("Production"), "factory", N_("Makes what it sells: snacks, furniture, crafts.")),
        ("farming", N_("Farming"), "sprout", N_("Grows or breeds: vegetables, rice, chickens, fish.")),
    ),
    "cooperative": (
        ("savings_loan", N_("Savings and loans"), "hand-coins", N_("Members save and borrow.")),
        ("shop", N_("Shop"), "store", N_("Members save, and buy in the cooperative's shop.")),
        ("mixed", N_("Mixed"), "boxes", N_("Savings, loans and a shop in one cooperative.")),
    ),
}
_SAMPLES = (
    (
        "business",
        N_("Sample food stall"),
        "store",
        N_("A stall in Batang with sales, stock and credit notes."),
    ),
    (
        "cooperative",
        N_("Sample cooperative"),
        "users",
        N_("Sixty members with savings, loans and arrears."),
    ),
)


class NewBook(QWidget):
    """The one step between a door and the first record."""

    def __init__(self, desk: "Desk", door: str, back: "Callable[[], None]") -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        self._door = door
        self._back = back
        self._jobs = Jobs()
        _ = self._translator = desk.services.translator
        self.name = QLineEdit()
        self.name.setMaxLength(80)
        self.name.setAccessibleName(_("Name"))
        self.name.textChanged.connect(lambda _text: self._tell())
        self._fault = Label("", tone="out", wrap=True)
        self._fault.setVisible(False)
        self.choices: dict[str, Button] = {}
        self.chosen = ""
        self._strip = JobStrip(_)
        self._jobs.started.connect(self._strip.watch)
        body = box(self._learning() if door == "training" else self._asking())
        body.setFixedWidth(640)
        self.setLayout(column(Scroll(box(row(None, body, None, margin=24)))))

    def begin(self) -> None:
        """Put the focus where the hand goes first."""
        if self._door == "training":
            next(iter(self.choices.values())).setFocus()
        else:
            self.name.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter goes on: from the name to the types, on a type to the making; arrows choose."""
        focus = self.focusWidget()
        buttons = list(self.choices.values())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if focus is self.name:
                self.choices[self.chosen].setFocus()
            elif isinstance(focus, Button):
                if focus in buttons:
                    focus.click()
                    if self._door != "training":
                        self._make.setFocus()
                else:
                    focus.click()
            return
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}
        step = steps.get(Qt.Key(event.key()))
        if step and isinstance(focus, Button) and focus in buttons:
            buttons[(buttons.index(focus) + step) % len(buttons)].setFocus()
            return
        super().keyPressEvent(event)

    def make(self) -> None:
        """Make the book and open it at what its person does first."""
        from app.ui.bridge import trouble_panel

        name = self.name.text().strip()
        _ = self._translator
        if not name:
            self._fault.setText(_("Please give a name; it stands on every paper and can be changed later."))
            self._fault.setVisible(True)
            self.name.setProperty("fault", "true")
            self.name.style().polish(self.name)
            self.name.setFocus()
            return
        path = free_name(books_folder(), name)
        try:
            with self._desk.services.create(path, kind=self._door, name=name) as book:
                from app.ledger.profile.commands import SetProfile

                book.execute(SetProfile(business_type=self.chosen))
        except (LumbungError, OSError) as error:
            trouble_panel(error, _, self.window()).exec()
            return
        self._desk.open_book(path)

    def _asking(self) -> QVBoxLayout:
        _ = self._translator
        business = self._door == "business"
        title = _("What is your business called?") if business else _("What is the cooperative called?")
        hint = _("For example: Warung Sari") if business else _("For example: KSP Tani Makmur")
        self.name.setPlaceholderText(hint)
        for key, word, icon, what in TYPES[self._door]:
            button = Button(
                _(word),
                icon=icon,
                kind="method",
                height=48,
                detail=_(what),
                on=partial(self._choose, key),
            )
            self.choices[key] = button
        self._make = Button(_("Make the book"), key="Ctrl+Enter", kind="primary", on=self.make)
        parts = column(
            Label(title, "figure", wrap=True),
            self.name,
            self._fault,
            8,
            Label(_("What does it do mostly?"), "heading"),
            Label(
                _("This decides what is switched on at first; it can be changed in the settings."),
                tone="muted",
                wrap=True,
            ),
            *self.choices.values(),
            16,
            flow(self._make, Button(_("Back"), key="Esc", icon="arrow-left", on=self._back)),
            None,
            gap=theme.TIGHT,
        )
        self._choose(next(iter(self.choices)))
        return parts

    def _learning(self) -> QVBoxLayout:
        _ = self._translator
        for key, word, icon, what in _SAMPLES:
            button = Button(
                _(word),
                icon=icon,
                kind="method",
                height=48,
                detail=_(what),
                on=partial(self._learn, key),
            )
            self.choices[key] = button
        return column(
            Label(_("Which sample book?"), "figure", wrap=True),
            Label(
                _(
                    "To try everything in. Amber frame, TRAINING on every print; your real books are not touched."
                ),
                "field",
                "muted",
                wrap=True,
            ),
            8,
            *self.choices.values(),
            self._strip,
            16,
            flow(Button(_("Back"), key="Esc", icon="arrow-left", on=self._back)),
            None,
            gap=theme.TIGHT,
        )

    def _choose(self, key: str) -> None:
        self.chosen = key
        for name, button in self.choices.items():
            button.setChecked(name == key)
            button.update()

    def _tell(self) -> None:
        self._fault.setVisible(False)
        if self.name.property("fault"):
            self.name.setProperty("fault", None)
            self.name.style().polish(self.name)

    def _learn(self, kind: str) -> None:
        """Open the training copy of a sample book; the first time it is made, which takes a moment."""
        from app.ui.bridge import trouble_panel

        _ = self._translator
        for button in self.choices.values():
            button.setEnabled(False)

        def work(progress: "Progress") -> "Path":
            from app.ledger.demo.samples import training_book

            return training_book(books_folder(), kind, self._desk.services.clock.today(), progress)

        def failed(error: Exception) -> None:
            self._free()
            trouble_panel(error, _, self.window()).exec()

        self._jobs.run(
            _("Making the sample book"), work, then=self._open, failed=failed, cancelled=self._free
        )

    def _open(self, path: Any) -> None:
        # The job has to have ended before the page it belongs to goes.
        QTimer.singleShot(0, lambda: self._desk.open_book(path))

    def _free(self) -> None:
        for button in self.choices.values():
            button.setEnabled(True)
