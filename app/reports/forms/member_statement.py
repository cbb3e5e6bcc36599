"""Paper 1, Rekening Anggota: one member's month on A4 or F4.

It is one page as long as that is possible: rows get a little tighter first. Else it breaks into
pages, with the sums carried forward; the three boxes stay on the first page, and what is to be paid,
whom to object to, signature and code stand together on the last.
"""

from collections.abc import Sequence
from functools import cached_property, partial

from app.base.i18n import Translator
from app.reports.account_statement import AccountStatement
from app.reports.forms import StatementHead
from app.reports.forms.columns import cell_lines, name_lines
from app.reports.forms.pages import Part, Room, page_starts
from app.reports.forms.qr import qr_rows
from app.reports.forms.statement_tables import (
    ROW,
    TIGHT_ROW,
    Block,
    LoanTable,
    SavingsTable,
)
from app.reports.forms.verification import qr_content, qr_side, verification_code
from app.reports.forms.words import Words, words_for
from app.reports.paper import BOX_LINE, HAIRLINE, SECTION_LINE, Sheet, letterhead

BOXES = 66.0  # top of the three boxes
SAVINGS = 92.2  # baseline of the savings' title
FIRST_ROW = 101.9
OBJECTION = 47.95  # from the edge below up to the line over the objection
NEXT_PAGE = 16.0
DUE_STEP = 5.3


def draw_member_statement(
    sheet: Sheet,
    statement: AccountStatement,
    head: StatementHead,
    translator: Translator,
    sheet_number: int,
    sheet_count: int,
) -> None:
    """Draw one member's statement, on as many pages as it needs, as a run of the sheet."""
    sheet.new_run()
    words = words_for(head, translator)
    _Statement(sheet, statement, head, words).draw(words.sheet_of(sheet_number, sheet_count))


class _Statement:
    """One statement being drawn."""

    def __init__(self, sheet: Sheet, statement: AccountStatement, head: StatementHead, words: Words) -> None:
        self._sheet, self._statement, self._head, self._words = sheet, statement, head, words
        self._due = words.due(statement)
        self._name_size, self._names = name_lines(statement.name, 104, (15, 12, 10))
        self._address_size, self._address = (
            cell_lines(statement.address, 104, (11, 10, 9)) if statement.address else (11.0, [])
        )
        self._facts = self._member_facts()
        # What does not fit above the boxes moves them down.
        high = len(self._names) * self._name_size * 0.42 + len(self._address) * 4.3
        self.moved = max(0.0, high - 15.5, len(self._facts) * 4.4 - 17.6)

    def draw(self, sheet_of: str) -> None:
        """Draw all pages."""
        sheet, words = self._sheet, self._words
        sheet.footer(
            words.made,
            lambda page, pages: words.page_of(sheet_of, page, pages),
            mark=words.training,
        )
        self._tables(ROW)
        room = self._room()
        starts = page_starts([block.part for block in self._blocks], room)
        if len(starts) > 1:
            self._tables(TIGHT_ROW)
            tight = page_starts([block.part for block in self._blocks], room)
            if len(tight) > 1:
                self._tables(ROW)
            else:
                starts = tight
        self._draw_pages(starts, room)

    def _tables(self, row: float) -> None:
        """Lay out both tables at this height of rows."""
        sheet, words, statement = self._sheet, self._words, self._statement
        self._savings = SavingsTable(sheet, statement, words, row)
        self._loans = [
            LoanTable(sheet, loan, words, row, number) for number, loan in enumerate(statement.loans, 1)
        ]
        self._blocks: list[Block] = list(self._savings.blocks())
        for loan in self._loans:
            self._blocks += loan.blocks()
            if loan is not self._loans[-1]:
                part = Part(loan.facts_height, loan.index, is_row=False, attached=True)
                self._blocks.append(Block(part, loan.draw_facts))
        last = self._loans[-1] if self._loans else None
        height = 2.75 + self._box_height()
        if last:
            height = max(height, last.facts_height)
        self._blocks.append(Block(Part(height, -1, is_row=False), partial(self._closing, last)))

    def _room(self) -> Room:
        edge = self._sheet.height
        return Room(
            first_top=FIRST_ROW + self.moved,
            next_top=NEXT_PAGE,
            bottom=edge - 17,
            last_bottom=edge - OBJECTION - 0.6,
            again=7.6 + ROW,
            carried=ROW,
        )

    def _draw_pages(self, starts: Sequence[int], room: Room) -> None:
        sheet, words = self._sheet, self._words
        tables: dict[int, SavingsTable | LoanTable] = {0: self._savings}
        tables |= {loan.index: loan for loan in self._loans}
        ends = [*starts[1:], len(self._blocks)]
        for page, (start, end) in enumerate(zip(starts, ends, strict=True), 1):
            if page > 1:
                sheet.new_page()
            if page == 1:
                self._top(with_foot=len(starts) == 1)
                y = room.first_top
            else:
                self._head_line()
                y = room.next_top
            if page == len(starts):
                if page > 1:
                    sheet.fixed(f"statement foot {words.key}", self._draw_foot)
                self._code()
            rows_before, goes_on = self._rows_before(start)
            if page > 1 and goes_on:
                table = tables[self._blocks[start].part.table]
                table.head_again(y)
                y += 7.6
                table.draw_carried(y, words.brought_forward, table.carried(rows_before))
                y += ROW
            for block in self._blocks[start:end]:
                block.draw(y)
                y += block.part.height
            rows_before, goes_on = self._rows_before(end)
            if goes_on:
                table = tables[self._blocks[end].part.table]
                table.draw_carried(y, words.carried_forward, table.carried(rows_before))

    def _rows_before(self, index: int) -> tuple[int, bool]:
        """How many rows of the table of this block stand before it, and whether that table is broken here."""
        if not 0 < index < len(self._blocks):
            return 0, False
        part = self._blocks[index].part
        rows = sum(block.part.is_row for block in self._blocks[:index] if block.part.table == part.table)
        before = self._blocks[index - 1].part
        return rows, part.is_row and before.table == part.table

    # The first page

    def _top(self, with_foot: bool) -> None:
        sheet, words, statement = self._sheet, self._words, self._statement
        period = words.period(statement.first_day, statement.last_day)
        key = f"statement {words.key} {period} {self._due.title} {self.moved:.2f} {with_foot}"
        key += self._savings.head_key + "".join(f" {label}" for label, _, _ in self._facts)
        sheet.fixed(key, partial(self._draw_frame, period, with_foot))
        y = 53.7 if len(self._names) == 1 else 50.2
        for line in self._names:
            sheet.text(sheet.left, y, line, self._name_size, bold=True)
            y += self._name_size * 0.42
        y += 0.0 if len(self._names) == 1 else 0.4
        for line in self._address:
            sheet.text(sheet.left, y, line, self._address_size)
            y += 4.1
        for number, (_label, value, size) in enumerate(self._facts):
            y = 50.4 + number * self._facts_step
            sheet.text(sheet.right, y, value, size, bold=True, align="right")
        self._figures_of_boxes()

    @property
    def _facts_step(self) -> float:
        return 5.4 if len(self._facts) <= 3 else 4.4

    def _draw_frame(self, period: str, with_foot: bool) -> None:
        """What is the same on every member's first page."""
        sheet, words, y = self._sheet, self._words, BOXES + self.moved
        letterhead(sheet, self._head.letterhead, training=words.training)
        sheet.text(sheet.left, 43, words.title, 19, bold=True)
        wide = sheet.right - sheet.left - sheet.width_mm(words.title, 19, bold=True) - 4
        sizes = (19, 16, 14, 12, 11, 10)
        size = sheet.fit(period, wide, sizes, bold=True)
        sheet.text(sheet.right, 43, period, size, bold=True, align="right")
        for number, (label, _value, _size) in enumerate(self._facts):
            sheet.text(131, 50.4 + number * self._facts_step, label, 11)
        first, second, third = self._boxes()
        sheet.box(first, y, 54, 19)
        sheet.box(second, y, 54, 19)
        sheet.box(third, y, sheet.right - third, 19, BOX_LINE)
        sheet.text(first + 3, y + 5.1, words.total_savings, 11)
        sheet.text(second + 3, y + 5.1, words.loan_balance, 11)
        sheet.text(third + 3, y + 5.1, self._due.title, 11, bold=True)
        self._savings.head(SAVINGS + self.moved)
        if with_foot:
            self._draw_foot()

    def _boxes(self) -> tuple[float, float, float]:
        left = self._sheet.left
        return left, left + 58, left + 116

    def _figures_of_boxes(self) -> None:
        sheet, words, statement = self._sheet, self._words, self._statement
        first, second, _ = self._boxes()
        rupiah = words.format.rupiah
        if statement.loans:
            paid = [
                line.on
                for loan in statement.loans
                for line in loan.movements
                if line.principal or line.interest
            ]
            loan_note = words.after_instalment(max(paid)) if paid else words.as_of(statement.last_day)
        else:
            loan_note = words.no_loan
        y = BOXES + self.moved
        for right, amount, note in (
            (first + 51, statement.savings_closing, words.as_of(statement.last_day)),
            (second + 51, statement.outstanding, loan_note),
            (sheet.right - 3, self._due.amount, self._due.note),
        ):
            figure = rupiah(amount)
            size = sheet.fit(figure, 48, (17, 15, 14), bold=True)
            sheet.text(right, y + 12, figure, size, bold=True, align="right")
            sheet.text(right, y + 17, note, sheet.fit(note, 52, (9.5, 9, 8.5)), align="right")

    def _member_facts(self) -> list[tuple[str, str, float]]:
        """Number, group and date at the right of the name: label, value and size of each line."""
        words, statement = self._words, self._statement
        facts = [(words.member_number, statement.number)]
        if statement.group:
            facts.append((words.group, statement.group))
        if statement.left:
            facts.append((words.left_on, words.long_date(statement.left)))
        elif statement.joined:
            facts.append((words.member_since, words.long_date(statement.joined)))
        lines: list[tuple[str, str, float]] = []
        for label, value in facts:
            room = self._sheet.right - 131 - 2 - self._sheet.width_mm(label, 11)
            size, parts = cell_lines(value, room, (11, 10, 9), bold=True)
            lines += [(label if part is parts[0] else "", part, size) for part in parts]
        return lines

    # Further pages

    def _head_line(self) -> None:
        sheet = self._sheet
        text = self._words.continued(self._statement)
        wide = sheet.right - sheet.left
        size, lines = cell_lines(text, wide, (12, 11, 10, 9), bold=True)
        for number, line in enumerate(reversed(lines)):
            sheet.text(sheet.left, 14 - number * 4, line, size, bold=True)

    # The last page

    def _box_height(self) -> float:
        # 37 mm for the usual four lines: tunggakan, denda, angsuran, simpanan wajib.
        return 15.8 + max(1, len(self._due_lines)) * DUE_STEP

    @cached_property
    def _due_lines(self) -> list[tuple[str, str, float]]:
        """Text, amount and size of each line of the box; a wrapped text has its amount on its last line."""
        sheet, lines = self._sheet, []
        left, right = self._box_edges()
        for due in self._statement.due:
            amount = self._words.statement(due.amount)
            room = right - left - 2 - sheet.width_mm(amount, 10.5)
            size, parts = cell_lines(due.text, room, (10.5, 10, 9.5, 9))
            lines += [(part, amount if part is parts[-1] else "", size) for part in parts]
        return lines

    def _box_edges(self) -> tuple[float, float]:
        return 104.0, self._sheet.right - 3

    def _closing(self, loan: LoanTable | None, top: float) -> None:
        """Facts of the last loan at the left, at the right the box of what is to be paid next."""
        sheet, words, due = self._sheet, self._words, self._due
        height = self._box_height()
        labels = loan.labels_key if loan else ""
        key = f"closing {words.key} {due.title} {height:.2f} {labels}"
        sheet.fixed_lower(key, top, partial(self._draw_closing, loan, height))
        if loan:
            loan.draw_figures(top)
        top += 2.75
        left, right = self._box_edges()
        lines = self._due_lines
        y = top + 11.3
        if not lines:
            sheet.text(left, y, due.note, 10.5)
        for text, amount, size in lines:
            sheet.text(left, y, text, size)
            sheet.text(right, y, amount, 10.5, align="right")
            y += DUE_STEP
        figure = words.format.rupiah(due.amount)
        sheet.text(right, top + height - 2.75, figure, 14, bold=True, align="right")

    def _draw_closing(self, loan: LoanTable | None, height: float) -> None:
        """The labels of the closing block, at the top edge of the paper."""
        sheet, words, title = self._sheet, self._words, self._due.title
        if loan:
            loan.draw_labels(0)
        else:
            sheet.text(21, 7, words.no_loan, 11)
        left, right = self._box_edges()
        sheet.box(101, 2.75, sheet.right - 101, height, BOX_LINE)
        if title == words.to_pay:
            title = words.to_pay_next
        sheet.text(left, 8.1, title, 11.5, bold=True)
        bottom = 2.75 + height
        sheet.line(left, bottom - 7.8, right, bottom - 7.8, SECTION_LINE)
        sheet.text(left, bottom - 2.75, words.total, 12, bold=True)

    def _code(self) -> None:
        """The code above the footer, for eyes and for cameras."""
        sheet = self._sheet
        line = sheet.height - OBJECTION
        code = verification_code(self._statement, self._head.book)
        rows = qr_rows(qr_content(self._statement, self._head, code))
        side = qr_side(len(rows), 23.0)
        sheet.pattern(sheet.right - side, line + 2, side, rows)
        sheet.text(sheet.right, line + 29.15, code, 9, bold=True, align="right")

    def _draw_foot(self) -> None:
        """Objection and signature, above the footer of the last page."""
        sheet, words, head = self._sheet, self._words, self._head
        line = sheet.height - OBJECTION
        sheet.line(sheet.left, line, sheet.right, line, HAIRLINE)
        y = sheet.paragraph(sheet.left, line + 4.95, 92, words.objection, 11, leading=5.25)
        for text in sheet.wrap(head.contact, 92, 12.5, bold=True):
            sheet.text(sheet.left, y + 0.1, text, 12.5, bold=True)
            y += 5.3
        x = 118.0
        sheet.text(x, line + 5.0, words.signed, sheet.fit(words.signed, 50, (9.5, 9, 8.5)))
        sheet.text(x, line + 9.35, words.treasurer, 9.5)
        size, names = name_lines(head.treasurer, 50, (11, 10, 9))
        for number, name in enumerate(reversed(names)):
            sheet.text(x, line + 28.2 - number * 4, name, size, bold=True)
        sheet.line(x, line + 29.75, x + 44, line + 29.75)
