"""The counter. Scan, Enter on the empty line pays, Enter on the empty amount is exact, Enter prints: four keys."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent, Qt

from app.base.errors import LumbungError, UserError
from app.ledger.changes import Kind, Outcome
from app.ledger.entries.commands import CorrectEntry
from app.ledger.products.commands import AddProduct
from app.ledger.products.queries import ProductFacts, product_facts, scanned_product, search_products
from app.ledger.rebuilding import original_command
from app.ledger.sales.commands import RecordSale, SaleMethod
from app.ui import theme
from app.ui.bridge import Session
from app.ui.pages.page import Page
from app.ui.pages.sell.cart import Cart, CartLine, cart_of
from app.ui.pages.sell.columns import note_columns
from app.ui.pages.sell.payment import Payment, PaymentPanel
from app.ui.pages.sell.printing import has_printer, preview_receipt, print_receipt
from app.ui.pages.sell.scan_line import ScanLine, split_quantity
from app.ui.widgets.button import Button
from app.ui.widgets.date_edit import odd_day
from app.ui.widgets.label import Label
from app.ui.widgets.layout import Card, Split, box, clear, column, flow, row
from app.ui.widgets.line_question import LineQuestion
from app.ui.widgets.table import Invitation, Table

_DRAFT, _HELD = "sell", "sell.held"
_HELD_AT_MOST = 9
# Below this height of the page the hints at its foot give their place to the goods.
_LOW: Final = 560
_NARROW: Final = 900
_TILL_ROW: Final = 40


class SellPage(Page):
    """Jual."""

    shows = frozenset({Kind.PROFILE})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        self.cart = Cart()
        self._held: list[Cart] = []
        self._held_shown: tuple[object, ...] = ()
        self._correcting = 0
        self._original: RecordSale | None = None  # the note that is put right
        self._on: date | None = None  # another day than today
        self._last: tuple[int, int | None] | None = None
        self.scan = ScanLine(_)
        self.scan.entered.connect(self.enter)
        self.scan.taken.connect(lambda product, quantity: self.put(product, quantity))
        self.scan.looked_for.connect(self._look)
        self.scan.steered.connect(self._steer)
        self.table = Table(_, note_columns(_, self._place), row_height=_TILL_ROW)
        self.table.setAccessibleName(_("The note"))
        self.table.setMinimumHeight(theme.HEAD_HEIGHT + 2 * _TILL_ROW)
        self.table.typed.connect(self._key_on_line)
        self.table.opened.connect(lambda _line: self.ask_quantity())
        self.quantity_button = Button(_("Change how many"), key="*", kind="tool", on=self.ask_quantity)
        self.price_button = Button(_("Change the price"), key="=", kind="tool", on=self.ask_price)
        self.discount_button = Button(_("Discount"), key="%", kind="tool", on=self.ask_discount)
        self.remove_button = Button(_("Remove the line"), key="Del", kind="tool", on=self.remove_line)
        self.hold_button = Button(_("Hold this note"), icon="pause", key="F12", kind="tool", on=self.hold)
        self.receipt_button = Button(
            _("Last receipt"), icon="receipt", key="Ctrl+P", kind="tool", on=self.see_receipt
        )
        self._sum = Label("", tone="muted")
        self._held_row = flow(self.hold_button)
        self.day_button = Button("", key="Alt+T", kind="link", on=self.ask_day)
        self.payment = PaymentPanel(session, self.day_button)
        self.payment.done.connect(lambda printed: self.finish(printed=printed))
        self.payment.changed.connect(self._keep)
        self.payment.typed.connect(self._scanned_elsewhere)
        self.line_question = LineQuestion(_)
        self.line_question.hide()
        self.head = Label("", "strong", "amber", wrap=True)
        self.head.hide()
        self._tools = (self.quantity_button, self.price_button, self.discount_button, self.remove_button)
        tools = flow(*self._tools)
        foot = row(tools, self._sum, margin=(12, 8, 16, 8))
        foot.setStretch(0, 1)
        words = _(
            "The note is still empty. Scan goods or type letters of their name. What is not in the list yet is"
            " made on the way: only its price is asked."
        )
        Invitation(words, self.table)
        counter = Card(column(self.table, box(foot), gap=0, margin=1))
        self._hints = box(
            flow(
                *(
                    box(row(*(Label(key, "key") for key in keys), Label(words, tone="muted"), gap=6))
                    for keys, words in (
                        (("3*",), _("in front = three of it")),
                        (("Enter",), _("on the empty line = pay")),
                        (("↑", "↓"), _("choose the line")),
                        (("Ctrl+Z",), _("takes the last note back")),
                    )
                ),
                gap=16,
            )
        )
        left = box(
            column(
                self.head, self.scan, self.line_question, counter, box(self._held_row), self._hints, gap=12
            )
        )
        split = Split(left, self.payment, side_width=368, tight=(900, 340))
        self.setLayout(column(split, margin=16))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._write_draft)

    # Coming and going

    def open(self, correct: Any = None, **_parameters: Any) -> None:
        """Come to the counter; what lay on it still does."""
        if correct is not None:
            self._correct(int(correct))
        elif not self.cart.lines and not self._held:
            self._restore()
        self.payment.tell_printer(there=has_printer(self.session))
        self.scan.setFocus()

    def reload(self) -> None:
        """The prices on the counter stay as they were said."""
        self._show()

    def month_moved(self) -> None:
        """A sale is of today."""

    def escape(self) -> bool:
        """Esc goes back step by step: from the question, from paying, from the offers."""
        if self.line_question.isVisible():
            self.line_question.close_question()
            self.scan.setFocus()
            return True
        if self.scan.found:
            self.scan.close_offers()
            return True
        if self.scan.text():
            self.scan.clear()
            return True
        if not self.scan.hasFocus():
            if not (self.payment.amount.line.hasFocus() and self.payment.take_back_part()):
                self.scan.setFocus()
            return True
        if self._correcting:
            # The note stays as it was; the counter is free again.
            self._start_over()
            return True
        return False

    def leave(self) -> bool:
        """The note is kept."""
        self.scan.close_offers()
        self._write_draft()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """A low window keeps its height for the goods."""
        self._hints.setVisible(event.size().height() >= _LOW)
        self._sum.setVisible(event.size().width() >= _NARROW)
        super().resizeEvent(event)

    # Goods

    def enter(self, text: str) -> None:
        """Enter on the scan line: pay when it is empty, else put what was scanned or typed on the counter."""
        _ = self.session.translator
        if not text.strip():
            if self.cart.lines:
                self.payment.begin_paying()
            return
        try:
            quantity, words = split_quantity(text)
        except UserError as error:
            self.session.toast(_.error(error))
            return
        reader = self.session.reading()
        product = scanned_product(reader, words)
        if product is None:
            found = search_products(reader, words, 2) if words else []
            product = found[0] if found else None
        if product is None:
            self._ask_new(words, quantity)
            return
        self.scan.clear()
        self.put(product, quantity)

    def put(self, product: ProductFacts, quantity: Decimal) -> None:
        """Put goods on the counter; one without a price is asked for it."""
        if not product.sell_price:
            _ = self.session.translator

            def priced(price: int) -> None:
                self._place_on_counter(product, quantity, price)

            self.line_question.ask_amount(_("Price of {name}", name=product.name), priced)
            return
        self._place_on_counter(product, quantity, product.sell_price)

    def ask_quantity(self) -> None:
        """How many of the chosen line."""
        place = self._chosen()
        if place is None:
            return
        _ = self.session.translator
        line = self.cart.lines[place]

        def given(quantity: Decimal) -> None:
            self.cart.set_quantity(place, quantity)
            self._show(place)
            self.scan.setFocus()

        self.line_question.ask_quantity(_("How many {name}?", name=line.name), given, line.quantity)

    def ask_price(self) -> None:
        """Another price for the chosen line, this once."""
        place = self._chosen()
        if place is None:
            return
        _ = self.session.translator

        def given(price: int) -> None:
            self.cart.set_price(place, price)
            self._show(place)
            self.scan.setFocus()

        self.line_question.ask_amount(_("Price of {name}", name=self.cart.lines[place].name), given)

    def ask_discount(self) -> None:
        """What is taken off the chosen line: rupiah, or percent of it."""
        place = self._chosen()
        if place is None:
            return
        _ = self.session.translator
        line = self.cart.lines[place]

        def given(discount: int) -> None:
            self.cart.set_discount(place, discount)
            self._show(place)
            self.scan.setFocus()

        self.line_question.ask_discount(
            _("Discount on {name}, rupiah or 10%", name=line.name), given, line.gross
        )

    def remove_line(self) -> None:
        """Take the chosen line off the counter."""
        place = self._chosen()
        if place is not None:
            self.cart.remove(place)
            self._show(min(place, len(self.cart.lines) - 1))
            self.scan.setFocus()

    def ask_day(self) -> None:
        """Another day than today, for notes that are written down afterwards; the page keeps to it."""
        _ = self.session.translator

        def given(on: date) -> None:
            question = odd_day(_, on, self.session.today)
            usual = _("It is usually a slip of the finger.")
            if question and not self.session.ask(question, usual, _("Yes, that day"), danger=False):
                return
            self._on = on if on != self.session.today else None
            self._show(len(self.cart.lines) - 1)
            self.scan.setFocus()

        self.line_question.ask_date(_("On which day was it sold?"), given, self.session.today)

    # Notes that wait

    def hold(self) -> None:
        """Put the note aside for a customer who is not ready, and begin another."""
        if not self.cart.lines or len(self._held) >= _HELD_AT_MOST:
            return
        self._held.append(self.cart)
        self._start_over()
        self._keep_held()

    def resume(self, place: int) -> None:
        """Take a held note up again; the one on the counter is held in its stead."""
        held = self._held.pop(place)
        if self.cart.lines:
            self._held.append(self.cart)
        self._start_over()
        self.cart = held
        if held.customer:
            self.payment.set_customer(held.customer)
        self._keep_held()
        self.scan.setFocus()

    # Paying

    def finish(self, *, printed: bool) -> None:
        """Save the note as it is paid; then the next one."""
        if not self.cart.lines:
            return
        _ = self.session.translator
        try:
            payment = self.payment.payment()
        except UserError as error:
            self.payment.amount.fault(_.error(error))
            self.payment.begin_paying()
            return
        command = self._command(payment)
        total, given = self.cart.total, payment.given
        change = max((given or 0) - payment.paid, 0) if payment.method is SaleMethod.CASH else 0

        def saved(outcome: Outcome) -> None:
            entry = int(outcome.value["entry"])
            self._last = (entry, given)
            self._start_over()
            self._write_draft()
            if printed and has_printer(self.session):
                print_receipt(self.session, entry, given)

        def said(outcome: Outcome) -> str:
            if change:
                return _(
                    "{number} is saved, {total:rp}, change {change:rp}",
                    number=outcome.number,
                    total=total,
                    change=change,
                )
            return _("{number} is saved, {total:rp}", number=outcome.number, total=total)

        full = CorrectEntry(entry=self._correcting, replacement=command) if self._correcting else command
        self.session.execute(full, saved, self._refused, said)

    def _command(self, payment: Payment) -> RecordSale:
        lines = tuple(line.command() for line in self.cart.lines)
        customer = self.payment.customer.value_or_none() or ""
        first = self._original
        if first is None:
            return RecordSale(
                on=self._on or self.session.today,
                lines=lines,
                method=payment.method,
                paid=payment.paid,
                also=payment.also,
                customer=customer,
            )
        # What the counter doesn't ask for stays as it was; an account belongs to the way it was chosen for.
        account = first.account if payment.method is first.method else ""
        return replace(
            first,
            lines=lines,
            method=payment.method,
            account=account,
            paid=payment.paid,
            also=payment.also,
            customer=customer,
        )

    def see_receipt(self) -> None:
        """Show the receipt of the last note."""
        if self._last is not None:
            preview_receipt(self.session, *self._last)

    def _refused(self, error: LumbungError) -> bool:
        sentence = self.session.translator.error(error)
        if error.field == "customer":
            self.payment.choose(SaleMethod.CREDIT)
            self.payment.customer.show()
            self.payment.customer.fault(sentence)
            self.payment.customer.select()
            return True
        if error.field in ("paid", "also"):
            self.payment.amount.fault(sentence)
            self.payment.begin_paying()
            return True
        if error.field in ("quantity", "price", "discount") and error.line < len(self.cart.lines):
            self.table.go_to(error.line)
        return False

    # Keys on the list of lines

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Del removes the chosen line, wherever the focus is."""
        if event.key() == Qt.Key.Key_Delete:
            self.remove_line()
        else:
            super().keyPressEvent(event)

    def _steer(self, key: Qt.Key) -> None:
        """A key on the empty scan line: arrows choose lines, the others act on the chosen one."""
        match key:
            case Qt.Key.Key_Asterisk:
                self.ask_quantity()
            case Qt.Key.Key_Equal:
                self.ask_price()
            case Qt.Key.Key_Percent:
                self.ask_discount()
            case Qt.Key.Key_Delete:
                self.remove_line()
            case _:
                at = self._chosen()
                if at is not None:
                    step = 1 if key == Qt.Key.Key_Down else -1
                    self.table.go_to(max(0, min(at + step, len(self.cart.lines) - 1)))

    def _key_on_line(self, text: str) -> None:
        if text == "*":
            self.ask_quantity()
        elif text == "=":
            self.ask_price()
        elif text == "%":
            self.ask_discount()
        else:
            self.scan.setFocus()
            self.scan.setText(self.scan.text() + text)
            self.scan.looked_for.emit(self.scan.text())

    def _scanned_elsewhere(self, text: str) -> None:
        """What was scanned while the focus was at the payment: it is the next goods all the same."""
        self.scan.setFocus()
        if text.endswith("\n"):
            self.enter(text.strip())
        else:
            self.scan.setText(self.scan.text() + text)

    # Inside

    def _place(self, line: CartLine) -> int:
        return next(place for place, own in enumerate(self.cart.lines, 1) if own is line)

    def _chosen(self) -> int | None:
        if not self.cart.lines:
            return None
        at = self.table.currentIndex().row()
        return at if 0 <= at < len(self.cart.lines) else len(self.cart.lines) - 1

    def _look(self, text: str) -> None:
        try:
            words = split_quantity(text)[1]
        except UserError:
            words = ""
        self.scan.offer(search_products(self.session.reading(), words, 7) if len(words) >= 2 else [])

    def _place_on_counter(self, product: ProductFacts, quantity: Decimal, price: int) -> None:
        place = self.cart.add(product, quantity, price)
        self._show(place)
        self.scan.setFocus()

    def _ask_new(self, words: str, quantity: Decimal) -> None:
        """Goods nobody knows: made on the fly, with the price that is asked for."""
        _ = self.session.translator
        barcode = words if words.isdecimal() and len(words) >= 7 else ""

        def named(name: str) -> None:
            def priced(price: int) -> None:
                def made(outcome: Outcome) -> None:
                    product = product_facts(self.session.reading(), outcome.number)
                    if product is not None:
                        self.scan.clear()
                        self._place_on_counter(product, quantity, price)

                command = AddProduct(name=name, barcode=barcode, sell_price=price)
                self.session.execute(command, made, said=_("{name} is new in the list of goods", name=name))

            self.line_question.ask_amount(_("{name} is new. Its price?", name=name), priced)

        if barcode:
            self.line_question.ask_text(_("Nobody knows this barcode yet. What is it?"), named)
        else:
            named(words)

    def _show(self, place: int | None = None) -> None:
        _ = self.session.translator
        lines = self.cart.lines
        self.table.show_rows(list(lines))
        if lines and place is not None and place >= 0:
            self.table.go_to(place)
            # Once the table has its new height, when a question above it has gone.
            QTimer.singleShot(0, self._into_sight)
        self.payment.show_total(self.cart.total, len(lines))
        words = _.plural("{n:n} product", "{n:n} products", len(lines))
        if self.cart.discount:
            words += ", " + _("{discount:rp} taken off", discount=self.cart.discount)
        self._sum.setText(words if lines else "")
        for button in (*self._tools, self.hold_button):
            button.setEnabled(bool(lines))
        self.receipt_button.setEnabled(self._last is not None)
        self._say_day()
        self._show_held()
        self._timer.start(200)

    def _show_held(self) -> None:
        """The notes that wait. Built anew only when they have changed: it lays out the whole page."""
        _ = self.session.translator
        narrow = self.width() < _NARROW
        waiting = (narrow, *((cart.name, cart.total, len(cart.lines)) for cart in self._held))
        if waiting == self._held_shown:
            return
        self._held_shown = waiting
        for kept in (self.hold_button, self.receipt_button):
            self._held_row.removeWidget(kept)
        clear(self._held_row)
        self._held_row.addWidget(self.hold_button)
        if self._held and not narrow:
            self._held_row.addWidget(Label(_("Held:"), tone="muted"))
        for number, cart in enumerate(self._held, 1):
            name = cart.name or _("Note {n:n}", n=number)
            goods = _.plural("{n:n} product", "{n:n} products", len(cart.lines))
            detail = "" if narrow else f"{goods}, {_.format.rupiah(cart.total)}"
            button = Button(
                name, detail=detail, key=f"Alt+{number}", kind="tool", on=self._resumer(number - 1)
            )
            self._held_row.addWidget(button)
        self._held_row.addWidget(self.receipt_button)

    def _into_sight(self) -> None:
        self.table.scrollTo(self.table.currentIndex())

    def _say_day(self) -> None:
        _ = self.session.translator
        on = self._original.on if self._original else self._on
        now = _.format.time(self.session.services.clock.local().replace(tzinfo=None))
        self.day_button.set_text(_.format.date_medium(on) if on else now)
        self.day_button.setAccessibleName(_("Sold on {day:long}", day=on or self.session.today) + " (Alt+T)")
        self.day_button.setEnabled(self._original is None)
        if not self._correcting:
            self.head.setText(_("These notes are recorded on {day:long}.", day=on) if on else "")
            self.head.setVisible(on is not None)

    def _resumer(self, place: int) -> Callable[[], None]:
        return lambda: self.resume(place)

    def _start_over(self) -> None:
        self.cart = Cart()
        self._correcting, self._original = 0, None
        self.payment.start_over()
        self._show()
        self.scan.clear()
        self.scan.setFocus()

    def _correct(self, entry: int) -> None:
        command = original_command(self.session.reading(), entry)
        if not isinstance(command, RecordSale):
            return
        try:
            cart = cart_of(self.session.reading(), command)
        except UserError as error:
            self.session.show_error(error)
            return
        if self.cart.lines:
            self.hold()
        self.cart = cart
        self._correcting, self._original = entry, command
        _ = self.session.translator
        self.head.setText(
            _("You are putting a record right: the old one is reversed, this one takes its place.")
        )
        self.head.show()
        self._show(len(cart.lines) - 1)
        self.payment.fill(command)
        self.scan.setFocus()

    # Drafts

    def _keep(self) -> None:
        found = self.payment.customer.chosen
        self.cart.customer, self.cart.name = (found.code, found.name) if found else ("", "")
        self._timer.start(200)

    def _write_draft(self) -> None:
        if not self._correcting:
            self.session.drafts.keep(_DRAFT, {"cart": self.cart.to_text()})

    def _keep_held(self) -> None:
        self.session.drafts.keep(
            _HELD, {str(number): cart.to_text() for number, cart in enumerate(self._held)}
        )
        self._show(len(self.cart.lines) - 1)

    def _restore(self) -> None:
        kept = self.session.drafts.found(_HELD)
        self._held = [cart for text in kept.values() if (cart := Cart.from_text(text)).lines]
        self.cart = Cart.from_text(self.session.drafts.found(_DRAFT).get("cart", ""))
        if self.cart.customer:
            self.payment.set_customer(self.cart.customer)
        self._show(len(self.cart.lines) - 1)
