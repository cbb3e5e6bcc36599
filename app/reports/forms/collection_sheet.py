"""Paper 9, Lembar Penagihan: who owes what, with room for a hand, then the cash, the proof and the signatures.

F4 landscape; on A4 the names, the boxes to fill in and the initials are narrower.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.base.i18n import Translator
from app.reports.forms import PaperHead
from app.reports.forms.columns import longest
from app.reports.forms.words import made
from app.reports.paper import (
    F4,
    HAIRLINE,
    PAPERS,
    SECTION_LINE,
    Sheet,
    logo,
    training_box,
)
from app.reports.paper.sheet import GREEN

NOTES = (100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500)
"""Banknotes and the coin that are counted one by one, rupiah."""

ROW, ROWS, ROWS_ON_A4 = 7.5, 20, 19
TOP, TOP_NEXT, HEAD = 23.5, 16.5, 13.0
SPARE_ROWS = 3  # for who came without being on the list
CLOSING = 105.0  # cash, proof and signatures with the air above them
KEPT_WITH_CLOSING = 5  # rows that the signatures are never parted from
FILL_LINE = 1.4
_TENTH = 10  # a stronger line for the eye
_EDGES_F4 = (15.0, 23.0, 39.0, 98.0, 119.0, 142.0, 165.0, 174.0, 197.0, 218.0, 243.0, 270.0, 295.0, 320.0)
_WIDTHS_A4 = (8.0, 16.0, 45.0, 21.0, 21.0, 21.0, 9.0, 23.0, 21.0, 23.0, 27.0, 23.0, 14.0)
_FILLED_BY_HAND = (4, 5, 9, 11)
_SIZES = (10.0, 9.5, 9.0)


@dataclass(frozen=True, slots=True)
class CollectionLine:
    """One member with what is asked; an amount of 0 is asked of nobody and stays a dash."""

    member: str
    name: str
    mandatory: int
    instalment_number: int
    instalment: int
    arrears: int

    @property
    def total(self) -> int:
        """All that is asked, rupiah."""
        return self.mandatory + self.instalment + self.arrears


@dataclass(frozen=True, slots=True)
class CollectionSheet:
    """A sheet for one meeting. `number` is how the same sheet is known again when it comes back."""

    number: str
    group: str
    on: date
    officer: str
    treasurer: str
    lines: tuple[CollectionLine, ...]


def collection_sheet_pdf(data: CollectionSheet, head: PaperHead, translator: Translator) -> bytes:
    """The sheet as a PDF."""
    sheet = Sheet(
        PAPERS[head.paper],
        landscape=True,
        title=translator("Collection sheet {number}", number=data.number),
        author=head.letterhead.name,
        language=translator.language,
        made_at=head.made_at,
        alone=True,
    )
    _Drawn(sheet, data, head, translator).draw()
    return sheet.finish()


class _Drawn:
    def __init__(self, sheet: Sheet, data: CollectionSheet, head: PaperHead, translator: Translator) -> None:
        self._sheet, self._data, self._head, self._ = sheet, data, head, translator
        self._wide = head.paper == F4.name
        self._edges = _EDGES_F4 if self._wide else _edges_of(_WIDTHS_A4)
        self._rows = ROWS if self._wide else ROWS_ON_A4
        self._bottom = sheet.height - 10
        figures = [self._amount(sum(line.total for line in data.lines))]
        figures += [self._amount(line.total) for line in data.lines]
        room = min(self._edges[at + 1] - self._edges[at] for at in (3, 7, 8, 10)) - 3
        self._size = sheet.fit(longest(figures), room, (*_SIZES, 8.5), bold=True)

    def draw(self) -> None:
        """Draw all pages."""
        _, lines = self._, self._data.lines
        number = self._data.number
        self._sheet.footer(
            made(self._head, _),
            lambda page, pages: _(
                "Sheet {number} · page {page} of {pages}", number=number, page=page, pages=pages
            ),
            mark=_("TRAINING") if self._head.training else "",
        )
        pages = self._pages()
        done = 0
        for page, count in enumerate(pages):
            last = page == len(pages) - 1
            if page:
                self._sheet.new_page()
            top = self._top() if page == 0 else self._top_next()
            y = start = self._table_head(top)
            for place in range(done, done + count):
                y = self._line(y, place + 1, lines[place])
                if (place - done + 1) % _TENTH == 0:
                    self._sheet.line(self._edges[0], y, self._edges[-1], y, SECTION_LINE)
            done += count
            if last:
                for _spare in range(SPARE_ROWS):
                    y += ROW
                    self._sheet.line(self._edges[0], y, self._edges[-1], y, HAIRLINE)
            words = (
                _.plural("Total, {n} member", "Total, {n} members", len({line.member for line in lines}))
                if last
                else _("Carried forward")
            )
            end = self._sums(y, words, lines[:done])
            self._grid(top, start, y, end)
            if last:
                self._closing(end)
            else:
                hint = _(
                    "Columns with a thick border are filled in by hand. Absent: write T under Initials."
                    " Paid in part: write only what was received."
                )
                self._sheet.text(self._edges[0], end + 4.2, hint, 9)

    def _pages(self) -> list[int]:
        """Rows on each page. The last one keeps room for what closes the sheet, and some rows with it."""
        count = len(self._data.lines)
        if self._closes(TOP, count):
            return [count]
        pages: list[int] = []
        while count > 0:
            pages.append(min(count, self._rows))
            count -= pages[-1]
        if len(pages) == 1 or not self._closes(TOP_NEXT, pages[-1]):
            pages.append(0)
        missing = min(KEPT_WITH_CLOSING, len(self._data.lines)) - pages[-1]
        if missing > 0:
            pages[-1] += missing
            pages[-2] -= missing
        return [rows for rows in pages if rows]

    def _closes(self, top: float, rows: int) -> bool:
        return (
            rows <= self._rows
            and top + HEAD + (rows + SPARE_ROWS + 1) * ROW + CLOSING <= self._sheet.height - 4
        )

    # The head

    def _top(self) -> float:
        sheet, _, data = self._sheet, self._, self._data
        left, right = self._edges[0], self._edges[-1]
        logo(sheet, self._head.letterhead, left, 9, 12.5)
        if self._head.training:
            right -= training_box(sheet, _("TRAINING"), right, 9) + 6
        title = sheet.text(left + 15, 14, _("Collection sheet"), 16, bold=True)
        name = self._head.letterhead.name
        room = right - left - 15 - 110
        sheet.text(left + 15, 20, name, sheet.fit(name, room, (11, 10, 9)), color=GREEN)
        group = sheet.wrap(data.group, right - left - 15 - title - 8, 15, bold=True)[0]
        sheet.text(right, 14, group, 15, bold=True, align="right")
        about = _(
            "{weekday}, {on} · collected by: {name}",
            weekday=_.format.weekday(data.on),
            on=_.format.date_long(data.on),
            name=data.officer,
        )
        sheet.text(right, 20, about, sheet.fit(about, 150, (11, 10, 9)), align="right")
        return TOP

    def _top_next(self) -> float:
        sheet, _, data = self._sheet, self._, self._data
        sheet.text(self._edges[0], 13, _("Collection sheet, continued"), 12, bold=True)
        about = f"{data.group} · {_.format.weekday(data.on)}, {_.format.date_long(data.on)}"
        sheet.text(self._edges[-1], 13, about, sheet.fit(about, 170, (11, 10, 9)), align="right")
        return TOP_NEXT

    def _table_head(self, y: float) -> float:
        sheet, _, edges = self._sheet, self._, self._edges
        for first, last, word in ((3, 6, _("Savings")), (6, 10, _("Loan")), (10, 12, _("Amount"))):
            sheet.text((edges[first] + edges[last]) / 2, y + 4, word, 10, bold=True, align="center")
        sheet.line(edges[3], y + 5.5, edges[12], y + 5.5, HAIRLINE)
        words = (
            _("Row"),
            _("Number"),
            _("Name"),
            _("Mandatory"),
            _("Received"),
            _("Voluntary"),
            _.context("instalment", "No."),
            _("Instalment"),
            _("Arrears"),
            _("Received"),
            _("Asked"),
            _("Received"),
            _("Initials"),
        )
        for at, word in enumerate(words):
            left, right = edges[at], edges[at + 1]
            size = sheet.fit(word, right - left - 2, (10, 9.5, 9, 8.5))
            base = y + 10.6
            if at == 2:
                sheet.text(left + 1.5, base, word, size)
            elif at in (3, 7, 8, 10):
                sheet.text(right - 1.5, base, word, size, align="right")
            else:
                sheet.text((left + right) / 2, base, word, size, align="center")
        sheet.line(edges[0], y + HEAD, edges[-1], y + HEAD, SECTION_LINE)
        return y + HEAD

    # The rows

    def _line(self, y: float, place: int, line: CollectionLine) -> float:
        sheet, edges = self._sheet, self._edges
        base = y + 5.1
        sheet.text((edges[0] + edges[1]) / 2, base, str(place), 9.5, align="center")
        number = sheet.fit(line.member, edges[2] - edges[1] - 2, (10, 9, 8.5))
        sheet.text((edges[1] + edges[2]) / 2, base, line.member, number, align="center")
        room = edges[3] - edges[2] - 3
        size = sheet.fit(line.name, room, (10, 9.5, 9))
        sheet.text(edges[2] + 1.5, base, _shortened(sheet, line.name, room, size), size)
        self._figure(3, base, line.mandatory, dash=True)
        if line.instalment_number:
            sheet.text((edges[6] + edges[7]) / 2, base, str(line.instalment_number), 9.5, align="center")
        self._figure(7, base, line.instalment)
        self._figure(8, base, line.arrears, bold=True)
        self._figure(10, base, line.total, bold=True, dash=True)
        y += ROW
        sheet.line(edges[0], y, edges[-1], y, HAIRLINE)
        return y

    def _sums(self, y: float, words: str, lines: Sequence[CollectionLine]) -> float:
        sheet, base = self._sheet, y + 5.1
        sheet.line(self._edges[0], y, self._edges[-1], y, SECTION_LINE)
        room = self._edges[3] - self._edges[2] - 3
        sheet.text(self._edges[2] + 1.5, base, words, sheet.fit(words, room, (10, 9.5, 9), True), bold=True)
        for column, amount in (
            (3, sum(line.mandatory for line in lines)),
            (7, sum(line.instalment for line in lines)),
            (8, sum(line.arrears for line in lines)),
            (10, sum(line.total for line in lines)),
        ):
            self._figure(column, base, amount, bold=True, dash=True)
        return y + ROW

    def _figure(
        self, column: int, base: float, amount: int, *, bold: bool = False, dash: bool = False
    ) -> None:
        if amount or dash:
            text = self._amount(amount) if amount else "–"
            self._sheet.text(self._edges[column + 1] - 1.5, base, text, self._size, bold, "right")

    def _amount(self, amount: int) -> str:
        return self._.format.amount(amount)

    def _grid(self, top: float, start: float, end_of_rows: float, end: float) -> None:
        """The upright lines; what is filled in by hand stands in boxes that a photocopy keeps."""
        sheet, edges = self._sheet, self._edges
        head = start - 7.5
        strong = (3, 6, 10, 12)
        for at in range(1, len(edges) - 1):
            sheet.line(
                edges[at],
                top if at in strong else head,
                edges[at],
                end,
                SECTION_LINE if at in strong else HAIRLINE,
            )
        for at in _FILLED_BY_HAND:
            sheet.box(edges[at], head, edges[at + 1] - edges[at], end_of_rows - head, FILL_LINE)
        sheet.box(edges[0], top, edges[-1] - edges[0], end - top, SECTION_LINE)

    # What closes it

    def _closing(self, y: float) -> None:
        y += 8
        left, right = self._edges[0], self._edges[-1]
        self._cash(left, y)
        self._proof(left + (right - left) * 0.41, y)
        self._signatures(right - (70 if self._wide else 62), y)

    def _cash(self, left: float, y: float) -> None:
        sheet, _ = self._sheet, self._
        sheet.text(left, y, _("Cash counted"), 12, bold=True)
        sheet.line(left, y + 2, left + 100, y + 2, SECTION_LINE)
        y += 6.8
        for note in NOTES:
            sheet.text(left + 30, y, self._amount(note), 10, align="right")
            sheet.text(left + 34, y, "×", 10, align="center")
            sheet.line(left + 37, y + 0.8, left + 61, y + 0.8, HAIRLINE)
            sheet.text(left + 65, y, "=", 10, align="center")
            sheet.line(left + 69, y + 0.8, left + 100, y + 0.8, HAIRLINE)
            y += 6.6
        sheet.text(left + 30, y, _("Other coins"), 10, align="right")
        sheet.line(left + 69, y + 0.8, left + 100, y + 0.8, HAIRLINE)
        y += 3
        sheet.box(left, y, 100, 9.5, FILL_LINE)
        sheet.text(left + 3, y + 6.1, _("Cash in all"), 11, bold=True)
        sheet.text(left + 69, y + 6.1, "Rp", 11, bold=True)

    def _proof(self, left: float, y: float) -> None:
        sheet, _ = self._sheet, self._
        sheet.text(left, y, _("Comparison"), 12, bold=True)
        end = left + (96 if self._wide else 84)
        sheet.line(left, y + 2, end, y + 2, SECTION_LINE)
        y += 9
        for word in (
            _("Received by this sheet"),
            _("Cash counted"),
            _("Difference (must be 0)"),
            _("Members present"),
            _("Members absent"),
        ):
            sheet.text(left, y, word, sheet.fit(word, end - left - 33, (10, 9.5, 9)))
            sheet.line(end - 31, y + 0.8, end, y + 0.8, HAIRLINE)
            y += 8.6

    def _signatures(self, left: float, y: float) -> None:
        sheet, _, data = self._sheet, self._, self._data
        right = self._edges[-1]
        on = _.format.date_long(data.on)
        place = f"{self._head.place}, {on}" if self._head.place else on
        sheet.text(left, y, place, sheet.fit(place, right - left, (10, 9.5, 9)))
        y += 6
        for office, name in (
            (_("Collected by"), data.officer),
            (_("Head of the group"), ""),
            (_("Received, treasurer"), data.treasurer),
        ):
            sheet.text(left, y, office, 10)
            y += 18
            sheet.text(left, y - 1.5, name, sheet.fit(name, right - left, (10, 9.5, 9), True), bold=True)
            sheet.line(left, y, right, y, HAIRLINE)
            y += 6


def _edges_of(widths: Sequence[float]) -> tuple[float, ...]:
    edges = [15.0]
    for width in widths:
        edges.append(edges[-1] + width)
    return tuple(edges)


def _shortened(sheet: Sheet, text: str, room: float, size: float) -> str:
    """A name that ends in an ellipsis where it is too long for its row."""
    if sheet.width_mm(text, size) <= room:
        return text
    while text and sheet.width_mm(f"{text}…", size) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"
