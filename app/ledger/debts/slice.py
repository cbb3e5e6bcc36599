"""The exports of the debts slice."""

from app.ledger.debts.commands import PayBill, ReceiveBillPayment, SetOpeningBill
from app.ledger.debts.integrity import CHECKS
from app.ledger.debts.rebuilding import payment_again
from app.ledger.debts.service import pay_bill, receive_bill_payment, set_opening_bill, take_back
from app.ledger.debts.sheets import SHEETS
from app.ledger.slice import Slice

SLICE = Slice(
    name="debts",
    handlers={
        ReceiveBillPayment: receive_bill_payment,
        PayBill: pay_bill,
        SetOpeningBill: set_opening_bill,
    },
    reversals={"debts": take_back},
    rebuilds={"debts": payment_again},
    checks=CHECKS,
    sheets=SHEETS,
)
