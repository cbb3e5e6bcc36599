"""What the register of loans asks the book for, and what it remembers."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.ledger.book import Book
from app.ledger.entries.commands import ReverseEntry
from app.ledger.loans import penalties, register
from app.ledger.loans.commands import WaivePenalty
from app.ledger.loans.product_commands import AddLoanProduct
from app.ledger.loans.register import LoanRegister
from tests.ledger.lending import lend, member, parts, pay, sound


@pytest.fixture
def charging(cooperative: Book) -> Book:
    """The loan of `lend`, 1,000 for each instalment and day late."""
    member(cooperative)
    cooperative.execute(AddLoanProduct(code="U", name="Usaha", rate=Decimal("1.5"), penalty=1_000))
    lend(cooperative, product="U")
    return cooperative


def test_only_a_penalty_that_came_up_is_asked_for_what_was_let_go(
    charging: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[date] = []
    real = penalties.waived

    def watched(tx: Any, loan: int, on: date) -> int:
        asked.append(on)
        return real(tx, loan, on)

    monkeypatch.setattr(register, "waived", watched)
    pay(charging, 1_344_000, date(2026, 2, 10))
    assert asked == []
    # Five days late; two thousand of it are let go, the rest is paid with the instalment.
    on = date(2026, 3, 15)
    charging.execute(WaivePenalty(loan="PJ-7", on=on, amount=2_000, reason="Banjir"))
    assert parts(pay(charging, 1_347_000, on)) == (1_200_000, 144_000, 3_000, 0)
    assert asked
    sound(charging)


def test_what_a_member_owes_is_by_member(cooperative: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    owed: list[int] = []
    real = LoanRegister.owed_by

    def watched(self: LoanRegister, tx: Any, party: int) -> int:
        owed.append(real(self, tx, party))
        return owed[-1]

    monkeypatch.setattr(LoanRegister, "owed_by", watched)
    member(cooperative)
    member(cooperative, "0008", "Wartini")
    lend(cooperative)
    lend(cooperative, member="8", number="PJ-8", principal=2_400_000)
    second = lend(cooperative, number="PJ-9", principal=1_600_000).value["entry"]
    assert owed == [9_600_000, 2_400_000, 11_200_000]
    pay(cooperative, 1_344_000, date(2026, 2, 10))
    cooperative.execute(ReverseEntry(entry=second, on=date(2026, 1, 10)))
    lend(cooperative, number="PJ-10", principal=800_000, on=date(2026, 2, 11))
    assert owed[-1] == 8_400_000 + 800_000
    sound(cooperative)
