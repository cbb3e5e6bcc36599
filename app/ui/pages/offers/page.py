"""Produk simpan pinjam: three views, savings products, loan products, and the rules of loan quality."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.base.dates import Month
from app.ledger.changes import Kind
from app.ledger.loans.offered import LoanProduct, loan_products
from app.ledger.loans.product_commands import SetLoanProduct
from app.ledger.savings.commands import SetSavingsProduct
from app.reports.loans import penalty_text
from app.ui import theme
from app.ui.bridge import Session
from app.ui.loan_words import METHODS, PER
from app.ui.pages.offers.classes import ClassesView
from app.ui.pages.offers.loans import LoanProductForm
from app.ui.pages.offers.savings import KINDS, SavingsProduct, SavingsProductForm, savings_products
from app.ui.pages.page import Page
from app.ui.widgets.button import Button
from app.ui.widgets.layout import Card, box, column, row
from app.ui.widgets.page_head import PageHead
from app.ui.widgets.table import Table, TableColumn, Totals

AnyForm = SavingsProductForm | LoanProductForm


class ProductsView(QWidget):
    """A list of products with the form of one."""

    def __init__(
        self,
        session: Session,
        columns: Sequence[TableColumn],
        form: AnyForm,
        name: str,
        set_active: Callable[[str, bool], Any],
    ) -> None:
        super().__init__()
        self.session, self.form = session, form
        _ = session.translator
        self._set_active = set_active
        state = TableColumn(
            "state",
            _("State"),
            lambda item: _("offered") if item.active else _("out of use"),
            width=104,
            tone=lambda item: "" if item.active else "muted",
        )
        self.table = Table(_, (*columns, state), row_height=theme.LIST_ROW_HEIGHT)
        self.table.setAccessibleName(name)
        self.table.opened.connect(form.begin_known)
        self.table.opened.connect(lambda _item: self.show_form())
        self.table.chosen.connect(lambda _item: self._tell())
        self.totals = Totals()
        self.state_button = Button(_("Take out of use"), key="Alt+T", on=self.switch)
        self.new_button = Button(_("New product"), icon="plus", key="Ctrl+N", kind="primary", on=self.begin)
        self.back_button = Button(_("All products"), icon="arrow-left", key="Esc", on=self.escape)
        form.saved.connect(lambda _outcome: self.escape())
        listed = column(
            row(None, self.state_button, self.new_button),
            Card(column(self.table, self.totals, gap=0, margin=1)),
            gap=12,
        )
        listed.setStretch(1, 1)
        asked = column(row(self.back_button, None), form, gap=12)
        asked.setStretch(1, 1)
        self._list, self._form = box(listed), box(asked)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._form)
        self.setLayout(column(self._stack))

    def show_products(self, found: Sequence[Any]) -> None:
        """Show these."""
        _ = self.session.translator
        self.table.show_rows(found)
        if found and not self.table.currentIndex().isValid():
            self.table.go_to(0)
        self.totals.tell(_.plural("{n:n} offer", "{n:n} offers", len(found)))
        self._tell()

    def begin(self) -> None:
        """A new product."""
        self.show_form()
        self.form.begin_new()

    def show_form(self) -> None:
        """The form in place of the list."""
        self._stack.setCurrentWidget(self._form)

    def escape(self) -> bool:
        """From the form back to the list."""
        if self._stack.currentWidget() is self._list:
            return False
        self._stack.setCurrentWidget(self._list)
        self.table.setFocus()
        return True

    def switch(self) -> None:
        """Take the chosen product out of use, or offer it again."""
        item = self.table.current()
        if item is not None:
            _ = self.session.translator
            said = (
                _("{name} is not offered any more", name=item.name)
                if item.active
                else _("{name} is offered again", name=item.name)
            )
            self.session.execute(self._set_active(item.code, not item.active), said=said)

    def _tell(self) -> None:
        _, item = self.session.translator, self.table.current()
        self.state_button.setEnabled(item is not None)
        off = item is not None and not item.active
        self.state_button.set_text(_("Offer again") if off else _("Take out of use"))


class OffersPage(Page):
    """Savings products, loan products, loan quality."""

    shows: ClassVar[frozenset[Kind]] = frozenset({Kind.SAVINGS, Kind.LOAN, Kind.ACCOUNT, Kind.RATE})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        muted = lambda _item: "muted"  # noqa: E731 - one word for several columns
        self.savings_form, self.loan_form = SavingsProductForm(session), LoanProductForm(session)
        self.savings = ProductsView(
            session,
            (
                TableColumn("name", _("Name"), lambda item: item.name, width=0, weight=500),
                TableColumn("kind", _("Kind"), lambda item: _(KINDS[item.kind]), width=220, spare=1),
                TableColumn("code", _("Code"), lambda item: item.code, width=120, tone=muted, spare=2),
                TableColumn(
                    "account", _("Account"), lambda item: item.account, width=84, tone=muted, spare=3
                ),
                TableColumn("amount", _("Asked for (Rp)"), _asked, "amount", 128),
                TableColumn("rate", _("% a year"), lambda item: item.terms.highest or None, "quantity", 92),
                TableColumn("members", _("Members"), lambda item: item.members or None, "integer", 90),
            ),
            self.savings_form,
            _("Savings products"),
            lambda code, active: SetSavingsProduct(code=code, active=active),
        )
        methods, per = dict(METHODS), dict(PER)
        self.loans = ProductsView(
            session,
            (
                TableColumn("name", _("Name"), lambda item: item.name, width=0, weight=500),
                TableColumn("code", _("Code"), lambda item: item.code, width=120, tone=muted, spare=2),
                TableColumn("rate", _("Interest %"), lambda item: item.rate, "quantity", 96, weight=600),
                TableColumn("per", _("Percent for"), lambda item: _(per[item.per]), width=110),
                TableColumn(
                    "method", _("How it is counted"), lambda item: _(methods[item.method]), width=190
                ),
                TableColumn(
                    "penalty",
                    _("Penalty"),
                    lambda item: penalty_text(_, item.penalty_terms),
                    width=210,
                    spare=1,
                ),
            ),
            self.loan_form,
            _("Loan products"),
            lambda code, active: SetLoanProduct(code=code, active=active),
        )
        self.classes = ClassesView(session)
        self._views: dict[str, ProductsView | ClassesView] = {
            "savings": self.savings,
            "loans": self.loans,
            "classes": self.classes,
        }
        self.buttons: dict[str, Button] = {}
        for number, (key, icon, words) in enumerate(
            (
                ("savings", "piggy-bank", _("Savings")),
                ("loans", "hand-coins", _("Lending")),
                ("classes", "chart-column", _("Loan quality")),
            ),
            1,
        ):
            self.buttons[key] = Button(
                words, icon=icon, key=f"Alt+{number}", kind="method", on=partial(self.show_view, key)
            )
        self._stack = QStackedWidget()
        for view in self._views.values():
            self._stack.addWidget(view)
        made = column(
            PageHead(_("Savings and loan products"), actions=list(self.buttons.values())),
            self._stack,
            gap=theme.GAP,
            margin=theme.PAGE,
        )
        made.setStretch(1, 1)
        self.setLayout(made)
        self.show_view("savings")

    def open(self, **parameters: Any) -> None:
        """The savings products, or another view (`view`: loans, classes)."""
        view = str(parameters.get("view", ""))
        self.show_view(view if view in self._views else "savings")

    def reload(self) -> None:
        """Read the products and the rules."""
        reader = self.session.reading()
        self.savings.show_products(savings_products(reader, Month.of(self.session.today)))
        found: list[LoanProduct] = loan_products(reader)
        self.loans.show_products(found)
        self.classes.reload()

    def month_moved(self) -> None:
        """What is offered is as of today."""

    def escape(self) -> bool:
        """From a form back to its list."""
        view = self._stack.currentWidget()
        return isinstance(view, ProductsView) and view.escape()

    def show_view(self, name: str) -> None:
        """Show one of the three."""
        view = self._views[name]
        self._stack.setCurrentWidget(view)
        for key, button in self.buttons.items():
            button.setChecked(key == name)
            button.update()
        view.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _asked(item: SavingsProduct) -> int | None:
    return item.amount or None
