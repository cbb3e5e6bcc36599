"""What the forms of savings and loan products share: everyday fields first, the rest folds out."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from app.base.i18n import Translator
from app.ledger.changes import Outcome
from app.ui.bridge import Session
from app.ui.widgets.button import Button
from app.ui.widgets.editor import SwitchEditor, TextEditor
from app.ui.widgets.form import Form

if TYPE_CHECKING:
    from app.ledger.command import Command


def with_warnings(_: Translator, text: str, outcome: Outcome) -> str:
    """A sentence with what the book warned of after it."""
    said = [text]
    for template, params in outcome.value.get("warnings", []):
        said.append(_(template, **params).rstrip("."))
    return ". ".join(said)


class ProductForm(Form):
    """A new product, or the terms of one that is known. `seldom` are the fields that fold out."""

    def __init__(
        self,
        session: Session,
        name: str,
        build: "Callable[[], Command]",
        effect: Callable[[], Sequence[str]],
    ) -> None:
        _ = session.translator
        super().__init__(
            session,
            name,
            build,
            effect=effect,
            save=_("Save the product"),
            said=lambda outcome: with_warnings(_, _("{number} is saved", number=outcome.number), outcome),
            again=False,
        )
        self.seldom: tuple[str, ...] = ()
        self.known: Any = None
        self.code = TextEditor(_, hint=_("short, like PINJ-USAHA"), length=20)
        self.title = TextEditor(_, length=60)
        self.active = SwitchEditor(_, _("Offered to members"), on=True)
        self.add_beside(("name", _("Name"), self.title), ("code", _("Code"), self.code))
        self._folded = True

    def finish(self) -> None:
        """All fields are there: the button that folds out comes last."""
        self.add("active", self.session.translator("State"), self.active)
        self.more = Button("", kind="link", on=self.fold)
        self.add_widget(self.more)
        self.arrange()

    def fold(self) -> None:
        """Show the other terms, or hide them again."""
        self._folded = not self._folded
        self.arrange()
        shown = [self.fields[key] for key in self.seldom if not self.fields[key].isHidden()]
        if shown:
            shown[0].editor.setFocus()

    def hidden(self) -> set[str]:
        """The fields that mean nothing for what stands in the others."""
        return set()

    def arrange(self) -> None:
        """Show the fields that matter now."""
        _ = self.session.translator
        hidden = self.hidden() | (set(self.seldom) if self._folded else set())
        for key, field in self.fields.items():
            field.setVisible(key not in hidden)
        self.code.setEnabled(self.known is None)
        self.more.set_text(_("Other terms") if self._folded else _("Fewer terms"))
        self.more.set_icon("chevron-down" if self._folded else "chevron-up")
        self._say_effect()

    def refuse(self, error: Any) -> bool:
        """A fault in a field that is folded away folds it out."""
        if error.field in self.seldom and self._folded:
            self._folded = False
            self.arrange()
        return super().refuse(error)

    def keep_draft(self) -> None:
        """Only what is new is kept: the terms of a known product stand in the book."""
        if self.known is None:
            super().keep_draft()


def changed(given: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    """What differs from what stands in the book."""
    return {key: value for key, value in given.items() if value != before[key]}
