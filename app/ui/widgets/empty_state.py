"""An empty page says what belongs there, why it is useful, and has the button that makes the first one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.ui import icons, theme
from app.ui.widgets.button import Button
from app.ui.widgets.label import Label
from app.ui.widgets.layout import Card, column, flow, row
from app.ui.widgets.page_head import PageHead


class EmptyState(QWidget):
    """The icon, what is missing, why it is wanted, and the buttons (the first is the primary one).

    `page` is the title of the page, where this is all that is shown of it.
    """

    def __init__(
        self, icon: str, title: str, why: str, buttons: Sequence[Button] = (), *, page: str = ""
    ) -> None:
        super().__init__()
        self.buttons = tuple(buttons)
        sign = QLabel()
        sign.setPixmap(icons.pixmap(icon, 24, "brand_text"))
        sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        tile = Card(column(sign, margin=14), "soft")
        tile.setFixedSize(56, 56)
        title_line = Label(title, "title")
        title_line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        reason = Label(why, "field", "muted", wrap=True)
        reason.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        reason.setFixedWidth(460)
        middle = column(
            None,
            row(None, tile, None),
            title_line,
            row(None, reason, None),
            8,
            row(None, flow(*buttons), None) if buttons else None,
            None,
            gap=12,
            margin=24,
        )
        if not page:
            self.setLayout(middle)
            return
        whole = column(PageHead(page), middle, gap=0, margin=theme.PAGE)
        whole.setStretch(1, 1)
        self.setLayout(whole)
