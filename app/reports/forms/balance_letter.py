"""Surat konfirmasi saldo: a letter that tells a member all savings and loans at a day, and below it a strip that
comes back signed, with the answer whether the figures are right.

One sheet a member. The strip stands at the foot, so that a heap of letters is cut in one go.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from app.base.i18n import Translator
from app.base.progress import Progress, Silent
from app.reports.document import Officer
from app.reports.forms import PaperHead
from app.reports.forms.columns import cell_lines
from app.reports.forms.words import made, place_and_date
from app.reports.paper import (
    GROUP_LINE,
    HAIRLINE,
    PAPERS,
    SECTION_LINE,
    Sheet,
    letterhead,
    signatures,
    wrap,
)

ROW = 6.0
STRIP = 84.0  # mm from the foot of the sheet to the line that is cut along
SIGNED = 30.0  # above it: the signature of the cooperative, which the member keeps
_DRAWN_AT = 10.0  # where a part is drawn that is then moved down: above the paper nothing can be seen
_SIZES = (10.5, 10.0, 9.5, 9.0, 8.5)


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """One savings account or loan: its words, its number, and the balance in rupiah."""

    name: str
    note: str
    amount: int


@dataclass(frozen=True, slots=True)
class BalanceLetter:
    """One member's balances at the close of a day. `left` is the day of leaving where there is one."""

    number: str
    name: str
    address: str
    group: str
    on: date
    left: date | None
    savings: tuple[BalanceLine, ...]
    loans: tuple[BalanceLine, ...]
    held: int

    @property
    def saved(self) -> int:
        """All savings."""
        return sum(item.amount for item in self.savings)

    @property
    def owed(self) -> int:
        """The principal of all loans."""
        return sum(item.amount for item in self.loans)


def balance_letters_pdf(
    letters: Sequence[BalanceLetter],
    head: PaperHead,
    translator: Translator,
    progress: Progress | None = None,
) -> bytes:
    """All letters in one PDF, in the order given; pages are counted within each letter."""
    _ = translator
    told = progress or Silent()
    sheet = Sheet(
        PAPERS[head.paper],
        title=_("Confirmation of balances"),
        author=head.letterhead.name,
        language=translator.language,
        made_at=head.made_at,
        alone=len(letters) == 1,
    )
    for place, letter in enumerate(letters):
        if place % 20 == 0:
            told.step(place, len(letters), letter.name)
        sheet.new_run()
        _Letter(sheet, letter, head, translator).draw()
    return sheet.finish()


@lru_cache(maxsize=4)
def _lines_of(text: str, width: float) -> int:
    return len(wrap(text, width, 10.5))


class _Letter:
    def __init__(self, sheet: Sheet, letter: BalanceLetter, head: PaperHead, translator: Translator) -> None:
        self._sheet, self._letter, self._head, self._ = sheet, letter, head, translator
        self._written = translator.format.statement

    def draw(self) -> None:
        """Draw the letter and its strip."""
        sheet, _, letter = self._sheet, self._, self._letter
        sheet.footer(
            made(self._head, _),
            lambda page, pages: _("Page {page} of {pages}", page=page, pages=pages),
            mark=_("TRAINING") if self._head.training else "",
        )
        letterhead(sheet, self._head.letterhead, training=_("TRAINING") if self._head.training else "")
        y = 41.0
        sheet.text(sheet.left, y, _("Confirmation of balances"), 15, bold=True)
        sheet.text(
            sheet.right,
            y,
            _("as of {on}", on=_.format.date_long(letter.on)),
            10.5,
            bold=True,
            align="right",
        )
        y = self._whom(y + 8.5)
        asked = _(
            "By our books your savings and loans stood as below at the close of {on}. Please compare them with"
            " your passbook and your receipts, then give the lower part back signed.",
            on=_.format.date_long(letter.on),
        )
        wide = sheet.right - sheet.left

        def say() -> None:
            sheet.paragraph(sheet.left, _DRAWN_AT, wide, asked, 10.5, leading=4.8)

        sheet.fixed_lower(f"balance letter {letter.on}", y + 3.0 - _DRAWN_AT, say)
        y += 3.0 + _lines_of(asked, wide) * 4.8
        y = self._part(y + 2.5, _("Savings"), letter.savings, _("All savings"), letter.saved)
        if letter.loans:
            y = self._part(y + 2.5, _("Loans, principal left"), letter.loans, _("All loans"), letter.owed)
        if letter.held:
            y = self._room(y, ROW)
            sheet.text(sheet.left, y + 4.2, _("Paid ahead, kept aside"), 10)
            sheet.figure(sheet.right, y + 4.2, self._written(letter.held), 10)
            y += ROW
        signed = sheet.height - STRIP - SIGNED
        if y > signed - 4:
            self._next_page()
        officers = self._head.letterhead.officers[:1]
        if officers:
            signatures(sheet, signed, place_and_date(self._head, _), officers, space=15)
        self._strip(sheet.height - STRIP)

    def _whom(self, y: float) -> float:
        sheet, letter, _ = self._sheet, self._letter, self._
        sheet.text(sheet.left, y, _.context("letter", "To"), 10)
        size, lines = cell_lines(letter.name, 110, (12, 11, 10), bold=True)
        for line in lines:
            sheet.text(sheet.left + 12, y, line, size, bold=True)
            y += 5.0
        facts = [_("Member no. {number}", number=letter.number), letter.group, letter.address]
        if letter.left is not None:
            facts.append(_("left on {on}", on=_.format.date_long(letter.left)))
        for text in filter(None, facts):
            for line in sheet.wrap(text, 140, 10):
                sheet.text(sheet.left + 12, y, line, 10)
                y += 4.5
        return y

    def _room(self, y: float, high: float) -> float:
        """Where to go on drawing: on the next page, where there is no room before the strip's place."""
        sheet = self._sheet
        if y + high <= sheet.height - STRIP - 4:
            return y
        if sheet.page == 1 or y + high > sheet.bottom:
            return self._next_page()
        return y

    def _next_page(self) -> float:
        sheet = self._sheet
        sheet.new_page()
        title = self._("{number}, {name}, continued", number=self._letter.number, name=self._letter.name)
        sheet.text(sheet.left, 14, title, sheet.fit(title, 170, (12, 11, 10, 9), True), bold=True)
        return 18.0

    def _part(self, y: float, title: str, lines: Sequence[BalanceLine], total: str, amount: int) -> float:
        sheet = self._sheet
        y = self._room(y, 3 * ROW)
        sheet.text(sheet.left, y + 4.2, title, 10.5, bold=True)
        sheet.text(sheet.right, y + 4.2, self._("in rupiah"), 9.5, align="right")
        y += ROW
        sheet.line(sheet.left, y, sheet.right, y, SECTION_LINE)
        if not lines:
            sheet.text(sheet.left, y + 4.2, self._("Nothing"), 10)
            y += ROW
        for line in lines:
            y = self._room(y, ROW)
            wide = sheet.text(sheet.left, y + 4.2, line.name, sheet.fit(line.name, 80, _SIZES))
            room = sheet.right - sheet.left - wide - 4 - 38
            size = sheet.fit(line.note, room, (9.5, 9, 8.5, 8, 7))
            sheet.text(sheet.left + wide + 3, y + 4.2, line.note, size)
            sheet.figure(sheet.right, y + 4.2, self._written(line.amount), 10.5)
            y += ROW
            sheet.line(sheet.left, y, sheet.right, y, HAIRLINE)
        y = self._room(y, ROW)
        sheet.text(sheet.left, y + 4.4, total, 10.5, bold=True)
        sheet.figure(sheet.right, y + 4.4, self._written(amount), 10.5, bold=True)
        sheet.line(sheet.left, y + ROW, sheet.right, y + ROW, GROUP_LINE)
        return y + ROW

    def _strip(self, y: float) -> None:
        """The part that comes back: who answers, the sums, the two boxes, and the signature."""
        sheet, letter, _ = self._sheet, self._letter, self._
        sheet.fixed(f"balance strip {letter.on} {y}", lambda: self._draw_strip(y))
        who = _("{name}, member no. {number}", name=letter.name, number=letter.number)
        size, lines = cell_lines(who, sheet.right - sheet.left, (10.5, 10, 9.5, 9, 8.5))
        at = y + 12.5
        for line in lines[:2]:
            sheet.text(sheet.left, at, line, size)
            at += 4.4
        sums = _("All savings {saved:rp}, all loans {owed:rp}", saved=letter.saved, owed=letter.owed)
        sheet.text(sheet.left, at + 0.4, sums, 10.5, bold=True)
        signer = [Officer(_.context("signature", "Member"), letter.name)]
        signatures(sheet, y + 47, _("Place and date: {dots}", dots="." * 18), signer, space=13)

    def _draw_strip(self, y: float) -> None:
        """What is the same on all strips of a day."""
        sheet, _, on = self._sheet, self._, self._letter.on
        sheet.line(0, y, sheet.width, y, HAIRLINE, dash=(4, 3))
        sheet.text(sheet.width / 2, y - 1.2, _("cut here and give the lower part back"), 8, align="center")
        title = _("Answer on the balances as of {on}", on=_.format.date_long(on))
        sheet.text(sheet.left, y + 7, title, sheet.fit(title, 170, (12, 11, 10)), bold=True)
        at, wide = y + 24, 0.0
        for words in (_("I agree with these balances."), _("I do not agree. By my records they are:")):
            sheet.box(sheet.left, at, 4.2, 4.2, SECTION_LINE)
            wide = sheet.text(sheet.left + 6.5, at + 3.5, words, 10.5)
            at += 6.6
        sheet.line(sheet.left + 8.5 + wide, at - 3, sheet.right, at - 3, HAIRLINE)
        sheet.line(sheet.left + 6.5, at + 3.5, sheet.right, at + 3.5, HAIRLINE)
