"""Paper 3, the cover of a month's statements: what was printed, and the proof against the ledger.

The sum of all sheets has to equal the ledger, account by account. When it does not, the cover says so and
no statement is printed.
"""

from collections.abc import Sequence
from datetime import timedelta

from app.base.dates import Period
from app.base.i18n import Translator
from app.reports.account_statement import ControlProof, Cover, GroupLine
from app.reports.document import Officer
from app.reports.forms import StatementHead
from app.reports.forms.columns import cell_lines, fit_columns, longest
from app.reports.forms.words import DASH, made, place_and_date
from app.reports.paper import (
    BAR_LINE,
    BOX_LINE,
    GROUP_LINE,
    HAIRLINE,
    SECTION_LINE,
    Sheet,
    letterhead,
    signatures,
)

GROUP_ROW = 5.75
PROOF_ROW = 5.65
MORE_LINE = 3.9
MOST_GROUPS, MOST_ACCOUNTS = 9, 12  # more: the proof gets a page of its own
CLOSING = 66.0  # interest, arrears, verdict and signatures below the proof
LEAST_NAME = 22.0  # beside the codes; where there is less, names stand below them
LEAST_BELOW = 17.0  # and where there is not even this, the paper is turned


def needs_landscape(cover: Cover, translator: Translator) -> bool:
    """Whether the figures of the proof leave no room for the accounts' names on upright paper."""
    return _Proof(cover, translator, 195).columns.text_end - 21 < LEAST_BELOW


def draw_cover(sheet: Sheet, cover: Cover, head: StatementHead, translator: Translator, code: str) -> None:
    """Draw the cover as a run of the sheet; `code` is the code of the whole file, empty if none was made."""
    sheet.new_run()
    _CoverPage(sheet, cover, head, translator).draw(code)


class _Proof:
    """The columns of the proof."""

    def __init__(self, cover: Cover, translator: Translator, right: float) -> None:
        _ = translator
        written = translator.format.statement
        wider = right - 195
        edges = tuple(edge + wider for edge in (93.0, 112.0, 131.0, 154.0, 177.5, 194.0))
        self.labels = (
            _.context("on the cover", "Opening"),
            _("In"),
            _("Out"),
            _.context("on the cover", "Closing"),
            _("Ledger"),
            _("Difference"),
        )
        figures = [self.figures(line) for line in cover.proof]
        widest = tuple(longest([written(row[column]) for row in figures]) for column in range(6))
        self.columns = fit_columns(edges, widest, self.labels, 13.0 + LEAST_NAME, (9.0,), 9.5)

    @staticmethod
    def figures(line: ControlProof) -> tuple[int, int, int, int, int, int]:
        """The six figures of a line."""
        return (
            line.opening,
            line.increase,
            line.decrease,
            line.closing,
            line.ledger,
            line.difference,
        )


class _CoverPage:
    def __init__(self, sheet: Sheet, cover: Cover, head: StatementHead, translator: Translator) -> None:
        self._sheet, self._cover, self._head, self._ = sheet, cover, head, translator
        self._written = translator.format.statement
        self._proof = _Proof(cover, translator, sheet.right)
        self._left = sheet.left
        self._wider = sheet.right - 195
        period = Period(cover.first_day, cover.last_day + timedelta(days=1))
        self._period = translator.format.period(period)

    @property
    def _bottom(self) -> float:
        return self._sheet.height - 18.5

    def draw(self, code: str) -> None:
        """Draw all pages."""
        sheet, _ = self._sheet, self._
        footer = made(self._head, _)
        if code:
            footer = _("{made} · file code {code}", made=footer, code=code)
        sheet.footer(
            footer,
            lambda page, pages: _("Cover · Page {page} of {pages}", page=page, pages=pages),
            mark=_("TRAINING") if self._head.training else "",
        )
        self._top()
        y = self._groups(72.8)
        if not self._proof_fits(y):
            self._next_page()
            y = 12.8
        y = self._accounts(y + 10.1)
        y = self._sums(y)
        y = self._verdict(y)
        self._signatures(y)

    def _proof_fits(self, y: float) -> bool:
        cover = self._cover
        if len(cover.groups) > MOST_GROUPS or len(cover.proof) > MOST_ACCOUNTS:
            return False
        rows = sum(len(self._account_name(line)[1]) - 1 for line in cover.proof) * MORE_LINE
        return y + 24.9 + len(cover.proof) * PROOF_ROW + rows + CLOSING <= self._bottom

    def _next_page(self) -> None:
        sheet, _ = self._sheet, self._
        sheet.new_page()
        text = _("{title}, {period}, continued", title=_("Cover of the statements"), period=self._period)
        sheet.text(sheet.left, 14, text, 12, bold=True)

    def _top(self) -> None:
        sheet, _, cover = self._sheet, self._, self._cover
        training = _("TRAINING") if self._head.training else ""
        letterhead(sheet, self._head.letterhead, training=training)
        title = _("Cover of the statements")
        wide = sheet.text(sheet.left, 43, title, 19, bold=True)
        room = sheet.right - sheet.left - wide - 4
        size = sheet.fit(self._period, room, (19, 16, 14, 12, 10), bold=True)
        sheet.text(sheet.right, 43, self._period, size, bold=True, align="right")
        members = sum(line.members for line in cover.groups)
        savings = sum(line.savings for line in cover.groups)
        outstanding = sum(line.outstanding for line in cover.groups)
        rupiah = _.format.rupiah
        for x, width, label, figure in (
            (sheet.left, 28.0, _("Sheets"), _.format.number(members)),
            (sheet.left + 32, 69.0, _("Total savings"), rupiah(savings)),
            (sheet.left + 105, sheet.right - sheet.left - 105, _("Loan principal left"), rupiah(outstanding)),
        ):
            sheet.box(x, 49.1, width, 15)
            sheet.text(x + 3, 54.3, label, 10.5)
            size = sheet.fit(figure, width - 5, (15, 13, 11), bold=True)
            sheet.text(x + width - 3, 60.8, figure, size, bold=True, align="right")

    # Groups

    def _groups(self, title: float) -> float:
        """The groups in print order, on further pages if they are many; returns where they end."""
        sheet, _, cover = self._sheet, self._, self._cover
        sheet.text(sheet.left, title, _("By group, in the order of printing"), 13, bold=True)
        sheet.text(sheet.right, title, _("in rupiah"), 10, align="right")
        sheet.line(sheet.left, title + 2.35, sheet.right, title + 2.35, SECTION_LINE)
        edges = tuple(edge + self._wider for edge in (84.0, 101.0, 132.0, 165.0, 194.0))
        labels = (
            _("Sheets"),
            _("Members"),
            _("Savings"),
            _("Loans left"),
            _("To be paid"),
        )
        rows = [self._group_figures(line) for line in (*cover.groups, self._total_of_groups())]
        widest = tuple(longest([row[column] for row in rows]) for column in range(5))
        columns = fit_columns(edges, widest, labels, 50.0, (10.5, 10.0, 9.5, 9.0))
        y = self._group_head(title + 7.0, columns.edges, labels)
        for index, line in enumerate(cover.groups):
            size, names = cell_lines(line.name, columns.text_end - sheet.left - 1, (10.5, 10, 9.5, 9))
            height = GROUP_ROW + (len(names) - 1) * MORE_LINE
            if y + height + GROUP_ROW > self._bottom:
                self._next_page()
                y = self._group_head(20.5, columns.edges, labels)
            for number, name in enumerate(names):
                sheet.text(sheet.left + 1, y + 3.9 + number * MORE_LINE, name, size)
            for edge, figure in zip(columns.edges, rows[index], strict=True):
                sheet.figure(edge, y + 3.9, figure, columns.size)
            y += height
            last = index == len(cover.groups) - 1
            sheet.line(sheet.left, y, sheet.right, y, SECTION_LINE if last else HAIRLINE)
        sheet.text(sheet.left + 1, y + 4.9, _("Total"), 11, bold=True)
        for edge, figure in zip(columns.edges, rows[-1], strict=True):
            sheet.figure(edge, y + 4.9, figure, columns.size, bold=True)
        sheet.line(sheet.left, y + 7.1, sheet.right, y + 7.1, SECTION_LINE)
        return y + 7.1

    def _group_head(self, y: float, edges: Sequence[float], labels: Sequence[str]) -> float:
        sheet = self._sheet
        sheet.text(sheet.left + 1, y, self._("Group"), 10)
        for edge, label in zip(edges, labels, strict=True):
            sheet.text(edge, y, label, 10, align="right")
        sheet.line(sheet.left, y + 2.0, sheet.right, y + 2.0)
        return y + 2.0

    def _group_figures(self, line: GroupLine) -> tuple[str, str, str, str, str]:
        number = self._.format.number
        sheets = f"{number(line.first_sheet)}–{number(line.last_sheet)}" if line.first_sheet else ""
        amounts = [
            self._written(amount) if amount else DASH for amount in (line.savings, line.outstanding, line.due)
        ]
        return sheets, number(line.members), amounts[0], amounts[1], amounts[2]

    def _total_of_groups(self) -> GroupLine:
        groups = self._cover.groups
        return GroupLine(
            "",
            0,
            0,
            sum(line.members for line in groups),
            sum(line.savings for line in groups),
            sum(line.outstanding for line in groups),
            sum(line.due for line in groups),
        )

    # The proof

    def _account_name(self, line: ControlProof) -> tuple[float, list[str]]:
        size, lines = cell_lines(line.name, self._proof.columns.text_end - self._name_start, (9,))
        return size, ["", *lines] if self._below else lines

    @property
    def _name_start(self) -> float:
        return self._left + 1 if self._below else self._beside

    @property
    def _beside(self) -> float:
        codes = [self._sheet.width_mm(line.code, 9) for line in self._cover.proof]
        return self._left + max(13.0, 1 + max(codes, default=0.0) + 2)

    @property
    def _below(self) -> bool:
        """Whether the figures are so large that names stand below the codes instead of beside them."""
        return self._proof.columns.text_end - self._beside < LEAST_NAME

    def _accounts(self, title: float) -> float:
        sheet, _, cover = self._sheet, self._, self._cover
        day = _("in rupiah, as of {date}", date=cover.last_day)
        sheet.text(sheet.left, title, _("Proof against the ledger"), 13, bold=True)
        sheet.text(sheet.right, title, day, 10, align="right")
        sheet.line(sheet.left, title + 2.45, sheet.right, title + 2.45, GROUP_LINE)
        y = self._account_head(title + 12.7)
        columns = self._proof.columns
        for index, line in enumerate(cover.proof):
            size, names = self._account_name(line)
            height = PROOF_ROW + (len(names) - 1) * MORE_LINE
            if y + height > self._bottom:
                self._next_page()
                y = self._account_head(26.0)
            base = y + 3.9
            sheet.text(sheet.left + 1, base, line.code, 9)
            for number, name in enumerate(names):
                sheet.text(self._name_start, base + number * MORE_LINE, name, size)
            for column, amount in enumerate(_Proof.figures(line)):
                figure = self._written(amount) if amount or column >= 3 else DASH
                sheet.figure(columns.edges[column], base, figure, 9, bold=column >= 3)
            y += height
            last = index == len(cover.proof) - 1
            sheet.line(sheet.left, y, sheet.right, y, SECTION_LINE if last else HAIRLINE)
        return y

    def _account_head(self, y: float) -> float:
        sheet, _, columns = self._sheet, self._, self._proof.columns
        left = columns.text_end + 2
        right = columns.edges[3]
        sheet.text((left + right) / 2, y - 5.5, _("according to all sheets"), 9.5, align="center")
        sheet.line(left, y - 3.9, right, y - 3.9)
        sheet.text(sheet.left + 1, y, _("Account"), 9.5)
        for edge, label in zip(columns.edges, self._proof.labels, strict=True):
            sheet.text(edge, y, label, 9.5, align="right")
        sheet.line(sheet.left, y + 2.1, sheet.right, y + 2.1)
        return y + 2.1

    def _sums(self, y: float) -> float:
        """Interest and arrears of all members."""
        sheet, _, cover = self._sheet, self._, self._cover
        if y + CLOSING > self._bottom:
            self._next_page()
            y = 14.0
        x = sheet.right - 1
        sheet.text(sheet.left + 1, y + 5.5, _("Interest on savings this month"), 10.5)
        net = cover.interest_gross - cover.interest_tax
        for text in (
            _("net {amount:n}", amount=net),
            _("tax {amount:n}", amount=cover.interest_tax),
            _("gross {amount:n}", amount=cover.interest_gross),
        ):
            x -= sheet.text(x, y + 5.5, text, 10.5, bold=True, align="right") + 3
        arrears = _(
            "Arrears: principal {principal:n}, interest {interest:n}, penalty {penalty:n}",
            principal=cover.arrears_principal,
            interest=cover.arrears_interest,
            penalty=cover.arrears_penalty,
        )
        total = cover.arrears_principal + cover.arrears_interest + cover.arrears_penalty
        wide = sheet.text(sheet.right - 1, y + 11, self._written(total), 10.5, True, "right")
        room = sheet.right - sheet.left - 4 - wide
        sheet.text(sheet.left + 1, y + 11, arrears, sheet.fit(arrears, room, (10.5, 10, 9.5, 9)))
        return y + 16.2

    def _verdict(self, y: float) -> float:
        sheet, _, cover = self._sheet, self._, self._cover
        members = sum(line.members for line in cover.groups)
        sheet.box(sheet.left, y, sheet.right - sheet.left, 15, BOX_LINE)
        if cover.agrees:
            self._mark(y, ((4.5, 8.2, 7.3, 11.0), (7.3, 11.0, 12.8, 4.6)))
            title = _("Agrees. All sheets together equal the ledger, account by account.")
            note = _.plural(
                "{n} sheet for the one member with a balance or a movement; none is left out.",
                "{n} sheets for all members with a balance or a movement; none is left out.",
                members,
            )
            sheet.text(sheet.left + 17, y + 6.4, title, sheet.fit(title, 155, (10, 9.5, 9), True), bold=True)
            sheet.text(sheet.left + 17, y + 11.8, note, sheet.fit(note, 155, (9, 8.5)))
            return y + 15
        title = _("Does not agree yet, don't hand out")
        note = _("Find the difference first, then print again. No statement was printed.")
        self._mark(y, ((5.5, 4.5, 11.5, 10.5), (5.5, 10.5, 11.5, 4.5)))
        sheet.text(sheet.left + 17, y + 7.0, title, 13, bold=True)
        sheet.text(sheet.left + 17, y + 12.0, note, sheet.fit(note, 155, (9.5, 9, 8.5)))
        return y + 15

    def _mark(self, y: float, strokes: Sequence[tuple[float, float, float, float]]) -> None:
        """A tick or a cross in the box of the verdict."""
        for x1, y1, x2, y2 in strokes:
            self._sheet.line(self._left + x1, y + y1, self._left + x2, y + y2, BAR_LINE)

    def _signatures(self, y: float) -> None:
        _, head = self._, self._head
        officers = [Officer(_("Treasurer"), head.treasurer)]
        known = {head.treasurer, head.supervisor}
        officers += [each for each in head.letterhead.officers if each.name not in known][:1]
        if head.supervisor:
            officers.append(Officer(_("Checked, Supervisors"), head.supervisor))
        signatures(self._sheet, y + 8.4, place_and_date(head, _), officers, space=17)
