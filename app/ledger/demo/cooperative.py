"""A cooperative's days: savings on collection day, loans and their instalments, good and late payers."""

import random
from collections.abc import Iterator
from datetime import date

from app.base.dates import Month
from app.ledger.cash.commands import RecordMoneyIn, RecordMoneyOut, TransferMoney
from app.ledger.command import Command
from app.ledger.demo.cast import TARIFF, Cast, Person
from app.ledger.demo.catalogue import EDUCATION, FEE, FEE_PERCENT, FESTIVE, SHARE, offered, raised
from app.ledger.demo.certificates import Certificates
from app.ledger.demo.lending import Lending
from app.ledger.demo.membership import Membership
from app.ledger.entries.commands import EntryLine, PostOpening
from app.ledger.loans.commands import DisburseLoan, ReceiveInstalment, ReceiveRecovery, RunAllowance
from app.ledger.profile.commands import OfficerLine, SetOfficers, SetProfile
from app.ledger.savings.commands import DepositSavings, OpenSavings, RunSavingsInterest, WithdrawSavings

_COLLECTION_DAY = 20
_FULL_BOX, _FULL_PER_MEMBER = 25_000_000, 60_000


class CooperativeStory:
    """What happens at the cooperative. At the start most members are there, about half of them with a loan."""

    def __init__(self, first: date, last: date, members: int, seed: int) -> None:
        self._cast = Cast(first, last, members)
        self._dice = random.Random(f"koperasi {seed}")  # noqa: S311 - made-up data
        self._membership = Membership(self._cast, seed)
        self._lending = Lending(self._cast, seed)
        self._certificates = Certificates(self._cast, seed)
        self._cash = max(14_250_000, members * 95_000)

    def opening(self) -> list[Command]:
        """Who the cooperative is, and the books taken over the evening before the first day."""
        on = self._cast.opened_on
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
            *offered(Month.of(self._cast.first)),
        ]
        saved = 0
        for _ in range(self._membership.founders):
            person, added = self._membership.founder()
            commands += added
            for opened in self._savings_of(person):
                saved += opened.balance
                commands.append(opened)
        lent = allowance = 0
        for taken in self._lending.taken_over():
            commands.append(taken.command)
            lent += taken.command.outstanding
            allowance += taken.allowance
        commands += self._lending.secured()
        commands += self._membership.offices()
        for certificate in self._certificates.taken_over():
            saved += certificate.amount
            commands.append(certificate)
        cash, bank, furniture, worn, reserve = self._cash, 38_600_000, 7_800_000, 2_600_000, 12_400_000
        # What the cooperative borrowed, or has at the bank, evens out what members brought and took.
        rest = cash + bank + furniture - worn + lent - allowance - saved - reserve
        borrowed = max(0, rest)
        bank += -rest if rest < 0 else 0
        lines = [
            EntryLine(account="1-1101", debit=cash),
            EntryLine(account="1-1111", debit=bank),
            EntryLine(account="1-2105", debit=furniture),
            EntryLine(account="1-2205", credit=worn),
            EntryLine(account="3-1101", credit=reserve),
        ]
        if allowance:
            lines.append(EntryLine(account="1-1209", credit=allowance))
        if borrowed:
            lines.append(EntryLine(account="2-2101", credit=borrowed))
        commands.append(PostOpening(on=on, lines=tuple(lines)))
        return commands

    def day(self, on: date) -> Iterator[Command]:
        """The documents of one day."""
        for command in self._documents(on):
            self._cash += _into_the_box(command)
            yield command
        yield from self._box(on)

    def _box(self, on: date) -> Iterator[Command]:
        """Carry what is too much to the bank, and fetch what tomorrow's withdrawals will need."""
        full = max(_FULL_BOX, self._cast.size * _FULL_PER_MEMBER)
        kept = full // 2
        amount = abs(self._cash - kept) // 1_000_000 * 1_000_000
        if self._cash > full:
            self._cash -= amount
            yield TransferMoney(on=on, amount=amount, source="1-1101", target="1-1111", memo="Setor ke bank")
        elif self._cash < kept // 3:
            self._cash += amount
            yield TransferMoney(
                on=on, amount=amount, source="1-1111", target="1-1101", memo="Ambil dari bank"
            )

    def _documents(self, on: date) -> Iterator[Command]:
        if on == self._cast.raised.first:
            yield raised(self._cast.raised)
        yield from self._membership.day(on)
        if on.day == _COLLECTION_DAY:
            yield from self._collection(on)
        yield from self._counter(on)
        yield from self._feast(on)
        yield from self._lending.day(on)
        yield from self._certificates.day(on)
        yield from self._costs(on)
        if on == Month.of(on).last_day:
            yield RunSavingsInterest(month=Month.of(on))
            yield RunAllowance(month=Month.of(on))
        yield from self._membership.evening(on)

    # Savings

    def _savings_of(self, person: Person) -> Iterator[OpenSavings]:
        """What a member had saved when the books were taken over."""
        on, joined = self._cast.opened_on, person.joined
        place = len(self._cast.people)
        months = (on.year - joined.year) * 12 + on.month - joined.month
        behind = 0 if person.diligence > 0.7 else self._dice.randrange(1, 4)
        mandatory = max(months - behind, 1) * TARIFF
        share = SHARE if place % 23 else SHARE - 25_000
        person.kept = share + mandatory
        yield OpenSavings(member=person.number, product="share", balance=share, on=on)
        yield OpenSavings(
            member=person.number,
            product="mandatory",
            balance=mandatory,
            on=on,
            paid_through=Month.of(on).plus(-behind),
        )
        if self._dice.random() < 0.7:
            person.voluntary = self._dice.randrange(2, 60) * 45_000 + self._dice.randrange(0, 999)
            yield OpenSavings(member=person.number, product="voluntary", balance=person.voluntary, on=on)
        if place % 4 == 0:
            person.festive = self._dice.randrange(2, 12) * 50_000
            yield OpenSavings(member=person.number, product=FESTIVE, balance=person.festive, on=on)
        if place % 9 == 0:
            amount = self._dice.randrange(4, 60) * 75_000
            yield OpenSavings(member=person.number, product=EDUCATION, balance=amount, on=on)

    def _collection(self, on: date) -> Iterator[Command]:
        mandatory = self._cast.mandatory(on)
        for place, person in enumerate(self._cast.people):
            if person.gone or person.prospective or Month.of(person.joined) == Month.of(on):
                continue
            if self._dice.random() < person.diligence:
                person.kept += mandatory
                yield DepositSavings(member=person.number, product="mandatory", amount=mandatory, on=on)
            if self._dice.random() < 0.3:
                amount = self._dice.randrange(1, 9) * 25_000
                person.voluntary += amount
                yield DepositSavings(member=person.number, product="voluntary", amount=amount, on=on)
            if place % 4 == 3 and self._dice.random() < person.diligence:
                person.festive += 50_000
                yield DepositSavings(member=person.number, product=FESTIVE, amount=50_000, on=on)
            if place % 9 == 8 and self._dice.random() < person.diligence:
                yield DepositSavings(member=person.number, product=EDUCATION, amount=75_000, on=on)
            if person.loan is not None and self._dice.random() < person.loan.diligence:
                yield from self._lending.instalment(person, on)

    def _counter(self, on: date) -> Iterator[Command]:
        people = self._cast.people
        if on.weekday() == 6 or not people:
            return
        for _ in range(max(1, self._cast.size // 60)):
            person = self._dice.choice(people)
            if person.gone:
                continue
            if person.voluntary - person.held > 400_000 and self._dice.random() < 0.4:
                amount = self._dice.randrange(2, 8) * 50_000
                person.voluntary -= amount
                yield WithdrawSavings(member=person.number, product="voluntary", amount=amount, on=on)
            elif self._dice.random() < 0.3:
                amount = self._dice.randrange(2, 20) * 10_000
                person.voluntary += amount
                yield DepositSavings(member=person.number, product="voluntary", amount=amount, on=on)

    def _feast(self, on: date) -> Iterator[Command]:
        """Before the feast those who saved for it take what they have; new members begin again."""
        if (on.month, on.day) != (3, 12):
            return
        for person in self._cast.people:
            if person.festive and not person.gone:
                amount, person.festive = person.festive, 0
                yield WithdrawSavings(
                    member=person.number, product=FESTIVE, amount=amount, on=on, account="1-1111"
                )

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


def _into_the_box(command: Command) -> int:
    """What a document brings into the cash box, or takes out of it."""
    match command:
        case (
            DepositSavings(amount=amount) | ReceiveInstalment(amount=amount) | ReceiveRecovery(amount=amount)
        ):
            return amount
        case WithdrawSavings(amount=amount, account="") | RecordMoneyOut(amount=amount, account=""):
            return -amount
        case DisburseLoan(principal=principal, account=""):
            return FEE + principal * FEE_PERCENT // 100 - principal
    return 0
