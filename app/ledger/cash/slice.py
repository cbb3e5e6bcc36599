"""The exports of the cash slice. Its documents are entries without details of their own."""

from app.ledger.cash.commands import RecordMoneyIn, RecordMoneyOut, TransferMoney
from app.ledger.cash.rebuilding import money_again
from app.ledger.cash.service import record_money_in, record_money_out, transfer_money
from app.ledger.cash.sheets import SHEETS
from app.ledger.slice import Slice

SLICE = Slice(
    name="cash",
    handlers={
        RecordMoneyIn: record_money_in,
        RecordMoneyOut: record_money_out,
        TransferMoney: transfer_money,
    },
    rebuilds={"cash": money_again},
    sheets=SHEETS,
)
