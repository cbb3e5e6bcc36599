"""The record of the comparison of opening balances, to be signed."""

from datetime import date
from io import BytesIO

from pypdf import PdfReader

from app.base.i18n import Translator
from app.ledger.book import Book
from app.ledger.debts.commands import SetOpeningBill
from app.ledger.entries.commands import EntryLine, PostEntry, PostOpening, TickOpening
from app.ledger.parties.commands import AddCustomer
from app.ledger.profile.commands import OfficerLine, SetOfficers, SetProfile
from app.reports.document import Document, RowKind
from app.reports.render.pdf import render
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
