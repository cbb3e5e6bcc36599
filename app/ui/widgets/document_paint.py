"""What the paper on the screen is painted with, and its head: letterhead, title, period."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap

from app.reports.document import Chart, initials
from app.ui import theme
from app.ui.widgets.charts import Drawing, legend_width, paint_legend
from app.ui.widgets.document_layout import (
    CHART_HEIGHT,
    CHART_TITLE,
    LINE,
    LOGO,
    SIDE,
    TOP,
    DocumentLayout,
    wide,
)

AT_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_AT_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTER: Final = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
_PAPER: Final = theme.LIGHT  # paper is white and its words are black, whatever the window looks like


def ink(token: str) -> QColor:
    """A colour on paper."""
    return QColor(getattr(_PAPER, token))


def face_of(weight: int = 400, size: int = theme.SMALL) -> QFont:
    """The type on paper."""
    return theme.font(size, weight)


def put_words(
    painter: QPainter,
    left: float,
    top: float,
    height: float,
    text: str,
    face: QFont,
    token: str = "text",
    *,
    room: float = 2000,
    align: Qt.AlignmentFlag = AT_LEFT,
) -> None:
    """Write a line of words in the middle of a height."""
    painter.setFont(face)
    painter.setPen(ink(token))
    painter.drawText(QRectF(left, top, room, height), align, text)


def paint_head(painter: QPainter, layout: DocumentLayout, logo: QPixmap | None) -> None:
    """Letterhead, title, period: all that stands above the table."""
    document, head = layout.document, layout.head
    box = QRectF(SIDE, TOP, LOGO, LOGO)
    if logo is not None:
        size = logo.size().scaled(LOGO, LOGO, Qt.AspectRatioMode.KeepAspectRatio)
        at = box.center() - QPointF(size.width() / 2, size.height() / 2)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(QRectF(at.x(), at.y(), size.width(), size.height()).toRect(), logo)
    else:
        painter.setPen(QPen(ink("text"), 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(face_of(600, theme.BODY))
        painter.drawText(box, _CENTER, initials(document.letterhead.name or document.book))
    left = SIDE + LOGO + 16
    y = TOP + max((LOGO - len(head.name) * 22 - len(head.lines) * LINE) / 2, 0)
    for line in head.name:
        put_words(painter, left, y, 22, line, face_of(600, theme.BODY))
        y += 22
    for line in head.lines:
        put_words(painter, left, y, LINE, line, face_of())
        y += LINE
    if document.training:
        _paint_training(painter, layout)
    painter.fillRect(QRectF(SIDE, head.rule, layout.width - 2 * SIDE, 2), ink("text"))
    y = head.rule + 14
    room = layout.width - 2 * SIDE
    for line in head.title:
        put_words(painter, SIDE, y, 30, line, face_of(600, theme.TITLE), room=room, align=_CENTER)
        y += 30
    for line in (*head.subtitle, *head.context):
        put_words(painter, SIDE, y, 20, line, face_of(), room=room, align=_CENTER)
        y += 20
    for top, chart in zip(head.charts, layout.charts, strict=True):
        _paint_chart(painter, layout, chart, top)


def _paint_chart(painter: QPainter, layout: DocumentLayout, chart: Chart, top: float) -> None:
    """A chart with its title, and at the right its sentence or the names of its lines."""
    room = layout.width - 2 * SIDE
    names = [series.name for series in chart.series]
    put_words(painter, SIDE, top, CHART_TITLE, chart.title, face_of(600), room=room)
    if len(names) > 1:
        paint_legend(painter, SIDE + room - legend_width(names), top + 4, names, ink)
    elif wide(chart.title, weight=600) + wide(chart.note) + 24 <= room:
        put_words(painter, SIDE, top, CHART_TITLE, chart.note, face_of(), "text2", room=room, align=_AT_RIGHT)
    area = QRectF(SIDE, top + CHART_TITLE, room, CHART_HEIGHT)
    Drawing(chart, layout.translator, area, ink).paint(painter)


def _paint_training(painter: QPainter, layout: DocumentLayout) -> None:
    """The box that says that the book is for learning."""
    word = layout.translator("TRAINING")
    size = wide(word, weight=700) + 20
    box = QRectF(layout.width - SIDE - size, TOP, size, 24)
    painter.setPen(QPen(ink("text"), 1.6))
    painter.setBrush(ink("surface"))
    painter.drawRect(box)
    painter.setFont(face_of(700))
    painter.drawText(box, _CENTER, word)
