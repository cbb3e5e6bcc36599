"""The term deposits of a sample cooperative: opened, paid their interest, gone on with, closed early or at the end."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from app.base.dates import Month, add_months
from app.ledger.command import Command
from app.ledger.demo.cast import Cast, Person
from app.ledger.deposits.commands import (
    CloseTermDeposit,
    OpenTermDeposit,
    RollOverDeposits,
    RunDepositInterest,
    TakeOverTermDeposit,
)
from app.ledger.deposits.terms import InterestPaid, RollOver

_BANK = "1-1111"
_AMOUNTS = (5_000_000, 5_000_000, 7_500_000, 10_000_000, 15_000_000, 25_000_000, 60_000_000)
_RATES = {3: Decimal("4.5"), 6: Decimal(5), 12: Decimal("5.75")}
_PENALTY = Decimal("0.5")
_INSTRUCTIONS = (
    (InterestPaid.MONTHLY, "voluntary", RollOver.NONE),
    (InterestPaid.MONTHLY, "voluntary", RollOver.PRINCIPAL),
    (InterestPaid.MONTHLY, "", RollOver.PRINCIPAL),
    (InterestPaid.MATURITY, "", RollOver.ALL),
    (InterestPaid.MATURITY, "voluntary", RollOver.NONE),
)


@dataclass(slots=True)
class _Certificate:
    number: str
    person: Person
    start: date
    maturity: date
    goes_on: bool


class Certificates:
    """All certificates that stand."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self._cast = cast
        self._dice = random.Random(f"bilyet {seed}")  # noqa: S311 - made-up data
        self._standing: list[_Certificate] = []
        self._count = 0

    def taken_over(self) -> Iterator[TakeOverTermDeposit]:
        """Those that stood already: one for every fifty members, at least three where there are enough members."""
        on = self._cast.opened_on
        wealthy = [person for person in self._cast.people if not person.bound and person.diligence > 0.9]
        for person in wealthy[: max(3, self._cast.size // 50)] if len(wealthy) > 5 else ():
            months = self._dice.choice(tuple(_RATES))
            start = on - timedelta(days=self._dice.randrange(months * 28))
            interest, into, roll_over = self._dice.choice(_INSTRUCTIONS)
            amount = self._dice.choice(_AMOUNTS)
            yield TakeOverTermDeposit(
                member=person.number,
                number=self._stand(person, start, months, roll_over),
                amount=amount,
                rate=_RATES[months],
                term=months,
                start=start,
                as_of=on,
                interest=interest,
                interest_into=into,
                roll_over=roll_over,
                penalty_percent=_PENALTY,
            )

    def day(self, on: date) -> Iterator[Command]:
        """What is opened, closed, paid and gone on with on a day."""
        if on.day == 8:
            yield from self._opened(on)
        for item in [item for item in self._standing if item.maturity <= on and not item.goes_on]:
            yield from self._closed(item, on)
        if on.day == 17 and on.month % 2:
            early = [
                item
                for item in self._standing
                if item.start + timedelta(days=45) < on < item.maturity - timedelta(days=20)
            ]
            if early:
                yield from self._closed(self._dice.choice(early), on)
        month_ends = on == Month.of(on).last_day
        if on.day == 25 or month_ends:
            yield RunDepositInterest(on=on, account=_BANK)
        if month_ends:
            yield RollOverDeposits(on=on, account=_BANK)
            for item in self._standing:
                while item.maturity <= on:
                    item.start, item.maturity = (
                        item.maturity,
                        add_months(item.maturity, self._months(item)),
                    )

    def _opened(self, on: date) -> Iterator[Command]:
        for _ in range(max(1, self._cast.size // 400)):
            person = self._dice.choice(self._cast.people)
            if person.gone or person.prospective or person.diligence < 0.9 or person.loan is not None:
                continue
            months = self._dice.choice(tuple(_RATES))
            amount = self._dice.choice(_AMOUNTS)
            interest, into, roll_over = self._dice.choice(_INSTRUCTIONS)
            from_savings = ""
            if person.voluntary - person.held > 2_500_000:
                amount, from_savings = 2_000_000, "voluntary"
                person.voluntary -= amount
            yield OpenTermDeposit(
                member=person.number,
                number=self._stand(person, on, months, roll_over),
                amount=amount,
                rate=_RATES[months],
                term=months,
                on=on,
                account="" if from_savings else _BANK,
                from_savings=from_savings,
                interest=interest,
                interest_into=into,
                roll_over=roll_over,
                penalty_percent=_PENALTY,
            )

    def _closed(self, item: _Certificate, on: date) -> Iterator[Command]:
        self._standing.remove(item)
        yield CloseTermDeposit(deposit=item.number, on=on, account=_BANK)

    def _stand(self, person: Person, start: date, months: int, roll_over: RollOver) -> str:
        self._count += 1
        number = f"BJ-{self._count:04d}"
        person.bound = True
        goes_on = roll_over is not RollOver.NONE
        self._standing.append(_Certificate(number, person, start, add_months(start, months), goes_on))
        return number

    @staticmethod
    def _months(item: _Certificate) -> int:
        return (item.maturity.year - item.start.year) * 12 + item.maturity.month - item.start.month
