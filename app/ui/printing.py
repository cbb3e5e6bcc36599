"""From a document to its preview: what draws it on which paper, beside the window where that takes long."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from app.reports.document import Document
from app.reports.render import render
from app.ui.widgets.preview import Printable, show_preview

if TYPE_CHECKING:
    from app.base.progress import Progress
    from app.ui.bridge import Session

# Rows from which drawing the paper takes long enough to be a job with a stop.
_LONG = 1_500
_SMALL = "A5"


def preview(
    session: "Session",
    source: Document | bytes | Callable[[str], bytes],
    title: str = "",
    papers: Sequence[str] = ("A4", "F4"),
) -> None:
    """Show what will be printed. Bytes are a finished PDF and have no choice of paper.

    A document that can be read on the small paper may be printed on it too.
    """
    translator = session.translator
    paper = session.services.paper
    if isinstance(source, bytes):
        show_preview(session, Printable(title, lambda _paper: source))
        return
    document = source if isinstance(source, Document) else None
    title = title or (document.title if document else "")

    def draw(on: str) -> bytes:
        if not isinstance(source, Document):
            return source(on)
        content = render(source, "pdf", translator, paper=on)
        assert isinstance(content, bytes)
        return content

    rows = len(document.rows) if document else 0
    if document is not None and rows <= _LONG:
        from app.reports.render.pdf import stands_upright

        papers = (*papers, _SMALL) if stands_upright(document, translator, _SMALL) else papers
    first = paper if paper in papers else (papers[0] if papers else "")
    if rows <= _LONG:
        show_preview(session, Printable(title, draw, papers, first))
        return
    ready: dict[str, bytes] = {}

    def work(progress: "Progress") -> None:
        progress.step(0, 1, "")
        ready[first] = draw(first)
        progress.step(1, 1, "")

    def drawn(on: str) -> bytes:
        return ready.pop(on) if on in ready else draw(on)

    session.jobs.run(
        translator("Preparing {title}", title=title),
        work,
        then=lambda _done: show_preview(session, Printable(title, drawn, papers, first)),
        failed=session.show_error,
    )
