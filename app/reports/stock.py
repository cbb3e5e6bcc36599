"""What is in stock and what it is worth, and each product's stock card."""

from datetime import timedelta
from decimal import Decimal

from app.base.dates import Period
from app.base.i18n import N_
from app.ledger.products.queries import find_product, stock_list
from app.ledger.products.queries import stock_card as read_stock_card
from app.ledger.sales.queries import sales_by_product
from app.reports.catalog import BUSINESS, ReportSpec
from app.reports.document import CellType, Column, Document, Row, RowKind, Term
from app.reports.frame import Request

STOCK = N_("Stock")
STOCK_CARD = N_("Stock Card")
STOCK_LOW = N_("Running Out of Stock")
_NONE = Decimal(0)
# How long the pace of sales is looked at, and how many days of stock are enough.
PACE_DAYS, _ENOUGH_DAYS = 30, 3


def stock(request: Request) -> Document:
    """Each product's quantity, average cost of one unit and value at the close of the day."""
    _ = request.translator
    rows = [
        Row(
            RowKind.ITEM,
            {
                "code": item.code,
                "name": item.name,
                "unit": item.unit,
                "quantity": item.quantity,
                "unit_cost": item.unit_cost,
                "value": item.value,
            },
            opens={"report": "stock-card", "product": item.code},
        )
        for item in stock_list(request.book, request.last_day)
    ]
    total = sum(int(str(row.cells["value"])) for row in rows)
    adds = (Term(0, len(rows) - 1),) if rows else ()
    rows.append(Row(RowKind.TOTAL, {"name": _("Total"), "value": total}, adds=adds))
    return request.document(
        "stock",
        _(STOCK),
        (
            Column("code", _("Code")),
            Column("name", _("Name"), weight=3),
            Column("unit", _("Unit")),
            Column("quantity", _("Quantity"), CellType.QUANTITY),
            Column("unit_cost", _("Unit cost"), CellType.AMOUNT),
            Column("value", _("Value"), CellType.AMOUNT),
        ),
        rows,
        {"value": total},
    )


def stock_low(request: Request) -> Document:
    """Goods below their minimum, or gone within three days at the pace of the last 30; the soonest first.

    Of today it takes the kept quantities, which are those of everything recorded.
    """
    _ = request.translator
    on = request.last_day
    period = Period.through(on - timedelta(days=PACE_DAYS - 1), on)
    pace = {row.code: row.quantity for row in sales_by_product(request.book, period)}
    found = []
    for item in stock_list(request.book, None if on >= request.made_at.date() else on):
        sold = pace.get(item.code, _NONE)
        left = int(max(item.quantity, _NONE) * PACE_DAYS / sold) if sold > 0 else None
        if (item.minimum and item.quantity < item.minimum) or (left is not None and left < _ENOUGH_DAYS):
            found.append((left, item, sold))
    found.sort(key=lambda one: (one[0] is None, one[0] or 0, one[1].name.casefold()))
    rows = [
        Row(
            RowKind.ITEM,
            {
                "code": item.code,
                "name": item.name,
                "unit": item.unit,
                "quantity": item.quantity,
                "minimum": item.minimum,
                "sold": sold,
                "days": left,
            },
            opens={"report": "stock-card", "product": item.code},
        )
        for left, item, sold in found
    ]
    return request.document(
        "stock-low",
        _(STOCK_LOW),
        (
            Column("code", _("Code")),
            Column("name", _("Name"), weight=3),
            Column("unit", _("Unit")),
            Column("quantity", _("Quantity"), CellType.QUANTITY),
            Column("minimum", _("Minimum"), CellType.QUANTITY),
            Column("sold", _("Sold in {n:n} days", n=PACE_DAYS), CellType.QUANTITY),
            Column("days", _("Enough for days"), CellType.INTEGER),
        ),
        rows,
        {"count": len(rows)},
    )


def stock_card(request: Request) -> Document:
    """One product's movements in the period, in its own unit, with the stock after each."""
    _ = request.translator
    period = request.period
    product = find_product(request.book, request.needed("product"))
    opening, lines = read_stock_card(request.book, product.id, period)
    rows = [Row(RowKind.SUBTOTAL, {"memo": _("Opening stock"), "balance": opening})]
    rows += [
        Row(
            RowKind.ITEM,
            {
                "date": line.date,
                "number": line.number,
                "memo": line.memo,
                "in": max(line.quantity, _NONE),
                "out": max(-line.quantity, _NONE),
                "balance": line.balance,
            },
            opens={"report": "journal", "from": line.date.isoformat(), "to": line.date.isoformat()},
        )
        for line in lines
    ]
    closing = lines[-1].balance if lines else opening
    rows.append(
        Row(
            RowKind.TOTAL,
            {
                "memo": _("Closing stock"),
                "in": sum((max(line.quantity, _NONE) for line in lines), _NONE),
                "out": sum((max(-line.quantity, _NONE) for line in lines), _NONE),
                "balance": closing,
            },
            adds=(Term(1, len(lines)),) if lines else (),
            adds_columns=("in", "out"),
        )
    )
    return request.document(
        "stock-card",
        _(STOCK_CARD),
        (
            Column("date", _("Date"), CellType.DATE),
            Column("number", _("Number")),
            Column("memo", _("Memo"), weight=3),
            Column("in", _("In"), CellType.QUANTITY),
            Column("out", _("Out"), CellType.QUANTITY),
            Column("balance", _("Balance"), CellType.QUANTITY),
        ),
        rows,
        {"opening": opening, "closing": closing},
        period=period,
        context=(
            (_("Product"), f"{product.code} {product.name}"),
            *(((_("Unit"), product.unit),) if product.unit else ()),
        ),
    )


REPORTS = (
    ReportSpec("stock", STOCK, stock, kinds=BUSINESS, as_of=True),
    ReportSpec("stock-low", STOCK_LOW, stock_low, kinds=BUSINESS, as_of=True),
    ReportSpec(
        "stock-card", STOCK_CARD, stock_card, kinds=BUSINESS, parameters=("product",), needs=("product",)
    ),
)
