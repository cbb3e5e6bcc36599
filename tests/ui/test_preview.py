"""The print preview: pages, paper, zoom, printing into a file, saving without writing over anything."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from app.base.i18n import Translator
from app.base.settings import Settings
from app.ui import printing
from app.ui.application import make_app
from app.ui.widgets.preview import Preview, Printable
from tests.ui.conftest import OpenBook

SIZES = {"A4": (595, 842), "F4": (609, 935)}


def paper(name: str, pages: int = 3) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=SIZES[name])
    for page in range(pages):
        canvas.drawString(100, 400, f"halaman {page + 1} di {name}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.fixture
def preview(qtbot: QtBot, settings: Settings, tmp_path: Path) -> Preview:
    make_app(settings)
    made = Preview(Printable("Laba Rugi", paper, ("A4", "F4"), "A4"), Translator("id"), None, folder=tmp_path)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    return made


def test_all_pages_are_there(preview: Preview) -> None:
    assert preview.pages.count == 3
    model = preview.thumbs.model()
    assert model.rowCount() == 3
    assert model.data(model.index(1, 0), Qt.ItemDataRole.DecorationRole).height() > 60


def test_another_paper_draws_it_anew(preview: Preview) -> None:
    assert round(preview.pages.size(0).height()) == 842
    preview._chips["F4"].click()
    assert preview.paper == "F4"
    assert round(preview.pages.size(0).height()) == 935


def test_zoom(preview: Preview) -> None:
    before = preview._fitted() / 100
    preview.zoom_by(1)
    assert preview.view.zoomFactor() > before
    larger = preview.view.zoomFactor()
    preview.zoom_by(-1)
    assert preview.view.zoomFactor() < larger


def test_it_prints_what_it_shows(preview: Preview, qtbot: QtBot, tmp_path: Path) -> None:
    target = tmp_path / "printed.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    preview.print_on(printer)
    qtbot.waitUntil(lambda: bool(preview.printed), timeout=20_000)
    pages = PdfReader(target).pages
    assert len(pages) == 3
    assert [round(float(side)) for side in pages[0].mediabox[2:]] == pytest.approx([595, 842], abs=2)


def test_printing_can_be_stopped(preview: Preview, qtbot: QtBot, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "stopped.pdf"))
    preview.print_on(printer)
    preview._stop.click()
    qtbot.waitUntil(lambda: preview._printing is None, timeout=10_000)
    assert not preview.printed


def test_saving_never_writes_over(preview: Preview, tmp_path: Path) -> None:
    preview.save()
    preview.save()
    assert (tmp_path / "Laba Rugi.pdf").read_bytes() == preview.pages.content
    assert preview.saved == tmp_path / "Laba Rugi (2).pdf"


def test_a_small_paper_is_offered_where_it_can_be_read(
    session_of: OpenBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Printable] = []
    monkeypatch.setattr(printing, "show_preview", lambda _session, source: shown.append(source))
    session = session_of("business")
    session.preview(session.document("income-statement"))
    session.preview(replace(session.document("cash-book"), landscape=True))
    statement, wide = shown
    assert tuple(statement.papers) == ("A4", "F4", "A5")
    assert tuple(wide.papers) == ("A4", "F4")
    page = PdfReader(BytesIO(statement.render("A5"))).pages[0]
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (420, 595)
    assert "Laba Rugi" in page.extract_text()
