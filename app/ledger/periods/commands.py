"""Locking and unlocking a month."""

from dataclasses import dataclass

from app.base.dates import Month
from app.ledger.command import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class LockMonth(Command):
    """Close a month: nothing more can be posted to it until it is opened again."""

    month: Month


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockMonth(Command):
    """Open a closed month again."""

    month: Month
