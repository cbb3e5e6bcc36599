"""The addendum on a restructured loan, and where lists and statements say that a loan was restructured."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from app.base.dates import Period
from app.base.errors import Refused
from app.base.i18n import Translator
from app.ledger.book import Book
from app.ledger.entries.commands import ReverseEntry
from app.ledger.loans.commands import Excess
from app.ledger.loans.product_commands import AddLoanProduct
from app.ledger.loans.restructure_command import ArrearsInterest, RestructureLoan, Restructuring
from app.ledger.loans.schedule import Method
from app.reports.catalog import reports
from app.reports.document import Document
from app.reports.frame import Parameters, Request
from app.reports.member_statements import collect
from tests.ledger.conftest import NOW
from tests.ledger.lending import lend, member, pay
from tests.reports.conftest import BuildReport
from tests.reports.pdf_reading import placed_texts

ON = date(2026, 5, 20)
END = date(2026, 11, 24)


def change(book: Book, kind: Restructuring = Restructuring.RESTRUCTURING, **more: object) -> int:
    """10 instalments from 10 June over what is left on 20 May; returns the entry."""
    fields = {"on": ON, "term": 10, "reason": "Panen gagal", "approved_by": "Rapat pengurus 18 Mei", **more}
    return int(book.execute(RestructureLoan(loan="PJ-7", kind=kind, **fields)).value["entry"])  # type: ignore[arg-type]


@pytest.fixture
def lent(cooperative: Book) -> Book:
    """9,600,000 flat 1.5 %, two instalments of 1,344,000 paid and two behind on 20 May."""
    member(cooperative)
    cooperative.execute(AddLoanProduct(code="U", name="Usaha", rate=Decimal("1.5"), penalty=1_000))
    lend(cooperative, product="U", guarantors=("Wartini",))
    pay(cooperative, 1_344_000, date(2026, 2, 10), penalty=0)
    pay(cooperative, 1_344_000, date(2026, 3, 10), penalty=0)
    return cooperative


def asked(book: Book, call: Callable[[Request], object], on: date = END, language: str = "id") -> object:
    with book.snapshot() as snapshot:
        parameters = Parameters(period=Period.through(on, on), only_day=True, loan="PJ-7")
        return call(Request(snapshot, parameters, Translator(language), "Ngatiyem", NOW))


def addendum(book: Book, on: date = END, language: str = "id") -> Document:
    made = asked(book, reports()["loan-addendum"].build, on, language)
    assert isinstance(made, Document)
    return made


def sides(document: Document) -> dict[str, tuple[object, object]]:
    return {
        str(row.cells["clause"]): (row.cells["before"], row.cells["after"])
        for row in document.rows
        if row.cells.get("before")
    }


def test_old_and_new_terms_side_by_side(lent: Book) -> None:
    change(lent, arrears=ArrearsInterest.PRINCIPAL, rate=Decimal(1), method=Method.DECLINING, grace=2)
    document = addendum(lent, language="en")
    # 6 of 8 instalments of 1,200,000 were left and 2 x 144,000 of interest behind; on 20 May 40 + 10 days of
    # 1,000 had come up. Declining 1 % of 7,488,000: 3 months on all of it, then 7/8 to 1/8 of 74,880.
    interest = 3 * 74_880 + sum(range(1, 8)) * 9_360
    assert document.totals == {
        "outstanding": 7_200_000,
        "capitalised": 288_000,
        "claim": 0,
        "penalty": 50_000,
        "principal": 7_488_000,
        "total": 7_488_000 + interest,
    }
    found = sides(document)
    assert found["Interest"] == ("flat 1.5 % a month", "declining 1 % a month")
    assert found["Principal left"] == ("Rp7,200,000", "Rp7,488,000")
    # Of the old schedule four instalments with 144,000 each were still to come due.
    assert found["Interest still to come"] == ("Rp576,000", f"Rp{interest:,}")
    assert found["First instalment"][0] == "Rp1,344,000 on 10 February 2026"
    assert found["First instalment"][1] == "Rp74,880 on 10 June 2026"


def test_what_is_paid_afterwards_does_not_change_the_paper(lent: Book) -> None:
    change(lent, Restructuring.RESCHEDULING)
    before = addendum(lent, ON)
    assert (before.totals["claim"], before.totals["capitalised"]) == (288_000, 0)
    # 7,200,000 and ten times 108,000.
    assert before.totals["total"] == 8_280_000
    pay(lent, 1_000_000, ON, penalty=0)
    pay(lent, 4_000_000, date(2026, 6, 10), penalty=0, excess=Excess.INSTALMENT)
    after = addendum(lent)
    assert (after.rows, after.totals) == (before.rows, before.totals)


def test_the_newest_of_two_is_beside_the_one_before(lent: Book) -> None:
    change(lent, Restructuring.RECONDITIONING, rate=Decimal(2))
    second = change(lent, Restructuring.RECONDITIONING, rate=Decimal("0.5"), term=20, on=date(2026, 8, 3))
    assert sides(addendum(lent, language="en"))["Interest"] == ("flat 2 % a month", "flat 0.5 % a month")
    assert sides(addendum(lent, ON, "en"))["Interest"] == ("flat 1.5 % a month", "flat 2 % a month")
    lent.execute(ReverseEntry(entry=second, on=date(2026, 8, 3)))
    assert sides(addendum(lent, language="en"))["Interest"][1] == "flat 2 % a month"


def test_never_restructured_is_refused(lent: Book) -> None:
    with pytest.raises(Refused):
        addendum(lent)
    change(lent)
    with pytest.raises(Refused):
        addendum(lent, date(2026, 5, 19))


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("size", ["A4", "F4"])
def test_the_paper_has_words_stamp_and_all_who_sign(lent: Book, language: str, size: str) -> None:
    change(lent, arrears=ArrearsInterest.PRINCIPAL)
    paper = reports()["loan-addendum"].paper
    assert paper is not None
    made = asked(lent, lambda request: paper(request, size), language=language)
    assert isinstance(made, bytes)
    text = " ".join(item.text for item in placed_texts(made))
    for words in ("PJ-7", "Sutrisno", "Wartini", "Panen gagal", "Rapat pengurus 18 Mei", "10.000"):
        assert words in text.replace(",", "."), words
    if language == "id":
        assert "tujuh juta empat ratus delapan puluh delapan ribu rupiah" in text


def test_the_list_and_the_statement_say_so(lent: Book, build: BuildReport) -> None:
    assert not any("PJ-7" in note for note in build(lent, "loans", on=ON).notes)
    keys = [column.key for column in build(lent, "loans", on=ON).columns]
    change(lent, Restructuring.RECONDITIONING, rate=Decimal(1))
    document = build(lent, "loans", on=ON)
    assert [column.key for column in document.columns] == keys
    assert any("PJ-7" in note and "2026" in note for note in document.notes)
    with lent.snapshot() as snapshot:
        parameters = Parameters(period=Period.through(date(2026, 5, 1), date(2026, 5, 31)), member="7")
        section = collect(Request(snapshot, parameters, Translator("en"), "Ngatiyem", NOW), "7")[0].loans[0]
    assert section.terms == "flat 1 % a month, restructured 20 May 2026"
