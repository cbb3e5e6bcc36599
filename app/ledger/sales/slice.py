"""The exports of the sales slice."""

from app.ledger.sales.commands import RecordSale
from app.ledger.sales.integrity import CHECKS
from app.ledger.sales.rebuilding import sale_again
from app.ledger.sales.service import record_sale, take_back
from app.ledger.sales.sheets import SHEETS
from app.ledger.slice import Slice

SLICE = Slice(
    name="sales",
    handlers={RecordSale: record_sale},
    reversals={"sales": take_back},
    rebuilds={"sales": sale_again},
    checks=CHECKS,
    sheets=SHEETS,
)
