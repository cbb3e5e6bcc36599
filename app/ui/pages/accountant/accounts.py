"""The chart of accounts as a tree with balances; accounts are added, renamed, taken out of use."""

from typing import Any, ClassVar, Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from app.base.errors import UserError
from app.base.i18n import N_
from app.ledger.accounts.chart import AccountRow, Chart, read_chart
from app.ledger.accounts.commands import AccountType, AddAccount, RenameAccount, SetAccountActive
from app.ledger.changes import Kind
from app.ledger.command import Command
from app.ledger.entries.queries import balances
from app.ui import theme
from app.ui.bridge import Session
from app.ui.pages.page import Page
from app.ui.widgets.button import Button, Chip
from app.ui.widgets.editor import ChoiceEditor, TextEditor
from app.ui.widgets.form import Form
from app.ui.widgets.label import Label
from app.ui.widgets.layout import Card, Split, box, column, flow, row
from app.ui.widgets.page_head import PageHead
from app.ui.widgets.search import SearchField

_ROW: Final = 30
# The widest code of a chart, a step to the right, and an amount of billions.
_CODE_WIDTH, _AMOUNT_WIDTH = 116, 150
_CODE: Final = Qt.ItemDataRole.UserRole
_TYPES: Final = (
    (AccountType.ASSET, N_("Asset")),
    (AccountType.LIABILITY, N_("Liability")),
    (AccountType.EQUITY, N_("Equity")),
    (AccountType.REVENUE, N_("Income")),
    (AccountType.EXPENSE, N_("Expense")),
)
_CONTROLS: Final = {
    "savings": N_("Kept by the members' savings."),
    "loans": N_("Kept by the members' loans."),
    "debts": N_("Kept by what customers owe and suppliers are owed."),
    "products": N_("Kept by the stock of goods."),
}


class AccountsPage(Page):
    """The chart with what each account holds at the close of the month."""

    shows: ClassVar[frozenset[Kind]] = frozenset({Kind.ACCOUNT, Kind.ENTRY})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        self._chart: Chart | None = None
        self.search = SearchField(_("Code or name of the account"))
        self.search.looked_for.connect(lambda _text: self._fill())
        self.unused = Chip(_("Also those out of use"))
        self.unused.clicked.connect(lambda _on: self._toggle())
        self.tree = QTreeWidget()
        self.tree.setColumnCount(3)
        self.tree.setHeaderLabels([_("Code"), _("Account"), _("Balance (Rp)")])
        self.tree.setUniformRowHeights(True)
        self.tree.setRootIsDecorated(False)
        self.tree.setIndentation(16)
        self.tree.setAccessibleName(_("Chart of accounts"))
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(0, _CODE_WIDTH)
        header.resizeSection(2, _AMOUNT_WIDTH)
        self.tree.headerItem().setTextAlignment(
            2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        )
        self.tree.currentItemChanged.connect(lambda _now, _before: self._choose())
        self.tree.itemActivated.connect(lambda _item, _column: self._open_ledger())
        self.search.installEventFilter(self)
        self.new_button = Button(_("New account"), icon="plus", key="Ctrl+N", kind="primary", on=self.new)
        self._side = self._make_side()
        body = Split(Card(column(self.tree, margin=1)), Card(self._side), side_width=340)
        search = row(self.search, self.unused, gap=12)
        search.setStretch(0, 1)
        made = column(
            PageHead(_("Chart of accounts"), actions=[self.new_button]),
            search,
            body,
            gap=12,
            margin=theme.PAGE,
        )
        made.setStretch(2, 1)
        self.setLayout(made)

    def _make_side(self) -> Any:
        _, session = self.session.translator, self.session
        self._name = Label("", "heading", wrap=True)
        self._facts = Label("", tone="muted", wrap=True)
        self.rename = TextEditor(_)
        self.rename.set_name(_("Name"))
        self.rename.line.returnPressed.connect(self._rename)
        self.rename_button = Button(_("Save name"), key="Enter", on=self._rename)
        self.active_button = Button("", on=self._toggle_active)
        self.ledger_button = Button(_("General ledger"), icon="book", on=self._open_ledger)
        self._about = box(
            column(
                self._name,
                self._facts,
                Label(_("Name"), "strong"),
                self.rename,
                flow(self.rename_button, self.ledger_button, self.active_button),
                None,
                gap=10,
            )
        )
        self.form = Form(session, "new-account", self._command, again=False, save=_("Add the account"))
        self.code = TextEditor(_, hint="1-1101")
        self.name = TextEditor(_)
        self.type = ChoiceEditor(
            _, [("", _("By the code's first digit")), *((key.value, _(word)) for key, word in _TYPES)]
        )
        self.form.add("code", _("Code"), self.code)
        self.form.add("name", _("Name"), self.name)
        self.form.add("type", _("Kind"), self.type)
        self.form.saved.connect(lambda outcome: self._made(outcome.number))
        self.form.hide()
        return column(self._about, self.form, gap=0, margin=16)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Down and Enter in the search lead into the tree."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and watched is self.search:
            assert isinstance(event, QKeyEvent)
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.tree.setFocus()
                return True
        return super().eventFilter(watched, event)

    # Showing

    def open(self, account: str = "", **_parameters: Any) -> None:
        """Come to the chart, or to one account."""
        if account:
            self._dirty = False
            self.reload()
            self._select(account)
            self.tree.setFocus()
        else:
            self.search.setFocus()

    def reload(self) -> None:
        """Read the chart and the balances."""
        self._chart = read_chart(self.session.reading())
        self._amounts = balances(self.session.reading(), self.session.month.last_day)
        self._fill()

    def _toggle(self) -> None:
        self.unused.setChecked(not self.unused.isChecked())
        self._fill()

    def _fill(self) -> None:
        chart = self._chart
        if chart is None:
            return
        kept = self.current_code()
        wanted = self.search.text().strip().casefold()
        self.tree.clear()
        items: dict[int, QTreeWidgetItem] = {}
        for account in chart.accounts:
            if not account.active and not self.unused.isChecked():
                continue
            hit = wanted in f"{account.code} {account.name}".casefold()
            below = (
                wanted
                and account.heading
                and any(
                    item.parent_id == account.id and wanted in f"{item.code} {item.name}".casefold()
                    for item in chart.accounts
                )
            )
            if wanted and not hit and not below:
                continue
            items[account.id] = self._item(account, items.get(account.parent_id or 0))
        self.tree.expandAll()
        self._select(kept)

    def _item(self, account: AccountRow, parent: QTreeWidgetItem | None) -> QTreeWidgetItem:
        _ = self.session.translator
        amount = self._total(account)
        item = QTreeWidgetItem([account.code, account.name, _.format.statement(amount) if amount else "–"])
        item.setData(0, _CODE, account.code)
        item.setSizeHint(0, QSize(0, _ROW))
        item.setTextAlignment(2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        face = theme.font(weight=600 if account.heading else 400)
        for place in range(3):
            item.setFont(place, face)
            if not account.active:
                item.setForeground(place, theme.color("text2"))
        if not account.active:
            item.setText(1, _("{name} (out of use)", name=account.name))
        if parent is None:
            self.tree.addTopLevelItem(item)
        else:
            parent.addChild(item)
        return item

    def _total(self, account: AccountRow) -> int:
        """What an account holds in its normal direction; a heading holds what stands below it."""
        chart = self._chart
        assert chart is not None
        if not account.heading:
            return account.normal * self._amounts.get(account.id, 0)
        return sum(
            account.normal * self._amounts.get(item.id, 0)
            for item in chart.accounts
            if item.parent_id == account.id
        )

    def current_code(self) -> str:
        """The code of the account that is chosen."""
        item = self.tree.currentItem()
        return str(item.data(0, _CODE)) if item is not None else ""

    def _select(self, code: str) -> None:
        flat = (
            self.tree.findItems(code, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive, 0)
            if code
            else []
        )
        if flat:
            self.tree.setCurrentItem(flat[0])
        elif (first := self.tree.topLevelItem(0)) is not None:
            self.tree.setCurrentItem(first)
        self._choose()

    def _account(self) -> AccountRow | None:
        return self._chart.by_code.get(self.current_code()) if self._chart else None

    def _choose(self) -> None:
        account = self._account()
        self._about.setVisible(account is not None)
        self.form.hide()
        if account is None:
            return
        _ = self.session.translator
        self._name.setText(f"{account.code} {account.name}")
        facts = [_(_CONTROLS[account.control])] if account.control in _CONTROLS else []
        if account.heading:
            facts.append(_("A heading: nothing is posted to it."))
        if not account.active:
            facts.append(_("Out of use: its history stays, nothing new is posted to it."))
        self._facts.setText(" ".join(facts))
        self._facts.setVisible(bool(facts))
        self.rename.fault("")
        self.rename.set_value(account.name)
        self.active_button.set_text(_("Take out of use") if account.active else _("Use again"))
        self.active_button.setVisible(not account.heading)
        self.ledger_button.setVisible(not account.heading)

    # Doing

    def new(self) -> None:
        """Begin a new account, below the one that is chosen."""
        self._about.hide()
        self.form.show()
        self.form.begin({"code": None, "name": None, "type": ""})
        self.code.setFocus()

    def escape(self) -> bool:
        """Leave the form of a new account."""
        if self.form.isVisible():
            self._choose()
            self.tree.setFocus()
            return True
        return False

    def _command(self) -> Command:
        code, name, kind = self.code.value(), self.name.value(), self.type.value()
        if not code:
            raise UserError("Please give {field}.", field="code")
        if not name:
            raise UserError("Please give {field}.", field="name")
        return AddAccount(code=code, name=name, type=AccountType(kind) if kind else None)

    def _made(self, code: str) -> None:
        self.search.clear()
        self._fill()
        self._select(code)
        self.tree.setFocus()

    def _rename(self) -> None:
        account, name = self._account(), self.rename.value()
        if account is None or name == account.name:
            return
        if not name:
            self.rename.fault(self.session.translator("An account needs a name."))
            return
        self.session.execute(RenameAccount(code=account.code, name=name), failed=self._refused)

    def _refused(self, error: Any) -> bool:
        self.rename.fault(self.session.translator.error(error))
        return True

    def _toggle_active(self) -> None:
        account = self._account()
        if account is not None:
            self.session.execute(SetAccountActive(code=account.code, active=not account.active))

    def _open_ledger(self) -> None:
        account = self._account()
        if account is not None and not account.heading:
            self.session.go("ledger", account=account.code)
