"""Short ways to lend and to be paid back, for the tests of loans."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.base.errors import LumbungError, Refused, UserError
from app.ledger import checks
from app.ledger.book import Book
from app.ledger.changes import Outcome
from app.ledger.command import Command
from app.ledger.loans import queries
from app.ledger.loans.commands import DisburseLoan, ReceiveInstalment, TakeOverLoan
from app.ledger.loans.reading import Loan, find_loan
from app.ledger.loans.repayment import ScheduleRow, schedule_rows
from app.ledger.members.commands import AddMember

END = date(2026, 11, 24)


def member(book: Book, number: str = "0007", name: str = "Sutrisno") -> int:
    """A member; returns the party's key."""
    return int(book.execute(AddMember(number=number, name=name, joined=date(2020, 3, 1))).value["party"])


def lend(book: Book, **changes: Any) -> Outcome:
    """9,600,000 on 10 January, flat 1.5 % a month over 8 months: 1,200,000 and 144,000 on each 10th."""
    fields: dict[str, Any] = {
        "member": "7",
        "number": "PJ-7",
        "on": date(2026, 1, 10),
        "principal": 9_600_000,
        "rate": Decimal("1.5"),
        "term": 8,
    }
    return book.execute(DisburseLoan(**{**fields, **changes}))


def pay(book: Book, amount: int, on: date, loan: str = "PJ-7", **more: Any) -> Outcome:
    """A payment on the loan."""
    return book.execute(ReceiveInstalment(loan=loan, amount=amount, on=on, **more))


def parts(outcome: Outcome) -> tuple[int, int, int, int]:
    """Principal, interest, penalty and what was kept aside of a payment."""
    value = outcome.value
    return value["principal"], value["interest"], value["penalty"], value["held"]


def run_over(book: Book, **changes: Any) -> Outcome:
    """The same loan, taken over at the end of June with 6,000,000 left: three instalments were paid of five."""
    fields: dict[str, Any] = {
        "member": "7",
        "number": "PJ-7",
        "disbursed_on": date(2026, 1, 10),
        "principal": 9_600_000,
        "rate": Decimal("1.5"),
        "term": 8,
        "outstanding": 6_000_000,
        "as_of": date(2026, 6, 30),
    }
    return book.execute(TakeOverLoan(**{**fields, **changes}))


def loan_of(book: Book, on: date = END, number: str = "PJ-7") -> Loan:
    """The loan as at a day."""
    with book.snapshot() as snapshot:
        return find_loan(snapshot, number, on)


def rows_of(book: Book, on: date = END, number: str = "PJ-7") -> list[ScheduleRow]:
    """Its schedule with what was paid."""
    with book.snapshot() as snapshot:
        return schedule_rows(snapshot, find_loan(snapshot, number, on), on)


def late(book: Book, on: date) -> tuple[int, int, date | None]:
    """Principal and interest in arrears, and since when, by the list of arrears."""
    with book.snapshot() as snapshot:
        found = queries.arrears_list(snapshot, on)
    return (found[0].principal, found[0].interest, found[0].since) if found else (0, 0, None)


def balances(book: Book, on: date = END) -> dict[str, int]:
    """The accounts of loans, cash and income that are not 0, debit positive, at the close of a day."""
    with book.snapshot() as snapshot:
        rows = snapshot.sql(
            "SELECT a.code, sum(b.amount) FROM day_balance AS b JOIN account AS a ON a.id = b.account_id"
            " WHERE b.date <= ? GROUP BY a.id HAVING sum(b.amount) <> 0 ORDER BY a.code",
            (on.isoformat(),),
        )
    return dict(rows)


def refusal(book: Book, command: Callable[[], Command]) -> LumbungError:
    """Why a command is refused; the book stays as it was."""
    before = balances(book, date(2199, 1, 1))
    with pytest.raises((Refused, UserError)) as caught:
        book.execute(command())
    assert balances(book, date(2199, 1, 1)) == before
    return caught.value


def sound(book: Book) -> None:
    """Every invariant holds."""
    with book.snapshot() as snapshot:
        assert checks.broken_only(checks.run(snapshot)) == []
