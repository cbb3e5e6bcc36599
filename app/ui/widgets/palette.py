"""Ctrl+K: find anything and go there. Pages and actions, members, customers, goods, reports, records."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ledger.entries.records import KINDS, Choice
from app.ledger.lookup import Found, find_anything
from app.ledger.parties.queries import called
from app.reports.catalog import reports
from app.ui import icons, theme
from app.ui.bridge import Session
from app.ui.pages import PAGES
from app.ui.pages.page import of_kind
from app.ui.widgets.button import Button
from app.ui.widgets.layout import column

_WIDTH, _LINE, _SHOWN, _OF_EACH, _THINGS = 640, 40, 12, 3, 5
# Pages that need to be told of what.
_OF_ONE_THING = ("member", "loan", "deposit", "help")


class Hit(NamedTuple):
    """One thing that was found: its words, what it is, and what choosing it does."""

    icon: str
    name: str
    what: str
    act: Callable[[], object]


def found(session: Session, text: str) -> Iterator[Hit]:
    """What fits what was typed: pages and what can be done here first, then people and goods, reports, records."""
    typed = text.strip().casefold()
    yield from islice(_pages(session, typed), _OF_EACH if typed else _SHOWN)
    if not typed:
        return
    yield from islice(_actions(session, typed), _OF_EACH)
    reader = session.reading()
    for item in find_anything(reader, text, session.today, _THINGS):
        yield _thing(session, item)
    yield from islice(_reports(session, typed), _OF_EACH)
    _ = session.translator
    for row in session.search.find(reader, text, _OF_EACH, Choice(folded=True)):
        name = f"{row.number}  {row.memo}"
        what = f"{_(KINDS.get(row.kind, row.kind))}, {_.format.date_medium(row.date)}"
        yield Hit("scroll-text", name, what, _goes(session, "records", entry=row.entry))


def _pages(session: Session, typed: str) -> Iterator[Hit]:
    _ = session.translator
    for page in of_kind(PAGES, session.kind, session.features):
        title = _(page.title)
        if page.key not in _OF_ONE_THING and _fits(typed, title):
            yield Hit(page.icon, title, _("Page"), _goes(session, page.key))


def _actions(session: Session, typed: str) -> Iterator[Hit]:
    """What can be done on the page that is seen: its buttons."""
    if session.shell is None:
        return
    seen: set[str] = set()
    for button in session.shell.page.findChildren(Button):
        words = button.text()
        usable = button.isVisible() and button.isEnabled() and button.kind != "nav"
        if usable and words and words not in seen and _fits(typed, words):
            seen.add(words)
            yield Hit("zap", words, button.key or session.translator("On this page"), button.click)


def _reports(session: Session, typed: str) -> Iterator[Hit]:
    _ = session.translator
    for key, spec in reports().items():
        title = _(spec.title)
        if session.kind in spec.kinds and _fits(typed, title):
            yield Hit("file-text", title, _("Report"), _goes(session, "reports", report=key))


def _thing(session: Session, item: Found) -> Hit:
    """A person, a product, an account: where it is shown."""
    _ = session.translator
    match item.kind:
        case "member":
            icon, word = "user", _("Member")
            act = _goes(session, "member", member=item.key)
        case "product":
            icon, word = "package", _("Goods")
            act = _goes(session, "products", product=item.key)
        case "deposit":
            icon, word = "calendar-clock", _("Term deposit")
            act = _goes(session, "deposit", deposit=item.key)
        case "account":
            icon, word = "book", _("Account")
            act = _goes(session, "reports", report="ledger", account=item.key)
        case _:
            icon, word = "users", _("Customer") if item.kind == "customer" else _("Supplier")
            act = _goes(session, "parties", kind=item.kind, party=item.key)
    what = " · ".join(filter(None, (item.about, f"{word} {item.key}")))
    return Hit(icon, called(item.name, item.nickname), what, act)


def _goes(session: Session, page: str, **parameters: object) -> Callable[[], object]:
    return lambda: session.go(page, **parameters)


def _fits(typed: str, title: str) -> bool:
    """Whether each word typed begins a word of the title."""
    words = title.casefold().replace("&", " ").split()
    return all(any(word.startswith(part) for word in words) for part in typed.split())


class Palette(QWidget):
    """A field in the middle of the window with what was found below it. Arrows choose, Enter goes, Esc closes."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Popup)
        _ = session.translator
        self._session = session
        self.hits: list[Hit] = []
        self._at = 0
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Page, member, customer, goods, number of a note, report"))
        self.field.setAccessibleName(_("Find anything"))
        self.field.setProperty("measure", "till")
        self.field.textChanged.connect(lambda _text: self._look())
        self.field.installEventFilter(self)
        self.lines = _Lines(self)
        self.setLayout(column(self.field, self.lines, gap=0, margin=8))
        width = min(_WIDTH, window.width() - 40)
        self.setFixedWidth(width)
        corner = window.mapToGlobal(QPoint((window.width() - width) // 2, 64))
        self.move(corner)
        self.field.setFocus()
        self._look()

    @property
    def at(self) -> int:
        """Which one is chosen."""
        return self._at

    def choose(self, place: int) -> None:
        """Choose one."""
        self._at = place
        if 0 <= place < len(self.hits):
            self.field.setAccessibleDescription(f"{self.hits[place].name}, {self.hits[place].what}")
        self.lines.update()

    def go(self) -> None:
        """Close, and do what is chosen."""
        if self.hits:
            act = self.hits[self._at].act
            self.close()
            act()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Arrows, Enter, Esc."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.hits:
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self.choose((self._at + step) % len(self.hits))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.go()
                return True
            if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) and self.hits:
                self.choose(len(self.hits) - 1 if event.key() == Qt.Key.Key_PageDown else 0)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close()
                return True
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A plain panel with a border."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface"))
        painter.setPen(QPen(theme.color("control"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _look(self) -> None:
        hits: list[Hit] = []
        for hit in found(self._session, self.field.text()):
            hits.append(hit)
            if len(hits) == _SHOWN:
                break
        self.hits = hits
        self.lines.setFixedHeight(max(len(hits), 1) * _LINE + 8)
        self.adjustSize()
        self.choose(0)


class _Lines(QWidget):
    """What was found."""

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self._palette = palette
        self.setMouseTracking(True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The pointer chooses."""
        place = (int(event.position().y()) - 8) // _LINE
        if 0 <= place < len(self._palette.hits):
            self._palette.choose(place)

    def mousePressEvent(self, _event: QMouseEvent) -> None:  # noqa: N802
        """A click goes."""
        self._palette.go()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the lines."""
        painter = QPainter(self)
        middle = Qt.AlignmentFlag.AlignVCenter
        palette = self._palette
        if not palette.hits:
            painter.setFont(theme.font(theme.SMALL))
            painter.setPen(theme.color("text2"))
            words = palette._session.translator("Nothing found. Fewer letters find more.")
            painter.drawText(self.rect().adjusted(12, 0, -12, 0), middle, words)
        for place, hit in enumerate(palette.hits):
            line = QRect(0, 8 + place * _LINE, self.width(), _LINE)
            if place == palette.at:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("tint"))
                painter.drawRoundedRect(line, theme.RADIUS, theme.RADIUS)
            painter.drawPixmap(12, line.center().y() - 8, icons.pixmap(hit.icon, 16, "text2"))
            inner = line.adjusted(40, 0, -12, 0)
            painter.setFont(theme.font(theme.SMALL))
            painter.setPen(theme.color("text2"))
            painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, hit.what)
            room = inner.width() - painter.fontMetrics().horizontalAdvance(hit.what) - 16
            painter.setFont(theme.font(theme.BODY, 500))
            painter.setPen(theme.color("text"))
            name = painter.fontMetrics().elidedText(hit.name, Qt.TextElideMode.ElideRight, room)
            painter.drawText(inner, middle, name)
        painter.end()
