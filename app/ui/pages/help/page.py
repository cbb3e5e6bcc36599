"""The manual in the window: all its pages at the left, the one that is read at the right."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QSignalBlocker

from app.ledger.changes import Kind
from app.ui import theme
from app.ui.bridge import Session
from app.ui.manual import INDEX, ManualPage, manual_page, manual_pages, matching
from app.ui.pages import PAGES
from app.ui.pages.page import Page, of_kind
from app.ui.widgets.button import Button
from app.ui.widgets.label import Label
from app.ui.widgets.layout import Card, box, column, row
from app.ui.widgets.manual_text import ManualText
from app.ui.widgets.page_head import PageHead
from app.ui.widgets.search import SearchField
from app.ui.widgets.table import Table, TableColumn

_LIST_WIDTH = 248
# Pages of one thing, which have to be told which: they are not opened from here.
_OF_ONE_THING = frozenset({"member", "loan", "help"})


class HelpPage(Page):
    """F1: the page of the manual about where one was; Esc goes back there."""

    # Nothing in the book changes it.
    shows = frozenset[Kind]()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        self._pages = manual_pages(session.kind, _.language)
        self._before: list[str] = []
        self.about = ""
        self.search = SearchField(_("Find in the help"))
        self.list = Table(
            _,
            [TableColumn("title", _("Pages"), lambda page: page.title, width=0)],
            row_height=theme.LIST_ROW_HEIGHT,
        )
        self.list.setAccessibleName(_("Pages of the help"))
        self.list.horizontalHeader().hide()
        self.search.lead_into(self.list)
        self.nothing = Label(_("Nothing found. Fewer letters find more."), tone="muted", wrap=True)
        self.nothing.setContentsMargins(12, 8, 12, 8)
        self.nothing.hide()
        self.text = ManualText()
        self.back_button = Button(_("Back"), icon="arrow-left", key="Esc", on=self._leave)
        self.before_button = Button(_("Page read before"), key="Alt+Left", on=self.read_before)
        self.open_button = Button(
            _("Go to this page"), icon="arrow-right", key="Ctrl+Enter", on=self._go_there
        )
        left = box(
            column(self.search, Card(column(self.nothing, self.list, gap=0, margin=1)), gap=theme.TIGHT)
        )
        left.setFixedWidth(_LIST_WIDTH)
        body = row(left, self.text, gap=theme.GAP)
        body.setStretch(1, 1)
        made = column(
            PageHead(_("Help"), actions=[self.open_button, self.before_button, self.back_button]),
            body,
            gap=12,
            margin=theme.PAGE,
        )
        made.setStretch(1, 1)
        self.setLayout(made)
        self.search.looked_for.connect(self._look)
        self.list.chosen.connect(self._chosen)
        self.list.opened.connect(self._opened)
        self.text.asked.connect(self.follow)
        self.list.show_rows(self._pages)

    # Coming and going

    def open(self, about: str = "", **_parameters: Any) -> None:
        """Come to the page about something; without it, to where one was, at first the overview."""
        self._before.clear()
        self.search.clear()
        self._show_list(self._pages)
        self.show_about(about or self.about or INDEX)
        self.text.setFocus()

    def escape(self) -> bool:
        """Esc empties the search first, then goes back to where F1 was pressed."""
        if self.search.text():
            self.search.clear()
            self._show_list(self._pages)
            self._mark()
            self.search.setFocus()
            return True
        return False

    # Reading

    def show_about(self, key: str) -> None:
        """Show a page; the overview where there is none about this."""
        language = self.session.translator.language
        page = manual_page(key, language) or manual_page(INDEX, language)
        if page is None:
            return
        self.about = page.key
        self.text.show_page(page)
        self._mark()
        self._tell()

    def follow(self, key: str) -> None:
        """Go on to where a link leads; Alt+Left comes back."""
        self._before.append(self.about)
        self.show_about(key)

    def read_before(self) -> None:
        """Go back to the page whose link was followed."""
        if self._before:
            self.show_about(self._before.pop())
            self.text.setFocus()

    # Inside

    def _look(self, words: str) -> None:
        found = matching(self._pages, words)
        self._show_list(found)
        if words.strip() and found:
            self.list.go_to(0)
        else:
            self._mark()

    def _show_list(self, pages: Sequence[ManualPage]) -> None:
        # A list that is shown anew keeps its place, which is another page now: that is no choice.
        with QSignalBlocker(self.list):
            self.list.show_rows(pages)
        self.list.setVisible(bool(pages))
        self.nothing.setVisible(not pages)

    def _mark(self) -> None:
        """The list shows which page is read."""
        keys = [self.list.table.row(place).key for place in range(self.list.table.rowCount())]
        with QSignalBlocker(self.list):
            if self.about in keys:
                self.list.go_to(keys.index(self.about))
            else:
                self.list.setCurrentIndex(QModelIndex())

    def _chosen(self, page: ManualPage | None) -> None:
        if page is not None and page.key != self.about:
            self.about = page.key
            self.text.show_page(page)
            self._tell()

    def _opened(self, page: ManualPage) -> None:
        self._chosen(page)
        self.text.setFocus()

    def _tell(self) -> None:
        self.before_button.setVisible(bool(self._before))
        self.open_button.setVisible(bool(self._place()))

    def _place(self) -> str:
        """The page of the window that is read about, if it can be gone to."""
        shown = of_kind(PAGES, self.session.kind, self.session.features)
        keys = {page.key for page in shown} - _OF_ONE_THING
        return self.about if self.about in keys else ""

    def _go_there(self) -> None:
        if place := self._place():
            self.session.go(place)

    def _leave(self) -> None:
        if not self.escape():
            self.session.back()
