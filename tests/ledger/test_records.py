"""The person's list of all past records."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.ledger.book import Book
from app.ledger.cash.commands import RecordMoneyIn, RecordMoneyOut
from app.ledger.entries.commands import CorrectEntry, RecordTogether, ReverseEntry
from app.ledger.entries.records import (
    ALL,
    Choice,
    day_counts,
    entry_of,
    find_records,
    newest_records,
    record,
    record_count,
    records_by_key,
    records_of_day_on,
)
from app.ledger.parties.commands import AddCustomer
from app.ledger.products.commands import AddProduct, SetOpeningStock
from app.ledger.rebuilding import original_command
from app.ledger.sales.commands import RecordSale, SaleLine, SaleMethod


def money_in(day: int, amount: int, memo: str = "") -> RecordMoneyIn:
    return RecordMoneyIn(on=date(2026, 11, day), amount=amount, category="Modal masuk", memo=memo)


@pytest.fixture
def filled(business: Book) -> Book:
    """Thirty records on ten days, recorded out of order."""
    for round_ in range(3):
        for day in (5, 1, 9, 3, 7, 2, 10, 4, 8, 6):
            business.execute(money_in(day, 1_000 * day + round_, f"hari {day} putaran {round_}"))
    return business


def test_pages_from_any_place_join_to_the_whole_list(filled: Book) -> None:
    with filled.snapshot() as snapshot:
        whole = newest_records(snapshot, 100)
        assert len(whole) == record_count(snapshot) == 30
        assert [(row.date.day, row.amount) for row in whole[:3]] == [(10, 10_002), (10, 10_001), (10, 10_000)]
        counts = day_counts(snapshot)
        assert counts == [(f"2026-11-{day:02}", 3) for day in range(10, 0, -1)]
        for start in range(30):
            on, skip = counts[start // 3][0], start % 3
            assert records_of_day_on(snapshot, on, skip, 7) == whole[start : start + 7]


def test_a_choice_of_kinds_and_days(filled: Book) -> None:
    chosen = Choice(kinds=("cash",), first=date(2026, 11, 4), last=date(2026, 11, 5))
    with filled.snapshot() as snapshot:
        assert [row.date.day for row in newest_records(snapshot, 100, chosen)] == [5, 5, 5, 4, 4, 4]
        assert day_counts(snapshot, chosen) == [("2026-11-05", 3), ("2026-11-04", 3)]
        assert newest_records(snapshot, 100, Choice(kinds=("sales",))) == []
        assert day_counts(snapshot, ALL)[0] == ("2026-11-10", 3)


def test_found_by_number_memo_and_party(filled: Book) -> None:
    with filled.snapshot() as snapshot:
        assert {row.date.day for row in find_records(snapshot, "hari 7")} == {7}
        first = newest_records(snapshot, 1)[0]
        assert find_records(snapshot, first.number)[0] == first
        assert find_records(snapshot, "100%") == []
        assert records_by_key(snapshot, [first.entry, 1]) == [first, *records_by_key(snapshot, [1])]


def test_what_was_taken_back_says_by_what(filled: Book) -> None:
    with filled.snapshot() as snapshot:
        row = newest_records(snapshot, 1)[0]
    filled.execute(ReverseEntry(entry=row.entry))
    with filled.snapshot() as snapshot:
        old = records_by_key(snapshot, [row.entry])[0]
        assert old.reversed_by is not None
        (reversal,) = records_by_key(snapshot, [old.reversed_by])
        assert reversal.reverses == row.entry


def test_a_record_shows_its_journal_and_who_made_it(business: Book) -> None:
    outcome = business.execute(
        RecordMoneyOut(on=date(2026, 11, 20), amount=65_000, category="Listrik & air", memo="token")
    )
    with business.snapshot() as snapshot:
        entry = entry_of(snapshot, outcome.number)
        assert entry is not None
        detail = record(snapshot, entry)
    assert detail is not None
    assert [line.amount for line in detail.lines] == [65_000, -65_000]
    assert (detail.actor, detail.command, detail.row.amount) == ("Ngatiyem", "record-money-out", 65_000)


def test_the_command_comes_back_whatever_it_was_recorded_in(business: Book) -> None:
    plain = money_in(3, 7_000, "satu")
    business.execute(AddCustomer(name="Bu Ani"))  # an audit row without an entry lies between
    business.execute(plain)
    together = (money_in(4, 8_000, "dua"), money_in(5, 9_000, "tiga"))
    business.execute(RecordTogether(commands=together))
    right = money_in(3, 7_500, "satu, benar")
    with business.snapshot() as snapshot:
        first = newest_records(snapshot, 10)[-1]
    business.execute(CorrectEntry(entry=first.entry, replacement=right))
    with business.snapshot() as snapshot:
        by_amount = {
            row.amount: original_command(snapshot, row.entry)
            for row in newest_records(snapshot, 10)
            if row.reverses is None
        }
        reversal = next(row for row in newest_records(snapshot, 10) if row.reverses)
        by_reversal = original_command(snapshot, reversal.entry)
        assert original_command(snapshot, 999) is None
    # What was typed comes back as it was typed; of what was recorded with others the details tell.
    first_of_two, second_of_two = (replace(item, category="capital", account="1-1101") for item in together)
    assert by_amount == {7_000: plain, 8_000: first_of_two, 9_000: second_of_two, 7_500: right}
    assert by_reversal is None, "what takes a record back has no form"


def test_the_amount_of_a_sale_is_its_price_not_its_cost_and_discount_besides(business: Book) -> None:
    business.execute(AddCustomer(name="Bu Ani"))
    business.execute(AddProduct(name="Kopi", buy_price=1_000))
    business.execute(SetOpeningStock(on=date(2026, 10, 31), product="Kopi", quantity=Decimal(10)))
    sold = business.execute(
        RecordSale(
            on=date(2026, 11, 4),
            lines=(SaleLine(product="Kopi", quantity=Decimal(4), price=1_700, discount=300),),
            customer="Bu Ani",
            method=SaleMethod.CREDIT,
            paid=2_500,
        )
    )
    with business.snapshot() as snapshot:
        entry = entry_of(snapshot, sold.number)
        assert entry is not None
        assert records_by_key(snapshot, [entry])[0].amount == 6_500
    business.execute(ReverseEntry(entry=entry))
    with business.snapshot() as snapshot:
        assert [row.amount for row in find_records(snapshot, "Kopi", choice=Choice(kinds=("sales",)))] == [
            6_500,
            6_500,
        ]
