"""S2 and S3: what a month asks of a cooperative of many members, beside the time that it may take.

Interest of term deposits, allowance and penalties for 2,000 members (3 s) and 20,000 (30 s), what a member's card reads
among all of them (50 ms), and a cooperative of 500 members that moves in (5 s).
"""

from datetime import date
from decimal import Decimal
from functools import partial

from app.base.clock import FixedClock
from app.base.dates import Month, Period
from app.ledger.book import Book
from app.ledger.command import Command
from app.ledger.deposits.commands import OpenTermDeposit, RunDepositInterest
from app.ledger.entries.commands import RecordTogether
from app.ledger.imports.importer import import_file
from app.ledger.loans.commands import DisburseLoan, ReceiveInstalment, RunAllowance
from app.ledger.loans.product_commands import AddLoanProduct
from app.ledger.loans.queries import arrears_list, loan_history
from app.ledger.loans.reading import read_loans
from app.ledger.members.commands import AddMember
from app.ledger.members.history import heirs
from app.ledger.members.queries import mandatory_standings, member, member_details
from app.ledger.savings.queries import member_accounts, sections
from tests.bench.measure import Bench, Row, Scale, at_most, once
from tests.ledger.conftest import NOW
from tests.ledger.import_books import ENGLISH
from tests.ledger.moving_in import old_books

MOST_MS_A_MEMBER = 1.5
MOST_MS_A_CARD = 50
MOST_MS_TO_MOVE_IN = 5_000
MONTH = Month(2026, 10)


def lenders(scale: Scale, members: int) -> Book:
    """Every member has a certificate and a loan with a daily penalty, of which every third is late."""
    path = scale.folder / f"lenders-{members}.lumbung"
    path.unlink(missing_ok=True)
    book = Book.create(path, kind="cooperative", name="Usaha", clock=FixedClock(NOW), actor="bench")
    book.execute(AddLoanProduct(code="USAHA", name="Pinjaman Usaha", rate=Decimal(1), penalty=1_000))
    commands: list[Command] = []
    for place in range(1, members + 1):
        number = f"{place:05}"
        commands.append(AddMember(number=number, name=f"Anggota {number}", joined=date(2020, 1, 6)))
        commands.append(
            OpenTermDeposit(
                member=number,
                amount=1_000_000 + place * 1_000,
                rate=Decimal(6),
                term=12,
                on=date(2026, 9, 1 + place % 28),
                interest_into="Sukarela",
            )
        )
        commands.append(
            DisburseLoan(
                member=number,
                number=f"PJ-{number}",
                on=date(2026, 7, 1 + place % 28),
                principal=1_200_000 + place * 1_200,
                term=12,
                product="USAHA",
            )
        )
        if place % 3:
            for month in range(8, 11):
                paid = ReceiveInstalment(
                    loan=f"PJ-{number}",
                    amount=(100_000 + place * 100) * 112 // 100,
                    on=date(2026, month, 1 + place % 28),
                )
                commands.append(paid)
    book.execute(RecordTogether(commands=tuple(commands)))
    return book


def monthly_runs(scale: Scale) -> list[Row]:
    """The runs of a month, each the first time and again."""
    rows = []
    for members in (scale.members * 2, scale.members * 20):
        book = lenders(scale, members)
        most = members * MOST_MS_A_MEMBER
        for what, command in (
            ("interest of deposits", RunDepositInterest(on=MONTH.last_day)),
            ("allowance", RunAllowance(month=MONTH)),
        ):
            run = partial(book.execute, command)
            rows.append(at_most(f"{what}, {members:,} members", once(run), most, 1, "ms"))
            rows.append(at_most(f"{what} again", once(run), most, 1, "ms"))
        rows.append(at_most("penalties of all late loans", once(partial(_late, book)), most, 1, "ms"))
        card = min(once(partial(_card, book)) for _ in range(3))
        rows.append(at_most("a member's card", card, MOST_MS_A_CARD, 1, "ms"))
        book.close()
    return rows


def moving_in(scale: Scale) -> list[Row]:
    """A workbook of 500 members, their savings, loans and certificates."""
    path = scale.folder / "moving-in.lumbung"
    path.unlink(missing_ok=True)
    workbook = old_books().write(scale.folder / "pindahan.xlsx")
    with Book.create(path, kind="cooperative", name="Pindah", clock=FixedClock(NOW), actor="bench") as book:
        taken = once(lambda: import_file(book, workbook, None, translator=ENGLISH))
    return [at_most("500 members, 180 loans, 40 certificates", taken, MOST_MS_TO_MOVE_IN, 1, "ms")]


def _card(book: Book) -> None:
    """What the card of one member is filled with, in a snapshot of its own, as after something was recorded."""
    with book.snapshot() as snapshot:
        on = MONTH.last_day
        found = member(snapshot, "00077", on)
        member_details(snapshot, found.party)
        heirs(snapshot, [found.party])
        mandatory_standings(snapshot, on, found.party)
        member_accounts(snapshot, found.party)
        sections(snapshot, Period.through(date(1900, 1, 1), on), found.party)
        for loan in read_loans(snapshot, on, party=found.party):
            loan_history(snapshot, loan, on)


def _late(book: Book) -> None:
    with book.snapshot() as snapshot:
        arrears_list(snapshot, MONTH.last_day)


BENCHES = [
    Bench("S2", "interest of deposits, allowance and penalties of a month for all members", monthly_runs),
    Bench("S3", "a cooperative of 500 members moves in", moving_in),
]
