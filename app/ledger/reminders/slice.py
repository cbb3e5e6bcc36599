"""The exports of the reminders slice."""

from app.ledger.reminders.commands import (
    RecordReminder,
    RecordReminders,
    RestoreReminders,
    SetReminderStep,
    WithdrawReminders,
)
from app.ledger.reminders.integrity import CHECKS
from app.ledger.reminders.service import record, record_all, restore, set_step, withdraw
from app.ledger.slice import Slice

SLICE = Slice(
    name="reminders",
    handlers={
        RecordReminder: record,
        RecordReminders: record_all,
        WithdrawReminders: withdraw,
        RestoreReminders: restore,
        SetReminderStep: set_step,
    },
    checks=CHECKS,
)
