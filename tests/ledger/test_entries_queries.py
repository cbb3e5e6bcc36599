"""Pages of a register equal the whole register, wherever they begin."""

from datetime import date, timedelta

from app.base.dates import Period
from app.ledger.book import Book
from app.ledger.entries import queries
from app.ledger.entries.commands import EntryLine, PostEntry, RecordTogether


def test_pages_and_the_whole_register_say_the_same(business: Book) -> None:
    first = date(2026, 3, 1)
    commands = tuple(
        PostEntry(
            on=first + timedelta(days=number * 7 % 5),
            memo=f"uji {number}",
            lines=(
                EntryLine(account="1-1101", debit=1_000 + number * 37),
                EntryLine(account="3-1001", credit=1_000 + number * 37),
            ),
        )
        for number in range(60)
    )
    business.execute(RecordTogether(commands=commands))
    with business.snapshot() as snapshot:
        cash = snapshot.sql("SELECT id FROM account WHERE code = '1-1101'")[0][0]
        opening, whole = queries.register(snapshot, cash, Period.through(first, date(2026, 3, 31)))
        assert (opening, len(whole)) == (0, 60)
        assert queries.register_page(snapshot, cash, size=7) == whole[:7]
        for place in range(60):
            key = queries.Key(whole[place].date, whole[place].posting)
            assert queries.register_page(snapshot, cash, after=key, size=9) == whole[place + 1 : place + 10]
