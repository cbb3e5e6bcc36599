"""The columns of the note. On a narrow window the goods, how many and the amount are left."""

from collections.abc import Callable

from app.base.i18n import Translator
from app.ui import theme
from app.ui.pages.sell.cart import CartLine
from app.ui.widgets.table import TableColumn


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
