"""What happened to a loan, entry by entry, and which of it stands."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class Movement(NamedTuple):
    """What one entry did to a loan, rupiah."""

    id: int
    entry: int
    on: date
    kind: str
    disbursed: int = 0
    principal: int = 0
    interest: int = 0
    penalty: int = 0
    held: int = 0
    recovered: int = 0
    reverses: int | None = None

    @property
    def written_off(self) -> int:
        """Principal lost by this: what a write-off takes out of the books beyond the money kept aside.

        A loan that older books wrote off is opened without any: what was lost comes and goes in its opening.
        """
        if self.kind == "opening":
            return self.principal
        return self.principal + self.held if self.kind == "writeoff" else 0

    def opposite(self, key: int, entry: int, on: date) -> "Movement":
        """What takes it back under another entry."""
        return Movement(
            key,
            entry,
            on,
            self.kind,
            -self.disbursed,
            -self.principal,
            -self.interest,
            -self.penalty,
            -self.held,
            -self.recovered,
            self.entry,
        )


def standing_movements(items: Iterable[Movement]) -> list[Movement]:
    """The movements that stand: neither taken back nor themselves a taking back."""
    gone: set[int] = set()
    kept = []
    for item in sorted(items, key=lambda one: one.id, reverse=True):
        if item.entry in gone:
            continue
        if item.reverses is None:
            kept.append(item)
        else:
            gone.add(item.reverses)
    return kept[::-1]


def taken_along(mine: Movement, items: Iterable[Movement]) -> list[Movement]:
    """What took back uses of money kept aside on the way of `mine`, in the order of recording.

    Such a movement lies between the key and the entry of `mine`, of which one is given before the way is
    cleared and the other after it: a reversal has its entry first, a payment that others make way for its key.
    """
    return [
        item
        for item in sorted(items, key=lambda one: one.id)
        if item.kind == "held"
        and item.reverses is not None
        and item.entry != mine.entry
        and (item.id < mine.id) != (item.entry < mine.entry)
    ]


def shown_movements(items: Iterable[Movement]) -> list[Movement]:
    """The movements without those taken back on their own day, and without what took them back.

    What is taken back on a later day shows on both days, as it moved the balance between them.
    """
    listed = sorted(items, key=lambda one: one.id)
    days = {item.entry: item.on for item in listed}
    gone: set[int] = set()
    for item in reversed(listed):
        if item.entry in gone or item.reverses is None or days.get(item.reverses) != item.on:
            continue
        gone.update((item.entry, item.reverses))
    return [item for item in listed if item.entry not in gone]
