"""Take a picture of one page: `python tests/ui/shoot.py home --kind business -o home.png`.

The book is made by the demo (or empty), as of the day of the mockups, in a folder that is kept between runs.
Other parameters of the page go as name=value.
"""

import argparse
import os
import sys
import tempfile
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

TODAY = date(2026, 11, 24)
WAIT_MS = 350


def main() -> int:
    """Parse, open, wait for the page, save the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page")
    parser.add_argument("parameters", nargs="*", help="name=value for the page")
    parser.add_argument("--kind", default="business", choices=("business", "cooperative"))
    parser.add_argument("--theme", default="light", choices=("light", "dark", "contrast"))
    parser.add_argument("--lang", default="id")
    parser.add_argument("--scale", type=int, default=100)
    parser.add_argument("--size", default="1366x768")
    parser.add_argument("--empty", action="store_true")
    parser.add_argument("--training", action="store_true")
    parser.add_argument(
        "--keys", default="", help="keys pressed before the picture, one after the other, by commas"
    )
    parser.add_argument("-o", "--out", type=Path, required=True)
    chosen = parser.parse_args()

    folder = Path(tempfile.gettempdir()) / "lumbung-pictures"
    for name in ("DATA", "CONFIG", "CACHE"):
        os.environ[f"LUMBUNG_{name}"] = str(folder / f"{name.lower()}-{os.getpid()}")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    width, height = (int(part) for part in chosen.size.split("x"))
    if os.environ["QT_QPA_PLATFORM"] == "offscreen":
        # The offscreen screen is 800x800; a window larger than it is laid out all the same.
        os.environ.setdefault("QT_QPA_OFFSCREEN_NO_GLX", "1")

    from PySide6.QtTest import QTest

    from app.base.clock import FixedClock
    from app.base.settings import LANGUAGE, PERSON_NAME, SCALE, THEME, Settings
    from app.bootstrap import services
    from app.ui.application import Desk, make_app

    settings = Settings()
    settings[LANGUAGE] = chosen.lang
    settings[THEME] = chosen.theme
    settings[SCALE] = chosen.scale
    settings[PERSON_NAME] = "Sari Wulandari"
    now = datetime(TODAY.year, TODAY.month, TODAY.day, 14, 21, tzinfo=timezone(timedelta(hours=7)))
    app = make_app(settings)
    desk = Desk(app, settings, lambda language: services(language, clock=FixedClock(now)))
    # The size is meant in pixels of the screen.
    desk.window.resize(width * 100 // chosen.scale, height * 100 // chosen.scale)
    if chosen.page == "welcome":
        desk.welcome()
    else:
        path = book_of(folder, chosen.kind, empty=chosen.empty, training=chosen.training)
        parameters = dict(part.split("=", 1) for part in chosen.parameters)
        if not desk.open_book(path, chosen.page, **parameters):
            return 1
    desk.window.show()
    QTest.qWait(WAIT_MS)
    for key in filter(None, chosen.keys.split(",")):
        press(app, key)
        QTest.qWait(60)
    if chosen.keys:
        QTest.qWait(WAIT_MS)
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    desk.window.grab().save(str(chosen.out))
    desk.end()
    return 0


def press(app: object, key: str) -> None:
    """Press a key as a person would: where the focus is. A longer text is typed."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QKeySequence
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    focus = QApplication.focusWidget() or QApplication.activeWindow()
    if focus is None:
        return
    if key.startswith("'"):
        QTest.keyClicks(focus, key[1:])
        return
    # PySide's type stubs don't know that a sequence has items.
    pressed = QKeySequence(key.replace("Enter", "Return")).__getitem__(0)  # type: ignore[index]
    QTest.keyClick(focus, pressed.key(), pressed.keyboardModifiers())
    assert Qt.Key.Key_unknown != pressed.key()


def book_of(folder: Path, kind: str, *, empty: bool, training: bool) -> Path:
    """A copy of the demo book of a kind (made once), or a new empty one."""
    import shutil

    from app.base.clock import FixedClock
    from app.bootstrap import services
    from app.ledger.demo.make import DemoSize, make_demo

    folder.mkdir(parents=True, exist_ok=True)
    name = f"{kind}{'-empty' if empty else ''}{'-training' if training else ''}"
    path = folder / f"{name}-{os.getpid()}.lumbung"
    if empty or training:
        now = datetime(TODAY.year, TODAY.month, TODAY.day, 8, 0, tzinfo=timezone(timedelta(hours=7)))
        title = "Warung Sari" if kind == "business" else "KSP Tani Makmur"
        made = services("id", clock=FixedClock(now))
        path.unlink(missing_ok=True)
        made.create(path, kind=kind, name=title, training=training).close()
        return path
    master = folder / f"{name}.lumbung"
    if not master.exists():
        draft = folder / f"{name}-{os.getpid()}-draft.lumbung"
        make_demo(draft, kind, DemoSize(months=4, until=TODAY))
        draft.replace(master)
    shutil.copyfile(master, path)
    return path


if __name__ == "__main__":
    sys.exit(main())
