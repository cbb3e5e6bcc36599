"""The exports of the purchases slice."""

from app.ledger.purchases.commands import RecordPurchase
from app.ledger.purchases.integrity import CHECKS
from app.ledger.purchases.rebuilding import purchase_again
from app.ledger.purchases.service import record_purchase, take_back
from app.ledger.purchases.sheets import SHEETS
from app.ledger.slice import Slice

SLICE = Slice(
    name="purchases",
    handlers={RecordPurchase: record_purchase},
    reversals={"purchases": take_back},
    rebuilds={"purchases": purchase_again},
    checks=CHECKS,
    sheets=SHEETS,
)
