"""Member cards of 85.6 x 54 mm (ISO/IEC 7810 ID-1), ten to an A4, with dashed lines to cut along.

The QR code holds the mark of this program, the book and the member's number: enough to find the member when
it is scanned, and nothing that a lost card would give away.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.base.i18n import Translator
from app.base.progress import Progress, Silent
from app.reports.forms import PaperHead
from app.reports.forms.columns import cell_lines
from app.reports.forms.qr import qr_rows
from app.reports.paper import A4, BLACK, GREEN, HAIRLINE, Sheet, initials, logo

WIDTH, HEIGHT = 85.6, 54.0
ACROSS, DOWN = 2, 5
PER_PAGE = ACROSS * DOWN
MARK = "LUMBUNG-ANGGOTA1"  # first field of the code: what it is, and the version of its fields
_LEFT = (A4.width - ACROSS * WIDTH) / 2
_TOP = (A4.height - DOWN * HEIGHT) / 2
_PHOTO = (18.0, 24.0)
_QR = 19.0


@dataclass(frozen=True, slots=True)
class MemberCard:
    """What stands on one card. `photo` is PNG or JPEG."""

    number: str
    name: str
    group: str
    address: str
    since: date | None
    photo: bytes | None = None


def code_content(book: str, number: str) -> str:
    """What the QR code of a card says."""
    return f"{MARK};{book};{number}"


def member_cards_pdf(
    cards: Sequence[MemberCard],
    head: PaperHead,
    book: str,
    translator: Translator,
    progress: Progress | None = None,
) -> bytes:
    """All cards, ten to a sheet; always on A4, where they fit to the millimetre."""
    _ = translator
    told = progress or Silent()
    sheet = Sheet(
        A4,
        title=_("Member cards"),
        author=head.letterhead.name,
        language=translator.language,
        made_at=head.made_at,
        alone=len(cards) == 1,
    )
    for place, card in enumerate(cards):
        if place and place % PER_PAGE == 0:
            told.step(place, len(cards), card.name)
            sheet.new_page()
        row, column = divmod(place % PER_PAGE, ACROSS)
        _Card(sheet, head, book, translator).draw(card, _LEFT + column * WIDTH, _TOP + row * HEIGHT)
    return sheet.finish()


class _Card:
    def __init__(self, sheet: Sheet, head: PaperHead, book: str, translator: Translator) -> None:
        self._sheet, self._head, self._book, self._ = sheet, head, book, translator

    def draw(self, card: MemberCard, x: float, y: float) -> None:
        """Draw one card with its upper left corner at (x, y)."""
        sheet, _ = self._sheet, self._
        sheet.fixed(f"member card {x} {y} {self._head.letterhead!r}", lambda: self._frame(x, y))
        self._picture(card, x + 4, y + 16)
        left, right = x + 25.5, x + WIDTH - 4
        size, lines = cell_lines(card.name, right - left, (11.5, 10.5, 9.5, 8.5), bold=True)
        at = y + 20.0
        for line in lines[:2]:
            sheet.text(left, at, line, size, bold=True)
            at += size * 0.42
        at += 0.8
        sheet.text(left, at, _("No. {number}", number=card.number), 10, bold=True)
        room = right - left - _QR - 2
        at += 4.4
        for text in (
            card.group,
            _("Member since {on}", on=_.format.date_medium(card.since)) if card.since else "",
            card.address,
        ):
            if not text or at > y + HEIGHT - 3.4:
                continue
            for line in sheet.wrap(text, room, 7.5)[:3]:
                if at > y + HEIGHT - 3.4:
                    break
                sheet.text(left, at, line, 7.5)
                at += 3.3
        rows = qr_rows(code_content(self._book, card.number))
        sheet.pattern(right - _QR, y + HEIGHT - 4 - _QR, _QR, rows)

    def _frame(self, x: float, y: float) -> None:
        """What is the same on all cards in this place."""
        sheet, _, letterhead = self._sheet, self._, self._head.letterhead
        for x1, y1, x2, y2 in (
            (x, y, x + WIDTH, y),
            (x, y + HEIGHT, x + WIDTH, y + HEIGHT),
            (x, y, x, y + HEIGHT),
            (x + WIDTH, y, x + WIDTH, y + HEIGHT),
        ):
            sheet.line(x1, y1, x2, y2, HAIRLINE, dash=(3, 3))
        logo(sheet, letterhead, x + 4, y + 2.6, 9)
        room = WIDTH - 4 - 9 - 2.5 - 4
        size, lines = cell_lines(letterhead.name, room, (10, 9, 8, 7), bold=True)
        sheet.text(x + 15.5, y + 6.2, lines[0], size, bold=True, color=GREEN)
        below = lines[1] if len(lines) > 1 else _("MEMBER CARD")
        sheet.text(x + 15.5, y + 10.2, below, size if len(lines) > 1 else 8, color=GREEN)
        sheet.line(x + 4, y + 13.2, x + WIDTH - 4, y + 13.2, 1.2, GREEN)
        if self._head.training:
            sheet.text(x + WIDTH - 4, y + 10.2, _("TRAINING"), 8, bold=True, align="right")

    def _picture(self, card: MemberCard, x: float, y: float) -> None:
        sheet, (wide, high) = self._sheet, _PHOTO
        if card.photo:
            try:
                sheet.image(x, y, wide, high, card.photo)
            except OSError:
                pass  # a damaged picture must not keep the cards from being printed: the letters stand in
            else:
                return
        sheet.box(x, y, wide, high, HAIRLINE)
        letters = initials(card.name)
        sheet.text(x + wide / 2, y + high / 2 + 2.4, letters, 20, True, "center", BLACK)
