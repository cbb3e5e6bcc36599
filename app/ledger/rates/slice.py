"""The exports of the rates slice, with its two commands."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import delete

from app.base.errors import Refused, UserError
from app.ledger.changes import Done, Kind
from app.ledger.command import Command
from app.ledger.command import Rate as RateValue
from app.ledger.rates.table import read_rates
from app.ledger.rates.tables import rate
from app.ledger.slice import Slice
from app.ledger.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRate(Command):
    """Add a legal rate that holds from a day on, with the rule that sets it."""

    key: str
    valid_from: date
    value: RateValue
    basis: str

    def __post_init__(self) -> None:
        if self.value < Decimal(0) or not self.basis.strip():
            raise UserError("A legal rate is not negative and names the rule that sets it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveRate(Command):
    """Remove a rate that was added by mistake."""

    hidden: ClassVar[bool] = True

    key: str
    valid_from: date


def add_rate(tx: Transaction, command: AddRate) -> Done:
    """Add a row; one that exists for that day stays as it is."""
    rows = {(row.key, row.valid_from) for row in read_rates(tx)}
    if command.key not in {key for key, _ in rows}:
        raise Refused(
            "There is no legal rate {key}.",
            advice="Known: {known}.",
            key=command.key,
            known=", ".join(sorted({key for key, _ in rows})),
        )
    if (command.key, command.valid_from) in rows:
        raise Refused("{key} already has a value from {on}.", key=command.key, on=command.valid_from)
    tx.insert(
        rate,
        key=command.key,
        valid_from=command.valid_from.isoformat(),
        value=str(command.value),
        basis=command.basis,
    )
    tx.forget("rates")
    tx.changed(Kind.RATE)
    return Done(number=command.key, undo=RemoveRate(key=command.key, valid_from=command.valid_from))


def remove_rate(tx: Transaction, command: RemoveRate) -> Done:
    """Undo of adding."""
    found = [row for row in read_rates(tx) if (row.key, row.valid_from) == (command.key, command.valid_from)]
    if not found:
        raise Refused("{key} has no value from {on}.", key=command.key, on=command.valid_from)
    tx.execute(
        delete(rate).where(rate.c.key == command.key, rate.c.valid_from == command.valid_from.isoformat())
    )
    tx.forget("rates")
    tx.changed(Kind.RATE)
    row = found[0]
    return Done(
        number=command.key,
        undo=AddRate(key=row.key, valid_from=row.valid_from, value=row.value, basis=row.basis),
    )


SLICE = Slice(name="rates", handlers={AddRate: add_rate, RemoveRate: remove_rate})
