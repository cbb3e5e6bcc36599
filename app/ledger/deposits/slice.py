"""The exports of the deposits slice."""

from app.ledger.deposits.closing import close_deposit, roll_over
from app.ledger.deposits.commands import (
    CloseTermDeposit,
    OpenTermDeposit,
    PayDepositInterest,
    RollOverDeposits,
    RunDepositInterest,
    TakeOverTermDeposit,
)
from app.ledger.deposits.integrity import CHECKS
from app.ledger.deposits.interest import pay_interest, run_interest
from app.ledger.deposits.opening import open_deposit, take_over_deposit
from app.ledger.deposits.register import SOURCE
from app.ledger.deposits.reversal import take_back
from app.ledger.deposits.sheets import SHEETS
from app.ledger.slice import Slice

SLICE = Slice(
    name="deposits",
    handlers={
        OpenTermDeposit: open_deposit,
        TakeOverTermDeposit: take_over_deposit,
        PayDepositInterest: pay_interest,
        RunDepositInterest: run_interest,
        CloseTermDeposit: close_deposit,
        RollOverDeposits: roll_over,
    },
    reversals={SOURCE: take_back},
    checks=CHECKS,
    sheets=SHEETS,
)
