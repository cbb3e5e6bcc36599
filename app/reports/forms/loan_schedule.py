"""Paper 8, Jadwal Angsuran: the agreement in a box, then the instalments with room to sign each."""

from collections.abc import Sequence

from app.base.i18n import Translator
from app.reports.account_statement import LoanSchedule, ScheduleLine
from app.reports.document import Officer
from app.reports.forms import PaperHead
from app.reports.forms.columns import Columns, cell_lines, fit_columns, longest
from app.reports.forms.pages import ROWS_WITH_SIGNATURE
from app.reports.forms.words import made, place_and_date
from app.reports.paper import (
    F4,
    GROUP_LINE,
    HAIRLINE,
    PAPERS,
    SECTION_LINE,
    Sheet,
    letterhead,
    signatures,
    signatures_height,
)

HIGH_ROW, ROW = 9.17, 6.5
MOST_HIGH, MOST_ON_FIRST, MOST_ON_NEXT = 12, 18, 34
MORE_ON_F4 = 3  # rows; the sheet is 33 mm longer
FIRST_ROW, FIRST_ROW_NEXT = 105.2, 25.0
LONG_FIGURE = 100_000_000  # nine digits: dates get shorter


def loan_schedule_pdf(schedule: LoanSchedule, head: PaperHead, translator: Translator) -> bytes:
    """The schedule as a PDF."""
    _ = translator
    sheet = Sheet(
        PAPERS[head.paper],
        title=_("Loan schedule {number}", number=schedule.number),
        author=head.letterhead.name,
        language=translator.language,
        made_at=head.made_at,
        alone=True,
    )
    draw_loan_schedule(sheet, schedule, head, translator)
    return sheet.finish()


def draw_loan_schedule(sheet: Sheet, schedule: LoanSchedule, head: PaperHead, translator: Translator) -> None:
    """Draw a loan's schedule as a run of the sheet."""
    sheet.new_run()
    _Schedule(sheet, schedule, head, translator).draw()


class _Schedule:
    def __init__(self, sheet: Sheet, schedule: LoanSchedule, head: PaperHead, translator: Translator) -> None:
        self._sheet, self._schedule, self._head, self._ = sheet, schedule, head, translator
        self._written = translator.format.statement
        self._columns, self._labels = self._fit()
        more = MORE_ON_F4 if sheet.paper == F4 else 0
        self._on_first, self._on_next = MOST_ON_FIRST + more, MOST_ON_NEXT + more
        high = len(schedule.lines) <= MOST_HIGH + more
        self._row = HIGH_ROW if high else ROW
        self._signers = self._who_signs()
        self._conditions = sheet.wrap(schedule.conditions, 175, 10) if schedule.conditions else []

    def _fit(self) -> tuple[Columns, tuple[str, ...]]:
        _, lines = self._, self._schedule.lines
        wider = self._sheet.right - 195
        edges = tuple(edge + wider for edge in (89.0, 108.5, 131.5, 155.0))
        labels = (_("Principal"), _("Interest"), _("Instalment"), _("Principal left"))
        sums = self._sums(lines)
        widest = tuple(
            longest(self._written(amount) for amount in column)
            for column in (sums[:1], sums[1:2], sums[2:3], [line.balance for line in lines])
        )
        largest = max(sums)
        dates = 48.0 if largest >= LONG_FIGURE else 59.0
        return fit_columns(edges, widest, labels, dates), labels

    def draw(self) -> None:
        """Draw all pages."""
        sheet, _, lines = self._sheet, self._, self._schedule.lines
        sheet.footer(
            made(self._head, _),
            lambda page, pages: _("Page {page} of {pages}", page=page, pages=pages),
            mark=_("TRAINING") if self._head.training else "",
        )
        self._top()
        pages = self._pages()
        done = 0
        y = self._table_head(FIRST_ROW - 7.2, rule=SECTION_LINE)
        for number, count in enumerate(pages):
            if number:
                sheet.new_page()
                self._head_line()
                y = self._table_head(FIRST_ROW_NEXT - 7.2, rule=SECTION_LINE)
                y = self._carried(y, _("Brought forward"), lines[:done])
            start = y
            for line in lines[done : done + count]:
                y = self._line(y, line)
            done += count
            if number < len(pages) - 1:
                y = self._carried(y, _("Carried forward"), lines[:done])
            right = sheet.right - 14.5
            for x in (right - 23.5, right):
                sheet.line(x, start, x, y)
        y = self._total(y)
        self._closing(y)

    def _pages(self) -> list[int]:
        """Rows on each page. The last page keeps room for total, conditions and signatures."""
        count = len(self._schedule.lines)
        if count <= self._on_first and self._fits(FIRST_ROW + count * self._row):
            return [count]
        pages: list[int] = []
        while count > 0:
            pages.append(min(count, self._on_next if pages else self._on_first))
            count -= pages[-1]
        if not self._fits(self._end_of_rows(len(pages), pages[-1])):
            pages.append(0)
        # A signature is never parted from the last five rows.
        missing = min(ROWS_WITH_SIGNATURE, len(self._schedule.lines)) - pages[-1]
        if len(pages) > 1 and missing > 0:
            pages[-1] += missing
            pages[-2] -= missing
        return pages

    def _end_of_rows(self, page: int, rows: int) -> float:
        start = FIRST_ROW if page == 1 else FIRST_ROW_NEXT + self._row
        return start + rows * self._row

    def _fits(self, end_of_rows: float) -> bool:
        closing = 15.2 + len(self._conditions) * 4.8 + 9.5
        return end_of_rows + closing + signatures_height(self._signers, 17) <= self._sheet.height - 16

    def _top(self) -> None:
        sheet, _, schedule = self._sheet, self._, self._schedule
        training = _("TRAINING") if self._head.training else ""
        letterhead(sheet, self._head.letterhead, training=training)
        wide = sheet.text(sheet.left, 43, _("Instalment schedule"), 19, bold=True)
        room = sheet.right - sheet.left - wide - 4
        size = sheet.fit(schedule.number, room, (15, 12, 10), bold=True)
        sheet.text(sheet.right, 43, schedule.number, size, bold=True, align="right")
        annex = _(
            "Annex to loan agreement {number}, {date}",
            number=schedule.number,
            date=schedule.disbursed_on,
        )
        sheet.text(sheet.left, 49.05, annex, sheet.fit(annex, 175, (10.5, 10, 9)))
        self._agreement()
        sheet.text(sheet.right, 96.0, _("in rupiah"), 10, align="right")

    def _agreement(self) -> None:
        sheet, _, schedule = self._sheet, self._, self._schedule
        rupiah = _.format.rupiah
        sheet.box(sheet.left, 53.05, sheet.right - sheet.left, 38)
        sheet.line(109, 56.2, 109, 88)
        member = schedule.member_number
        if schedule.group:
            member = _("{number}, group {group}", number=member, group=schedule.group)
        left = (
            (_("Borrower"), schedule.member_name),
            (_("Member no."), member),
            (_("NIK"), masked(schedule.nik)),
            (_("Purpose"), schedule.purpose),
            (_("Collateral"), schedule.collateral),
            (_("Guarantor"), schedule.guarantor),
        )
        right = (
            (_("Amount lent"), rupiah(schedule.principal)),
            (_("Term"), schedule.term),
            (_("Interest"), schedule.interest),
            (_("Effective rate"), schedule.effective),
            (_("Commission and administration"), rupiah(schedule.fees)),
            (_("Paid out, net"), rupiah(schedule.net)),
        )
        names = 23 + max(22.0, *(sheet.width_mm(label, 10.5) for label, _value in left)) + 2
        for number, (label, value) in enumerate(left):
            y = 58.9 + number * 5.7
            sheet.text(23, y, label, 10.5)
            self._value(names, y, value, 107.5 - names, "left")
        for number, (label, value) in enumerate(right):
            y = 58.9 + number * 5.7
            wide = sheet.text(113, y, label, 10.5)
            self._value(sheet.right - 3, y, value, sheet.right - 3 - 113 - wide - 2, "right")

    def _value(self, x: float, y: float, value: str, room: float, align: str) -> None:
        """A value of the agreement: smaller, then in two lines around its baseline; never cut."""
        size, lines = cell_lines(value, room, (10.5, 10, 9.5, 9), bold=True)
        if len(lines) > 1:
            size, lines = cell_lines(value, room, (8.5,), bold=True)
        y -= (len(lines) - 1) * 1.5
        for line in lines:
            if align == "left":
                self._sheet.text(x, y, line, size, bold=True)
            else:
                self._sheet.text(x, y, line, size, bold=True, align="right")
            y += 3.0

    def _head_line(self) -> None:
        sheet, schedule = self._sheet, self._schedule
        text = self._("{number}, {name}, continued", number=schedule.number, name=schedule.member_name)
        sheet.text(sheet.left, 14, text, sheet.fit(text, 175, (12, 11, 10, 9), True), bold=True)

    def _table_head(self, y: float, rule: float) -> float:
        sheet, _ = self._sheet, self._
        sheet.line(sheet.left, y, sheet.right, y, rule)
        base = y + 4.9
        sheet.text(26, base, _.context("instalment", "No."), 10, align="right")
        sheet.text(29, base, _("Due date"), 10)
        for edge, label in zip(self._columns.edges, self._labels, strict=True):
            sheet.text(edge, base, label, 10, align="right")
        right = sheet.right - 14.5
        paid_on, initials = _("Paid on"), _("Initials")
        size = sheet.fit(paid_on, 22.5, (10, 9.5, 9))
        sheet.text(right - 11.75, base, paid_on, size, align="center")
        sheet.text(right + 7.25, base, initials, sheet.fit(initials, 13.5, (10, 9.5, 9)), align="center")
        sheet.line(sheet.left, y + 7.2, sheet.right, y + 7.2)
        return y + 7.2

    def _line(self, y: float, line: ScheduleLine) -> float:
        sheet, columns, fmt = self._sheet, self._columns, self._.format
        base = y + self._row / 2 + 1.4
        sheet.text(26, base, str(line.number), 11, align="right")
        due = fmt.date_long(line.due)
        if sheet.width_mm(due, 11) > columns.text_end - 29:
            due = fmt.date_medium(line.due)
        size = sheet.fit(due, columns.text_end - 29, (11, 10.5, 10, 9.5, 9))
        sheet.text(29, base, due, size)
        figures = (line.principal, line.interest, line.total, line.balance)
        for column, (edge, amount) in enumerate(zip(columns.edges, figures, strict=True)):
            sheet.figure(edge, base, self._written(amount), columns.size, bold=column == 2)
        paid = ""
        if line.paid >= line.total and line.paid_on:
            paid = fmt.date_short(line.paid_on)
        elif line.paid:
            paid = self._written(line.paid)  # not the whole instalment: how much, instead of the day
        sheet.text(sheet.right - 14.5 - 11.75, base, paid, 9, align="center")
        y += self._row
        sheet.line(sheet.left, y, sheet.right, y, HAIRLINE)
        return y

    def _sums(self, lines: Sequence[ScheduleLine]) -> list[int]:
        return [
            sum(line.principal for line in lines),
            sum(line.interest for line in lines),
            sum(line.total for line in lines),
        ]

    def _carried(self, y: float, label: str, lines: Sequence[ScheduleLine]) -> float:
        sheet = self._sheet
        base = y + self._row / 2 + 1.4
        room = self._columns.text_end - 29
        x = 29 if sheet.width_mm(label, 10, bold=True) <= room else 21
        sheet.text(x, base, label, 10, bold=True)
        self._bold_sums(base, lines)
        sheet.line(sheet.left, y + self._row, sheet.right, y + self._row)
        return y + self._row

    def _bold_sums(self, base: float, lines: Sequence[ScheduleLine]) -> None:
        for edge, amount in zip(self._columns.edges, self._sums(lines), strict=False):
            self._sheet.figure(edge, base, self._written(amount), self._columns.size, bold=True)

    def _total(self, y: float) -> float:
        sheet = self._sheet
        sheet.line(sheet.left, y, sheet.right, y, SECTION_LINE)
        sheet.text(29, y + 5.75, self._("Total"), 11, bold=True)
        self._bold_sums(y + 5.75, self._schedule.lines)
        sheet.line(sheet.left, y + 8, sheet.right, y + 8, GROUP_LINE)
        return y + 8

    def _closing(self, y: float) -> None:
        y += 6.9
        for text in self._conditions:
            self._sheet.text(self._sheet.left, y, text, 10)
            y += 4.8
        signatures(self._sheet, y + 4.7, place_and_date(self._head, self._), self._signers, space=17)

    def _who_signs(self) -> list[Officer]:
        _, schedule = self._, self._schedule
        signers = [Officer(_("Borrower"), schedule.member_name)]
        if schedule.guarantor:
            # The agreement says who he is to the borrower; his signature bears the name alone.
            signers.append(Officer(_("Guarantor"), schedule.guarantor.split(" (")[0]))
        signers += self._head.letterhead.officers[:1]
        return signers


def masked(nik: str) -> str:
    """An identity number as papers show it: the first and the last four digits."""
    if len(nik) <= 8:
        return nik
    return f"{nik[:4]}{'•' * (len(nik) - 8)}{nik[-4:]}"
