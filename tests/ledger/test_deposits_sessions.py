"""Random lives of term deposits, with undo: the book's invariants hold after each step, and the interest of each
term adds up to what its days earn by exact arithmetic."""

import shutil
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.base.clock import FixedClock
from app.base.errors import Refused
from app.ledger import checks
from app.ledger.book import Book
from app.ledger.command import Command
from app.ledger.deposits.commands import (
    CloseTermDeposit,
    OpenTermDeposit,
    PayDepositInterest,
    RollOverDeposits,
    RunDepositInterest,
    TakeOverTermDeposit,
)
from app.ledger.deposits.state import Deposit, read_deposits
from app.ledger.deposits.terms import InterestPaid, RollOver
from tests.ledger.conftest import NOW
from tests.ledger.saving_books import add

INSTRUCTIONS = (
    (InterestPaid.MONTHLY, "", RollOver.NONE),
    (InterestPaid.MONTHLY, "Sukarela", RollOver.PRINCIPAL),
    (InterestPaid.MATURITY, "Sukarela", RollOver.NONE),
    (InterestPaid.MATURITY, "", RollOver.PRINCIPAL),
    (InterestPaid.MATURITY, "", RollOver.ALL),
)


class Deposits(RuleBasedStateMachine):
    """Two members who open, are paid, close, go on, and change their minds."""

    template: Path
    folder: Path

    def __init__(self) -> None:
        super().__init__()
        self.path = self.folder / f"deposits-{id(self)}.lumbung"
        shutil.copyfile(self.template, self.path)
        self.book = Book.open(self.path, clock=FixedClock(NOW), actor="uji")
        self.day = date(2025, 1, 31)
        self.past: list[list[object]] = []
        self.asked = True  # something was asked of the book since it was last checked

    def teardown(self) -> None:
        self.book.close()
        for leftover in self.folder.glob(self.path.name + "*"):
            leftover.unlink()

    def deposits(self) -> list[Deposit]:
        with self.book.snapshot() as snapshot:
            return [item for item in read_deposits(snapshot) if item.exists]

    def do(self, command: Command) -> None:
        self.asked = True
        before = self.figures()
        try:
            self.book.execute(command)
        except Refused:
            assert self.figures() == before
            return
        self.past.append(before)

    def figures(self) -> list[object]:
        with self.book.snapshot() as snapshot:
            kept = snapshot.sql("SELECT id, balance FROM savings_account WHERE balance <> 0 ORDER BY id")
            ledger = snapshot.sql(
                "SELECT account_id, sum(amount) AS s FROM day_balance GROUP BY account_id HAVING s <> 0 ORDER BY 1"
            )
            standing = [
                (item.number, item.run, item.paid, item.principal, item.closed_on)
                for item in read_deposits(snapshot)
                if item.exists
            ]
        return [*map(tuple, kept), *map(tuple, ledger), *standing]

    @initialize()
    def furnish(self) -> None:
        add(self.book)
        add(self.book, "0002", "Koperasi Sumber Rejeki", body=True)

    @rule(days=st.integers(1, 70))
    def time_goes_on(self, days: int) -> None:
        self.day += timedelta(days=days)

    @rule(
        member=st.sampled_from(("0001", "0002")),
        amount=st.integers(1, 90_000).map(lambda number: number * 1_377),
        rate=st.decimals(0, 12, places=2),
        term=st.integers(1, 7),
        how=st.sampled_from(INSTRUCTIONS),
        penalty=st.sampled_from(("0", "0.75", "100")),
        old=st.integers(-1, 100),
    )
    def open(
        self,
        member: str,
        amount: int,
        rate: Decimal,
        term: int,
        how: tuple[InterestPaid, str, RollOver],
        penalty: str,
        old: int,
    ) -> None:
        data: dict[str, Any] = {
            "member": member,
            "amount": amount,
            "rate": rate,
            "term": term,
            "interest": how[0],
            "interest_into": how[1],
            "roll_over": how[2],
            "penalty_percent": Decimal(penalty),
        }
        if old < 0:
            self.do(OpenTermDeposit(on=self.day, **data))
            return
        start = self.day - timedelta(days=old)
        number = f"L-{len(self.deposits())}"
        self.do(TakeOverTermDeposit(start=start, as_of=self.day, number=number, **data))

    @precondition(lambda self: self.deposits())
    @rule(which=st.integers(0, 50), back=st.integers(0, 20))
    def interest(self, which: int, back: int) -> None:
        some = self.deposits()
        self.do(
            PayDepositInterest(deposit=some[which % len(some)].number, on=self.day - timedelta(days=back))
        )

    @rule(cash=st.booleans())
    def run_interest(self, *, cash: bool) -> None:
        run = RunDepositInterest(on=self.day, cash=cash)
        self.do(run)
        assert self.book.execute(run).value["payments"] == 0
        self.book.undo()

    @rule()
    def roll_over(self) -> None:
        self.do(RollOverDeposits(on=self.day))
        assert not [
            item
            for item in self.deposits()
            if item.open and item.roll_over is not RollOver.NONE and item.maturity <= self.day
        ]

    @precondition(lambda self: self.deposits())
    @rule(which=st.integers(0, 50), into=st.sampled_from(("", "Sukarela")))
    def close(self, which: int, into: str) -> None:
        some = self.deposits()
        self.do(CloseTermDeposit(deposit=some[which % len(some)].number, on=self.day, into_savings=into))

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        self.asked = True
        self.book.undo()
        assert self.figures() == self.past.pop()

    @invariant()
    def the_book_is_sound(self) -> None:
        """A step in which only time goes on leaves nothing new to check."""
        if not self.asked:
            return
        self.asked = False
        with self.book.snapshot() as snapshot:
            assert checks.broken_only(checks.run(snapshot)) == []
        for item in self.deposits():
            self.compare(item)

    @staticmethod
    def compare(deposit: Deposit) -> None:
        """Each term paid to its end has paid just what its days earn."""
        terms = [move for move in deposit.moves if move.kind in ("open", "roll")]
        for place, term in enumerate(terms):
            paid = [m for m in deposit.moves if m.run == term.run and m.kind in ("interest", "close")]
            first = deposit.paid_from if place == 0 else term.first
            assert all(first <= move.first <= move.through <= term.through for move in paid)
            if not paid:
                continue
            through = max(move.through for move in paid)
            daily = Fraction(term.base) * Fraction(deposit.rate) / 36_500
            earned, before = ((day - term.first).days * daily for day in (through, first))
            exact = int(earned + Fraction(1, 2)) - int(before + Fraction(1, 2))
            assert sum(move.interest for move in paid) == exact


def test_any_life_of_deposits_keeps_the_books(book_templates: dict[str, Path], tmp_path: Path) -> None:
    class Here(Deposits):
        template = book_templates["cooperative"]
        folder = tmp_path

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=15, stateful_step_count=18, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


@pytest.mark.slow
def test_many_lives_of_deposits_keep_the_books(book_templates: dict[str, Path], tmp_path: Path) -> None:
    class Here(Deposits):
        template = book_templates["cooperative"]
        folder = tmp_path

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=150, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
