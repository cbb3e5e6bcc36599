"""The exports of the loans slice."""

from app.ledger.loans.allowance import run_allowance
from app.ledger.loans.commands import (
    AddLoanProduct,
    ApplyHeldPayments,
    DisburseLoan,
    PayOffLoan,
    ReceiveInstalment,
    ReceiveRecovery,
    RemoveLoanProduct,
    RestorePenalty,
    RunAllowance,
    SetLoanClass,
    SetLoanClasses,
    SetLoanDetails,
    SetLoanProduct,
    TakeOverLoan,
    WaivePenalty,
    WriteOffLoan,
)
from app.ledger.loans.details import set_details
from app.ledger.loans.integrity import CHECKS
from app.ledger.loans.judging import set_class, set_classes
from app.ledger.loans.lending import disburse
from app.ledger.loans.products import add_product, remove_product, set_product
from app.ledger.loans.rebuilding import instalment_again
from app.ledger.loans.register import SOURCE
from app.ledger.loans.reversal import take_back
from app.ledger.loans.service import apply_held, receive, receive_recovery
from app.ledger.loans.settlement import pay_off
from app.ledger.loans.sheets import SHEETS
from app.ledger.loans.takeover import take_over
from app.ledger.loans.writeoff import restore_penalty, waive_penalty, write_off
from app.ledger.slice import Slice

SLICE = Slice(
    name="loans",
    handlers={
        DisburseLoan: disburse,
        TakeOverLoan: take_over,
        ReceiveInstalment: receive,
        PayOffLoan: pay_off,
        ApplyHeldPayments: apply_held,
        AddLoanProduct: add_product,
        SetLoanProduct: set_product,
        RemoveLoanProduct: remove_product,
        SetLoanDetails: set_details,
        SetLoanClass: set_class,
        SetLoanClasses: set_classes,
        RunAllowance: run_allowance,
        WriteOffLoan: write_off,
        ReceiveRecovery: receive_recovery,
        WaivePenalty: waive_penalty,
        RestorePenalty: restore_penalty,
    },
    reversals={SOURCE: take_back},
    rebuilds={SOURCE: instalment_again},
    checks=CHECKS,
    sheets=SHEETS,
)
