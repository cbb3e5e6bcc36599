"""The one list of slices: what a book can do."""

from app.ledger.accounts.slice import SLICE as ACCOUNTS
from app.ledger.entries.slice import SLICE as ENTRIES
from app.ledger.periods.slice import SLICE as PERIODS
from app.ledger.profile.slice import SLICE as PROFILE
from app.ledger.rates.slice import SLICE as RATES

SLICES = (
    PROFILE,
    ACCOUNTS,
    RATES,
    PERIODS,
    ENTRIES,
)
