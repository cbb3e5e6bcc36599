"""Getting ready for the next steps while the first page is looked at: the window opens sooner, no click waits.

All of it in the window's own thread, piece by piece: what Qt's binding does at each import is not made for two threads.
"""

from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from importlib import import_module

from PySide6.QtCore import QTimer

from app.base.clock import stopwatch
from app.ui.bridge import Session
from app.ui.pages import PAGES
from app.ui.pages.page import of_kind
from app.ui.shell import Shell

# Milliseconds to the first piece, from one to the next, and until it is tried again beside someone who is working.
_SOON, _BETWEEN, _LATER = 200, 30, 500
# Building a page takes as long as a blink: so many seconds after the last key or click nobody is typing.
_QUIET_S = 2.0


def warm_up(session: Session, shell: Shell, wanted: Callable[[], bool]) -> None:
    """Load the rules of the ledger and the pages, at once; build the pages when nobody types. `wanted` ends it."""
    shown = of_kind(PAGES, session.kind, session.features)
    modules = dict.fromkeys((*session.book.RULES, *(page.module for page in shown)))
    in_turn((partial(import_module, module) for module in modules), wanted, lambda: True)
    in_turn(
        (partial(shell.prepare, page) for page in shown),
        wanted,
        lambda: stopwatch() - shell.heard > _QUIET_S,
    )


def in_turn(
    steps: Iterable[Callable[[], object]], wanted: Callable[[], bool], free: Callable[[], bool]
) -> None:
    """Take `steps` one by one whenever `free` says so, for as long as `wanted` does: not for a closed book."""
    waiting = deque(steps)

    def go_on() -> None:
        if not waiting or not wanted():
            return
        if free():
            waiting.popleft()()
            QTimer.singleShot(_BETWEEN, go_on)
        else:
            QTimer.singleShot(_LATER, go_on)

    QTimer.singleShot(_SOON, go_on)
