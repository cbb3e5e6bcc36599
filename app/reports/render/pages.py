"""Where a table breaks into pages: never after a heading, never between figures and their sum."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

LAST_ROWS = 5  # the signatures are never parted from the last five rows


@dataclass(frozen=True, slots=True)
class Line:
    """One row as the page breaker sees it. Heights are mm.

    `section`: a top-level section begins here, the best place to break. `glued`: it can't be the first
    of a page, because what it belongs to stands above it.
    """

    height: float
    section: bool = False
    glued: bool = False


def page_starts(lines: Sequence[Line], tail: float, first_room: float, room: float) -> tuple[int, ...]:
    """The index of the first line of each page.

    `first_room` and `room` are the heights for rows on page 1 and on the others, `tail` what
    has to stand below the last row. A section is kept whole when a page can hold it.
    """
    total = len(lines)
    reached = [0.0, *accumulate(line.height for line in lines)]
    starts = [0]
    while True:
        start = starts[-1]
        here = first_room if start == 0 else room
        if reached[total] - reached[start] + tail <= here or total - start <= 1:
            return tuple(starts)
        # Fewer than the last rows are parted only where they are too high for one page.
        limit = total - LAST_ROWS if tail and total - start > LAST_ROWS else total - 1
        end = start + 1
        while end < limit and reached[end + 1] - reached[start] <= here:
            end += 1
        starts.append(_best_break(lines, reached, start, end, room))


def _best_break(lines: Sequence[Line], reached: Sequence[float], start: int, end: int, room: float) -> int:
    """The best place in (start, end] to begin the next page."""
    for index in range(end, start, -1):
        if lines[index].section:
            following = index + 1
            while following < len(lines) and not lines[following].section:
                following += 1
            if reached[following] - reached[index] <= room:
                return index
            break  # the section is longer than a page: it has to be cut anyway, so fill this one
    for index in range(end, start, -1):
        if not lines[index].glued:
            return index
    return end
