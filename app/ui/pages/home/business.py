"""The figures of a business: sold, cash, owed to me, owed by me; 30 days; what is due; what runs out.

Each figure is a report's: it is taken out of the report's Document, or out of the very query the report is made of.
"""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtWidgets import QGridLayout, QWidget

from app.base.dates import Period
from app.ledger.accounts.chart import read_chart
from app.ledger.debts.queries import PAYABLE, RECEIVABLE, OpenBillRow, open_bills
from app.ledger.parties.queries import parties
from app.ledger.products.queries import StockRow, stock_list
from app.ledger.sales.queries import sales_by_product
from app.ledger.sales.ways import paid_ways
from app.reports.charts import sales_of_days
from app.ui.bridge import Session
from app.ui.pages.home.parts import Figure, ListCard
from app.ui.widgets.charts import BarView
from app.ui.widgets.label import Elided, Label, Opens, Tone
from app.ui.widgets.layout import Card, box, column, row, rule

_DAYS, _LINES, _ENOUGH_DAYS = 30, 4, 3


class Owed(NamedTuple):
    """What is open on one side: late, due within a week, later; and with how many."""

    late: int
    week: int
    later: int
    parties: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.late + self.week + self.later


class RunningOut(NamedTuple):
    """Goods that won't last: what is left, and for how many days at the pace of the last month (None: unknown)."""

    stock: StockRow
    days: int | None


class BusinessHome(QWidget):
    """Four figures in one card, the columns, two lists."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        _ = session.translator
        self._session = session
        self.sold = Figure(session, "shopping-cart")
        self.drawer = Figure(session, "banknote")
        self.receivable = Figure(session, "arrow-down-left", "into")
        self.payable = Figure(session, "arrow-up-right", "out")
        self._names: dict[int, str] = {}
        grid = row(
            self.sold,
            rule(upright=True),
            self.drawer,
            rule(upright=True),
            self.receivable,
            rule(upright=True),
            self.payable,
            gap=0,
        )
        for place in (0, 2, 4, 6):
            grid.setStretch(place, 1)
        self._grid = QGridLayout()
        self.chart = BarView(_, _("closed"))
        self.chart.opened.connect(self._open_day)
        self.chart.setMinimumHeight(112)
        self._sum = Label("", tone="muted")
        chart_head = row(Label(_("Sales of {n:n} days", n=_DAYS), "heading"), None, self._sum)
        chart = Card(column(chart_head, self.chart, gap=8, margin=(20, 12, 20, 8)))
        chart.setMinimumHeight(168)
        self.due = ListCard(_("Due"), _("See all"), lambda: session.go("reports", report="receivables"))
        self.low = ListCard(_("Running out"), _("See the goods"), lambda: session.go("products"))
        lists = row(self.due, self.low, gap=16)
        lists.setStretch(0, 1)
        lists.setStretch(1, 1)
        self.setLayout(column(Card(grid), chart, box(lists), None, gap=16))
        self.layout().setStretch(1, 1)  # type: ignore[union-attr]

    def names(self) -> dict[int, str]:
        """Customers and suppliers by key."""
        return self._names

    def reload(self) -> None:
        """Read and show."""
        session = self._session
        _ = session.translator
        fmt = _.format
        reader, today = session.reading(), session.today
        self._names = {row.id: row.name for kind in ("customer", "supplier") for row in parties(reader, kind)}
        day = Period.through(today, today)
        sales = session.document("sales", period=day)
        ways = paid_ways(reader, today)
        notes = (
            str(sales.rows[0].cells["name"]) if len(sales.rows) > 1 else _.plural("{n} note", "{n} notes", 0)
        )
        parts: list[tuple[str, int, Tone]] = [
            (_("Cash money"), ways.cash, "plain"),
            (_("QRIS and transfer"), ways.qris + ways.bank, "plain"),
            (_("On credit"), ways.credit, "plain"),
        ]
        self.sold.tell(
            _("Sold today, {notes}", notes=notes),
            fmt.rupiah(_total(sales.totals["sales"])),
            parts,
            lambda: session.go("reports", report="sales", period=day),
        )
        cash = read_chart(reader).role("cash")
        book = session.document("ledger", account=cash.code, period=day)
        moved_in, moved_out = _total(book.totals["debit"]), _total(book.totals["credit"])
        self.drawer.tell(
            _("Money in the drawer"),
            fmt.rupiah(_total(book.totals["closing"])),
            [
                (_("This morning"), _total(book.totals["opening"]), "plain"),
                (_("Came in"), moved_in, "in"),
                (_("Went out, also for the household"), -moved_out, "out" if moved_out else "plain"),
            ],
            lambda: session.go("reports", report="ledger", account=cash.code, period=day),
        )
        bills = {side: open_bills(reader, side, today) for side in (RECEIVABLE, PAYABLE)}
        self._tell_owed(bills[RECEIVABLE], receivable=True)
        self._tell_owed(bills[PAYABLE], receivable=False)
        chart = sales_of_days(session.request(period=day), _DAYS)
        self.chart.show_chart(chart)
        self._sum.setText(
            _("Total {total:rp} · a day when open {average:rp}", total=chart.total, average=chart.average)
        )
        self._tell_due(bills)
        self._tell_low()

    def _tell_owed(self, bills: list[OpenBillRow], *, receivable: bool) -> None:
        session = self._session
        _ = session.translator
        owed = owed_of(bills, session.today)
        report = "receivables" if receivable else "payables"
        if receivable:
            figure = self.receivable
            words = _.plural("Credit of {n:n} customer", "Credit of {n:n} customers", owed.parties)
        else:
            figure = self.payable
            words = _.plural("You owe {n:n} supplier", "You owe {n:n} suppliers", owed.parties)
        figure.tell(
            words,
            _.format.rupiah(owed.total),
            [
                (_("Overdue"), owed.late, "amber" if owed.late else "plain"),
                (_("Within a week"), owed.week, "plain"),
                (_("Later"), owed.later, "plain"),
            ],
            lambda: session.go("reports", report=report),
        )

    def _tell_due(self, bills: dict[str, list[OpenBillRow]]) -> None:
        session = self._session
        _ = session.translator
        fmt = _.format
        until = session.today + timedelta(days=6)
        due = _by_party(bills, until)
        rows: list[tuple[list[QWidget], Any]] = []
        for day, side, party, amount in due[:_LINES]:
            late = (session.today - day).days
            words, tone = due_words(session, day), ("amber" if late >= 0 else "muted")
            receivable = side == RECEIVABLE
            figure = f"+{fmt.rupiah(amount)}" if receivable else f"-{fmt.rupiah(amount)}"
            name = self._names.get(party, "")
            rows.append(
                (
                    [
                        Elided(name, 500),
                        Elided(_("credit note") if receivable else _("debt"), tone="muted"),
                        Elided(words, tone=tone),  # type: ignore[arg-type]
                        Opens(figure, tone="in" if receivable else "out", name=name, right=True),
                    ],
                    partial(session.go, "parties", kind="customer" if receivable else "supplier", party=name),
                )
            )
        note = _("until {day}", day=f"{fmt.weekday(until)} {fmt.day_month(until)}")
        self.due.tell(note, rows, _("Nothing is due this week."))

    def _tell_low(self) -> None:
        session = self._session
        _ = session.translator
        low = running_out(session)
        rows: list[tuple[list[QWidget], Any]] = []
        for item in low[:_LINES]:
            left = f"{_.format.quantity(item.stock.quantity)} {item.stock.unit}".strip()
            if item.days is None:
                words = _("below the minimum")
            elif item.days == 0:
                words = _("gone today")
            else:
                words = _.plural("enough for {n:n} day", "enough for {n:n} days", item.days)
            tone: Tone = "amber" if item.days is not None and item.days <= 1 else "muted"
            rows.append(
                (
                    [
                        Elided(item.stock.name, 500),
                        Label(left, right=True),
                        Opens(words, tone=tone, name=item.stock.name, right=True),
                    ],
                    partial(session.go, "products", product=item.stock.code),
                )
            )
        note = _.plural("{n:n} product", "{n:n} products", len(low)) if low else ""
        self.low.tell(note, rows, _("There is enough of everything."))

    def _open_day(self, day: date) -> None:
        self._session.go("reports", report="sales", period=Period.through(day, day))


def owed_of(bills: list[OpenBillRow], today: date) -> Owed:
    """What is open, by when it is due."""
    late = sum(bill.open for bill in bills if bill.due < today)
    week = sum(bill.open for bill in bills if 0 <= (bill.due - today).days < 7)
    later = sum(bill.open for bill in bills if (bill.due - today).days >= 7)
    return Owed(late, week, later, len({bill.party for bill in bills}))


def _by_party(bills: dict[str, list[OpenBillRow]], until: date) -> list[tuple[date, str, int, int]]:
    """What is due up to a day, one line a party: since when, which side, who, how much; the oldest first."""
    found: dict[tuple[str, int], list[OpenBillRow]] = {}
    for side, rows in bills.items():
        for bill in rows:
            if bill.due <= until:
                found.setdefault((side, bill.party), []).append(bill)
    lines = [
        (min(bill.due for bill in rows), side, party, sum(bill.open for bill in rows))
        for (side, party), rows in found.items()
    ]
    return sorted(lines)


def running_out(session: Session) -> list[RunningOut]:
    """Goods below their minimum or gone within three days at the pace of the last 30, the soonest first."""
    reader, today = session.reading(), session.today
    period = Period.through(today - timedelta(days=_DAYS - 1), today)
    pace = {row.code: row.quantity for row in sales_by_product(reader, period)}
    found: list[RunningOut] = []
    for stock in stock_list(reader):
        sold = pace.get(stock.code, Decimal(0))
        days = int(max(stock.quantity, Decimal(0)) * _DAYS / sold) if sold > 0 else None
        short = stock.minimum and stock.quantity < stock.minimum
        if short or (days is not None and days < _ENOUGH_DAYS):
            found.append(RunningOut(stock, days))
    return sorted(found, key=lambda item: (item.days is None, item.days or 0, item.stock.name))


def due_words(session: Session, day: date) -> str:
    """When something is due, as people say it."""
    _ = session.translator
    away = (day - session.today).days
    if away < 0:
        return _.plural("{n:n} day late", "{n:n} days late", -away)
    if away == 0:
        return _("today")
    if away == 1:
        return _("tomorrow")
    return f"{_.format.weekday(day)} {_.format.day_month(day)}"


def _total(value: object) -> int:
    assert isinstance(value, int)
    return value
