"""The exports of the loans slice."""

from app.ledger.loans.commands import (
    ApplyHeldPayments,
    DisburseLoan,
    PayOffLoan,
    ReceiveInstalment,
    TakeOverLoan,
)
from app.ledger.loans.integrity import CHECKS
from app.ledger.loans.lending import disburse
from app.ledger.loans.register import SOURCE
from app.ledger.loans.reversal import take_back
from app.ledger.loans.service import apply_held, receive
from app.ledger.loans.settlement import pay_off
from app.ledger.loans.sheets import SHEETS
from app.ledger.loans.takeover import take_over
from app.ledger.slice import Slice

SLICE = Slice(
    name="loans",
    handlers={
        DisburseLoan: disburse,
        TakeOverLoan: take_over,
        ReceiveInstalment: receive,
        PayOffLoan: pay_off,
        ApplyHeldPayments: apply_held,
    },
    reversals={SOURCE: take_back},
    checks=CHECKS,
    sheets=SHEETS,
)
