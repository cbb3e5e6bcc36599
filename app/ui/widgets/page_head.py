"""The head of a page: its title, what is quiet beside it, and its buttons at the right."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui import theme
from app.ui.widgets.label import Label
from app.ui.widgets.layout import flow


class PageHead(QWidget):
    """A title with its buttons; the buttons wrap where the window is narrow."""

    def __init__(
        self, title: str, *, beside: Sequence[QWidget] = (), actions: Sequence[QWidget] = ()
    ) -> None:
        super().__init__()
        self.title = Label(title, "title")
        layout = QHBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addLayout(flow(self.title, *beside, gap=theme.GAP), 2)
        if actions:
            layout.addLayout(flow(*actions, right=True), 3)
        self.setLayout(layout)

    def set_title(self, title: str) -> None:
        """Show another title."""
        self.title.setText(title)
