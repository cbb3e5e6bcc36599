"""The loans of a sample cooperative: good and late payers, penalties, write-offs, what comes in on them later."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from app.base.dates import add_months
from app.ledger.command import Command
from app.ledger.demo.cast import Cast, Loan, Person
from app.ledger.demo.catalogue import CODES, RATES
from app.ledger.demo.names import COLLATERALS, PURPOSES
from app.ledger.loans.commands import (
    Collateral,
    DisburseLoan,
    PayOffLoan,
    ReceiveInstalment,
    ReceiveRecovery,
    TakeOverLoan,
    WaivePenalty,
    WriteOffLoan,
)
from app.ledger.loans.restructure_command import ArrearsInterest, RestructureLoan, Restructuring
from app.ledger.loans.schedule import Instalment, LoanTerms, Method, RatePer, schedule
from app.ledger.savings.commands import PlaceHold, ReleaseHold

_DUE_DAY = 20
_BANK = "1-1111"
_METHODS = (Method.FLAT, Method.FLAT, Method.FLAT, Method.DECLINING, Method.ANNUITY, Method.BULLET)
_AMOUNTS = (3_000_000, 5_000_000, 6_000_000, 10_000_000, 12_000_000, 20_000_000)
_HELD = 500_000
# One member in so many does not pay any more; how many instalments they were behind at the start.
_BAD_EVERY, _BEHIND = 25, (8, 5, 4)
# Days before the end on which an instalment is due that is not paid any more.
_STOP = ((91, 120), (121, 150))
_PERCENTS = ((180, 100), (120, 50), (90, 10), (0, 3))


class Taken(NamedTuple):
    """A loan taken over, and what the old books had set aside for it."""

    command: TakeOverLoan
    allowance: int


class Lending:
    """The loans as they are lent and paid."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self._cast = cast
        self._dice = random.Random(f"pinjaman {seed}")  # noqa: S311 - made-up data
        self._numbers: dict[int, int] = {}
        self._written_off: list[tuple[date, str]] = []
        self._waivers = 0
        self._to_restructure = [Restructuring.RESCHEDULING, Restructuring.RESTRUCTURING]

    def taken_over(self) -> Iterator[Taken]:
        """The loans that were running: every second member's, and of those who do not pay any more."""
        for place, person in enumerate(self._cast.people):
            bad = place % _BAD_EVERY == 17
            if bad or self._dice.random() < 0.5:
                yield self._running(person, _BEHIND[place // _BAD_EVERY % len(_BEHIND)] if bad else 0)

    def secured(self) -> Iterator[PlaceHold]:
        """What was held in savings for the larger of these loans already."""
        for person in self._cast.people[::3]:
            loan = person.loan
            if loan is None or loan.terms.principal <= 5_000_000 or person.voluntary < 2 * _HELD:
                continue
            yield self._hold(person, loan.number, self._cast.opened_on)

    def day(self, on: date) -> Iterator[Command]:
        """What happens apart from the collection."""
        if on.day == _DUE_DAY - 1:
            self._stop_paying(on)
        if on.day in (24, 27):
            yield from self._late_payers(on)
        if on.day in (5, 12) and on.weekday() != 6:
            yield from self._new_loans(on)
        if on.day == 11:
            yield from self._paid_off(on)
        if on.day == 13 and self._to_restructure and on >= self._cast.at(0.3):
            yield from self._restructured(on)
        if on.day == 15:
            yield from self._recovered(on)
            if on.month % 3 == 0:
                yield from self._gives_up(on)

    def instalment(self, person: Person, on: date) -> Iterator[Command]:
        """Pay the oldest instalment that is due, with what being late costs; some are let off that."""
        loan = person.loan
        if loan is None or loan.bad or not loan.rows or loan.rows[0].due > on:
            return
        penalty = loan.penalty(on)
        row = loan.rows.pop(0)
        loan.half_paid = False
        let_off = penalty > 0 and (self._waivers == 0 or self._dice.random() < 0.1)
        paid = 0 if let_off else penalty
        if row.total:
            yield ReceiveInstalment(
                loan=loan.number, amount=row.total + paid, on=on, penalty=paid if penalty else None
            )
        if let_off:
            self._waivers += 1
            yield WaivePenalty(
                loan=loan.number, on=on, amount=penalty, reason="Panen gagal, keputusan pengurus"
            )
        if not loan.rows:
            yield from self._ended(person, on)

    def _ended(self, person: Person, on: date) -> Iterator[Command]:
        person.loan = None
        if person.held:
            person.held = 0
            yield ReleaseHold(member=person.number, product="voluntary", on=on)

    # Lending

    def _terms(self, start: date, first_due: date, *, small: bool = False) -> LoanTerms:
        chosen = Method.FLAT if small else self._dice.choice(_METHODS)
        principal = self._dice.choice(_AMOUNTS)
        term = self._dice.choice((10, 12, 12, 18, 24))
        if small:
            principal = 3_000_000
        elif chosen is Method.BULLET:
            principal, term = min(principal, 6_000_000), 6
        return LoanTerms(
            principal=principal,
            rate=RATES[chosen],
            per=RatePer.MONTH,
            term=term,
            method=chosen,
            start=start,
            first_due=first_due,
            round_to=100,
        )

    def _next_number(self, on: date) -> str:
        self._numbers[on.year] = self._numbers.get(on.year, 0) + 1
        return f"PJ-{on.year}-{self._numbers[on.year]:04d}"

    def _running(self, person: Person, behind: int) -> Taken:
        """A loan lent some months ago; who is `behind` does not pay any more."""
        on = self._cast.opened_on
        age = behind + 2 if behind else self._dice.randrange(2, 9)
        start = add_months(on, -age, _DUE_DAY)
        terms = self._terms(start, add_months(start, 1), small=behind > 0)
        rows = list(schedule(terms))
        due = sum(row.due <= on for row in rows)
        late = behind or (0 if person.diligence > 0.7 else self._dice.randrange(1, 3))
        paid = min(max(due - late, 0), len(rows) - 1)
        outstanding = terms.principal - sum(row.principal for row in rows[:paid])
        number = self._next_number(start)
        person.loan = Loan(number, terms, rows[paid:], person.diligence, since=on, bad=behind > 0)
        days = (on - rows[paid].due).days
        percent = next((percent for over, percent in _PERCENTS if days > over), 0.5)
        command = TakeOverLoan(
            member=person.number,
            number=number,
            product=CODES[terms.method][0],
            disbursed_on=start,
            principal=terms.principal,
            term=terms.term,
            first_due=terms.first_due,
            outstanding=outstanding,
            as_of=on,
            paid_through=paid,
            purpose=self._dice.choice(PURPOSES),
            collateral=self._collateral(person, terms.principal),
        )
        return Taken(command, int(outstanding * percent) // 100)

    def _new_loans(self, on: date) -> Iterator[Command]:
        for _ in range(max(1, self._cast.size // 30)):
            person = self._dice.choice(self._cast.people)
            free = not (person.gone or person.prospective) and person.loan is None
            if not free or (on - person.joined).days < 90:
                continue
            first_due = add_months(on, 1, _DUE_DAY)
            terms = self._terms(on, first_due)
            number = self._next_number(on)
            person.loan = Loan(number, terms, list(schedule(terms)), person.diligence, since=on)
            large = terms.principal > 5_000_000
            yield DisburseLoan(
                member=person.number,
                number=number,
                product=CODES[terms.method][0],
                on=on,
                principal=terms.principal,
                term=terms.term,
                first_due=first_due,
                purpose=self._dice.choice(PURPOSES),
                collateral=self._collateral(person, terms.principal),
                guarantors=(self._dice.choice(self._cast.people).name,) if large else (),
                account=_BANK if terms.principal > 3_000_000 else "",
            )
            if large and person.voluntary >= 2 * _HELD and not person.held:
                yield self._hold(person, number, on)

    @staticmethod
    def _hold(person: Person, number: str, on: date) -> PlaceHold:
        person.held = _HELD
        return PlaceHold(
            member=person.number,
            product="voluntary",
            amount=_HELD,
            reason="Jaminan pinjaman",
            on=on,
            loan=number,
        )

    def _collateral(self, person: Person, principal: int) -> tuple[Collateral, ...]:
        if principal <= 5_000_000:
            return ()
        kind, value = self._dice.choice(COLLATERALS)
        paper = f"{kind.split()[0]} {self._dice.randrange(10_000, 99_999)}"
        return (Collateral(kind=kind, owner=person.name, value=value, document=paper),)

    # Paying, late or not at all

    def _late_payers(self, on: date) -> Iterator[Command]:
        """Some who missed the collection come in the days after it, some with half."""
        for person in self._cast.people:
            loan = person.loan
            if loan is None or loan.bad or not loan.rows or loan.rows[0].due > on:
                continue
            if self._dice.random() > 0.45:
                continue
            row = loan.rows[0]
            if not loan.half_paid and self._dice.random() < 0.4 and row.total >= 200_000:
                loan.half_paid = True
                amount = row.total // 2_000 * 1_000
                loan.rows[0] = _less(row, amount)
                yield ReceiveInstalment(loan=loan.number, amount=amount, on=on)
            else:
                yield from self.instalment(person, on)

    def _stop_paying(self, on: date) -> None:
        """Some stop paying late enough to be seen at the end between those who are a little late and the lost."""
        due = on.replace(day=_DUE_DAY)
        if not any(least <= (self._cast.last - due).days <= most for least, most in _STOP):
            return
        fitting = [
            loan
            for person in self._cast.people
            if (loan := person.loan) is not None and not person.bound and not loan.bad
            if loan.rows and loan.rows[0].due == due
        ]
        fitting.sort(key=lambda loan: loan.principal)
        for loan in fitting[: self._cast.size // 300 + 1]:
            loan.bad = True

    def _paid_off(self, on: date) -> Iterator[Command]:
        """Now and then somebody settles a loan before its end."""
        for person in self._cast.people:
            loan = person.loan
            if loan is None or loan.bad or not loan.rows or not 1 <= len(loan.rows) <= 4:
                continue
            if loan.rows[0].due > on and self._dice.random() < 0.08:
                yield PayOffLoan(loan=loan.number, on=on)
                yield from self._ended(person, on)

    def _restructured(self, on: date) -> Iterator[Command]:
        """One who is behind pays the rest in more instalments; what was behind is paid at once, or is lent as well."""
        for person in self._cast.people:
            loan = person.loan
            if loan is None or loan.bad or loan.terms.method is not Method.FLAT:
                continue
            late = [row for row in loan.rows if row.due <= on]
            later = [row for row in loan.rows if row.due > on]
            if not late or len(later) < 3:
                continue
            kind = self._to_restructure.pop(0)
            behind = sum(row.interest for row in late)
            lent = kind is Restructuring.RESTRUCTURING
            if loan.penalty(on):
                yield WaivePenalty(loan=loan.number, on=on, reason="Pinjaman ditata kembali")
            loan.terms = replace(
                loan.terms,
                principal=loan.principal + (behind if lent else 0),
                term=len(later) + 6,
                start=late[-1].due,
                first_due=later[0].due,
            )
            loan.rows, loan.half_paid = list(schedule(loan.terms)), False
            yield RestructureLoan(
                loan=loan.number,
                on=on,
                kind=kind,
                term=loan.terms.term,
                reason="Usaha sepi sejak musim hujan",
                approved_by="H. Mulyono, S.P.",
                arrears=ArrearsInterest.PRINCIPAL if lent else ArrearsInterest.CLAIM,
            )
            if behind and not lent:
                yield ReceiveInstalment(loan=loan.number, amount=behind, on=on)
            return

    def _gives_up(self, on: date) -> Iterator[Command]:
        """Each quarter the board writes off what is lost, one loan for 400 members; a small one only once."""
        if self._written_off and self._cast.size < 400:
            return
        lost = [
            person
            for person in self._cast.people
            if person.loan is not None and person.loan.bad and (on - person.loan.rows[0].due).days > 180
        ]
        for person in lost[: max(1, self._cast.size // 400)]:
            loan = person.loan
            if loan is None:
                continue
            person.loan, person.bound = None, True
            self._written_off.append((on, loan.number))
            yield WriteOffLoan(loan=loan.number, on=on, reason="Usaha berhenti, keputusan rapat pengurus")

    def _recovered(self, on: date) -> Iterator[Command]:
        """The family of one in two pays something on what was written off."""
        for place, (when, number) in enumerate(self._written_off):
            if place % 2 == 0 and when < on and on.month % 2 == 0:
                amount = self._dice.randrange(2, 7) * 50_000
                yield ReceiveRecovery(loan=number, amount=amount, on=on)


def _less(row: Instalment, amount: int) -> Instalment:
    """What is left of an instalment after part was paid, interest first."""
    interest = max(row.interest - amount, 0)
    principal = row.principal - max(amount - row.interest, 0)
    return Instalment(row.number, row.due, principal, interest, row.balance)
