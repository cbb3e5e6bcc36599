"""Where tables break into pages."""

from hypothesis import given
from hypothesis import strategies as st

from app.reports.render.pages import LAST_ROWS, Line, page_starts

LINES = st.lists(st.builds(Line, st.integers(4, 12).map(float), st.booleans(), st.booleans()), max_size=120)


def test_what_fits_is_one_page() -> None:
    assert page_starts([Line(5)] * 10, 20, 70, 70) == (0,)
    assert page_starts([], 20, 70, 70) == (0,)


def test_a_page_more_when_only_the_signatures_do_not_fit_and_five_rows_go_with_them() -> None:
    assert page_starts([Line(5)] * 10, 21, 70, 70) == (0, 5)


def test_breaks_before_a_section_rather_than_within() -> None:
    lines = [Line(5)] * 6 + [Line(5, section=True)] + [Line(5)] * 9
    assert page_starts(lines, 0, 50, 60) == (0, 6)


def test_a_section_longer_than_a_page_fills_the_page_it_begins_on() -> None:
    lines = [Line(5)] * 3 + [Line(5, section=True)] + [Line(5)] * 30
    assert page_starts(lines, 0, 50, 50)[1] == 10


def test_a_sum_is_not_parted_from_its_figures() -> None:
    lines = [Line(5)] * 10 + [Line(5, glued=True)] + [Line(5)] * 3
    assert page_starts(lines, 0, 50, 50) == (0, 9)


def test_rows_too_high_for_a_page_with_the_signatures_are_parted_after_all() -> None:
    assert page_starts([Line(15)] * 5, 35, 100, 120) == (0, 4)


@given(LINES, st.sampled_from([0.0, 35.0]), st.integers(100, 200), st.integers(100, 240))
def test_every_page_fits_and_signatures_keep_five_rows(
    lines: list[Line], tail: float, first_room: int, room: int
) -> None:
    starts = page_starts(lines, tail, first_room, room)
    assert starts[0] == 0
    assert list(starts) == sorted(set(starts))
    ends = [*starts[1:], len(lines)]
    for start, end in zip(starts, ends, strict=True):
        height = sum(line.height for line in lines[start:end])
        assert height <= (room if start else first_room)
    if tail:
        last = lines[starts[-1] :]
        assert len(last) >= min(LAST_ROWS, len(lines))
        assert sum(line.height for line in last) + tail <= (room if starts[-1] else first_room)
