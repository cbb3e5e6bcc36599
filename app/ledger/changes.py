"""What a command did, told once after the commit to whoever shows the books."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.ledger.command import Command


class Kind(StrEnum):
    """The kinds of thing a page can show and a command can change."""

    PROFILE = "profile"
    ACCOUNT = "account"
    PARTY = "party"
    RATE = "rate"
    PERIOD = "period"
    ENTRY = "entry"
    PRODUCT = "product"
    SALE = "sale"
    PURCHASE = "purchase"
    BILL = "bill"
    MEMBER = "member"
    SAVINGS = "savings"
    LOAN = "loan"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Changes:
    """The kinds and, where few, the ids that a committed command touched."""

    kinds: frozenset[Kind] = frozenset()
    ids: frozenset[tuple[Kind, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Done:
    """What a handler returns: the number of the document, figures worth showing, and how to undo it.

    `undo` is an ordinary command that takes the effect back; None when nothing can (a report sent).
    """

    number: str = ""
    value: dict[str, Any] = field(default_factory=dict)
    undo: Command | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What Book.execute returns: the handler's Done, the audit row, and what changed."""

    number: str
    value: dict[str, Any]
    undo: Command | None
    changes: Changes
    audit_id: int
