"""Ctrl+K: find anything and go there. Pages and actions, members, customers, goods, reports, records."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ledger.entries.records import KINDS, find_records
from app.ledger.members.queries import search_members
from app.ledger.parties.queries import search_parties
from app.ledger.products.queries import search_products
from app.reports.catalog import reports
from app.ui import icons, theme
from app.ui.bridge import Session
from app.ui.pages import PAGES
from app.ui.pages.page import of_kind
from app.ui.widgets.layout import column

_WIDTH, _LINE, _SHOWN, _OF_EACH = 640, 40, 11, 4


class Hit(NamedTuple):
    """One thing that was found: its words, what it is, and what choosing it does."""

    icon: str
    name: str
    what: str
    act: Callable[[], object]


def found(session: Session, text: str) -> Iterator[Hit]:
    """What fits what was typed: pages first, then people and goods, reports, and at last records."""
    _ = session.translator
    typed = text.strip().casefold()
    for page in of_kind(PAGES, session.kind, session.features):
        title = _(page.title)
        if page.key not in ("member", "loan", "help") and _fits(typed, title):
            yield Hit(page.icon, title, _("Page"), _goes(session, page.key))
    if not typed:
        return
    reader = session.reading()
    if session.kind == "cooperative":
        for member in search_members(reader, text, session.today, _OF_EACH):
            number = member.number
            yield Hit(
                "user",
                member.name,
                f"{_('Member')} {number}",
                _goes(session, "member", member=number),
            )
    else:
        for kind, word in (("customer", _("Customer")), ("supplier", _("Supplier"))):
            for party in search_parties(reader, kind, text, _OF_EACH):
                yield Hit(
                    "users",
                    party.name,
                    word,
                    _goes(session, "parties", kind=party.kind, party=party.code),
                )
        for product in search_products(reader, text, _OF_EACH):
            yield Hit(
                "package",
                product.name,
                _("Goods"),
                _goes(session, "products", product=product.code),
            )
    for key, spec in reports().items():
        if session.kind in spec.kinds and _fits(typed, _(spec.title)):
            yield Hit("file-text", _(spec.title), _("Report"), _goes(session, "reports", report=key))
    for row in find_records(reader, text, _OF_EACH):
        name = f"{row.number}  {row.memo}"
        what = f"{_(KINDS.get(row.kind, row.kind))}, {_.format.date_medium(row.date)}"
        yield Hit("scroll-text", name, what, _goes(session, "records", entry=row.entry))


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
