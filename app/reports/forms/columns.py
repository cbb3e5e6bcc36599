"""Where the columns of figures end, and how large the figures can be, so that nothing is ever cut.

Figures of 999.999.999.999 don't fit where those of a normal month do. The steps, from the rules for
papers: one size for all figures of the table, by half points down to 9; then the columns move left and
take room from the text before them, whose words then stand in two lines.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.reports.paper import fit, width_mm, wrap

GAP = 2.0  # between two columns
SIZES = (11.0, 10.5, 10.0, 9.5, 9.0)


@dataclass(frozen=True, slots=True)
class Columns:
    """Right edges of the figures, their size, and where the text before them has to end."""

    edges: tuple[float, ...]
    size: float
    text_end: float


@lru_cache(maxsize=4096)
def fit_columns(
    edges: tuple[float, ...],
    widest: tuple[str, ...],
    labels: tuple[str, ...],
    text_end: float,
    sizes: tuple[float, ...] = SIZES,
    label_size: float = 10,
) -> Columns:
    """Find size and edges for columns whose widest figures are `widest` (measured as bold).

    `edges` are the edges wished for, `text_end` the least the text before the first column may be
    cut to before the figures get smaller; it ends where the first column needs to begin. `labels` of
    `label_size` head the columns and need room too.
    """
    heads = [width_mm(label, label_size) for label in labels]
    for size in sizes:
        needs = _needs(widest, heads, size)
        starts = [edge - need for edge, need in zip(edges, needs, strict=True)]
        limits = (text_end, *edges[:-1])
        if all(start - GAP >= limit for start, limit in zip(starts, limits, strict=True)):
            return Columns(edges, size, starts[0] - GAP)
    size = sizes[-1]
    needs = _needs(widest, heads, size)
    moved = [edges[-1]]
    for edge, need in zip(reversed(edges[:-1]), reversed(needs[1:]), strict=True):
        moved.append(min(edge, moved[-1] - need - GAP))
    moved.reverse()
    return Columns(tuple(moved), size, moved[0] - needs[0] - GAP)


def _needs(widest: Sequence[str], heads: Sequence[float], size: float) -> list[float]:
    return [
        max(width_mm(figure.rstrip(")"), size, bold=True), head)
        for figure, head in zip(widest, heads, strict=True)
    ]


def longest(figures: Iterable[str]) -> str:
    """The figure that needs most room; figures are tabular, so length decides, in zeros for all alike."""
    best = max(figures, key=len, default="0")
    return "".join("0" if letter.isdigit() else letter for letter in best)


def cell_lines(
    text: str, width: float, sizes: tuple[float, ...], bold: bool = False
) -> tuple[float, list[str]]:
    """Text in a cell: the largest size at which it is one line, else lines in the smallest."""
    size = fit(text, width, sizes, bold)
    if width_mm(text, size, bold) <= width:
        return size, [text]
    return size, wrap(text, width, size, bold)


def name_lines(name: str, width: float, sizes: tuple[float, ...]) -> tuple[float, list[str]]:
    """A member's name, bold and never cut: smaller first, then in lines of the smallest size."""
    return cell_lines(name, width, sizes, bold=True)
