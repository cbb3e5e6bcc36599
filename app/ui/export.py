"""A report as a file: where it goes, what it is called, and that nothing there is ever written over."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QWidget

from app.base.dates import Month
from app.base.i18n import N_, Translator
from app.base.paths import write_bytes
from app.reports.document import Document
from app.reports.render import render
from app.ui.widgets.button import Button
from app.ui.widgets.label import Elided, Label
from app.ui.widgets.layout import column, row

if TYPE_CHECKING:
    from app.base.progress import Progress
    from app.ui.bridge import Session

FORMATS: Final = (
    ("xlsx", N_("Excel"), "file-spreadsheet"),
    ("pdf", N_("PDF"), "file-text"),
    ("csv", N_("CSV"), "table"),
)
_FOLDER: Final = "Lumbung"
# Rows from which writing takes long enough to be a job with a stop.
_LONG: Final = 1_500
_NOT_IN_NAMES: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
Paper = Callable[[str], bytes]


def export_folder() -> Path:
    """Where files for people go: the folder Lumbung in their documents."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(place or Path.home()) / _FOLDER


def fresh_path(folder: Path, name: str, ending: str) -> Path:
    """A path that is free: "Laba Rugi.xlsx", else "Laba Rugi (2).xlsx"."""
    clean = " ".join(_NOT_IN_NAMES.sub(" ", name).split()).strip(" .") or _FOLDER
    path, again = folder / f"{clean}.{ending}", 1
    while path.exists():
        again += 1
        path = folder / f"{clean} ({again}).{ending}"
    return path


def file_name(document: Document) -> str:
    """What a document's file is called: its title and its period."""
    last = document.last_day
    if document.first_day is None or document.first_day == last:
        when = last.isoformat()
    elif document.first_day.day == 1 and Month.of(document.first_day) == Month.of(last):
        when = str(Month.of(last))
    elif (document.first_day.month, document.first_day.day, last.month, last.day) == (1, 1, 12, 31):
        when = str(last.year)
    else:
        when = f"{document.first_day.isoformat()} {last.isoformat()}"
    about = " ".join(value for _, value in document.context[:1])
    return " ".join(filter(None, (document.title, about, when)))


def write_document(
    document: Document,
    kind: str,
    target: Path,
    translator: Translator,
    paper: str,
    drawn: Paper | None = None,
) -> Path:
    """Write a document as a file of a kind; a report with a paper of its own is drawn on it as PDF."""
    if kind == "pdf" and drawn is not None:
        content: str | bytes = drawn(paper)
    else:
        content = render(document, kind, translator, paper=paper)
    target.parent.mkdir(parents=True, exist_ok=True)
    return write_bytes(target, content.encode() if isinstance(content, str) else content)


class ExportDialog(QDialog):
    """The kind of file, its name and its folder; Enter saves."""

    def __init__(self, name: str, translator: Translator, parent: QWidget | None, folder: Path) -> None:
        super().__init__(parent)
        _ = self.translator = translator
        self.kind = FORMATS[0][0]
        self._folder = folder
        self.setWindowTitle(_("Save as a file"))
        self.setMinimumWidth(520)
        self._kinds: dict[str, Button] = {}
        for number, (key, word, icon) in enumerate(FORMATS, 1):
            button = Button(_(word), icon=icon, key=f"Alt+{number}", kind="method", height=48)
            button.clicked.connect(lambda _checked=False, key=key: self.choose(key))
            self._kinds[key] = button
        self.name = QLineEdit(name)
        self.name.setAccessibleName(_("Name of the file"))
        self._where = Elided("", tone="muted")
        change = Button(_("Another folder"), icon="folder-open", kind="tool", on=self._choose_folder)
        self.save_button = Button(
            _("Save file"), icon="download", key="Ctrl+Enter", kind="primary", on=self.accept
        )
        back = Button(_("Back"), key="Esc", on=self.reject)
        self.setLayout(
            column(
                Label(_("Save as a file"), "title"),
                row(*self._kinds.values()),
                Label(_("Name of the file")),
                self.name,
                row(self._where, change),
                8,
                row(None, back, self.save_button),
                gap=10,
                margin=24,
            )
        )
        self.name.textChanged.connect(lambda _text: self._tell())
        self.name.returnPressed.connect(self.accept)
        self.choose(self.kind)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def choose(self, kind: str) -> None:
        """Choose a kind of file."""
        self.kind = kind
        for key, button in self._kinds.items():
            button.setChecked(key == kind)
            button.update()
        self._tell()

    @property
    def target(self) -> Path:
        """Where it will be saved; never a file that is there."""
        return fresh_path(self._folder, self.name.text(), self.kind)

    def _tell(self) -> None:
        self._where.set_text(str(self.target))

    def _choose_folder(self) -> None:
        found = QFileDialog.getExistingDirectory(self, self.translator("Another folder"), str(self._folder))
        if found:
            self._folder = Path(found)
            self._tell()


def export(session: "Session", document: Document, drawn: Paper | None = None) -> None:
    """Ask for kind and name, write the file, and say where it is.

    `drawn` draws the paper of a report that has one of its own.
    """
    window = session.shell.window() if session.shell is not None else None
    dialog = ExportDialog(file_name(document), session.translator, window, export_folder())
    if not dialog.exec():
        return
    save_as(session, document, dialog.kind, dialog.target, drawn)


def save_as(
    session: "Session", document: Document, kind: str, target: Path, drawn: Paper | None = None
) -> None:
    """Write the file, as a job when it is a long list, and say where it is."""
    translator, paper = session.translator, session.services.paper

    def work(progress: "Progress") -> Path:
        progress.step(0, 1, "")
        made = write_document(document, kind, target, translator, paper, drawn)
        progress.step(1, 1, "")
        return made

    if len(document.rows) > _LONG:
        title = translator("Writing {title}", title=document.title)
        session.jobs.run(title, work, then=lambda made: said(session, made), failed=session.show_error)
        return
    try:
        made = write_document(document, kind, target, translator, paper, drawn)
    except Exception as error:  # noqa: BLE001 - shown to the person, with a report of the bug
        session.show_error(error)
        return
    said(session, made)


def said(session: "Session", made: Path) -> None:
    """Say where a file was saved, with the way to its folder."""
    _ = session.translator
    session.toast(
        _("Saved: {file}", file=made.name), action=(_("Open folder"), lambda: open_folder(made.parent))
    )


def open_folder(folder: Path) -> None:
    """Show a folder in the system's own file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
