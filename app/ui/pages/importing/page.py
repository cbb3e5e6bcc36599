"""Ambil dari Excel: choose a file, look at what would come in, mend what is marked, take in all of it as one thing."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from app.base.errors import LumbungError
from app.ledger.batches.commands import UndoImport
from app.ledger.batches.queries import imported_files
from app.ledger.changes import Kind
from app.ui import theme
from app.ui.bridge import Session
from app.ui.drops import dropped_file
from app.ui.export import export_folder, fresh_path, open_folder
from app.ui.jobs import Job, is_for_person
from app.ui.pages.importing.faults import FileView
from app.ui.pages.importing.start import Start
from app.ui.pages.page import Page
from app.ui.widgets.button import Button
from app.ui.widgets.label import Icon, Label
from app.ui.widgets.layout import Card, Scroll, box, clear, column, flow, row
from app.ui.widgets.page_head import PageHead

if TYPE_CHECKING:
    from app.base.progress import Progress
    from app.ledger.imports import ImportRefused, ImportResult
    from app.ledger.imports.preview import SheetRows

# Names a workbook or CSV has; the file's first bytes decide in any case.
_SHORT = 48
_ENDINGS = "*.xlsx *.xlsm *.csv *.txt"


class Looked(NamedTuple):
    """What looking at a file found: what would come in, or what has to be put right; and its rows."""

    result: "ImportResult | None"
    refused: "ImportRefused | None"
    sheets: "list[SheetRows]"


class ImportPage(Page):
    """Two views: where it begins, and the file that was looked at with what may be done about it."""

    shows: ClassVar[frozenset[Kind]] = frozenset({Kind.IMPORT})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        self.setAcceptDrops(True)
        self.path: Path | None = None
        self.job: Job | None = None
        # What may be done now: start, looking, trouble, refused, good, taking, done.
        self.state = "start"
        self._looked: Looked | None = None
        self._batch = 0
        self.start = Start(
            session, choose=self.choose, template=self.write_template, take_back=self._take_back_chosen
        )
        self.file = FileView(_)
        self.import_button = Button(
            _("Bring all of it in"), icon="download", key="Ctrl+Enter", kind="primary", on=self.take_in
        )
        self.again_button = Button(_("Look again"), icon="refresh-cw", key="F5", on=self.look_again)
        self.marked_button = Button(
            _("Open the marked copy"), icon="file-spreadsheet", key="Alt+B", on=self._open_marked
        )
        self.other_button = Button(_("Another file"), icon="folder-open", key="Ctrl+O", on=self.choose)
        self.stop_button = Button(_("Stop"), icon="x", on=self.stop)
        self.undo_button = Button(
            _("Take the whole file back"), icon="undo-2", key="Ctrl+Z", kind="danger", on=self._take_back_last
        )
        self.records_button = Button(
            _("See the records"), icon="scroll-text", kind="primary", on=lambda: session.go("records")
        )
        self._buttons: dict[str, Sequence[Button]] = {
            "looking": (self.stop_button,),
            "taking": (self.stop_button,),
            "trouble": (self.again_button, self.other_button),
            "refused": (self.again_button, self.marked_button, self.other_button),
            "good": (self.import_button, self.other_button),
            "nothing": (self.other_button,),
            "done": (self.records_button, self.undo_button, self.other_button),
        }
        self.head = PageHead(_("Import from Excel"))
        self._file_head = PageHead(_("Import from Excel"))
        self._status = Card(column(margin=0))
        self._says = column(gap=4)
        self._all = (
            self.import_button,
            self.again_button,
            self.records_button,
            self.marked_button,
            self.undo_button,
            self.other_button,
            self.stop_button,
        )
        self._actions = flow(*self._all)
        self._sign = column(margin=(0, 2, 0, 0))
        told = row(box(self._sign), self._says, gap=12)
        told.setStretch(1, 1)
        body = column(told, self._actions, gap=12, margin=16)
        self._status.layout().addLayout(body)  # type: ignore[union-attr]
        self._stack = QStackedWidget()
        self._start_view = _view(self.head, self.start)
        # Takes the room of the file's rows while they are not shown.
        self._rest = QWidget()
        self._rows = Scroll(self.file)
        self._file_view = _view(self._file_head, self._status, self._rest, self._rows)
        self._stack.addWidget(self._start_view)
        self._stack.addWidget(self._file_view)
        self.setLayout(column(self._stack))

    # Coming and going

    def open(self, file: str = "", **_parameters: Any) -> None:
        """Come to the page, or with a file to look at at once."""
        if file:
            self.look_at(Path(file))
        elif self.state == "done":
            self._show_start()
        if self.state == "start":
            self.start.choose_button.setFocus()

    def reload(self) -> None:
        """Show what was brought in before."""
        self.start.show_files(imported_files(self.session.reading()))

    def escape(self) -> bool:
        """Esc stops what runs, then leaves the file, then the page."""
        if self.job is not None:
            self.stop()
            return True
        if self.state != "start":
            self._show_start()
            return True
        return False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """One file may be dropped anywhere on the page."""
        if self.job is None and dropped_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Look at the file that was dropped."""
        path = dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.look_at(path)

    # What is done

    def choose(self) -> None:
        """Ask for a file, and look at it."""
        _ = self.session.translator
        name, _kind = QFileDialog.getOpenFileName(
            self,
            _("Choose a file"),
            str(self.path.parent if self.path else export_folder()),
            f"{_('Workbook or CSV')} ({_ENDINGS});;{_('All files')} (*)",
        )
        if name:
            self.look_at(Path(name))

    def write_template(self, filled: bool) -> None:
        """Write the workbook to fill in, empty or with a sample, and say where it is."""
        from app.ledger.imports.template import write_template

        _ = self.session.translator
        name = _("Filled sample") if filled else _("Workbook to fill in")
        try:
            folder = export_folder()
            folder.mkdir(parents=True, exist_ok=True)
            made = write_template(fresh_path(folder, name, "xlsx"), self.session.kind, _, filled=filled)
        except Exception as error:  # noqa: BLE001 - shown to the person, with a report of the bug
            self.session.show_error(error)
            return
        self.session.toast(
            _("Saved: {file}", file=made.name), action=(_("Open it"), lambda: open_folder(made))
        )

    def look_at(self, path: Path) -> None:
        """Read the file and try it out; nothing of it stays in the book."""
        if self.job is not None:
            return
        _ = self.session.translator
        self.path = path
        self._looked = None
        self._file_head.set_title(path.name)
        self.file.show_file((), ())
        self._stack.setCurrentWidget(self._file_view)
        self._say("looking", "search", "text2", _("Looking at {file} ...", file=path.name), ())
        self._run(_("Looking at {file}", file=path.name), self._look, self._seen)

    def look_again(self) -> None:
        """Look at the same file once more, after it was put right."""
        if self.path is not None:
            self.look_at(self.path)

    def take_in(self) -> None:
        """Record all of the file, or nothing."""
        path = self.path
        if path is None or self.state != "good" or self.job is not None:
            return
        _ = self.session.translator
        meant = self.start.meant.value() or None
        book, translator = self.session.book, self.session.translator

        def work(progress: "Progress") -> "ImportResult":
            from app.ledger.imports import import_file

            return import_file(book, path, meant, progress=progress, translator=translator)

        self._say("taking", "hourglass", "brand_text", _("Bringing {file} in ...", file=path.name), ())
        self._run(_("Bringing {file} in", file=path.name), work, self._taken)

    def take_back(self, batch: int, file: str) -> None:
        """Take everything that came in with a file back, as one thing."""
        _ = self.session.translator
        sure = self.session.ask(
            _("Take everything of {file} back?", file=file),
            _(
                "Each of its records is reversed; both stay to be seen. Accounts, goods and people that it made stay."
                " The same file can then be brought in again."
            ),
            _("Take the whole file back"),
        )
        if not sure:
            return
        self.session.execute_long(
            UndoImport(batch=batch),
            _("Taking {file} back", file=file),
            then=lambda _outcome: self._back(file),
        )

    def stop(self) -> None:
        """Stop what runs; the book stays as it was."""
        if self.job is not None:
            self.stop_button.setEnabled(False)
            self.job.cancel()

    # Inside

    def _run(self, title: str, work: Any, then: Any) -> None:
        self.stop_button.setEnabled(True)
        # Looking also posts everything and takes it back, so both are writers for as long as they run.
        self.job = self.session.jobs.run(
            title, work, then=then, failed=self._failed, cancelled=self._stopped, writes=True
        )

    def _look(self, progress: "Progress") -> Looked:
        from app.ledger.imports import ImportRefused, import_file
        from app.ledger.imports.preview import rows_of

        assert self.path is not None
        session, path = self.session, self.path
        meant = self.start.meant.value() or None
        result = refused = None
        try:
            result = import_file(
                session.book, path, meant, dry_run=True, progress=progress, translator=session.translator
            )
        except ImportRefused as error:
            refused = error
        faults = refused.faults if refused is not None else ()
        return Looked(result, refused, rows_of(path, session.kind, faults, progress=progress))

    def _seen(self, looked: Looked) -> None:
        _ = self.session.translator
        self.job = None
        self._looked = looked
        assert self.path is not None
        refused, result = looked.refused, looked.result
        self.file.show_file(looked.sheets, refused.faults if refused is not None else ())
        if refused is not None:
            lines = [
                _(
                    "Nothing was recorded; your book is as it was. Mend the cells in Excel, save, and look again."
                )
            ]
            if refused.marked is not None:
                lines.append(_("A copy with the cells marked is {file}.", file=refused.marked.name))
            if refused.count > len(refused.faults):
                lines.append(
                    _("The first {n:n} are shown; most others come from them.", n=len(refused.faults))
                )
            title = _.plural(
                "{n:n} cell has to be put right", "{n:n} cells have to be put right", refused.count
            )
            self._say("refused", "triangle-alert", "out", title, lines)
            self.marked_button.setVisible(refused.marked is not None)
            self.again_button.setFocus()
            return
        assert result is not None
        first, others = _in_short(result.lines(_))
        if not result.documents:
            self._say("nothing", "circle-check", "brand_text", first, others)
            self.other_button.setFocus()
            return
        self._say("good", "circle-check", "brand_text", first, others)
        self.import_button.set_text(
            _.plural("Bring {n:n} record in", "Bring {n:n} records in", result.documents)
        )
        self.import_button.setFocus()

    def _taken(self, result: "ImportResult") -> None:
        _ = self.session.translator
        self.job = None
        self._batch = result.batch
        first, others = _in_short(result.lines(_))
        self._say("done", "circle-check", "brand_text", first, others)
        self.records_button.setFocus()
        if self.session.shell is not None:
            # Taking back a whole file is long work, which the session's own undo would do at once.
            self.session.shell.toast.say(first, self._take_back_last)

    def _back(self, file: str) -> None:
        _ = self.session.translator
        if self.state == "done":
            self._show_start()
        self.session.toast(_("Taken back: {number}", number=file))

    def _stopped(self) -> None:
        _ = self.session.translator
        self.job = None
        self._show_start()
        self.session.toast(_("Stopped. Nothing was recorded."))

    def _failed(self, error: Exception) -> None:
        _ = self.session.translator
        self.job = None
        if not is_for_person(error):
            self._show_start()
            self.session.show_error(error)
            return
        assert isinstance(error, LumbungError)
        advice = self._advice(error)
        lines = [line for line in (advice, _("Nothing was recorded; your book is as it was.")) if line]
        self._say("trouble", "circle-x", "out", _(error.template, **error.params), lines)
        self.again_button.setFocus()

    def _advice(self, error: LumbungError) -> str:
        """What to do, in the words of this page where the command line has others."""
        _ = self.session.translator
        if "sheets" in error.params:
            return _("Go back and choose what the file holds, then look again.")
        if "known" in error.params:
            return _("Begin with the empty workbook. Known sheets: {known}.", known=error.params["known"])
        return _(error.advice, **error.params) if error.advice else ""

    def _say(self, state: str, icon: str, token: str, title: str, lines: Sequence[str]) -> None:
        self.state = state
        self._status.set_look("out" if token == "out" else "plain")
        clear(self._sign)
        clear(self._says)
        self._sign.addWidget(Icon(icon, 20, token))
        self._sign.addStretch(1)
        self._says.addWidget(Label(title, "heading", wrap=True))
        for line in lines:
            self._says.addWidget(Label(line, tone="muted", wrap=True))
        shown = self._buttons[state]
        for button in self._all:
            button.setVisible(button in shown)
        self.again_button.set_kind("primary" if state in ("trouble", "refused") else "plain")
        self.other_button.set_kind("primary" if state == "nothing" else "plain")
        with_rows = state in ("refused", "good", "nothing", "taking")
        self._rows.setVisible(with_rows)
        self._rest.setVisible(not with_rows)
        if state in ("looking", "taking"):
            self.stop_button.setFocus()
        self._actions.invalidate()

    def _show_start(self) -> None:
        self.state = "start"
        self._looked = None
        self._stack.setCurrentWidget(self._start_view)
        self.reload()
        self.start.choose_button.setFocus()

    def _open_marked(self) -> None:
        refused = self._looked.refused if self._looked is not None else None
        if refused is not None and refused.marked is not None:
            open_folder(refused.marked)

    def _take_back_chosen(self) -> None:
        chosen = self.start.table.current()
        if chosen is not None:
            self.take_back(chosen.batch, chosen.file)

    def _take_back_last(self) -> None:
        if self._batch and self.path is not None:
            self.take_back(self._batch, self.path.name)


def _in_short(lines: Sequence[str]) -> tuple[str, list[str]]:
    """The first sentence, and the others with the counts of the sheets in one line."""
    first, *others = lines
    counts = [line for line in others if len(line) <= _SHORT and not line.endswith(".")]
    sentences = [line for line in others if line not in counts]
    return first, [*([" · ".join(counts)] if counts else []), *sentences]


def _view(*parts: QWidget) -> QWidget:
    made = column(*parts, gap=12, margin=theme.PAGE)
    for place in range(1, len(parts)):
        made.setStretch(place, int(not isinstance(parts[place], Card)))
    return box(made)
