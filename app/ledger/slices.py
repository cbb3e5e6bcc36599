"""The one list of slices: what a book can do."""

from app.ledger.accounts.slice import SLICE as ACCOUNTS
from app.ledger.batches.slice import SLICE as BATCHES
from app.ledger.cash.slice import SLICE as CASH
from app.ledger.collection.slice import SLICE as COLLECTION
from app.ledger.debts.slice import SLICE as DEBTS
from app.ledger.entries.slice import SLICE as ENTRIES
from app.ledger.loans.slice import SLICE as LOANS
from app.ledger.members.slice import SLICE as MEMBERS
from app.ledger.parties.slice import SLICE as PARTIES
from app.ledger.periods.slice import SLICE as PERIODS
from app.ledger.products.slice import SLICE as PRODUCTS
from app.ledger.profile.slice import SLICE as PROFILE
from app.ledger.purchases.slice import SLICE as PURCHASES
from app.ledger.rates.slice import SLICE as RATES
from app.ledger.sales.slice import SLICE as SALES
from app.ledger.savings.slice import SLICE as SAVINGS

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
    COLLECTION,
)
