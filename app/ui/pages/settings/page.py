"""One page for everything that can be set, each thing with its words beside it and done at once."""

from functools import partial
from typing import Any

from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from app.base.i18n import N_
from app.base.settings import LANGUAGE, PAPER, PERSON_NAME, RECEIPT_PRINTER, RECEIPT_ROLL, SCALE, THEME
from app.ledger.changes import Kind
from app.ledger.profile.commands import SetFeatures
from app.ledger.profile.queries import FEATURES
from app.ui import theme
from app.ui.bridge import Session
from app.ui.pages.page import Page
from app.ui.widgets.button import Button
from app.ui.widgets.label import Label
from app.ui.widgets.layout import Card, Scroll, box, column, flow, row
from app.ui.widgets.page_head import PageHead

_SIZES = (90, 100, 110, 125, 150, 175)
_THEMES = (
    ("system", N_("As the computer"), "monitor"),
    ("light", N_("Light"), "sun"),
    ("dark", N_("Dark"), "moon"),
    ("contrast", N_("High contrast"), "accessibility"),
)
# What each switch is called and what it brings.
FEATURE_WORDS = {
    "sell": (N_("Sell"), N_("The counter: goods or services for cash, QRIS, transfer or on credit.")),
    "buy": (N_("Buy goods"), N_("Goods bought for sale, paid or owed.")),
    "cash": (N_("Cash"), N_("Money in and out, and between cash and bank.")),
    "stock": (N_("Goods and stock"), N_("A list of goods with prices and what is left of each.")),
    "debts": (N_("Credit notes and debts"), N_("Who owes you, whom you owe, since when.")),
    "members": (N_("Members"), N_("The register of members and each one's card.")),
    "savings": (N_("Savings"), N_("Deposits and withdrawals.")),
    "loans": (N_("Lending"), N_("Loans, instalments, arrears.")),
    "collection": (N_("Collection sheet"), N_("A meeting day with many members in one sheet.")),
    "accountant": (
        N_("Accountant's view"),
        N_("Journal, ledger, manual entries, chart of accounts, audit trail."),
    ),
}
_TOOLS = (
    ("profile", "building-2", N_("Whose book it is"), N_("Name, address, logo, who signs.")),
    ("importing", "upload", N_("Import from Excel"), N_("Bring in records from a workbook or CSV.")),
    (
        "offers",
        "tags",
        N_("Savings and loan products"),
        N_("What members can save in and borrow by, and the rules of loan quality."),
    ),
    ("opening", "scale", N_("Check the opening balances"), N_("What was taken over, ticked off one by one.")),
    (
        "compare",
        "git-compare-arrows",
        N_("Compare with the old books"),
        N_("A list from the old books against this one."),
    ),
    ("periods", "lock", N_("Lock months"), N_("So that nothing more is written into them.")),
    (
        "backups",
        "history",
        N_("Restore from a backup"),
        N_("What is in each backup, and how to go back to one."),
    ),
)


class SettingsPage(Page):
    """Settings of the device at the left, of this book at the right."""

    shows = frozenset({Kind.PROFILE})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        self.switches: dict[str, QCheckBox] = {}
        device = column(self._looks(), self._person(), self._tools(), None, gap=theme.GAP)
        book = column(self._features(), self._books(), None, gap=theme.GAP)
        self._columns = row(box(device), box(book), gap=theme.GAP)
        self._columns.setStretch(0, 1)
        self._columns.setStretch(1, 1)
        body = box(self._columns)
        self.setLayout(
            column(
                PageHead(_("Settings")),
                Scroll(body),
                gap=theme.GAP,
                margin=(theme.MARGIN, theme.GAP, theme.MARGIN, 0),
            )
        )

    def open(self, **_parameters: Any) -> None:
        """The first thing to choose has the focus."""
        self.languages["id"].setFocus()

    def reload(self) -> None:
        """Show what is switched on."""
        on = self.session.features
        for key, switch in self.switches.items():
            switch.blockSignals(True)
            switch.setChecked(key in on)
            switch.blockSignals(False)

    def _looks(self) -> Card:
        _ = self.session.translator
        settings = self.session.settings
        self.languages = {
            code: Button(name, kind="method", on=partial(self._set_language, code))
            for code, name in (("id", "Indonesia"), ("en", "English"))
        }
        for code, button in self.languages.items():
            button.setChecked(code == settings[LANGUAGE])
        self.themes = {
            key: Button(_(word), icon=icon, kind="method", on=partial(self._set_theme, key))
            for key, word, icon in _THEMES
        }
        for key, button in self.themes.items():
            button.setChecked(key == settings[THEME])
        self.sizes = QComboBox()
        self.sizes.setAccessibleName(_("Size of everything"))
        for size in _SIZES:
            self.sizes.addItem(_("{percent:n} %", percent=size), size)
        self.sizes.setCurrentIndex(_SIZES.index(settings[SCALE]) if settings[SCALE] in _SIZES else 1)
        self.sizes.activated.connect(lambda _index: self._set_size())
        return Card(
            column(
                Label(_("How it looks"), "heading"),
                Label(_("Language"), "strong"),
                flow(*self.languages.values()),
                Label(_("Theme"), "strong"),
                flow(*self.themes.values()),
                Label(_("Size of everything"), "strong"),
                row(
                    self.sizes,
                    Label(_("The window opens anew in the new size."), tone="muted", wrap=True),
                    gap=12,
                ),
                margin=20,
            )
        )

    def _person(self) -> Card:
        _ = self.session.translator
        self.person = QLineEdit(self.session.settings[PERSON_NAME])
        self.person.setAccessibleName(_("Your name"))
        self.person.setMaxLength(60)
        self.person.editingFinished.connect(self._set_person)
        self.paper = {
            name: Button(name, kind="method", on=partial(self._set_paper, name)) for name in PAPER.choices
        }
        for name, button in self.paper.items():
            button.setChecked(name == self.session.settings[PAPER])
        self.printer = QComboBox()
        self.printer.setAccessibleName(_("Receipt printer"))
        self.printer.addItem(_("None"), "")
        chosen = self.session.settings[RECEIPT_PRINTER]
        for name in QPrinterInfo.availablePrinterNames():
            self.printer.addItem(name, name)
        if self.printer.findData(chosen) < 0:
            self.printer.addItem(_("{name} (not connected)", name=chosen), chosen)
        self.printer.setCurrentIndex(self.printer.findData(chosen))
        self.printer.activated.connect(lambda _index: self._set_printer())
        self.rolls = {
            name: Button(_("{width} mm", width=name), kind="method", on=partial(self._set_roll, name))
            for name in RECEIPT_ROLL.choices
        }
        for name, button in self.rolls.items():
            button.setChecked(name == self.session.settings[RECEIPT_ROLL])
        receipt = box(
            column(
                Label(_("Receipt printer"), "strong"), row(self.printer, *self.rolls.values(), None, gap=8)
            )
        )
        receipt.setVisible(self.session.kind == "business")
        return Card(
            column(
                Label(_("Who works, and the paper in the printer"), "heading"),
                row(
                    Label(_("Your name"), "strong"),
                    Label(_("is written on every record"), tone="muted"),
                    None,
                ),
                self.person,
                Label(_("Paper"), "strong"),
                flow(*self.paper.values()),
                receipt,
                margin=20,
            )
        )

    def _features(self) -> Card:
        _ = self.session.translator
        lines: list[QWidget] = []
        for key in FEATURES[self.session.kind]:
            word, what = FEATURE_WORDS[key]
            switch = QCheckBox(_(word))
            switch.setAccessibleDescription(_(what))
            switch.toggled.connect(lambda _on: self._set_features())
            self.switches[key] = switch
            about = Label(_(what), tone="muted", wrap=True)
            about.setContentsMargins(28, 0, 0, 4)
            lines.append(box(column(switch, about, gap=0)))
        return Card(
            column(
                Label(_("What this book is used for"), "heading"),
                Label(
                    _("What is off is not shown. Nothing recorded is lost by switching it off."),
                    tone="muted",
                    wrap=True,
                ),
                *lines,
                gap=6,
                margin=20,
            )
        )

    def _tools(self) -> Card:
        _ = self.session.translator
        lines: list[QWidget] = []
        for key, icon, word, what in _TOOLS:
            if key == "offers" and self.session.kind != "cooperative":
                continue
            button = Button(_(word), icon=icon, on=partial(self.session.go, key))
            about = Label(_(what), tone="muted", wrap=True)
            about.setContentsMargins(0, 0, 0, 6)
            lines.append(box(column(row(button, None), about, gap=2)))
        return Card(column(Label(_("This book"), "heading"), *lines, gap=4, margin=20))

    def _books(self) -> Card:
        _ = self.session.translator
        where = Label(str(self.session.book.path), tone="muted", wrap=True)
        close = Button(_("Open another book"), icon="folder-open", key="Ctrl+O", on=self._other_book)
        return Card(column(Label(_("Where this book lies"), "heading"), where, row(close, None), margin=20))

    def _set_language(self, code: str) -> None:
        if code != self.session.settings[LANGUAGE] and self.session.desk is not None:
            self.session.settings[LANGUAGE] = code
            self.session.desk.rebuild()

    def _set_theme(self, key: str) -> None:
        if key != self.session.settings[THEME] and self.session.desk is not None:
            self.session.settings[THEME] = key
            self.session.desk.rebuild()

    def _set_size(self) -> None:
        size: int = self.sizes.currentData()
        if size != self.session.settings[SCALE] and self.session.desk is not None:
            self.session.settings[SCALE] = size
            self.session.desk.restart()

    def _set_person(self) -> None:
        name = self.person.text().strip()
        if name != self.session.settings[PERSON_NAME] and self.session.desk is not None:
            self.session.settings[PERSON_NAME] = name
            self.session.desk.rebuild()

    def _set_paper(self, name: str) -> None:
        self.session.settings[PAPER] = name
        for key, button in self.paper.items():
            button.setChecked(key == name)
            button.update()

    def _set_printer(self) -> None:
        self.session.settings[RECEIPT_PRINTER] = self.printer.currentData()

    def _set_roll(self, name: str) -> None:
        self.session.settings[RECEIPT_ROLL] = name
        for key, button in self.rolls.items():
            button.setChecked(key == name)
            button.update()

    def _set_features(self) -> None:
        on = tuple(key for key, switch in self.switches.items() if switch.isChecked())
        _ = self.session.translator
        self.session.execute(SetFeatures(features=on), said=_("Saved. The navigation shows what is on."))

    def _other_book(self) -> None:
        if self.session.desk is not None:
            self.session.desk.welcome()
