"""The daily commands of a developer: `python3 dev.py run`, on Windows `py dev.py run`.

Needs Python 3.11 to 3.14 and the package registry, nothing else: a virtual environment is made from
the hash-pinned lock files. The Makefile calls this file.
"""

import argparse
import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

PYTHONS = ((3, 11), (3, 14))
if not PYTHONS[0] <= sys.version_info[:2] <= PYTHONS[1]:
    # Said before anything below is read, which an older Python could not.
    sys.exit("Lumbung needs Python 3.11 to 3.14. On Windows, for example: py -3.13 dev.py run")

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
PROGRAM = SCRIPTS / ("lumbung.exe" if os.name == "nt" else "lumbung")
LOCKS = ROOT / "requirements"
CATALOGUES = ROOT / "translations"
ON_LINUX = sys.platform.startswith("linux")

# Programs that stand beside ours in tests and measurements, and the Debian packages they come in.
FOR_TESTS = {"hledger": "hledger", "Xvfb": "xvfb", "xdotool": "xdotool"}
PEERS = {"hledger": "hledger", "ledger": "ledger"}
SCREEN = {"Xvfb": "xvfb"}
# With objcopy PyInstaller puts the program together; strip makes it lighter.
FOR_FREEZING = {"objcopy": "binutils", "strip": "binutils"}

# What PySide6 expects from a Linux system and does not bring along (found by `readelf -d` over the Qt
# modules and plugins we use), and the Debian packages it comes in.
QT_NEEDS = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libbrotlidec.so.1": "libbrotli1",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libzstd.so.1": "libzstd1",
}


class Stopped(Exception):  # noqa: N818 - said to a person, not an error of ours
    """The command can't go on; the message says what to do."""


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status."""
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, work in COMMANDS.items():
        commands.add_parser(name, help=work.__doc__)
    chosen = parser.parse_args(arguments[:1])
    try:
        return COMMANDS[chosen.command](arguments[1:])
    except Stopped as error:
        print(f"dev.py: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def install(_rest: Sequence[str] = ()) -> int:
    """Install what the program needs, and the program itself, into .venv."""
    prepare("run")
    wish_for_window()
    return 0


def run(rest: Sequence[str]) -> int:
    """Install what is missing, make the sample books on first use, and open the window."""
    prepare("run")
    wish_for_window()
    if rest:
        return call(PYTHON, "-m", "app", *rest)
    return call(PYTHON, "-m", "app", "samples") or call(PYTHON, "-m", "app")


def test(rest: Sequence[str]) -> int:
    """Run all tests but the slow ones; further arguments go to pytest."""
    return run_pytest("not slow", "-n", "2", "--dist=worksteal", *rest)


def test_slow(rest: Sequence[str]) -> int:
    """Run the slow tests: the frozen program, long simulations, large books."""
    if ON_LINUX:
        need(FOR_FREEZING, python_library())
    return run_pytest("slow", *rest)


def check(_rest: Sequence[str]) -> int:
    """Check style, types, import rules and translations."""
    prepare("dev")
    steps: dict[str, tuple[str | Path, ...]] = {
        "style": (PYTHON, "-m", "ruff", "check", "."),
        "format": (PYTHON, "-m", "ruff", "format", "--check", "."),
        "types": (PYTHON, "-m", "mypy"),
        "import rules": (SCRIPTS / "lint-imports", "--no-logo"),
        "translations": (PYTHON, CATALOGUES / "catalogues.py", "check"),
    }
    failed = [name for name, step in steps.items() if call(*step) != 0]
    print(f"not right yet: {', '.join(failed)}" if failed else f"all right: {', '.join(steps)}")
    return 1 if failed else 0


def bench(rest: Sequence[str]) -> int:
    """Measure against raw SQLite and other programs, and print the ratios."""
    prepare("dev")
    need(PEERS | on_screen(SCREEN), QT_NEEDS)
    return call(PYTHON, "-m", "tests.bench", *rest)


def screenshots(rest: Sequence[str]) -> int:
    """Open every page in each language, theme and size, and write the pictures."""
    prepare("dev")
    need(on_screen(SCREEN), QT_NEEDS)
    return call(PYTHON, "-m", "tests.ui.screenshots", *rest)


def format_code(_rest: Sequence[str]) -> int:
    """Bring the code into its usual form."""
    prepare("dev")
    fixed = call(PYTHON, "-m", "ruff", "check", "--fix", ".")
    return call(PYTHON, "-m", "ruff", "format", ".") or fixed


def lock(rest: Sequence[str]) -> int:
    """Write the lock files anew from pyproject.toml; `--upgrade` takes the newest versions."""
    prepare("dev")
    if not find_script("uv"):
        pip("install", "--quiet", "uv")
    compile_lock("run", "pyproject.toml", *rest)
    # The tests must see the very versions people run.
    same = ("-c", "requirements/run.lock")
    compile_lock("dev", "pyproject.toml", "--group", "dev", *same, *rest)
    compile_lock("build", "--group", "build", *rest)
    return 0


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "run": run,
    "install": install,
    "test": test,
    "test-slow": test_slow,
    "check": check,
    "bench": bench,
    "screenshots": screenshots,
    "format": format_code,
    "lock": lock,
}


def run_pytest(marks: str, *rest: str) -> int:
    """Run the tests with these marks. Finding none is a failure: nothing was tested."""
    prepare("dev")
    need(on_screen(FOR_TESTS), QT_NEEDS)
    found_none = 5
    status = call(PYTHON, "-m", "pytest", "-m", marks, *rest)
    return 1 if status == found_none else status


def prepare(kind: str) -> None:
    """Bring .venv in line with the lock files, and the catalogues with their source.

    `kind` is "run", or "dev" for what tests and checks need on top.
    """
    stamp = VENV / "installed.txt"
    # What is installed for developing serves for running.
    wanted = {f"{kind} {fingerprint()}", f"dev {fingerprint()}"}
    found = stamp.read_text(encoding="utf-8").strip() if stamp.is_file() else ""
    if found not in wanted or not PYTHON.exists() or not PROGRAM.exists():
        stamp.unlink(missing_ok=True)
        make_environment()
        print(f"Installing from {kind}.lock ...", file=sys.stderr)
        locked = ("install", "--quiet", "--require-hashes", "--no-build-isolation", "-r")
        pip(*locked, LOCKS / "build.lock")
        pip(*locked, LOCKS / f"{kind}.lock")
        pip("install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", ROOT)
        stamp.write_text(f"{kind} {fingerprint()}\n", encoding="utf-8")
    compile_catalogues()


def fingerprint() -> str:
    """Return a digest of all that decides what is installed, and where."""
    digest = hashlib.blake2b(str(ROOT).encode(), digest_size=16)
    for path in (ROOT / "pyproject.toml", *sorted(LOCKS.glob("*.lock"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def make_environment() -> None:
    """Make .venv, or make it anew where it can't be used (Python gone or another version)."""
    if PYTHON.exists() and runs_here():
        return
    if find_spec("ensurepip") is None:
        # Debian keeps this part of Python in a package of its own.
        install_packages([f"python3.{sys.version_info[1]}-venv"])
    print(f"Making {VENV.name} ...", file=sys.stderr)
    must(sys.executable, "-m", "venv", "--clear", VENV)


def runs_here() -> bool:
    """Say whether the Python of .venv starts, has pip, and is one we know."""
    question = f"import pip, sys; sys.exit(not {PYTHONS[0]} <= sys.version_info[:2] <= {PYTHONS[1]})"
    try:
        return subprocess.run([PYTHON, "-c", question], check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def compile_catalogues() -> None:
    """Compile the catalogues when one is newer than its compiled form."""
    sources = sorted(CATALOGUES.glob("*/LC_MESSAGES/*.po"))
    if not all(fresh(source.with_suffix(".mo"), source) for source in sources):
        must(PYTHON, CATALOGUES / "catalogues.py", "compile")


def fresh(made: Path, source: Path) -> bool:
    """Say whether what was made is there and no older than its source."""
    return made.exists() and made.stat().st_mtime >= source.stat().st_mtime


def compile_lock(name: str, *what: str) -> None:
    """Pin every package with the hashes of all platforms, naming no index."""
    # Paths as seen from the project's folder: they end up in the comments of the file.
    must(
        find_script("uv") or "uv",
        *("pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-emit-index-url"),
        *("--no-emit-find-links", "--python-version", f"3.{PYTHONS[0][1]}"),
        *(
            "--custom-compile-command",
            "python3 dev.py lock",
            "--output-file",
            f"requirements/{name}.lock",
        ),
        *what,
    )


def find_script(name: str) -> Path | None:
    """Return a program of .venv, if it is there."""
    found = shutil.which(name, path=str(SCRIPTS))
    return Path(found) if found else None


def need(programs: dict[str, str], libraries: dict[str, str]) -> None:
    """Install the programs and libraries that are missing; no test is left out for want of one."""
    missing = missing_programs(programs) + missing_libraries(libraries)
    if missing:
        install_packages(missing)


def missing_for_tests() -> list[str]:
    """Return the packages that the tests need and this system does not have."""
    return missing_programs(on_screen(FOR_TESTS)) + missing_libraries(QT_NEEDS)


def missing_programs(programs: dict[str, str]) -> list[str]:
    """Return the packages of those programs that are not on PATH."""
    missing = [name for program, name in programs.items() if not shutil.which(program)]
    return list(dict.fromkeys(missing))


def wish_for_window() -> None:
    """Install what Qt needs of the system; where that is not to be, all but the window still works."""
    missing = missing_libraries(QT_NEEDS)
    if not missing:
        return
    try:
        install_packages(missing)
    except Stopped as error:
        print(f"dev.py: for the window, {error}", file=sys.stderr)


def on_screen(programs: dict[str, str]) -> dict[str, str]:
    """Leave out what drives an X screen where there is none: on Windows and macOS the desktop is always there."""
    of_x = {"Xvfb", "xdotool"}
    return programs if ON_LINUX else {name: each for name, each in programs.items() if name not in of_x}


def missing_libraries(libraries: dict[str, str]) -> list[str]:
    """Return the packages of those libraries that the loader does not find (a few milliseconds)."""
    if not ON_LINUX:
        return []  # the wheels for Windows and macOS bring all they need
    return [name for library, name in libraries.items() if not loads(library)]


def python_library() -> dict[str, str]:
    """Return the library of this Python that a frozen program takes along; Debian packs it apart."""
    name = f"libpython3.{sys.version_info[1]}"
    at_home = Path(sysconfig.get_config_var("LIBDIR") or "") / f"{name}.so.1.0"
    return {} if at_home.is_file() else {f"{name}.so.1.0": name}


def loads(library: str) -> bool:
    """Say whether a shared library can be loaded: by the loader itself, so that it holds on any system."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_packages(names: list[str]) -> None:
    """Install packages of the system, or say which ones the person has to install."""
    if not shutil.which("apt-get"):
        raise Stopped(f"please install {' and '.join(names)}, so that it is found on PATH")
    command = ["apt-get", "install", "-q", "-y", "--no-install-recommends", *names]
    if os.name == "nt" or os.geteuid() != 0:
        raise Stopped(f"please run: sudo {' '.join(command)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    print(f"Installing {' '.join(names)} ...", file=sys.stderr)
    for step in (["apt-get", "update", "-q"], command):
        # stdout is kept for the command that was asked for.
        if subprocess.run(step, check=False, env=environment, stdout=sys.stderr).returncode != 0:
            raise Stopped(f"this did not work: {' '.join(step)}")


def pip(*arguments: str | Path) -> None:
    """Run the pip of .venv."""
    must(PYTHON, "-m", "pip", "--disable-pip-version-check", *arguments)


def must(*command: str | Path) -> None:
    """Run a command that has to succeed."""
    if call(*command) != 0:
        raise Stopped(f"this did not work: {' '.join(str(part) for part in command)}")


def call(*command: str | Path) -> int:
    """Run a command in the project's folder and return its exit status."""
    # pip and Python flush late when they write into a file; the order of lines should hold.
    sys.stdout.flush()
    return subprocess.run([str(part) for part in command], check=False, cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
