"""Makes what is handed out for this system: `.venv/bin/python packaging/release.py`, into dist/.

It freezes the program, lets the frozen program check itself, and packs it: on Windows a folder to carry on a
stick and, where Inno Setup is installed, an installer; on Linux an archive with `pasang.sh`; on macOS the app.
"""

import os
import platform
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGING = ROOT / "packaging"
DIST = ROOT / "dist"
WINDOWS, MAC = sys.platform == "win32", sys.platform == "darwin"
LINUX_FILES = (
    *("pasang.sh", "lumbung.desktop", "lumbung-mime.xml"),
    *("lumbung-48.png", "lumbung-128.png", "lumbung-256.png"),
)


def main() -> int:
    """Build, check, pack; name what was made."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    must(sys.executable, "-m", "PyInstaller", "--noconfirm", "build.spec")
    folder = DIST / "Lumbung"
    print(f"{folder}: {weight(folder) / 1_000_000:.0f} MB")
    must(folder / ("lumbung.exe" if WINDOWS else "lumbung"), "self-test", "--window")
    for made in packed(folder, version):
        print(f"{made}: {made.stat().st_size / 1_000_000:.0f} MB")
    return 0


def packed(folder: Path, version: str) -> list[Path]:
    """Pack the frozen folder as this system's people want it."""
    machine = platform.machine().lower()
    if MAC:
        made = DIST / f"Lumbung-{version}-macos-{machine}.zip"
        # ditto keeps the links inside the app, which zip would follow.
        must("ditto", "-c", "-k", "--keepParent", DIST / "Lumbung.app", made)
        return [made]
    if WINDOWS:
        stick = Path(shutil.make_archive(str(DIST / f"Lumbung-{version}-windows"), "zip", DIST, "Lumbung"))
        compiler = inno_setup()
        if compiler is None:
            print("Inno Setup 6 is not installed; the installer was not made.")
            return [stick]
        must(compiler, "/Qp", f"/DVersion={version}", PACKAGING / "lumbung.iss")
        return [stick, DIST / f"Lumbung-{version}-pasang.exe"]
    stage = DIST / f"Lumbung-{version}"
    shutil.rmtree(stage, ignore_errors=True)
    shutil.copytree(folder, stage / "Lumbung", symlinks=True)
    for name in LINUX_FILES:
        shutil.copy2(PACKAGING / name, stage)
    made = Path(
        shutil.make_archive(str(DIST / f"Lumbung-{version}-linux-{machine}"), "xztar", DIST, stage.name)
    )
    shutil.rmtree(stage)
    return [made]


def inno_setup() -> str | None:
    """The compiler of Inno Setup: on PATH, or where its own installer puts it."""
    found = shutil.which("iscc")
    usual = Path(os.environ.get("ProgramFiles(x86)", "")) / "Inno Setup 6" / "ISCC.exe"  # noqa: SIM112 - its name
    return found or (str(usual) if usual.is_file() else None)


def weight(folder: Path) -> int:
    """How many bytes the files of a folder have; a link weighs nothing."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def must(*command: str | Path) -> None:
    """Run a command that has to succeed."""
    print("+", *command, flush=True)
    subprocess.run([str(part) for part in command], check=True, cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main())
