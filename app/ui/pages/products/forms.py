"""The forms of a product: its data, the stock it begins with, what was counted or damaged."""

from decimal import Decimal
from typing import Any

from app.ledger.products.commands import AddProduct, AdjustStock, ChangeProduct, SetOpeningStock
from app.ledger.products.queries import ProductFacts
from app.ui.bridge import Session
from app.ui.widgets.date_edit import DateEdit
from app.ui.widgets.editor import ChoiceEditor, SwitchEditor, TextEditor, needed
from app.ui.widgets.form import Form
from app.ui.widgets.number_edit import MoneyEdit, QuantityEdit

_NOTHING = Decimal(0)


class ProductForm(Form):
    """A new product, or the data of one that is known. Only the name is needed."""

    def __init__(self, session: Session) -> None:
        _ = session.translator
        super().__init__(session, "product", self._make, save=_("Save the goods"))
        self._known: ProductFacts | None = None
        self.title = TextEditor(_, hint=_("for example Gula pasir 1 kg"))
        self.sell = MoneyEdit(_)
        self.buy = MoneyEdit(_)
        self.unit = TextEditor(_, hint=_("kg, pack, bottle"), length=20)
        self.barcode = TextEditor(_, hint=_("scan it here"), length=40)
        self.category = TextEditor(_, length=40)
        self.minimum = QuantityEdit(_)
        self.big_unit = TextEditor(_, hint=_("for example carton"), length=20)
        self.big_size = QuantityEdit(_, hint=_("how many in it"))
        self.service = SwitchEditor(_, _("Work, without stock"))
        self.active = SwitchEditor(_, _("In use"), on=True)
        self.add("name", _("Name"), self.title)
        self.add_beside(
            ("sell_price", _("Selling price"), self.sell), ("buy_price", _("Buying price"), self.buy)
        )
        self.add_beside(("unit", _("Unit"), self.unit), ("category", _("Category"), self.category))
        self.add("barcode", _("Barcode"), self.barcode)
        self.add("minimum", _("Tell me when less is left than"), self.minimum)
        self.add_beside(("big_unit", _("Large unit"), self.big_unit), ("big_size", _("Holds"), self.big_size))
        self.add("service", _("Kind"), self.service)
        self.add("active", _("State"), self.active)

    def begin_new(self, name: str = "") -> None:
        """Ask for a new product."""
        self._known = None
        self.fields["active"].hide()
        self.again_button.show()
        self.begin({"name": name, "active": True} if name else None)
        self.active.set_value(True)

    def begin_known(self, product: ProductFacts) -> None:
        """Ask for what is to be changed."""
        self._known = product
        self.fields["active"].show()
        self.again_button.hide()
        self.begin(
            {
                "name": product.name,
                "sell_price": product.sell_price or None,
                "buy_price": product.buy_price or None,
                "unit": product.unit,
                "category": product.category,
                "barcode": product.barcode,
                "minimum": product.minimum or None,
                "big_unit": product.big_unit,
                "big_size": product.big_size or None,
                "service": product.service,
                "active": product.active,
            }
        )

    def _make(self) -> AddProduct | ChangeProduct:
        given: dict[str, Any] = {
            "name": needed(self.title, "Please give a name.", "name"),
            "sell_price": self.sell.value() or 0,
            "buy_price": self.buy.value() or 0,
            "unit": self.unit.value() or "",
            "category": self.category.value() or "",
            "barcode": self.barcode.value() or "",
            "minimum": self.minimum.value() or _NOTHING,
            "big_unit": self.big_unit.value() or "",
            "big_size": self.big_size.value() or _NOTHING,
            "service": bool(self.service.value()),
        }
        if self._known is None:
            return AddProduct(**given)
        return ChangeProduct(product=self._known.code, active=bool(self.active.value()), **given)

    def keep_draft(self) -> None:
        """Only what is new is kept: the data of a known product stand in the book."""
        if self._known is None:
            super().keep_draft()


class StockForm(Form):
    """The stock of one product: taken over, counted, or damaged."""

    def __init__(self, session: Session) -> None:
        _ = session.translator
        super().__init__(
            session, "stock", self._make, effect=self._tell, save=_("Save the stock"), again=False
        )
        self._product: ProductFacts | None = None
        self.way = ChoiceEditor(
            _,
            [
                ("counted", _("Counted: this much is there")),
                ("damaged", _("Damaged or lost")),
                ("opening", _("Taken over from the old book")),
            ],
        )
        self.quantity = QuantityEdit(_)
        self.worth = MoneyEdit(_, empty=_("Empty: at the buying price"))
        self.memo = TextEditor(_)
        self.day = DateEdit(session)
        self.add("way", _("What happened"), self.way)
        self.add("quantity", _("How much"), self.quantity)
        self.add("value", _("Worth in all"), self.worth)
        self.add("memo", _("Words"), self.memo, beside=_("if wanted"))
        self.add("on", _("At the close of"), self.day)
        self.way.changed.connect(self._way_changed)
        self._way_changed()

    def begin_for(self, product: ProductFacts) -> None:
        """Ask about this product."""
        self._product = product
        self.begin({})
        kept = product.stock is not None
        self.way.set_value("counted" if kept else "opening")
        self.quantity.setFocus()

    def keep_draft(self) -> None:
        """A count belongs to one product and is done at once; there is nothing to keep."""

    def _way_changed(self) -> None:
        self.fields["value"].setVisible(self.way.value() == "opening")

    def _make(self) -> AdjustStock | SetOpeningStock:
        assert self._product is not None
        code = self._product.code
        on = needed(self.day, "Please give the day.", "on")
        quantity = needed(self.quantity, "Please give the quantity.", "quantity")
        memo = self.memo.value() or ""
        match self.way.value():
            case "opening":
                return SetOpeningStock(
                    on=on, product=code, quantity=quantity, value=self.worth.value(), memo=memo
                )
            case "damaged":
                return AdjustStock(on=on, product=code, damaged=quantity, memo=memo)
            case _:
                return AdjustStock(on=on, product=code, counted=quantity, memo=memo)

    def _tell(self) -> list[str]:
        _ = self.session.translator
        product, quantity = self._product, self.quantity.value()
        if product is None or quantity is None:
            return []
        before = product.stock or _NOTHING
        after = {
            "counted": quantity,
            "damaged": before - quantity,
            "opening": before + quantity,
        }[self.way.value() or "counted"]
        lines = [
            _(
                "{name}: {before:qty} becomes {after:qty} {unit}.",
                name=product.name,
                before=before,
                after=after,
                unit=product.unit,
            )
        ]
        if self.way.value() == "counted" and quantity < before:
            lines.append(_("What is missing becomes a cost."))
        if self.way.value() == "damaged":
            lines.append(_("What was damaged becomes a cost."))
        return lines
