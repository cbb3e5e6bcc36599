"""The parts every paper shares: letterhead, footer line, signatures, the LATIHAN box.

All measures are mm from the top left corner of the paper, sizes points.
"""

from collections.abc import Sequence
from datetime import date

from app.base.i18n import Translator
from app.reports.document import Document, Letterhead, Officer
from app.reports.document import initials as initials  # noqa: PLC0414 - also theirs who draw papers
from app.reports.paper import fonts
from app.reports.paper.sheet import GREEN, HAIRLINE, Sheet

SIGNATURE_SPACE = 18.0  # free height for a hand, 17 to 19
OFFICERS_IN_A_ROW = 4


def letterhead(
    sheet: Sheet,
    head: Letterhead,
    *,
    training: str = "",
    top: float = 14,
    logo: float = 16,
    compact: bool = False,
    left: float | None = None,
    right: float | None = None,
) -> float:
    """Draw the letterhead and return where its green rule is, in mm.

    `training` is the translated word of a training book ("LATIHAN") and puts it in a box at the right.
    `top` 14 and `logo` 16 give the rule at 32.5; statements of accounts use 10 and 14 (rule 26.5).
    `compact` is for slips and half pages: smaller type, the rule close below the logo.
    """
    left = sheet.left if left is None else left
    right = sheet.right if right is None else right
    rule = top + logo + (0.7 if compact else 2.5)
    key = f"letterhead {head!r} {training} {top} {logo} {compact} {left} {right}"
    sheet.fixed(key, lambda: _draw_letterhead(sheet, head, training, top, logo, compact, left, right, rule))
    return rule


def _draw_letterhead(
    sheet: Sheet,
    head: Letterhead,
    training: str,
    top: float,
    logo: float,
    compact: bool,
    left: float,
    right: float,
    rule: float,
) -> None:
    _logo(sheet, head, left, top, logo)
    x = left + logo + (2.5 if compact else 4)
    room = right - x
    if training:
        room -= training_box(sheet, training, right, top) + 4
    sizes: tuple[float, ...] = (11.5, 10.5, 9.5) if compact else (14, 13, 12, 11, 10)
    size = fonts.fit(head.name, room, sizes, bold=True)
    names = fonts.wrap(head.name, room, size, bold=True)
    small = 8.5 if compact else 9
    details = [line for text in head.lines[:2] for line in fonts.wrap(text, room, small)]
    details = details[: 1 if compact else max(1, 4 - len(names))]
    step = small * 0.46
    # The block of text is centred on the logo, however many lines it has.
    height = len(names) * size * 0.39 + len(details) * step
    y = top + (logo - height) / 2 + size * 0.3
    for name in names:
        sheet.text(x, y, name, size, bold=True, color=GREEN)
        y += size * 0.4
    y += small * 0.46 - size * 0.4 + (0.4 if compact else 0.8)
    for line in details:
        sheet.text(x, y, line, small)
        y += step
    sheet.line(left, rule, right, rule, 1.5, GREEN)


def logo(sheet: Sheet, head: Letterhead, left: float, top: float, size: float) -> None:
    """The logo alone, or the ring with the initials, for papers with a head of their own."""
    _logo(sheet, head, left, top, size)


def _logo(sheet: Sheet, head: Letterhead, left: float, top: float, size: float) -> None:
    if head.logo:
        try:
            sheet.image(left, top, size, size, head.logo)
        except OSError:
            pass  # a damaged picture must not keep a statement from being printed: the ring stands in
        else:
            return
    middle_x, middle_y = left + size / 2, top + size / 2
    sheet.circle(middle_x, middle_y, size / 2 - 0.26, 1.5, GREEN)
    letters = initials(head.name)
    points = fonts.fit(letters, size * 0.66, (size * 1.06, size * 0.9, size * 0.75), bold=True)
    cap_height = points * 0.714 / fonts.MM
    sheet.text(middle_x, middle_y + cap_height / 2, letters, points, True, "center", GREEN)


def training_box(sheet: Sheet, word: str, right: float, top: float) -> float:
    """The framed word of a training book, its right edge at `right`. Returns its width in mm."""
    wide = fonts.width_mm(word, 11, bold=True) + 6
    sheet.box(right - wide, top, wide, 7, 1.4)
    sheet.text(right - wide / 2, top + 4.9, word, 11, True, "center")
    return wide


def footer(sheet: Sheet, document: Document, translator: Translator, baseline: float | None = None) -> None:
    """The footer of a Document: who made it when, page x of y, and the word of a training book."""
    sheet.footer(
        made_line(document, translator),
        lambda page, pages: translator("Page {page} of {pages}", page=page, pages=pages),
        baseline=baseline,
        mark=translator("TRAINING") if document.training else "",
    )


def made_line(document: Document, translator: Translator) -> str:
    """ "Made on 2 November 2026 at 09.14 WIB by Ngatiyem"."""
    return translator(
        "Made on {date} at {time} by {name}",
        date=translator.format.date_long(document.made_at.date()),
        time=translator.format.time(document.made_at),
        name=document.made_by,
    )


def signatures(
    sheet: Sheet,
    y: float,
    place_and_date: str,
    officers: Sequence[Officer],
    *,
    left: float | None = None,
    right: float | None = None,
    space: float = SIGNATURE_SPACE,
    size: float = 10,
) -> float:
    """Place and date on the baseline `y`, then each officer: office, room for a hand, name on a line.

    One officer signs at the right, more share the width. Returns the height of the last line.
    """
    left = sheet.left if left is None else left
    right = sheet.right if right is None else right
    if len(officers) == 1:
        left = max(left, right - 55)
    sheet.text(left, y, place_and_date, size)
    for start in range(0, len(officers), OFFICERS_IN_A_ROW):
        row = officers[start : start + OFFICERS_IN_A_ROW]
        columns = min(max(len(officers), 1), OFFICERS_IN_A_ROW)
        gap = 8 if columns < OFFICERS_IN_A_ROW else 5
        wide = (right - left - gap * (columns - 1)) / columns
        office_y = y + 4.9 if start == 0 else y + 6
        y = office_y + space + 1.6
        for column, officer in enumerate(row):
            x = left + column * (wide + gap)
            sheet.text(x, office_y, officer.office, fonts.fit(officer.office, wide, (size, 9, 8.5)))
            points = fonts.fit(officer.name, wide, (size, 9, 8.5), bold=True)
            names = fonts.wrap(officer.name, wide, points, bold=True)
            for index, line in enumerate(names):
                above = (len(names) - 1 - index) * points * 0.42
                sheet.text(x, y - 1.6 - above, line, points, bold=True)
            sheet.line(x, y, x + wide, y, HAIRLINE)
    return y


def signatures_height(officers: Sequence[Officer], space: float = SIGNATURE_SPACE) -> float:
    """Height of the signatures below their first baseline, in mm."""
    rows = -(-len(officers) // OFFICERS_IN_A_ROW)
    return rows * (space + 1.6) + 4.9 + max(0, rows - 1) * 6


def place_and_date(head: Letterhead, on: date, translator: Translator) -> str:
    """ "Sukamaju, 14 Januari 2026", or the date alone when the place is not known."""
    written = translator.format.date_long(on)
    return f"{head.place}, {written}" if head.place else written
