"""Paper 2, four on a page: each savings product in one row; movements are shown at the office."""

from collections.abc import Sequence
from functools import cached_property, partial

from app.reports.forms.columns import cell_lines, name_lines
from app.reports.forms.small_statement import SMALL_BOX, SmallStatement
from app.reports.forms.words import DueWords
from app.reports.paper import GREEN, GROUP_LINE, logo, training_box


class QuarterPage(SmallStatement):
    """Four on a page: each product in one row, no movements."""

    LEFT, RIGHT = 8.0, 97.0
    BOX = 100.1
    MORE = 3.7  # height of each further line of a product's name
    LARGE = 100_000_000  # from here on only opening and closing have room

    @cached_property
    def _due(self) -> DueWords:
        return self.words.due(self.statement, short=True)

    @cached_property
    def _names(self) -> tuple[float, list[str]]:
        number = self.sheet.width_mm(self.statement.number, 12, bold=True)
        return name_lines(self.statement.name, 89 - 4 - number, (12, 10))

    @cached_property
    def _due_text(self) -> list[str]:
        parts = [f"{due.text} {self.words.statement(due.amount)}" for due in self.statement.due]
        return self.sheet.wrap(" + ".join(parts), 89, 8.5) if parts else []

    @cached_property
    def _facts(self) -> list[Sequence[tuple[str, str]]]:
        """For each loan the lines below its title."""
        words = self.words
        result: list[Sequence[tuple[str, str]]] = []
        for loan in self.statement.loans:
            facts = [(words.plafond, words.statement(loan.plafond))] if loan.outstanding else []
            if loan.outstanding:
                facts.append((words.principal_left, words.statement(loan.outstanding)))
            for label, amount in (
                (words.held, loan.held),
                (words.arrears_principal, loan.arrears_principal),
                (words.arrears_interest, loan.arrears_interest),
                (words.penalty_due, loan.penalty_due),
            ):
                if amount:
                    facts.append((label, words.statement(amount)))
            result.append(facts)
        return result

    @cached_property
    def _notes(self) -> list[str]:
        words, statement = self.words, self.statement
        lines = [words.interest_line(*self.interest)]
        if statement.left:
            lines.append(words.returned_by_us)
        for section in statement.savings:
            if section.key == "mandatory" and section.note and not statement.left:
                lines.append(f"{section.name} {section.note.split(' · ')[-1]}")
        return [part for line in lines for part in self.sheet.wrap(line, 89, 9)]

    @cached_property
    def _edges(self) -> tuple[float, ...]:
        """Right edges of opening, in, out, closing; of opening and closing where figures are large."""
        statement = self.statement
        largest = max(
            statement.savings_opening,
            statement.savings_in,
            statement.savings_out,
            statement.savings_closing,
        )
        return (64.0, self.RIGHT) if largest >= self.LARGE else (44.0, 60.5, 77.0, self.RIGHT)

    @cached_property
    def _products(self) -> list[list[str]]:
        """The products' names without the word they share, in lines beside their opening balance."""
        opening = self.words.statement(self.statement.savings_opening)
        room = self._edges[0] - self.LEFT - 2 - self.sheet.width_mm(opening, 9)
        names = [section.name for section in self.statement.savings]
        first = {name.split(" ", 1)[0] for name in names}
        if len(names) > 1 and len(first) == 1 and all(" " in name for name in names):
            names = [name.split(" ", 1)[1] for name in names]
        return [self.sheet.wrap(name, room, 9) for name in names]

    def _bottom(self, step: float) -> float:
        """Baseline of the last line above the box, with lines `step` apart."""
        y = 35.4 + (len(self._names[1]) - 1) * 3.9
        y += 5.1 + sum(step + (len(name) - 1) * self.MORE for name in self._products)
        y += 0.6  # the total
        y += 5.5 + (len(self._notes) - 1) * (step - 0.2)
        for facts in self._facts or [[]]:
            y += 6.0 + (5.2 + (len(facts) - 1) * step if facts else 0)
        return y

    @cached_property
    def _step(self) -> float:
        for step in (4.6, 4.3, 4.0):
            if self._bottom(step) <= self._box_top - 2.2:
                break
        return step

    @cached_property
    def _box_top(self) -> float:
        return self.BOX - max(0, len(self._due_text) - 1) * 3.6

    @property
    def fits(self) -> bool:
        """Whether this member fits into a quarter of a page."""
        return len(self._names[1]) <= 3 and self._bottom(self._step) <= self._box_top - 2.2

    def _draw(self, number: int, count: int) -> None:
        words, statement = self.words, self.statement
        period = words.period(statement.first_day, statement.last_day)
        self.sheet.fixed(f"quarter {words.key} {period} {self.left} {self.top}", partial(self._frame, period))
        size, names = self._names
        y = 24.95
        self.text(self.RIGHT, y, statement.number, 12, True, "right")
        for index, name in enumerate(names):
            self.text(self.LEFT, y + index * 3.9, name, size, bold=True)
        y += (len(names) - 1) * 3.9 + 4.7
        if statement.left:
            group = words.member_left(statement.left)
        else:
            group = words.group_name(statement.group) if statement.group else ""
        self.text(self.LEFT, y, group, self.sheet.fit(group, 89, (9, 8.5)))
        y = self._savings(y + 5.75)
        y = self._loans(y)
        self._box()
        code = self.code(self.RIGHT, 119.6, 16.5)
        text = words.treasurer_and_code(code)
        self.text(self.LEFT, 134.2 if words.training else 135.8, text, self.sheet.fit(text, 70, (8.5, 8)))
        self.text(self.RIGHT, 142.2, f"{number}/{count}", 7.5, align="right")

    def _frame(self, period: str) -> None:
        """What is the same on every quarter: head, objection, footer."""
        words, head = self.words, self.head
        logo(self.sheet, head.letterhead, self.left + 8, self.top + 8.1, 9.2)
        room = 76.0
        if words.training:
            right = self.left + self.RIGHT
            room -= training_box(self.sheet, words.training, right, self.top + 9.2) + 2
        size, names = cell_lines(head.letterhead.name, room, (9.5, 9, 8.5), bold=True)
        title = f"{words.title} · {period}"
        y = 12.0 if len(names) == 1 else 10.6
        for name in names[:2]:
            self.text(21, y, name, size, True, "left", GREEN)
            y += 3.6
        y += 0.8 if len(names) == 1 else 0.0
        self.text(21, y, title, self.sheet.fit(title, room, (9.5, 9, 8.5, 8), True), bold=True)
        left, top = self.left, self.top
        self.sheet.line(left + 8, top + 19.4, left + 97, top + 19.4, 1.5, GREEN)
        y = 122.2
        for line in self.sheet.wrap(words.objection_short, 70, 8.5)[:3]:
            self.text(8, y, line, 8.5)
            y += 3.9
        contact = head.contact
        self.text(8, y + 0.7, contact, self.sheet.fit(contact, 70, (9.5, 9, 8.5), True), bold=True)
        self.text(8, 142.2, words.made, 7.5)
        self.training_mark(16, 138.6, 7.5)

    def _savings(self, y: float) -> float:
        words, statement, step = self.words, self.statement, self._step
        totals = (
            statement.savings_opening,
            statement.savings_in,
            statement.savings_out,
            statement.savings_closing,
        )
        edges = self._edges
        labels: tuple[str, ...] = (words.opening, words.money_in, words.money_out, words.closing)
        columns: tuple[int, ...] = (0, 1, 2, 3)
        if len(edges) == 2:
            labels, columns = (words.opening, words.closing), (0, 3)
        self.text(self.LEFT, y, words.savings, 9)
        for edge, label in zip(edges, labels, strict=True):
            self.text(edge, y, label, 9, align="right")
        self.line(self.LEFT, self.RIGHT, y + 1.4, 0.5)
        y += 5.1
        for section, names in zip(statement.savings, self._products, strict=True):
            figures = (
                section.opening,
                sum(line.deposit for line in section.movements),
                sum(line.withdrawal for line in section.movements),
                section.closing,
            )
            for number, name in enumerate(names):
                self.text(self.LEFT, y + number * self.MORE, name, 9)
            for edge, column in zip(edges, columns, strict=True):
                self.figure(edge, y, figures[column], 9, bold=column == 3)
            y += step + (len(names) - 1) * self.MORE
        self.line(self.LEFT, self.RIGHT, y - 3.1, 0.5)
        y += 0.6
        self.text(self.LEFT, y, words.total, 9, bold=True)
        for edge, column in zip(edges, columns, strict=True):
            self.figure(edge, y, totals[column], 9, bold=column == 3)
        y += 5.5
        for line in self._notes:
            self.text(self.LEFT, y, line, 9)
            y += step - 0.2
        return y - step + 0.2

    def _loans(self, y: float) -> float:
        words, step = self.words, self._step
        if not self.statement.loans:
            y += 6.0
            self._loan_title(y, words.loan, words.none)
        for loan, facts in zip(self.statement.loans, self._facts, strict=True):
            y += 6.0
            if loan.outstanding:
                number = loan.instalments_paid + loan.instalment_begun
                state = words.instalment_of(number, loan.instalments)
            elif loan.written_off:
                state = words.instalments(loan)
            elif loan.movements:
                state = words.paid_off_on(loan.movements[-1].on)
            else:
                state = words.paid_off
            self._loan_title(y, words.loan_number(loan.number), state)
            y += 5.2 if facts else 0
            for label, figure in facts:
                self.text(self.LEFT, y, label, 9)
                self.text(self.RIGHT, y, figure, 9, True, "right")
                y += step
            y -= step if facts else 0
        return y

    def _loan_title(self, y: float, title: str, state: str) -> None:
        self.text(self.LEFT, y, title, 9.5, bold=True)
        self.text(self.RIGHT, y, state, 9, align="right")
        self.line(self.LEFT, self.RIGHT, y + 1.4, GROUP_LINE if self.statement.loans else 0.5)

    def _box(self) -> None:
        words, due, top = self.words, self._due, self._box_top
        self.sheet.box(self.left + 8, self.top + top, 89, 13, SMALL_BOX)
        figure = words.format.rupiah(due.amount)
        wide = self.text(94.5, top + 8.3, figure, 14, True, "right")
        room = 94.5 - 10.5 - wide - 2
        title_size = self.sheet.fit(due.title, room, (10.5, 10, 9), bold=True)
        self.text(10.5, top + 4.7, due.title, title_size, bold=True)
        self.text(10.5, top + 9.6, due.note, self.sheet.fit(due.note, room, (9, 8.5, 8)))
        y = top + 13 + 3.5
        for line in self._due_text:
            self.text(self.LEFT, y, line, 8.5)
            y += 3.6
