"""The receipt of a sale: to the receipt printer of the settings, or into the preview on wish."""

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from app.base.settings import RECEIPT_PRINTER, RECEIPT_ROLL
from app.ledger.sales.queries import sale_document
from app.ui.bridge import Session

_DOTS = 203  # an inch, of the usual thermal printer


def has_printer(session: Session) -> bool:
    """Whether a receipt printer is set and connected."""
    name = session.settings[RECEIPT_PRINTER]
    return bool(name) and name in QPrinterInfo.availablePrinterNames()


def receipt_of(session: Session, entry: int, given: int | None) -> tuple[str, bytes] | None:
    """The number of a sale that was saved and its receipt; `given` is what the customer gave in cash."""
    from app.reports.forms.receipt import Receipt, receipt_pdf

    sale = sale_document(session.reading(), entry)
    if sale is None:
        return None
    head = session.request().letterhead()
    receipt = Receipt(sale, head, session.services.clock.local(), given, session.info.training)
    return sale.number, receipt_pdf(receipt, session.settings[RECEIPT_ROLL], session.translator)


def print_receipt(session: Session, entry: int, given: int | None) -> None:
    """Print the receipt at once, without a word."""
    made = receipt_of(session, entry, given)
    if made is None:
        return
    number, pdf = made
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(session.settings[RECEIPT_PRINTER])
    printer.setDocName(number)
    put_on(printer, pdf)


def preview_receipt(session: Session, entry: int, given: int | None) -> None:
    """Show the receipt, to be printed or saved from there."""
    made = receipt_of(session, entry, given)
    if made is not None:
        session.preview(made[1], session.translator("Receipt {number}", number=made[0]))


def put_on(printer: QPrinter, pdf: bytes) -> None:
    """Print a receipt's one page as large as it is, dot by dot, black only."""
    from PySide6.QtCore import QBuffer, QByteArray
    from PySide6.QtPdf import QPdfDocument

    document = QPdfDocument()
    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    document.load(buffer)
    points = document.pagePointSize(0)
    printer.setPageSize(QPageSize(QSizeF(points), QPageSize.Unit.Point))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    size = (points * (_DOTS / 72)).toSize()
    picture = document.render(0, size)
    painter = QPainter(printer)
    target = printer.pageRect(QPrinter.Unit.DevicePixel).toRect()
    painter.drawImage(target, picture.scaled(target.size(), Qt.AspectRatioMode.KeepAspectRatio))
    painter.end()
    document.close()
    buffer.close()
