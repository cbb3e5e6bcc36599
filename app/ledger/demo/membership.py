"""Who joins, holds office, leaves, dies, and comes back in the story of a sample cooperative."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from app.ledger.command import Command
from app.ledger.demo.cast import Cast, Person
from app.ledger.demo.catalogue import SHARE
from app.ledger.demo.names import BODIES, LAST, MEN, OCCUPATIONS, OFFICERS, TEAMS, VILLAGES, WOMEN
from app.ledger.members.commands import (
    AcceptExit,
    AddMember,
    Admission,
    AdmitMember,
    AppointOfficer,
    EndOffice,
    ExitReason,
    GoverningBody,
    HeirLine,
    PayExit,
    ReinstateMember,
    SetHeirs,
    Sex,
)
from app.ledger.savings.commands import DepositSavings

_BANK = "1-1111"
_FIRST_PART = 40_000
_CATEGORIES = ("Petani", "Petani", "Pedagang", "Nelayan", "Karyawan")


class Membership:
    """The register as it changes."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self._cast = cast
        self._dice = random.Random(f"anggota {seed}")  # noqa: S311 - made-up data
        newcomers, leavers = (cast.size // 8, cast.size // 40) if cast.days > 45 else (0, 0)
        self.founders = cast.size - newcomers
        self._joining = sorted(cast.at(self._dice.uniform(0, 0.9)) for _ in range(newcomers))
        self._leaving = sorted(cast.at(self._dice.uniform(0.4, 1)) for _ in range(leavers))
        if leavers:
            # The first one leaves early enough to be seen coming back.
            self._leaving[0] = cast.at(0.3)
        self._death = cast.at(0.6) if cast.days > 45 and self.founders > 20 else None
        self._back = cast.at(0.8)
        self._later: list[tuple[date, Command]] = []  # what was agreed for a later day
        self._paid_out: list[Person] = []

    # The register

    def founder(self) -> tuple[Person, list[Command]]:
        """One who was a member when the books were taken over, with the heirs some have named."""
        years = self._dice.randrange(1, 7)
        joined = self._cast.opened_on - timedelta(days=years * 365 + self._dice.randrange(300))
        person, add = self._person(joined)
        commands: list[Command] = [add]
        if len(self._cast.people) % 3 == 1 and not add.body:
            commands.append(SetHeirs(member=person.number, heirs=self._heirs(add)))
        return person, commands

    def _heirs(self, add: AddMember) -> tuple[HeirLine, ...]:
        husband = add.sex is Sex.FEMALE
        family = add.name.split()[-1]
        partner = f"{self._dice.choice(MEN if husband else WOMEN)} {self._dice.choice(LAST)}"
        child = f"{self._dice.choice(WOMEN)} {family}"
        shares: tuple[Decimal | None, Decimal | None] = (None, None)
        if self._dice.random() < 0.4:
            shares = (Decimal(60), Decimal(40))
        return (
            HeirLine(name=partner, relation="Suami" if husband else "Istri", share=shares[0]),
            HeirLine(name=child, relation="Anak", share=shares[1]),
        )

    def offices(self) -> Iterator[Command]:
        """The board and the supervisors as the last members' meeting chose them."""
        on = self._cast.opened_on - timedelta(days=280)
        if self.founders <= len(OFFICERS):
            return
        for person, (_, _, body, office) in zip(self._cast.people, OFFICERS, strict=False):
            person.bound = True
            yield AppointOfficer(
                body=GoverningBody(body),
                office=office,
                member=person.number,
                on=on,
                until=on + timedelta(days=5 * 365),
            )

    def _person(self, joined: date) -> tuple[Person, AddMember]:
        place = len(self._cast.people)
        woman = self._dice.random() < 0.55
        name = f"{self._dice.choice(WOMEN if woman else MEN)} {self._dice.choice(LAST)}"
        born = date(
            self._dice.randrange(1958, 2004), self._dice.randrange(1, 13), self._dice.randrange(1, 29)
        )
        diligence = self._dice.choice((0.98, 0.98, 0.97, 0.95, 0.9, 0.6, 0.35))
        body = place % 60 == 41
        if place < len(OFFICERS) < self.founders:
            name, woman, diligence = OFFICERS[place][0], OFFICERS[place][1], 0.98
        elif body:
            name, diligence = BODIES[place // 60 % len(BODIES)], 0.97
        number = f"{place + 1:04d}"
        village = self._dice.choice(VILLAGES)
        occupation = self._dice.choice(OCCUPATIONS)
        person = Person(number, name, joined, diligence)
        self._cast.people.append(person)
        day = born.day + (40 if woman else 0)
        nik = f"3325{place % 15 + 1:02d}{day:02d}{born.month:02d}{born.year % 100:02d}{place % 9000 + 1:04d}"
        return person, AddMember(
            number=number,
            name=name,
            nik="" if body else nik,
            sex=None if body else Sex.FEMALE if woman else Sex.MALE,
            joined=joined,
            address=f"Dusun {village} RT {place % 9 + 1:02d}/RW {place % 4 + 1:02d}",
            phone=f"0812{1000 + place:04d}{(place * 37) % 10000:04d}",
            occupation="" if body else occupation,
            body=body,
            birth_place="" if body else "Batang",
            birth_date=None if body else born,
            village=village,
            team=TEAMS[place % len(TEAMS)],
            category="Kelompok" if body else _CATEGORIES[place % len(_CATEGORIES)],
        )

    # The days

    def day(self, on: date) -> Iterator[Command]:
        """Who comes and what was agreed for this day."""
        due = [item for item in self._later if item[0] <= on]
        self._later = [item for item in self._later if item[0] > on]
        for _, command in due:
            self._note(command)
            yield command
        while self._joining and self._joining[0] <= on:
            self._joining.pop(0)
            yield from self._newcomer(on)
        if on >= self._back and self._paid_out:
            yield from self._returned(self._paid_out.pop(0), on)
            self._back = date.max
        if on == self._cast.at(0.5) and self.founders > len(OFFICERS) + 1:
            yield from self._new_supervisor(on)

    def evening(self, on: date) -> Iterator[Command]:
        """Who leaves, after the interest of a month is credited."""
        while self._leaving and self._leaving[0] <= on:
            self._leaving.pop(0)
            yield from self._leaves(on)
        if self._death is not None and on >= self._death:
            yield from self._dies(on)

    def _newcomer(self, on: date) -> Iterator[Command]:
        prospective, in_parts = self._dice.random() < 0.15, self._dice.random() < 0.25
        person, add = self._person(on)
        if prospective:
            person.prospective = True
            yield replace(add, status=Admission.PROSPECTIVE)
            person.voluntary += 50_000
            yield DepositSavings(member=person.number, product="voluntary", amount=50_000, on=on)
            when = on + timedelta(days=35)
            share = DepositSavings(member=person.number, product="share", amount=SHARE, on=when)
            self._later += [(when, AdmitMember(member=person.number, on=when)), (when, share)]
            return
        yield add
        part = _FIRST_PART if in_parts else SHARE
        yield from self._founds(person, part, on)
        if in_parts:
            when = on + timedelta(days=30)
            self._later.append(
                (
                    when,
                    DepositSavings(member=person.number, product="share", amount=SHARE - part, on=when),
                )
            )

    def _founds(self, person: Person, share: int, on: date) -> Iterator[Command]:
        mandatory = self._cast.mandatory(on)
        person.kept += share + mandatory
        yield DepositSavings(member=person.number, product="share", amount=share, on=on)
        yield DepositSavings(member=person.number, product="mandatory", amount=mandatory, on=on)

    def _note(self, command: Command) -> None:
        """Remember what a command agreed earlier changes."""
        if not isinstance(command, AdmitMember | DepositSavings | PayExit):
            return
        person = next(item for item in self._cast.people if item.number == command.member)
        if isinstance(command, AdmitMember):
            person.prospective, person.joined = False, command.on
        elif isinstance(command, DepositSavings):
            person.kept += command.amount

    def _new_supervisor(self, on: date) -> Iterator[Command]:
        """A supervisor moves away in the middle of the term, and the next one is chosen."""
        place = len(OFFICERS) - 1
        leaving, coming = self._cast.people[place], self._cast.people[place + 1]
        if coming.gone:
            return
        body, office = GoverningBody(OFFICERS[place][2]), OFFICERS[place][3]
        coming.bound = True
        yield EndOffice(body=body, on=on, member=leaving.number, office=office, reason="Pindah domisili")
        yield AppointOfficer(
            body=body,
            office=office,
            member=coming.number,
            on=on + timedelta(days=1),
            until=on + timedelta(days=4 * 365),
        )

    def _leaves(self, on: date) -> Iterator[Command]:
        first = self._cast.first
        for person in self._cast.people:
            if person.gone or person.bound or person.loan is not None or person.joined >= first:
                continue
            self._ended(person)
            yield AcceptExit(member=person.number, on=on, requested=on - timedelta(days=14))
            roll = 0.0 if not self._paid_out else self._dice.random()
            if roll < 0.5:
                self._paid_out.append(person)
                yield PayExit(member=person.number, on=on, account=_BANK)
            elif roll < 0.9:
                when = on + timedelta(days=self._dice.randrange(7, 25))
                self._later.append((when, PayExit(member=person.number, on=when, account=_BANK)))
            return

    def _dies(self, on: date) -> Iterator[Command]:
        """The loan is paid off out of the savings, the heirs get the rest a month later."""
        for person in self._cast.people:
            loan = person.loan
            if person.gone or person.bound or loan is None or loan.bad or not loan.rows or person.held:
                continue
            owed = loan.principal + loan.rows[0].interest
            if loan.rows[0].due <= on or person.kept + person.voluntary < owed + 100_000:
                continue
            self._death = None
            self._ended(person)
            yield AcceptExit(
                member=person.number,
                on=on,
                reason=ExitReason.DEATH,
                note="Surat kematian dari desa",
                settle=True,
            )
            when = on + timedelta(days=30)
            paid = PayExit(member=person.number, on=when, account=_BANK, memo="Dibayar kepada ahli waris")
            self._later.append((when, paid))
            return

    def _returned(self, person: Person, on: date) -> Iterator[Command]:
        person.gone, person.joined = False, on
        yield ReinstateMember(member=person.number, on=on)
        yield from self._founds(person, SHARE, on)

    @staticmethod
    def _ended(person: Person) -> None:
        person.gone, person.loan = True, None
        person.kept = person.voluntary = person.festive = 0
