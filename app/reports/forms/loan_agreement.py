"""Surat Perjanjian Pinjaman: the agreement on a loan, with room for the stamp duty and for all who sign.

Clauses go on to the next sheet where they are long; the signatures stay together, with the stamp above the borrower's.
"""

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
    """What the paper says: label and words of each clause, who signs, and the stamp duty in rupiah (0: none)."""

    number: str
    clauses: tuple[tuple[str, str], ...]
    signers: tuple[Officer, ...]
    duty: int


def loan_agreement_pdf(agreement: LoanAgreement, head: PaperHead, translator: Translator) -> bytes:
    """The agreement as a PDF."""
    _ = translator
    title = _("Loan agreement {number}", number=agreement.number)
    sheet = Sheet(
        PAPERS[head.paper],
        title=title,
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
    sheet.text(sheet.left, 43, _("Loan agreement"), 19, bold=True)
    number = agreement.number
    sheet.text(
        sheet.right, 43, number, sheet.fit(number, 70, (15, 12, 10), bold=True), bold=True, align="right"
    )
    intro = _("The lender and the borrower agree on a loan as follows.")
    y = sheet.paragraph(sheet.left, 51, sheet.right - sheet.left, intro, _SIZE) + 1
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
    _sign(sheet, y, agreement, head, _)
    return sheet.finish()


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
