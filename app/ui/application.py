"""Starting and closing: the window is painted first, the book is opened behind it."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QIcon
from PySide6.QtWidgets import QApplication, QFrame, QMainWindow, QWidget
from shiboken6 import delete

from app.base.errors import BookUnavailable
from app.base.settings import LANGUAGE, RECENT_BOOKS, SCALE, THEME, Settings
from app.services import BROUGHT_UP_TO_DATE, Services
from app.ui import icons, theme
from app.ui.qt_translator import QtWords
from app.ui.widgets.label import Label
from app.ui.widgets.layout import column, row

if TYPE_CHECKING:
    from app.ui.bridge import Session
    from app.ui.pages.first_run import Welcome
    from app.ui.shell import Shell

_RECENT = 12
MakeServices = Callable[[str], Services]
RESTART = 1000  # the exit code of the event loop that means: the size of everything has changed


class Desk(QObject):
    """The window and what is open in it: the welcome with its doors, or one book."""

    def __init__(self, app: QApplication, settings: Settings, make: "MakeServices") -> None:
        super().__init__()
        self.app = app
        self.settings = settings
        self._make = make
        self._qt_words: QtWords | None = None
        self.services: Services
        self.session: Session | None = None
        self._dress()
        self.window = Window(self)

    # What is shown

    def begin(self, path: Path | None) -> None:
        """Show the window at once; open the book, or the welcome, when it is painted."""
        self.window.setCentralWidget(_blank(self.services))
        # The laptops this is made for have no room to give away.
        self.window.showMaximized()
        QTimer.singleShot(0, lambda: self._begin(path))

    def open_book(self, path: Path, page: str = "home", **parameters: Any) -> bool:
        """Open a book in the window; says so and stays where it was when it can't be."""
        from app.ui.bridge import Session, trouble_panel
        from app.ui.shell import Shell

        _ = self.services.translator
        if self.session is not None and self.session.book.path == path:
            # Its own lock would keep it from being opened again.
            self.close_book()
        try:
            book = self.services.opened(path)
        except BookUnavailable as error:
            trouble_panel(error, _, self.window).exec()
            return False
        except Exception as error:  # noqa: BLE001 - shown to the person, with a report of the bug
            trouble_panel(error, _, self.window).exec()
            return False
        self.close_book(keep=True)
        self.session = Session(self.services, book, self.settings)
        self.session.desk = self
        self._remember(path)
        shell = Shell(self.session)
        mark = f" · {_('TRAINING')}" if book.info.training else ""
        self.show_content(shell, f"{book.info.name}{mark} · Lumbung")
        shell.go(page, **parameters)
        self._look_after(self.session)
        if book.before_update is not None:
            # The shell is shown by the event loop, and only then has a place for words.
            told, text = self.session, _(BROUGHT_UP_TO_DATE, name=book.before_update.name)
            QTimer.singleShot(0, lambda: told.toast(text))
        return True

    def show_content(self, content: "Shell | Welcome", title: str) -> None:
        """Put a content into the window in place of the one before, which hears no keys any more."""
        before = self.window.centralWidget()
        if before is not None and hasattr(before, "stop_listening"):
            before.stop_listening()
        self.window.setWindowTitle(title)
        self.window.setCentralWidget(content)
        content.listen()

    def close_book(self, *, keep: bool = False) -> None:
        """Let the open book go. `keep` makes a backup of what has changed: the person is done with this book."""
        session, self.session = self.session, None
        if session is None:
            return
        if keep:
            from app.ui.backup import keep_on_closing

            session.jobs.stop_all()
            keep_on_closing(session)
        session.close()

    def end(self) -> None:
        """Let everything go in order: left to the end of the interpreter, Qt's parts die in any order and may crash."""
        self.close_book()
        before = self.window.centralWidget()
        if before is not None and hasattr(before, "stop_listening"):
            before.stop_listening()
        delete(self.window)

    def welcome(self) -> None:
        """Show the doors and the recent books."""
        from app.ui.pages.first_run import Welcome

        self.close_book(keep=True)
        self.show_content(Welcome(self), "Lumbung")

    def rebuild(self) -> None:
        """Build the window anew in another language or look; the open page stays."""
        session = self.session
        page: str = "home"
        parameters: dict[str, Any] = {}
        path: Path | None = None
        if session is not None and session.shell is not None:
            page, parameters = session.shell.now
            path = session.book.path
        self.close_book()
        self._dress()
        if path is None:
            self.welcome()
        else:
            self.open_book(path, page, **parameters)

    def renew_services(self) -> None:
        """The person's name has changed: what is recorded from now on bears it."""
        self.services = self._make(self.settings[LANGUAGE])

    def restart(self) -> None:
        """Begin again with another size of everything, which Qt takes only at the start."""
        self.close_book(keep=True)
        self.app.exit(RESTART)

    # Inside

    def _begin(self, path: Path | None) -> None:
        found = path or self._last()
        if found is None or not self.open_book(found):
            self.welcome()

    def _last(self) -> Path | None:
        recent = self.settings[RECENT_BOOKS]
        return Path(recent[0]) if recent and Path(recent[0]).is_file() else None

    def _remember(self, path: Path) -> None:
        text = str(path.resolve())
        others = [item for item in self.settings[RECENT_BOOKS] if item != text]
        self.settings[RECENT_BOOKS] = (text, *others)[:_RECENT]

    def _dress(self) -> None:
        language = self.settings[LANGUAGE]
        self.services = self._make(language)
        theme.apply(self.app, self.settings[THEME])
        if self._qt_words is not None:
            self.app.removeTranslator(self._qt_words)
        self._qt_words = QtWords(self.services.translator, self)
        self.app.installTranslator(self._qt_words)

    def _look_after(self, session: "Session") -> None:
        """What a book needs a while after it was opened: the next steps made ready, the search file brought up to
        date, the day's backup."""
        from app.ui.backup import keep_daily
        from app.ui.warming import warm_up

        if session.shell is not None:
            warm_up(session, session.shell, lambda: self.session is session)
        QTimer.singleShot(1_500, lambda: session.follow_search() if self.session is session else None)
        QTimer.singleShot(3_000, lambda: keep_daily(session) if self.session is session else None)


class Window(QMainWindow):
    """The one window of the program."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setWindowTitle("Lumbung")
        self.setWindowIcon(QIcon(icons.pixmap("warehouse", 64, "brand")))
        self.setMinimumSize(QSize(860, 480))
        self.resize(1280, 720)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Close the book with a backup, unless what is on the page wants to stay."""
        session = self._desk.session
        if session is not None and session.shell is not None and not session.shell.page.leave():
            event.ignore()
            return
        self._desk.close_book(keep=True)
        event.accept()


def _blank(made: Services) -> QWidget:
    """The empty shell that is seen while the book is opened."""
    navigation = QFrame()
    navigation.setObjectName("navigation")
    navigation.setFixedWidth(theme.NAVIGATION_WIDTH)
    bar = QFrame()
    bar.setObjectName("topBar")
    bar.setFixedHeight(theme.TOP_BAR_HEIGHT)
    waiting = Label(made.translator("Opening the book ..."), "field", "muted")
    waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
    blank = QWidget()
    blank.setLayout(row(navigation, column(bar, waiting, gap=0), gap=0))
    return blank


def make_app(settings: Settings, arguments: list[str] | None = None) -> QApplication:
    """The application with its type family; the size of everything is taken from the settings."""
    import os

    scale = settings[SCALE]
    if scale != 100:
        os.environ["QT_SCALE_FACTOR"] = str(scale / 100)
    else:
        os.environ.pop("QT_SCALE_FACTOR", None)
    app = QApplication.instance() or QApplication(arguments or ["lumbung"])
    assert isinstance(app, QApplication)
    app.setApplicationName("Lumbung")
    app.setDesktopFileName("lumbung")
    theme.load_fonts()
    return app


def start(make: MakeServices, path: Path | None = None) -> int:
    """Open the window, on a book if one is given; returns the exit status of the program.

    `make` gives the services in a language: the window is handed them.
    """
    settings = Settings()
    app = make_app(settings)
    desk = Desk(app, settings, make)
    desk.begin(path)
    sys.excepthook = _told(desk)
    status = app.exec()
    desk.end()
    if status == RESTART:
        return _again()
    return status


def _again() -> int:
    """Start the program anew in place of this one."""
    import subprocess

    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "app"]
    subprocess.Popen(program)  # noqa: S603 - ourselves
    return 0


def _told(desk: Desk) -> Callable[..., None]:
    """What was not caught anywhere is a bug: it is shown and reported, and the window goes on."""

    def show(_kind: type[BaseException], error: BaseException, _trace: object) -> None:
        from app.ui.bridge import trouble_panel

        if isinstance(error, KeyboardInterrupt):
            desk.app.quit()
            return
        trouble_panel(
            error if isinstance(error, Exception) else RuntimeError(str(error)),
            desk.services.translator,
            desk.window,
        ).exec()

    return show
