"""What is seen of the note: its lines, or what is said while there are none.

On a narrow window the goods, how many and the amount are left.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt

from app.base.i18n import Translator
from app.ui import theme
from app.ui.pages.sell.cart import CartLine
from app.ui.widgets.label import Label
from app.ui.widgets.table import Table, TableColumn


class Invitation(Label):
    """What is said over the empty note. It stands in no layout: each sale would lay out the whole page twice."""

    def __init__(self, text: str, table: Table) -> None:
        super().__init__(text, tone="muted", wrap=True)
        self._ground = table.viewport()
        self.setParent(self._ground)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setContentsMargins(48, 8, 48, 8)
        self._ground.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """As large as the table."""
        if watched is self._ground and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._ground.rect())
        return super().eventFilter(watched, event)


def note_columns(translator: Translator, place: Callable[[CartLine], int]) -> tuple[TableColumn, ...]:
    """The columns; `place` tells the number of a line."""
    _ = translator
    return (
        TableColumn("place", _("Line"), place, "integer", 48, tone=_muted, spare=True),
        TableColumn("name", _("Goods"), lambda line: line.name, width=0, size=theme.BODY),
        TableColumn(
            "quantity", _("Qty"), lambda line: line.quantity, "quantity", 72, weight=700, size=theme.BODY
        ),
        TableColumn("unit", "", lambda line: line.unit, width=84, tone=_muted, spare=True),
        TableColumn("price", _("Price (Rp)"), lambda line: line.price, "amount", 100, spare=True),
        TableColumn("discount", _("Discount"), lambda line: -line.discount or None, "amount", 90, spare=True),
        TableColumn(
            "amount", _("Amount (Rp)"), lambda line: line.amount, "amount", 108, weight=700, size=theme.BODY
        ),
    )


def _muted(_line: CartLine) -> str:
    return "muted"
