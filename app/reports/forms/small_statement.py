"""What half pages and quarter pages of members' statements have in common (paper 2)."""

from app.base.i18n import Translator
from app.reports.account_statement import AccountStatement
from app.reports.forms import StatementHead
from app.reports.forms.qr import qr_rows
from app.reports.forms.verification import qr_content, qr_side, verification_code
from app.reports.forms.words import DASH, Words, words_for
from app.reports.paper import BLACK, Align, Color, Sheet

SMALL_BOX = 1.8


class SmallStatement:
    """One member's part of a page; `left` and `top` are its corner. Measures below are within it."""

    def __init__(
        self, sheet: Sheet, statement: AccountStatement, head: StatementHead, translator: Translator
    ) -> None:
        self.sheet, self.statement, self.head = sheet, statement, head
        self.words: Words = words_for(head, translator)
        self.left = self.top = 0.0

    def draw(self, left: float, top: float, number: int, count: int) -> None:
        """Draw it as sheet `number` of `count`, its corner at `left`, `top`."""
        self.left, self.top = left, top
        self._draw(number, count)

    def _draw(self, number: int, count: int) -> None:
        raise NotImplementedError

    def text(
        self,
        x: float,
        y: float,
        string: str,
        size: float,
        bold: bool = False,
        align: Align = "left",
        color: Color = BLACK,
    ) -> float:
        """Write within this part of the page."""
        return self.sheet.text(self.left + x, self.top + y, string, size, bold, align, color)

    def figure(self, right: float, y: float, amount: int, size: float, bold: bool = False) -> None:
        """Write an amount; nothing is a dash."""
        written = self.words.statement(amount) if amount else DASH
        self.sheet.figure(self.left + right, self.top + y, written, size, bold)

    def line(self, x1: float, x2: float, y: float, width: float) -> None:
        """A level line."""
        self.sheet.line(self.left + x1, self.top + y, self.left + x2, self.top + y, width)

    def code(self, right: float, y: float, side: float) -> str:
        """Draw the QR code with its right upper corner here, and return the code in letters."""
        code = verification_code(self.statement, self.head.book)
        rows = qr_rows(qr_content(self.statement, self.head, code))
        side = qr_side(len(rows), side)
        self.sheet.pattern(self.left + right - side, self.top + y, side, rows)
        return code

    def training_mark(self, x: float, y: float, size: float) -> None:
        """The word of a training book in the footer, framed, its middle at `x`."""
        word = self.words.training
        if word:
            wide = self.sheet.width_mm(word, size, bold=True) + 3
            self.text(x, y, word, size, True, "center")
            self.sheet.box(self.left + x - wide / 2, self.top + y - 3, wide, 4.1, 1.0)

    @property
    def interest(self) -> tuple[int, int]:
        """Interest of the month before tax, and the tax."""
        return self.statement.interest_gross, self.statement.interest_tax

    def behind(self) -> list[tuple[str, int]]:
        """The three arrears of all loans together."""
        words, loans = self.words, self.statement.loans
        return [
            (words.arrears_principal, sum(loan.arrears_principal for loan in loans)),
            (words.arrears_interest, sum(loan.arrears_interest for loan in loans)),
            (words.penalty_due, sum(loan.penalty_due for loan in loans)),
        ]
