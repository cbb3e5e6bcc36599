"""What opens the window and what does not, and what happens where no window can be opened."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.base.settings import RECENT_BOOKS, Settings
from app.cli.main import run
from app.cli.window import wants_window
from app.ui.display import draw_unseen, why_no_window

ROOT = Path(__file__).resolve().parents[2]
LINUX = sys.platform.startswith("linux")
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR")


@pytest.fixture
def screens(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """No screen at all; a test sets what it wants."""
    for name in SCREENS:
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.fixture
def x_server() -> Iterator[str]:
    """An X server of our own; its name, as DISPLAY has it."""
    receiver, sender = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(sender), "-screen", "0", "800x600x24", "-nolisten", "tcp"],
        pass_fds=(sender,),
        stderr=subprocess.DEVNULL,
    )
    os.close(sender)
    with os.fdopen(receiver) as answer:
        number = answer.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["warung.lumbung"], True),
        (["C:\\Buku\\Warung Sari.LUMBUNG"], True),
        (["check", "warung.lumbung"], False),
        (["warung.lumbung", "--json"], False),
        (["--help"], False),
        (["--name=x.lumbung"], False),
        (["reports"], False),
    ],
)
def test_nothing_or_a_book_is_the_window(arguments: list[str], window: bool) -> None:
    assert wants_window(arguments) is window


def as_process(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m app` in its own folders, without a screen unless one is given."""
    clean = {name: value for name, value in os.environ.items() if name not in SCREENS}
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        cwd=ROOT,
        env={**clean, "LUMBUNG_DATA": str(folder), "LUMBUNG_CONFIG": str(folder), **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


if LINUX:
    # Elsewhere a desktop is always there, so that there is nothing to find out.

    def test_no_screen_is_told(screens: pytest.MonkeyPatch) -> None:
        reason = why_no_window()
        assert reason is not None
        assert "DISPLAY" in reason.template

    def test_a_screen_that_does_not_answer_is_told_by_its_name(screens: pytest.MonkeyPatch) -> None:
        screens.setenv("DISPLAY", ":4711")
        reason = why_no_window()
        assert reason is not None
        assert reason.params == {"name": ":4711"}

    def test_a_wayland_screen_without_a_socket_does_not_count(
        screens: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        screens.setenv("WAYLAND_DISPLAY", "wayland-0")
        screens.setenv("XDG_RUNTIME_DIR", str(tmp_path))
        reason = why_no_window()
        assert reason is not None
        assert reason.params == {"name": "wayland-0"}

    def test_an_x_server_that_answers_is_a_screen(screens: pytest.MonkeyPatch, x_server: str) -> None:
        screens.setenv("DISPLAY", x_server)
        assert why_no_window() is None
        draw_unseen()
        assert "QT_QPA_PLATFORM" not in os.environ

    def test_without_a_screen_qt_is_told_to_draw_unseen(screens: pytest.MonkeyPatch) -> None:
        screens.setenv("QT_QPA_PLATFORM", "")  # so that it is put back afterwards
        draw_unseen()
        assert os.environ["QT_QPA_PLATFORM"] == "offscreen"

    def test_without_a_screen_the_main_job_is_done_and_its_papers_are_named(tmp_path: Path) -> None:
        said = as_process(folder=tmp_path)
        assert said.returncode == 0, said.stderr
        assert "Di sini tidak ada layar" in said.stderr
        papers = [Path(line) for line in said.stdout.splitlines()]
        assert {path.suffix for path in papers} == {".pdf", ".xlsx"}
        assert {path.name.partition("-2")[0] for path in papers} >= {
            "contoh-usaha-income-statement",
            "contoh-koperasi-savings",
        }
        assert all(path.stat().st_size > 1_000 for path in papers)

    def test_a_named_book_is_not_swapped_for_the_samples(tmp_path: Path) -> None:
        said = as_process("warung.lumbung", folder=tmp_path)
        assert said.returncode == 1
        assert "Di sini tidak ada layar" in said.stderr
        assert list(tmp_path.glob("contoh-*")) == []


def test_the_sample_books_are_made_once_and_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LUMBUNG_DATA", str(tmp_path))
    monkeypatch.setenv("LUMBUNG_CONFIG", str(tmp_path))
    assert run(["samples"]) == 0
    first = capsys.readouterr().out.splitlines()
    assert [Path(line).name for line in first] == ["contoh-usaha.lumbung", "contoh-koperasi.lumbung"]
    assert Settings()[RECENT_BOOKS] == tuple(first)
    written = [Path(line).stat().st_mtime_ns for line in first]

    assert run(["samples"]) == 0
    assert capsys.readouterr().out.splitlines() == first
    assert [Path(line).stat().st_mtime_ns for line in first] == written
    assert Settings()[RECENT_BOOKS] == tuple(first)


def test_the_command_line_does_not_load_qt() -> None:
    program = "import sys; from app.cli.main import run; run(['--help']); sys.exit('PySide6' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0
