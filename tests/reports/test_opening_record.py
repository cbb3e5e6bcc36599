"""The record of the comparison of opening balances, to be signed."""

import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from app.base.clock import FixedClock
from app.base.i18n import Translator
from app.ledger.book import Book
from app.ledger.debts.commands import SetOpeningBill
from app.ledger.entries.commands import EntryLine, PostEntry, PostOpening, TickOpening
from app.ledger.parties.commands import AddCustomer
from app.ledger.profile.commands import OfficerLine, SetOfficers, SetProfile
from app.ledger.storage.backup import copy_book
from app.reports.document import Document, RowKind
from app.reports.render.pdf import render
from tests.ledger.conftest import NOW
from tests.ledger.test_opening_ticks import products_taken_over
from tests.reports.conftest import BuildReport

OPENED = date(2026, 9, 30)


def items(document: Document) -> list[tuple[object, ...]]:
    keys = ("code", "ledger", "detail", "difference", "checked_by")
    return [tuple(row.cells[key] for key in keys) for row in document.rows if row.kind is RowKind.ITEM]


def opened(book: Book) -> None:
    book.execute(PostOpening(on=OPENED, lines=(EntryLine(account="1-1101", debit=1_250_000),)))
    book.execute(AddCustomer(name="Bu Ani"))
    book.execute(SetOpeningBill(on=OPENED, amount=320_000, customer="Bu Ani"))


def test_it_holds_every_balance_who_found_it_right_and_what_is_open(
    business: Book, build: BuildReport
) -> None:
    opened(business)
    business.execute(TickOpening(account="1-1101"))
    document = build(business, "opening-record", month="2026-11", language="en")
    assert items(document) == [
        ("1-1101", 1_250_000, None, None, "Ngatiyem"),
        ("1-1201", 320_000, 320_000, 0, "not yet compared"),
        ("3-9999", 1_570_000, None, None, "not yet compared"),
    ]
    assert document.totals == {"difference": 0, "compared": 1, "balances": 3}
    assert "1 of 3 balances were found right." in document.notes
    assert "The details agree with the ledger." in document.notes
    assert any("1,570,000" in note or "1.570.000" in note for note in document.notes)
    assert any("30 September 2026" in note for note in document.notes)


def test_what_was_brought_to_capital_is_no_longer_open(business: Book, build: BuildReport) -> None:
    opened(business)
    business.execute(TickOpening(account="3-9999"))
    lines = (EntryLine(account="3-9999", debit=1_570_000), EntryLine(account="3-1001", credit=1_570_000))
    business.execute(PostEntry(on=date(2026, 10, 1), memo="Modal awal", lines=lines))
    document = build(business, "opening-record", month="2026-11", language="en")
    assert items(document)[-1] == ("3-9999", 0, None, None, "not yet compared")
    assert "Nothing is left on 3-9999 Saldo Awal." in document.notes


def test_a_book_that_begins_with_nothing_says_so(cooperative: Book, build: BuildReport) -> None:
    document = build(cooperative, "opening-record", month="2026-11", language="en")
    assert document.notes[0] == "No balances were taken over: the book begins with nothing."
    assert document.totals == {"difference": 0, "compared": 0, "balances": 1}


def test_the_paper_has_the_sentences_and_room_to_sign(business: Book, build: BuildReport) -> None:
    opened(business)
    business.execute(SetProfile(place="Sleman"))
    business.execute(SetOfficers(officers=(OfficerLine(office="Bendahara", name="Ngatiyem"),)))
    document = build(business, "opening-record", month="2026-11", language="en")
    pages = PdfReader(BytesIO(render(document, Translator("en")))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for words in (
        "Record of the Comparison",
        "1-1201",
        "Sleman",
        "Bendahara",
        "0 of 3 balances were found right.",
    ):
        assert words in text


def test_products_that_share_an_account_stand_below_it(cooperative: Book, build: BuildReport) -> None:
    products_taken_over(cooperative)
    cooperative.execute(TickOpening(account="2-1101", product="hari-raya"))
    document = build(cooperative, "opening-record", month="2026-11", language="en")
    found = [
        (row.cells["name"], row.cells["detail"], row.cells["checked_by"])
        for row in document.rows
        if row.kind is RowKind.ITEM and row.level == 2
    ]
    # The record goes part by part: savings before loans.
    assert found == [
        ("Simpanan Sukarela", 730_000, "not yet compared"),
        ("Simpanan Hari Raya", 45_000, "Ngatiyem"),
        ("Loans of no product", 900_000, "not yet compared"),
        ("Pinjaman Tani", 6_000_000, "not yet compared"),
    ]
    assert (document.totals["compared"], document.totals["difference"]) == (1, 0)
    check = build(cooperative, "opening-check", month="2026-11", language="en")
    below = [(row.cells["name"], row.cells["detail"]) for row in check.rows if row.level == 2]
    assert below == [
        ("Loans of no product", 900_000),
        ("Pinjaman Tani", 6_000_000),
        ("Simpanan Sukarela", 730_000),
        ("Simpanan Hari Raya", 45_000),
    ]


def test_a_difference_says_where_to_look(cooperative: Book, build: BuildReport, tmp_path: Path) -> None:
    products_taken_over(cooperative)
    path = tmp_path / "ganjil.lumbung"
    copy_book(cooperative.path, path)
    program = (
        "import sqlcipher3.dbapi2 as d, sys; c = d.connect(sys.argv[1], isolation_level=None);"
        "c.execute('DROP TRIGGER savings_movement_update');"
        "c.execute('UPDATE savings_movement SET amount = 41000 WHERE amount = 45000'); c.close()"
    )
    subprocess.run([sys.executable, "-c", program, str(path)], check=True)
    with Book.open(path, clock=FixedClock(NOW), actor="Ngatiyem") as book:
        notes = build(book, "opening-record", month="2026-11", language="en").notes
        check = build(book, "opening-check", month="2026-11", language="en")
    said = [str(row.cells["name"]) for row in check.rows if row.kind is RowKind.NOTE]
    for lines in (notes, said):
        assert any("4,000 more on 2-1101" in line for line in lines)
        assert any(line.startswith("It arose in ") and "4,000" in line for line in lines)
