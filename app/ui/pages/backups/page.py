"""The backups with what is in each. Going back makes a new book beside this one; nothing is overwritten."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from app.ledger.backups import KEPT, BackupRow, backups, folder_of, keep_by_hand
from app.ui import theme
from app.ui.bridge import Session
from app.ui.pages.page import Page
from app.ui.places import books_folder, free_name
from app.ui.widgets.button import Button
from app.ui.widgets.label import Label
from app.ui.widgets.layout import Card, Scroll, Split, box, clear, column, flow, row, rule
from app.ui.widgets.page_head import PageHead
from app.ui.widgets.table import Table, TableColumn


class BackupsPage(Page):
    """The list at the left; at the right what is in the chosen one and the way back to it."""

    shows = frozenset()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        _ = session.translator
        self.now_button = Button(
            _("Make a backup now"), icon="shield-check", key="Ctrl+N", kind="primary", on=self.make_now
        )
        self.stick_button = Button(_("Onto a USB stick"), icon="usb", key="Alt+F", on=self.make_elsewhere)
        columns = (
            TableColumn("made", _("Made"), lambda row: session.moment(row.made), width=200),
            TableColumn(
                "how",
                _("How"),
                lambda row: _("by itself") if row.automatic else _("by hand"),
                width=110,
                spare=2,
            ),
            TableColumn("entries", _("Records"), lambda row: row.entries, "integer", 100, spare=1),
            TableColumn(
                "state",
                _("State"),
                lambda row: _("can't be read") if row.fault else _("proved"),
                width=0,
                tone=lambda row: "out" if row.fault else "brand",
                icon=lambda row: "triangle-alert" if row.fault else "check",
            ),
        )
        self.table = Table(_, columns, row_height=theme.LIST_ROW_HEIGHT)
        self.table.setAccessibleName(_("Backups"))
        self.table.chosen.connect(self._show)
        self.table.opened.connect(self._show)
        self._detail = column(gap=8)
        self._side = Card(column(Scroll(box(column(self._detail, None))), margin=16))
        self._note = Label("", tone="muted", wrap=True)
        self.setLayout(
            column(
                PageHead(_("Restore from a backup"), actions=(self.now_button, self.stick_button)),
                self._note,
                Split(Card(column(self.table, margin=1)), self._side, side_width=340, tight=(860, 304)),
                gap=theme.GAP,
                margin=theme.PAGE,
            )
        )

    def open(self, **_parameters: Any) -> None:
        """The newest is chosen."""
        self.reload()
        self.table.setFocus()

    def reload(self) -> None:
        """Read what there is."""
        _ = self.session.translator
        rows = backups(self.session.book.path)
        self._note.setText(
            _(
                "A backup is made every day and when the book is closed; the last {n:n} are kept."
                " Each one is opened and checked before it counts.",
                n=KEPT,
            )
        )
        self.table.show_rows(rows)
        self._show(self.table.current() or (rows[0] if rows else None))
        if rows:
            self.table.go_to(0)

    def make_now(self) -> None:
        """Make one now, beside the others; it stays until a person removes it."""
        self._make(None)

    def make_elsewhere(self) -> None:
        """Make one in a folder of the person's choice."""
        folder = QFileDialog.getExistingDirectory(self, self.session.translator("Where to put the backup"))
        if folder:
            self._make(Path(folder))

    def restore(self, chosen: BackupRow) -> None:
        """Make a new book out of a backup, beside this one, and open it."""
        _ = self.session.translator
        target = free_name(books_folder(), _("{name} restored", name=chosen.name))
        sure = self.session.ask(
            _("Go back to the backup of {made}?", made=self.session.moment(chosen.made)),
            _(
                "A new book {name} is made from it and opened. This book stays as it is, so nothing is lost;"
                " but what was recorded after the backup is only here, not there.",
                name=target.stem,
            ),
            _("Make the book and open it"),
            danger=False,
        )
        if not sure:
            return
        desk = self.session.desk

        def work(progress: Any) -> Path:
            from app.ledger.restore import restore

            restore(chosen.path, target, progress)
            return target

        self.session.jobs.run(
            _("Restoring"),
            work,
            then=lambda path: desk.open_book(path) if desk else None,
            failed=self.session.show_error,
        )

    def _make(self, folder: Path | None) -> None:
        _ = self.session.translator

        def done(made: Path) -> None:
            self.session.toast(_("The backup {name} is made and proved", name=made.name))
            self.reload()
            if self.session.shell is not None:
                self.session.shell.navigation.refresh()

        book, clock = self.session.book.path, self.session.services.clock
        self.session.jobs.run(
            _("Backup"),
            lambda _progress: keep_by_hand(book, clock, folder),
            then=done,
            failed=self.session.show_error,
        )

    def _show(self, chosen: BackupRow | None) -> None:
        _ = self.session.translator
        clear(self._detail)
        if chosen is None:
            self._detail.addWidget(Label(_("No backup yet"), "heading"))
            words = _("Make the first one now: it takes a second and can't harm anything.")
            self._detail.addWidget(Label(words, tone="muted", wrap=True))
            return
        self._detail.addWidget(Label(_("What is in it"), "heading"))
        if chosen.fault is not None:
            self._detail.addWidget(Label(_.error(chosen.fault), tone="out", wrap=True))
            return
        last = _.format.date_medium(chosen.last_day) if chosen.last_day else "–"
        for word, value in (
            (_("Book"), chosen.name),
            (_("Made"), self.session.moment(chosen.made)),
            (_("Records"), _.format.number(chosen.entries)),
            (_("Last record"), f"{last} {chosen.last_number}".strip()),
            (_("Cash and bank"), _.format.rupiah(chosen.money)),
        ):
            line = row(Label(word, tone="muted"), Label(value, "strong", wrap=True, right=True), gap=12)
            line.setStretch(1, 1)
            self._detail.addLayout(line)
            self._detail.addWidget(rule())
        back = Button(_("Go back to this one"), icon="history", key="Alt+K", on=lambda: self.restore(chosen))
        folder = Button(_("Open its folder"), kind="link", on=self._open_folder)
        self._detail.addSpacing(8)
        self._detail.addLayout(flow(back, folder))

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder_of(self.session.info.uid))))
