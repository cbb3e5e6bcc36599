"""Rekening Anggota on a whole page: figures, pages, sizes."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.base.i18n import Translator
from app.reports.account_statement import AccountStatement, LoanMovement
from app.reports.batch import statement_pdf
from app.reports.forms import StatementHead
from tests.reports.pdf_reading import Placed, overlapping, placed_texts
from tests.reports.statement_samples import (
    COMPANY,
    HADI,
    HEAD,
    LARGEST,
    LOAN,
    MARSUDI,
    SITI,
    with_rows,
)

TRANSLATOR = Translator("id")
CASES = {
    "siti": SITI,
    "no loan": HADI,
    "left": MARSUDI,
    "large": COMPANY,
    "tight": with_rows(11),
    "two pages": with_rows(24),
    "two loans": with_rows(5, 2),
    "long": with_rows(90, 3),
    "no savings": replace(SITI, savings=()),
    "no address": replace(SITI, address="", group="", joined=None),
}


def drawn(statement: AccountStatement, head: StatementHead = HEAD) -> list[Placed]:
    return placed_texts(statement_pdf(statement, head, TRANSLATOR))


def pages(statement: AccountStatement, head: StatementHead = HEAD) -> int:
    return len(PdfReader(BytesIO(statement_pdf(statement, head, TRANSLATOR))).pages)


def figures(statement: AccountStatement) -> list[int]:
    result = [statement.savings_closing, statement.savings_opening, statement.outstanding]
    for section in statement.savings:
        result.append(section.closing)
        for line in section.movements:
            result += [line.deposit or line.withdrawal, line.balance]
    for loan in statement.loans:
        result += [loan.plafond, loan.principal_paid, loan.outstanding, loan.arrears_principal]
        result += [loan.arrears_interest, loan.penalty_due, loan.held]
        for movement in loan.movements:
            result += [movement.principal, movement.interest, movement.penalty]
    result += [line.amount for line in statement.due]
    result += [statement.receivable_by_member, statement.interest_gross, statement.interest_tax]
    return [amount for amount in result if amount]


@pytest.mark.parametrize("paper", ["A4", "F4"])
@pytest.mark.parametrize("training", [False, True])
@pytest.mark.parametrize("case", CASES)
def test_every_figure_is_printed_and_nothing_collides(case: str, training: bool, paper: str) -> None:
    statement = CASES[case]
    texts = drawn(statement, replace(HEAD, paper=paper, training=training))
    everything = " ".join(text.text for text in texts)
    for amount in figures(statement):
        assert TRANSLATOR.format.amount(amount) in everything
    height, right = (297.0, 195.0) if paper == "A4" else (330.0, 200.0)
    assert overlapping(texts) == []
    assert min(text.x for text in texts) >= 19.9
    assert max(text.right for text in texts) <= right + 0.1
    assert max(text.y for text in texts) <= height - 10
    assert min(text.size for text in texts) >= 8.5


@pytest.mark.parametrize(
    ("rows", "loans", "expected"), [(10, 1, 1), (11, 1, 1), (12, 1, 2), (15, 0, 1), (17, 0, 1), (19, 0, 2)]
)
def test_rows_that_fit_on_one_page(rows: int, loans: int, expected: int) -> None:
    assert pages(with_rows(rows, loans)) == expected


def test_rows_tighten_before_a_second_page_is_taken() -> None:
    def step(statement: AccountStatement) -> float:
        rows = sorted(text.y for text in drawn(statement) if text.text == "Setoran tunai")
        return round(rows[1] - rows[0], 1)

    assert (step(with_rows(9)), step(with_rows(11)), step(with_rows(12))) == (5.9, 5.2, 5.9)


def test_folio_has_five_more_rows() -> None:
    folio = replace(HEAD, paper="F4")
    assert pages(with_rows(16), folio) == 1
    assert pages(with_rows(20, 0), folio) == 1
    assert pages(with_rows(19), folio) == 2


def test_a_table_that_is_broken_carries_its_sums() -> None:
    texts = drawn(with_rows(40, 1))
    first, second = (
        [text for text in texts if text.page == page and TRANSLATOR(label) in text.text]
        for page, label in ((1, "Carried forward"), (2, "Brought forward"))
    )
    sums = [
        [text.text for text in texts if text.page == row.page and abs(text.y - row.y) < 0.1]
        for row in (first[0], second[0])
    ]
    shown = [text for text in texts if text.page == 1 and text.text == "Setoran tunai"]
    expected = sum(1_000 + day for day in range(1, len(shown) + 1))
    assert TRANSLATOR.format.amount(expected) in sums[0]
    assert sums[0][1:] == sums[1][1:]
    assert "Simpanan Sukarela" in sums[0][0]


def test_what_is_to_be_paid_stands_with_the_signature_on_the_last_page() -> None:
    texts = drawn(with_rows(30, 2))
    last = max(text.page for text in texts)
    assert last > 1
    for label in ("To be paid next", "Treasurer"):
        assert {text.page for text in texts if text.text == TRANSLATOR(label)} == {last}
    boxes = [text.page for text in texts if text.text == TRANSLATOR("To be paid")]
    assert boxes == [1]
    assert {text.page for text in texts if HEAD.contact in text.text} == {last}
    heads = [text for text in texts if text.page == last and text.y < 15]
    assert "Wahyu Setiawan, 0141, Oktober 2026" in heads[0].text


def test_a_member_who_left_is_told_what_he_will_receive() -> None:
    words = [text.text for text in drawn(MARSUDI)]
    assert words.count(TRANSLATOR("You will receive")) == 2
    assert words.count("Rp2.450.000") == 3  # savings, and both boxes
    assert TRANSLATOR("To be paid") not in words
    assert "15 September 2026" in words


def test_a_member_who_left_and_still_owes_has_to_pay() -> None:
    words = [text.text for text in drawn(replace(SITI, left=date(2026, 9, 15)))]
    assert TRANSLATOR("To be paid") in words
    assert TRANSLATOR("You will receive") not in words


def test_nothing_due_is_said() -> None:
    words = [text.text for text in drawn(HADI)]
    assert words.count(TRANSLATOR("Nothing due")) == 2
    assert words.count("Rp0") == 3  # the loan's box too
    assert TRANSLATOR("No loan.") in words


def test_long_names_get_smaller_and_then_three_lines() -> None:
    def name_sizes(name: str) -> list[float]:
        texts = drawn(replace(SITI, name=name))
        return [text.size for text in texts if text.text in name and text.x < 21 and 45 < text.y < 62]

    assert name_sizes("Siti Rahayu Wulandari") == [15]
    assert name_sizes("Raden Ajeng Siti Rahayu Wulandari Kusuma") == [12]
    assert name_sizes(COMPANY.name) == [10, 10, 10]


def test_large_figures_have_one_size_in_their_table() -> None:
    texts = [text for text in drawn(COMPANY) if text.page == 1 and 110 < text.y < 180]
    amounts = {text.size for text in texts if text.text.replace(".", "").isdigit()}
    assert amounts == {9}
    assert TRANSLATOR.format.rupiah(LARGEST) in {text.text for text in drawn(COMPANY)}


def test_a_disbursement_says_how_much_was_paid_out() -> None:
    out = LoanMovement(date(2026, 10, 5), "PC-1", "Pencairan", 7_500_000, 0, 0, 0, 7_500_000)
    loan = replace(LOAN, opening=0, movements=(out,), outstanding=7_500_000)
    words = " ".join(text.text for text in drawn(replace(SITI, loans=(loan,))))
    assert "Pencairan, Rp7.500.000" in words
    assert TRANSLATOR("Principal left at the start of the month") not in words


def test_the_training_book_is_marked_twice() -> None:
    words = [text.text for text in drawn(SITI, replace(HEAD, training=True))]
    assert words.count(TRANSLATOR("TRAINING")) == 2
    assert TRANSLATOR("TRAINING") not in [text.text for text in drawn(SITI)]


def test_the_same_figures_make_the_same_bytes() -> None:
    first, again = (statement_pdf(with_rows(30, 2), HEAD, Translator("id")) for _ in range(2))
    assert first == again
    assert statement_pdf(SITI, HEAD, TRANSLATOR) != statement_pdf(HADI, HEAD, TRANSLATOR)


def test_a_letter_the_font_lacks_does_not_stop_the_printing() -> None:
    words = " ".join(text.text for text in drawn(replace(SITI, name="Nyai Ṛatna Çelik 李")))
    assert "Nyai" in words
    assert "Ṛ" in words


def test_every_text_can_be_read_from_a_file_of_its_own() -> None:
    """Leaving out unused letters must not leave out used ones."""
    text = PdfReader(BytesIO(statement_pdf(SITI, HEAD, TRANSLATOR))).pages[0].extract_text()
    for words in ("Siti Rahayu Wulandari", "Rp1.496.720", "flat 1 % sebulan", "Suparjo, 0812-0000-0145"):
        assert words in text
