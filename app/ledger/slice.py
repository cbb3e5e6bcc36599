"""What one slice of the ledger brings: handlers, reversals, rebuilding, checks, sheets. One tuple lists all slices."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from app.ledger.changes import Done
from app.ledger.command import Command
from app.ledger.reader import Reader
from app.ledger.sheet import Sheet
from app.ledger.transaction import Reversal, Transaction

Handler = Callable[[Transaction, Any], Done]
# The command that would record an entry, from its details; None where they don't say all of it.
Rebuild = Callable[[Reader, int], Command | None]


class Severity(StrEnum):
    """How bad a finding is: a broken rule, or something the person should know."""

    BROKEN = "broken"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check found. `template` with `params` is the sentence."""

    key: str
    severity: Severity
    template: str
    params: Mapping[str, object] = field(default_factory=dict)


def broken(key: str, template: str, **params: object) -> Finding:
    """A broken invariant."""
    return Finding(key, Severity.BROKEN, template, params)


def notice(key: str, template: str, **params: object) -> Finding:
    """Something worth knowing that breaks no rule."""
    return Finding(key, Severity.NOTICE, template, params)


class Check(Protocol):
    """Looks at the whole book and returns what it found."""

    def __call__(self, reader: Reader) -> list[Finding]:
        """Return the findings, none when all is well."""
        ...


@dataclass(frozen=True, slots=True)
class Slice:
    """A slice's exports. `reversals` maps an entry's source to what undoes its details, `rebuilds` to what makes
    a command of them again; `start` fills a new book with the slice's standard data."""

    name: str
    handlers: Mapping[type[Command], Handler] = field(default_factory=dict)
    reversals: Mapping[str, Reversal] = field(default_factory=dict)
    rebuilds: Mapping[str, Rebuild] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    start: Callable[[Transaction], None] | None = None
