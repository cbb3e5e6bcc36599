"""The exports of the loans slice."""

from app.ledger.loans.accrual import forget_recognition, run_accrual, set_recognition
from app.ledger.loans.allowance import run_allowance
from app.ledger.loans.applications.commands import (
    ApplyForLoan,
    ApproveApplication,
    ChangeApplication,
    CheckApplication,
    RefuseApplication,
    RemoveApplication,
    ReopenApplication,
    SetLoanChecklist,
    WithdrawApplication,
)
from app.ledger.loans.applications.integrity import CHECKS as APPLICATION_CHECKS
from app.ledger.loans.applications.service import (
    apply_for_loan,
    approve_application,
    change_application,
    check_application,
    refuse_application,
    remove_application,
    reopen_application,
    set_checklist,
    withdraw_application,
)
from app.ledger.loans.commands import (
    ApplyHeldPayments,
    DisburseLoan,
    ForgetInterestRecognition,
    PayOffLoan,
    ReceiveInstalment,
    ReceiveRecovery,
    RestorePenalty,
    RunAllowance,
    RunLoanAccrual,
    SetInterestRecognition,
    SetLoanClass,
    SetLoanClasses,
    SetLoanDetails,
    TakeOverLoan,
    WaivePenalty,
    WriteOffLoan,
)
from app.ledger.loans.details import set_details
from app.ledger.loans.integrity import CHECKS
from app.ledger.loans.judging import set_class, set_classes
from app.ledger.loans.lending import disburse
from app.ledger.loans.product_commands import AddLoanProduct, RemoveLoanProduct, SetLoanProduct
from app.ledger.loans.products import add_product, remove_product, set_product
from app.ledger.loans.rebuilding import loan_record_again
from app.ledger.loans.register import SOURCE
from app.ledger.loans.restructure_command import RestructureLoan
from app.ledger.loans.restructuring import restructure
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
        ApplyForLoan: apply_for_loan,
        ChangeApplication: change_application,
        RemoveApplication: remove_application,
        CheckApplication: check_application,
        SetLoanChecklist: set_checklist,
        ApproveApplication: approve_application,
        RefuseApplication: refuse_application,
        WithdrawApplication: withdraw_application,
        ReopenApplication: reopen_application,
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
        SetInterestRecognition: set_recognition,
        ForgetInterestRecognition: forget_recognition,
        RunLoanAccrual: run_accrual,
        WriteOffLoan: write_off,
        ReceiveRecovery: receive_recovery,
        RestructureLoan: restructure,
        WaivePenalty: waive_penalty,
        RestorePenalty: restore_penalty,
    },
    reversals={SOURCE: take_back},
    rebuilds={SOURCE: loan_record_again},
    checks=(*CHECKS, *APPLICATION_CHECKS),
    sheets=SHEETS,
)
