"""Surat Tagihan: the letter to a member whose loan is late; one of three, each firmer than the one before.

One sheet a member: what is behind, by when it is to be paid, what happens otherwise, whom to call, and who signs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.base.i18n import Translator
from app.base.progress import Progress, Silent
from app.base.words import rupiah_in_words
from app.reports import reminder_words as said
from app.reports.forms import PaperHead
from app.reports.forms.columns import cell_lines
from app.reports.forms.words import made, place_and_date
from app.reports.paper import GROUP_LINE, HAIRLINE, PAPERS, SECTION_LINE, Sheet, letterhead, signatures

_ROW, _LEADING, _SIZE = 6.0, 5.0, 10.5
_SIGNERS = 2


@dataclass(frozen=True, slots=True)
class ReminderLetter:
    """One letter; amounts in rupiah. `number` is empty while it was not noted as sent, and written in by hand."""

    step: int
    number: str
    on: date
    loan: str
    member: str
    name: str
    address: str
    since: date
    days: int
    principal: int
    interest: int
    penalty: int
    pay_by: date
    before: date | None  # when the letter before was sent

    @property
    def total(self) -> int:
        """All that is behind."""
        return self.principal + self.interest + self.penalty


def reminder_letters_pdf(
    letters: Sequence[ReminderLetter],
    head: PaperHead,
    contact: str,
    translator: Translator,
    progress: Progress | None = None,
) -> bytes:
    """All letters in one PDF, in the order given."""
    _ = translator
    told = progress or Silent()
    sheet = Sheet(
        PAPERS[head.paper],
        title=_("Reminder Letters"),
        author=head.letterhead.name,
        language=translator.language,
        made_at=head.made_at,
        alone=len(letters) == 1,
    )
    for place, letter in enumerate(letters):
        if place % 20 == 0:
            told.step(place, len(letters), letter.name)
        sheet.new_run()
        _Letter(sheet, letter, head, contact, translator).draw()
    return sheet.finish()


class _Letter:
    def __init__(
        self, sheet: Sheet, letter: ReminderLetter, head: PaperHead, contact: str, translator: Translator
    ) -> None:
        self._sheet, self._letter, self._head, self._contact = sheet, letter, head, contact
        self._ = translator
        self._wide = sheet.right - sheet.left

    def draw(self) -> None:
        """Draw the letter."""
        sheet, _, letter = self._sheet, self._, self._letter
        training = _("TRAINING") if self._head.training else ""
        sheet.footer(
            made(self._head, _),
            lambda page, pages: _("Page {page} of {pages}", page=page, pages=pages) if pages > 1 else "",
            mark=training,
        )
        letterhead(sheet, self._head.letterhead, training=training)
        sheet.text(sheet.left, 42.0, _(said.TITLES[letter.step]), 15, bold=True)
        y = self._facts(50.0)
        y = self._whom(y + 4)
        sheet.text(sheet.left, y + 4, _("Dear Sir or Madam,"), _SIZE)
        y = self._say(
            y + 11,
            _(
                said.OPENING[letter.step],
                loan=letter.loan,
                since=letter.since,
                on=letter.on,
                sent=letter.before or letter.since,
            ),
        )
        y = self._table(y + 1)
        y = self._say(y + 8, _(said.PAY_BY, amount=letter.total, pay_by=letter.pay_by), bold=True)
        follows = [_(said.NEXT[letter.step])]
        if letter.penalty:
            follows.append(_(said.PENALTY_RUNS))
        y = self._say(y + 2, " ".join(follows))
        y = self._say(y + 2, _(said.TROUBLE))
        if self._contact:
            y = self._say(y + 2, _(said.ASK, contact=self._contact))
        y = self._say(y + 2, f"{_(said.PAID)} {_(said.CLOSING)}")
        officers = self._head.letterhead.officers[:_SIGNERS]
        if officers:
            signatures(sheet, y + 9, place_and_date(self._head, _), officers)

    def _facts(self, y: float) -> float:
        _, letter, sheet = self._, self._letter, self._sheet
        rows = (
            (_("Number"), letter.number or "." * 34),
            (_("Date"), _.format.date_long(letter.on)),
            (
                _("Concerning"),
                _("Instalments of loan {loan}, {days} days late", loan=letter.loan, days=letter.days),
            ),
        )
        values = sheet.left + max(sheet.width_mm(label, _SIZE) for label, _value in rows) + 4
        for label, value in rows:
            sheet.text(sheet.left, y, label, _SIZE)
            sheet.text(values, y, value, sheet.fit(value, sheet.right - values, (_SIZE, 10, 9)))
            y += _LEADING
        return y

    def _whom(self, y: float) -> float:
        sheet, letter, _ = self._sheet, self._letter, self._
        sheet.text(sheet.left, y, _.context("letter", "To"), _SIZE)
        y += _LEADING
        size, lines = cell_lines(letter.name, 120, (12, 11, 10), bold=True)
        for line in lines:
            sheet.text(sheet.left, y, line, size, bold=True)
            y += _LEADING
        for text in filter(None, (_("Member no. {number}", number=letter.member), letter.address)):
            for line in sheet.wrap(text, 120, 10):
                sheet.text(sheet.left, y, line, 10)
                y += 4.6
        return y

    def _say(self, y: float, text: str, *, bold: bool = False) -> float:
        """A paragraph that begins on the baseline y; returns the baseline after it."""
        for line in self._sheet.wrap(text, self._wide, _SIZE, bold):
            self._sheet.text(self._sheet.left, y, line, _SIZE, bold=bold)
            y += _LEADING
        return y

    def _table(self, y: float) -> float:
        """The parts of what is behind and their sum, in figures and in words."""
        sheet, letter, _ = self._sheet, self._letter, self._
        left, right = sheet.left + 8, sheet.right - 50
        sheet.line(left, y, right, y, SECTION_LINE)
        for label, amount in (
            (_("Principal"), letter.principal),
            (_("Interest"), letter.interest),
            (_("Penalty"), letter.penalty),
        ):
            sheet.text(left, y + 4.3, label, _SIZE)
            sheet.figure(right, y + 4.3, _.format.rupiah(amount) if amount else "–", _SIZE)
            y += _ROW
            sheet.line(left, y, right, y, HAIRLINE)
        sheet.text(left, y + 4.5, _("Together"), _SIZE, bold=True)
        sheet.figure(right, y + 4.5, _.format.rupiah(letter.total), _SIZE, bold=True)
        y += _ROW
        sheet.line(left, y, right, y, GROUP_LINE)
        words = f"({rupiah_in_words(letter.total, _.language)})"
        for line in sheet.wrap(words, right - left, 9.5):
            sheet.text(left, y + 4.3, line, 9.5)
            y += 4.3
        return y
