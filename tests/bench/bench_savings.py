"""S1: the interest of a month credited to all members, its second run, and its undo, beside the three seconds
that two thousand members may take.
"""

from datetime import date
from decimal import Decimal

from app.base.clock import FixedClock
from app.base.dates import Month
from app.ledger.book import Book
from app.ledger.entries.commands import RecordTogether
from app.ledger.members.commands import AddMember
from app.ledger.savings.commands import (
    AddSavingsProduct,
    RecordSavings,
    RunSavingsInterest,
    SavingsKind,
    SavingsLine,
    SetSavingsProduct,
)
from app.ledger.savings.interest import InterestMethod
from tests.bench.measure import Bench, Row, Scale, at_most, once
from tests.ledger.conftest import NOW

MOST_MS_A_MEMBER = 1.5
MONTH = Month(2026, 10)


def savers(scale: Scale, members: int) -> Book:
    """A cooperative whose members all save in two products that earn, ten months long."""
    path = scale.folder / f"savers-{members}.lumbung"
    path.unlink(missing_ok=True)
    book = Book.create(path, kind="cooperative", name="Hemat", clock=FixedClock(NOW), actor="bench")
    book.execute(SetSavingsProduct(code="voluntary", rate=Decimal(4), method=InterestMethod.DAILY))
    book.execute(
        AddSavingsProduct(
            code="hari-raya",
            name="Simpanan Hari Raya",
            kind=SavingsKind.VOLUNTARY,
            account="2-1102",
            rate=Decimal(3),
            basis=12,
        )
    )
    numbers = [f"{number:05}" for number in range(1, members + 1)]
    book.execute(
        RecordTogether(
            commands=tuple(
                AddMember(number=number, name=f"Anggota {number}", joined=date(2020, 1, 6))
                for number in numbers
            )
        )
    )
    for month in range(1, 11):
        for product, day in (("voluntary", 5), ("hari-raya", 15)):
            lines = tuple(
                SavingsLine(member=number, product=product, deposit=50_000 + int(number) * 700)
                for number in numbers
            )
            book.execute(RecordSavings(on=date(2026, month, day), lines=lines))
    return book


def interest_run(scale: Scale) -> list[Row]:
    """Members twice as many as elsewhere: the promise is for two thousand."""
    members = scale.members * 2
    book = savers(scale, members)
    run = RunSavingsInterest(month=MONTH)
    most = members * MOST_MS_A_MEMBER
    rows = [
        at_most(f"{members:,} members", once(lambda: book.execute(run)), most, 1, "ms"),
        at_most("run again", once(lambda: book.execute(run)), most, 1, "ms"),
    ]
    book.undo()
    rows.append(at_most("undo", once(book.undo), most, 1, "ms"))
    book.close()
    return rows


BENCHES = [Bench("S1", "interest on savings of a month for all members", interest_run)]
