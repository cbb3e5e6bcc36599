"""W2: a sale at the counter, from the last Enter to the painted toast and the empty counter.

The keys are pressed as a person presses them; what is timed is the last one. Beside it the same sale recorded by
the ledger alone, which is what has to happen in any case: it ends on the disk.
"""

import os
import statistics
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from functools import partial
from itertools import cycle
from pathlib import Path
from shutil import copyfile
from time import perf_counter

from app.base.clock import FixedClock
from app.bootstrap import services
from app.ledger.demo.make import DemoSize, make_demo
from app.ledger.products.queries import product_list
from app.ledger.sales.commands import RecordSale, SaleLine
from tests.bench.measure import Bench, Row, Scale, at_most

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 14, 21, tzinfo=timezone(timedelta(hours=7)))
LINES = 5
MOST_MS = 50.0


def book_of(scale: Scale, name: str) -> Path:
    """A shop's book of some months, a copy of its own for each who writes into it."""
    master = scale.folder / "shop.lumbung"
    if not master.exists():
        make_demo(master, "business", DemoSize(months=4, until=TODAY))
    path = scale.folder / f"shop-{name}.lumbung"
    copyfile(master, path)
    return path


def recorded(path: Path, sales: int) -> list[float]:
    """The ms of each sale that the ledger records by itself."""
    taken = []
    with services("id", clock=FixedClock(NOW)).opened(path) as book:
        with book.snapshot() as snapshot:
            goods = [row.code for row in product_list(snapshot) if row.active and row.sell_price]
        codes = cycle(goods)
        for _number in range(sales):
            lines = tuple(SaleLine(product=next(codes), quantity=Decimal(1)) for _line in range(LINES))
            command = RecordSale(on=TODAY, lines=lines)
            taken.append(timed(partial(book.execute, command)))
    return taken


def at_the_counter(path: Path, sales: int) -> list[float]:
    """The ms of each last Enter of a sale at the counter."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from app.base.settings import Settings
    from app.ui.application import Desk, make_app
    from app.ui.pages.sell import SellPage

    app = make_app(Settings())
    desk = Desk(app, Settings(), lambda language: services(language, clock=FixedClock(NOW)))
    desk.window.resize(1366, 768)
    assert desk.open_book(path, "sell")
    desk.window.show()
    QTest.qWait(100)
    assert desk.session is not None
    assert desk.session.shell is not None
    page = desk.session.shell.page
    assert isinstance(page, SellPage)
    goods = [row.code for row in product_list(desk.session.reading()) if row.active and row.sell_price]
    codes = cycle(goods)
    taken = []
    for number in range(sales):
        for _line in range(LINES):
            QTest.keyClicks(page.scan, next(codes))
            QTest.keyClick(page.scan, Qt.Key.Key_Return)
        QTest.keyClick(page.scan, Qt.Key.Key_Return)
        QTest.keyClick(page.payment.amount.line, Qt.Key.Key_Return)
        app.processEvents()

        def enter() -> None:
            QTest.keyClick(page.payment.print_button, Qt.Key.Key_Return)
            app.processEvents()

        before = desk.session.shell.toast.text
        taken.append(timed(enter))
        assert not page.cart.lines, f"sale {number} was not saved"
        assert desk.session.shell.toast.text != before
    desk.end()
    return taken


def timed(work: Callable[[], object]) -> float:
    """The ms that it takes."""
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1_000


def sale(scale: Scale) -> list[Row]:
    """The usual one, the slowest but one in twenty, and how much of it is the window's."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for name in ("DATA", "CONFIG", "CACHE"):
        os.environ[f"LUMBUNG_{name}"] = str(scale.folder / name.lower())
    sales = scale.runs * 20
    ledger = recorded(book_of(scale, "ledger"), sales)
    window = at_the_counter(book_of(scale, "window"), sales)
    usual, slow = statistics.median(window), statistics.quantiles(window, n=20)[-1]
    return [
        at_most("Enter to the toast, the usual sale", usual, MOST_MS, 1.0, "ms"),
        at_most("Enter to the toast, one in twenty", slow, MOST_MS, 1.0, "ms"),
        at_most("at the counter / the ledger alone", usual, statistics.median(ledger), 12.0, "ms"),
    ]


BENCHES = [Bench("W2", "a sale at the counter", sale)]
