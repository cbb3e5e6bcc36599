"""The window from the command line's side: open it, or say why that can't be and what is done instead."""

from pathlib import Path

from app.bootstrap import services


def wants_window(arguments: list[str]) -> bool:
    """Say whether these arguments ask for the window: none at all, or one book and nothing else."""
    return not arguments or (len(arguments) == 1 and _is_book(arguments[0]))


def _is_book(argument: str) -> bool:
    # A double click hands over a path; the name of a command never ends like a book's.
    return argument.lower().endswith(".lumbung") and not argument.startswith("-")


def open_window(arguments: list[str], language: str = "") -> int:
    """Open the window, on the book that was named if any, and return the exit status.

    Where no window can be opened the main job is done on the sample books instead; with a book named,
    that would not be what was asked for, so it is refused.
    """
    from app.ui.display import why_no_window

    path = Path(arguments[0]) if arguments else None
    reason = why_no_window()
    if reason is None:
        from app.ui.application import start

        # The window asks again when its language is changed; a language given here holds for this run.
        return start(lambda chosen: services(language or chosen), path)

    from app.base.settings import LANGUAGE, Settings
    from app.cli.console import Console, Exit, guarded
    from app.cli.main_job import main_job

    speak = Console(services(language or Settings()[LANGUAGE]))
    speak.error(reason)
    if path is not None:
        speak.note("`lumbung --help` tells what can be done without the window.")
        return Exit.REFUSED
    speak.note("So the main job is done without the window, on the sample books:")
    return guarded(lambda: main_job(speak), speak)
