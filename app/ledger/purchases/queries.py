"""Reading purchases."""

from datetime import date
from typing import NamedTuple

from app.base.dates import Period
from app.ledger.reader import Reader, day


class PurchaseRow(NamedTuple):
    """One purchase: `amount` is what the goods cost with their freight, rupiah; `supplier` may be unknown."""

    entry: int
    date: date
    number: str
    supplier_code: str | None
    supplier: str | None
    amount: int


def purchases(reader: Reader, period: Period) -> list[PurchaseRow]:
    """The purchases of a period by date; one taken back is followed by its opposite."""
    rows = reader.sql(
        "SELECT h.id, h.date, h.number, y.code, y.name, h.amount + h.freight FROM purchase AS h"
        " LEFT JOIN party AS y ON y.id = h.party_id WHERE h.date >= ? AND h.date < ? ORDER BY h.date, h.id",
        (period.first.isoformat(), period.end.isoformat()),
    )
    return [PurchaseRow(row[0], day(row[1]), *row[2:]) for row in rows]
