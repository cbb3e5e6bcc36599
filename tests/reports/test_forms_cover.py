"""The cover: groups, proof, verdict."""

from dataclasses import replace

import pytest

from app.base.i18n import Translator
from app.reports.account_statement import Cover
from app.reports.forms import StatementHead
from app.reports.forms.cover import draw_cover, needs_landscape
from app.reports.paper import PAPERS, Sheet
from tests.reports.pdf_reading import Placed, overlapping, placed_texts
from tests.reports.statement_samples import COVER, HEAD, LARGEST, broken, wide_cover

TRANSLATOR = Translator("id")
AGREES = "Agrees. All sheets together equal the ledger, account by account."
DISAGREES = "Does not agree yet, don't hand out"


def drawn(cover: Cover, head: StatementHead = HEAD, code: str = "9C41-7D20-EE83") -> list[Placed]:
    sheet = Sheet(PAPERS[head.paper], landscape=needs_landscape(cover, TRANSLATOR))
    draw_cover(sheet, cover, head, TRANSLATOR, code)
    return placed_texts(sheet.finish())


@pytest.mark.parametrize(
    "cover",
    [
        COVER,
        broken(),
        wide_cover(9, 8, 999_999_999),
        wide_cover(5, 8),
        wide_cover(60, 45, 77_000_000),
        broken(wide_cover(4, 5), LARGEST),
        replace(COVER, groups=(), proof=()),
    ],
    ids=["usual", "broken", "nine groups", "large", "many", "landscape", "empty"],
)
@pytest.mark.parametrize("paper", ["A4", "F4"])
def test_everything_is_printed_and_nothing_collides(cover: Cover, paper: str) -> None:
    texts = drawn(cover, replace(HEAD, paper=paper))
    words = " ".join(text.text for text in texts)
    for line in cover.proof:
        for amount in (line.opening, line.increase, line.decrease, line.closing, line.ledger):
            assert not amount or TRANSLATOR.format.amount(amount) in words
    for group in cover.groups:
        assert f"{group.first_sheet}–{group.last_sheet}" in words
    assert overlapping(texts) == []
    assert min(text.size for text in texts) >= 8.5


def test_the_groups_add_up() -> None:
    words = [text.text for text in drawn(COVER)]
    assert {"218", "1.473.542.200", "1.411.455.000", "131.964.720"} <= set(words)
    assert "Rp1.473.542.200" in words


def test_a_cover_that_agrees_says_so() -> None:
    words = " ".join(text.text for text in drawn(COVER))
    assert TRANSLATOR(AGREES) in words
    assert TRANSLATOR(DISAGREES) not in words
    assert "9C41-7D20-EE83" in words


def test_a_cover_that_does_not_agree_says_so() -> None:
    texts = drawn(broken())
    words = [text.text for text in texts]
    assert TRANSLATOR(DISAGREES) in words
    assert TRANSLATOR(AGREES) not in words
    difference = next(text for text in texts if text.text == "(25.000)")
    assert difference.font.endswith("Bold")


def test_too_many_groups_or_accounts_take_a_second_page() -> None:
    def pages(groups: int, accounts: int) -> int:
        return max(text.page for text in drawn(wide_cover(groups, accounts, 1_000_000)))

    assert pages(7, 8) == 1
    assert pages(10, 2) == 2
    assert pages(2, 13) == 2
    assert pages(60, 45) > 3


def test_only_a_difference_of_many_digits_turns_the_paper() -> None:
    assert not needs_landscape(COVER, TRANSLATOR)
    assert not needs_landscape(wide_cover(5, 8), TRANSLATOR)
    assert needs_landscape(broken(wide_cover(4, 5), LARGEST), TRANSLATOR)


def test_who_signs() -> None:
    words = [text.text for text in drawn(COVER)]
    assert [name in words for name in ("Ngatiyem", "H. Mulyono, S.P.", "Suparjo")] == [True] * 3
    assert words.count("Ngatiyem") == 1
