"""`lumbung`, `python -m app`, and the frozen program: no argument or a book the window, else the command line."""

import sys


def main() -> None:
    """Start, and leave with the exit status of contract and README: 0 done ... 4 the book can't be opened."""
    if getattr(sys, "frozen", False):
        # A worker process of the frozen program starts here too and must not read the command line.
        from multiprocessing import freeze_support

        freeze_support()
        _speak_into_nothing()
    from app.cli.window import open_window, wants_window

    arguments = sys.argv[1:]
    if wants_window(arguments):
        sys.exit(open_window(arguments))
    from app.cli.main import run

    sys.exit(run(arguments))


def _speak_into_nothing() -> None:
    """Give the program without a console (Windows) streams to write to; there they are None."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            import os

            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - for as long as we run


if __name__ == "__main__":
    main()
