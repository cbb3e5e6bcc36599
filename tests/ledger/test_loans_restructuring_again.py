"""A restructuring is put right with the command that its own details give: it comes out as it was."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.ledger.book import Book
from app.ledger.loans.restructure_command import ArrearsInterest, RestructureLoan, Restructuring
from app.ledger.loans.schedule import Every, Method
from app.ledger.rebuilding import original_command, why_not_corrected
from tests.ledger.lending import lend, loan_of, member, pay, sound
from tests.ledger.rebuilt import rebuilt, recorded_again

ON = date(2026, 5, 20)
KINDS: dict[str, dict[str, Any]] = {
    "rescheduled": {"kind": Restructuring.RESCHEDULING},
    "every week, in words of its own": {
        "kind": Restructuring.RESCHEDULING,
        "every": Every.WEEK,
        "first_due": date(2026, 5, 27),
        "memo": "atas permintaan anggota",
        "number": "R-1",
    },
    "reconditioned": {
        "kind": Restructuring.RECONDITIONING,
        "rate": Decimal("0.75"),
        "method": Method.DECLINING,
        "grace": 2,
    },
    "interest to principal": {
        "kind": Restructuring.RESTRUCTURING,
        "arrears": ArrearsInterest.PRINCIPAL,
        "term": 7,
    },
}


def made(book: Book, **fields: Any) -> int:
    given = {"term": 10, "on": ON, "reason": "Panen gagal", "approved_by": "Rapat 18 Mei", **fields}
    return int(book.execute(RestructureLoan(loan="PJ-7", **given)).value["entry"])


@pytest.fixture
def lent(cooperative: Book) -> Book:
    """Two instalments paid, a part of the third, and two behind on 20 May."""
    member(cooperative)
    lend(cooperative)
    pay(cooperative, 1_344_000, date(2026, 2, 10))
    pay(cooperative, 1_744_001, date(2026, 3, 10))
    return cooperative


@pytest.mark.parametrize("fields", KINDS.values(), ids=KINDS)
def test_it_is_recorded_again_as_it_was(lent: Book, fields: dict[str, Any]) -> None:
    entry = made(lent, **fields)
    before = loan_of(lent).restructured[-1]
    command = recorded_again(lent, entry)
    assert isinstance(command, RestructureLoan)
    assert (command.rate, command.memo) == (fields.get("rate"), fields.get("memo", ""))
    (after,) = loan_of(lent).restructured
    assert after._replace(entry=before.entry, version=before.version) == before
    sound(lent)


def test_the_second_of_two(lent: Book) -> None:
    made(lent, kind=Restructuring.RECONDITIONING, rate=Decimal(1))
    second = made(lent, kind=Restructuring.RECONDITIONING, rate=Decimal("1.5"), on=date(2026, 8, 3), term=4)
    command: Any = recorded_again(lent, second)
    # The rate before is that of the first one, not the one the loan was lent at.
    assert command.rate == Decimal("1.5")
    sound(lent)


def test_what_was_typed_is_offered(lent: Book) -> None:
    entry = made(lent, kind=Restructuring.RESCHEDULING)
    with lent.snapshot() as snapshot:
        typed = original_command(snapshot, entry)
        assert isinstance(typed, RestructureLoan)
        assert typed.first_due is None  # as it was typed, not as it came out
        assert why_not_corrected(snapshot, entry) is None
    assert isinstance(rebuilt(lent, entry), RestructureLoan)
