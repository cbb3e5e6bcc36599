"""Buttons that show the key which does the same. The key itself is heard by `app.ui.keys`."""

from collections.abc import Callable
from typing import Final, Literal

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from app.ui import icons, theme

Kind = Literal["plain", "primary", "link", "tool", "danger", "nav", "method", "find"]
_HEIGHTS: Final = {"tool": 32, "link": 28, "nav": theme.NAVIGATION_ITEM_HEIGHT, "method": 40, "find": 32}
# Before the key of an item of the navigation, and behind it.
_NAV_EDGE: Final = 8
_ICON_GAP, _CAP_GAP, _CAP_PADDING, _CAP_HEIGHT, _CHEVRON = 8, 12, 6, 20, 22
# As wide as the search field it looks like, where there is room.
_FIND_WIDTH = 280


class Button(QAbstractButton):
    """A button with a word, perhaps an icon before it and a key cap behind it.

    `key` is written as Qt writes it ("F2", "Ctrl+P", "Alt+1"); `kind` says how it looks: the one primary
    action of a page, a plain one, a link in words, a small one in a tool row, one that destroys, an item of
    the navigation, a way to pay (which can be chosen), or what looks like a search field and opens one. `opens`
    shows by a chevron that a list comes down from it.
    """

    def __init__(
        self,
        text: str,
        *,
        icon: str = "",
        key: str = "",
        kind: Kind = "plain",
        on: Callable[[], object] | None = None,
        height: int = 0,
        detail: str = "",
        opens: bool = False,
    ) -> None:
        super().__init__()
        self.setText(text)
        self.key = key
        self.kind = kind
        self.detail = detail
        self._icon = icon
        self._opens = opens
        self._height = height or _HEIGHTS.get(kind, theme.BUTTON_HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._tell()
        if on is not None:
            self.clicked.connect(lambda: on())
        if kind in ("method", "nav"):
            self.setCheckable(True)
        if kind == "nav":
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if kind == "find":
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str, *, detail: str | None = None) -> None:
        """Change the word, and the quieter words behind it."""
        if text == self.text() and detail in (None, self.detail):
            # The whole window would be laid out anew for nothing.
            return
        self.setText(text)
        if detail is not None:
            self.detail = detail
        self._tell()
        self.updateGeometry()
        self.update()

    def set_icon(self, name: str) -> None:
        """Change the icon."""
        self._icon = name
        self.update()

    def set_kind(self, kind: Kind) -> None:
        """Change the look; where the focus moves, so does what is primary."""
        self.kind = kind
        self.update()

    def nextCheckState(self) -> None:  # noqa: N802
        """Whoever made the button says what is chosen; a click alone doesn't."""

    def sizeHint(self) -> QSize:  # noqa: N802
        """As wide as its words."""
        if self.kind == "nav":
            return QSize(theme.NAVIGATION_WIDTH - 16, self._height)
        width = self._content_width() + 2 * self._padding()
        return QSize(max(width, _FIND_WIDTH) if self.kind == "find" else width, self._height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Never narrower than its words; in the navigation they end in an ellipsis."""
        if self.kind == "nav":
            return QSize(80, self._height)
        return QSize(self._content_width() + 2 * self._padding(), self._height)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw body, icon, word and key cap."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_body(painter)
        words = self._word_token()
        left = self._padding()
        content = self._content_width(self._size())
        spread = self.kind in ("nav", "method", "find")
        if not spread:
            left = max(left, (self.width() - content) // 2)
        if self._shown_icon():
            size = self._icon_size()
            picture = icons.pixmap(self._shown_icon(), size, words)
            painter.drawPixmap(left, (self.height() - size) // 2, picture)
            left += size + _ICON_GAP
        font = theme.font(self._size(), self._weight())
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(theme.color(words))
        edge = (_NAV_EDGE if self.key else 0) if self.kind == "nav" else self._padding()
        room = self.width() - left - edge - self._cap_width()
        text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, max(room, 0))
        self.setToolTip(self.text() if text != self.text() else "")
        width = metrics.horizontalAdvance(text)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRect(left, 0, width + 2, self.height()), middle, text)
        left += width
        if self.detail:
            font = theme.font(theme.SMALL)
            painter.setFont(font)
            painter.setPen(theme.color(self._detail_token()))
            width = QFontMetrics(font).horizontalAdvance(self.detail)
            painter.drawText(QRect(left + 8, 0, width + 2, self.height()), middle, self.detail)
            left += width + 8
        if self._opens:
            picture = icons.pixmap("chevron-down", 16, words)
            painter.drawPixmap(left + _CHEVRON - 16, (self.height() - 16) // 2, picture)
            left += _CHEVRON
        if self.key:
            cap = self._cap_width() - (_NAV_EDGE if self.kind == "nav" else _CAP_GAP)
            edge = _NAV_EDGE if self.kind == "nav" else self._padding()
            at = self.width() - cap - edge if spread else left + _CAP_GAP
            self._draw_cap(painter, QRect(at, (self.height() - _CAP_HEIGHT) // 2, cap, _CAP_HEIGHT), words)
        painter.end()

    # What it looks like in each state

    def _draw_body(self, painter: QPainter) -> None:
        down = self.isDown()
        over = self.underMouse() and self.isEnabled()
        fill, border, thick = self._body(down=down, over=over)
        body = QRectF(self.rect())
        if fill:
            painter.setBrush(theme.color(fill))
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
        if border:
            painter.setPen(QPen(theme.color(border), thick))
            body = outline(self.rect(), thick)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(body, theme.RADIUS, theme.RADIUS)
        if self.kind == "nav" and self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("brand_text"))
            painter.drawRect(0, 0, 3, self.height())

    def _body(self, *, down: bool, over: bool) -> tuple[str, str, int]:
        if self.kind == "nav":
            return ("tint" if self.isChecked() else "hover" if over or down else "", "", 1)
        if not self.isEnabled():
            return ("" if self.kind == "link" else "disabled", "" if self.kind == "link" else "line", 1)
        if self.kind == "primary":
            return ("brand_press" if down else "brand_hover" if over else "brand", "", 1)
        if self.kind == "link":
            return ("hover" if over or down else "", "", 1)
        if self.isChecked():
            return ("tint", "brand_text", 2)
        if self.kind == "danger":
            return ("out_tint" if over or down else "surface", "out", 1)
        return ("tint" if down else "hover" if over else "surface", "control", 1)

    def _word_token(self) -> str:
        if self.kind == "nav":
            return "brand_text" if self.isChecked() else "text"
        if not self.isEnabled():
            return "disabled_text"
        if self.kind == "primary":
            return "on_brand"
        if self.kind == "danger":
            return "out"
        if self.kind == "find":
            return "text2"
        return "brand_text" if self.kind == "link" or self.isChecked() else "text"

    def _detail_token(self) -> str:
        return self._word_token() if self.kind == "primary" else "amber" if self.kind == "nav" else "text2"

    def _draw_cap(self, painter: QPainter, where: QRect, words: str) -> None:
        painter.setFont(theme.font(theme.SMALL))
        if self.kind == "nav":
            painter.setPen(theme.color("text2"))
            painter.drawText(where, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.key)
            return
        line = words if self.kind == "primary" and self.isEnabled() else "line"
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color(line), 1))
        painter.drawRoundedRect(outline(where), theme.RADIUS_KEY, theme.RADIUS_KEY)
        painter.setPen(theme.color(words if self.kind == "primary" or not self.isEnabled() else "text2"))
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, self.key)

    # Measures

    def _shown_icon(self) -> str:
        return "check" if self.kind == "method" and self.isChecked() else self._icon

    def _icon_size(self) -> int:
        return 18 if self.kind == "nav" else 16

    def _size(self) -> int:
        """A high button has larger words, where they fit."""
        fits = self._content_width(theme.BODY) + 2 * self._padding() <= self.width()
        return theme.BODY if self._height >= 48 and fits else theme.SMALL

    def _weight(self) -> int:
        if self.kind == "nav":
            return 600 if self.isChecked() else 500
        return 400 if self.kind == "find" else 600

    def _padding(self) -> int:
        if self.kind == "nav":
            return 12 if self.width() >= theme.NAVIGATION_WIDTH - 16 else 8
        return {"link": 8, "tool": 10}.get(self.kind, 12)

    def _cap_width(self) -> int:
        if not self.key:
            return 0
        width = QFontMetrics(theme.font(theme.SMALL)).horizontalAdvance(self.key)
        return width + (_NAV_EDGE if self.kind == "nav" else 2 * _CAP_PADDING + _CAP_GAP)

    def _content_width(self, size: int = theme.SMALL) -> int:
        width = QFontMetrics(theme.font(size, self._weight())).horizontalAdvance(self.text()) + 2
        if self._shown_icon():
            width += self._icon_size() + _ICON_GAP
        if self.detail:
            width += QFontMetrics(theme.font(theme.SMALL)).horizontalAdvance(self.detail) + 10
        if self._opens:
            width += _CHEVRON
        return width + self._cap_width()

    def _tell(self) -> None:
        self.setAccessibleName(f"{self.text()} {self.detail}".strip())
        if self.key:
            self.setAccessibleDescription(self.key)


class Chip(QAbstractButton):
    """A filter that is on or off, with a word and perhaps a count; amber with an icon where attention is due."""

    def __init__(self, text: str, *, chosen: bool = False, attention: bool = False, icon: str = "") -> None:
        super().__init__()
        self.setText(text)
        self.setCheckable(True)
        self.setChecked(chosen)
        self._attention = attention
        self._icon = icon or ("triangle-alert" if attention else "")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(text)
        # What is chosen carries a sign, and is wider by it.
        self.toggled.connect(self.updateGeometry)

    def set_text(self, text: str) -> None:
        """Change the word or its count."""
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def set_attention(self, *, on: bool) -> None:
        """Amber with its sign while attention is due."""
        self._attention = on
        self._icon = "triangle-alert" if on else "none"
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """As wide as its words."""
        width = QFontMetrics(self._face()).horizontalAdvance(self.text()) + 26
        return QSize(width + (20 if self._sign() else 0), 28)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Never narrower than its words."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the round body, the sign, the word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked():
            fill, line, words = "brand", "brand", "on_brand"
        elif self._attention:
            fill, line, words = "amber_tint", "amber_line", "amber"
        else:
            fill, line, words = ("hover" if self.underMouse() else "sunken"), "line", "text"
        painter.setBrush(theme.color(fill))
        painter.setPen(QPen(theme.color(line), 1))
        body = outline(self.rect())
        painter.drawRoundedRect(body, body.height() / 2, body.height() / 2)
        left = 13
        if self._sign():
            painter.drawPixmap(left - 2, (self.height() - 14) // 2, icons.pixmap(self._sign(), 14, words))
            left += 18
        painter.setFont(self._face())
        painter.setPen(theme.color(words))
        where = QRect(left, 0, self.width() - left, self.height())
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        painter.end()

    def _face(self) -> QFont:
        return theme.font(theme.SMALL, 600 if self.isChecked() else 500)

    def _sign(self) -> str:
        if self.isChecked():
            return "check"
        return "" if self._icon == "none" else self._icon


class Badge(Chip):
    """A state in a word, not to be pressed: Aktif, Lunas, Belum lengkap."""

    def __init__(self, text: str, *, attention: bool = False, icon: str = "") -> None:
        super().__init__(text, attention=attention, icon=icon)
        self.setCheckable(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setEnabled(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def outline(rect: QRect, thick: int = 1) -> QRectF:
    """Where the pen goes so that the whole line is inside: on the edge, half of it is cut and half is blurred."""
    half = thick / 2
    return QRectF(rect).adjusted(half, half, -half, -half)
