"""How a long job says how far it is, and how it is stopped."""

from collections.abc import Callable
from typing import Protocol

from app.base.errors import Cancelled


class Progress(Protocol):
    """What a long job calls after each step; raises Cancelled when the person stopped it."""

    def step(self, done: int, total: int, label: str) -> None:
        """Say that `done` of `total` steps are finished, and what is being done."""


class Silent:
    """Progress nobody looks at."""

    def step(self, done: int, total: int, label: str) -> None:
        """Ignore the step."""


class Watched:
    """Progress shown by a function, with a `cancel()` that stops the job at its next step."""

    def __init__(self, show: Callable[[int, int, str], None]) -> None:
        self._show = show
        self.cancelled = False

    def cancel(self) -> None:
        """Ask the job to stop; it does at its next step."""
        self.cancelled = True

    def step(self, done: int, total: int, label: str) -> None:
        """Show the step, or raise Cancelled."""
        if self.cancelled:
            raise Cancelled
        self._show(done, total, label)
