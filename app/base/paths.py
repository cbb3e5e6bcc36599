"""Where things are, and how a file is written so that it is there whole or not at all."""

import os
import secrets
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from errno import ENOSPC, EROFS
from itertools import count
from pathlib import Path
from time import sleep

from app.base.errors import UserError

_APP = "Lumbung"
_POSIX = os.name == "posix"
# A virus scanner or a preview lets go of a file within a second; a person who has it open does not.
_RENAME_WAITS_S = (0.05, 0.1, 0.2, 0.4, 0.8)


def resource_root() -> Path:
    """Return the folder of `resources/`, `translations/` and `docs/manual/`: source tree or frozen program."""
    frozen_at = getattr(sys, "_MEIPASS", None)
    return Path(frozen_at) if frozen_at else Path(__file__).resolve().parents[2]


def data_dir() -> Path:
    """Return the folder for books, logs and reports of bugs; it is made if missing.

    The local data folder of the user, not Documents, which OneDrive moves. LUMBUNG_DATA overrides.
    """
    import platformdirs

    return _made(os.environ.get("LUMBUNG_DATA") or platformdirs.user_data_dir(_APP, appauthor=False))


def config_dir() -> Path:
    """Return the folder for the device's settings, made if missing. LUMBUNG_CONFIG overrides."""
    import platformdirs

    return _made(
        os.environ.get("LUMBUNG_CONFIG") or platformdirs.user_config_dir(_APP, appauthor=False, roaming=False)
    )


def cache_dir() -> Path:
    """Return the folder for what can be made anew at any time, made if missing. LUMBUNG_CACHE overrides."""
    import platformdirs

    return _made(os.environ.get("LUMBUNG_CACHE") or platformdirs.user_cache_dir(_APP, appauthor=False))


def _made(folder: str) -> Path:
    path = Path(folder)
    path.mkdir(parents=True, exist_ok=True)
    return path


@dataclass(slots=True)
class Writing:
    """A file being made: write to `temporary`; afterwards it is found at `target`."""

    temporary: Path
    target: Path


@contextmanager
def atomic_write(target: Path, *, aside: bool = True) -> Iterator[Writing]:
    """Give a temporary path beside the target; when all went well it takes the target's place.

    After an error nothing is left and the target is as it was. When another program holds the
    target open (Windows), the file is saved as "name (2)" and `Writing.target` says so; with
    `aside=False` that is an error instead.
    """
    if not target.parent.is_dir():
        raise UserError(
            "The folder {folder} does not exist.",
            advice="Choose a folder that is there.",
            folder=str(target.parent),
        )
    temporary = target.with_name(f".{target.stem}-{secrets.token_hex(4)}{target.suffix}.part")
    writing = Writing(temporary, target)
    try:
        yield writing
        flush(temporary)
        writing.target = _put_in_place(temporary, target, aside=aside)
    except OSError as error:
        raise _explained(error, writing) from error
    finally:
        temporary.unlink(missing_ok=True)
    if _POSIX:
        _flush_folder(writing.target.parent)


def write_bytes(target: Path, content: bytes, *, aside: bool = True) -> Path:
    """Write a whole file as `atomic_write` does, and return where it is."""
    with atomic_write(target, aside=aside) as writing:
        writing.temporary.write_bytes(content)
    return writing.target


def put_in_place(files: Sequence[tuple[Path, Path]], *, aside: bool = True) -> list[Path]:
    """Rename many finished files (from, to) of one disk, and return where they are.

    The caller has called `flush` for each when it was written, so none takes its place before all
    are on the disk. For a thousand files this is much faster than `atomic_write` for each.
    """
    written: list[Path] = []
    writing = Writing(Path(), Path())
    try:
        for temporary, target in files:
            writing = Writing(temporary, target)
            written.append(_put_in_place(temporary, target, aside=aside))
    except OSError as error:
        raise _explained(error, writing) from error
    if _POSIX:
        for folder in {target.parent for target in written}:
            _flush_folder(folder)
    return written


def write_text(target: Path, content: str, *, aside: bool = True) -> Path:
    """Write UTF-8 with the line ends it has, as `atomic_write` does, and return where it is."""
    return write_bytes(target, content.encode(), aside=aside)


def flush(path: Path) -> None:
    """Make sure that what was written into a file is on the disk."""
    # Windows flushes only what was opened for writing.
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    # On POSIX a rename is on the disk only when the folder is.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _put_in_place(temporary: Path, target: Path, *, aside: bool) -> Path:
    for wait in _RENAME_WAITS_S:
        try:
            return temporary.replace(target)
        except PermissionError:
            sleep(wait)
    return temporary.replace(_free_name(target) if aside else target)


def _free_name(target: Path) -> Path:
    for number in count(2):
        candidate = target.with_name(f"{target.stem} ({number}){target.suffix}")
        if not candidate.exists():
            return candidate
    raise AssertionError  # pragma: no cover - count() does not end


def _explained(error: OSError, writing: Writing) -> Exception:
    """Return the error as the person has to hear it; what is not about our file stays as it is."""
    if error.errno == ENOSPC:
        return UserError(
            "The disk is full, so {file} could not be saved.",
            advice="Make room on the disk, or choose another place, and try again.",
            file=writing.target.name,
        )
    ours = error.filename in {None, str(writing.temporary), str(writing.target)}
    if (ours and isinstance(error, PermissionError)) or error.errno == EROFS:
        return UserError(
            "{file} could not be saved: the folder or the file is locked.",
            advice="Close the file in other programs, or choose another folder, and try again.",
            file=writing.target.name,
        )
    return error
