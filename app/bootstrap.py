"""The only wiring: settings, clock, translator and actor become the Services that every face is handed."""

import getpass
import os
from pathlib import Path

from app.base.clock import Clock, SystemClock
from app.base.i18n import Translator
from app.services import Services

__all__ = ["Services", "services", "window"]


def services(language: str, *, clock: Clock | None = None) -> Services:
    """The services of this device: the person's name from the settings, else the system's user."""
    return Services(
        clock=clock or SystemClock(),
        translator=Translator(language),
        actor=_actor(),
        paper=_paper(),
    )


def window(path: Path | None = None) -> int:
    """Open the window, on a book if one is given; returns the exit status of the program."""
    from app.ui.application import start

    return start(services, path)


def _actor() -> str:
    from app.base.settings import PERSON_NAME, Settings

    name = Settings()[PERSON_NAME]
    if name:
        return name
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a service account may have no name
        return os.environ.get("USERNAME", "lumbung")


def _paper() -> str:
    from app.base.settings import PAPER, Settings

    return Settings()[PAPER]
