"""The exports of the members slice."""

from app.ledger.members.commands import (
    AcceptExit,
    AddMember,
    ChangeMember,
    PayExit,
    RemoveMember,
    RestoreMember,
    WithdrawExit,
)
from app.ledger.members.exit import (
    EXIT,
    PAYMENT,
    accept_exit,
    pay_exit,
    take_back_exit,
    withdraw_exit,
)
from app.ledger.members.integrity import CHECKS
from app.ledger.members.savings import (
    credit_savings_interest,
    deposit_savings,
    open_savings,
    record_savings,
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
    RecordSavings,
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
        RecordSavings: record_savings,
        DepositSavings: deposit_savings,
        WithdrawSavings: withdraw_savings,
        CreditSavingsInterest: credit_savings_interest,
        TransferSavings: transfer_savings,
        OpenSavings: open_savings,
        SetPaidThrough: set_paid_through,
    },
    reversals={EXIT: take_back_exit, PAYMENT: take_back},
    checks=CHECKS,
    sheets=SHEETS,
)
