"""The same jobs in a real window on an X screen, with the keys pressed from outside by xdotool.

The program runs as people start it; nothing of it is called from here but its command line, to read what was saved.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.ui.xvfb import screen

ROOT = Path(__file__).resolve().parents[2]


def lumbung(*arguments: str, environment: dict[str, str]) -> str:
    """Run the command line and return what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment,
        check=True,
    )
    return done.stdout


class Desktop:
    """An X screen with the program's window on it."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self._program: subprocess.Popen[bytes] | None = None

    def start(self, *arguments: str, title: str = "Lumbung") -> None:
        """Start the program and wait for its window with what it is to show."""
        self._program = subprocess.Popen(
            [sys.executable, "-m", "app", *arguments], cwd=ROOT, env=self.environment
        )
        self.until(lambda: any(title in shown for shown in self.titles()))
        time.sleep(0.8)

    def titles(self) -> list[str]:
        """The titles of the windows that can be seen."""
        found = self._xdotool("search", "--onlyvisible", "--name", "Lumbung", check=False).split()
        return [self._xdotool("getwindowname", window).strip() for window in found]

    def keys(self, *pressed: str) -> None:
        """Press keys (`Return`, `F2`, `ctrl+z`) or, with a leading quote, type a text."""
        for key in pressed:
            if key.startswith("'"):
                self._xdotool("type", "--delay", "15", key[1:])
            else:
                self._xdotool("key", "--delay", "30", key)
            time.sleep(0.12)

    def until(self, holds: Callable[[], bool], seconds: float = 20) -> None:
        """Wait until something holds."""
        end = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > end:
                raise AssertionError("it did not come to that in time")
            time.sleep(0.1)

    def kill(self) -> None:
        """Pull the plug."""
        assert self._program is not None
        self._program.kill()
        self._program.wait()

    def stop(self) -> None:
        """End the program if it still runs."""
        if self._program is not None and self._program.poll() is None:
            self._program.terminate()
            self._program.wait(20)

    def _xdotool(self, *arguments: str, check: bool = True) -> str:
        done = subprocess.run(
            ["xdotool", *arguments], capture_output=True, text=True, env=self.environment, check=check
        )
        return done.stdout


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    with screen() as display:
        folders = {f"LUMBUNG_{name}": str(tmp_path / name.lower()) for name in ("DATA", "CONFIG", "CACHE")}
        environment = {
            **os.environ,
            **folders,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "TZ": "Asia/Jakarta",
        }
        environment.pop("WAYLAND_DISPLAY", None)
        made = Desktop(environment)
        yield made
        made.stop()


def sold(book: Path, environment: dict[str, str]) -> int:
    report = json.loads(lumbung("report", str(book), "sales", "--as", "json", environment=environment))
    total = report["totals"]["sales"]
    assert isinstance(total, int)
    return total


def test_from_the_first_start_to_the_first_sale(desktop: Desktop, tmp_path: Path) -> None:
    desktop.start()
    book = tmp_path / "data" / "books" / "Warung Sari.lumbung"
    time.sleep(1)
    desktop.keys("'Sari", "Return", "Return", "'Warung Sari", "Return", "Return", "Return")
    desktop.until(lambda: any("Warung Sari" in title for title in desktop.titles()))
    time.sleep(0.5)
    desktop.keys("F2", "'3*Kopi", "Return", "'4rb", "Return", "Return", "Return", "Return")
    desktop.until(lambda: book.exists() and sold(book, desktop.environment) == 12_000)
    desktop.keys("ctrl+z")
    desktop.until(lambda: sold(book, desktop.environment) == 0)


def test_what_was_typed_is_there_again_after_the_power_was_cut(desktop: Desktop, tmp_path: Path) -> None:
    book = tmp_path / "warung.lumbung"
    lumbung("new", str(book), "--kind", "business", "--name", "Warung Sari", environment=desktop.environment)
    desktop.start(str(book), title="Warung Sari")
    time.sleep(1)
    desktop.keys("F4", "'65000", "Tab", "Tab", "Tab", "'token listrik")
    time.sleep(1)
    desktop.kill()
    desktop.start(str(book), title="Warung Sari")
    time.sleep(1)
    desktop.keys("F4")
    time.sleep(0.6)
    desktop.keys("ctrl+Return")

    def saved() -> bool:
        text = lumbung("report", str(book), "cash-book", "--as", "json", environment=desktop.environment)
        return json.loads(text)["totals"]["out"] in (65_000, -65_000)

    desktop.until(saved)
