"""The reference for the statements: the same page as anyone would draw it on ReportLab's canvas.

A full TrueType font with ReportLab's defaults, `drawString` for each text, a rectangle for each module
of the QR code, nothing kept from page to page. It is written to be a fair opponent: no layout is
searched for, the heights are simply known.
"""

from io import BytesIO
from pathlib import Path
from typing import Any

import reportlab
import segno
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from app.base.i18n import Translator
from app.reports.account_statement import AccountStatement
from app.reports.forms import StatementHead
from app.reports.forms.verification import qr_content, verification_code

A4_MM = (210 * mm, 297 * mm)
NOTO = Path("/usr/share/fonts/truetype/noto")
DEJAVU = Path("/usr/share/fonts/truetype/dejavu")


def register_fonts() -> str:
    """Register a full font as `Plain` and `Plain-Bold`; return the name of what was found."""
    vera = Path(reportlab.__file__).parent / "fonts"
    for folder, regular, bold in (
        (NOTO, "NotoSans-Regular.ttf", "NotoSans-Bold.ttf"),
        (DEJAVU, "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
        (vera, "Vera.ttf", "VeraBd.ttf"),
    ):
        if (folder / regular).is_file() and (folder / bold).is_file():
            pdfmetrics.registerFont(TTFont("Plain", folder / regular))
            pdfmetrics.registerFont(TTFont("Plain-Bold", folder / bold))
            return regular
    raise FileNotFoundError(vera)


class PlainStatement:
    """Draws statements page by page."""

    def __init__(self, head: StatementHead, translator: Translator, count: int) -> None:
        self.head, self.translator, self.count = head, translator, count
        self.buffer = BytesIO()
        self.canvas: Any = Canvas(self.buffer, pagesize=A4_MM)

    def finish(self) -> bytes:
        """Return the PDF."""
        self.canvas.save()
        return self.buffer.getvalue()

    def left(self, x: float, y: float, text: str, size: float, bold: bool = False) -> None:
        self.canvas.setFont("Plain-Bold" if bold else "Plain", size)
        self.canvas.drawString(x * mm, (297 - y) * mm, text)

    def right(self, x: float, y: float, text: str, size: float, bold: bool = False) -> None:
        self.canvas.setFont("Plain-Bold" if bold else "Plain", size)
        self.canvas.drawRightString(x * mm, (297 - y) * mm, text)

    def line(self, y: float, width: float, x1: float = 20, x2: float = 195) -> None:
        self.canvas.setLineWidth(width)
        self.canvas.line(x1 * mm, (297 - y) * mm, x2 * mm, (297 - y) * mm)

    def box(self, x: float, y: float, width: float, height: float, line: float) -> None:
        self.canvas.setLineWidth(line)
        self.canvas.rect(x * mm, (297 - y - height) * mm, width * mm, height * mm)

    def draw(self, statement: AccountStatement, number: int) -> None:
        """Draw one page."""
        self.top(statement)
        y = self.savings(statement)
        y = self.loan(statement, y)
        self.due(statement, y)
        self.foot(statement, number)
        self.canvas.showPage()

    def top(self, statement: AccountStatement) -> None:
        _, canvas, head = self.translator, self.canvas, self.head.letterhead
        canvas.setStrokeColorRGB(23 / 255, 84 / 255, 54 / 255)
        canvas.setFillColorRGB(23 / 255, 84 / 255, 54 / 255)
        canvas.setLineWidth(1.5)
        canvas.circle(28 * mm, (297 - 22) * mm, 7.7 * mm)
        canvas.setFont("Plain-Bold", 14)
        canvas.drawCentredString(28 * mm, (297 - 23.8) * mm, "KSP")
        self.left(40, 18.9, head.name, 14, bold=True)
        canvas.setFillColorRGB(0, 0, 0)
        for index, line in enumerate(head.lines):
            self.left(40, 24 + index * 4.2, line, 9)
        self.line(32.5, 1.5)
        canvas.setStrokeColorRGB(0, 0, 0)
        self.left(20, 43, _("Member statement"), 19, bold=True)
        self.right(195, 43, _.format.month(statement.last_day), 19, bold=True)
        self.left(20, 53.7, statement.name, 15, bold=True)
        self.left(20, 60, statement.address, 11)
        joined = _.format.date_long(statement.joined) if statement.joined else ""
        for index, (label, value) in enumerate(
            (
                (_("Member no."), statement.number),
                (_("Group"), statement.group),
                (_("Member since"), joined),
            )
        ):
            self.left(131, 50.4 + index * 5.4, label, 11)
            self.right(195, 50.4 + index * 5.4, value, 11, bold=True)
        assert statement.due_by is not None
        boxes = (
            (20, 54, 0.5, _("Total savings"), statement.savings_closing,
             _("as of {date}", date=statement.last_day)),
            (78, 54, 0.5, _("Loan principal left"), statement.outstanding,
             _("after the instalment of {day}", day="24 Oktober")),
            (136, 59, 2.0, _("To be paid"), statement.due_total,
             _("by {date} at the latest", date=statement.due_by)),
        )  # fmt: skip
        for x, width, thick, label, amount, note in boxes:
            self.box(x, 66, width, 19, thick)
            self.left(x + 3, 71.1, label, 11, bold=thick > 1)
            self.right(x + width - 3, 78, _.format.rupiah(amount), 17, bold=True)
            self.right(x + width - 3, 83, note, 9.5)

    def savings(self, statement: AccountStatement) -> float:
        _, canvas, written = self.translator, self.canvas, self.translator.format.statement
        self.left(20, 92.2, _("Savings"), 13, bold=True)
        self.right(195, 92.2, _("in rupiah"), 10)
        self.line(94.6, 1.3)
        for start, label in ((21, _("Date")), (36, _("Voucher no.")), (66, _("Description"))):
            self.left(start, 99.5, label, 10)
        for edge, label in ((139, _("In")), (167, _("Out")), (194, _("Balance"))):
            self.right(edge, 99.5, label, 10)
        self.line(101.5, 0.5)
        y = 101.9
        for section in statement.savings:
            canvas.setFillColorRGB(237 / 255, 241 / 255, 238 / 255)
            canvas.rect(20 * mm, (297 - y - 6.3) * mm, 175 * mm, 5.9 * mm, stroke=0, fill=1)
            canvas.setFillColorRGB(0, 0, 0)
            self.left(21, y + 4.8, section.name, 11, bold=True)
            self.left(66, y + 4.8, section.note or _("no movement"), 9.5)
            if section.movements:
                self.right(167, y + 4.8, _("opening balance"), 9.5)
                self.right(194, y + 4.8, written(section.opening), 11)
            else:
                self.right(194, y + 4.8, written(section.closing), 11, bold=True)
            y += 6.7
            for line in section.movements:
                self.left(21, y + 4.4, _.format.day_month(line.on), 11)
                self.left(36, y + 4.4, line.number, 9.5)
                self.left(66, y + 4.4, line.memo, 11)
                if line.deposit:
                    self.right(139, y + 4.4, written(line.deposit), 11)
                if line.withdrawal:
                    self.right(167, y + 4.4, written(line.withdrawal), 11)
                self.right(194, y + 4.4, written(line.balance), 11, line is section.movements[-1])
                y += 5.9
        self.line(y + 0.9, 0.8)
        self.left(21, y + 5.7, _("Total savings"), 11.5, bold=True)
        self.left(66, y + 5.7, _("start of month {amount:n}", amount=statement.savings_opening), 10)
        self.right(139, y + 5.7, written(statement.savings_in), 11, bold=True)
        self.right(167, y + 5.7, written(statement.savings_out), 11, bold=True)
        self.right(194, y + 5.7, written(statement.savings_closing), 11, bold=True)
        self.line(y + 8, 0.5)
        self.left(21, y + 13.3, _("Interest on savings this month"), 10.5)
        gross, tax = statement.interest_gross, statement.interest_tax
        x = 194.0
        for text in (
            _("net {amount:n}", amount=gross - tax),
            _("tax {amount:n}", amount=tax),
            _("gross {amount:n}", amount=gross),
        ):
            self.right(x, y + 13.3, text, 10.5, bold=True)
            x -= canvas.stringWidth(text, "Plain-Bold", 10.5) / mm + 3
        return y + 14.8

    def loan(self, statement: AccountStatement, y: float) -> float:
        _, written = self.translator, self.translator.format.statement
        loan = statement.loans[0]
        y += 7.9
        self.left(20, y, _("Loan {number}", number=loan.number), 13, bold=True)
        terms = _(
            "{terms} · {first} to {last}",
            terms=loan.terms,
            first=loan.disbursed_on,
            last=loan.last_due,
        )
        self.right(195, y, terms, 10)
        self.line(y + 2.4, 1.3)
        for x, label in ((21, _("Date")), (36, _("Voucher no.")), (62, _("Description"))):
            self.left(x, y + 7.2, label, 10)
        labels = (_("Principal"), _("Interest"), _("Penalty"), _("Principal left"))
        for edge, label in zip((129, 151, 168, 194), labels, strict=True):
            self.right(edge, y + 7.2, label, 10)
        self.line(y + 9.3, 0.5)
        y += 9.7
        self.left(62, y + 4.4, _("Principal left at the start of the month"), 11)
        self.right(194, y + 4.4, written(loan.opening), 11)
        y += 5.9
        for line in loan.movements:
            self.left(21, y + 4.4, _.format.day_month(line.on), 11)
            self.left(36, y + 4.4, line.number, 9.5)
            self.left(62, y + 4.4, line.memo, 11)
            self.right(129, y + 4.4, written(line.principal), 11)
            self.right(151, y + 4.4, written(line.interest), 11)
            self.right(168, y + 4.4, written(line.penalty), 11)
            self.right(194, y + 4.4, written(line.outstanding), 11, bold=True)
            y += 5.9
        self.line(y + 0.7, 0.5)
        y += 6.8
        number = _("no. {number} of {count}", number=loan.instalments_paid + 1, count=12)
        for label, figure in (
            (_("Instalment"), number),
            (_("Amount lent"), written(loan.plafond)),
            (_("Principal paid so far"), written(loan.principal_paid)),
            (_("Principal left"), written(loan.outstanding)),
            (_("Arrears of principal"), written(loan.arrears_principal)),
            (_("Arrears of interest"), written(loan.arrears_interest)),
            (_("Penalty not yet paid"), written(loan.penalty_due)),
        ):
            self.left(23, y, label, 11)
            self.right(92, y, figure, 11, bold=True)
            y += 5.2
        self.canvas.setLineWidth(2.4)
        self.canvas.line(20.4 * mm, (297 - y + 18.9) * mm, 20.4 * mm, (297 - y + 3.5) * mm)
        return y - 7 * 5.2 - 4.05

    def due(self, statement: AccountStatement, y: float) -> None:
        _, written = self.translator, self.translator.format.statement
        self.box(101, y, 94, 37, 2.0)
        self.left(104, y + 5.35, _("To be paid next"), 11.5, bold=True)
        for index, line in enumerate(statement.due):
            self.left(104, y + 11.3 + index * 5.3, line.text, 10.5)
            self.right(192, y + 11.3 + index * 5.3, written(line.amount), 10.5)
        self.line(y + 29.2, 0.8, 104, 192)
        self.left(104, y + 34.25, _("Total"), 12, bold=True)
        self.right(192, y + 34.25, _.format.rupiah(statement.due_total), 14, bold=True)

    def foot(self, statement: AccountStatement, number: int) -> None:
        _, canvas, head = self.translator, self.canvas, self.head
        self.line(249.05, 0.5)
        objection = _(
            "Check the figures above. If anything is not right, object by {date} to the Supervisors:",
            date=head.objection_by,
        )
        y = 254.0
        line = ""
        for word in objection.split():
            if canvas.stringWidth(f"{line} {word}", "Plain", 11) > 92 * mm:
                self.left(20, y, line, 11)
                y, line = y + 5.25, word
            else:
                line = f"{line} {word}".strip()
        self.left(20, y, line, 11)
        self.left(20, y + 5.35, head.contact, 12.5, bold=True)
        self.left(118, 254, f"{head.place}, {_.format.date_long(head.signed_on)}", 9.5)
        self.left(118, 258.4, _("Treasurer"), 9.5)
        self.left(118, 277.3, head.treasurer, 11, bold=True)
        self.line(278.8, 0.5, 118, 162)
        code = verification_code(statement, head.book)
        matrix = segno.make_qr(qr_content(statement, head, code), error="l").matrix
        side = 23 * mm / len(matrix)
        for row, cells in enumerate(matrix):
            for column, dark in enumerate(cells):
                if dark:
                    x, top = 172 * mm + column * side, (297 - 251.05) * mm - row * side
                    canvas.rect(x, top - side, side, side, stroke=0, fill=1)
        self.right(195, 278.2, code, 9, bold=True)
        self.line(281.6, 0.5)
        made = _(
            "Made on {date} at {time} by {name}",
            date=_.format.date_long(head.made_at.date()),
            time=_.format.time(head.made_at),
            name=head.made_by,
        )
        self.left(20, 286, made, 8.5)
        sheet = _("Sheet {number} of {count}", number=number, count=self.count)
        text = _("{sheet} · Page {page} of {pages}", sheet=sheet, page=1, pages=1)
        self.right(195, 286, text, 8.5)
