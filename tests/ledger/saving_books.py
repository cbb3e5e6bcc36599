"""A cooperative that saves, in few words, for the tests of savings."""

from datetime import date
from typing import Any

import pytest

from app.base.errors import LumbungError, Refused, UserError
from app.ledger.book import Book
from app.ledger.changes import Outcome
from app.ledger.command import Command
from app.ledger.members.commands import AddMember
from app.ledger.savings import queries
from app.ledger.savings.commands import (
    DepositSavings,
    WithdrawSavings,
)


def add(book: Book, number: str = "0001", name: str = "Siti Aminah", **data: Any) -> int:
    outcome = book.execute(AddMember(number=number, name=name, joined=date(2020, 1, 15), **data))
    return int(outcome.value["party"])


def deposit(book: Book, product: str, amount: int, on: date, member: str = "0001", **more: Any) -> Outcome:
    return book.execute(DepositSavings(member=member, product=product, amount=amount, on=on, **more))


def withdraw(book: Book, product: str, amount: int, on: date, member: str = "0001", **more: Any) -> Outcome:
    return book.execute(WithdrawSavings(member=member, product=product, amount=amount, on=on, **more))


def refusal(book: Book, command: Command) -> LumbungError:
    with pytest.raises((Refused, UserError)) as caught:
        book.execute(command)
    error = caught.value
    assert isinstance(error, LumbungError)
    return error


def amounts(book: Book, on: date | None = None) -> dict[str, dict[str, int]]:
    with book.snapshot() as snapshot:
        return {item.number: item.amounts for item in queries.balances(snapshot, on)}
