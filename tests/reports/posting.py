"""Short ways to fill a book for the tests of reports."""

from datetime import date

from app.ledger.book import Book
from app.ledger.entries.commands import EntryLine, PostEntry, PostOpening


def lines(amounts: dict[str, int]) -> tuple[EntryLine, ...]:
    """Return the lines of an entry; debit positive."""
    return tuple(
        EntryLine(account=code, debit=max(amount, 0), credit=max(-amount, 0))
        for code, amount in amounts.items()
    )


def post(book: Book, on: date, amounts: dict[str, int], memo: str = "uji") -> None:
    """Post an entry of amounts by account code, debit positive."""
    book.execute(PostEntry(on=on, memo=memo, lines=lines(amounts)))


def open_with(book: Book, on: date, amounts: dict[str, int]) -> None:
    """Take balances over at the close of a day."""
    book.execute(PostOpening(on=on, lines=lines(amounts)))
