"""Beli barang: whose note, its lines, how it is paid. Enter goes on from the first field to the last."""

from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.base.errors import LumbungError, UserError
from app.ledger.changes import Kind, Outcome
from app.ledger.command import Command
from app.ledger.entries.commands import CorrectEntry
from app.ledger.parties.queries import search_parties
from app.ledger.products.commands import AddProduct
from app.ledger.products.queries import product_facts, scanned_product, search_products
from app.ledger.purchases.commands import PurchaseMethod, RecordPurchase
from app.ledger.rebuilding import original_command
from app.ui.bridge import Session
from app.ui.pages.buy.line_entry import LineEntry
from app.ui.pages.buy.note import Note, NoteLine
from app.ui.pages.buy.payment import Paying, PaymentPanel
from app.ui.pages.page import Page
from app.ui.pickers import party_picker
from app.ui.widgets.button import Button
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.editor import LineEditor, TextEditor, needed
from app.ui.widgets.form import Field
from app.ui.widgets.label import Label
from app.ui.widgets.layout import Card, Scroll, Split, box, column, flow, row
from app.ui.widgets.line_question import LineQuestion
from app.ui.widgets.table import Invitation, Table, TableColumn

_DRAFT = "buy"
_DRAFT_AFTER_MS = 300


class _Lines(Table):
    """The lines of the note: they take what room there is, and ask for little where all scrolls."""

    def sizeHint(self) -> QSize:  # noqa: N802
        """No higher than it has to be."""
        return QSize(super().sizeHint().width(), self.minimumHeight())


class BuyPage(Page):
    """The supplier and the lines at the left, paying at the right."""

    shows = frozenset({Kind.PRODUCT, Kind.PARTY, Kind.PROFILE, Kind.ACCOUNT, Kind.ENTRY})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        self.note = Note()
        self._correcting = 0
        self._memo = ""
        self.supplier = party_picker(session, "supplier")
        self.day = DateEdit(session)
        self.number = TextEditor(_, length=40)
        self._fields = (
            Field("supplier", _("Supplier"), self.supplier, beside=_("if wanted")),
            Field("number", _("Number of their note"), self.number, beside=_("if wanted")),
            Field("on", _("Date"), self.day),
        )
        for field in self._fields:
            field.editor.changed.connect(self._head_typed)
            for widget in (field.editor.edit, *field.editor.edit.findChildren(QWidget)):
                widget.installEventFilter(self)
        self.supplier.picked.connect(lambda _found: self.number.select())
        self.entry = LineEntry(session)
        self.entry.entered.connect(self._put)
        self.entry.finished.connect(self._lines_done)
        self.entry.unknown.connect(self._ask_new)
        self.entry.removed.connect(self.remove_line)
        self.entry.upwards.connect(self._to_lines)
        self.line_question = LineQuestion(_)
        self.line_question.hide()
        columns = (
            TableColumn(
                "place",
                _("Line"),
                lambda line: self._place(line),
                "integer",
                48,
                tone=lambda _l: "muted",
                spare=True,
            ),
            TableColumn("name", _("Goods"), lambda line: line.name, width=0),
            TableColumn("quantity", _("How many"), lambda line: line.quantity, "quantity", 90, weight=700),
            TableColumn("unit", "", lambda line: line.unit, width=84, tone=lambda _line: "muted"),
            TableColumn("price", _("Price (Rp)"), lambda line: line.price, "amount", 110),
            TableColumn(
                "discount", _("Discount"), lambda line: -line.discount or None, "amount", 90, spare=True
            ),
            TableColumn("amount", _("Amount (Rp)"), lambda line: line.amount, "amount", 120, weight=700),
        )
        self.table = _Lines(_, columns, row_height=40)
        self.table.setAccessibleName(_("The note"))
        self.table.opened.connect(lambda _line: self.change_line())
        self.table.typed.connect(self._type_goods)
        Invitation(
            _(
                "The note is still empty. Type the goods above: how many, at what price. What is not in the list yet"
                " is made on the way."
            ),
            self.table,
        )
        self.change_button = Button(
            _("Change the line"), icon="pencil", key="Alt+U", kind="tool", on=self.change_line
        )
        self.remove_button = Button(_("Remove the line"), key="Del", kind="tool", on=self.remove_line)
        self.empty_button = Button(_("Empty the note"), kind="link", on=self.start_over)
        self._sum = Label("", tone="muted")
        self.head = Label("", "strong", "amber", wrap=True)
        self.head.hide()
        self.payment = PaymentPanel(session)
        self.payment.ask_supplier(self._supplier_name)
        self.payment.done.connect(self.finish)
        self.payment.changed.connect(self._keep_soon)
        self.entry.changed.connect(self._keep_soon)
        tools = flow(self.change_button, self.remove_button, self.empty_button)
        counter = Card(column(self.table, box(row(tools, self._sum, margin=(12, 8, 16, 8))), gap=0, margin=1))
        top = row(*self._fields, gap=12)
        for place, share in enumerate((3, 2, 2)):
            top.setStretch(place, share)
            top.setAlignment(self._fields[place], Qt.AlignmentFlag.AlignTop)
        hints = row(
            Label("Enter", "key"),
            Label(_("on the empty goods = pay"), tone="muted"),
            8,
            Label("Del", "key"),
            Label(_("takes the line off"), tone="muted"),
            None,
            gap=6,
        )
        left = box(column(self.head, box(top), self.entry, self.line_question, counter, box(hints), gap=12))
        middle = Scroll(Split(left, self.payment, side_width=368, narrow=820))
        self.setLayout(column(middle, self.payment.foot, gap=12, margin=16))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._write_draft)

    # Coming and going

    def open(self, correct: Any = None, supplier: str = "", **_parameters: Any) -> None:
        """Come to the note; what was typed still stands in it."""
        if correct is not None:
            self._correct(int(correct))
            return
        if not self.note.lines and not self.supplier.touched:
            self._restore()
        if supplier:
            self.supplier.set_value(supplier)
        if self.note.lines or self.supplier.touched:
            self.entry.begin()
        else:
            self.supplier.select()

    def reload(self) -> None:
        """What is typed stays as it is; only the money places are read anew."""
        self.payment.reload()
        self._show(self.table.currentIndex().row())

    def month_moved(self) -> None:
        """The note has its own day."""

    def leave(self) -> bool:
        """The note is kept."""
        self._write_draft()
        return True

    def escape(self) -> bool:
        """Esc goes back to the goods, then leaves."""
        if self.line_question.isVisible():
            self.line_question.close_question()
            self.entry.begin()
            return True
        if self.entry.touched:
            self.entry.clear()
            self.entry.begin()
            return True
        if self.note.lines and self.focusWidget() is not self.entry.goods.line:
            self.entry.begin()
            return True
        return False

    # Lines

    def change_line(self) -> None:
        """Take the chosen line up again, to be changed."""
        place = self._chosen()
        if place is None:
            return
        line = self.note.lines.pop(place)
        self._show(place - 1)
        self.entry.take(line)

    def remove_line(self) -> None:
        """Take the chosen line off the note."""
        place = self._chosen()
        if place is None:
            return
        del self.note.lines[place]
        self._show(min(place, len(self.note.lines) - 1))
        self.entry.begin()

    # Saving

    def finish(self) -> None:
        """Save the note; then the next one."""
        _ = self.session.translator
        if self.entry.touched:
            # A line that was typed and not entered yet belongs to the note.
            self.entry.put()
            if self.entry.touched:
                return
        if not self.note.lines:
            self.entry.begin()
            return
        try:
            command = self._command()
        except UserError as error:
            self._refused(error)
            return
        if not self._day_meant():
            return
        total = self.note.amount + (command.freight if isinstance(command, RecordPurchase) else 0)

        def said(outcome: Outcome) -> str:
            return _("{number} is saved, {total:rp}", number=outcome.number, total=total)

        full: Command = (
            CorrectEntry(entry=self._correcting, replacement=command) if self._correcting else command
        )
        self.session.execute(full, lambda _outcome: self.start_over(), self._refused, said)

    def start_over(self) -> None:
        """An empty note."""
        self.note = Note()
        self._correcting, self._memo = 0, ""
        self.head.hide()
        self.supplier.set_value(None)
        self.number.set_value(None)
        self.day.set_value(self.session.today)
        self.entry.clear()
        self.payment.start_over()
        self._show()
        self._write_draft()
        self.supplier.select()

    def _command(self) -> Command:
        paying = self.payment.paying()
        return RecordPurchase(
            on=needed(self.day, "Please give the day.", "on"),
            lines=tuple(line.command() for line in self.note.lines),
            freight=paying.freight,
            method=paying.method,
            paid=paying.paid,
            account=paying.account,
            supplier=self.supplier.value() or "",
            due=paying.due,
            number=self.number.value() or "",
            memo=self._memo,
        )

    def _refused(self, error: LumbungError) -> bool:
        sentence = self.session.translator.error(error)
        field = next((item for item in self._fields if item.key == error.field), None)
        if field is not None:
            field.editor.fault(sentence)
            field.editor.setFocus()
            return True
        if error.field in ("product", "quantity", "price", "discount") and error.line < len(self.note.lines):
            self.table.go_to(error.line)
            return False
        return self.payment.refuse(error.field, sentence)

    def _day_meant(self) -> bool:
        _ = self.session.translator
        question = self.day.odd()
        if not question:
            return True
        words = _("It is usually a slip of the finger.")
        if not self.session.ask(question, words, _("Yes, that day"), danger=False):
            self.day.select()
            return False
        self.day.accept_odd()
        return True

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Enter goes from the supplier to the number, the day, the goods."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not enter or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return super().eventFilter(watched, event)
        editors: list[LineEditor[Any]] = [self.supplier, self.number, self.day]
        place = next((place for place, editor in enumerate(editors) if editor.edit is watched), None)
        if place is None:
            return super().eventFilter(watched, event)
        if place == 0 and self.supplier.touched and self.supplier.chosen is None:
            # The picker takes what it has found, or makes a new supplier; then the hand is at the number.
            return False
        try:
            editors[place].value()
        except UserError as error:
            editors[place].fault(self.session.translator.error(error))
            return True
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            editors[max(place - 1, 0)].select()
        elif place + 1 < len(editors):
            editors[place + 1].select()
        else:
            self.entry.begin()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter presses a button, Del takes the chosen line off."""
        key = event.key()
        focus = self.focusWidget()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focus, Button):
            focus.click()
            return
        if key == Qt.Key.Key_Delete and focus is self.table:
            self.remove_line()
        else:
            super().keyPressEvent(event)

    def _type_goods(self, text: str) -> None:
        self.entry.begin()
        self.entry.goods.line.setText(self.entry.goods.line.text() + text)

    # Inside

    def _supplier_name(self) -> str:
        found = self.supplier.chosen
        return found.name if found else ""

    def _put(self, line: NoteLine) -> None:
        self.note.lines.append(line)
        self._show(len(self.note.lines) - 1)

    def _lines_done(self) -> None:
        if self.note.lines:
            self.payment.begin()

    def _ask_new(self, barcode: str) -> None:
        """Goods nobody knows were scanned: they are made with the name that is asked for."""
        _ = self.session.translator
        self.entry.clear()

        def named(name: str) -> None:
            self.session.execute(
                AddProduct(name=name, barcode=barcode),
                lambda outcome: self.entry.choose(outcome.number),
                said=_("{name} is new in the list of goods", name=name),
            )

        self.line_question.ask_text(_("Nobody knows this barcode yet. What is it?"), named)

    def _to_lines(self) -> None:
        if self.note.lines:
            self.table.setFocus()

    def _place(self, line: NoteLine) -> int:
        return next(place for place, own in enumerate(self.note.lines, 1) if own is line)

    def _chosen(self) -> int | None:
        if not self.note.lines:
            return None
        at = self.table.currentIndex().row()
        return at if 0 <= at < len(self.note.lines) else len(self.note.lines) - 1

    def _show(self, place: int | None = None) -> None:
        _ = self.session.translator
        lines = self.note.lines
        self.table.show_rows(list(lines))
        if lines and place is not None and place >= 0:
            self.table.go_to(place)
            self.table.scrollTo(self.table.table.index(place, 0))
        self._sum.setText(_.plural("{n:n} line", "{n:n} lines", len(lines)) if lines else "")
        for button in (self.change_button, self.remove_button):
            button.setEnabled(bool(lines))
        self.payment.show_note(self.note.amount, len({line.code for line in lines}))
        self._keep_soon()

    def _head_typed(self) -> None:
        self.payment.show_note(self.note.amount, len({line.code for line in self.note.lines}))
        self._keep_soon()

    def _correct(self, entry: int) -> None:
        reader = self.session.reading()
        command = original_command(reader, entry)
        if not isinstance(command, RecordPurchase):
            return
        self._write_draft()
        note = Note()
        for line in command.lines:
            product = scanned_product(reader, line.product) or product_facts(reader, line.product)
            product = product or next(iter(search_products(reader, line.product, 1)), None)
            if product is None:
                continue
            large = bool(line.unit) and line.unit.casefold() == product.big_unit.casefold()
            unit = product.big_unit if large else product.unit
            note.lines.append(
                NoteLine(
                    product.code, product.name, unit, line.quantity, line.price, line.discount, large=large
                )
            )
        self.note = note
        self._correcting, self._memo = entry, command.memo
        self.entry.clear()
        self.supplier.set_value(_code_of(self.session, command.supplier))
        self.day.set_value(command.on)
        self.number.set_value(command.number or None)
        method, paid = command.method, command.paid
        if paid is not None and paid < note.amount + command.freight:
            # What was not paid is owed, whatever way the note names.
            method = PurchaseMethod.CREDIT
        self.payment.fill(Paying(method, command.account, command.freight, paid, command.due))
        _ = self.session.translator
        self.head.setText(
            _("You are putting a record right: the old one is reversed, this one takes its place.")
        )
        self.head.show()
        self._show(len(note.lines) - 1)
        self.entry.begin()

    # Drafts

    def _keep_soon(self) -> None:
        self._timer.start(_DRAFT_AFTER_MS)

    def _write_draft(self) -> None:
        if self._correcting:
            return
        kept = {"lines": self.note.to_text(), **self.payment.state()}
        kept |= {field.key: field.editor.state() for field in self._fields if field.editor.touched}
        if self.entry.touched:
            kept["goods"] = self.entry.goods.state()
        self.session.drafts.keep(_DRAFT, kept)

    def _restore(self) -> None:
        kept = self.session.drafts.found(_DRAFT)
        if not kept:
            return
        self.note = Note.from_text(kept.get("lines", ""))
        for field in self._fields:
            if kept.get(field.key):
                field.editor.restore(kept[field.key])
        self.payment.restore(kept)
        if kept.get("goods"):
            self.entry.goods.restore(kept["goods"])
        self._show(len(self.note.lines) - 1)
        self.session.toast(self.session.translator("What you had typed here is back."))


def _code_of(session: Session, name: str) -> str | None:
    """A supplier as the picker knows it: by the code, also where the record gave the name."""
    if not name:
        return None
    found = search_parties(session.reading(), "supplier", name, 1)
    return found[0].code if found else name
