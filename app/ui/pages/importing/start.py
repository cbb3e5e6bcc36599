"""Where an import begins: the workbook to fill in, the file to bring in, and what was brought in before."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from app.ledger.batches.queries import ImportedFile
from app.ui import theme
from app.ui.bridge import Session
from app.ui.widgets.button import Button, outline
from app.ui.widgets.editor import ChoiceEditor
from app.ui.widgets.label import Icon, Label
from app.ui.widgets.layout import Card, box, column, flow, row
from app.ui.widgets.table import Table, TableColumn

AUTOMATIC = ""


class Start(QWidget):
    """Two steps side by side; below, the files of before."""

    def __init__(
        self,
        session: Session,
        *,
        choose: Callable[[], object],
        template: Callable[[bool], object],
        take_back: Callable[[], object],
    ) -> None:
        super().__init__()
        from app.ledger.imports.headings import sheets_for

        _ = session.translator
        self.empty_button = Button(
            _("Empty workbook"), icon="file-spreadsheet", key="Alt+1", on=lambda: template(False)
        )
        self.filled_button = Button(_("Filled sample"), icon="sheet", key="Alt+2", on=lambda: template(True))
        self.choose_button = Button(
            _("Choose a file"), icon="folder-open", key="Ctrl+O", kind="primary", on=choose
        )
        sheets = [(sheet.name, sheet.name) for sheet in sheets_for(session.kind)]
        self.meant = ChoiceEditor(_, [(AUTOMATIC, _("Told by its headings")), *sheets])
        self.meant.set_name(_("What the file holds"))
        first = Card(
            column(
                row(Label("1", "key"), Label(_("Fill in the workbook"), "heading"), None),
                Label(
                    _(
                        "It has a sheet for each list, with the headings that are needed and a guide."
                        " A list of your own is understood too when its headings are alike."
                    ),
                    tone="muted",
                    wrap=True,
                ),
                None,
                flow(self.empty_button, self.filled_button),
                gap=12,
                margin=20,
            )
        )
        self.back_button = Button(
            _("Take the whole file back"), icon="undo-2", key="Alt+B", kind="danger", on=take_back
        )
        self.back_button.setEnabled(False)
        self.drop = Drop()
        self.drop.setLayout(
            column(
                row(
                    None,
                    Icon("upload", 20, "brand_text"),
                    Label(_("Drop the file here, or"), tone="muted"),
                    None,
                ),
                row(None, self.choose_button, None),
                gap=8,
                margin=16,
            )
        )
        second = Card(
            column(
                row(Label("2", "key"), Label(_("Bring in the file"), "heading"), None),
                Label(
                    _("First it is only looked at. You see what would come in, and nothing is recorded yet."),
                    tone="muted",
                    wrap=True,
                ),
                self.drop,
                row(Label(_("What the file holds")), self.meant),
                gap=12,
                margin=20,
            )
        )
        self.table = Table(
            _,
            (
                TableColumn("file", _("File"), lambda item: item.file, width=0, weight=500, tone=_tone),
                TableColumn(
                    "documents", _("Records"), lambda item: item.documents, "integer", 110, tone=_tone
                ),
                TableColumn(
                    "at", _("Brought in"), lambda item: _moment(session, item), width=230, tone=_tone
                ),
                TableColumn("actor", _("By"), lambda item: item.actor, width=150, tone=_tone, spare=True),
                TableColumn(
                    "state",
                    _("State"),
                    lambda item: _("taken back") if item.undone else _("stands"),
                    width=130,
                    tone=lambda item: "muted" if item.undone else "brand",
                    icon=lambda item: "undo-2" if item.undone else "check",
                ),
            ),
            row_height=theme.LIST_ROW_HEIGHT,
        )
        self.table.setAccessibleName(_("Files brought in before"))
        self.table.chosen.connect(lambda item: self.back_button.setEnabled(_stands(item)))
        steps = row(first, second, gap=theme.GAP)
        steps.setStretch(0, 1)
        steps.setStretch(1, 1)
        before = column(
            row(Label(_("Files brought in before"), "heading"), None, self.back_button),
            Card(column(self.table, margin=1)),
        )
        before.setStretch(1, 1)
        self._before = box(before)
        self._none = Label(
            _("Files you bring in are listed here; each can be taken back as a whole."),
            tone="muted",
            wrap=True,
        )
        whole = column(steps, self._none, self._before, gap=theme.GAP)
        whole.addStretch(1)
        whole.setStretch(2, 100)
        self.setLayout(whole)

    def show_files(self, files: list[ImportedFile]) -> None:
        """Show what was brought in before."""
        self._before.setVisible(bool(files))
        self._none.setVisible(not files)
        self.table.show_rows(files)
        self.back_button.setEnabled(_stands(self.table.current()))


class Drop(QFrame):
    """Where a file may be dropped, with a dashed line around it."""

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("control"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(theme.color("ground"))
        painter.drawRoundedRect(outline(self.rect()), theme.RADIUS_CARD, theme.RADIUS_CARD)
        painter.end()


def _stands(item: ImportedFile | None) -> bool:
    return item is not None and not item.undone


def _tone(item: ImportedFile) -> str:
    return "muted" if item.undone else ""


def _moment(session: Session, item: ImportedFile) -> str:
    if not item.at:
        return "–"
    return session.moment(datetime.fromisoformat(item.at))
