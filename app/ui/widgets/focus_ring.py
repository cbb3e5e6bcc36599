"""The ring around the button that has the focus: 2 px wide, 2 px outside it, which a style sheet can't draw."""

from typing import Any

from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFocusFrame,
    QProxyStyle,
    QRadioButton,
    QStyle,
    QWidget,
)
from shiboken6 import isValid

from app.ui import theme
from app.ui.widgets.button import Button, Chip
from app.ui.widgets.label import Opens

_OUTSIDE = 4


class _Wide(QProxyStyle):
    """Lets the frame reach beyond the widget."""

    def pixelMetric(self, metric: QStyle.PixelMetric, *rest: Any) -> int:  # noqa: N802
        """4 px on each side for the frame, as the base style for the rest."""
        if metric in (QStyle.PixelMetric.PM_FocusFrameHMargin, QStyle.PixelMetric.PM_FocusFrameVMargin):
            return _OUTSIDE
        return super().pixelMetric(metric, *rest)

    def styleHint(self, hint: QStyle.StyleHint, *rest: Any) -> int:  # noqa: N802
        """Above the widget, in its window: its parent would cut the ring off."""
        if hint == QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1
        return super().styleHint(hint, *rest)


class FocusRing(QFocusFrame):
    """One ring a window, wherever the focus goes."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._style = _Wide("fusion")
        self.setStyle(self._style)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def stop(self) -> None:
        """Follow the focus no more."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.disconnect(self._follow)
        self.hide()
        self.deleteLater()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("focus"), 2))
        ring = self.rect().adjusted(1, 1, -1, -1)
        followed = self.widget()
        radius = ring.height() / 2 if isinstance(followed, Chip) else theme.RADIUS + 2
        painter.drawRoundedRect(ring, radius, radius)
        painter.end()

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if not (isValid(self) and isValid(self._window)):
            # While the window goes, its parts hand the focus on to each other; there is nothing to follow any more.
            return
        wanted = (
            isinstance(new, Button | Chip | Opens | QCheckBox | QRadioButton)
            and new.window() is self._window
            and new.property("ring") != "none"
        )
        self.setWidget(new if wanted and new is not None else None)  # type: ignore[arg-type]
        self.setVisible(wanted)
        if wanted:
            self.raise_()
