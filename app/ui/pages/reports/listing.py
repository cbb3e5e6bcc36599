"""The list of reports, grouped as people look for them, with a search above it."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.base.i18n import N_, Translator
from app.reports.catalog import ReportSpec
from app.ui import icons, theme
from app.ui.widgets.button import Button
from app.ui.widgets.layout import column

OFTEN: Final = N_("Often used")
BOOKS: Final = N_("The books")
_GROUPS: Final[dict[str, tuple[tuple[str, tuple[str, ...]], ...]]] = {
    "business": (
        (OFTEN, ("income-statement", "balance-sheet", "cash-flow", "cash-book")),
        (
            N_("Sales and goods"),
            (
                *("sales", "sales-by-product", "sales-by-way", "purchases", "expenses"),
                *("stock", "stock-low", "stock-card"),
            ),
        ),
        (N_("Who owes whom"), ("debts-due", "receivables", "payables", "party-card")),
    ),
    "cooperative": (
        (OFTEN, ("surplus-statement", "balance-sheet", "cash-flow", "cash-book")),
        (
            N_("Members and savings"),
            ("members", "savings", "term-deposits", "term-deposit", "member-statement"),
        ),
        (
            N_("Lending"),
            (
                "loans",
                "instalments-due",
                "arrears",
                "reminders",
                "loan-quality",
                "loan-accrual",
                "loan-payments",
                "loan-schedule",
                "loan-applications",
                "loan-agreement",
                "loan-addendum",
            ),
        ),
        (N_("Costs"), ("expenses",)),
    ),
}
# The switch a report hangs on; while it is off, nobody looks for the report.
_FEATURES: Final = {
    "sales": "sell",
    "sales-by-product": "sell",
    "sales-by-way": "sell",
    "purchases": "buy",
    "stock": "stock",
    "stock-low": "stock",
    "stock-card": "stock",
    "debts-due": "debts",
    "receivables": "debts",
    "payables": "debts",
    "party-card": "debts",
    "savings": "savings",
    "term-deposits": "savings",
    "term-deposit": "savings",
    "loans": "loans",
    "instalments-due": "loans",
    "arrears": "loans",
    "loan-quality": "loans",
    "loan-accrual": "loans",
    "loan-payments": "loans",
    "loan-schedule": "loans",
    "loan-applications": "loans",
    "loan-agreement": "loans",
    "loan-addendum": "loans",
}
# Shorter than the title on the paper, which says what it is to those who read it elsewhere.
_SHORT: Final = {
    "income-statement": N_("Profit and loss"),
    "surplus-statement": N_("Surplus of the period"),
    "balance-sheet": N_("Balance sheet"),
    "cash-flow": N_("Cash flow"),
}
_KEY = Qt.ItemDataRole.UserRole


def short_title(spec: ReportSpec) -> str:
    """What a report is called in the list and above it; English, to be translated."""
    return _SHORT.get(spec.key, spec.title)


def grouped(
    specs: dict[str, ReportSpec], kind: str, features: frozenset[str], *, everything: bool
) -> list[tuple[str, list[ReportSpec]]]:
    """The reports of a kind of book in groups; those nobody but an accountant asks for only with `everything`."""
    own = {
        key: spec
        for key, spec in specs.items()
        if kind in spec.kinds and (_FEATURES.get(key, "") in features or key not in _FEATURES)
    }
    found: list[tuple[str, list[ReportSpec]]] = []
    listed: set[str] = set()
    for title, keys in _GROUPS[kind]:
        group = [own[key] for key in keys if key in own]
        listed.update(keys)
        if group:
            found.append((title, group))
    rest = [spec for key, spec in own.items() if key not in listed]
    if rest and (everything or "accountant" in features):
        found.append((BOOKS, rest))
    return found


class _Delegate(QStyledItemDelegate):
    """Group heads in quiet words, reports as rows of 32 with the chosen one tinted."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect
        state = option.state
        text = str(index.data())
        left = 12
        if index.data(_KEY) is None:
            painter.setFont(theme.font())
            painter.setPen(theme.color("text2"))
            rect = rect.adjusted(4, 8, 0, 0)
            left = 0
        else:
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            over = bool(state & QStyle.StateFlag.State_MouseOver)
            body = rect.adjusted(1, 1, -1, -1)
            if chosen or over:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("tint" if chosen else "hover"))
                painter.drawRoundedRect(body, theme.RADIUS, theme.RADIUS)
            if state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(QPen(theme.color("focus"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(body, theme.RADIUS, theme.RADIUS)
            painter.setFont(theme.font(weight=600 if chosen else 400))
            painter.setPen(theme.color("brand_text" if chosen else "text"))
        where = rect.adjusted(left, 0, -2, 0)
        words = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, where.width())
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """A group head has room above it."""
        return QSize(120, 36 if index.data(_KEY) is None else 32)


class ReportList(QWidget):
    """Search, groups, reports. `chosen` carries the key of a report."""

    chosen = Signal(str)

    def __init__(self, translator: Translator) -> None:
        super().__init__()
        self.translator = translator
        self._groups: list[tuple[str, list[ReportSpec]]] = []
        self._current = ""
        _ = translator
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Find a report"))
        self.search.setAccessibleName(_("Find a report"))
        self.search.addAction(icons.icon("search", 16, "text2"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(lambda _text: self._fill())
        self.search.returnPressed.connect(self._first)
        self.list = QListWidget()
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(_("Reports"))
        self.list.setStyleSheet("background: transparent")
        self.list.itemClicked.connect(self._open)
        self.list.itemActivated.connect(self._open)
        self.all = Button("", kind="link")
        self.setLayout(column(self.search, self.list, self.all, gap=4, margin=(8, 12, 8, 8)))
        self.search.installEventFilter(self)

    def show_groups(self, groups: list[tuple[str, list[ReportSpec]]], current: str, total: int) -> None:
        """Show these groups; `total` is how many reports there are in all, where some are hidden."""
        self._groups, self._current = groups, current
        shown = sum(len(group) for _title, group in groups)
        self.all.setVisible(total > shown)
        self.all.set_text(self.translator.plural("All {n} reports", "All {n} reports", total))
        self._fill()

    def mark(self, key: str) -> None:
        """Show which report is open."""
        self._current = key
        for index in range(self.list.count()):
            item = self.list.item(index)
            if item.data(_KEY) == key:
                self.list.setCurrentItem(item)
                return
        self.list.setCurrentRow(-1)

    def _fill(self) -> None:
        wanted = self.search.text().strip().casefold()
        self.list.clear()
        for title, group in self._groups:
            found = [
                spec
                for spec in group
                if any(wanted in self.translator(text).casefold() for text in (spec.title, short_title(spec)))
            ]
            if not found:
                continue
            head = QListWidgetItem(self.translator(title))
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(head)
            for spec in found:
                item = QListWidgetItem(self.translator(short_title(spec)))
                item.setData(_KEY, spec.key)
                item.setToolTip(item.text())
                self.list.addItem(item)
        self.mark(self._current)

    def _first(self) -> None:
        for index in range(self.list.count()):
            item = self.list.item(index)
            if item.data(_KEY) is not None:
                self._open(item)
                return

    def _open(self, item: QListWidgetItem) -> None:
        key = item.data(_KEY)
        if isinstance(key, str):
            self.chosen.emit(key)

    def eventFilter(self, watched: object, event: object) -> bool:  # noqa: N802
        """Down from the search goes into the list."""
        if not isinstance(event, QKeyEvent) or event.type() != QKeyEvent.Type.KeyPress:
            return False
        if watched is self.search and event.key() == Qt.Key.Key_Down:
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return False
