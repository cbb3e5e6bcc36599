"""The exports of the accounts slice."""

from app.ledger.accounts.commands import AddAccount, RemoveAccount, RenameAccount, SetAccountActive
from app.ledger.accounts.service import (
    add_account,
    remove_account,
    rename_account,
    set_account_active,
)
from app.ledger.accounts.sheets import SHEETS
from app.ledger.slice import Slice

SLICE = Slice(
    name="accounts",
    handlers={
        AddAccount: add_account,
        RenameAccount: rename_account,
        SetAccountActive: set_account_active,
        RemoveAccount: remove_account,
    },
    sheets=SHEETS,
)
