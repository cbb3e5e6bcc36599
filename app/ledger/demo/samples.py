"""The sample books that lie ready for looking around and learning: made once, then kept as they are."""

from datetime import date
from pathlib import Path

from app.base.progress import Progress
from app.ledger.demo.make import DemoSize, make_demo

SAMPLES = {"business": "contoh-usaha.lumbung", "cooperative": "contoh-koperasi.lumbung"}
TRAINING = {"business": "latihan-usaha.lumbung", "cooperative": "latihan-koperasi.lumbung"}
_MONTHS, _SALES_PER_DAY, _MEMBERS = 6, 12, 60


def make_samples(folder: Path, today: date, progress: Progress | None = None) -> dict[str, Path]:
    """Make those that are not there yet, up to today; returns all of them by their kind of book."""
    paths = {kind: folder / name for kind, name in SAMPLES.items()}
    for kind, path in paths.items():
        if not path.exists():
            make_demo(path, kind, _size(today), progress)
    return paths


def training_book(folder: Path, kind: str, today: date, progress: Progress | None = None) -> Path:
    """A sample book in training mode to try everything in, made on first use; what was tried in it stays."""
    path = folder / TRAINING[kind]
    if not path.exists():
        make_demo(path, kind, _size(today), progress, training=True)
    return path


def _size(today: date) -> DemoSize:
    return DemoSize(months=_MONTHS, sales_per_day=_SALES_PER_DAY, members=_MEMBERS, until=today)
