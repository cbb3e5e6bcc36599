"""Jadwal Angsuran."""

from dataclasses import replace

import pytest

from app.base.i18n import Translator
from app.reports.account_statement import LoanSchedule
from app.reports.forms import PaperHead
from app.reports.forms.loan_schedule import loan_schedule_pdf, masked
from tests.reports.pdf_reading import Placed, overlapping, placed_texts
from tests.reports.statement_samples import LARGEST, LETTERHEAD, SCHEDULE_HEAD, paid, schedule

TRANSLATOR = Translator("id")
LARGE = schedule(60, LARGEST - 60_000_000_000, 1_000_000_000)


def drawn(plan: LoanSchedule, head: PaperHead = SCHEDULE_HEAD) -> list[Placed]:
    return placed_texts(loan_schedule_pdf(plan, head, TRANSLATOR))


@pytest.mark.parametrize("paper", ["A4", "F4"])
@pytest.mark.parametrize("count", [1, 12, 13, 18, 19, 24, 40, 51, 52, 60, 120])
def test_every_instalment_is_printed(count: int, paper: str) -> None:
    plan = schedule(count)
    texts = drawn(plan, replace(SCHEDULE_HEAD, paper=paper))
    words = [text.text for text in texts]
    for line in plan.lines:
        for figure in (str(line.number), TRANSLATOR.format.amount(line.balance)):
            assert figure in words
    total = sum(line.total for line in plan.lines)
    assert TRANSLATOR.format.amount(total) in words
    assert overlapping(texts) == []
    assert max(text.y for text in texts) <= (286.1 if paper == "A4" else 319.1)
    last = max(text.page for text in texts)
    signed = [text for text in texts if text.text == "H. Mulyono, S.P."]
    assert [text.page for text in signed] == [last]
    footer = 281 if paper == "A4" else 314
    assert signed[0].y < footer
    rows = [text for text in texts if text.page == last and text.x < 26 and text.text.isdigit()]
    assert len(rows) >= min(5, count)


def test_rows_are_high_to_twelve_and_pages_break_after_eighteen() -> None:
    def rows(count: int) -> list[Placed]:
        return [text for text in drawn(schedule(count)) if text.x < 26 and text.text.isdigit()]

    def step(count: int) -> float:
        first, second = rows(count)[:2]
        return round(second.y - first.y, 1)

    assert (step(12), step(13), step(18)) == (9.2, 6.5, 6.5)
    assert {text.page for text in rows(18)} == {1}
    pages = [text.page for text in rows(60)]
    assert [pages.count(page) for page in (1, 2, 3)] == [18, 34, 8]


def test_a_broken_schedule_carries_its_sums() -> None:
    texts = drawn(schedule(24))
    carried = TRANSLATOR.format.amount(18 * 500_000)
    rows = [text for text in texts if text.text == carried and text.font.endswith("Bold")]
    assert [row.page for row in rows] == [1, 2]
    assert TRANSLATOR("Carried forward") in [text.text for text in texts if text.page == 1]
    assert TRANSLATOR("Brought forward") in [text.text for text in texts if text.page == 2]


def test_large_figures_get_short_dates_and_nothing_collides() -> None:
    texts = drawn(LARGE)
    words = [text.text for text in texts]
    assert overlapping(texts) == []
    assert "20 Apr 2026" in words
    assert "20 April 2026" not in words
    assert TRANSLATOR.format.amount(LARGEST) in words


def test_what_is_paid_is_dated_and_a_part_shows_its_amount() -> None:
    plan = paid(schedule(18), (1, 2, 3))
    words = [text.text for text in drawn(plan)]
    assert {"20/04/2026", "20/05/2026", "20/06/2026"} <= set(words)
    assert "20/07/2026" not in words
    assert TRANSLATOR.format.amount(plan.lines[3].paid) in words


def test_an_identity_number_is_masked() -> None:
    words = " ".join(text.text for text in drawn(schedule()))
    assert "3404••••••••0003" in words
    assert "3404095208900003" not in words
    assert (masked(""), masked("12345678"), masked("123456789")) == ("", "12345678", "1234•6789")


def test_who_signs_depends_on_the_guarantor() -> None:
    with_guarantor, alone = (
        [text.text for text in drawn(plan)] for plan in (schedule(), replace(schedule(), guarantor=""))
    )
    assert "Bambang Irawan" in with_guarantor
    assert "Bambang Irawan" not in alone
    assert with_guarantor.count(TRANSLATOR("Guarantor")) == 2


def test_long_words_of_the_agreement_are_not_cut() -> None:
    purpose = "Pembelian pupuk, bibit padi dan jagung, dan sewa traktor untuk musim tanam kedua tahun ini"
    plan = replace(schedule(), purpose=purpose, term="36 bulan, tiap tanggal 20 atau hari kerja berikutnya")
    texts = drawn(plan)
    assert overlapping(texts) == []
    words = " ".join(text.text for text in texts)
    assert all(word in words for word in (*purpose.split(), *plan.term.split()))


def test_the_same_schedule_makes_the_same_bytes() -> None:
    first, again = (loan_schedule_pdf(LARGE, SCHEDULE_HEAD, Translator("id")) for _ in range(2))
    assert first == again


def test_a_letterhead_without_officers() -> None:
    head = replace(SCHEDULE_HEAD, letterhead=replace(LETTERHEAD, officers=()))
    assert "Bambang Irawan" in [text.text for text in drawn(schedule(), head)]
