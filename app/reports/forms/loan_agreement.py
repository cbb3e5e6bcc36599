"""Surat Perjanjian Pinjaman and its Addendum: what is agreed on a loan, with room for stamp duty and signatures.

Clauses go on to the next sheet where they are long; the signatures stay together, with the stamp above the borrower's.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.base.i18n import Translator
from app.reports.document import Officer
from app.reports.forms import PaperHead
from app.reports.forms.words import made, place_and_date
from app.reports.paper import HAIRLINE, PAPERS, SECTION_LINE, Sheet, letterhead, signatures, signatures_height

_LABEL, _SIZE, _LEADING, _GAP, _FOOT = 40.0, 10.5, 4.7, 3.2, 16.0
_STAMP = (34.0, 15.0)


@dataclass(frozen=True, slots=True)
class LoanAgreement:
    """What the paper says: label and words of each clause, who signs, and the stamp duty in rupiah (0: none).

    `compared` are the label, the old and the new words of what a restructuring changes; its `heading` and `intro` say
    what paper it is.
    """

    number: str
    clauses: tuple[tuple[str, str], ...]
    signers: tuple[Officer, ...]
    duty: int
    heading: str
    intro: str
    compared: tuple[tuple[str, str, str], ...] = ()


def loan_agreement_pdf(agreement: LoanAgreement, head: PaperHead, translator: Translator) -> bytes:
    """The agreement as a PDF."""
    _ = translator
    sheet = Sheet(
        PAPERS[head.paper],
        title=f"{agreement.heading} {agreement.number}",
        author=head.letterhead.name,
        language=_.language,
        made_at=head.made_at,
        alone=True,
    )
    training = _("TRAINING") if head.training else ""
    sheet.footer(
        made(head, _), lambda page, pages: _("Page {page} of {pages}", page=page, pages=pages), mark=training
    )
    letterhead(sheet, head.letterhead, training=training)
    heading, number = agreement.heading, agreement.number
    sheet.text(sheet.left, 43, heading, sheet.fit(heading, 125, (19, 16, 14), bold=True), bold=True)
    sheet.text(
        sheet.right, 43, number, sheet.fit(number, 50, (15, 12, 10), bold=True), bold=True, align="right"
    )
    y = sheet.paragraph(sheet.left, 51, sheet.right - sheet.left, agreement.intro, _SIZE) + 1
    room = sheet.right - sheet.left - _LABEL
    for place, (label, words) in enumerate(agreement.clauses, 1):
        labels = sheet.wrap(f"{place}. {label}", _LABEL - 3, _SIZE, bold=True)
        lines = sheet.wrap(words, room, _SIZE)
        high = max(len(labels), len(lines)) * _LEADING + _GAP
        y = _below(sheet, y, high)
        sheet.line(sheet.left, y, sheet.right, y, HAIRLINE if place > 1 else SECTION_LINE)
        for x, texts, bold in ((sheet.left, labels, True), (sheet.left + _LABEL, lines, False)):
            base = y + _LEADING
            for text in texts:
                sheet.text(x, base, text, _SIZE, bold)
                base += _LEADING
        y += high
    if agreement.compared:
        y = _compare(sheet, y, agreement.compared, _)
    _sign(sheet, y, agreement, head, _)
    return sheet.finish()


def _compare(sheet: Sheet, y: float, compared: Sequence[tuple[str, str, str]], _: Translator) -> float:
    """The old and the new terms side by side; returns where the paper goes on."""
    wide = (sheet.right - sheet.left - _LABEL) / 2
    places = (sheet.left, sheet.left + _LABEL, sheet.left + _LABEL + wide)
    heads = ("", _("Before"), _("From now on"))
    for place, texts in enumerate((heads, *compared)):
        bold = place == 0
        wrapped = [
            sheet.wrap(text, room - 3, _SIZE, bold=bold or x == sheet.left) if text else []
            for x, text, room in zip(places, texts, (_LABEL, wide, wide), strict=True)
        ]
        high = max(map(len, wrapped)) * _LEADING + _GAP
        # The head is never left alone at the foot of a sheet.
        y = _below(sheet, y, high * 2 if bold else high)
        sheet.line(sheet.left, y, sheet.right, y, SECTION_LINE if bold else HAIRLINE)
        for x, lines in zip(places, wrapped, strict=True):
            base = y + _LEADING
            for text in lines:
                sheet.text(x, base, text, _SIZE, bold or x == sheet.left)
                base += _LEADING
        y += high
    return y


def _below(sheet: Sheet, y: float, high: float) -> float:
    """Where a part of this height begins: here, or at the top of the next sheet."""
    if y + high <= sheet.height - _FOOT:
        return y
    sheet.new_page()
    return 18.0


def _sign(sheet: Sheet, y: float, agreement: LoanAgreement, head: PaperHead, _: Translator) -> None:
    wide, tall = _STAMP
    stamp = tall + 4 if agreement.duty else 0.0
    y = _below(sheet, y, 8 + stamp + signatures_height(agreement.signers))
    sheet.line(sheet.left, y, sheet.right, y, SECTION_LINE)
    y += 4
    if agreement.duty:
        sheet.box(sheet.left, y, wide, tall)
        text = _("Stamp duty {amount:rp}", amount=agreement.duty)
        sheet.text(sheet.left + wide / 2, y + 6.5, text, sheet.fit(text, wide - 3, (9, 8, 7)), align="center")
        below = _("e-stamp or adhesive")
        sheet.text(sheet.left + wide / 2, y + 10.8, below, sheet.fit(below, wide - 3, (8, 7)), align="center")
        y += stamp
    signatures(sheet, y + 3, place_and_date(head, _), agreement.signers)
