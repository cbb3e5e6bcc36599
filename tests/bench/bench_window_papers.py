"""W5: a report of 100,000 rows as paper on the screen, shown and scrolled to any place, until it is painted.

A report of a hundred rows is the reference: only what is seen may cost anything.
"""

import os
import random
import statistics
from typing import TYPE_CHECKING

from tests.bench.bench_files import list_document
from tests.bench.measure import Bench, Row, Scale, at_most, once

if TYPE_CHECKING:
    from app.ui.widgets.document_view import DocumentView

ROWS, FEW = 100_000, 100
MOST_MS = 50.0
PLACES = 40


def shown() -> "DocumentView":
    """The view as the page of reports has it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from app.ui import theme
    from app.ui.widgets.document_view import DocumentView

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.load_fonts()
    theme.apply(app, "light")
    view = DocumentView()
    view.resize(900, 600)
    view.show()
    app.processEvents()
    return view


def papers(scale: Scale) -> list[Row]:
    """Scrolling a long paper against a short one."""
    from app.base.i18n import Translator

    translator = Translator("id")
    places = random.Random(5)

    def slowest(rows: int) -> float:
        view = shown()
        view.set_document(list_document(rows), translator)
        bar = view.verticalScrollBar()

        def go() -> None:
            bar.setValue(places.randrange(bar.maximum() + 1))
            view.viewport().grab()

        return statistics.quantiles([once(go) for _ in range(PLACES)], n=20)[-1]

    few, many = slowest(FEW), slowest(min(scale.entries, ROWS))
    return [
        at_most("a long paper scrolled to any place, p95", many, MOST_MS, 1.0, "ms"),
        at_most("a long paper / a short one", many, few, 1.5, "ms"),
    ]


BENCHES = [Bench("W5", "a long report on the screen", papers)]
