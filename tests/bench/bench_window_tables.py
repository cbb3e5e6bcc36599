"""P16 and W3: the list of all records of a million in the window, and finding anything.

The table is shown, gone through to its end, and scrolled to any place, as a person would: until it is painted. What
a table of a thousand rows needs for the same is the reference. The search file is made before anything is timed.
"""

import os
import random
import statistics
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.measure import Bench, Row, Scale, at_most, in_turn, once
from tests.bench.year import year_book

if TYPE_CHECKING:
    from app.ledger.entries.search import RecordSearch
    from app.ledger.snapshot import Snapshot
    from app.ui.widgets.table import Rows, Table

TODAY = date(2026, 11, 24)
SMALL = 1_000
# Below this a person sees no waiting; a place of the table is shown within it.
MOST_MS = 50.0
MOST_MIB = 30.0
PLACES = 60


def resident() -> float:
    """The MiB of memory that this process holds now; 0 where the system does not tell."""
    told = Path("/proc/self/statm")
    if not told.is_file():
        return 0.0
    return int(told.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def shown_table() -> "Table":
    """A table as the page of all records has it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from app.base.i18n import Translator
    from app.ui import theme
    from app.ui.widgets.table import Table, TableColumn

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.load_fonts()
    theme.apply(app, "light")
    columns = (
        TableColumn("date", "Date", lambda row: row.date, "date", 112),
        TableColumn("number", "Number", lambda row: row.number, width=140),
        TableColumn("memo", "What for", lambda row: row.memo, width=0),
        TableColumn("party", "Who", lambda row: row.party, width=128),
        TableColumn("amount", "Amount", lambda row: row.amount, "amount", 124),
    )
    table = Table(Translator("id"), columns)
    table.resize(760, 560)
    table.show()
    app.processEvents()
    return table


def rows_of(reading: "Snapshot", search: "RecordSearch") -> "Rows":
    """All records, one line for each event, as the page shows them."""
    from app.ledger.entries.records import Choice
    from app.ui.pages.records.rows import AllRecords

    return AllRecords(lambda: reading, Choice(folded=True), search.day_counts)


def show_and_jump(table: "Table", reading: "Snapshot", search: "RecordSearch") -> None:
    """Show the list and go to its end, until both are painted."""
    table.show_rows(rows_of(reading, search))
    table.viewport().repaint()
    table.go_to(table.table.rowCount() - 1)
    table.viewport().repaint()


def table_of_a_million(scale: Scale) -> list[Row]:
    """P16: show and jump to the end, beside a table of 1,000 rows; the memory it takes; scrolling to any place."""
    from app.ledger.snapshot import open_snapshot

    large = year_book(scale.folder, scale.entries, scale.members)
    small = year_book(scale.folder, SMALL, scale.members)
    table, other = shown_table(), shown_table()
    with open_snapshot(large, TODAY) as many, open_snapshot(small, TODAY) as few:
        search, other_search = search_of(scale, large, many), search_of(scale, small, few)
        show_and_jump(other, few, other_search)
        before = resident()
        show_and_jump(table, many, search)
        count = table.table.rowCount()
        places = random.Random(16)
        times = [once(lambda: scroll_to(table, places.randrange(count))) for _ in range(PLACES)]
        grown = resident() - before
        ours, reference = in_turn(
            lambda: show_and_jump(table, many, search),
            lambda: show_and_jump(other, few, other_search),
            runs=scale.runs * 3,
        )
        search.close()
        other_search.close()
    slowest = statistics.quantiles(times, n=20)[-1]
    return [
        at_most(f"{count:,} rows / {SMALL:,} rows, show and jump to the end", ours, reference, 1.5, "ms"),
        at_most(f"memory of {count:,} rows, scrolled", grown, MOST_MIB, 1.0, "MiB"),
        at_most("scroll to any place, p95", slowest, MOST_MS, 1.0, "ms"),
    ]


def scroll_to(table: "Table", row: int) -> None:
    """Bring a row into view and paint it."""
    table.scrollTo(table.table.index(row, 0), table.ScrollHint.PositionAtCenter)
    table.viewport().repaint()


def search_of(scale: Scale, book: Path, reading: "Snapshot") -> "RecordSearch":
    """The search of a book, with everything in it."""
    from app.ledger.entries.search import RecordSearch

    search = RecordSearch(book, reading.info.uid, scale.folder / "search")
    search.catch_up()
    return search


def find_anything(scale: Scale) -> list[Row]:
    """W3: what the palette needs for each letter: things by name, and the newest records of the million."""
    from app.ledger.entries.records import Choice
    from app.ledger.lookup import find_anything as things
    from app.ledger.snapshot import open_snapshot

    large = year_book(scale.folder, scale.entries, scale.members)
    typed = [
        "s",
        "se",
        "set",
        "setor",
        "setoran 9",
        "anggota 12",
        "250",
        "angs 7",
        "zzz",
        "pencairan 100",
        "2025",
    ]
    with open_snapshot(large, TODAY) as reading:
        search = search_of(scale, large, reading)

        def ask(text: str) -> Any:
            things(reading, text, TODAY, 5)
            return search.find(reading, text, 3, Choice(folded=True))

        for text in typed:
            ask(text)
        times = [once(lambda text=text: ask(text)) for text in typed * scale.runs]  # type: ignore[misc]
        search.close()
    return [
        at_most("what is found for a letter, p95", statistics.quantiles(times, n=20)[-1], MOST_MS, 1.0, "ms")
    ]


BENCHES = [
    Bench("P16", "the table of all records in the window", table_of_a_million),
    Bench("W3", "find anything", find_anything),
]
