"""Whether a window can be opened here at all. Asked before Qt is: without a screen Qt aborts the whole program."""

import ctypes
import os
import socket
import sys
from importlib.util import find_spec
from pathlib import Path

from app.base.errors import UserError
from app.base.i18n import N_

_INSTALL = N_(
    "On Debian and Ubuntu `make install` as root installs it; elsewhere install the package it is in."
)


def why_no_window() -> UserError | None:
    """The reason why no window can be opened, or None when one can."""
    if os.name == "nt" or sys.platform == "darwin" or os.environ.get("QT_QPA_PLATFORM"):
        # There the desktop is always there, or the person has said where to draw.
        return None
    screens = [plugin for plugin, there in (("wayland", _wayland()), ("xcb", _x11())) if there]
    if not screens:
        if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
            return UserError(
                "The screen {name} can't be reached.",
                name=os.environ.get("WAYLAND_DISPLAY") or os.environ["DISPLAY"],
            )
        return UserError("There is no screen here: neither DISPLAY nor WAYLAND_DISPLAY is set.")
    missing = [_missing_library(plugin) for plugin in screens]
    if all(missing):
        return UserError(
            "A part of the system that the window needs is missing: {what}.", advice=_INSTALL, what=missing[0]
        )
    return None


def draw_unseen() -> None:
    """Let Qt draw into memory when there is no screen, for checks that need a window but nobody to look at it."""
    if why_no_window() is not None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


def _wayland() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY")
    folder = os.environ.get("XDG_RUNTIME_DIR")
    if not name or not (folder or Path(name).is_absolute()):
        return False
    try:
        with socket.socket(socket.AF_UNIX) as door:
            door.connect(str(Path(folder or "/") / name))
    except OSError:
        return False
    return True


def _x11() -> bool:
    """Say whether the X server answers and lets us in; xcb itself knows all the ways to get there."""
    if not os.environ.get("DISPLAY"):
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        # Then the plugin can't be loaded either, and the reason named is the missing library.
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    faulty = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not faulty


def _missing_library(plugin: str) -> str:
    """What the loader misses for one of Qt's ways to the screen, or "" when all is there."""
    found = find_spec("PySide6")
    if found is None or found.origin is None:
        return "PySide6"
    path = Path(found.origin).parent / "Qt" / "plugins" / "platforms" / f"libq{plugin}.so"
    if not path.exists():
        # A distribution's own Qt keeps its plugins elsewhere, and its packages know what they need.
        return ""
    try:
        ctypes.CDLL(str(path))
    except OSError as error:
        # The frozen program hides what the loader said behind an error of its own.
        return str(error.__context__ or error).partition(":")[0]
    return ""
