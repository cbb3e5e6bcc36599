"""What will be printed, shown before it is: pages, size, paper, printer. Printing and saving use the same PDF."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QBuffer,
    QByteArray,
    QIODevice,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    QSizeF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPixmap
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QComboBox, QDialog, QFrame, QListView, QProgressBar, QSpinBox, QWidget

from app.base.errors import UserError
from app.base.i18n import Translator
from app.base.paths import write_bytes
from app.ui import theme
from app.ui.widgets.button import Button, Chip
from app.ui.widgets.label import Label
from app.ui.widgets.layout import box, column, flow, row, rule

if TYPE_CHECKING:
    from app.ui.bridge import Session

_THUMB = QSize(92, 130)
_DPI = 300
_ZOOMS = (25, 35, 50, 75, 100, 125, 150, 200, 300)
Role = Qt.ItemDataRole


@dataclass(frozen=True, slots=True)
class Printable:
    """Something that can be printed: its title, the papers it can stand on, and its PDF on one of them."""

    title: str
    render: Callable[[str], bytes]
    papers: Sequence[str] = ()
    paper: str = ""


class Pages:
    """A PDF in memory. The buffer lives as long as the document that reads it."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self._bytes = QByteArray(content)
        self._buffer = QBuffer(self._bytes)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document = QPdfDocument(None)  # type: ignore[call-overload]
        self.document.load(self._buffer)

    @property
    def count(self) -> int:
        """How many pages it has."""
        return int(self.document.pageCount())

    def size(self, page: int) -> QSizeF:
        """The size of a page in points."""
        return QSizeF(self.document.pagePointSize(page))

    def picture(self, page: int, dots_per_inch: float) -> QImage:
        """A page as a picture."""
        size = self.size(page) * (dots_per_inch / 72)
        return QImage(self.document.render(page, size.toSize()))

    def close(self) -> None:
        """Let it go."""
        self.document.close()
        self._buffer.close()


class Printing(QObject):
    """Prints a PDF page by page without keeping the window waiting; it can be stopped between two pages."""

    moved = Signal(int, int)
    ended = Signal(bool)  # whether all pages were given to the printer

    def __init__(
        self, pages: Pages, printer: QPrinter, which: Sequence[int], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._pages = pages
        self._printer = printer
        self._which = list(which)
        self._done = 0
        self._painter: QPainter | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._next)

    def start(self) -> None:
        """Begin with the first page."""
        self._printer.setFullPage(True)
        self._lay_page(self._which[0])
        painter = QPainter()
        if not painter.begin(self._printer):
            self.ended.emit(False)
            return
        self._painter = painter
        self._timer.start()

    def stop(self) -> None:
        """Print nothing more."""
        self._finish(whole=False)

    def _next(self) -> None:
        if self._painter is None:
            return
        if self._done == len(self._which):
            self._finish(whole=True)
            return
        page = self._which[self._done]
        if self._done:
            self._lay_page(page)
            self._printer.newPage()
        resolution = min(self._printer.resolution(), _DPI)
        picture = self._pages.picture(page, resolution)
        target = self._painter.viewport()
        size = picture.size().scaled(target.size(), Qt.AspectRatioMode.KeepAspectRatio)
        if abs(size.width() - target.width()) < 4:
            size = target.size()
        self._painter.drawImage(QRect(target.topLeft(), size), picture)
        self._done += 1
        self.moved.emit(self._done, len(self._which))

    def _lay_page(self, page: int) -> None:
        size = self._pages.size(page)
        upright = size.width() <= size.height()
        standing = size if upright else size.transposed()
        # A size without a name of its own gets one from Qt's translations, and none at all where those have none.
        policy = QPageSize.SizeMatchPolicy.FuzzyMatch
        self._printer.setPageSize(QPageSize(standing, QPageSize.Unit.Point, "Lumbung", policy))
        way = QPageLayout.Orientation.Portrait if upright else QPageLayout.Orientation.Landscape
        self._printer.setPageOrientation(way)

    def _finish(self, *, whole: bool) -> None:
        self._timer.stop()
        if self._painter is not None:
            if not whole:
                self._printer.abort()
            self._painter.end()
            self._painter = None
            self.ended.emit(whole)


class _Thumbs(QAbstractListModel):
    """The pages as small pictures, each drawn when it is first seen."""

    def __init__(self, translator: Translator, parent: QObject) -> None:
        super().__init__(parent)
        self.translator = translator
        self._pages: Pages | None = None
        self._drawn: dict[int, QPixmap] = {}

    def show(self, pages: Pages) -> None:
        """Show another document."""
        self.beginResetModel()
        self._pages, self._drawn = pages, {}
        self.endResetModel()

    def rowCount(self, _parent: QModelIndex | QPersistentModelIndex | None = None) -> int:  # noqa: N802
        """How many pages."""
        return self._pages.count if self._pages else 0

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Role.DisplayRole) -> object:
        """The picture and the number of a page."""
        page = index.row()
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return self.translator("Page {n}", n=page + 1)
        if role == Role.DecorationRole and self._pages is not None:
            if page not in self._drawn:
                if len(self._drawn) > 60:
                    self._drawn.clear()
                size = self._pages.size(page).scaled(_THUMB.toSizeF(), Qt.AspectRatioMode.KeepAspectRatio)
                self._drawn[page] = QPixmap.fromImage(self._pages.document.render(page, size.toSize()))
            return self._drawn[page]
        return None


class Preview(QDialog):
    """The print preview."""

    def __init__(
        self, source: Printable, translator: Translator, parent: QWidget | None, *, folder: Path
    ) -> None:
        super().__init__(parent)
        self._source = source
        self.translator = translator
        self._folder = folder
        self._pages: Pages | None = None
        self._printing: Printing | None = None
        self.saved: Path | None = None
        self.printed = ""
        _ = translator
        self.setWindowTitle(_("Print {title}", title=source.title))
        self._paper = source.paper or (source.papers[0] if source.papers else "")
        self._chips = {name: Chip(name, chosen=name == self._paper) for name in source.papers}
        for name, chip in self._chips.items():
            chip.clicked.connect(lambda _checked=False, name=name: self.set_paper(name))
        self.view = QPdfView(self)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitInView)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setAccessibleName(_("Pages as they will be printed"))
        palette = self.view.palette()
        palette.setBrush(palette.ColorRole.Dark, theme.color("sunken"))
        self.view.setPalette(palette)
        self.thumbs = QListView()
        self._model = _Thumbs(_, self)
        self.thumbs.setModel(self._model)
        self.thumbs.setViewMode(QListView.ViewMode.IconMode)
        self.thumbs.setFlow(QListView.Flow.TopToBottom)
        self.thumbs.setWrapping(False)
        self.thumbs.setMovement(QListView.Movement.Static)
        self.thumbs.setIconSize(_THUMB)
        self.thumbs.setUniformItemSizes(True)
        self.thumbs.setGridSize(QSize(_THUMB.width() + 28, _THUMB.height() + 34))
        self.thumbs.setFixedWidth(_THUMB.width() + 48)
        self.thumbs.setAccessibleName(_("Pages"))
        self.thumbs.selectionModel().currentChanged.connect(lambda now, _before: self._jump(now.row()))
        self._count = Label("", tone="muted")
        self.setLayout(self._composed())
        self._tell_printers()
        self._load()
        if parent is not None:
            size = parent.window().size()
            self.resize(max(size.width() - 80, 640), max(size.height() - 60, 440))

    def _composed(self) -> "column":  # type: ignore[valid-type]
        _ = self.translator
        self.printers = QComboBox()
        self.printers.setAccessibleName(_("Printer"))
        self.printers.setMinimumWidth(180)
        self.copies = QSpinBox()
        self.copies.setRange(1, 99)
        self.copies.setAccessibleName(_("Copies"))
        self.print_button = Button(
            _("Print"), icon="printer", key="Ctrl+P", kind="primary", on=self.print_pages
        )
        self._more = Button(_("More choices"), kind="tool", on=self._choose)
        save = Button(_("Save as PDF"), icon="download", key="Ctrl+S", on=self.save)
        close = Button(_("Close"), key="Esc", on=self.reject)
        smaller = Button(
            _("Smaller"), icon="zoom-out", kind="tool", key="Ctrl+-", on=lambda: self.zoom_by(-1)
        )
        larger = Button(_("Larger"), icon="zoom-in", kind="tool", key="Ctrl++", on=lambda: self.zoom_by(1))
        whole = Button(_("Whole page"), icon="maximize", kind="tool", key="Ctrl+0", on=self._fit)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setVisible(False)
        self._stop = Button(_("Stop"), kind="danger", on=self._stop_printing)
        self._stop.setVisible(False)
        head = row(
            Label(self._source.title, "title"),
            self._count,
            flow(save, close, self.print_button, right=True),
            gap=16,
        )
        head.setStretch(2, 1)
        paper = [Label(_("Paper"), tone="muted"), *self._chips.values()] if self._chips else []
        printer = box(row(Label(_("Printer"), tone="muted"), self.printers, self.copies, gap=8))
        tools = flow(*paper, printer, self._more, smaller, larger, whole)
        body = row(self.thumbs, rule(upright=True), self.view, gap=0)
        body.setStretch(2, 1)
        made = column(head, tools, row(self._bar, self._stop), rule(), body, gap=10, margin=(16, 14, 16, 16))
        made.setStretch(4, 1)
        return made

    # Showing

    @property
    def pages(self) -> Pages:
        """The document that is shown."""
        assert self._pages is not None
        return self._pages

    @property
    def paper(self) -> str:
        """The paper it is shown on, "" where there is no choice."""
        return self._paper

    def set_paper(self, name: str) -> None:
        """Show it on another paper."""
        for own, chip in self._chips.items():
            chip.setChecked(own == name)
        if name != self._paper:
            self._paper = name
            self._load()

    def zoom_by(self, steps: int) -> None:
        """One step larger or smaller."""
        now = self.view.zoomFactor() * 100
        if self.view.zoomMode() is not QPdfView.ZoomMode.Custom:
            now = self._fitted()
            self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        wanted = [zoom for zoom in _ZOOMS if (zoom > now + 1 if steps > 0 else zoom < now - 1)]
        if wanted:
            self.view.setZoomFactor((wanted[0] if steps > 0 else wanted[-1]) / 100)

    def _fitted(self) -> float:
        """The zoom at which a whole page is seen, in percent."""
        size = self.pages.size(0)
        dots = self.view.logicalDpiX() / 72
        high = self.view.viewport().height() / (size.height() * dots)
        broad = self.view.viewport().width() / (size.width() * dots)
        return 100 * min(high, broad)

    def _fit(self) -> None:
        self.view.setZoomMode(QPdfView.ZoomMode.FitInView)

    def _load(self) -> None:
        old = self._pages
        self._pages = Pages(self._source.render(self._paper))
        self.view.setDocument(self._pages.document)
        self._model.show(self._pages)
        self._count.setText(self.translator.plural("{n} page", "{n} pages", self._pages.count))
        self.thumbs.setVisible(self._pages.count > 1)
        if old is not None:
            old.close()

    def _jump(self, page: int) -> None:
        if page >= 0:
            self.view.pageNavigator().jump(page, QPointF(), 0)

    def done(self, result: int) -> None:
        """Let the document go with the window; a printing that runs is stopped."""
        self._stop_printing()
        super().done(result)

    # Printing and saving

    def _tell_printers(self) -> None:
        names = QPrinterInfo.availablePrinterNames()
        self.printers.addItems(names)
        default = QPrinterInfo.defaultPrinterName()
        if default in names:
            self.printers.setCurrentText(default)
        _ = self.translator
        there = bool(names)
        if not there:
            self.printers.addItem(_("No printer found"))
        for widget in (self.printers, self.copies, self._more, self.print_button):
            widget.setEnabled(there)
        tip = "" if there else _("Connect a printer, or save as PDF and print it elsewhere.")
        self.print_button.setToolTip(tip)
        self.printers.setToolTip(tip)

    def print_pages(self) -> None:
        """Print all pages on the printer that is chosen."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPrinterName(self.printers.currentText())
        printer.setCopyCount(self.copies.value())
        self.print_on(printer)

    def print_on(self, printer: QPrinter, which: Sequence[int] = ()) -> None:
        """Print pages (all, when none are named) on a printer."""
        if self._printing is not None:
            return
        printer.setDocName(self._source.title)
        pages = list(which) or list(range(self.pages.count))
        self._printing = Printing(self.pages, printer, pages, self)
        self._printing.moved.connect(self._moved)
        self._printing.ended.connect(lambda whole: self._printed(printer, whole=whole))
        self._bar.setRange(0, len(pages))
        self._bar.setVisible(True)
        self._stop.setVisible(True)
        self.print_button.setEnabled(False)
        self._printing.start()

    def _choose(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPrinterName(self.printers.currentText())
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, self.pages.count)
        if dialog.exec():
            first, last = printer.fromPage() or 1, printer.toPage() or self.pages.count
            self.print_on(printer, range(first - 1, last))

    def _moved(self, done: int, total: int) -> None:
        self._bar.setValue(done)
        self._count.setText(self.translator("{done:n} of {total:n}", done=done, total=total))

    def _stop_printing(self) -> None:
        if self._printing is not None:
            self._printing.stop()

    def _printed(self, printer: QPrinter, *, whole: bool) -> None:
        _ = self.translator
        self._printing = None
        self._bar.setVisible(False)
        self._stop.setVisible(False)
        self.print_button.setEnabled(True)
        if whole:
            self.printed = printer.printerName() or printer.outputFileName()
            self._count.setText(_("Given to the printer"))
        else:
            self._count.setText(_("Printing was stopped"))

    def save(self) -> None:
        """Save the PDF; a file that is there is never written over."""
        from app.ui.export import fresh_path

        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self.saved = write_bytes(fresh_path(self._folder, self._source.title, "pdf"), self.pages.content)
        except (OSError, UserError) as error:
            said = self.translator.error(error) if isinstance(error, UserError) else str(error)
            self._count.setText(said)
            return
        self._count.setText(self.translator("Saved: {file}", file=str(self.saved)))


def show_preview(session: "Session", source: Printable) -> Preview:
    """Open the preview over the window and wait until it is closed; returns it, to see what was done."""
    from app.ui.export import export_folder

    window = session.shell.window() if session.shell is not None else None
    preview = Preview(source, session.translator, window, folder=export_folder())
    preview.exec()
    if preview.printed:
        session.toast(session.translator("{title} was given to the printer", title=source.title))
    return preview
