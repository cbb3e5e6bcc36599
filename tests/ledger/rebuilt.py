"""Putting a record right with the command that its own details give: it must come out as it was."""

from typing import Any

from app.ledger.book import Book
from app.ledger.command import Command
from app.ledger.entries.commands import CorrectEntry
from app.ledger.slices import rules

# Of each table that holds details, what it says of an entry; a key of its own is no part of that.
_DETAILS = {
    "posting": "SELECT account_id, amount, party_id, memo FROM posting WHERE entry_id = ? ORDER BY account_id, amount",
    "stock": "SELECT line, product_id, date, kind, quantity, value FROM stock_movement WHERE entry_id = ?",
    "sale": "SELECT date, party_id, method, gross, discount, paid FROM sale WHERE id = ?",
    "sold": (
        "SELECT line, product_id, quantity, unit, unit_size, price, discount, amount, cost FROM sale_line"
        " WHERE sale_id = ?"
    ),
    "purchase": "SELECT date, party_id, method, amount, freight, paid FROM purchase WHERE id = ?",
    "bought": (
        "SELECT line, product_id, quantity, unit, unit_size, price, discount, freight, amount FROM purchase_line"
        " WHERE purchase_id = ?"
    ),
    "bill": "SELECT side, party_id, date, due, amount FROM bill WHERE entry_id = ?",
    "paid": "SELECT bill_id, date, amount FROM bill_payment WHERE entry_id = ? ORDER BY id",
    "savings": (
        "SELECT savings_account_id, ledger_id, date, kind, amount FROM savings_movement WHERE entry_id = ? ORDER BY id"
    ),
    "loan": (
        "SELECT loan_id, date, kind, disbursed, principal, interest, penalty, held FROM loan_transaction"
        " WHERE entry_id = ?"
    ),
    "schedule": (
        "SELECT s.first, s.principal_before, s.interest_before, i.number, i.due, i.principal, i.interest"
        " FROM loan_schedule AS s JOIN loan_instalment AS i ON i.loan_id = s.loan_id AND i.version = s.version"
        " WHERE s.entry_id = ? ORDER BY i.number"
    ),
}
_SERIES_LENGTH = 2


def details(book: Book, entry: int) -> dict[str, Any]:
    """All that the book says of an entry, without the keys and the number."""
    with book.snapshot() as snapshot:
        found: dict[str, Any] = {
            name: [tuple(row) for row in snapshot.sql(text, (entry,))] for name, text in _DETAILS.items()
        }
        found["entry"] = snapshot.sql(
            "SELECT date, kind, source, memo, party_id FROM entry WHERE id = ?", (entry,)
        )[0]
    return found


def numbers(book: Book, entry: int) -> set[str]:
    """The number of an entry, as its head and its details say it."""
    with book.snapshot() as snapshot:
        rows = snapshot.sql(
            "SELECT number FROM entry WHERE id = :key UNION SELECT number FROM sale WHERE id = :key"
            " UNION SELECT number FROM purchase WHERE id = :key UNION SELECT number FROM bill WHERE entry_id = :key",
            {"key": entry},  # type: ignore[arg-type]
        )
    return {row[0] for row in rows}


def balances(book: Book) -> list[tuple[Any, ...]]:
    """Every balance that is kept beside the postings."""
    with book.snapshot() as snapshot:
        return [
            *snapshot.sql(
                "SELECT account_id, date, kind, amount FROM day_balance WHERE amount <> 0 ORDER BY 1, 2, 3"
            ),
            *snapshot.sql(
                "SELECT account_id, party_id, amount FROM party_balance WHERE amount <> 0 ORDER BY 1, 2"
            ),
            *snapshot.sql("SELECT id, quantity, value FROM product ORDER BY id"),
            *snapshot.sql("SELECT id, balance FROM savings_account ORDER BY id"),
        ]


def rebuilt(book: Book, entry: int) -> Command | None:
    """The command that the details of an entry give, whatever the audit trail keeps."""
    with book.snapshot() as snapshot:
        source = snapshot.sql("SELECT source FROM entry WHERE id = ?", (entry,))[0][0]
        rebuild = rules().rebuilds.get(source)
        return rebuild(snapshot, entry) if rebuild else None


def recorded_again(book: Book, entry: int) -> Command:
    """Put an entry right with what its own details give; what stands then is what stood before. Returns the command."""
    before, kept, number = details(book, entry), balances(book), numbers(book, entry)
    command = rebuilt(book, entry)
    assert command is not None
    new = int(book.execute(CorrectEntry(entry=entry, replacement=command)).value["entry"])
    assert new != entry
    assert details(book, new) == before
    assert balances(book) == kept
    if getattr(command, "number", ""):
        assert numbers(book, new) == number
    else:
        series = {text[:_SERIES_LENGTH] for text in number}
        assert {text[:_SERIES_LENGTH] for text in numbers(book, new)} == series
    return command
