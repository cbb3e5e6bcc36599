"""The exports of the members slice."""

from app.ledger.members.admission import (
    admit_member,
    reinstate_member,
    withdraw_admission,
    withdraw_reinstatement,
)
from app.ledger.members.commands import (
    AcceptExit,
    AddMember,
    AdmitMember,
    AppointOfficer,
    ChangeMember,
    EndOffice,
    PayExit,
    ReinstateMember,
    RemoveMember,
    RemoveTerm,
    ReopenTerm,
    RestoreMember,
    SetHeirs,
    SetPhoto,
    WithdrawAdmission,
    WithdrawExit,
    WithdrawReinstatement,
)
from app.ledger.members.exit import (
    EXIT,
    PAYMENT,
    accept_exit,
    pay_exit,
    take_back_exit,
    withdraw_exit,
)
from app.ledger.members.heirs import set_heirs, set_photo
from app.ledger.members.integrity import CHECKS
from app.ledger.members.interest import run_savings_interest
from app.ledger.members.offices import appoint_officer, end_office, remove_term, reopen_term
from app.ledger.members.savings import (
    credit_savings_interest,
    deposit_savings,
    open_savings,
    place_hold,
    record_savings,
    release_hold,
    set_paid_through,
    transfer_savings,
    withdraw_savings,
)
from app.ledger.members.service import add_member, change_member, remove_member, restore_member
from app.ledger.members.sheets import SHEETS
from app.ledger.savings.commands import (
    CreditSavingsInterest,
    DepositSavings,
    OpenSavings,
    PlaceHold,
    RecordSavings,
    ReleaseHold,
    RunSavingsInterest,
    SetPaidThrough,
    TransferSavings,
    WithdrawSavings,
)
from app.ledger.savings.service import take_back
from app.ledger.slice import Slice

SLICE = Slice(
    name="members",
    handlers={
        AddMember: add_member,
        ChangeMember: change_member,
        RestoreMember: restore_member,
        RemoveMember: remove_member,
        AcceptExit: accept_exit,
        WithdrawExit: withdraw_exit,
        PayExit: pay_exit,
        AdmitMember: admit_member,
        WithdrawAdmission: withdraw_admission,
        ReinstateMember: reinstate_member,
        WithdrawReinstatement: withdraw_reinstatement,
        SetPhoto: set_photo,
        SetHeirs: set_heirs,
        AppointOfficer: appoint_officer,
        EndOffice: end_office,
        RemoveTerm: remove_term,
        ReopenTerm: reopen_term,
        RecordSavings: record_savings,
        DepositSavings: deposit_savings,
        WithdrawSavings: withdraw_savings,
        CreditSavingsInterest: credit_savings_interest,
        RunSavingsInterest: run_savings_interest,
        PlaceHold: place_hold,
        ReleaseHold: release_hold,
        TransferSavings: transfer_savings,
        OpenSavings: open_savings,
        SetPaidThrough: set_paid_through,
    },
    reversals={EXIT: take_back_exit, PAYMENT: take_back},
    checks=CHECKS,
    sheets=SHEETS,
)
