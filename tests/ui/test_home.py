"""Beranda: every figure is a report's, opens it, and what is next has one reason and one button."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.base.dates import Month, Period
from app.ledger.backups import keep_automatic
from app.ledger.book import Book
from app.ledger.cash.commands import RecordMoneyIn
from app.ledger.debts.commands import PayBill
from app.ledger.demo.make import DemoSize, make_demo
from app.ledger.loans.commands import DisburseLoan
from app.ledger.members.commands import AddMember
from app.ledger.parties.commands import AddCustomer, AddSupplier
from app.ledger.periods.commands import LockMonth
from app.ledger.products.commands import AddProduct
from app.ledger.profile.commands import SetFeatures
from app.ledger.purchases.commands import PurchaseLine, PurchaseMethod, RecordPurchase
from app.ledger.sales.commands import RecordSale, SaleLine, SaleMethod
from app.ledger.savings.commands import DepositSavings
from app.reports.catalog import reports
from app.reports.document import Document
from app.reports.frame import Parameters
from app.ui.application import Desk
from app.ui.bridge import Session
from app.ui.pages.home import HomePage
from app.ui.pages.home.business import BusinessHome
from app.ui.pages.home.cooperative import CooperativeHome
from app.ui.pages.home.next_step import steps
from app.ui.pages.home.parts import Figure
from app.ui.pages.reports import ReportsPage
from app.ui.widgets.label import Opens
from tests.ui.conftest import NOW, OpenBook, shell_of
from tests.ui.hands import Hands

TODAY = date(2026, 11, 24)
KINDS = ("business", "cooperative")


@pytest.fixture(scope="module")
def demos(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A filled book of each kind."""
    folder = tmp_path_factory.mktemp("demos")
    paths = {kind: folder / f"{kind}.lumbung" for kind in KINDS}
    for kind, path in paths.items():
        make_demo(path, kind, DemoSize(months=3, sales_per_day=5, members=20, until=TODAY))
    return paths


Filled = Callable[[str], Session]


@pytest.fixture
def filled(demos: dict[str, Path], desk: Desk, tmp_path: Path) -> Filled:
    """Open a copy of a filled book."""

    def opened(kind: str) -> Session:
        path = tmp_path / f"{kind}.lumbung"
        copyfile(demos[kind], path)
        assert desk.open_book(path)
        desk.window.show()
        assert desk.session is not None
        return desk.session

    return opened


def home(session: Session) -> HomePage:
    page = shell_of(session).page
    assert isinstance(page, HomePage)
    return page


def business(session: Session) -> BusinessHome:
    figures = home(session).figures
    assert isinstance(figures, BusinessHome)
    return figures


def cooperative(session: Session) -> CooperativeHome:
    figures = home(session).figures
    assert isinstance(figures, CooperativeHome)
    return figures


def printed(session: Session, key: str, first: date, last: date, account: str = "") -> Document:
    """The report made anew, as the command line makes it: nothing that the window keeps."""
    parameters = Parameters(period=Period.through(first, last), account=account)
    with session.book.snapshot() as snapshot:
        return reports()[key].build(session.services.request(snapshot, parameters))


def total(document: Document, key: str) -> int:
    value = document.totals[key]
    assert isinstance(value, int)
    return value


def rows(document: Document) -> list[dict[str, Any]]:
    return [dict(row.cells) for row in document.rows if row.kind == "item"]


def parts(figure: Figure) -> list[int]:
    return [part.amount for part in figure.parts]


def shown(figure: Figure, session: Session) -> bool:
    """Whether what stands on the screen is the figure."""
    return session.translator.format.rupiah(figure.amount) == figure.value.text()


# Each figure is a report's


def test_every_figure_of_a_business_is_a_reports_figure(filled: Filled) -> None:
    session = filled("business")
    page = business(session)
    sales = printed(session, "sales", TODAY, TODAY)
    ways = printed(session, "sales-by-way", TODAY, TODAY)
    assert page.sold.amount == total(sales, "sales") == total(ways, "total") > 0
    assert parts(page.sold) == [
        total(ways, "cash"),
        total(ways, "qris") + total(ways, "bank"),
        total(ways, "credit"),
    ]
    assert sum(parts(page.sold)) == page.sold.amount
    assert page.sold.words.text().endswith(str(rows(sales)[0]["name"]))

    ledger = printed(session, "ledger", TODAY, TODAY, account="1-1101")
    balance = printed(session, "trial-balance", TODAY, TODAY)
    cash = next(row for row in rows(balance) if row["code"] == "1-1101")
    assert page.drawer.amount == total(ledger, "closing") == cash["debit"]
    assert parts(page.drawer) == [total(ledger, "opening"), total(ledger, "debit"), -total(ledger, "credit")]
    assert sum(parts(page.drawer)) == page.drawer.amount

    due = printed(session, "debts-due", TODAY, TODAY)
    for figure, side, ages in (
        (page.receivable, "receivable", printed(session, "receivables", TODAY, TODAY)),
        (page.payable, "payable", printed(session, "payables", TODAY, TODAY)),
    ):
        assert figure.amount == total(due, f"{side}_total") == total(ages, "total") > 0
        assert sum(parts(figure)) == figure.amount
    assert parts(page.receivable)[0] == total(due, "receivable_late")
    assert parts(page.payable)[1:] == [total(due, "payable_week"), total(due, "payable_later")]
    assert all(shown(figure, session) for figure in page.all)


def test_the_columns_are_the_report_of_thirty_days(filled: Filled) -> None:
    session = filled("business")
    page = business(session)
    first = TODAY - timedelta(days=29)
    document = printed(session, "sales", first, TODAY)
    assert page.chart.chart == document.charts[0]
    assert page.chart.chart.series[0].total == total(document, "sales")
    assert session.translator.format.rupiah(total(document, "sales")) in page._sum.text()


def test_the_lists_of_a_business_are_rows_of_reports(session_of: OpenBook) -> None:
    session = session_of("business", little_shop)
    page = business(session)
    due = rows(printed(session, "debts-due", TODAY, TODAY))
    assert [(row["name"], row["side"]) for row in due] == [
        ("Bu Ani", "receivable"),
        ("UD Sumber Rejeki", "payable"),
    ]
    words = texts(page.due)
    assert "UD Sumber Rejeki" in words
    assert "-Rp1.450.000" in words
    assert "hari ini" in words
    assert "+Rp60.000" in words
    low = rows(printed(session, "stock-low", TODAY, TODAY))
    assert [(row["code"], row["quantity"], row["days"]) for row in low] == [("GL", Decimal(1), 0)]
    assert {"Gula", "1 kg", "habis hari ini"} <= set(texts(page.low))


def test_every_figure_of_a_cooperative_is_a_reports_figure(filled: Filled) -> None:
    session = filled("cooperative")
    page = cooperative(session)
    book = printed(session, "cash-book", TODAY, TODAY)
    assert page.cash.amount == total(book, "closing") == sum(parts(page.cash))
    savings = printed(session, "savings", TODAY, TODAY)
    assert page.savings.amount == total(savings, "total") == sum(parts(page.savings)) > 0
    assert parts(page.savings)[0] == total(savings, "share") + total(savings, "mandatory")
    loans = printed(session, "loans", TODAY, TODAY)
    assert page.loans.amount == total(loans, "outstanding") > 0
    arrears = printed(session, "arrears", TODAY, TODAY)
    assert page.arrears.amount == total(arrears, "total") > 0
    assert parts(page.arrears) == [total(arrears, "principal"), total(arrears, "interest")]
    week = printed(session, "instalments-due", TODAY, TODAY + timedelta(days=6))
    received = printed(session, "loan-payments", TODAY - timedelta(days=TODAY.weekday()), TODAY)
    assert page.week.amount == total(week, "amount")
    assert parts(page.week) == [total(received, "total")]
    register = rows(printed(session, "members", TODAY, TODAY))
    assert page.members.amount == sum(row["status"] == "active" for row in register) > 0
    month = Month.of(TODAY).period
    assert parts(page.members) == [
        sum(row["joined"] is not None and month.contains(row["joined"]) for row in register),
        sum(row["left"] is not None and month.contains(row["left"]) for row in register),
    ]
    assert page.chart.chart == savings.charts[0] == loans.charts[0]
    assert page.chart.chart.series[0].values[-1] == page.savings.amount
    assert page.chart.chart.series[1].values[-1] == page.loans.amount
    assert all(shown(figure, session) for figure in page.all if figure is not page.members)
    assert page.members.value.text() == session.translator.format.number(page.members.amount)


def test_the_week_of_a_cooperative_is_the_report_of_what_is_due(session_of: OpenBook) -> None:
    session = session_of("cooperative", little_cooperative)
    page = cooperative(session)
    week = printed(session, "instalments-due", TODAY, TODAY + timedelta(days=6))
    assert page.week.amount == total(week, "amount") == 2 * 112_000
    assert [text for text in texts(page.due) if text.startswith("Rp")] == ["Rp224.000"]
    assert "2 pinjaman" in texts(page.due)
    late = rows(printed(session, "arrears", TODAY, TODAY))
    assert [text for text in texts(page.late) if text.startswith("Rp")] == [
        session.translator.format.rupiah(row["total"]) for row in late[:3]
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_every_figure_opens_the_report_it_comes_from(kind: str, filled: Filled, qtbot: QtBot) -> None:
    session = filled(kind)
    shell = shell_of(session)
    for figure in home(session).figures.all:
        session.go("home")
        hands = Hands(qtbot, session)
        figure.value.setFocus()
        hands.press(Qt.Key.Key_Return)
        page = shell.page
        assert isinstance(page, ReportsPage), figure.words.text()
        document = page.document
        assert document is not None
        assert figure.source is not None
        assert document.report == figure.source.report
        figures = {value for row in document.rows for value in row.cells.values() if isinstance(value, int)}
        stands_in = figures | {value for value in document.totals.values() if isinstance(value, int)}
        counted = document.report == "members"
        assert counted or figure.amount in stands_in, figure.words.text()


# Charts by keyboard


def test_the_arrows_walk_over_the_days_and_enter_opens_one(filled: Filled, qtbot: QtBot) -> None:
    session = filled("business")
    view = business(session).chart
    hands = Hands(qtbot, session)
    view.setFocus()
    assert "Rp" in view.accessibleName()
    hands.press(Qt.Key.Key_Left, Qt.Key.Key_Left)
    yesterday = TODAY - timedelta(days=1)
    sold = rows(printed(session, "sales", yesterday, yesterday))
    amount = session.translator.format.rupiah(sold[0]["sales"])
    assert view.accessibleDescription().endswith(amount)
    assert view.accessibleDescription().startswith("Senin, 23 Nov 2026")
    hands.press(Qt.Key.Key_Return)
    page = shell_of(session).page
    assert isinstance(page, ReportsPage)
    assert page.document is not None
    assert (page.document.report, page.document.first_day) == ("sales", yesterday)


def test_home_and_end_go_to_the_first_and_last_month(filled: Filled, qtbot: QtBot) -> None:
    session = filled("cooperative")
    view = cooperative(session).chart
    hands = Hands(qtbot, session)
    view.setFocus()
    hands.press(Qt.Key.Key_Home)
    assert view.at == 0
    hands.press(Qt.Key.Key_End, Qt.Key.Key_Right)
    assert view.at == view.count() - 1
    assert "Simpanan Rp" in view.told(view.at)
    assert "Pinjaman Rp" in view.told(view.at)
    hands.press(Qt.Key.Key_Return)
    page = shell_of(session).page
    assert isinstance(page, ReportsPage)
    assert page.document is not None
    assert page.document.report == "savings"


def test_the_pointer_tells_and_opens_too(filled: Filled, qtbot: QtBot) -> None:
    session = filled("business")
    view = business(session).chart
    qtbot.wait(20)
    drawing = view.drawing()
    assert drawing is not None
    place = QPoint(int(drawing.x(29)), int(drawing.plot.center().y()))
    QTest.mouseMove(view, place)
    qtbot.waitUntil(lambda: view.at == 29)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
    page = shell_of(session).page
    assert isinstance(page, ReportsPage)


# What is next


def little_shop(book: Book) -> None:
    """Sugar nearly gone, a debt due today, a customer late by a week."""
    book.execute(AddSupplier(name="UD Sumber Rejeki"))
    book.execute(AddCustomer(name="Bu Ani"))
    book.execute(AddProduct(name="Gula", code="GL", unit="kg", sell_price=20_000))
    book.execute(RecordMoneyIn(on=date(2026, 11, 1), amount=2_000_000, category="3-1001"))
    book.execute(
        RecordPurchase(
            on=date(2026, 11, 3),
            supplier="UD Sumber Rejeki",
            lines=(PurchaseLine(product="GL", quantity=Decimal(100), price=14_500),),
            method=PurchaseMethod.CREDIT,
            due=TODAY,
        )
    )
    book.execute(
        RecordSale(
            on=date(2026, 11, 10),
            lines=(SaleLine(product="GL", quantity=Decimal(3)),),
            method=SaleMethod.CREDIT,
            customer="Bu Ani",
            due=date(2026, 11, 17),
        )
    )
    book.execute(RecordSale(on=TODAY, lines=(SaleLine(product="GL", quantity=Decimal(96)),)))


def little_cooperative(book: Book) -> None:
    """Two loans with an instalment on each 24th; nothing was paid on one of them in October."""
    for number, name in (("0001", "Ngatini"), ("0002", "Suparman")):
        book.execute(AddMember(number=number, name=name, joined=date(2026, 1, 5), team="Melati"))
        book.execute(DepositSavings(on=date(2026, 1, 5), member=number, product="share", amount=2_000_000))
    for number, on in (("0001", date(2026, 10, 24)), ("0002", date(2026, 9, 24))):
        book.execute(
            DisburseLoan(member=number, on=on, principal=1_200_000, rate=Decimal(1), term=12),
        )


def test_what_is_next_in_a_shop(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("business", little_shop)
    page = home(session)
    assert page.next.step is not None
    assert page.next.words.text() == "Berikutnya: bayar UD Sumber Rejeki Rp1.450.000"
    assert "cukup" in page.next._reason.text()
    assert [step.key for step in steps(session)][:3] == ["pay", "remind", "stock"]
    hands = Hands(qtbot, session)
    hands.press(Qt.Key.Key_B, alt=True)
    assert shell_of(session).page_key == "parties"


def test_a_paid_debt_is_not_next_any_more(session_of: OpenBook) -> None:
    session = session_of("business", little_shop)
    session.execute(PayBill(on=TODAY, supplier="UD Sumber Rejeki", amount=1_450_000))
    page = home(session)
    assert page.next.step is not None
    assert page.next.step.key == "remind"
    assert page.next.words.text() == "Berikutnya: ingatkan Bu Ani soal bon Rp60.000"


def test_not_now_puts_it_off_until_tomorrow(session_of: OpenBook, monkeypatch: pytest.MonkeyPatch) -> None:
    session = session_of("business", little_shop)
    page = home(session)
    page.next.later.click()
    assert page.next.step is not None
    assert page.next.step.key == "remind"
    session.drafts.keep("home.later", {"pay": (TODAY - timedelta(days=1)).isoformat()})
    page.reload()
    assert page.next.step.key == "pay"


def test_what_is_next_in_a_cooperative(session_of: OpenBook, qtbot: QtBot) -> None:
    session = session_of("cooperative", little_cooperative)
    page = home(session)
    assert [step.key for step in steps(session)][:2] == ["collection", "arrears"]
    assert page.next.words.text() == "Berikutnya: lembar penagihan Melati"
    assert page.next._reason.text() == "2 angsuran jatuh tempo hari ini, Rp224.000."
    session.execute(SetFeatures(features=("members", "savings", "loans", "cash")))
    assert [step.key for step in steps(session)][:2] == ["instalments", "arrears"]
    Hands(qtbot, session).press(Qt.Key.Key_B, alt=True)
    assert shell_of(session).page_key == "instalment"


def test_a_month_to_lock_and_a_backup_to_make(session_of: OpenBook, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(book: Book) -> None:
        book.execute(RecordMoneyIn(on=date(2026, 10, 5), amount=50_000, category="3-1001"))

    session = session_of("business", fill)
    monkeypatch.setattr("app.ui.pages.home.next_step.last_copy_at", lambda _session: None)
    assert [step.key for step in steps(session)][-2:] == ["backup", "lock"]
    made: list[datetime] = [NOW - timedelta(days=2)]
    monkeypatch.setattr("app.ui.pages.home.next_step.last_copy_at", lambda _session: made[0])
    assert [step.key for step in steps(session)][-1:] == ["lock"]
    assert "backup" not in [step.key for step in steps(session)]
    made[0] = NOW - timedelta(days=3)
    assert "backup" in [step.key for step in steps(session)]
    session.execute(LockMonth(month=Month(2026, 10)))
    assert "lock" not in [step.key for step in steps(session)]


def test_a_backup_that_was_made_is_seen(session_of: OpenBook) -> None:
    session = session_of("business", little_shop)
    session.jobs.stop_all()
    keep_automatic(session.book.path, session.services.clock)
    assert "backup" not in [step.key for step in steps(session)]


# A fresh book


@pytest.mark.parametrize(("kind", "page"), [("business", "sell"), ("cooperative", "members")])
def test_an_empty_book_leads_to_the_first_record(
    kind: str, page: str, session_of: OpenBook, qtbot: QtBot
) -> None:
    session = session_of(kind)
    beranda = home(session)
    assert beranda._empty.isVisible()
    assert not beranda._body.isVisible()
    first = beranda._empty.findChildren(type(beranda.next.button))[0]
    first.setFocus()
    Hands(qtbot, session).press(Qt.Key.Key_Space)
    assert shell_of(session).page_key == page


def test_with_members_the_next_thing_is_the_first_deposit(session_of: OpenBook) -> None:
    session = session_of(
        "cooperative", lambda book: book.execute(AddMember(name="Ngatini", joined=date(2026, 11, 1)))
    )
    beranda = home(session)
    assert beranda._joined.isVisible()
    assert not beranda._empty.isVisible()


def test_after_the_first_sale_the_figures_are_there(session_of: OpenBook) -> None:
    session = session_of(
        "business", lambda book: book.execute(AddProduct(name="Kopi", code="KP", sell_price=5_000))
    )
    assert home(session)._empty.isVisible()
    session.execute(RecordSale(on=TODAY, lines=(SaleLine(product="KP", quantity=Decimal(2)),)))
    assert not home(session)._empty.isVisible()
    assert business(session).sold.value.text() == "Rp10.000"


# What is switched off is not shown


def test_a_business_without_debts_and_stock_shows_neither(session_of: OpenBook) -> None:
    session = session_of("business", little_shop)
    session.execute(SetFeatures(features=("sell", "cash")))
    page = business(session)
    assert [figure.isVisible() for figure in page.all] == [True, True, False, False]
    assert not page.due.isVisible()
    assert not page.low.isVisible()
    assert [step.key for step in steps(session) if step.key in ("pay", "remind", "stock")] == []


def test_a_cooperative_without_loans_shows_only_its_savings(session_of: OpenBook) -> None:
    session = session_of("cooperative", little_cooperative)
    session.execute(SetFeatures(features=("members", "savings", "cash")))
    page = cooperative(session)
    assert [figure.isVisible() for figure in page.all] == [True, True, False, False, False, True]
    assert page.chart.chart is not None
    assert [series.name for series in page.chart.chart.series] == ["Simpanan"]


# The look of it


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_scrolls_on_the_small_laptop(kind: str, filled: Filled, qtbot: QtBot) -> None:
    session = filled(kind)
    qtbot.wait(20)
    bar = home(session)._body.verticalScrollBar()
    assert bar.maximum() == 0


@pytest.mark.parametrize("kind", KINDS)
def test_in_a_narrow_window_the_parts_go_below_each_other(
    kind: str, filled: Filled, desk: Desk, qtbot: QtBot
) -> None:
    session = filled(kind)
    desk.window.resize(910, 512)
    qtbot.wait(20)
    page = home(session)
    body = page._body
    content = body.widget()
    assert content is not None
    assert content.width() <= body.viewport().width()
    first, second, third = (figure.geometry() for figure in page.figures.all[:3])
    assert first.top() == second.top() < third.top()
    desk.window.resize(1366, 768)
    qtbot.wait(20)
    first, second, third = (figure.geometry() for figure in page.figures.all[:3])
    assert first.top() == second.top() == third.top()


def texts(widget: Any) -> list[str]:
    """All the words in a part of the page, in the order of their places."""
    from PySide6.QtWidgets import QWidget

    QApplication.processEvents()
    found = [child for child in widget.findChildren(QWidget) if child.isVisible() and hasattr(child, "text")]
    assert any(isinstance(child, Opens) for child in found)
    return [child.text() for child in found]
