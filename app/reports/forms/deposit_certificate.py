"""Bilyet Simpanan Berjangka: the certificate of a term deposit, half a sheet of A4 lying (A5)."""

from app.base.i18n import Translator
from app.base.words import rupiah_in_words
from app.reports.account_statement import DepositCertificate
from app.reports.document import Officer
from app.reports.forms import PaperHead
from app.reports.forms.columns import cell_lines
from app.reports.forms.loan_schedule import masked
from app.reports.forms.words import made, place_and_date
from app.reports.paper import A5, GREEN, Sheet, letterhead, signatures

_LINE, _BOX_TOP, _SIZE = 5.6, 43.0, 10.5
_MOST_OFFICERS = 3


def deposit_certificate_pdf(
    certificate: DepositCertificate, head: PaperHead, translator: Translator
) -> bytes:
    """The certificate as a PDF of one page."""
    _ = translator
    sheet = Sheet(
        A5,
        landscape=True,
        title=_("Term deposit {number}", number=certificate.number),
        author=head.letterhead.name,
        language=translator.language,
        made_at=head.made_at,
        alone=True,
    )
    _Certificate(sheet, certificate, head, translator).draw()
    return sheet.finish()


class _Certificate:
    def __init__(
        self, sheet: Sheet, certificate: DepositCertificate, head: PaperHead, translator: Translator
    ) -> None:
        self._sheet, self._certificate, self._head, self._ = sheet, certificate, head, translator

    def draw(self) -> None:
        """Draw the page."""
        sheet, _, certificate = self._sheet, self._, self._certificate
        training = _("TRAINING") if self._head.training else ""
        letterhead(sheet, self._head.letterhead, training=training, top=8, logo=14, compact=True)
        title = _("Certificate of a term deposit")
        wide = sheet.text(sheet.left, 31.5, title, 16, bold=True)
        room = sheet.right - sheet.left - wide - 4
        size = sheet.fit(certificate.number, room, (14, 12, 10, 9), bold=True)
        sheet.text(sheet.right, 31.5, certificate.number, size, bold=True, align="right")
        product = certificate.product
        if certificate.closed is not None:
            product = _("{product}, paid back on {on}", product=product, on=certificate.closed)
        sheet.text(sheet.left, 37.2, product, sheet.fit(product, 175, (10.5, 10, 9)))
        y = self._facts()
        y = self._amount(y + 7.6)
        for line in sheet.wrap(certificate.conditions, sheet.right - sheet.left, 8.5):
            sheet.text(sheet.left, y, line, 8.5)
            y += 3.9
        officers = self._head.letterhead.officers[:_MOST_OFFICERS]
        signers = [*officers, Officer(_("Depositor"), certificate.member_name)]
        signatures(sheet, 111.5, place_and_date(self._head, _), signers, space=14)
        sheet.text(sheet.left, sheet.height - 6, made(self._head, _), 8)
        if training:
            sheet.text(sheet.right, sheet.height - 6, training, 8, bold=True, align="right")

    def _facts(self) -> float:
        """The two columns in their box; returns where it ends."""
        sheet, _, certificate = self._sheet, self._, self._certificate
        fmt = _.format
        left = (
            (_("Name"), certificate.member_name),
            (_("Member no."), certificate.member_number),
            (_("NIK"), masked(certificate.nik)),
            (_("Address"), certificate.address),
        )
        right = (
            (_("Term"), certificate.term),
            (_("Start"), fmt.date_long(certificate.start)),
            (_("Maturity"), fmt.date_long(certificate.maturity)),
            (_("Interest"), certificate.rate),
            (_("Interest is paid"), certificate.interest),
            (_("At maturity"), certificate.roll_over),
        )
        height = len(right) * _LINE + 3
        sheet.box(sheet.left, _BOX_TOP, sheet.right - sheet.left, height)
        middle = (sheet.left + sheet.right) / 2
        sheet.line(middle, _BOX_TOP + 2.5, middle, _BOX_TOP + height - 2.5)
        for rows, start, end in ((left, sheet.left + 3, middle - 3), (right, middle + 3, sheet.right - 3)):
            values = start + max(sheet.width_mm(label, _SIZE) for label, _value in rows) + 3
            for number, (label, value) in enumerate(rows):
                y = _BOX_TOP + 5.6 + number * _LINE
                sheet.text(start, y, label, _SIZE)
                self._value(values, y, value, end - values, last=rows is left and number == len(rows) - 1)
        return _BOX_TOP + height

    def _value(self, x: float, y: float, value: str, room: float, *, last: bool) -> None:
        """A value: smaller, then in lines around its baseline, or below it where there is room; never cut."""
        size, lines = cell_lines(value, room, (_SIZE, 10, 9.5, 9), bold=True)
        step = 3.8
        if len(lines) > 1 and not last:
            size, lines = cell_lines(value, room, (7.5,), bold=True)
            step = 2.8
            y -= (len(lines) - 1) * step / 2
        for line in lines:
            self._sheet.text(x, y, line, size, bold=True)
            y += step

    def _amount(self, y: float) -> float:
        """The amount in figures and in words; returns the next baseline."""
        sheet, _, certificate = self._sheet, self._, self._certificate
        figures = _.format.rupiah(certificate.amount)
        wide = sheet.text(sheet.left, y, figures, 15, bold=True, color=GREEN)
        words = f"({rupiah_in_words(certificate.amount, _.language)})"
        left = sheet.left + wide + 5
        size, lines = cell_lines(words, sheet.right - left, (10.5, 10, 9.5, 9))
        for line in lines:
            sheet.text(left, y, line, size)
            y += 4.2
        return y + 2.6
