"""A Document as PDF: lists and registers, or financial statements, on A4, F4 or A5.

Fixed-layout papers (member statement, slip, schedule) are drawn by app.reports.forms instead.
"""

from app.base.i18n import Translator
from app.reports.document import CellType, Document, Layout
from app.reports.paper import PAPERS, Sheet, footer
from app.reports.render import pdf_list, pdf_statement
from app.reports.render.grid import content_of, needs_landscape

MOST_PERIODS = 2  # a statement has its period and the one it is compared with; more is a list


def render(document: Document, translator: Translator, paper: str = "A4") -> bytes:
    """The document as the bytes of a PDF file; `paper` is A4, F4 or A5.

    The same document makes the same bytes.
    """
    content = None if _is_statement(document) else content_of(document, translator)
    landscape = content is not None and (document.landscape or needs_landscape(content, PAPERS[paper]))
    sheet = Sheet(
        PAPERS[paper],
        landscape=landscape,
        title=document.title,
        author=document.letterhead.name or document.book,
        language=translator.language,
        made_at=document.made_at,
    )
    if content is None:
        pdf_statement.draw(sheet, document, translator)
    else:
        footer(sheet, document, translator)
        pdf_list.draw(sheet, document, translator, content)
    return sheet.finish()


def stands_upright(document: Document, translator: Translator, paper: str) -> bool:
    """Whether the document can be read on a paper that is not turned: else it is too small for it."""
    if _is_statement(document):
        return True
    return not document.landscape and not needs_landscape(content_of(document, translator), PAPERS[paper])


def _is_statement(document: Document) -> bool:
    periods = sum(column.type is CellType.AMOUNT for column in document.columns)
    return document.layout is Layout.STATEMENT and 1 <= periods <= MOST_PERIODS
