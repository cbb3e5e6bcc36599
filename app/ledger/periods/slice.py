"""The exports of the periods slice."""

from app.ledger.periods.commands import LockMonth, UnlockMonth
from app.ledger.periods.locks import lock_month, unlock_month
from app.ledger.slice import Slice

SLICE = Slice(name="periods", handlers={LockMonth: lock_month, UnlockMonth: unlock_month})
