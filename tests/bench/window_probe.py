"""A window that says when it is painted: `python -m tests.bench.window_probe bare|shell|home [BOOK]`.

It prints a line at that moment, then its memory in MiB. `bare` is Qt alone with a menu of forty entries.
"""

import os
import resource
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def said(word: str) -> None:
    """Tell the one who waits."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def bare() -> None:
    """Qt, a main window, a menu."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication(["bare"])
    window = QMainWindow()
    menu = window.menuBar().addMenu("Menu")
    for number in range(40):
        menu.addAction(f"Entry {number}")
    window.resize(1366, 768)
    window.show()
    app.processEvents()
    window.grab()
    said("painted")


def ours(book: Path | None) -> None:
    """The window as it starts: the shell that is painted first, or Beranda of a book."""
    from app.base.settings import Settings
    from app.bootstrap import services
    from app.ui.application import Desk, make_app

    settings = Settings()
    app = make_app(settings)
    desk = Desk(app, settings, services)
    desk.window.resize(1366, 768)
    if book is None:
        from app.ui.application import _blank

        desk.window.setCentralWidget(_blank(desk.services))
        desk.window.show()
        app.processEvents()
        desk.window.grab()
        said("painted")
        return
    desk.window.show()
    if not desk.open_book(book):
        said("refused")
        return
    app.processEvents()
    desk.window.grab()
    said("painted")
    desk.close_book()


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        bare()
    else:
        ours(Path(sys.argv[2]) if len(sys.argv) > 2 else None)
    said(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.1f}")
