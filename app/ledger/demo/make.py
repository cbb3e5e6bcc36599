"""Making a sample book: one day after the other, each day's documents recorded as a person would."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from app.base.clock import FixedClock
from app.base.dates import Month
from app.base.errors import UserError
from app.base.progress import Progress, Silent
from app.ledger.book import Book
from app.ledger.command import Command
from app.ledger.demo.cooperative import CooperativeStory
from app.ledger.demo.warung import WarungStory
from app.ledger.entries.commands import RecordTogether

_WIB = timezone(timedelta(hours=7))
_NAMES = {"business": "Warung Bu Sari", "cooperative": "KSP Rukun Tani Lestari"}


@dataclass(frozen=True, slots=True)
class DemoSize:
    """How large a sample book is: whole months up to and including the one of `until`."""

    months: int
    sales_per_day: int = 40
    members: int = 100
    until: date = date(2026, 10, 31)
    seed: int = 1

    def __post_init__(self) -> None:
        if self.months < 1 or self.sales_per_day < 1 or self.members < 1:
            raise UserError("A sample book has at least one month, one sale a day and one member.")

    @property
    def first_day(self) -> date:
        """The first day of the first month."""
        month = Month.of(self.until)
        return month.plus(1 - self.months).first

    def days(self) -> Iterator[date]:
        """Every day of the book."""
        for number in range((self.until - self.first_day).days + 1):
            yield self.first_day + timedelta(days=number)


def make_demo(
    path: Path, kind: str, size: DemoSize, progress: Progress | None = None, *, training: bool = False
) -> None:
    """Make the sample book at `path`: the same figures for the same size, whenever it is made.

    Raises Refused when the file exists. When it is cancelled no book is left.
    """
    watcher = progress or Silent()
    clock = FixedClock(datetime(size.until.year, size.until.month, size.until.day, 17, 30, tzinfo=_WIB))
    story: WarungStory | CooperativeStory
    if kind == "business":
        story = WarungStory(size.first_day, size.sales_per_day, size.seed)
    else:
        story = CooperativeStory(size.first_day, size.until, size.members, size.seed)
    book = Book.create(path, kind=kind, name=_NAMES[kind], clock=clock, actor="Ngatiyem", training=training)
    try:
        _record(book, story.opening())
        days = list(size.days())
        for number, day in enumerate(days):
            watcher.step(number, len(days), "demo")
            commands = list(story.day(day))
            # The last day stands as a person's own commands, so that the newest can be taken back by itself.
            if day == size.until:
                for command in commands:
                    book.execute(command)
            else:
                _record(book, commands)
        watcher.step(len(days), len(days), "demo")
    except BaseException:
        book.close()
        for leftover in (path, Path(f"{path}-wal"), Path(f"{path}-shm"), Path(f"{path}.lock")):
            leftover.unlink(missing_ok=True)
        raise
    book.close()


def _record(book: Book, commands: Sequence[Command]) -> None:
    if commands:
        book.execute(RecordTogether(commands=tuple(commands)))
