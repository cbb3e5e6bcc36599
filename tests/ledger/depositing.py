"""Term deposits in few words, for their tests."""

from datetime import date
from decimal import Decimal
from typing import Any

from app.ledger.book import Book
from app.ledger.changes import Outcome
from app.ledger.deposits.commands import CloseTermDeposit, OpenTermDeposit, PayDepositInterest
from app.ledger.deposits.state import Deposit, read_deposits


def opened(
    book: Book, amount: int = 25_000_000, on: date = date(2026, 1, 31), member: str = "0001", **more: Any
) -> str:
    terms = {"rate": Decimal("7.5"), "term": 6, **more}
    return book.execute(OpenTermDeposit(member=member, amount=amount, on=on, **terms)).number


def pay(book: Book, deposit: str, on: date, **more: Any) -> Outcome:
    return book.execute(PayDepositInterest(deposit=deposit, on=on, **more))


def close(book: Book, deposit: str, on: date, **more: Any) -> Outcome:
    return book.execute(CloseTermDeposit(deposit=deposit, on=on, **more))


def state(book: Book, number: str) -> Deposit:
    with book.snapshot() as snapshot:
        return next(item for item in read_deposits(snapshot) if item.number == number and item.exists)


def interest_rows(book: Book) -> list[tuple[str, str, int, int]]:
    """Entry date, paid through, gross and tax of each payment that was recorded, in their order."""
    with book.snapshot() as snapshot:
        return [
            tuple(row)
            for row in snapshot.sql(
                "SELECT date, through, interest, tax FROM term_deposit_movement"
                " WHERE kind IN ('interest', 'close') ORDER BY id"
            )
        ]
