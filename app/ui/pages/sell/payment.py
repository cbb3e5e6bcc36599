"""The right side of the counter, top to bottom as the hand goes: customer, total, way to pay, amount, change."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent

from app.base.errors import UserError
from app.base.i18n import N_
from app.ledger.products.queries import scanned_product
from app.ledger.sales.commands import RecordSale, SaleMethod, SalePayment
from app.ui.bridge import Session
from app.ui.pickers import party_picker
from app.ui.widgets.button import Button
from app.ui.widgets.label import Icon, Label
from app.ui.widgets.layout import Card, Scroll, box, column, row, rule
from app.ui.widgets.number_edit import MoneyEdit

_METHODS = (
    (SaleMethod.CASH, N_("Cash money"), "banknote", "F6"),
    (SaleMethod.QRIS, N_("QRIS"), "qr-code", "F7"),
    (SaleMethod.TRANSFER, N_("Transfer"), "landmark", "F8"),
    (SaleMethod.CREDIT, N_("On credit"), "notebook-pen", "F9"),
)
# No barcode is shorter.
_BARCODE = 8
_NARROW = 360


@dataclass(frozen=True, slots=True)
class Payment:
    """How a note is paid: the first way and what of it, other ways besides, what was given in cash for the change."""

    method: SaleMethod
    paid: int
    also: tuple[SalePayment, ...]
    given: int | None


class PaymentPanel(Card):
    """Says `done(print)` when the note is to be saved, `typed(text)` where somebody scans on instead of paying."""

    done = Signal(bool)
    changed = Signal()
    typed = Signal(str)

    def __init__(self, session: Session, day: Button) -> None:
        super().__init__()
        _ = session.translator
        self._session = session
        self._total = 0
        self._count = 0
        self._parts: list[SalePayment] = []
        self.method = SaleMethod.CASH
        self.number = Label(_("New note"), "heading")
        self.customer_name = Label(_("Anyone"), "strong")
        self.choose_customer = Button(_("Choose"), key="Alt+P", kind="link", on=self._ask_customer)
        self.customer = party_picker(session, "customer")
        self.customer.set_name(_("Customer"))
        self.customer.hide()
        self.customer.picked.connect(lambda _found: self._customer_chosen())
        self.total = Label("Rp0", "figure", right=True)
        self.methods = {
            method: Button(_(word), icon=icon, key=key, kind="method", on=self._chooser(method))
            for method, word, icon, key in _METHODS
        }
        self.amount = MoneyEdit(_, large=True)
        self.amount.set_name(_("Money received"))
        self.amount.changed.connect(self._tell)
        self.amount.line.installEventFilter(self)
        self.customer.line.installEventFilter(self)
        self._amount_word = Label(_("Money received"), "strong")
        self._hint = Label("", tone="muted", wrap=True)
        self._already = Label("", "strong", "amber", wrap=True)
        self._already.hide()
        self.change_word = Label(_("Money back"), "title", "brand")
        self.change = Label("Rp0", "figure", "brand", right=True)
        self.change_words = Label("", right=True, wrap=True)
        self._change_card = Card(
            column(
                row(self.change_word, None, self.change), self.change_words, gap=2, margin=(16, 10, 16, 10)
            ),
            "tint",
        )
        self._effect = Label("", tone="muted", wrap=True)
        self.print_button = Button(
            _("Print, then the next note"),
            key="Enter",
            kind="primary",
            height=48,
            on=lambda: self._finish(printed=True),
        )
        self.save_button = Button(
            _("Save the record without printing"), key="Ctrl+Enter", on=lambda: self._finish(printed=False)
        )
        self._pay_part = box(
            column(
                self._amount_word,
                self.amount,
                self._hint,
                self._already,
                4,
                self._change_card,
                gap=6,
            )
        )
        grid = column(
            row(self.methods[SaleMethod.CASH], self.methods[SaleMethod.QRIS]),
            row(self.methods[SaleMethod.TRANSFER], self.methods[SaleMethod.CREDIT]),
        )
        hand = column(
            row(self.number, None, day),
            row(Label(_("Customer"), tone="muted"), self.customer_name, None, self.choose_customer),
            self.customer,
            rule(),
            row(Label(_("To be paid"), "field"), None, self.total),
            grid,
            4,
            self._pay_part,
            None,
            row(Icon("info", 16, "text2"), self._effect, gap=8),
            gap=10,
        )
        self._hand = hand
        # What is above scrolls where the window is low; the buttons stay.
        self._scroll = Scroll(box(hand))
        self._buttons = column(self.print_button, self.save_button)
        self.setLayout(column(self._scroll, self._buttons, gap=10, margin=(0, 14, 0, 14)))
        self.choose(SaleMethod.CASH)

    # What it says

    def show_total(self, total: int, count: int) -> None:
        """The note on the counter has changed."""
        _ = self._session.translator
        self._total, self._count = total, count
        if total <= sum(part.amount for part in self._parts):
            # Goods were taken away again: what was paid for them is asked for anew.
            self._parts = []
        self.total.setText(_.format.rupiah(total))
        self._tell()

    def payment(self) -> Payment:
        """How the note is paid, by what stands in the fields; raises UserError for what can't be read or be."""
        rest = self._rest()
        given = self.amount.value()
        if self.method is SaleMethod.CREDIT:
            paid = given or 0
            if paid > rest:
                raise UserError("That is more than there is to pay.", field="paid")
            return Payment(SaleMethod.CREDIT, paid, tuple(self._parts), None)
        if self.method is SaleMethod.CASH:
            paid = rest if given is None else min(given, rest)
            return Payment(SaleMethod.CASH, paid, tuple(self._parts), None if given is None else given)
        paid = rest if given is None else given
        if paid > rest:
            raise UserError("That is more than there is to pay.", field="paid")
        return Payment(self.method, paid, tuple(self._parts), None)

    def tell_printer(self, *, there: bool) -> None:
        """Without a receipt printer the button promises no paper."""
        _ = self._session.translator
        self.print_button.set_text(_("Print, then the next note") if there else _("Save, then the next note"))
        self.save_button.setVisible(there)

    def unpaid(self) -> int:
        """What is still to be paid after what stands in the fields."""
        return self._rest() - self.payment().paid

    def start_over(self) -> None:
        """For the next note."""
        self._parts = []
        self.amount.set_value(None)
        self.customer.set_value(None)
        self.customer.hide()
        self.customer_name.setText(self._session.translator("Anyone"))
        self._already.hide()
        self.choose(SaleMethod.CASH)

    def fill(self, sale: RecordSale) -> None:
        """As a note that is put right was paid."""
        self.set_customer(sale.customer)
        self._parts = list(sale.also)
        credit, paid = sale.method is SaleMethod.CREDIT, sale.paid
        if not credit and paid is not None and paid < self._rest():
            # What was not paid is on the bon, whatever way the note names: an empty amount would mean all of it.
            if paid:
                self._parts.append(SalePayment(method=sale.method, amount=paid, account=sale.account))
            credit, paid = True, None
        self.choose(SaleMethod.CREDIT if credit else sale.method)
        if credit and paid:
            self.amount.set_value(paid)

    def take_back_part(self) -> bool:
        """Forget the last of several ways to pay; False when there is none."""
        if not self._parts:
            return False
        part = self._parts.pop()
        self.choose(part.method)
        self.amount.set_value(part.amount)
        self.amount.select()
        return True

    def set_customer(self, code: str) -> None:
        """Who buys, by the code."""
        self.customer.set_value(code or None)
        self._customer_chosen()

    def choose(self, method: SaleMethod) -> None:
        """Pay in this way."""
        self.method = method
        for key, button in self.methods.items():
            button.setChecked(key is method)
            button.update()
        if method is SaleMethod.CREDIT and not self.customer.value_or_none():
            self._ask_customer()
        self._tell()

    def begin_paying(self) -> None:
        """The hand goes to the amount."""
        self.amount.select()
        # Where the window is low, the amount and the change below it are what has to be seen.
        self._scroll.ensureWidgetVisible(self._pay_part, 0, 8)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """A narrow panel gives its room to the figures."""
        narrow = event.size().width() < _NARROW
        for part in (self._hand, self._buttons):
            part.setContentsMargins(12 if narrow else 20, 0, 12 if narrow else 20, 0)
        self.change_word.set_role("heading" if narrow else "title")
        super().resizeEvent(event)

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Enter on the amount shows the change and goes to the button; Esc goes back to the goods."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                if watched is self.amount.line:
                    self._amount_entered()
                    return True
                if watched is self.customer.line:
                    self.customer.take_typed()
                    self._customer_chosen()
                    self.amount.select()
                    return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter on a button presses it; what is typed or scanned there belongs on the counter."""
        focus = self.focusWidget()
        if isinstance(focus, Button):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                focus.click()
                return
            if event.text().isalnum() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
                self.typed.emit(event.text())
                return
        super().keyPressEvent(event)

    # Inside

    def _rest(self) -> int:
        return self._total - sum(part.amount for part in self._parts)

    def _amount_entered(self) -> None:
        _ = self._session.translator
        text = self.amount.line.text().strip()
        if len(text) >= _BARCODE and text.isdecimal() and scanned_product(self._session.reading(), text):
            # No amount, but the next goods, scanned while the hand was here.
            self.amount.set_value(None)
            self.typed.emit(text + "\n")
            return
        try:
            payment = self.payment()
        except UserError as error:
            self.amount.fault(_.error(error))
            return
        left = self._rest() - payment.paid
        if left > 0 and self.method is not SaleMethod.CREDIT and payment.paid > 0:
            # Less than the total: the rest is paid in another way.
            self._parts.append(SalePayment(method=self.method, amount=payment.paid))
            self.amount.set_value(None)
            self.choose(SaleMethod.QRIS if self.method is SaleMethod.CASH else SaleMethod.CASH)
            self.amount.select()
            return
        self.print_button.setFocus()

    def _finish(self, *, printed: bool) -> None:
        if self._count:
            self.done.emit(printed)

    def _chooser(self, method: SaleMethod) -> Callable[[], None]:
        def act() -> None:
            self.choose(method)
            if method is SaleMethod.CREDIT and not self.customer.value_or_none():
                return
            self.amount.select()

        return act

    def _ask_customer(self) -> None:
        self.customer.show()
        self.customer.select()

    def _customer_chosen(self) -> None:
        _ = self._session.translator
        found = self.customer.chosen
        self.customer_name.setText(found.name if found else _("Anyone"))
        if found is not None:
            self.customer.hide()
            self.amount.select()
        self.changed.emit()
        self._tell()

    def _tell(self) -> None:
        _ = self._session.translator
        credit = self.method is SaleMethod.CREDIT
        cash = self.method is SaleMethod.CASH
        self._amount_word.setText(_("Paid now") if credit else _("Money received"))
        if credit:
            self._hint.setText(_("Empty = nothing is paid now, all of it goes on credit."))
        elif cash:
            self._hint.setText(
                _("Empty = exact money. Less than the total = the rest in another way, for example QRIS.")
            )
        else:
            self._hint.setText(_("Empty = all of it. Look at your phone whether the money has come."))
        words = {method: _(word) for method, word, _icon, _key in _METHODS}
        parts = ", ".join(f"{words[part.method]} {_.format.rupiah(part.amount)}" for part in self._parts)
        self._already.setText(_("Paid already: {parts}. Left: {rest:rp}", parts=parts, rest=self._rest()))
        self._already.setVisible(bool(self._parts))
        try:
            payment = self.payment()
        except UserError:
            self._change_card.hide()
            self._effect.setText("")
            return
        left = self._rest() - payment.paid
        back = max((payment.given or 0) - self._rest(), 0) if cash else 0
        if left > 0:
            self.change_word.setText(_("On credit") if credit else _("Still to pay"))
            figure = left
        else:
            self.change_word.setText(_("Money back"))
            figure = back
        self.change.setText(_.format.rupiah(figure))
        self.change_words.setText(_.format.words(figure) if figure else "")
        self._change_card.setVisible(bool(self._total))
        self._effect.setText(self._effect_words(payment, left))

    def _effect_words(self, payment: Payment, left: int) -> str:
        _ = self._session.translator
        if not self._count:
            return _("Scan the first goods.")
        drawer = payment.paid if payment.method in (SaleMethod.CASH, SaleMethod.CREDIT) else 0
        drawer += sum(part.amount for part in self._parts if part.method is SaleMethod.CASH)
        lines = []
        if drawer:
            lines.append(_("Money in the drawer grows by {amount:rp}.", amount=drawer))
        if left and self.method is SaleMethod.CREDIT:
            who = self.customer.chosen.name if self.customer.chosen else _("the customer")
            lines.append(_("{name} owes {amount:rp} more.", name=who, amount=left))
        lines.append(
            _.plural("The stock of {n:n} product falls.", "The stock of {n:n} products falls.", self._count)
        )
        return " ".join(lines)
