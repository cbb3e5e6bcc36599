"""A cooperative's days: savings on collection day, loans and their instalments, good and late payers."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from app.base.dates import Month, add_months
from app.ledger.cash.commands import RecordMoneyIn, RecordMoneyOut, TransferMoney
from app.ledger.command import Command
from app.ledger.demo.names import LAST, MEN, OCCUPATIONS, PURPOSES, TEAMS, VILLAGES, WOMEN
from app.ledger.entries.commands import EntryLine, PostOpening
from app.ledger.loans.commands import DisburseLoan, ReceiveInstalment, TakeOverLoan
from app.ledger.loans.schedule import Instalment, LoanTerms, Method, RatePer, schedule
from app.ledger.members.commands import AcceptExit, AddMember, PayExit, Sex
from app.ledger.profile.commands import OfficerLine, SetOfficers, SetProfile
from app.ledger.savings.commands import (
    CreditSavingsInterest,
    DepositSavings,
    OpenSavings,
    SetSavingsProduct,
    WithdrawSavings,
)

_SHARE, _MANDATORY = 100_000, 50_000
_COLLECTION_DAY = 20
_SMALLEST_SAVING = 10_000
_FULL_BOX, _KEPT_IN_BOX = 25_000_000, 12_000_000


@dataclass(slots=True)
class _Loan:
    """A loan as the story knows it: what is still to be paid, oldest first."""

    number: str
    rows: list[Instalment]
    diligence: float  # how likely a due instalment is paid in its month
    half_paid: bool = False


@dataclass(slots=True)
class _Person:
    """A member as the story knows one."""

    number: str
    joined: date
    diligence: float
    voluntary: int = 0
    loan: _Loan | None = None
    gone: bool = False


class CooperativeStory:
    """What happens at the cooperative. At the start most members are there, a third of them with a loan."""

    def __init__(self, first: date, last: date, members: int, seed: int) -> None:
        self._first = first
        self._opened_on = first - timedelta(days=1)
        self._dice = random.Random(f"koperasi {seed}")  # noqa: S311 - made-up data
        self._people: list[_Person] = []
        self._loans: dict[int, int] = {}
        self._size = members
        self._cash = max(14_250_000, members * 95_000)
        span = (last - first).days + 1
        newcomers = members // 8 if span > 45 else 0
        self._joining = sorted(
            first + timedelta(days=self._dice.randrange(span * 9 // 10 + 1)) for _ in range(newcomers)
        )
        self._leaving = sorted(
            first + timedelta(days=self._dice.randrange(span // 2, span))
            for _ in range(members // 40 if span > 45 else 0)
        )

    def opening(self) -> list[Command]:
        """Who the cooperative is, and the books taken over the evening before the first day."""
        commands: list[Command] = [
            SetProfile(
                address="Jl. Raya Tulis No. 4, Tulis, Kab. Batang 51261",
                phone="0812-0000-0140",
                legal_number="AHU-0004127.AH.01.26.Tahun 2019",
                cooperative_number="3325040020017",
                place="Tulis",
                accounting_standard="SAK EP",
            ),
            SetOfficers(
                officers=(
                    OfficerLine(office="Ketua", name="H. Mulyono, S.P."),
                    OfficerLine(office="Sekretaris", name="Endang Lestari"),
                    OfficerLine(office="Bendahara", name="Ngatiyem"),
                    OfficerLine(office="Pengawas", name="Suparjo", phone="0812-0000-0145", signs=False),
                )
            ),
            SetSavingsProduct(code="share", amount=_SHARE),
            SetSavingsProduct(code="mandatory", amount=_MANDATORY),
        ]
        totals = {"savings": 0, "loans": 0}
        for _ in range(self._size - len(self._joining)):
            commands += self._founding_member(totals)
        cash, bank, furniture, worn, reserve = self._cash, 38_600_000, 7_800_000, 2_600_000, 12_400_000
        lent, saved = totals["loans"], totals["savings"]
        # What the cooperative borrowed, or has at the bank, evens out what members brought and took.
        rest = cash + bank + furniture - worn + lent - saved - reserve
        borrowed = max(0, rest)
        bank += -rest if rest < 0 else 0
        lines = [
            EntryLine(account="1-1101", debit=cash),
            EntryLine(account="1-1111", debit=bank),
            EntryLine(account="1-2105", debit=furniture),
            EntryLine(account="1-2205", credit=worn),
            EntryLine(account="3-1101", credit=reserve),
        ]
        if borrowed:
            lines.append(EntryLine(account="2-2101", credit=borrowed))
        commands.append(PostOpening(on=self._opened_on, lines=tuple(lines)))
        return commands

    def day(self, on: date) -> Iterator[Command]:
        """The documents of one day; what is too much for the cash box goes to the bank."""
        for command in self._documents(on):
            self._cash += _into_the_box(command)
            yield command
        if self._cash > _FULL_BOX:
            amount = (self._cash - _KEPT_IN_BOX) // 1_000_000 * 1_000_000
            self._cash -= amount
            yield TransferMoney(on=on, amount=amount, source="1-1101", target="1-1111", memo="Setor ke bank")

    def _documents(self, on: date) -> Iterator[Command]:
        while self._joining and self._joining[0] <= on:
            self._joining.pop(0)
            yield from self._newcomer(on)
        if on.day == _COLLECTION_DAY:
            yield from self._collection(on)
        yield from self._counter(on)
        yield from self._late_payers(on)
        if on.day in (5, 12) and on.weekday() != 6:
            yield from self._new_loans(on)
        yield from self._costs(on)
        if on == Month.of(on).last_day:
            yield from self._interest(on)
        while self._leaving and self._leaving[0] <= on:
            self._leaving.pop(0)
            yield from self._exit(on)

    # People

    def _founding_member(self, totals: dict[str, int]) -> Iterator[Command]:
        years = self._dice.randrange(1, 7)
        joined = self._opened_on - timedelta(days=years * 365 + self._dice.randrange(300))
        person, add = self._person(joined)
        yield add
        months = (self._opened_on.year - joined.year) * 12 + self._opened_on.month - joined.month
        behind = 0 if person.diligence > 0.7 else self._dice.randrange(1, 4)
        mandatory = max(months - behind, 1) * _MANDATORY
        share = _SHARE if len(self._people) % 23 else _SHARE - 25_000
        yield OpenSavings(member=person.number, product="share", balance=share, on=self._opened_on)
        yield OpenSavings(
            member=person.number,
            product="mandatory",
            balance=mandatory,
            on=self._opened_on,
            paid_through=Month.of(self._opened_on).plus(-behind),
        )
        totals["savings"] += share + mandatory
        if self._dice.random() < 0.7:
            person.voluntary = self._dice.randrange(2, 60) * 45_000 + self._dice.randrange(0, 999)
            totals["savings"] += person.voluntary
            yield OpenSavings(
                member=person.number, product="voluntary", balance=person.voluntary, on=self._opened_on
            )
        if self._dice.random() < 0.5:
            yield self._running_loan(person, totals)

    def _person(self, joined: date) -> tuple[_Person, AddMember]:
        place = len(self._people)
        woman = self._dice.random() < 0.55
        name = f"{self._dice.choice(WOMEN if woman else MEN)} {self._dice.choice(LAST)}"
        born = date(
            self._dice.randrange(1958, 2004), self._dice.randrange(1, 13), self._dice.randrange(1, 29)
        )
        number = f"{place + 1:04d}"
        village = self._dice.choice(VILLAGES)
        person = _Person(number, joined, self._dice.choice((0.98, 0.98, 0.97, 0.95, 0.9, 0.6, 0.35)))
        self._people.append(person)
        day = born.day + (40 if woman else 0)
        return person, AddMember(
            number=number,
            name=name,
            nik=f"3325{place % 15 + 1:02d}{day:02d}{born.month:02d}{born.year % 100:02d}{place % 9000 + 1:04d}",
            sex=Sex.FEMALE if woman else Sex.MALE,
            joined=joined,
            address=f"Dusun {village} RT {place % 9 + 1:02d}/RW {place % 4 + 1:02d}",
            phone=f"0812{1000 + place:04d}{(place * 37) % 10000:04d}",
            occupation=self._dice.choice(OCCUPATIONS),
            birth_place="Batang",
            birth_date=born,
            village=village,
            team=TEAMS[place % len(TEAMS)],
            mandatory=_MANDATORY,
        )

    def _newcomer(self, on: date) -> Iterator[Command]:
        person, add = self._person(on)
        yield add
        parts = (40_000, 60_000) if self._dice.random() < 0.25 else (_SHARE,)
        yield DepositSavings(member=person.number, product="share", amount=parts[0], on=on)
        yield DepositSavings(member=person.number, product="mandatory", amount=_MANDATORY, on=on)

    def _exit(self, on: date) -> Iterator[Command]:
        for person in self._people:
            if not person.gone and person.loan is None and person.joined < self._first:
                person.gone = True
                yield AcceptExit(member=person.number, on=on)
                if self._dice.random() < 0.5:
                    yield PayExit(member=person.number, on=on)
                return

    # Savings

    def _collection(self, on: date) -> Iterator[Command]:
        for person in self._people:
            if person.gone or (person.joined.month == on.month and person.joined.year == on.year):
                continue
            if self._dice.random() < person.diligence:
                yield DepositSavings(member=person.number, product="mandatory", amount=_MANDATORY, on=on)
            if self._dice.random() < 0.3:
                amount = self._dice.randrange(1, 9) * 25_000
                person.voluntary += amount
                yield DepositSavings(member=person.number, product="voluntary", amount=amount, on=on)
            if person.loan is not None and self._dice.random() < person.diligence:
                yield from self._instalment(person, person.loan, on)

    def _counter(self, on: date) -> Iterator[Command]:
        if on.weekday() == 6 or not self._people:
            return
        for _ in range(max(1, self._size // 60)):
            person = self._dice.choice(self._people)
            if person.gone:
                continue
            if person.voluntary > 400_000 and self._dice.random() < 0.4:
                amount = self._dice.randrange(2, 8) * 50_000
                person.voluntary -= amount
                yield WithdrawSavings(member=person.number, product="voluntary", amount=amount, on=on)
            elif self._dice.random() < 0.3:
                amount = self._dice.randrange(2, 20) * 10_000
                person.voluntary += amount
                yield DepositSavings(member=person.number, product="voluntary", amount=amount, on=on)

    def _interest(self, on: date) -> Iterator[Command]:
        """Interest given as an amount: 4 % a year on what stands there, rounded down."""
        for person in self._people:
            gross = person.voluntary * 4 // 1200
            if gross > 0 and not person.gone and person.voluntary >= _SMALLEST_SAVING:
                tax = gross // 10 if gross > 240_000 else 0
                person.voluntary += gross - tax
                yield CreditSavingsInterest(member=person.number, product="voluntary", gross=gross, on=on)

    # Loans

    def _terms(self, start: date, first_due: date | None) -> LoanTerms:
        principal = self._dice.choice((3_000_000, 5_000_000, 6_000_000, 10_000_000, 12_000_000, 20_000_000))
        method = self._dice.choice((Method.FLAT, Method.FLAT, Method.DECLINING, Method.ANNUITY))
        return LoanTerms(
            principal=principal,
            rate=Decimal("1.25") if method is Method.FLAT else Decimal("1.5"),
            per=RatePer.MONTH,
            term=self._dice.choice((10, 12, 12, 18, 24)),
            method=method,
            start=start,
            first_due=first_due,
            round_to=100,
        )

    def _next_loan_number(self, on: date) -> str:
        self._loans[on.year] = self._loans.get(on.year, 0) + 1
        return f"PJ-{on.year}-{self._loans[on.year]:04d}"

    def _running_loan(self, person: _Person, totals: dict[str, int]) -> Command:
        age = self._dice.randrange(2, 9)
        start = add_months(self._opened_on, -age, _COLLECTION_DAY)
        terms = self._terms(start, add_months(start, 1))
        rows = list(schedule(terms))
        due = sum(row.due <= self._opened_on for row in rows)
        late = 0 if person.diligence > 0.7 else self._dice.randrange(1, 4)
        paid = max(due - late, 0)
        outstanding = terms.principal - sum(row.principal for row in rows[:paid])
        number = self._next_loan_number(start)
        person.loan = _Loan(number, rows[paid:], person.diligence)
        totals["loans"] += outstanding
        return TakeOverLoan(
            member=person.number,
            number=number,
            disbursed_on=start,
            principal=terms.principal,
            rate=terms.rate,
            per=terms.per,
            term=terms.term,
            method=terms.method,
            first_due=terms.first_due,
            round_to=terms.round_to,
            outstanding=outstanding,
            as_of=self._opened_on,
            paid_through=paid,
            purpose=self._dice.choice(PURPOSES),
        )

    def _new_loans(self, on: date) -> Iterator[Command]:
        for _ in range(max(1, self._size // 60)):
            person = self._dice.choice(self._people)
            if person.gone or person.loan is not None or (on - person.joined).days < 90:
                continue
            first_due = add_months(on, 1, _COLLECTION_DAY)
            terms = self._terms(on, first_due)
            number = self._next_loan_number(on)
            person.loan = _Loan(number, list(schedule(terms)), person.diligence)
            yield DisburseLoan(
                member=person.number,
                number=number,
                on=on,
                principal=terms.principal,
                rate=terms.rate,
                per=terms.per,
                term=terms.term,
                method=terms.method,
                first_due=first_due,
                round_to=terms.round_to,
                provision_percent=Decimal(1),
                administration=50_000,
                purpose=self._dice.choice(PURPOSES),
                account="1-1111" if terms.principal > 5_000_000 else "",
            )

    def _late_payers(self, on: date) -> Iterator[Command]:
        """Some who missed the collection come in the days after it, some with half."""
        if on.day not in (24, 27):
            return
        for person in self._people:
            loan = person.loan
            if loan is None or not loan.rows or loan.rows[0].due > on or self._dice.random() > 0.45:
                continue
            row = loan.rows[0]
            if not loan.half_paid and self._dice.random() < 0.4 and row.total >= 200_000:
                loan.half_paid = True
                amount = row.total // 2_000 * 1_000
                loan.rows[0] = _less(row, amount)
                yield ReceiveInstalment(loan=loan.number, amount=amount, on=on)
            else:
                yield from self._instalment(person, loan, on)

    def _instalment(self, person: _Person, loan: _Loan, on: date) -> Iterator[Command]:
        if not loan.rows or loan.rows[0].due > on:
            return
        row = loan.rows.pop(0)
        loan.half_paid = False
        if not loan.rows:
            person.loan = None
        if row.total > 0:
            yield ReceiveInstalment(loan=loan.number, amount=row.total, on=on)

    # The office

    def _costs(self, on: date) -> Iterator[Command]:
        if on.day == 2:
            yield RecordMoneyOut(
                on=on, amount=self._dice.randrange(8, 15) * 12_500, category="ATK", memo="Kertas dan tinta"
            )
        if on.day == 6:
            amount = self._dice.randrange(180, 260) * 1_000 + 750
            yield RecordMoneyOut(on=on, amount=amount, category="Listrik & air")
        if on.day == 28:
            yield RecordMoneyOut(
                on=on, amount=1_850_000, category="Gaji", memo="Gaji petugas", account="1-1111"
            )
        if on == Month.of(on).last_day:
            yield RecordMoneyIn(on=on, amount=64_320, category="7-1001", account="1-1111", memo="Jasa giro")
            yield RecordMoneyOut(on=on, amount=12_500, category="Biaya bank/QRIS", account="1-1111")


def _less(row: Instalment, amount: int) -> Instalment:
    """What is left of an instalment after part was paid, interest first."""
    interest = max(row.interest - amount, 0)
    principal = row.principal - max(amount - row.interest, 0)
    return Instalment(row.number, row.due, principal, interest, row.balance)


def _into_the_box(command: Command) -> int:
    """What a document brings into the cash box, or takes out of it."""
    match command:
        case DepositSavings(amount=amount) | ReceiveInstalment(amount=amount):
            return amount
        case WithdrawSavings(amount=amount) | RecordMoneyOut(amount=amount, account=""):
            return -amount
        case DisburseLoan(principal=principal, administration=fee, account=""):
            return (fee or 0) - principal * 99 // 100
    return 0
