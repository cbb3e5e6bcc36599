"""Lembar Penagihan: every member is on it, nothing overlaps, and the signatures stand with the last rows."""

from dataclasses import replace
from datetime import date

import pytest

from app.base.i18n import Translator
from app.reports.forms.collection_sheet import CollectionLine, CollectionSheet, collection_sheet_pdf
from tests.reports.pdf_reading import Placed, overlapping, placed_texts
from tests.reports.statement_samples import SCHEDULE_HEAD

TRANSLATOR = Translator("id")


def sheet(count: int, amount: int = 560_000) -> CollectionSheet:
    return CollectionSheet(
        number="LP-2611-03",
        group="Kelompok Melati",
        on=date(2026, 11, 7),
        officer="Wulan",
        treasurer="Ngatiyem",
        lines=tuple(
            CollectionLine(
                f"{137 + place:04}",
                "Muhammad Abdurrahman Al-Fatih"
                if place % 3
                else "Rr. Sri Wahyuningsih Kusumaningrum Adiwijaya",
                0 if place == 1 else 50_000,
                place % 20,
                amount if place % 20 else 0,
                112_000 if place % 5 == 2 else 0,
            )
            for place in range(count)
        ),
    )


def drawn(data: CollectionSheet, paper: str = "F4") -> list[Placed]:
    return placed_texts(collection_sheet_pdf(data, replace(SCHEDULE_HEAD, paper=paper), TRANSLATOR))


@pytest.mark.parametrize("paper", ["A4", "F4"])
@pytest.mark.parametrize("count", [1, 4, 5, 6, 15, 19, 20, 21, 25, 26, 42, 60, 500])
def test_every_member_is_on_the_sheet(count: int, paper: str) -> None:
    data = sheet(count)
    texts = drawn(data, paper)
    words = [text.text for text in texts]
    assert [word for word in words if word in {line.member for line in data.lines}] == [
        line.member for line in data.lines
    ]
    assert TRANSLATOR.format.amount(sum(line.total for line in data.lines)) in words
    assert overlapping(texts) == []
    assert max(text.y for text in texts) <= (199.1 if paper == "A4" else 204.1)
    last = max(text.page for text in texts)
    assert [text.page for text in texts if text.text == "Ngatiyem"] == [last]
    on_last = [line for line in data.lines if any(t.text == line.member and t.page == last for t in texts)]
    assert len(on_last) >= min(3, count)


def test_a_broken_sheet_carries_its_sums() -> None:
    data = sheet(42)
    texts = drawn(data)
    carried = [text for text in texts if text.text == "Dipindahkan"]
    assert [text.page for text in carried] == [1, 2]
    first = TRANSLATOR.format.amount(sum(line.total for line in data.lines[:20]))
    assert any(text.text == first and text.page == 1 for text in texts)
    assert sum(text.text.startswith("Lembar LP-2611-03") for text in texts) == 3


@pytest.mark.parametrize("paper", ["A4", "F4"])
def test_large_amounts_stay_in_their_columns(paper: str) -> None:
    texts = drawn(sheet(22, 999_999_999), paper)
    assert overlapping(texts) == []


def test_nothing_asked_is_a_dash() -> None:
    row = next(text.y for text in drawn(sheet(2)) if text.text == "0138")
    dashes = [text for text in drawn(sheet(2)) if text.text == "–" and abs(text.y - row) < 0.5]
    assert len(dashes) == 1
