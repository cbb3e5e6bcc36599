"""The window checks itself, unseen if need be: type, icons, words, papers, and every page of the navigation drawn."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QCoreApplication,
    QDeadlineTimer,
    QIODevice,
    QSize,
    QThread,
    QTimer,
)
from PySide6.QtGui import QFontInfo, QGuiApplication, QImage
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.base.paths import resource_root
from app.base.settings import Settings
from app.ui import icons, theme
from app.ui.application import Desk, MakeServices, make_app

_PATIENCE_S = 30
# A picture with fewer colours than this shows nothing: not even the edges of letters.
_COLOURS = 16


class Unsound(Exception):  # noqa: N818 - said of this copy of the program, for a helper
    """Something of the window is missing or does not work; the text says what."""


def look_through(make: MakeServices, book: Path, paper: bytes, folder: Path) -> str:
    """Open the window on `book`, go through its pages, close it again; returns a line on what was seen.

    `paper` is a PDF that the preview must be able to show, `folder` takes the settings of this run.
    """
    settings = Settings(folder / "settings.toml")
    app = make_app(settings, ["lumbung"])
    _see_type()
    _see_paper(paper)
    desk = Desk(app, settings, make)
    _see_icons()
    _hear_words(desk)
    with _Watch() as watch:
        desk.begin(book)
        _until(lambda: desk.session is not None, watch, "opening the book")
        pages = _see_pages(desk, watch)
        desk.window.close()
        _until(lambda: not desk.window.isVisible(), watch, "closing the window")
    return f"{QGuiApplication.platformName()}, {len(pages)} pages: {', '.join(pages)}"


class _Watch:
    """Shuts every dialog that waits for a person, and keeps what it said: nobody is there to answer.

    It also keeps what goes wrong in answer to a signal, which would otherwise end in a line on stderr.
    """

    def __init__(self) -> None:
        self.said: list[str] = []
        self._patience = QDeadlineTimer(_PATIENCE_S * 1_000)
        self._timer = QTimer()
        self._timer.timeout.connect(self._shut)

    def __enter__(self) -> "_Watch":
        self._timer.start(50)
        self._hook, sys.excepthook = sys.excepthook, self._hear
        return self

    def __exit__(self, *_error: object) -> None:
        self._timer.stop()
        sys.excepthook = self._hook

    def _hear(self, kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        self.said.append(f"{kind.__name__}: {error}")

    @property
    def late(self) -> bool:
        """Whether it has taken too long."""
        return self._patience.hasExpired()

    def _shut(self) -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            texts = [label.text() for label in dialog.findChildren(QLabel) if label.text()]
            self.said.append(" / ".join(texts) or dialog.windowTitle())
            dialog.close()


def _until(done: Callable[[], bool], watch: _Watch, what: str) -> None:
    while not done():
        QCoreApplication.processEvents()
        if watch.said:
            raise Unsound(f"{what}: {watch.said[0]}")
        if watch.late:
            raise Unsound(f"{what} takes longer than {_PATIENCE_S} s")
        QThread.msleep(5)


def _see_type() -> None:
    shown = QFontInfo(theme.font()).family()
    if shown != theme.FAMILY:
        raise Unsound(f"the type family is {shown} and not {theme.FAMILY}")


def _see_icons() -> None:
    drawings = sorted((resource_root() / "resources" / "icons").glob("*.svg"))
    if not drawings:
        raise Unsound("there are no icons")
    for path in drawings:
        if _colours(icons.pixmap(path.stem, 24).toImage()) < 2:
            raise Unsound(f"the icon {path.stem} is blank")


def _hear_words(desk: Desk) -> None:
    """Qt's own dialogs speak the language of the window: their words come from our catalogue."""
    said = QCoreApplication.translate("QPlatformTheme", "Cancel")
    if desk.services.translator.language == "id" and said.replace("&", "") == "Cancel":
        raise Unsound("Qt's own words are not translated")


def _see_paper(paper: bytes) -> None:
    content = QBuffer()
    content.setData(QByteArray(paper))
    content.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(content)
    if document.pageCount() < 1 or _colours(document.render(0, QSize(300, 420))) < _COLOURS:
        raise Unsound("a paper can't be shown")
    document.close()


def _see_pages(desk: Desk, watch: _Watch) -> list[str]:
    from app.ui.pages import PAGES
    from app.ui.pages.page import of_kind

    session = desk.session
    if session is None or session.shell is None:
        raise Unsound("the book has no window")
    shell = session.shell
    seen = []
    for spec in of_kind(PAGES, session.kind, session.features):
        if not spec.group:
            continue  # it is opened for something, a member or a loan
        shell.go(spec.key)
        for _turn in range(3):
            QCoreApplication.processEvents()
        if watch.said:
            raise Unsound(f"{spec.key}: {watch.said[0]}")
        if shell.page_key != spec.key or not shell.page.isVisible():
            raise Unsound(f"the page {spec.key} did not open")
        _see_drawn(shell.page, spec.key)
        seen.append(spec.key)
    return seen


def _see_drawn(page: QWidget, name: str) -> None:
    if _colours(page.grab().toImage()) < _COLOURS:
        raise Unsound(f"the page {name} is blank")


def _colours(picture: QImage) -> int:
    """How many different colours a picture has, looked at in every second point."""
    found = {picture.pixel(x, y) for y in range(0, picture.height(), 2) for x in range(0, picture.width(), 2)}
    return len(found)
