"""The frozen program: built as for a release, run as a person does who has no Python."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
LINUX, WINDOWS = sys.platform.startswith("linux"), sys.platform == "win32"
# What the folder may weigh, in MB. It stands in README.md too; whoever raises it says there what for.
LARGEST_MB = 190
# What has to come from the system: its drivers, its C library, its desktop.
OF_THE_SYSTEM = "libwayland-egl"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that build.spec makes."""
    place = tmp_path_factory.mktemp("frozen")
    built = subprocess.run(
        [
            *(sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"),
            *("--distpath", place / "dist", "--workpath", place / "work", ROOT / "build.spec"),
        ],
        cwd=ROOT,
        env={**os.environ, "PYINSTALLER_CONFIG_DIR": str(place / "cache")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr[-4000:]
    return place / "dist" / "Lumbung"


class Frozen:
    """The frozen program and a home of its own, without anything of the Python that runs this test."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.program = folder / ("lumbung.exe" if WINDOWS else "lumbung")
        self.home = home
        kept = {"SYSTEMROOT", "WINDIR", "TEMP", "TMP", "LANG"}
        self.environment = {name: value for name, value in os.environ.items() if name.upper() in kept}
        self.environment |= {
            "PATH": os.defpath,
            **dict.fromkeys(("HOME", "USERPROFILE", "LOCALAPPDATA"), str(home)),
            **{f"LUMBUNG_{name}": str(home / name.lower()) for name in ("DATA", "CONFIG", "CACHE")},
        }

    def start(self, *arguments: object, **environment: str) -> "subprocess.Popen[str]":
        """Start it."""
        return subprocess.Popen(
            [str(self.program), *(str(item) for item in arguments)],
            cwd=self.home,
            env={**self.environment, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def __call__(self, *arguments: object, status: int = 0, **environment: str) -> str:
        """Run it to its end, which must be this one, and return what it said on stdout."""
        with self.start(*arguments, **environment) as running:
            try:
                out, err = running.communicate(timeout=300)
            except subprocess.TimeoutExpired:
                running.kill()
                raise
        assert running.returncode == status, f"{out}\n{err}"
        assert "Traceback" not in err
        return out


@pytest.fixture(scope="module")
def lumbung(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Frozen:
    return Frozen(folder, tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def cooperative(lumbung: Frozen) -> Path:
    """A sample cooperative, made by the frozen program."""
    book = lumbung.home / "koperasi.lumbung"
    size = ("--months", "3", "--members", "120", "--until", "2026-10-31")
    lumbung("demo", book, "--kind", "cooperative", *size)
    return book


@pytest.fixture
def x_server() -> Iterator[str]:
    """An X server of our own; its name, as DISPLAY has it."""
    receiver, sender = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(sender), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=(sender,),
        stderr=subprocess.DEVNULL,
    )
    os.close(sender)
    with os.fdopen(receiver) as answer:
        number = answer.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


def files(folder: Path) -> list[Path]:
    """Every file in the folder once."""
    return [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]


def test_it_is_sound_and_opens_a_window(lumbung: Frozen) -> None:
    said = lumbung("self-test", "--window")
    assert re.findall(r"^OK +(\w+)", said, re.MULTILINE) == [
        "SQLite", "bahasa", "buku", "PDF", "Excel", "jendela",
    ]  # fmt: skip


def test_it_says_its_version(lumbung: Frozen) -> None:
    assert re.fullmatch(r"lumbung \d+\.\d+\.\d+\n", lumbung("--version"))


def test_reports_of_a_sample_book(lumbung: Frozen, cooperative: Path) -> None:
    for kind, begins in (("pdf", b"%PDF-"), ("xlsx", b"PK\x03\x04")):
        paper = lumbung.home / f"neraca.{kind}"
        lumbung("report", cooperative, "balance-sheet", "--month", "2026-10", "-o", paper)
        assert paper.read_bytes().startswith(begins)
    assert lumbung("check", cooperative, "--json")


def test_statements_are_drawn_by_two_processes(lumbung: Frozen, cooperative: Path) -> None:
    target = lumbung.home / "rekening"
    helpers: set[int] = set()
    with lumbung.start("statements", cooperative, "--month", "2026-10", "-o", target) as running:
        while running.poll() is None:
            if LINUX:
                helpers |= children(running.pid)
            time.sleep(0.01)
        out, err = running.communicate()
    assert running.returncode == 0, f"{out}\n{err}"
    assert len(list(target.glob("*.pdf"))) > 100
    if LINUX and (os.cpu_count() or 1) > 1:
        # Two that draw and the one that keeps their things; a program that started itself over would be more.
        assert 2 <= len(helpers) <= 3


def children(parent: int) -> set[int]:
    """The processes that a process has started and that are still there."""
    found = set()
    for task in Path(f"/proc/{parent}/task").glob("*/children"):
        try:
            found |= {int(number) for number in task.read_text().split()}
        except OSError:
            continue
    return found


def test_a_workbook_comes_in(lumbung: Frozen) -> None:
    book, workbook = lumbung.home / "warung.lumbung", lumbung.home / "isian.xlsx"
    lumbung("new", book, "--kind", "business", "--name", "Warung Sari")
    lumbung("template", workbook, "--kind", "business", "--filled")
    lumbung("import", book, workbook)
    lumbung("check", book)
    lumbung("backup", book, "-o", lumbung.home / "salinan")
    lumbung("nonsense", status=2)


if LINUX:
    # What the other systems show is looked at in .github/workflows/build.yml, where their desktop is.

    def test_a_book_opens_in_a_real_window(lumbung: Frozen, cooperative: Path, x_server: str) -> None:
        screen = {**os.environ, "DISPLAY": x_server}
        search = ["xdotool", "search", "--onlyvisible", "--name", "KSP Rukun Tani Lestari"]
        with lumbung.start(cooperative, DISPLAY=x_server) as running:
            shown, until = "", time.monotonic() + 60
            while not shown and running.poll() is None and time.monotonic() < until:
                time.sleep(0.1)
                shown = subprocess.run(search, env=screen, capture_output=True, text=True, check=False).stdout
            time.sleep(1)  # what the first page does after it is shown may still go wrong
            still_there = running.poll() is None
            running.kill()
            said = running.communicate()
        assert shown, said
        assert still_there, said
        assert "Traceback" not in said[1]
        # A computer that is switched off leaves a sound book behind.
        lumbung("check", cooperative)

    def test_it_checks_itself_on_a_real_screen(lumbung: Frozen, x_server: str) -> None:
        assert "jendela: xcb" in lumbung("self-test", "--window", DISPLAY=x_server)

    def test_without_a_screen_it_does_the_main_job(lumbung: Frozen) -> None:
        papers = [Path(line) for line in lumbung().splitlines()]
        assert papers
        assert all(path.stat().st_size > 1_000 for path in papers)

    def test_nothing_that_was_left_out_is_missed(folder: Path) -> None:
        """Each library finds the libraries it was linked with, in the folder or in the system."""
        missed = []
        for path in files(folder):
            if ".so" in path.name:
                said = subprocess.run(["ldd", path], capture_output=True, text=True, check=False).stdout
                missed += [
                    f"{path.name}: {line.strip()}" for line in said.splitlines() if "not found" in line
                ]
        assert [line for line in missed if OF_THE_SYSTEM not in line] == []
        assert [path for path in folder.rglob("*") if path.is_symlink() and not path.exists()] == []

    def test_qt_s_own_program_is_not_aboard(folder: Path) -> None:
        names = {path.name for path in files(folder)}
        unwanted = re.compile(r"Qml|Quick|WebEngine|Multimedia|gtk|3D|VirtualKeyboard|\.qm$|_virtualkeyboard")
        assert [name for name in names if unwanted.search(name)] == []


def test_it_stays_small(folder: Path) -> None:
    weight = sum(path.stat().st_size for path in files(folder)) / 1_000_000
    assert weight < LARGEST_MB, f"{weight:.0f} MB; what came along? See LEFT_OUT in build.spec"
    locales = {path.stem for path in folder.rglob("locale-data/*.dat")}
    assert {"root", "id", "en"} <= locales <= {"root", "id", "id_ID", "en", "en_001", "en_US"}


def test_the_words_fonts_and_icons_are_aboard(folder: Path) -> None:
    names = {path.name for path in files(folder)}
    assert {"lumbung.mo", "Inter-Regular.ttf", "house.svg", "window.qss", "r001_bookkeeping.sql"} <= names


def test_the_manual_is_aboard(folder: Path) -> None:
    manual = ROOT / "docs" / "manual"
    pages = {path.relative_to(manual) for path in manual.glob("*/*.md")}
    assert pages
    [aboard] = folder.rglob("docs/manual")
    assert {path.relative_to(aboard) for path in aboard.glob("*/*.md")} == pages
