"""The exports of the savings slice. The commands on members' accounts are handled by `members`, above."""

from app.ledger.savings.commands import (
    AddSavingsProduct,
    ForgetSavingsMonth,
    RemoveHold,
    RemoveSavingsProduct,
    ResumeHold,
    SetSavingsProduct,
)
from app.ledger.savings.holds import remove_hold, resume_hold
from app.ledger.savings.integrity import CHECKS
from app.ledger.savings.products import (
    add_product,
    forget_month,
    remove_product,
    set_product,
    write_standard_products,
)
from app.ledger.savings.rebuilding import slip_again
from app.ledger.savings.service import SOURCE, take_back
from app.ledger.savings.sheets import SHEETS
from app.ledger.slice import Slice

SLICE = Slice(
    name="savings",
    handlers={
        AddSavingsProduct: add_product,
        SetSavingsProduct: set_product,
        RemoveSavingsProduct: remove_product,
        ForgetSavingsMonth: forget_month,
        RemoveHold: remove_hold,
        ResumeHold: resume_hold,
    },
    reversals={SOURCE: take_back},
    rebuilds={SOURCE: slip_again},
    checks=CHECKS,
    sheets=SHEETS,
    start=write_standard_products,
)
