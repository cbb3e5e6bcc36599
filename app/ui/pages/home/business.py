"""The figures of a business: sold, cash, owed to me, owed by me; 30 days; what is due; what runs out.

Each figure is a report's: taken out of the report's Document, which it opens.
"""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from app.ledger.accounts.chart import read_chart
from app.reports.document import Document
from app.ui.bridge import Session
from app.ui.pages.home.parts import Figure, FigureCard, Figures, Line, ListCard, Part
from app.ui.pages.home.source import Source, amount, items, total
from app.ui.widgets.charts import ChartView
from app.ui.widgets.label import Elided, Label, Opens, Tone
from app.ui.widgets.layout import Card, box, column, row

_DAYS, _LINES, _WEEK = 30, 4, 7


class BusinessHome(Figures):
    """Four figures in one card, the columns, two lists; of features that are off nothing is shown."""

    narrow_below = 940

    def __init__(self, session: Session) -> None:
        super().__init__()
        _ = session.translator
        self._session = session
        self.sold = Figure(session, "shopping-cart")
        self.drawer = Figure(session, "banknote")
        self.receivable = Figure(session, "arrow-down-left", "into")
        self.payable = Figure(session, "arrow-up-right", "out")
        self.all = (self.sold, self.drawer, self.receivable, self.payable)
        self.figures = FigureCard(self.all, 4)
        self.chart = ChartView(_)
        self.chart.opened.connect(self._open_day)
        self.chart.setMinimumHeight(112)
        self._title = Label("", "heading")
        self._sum = Label("", tone="muted")
        head = self.turns(row(self._title, self._sum, gap=0))
        head.setStretch(0, 1)
        self._chart_card = Card(column(head, self.chart, gap=8, margin=(20, 12, 20, 8)))
        self._chart_card.setMinimumHeight(168)
        self.due = ListCard(
            _("Due"),
            _("See all"),
            lambda: Source.at("debts-due", session.today).open(session),
            (4, 2, 3, 0),
        )
        self.low = ListCard(
            _("Running out"),
            _("Make a shopping list"),
            lambda: Source.at("stock-low", session.today).open(session),
            (4, 2, 0),
        )
        lists = self.turns(row(self.due, self.low, gap=16))
        lists.setStretch(0, 1)
        lists.setStretch(1, 1)
        self.setLayout(column(self.figures, self._chart_card, box(lists), None, gap=16))
        self.layout().setStretch(1, 1)  # type: ignore[union-attr]

    def narrowed(self, *, narrow: bool) -> None:
        """The window became narrow or wide."""
        super().narrowed(narrow=narrow)
        self.figures.set_narrow(narrow=narrow)

    def reload(self) -> None:
        """Read and show."""
        session = self._session
        features = session.features
        debts, sell, stock = ("debts" in features), ("sell" in features), ("stock" in features)
        shown = [self.drawer]
        if sell:
            shown.insert(0, self.sold)
            self._tell_sold()
        self._tell_drawer()
        if debts:
            shown += [self.receivable, self.payable]
            source = Source.at("debts-due", session.today)
            document = source.document(session)
            self._tell_receivable(document, source)
            self._tell_payable(document, source)
            self._tell_due(document)
        if stock:
            self._tell_low()
        self.figures.arrange(shown)
        self._chart_card.setVisible(sell)
        self.due.setVisible(debts)
        self.low.setVisible(stock)

    def _tell_sold(self) -> None:
        session = self._session
        _ = session.translator
        today = session.today
        source = Source("sales", today, today)
        ways = Source("sales-by-way", today, today).document(session)
        sales = source.document(session)
        notes = next((str(row["name"]) for row in items(sales)), _.plural("{n} note", "{n} notes", 0))
        digital = total(ways, "qris") + total(ways, "bank")
        self.sold.tell(
            _("Sold today, {notes}", notes=notes),
            total(sales, "sales"),
            [
                Part(_("Cash money"), total(ways, "cash")),
                Part(_("QRIS and transfer"), digital),
                Part(_("On credit"), total(ways, "credit")),
            ],
            source,
        )
        month = Source("sales", today - timedelta(days=_DAYS - 1), today).document(session)
        chart = month.charts[0]
        self.chart.show_chart(chart)
        self._title.setText(chart.title)
        self._sum.setText(chart.note)

    def _tell_drawer(self) -> None:
        session = self._session
        _ = session.translator
        today = session.today
        cash = read_chart(session.reading()).role("cash")
        source = Source("ledger", today, today, account=cash.code)
        book = source.document(session)
        went_out = total(book, "credit")
        self.drawer.tell(
            _("Money in the drawer"),
            total(book, "closing"),
            [
                Part(_("This morning"), total(book, "opening")),
                Part(_("Came in"), total(book, "debit"), "in"),
                Part(_("Went out, also for the household"), -went_out, "out" if went_out else "plain"),
            ],
            source,
        )

    def _tell_receivable(self, document: Document, source: Source) -> None:
        _ = self._session.translator
        late = total(document, "receivable_late")
        soon = total(document, "receivable_today") + total(document, "receivable_week")
        self.receivable.tell(
            _.plural("Credit of {n:n} customer", "Credit of {n:n} customers", _with(document, "receivable")),
            total(document, "receivable_total"),
            [
                Part(_("Overdue"), late, "amber" if late else "plain"),
                Part(_("Within a week"), soon),
                Part(_("Later"), total(document, "receivable_later")),
            ],
            source,
        )

    def _tell_payable(self, document: Document, source: Source) -> None:
        _ = self._session.translator
        late, today = total(document, "payable_late"), total(document, "payable_today")
        words = _("Overdue and today") if late and today else _("Overdue") if late else _("Due today")
        self.payable.tell(
            _.plural("You owe {n:n} supplier", "You owe {n:n} suppliers", _with(document, "payable")),
            total(document, "payable_total"),
            [
                Part(words, late + today, "amber" if late + today else "plain"),
                Part(_("Within a week"), total(document, "payable_week")),
                Part(_("Later"), total(document, "payable_later")),
            ],
            source,
        )

    def _tell_due(self, document: Document) -> None:
        session = self._session
        _ = session.translator
        fmt = _.format
        until = session.today + timedelta(days=_WEEK - 1)
        lines: list[Line] = []
        for cells in items(document):
            due = cells["due"]
            assert isinstance(due, date)
            if due > until or len(lines) == _LINES:
                break
            receivable = cells["side"] == "receivable"
            sum_due = sum(amount(cells[key]) for key in ("late", "today", "week"))
            name = str(cells["name"])
            tone: Tone = "amber" if due <= session.today else "muted"
            lines.append(
                Line(
                    (
                        Elided(name, 500),
                        Elided(_("credit note") if receivable else _("debt"), tone="muted"),
                        Elided(due_words(session, due), tone=tone),
                        Opens(
                            f"+{fmt.rupiah(sum_due)}" if receivable else f"-{fmt.rupiah(sum_due)}",
                            tone="in" if receivable else "out",
                            name=name,
                            right=True,
                        ),
                    ),
                    partial(
                        session.go,
                        "parties",
                        kind="customer" if receivable else "supplier",
                        party=str(cells["party"]),
                    ),
                )
            )
        note = _("until {day}", day=f"{fmt.weekday(until)} {fmt.day_month(until)}")
        self.due.tell(note, lines, _("Nothing is due this week."))

    def _tell_low(self) -> None:
        session = self._session
        _ = session.translator
        found = items(Source.at("stock-low", session.today).document(session))
        lines = []
        for cells in found[:_LINES]:
            quantity, days, name = cells["quantity"], cells["days"], str(cells["name"])
            assert isinstance(quantity, Decimal)
            left = f"{_.format.quantity(quantity)} {cells['unit']}".strip()
            soon = isinstance(days, int) and days <= 1
            lines.append(
                Line(
                    (
                        Elided(name, 500),
                        Label(left, right=True),
                        Opens(
                            left_words(session, days),
                            tone="amber" if soon else "muted",
                            name=name,
                            right=True,
                        ),
                    ),
                    partial(session.go, "products", product=str(cells["code"])),
                )
            )
        note = _.plural("{n:n} product", "{n:n} products", len(found)) if found else ""
        self.low.tell(note, lines, _("There is enough of everything."))

    def _open_day(self, place: int) -> None:
        chart = self.chart.chart
        day = chart.points[place].last if chart else None
        if day is not None:
            Source("sales", day, day).open(self._session)


def _with(document: Document, side: str) -> int:
    """With how many something is open on a side."""
    return sum(cells["side"] == side for cells in items(document))


def left_words(session: Session, days: object) -> str:
    """For how long there is enough, as people say it."""
    _ = session.translator
    if not isinstance(days, int):
        return _("below the minimum")
    if days == 0:
        return _("gone today")
    return _.plural("enough for {n:n} day", "enough for {n:n} days", days)


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
