"""The list of goods with search, the chosen one at its side, and the forms that change it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QStackedWidget

from app.ledger.changes import Kind, Outcome
from app.ledger.products.queries import ProductFacts, product_facts, product_list
from app.ui import theme
from app.ui.bridge import Session
from app.ui.pages.page import Page
from app.ui.pages.products.forms import ProductForm, StockForm
from app.ui.widgets.button import Button, Chip
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.label import Label
from app.ui.widgets.layout import Card, Scroll, Split, box, clear, column, flow, row, rule
from app.ui.widgets.page_head import PageHead
from app.ui.widgets.search import SearchField
from app.ui.widgets.table import Table, TableColumn, Totals


class ProductsPage(Page):
    """Barang: what is sold, at which price, and what is left of it."""

    shows = frozenset({Kind.PRODUCT, Kind.SALE, Kind.PURCHASE, Kind.ENTRY})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        self._rows: list[ProductFacts] = []
        self._code = ""
        self.new_button = Button(_("New goods"), icon="plus", key="Ctrl+N", kind="primary", on=self.add)
        self.import_button = Button(
            _("Import from Excel"), icon="upload", key="Alt+E", on=lambda: session.go("importing")
        )
        self.search = SearchField(_("Name, code or barcode"))
        self.search.looked_for.connect(lambda _text: self._fill())
        self.low = Chip(_("Running out"), attention=True)
        self.out_of_use = Chip(_("Out of use"))
        for chip in (self.low, self.out_of_use):
            chip.clicked.connect(lambda _on: self._fill())
        columns = (
            TableColumn(
                "code", _("Code"), lambda row: row.code, width=90, tone=lambda _row: "muted", spare=True
            ),
            TableColumn("name", _("Name"), lambda row: row.name, width=0, tone=_tone, weight=500),
            TableColumn("price", _("Price (Rp)"), lambda row: row.sell_price or None, "amount", 100),
            TableColumn(
                "stock", _("In stock"), lambda row: row.stock, "quantity", 80, tone=_stock_tone, weight=600
            ),
            TableColumn(
                "unit", _("Unit"), lambda row: row.unit, width=80, tone=lambda _row: "muted", spare=True
            ),
            TableColumn("value", _("Worth (Rp)"), lambda row: row.value, "amount", 120, spare=True),
        )
        self.table = Table(_, columns, row_height=theme.LIST_ROW_HEIGHT)
        self.table.setAccessibleName(_("Goods"))
        self.search.lead_into(self.table)
        self.table.chosen.connect(self._show)
        self.table.opened.connect(self.change)
        self.totals = Totals()
        self._detail = column(gap=8)
        self._shown_product: ProductFacts | None = None
        self.change_button = Button(
            _("Change it"), icon="pencil", key="Alt+U", on=self._with_shown(self.change)
        )
        self.count_button = Button(
            _("Count the stock"), icon="clipboard-list", key="Alt+S", on=self._with_shown(self.count)
        )
        self.card_button = Button(
            _("Stock card"), kind="link", key="Alt+K", on=self._with_shown(self._open_card)
        )
        self._buttons = box(flow(self.change_button, self.count_button, self.card_button))
        self.form = ProductForm(session)
        self.stock_form = StockForm(session)
        self.form.saved.connect(self._saved)
        self.stock_form.saved.connect(lambda _outcome: self._back_to(self._code))
        self.side = QStackedWidget()
        self.side.addWidget(
            Card(column(Scroll(box(column(self._detail, 4, self._buttons, None))), margin=16))
        )
        self.side.addWidget(self.form)
        self.side.addWidget(self.stock_form)
        self._split = Split(
            Card(column(self.table, self.totals, gap=0, margin=1)),
            self.side,
            side_width=380,
            tight=(860, 300),
        )
        self._tools = box(column(self.search, flow(self.low, self.out_of_use), gap=12))
        self._empty = EmptyState(
            "package",
            _("No goods yet"),
            _(
                "Record what you sell once; the price and what is left then fill in by themselves whenever you sell."
            ),
            [
                Button(_("Add the first goods"), icon="plus", key="Ctrl+N", kind="primary", on=self.add),
                Button(
                    _("Import from Excel"), icon="upload", key="Alt+E", on=lambda: session.go("importing")
                ),
                Button(
                    _("See an example"), kind="link", key="Alt+L", on=lambda: session.show_sample("products")
                ),
            ],
        )
        self._head = PageHead(_("Goods"), actions=(self.new_button, self.import_button))
        self.setLayout(
            column(
                self._head,
                self._tools,
                self._split,
                self._empty,
                gap=12,
                margin=theme.PAGE,
            )
        )

    def open(self, product: str = "", **_parameters: Any) -> None:
        """Come to the list, or to one product."""
        self._dirty = False
        self.reload()
        if product:
            self.search.clear()
            self._back_to(product)
        elif self.side.currentIndex() == 0:
            self.search.setFocus()

    def reload(self) -> None:
        """Read the goods."""
        self._rows = product_list(self.session.reading())
        self._fill()

    def month_moved(self) -> None:
        """Stock is what is there now, whatever month is looked at."""

    def escape(self) -> bool:
        """Esc leaves a form, then empties the search."""
        if self.side.currentIndex():
            self._close_form()
            return True
        if self.search.text():
            self.search.clear()
            return True
        return False

    def add(self) -> None:
        """Ask for a new product."""
        self._split.show()
        self._tools.show()
        self._empty.hide()
        self.side.setCurrentWidget(self.form)
        self.form.begin_new(self.search.text().strip() if not self.table.table.rowCount() else "")

    def change(self, product: ProductFacts) -> None:
        """Ask for what is to be changed."""
        self.side.setCurrentWidget(self.form)
        self.form.begin_known(product)

    def count(self, product: ProductFacts) -> None:
        """Ask for the stock."""
        self._code = product.code
        self.side.setCurrentWidget(self.stock_form)
        self.stock_form.begin_for(product)

    def _close_form(self) -> None:
        self.form.start_over() if not self.form.touched else self.form.keep_draft()
        self.side.setCurrentIndex(0)
        self._fill()
        self.search.setFocus()

    def _saved(self, outcome: Outcome) -> None:
        if not self.form.going_on:
            self._back_to(outcome.number)

    def _back_to(self, code: str) -> None:
        self.side.setCurrentIndex(0)
        self._fill()
        for place, product in enumerate(self._shown()):
            if product.code == code:
                self.table.go_to(place)
                self.table.setFocus()
                return
        self.search.setFocus()

    def _shown(self) -> list[ProductFacts]:
        typed = self.search.text().strip().casefold()
        rows = [row for row in self._rows if row.active != self.out_of_use.isChecked()]
        if self.low.isChecked():
            rows = [row for row in rows if _is_low(row)]
        if typed:
            rows = [
                row
                for row in rows
                if typed in (row.code.casefold(), row.barcode)
                or row.code.casefold().startswith(typed)
                or any(word.startswith(typed) for word in row.name.casefold().split())
                or row.name.casefold().startswith(typed)
            ]
        return rows

    def _fill(self) -> None:
        _ = self.session.translator
        shown = self._shown()
        low = sum(_is_low(row) for row in self._rows if row.active)
        self.low.set_text(_("Running out {n:n}", n=low) if low else _("Running out"))
        self.low.set_attention(on=bool(low))
        self.table.show_rows(shown)
        fresh = not self._rows and self.side.currentIndex() == 0
        for widget in (self._split, self._tools, self.new_button, self.import_button):
            widget.setVisible(not fresh)
        self._empty.setVisible(fresh)
        worth = sum(row.value or 0 for row in shown)
        self.totals.tell(
            _.plural("{n:n} product", "{n:n} products", len(shown)), _("Worth {amount:rp}", amount=worth)
        )
        if shown and not self.table.currentIndex().isValid():
            self.table.go_to(0)
        self._show(self.table.current())

    def _show(self, chosen: ProductFacts | None) -> None:
        _ = self.session.translator
        clear(self._detail)
        if chosen is None:
            words = _("Nothing fits. Enter a name and press Ctrl+N to add it.")
            self._detail.addWidget(Label(words, tone="muted", wrap=True))
            self._act_on(None)
            return
        product = product_facts(self.session.reading(), chosen.code) or chosen
        self._detail.addWidget(Label(product.name, "title", wrap=True))
        price = _.format.rupiah(product.sell_price) if product.sell_price else _("no price yet")
        self._detail.addWidget(Label(price, "figure", "plain" if product.sell_price else "amber"))
        left = "–" if product.stock is None else f"{_.format.quantity(product.stock)} {product.unit}".strip()
        worth = "–" if product.value is None else _.format.rupiah(product.value)
        for word, value in (
            (_("In stock"), left),
            (_("Worth"), worth),
            (_("Buying price"), _.format.rupiah(product.buy_price) if product.buy_price else "–"),
            (_("Barcode"), product.barcode or "–"),
            (_("Category"), product.category or "–"),
            (_("Code"), product.code),
        ):
            self._detail.addWidget(rule())
            self._detail.addLayout(row(Label(word, tone="muted"), None, Label(value, right=True)))
        if _is_low(product):
            words = _("Less than {minimum:qty} {unit} left.", minimum=product.minimum, unit=product.unit)
            self._detail.addWidget(Label(words, "strong", "amber", wrap=True))
        self._act_on(product)

    def _act_on(self, product: ProductFacts | None) -> None:
        self._shown_product = product
        self._buttons.setVisible(product is not None)
        for button in (self.count_button, self.card_button):
            button.setVisible(product is not None and not product.service)

    def _with_shown(self, act: Callable[[ProductFacts], object]) -> Callable[[], None]:
        def do() -> None:
            if self._shown_product is not None:
                act(self._shown_product)

        return do

    def _open_card(self, product: ProductFacts) -> None:
        self.session.go("reports", report="stock-card", product=product.code)


def _is_low(row: ProductFacts) -> bool:
    return row.stock is not None and bool(row.minimum) and row.stock < row.minimum


def _tone(row: ProductFacts) -> str:
    return "" if row.active else "muted"


def _stock_tone(row: ProductFacts) -> str:
    return "amber" if _is_low(row) else "out" if row.stock is not None and row.stock < 0 else ""
