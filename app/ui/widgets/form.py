"""A form: one column of labelled fields in the order in which people think, the effect in plain words beside it.

Enter goes to the next field and saves on the last one; Shift+Enter goes back; Ctrl+Enter saves, and begins a new
one where there is one to begin; what is typed is kept as a draft all the time.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QVBoxLayout, QWidget

from app.base.errors import LumbungError, UserError
from app.ui.widgets.button import Button
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.editor import Editor
from app.ui.widgets.label import Icon, Label
from app.ui.widgets.layout import Card, Scroll, Split, box, clear, column, flow, row
from app.ui.widgets.picker import Picker

if TYPE_CHECKING:
    from app.ledger.changes import Outcome
    from app.ledger.command import Command
    from app.ui.bridge import Session

_DRAFT_AFTER_MS = 300
# Below this width fields no longer stand beside each other.
_NARROW = 420


class Field(QWidget):
    """A field with its label above it. `key` is the name of the command's field it fills."""

    def __init__(self, key: str, label: str, editor: Editor[Any], *, beside: str = "") -> None:
        super().__init__()
        self.key = key
        self.editor = editor
        editor.set_name(label)
        self.label = Label(label, "strong")
        parts: list[Any] = [self.label]
        if beside:
            parts.append(Label(beside, tone="muted"))
        self.setLayout(column(row(*parts, None), editor, gap=4))


class Form(QWidget):
    """Fields that make one command.

    `build()` makes the command out of the fields and raises UserError with the field that is wrong; `effect()`
    says in plain words what saving will do, as far as it can be told from what stands in the fields.
    """

    saved = Signal(object)  # Outcome
    left = Signal()

    def __init__(
        self,
        session: "Session",
        name: str,
        build: "Callable[[], Command]",
        *,
        effect: Callable[[], Sequence[str]] | None = None,
        save: str = "",
        said: "Callable[[Outcome], str] | str" = "",
        again: bool = True,
    ) -> None:
        super().__init__()
        self.session = session
        self.name = name
        self._build = build
        self._effect = effect
        self._said = said
        self.fields: dict[str, Field] = {}
        self._beside: list[QBoxLayout] = []  # fields that stand beside each other where there is room
        self.correcting: int = 0  # the entry that is put right, 0 for a new record
        self._keeping: dict[str, Any] = {}  # what stays of it that no field asks for
        self.going_on = False  # whether a new one follows what is being saved
        self._loading = False
        _ = session.translator
        self.head = Label("", "strong", "amber", wrap=True)
        self.head.hide()
        self._body = QVBoxLayout()
        self._body.setSpacing(14)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._save_words = save or _("Save the record")
        self.save_button = Button(self._save_words, key="Enter", kind="primary", on=self.save)
        self.again_button = Button(_("Save, then a new one"), key="Ctrl+Enter", on=self.save_and_new)
        if not again:
            self.again_button.hide()
        self.clear_button = Button(_("Empty the form"), kind="link", on=self.start_over)
        self.trouble = Label("", "strong", "out", wrap=True)
        self.trouble.hide()
        self._effect_lines = column(gap=8)
        effect_card = Card(
            column(
                row(Icon("info", 16, "text2"), Label(_("What this does"), "heading"), None),
                self._effect_lines,
                None,
                margin=16,
            )
        )
        # Showing what has no parent yet would make a window of it.
        if effect is None:
            effect_card.hide()
        self.effect_card = effect_card
        main = Card(column(self.head, self._body, None, margin=20, gap=12))
        split = Split(main, effect_card, side_width=300, narrow=760) if effect is not None else main
        self.side = effect_card
        buttons = flow(self.save_button, self.again_button, self.clear_button)
        self.setLayout(column(Scroll(box(column(split, None))), self.trouble, buttons, gap=12))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.keep_draft)

    # Building

    def add(self, key: str, label: str, editor: Editor[Any], *, beside: str = "") -> Field:
        """Add a field below the others."""
        field = Field(key, label, editor, beside=beside)
        self.fields[key] = field
        self._body.addWidget(field)
        editor.changed.connect(self._changed)
        for widget in (editor.edit, *editor.edit.findChildren(QWidget)):
            widget.installEventFilter(self)
        return field

    def add_beside(self, *parts: tuple[str, str, Editor[Any]], beside: str = "") -> None:
        """Add fields beside each other, as one line of the column; `beside` is said of the first."""
        made: list[Field] = []
        for key, label, editor in parts:
            field = self.add(key, label, editor, beside="" if made else beside)
            self._body.removeWidget(field)
            made.append(field)
        line = row(*made, gap=12)
        self._beside.append(line)
        for number, field in enumerate(made):
            line.setStretch(number, 1)
            line.setAlignment(field, Qt.AlignmentFlag.AlignTop)
        self._body.addLayout(line)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Fields that stand beside each other go below each other in a narrow form."""
        narrow = event.size().width() < _NARROW
        for line in self._beside:
            line.setDirection(
                QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
            )
        super().resizeEvent(event)

    def add_widget(self, widget: QWidget) -> None:
        """Add something that is no field."""
        self._body.addWidget(widget)

    # Using

    def begin(self, values: dict[str, Any] | None = None) -> None:
        """Come to the form: with `values` filled in, else with the draft that was kept."""
        if values is not None:
            self.fill(values)
        elif not self.touched:
            self.restore_draft()
        self._say_effect()
        self.focus_first()

    def focus_first(self) -> None:
        """The first field that is empty has the focus."""
        for field in self.shown():
            if not field.editor.touched and not isinstance(field.editor, DateEdit):
                field.editor.setFocus()
                return
        shown = self.shown()
        if shown:
            shown[0].editor.setFocus()

    def shown(self) -> list[Field]:
        """The fields that can be seen and used, in order."""
        return [field for field in self.fields.values() if not field.isHidden() and field.editor.isEnabled()]

    @property
    def touched(self) -> bool:
        """Whether anything has been typed."""
        return any(field.editor.touched for field in self.fields.values())

    def fill(
        self, values: dict[str, Any], *, correcting: int = 0, keeping: dict[str, Any] | None = None
    ) -> None:
        """Put values into the fields; with `correcting`, saving puts that entry right.

        `keeping` is what stays of that entry and no field asks for: the number on its paper.
        """
        self._loading = True
        for key, value in values.items():
            if key in self.fields:
                editor = self.fields[key].editor
                editor.set_value(value)
                if correcting and isinstance(editor, DateEdit):
                    # The day it has is the one that was meant when it was recorded.
                    editor.accept_odd()
        self._loading = False
        self.correcting, self._keeping = correcting, keeping or {}
        _ = self.session.translator
        self.head.setText(
            _("You are putting a record right: the old one is reversed, this one takes its place.")
        )
        self.head.setVisible(bool(correcting))
        self.save_button.set_text(_("Save the correction") if correcting else self._save_words)
        self._say_effect()

    def changed_by_page(self) -> None:
        """The page has changed what the fields mean: say the effect anew."""
        self._say_effect()

    def start_over(self) -> None:
        """Empty all fields and forget the draft."""
        self._loading = True
        for field in self.fields.values():
            editor = field.editor
            editor.fault("")
            if isinstance(editor, DateEdit):
                editor.set_value(self.session.today)
            elif editor.touched:
                editor.set_value(None)
        self._loading = False
        self.trouble.hide()
        if self.correcting:
            self.fill({})
        self.session.drafts.forget(self.name)
        self._say_effect()
        self.focus_first()

    def command(self) -> "Command":
        """The command that the fields make; a correction when an entry is put right."""
        from app.ledger.entries.commands import CorrectEntry

        made = self._build()
        if not self.correcting:
            return made
        return CorrectEntry(entry=self.correcting, replacement=replace(made, **self._keeping))

    def save(self) -> None:
        """Save what is typed."""
        self.going_on = False
        self._save(lambda: None)

    def save_and_new(self) -> None:
        """Save, and begin the next one."""
        self.going_on = True
        self._save(self.focus_first)

    def _save(self, after: Callable[[], object]) -> None:
        for field in self.fields.values():
            field.editor.fault("")
        self.trouble.hide()
        try:
            command = self.command()
        except UserError as error:
            self.refuse(error)
            return
        if not self._dates_meant():
            return

        def saved(outcome: "Outcome") -> None:
            self.start_over()
            self.saved.emit(outcome)
            after()

        self.session.execute(command, saved, self.refuse, self._said)

    def refuse(self, error: LumbungError) -> bool:
        """Show at its field what is wrong; returns True, as it is shown."""
        sentence = self.session.translator.error(error)
        field = self.fields.get(error.field)
        if field is not None and not field.isHidden():
            field.editor.fault(sentence)
            field.editor.setFocus()
        else:
            self.trouble.setText(sentence)
            self.trouble.show()
        return True

    # Drafts

    def keep_draft(self) -> None:
        """Write down what stands in the fields now."""
        if self.correcting:
            return
        if not self.touched:
            self.session.drafts.forget(self.name)
            return
        self.session.drafts.keep(self.name, {key: field.editor.state() for key, field in self.fields.items()})

    def restore_draft(self) -> None:
        """Put back what was typed and not saved."""
        kept = self.session.drafts.found(self.name)
        if not kept:
            return
        self._loading = True
        for key, text in kept.items():
            if key in self.fields:
                self.fields[key].editor.restore(text)
        self._loading = False
        self._changed()
        self.session.toast(self.session.translator("What you had typed here is back."))

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Enter goes on, Shift+Enter goes back."""
        enter = (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        )
        if enter and isinstance(event, QKeyEvent):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                if not self.again_button.isHidden():
                    return False  # the key of that button
                self.save()
                return True
            self._enter(watched, back=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter on a button presses it."""
        focus = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focus, Button):
            focus.click()
            return
        super().keyPressEvent(event)

    def _enter(self, watched: QObject, *, back: bool) -> None:
        shown = self.shown()
        place = next(
            (
                number
                for number, field in enumerate(shown)
                if isinstance(watched, QWidget)
                and (field.editor.edit is watched or field.editor.isAncestorOf(watched))
            ),
            None,
        )
        if place is None:
            return
        editor = shown[place].editor
        if isinstance(editor, Picker) and not back:
            # The form hears Enter before the picker does: a few letters are enough where something fits.
            editor.take_typed()
        try:
            editor.value()
        except UserError as error:
            editor.fault(self.session.translator.error(error))
            return
        if back:
            shown[max(place - 1, 0)].editor.setFocus()
        elif place + 1 < len(shown):
            shown[place + 1].editor.setFocus()
            focus = QApplication.focusWidget()
            if focus is not None and hasattr(focus, "selectAll"):
                focus.selectAll()
        else:
            self.save()

    # Inside

    def _changed(self) -> None:
        if self._loading:
            return
        self.trouble.hide()
        self._timer.start(_DRAFT_AFTER_MS)
        self._say_effect()

    def _say_effect(self) -> None:
        if self._effect is None:
            return
        clear(self._effect_lines)
        try:
            lines = list(self._effect())
        except LumbungError:
            # Half-typed: nothing can be told yet, and the field says why.
            lines = []
        if not lines:
            _ = self.session.translator
            self._effect_lines.addWidget(
                Label(_("Fill in the fields; here you see what will happen."), tone="muted", wrap=True)
            )
        for line in lines:
            self._effect_lines.addWidget(Label(line, wrap=True))

    def _dates_meant(self) -> bool:
        _ = self.session.translator
        for field in self.fields.values():
            editor = field.editor
            if not isinstance(editor, DateEdit) or field.isHidden():
                continue
            question = editor.odd()
            if not question:
                continue
            sure = self.session.ask(
                question, _("It is usually a slip of the finger."), _("Yes, that day"), danger=False
            )
            if not sure:
                editor.setFocus()
                return False
            editor.accept_odd()
        return True
