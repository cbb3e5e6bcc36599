"""Draws lumbung.svg in the sizes and formats that the systems want: `.venv/bin/python packaging/icons.py`.

The results are committed; run it again only after the drawing has changed.
"""

import os
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

HERE = Path(__file__).parent
WINDOWS = (16, 20, 24, 32, 40, 48, 64, 128, 256)
LINUX = (48, 128, 256)


def drawn(size: int) -> Image.Image:
    """The drawing at one size, drawn for that size and not shrunk from another."""
    picture = QImage(size, size, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(str(HERE / "lumbung.svg")).render(painter, QRectF(0, 0, size, size))
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(picture)
    return Image.open(BytesIO(content.data()))


def main() -> int:
    """Write the icons beside the drawing."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    for size in LINUX:
        drawn(size).save(HERE / f"lumbung-{size}.png", optimize=True)
    pictures = [drawn(size) for size in WINDOWS]
    pictures[-1].save(
        HERE / "lumbung.ico",
        sizes=[(size, size) for size in WINDOWS],
        append_images=pictures[:-1],
    )
    drawn(512).save(HERE / "lumbung.icns")
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
