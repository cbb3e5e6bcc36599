"""The window around the pages: navigation at the left, the book and the period above, toasts and long work below."""

from functools import partial
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.base.clock import stopwatch
from app.base.dates import Month
from app.ui import theme
from app.ui.bridge import Session
from app.ui.jobs import Job
from app.ui.keys import Keys
from app.ui.pages import PAGES
from app.ui.pages.page import Page, PageSpec, of_kind
from app.ui.widgets.button import Badge, Button
from app.ui.widgets.focus_ring import FocusRing
from app.ui.widgets.label import Icon, Label
from app.ui.widgets.layout import Scroll, box, clear, column, row, rule
from app.ui.widgets.toast import JobStrip, Toast

# Below this width of the window the navigation and the top bar make room for the page.
_NARROW, _NARROW_NAVIGATION = 1000, 192
_MONTHS_BACK = 24


class Shell(QWidget):
    """Everything of the window that stays while the pages change."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        session.shell = self
        _ = session.translator
        self._made: dict[tuple[str, str], Page] = {}
        self._history: list[tuple[str, dict[str, Any]]] = []
        self._now: tuple[str, dict[str, Any]] = ("", {})
        self.navigation = Navigation(session, self)
        self.top_bar = TopBar(session, self)
        self.stack = QStackedWidget()
        self.stack.setObjectName("pages")
        self.job_strip = JobStrip(_)
        strip = box(column(self.job_strip, margin=(theme.MARGIN, 0, theme.MARGIN, 8)))
        strip.setVisible(False)
        strip.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._strip = strip
        body = QWidget()
        body.setLayout(column(self.top_bar, self.stack, strip, gap=0))
        frame = QFrame()
        if session.info.training:
            frame.setObjectName("trainingFrame")
        frame.setLayout(row(self.navigation, body, gap=0))
        layout = QVBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(frame)
        self.setLayout(layout)
        self.toast = Toast(body, _)
        self._keys: Keys | None = None
        self._ring: FocusRing | None = None
        session.jobs.started.connect(self._watch)
        session.changed.connect(lambda _changes: self.navigation.refresh())

    def listen(self) -> None:
        """Hear the keyboard; called once the shell stands in its window."""
        window = self.window()
        self._keys = Keys(window, lambda: (self.page, self.job_strip, self.navigation, self.top_bar))
        self._keys.extra.update(
            {"Ctrl+Z": self.session.undo, "Esc": self._escape, "F1": self.show_help, "Alt+Left": self.back}
        )
        for page in of_kind(PAGES, self.session.kind, self.session.features):
            if page.shortcut and not page.group:
                self._keys.extra[page.shortcut] = partial(self.go, page.key)
        self._ring = FocusRing(window)

    def stop_listening(self) -> None:
        """Something else stands in the window now."""
        if self._keys is not None:
            self._keys.stop()
        if self._ring is not None:
            self._ring.stop()

    @property
    def page(self) -> Page:
        """The page that is shown."""
        page = self.stack.currentWidget()
        assert isinstance(page, Page)
        return page

    @property
    def now(self) -> tuple[str, dict[str, Any]]:
        """The key and the parameters of the page that is shown."""
        return self._now

    @property
    def page_key(self) -> str:
        """Its key."""
        return self._now[0]

    def go(self, key: str, **parameters: Any) -> None:
        """Show a page."""
        if self._now[0] and not self.page.leave():
            return
        spec = self.spec(key)
        if self._now[0] and self._now != (key, parameters):
            self._history.append(self._now)
            del self._history[:-50]
        self._show(spec, parameters)

    def back(self) -> None:
        """Show the page before."""
        if self._history and self.page.leave():
            key, parameters = self._history.pop()
            self._show(self.spec(key), parameters)
        elif self._now[0] != "home":
            self.go("home")

    def spec(self, key: str) -> PageSpec:
        """The page of this book with this key."""
        kind = self.session.kind
        return next(page for page in PAGES if page.key == key and kind in page.kinds)

    def show_help(self) -> None:
        """Open the manual at the page where one is."""
        about = self.spec(self._now[0])
        if about.key != "help":
            self.go("help", about=about.help or about.key)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Give the page the room where there is little."""
        narrow = event.size().width() < _NARROW
        self.navigation.setFixedWidth(_NARROW_NAVIGATION if narrow else theme.NAVIGATION_WIDTH)
        self.top_bar.set_narrow(narrow=narrow)
        super().resizeEvent(event)

    def prepare(self, spec: PageSpec) -> Page:
        """The page, built now if it was not before; it is not shown."""
        place = (spec.key, spec.place)
        page = self._made.get(place)
        if page is None:
            page = self._made[place] = spec.made(self.session)
            self.stack.addWidget(page)
        return page

    @property
    def heard(self) -> float:
        """When the last key or click came, by the stopwatch."""
        return self._keys.heard if self._keys is not None else stopwatch()

    def _show(self, spec: PageSpec, parameters: dict[str, Any]) -> None:
        page = self.prepare(spec)
        self._now = (spec.key, parameters)
        self.stack.setCurrentWidget(page)
        page.show_now(**dict(spec.parameters), **parameters)
        self.navigation.mark(spec)

    def _escape(self) -> None:
        if not self.page.escape():
            self.back()

    def _watch(self, job: Job) -> None:
        self._strip.setVisible(True)
        self.job_strip.watch(job)
        job.ended.connect(self._job_ended)

    def _job_ended(self) -> None:
        self._strip.setVisible(bool(self.session.jobs.running))


class Navigation(QFrame):
    """What can be gone to, grouped by what people do. Features that are off are not shown."""

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__()
        self.setObjectName("navigation")
        self._session = session
        self._shell = shell
        self._items: dict[str, Button] = {}
        self._shown: list[PageSpec] = []
        _ = session.translator
        mark = row(
            Icon("warehouse", 20, "brand_text"),
            Label("Lumbung", "heading"),
            None,
            gap=10,
            margin=(20, 0, 8, 0),
        )
        head = box(mark)
        head.setFixedHeight(theme.TOP_BAR_HEIGHT)
        self._list = column(gap=0, margin=(8, 4, 4, 8))
        self._copy = Button("", icon="shield-check", kind="nav", on=lambda: shell.go("backups"))
        foot = column(
            self._copy,
            self._item("settings", _("Settings"), "settings", ""),
            self._item("help", _("Help"), "circle-question-mark", "F1"),
            gap=0,
            margin=(8, 4, 4, 8),
        )
        content = box(self._list)
        self.setLayout(column(head, Scroll(content, apart=False), foot, gap=0))
        self.layout().setStretch(1, 1)  # type: ignore[union-attr]
        self.refresh()

    def refresh(self) -> None:
        """Show what is switched on now."""
        session = self._session
        pages = [page for page in of_kind(PAGES, session.kind, session.features) if page.group]
        self._tell_copy()
        if pages == self._shown:
            return
        self._shown = pages
        _ = session.translator
        # The buttons of what was shown are gone with it; those at the foot stay.
        for page in PAGES:
            if page.group:
                self._items.pop(page.key, None)
        clear(self._list)
        group = ""
        for page in pages:
            if page.group != group:
                group = page.group
                label = Label(_(group), tone="muted")
                label.setContentsMargins(12, 10, 0, 6)
                self._list.addWidget(label)
            self._list.addWidget(self._item(page.key, _(page.title), page.icon, page.shortcut))
        self._list.addStretch(1)

    def mark(self, spec: PageSpec) -> None:
        """Show which page one is on; a member's card and the like are found under the list they belong to."""
        key = spec.key
        if key not in self._items:
            found = [page.key for page in self._shown if page.module == spec.module]
            key = found[0] if len(found) == 1 else ""
        for name, item in self._items.items():
            item.setChecked(name == key)
            item.update()

    def _item(self, key: str, title: str, icon: str, shortcut: str) -> Button:
        item = Button(title, icon=icon, key=shortcut, kind="nav", on=lambda: self._shell.go(key))
        if key == "help":
            item.clicked.disconnect()
            item.clicked.connect(lambda: self._shell.show_help())
        self._items[key] = item
        return item

    def _tell_copy(self) -> None:
        from app.ui.backup import last_copy_text

        self._copy.set_text(last_copy_text(self._session))


class TopBar(QFrame):
    """Which book, which period, find anything, who works."""

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__()
        self.setObjectName("topBar")
        self.setFixedHeight(theme.TOP_BAR_HEIGHT)
        self._session = session
        self._shell = shell
        _ = session.translator
        self._name = Label(session.info.name, "heading")
        kind = _("Business") if session.kind == "business" else _("Cooperative")
        self._kind = Label(kind, tone="muted")
        self.period = Button("", icon="calendar-days", kind="tool", on=self._choose_month, opens=True)
        self.finder = Button(_("Find anything"), icon="search", key="Ctrl+K", kind="find", on=self._find)
        self._person = Label(session.services.actor)
        self._person.setMaximumWidth(160)
        self._person_icon = Icon("user", 16)
        self._person_rule = rule(upright=True)
        parts: list[Any] = [self._name, self._kind]
        if session.info.training:
            parts.append(Badge(_("TRAINING"), attention=True, icon="graduation-cap"))
        parts += [
            8,
            self.period,
            None,
            self.finder,
            8,
            self._person_rule,
            8,
            self._person_icon,
            self._person,
        ]
        self.setLayout(row(*parts, margin=(theme.MARGIN, 8, theme.MARGIN, 7)))
        session.month_changed.connect(lambda _month: self._tell())
        session.changed.connect(lambda _changes: self._name.setText(session.info.name))
        self._tell()

    def set_narrow(self, *, narrow: bool) -> None:
        """Leave out what can be done without."""
        for part in (self._kind, self._person_rule, self._person_icon, self._person):
            part.setVisible(not narrow)

    def _tell(self) -> None:
        text = self._session.translator.format.month(self._session.month)
        self.period.set_text(text)

    def _choose_month(self) -> None:
        menu = QMenu(self)
        month = Month.of(self._session.today).next()
        for _ in range(_MONTHS_BACK):
            month = month.previous()
            action = menu.addAction(self._session.translator.format.month(month))
            action.setCheckable(True)
            action.setChecked(month == self._session.month)
            action.setData(month)
        menu.triggered.connect(lambda action: self._session.set_month(action.data()))
        menu.popup(self.period.mapToGlobal(self.period.rect().bottomLeft()))

    def _find(self) -> None:
        from app.ui.widgets.palette import Palette

        Palette(self._session, self.window()).show()
