"""The list of reminders, the letters as papers, and the message."""

from dataclasses import replace
from datetime import date

import pytest

from app.base.dates import Period
from app.base.errors import UserError
from app.base.i18n import Translator
from app.ledger.book import Book
from app.ledger.profile.commands import SetProfile
from app.ledger.reminders.commands import RecordReminder
from app.ledger.reminders.queries import late_loan
from app.reports.document import RowKind
from app.reports.frame import Parameters, Request
from app.reports.reminder_words import message
from app.reports.reminders import letters, letters_paper, reminders
from tests.ledger.conftest import NOW
from tests.ledger.lending import lend, member
from tests.reports.pdf_reading import placed_texts

ON = date(2026, 2, 19)


def text_of(pdf: bytes) -> str:
    """All that stands on a paper."""
    return " ".join(placed.text for placed in placed_texts(pdf))


@pytest.fixture
def lent(cooperative: Book) -> Book:
    """Two loans of the same kind; one of them was reminded on 19 February."""
    member(cooperative)
    lend(cooperative)
    member(cooperative, "0011", "Wagiyem")
    lend(cooperative, member="11", number="PJ-11", principal=4_800_000)
    cooperative.execute(RecordReminder(loan="PJ-7", on=ON))
    return cooperative


def request_on(book: Book, on: date, loan: str = "") -> Request:
    return Request(
        book.snapshot(),
        Parameters(Period.through(on, on), only_day=True, loan=loan),
        Translator("id"),
        "Sari",
        NOW,
    )


def test_the_list(lent: Book) -> None:
    document = reminders(request_on(lent, ON))
    cells = [row.cells for row in document.rows if row.kind is RowKind.ITEM]
    # 4,800,000 / 8 and 1.5 % of it a month.
    assert [(row["loan"], row["letter"], row["due"], row["total"]) for row in cells] == [
        ("PJ-11", "Surat 1", date(2026, 2, 17), 672_000),
        ("PJ-7", "Surat 2", date(2026, 3, 5), 1_344_000),
    ]
    assert cells[1]["sent"] == "Surat 1, ST-2026-0001, 19 Feb 2026"
    assert (document.totals["count"], document.totals["due"]) == (2, 1)


def test_the_letters_of_a_day_are_those_due_and_those_noted(lent: Book) -> None:
    cells = [row.cells for row in letters(request_on(lent, ON)).rows if row.kind is RowKind.ITEM]
    assert [(row["loan"], row["number"], row["pay_by"]) for row in cells] == [
        ("PJ-7", "ST-2026-0001", date(2026, 2, 26)),
        ("PJ-11", "", date(2026, 2, 26)),
    ]


def test_the_paper_says_what_by_when_and_what_follows(lent: Book) -> None:
    request = request_on(lent, ON, "PJ-7")
    text = " ".join(text_of(letters_paper(request, "A4")).split())
    for words in ("ST-2026-0001", "Sutrisno", "Rp1.200.000", "Rp144.000", "Rp1.344.000", "26 Februari 2026"):
        assert words in text
    assert "peringatan kedua" in text
    second = request_on(lent, date(2026, 3, 6), "PJ-7")
    text = " ".join(text_of(letters_paper(second, "F4")).split())
    assert "19 Februari 2026" in text
    english = replace(request, translator=Translator("en"))
    assert "Payment reminder" in text_of(letters_paper(english, "A4"))


def test_without_a_letter_due_it_says_so(lent: Book) -> None:
    with pytest.raises(UserError):
        letters_paper(request_on(lent, date(2026, 2, 12)), "A4")


def test_the_message_is_indonesian_with_the_number_to_call(lent: Book) -> None:
    lent.execute(SetProfile(phone="0274-555123"))
    with lent.snapshot() as snapshot:
        text = message(snapshot, late_loan(snapshot, "PJ-11", ON))
    assert text.startswith("Yth. Bapak/Ibu Wagiyem, salam dari")
    assert "Rp672.000 (pokok Rp600.000, jasa Rp72.000)" in text
    assert "26 Februari 2026" in text
    assert "0274" in text
