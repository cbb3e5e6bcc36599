"""What a measurement is, and how two things are timed fairly side by side.

Only ratios taken in turn in one run mean anything: the machine is shared, an absolute time can be
twice too long.
"""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Scale:
    """How large the measured books are, and a folder in which they may lie."""

    entries: int
    members: int
    runs: int
    folder: Path


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: ours beside a reference, and the ratio that is to be reached.

    `ours` and `reference` are in `unit`; `target` says the bound, such as "at most 1.5".
    """

    what: str
    ours: float
    reference: float
    ratio: float
    target: str
    unit: str
    ok: bool


@dataclass(frozen=True, slots=True)
class Bench:
    """One measurement: its number (P1 to P18), what it asks, and the function that takes it."""

    number: str
    title: str
    take: Callable[[Scale], list[Row]]


def at_most(what: str, ours: float, reference: float, bound: float, unit: str) -> Row:
    """Return the row of a ratio ours / reference that may not be above a bound."""
    ratio = ours / reference
    return Row(what, ours, reference, ratio, f"at most {bound:g}", unit, ratio <= bound)


def at_least(what: str, ours: float, reference: float, bound: float, unit: str) -> Row:
    """Return the row of a ratio ours / reference that may not be below a bound."""
    ratio = ours / reference
    return Row(what, ours, reference, ratio, f"at least {bound:g}", unit, ratio >= bound)


def in_turn(*works: Callable[[], object], runs: int) -> list[float]:
    """Time each work `runs` times, one after the other in turn, and return the medians in ms."""
    taken: list[list[float]] = [[] for _ in works]
    for work in works:
        work()  # the first time fills the caches
    for _ in range(runs):
        for work, times in zip(works, taken, strict=True):
            times.append(once(work))
    return [statistics.median(times) for times in taken]


def once(work: Callable[[], object]) -> float:
    """Return the milliseconds of one run, with no garbage collection in between."""
    gc.collect()
    gc.disable()
    try:
        start = time.perf_counter()
        work()
        return (time.perf_counter() - start) * 1_000
    finally:
        gc.enable()


def fixed_loop() -> int:
    """A piece of work that is always the same: how long it takes tells how busy the machine is."""
    total = 0
    for number in range(100_000):
        total += number % 7
    return total
