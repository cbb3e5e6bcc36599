"""Where a paper breaks into pages."""

from collections.abc import Sequence
from dataclasses import dataclass

ROWS_WITH_SIGNATURE = 5  # a signature keeps the last five rows with it, or a whole table


@dataclass(frozen=True, slots=True)
class Room:
    """Heights of a page in mm: where things begin and where they have to end."""

    first_top: float
    next_top: float
    bottom: float  # of a page that another one follows
    last_bottom: float  # of the last page, above objection and signature
    again: float  # head of a table that goes on, with the row "brought forward"
    carried: float  # the row "carried forward"


@dataclass(frozen=True, slots=True)
class Part:
    """Something that isn't broken: a row, or a head, or the closing block.

    Rows of a table share its number. What is `attached` stays with the part before it.
    """

    height: float
    table: int
    is_row: bool
    attached: bool = False


def page_starts(parts: Sequence[Part], room: Room) -> list[int]:
    """The index of the first part of each page. The last part is the closing block of the paper."""
    starts = [0]
    y = room.first_top
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        goes_on = not last and _continues(parts, index + 1)
        limit = room.last_bottom if last else room.bottom - (room.carried if goes_on else 0)
        if y + part.height > limit:
            start = _start_of_page(parts, index, last, starts[-1])
            if start > starts[-1]:
                starts.append(start)
                y = room.next_top + (room.again if _continues(parts, start) else 0)
                y += sum(earlier.height for earlier in parts[start:index])
        y += part.height
    return starts


def _continues(parts: Sequence[Part], index: int) -> bool:
    """Whether a page that begins with this part goes on with a table begun before."""
    return index > 0 and parts[index].is_row and parts[index - 1].table == parts[index].table


def _start_of_page(parts: Sequence[Part], index: int, last: bool, page_start: int) -> int:
    start = index
    if last:
        rows = 0
        while start - 1 > page_start and rows < ROWS_WITH_SIGNATURE:
            start -= 1
            rows += parts[start].is_row
            if not parts[start].is_row and not parts[start].attached:
                break  # a whole table goes along
    while start - 1 > page_start and (parts[start].attached or _only_a_head(parts, start)):
        start -= 1
    return start


def _only_a_head(parts: Sequence[Part], start: int) -> bool:
    """Whether a break before this part would leave the head of its table alone at the foot of a page."""
    before, part = parts[start - 1], parts[start]
    return part.is_row and not before.is_row and before.table == part.table
