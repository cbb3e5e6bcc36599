"""The right side: what it comes to, how it is paid, the freight, and what saving does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.base.errors import UserError
from app.base.i18n import N_
from app.ledger.purchases.commands import PurchaseMethod
from app.ui.bridge import Session
from app.ui.money_places import balance_in, money_places
from app.ui.widgets.button import Button
from app.ui.widgets.due_edit import DueEdit
from app.ui.widgets.editor import ChoiceEditor, LineEditor
from app.ui.widgets.form import Field
from app.ui.widgets.label import Icon, Label
from app.ui.widgets.layout import Card, box, column, row
from app.ui.widgets.number_edit import IN_WORDS_FROM, MoneyEdit

# The way, its icon, its key. Its words stand in `_words`, as "Cash" alone would be the place.
_METHODS = (
    (PurchaseMethod.CASH, N_("Cash money"), "banknote", "F6"),
    (PurchaseMethod.TRANSFER, N_("Transfer"), "landmark", "F8"),
    (PurchaseMethod.CREDIT, N_("Pay later"), "notebook-pen", "F9"),
)


@dataclass(frozen=True, slots=True)
class Paying:
    """How the purchase is paid; `paid` None is all of it at once."""

    method: PurchaseMethod
    account: str
    freight: int
    paid: int | None
    due: date | None


class PaymentPanel(Card):
    """Says `done(again)` when the purchase is to be saved."""

    done = Signal()
    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        _ = session.translator
        self._session = session
        self._amount = 0
        self._count = 0
        self._supplier: Callable[[], str] = str
        self._place = ""  # where a note that is put right was paid from, be it usual for its way or not
        self.method = PurchaseMethod.CASH
        self.total = Label("Rp0", "figure", right=True)
        self._total_words = Label("", tone="muted", wrap=True, right=True)
        self.methods = {
            method: Button(_(word), icon=icon, key=key, kind="method", on=self._chooser(method))
            for method, word, icon, key in _METHODS
        }
        self.freight = MoneyEdit(_)
        self.account = ChoiceEditor(_, [])
        self.paid = MoneyEdit(_, empty=_("Empty: nothing is paid now"))
        self.due = DueEdit(session)
        self.freight_field = Field("freight", _("Freight"), self.freight, beside=_("if there is any"))
        self.account_field = Field("account", _("From which cash"), self.account)
        self.paid_field = Field("paid", _("Paid now"), self.paid)
        self.due_field = Field("due", _("To be paid by"), self.due, beside=_("if wanted"))
        self._freight_words = Label(
            _("It is shared over the goods by what they cost and becomes part of their cost."),
            tone="muted",
            wrap=True,
        )
        self._effect = Label("", tone="muted", wrap=True)
        self.save_button = Button(
            _("Save the purchase"), key="Ctrl+Enter", kind="primary", height=48, on=self._finish
        )
        self.fields = (self.freight_field, self.paid_field, self.due_field, self.account_field)
        for field in self.fields:
            field.editor.changed.connect(self._tell)
            field.editor.changed.connect(self.changed)
            for widget in (field.editor.edit, *field.editor.edit.findChildren(QWidget)):
                widget.installEventFilter(self)
        ways = row(self.methods[PurchaseMethod.CASH], self.methods[PurchaseMethod.TRANSFER])
        self.setLayout(
            column(
                row(Label(_("To be paid"), "field"), None, self.total),
                self._total_words,
                ways,
                self.methods[PurchaseMethod.CREDIT],
                self.freight_field,
                self._freight_words,
                self.paid_field,
                self.due_field,
                self.account_field,
                None,
                gap=10,
                margin=(20, 14, 20, 14),
            )
        )
        line = row(Icon("info", 16, "text2"), self._effect, self.save_button, gap=12)
        line.setStretch(1, 1)
        # Below the page, where it stays whatever is scrolled.
        self.foot = box(line)
        self.choose(PurchaseMethod.CASH)

    # What it says

    def ask_supplier(self, name: Callable[[], str]) -> None:
        """Where the name of the supplier is to be had."""
        self._supplier = name

    def show_note(self, amount: int, count: int) -> None:
        """The lines have changed."""
        self._amount, self._count = amount, count
        self._tell()

    def reload(self) -> None:
        """The money places may be others now."""
        kinds = {
            PurchaseMethod.CASH: ("cash",),
            PurchaseMethod.TRANSFER: ("bank", "qris"),
            PurchaseMethod.CREDIT: ("cash", "bank", "qris"),
        }[self.method]
        places = money_places(self._session)
        fitting = [place for place in places if place.kind in kinds or place.code == self._place] or places
        self.account.set_choices([(place.code, place.name) for place in fitting])
        self._tell()

    def paying(self) -> Paying:
        """How it is paid, by what stands in the fields; raises UserError."""
        credit = self.method is PurchaseMethod.CREDIT
        freight = self.freight.value() or 0
        paid = (self.paid.value() or 0) if credit else None
        if paid is not None and paid > self._amount + freight:
            raise UserError("That is more than there is to pay.", field="paid")
        return Paying(
            self.method, self.account.value() or "", freight, paid, self.due.value() if credit else None
        )

    def choose(self, method: PurchaseMethod) -> None:
        """Pay in this way."""
        self.method = method
        for key, button in self.methods.items():
            button.setChecked(key is method)
            button.update()
        credit = method is PurchaseMethod.CREDIT
        self.paid_field.setVisible(credit)
        self.due_field.setVisible(credit)
        self.reload()
        self.changed.emit()

    def fill(self, paying: Paying) -> None:
        """Put a known way of paying in."""
        self._place = paying.account
        self.choose(paying.method)
        self.freight.set_value(paying.freight or None)
        self.paid.set_value(paying.paid or None)
        self.due.set_value(paying.due)
        self.account.set_value(paying.account)

    def start_over(self) -> None:
        """For the next note."""
        self._place = ""
        for field in (self.freight_field, self.paid_field, self.due_field):
            field.editor.set_value(None)
            field.editor.fault("")
        self.choose(PurchaseMethod.CASH)

    def begin(self) -> None:
        """The hand comes from the lines."""
        self.freight.select()

    def refuse(self, field: str, sentence: str) -> bool:
        """Show at its field what is wrong."""
        found = next((item for item in self.fields if item.key == field and not item.isHidden()), None)
        if found is None:
            return False
        found.editor.fault(sentence)
        found.editor.setFocus()
        return True

    # Drafts

    def state(self) -> dict[str, str]:
        """What stands in the fields, as it was typed."""
        kept = {field.key: field.editor.state() for field in self.fields if field.editor.touched}
        return kept | ({"method": self.method.value} if self.method is not PurchaseMethod.CASH else {})

    def restore(self, kept: dict[str, str]) -> None:
        """Put it back."""
        if kept.get("method"):
            self.choose(PurchaseMethod(kept["method"]))
        for field in self.fields:
            if kept.get(field.key):
                field.editor.restore(kept[field.key])

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Enter goes down, Shift+Enter goes up; from the last field to the button."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not enter or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return super().eventFilter(watched, event)
        shown = [field.editor for field in self.fields if not field.isHidden()]
        place = next((place for place, editor in enumerate(shown) if editor.edit is watched), None)
        if place is None:
            return super().eventFilter(watched, event)
        try:
            shown[place].value()
        except UserError as error:
            shown[place].fault(self._session.translator.error(error))
            return True
        step = -1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        if place + step >= len(shown):
            self.save_button.setFocus()
            return True
        target: Any = shown[max(place + step, 0)]
        if isinstance(target, LineEditor):
            target.select()
        else:
            target.setFocus()
        return True

    # Inside

    def _finish(self) -> None:
        self.done.emit()

    def _chooser(self, method: PurchaseMethod) -> Callable[[], None]:
        def act() -> None:
            self.choose(method)
            (self.paid if method is PurchaseMethod.CREDIT else self.freight).select()

        return act

    def _tell(self) -> None:
        _ = self._session.translator
        try:
            freight = self.freight.value() or 0
        except UserError:
            freight = 0
        total = self._amount + freight
        self.total.setText(_.format.rupiah(total))
        words = _.format.words(total) if total >= IN_WORDS_FROM else ""
        self._total_words.setText(words)
        self._total_words.setVisible(bool(words))
        self._freight_words.setVisible(bool(freight))
        self.save_button.setEnabled(bool(self._count))
        try:
            self._effect.setText(self._effect_words(self.paying(), total))
        except UserError:
            self._effect.setText("")

    def _effect_words(self, paying: Paying, total: int) -> str:
        _ = self._session.translator
        if not self._count:
            return _("Type the first goods of the note.")
        paid = total if paying.paid is None else paying.paid
        lines = [
            _.plural(
                "The stock of {n:n} product grows, worth {amount:rp}.",
                "The stock of {n:n} products grows, worth {amount:rp}.",
                self._count,
                amount=total,
            )
        ]
        if paid:
            place = self.account.box.currentText()
            lines.append(_("{place} falls by {amount:rp}.", place=place, amount=paid))
            left = balance_in(self._session, paying.account) - paid
            if left < 0:
                lines.append(_("{place} then holds {amount:rp}.", place=place, amount=left))
        if total > paid:
            who = self._supplier() or _("the supplier")
            lines.append(_("You owe {name} {amount:rp} more.", name=who, amount=total - paid))
        return " ".join(lines)
