"""Paper 2, two on a page: a member's savings with their movements beside the loan and what is to be paid."""

from functools import cached_property, partial

from app.reports.account_statement import SavingsSection
from app.reports.forms.columns import cell_lines, fit_columns, longest, name_lines
from app.reports.forms.small_statement import SMALL_BOX, SmallStatement
from app.reports.forms.words import DueWords
from app.reports.paper import BAR_LINE, GREEN, SECTION_LINE, logo, training_box

Line = tuple[str, float]  # a text and its size


class HalfPage(SmallStatement):
    """Two on a page: savings with their movements at the left, loan and box at the right."""

    MOST_ROWS = 11
    ROW, PRODUCT, MORE = 5.1, 5.9, 3.9
    FIRST_ROW, LAST_LINE, BOX_END = 39.4, 114.6, 114.3

    @cached_property
    def _due(self) -> DueWords:
        return self.words.due(self.statement)

    @cached_property
    def _columns(self) -> tuple[tuple[float, ...], float, float]:
        """Right edges, size of the figures, and where the description ends."""
        statement, written = self.statement, self.words.statement
        balances = [section.opening for section in statement.savings]
        balances += [line.balance for section in statement.savings for line in section.movements]
        balances.append(statement.savings_closing)
        widest = tuple(
            longest([written(amount) for amount in column])
            for column in ([statement.savings_in], [statement.savings_out], balances)
        )
        largest = max(statement.savings_in, statement.savings_out, *balances)
        edges = (81.0, 102.5, 124.0)
        sizes: tuple[float, ...] = (10.0, 9.5, 9.0)
        if largest >= 1_000_000_000:
            edges, sizes = (71.0, 97.5, 124.0), (9.0,)
        labels = (self.words.money_in, self.words.money_out, self.words.balance)
        columns = fit_columns(edges, widest, labels, 44.0, sizes, 9)
        return columns.edges, columns.size, columns.text_end

    @cached_property
    def _memos(self) -> list[list[tuple[float, list[str]]]]:
        room = self._columns[2] - 27
        return [
            [cell_lines(line.memo, room, (9.5, 9)) for line in section.movements]
            for section in self.statement.savings
        ]

    @cached_property
    def _names(self) -> tuple[float, list[str]]:
        return name_lines(self.statement.name, 186 - self._beside, (13.5, 12, 10))

    @cached_property
    def _group(self) -> str:
        words, statement = self.words, self.statement
        if statement.left:
            return words.member_left(statement.left)
        return words.group_name(statement.group) if statement.group else ""

    @cached_property
    def _beside(self) -> float:
        number = self.words.number_named(self.statement.number)
        wide = self.sheet.width_mm(number, 11, bold=True) + 4
        return wide + self.sheet.width_mm(self._group, 11) + 4

    @cached_property
    def _due_lines(self) -> list[tuple[Line, str]]:
        lines: list[tuple[Line, str]] = []
        for due in self.statement.due:
            amount = self.words.statement(due.amount)
            room = 62 - 2 - self.sheet.width_mm(amount, 10)
            size, parts = cell_lines(due.text, room, (10, 9.5, 9))
            lines += [((part, size), amount if part is parts[-1] else "") for part in parts]
        return lines

    @cached_property
    def _facts(self) -> list[tuple[str, str]]:
        words, facts = self.words, []
        for loan in self.statement.loans:
            facts = [
                (words.instalment, words.instalments(loan)),
                (words.plafond, words.statement(loan.plafond)),
                (words.principal_left, words.statement(loan.outstanding)),
            ]
            if loan.held:
                facts.append((words.held, words.statement(loan.held)))
        return facts

    @cached_property
    def _steps(self) -> tuple[float, float]:
        """Height of a line of facts and of what is due: less when the box would not fit."""
        for facts, due in ((4.85, 4.75), (4.5, 4.6), (4.3, 4.4)):
            if self._box_top(facts) + self._box_height(due) <= self.BOX_END:
                break
        return facts, due

    def _box_top(self, step: float) -> float:
        if not self.statement.loans:
            return 50.0
        lines = len(self._facts) + (3 if self._is_behind else 1)
        return 43.3 + (lines - 1) * step + 4.2

    @property
    def _is_behind(self) -> bool:
        return any(amount for _, amount in self.behind())

    def _box_height(self, step: float) -> float:
        return 14.0 + sum(self._due_steps(step)) + 9.6

    def _due_steps(self, step: float) -> list[float]:
        """From each line in the box to the next: less within a wrapped text, which its amount ends."""
        return [step if amount else 3.7 for _, amount in self._due_lines[:-1]]

    @property
    def _rows_end(self) -> float:
        end = self.FIRST_ROW
        for memos in self._memos:
            end += self.PRODUCT + sum(self.ROW + (len(memo) - 1) * self.MORE for _, memo in memos)
        return end

    @property
    def fits(self) -> bool:
        """Whether this member's month fits into half a page."""
        rows = sum(1 + len(section.movements) for section in self.statement.savings)
        facts, due = self._steps
        return (
            rows <= self.MOST_ROWS
            and len(self.statement.loans) <= 1
            and len(self._names[1]) <= 2
            and self._rows_end + 11.1 <= self.LAST_LINE
            and self._box_top(facts) + self._box_height(due) <= self.BOX_END
        )

    def _draw(self, number: int, count: int) -> None:
        words, statement = self.words, self.statement
        days = words.days(statement.first_day, statement.last_day)
        self.sheet.fixed(f"half {words.key} {days} {self.left} {self.top}", partial(self._frame, days))
        size, names = self._names
        for index, name in enumerate(names):
            self.text(12, 29.75 - (len(names) - 1 - index) * 4.3, name, size, bold=True)
        wide = self.text(198, 29.75, words.number_named(statement.number), 11, True, "right")
        self.text(198 - wide - 4.4, 29.75, self._group, 11, align="right")
        self._savings()
        self._loan()
        code = self.code(198, 118.4, 18.5)
        self.text(177.3, 136.4, code, 9, True, "right")
        self.text(198, 142.5, words.sheet_of(number, count), 8, align="right")

    def _frame(self, days: str) -> None:
        """What is the same on every half: head, labels, objection, signature, footer."""
        words, head = self.words, self.head
        paper = head.letterhead
        logo(self.sheet, paper, self.left + 12, self.top + 9.2, 11.5)
        room = 198 - 27 - 5 - self.sheet.width_mm(words.title, 14, bold=True)
        if words.training:
            right = self.left + 27 + room
            room -= training_box(self.sheet, words.training, right, self.top + 10.5) + 3
        self._name_of_cooperative(room)
        self.text(198, 13.95, words.title, 14, True, "right")
        self.text(198, 19.4, days, self.sheet.fit(days, 80, (10.5, 9.5, 9)), align="right")
        left, top = self.left, self.top
        self.sheet.line(left + 12, top + 22.95, left + 198, top + 22.95, 1.5, GREEN)
        self.text(12, 37.05, words.savings_in_rupiah, 9)
        self.line(12, 124, 39.05, SECTION_LINE)
        self.line(130, 198, 39.05, SECTION_LINE)
        self.line(12, 198, 116.0, 0.5)
        y = 121.4
        for line in self.sheet.wrap(words.objection_short, 80, 10):
            self.text(12, y, line, 10)
            y += 4.75
        size, contact = cell_lines(head.contact, 88, (11, 10, 9), bold=True)
        for line in contact[:2]:
            self.text(12, y + 0.2, line, size, bold=True)
            y += 4.2
        self.text(106, 121.4, words.signed, self.sheet.fit(words.signed, 68, (9.5, 9, 8.5)))
        self.text(106, 125.8, words.treasurer, 9.5)
        size, names = name_lines(head.treasurer, 44, (10, 9))
        for index, name in enumerate(reversed(names)):
            self.text(106, 137.4 - index * 4, name, size, bold=True)
        self.text(177.3, 132.1, words.code, 8.5, align="right")
        self.text(12, 142.5, words.made, 8)
        self.training_mark(128, 142.5, 8)

    def _name_of_cooperative(self, room: float) -> None:
        paper = self.head.letterhead
        size, names = cell_lines(paper.name, room, (11.5, 10.5, 9.5), bold=True)
        if len(names) > 1:
            for index, name in enumerate(names[:2]):
                self.text(27, 13.4 + index * 4.4, name, size, True, "left", GREEN)
            return
        self.text(27, 14.0, names[0], size, True, "left", GREEN)
        # The address, without the telephone number if that is too long for the line.
        for text in (paper.lines[-1:] or ("",))[0], (paper.lines[-1:] or ("",))[0].split(" · ")[0]:
            if self.sheet.width_mm(text, 8.5) <= room:
                self.text(27, 18.8, text, 8.5)
                return

    def _savings(self) -> None:
        words, statement = self.words, self.statement
        edges, size, _ = self._columns
        for edge, label in zip(edges, (words.money_in, words.money_out, words.balance), strict=True):
            self.text(edge, 37.05, label, 9, align="right")
        y = self.FIRST_ROW
        for section, memos in zip(statement.savings, self._memos, strict=True):
            self._product(section, y, edges, size)
            y += self.PRODUCT
            for line, (memo_size, memo) in zip(section.movements, memos, strict=True):
                base = y + 3.75
                self.text(12.5, base, words.day_month(line.on), 9.5)
                for index, text in enumerate(memo):
                    self.text(27, base + index * self.MORE, text, memo_size)
                for edge, amount in zip(edges, (line.deposit, line.withdrawal), strict=False):
                    if amount:
                        self.figure(edge, base, amount, size)
                self.figure(edges[2], base, line.balance, size, line is section.movements[-1])
                y += self.ROW + (len(memo) - 1) * self.MORE
        self.line(12, 124, y + 0.35, SECTION_LINE)
        self.text(12.5, y + 5.0, words.total, 10.5, bold=True)
        for edge, amount in zip(
            edges,
            (statement.savings_in, statement.savings_out, statement.savings_closing),
            strict=True,
        ):
            self.figure(edge, y + 5.0, amount, size, bold=True)
        self.line(12, 124, y + 6.6, 0.5)
        self.text(12.5, y + 11.1, words.interest_this_month, 9.5)
        x = 124.0
        for text in reversed(words.interest_parts(*self.interest)):
            x -= self.text(x, y + 11.1, text, 9.5, align="right") + 2.7

    def _product(self, section: SavingsSection, y: float, edges: tuple[float, ...], size: float) -> None:
        words = self.words
        self.sheet.tint(self.left + 12, self.top + y + 0.5, 112, self.ROW)
        base = y + 4.25
        figure = words.statement(section.closing)
        end = edges[2] - self.sheet.width_mm(figure, size, bold=True) - 2
        if section.movements:
            end = edges[1] - self.sheet.width_mm(words.opening_short, 9) - 2
        name_size = self.sheet.fit(section.name, end - 12.5, (9.5, 9), bold=True)
        x = 12.5 + self.text(12.5, base, section.name, name_size, bold=True) + 1.6
        note = section.note or ("" if section.movements else words.no_movement)
        # The last part of a note says most: drop the others first when there is no room.
        while " · " in note and self.sheet.width_mm(note, 8.5) > end - x:
            note = note.split(" · ", 1)[1]
        if note and self.sheet.width_mm(note, 8.5) <= end - x:
            self.text(x, base, note, 8.5)
        if section.movements:
            self.text(edges[1], base, words.opening_short, 9, align="right")
        self.figure(
            edges[2],
            base,
            section.opening if section.movements else section.closing,
            size,
            bold=not section.movements,
        )

    def _loan(self) -> None:
        words, statement = self.words, self.statement
        if not statement.loans:
            self.text(130, 37.05, words.loan, 9.5, bold=True)
            self.text(130, 43.9, words.no_loan, 10)
            self._box(50.0, 4.75)
            return
        facts_step, due_step = self._steps
        self.text(130, 37.05, words.loan_number(statement.loans[0].number), 9.5, bold=True)
        y = 43.3
        for label, figure in self._facts:
            self.text(130, y, label, 10)
            self.text(198, y, figure, 10, True, "right")
            y += facts_step
        behind = self.behind() if self._is_behind else [(words.arrears, 0)]
        if self._is_behind:
            x = self.left + 130.5
            end = self.top + y + 2 * facts_step + 1.2
            self.sheet.line(x, self.top + y - 3.3, x, end, BAR_LINE)
        for label, amount in behind:
            self.text(132.5 if self._is_behind else 130, y, label, 10)
            self.text(198, y, words.statement(amount), 10, True, "right")
            y += facts_step
        self._box(self._box_top(facts_step), due_step)

    def _box(self, top: float, step: float) -> None:
        words, due = self.words, self._due
        height = self._box_height(step)
        self.sheet.box(self.left + 130, self.top + top, 68, height, SMALL_BOX)
        title = words.to_pay_next if due.title == words.to_pay else due.title
        self.text(133, top + 4.95, title, self.sheet.fit(title, 62, (10.5, 10, 9), True), True)
        self.text(133, top + 9.4, due.note, self.sheet.fit(due.note, 62, (9.5, 9)))
        y = top + 14.0
        steps = [*self._due_steps(step), 0.0]
        for ((text, size), amount), down in zip(self._due_lines, steps, strict=False):
            self.text(133, y, text, size)
            self.text(195, y, amount, 10, align="right")
            y += down
        bottom = top + height
        self.line(133, 195, bottom - 7.7, SECTION_LINE)
        self.text(133, bottom - 2.7, words.total, 10.5, bold=True)
        self.text(195, bottom - 2.7, words.format.rupiah(due.amount), 14, True, "right")
