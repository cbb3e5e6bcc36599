"""`lumbung`, `python -m app`, and the frozen program: no arguments the window, arguments the command line."""

import sys


def main() -> None:
    """Start, and leave with the exit status of contract and README: 0 done ... 4 the book can't be opened."""
    if getattr(sys, "frozen", False):
        # A worker process of the frozen program starts here too and must not read the command line.
        from multiprocessing import freeze_support

        freeze_support()
    from app.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
