"""`make screenshots`: each page on a real (unseen) screen, in every look, and a sheet of the most telling ones.

The pictures go into build/screenshots, one folder a look: language, theme, size of the screen, scale, filled or
empty. `--sheet` also writes docs/screens.png and the pictures of the README. One process a scale and screen,
because Qt takes the scale only at its start.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.ui.shoot import TODAY, book_of  # noqa: E402 - run as a module of the tests or by itself
from tests.ui.xvfb import screen  # noqa: E402

OUT = ROOT / "build" / "screenshots"
SCREENS = ((1366, 768), (1920, 1080))
SCALES = (100, 150)
LANGUAGES, THEMES = ("id", "en"), ("light", "dark")
KINDS = ("business", "cooperative")
NEEDED = {"member": {"member": "0012"}, "loan": {"loan": "PJ-2026-0001"}}
# What the sheet and the README show: kind, page, theme.
BEST = (
    ("business", "home", "light"),
    ("business", "sell", "light"),
    ("business", "reports", "light"),
    ("business", "home", "dark"),
    ("cooperative", "home", "light"),
    ("cooperative", "member", "light"),
    ("cooperative", "collection", "light"),
    ("cooperative", "loans", "dark"),
    ("business", "products", "light"),
    ("business", "cash", "light"),
    ("cooperative", "statements", "light"),
    ("business", "records", "dark"),
)
_THUMB = (683, 384)


def main(arguments: list[str]) -> int:
    """Take the pictures of all looks, or of one process's share."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", default="", help="only these pages, by commas")
    parser.add_argument("--quick", action="store_true", help="only 1366x768 at 100 %, Indonesian, filled")
    parser.add_argument("--sheet", action="store_true", help="write the sheet for docs/ from what is there")
    parser.add_argument("--share", default="", help="(inside) WIDTHxHEIGHT,SCALE")
    chosen = parser.parse_args(arguments)
    if chosen.share:
        return take(chosen)
    screens = SCREENS[:1] if chosen.quick else SCREENS
    for width, height in screens:
        with screen(width, height) as display:
            for scale in SCALES[:1] if chosen.quick else SCALES:
                environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
                again = [*arguments, "--share", f"{width}x{height},{scale}"]
                subprocess.run(
                    [sys.executable, "-m", "tests.ui.screenshots", *again],
                    check=True,
                    env=environment,
                    cwd=ROOT,
                )
    if chosen.sheet or not chosen.quick:
        sheet()
    return 0


def take(chosen: argparse.Namespace) -> int:
    """Take this process's pictures."""
    size, scale_text = chosen.share.split(",")
    width, height = (int(part) for part in size.split("x"))
    scale = int(scale_text)
    work = Path(tempfile.mkdtemp(prefix="lumbung-pictures-"))
    for name in ("DATA", "CONFIG", "CACHE"):
        os.environ[f"LUMBUNG_{name}"] = str(work / name.lower())

    from PySide6.QtTest import QTest

    from app.base.clock import FixedClock
    from app.base.settings import LANGUAGE, PERSON_NAME, SCALE, THEME, Settings
    from app.bootstrap import services
    from app.ui.application import Desk, make_app
    from app.ui.pages import PAGES

    settings = Settings()
    settings[PERSON_NAME] = "Sari Wulandari"
    settings[SCALE] = scale
    now = datetime(TODAY.year, TODAY.month, TODAY.day, 14, 21, tzinfo=timezone(timedelta(hours=7)))
    app = make_app(settings)
    only = set(chosen.pages.split(",")) if chosen.pages else set()
    for language in LANGUAGES[:1] if chosen.quick else LANGUAGES:
        for theme in THEMES:
            settings[LANGUAGE], settings[THEME] = language, theme
            desk = Desk(app, settings, lambda code: services(code, clock=FixedClock(now)))
            desk.window.resize(width * 100 // scale, height * 100 // scale)
            desk.window.show()
            for filled in (True,) if chosen.quick else (True, False):
                folder = OUT / f"{language}-{theme}-{size}-{scale}-{'filled' if filled else 'empty'}"
                folder.mkdir(parents=True, exist_ok=True)
                for kind in KINDS:
                    path = book_of(work, kind, empty=not filled, training=False)
                    if not desk.open_book(path):
                        return 1
                    session = desk.session
                    assert session is not None
                    assert session.shell is not None
                    for page in PAGES:
                        if kind not in page.kinds or (only and page.key not in only):
                            continue
                        if not filled and page.key in NEEDED:
                            continue
                        session.shell.go(page.key, **NEEDED.get(page.key, {}))
                        QTest.qWait(120 if page.key == "reports" else 60)
                        desk.window.grab().save(str(folder / f"{kind}-{page.key}.png"))
                desk.close_book()
                if not only:
                    desk.welcome()
                    QTest.qWait(60)
                    desk.window.grab().save(str(folder / "welcome.png"))
            desk.window.hide()
            desk.window.deleteLater()
    shutil.rmtree(work, ignore_errors=True)
    return 0


def sheet() -> None:
    """Put the best ones on one sheet, and those of the README beside it."""
    from PIL import Image

    columns = 3
    rows = -(-len(BEST) // columns)
    page = Image.new("RGB", (columns * _THUMB[0], rows * _THUMB[1]), "white")
    for place, (kind, key, theme) in enumerate(BEST):
        picture = Image.open(OUT / f"id-{theme}-1366x768-100-filled" / f"{kind}-{key}.png").convert("RGB")
        page.paste(
            picture.resize(_THUMB, Image.Resampling.LANCZOS),
            ((place % columns) * _THUMB[0], place // columns * _THUMB[1]),
        )
    docs = ROOT / "docs" / "screens"
    docs.mkdir(parents=True, exist_ok=True)
    page.quantize(128).save(docs / "all.png", optimize=True)
    for kind, key, theme in BEST[:2] + BEST[5:6]:
        picture = Image.open(OUT / f"id-{theme}-1366x768-100-filled" / f"{kind}-{key}.png").convert("RGB")
        picture.quantize(128).save(docs / f"{kind}-{key}.png", optimize=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
