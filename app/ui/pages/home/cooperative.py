"""The figures of a cooperative: cash, savings, loans, arrears, this week, members; growth; the longest arrears.

Each figure is a report's: it is taken out of the report's Document, or out of the very query the report is made of.
"""

from datetime import date, timedelta
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtWidgets import QGridLayout, QWidget

from app.base.dates import Month, Period
from app.ledger.accounts.chart import read_chart
from app.ledger.entries.queries import balances
from app.ledger.loans.queries import arrears_list, payments
from app.ledger.members.queries import members
from app.ledger.savings.queries import products
from app.reports.charts import due_days, growth
from app.ui.bridge import Session
from app.ui.pages.home.parts import Figure, ListCard
from app.ui.widgets.charts import Legend, LineView, Measure
from app.ui.widgets.label import Elided, Label, Opens
from app.ui.widgets.layout import Card, box, column, row, rule

_WEEK, _LINES = 7, 5


class Movement(NamedTuple):
    """Members now, and who came and went this month."""

    active: int
    joined: int
    left: int


class CooperativeHome(QWidget):
    """Six figures in one card, two lines, two lists."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        _ = session.translator
        self._session = session
        self.cash = Figure(session, "wallet")
        self.savings = Figure(session, "piggy-bank")
        self.loans = Figure(session, "hand-coins")
        self.arrears = Figure(session, "triangle-alert", "amber")
        self.week = Figure(session, "calendar-days")
        self.members = Figure(session, "users")
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        figures = (self.cash, self.savings, self.loans, self.arrears, self.week, self.members)
        for place, figure in enumerate(figures):
            grid.addWidget(figure, place // 3 * 2, place % 3 * 2)
        for place in range(3):
            grid.setColumnStretch(place * 2, 1)
        for place in (1, 3):
            grid.addWidget(rule(upright=True), 0, place, 3, 1)
        grid.addWidget(rule(), 1, 0, 1, 5)
        self.chart = LineView(_)
        self.chart.opened.connect(self._open_month)
        self.chart.setMinimumHeight(150)
        self._legend = Legend()
        self._note = Label("", tone="muted", wrap=True)
        title = Label(_("Savings and loans, {n:n} months", n=12), "heading")
        chart = Card(column(row(title, None, self._legend), self.chart, self._note, gap=8, margin=16))
        self.due = ListCard(
            _("Instalments this week"), _("See the loans"), lambda: session.go("reports", report="loans")
        )
        self.late = ListCard(
            _("Longest in arrears"), _("See all"), lambda: session.go("reports", report="arrears")
        )
        lists = column(self.due, self.late, gap=16)
        lists.setStretch(0, 1)
        below = row(chart, box(lists), gap=16)
        below.setStretch(0, 1)
        below.setStretch(1, 1)
        card = Card()
        card.setLayout(grid)
        self.setLayout(column(card, box(below), gap=16))
        self.layout().setStretch(1, 1)  # type: ignore[union-attr]

    def names(self) -> dict[int, str]:
        """Nobody is needed by key here."""
        return {}

    def reload(self) -> None:
        """Read and show."""
        session = self._session
        _ = session.translator
        fmt = _.format
        reader, today = session.reading(), session.today
        day = Period.through(today, today)
        book = session.document("cash-book", period=day)
        amounts = balances(reader, today)
        places = [account for account in read_chart(reader).money() if amounts.get(account.id)]
        places.sort(key=lambda account: -abs(amounts[account.id]))
        below = ", ".join(f"{account.name} {fmt.rupiah(amounts[account.id])}" for account in places[:2])
        self.cash.tell_words(
            _("Cash and bank"),
            fmt.rupiah(_total(book.totals["closing"])),
            below,
            lambda: session.go("reports", report="cash-book", period=day),
        )
        saved = session.document("savings", period=day)
        firm = sum(
            _total(saved.totals.get(product.code, 0))
            for product in products(reader)
            if product.kind in ("share", "mandatory")
        )
        total = _total(saved.totals["total"])
        self.savings.tell_words(
            _("Members' savings"),
            fmt.rupiah(total),
            _("Share and mandatory {firm:rp}, other {rest:rp}", firm=firm, rest=total - firm),
            lambda: session.go("reports", report="savings"),
        )
        lent = session.document("loans", period=day)
        running = sum(1 for item in lent.rows if item.cells.get("outstanding") and item.cells.get("loan"))
        self.loans.tell_words(
            _("Loans outstanding"),
            fmt.rupiah(_total(lent.totals["outstanding"])),
            _.plural("{n:n} loan, principal left", "{n:n} loans, principal left", running),
            lambda: session.go("reports", report="loans"),
        )
        self._tell_arrears(day)
        self._tell_week()
        self._tell_members()
        chart = growth(session.request(period=day))
        self.chart.show_chart(chart)
        self._legend.show_names([series.name for series in chart.series])
        first, last = chart.series[0].values[0], chart.series[0].values[-1]
        if first > 0:
            tenths = (1000 * (last - first) + first // 2) // first
            words = fmt.quantity(_tenths(tenths))
            grown = _(
                "Savings have moved by {percent} % since {month}.",
                percent=words,
                month=fmt.month(chart.months[0]),
            )
            self._note.setText(grown)
        self._note.setVisible(first > 0)

    def _tell_arrears(self, day: Period) -> None:
        session = self._session
        _ = session.translator
        fmt = _.format
        report = session.document("arrears", period=day)
        late = arrears_list(session.reading(), session.today)
        people = len({item.member for item in late})
        self.arrears.tell_words(
            _.plural("Arrears, {n:n} member", "Arrears, {n:n} members", people),
            fmt.rupiah(_total(report.totals["total"])),
            _(
                "Principal {principal:rp}, loan interest {interest:rp}",
                principal=_total(report.totals["principal"]),
                interest=_total(report.totals["interest"]),
            ),
            lambda: session.go("reports", report="arrears"),
        )
        rows: list[tuple[list[QWidget], Any]] = []
        for item in late[:3]:
            days = (session.today - item.since).days if item.since else 0
            amount = Opens(
                fmt.rupiah(item.principal + item.interest + item.penalty), name=item.name, right=True
            )
            rows.append(
                (
                    [
                        Elided(item.name, 500),
                        Elided(item.loan, tone="muted"),
                        Label(_.plural("{n:n} day", "{n:n} days", days), tone="amber", right=True),
                        amount,
                    ],
                    partial(session.go, "member", member=item.member),
                )
            )
        self.late.tell("", rows, _("Nobody is in arrears."))
        note = _.plural("See {n:n} loan", "See {n:n} loans", len(late))
        self.late.link.set_text(note if late else _("See all"))

    def _tell_week(self) -> None:
        session = self._session
        _ = session.translator
        fmt = _.format
        today = session.today
        days = due_days(session.request(period=Period.through(today, today)), _WEEK)
        loans, amount = sum(item.loans for item in days), sum(item.amount for item in days)
        monday = today - timedelta(days=today.weekday())
        got = sum(
            item.principal + item.interest + item.penalty
            for item in payments(session.reading(), Period.through(monday, today))
        )
        self.week.tell_words(
            _("Instalments in seven days"),
            fmt.rupiah(amount),
            _("{loans:n} loans, received this week {got:rp}", loans=loans, got=got),
            lambda: session.go("reports", report="loan-payments"),
        )
        largest = max((item.amount for item in days), default=1)
        rows: list[tuple[list[QWidget], Any]] = []
        for item in days[:_LINES]:
            name = _("today") if item.day == today else f"{fmt.weekday(item.day)} {fmt.day_month(item.day)}"
            rows.append(
                (
                    [
                        Label(name, "strong" if item.day == today else "body"),
                        Label(_.plural("{n:n} loan", "{n:n} loans", item.loans), tone="muted", right=True),
                        Measure(item.amount / largest, now=item.day == today),
                        Label(fmt.rupiah(item.amount), right=True),
                    ],
                    None,
                )
            )
        self.due.tell("", rows, _("No instalment is due within seven days."))

    def _tell_members(self) -> None:
        session = self._session
        _ = session.translator
        moved = movement(session)
        words = (
            _("{n:n} joined this month", n=moved.joined) if moved.joined else "",
            _("{n:n} left this month", n=moved.left) if moved.left else "",
        )
        self.members.tell_words(
            _("Active members"),
            _.format.number(moved.active),
            ", ".join(filter(None, words)) or _("No change in {month}", month=_.format.month(session.today)),
            lambda: session.go("members"),
        )

    def _open_month(self, month: Month) -> None:
        self._session.set_month(month)
        self._session.go("reports", report="savings")


def movement(session: Session) -> Movement:
    """The members of today, and who came and went this month."""
    today = session.today
    month = Month.of(today).period
    rows = members(session.reading(), today)
    active = sum(row.status == "active" for row in rows)
    joined = sum(row.joined is not None and _in(row.joined, month) for row in rows)
    left = sum(row.left is not None and _in(row.left, month) for row in rows)
    return Movement(active, joined, left)


def _in(day: date, period: Period) -> bool:
    return period.first <= day < period.end


def _tenths(number: int) -> Any:
    from decimal import Decimal

    return Decimal(number) / 10


def _total(value: object) -> int:
    assert isinstance(value, int)
    return value
