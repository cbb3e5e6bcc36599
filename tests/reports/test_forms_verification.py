"""The code of a statement and its QR code."""

import copy
import re
from dataclasses import fields, replace
from datetime import date
from functools import reduce
from operator import xor
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reports.account_statement import AccountStatement
from app.reports.forms import qr
from app.reports.forms.verification import file_code, qr_content, qr_side, verification_code
from tests.reports.statement_samples import COVER, HADI, HEAD, LOAN, SITI

T = TypeVar("T")


def with_value(thing: T, name: str, value: int) -> T:
    """A copy with one field changed whose name is only known at run time."""
    other = copy.copy(thing)
    object.__setattr__(other, name, value)
    return other


def changed() -> list[AccountStatement]:
    """Siti's statement with one figure changed in each."""
    first, second, third, last = SITI.savings
    movement = third.movements[1]
    wrong = replace(third, movements=(third.movements[0], replace(movement, withdrawal=500_001)))
    result = [
        replace(SITI, savings=(replace(first, closing=100_001), second, third, last)),
        replace(SITI, savings=(replace(first, opening=99_999), second, third, last)),
        replace(SITI, savings=(first, second, wrong, last)),
        replace(SITI, savings=(second, first, third, last)),
        replace(SITI, interest_gross=11_371),
        replace(SITI, interest_tax=1),
        replace(SITI, number="0138"),
        replace(SITI, last_day=date(2026, 10, 30)),
        replace(SITI, due_by=date(2026, 11, 21)),
        replace(SITI, receivable_by_member=1),
        replace(SITI, due=(*SITI.due[:-1], replace(SITI.due[-1], amount=50_001))),
    ]
    for field in fields(LOAN):
        value = getattr(LOAN, field.name)
        # The ledger account of a loan stands on no paper: it is only for the proof on the cover.
        if isinstance(value, int) and field.name != "ledger":
            result.append(replace(SITI, loans=(with_value(LOAN, field.name, 1 + value),)))
    (paid,) = LOAN.movements
    for name in ("disbursed", "principal", "interest", "penalty", "outstanding"):
        wrong_line = with_value(paid, name, getattr(paid, name) + 1)
        result.append(replace(SITI, loans=(replace(LOAN, movements=(wrong_line,)),)))
    return result


def test_a_code_is_written_in_three_groups() -> None:
    assert re.fullmatch(r"[0-9A-F]{4}(-[0-9A-F]{4}){2}", verification_code(SITI, "RTL"))


def test_another_figure_makes_another_code() -> None:
    codes = [verification_code(statement, "RTL") for statement in (SITI, HADI, *changed())]
    assert len(set(codes)) == len(codes)
    assert verification_code(SITI, "RTL") != verification_code(SITI, "RTM")


def test_words_do_not_change_the_code() -> None:
    spelled = replace(SITI, name="Siti R. Wulandari", address="", group="Mawar")
    assert verification_code(spelled, "RTL") == verification_code(SITI, "RTL")


def test_the_file_code_depends_on_all_statements_and_the_proof() -> None:
    codes = [verification_code(statement, "RTL") for statement in (SITI, HADI)]
    other = replace(COVER, proof=COVER.proof[1:])
    assert len({file_code(codes, COVER), file_code(codes[::-1], COVER), file_code(codes, other)}) == 3


def test_what_the_qr_code_says() -> None:
    content = qr_content(SITI, HEAD, "CC64-3F12-EE06")
    assert content == "LUMBUNG1|RTL|0137|2026-10|5911370|5320000|1496720|CC64-3F12-EE06"
    assert qr_content(replace(SITI, number="A|1"), HEAD, "").count("|") == 7


@pytest.mark.parametrize("length", [17, 32, 53, 78, 106])
def test_a_full_code_is_the_one_segno_makes(length: int) -> None:
    content = "".join(chr(33 + (number * 7) % 90) for number in range(length))
    assert qr.qr_rows(content) == qr._by_segno(content)


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=106))
def test_every_code_says_its_content_and_has_no_error(content: str) -> None:
    """Read back by the standard: unmask, put the bits together, evaluate at the generator's roots.

    Not compared with segno: where a content ends on a whole byte it pads with one zero byte too many, which
    no reader minds.
    """
    rows = qr.qr_rows(content)
    version = (len(rows) - 17) // 4
    words, correction = qr._CODEWORDS[version]
    bits = [
        int(rows[place // len(rows)][place % len(rows)]) ^ (place % len(rows) % 3 == 0)
        for place in qr._places(version)
    ]
    codewords = [
        int("".join(map(str, map(int, bits[start : start + 8]))), 2)
        for start in range(0, 8 * (words + correction), 8)
    ]
    stream = "".join(f"{word:08b}" for word in codewords[:words])
    assert stream[:4] == "0100"
    count = int(stream[4:12], 2)
    said = bytes(int(stream[start : start + 8], 2) for start in range(12, 12 + 8 * count, 8))
    assert said.decode() == content
    assert all(_value(codewords, root) == 0 for root in range(correction))


def _value(codewords: list[int], root: int) -> int:
    """The polynomial of the codewords at 2 to the power of `root`."""
    degree = len(codewords) - 1
    return reduce(xor, (_times_power(word, root * (degree - index)) for index, word in enumerate(codewords)))


def _times_power(value: int, exponent: int) -> int:
    for _ in range(exponent % 255):
        value <<= 1
        if value > 0xFF:
            value ^= 0x11D
    return value


def test_other_contents_are_left_to_segno() -> None:
    for content in ("Ṛatna", "x" * 200):
        assert qr.qr_rows(content) == qr._by_segno(content)


def test_modules_are_half_a_millimetre_at_least() -> None:
    assert qr_side(33, 23.0) == 23.0
    assert qr_side(37, 16.5) == 18.5
