"""The line that is being typed: goods, how many, price or total, discount. Enter goes right, then on the note."""

from decimal import Decimal
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.base.errors import UserError
from app.base.money import half_up
from app.ledger.products.queries import ProductFacts, product_facts, scanned_product
from app.ui.bridge import Session
from app.ui.pages.buy.note import NoteLine, price_of_total
from app.ui.pickers import product_picker
from app.ui.widgets.editor import ChoiceEditor, Editor, LineEditor
from app.ui.widgets.form import Field
from app.ui.widgets.label import Label
from app.ui.widgets.layout import Card, column, row
from app.ui.widgets.number_edit import MoneyEdit, QuantityEdit

_LARGE = "large"
_ONE = Decimal(1)
_BARCODE = 7  # digits from which a number is taken for a barcode
_UP, _DELETE = Qt.Key.Key_Up, Qt.Key.Key_Delete


class _Slim(Editor[Any]):
    """A narrow field in a row: what is wrong with it is said below the whole row, not in its own width."""

    def fault(self, text: str) -> None:
        """Mark it."""
        self.edit.setProperty("fault", bool(text))
        self.edit.style().unpolish(self.edit)
        self.edit.style().polish(self.edit)
        self.edit.setAccessibleDescription(text)

    def note(self, text: str, tone: str = "muted", sign: str = "") -> None:
        """Words below it would be broken letter by letter."""


class _SlimMoney(_Slim, MoneyEdit):
    """Rupiah in a row."""


class _SlimQuantity(_Slim, QuantityEdit):
    """A quantity in a row."""


class LineEntry(Card):
    """Says `entered(line)` when a line is whole, `finished` on Enter where no goods are given any more."""

    entered = Signal(object)  # NoteLine
    finished = Signal()
    removed = Signal()  # Del where no goods are given
    unknown = Signal(str)  # a barcode that no goods have
    upwards = Signal()  # the arrow there: to the lines of the note
    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        _ = session.translator
        self._session = session
        self._loading = False
        self.goods = product_picker(session)
        self.quantity = _SlimQuantity(_)
        self.unit = ChoiceEditor(_, [])
        self.price = _SlimMoney(_)
        self.discount = _SlimMoney(_)
        self.total = _SlimMoney(_)
        fields: tuple[tuple[Editor[Any], str, int], ...] = (
            (self.goods, _("Goods"), 0),
            (self.quantity, _("How many"), 72),
            (self.unit, _("Unit"), 110),
            (self.price, _("Price (Rp)"), 104),
            (self.discount, _("Discount"), 92),
            (self.total, _("Amount (Rp)"), 116),
        )
        self.fields: list[Field] = []
        line = row(gap=10)
        for editor, label, width in fields:
            made = Field("", label, editor)
            if width:
                made.setFixedWidth(width)
            else:
                made.setMinimumWidth(150)
            line.addWidget(made, 0 if width else 1, Qt.AlignmentFlag.AlignTop)
            self.fields.append(made)
            for widget in (editor.edit, *editor.edit.findChildren(QWidget)):
                widget.installEventFilter(self)
        self.unit_field = self.fields[2]
        self.unit_field.hide()
        self.trouble = Label("", tone="out", wrap=True)
        self.trouble.hide()
        self.setLayout(column(line, self.trouble, gap=6, margin=(14, 10, 14, 10)))
        self.goods.picked.connect(lambda _found: self._goods_chosen())
        self.unit.changed.connect(self._unit_chosen)
        for editor in (self.quantity, self.price, self.discount):
            editor.changed.connect(self._tell_total)
        self.total.changed.connect(self._total_typed)
        self.goods.changed.connect(self.changed)

    # Using

    def begin(self) -> None:
        """The hand goes to the goods."""
        self.goods.select()

    def choose(self, code: str) -> None:
        """Take these goods, as if they had been picked."""
        self.goods.set_value(code)
        self._goods_chosen()

    def clear(self) -> None:
        """For the next line."""
        self._loading = True
        self.goods.set_value(None)
        for editor in (self.quantity, self.price, self.discount, self.total):
            editor.set_value(None)
            editor.fault("")
        self.trouble.hide()
        self.unit_field.hide()
        self._loading = False

    def take(self, line: NoteLine) -> None:
        """Put a line of the note back into the fields, to be changed."""
        self.clear()
        self._loading = True
        self.goods.set_value(line.code)
        self._offer_units(product_facts(self._session.reading(), line.code), large=line.large)
        self.quantity.set_value(line.quantity)
        self.price.set_value(line.price)
        self.discount.set_value(line.discount or None)
        self.total.set_value(line.amount)
        self._loading = False
        self.quantity.select()

    @property
    def touched(self) -> bool:
        """Whether goods are given."""
        return bool(self.goods.line.text().strip())

    def line(self) -> NoteLine:
        """The line that stands in the fields; raises UserError with the field that is wrong."""
        code = self.goods.value()
        found = self.goods.chosen
        if code is None or found is None:
            raise UserError("Please say what was bought.", field="product")
        product = product_facts(self._session.reading(), code)
        quantity = self.quantity.value()
        if not quantity or quantity <= 0:
            raise UserError("The quantity is more than 0.", field="quantity")
        price, discount = self.price.value(), self.discount.value() or 0
        if price is None:
            raise UserError("Please give the price, or the total.", field="price")
        if discount > half_up(quantity * price):
            raise UserError("The discount is more than the line comes to.", field="discount")
        large = self.unit.value() == _LARGE and not self.unit_field.isHidden()
        unit = "" if product is None else product.big_unit if large else product.unit
        return NoteLine(code, found.name, unit, quantity, price, discount, large=large)

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Enter goes right, Shift+Enter left; on no goods Enter ends the lines, Del and Up act on them."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if watched is self.goods.line and not self.touched and event.key() in (_UP, _DELETE):
            # The field and what scrolls around it would both take these keys for themselves.
            (self.upwards if event.key() == _UP else self.removed).emit()
            return True
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not enter or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return super().eventFilter(watched, event)
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if watched is self.goods.line and not back:
            if not self.touched:
                self.finished.emit()
                return True
            code = self.goods.line.text().strip()
            if (
                code.isdecimal()
                and len(code) >= _BARCODE
                and not scanned_product(self._session.reading(), code)
            ):
                self.unknown.emit(code)
                return True
            if self.goods.chosen is None:
                # The picker takes what it has found, or makes new goods; then the hand is at the quantity.
                return False
        self._go_on(watched, back=back)
        return True

    def _go_on(self, watched: QObject, *, back: bool) -> None:
        shown = [field.editor for field in self.fields if not field.isHidden()]
        place = next((place for place, editor in enumerate(shown) if editor.edit is watched), None)
        if place is None:
            return
        try:
            shown[place].value()
        except UserError as error:
            self._refuse(shown[place], error)
            return
        if back or place + 1 < len(shown):
            target = shown[max(place - 1, 0) if back else place + 1]
            if isinstance(target, LineEditor):
                target.select()
            else:
                target.setFocus()
            return
        self.put()

    def put(self) -> None:
        """Put the line on the note, or say what is wrong with it."""
        try:
            line = self.line()
        except UserError as error:
            places = {
                "product": self.goods,
                "quantity": self.quantity,
                "price": self.price,
                "discount": self.discount,
            }
            editor: Editor[Any] = places.get(error.field, self.goods)
            self._refuse(editor, error)
            editor.setFocus()
            return
        self.clear()
        self.entered.emit(line)
        self.begin()

    # Inside

    def _refuse(self, editor: Editor[Any], error: UserError) -> None:
        sentence = self._session.translator.error(error)
        editor.fault(sentence)
        if editor is not self.goods:
            self.trouble.setText(sentence)
            self.trouble.show()

    def _goods_chosen(self) -> None:
        code = self.goods.value_or_none()
        product = product_facts(self._session.reading(), code) if code else None
        if product is None:
            return
        self._loading = True
        self._offer_units(product, large=False)
        self.quantity.set_value(self.quantity_or_one())
        self.price.set_value(product.buy_price or None)
        self._loading = False
        self._tell_total()
        self.quantity.select()

    def quantity_or_one(self) -> Decimal:
        """What stands in the field, else one."""
        try:
            return self.quantity.value() or _ONE
        except UserError:
            return _ONE

    def _offer_units(self, product: ProductFacts | None, *, large: bool) -> None:
        units = product is not None and bool(product.big_unit and product.big_size)
        if product is not None and units:
            size = self._session.translator.format.quantity(product.big_size)
            self.unit.set_choices(
                [("", product.unit), (_LARGE, f"{product.big_unit} ({size} {product.unit})")]
            )
            self.unit.set_value(_LARGE if large else "")
        self.unit_field.setVisible(units)

    def _unit_chosen(self) -> None:
        """The price of the other unit: what is known is for the goods' own one."""
        code = self.goods.value_or_none()
        product = product_facts(self._session.reading(), code) if code else None
        if self._loading or product is None or not product.buy_price:
            return
        size = product.big_size if self.unit.value() == _LARGE else _ONE
        self.price.set_value(half_up(product.buy_price * size))

    def _tell_total(self) -> None:
        self.trouble.hide()
        if self._loading:
            return
        try:
            quantity, price = self.quantity.value(), self.price.value()
            discount = self.discount.value() or 0
        except UserError:
            return
        self._loading = True
        if quantity and price is not None:
            self.total.set_value(half_up(quantity * price) - discount)
        else:
            self.total.set_value(None)
        self._loading = False
        self.changed.emit()

    def _total_typed(self) -> None:
        """The note says only what the line comes to: the price follows."""
        if self._loading:
            return
        try:
            quantity, total = self.quantity.value(), self.total.value()
        except UserError:
            return
        if not quantity or quantity <= 0 or total is None:
            return
        price, discount = price_of_total(quantity, total, 0)
        self._loading = True
        self.price.set_value(price)
        self.discount.set_value(discount or None)
        self._loading = False
        self.changed.emit()
