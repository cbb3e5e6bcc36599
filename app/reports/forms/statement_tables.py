"""The two tables of a Rekening Anggota on a whole page: savings, and a loan with its facts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial

from app.reports.account_statement import (
    AccountStatement,
    LoanMovement,
    LoanSection,
    SavingsMovement,
    SavingsSection,
)
from app.reports.forms.columns import cell_lines, fit_columns, longest
from app.reports.forms.pages import Part
from app.reports.forms.words import DASH, Words
from app.reports.paper import GROUP_LINE, SECTION_LINE, Sheet

BODY = (11.0, 10.5, 10.0, 9.5, 9.0)
SMALL = (9.5, 9.0)
MORE_LINE = 4.2  # height of each further line of a wrapped cell
ROW, TIGHT_ROW = 5.9, 5.2
PRODUCT_GAP = 0.8  # a product's tinted row stands a little apart, half above and half below
FACTS_STEP = 5.2
FACTS_END = 92.0  # right edge of their figures
TITLE = 7.9  # from the end of what precedes to the baseline of a title
HEAD = 9.7  # from there to the first row of a loan
AGAIN = 7.6  # head of a table that goes on, on a further page
LEAST_TEXT = 30.0  # a description narrower than this takes the room of the voucher numbers


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the paper and how to draw it from a given height."""

    part: Part
    draw: Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Carried:
    """What a page carries to the next one: sums so far, and the balance within a product or loan."""

    name: str
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A line below a loan's table: where its label stands and how large, and its figure."""

    x: float
    label: str
    size: float
    figure: str


class SavingsTable:
    """Tanggal, No. bukti, Keterangan, Masuk, Keluar, Saldo. Product rows are tinted."""

    index = 0

    def __init__(self, sheet: Sheet, statement: AccountStatement, words: Words, row: float) -> None:
        self._sheet, self._statement, self._words, self._row = sheet, statement, words, row
        wider = sheet.right - 195  # F4 gives its 5 mm to the description
        edges = (139 + wider, 167 + wider, 194 + wider)
        written = words.statement
        balances = [section.closing for section in statement.savings]
        balances += [section.opening for section in statement.savings]
        balances += [line.balance for section in statement.savings for line in section.movements]
        widest = (
            longest([written(statement.savings_in)]),
            longest([written(statement.savings_out)]),
            longest([written(amount) for amount in (*balances, statement.savings_closing)]),
        )
        labels = (words.money_in, words.money_out, words.balance)
        self._columns = fit_columns(edges, widest, labels, 100.0)
        self._memo = 66.0 if self._columns.text_end - 66 >= LEAST_TEXT else 36.0
        self._size = self._columns.size

    def blocks(self) -> Iterator[Block]:
        """The rows, then the total with the interest of the month."""
        for section in self._statement.savings:
            yield self._product(section)
            last = len(section.movements) - 1
            for number, line in enumerate(section.movements):
                yield self._movement(line, number == last)
        if not self._statement.savings:
            part = Part(self._row, self.index, is_row=True)
            text = self._words.no_movement
            yield Block(part, lambda y: self._write(self._memo, y + self._drop, text, 11))
        part = Part(14.8, self.index, is_row=True, attached=True)
        yield Block(part, self._total)

    @property
    def _drop(self) -> float:
        return self._row * 0.5 + 1.5

    @property
    def head_key(self) -> str:
        """Names what the head of this table looks like."""
        return f"{self._columns.edges} {self._memo}"

    def head(self, title: float) -> None:
        """Title and head of the table, the title on the baseline `title`."""
        sheet, words = self._sheet, self._words
        sheet.text(sheet.left, title, words.savings, 13, bold=True)
        sheet.text(sheet.right, title, words.in_rupiah, 10, align="right")
        sheet.line(sheet.left, title + 2.4, sheet.right, title + 2.4, GROUP_LINE)
        self._labels(title + 7.3)
        sheet.line(sheet.left, title + 9.3, sheet.right, title + 9.3)

    def head_again(self, y: float) -> None:
        """The head of the table alone, at the top of a further page."""
        sheet = self._sheet
        sheet.line(sheet.left, y + 0.4, sheet.right, y + 0.4, SECTION_LINE)
        self._labels(y + 5.2)
        sheet.line(sheet.left, y + 7.2, sheet.right, y + 7.2)

    def _labels(self, y: float) -> None:
        sheet, words = self._sheet, self._words
        sheet.text(21, y, words.date, 10)
        if self._memo > 36:
            sheet.text(36, y, words.voucher, 10)
        sheet.text(self._memo, y, words.memo, 10)
        for edge, label in zip(
            self._columns.edges, (words.money_in, words.money_out, words.balance), strict=True
        ):
            sheet.text(edge, y, label, 10, align="right")

    def _write(self, x: float, y: float, text: str, size: float, bold: bool = False) -> None:
        self._sheet.text(x, y, text, size, bold)

    def _product(self, section: SavingsSection) -> Block:
        words, edges = self._words, self._columns.edges
        end = edges[2] - 30 if not section.movements else edges[1] - 20
        size, names = cell_lines(section.name, end - 21, BODY, bold=True)
        note = section.note or ("" if section.movements else words.no_movement)
        start = max(66.0, 23 + self._sheet.width_mm(names[-1], size, bold=True))
        note_size, notes = cell_lines(note, end - start, SMALL) if note else (9.5, [])
        own_line = len(notes) > 1  # then the note stands in lines of its own below the name
        if own_line:
            note_size, notes = cell_lines(note, end - 21, SMALL)
        more = len(names) - 1 + (len(notes) if own_line else 0)
        tint = self._row + more * MORE_LINE
        part = Part(tint + PRODUCT_GAP, self.index, is_row=True)

        def draw(top: float) -> None:
            sheet = self._sheet
            top += PRODUCT_GAP / 2
            sheet.tint(sheet.left, top, sheet.right - sheet.left, tint)
            y = top + self._drop
            for number, name in enumerate(names):
                sheet.text(21, y + number * MORE_LINE, name, size, bold=True)
            below = y + (len(names) - 1) * MORE_LINE
            for number, text in enumerate(notes):
                if own_line:
                    sheet.text(21, below + (number + 1) * MORE_LINE, text, note_size)
                else:
                    sheet.text(start, below, text, note_size)
            if section.movements:
                sheet.text(edges[1], y, words.opening_balance, 9.5, align="right")
                sheet.figure(edges[2], y, words.statement(section.opening), self._size)
            else:
                sheet.figure(edges[2], y, words.statement(section.closing), self._size, bold=True)

        return Block(part, draw)

    def _movement(self, line: SavingsMovement, last: bool) -> Block:
        words, columns = self._words, self._columns
        size, memo = cell_lines(line.memo, columns.text_end - self._memo, BODY)
        voucher_size, voucher = 9.5, [line.number]
        if self._memo > 36:
            voucher_size, voucher = cell_lines(line.number, self._memo - 36 - 1.5, SMALL)
        more = max(len(memo), len(voucher)) - 1
        part = Part(self._row + more * MORE_LINE, self.index, is_row=True)

        def draw(top: float) -> None:
            sheet, y = self._sheet, top + self._drop
            sheet.text(21, y, words.day_month(line.on), 11)
            if self._memo > 36:
                for number, text in enumerate(voucher):
                    sheet.text(36, y + number * MORE_LINE, text, voucher_size)
            for number, text in enumerate(memo):
                sheet.text(self._memo, y + number * MORE_LINE, text, size)
            for edge, amount in zip(columns.edges, (line.deposit, line.withdrawal), strict=False):
                if amount:
                    sheet.figure(edge, y, words.statement(amount), self._size)
            sheet.figure(columns.edges[2], y, words.statement(line.balance), self._size, last)

        return Block(part, draw)

    def _total(self, top: float) -> None:
        sheet, words, statement = self._sheet, self._words, self._statement
        sheet.line(sheet.left, top + 0.9, sheet.right, top + 0.9, SECTION_LINE)
        y = top + 5.7
        wide = sheet.text(21, y, words.total_savings, 11.5, bold=True)
        text = words.opening_of_month(statement.savings_opening)
        start = max(self._memo, 23 + wide)
        room = self._columns.text_end - start
        sheet.text(start, y, text, sheet.fit(text, room, (10, 9.5, 9)))
        figures = (statement.savings_in, statement.savings_out, statement.savings_closing)
        for edge, amount, written in zip(self._columns.edges, figures, self._sums(*figures), strict=True):
            sheet.figure(edge, y, written, self._size, bold=amount != 0 or edge == sheet.right - 1)
        sheet.line(sheet.left, top + 8.0, sheet.right, top + 8.0)
        y = top + 13.3
        sheet.text(21, y, words.interest_this_month, 10.5)
        x = sheet.right - 1
        for text in reversed(words.interest_parts(statement.interest_gross, statement.interest_tax)):
            x -= sheet.text(x, y, text, 10.5, bold=True, align="right") + 3

    def _sums(self, money_in: int, money_out: int, balance: int) -> tuple[str, str, str]:
        written = self._words.statement
        return (
            written(money_in) if money_in else DASH,
            written(money_out) if money_out else DASH,
            written(balance),
        )

    def carried(self, rows: int) -> Carried:
        """What stands on the row "carried forward" after the first `rows` rows."""
        money_in = money_out = 0
        name = balance = ""
        for section in self._statement.savings:
            if rows <= 0:
                break
            rows -= 1
            seen = section.movements[:rows]
            rows -= len(seen)
            money_in += sum(line.deposit for line in seen)
            money_out += sum(line.withdrawal for line in seen)
            within = rows <= 0 and len(seen) < len(section.movements)
            name = section.name if within else ""
            balance = self._words.statement(seen[-1].balance if seen else section.opening) if within else ""
        sums = self._sums(money_in, money_out, 0)
        return Carried(name, (sums[0], sums[1], balance))

    def draw_carried(self, top: float, label: str, carried: Carried) -> None:
        """A row "carried forward" or "brought forward"."""
        sheet, y = self._sheet, top + self._drop
        sheet.text(21, y, self._words.carried(label, carried.name), 10, bold=True)
        for edge, figure in zip(self._columns.edges, carried.figures, strict=True):
            sheet.figure(edge, y, figure, self._size, bold=True)


class LoanTable:
    """One loan: its movements with the principal left, and the facts at the end of the month."""

    def __init__(self, sheet: Sheet, loan: LoanSection, words: Words, row: float, index: int) -> None:
        self._sheet, self._loan, self._words, self._row = sheet, loan, words, row
        self.index = index
        wider = sheet.right - 195
        edges = tuple(edge + wider for edge in (129.0, 151.0, 168.0, 194.0))
        written = words.statement
        movements = loan.movements
        left = [line.outstanding for line in movements] + [loan.opening]
        widest = (
            longest(written(line.principal) for line in movements),
            longest(written(line.interest) for line in movements),
            longest(written(line.penalty) for line in movements),
            longest(written(amount) for amount in left),
        )
        self._labels = (words.principal, words.interest, words.penalty, words.principal_left)
        self._columns = fit_columns(edges, widest, self._labels, 95.0)
        self._memo = 62.0 if self._columns.text_end - 62 >= LEAST_TEXT else 36.0
        self._size = self._columns.size

    @property
    def _drop(self) -> float:
        return self._row * 0.5 + 1.5

    @property
    def has_arrears(self) -> bool:
        """Whether anything is behind, which the thick bar says."""
        loan = self._loan
        return bool(loan.arrears_principal or loan.arrears_interest or loan.penalty_due)

    def blocks(self) -> Iterator[Block]:
        """Title with head, then the rows; the last one has the line that ends the table."""
        yield Block(Part(TITLE + HEAD, self.index, is_row=False), self._title)
        loan = self._loan
        opening = bool(loan.opening) or not loan.movements
        if opening:
            draw = partial(self._opening, last=not loan.movements)
            yield Block(Part(self._row, self.index, is_row=True), draw)
        for number, line in enumerate(loan.movements, 1):
            yield self._movement(line, number == len(loan.movements))

    def _title(self, top: float) -> None:
        sheet, words = self._sheet, self._words
        y = top + TITLE
        wide = sheet.text(sheet.left, y, words.loan_number(self._loan.number), 13, bold=True)
        terms = words.loan_terms(self._loan)
        room = sheet.right - sheet.left - wide - 3
        sheet.text(sheet.right, y, terms, sheet.fit(terms, room, (10, 9.5, 9)), align="right")
        key = f"loan head {words.key} {self._columns.edges} {self._memo}"
        sheet.fixed_lower(key, y, self._draw_head)

    def _draw_head(self) -> None:
        """Lines and labels of the head, for a title at the top edge of the paper."""
        sheet = self._sheet
        sheet.line(sheet.left, 2.4, sheet.right, 2.4, GROUP_LINE)
        self._heads(7.2)
        sheet.line(sheet.left, 9.3, sheet.right, 9.3)

    def head_again(self, y: float) -> None:
        """The head of the table alone, at the top of a further page."""
        sheet = self._sheet
        sheet.line(sheet.left, y + 0.4, sheet.right, y + 0.4, SECTION_LINE)
        self._heads(y + 5.2)
        sheet.line(sheet.left, y + 7.2, sheet.right, y + 7.2)

    def _heads(self, y: float) -> None:
        sheet, words = self._sheet, self._words
        sheet.text(21, y, words.date, 10)
        if self._memo > 36:
            sheet.text(36, y, words.voucher, 10)
        sheet.text(self._memo, y, words.memo, 10)
        for edge, label in zip(self._columns.edges, self._labels, strict=True):
            sheet.text(edge, y, label, 10, align="right")

    def _end(self, y: float) -> None:
        self._sheet.line(self._sheet.left, y + 0.7, self._sheet.right, y + 0.7)

    def _opening(self, top: float, last: bool) -> None:
        sheet, y = self._sheet, top + self._drop
        text = self._words.opening_principal
        room = self._columns.edges[3] - 32 - self._memo
        sheet.text(self._memo, y, text, sheet.fit(text, room, BODY))
        written = self._words.statement(self._loan.opening)
        sheet.figure(self._columns.edges[3], y, written, self._size, bold=last)
        if last:
            self._end(top + self._row)

    def _movement(self, line: LoanMovement, last: bool) -> Block:
        words, columns = self._words, self._columns
        text = words.disbursed(line.memo, line.disbursed) if line.disbursed else line.memo
        size, memo = cell_lines(text, columns.text_end - self._memo, BODY)
        voucher_size, voucher = 9.5, [line.number]
        if self._memo > 36:
            voucher_size, voucher = cell_lines(line.number, self._memo - 36 - 1.5, SMALL)
        height = self._row + (max(len(memo), len(voucher)) - 1) * MORE_LINE

        def draw(top: float) -> None:
            sheet, y = self._sheet, top + self._drop
            sheet.text(21, y, words.day_month(line.on), 11)
            if self._memo > 36:
                for number, text in enumerate(voucher):
                    sheet.text(36, y + number * MORE_LINE, text, voucher_size)
            for number, text in enumerate(memo):
                sheet.text(self._memo, y + number * MORE_LINE, text, size)
            none = DASH if line.disbursed else "0"
            for edge, amount in zip(
                columns.edges, (line.principal, line.interest, line.penalty), strict=False
            ):
                sheet.figure(edge, y, words.statement(amount) if amount else none, self._size)
            left = words.statement(line.outstanding)
            sheet.figure(columns.edges[3], y, left, self._size, bold=last)
            if last:
                self._end(top + height)

        return Block(Part(height, self.index, is_row=True), draw)

    def carried(self, rows: int) -> Carried:
        """What stands on the row "carried forward" after the first `rows` rows."""
        seen = self._loan.movements[: rows - bool(self._loan.opening)]
        written = self._words.statement
        sums = (
            sum(line.principal for line in seen),
            sum(line.interest for line in seen),
            sum(line.penalty for line in seen),
        )
        left = seen[-1].outstanding if seen else self._loan.opening
        return Carried("", (*(written(amount) for amount in sums), written(left)))

    def draw_carried(self, top: float, label: str, carried: Carried) -> None:
        """A row "carried forward" or "brought forward"."""
        y = top + self._drop
        self._sheet.text(21, y, label, 10, bold=True)
        for edge, figure in zip(self._columns.edges, carried.figures, strict=True):
            self._sheet.figure(edge, y, figure, self._size, bold=True)

    @property
    def facts_height(self) -> float:
        """Height of the facts, with the gap above them."""
        return 2.75 + len(self._facts) * FACTS_STEP + 0.6

    @cached_property
    def _facts(self) -> list[Fact]:
        loan, words = self._loan, self._words
        written = words.statement
        facts = [
            (words.instalment, words.instalments(loan), False),
            (words.plafond, written(loan.plafond), False),
            (words.principal_paid, written(loan.principal_paid), False),
            (words.principal_left, written(loan.outstanding), False),
        ]
        if loan.held:
            facts.append((words.held, written(loan.held), False))
        facts += [
            (words.arrears_principal, written(loan.arrears_principal), True),
            (words.arrears_interest, written(loan.arrears_interest), True),
            (words.penalty_due, written(loan.penalty_due), True),
        ]
        return [self._fact(*fact) for fact in facts]

    def _fact(self, label: str, figure: str, is_arrears: bool) -> Fact:
        x = 23.0 if is_arrears and self.has_arrears else 21.0
        room = FACTS_END - x - 2 - self._sheet.width_mm(figure, 11, bold=True)
        return Fact(x, label, self._sheet.fit(label, room, BODY), figure)

    @property
    def labels_key(self) -> str:
        """Names what the labels of the facts look like."""
        return " ".join(f"{fact.x} {fact.size} {fact.label}" for fact in self._facts)

    def draw_labels(self, top: float) -> None:
        """The labels of the facts, and the bar beside what is in arrears."""
        sheet, y = self._sheet, top + 2.75 + 4.05
        for fact in self._facts:
            sheet.text(fact.x, y, fact.label, fact.size)
            y += FACTS_STEP
        if self.has_arrears:
            sheet.bar(20.4, y - 3 * FACTS_STEP - 3.3, y - FACTS_STEP + 1.7)

    def draw_figures(self, top: float) -> None:
        """The figures of the facts."""
        y = top + 2.75 + 4.05
        for fact in self._facts:
            self._sheet.text(FACTS_END, y, fact.figure, 11, bold=True, align="right")
            y += FACTS_STEP

    def draw_facts(self, top: float) -> None:
        """The facts in a column at the left."""
        self.draw_labels(top)
        self.draw_figures(top)
