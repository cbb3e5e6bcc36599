"""Paper 7, the receipt of a sale on a roll of 58 or 80 mm: black only, as long as it has to be."""

from dataclasses import dataclass
from datetime import date, datetime

from app.base.i18n import Translator
from app.ledger.sales.queries import ReceiptLine, SaleDocument
from app.reports.document import Letterhead
from app.reports.paper import Paper, Sheet
from app.reports.paper.fonts import width_mm, wrap

ROLLS = {"58": (58.0, 48.0, 8.5), "80": (80.0, 72.0, 10.0)}
_INDENT, _FEED, _TOP, _BETWEEN, _APART = 3.0, 12.0, 6.0, 0.8, 2.0


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is printed: the sale, who sells, when; and of cash what was given, for the change."""

    sale: SaleDocument
    letterhead: Letterhead
    at: datetime  # with the device's zone
    given: int | None = None
    training: bool = False


def receipt_pdf(receipt: Receipt, roll: str, translator: Translator) -> bytes:
    """The receipt as a PDF of one page, as wide as the roll and as long as its lines."""
    # Drawn once to measure, once on a page of that length.
    length = _Roll(receipt, roll, translator, 1_000).draw()
    made = _Roll(receipt, roll, translator, length + _FEED)
    made.draw()
    return made.sheet.finish()


class _Roll:
    def __init__(self, receipt: Receipt, roll: str, translator: Translator, length: float) -> None:
        width, print_width, self._size = ROLLS[roll]
        self._left = (width - print_width) / 2
        self._right = width - self._left
        self._middle = width / 2
        self._step = self._size * 0.47
        self._receipt = receipt
        self._ = translator
        self._y = _TOP
        self._narrow = roll == "58"
        self.sheet = Sheet(
            Paper(roll, width, length, self._left, self._left),
            title=translator("Receipt {number}", number=receipt.sale.number),
            author=receipt.letterhead.name,
            language=translator.language,
            made_at=receipt.at,
            alone=True,
        )

    def draw(self) -> float:
        """Draw it; returns where the last line stands, in mm from the top."""
        _ = self._
        sale = self._receipt.sale
        fmt = _.format
        self._head()
        self._rule(1.0)
        on = _narrow_date(sale.on) if self._narrow else fmt.date_medium(sale.on)
        self._pair(sale.number, f"{on} {fmt.time(self._receipt.at.replace(tzinfo=None))}")
        if sale.customer:
            self._pair(_("Customer"), sale.customer, bold=True, quiet=True)
        self._rule(0.5)
        for line in sale.lines:
            self._line(line)
            self._y += _BETWEEN
        self._rule(1.0)
        self._y += 1
        self._total(_("Total"), fmt.rupiah(sale.total))
        self._y += _BETWEEN
        self._payments()
        self._y += 1
        self._rule(0.5)
        for words in (_("Thank you"), _("To change goods, bring this receipt")):
            self._centred(words, self._size)
        if self._receipt.training:
            self._centred(_("TRAINING"), self._size + 2, bold=True)
        return self._y

    def _head(self) -> None:
        if self._receipt.training:
            self._centred(self._("TRAINING"), self._size + 2, bold=True)
        head = self._receipt.letterhead
        for line in wrap(head.name, self._right - self._left, self._size + 2, bold=True):
            self._centred(line, self._size + 2, bold=True)
        for text in head.lines:
            for line in wrap(text, self._right - self._left, self._size):
                self._centred(line, self._size)

    def _line(self, line: ReceiptLine) -> None:
        fmt = self._.format
        for text in self._broken(line.name):
            self._y += self._step
            self.sheet.text(self._left, self._y, text, self._size)
        words = f"{fmt.quantity(line.quantity)} {line.unit}".strip() + f" × {fmt.amount(line.price)}"
        if line.discount:
            words += f" – {fmt.amount(line.discount)}"
        self._y += self._step
        self.sheet.text(self._left + _INDENT, self._y, words, self._size)
        if not self._fits(words, fmt.amount(line.amount), indent=_INDENT):
            self._y += self._step
        self.sheet.figure(self._right, self._y, fmt.amount(line.amount), self._size)

    def _payments(self) -> None:
        _ = self._
        receipt = self._receipt
        fmt = _.format
        names = {"cash": _("Cash money"), "qris": _("QRIS"), "bank": _("Transfer")}
        for kind, amount in receipt.sale.paid:
            given = receipt.given if kind == "cash" and receipt.given is not None else amount
            self._pair(names.get(kind, kind), fmt.amount(given))
            if given > amount:
                self._pair(_("Money back"), fmt.amount(given - amount), bold=True)
        if receipt.sale.owed:
            self._pair(_("Left on this note"), fmt.amount(receipt.sale.owed), bold=True)
        if receipt.sale.owed and receipt.sale.due is not None:
            due = receipt.sale.due
            self._pair(_("Due"), _narrow_date(due) if self._narrow else fmt.date_long(due))

    def _total(self, word: str, figure: str) -> None:
        size = self._size + 2
        self._y += size * 0.45
        self.sheet.text(self._left, self._y, word, size, bold=True)
        self.sheet.figure(self._right, self._y, figure, size, bold=True)

    def _pair(self, word: str, value: str, *, bold: bool = False, quiet: bool = False) -> None:
        # The name of a customer is bold, the word before it is not.
        left_bold = bold and not quiet
        for line in self._broken(word, bold=left_bold):
            self._y += self._step
            self.sheet.text(self._left, self._y, line, self._size, bold=left_bold)
        if not self._fits(word, value, bold=bold):
            self._y += self._step
        for number, line in enumerate(self._broken(value, bold=bold)):
            self._y += self._step if number else 0
            self.sheet.text(self._right, self._y, line, self._size, bold, "right")

    def _broken(self, text: str, *, bold: bool = False) -> list[str]:
        """The text in lines as wide as the paper; a word that is wider is broken where the paper ends."""
        room = self._right - self._left
        lines: list[str] = []
        for line in wrap(text, room, self._size, bold=bold):
            rest = line
            while width_mm(rest, self._size, bold) > room:
                end = next(
                    end for end in range(len(rest), 0, -1) if width_mm(rest[:end], self._size, bold) <= room
                )
                lines.append(rest[:end])
                rest = rest[end:]
            lines.append(rest)
        return lines

    def _fits(self, word: str, value: str, *, indent: float = 0, bold: bool = False) -> bool:
        """Whether both find room in one line."""
        taken = width_mm(word, self._size, bold) + width_mm(value, self._size, bold)
        return self._left + indent + taken + _APART <= self._right

    def _centred(self, text: str, size: float, *, bold: bool = False) -> None:
        self._y += size * 0.47
        self.sheet.text(self._middle, self._y, text, size, bold, "center")

    def _rule(self, width: float) -> None:
        self._y += 2
        self.sheet.line(self._left, self._y, self._right, self._y, width)
        self._y += 0.6


def _narrow_date(day: date) -> str:
    return f"{day:%d/%m/%y}"
