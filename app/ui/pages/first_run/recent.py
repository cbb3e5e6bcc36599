"""The books that were open before, with their place, their date, and what is wrong with the place."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.base.errors import LumbungError
from app.base.settings import RECENT_BOOKS
from app.ui import icons, theme
from app.ui.places import Place, books_folder, free_name, place_of
from app.ui.widgets.button import Button
from app.ui.widgets.label import Label
from app.ui.widgets.layout import Card, box, column, row, rule

if TYPE_CHECKING:
    from app.ui.application import Desk

_SHOWN = 5


class Known(NamedTuple):
    """A book that was open before. `kind` is "" where the file can't be read now."""

    path: Path
    name: str
    kind: str
    training: bool
    place: Place
    used: datetime | None


def known_books(desk: "Desk") -> list[Known]:
    """The recent books, the latest first. Nothing is ever taken off this list by the program."""
    return [_known(desk, Path(text)) for text in desk.settings[RECENT_BOOKS][:_SHOWN]]


def _known(desk: "Desk", path: Path) -> Known:
    place = place_of(path, desk.services.translator)
    if place.trouble == "missing":
        return Known(path, path.stem, "", False, place, None)
    used = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    try:
        with desk.services.snapshot(path) as snapshot:
            info = snapshot.info
    except LumbungError:
        return Known(path, path.stem, "", False, place, used)
    return Known(path, info.name, info.kind, info.training, place, used)


class BookLine(QWidget):
    """One book: icon, name, kind, place, trouble, when it was used. A click or Enter opens it."""

    def __init__(self, desk: "Desk", known: Known) -> None:
        super().__init__()
        self._desk = desk
        self.known = known
        _ = desk.services.translator
        self.setFixedHeight(36)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._icon, self._kind = {
            "business": ("store", _("Business")),
            "cooperative": ("users", _("Cooperative")),
        }.get(known.kind, ("file-text", ""))
        if known.training:
            self._icon, self._kind = "graduation-cap", _("Training")
        self._warning = {
            "synced": _("In a folder that is synchronised, it may be damaged."),
            "network": _("In a network folder, it may be damaged."),
            "removable": _("On a USB stick, it may be pulled out."),
            "missing": _("Not found now. Is the stick plugged in?"),
        }.get(known.place.trouble, "")
        self._when = _when(desk, known.used)
        self.setAccessibleName(
            " ".join(filter(None, (known.name, self._kind, known.place.words, self._warning, self._when)))
        )
        self.move_button: Button | None = None
        if known.place.trouble in ("synced", "network", "removable"):
            self.move_button = Button(_("Move it to this laptop"), kind="link", on=self._move)
            self.setLayout(row(None, self.move_button, margin=(0, 4, 130, 4)))

    def open(self) -> None:
        """Open the book."""
        self._desk.open_book(self.known.path)

    def sizeHint(self) -> QSize:  # noqa: N802
        """One line."""
        return QSize(800, 36)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Open on Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.open()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Open on a click."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.open()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the columns."""
        painter = QPainter(self)
        if self.hasFocus() or self.underMouse():
            painter.fillRect(
                self.rect().adjusted(1, 0, -1, 0), theme.color("tint" if self.hasFocus() else "hover")
            )
        width = self.width()
        painter.drawPixmap(17, 10, icons.pixmap(self._icon, 16, "text2"))
        wide = width > 900
        self._word(painter, 46, width * (0.24 if wide else 0.4), self.known.name, "text", 600)
        self._word(painter, width * (0.28 if wide else 0.45), width * 0.1, self._kind, "text2")
        if wide:
            self._word(painter, width * 0.38, width * 0.2, self.known.place.words, "text2")
        warned = bool(self._warning)
        if warned:
            token = "text2" if self.known.place.trouble == "missing" else "amber"
            x = width * 0.59 if wide else width * 0.56
            painter.drawPixmap(int(x), 10, icons.pixmap("triangle-alert", 16, token))
            room = width - x - 150 - (self.move_button.sizeHint().width() if self.move_button else 0)
            self._word(painter, x + 24, room, self._warning, token)
        painter.setPen(theme.color("text2"))
        where = QRect(width - 140, 0, 124, 36)
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._when)
        painter.end()

    def _word(
        self, painter: QPainter, x: float, width: float, text: str, token: str, weight: int = 400
    ) -> None:
        painter.setFont(theme.font(theme.SMALL, weight))
        painter.setPen(theme.color(token))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(int(width), 0))
        painter.drawText(
            QRect(int(x), 0, int(width), 36),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            shown,
        )
        painter.setFont(theme.font(theme.SMALL))

    def _move(self) -> None:
        """Copy the book to this laptop, proved, and open it there; the file it came from stays."""
        from app.ledger.restore import restore

        target = free_name(books_folder(), self.known.path.stem)
        try:
            restore(self.known.path, target)
        except Exception as error:  # noqa: BLE001 - shown to the person, with a report of the bug
            from app.ui.bridge import trouble_panel

            trouble_panel(error, self._desk.services.translator, self.window()).exec()
            return
        self._desk.open_book(target)


class RecentBooks(Card):
    """The list of them; nothing in it can be deleted."""

    def __init__(self, desk: "Desk") -> None:
        _ = desk.services.translator
        self.lines = [BookLine(desk, known) for known in known_books(desk)]
        parts: list[QWidget] = []
        for line in self.lines:
            if parts:
                parts.append(rule())
            parts.append(line)
        if not parts:
            empty = Label(_("None yet. Choose one of the three doors above."), tone="muted")
            parts.append(box(row(empty, None, margin=(16, 12, 16, 12))))
        super().__init__(column(*parts, gap=0, margin=1))


def _when(desk: "Desk", used: datetime | None) -> str:
    if used is None:
        return ""
    _ = desk.services.translator
    today: date = desk.services.clock.today()
    clock = _.format.time(used.replace(tzinfo=None))
    days = (today - used.date()).days
    if days == 0:
        return _("today {time}", time=clock)
    if days == 1:
        return _("yesterday {time}", time=clock)
    return _.format.date_medium(used.date())
