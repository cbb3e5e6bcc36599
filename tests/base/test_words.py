"""Amounts in words. The Indonesian is held against a second, independent reading of the rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import Bug
from app.base.format import Formatter
from app.base.words import number_in_words, rupiah_in_words

UNITS = ("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
GROUPS = ("", " ribu", " juta", " miliar", " triliun", " kuadriliun")


def group_words(number: int) -> list[str]:
    """Three digits by domain.md section 10."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = [] if not hundreds else ["seratus"] if hundreds == 1 else [f"{UNITS[hundreds]} ratus"]
    if rest == 10:
        words.append("sepuluh")
    elif rest == 11:
        words.append("sebelas")
    elif tens == 1:
        words.append(f"{UNITS[ones]} belas")
    else:
        words += [f"{UNITS[tens]} puluh"] if tens else []
        words += [UNITS[ones]] if ones else []
    return words


def by_the_rules(number: int) -> str:
    if number == 0:
        return "nol"
    words: list[str] = []
    for place in range(5, -1, -1):
        group = number // 1000**place % 1000
        if group == 1 and place == 1:
            words.append("seribu")
        elif group:
            words.append(" ".join(group_words(group)) + GROUPS[place])
    return " ".join(words)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        # domain.md 14.21.
        (0, "nol"),
        (11, "sebelas"),
        (111, "seratus sebelas"),
        (1000, "seribu"),
        (1011, "seribu sebelas"),
        (11000, "sebelas ribu"),
        (11001, "sebelas ribu satu"),
        (190118, "seratus sembilan puluh ribu seratus delapan belas"),
        (1001000, "satu juta seribu"),
        (1011021, "satu juta sebelas ribu dua puluh satu"),
        (2950000, "dua juta sembilan ratus lima puluh ribu"),
        (1000000000, "satu miliar"),
        # The mended thousands behind higher groups.
        (2001500, "dua juta seribu lima ratus"),
        (1_001_001_000, "satu miliar satu juta seribu"),
        (1_000_001_001, "satu miliar seribu satu"),
        (1_001_000_000, "satu miliar satu juta"),
        (101_000, "seratus satu ribu"),
        (3_101_000, "tiga juta seratus satu ribu"),
        (3_021_000, "tiga juta dua puluh satu ribu"),
        (-25_000, "minus dua puluh lima ribu"),
    ],
)
def test_terbilang(number: int, words: str) -> None:
    assert number_in_words(number) == words
    assert rupiah_in_words(number) == Formatter("id").words(number) == f"{words} rupiah"


@given(
    st.integers(0, 10**15)
    | st.lists(st.sampled_from([0, 1, 2, 10, 11, 21, 100, 101, 111, 999]), max_size=5).map(
        lambda groups: int("".join(f"{group:03}" for group in groups) or "0")
    )
)
def test_terbilang_follows_the_rules_everywhere(number: int) -> None:
    assert number_in_words(number) == by_the_rules(number)


def test_english() -> None:
    assert Formatter("en").words(1_250_000) == ("one million, two hundred and fifty thousand rupiah")
    assert rupiah_in_words(-7, "en") == "minus seven rupiah"


def test_no_other_language() -> None:
    with pytest.raises(Bug):
        number_in_words(7, "fr")
