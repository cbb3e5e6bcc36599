"""Opening balances compared with the old books and ticked off."""

from datetime import date

import pytest

from app.base.errors import Refused
from app.ledger.book import Book
from app.ledger.debts.commands import SetOpeningBill
from app.ledger.entries.commands import EntryLine, PostOpening, TickOpening
from app.ledger.opening import OpeningRow, opening_day, opening_progress, opening_rows, opening_sections
from app.ledger.parties.commands import AddCustomer

DAY = date(2026, 10, 31)


def rows(book: Book) -> dict[str, OpeningRow]:
    with book.snapshot() as snapshot:
        return {row.code: row for row in opening_rows(snapshot)}


def open_cash(book: Book, amount: int) -> None:
    book.execute(PostOpening(on=DAY, lines=(EntryLine(account="1-1101", debit=amount),)))


def test_a_new_book_has_one_thing_to_say_that_it_begins_with_nothing(business: Book) -> None:
    with business.snapshot() as snapshot:
        assert opening_progress(snapshot) == (0, 1)
    business.execute(TickOpening(account="3-9999"))
    with business.snapshot() as snapshot:
        assert opening_progress(snapshot) == (1, 1)


def test_each_opened_account_is_a_row_with_its_details(business: Book) -> None:
    open_cash(business, 1_250_000)
    business.execute(AddCustomer(name="Bu Ani"))
    business.execute(SetOpeningBill(on=DAY, amount=320_000, customer="Bu Ani"))
    found = rows(business)
    assert [(row.code, row.ledger, row.detail, row.difference) for row in found.values()] == [
        ("1-1101", 1_250_000, None, 0),
        ("1-1201", 320_000, 320_000, 0),
        ("3-9999", 1_570_000, None, 0),
    ]


def test_a_tick_falls_away_when_the_figure_changes_and_comes_back_with_it(business: Book) -> None:
    open_cash(business, 1_250_000)
    business.execute(TickOpening(account="1-1101"))
    assert rows(business)["1-1101"].ticked_by == "Ngatiyem"
    open_cash(business, 50_000)
    assert rows(business)["1-1101"].ticked_by == ""
    business.undo()
    assert rows(business)["1-1101"].ticked_by == "Ngatiyem"


def test_a_tick_is_taken_back_and_says_nothing_twice(business: Book) -> None:
    open_cash(business, 1_250_000)
    business.execute(TickOpening(account="1-1101"))
    with pytest.raises(Refused):
        business.execute(TickOpening(account="1-1101"))
    business.undo()
    assert rows(business)["1-1101"].ticked_by == ""
    with pytest.raises(Refused):
        business.execute(TickOpening(account="1-1101", right=False))


def test_the_opening_in_parts_says_what_is_done(business: Book) -> None:
    open_cash(business, 1_250_000)
    business.execute(AddCustomer(name="Bu Ani"))
    business.execute(SetOpeningBill(on=DAY, amount=320_000, customer="Bu Ani"))
    business.execute(TickOpening(account="1-1101"))
    with business.snapshot() as snapshot:
        found = opening_sections(snapshot)
        assert opening_day(snapshot) == DAY
    assert [(part.key, [row.code for row in part.rows], part.done, part.complete) for part in found] == [
        ("cash", ["1-1101"], 1, True),
        ("receivables", ["1-1201"], 0, False),
        ("rest", ["3-9999"], 0, False),
    ]
    assert [part.difference for part in found] == [0, 0, 0]


def test_a_new_book_has_one_part_and_no_day(cooperative: Book) -> None:
    with cooperative.snapshot() as snapshot:
        assert [part.key for part in opening_sections(snapshot)] == ["rest"]
        assert opening_day(snapshot) is None
