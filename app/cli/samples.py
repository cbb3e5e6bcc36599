"""`samples`: the sample books, made when they are first wanted, and put where the window lists books."""

from pathlib import Path
from typing import Any

from app.base.paths import data_dir
from app.cli.console import Console, console


def samples() -> None:
    """Make the sample books, unless they are there, and name them."""
    from app.base.settings import RECENT_BOOKS, Settings

    speak = console()
    paths = [str(path) for path in sample_books(speak).values()]
    # The window lists them where a person begins.
    settings = Settings()
    known = settings[RECENT_BOOKS]
    new = tuple(path for path in paths if path not in known)
    if new:
        settings[RECENT_BOOKS] = (*known, *new)
    for path in paths:
        speak.say(path)


def sample_books(speak: Console) -> dict[str, Path]:
    """The sample books by kind, made on first use."""
    from app.ledger.demo.samples import SAMPLES, make_samples

    folder = data_dir()
    if not all((folder / name).exists() for name in SAMPLES.values()):
        speak.note("Making the sample books in {folder} ...", folder=str(folder))
    return make_samples(folder, speak.services.clock.today(), speak)


COMMANDS: tuple[tuple[str, Any, dict[str, Any]], ...] = (("samples", samples, {}),)
