"""What is in stock and what it is worth, and each product's stock card."""

from decimal import Decimal

from app.base.i18n import N_
from app.ledger.products.queries import find_product, stock_list
from app.ledger.products.queries import stock_card as read_stock_card
from app.reports.catalog import BUSINESS, ReportSpec
from app.reports.document import CellType, Column, Document, Row, RowKind, Term
from app.reports.frame import Request

STOCK = N_("Stock")
STOCK_CARD = N_("Stock Card")
_NONE = Decimal(0)


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
    ReportSpec(
        "stock-card", STOCK_CARD, stock_card, kinds=BUSINESS, parameters=("product",), needs=("product",)
    ),
)
