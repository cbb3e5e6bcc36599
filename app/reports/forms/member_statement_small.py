"""Paper 2: many members in one printing, one, two or four to a page, to be cut apart.

A member whose month does not fit into his part of the page gets a whole page, in its place in the order.
On F4 the parts are higher and the cut lines move; what is printed stays where it is.
"""

from collections.abc import Sequence
from functools import partial

from app.base.i18n import Translator
from app.base.progress import Progress
from app.reports.account_statement import AccountStatement
from app.reports.forms import StatementHead
from app.reports.forms.half_page import HalfPage
from app.reports.forms.member_statement import draw_member_statement
from app.reports.forms.quarter_page import QuarterPage
from app.reports.paper import Sheet

DASHES = (3.0, 3.0)
CUT_MARGIN = 4.0
SMALL: dict[int, type[HalfPage] | type[QuarterPage]] = {2: HalfPage, 4: QuarterPage}


def draw_statements(
    sheet: Sheet,
    statements: Sequence[AccountStatement],
    head: StatementHead,
    translator: Translator,
    per_page: int,
    progress: Progress,
) -> None:
    """Draw all statements in their order, `per_page` of them (1, 2 or 4) on each page.

    A step of progress is one statement.
    """
    count = len(statements)
    small = SMALL.get(per_page)
    used = 0  # parts of the current page that are taken; 0 also when it is a whole page
    for number, statement in enumerate(statements, 1):
        progress.step(number - 1, count, statement.name)
        part = small(sheet, statement, head, translator) if small else None
        if part is None or not part.fits:
            draw_member_statement(sheet, statement, head, translator, number, count)
            used = 0
            continue
        if used in {0, per_page}:
            sheet.new_run()
            sheet.fixed(f"cut lines {per_page}", partial(cut_lines, sheet, per_page))
            used = 0
        left, top = place(sheet, per_page, used)
        part.draw(left, top, number, count)
        used += 1
    progress.step(count, count, "")


def place(sheet: Sheet, per_page: int, index: int) -> tuple[float, float]:
    """The corner of the part with this index: across first, then down."""
    if per_page == 2:
        return 0.0, index * sheet.height / 2
    return index % 2 * sheet.width / 2, index // 2 * sheet.height / 2


def cut_lines(sheet: Sheet, per_page: int) -> None:
    """Where to cut: across, and for four also down."""
    middle = sheet.height / 2
    sheet.line(CUT_MARGIN, middle, sheet.width - CUT_MARGIN, middle, dash=DASHES)
    if per_page == 4:
        half = sheet.width / 2
        sheet.line(half, CUT_MARGIN, half, sheet.height - CUT_MARGIN, dash=DASHES)
