"""Where a book lies, in words: this laptop, a stick, or a folder that another program moves under our feet."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from app.base.i18n import Translator
from app.base.paths import data_dir

# Folders that a synchronising program copies while they are in use; a book there may be damaged.
_SYNCED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "my drive")
_MOUNTS = ("/media/", "/run/media/", "/mnt/", "/Volumes/")
_REMOVABLE, _REMOTE = 2, 4  # what Windows calls the kinds of a drive


@dataclass(frozen=True, slots=True)
class Place:
    """Where a book lies: the place in words, and what is wrong with it (synced, removable, network, missing, or "")."""

    words: str
    trouble: str


def books_folder() -> Path:
    """Where new books are made: the user's own local folder, which nothing moves."""
    folder = data_dir() / "books"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def place_of(path: Path, translator: Translator) -> Place:
    """Say where a book lies."""
    _ = translator
    synced = next((part for part in path.parts[:-1] if any(name in part.casefold() for name in _SYNCED)), "")
    folder = path.parent.name
    missing = not path.is_file()
    drive = _drive_kind(path)
    if drive == "removable":
        where = f"{_('USB stick')} {path.drive}".strip()
        trouble = "missing" if missing else "removable"
    elif drive == "network":
        where, trouble = _("Network"), "missing" if missing else "network"
    elif synced:
        return Place(
            f"{synced} › {folder}" if folder != synced else synced, "missing" if missing else "synced"
        )
    else:
        where, trouble = _("This laptop"), "missing" if missing else ""
        folder = "Lumbung" if path.parent == books_folder() else folder
    return Place(f"{where} › {folder}", trouble)


def _drive_kind(path: Path) -> str:
    if sys.platform == "win32":
        import ctypes

        kind = ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\")
        # A drive that is not plugged in has no kind; sticks are what comes and goes.
        if kind in (0, 1) and not Path(f"{path.drive}\\").exists():
            return "removable"
        return {_REMOVABLE: "removable", _REMOTE: "network"}.get(kind, "")
    return "removable" if str(path).startswith(_MOUNTS) and os.name == "posix" else ""


def free_name(folder: Path, name: str) -> Path:
    """A file name for a new book that is not taken: `Warung Sari.lumbung`, then `Warung Sari 2.lumbung`."""
    stem = "".join(letter for letter in name if letter.isalnum() or letter in " -_.").strip(" .") or "Buku"
    path = folder / f"{stem}.lumbung"
    number = 2
    while path.exists():
        path = folder / f"{stem} {number}.lumbung"
        number += 1
    return path
