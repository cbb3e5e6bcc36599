"""What the program notes about itself: a log that stays small, and a report file of each bug.

Neither holds figures or names out of a book: a report is meant to be sent to someone else.
"""

import logging
import platform
import secrets
import sys
import tempfile
import tomllib
from logging.handlers import RotatingFileHandler
from pathlib import Path
from traceback import FrameSummary, extract_tb

from app.base.clock import Clock, SystemClock
from app.base.errors import Bug, LumbungError
from app.base.paths import data_dir, resource_root, write_text

_LOG_BYTES, _LOG_FILES = 1_000_000, 3
_CLOCK = SystemClock()
# Their messages speak of code. All others may quote what was typed or stored.
_ABOUT_CODE = (
    Bug,
    AssertionError,
    AttributeError,
    ImportError,
    MemoryError,
    NameError,
    NotImplementedError,
    RecursionError,
    TypeError,
)


def start_log(level: int = logging.INFO) -> Path:
    """Send the log to a rotating file in the data folder, and return the file. Once is enough."""
    path = data_dir() / "logs" / "lumbung.log"
    path.parent.mkdir(exist_ok=True)
    root = logging.getLogger("app")
    root.setLevel(level)
    if not any(_writes_to(handler, path) for handler in root.handlers):
        handler = RotatingFileHandler(
            path, maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8", delay=True
        )
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        root.addHandler(handler)
    return path


def _writes_to(handler: logging.Handler, path: Path) -> bool:
    return isinstance(handler, RotatingFileHandler) and Path(handler.baseFilename) == path


def program_version() -> str:
    """Return the version of the program: as installed, else as the source tree says."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("lumbung")
    except PackageNotFoundError:
        return _source_version()


def _source_version() -> str:
    try:
        project = tomllib.loads((resource_root() / "pyproject.toml").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return "unknown"
    return str(project["project"]["version"])


def report_bug(error: BaseException, clock: Clock = _CLOCK) -> Path:
    """Write what is needed to find a bug into a new file, and return the file."""
    now = clock.now()
    name = f"bug-{now:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}.txt"
    text = "\n".join(
        [
            f"Lumbung {program_version()}",
            f"{now.isoformat(timespec='seconds')} (zone {clock.zone})",
            f"Python {platform.python_version()} on {platform.platform()}",
            f"frozen: {'yes' if getattr(sys, 'frozen', False) else 'no'}",
            "",
            *_told(error),
            "",
        ]
    )
    try:
        folder = data_dir() / "reports"
        folder.mkdir(exist_ok=True)
        return write_text(folder / name, text)
    except (OSError, LumbungError):
        # Where nothing can be written the report is still worth having.
        return write_text(Path(tempfile.gettempdir()) / name, text)


def _told(error: BaseException) -> list[str]:
    """Return the error and what led to it, without anything out of a book."""
    lines: list[str] = []
    seen: set[int] = set()
    link = ""
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines += [link] if link else []
        lines.append(_headline(current))
        lines += [_place(frame) for frame in extract_tb(current.__traceback__)]
        if current.__cause__ is not None:
            current, link = current.__cause__, "caused by"
        else:
            shown = None if current.__suppress_context__ else current.__context__
            current, link = shown, "while handling"
    return lines


def _headline(error: BaseException) -> str:
    name = type(error).__qualname__
    if isinstance(error, LumbungError):
        return f"{name} {error.code}: {error.template}"
    if isinstance(error, _ABOUT_CODE):
        return f"{name}: {error}"
    if isinstance(error, OSError):
        return f"{name}: [{error.errno}] {error.strerror}"
    return name


def _place(frame: FrameSummary) -> str:
    path = Path(frame.filename)
    try:
        shown = path.relative_to(resource_root())
    except ValueError:
        # The head of the path often holds the person's name.
        shown = Path(*path.parts[-3:])
    return f"  {shown.as_posix()}:{frame.lineno} in {frame.name}: {frame.line}"
