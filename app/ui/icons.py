"""Line icons (Lucide) in the colours of the theme. An icon never stands without a word beside it."""

from functools import cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.base.errors import Bug
from app.base.paths import resource_root
from app.ui import theme

STROKE: Final = "1.75"


def icon(name: str, size: int = 16, token: str = "text") -> QIcon:
    """The icon `name` (a file of resources/icons) in a token's colour."""
    return QIcon(pixmap(name, size, token))


def pixmap(name: str, size: int = 16, token: str = "text") -> QPixmap:
    """The icon as a picture, sharp at the screen's scale."""
    screen = QGuiApplication.primaryScreen()
    ratio = screen.devicePixelRatio()
    return _drawn(name, size, theme.color(token).name(), ratio)


def svg(name: str, colour: str) -> bytes:
    """The icon's drawing in a colour."""
    return _source(name).replace("currentColor", colour).encode()


@cache
def _drawn(name: str, size: int, colour: str, ratio: float) -> QPixmap:
    picture = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg(name, colour))).render(
        painter, QRectF(0, 0, picture.width(), picture.height())
    )
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@cache
def _source(name: str) -> str:
    path = resource_root() / "resources" / "icons" / f"{name}.svg"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise Bug(f"no icon {name} in resources/icons") from error
    return text.replace('stroke-width="2"', f'stroke-width="{STROKE}"')
