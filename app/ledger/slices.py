"""The one list of slices: what a book can do."""

from functools import cache
from typing import NamedTuple

from app.ledger.accounts.slice import SLICE as ACCOUNTS
from app.ledger.batches.slice import SLICE as BATCHES
from app.ledger.cash.slice import SLICE as CASH
from app.ledger.collection.slice import SLICE as COLLECTION
from app.ledger.command import Command, command_name
from app.ledger.debts.slice import SLICE as DEBTS
from app.ledger.deposits.slice import SLICE as DEPOSITS
from app.ledger.entries.slice import SLICE as ENTRIES
from app.ledger.loans.slice import SLICE as LOANS
from app.ledger.members.slice import SLICE as MEMBERS
from app.ledger.parties.slice import SLICE as PARTIES
from app.ledger.periods.slice import SLICE as PERIODS
from app.ledger.products.slice import SLICE as PRODUCTS
from app.ledger.profile.slice import SLICE as PROFILE
from app.ledger.purchases.slice import SLICE as PURCHASES
from app.ledger.rates.slice import SLICE as RATES
from app.ledger.reminders.slice import SLICE as REMINDERS
from app.ledger.sales.slice import SLICE as SALES
from app.ledger.savings.slice import SLICE as SAVINGS
from app.ledger.slice import Handler, Rebuild
from app.ledger.transaction import Reversal

SLICES = (
    PROFILE,
    ACCOUNTS,
    RATES,
    PERIODS,
    PARTIES,
    ENTRIES,
    BATCHES,
    PRODUCTS,
    DEBTS,
    SAVINGS,
    CASH,
    SALES,
    PURCHASES,
    LOANS,
    MEMBERS,
    DEPOSITS,
    REMINDERS,
    COLLECTION,
)


class Rules(NamedTuple):
    """Every command's handler, every command by its name (also those the program makes itself); by the source of an
    entry what takes its details back, and what makes a command of them again."""

    handlers: dict[type[Command], Handler]
    known: dict[str, type[Command]]
    reversals: dict[str, Reversal]
    rebuilds: dict[str, Rebuild]


@cache
def rules() -> Rules:
    """What all slices can do together."""
    handlers = {command: handler for item in SLICES for command, handler in item.handlers.items()}
    return Rules(
        handlers,
        {command_name(command): command for command in handlers},
        {source: reversal for item in SLICES for source, reversal in item.reversals.items()},
        {source: rebuild for item in SLICES for source, rebuild in item.rebuilds.items()},
    )
