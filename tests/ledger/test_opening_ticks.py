"""Opening balances compared with the old books and ticked off."""

import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.base.clock import FixedClock
from app.base.errors import Refused
from app.ledger.book import Book
from app.ledger.debts.commands import SetOpeningBill
from app.ledger.deposits.commands import TakeOverTermDeposit
from app.ledger.entries.commands import EntryLine, PostOpening, TickOpening
from app.ledger.loans.product_commands import AddLoanProduct
from app.ledger.opening import (
    OpeningFault,
    OpeningRow,
    opening_day,
    opening_faults,
    opening_progress,
    opening_rows,
    opening_sections,
)
from app.ledger.parties.commands import AddCustomer
from app.ledger.savings.commands import AddSavingsProduct, OpenSavings, SavingsKind
from app.ledger.storage.backup import copy_book
from tests.ledger.conftest import NOW
from tests.ledger.lending import member, run_over

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


def products_taken_over(book: Book) -> None:
    """Two savings products on one account, one on its own, a certificate, and loans with and without a product."""
    member(book)
    book.execute(
        AddSavingsProduct(
            code="hari-raya", name="Simpanan Hari Raya", kind=SavingsKind.VOLUNTARY, account="2-1101"
        )
    )
    for product, amount in (("Pokok", 100_000), ("Sukarela", 730_000), ("Hari Raya", 45_000)):
        book.execute(OpenSavings(member="7", product=product, balance=amount, on=DAY))
    book.execute(
        TakeOverTermDeposit(
            member="7",
            number="000123",
            amount=10_000_000,
            rate=Decimal(6),
            term=6,
            start=date(2026, 9, 10),
            as_of=DAY,
            interest_into="Sukarela",
        )
    )
    book.execute(AddLoanProduct(code="TANI", name="Pinjaman Tani", rate=Decimal("1.5")))
    run_over(book, product="TANI", as_of=DAY, held=50_000)
    run_over(book, number="PJ-8", principal=2_400_000, outstanding=900_000, as_of=DAY)


def test_products_of_one_account_stand_below_it_each_with_a_tick(cooperative: Book) -> None:
    products_taken_over(cooperative)
    found = rows(cooperative)
    shared = found["2-1101"]
    assert (shared.ledger, shared.detail, shared.difference) == (775_000, 775_000, 0)
    assert [(item.code, item.name, item.detail) for item in shared.listed] == [
        ("voluntary", "Simpanan Sukarela", 730_000),
        ("hari-raya", "Simpanan Hari Raya", 45_000),
    ]
    # One product alone on an account is its line; a certificate is held under its product.
    assert [(item.code, item.detail) for item in found["3-1001"].products] == [("share", 100_000)]
    assert found["3-1001"].listed == ()
    assert [item.detail for item in found["2-1111"].products] == [10_000_000]
    assert [(item.code, item.detail) for item in found["1-1201"].listed] == [
        ("-", 900_000),
        ("TANI", 6_000_000),
    ]
    with cooperative.snapshot() as snapshot:
        assert opening_progress(snapshot) == (0, len(found) + 4)
        parts = {part.key: (part.done, part.total, part.complete) for part in opening_sections(snapshot)}
    assert parts["savings"] == (0, 5, False)


def test_a_product_is_ticked_apart_from_its_account_and_loses_its_tick_with_its_figure(
    cooperative: Book,
) -> None:
    products_taken_over(cooperative)

    def ticked() -> tuple[bool, ...]:
        return rows(cooperative)["2-1101"].ticks

    tick = TickOpening(account="2-1101", product="hari-raya")
    cooperative.execute(tick)
    assert ticked() == (False, False, True)
    with pytest.raises(Refused, match="already"):
        cooperative.execute(tick)
    cooperative.execute(TickOpening(account="2-1101"))
    cooperative.execute(TickOpening(account="1-1201", product="-"))
    assert rows(cooperative)["1-1201"].ticks == (False, True, False)
    assert ticked() == (True, False, True)
    # Another product of the account changes: the account loses its tick, this product keeps it.
    member(cooperative, "0008", "Wagiman")
    cooperative.execute(OpenSavings(member="8", product="Sukarela", balance=5_000, on=DAY))
    assert ticked() == (False, False, True)
    cooperative.undo()
    assert ticked() == (True, False, True)
    cooperative.execute(TickOpening(account="2-1101", product="HARI-RAYA", right=False))
    assert ticked() == (True, False, False)
    cooperative.undo()
    assert ticked() == (True, False, True)
    with pytest.raises(Refused, match="qurban"):
        cooperative.execute(TickOpening(account="2-1101", product="qurban"))


def test_a_difference_names_the_record_it_arose_in(cooperative: Book, tmp_path: Path) -> None:
    products_taken_over(cooperative)
    path = tmp_path / "ganjil.lumbung"
    copy_book(cooperative.path, path)
    program = (
        "import sqlcipher3.dbapi2 as d, sys; c = d.connect(sys.argv[1], isolation_level=None);"
        "c.execute('DROP TRIGGER savings_movement_update'); c.execute('DROP TRIGGER loan_transaction_update');"
        "c.execute('UPDATE savings_movement SET amount = 41000 WHERE amount = 45000');"
        "c.execute('UPDATE loan_transaction SET disbursed = disbursed + 7000"
        " WHERE disbursed - principal = 900000'); c.close()"
    )
    subprocess.run([sys.executable, "-c", program, str(path)], check=True)
    with Book.open(path, clock=FixedClock(NOW), actor="Ngatiyem") as book, book.snapshot() as snapshot:
        found = {row.code: row for row in opening_rows(snapshot)}
        assert {code: row.difference for code, row in found.items() if row.difference} == {
            "2-1101": 4_000,
            "1-1201": -7_000,
        }
        (fault,) = opening_faults(snapshot, found["2-1101"])
        (lent,) = opening_faults(snapshot, found["1-1201"])
        assert opening_faults(snapshot, found["2-1111"]) == []
        numbers = dict(
            snapshot.sql(
                "SELECT e.number, sum(p.amount) FROM entry AS e JOIN posting AS p ON p.entry_id = e.id"
                " JOIN account AS c ON c.id = p.account_id WHERE c.code IN ('2-1101', '1-1201') GROUP BY e.id"
            )
        )
    assert fault == OpeningFault(fault.number, DAY, 4_000)
    assert numbers[fault.number] == -45_000
    assert (lent.amount, numbers[lent.number]) == (-7_000, 900_000)
