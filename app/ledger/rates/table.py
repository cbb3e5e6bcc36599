"""The dated table of legal rates: what held on a day.

A new book gets the shipped table (resources/rates); rows can be added when the law changes. Calculators
without a book read the shipped table.
"""

import csv
from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from app.base.errors import Refused
from app.base.paths import resource_root
from app.ledger.reader import Reader, day
from app.ledger.transaction import Transaction


class RateRow(NamedTuple):
    """One value of a legal rate, from a day on, and the rule that set it."""

    key: str
    valid_from: date
    value: Decimal
    basis: str


@cache
def shipped_rates() -> tuple[RateRow, ...]:
    """The table that comes with the program."""
    path = resource_root() / "resources" / "rates" / "indonesia.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple(
            RateRow(
                line["key"],
                date.fromisoformat(line["valid_from"]),
                Decimal(line["value"]),
                line["basis"],
            )
            for line in csv.DictReader(stream)
        )


def read_rates(reader: Reader) -> list[RateRow]:
    """All rates of the book."""
    rows = reader.sql("SELECT key, valid_from, value, basis FROM rate ORDER BY key, valid_from")
    return [RateRow(row[0], day(row[1]), Decimal(row[2]), row[3]) for row in rows]


def value_on(rates: "list[RateRow] | tuple[RateRow, ...]", key: str, on: date) -> Decimal:
    """The value of `key` that held on a day; raises Refused when the table has none for it."""
    held = [row for row in rates if row.key == key and row.valid_from <= on]
    if not held:
        raise Refused(
            "The table of legal rates has no {key} for {on}.",
            advice="Add it with: do BOOK add-rate.",
            key=key,
            on=on,
        )
    return max(held, key=lambda row: row.valid_from).value


def shipped_value(key: str, on: date) -> Decimal:
    """The shipped value of `key` on a day, for calculators: before its first day the first one, so that an
    old example can be worked out too."""
    first = min(row.valid_from for row in shipped_rates() if row.key == key)
    return value_on(shipped_rates(), key, max(on, first))


def rate_on(tx: Transaction, key: str, on: date) -> Decimal:
    """The value of `key` that held on a day, from the book's own table."""
    rates: list[RateRow] = tx.memo("rates", lambda: read_rates(tx))
    return value_on(rates, key, on)


def ceiling_on(reader: Reader, key: str, on: date) -> Decimal | None:
    """A limit of the law on a day, in percent; None before the law set one."""
    try:
        return value_on(read_rates(reader), key, on)
    except Refused:
        return None


def write_shipped_rates(tx: Transaction) -> None:
    """Give a new book the shipped table."""
    tx.many(
        "INSERT INTO rate (key, valid_from, value, basis) VALUES (?, ?, ?, ?)",
        [(row.key, row.valid_from.isoformat(), str(row.value), row.basis) for row in shipped_rates()],
    )
