"""Two and four members on a page."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.base.i18n import Translator
from app.reports.account_statement import AccountStatement, DueLine
from app.reports.batch import statements_pdf
from app.reports.forms import StatementHead
from tests.reports.pdf_reading import Placed, overlapping, placed_texts
from tests.reports.statement_samples import COMPANY, HADI, HEAD, LARGEST, MARSUDI, SITI, with_rows

TRANSLATOR = Translator("id")
WEALTHY = replace(
    COMPANY, name="Koperasi Karyawan Perkebunan Nusantara Tegalsari Makmur Sejahtera Abadi", loans=(), due=()
)


def drawn(per_page: int, *statements: AccountStatement, head: StatementHead = HEAD) -> list[Placed]:
    return placed_texts(statements_pdf(statements, None, head, TRANSLATOR, per_page))


def page_of(texts: list[Placed], words: str) -> int:
    return next(text.page for text in texts if text.text == words)


@pytest.mark.parametrize("training", [False, True])
@pytest.mark.parametrize("paper", ["A4", "F4"])
@pytest.mark.parametrize("per_page", [2, 4])
def test_nothing_collides_and_all_sums_are_there(per_page: int, paper: str, training: bool) -> None:
    people = (SITI, HADI, MARSUDI, WEALTHY, with_rows(9), with_rows(11))
    head = replace(HEAD, paper=paper, training=training)
    texts = drawn(per_page, *people, head=head)
    assert overlapping(texts) == []
    words = " ".join(text.text for text in texts)
    for person in people:
        for amount in (person.savings_closing, person.interest_gross, person.due_total):
            assert TRANSLATOR.format.amount(amount) in words
    smallest = 8 if per_page == 2 else 7.5
    assert min(text.size for text in texts) >= smallest
    assert words.count(TRANSLATOR("TRAINING")) == (2 * len(people) if training else 0)


def test_two_and_four_share_a_page() -> None:
    people = (SITI, HADI, MARSUDI, with_rows(6))
    assert max(text.page for text in drawn(2, *people)) == 2
    assert max(text.page for text in drawn(4, *people)) == 1
    assert max(text.page for text in drawn(4, *people, SITI)) == 2


def test_parts_stand_below_and_beside_each_other() -> None:
    names = ("Siti Rahayu Wulandari", "Hadi Suwarno", "Marsudi")
    corners = {
        text.text: (round(text.x), round(text.y))
        for text in drawn(4, SITI, HADI, MARSUDI)
        if text.text in names
    }
    assert corners == {names[0]: (8, 25), names[1]: (113, 25), names[2]: (8, 173)}
    folio = drawn(2, SITI, HADI, head=replace(HEAD, paper="F4"))
    second = next(text for text in folio if text.text == "Hadi Suwarno")
    assert abs(second.y - 165 - 29.75) < 0.1


def test_who_does_not_fit_gets_a_whole_page_in_his_place() -> None:
    texts = drawn(2, SITI, with_rows(12, 0), HADI, MARSUDI)
    names = ("Siti Rahayu Wulandari", "Wahyu Setiawan", "Hadi Suwarno", "Marsudi")
    assert [page_of(texts, name) for name in names] == [1, 2, 3, 3]
    texts = drawn(4, SITI, with_rows(6, 2), HADI)
    assert page_of(texts, "Hadi Suwarno") > page_of(texts, "Wahyu Setiawan") == 2


@pytest.mark.parametrize("per_page", [1, 2, 4])
def test_sheets_are_counted_by_members(per_page: int) -> None:
    words = [text.text for text in drawn(per_page, SITI, with_rows(12), HADI)]
    wanted = TRANSLATOR("Sheet {number} of {count}", number=3, count=3)
    assert any(text.startswith(wanted) for text in words) or "3/3" in words


def test_from_a_thousand_million_the_columns_move() -> None:
    share, mandatory, voluntary = WEALTHY.savings
    lines = tuple(replace(line, memo="Setoran") for line in voluntary.movements)
    person = replace(WEALTHY, group="", savings=(share, mandatory, replace(voluntary, movements=lines)))
    opening = TRANSLATOR.format.amount(person.savings_in)
    edge = next(text.right for text in drawn(2, person) if text.text == opening)
    usual = next(text.right for text in drawn(2, SITI) if text.text == "361.370")
    assert (round(edge), round(usual)) == (71, 81)


def test_four_on_a_page_leave_out_movement_columns_of_large_figures() -> None:
    small, large = ([text.text for text in drawn(4, person)] for person in (SITI, WEALTHY))
    assert TRANSLATOR("In") in small
    assert TRANSLATOR("In") not in large
    assert TRANSLATOR.format.amount(WEALTHY.savings_closing) in large


def test_four_on_a_page_show_no_movements() -> None:
    texts = [text.text for text in drawn(4, SITI)]
    assert "Penarikan tunai" not in texts
    assert {"211.370", "500.000", "361.370", "6.050.000"} <= set(texts)


def test_long_names_of_products_take_two_lines() -> None:
    long = replace(SITI.savings[0], name="Simpanan Pendidikan Anak Sekolah")
    texts = drawn(4, replace(SITI, savings=(long,), loans=()))
    assert overlapping(texts) == []
    assert all(word in " ".join(text.text for text in texts) for word in long.name.split()[1:])


@pytest.mark.parametrize("per_page", [2, 4])
def test_what_is_due_adds_up_to_the_box(per_page: int) -> None:
    due = (DueLine("Angsuran ke-8", 700_001), DueLine("Simpanan Wajib November", 50_000))
    words = " ".join(text.text for text in drawn(per_page, replace(SITI, due=due)))
    assert "Rp750.001" in words
    assert "700.001" in words


@pytest.mark.parametrize("per_page", [2, 4])
def test_who_left_and_who_owes_nothing(per_page: int) -> None:
    left, free = ([text.text for text in drawn(per_page, person)] for person in (MARSUDI, HADI))
    assert TRANSLATOR("You will receive") in left
    assert "Rp2.450.000" in left
    assert TRANSLATOR("Nothing due") in free
    assert "Rp0" in free


@pytest.mark.parametrize("per_page", [1, 2, 4])
def test_the_same_members_make_the_same_bytes(per_page: int) -> None:
    people = (SITI, HADI, WEALTHY)
    first, again = (statements_pdf(people, None, HEAD, Translator("id"), per_page) for _ in range(2))
    assert first == again


def test_modules_of_the_code_are_never_under_half_a_millimetre() -> None:
    large = replace(WEALTHY, due=(DueLine("Simpanan Wajib", LARGEST),), number="KOP-2026-000123")
    content = PdfReader(BytesIO(statements_pdf([large], None, HEAD, TRANSLATOR, 4))).pages[0]
    operators = content.get_contents()
    assert operators is not None
    sides = [
        float(line.split()[1])
        for line in operators.get_data().decode("latin-1").splitlines()
        if line.startswith("q ") and " re" in line
    ]
    assert sides
    assert min(sides) >= 0.5 * 72 / 25.4 - 0.001
