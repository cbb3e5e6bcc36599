"""What every page is, and how the window knows of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from app.ledger.changes import Changes, Kind
from app.ui.bridge import Session

BUSINESS, COOPERATIVE = ("business",), ("cooperative",)
BOTH = ("business", "cooperative")


class Page(QWidget):
    """A page of the window: built once, opened when it is gone to, reloaded when what it shows has changed."""

    shows: ClassVar[frozenset[Kind]] = frozenset(Kind)
    # Key, title and help of the page, set by the list of pages.
    spec: "PageSpec"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("page")
        self.session = session
        self._dirty = True
        session.changed.connect(self._changed)
        session.month_changed.connect(self._month_changed)

    def open(self, **parameters: Any) -> None:
        """Come to the page; the parameters say what of."""

    def reload(self) -> None:
        """Read the book and show what it says."""

    def leave(self) -> bool:
        """Whether the page may be left; forms keep their drafts by themselves."""
        return True

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """It takes the room of the window: otherwise all pages in the stack would be laid out to open one."""
        return False

    def escape(self) -> bool:
        """Esc was pressed: do what it means on this page and say True, or False for going back."""
        return False

    def show_now(self, **parameters: Any) -> None:
        """Open, and read if anything changed since the last time."""
        self.open(**parameters)
        if self._dirty:
            self._dirty = False
            self.reload()

    def month_moved(self) -> None:
        """Another month is looked at; most pages show it anew."""
        self.reload()

    def _changed(self, changes: Changes) -> None:
        if not changes.kinds or changes.kinds & self.shows:
            self._refresh()

    def _month_changed(self) -> None:
        if self.isVisible():
            self.month_moved()
        else:
            self._dirty = True

    def _refresh(self) -> None:
        if self.isVisible():
            self.reload()
        else:
            self._dirty = True


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page: its key, title and icon, where it lives, in which books and under which group it is found.

    `group` is "" for a page that is not in the navigation. `feature` is the switch it hangs on ("" for
    none). `help` is the page of the manual, by default the key.
    """

    key: str
    title: str  # English, marked N_
    icon: str
    place: str  # "module:Class" below app.ui.pages
    kinds: tuple[str, ...] = BOTH
    group: str = ""
    shortcut: str = ""
    feature: str = ""
    help: str = ""
    # Open this page with these parameters, where one class serves several entries.
    parameters: tuple[tuple[str, str], ...] = ()

    @property
    def module(self) -> str:
        """The module that holds the page."""
        return f"app.ui.pages.{self.place.partition(':')[0]}"

    def made(self, session: Session) -> Page:
        """The page, built. Its module is loaded now, if it was not before."""
        page: Page = getattr(import_module(self.module), self.place.partition(":")[2])(session)
        page.spec = self
        return page


def of_kind(pages: Iterable[PageSpec], kind: str, features: frozenset[str]) -> list[PageSpec]:
    """The pages of a kind of book whose feature is on."""
    return [page for page in pages if kind in page.kinds and (not page.feature or page.feature in features)]
