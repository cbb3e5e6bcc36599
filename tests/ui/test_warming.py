"""What the next steps need is loaded while the first page is looked at."""

import subprocess
import sys
from functools import partial
from importlib import import_module
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.ledger.cash.commands import RecordMoneyIn
from app.ui.application import Desk
from app.ui.pages.cash.page import CashPage
from app.ui.warming import in_turn
from tests.ui.conftest import OpenBook, shell_of

# Modules of Python that nothing here uses.
_IDLE = ("colorsys", "tabnanny")

_OPENING = """
import sys
from functools import partial
from importlib import import_module
from pathlib import Path
from app.base.settings import Settings
from app.bootstrap import services
from app.ui.application import Desk, make_app

app = make_app(Settings())
desk = Desk(app, Settings(), services)
assert desk.open_book(Path(sys.argv[1]))
app.processEvents()
print(*(name for name in ("sqlmodel", "app.ledger.slices", "reportlab", "openpyxl") if name in sys.modules))
desk.close_book()
desk.end()
"""


def test_a_book_is_shown_before_its_rules_are_loaded(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "warung.lumbung"
    desk.services.create(path, kind="business", name="Warung Sari").close()
    told = subprocess.run(
        [sys.executable, "-c", _OPENING, str(path)], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == ""


def test_modules_are_loaded_one_by_one_while_they_are_wanted(qtbot: QtBot) -> None:
    for name in _IDLE:
        sys.modules.pop(name, None)
    in_turn([partial(import_module, name) for name in _IDLE], lambda: True, lambda: True)
    assert not set(_IDLE) & set(sys.modules)
    qtbot.waitUntil(lambda: set(_IDLE) <= set(sys.modules))


def test_nothing_is_loaded_for_a_book_that_was_closed(qtbot: QtBot) -> None:
    for name in _IDLE:
        sys.modules.pop(name, None)
    in_turn([partial(import_module, name) for name in _IDLE], lambda: False, lambda: True)
    qtbot.wait(300)
    assert not set(_IDLE) & set(sys.modules)


def test_whoever_works_is_not_disturbed(qtbot: QtBot) -> None:
    free: list[bool] = []
    done: list[int] = []
    in_turn([lambda: done.append(1), lambda: done.append(2)], lambda: True, lambda: bool(free))
    qtbot.wait(400)
    assert done == []
    free.append(True)
    qtbot.waitUntil(lambda: done == [1, 2])


def test_a_page_built_ahead_shows_what_was_recorded_since(session_of: OpenBook, desk: Desk) -> None:
    session = session_of("business")
    shell = shell_of(session)
    page = shell.prepare(shell.spec("cash"))
    assert not page.isVisible()
    assert shell.page_key == "home"
    session.book.execute(RecordMoneyIn(on=session.today, amount=750_000, category="Modal masuk"))
    session.go("cash")
    assert shell.page is page
    assert isinstance(page, CashPage)
    assert [page.moves.table.row(0).amount] == [750_000]
