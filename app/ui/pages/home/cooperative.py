"""The figures of a cooperative: cash, savings, loans, arrears, this week, members; growth; the longest arrears.

Each figure is a report's: taken out of the report's Document, which it opens.
"""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from app.base.dates import Month
from app.ledger.accounts.chart import read_chart
from app.ledger.entries.queries import balances
from app.ledger.savings.queries import products
from app.ui.bridge import Session
from app.ui.pages.home.parts import Figure, FigureCard, Figures, Line, ListCard, Part
from app.ui.pages.home.source import Source, amount, items, total
from app.ui.widgets.charts import ChartView, Legend, Measure
from app.ui.widgets.label import Elided, Label, Opens
from app.ui.widgets.layout import Card, box, column, row

_WEEK, _DAYS_SHOWN, _LATE_SHOWN = 7, 5, 3
_MATURING_DAYS = 30
_FIRM = ("share", "mandatory")


class CooperativeHome(Figures):
    """Six figures in one card, two lines, two lists; of features that are off nothing is shown."""

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
        self.all = (self.cash, self.savings, self.loans, self.arrears, self.week, self.members)
        self.figures = FigureCard(self.all, 3)
        self.chart = ChartView(_)
        self.chart.opened.connect(self._open_month)
        self.chart.setMinimumHeight(150)
        self._legend = Legend()
        self._title = Label("", "heading")
        self._note = Label("", tone="muted", wrap=True)
        self._chart_card = Card(
            column(row(self._title, None, self._legend), self.chart, self._note, gap=8, margin=16)
        )
        self.due = ListCard(
            _("Instalments this week"),
            _("See the loans"),
            lambda: self._due().open(session),
            (3, 2, 3, 0),
        )
        self.late = ListCard(
            _("Longest in arrears"),
            _("See all"),
            lambda: Source.at("arrears", session.today).open(session),
            (4, 3, 2, 0),
        )
        self.maturing = ListCard(
            _("Term deposits that mature"), _("See all"), lambda: session.go("deposits"), (4, 3, 2, 0)
        )
        self._lists = box(column(self.due, self.late, self.maturing, gap=16))
        below = self.turns(row(self._chart_card, self._lists, gap=16))
        below.setStretch(0, 1)
        below.setStretch(1, 1)
        self.setLayout(column(self.figures, box(below), gap=16))
        self.layout().setStretch(1, 1)  # type: ignore[union-attr]

    def narrowed(self, *, narrow: bool) -> None:
        """The window became narrow or wide."""
        super().narrowed(narrow=narrow)
        self.figures.set_narrow(narrow=narrow)

    def reload(self) -> None:
        """Read and show."""
        features = self._session.features
        saves, lends = "savings" in features, "loans" in features
        self.maturing.hide()
        if saves:
            self._tell_maturing()
        shown = [self.cash]
        self._tell_cash()
        if saves:
            shown.append(self.savings)
            self._tell_savings()
        if lends:
            shown += [self.loans, self.arrears, self.week]
            self._tell_loans()
            self._tell_arrears()
            self._tell_week()
        if "members" in features:
            shown.append(self.members)
            self._tell_members()
        self.figures.arrange(shown)
        self._tell_growth(saves=saves, lends=lends)
        self.due.setVisible(lends)
        self.late.setVisible(lends)
        self._lists.setVisible(lends or not self.maturing.isHidden())

    def _tell_cash(self) -> None:
        session = self._session
        _ = session.translator
        today = session.today
        source = Source("cash-book", today, today)
        amounts = balances(session.reading(), today)
        places = [account for account in read_chart(session.reading()).money() if amounts.get(account.id)]
        places.sort(key=lambda account: -abs(amounts[account.id]))
        below = ", ".join(f"{account.name} {_.format.rupiah(amounts[account.id])}" for account in places[:2])
        self.cash.tell_words(
            _("Cash and bank"),
            total(source.document(session), "closing"),
            below,
            source,
            parts=[Part(account.code, amounts[account.id]) for account in places],
        )

    def _tell_savings(self) -> None:
        session = self._session
        _ = session.translator
        source = Source.at("savings", session.today)
        saved = source.document(session)
        firm = sum(
            total(saved, product.code) for product in products(session.reading()) if product.kind in _FIRM
        )
        whole = total(saved, "total")
        self.savings.tell_words(
            _("Members' savings"),
            whole,
            _("Share and mandatory {firm:rp}, other {rest:rp}", firm=firm, rest=whole - firm),
            source,
            parts=[Part("firm", firm), Part("rest", whole - firm)],
        )

    def _tell_loans(self) -> None:
        session = self._session
        _ = session.translator
        source = Source.at("loans", session.today)
        lent = source.document(session)
        running = sum(bool(cells["outstanding"]) for cells in items(lent))
        self.loans.tell_words(
            _("Loans outstanding"),
            total(lent, "outstanding"),
            _.plural("{n:n} loan, principal left", "{n:n} loans, principal left", running),
            source,
        )

    def _tell_arrears(self) -> None:
        session = self._session
        _ = session.translator
        fmt = _.format
        source = Source.at("arrears", session.today)
        report = source.document(session)
        late = items(report)
        principal, interest = total(report, "principal"), total(report, "interest")
        people = len({cells["member"] for cells in late})
        self.arrears.tell_words(
            _.plural("Arrears, {n:n} member", "Arrears, {n:n} members", people),
            total(report, "total"),
            _(
                "Principal {principal:rp}, loan interest {interest:rp}",
                principal=principal,
                interest=interest,
            ),
            source,
            parts=[Part("principal", principal), Part("interest", interest)],
        )
        lines = []
        for cells in late[: _LATE_SHOWN - self._shorter]:
            since, name = cells["since"], str(cells["name"])
            days = (session.today - since).days if isinstance(since, date) else 0
            lines.append(
                Line(
                    (
                        Elided(name, 500),
                        Elided(str(cells["loan"]), tone="muted"),
                        Label(_.plural("{n:n} day", "{n:n} days", days), tone="amber", right=True),
                        Opens(fmt.rupiah(amount(cells["total"])), name=name, right=True),
                    ),
                    partial(session.go, "member", member=str(cells["member"])),
                )
            )
        self.late.tell("", lines, _("Nobody is in arrears."))
        note = _.plural("See {n:n} member", "See {n:n} members", people)
        self.late.link.set_text(note if late else _("See all"))

    def _due(self) -> Source:
        today = self._session.today
        return Source("instalments-due", today, today + timedelta(days=_WEEK - 1))

    def _tell_week(self) -> None:
        session = self._session
        _ = session.translator
        fmt = _.format
        today = session.today
        source = self._due()
        report = source.document(session)
        found = items(report)
        monday = today - timedelta(days=today.weekday())
        received = total(Source("loan-payments", monday, today).document(session), "total")
        loans = len({cells["loan"] for cells in found})
        self.week.tell_words(
            _("Instalments in seven days"),
            total(report, "amount"),
            _.plural(
                "{n:n} loan, received this week {got:rp}",
                "{n:n} loans, received this week {got:rp}",
                loans,
                got=received,
            ),
            source,
            parts=[Part("received", received)],
        )
        days: dict[date, list[int]] = {}
        for cells in found:
            due = cells["due"]
            assert isinstance(due, date)
            days.setdefault(due, []).append(amount(cells["amount"]))
        largest = max((sum(amounts) for amounts in days.values()), default=1)
        lines = []
        for due, amounts in list(days.items())[: _DAYS_SHOWN - 2 * self._shorter]:
            now = due == today
            name = _("today") if now else f"{fmt.weekday(due)} {fmt.day_month(due)}"
            lines.append(
                Line(
                    (
                        Elided(name, 600 if now else 400),
                        Label(_.plural("{n:n} loan", "{n:n} loans", len(amounts)), tone="muted", right=True),
                        Measure(sum(amounts) / largest, now=now),
                        Opens(fmt.rupiah(sum(amounts)), name=name, right=True),
                    ),
                    partial(replace_days(source, due).open, session),
                )
            )
        self.due.tell("", lines, _("No instalment is due within seven days."))
        note = _.plural("See {n:n} loan", "See {n:n} loans", loans)
        self.due.link.set_text(note if loans else _("See the loans"))

    @property
    def _shorter(self) -> int:
        """1 where the certificates need room on the small laptop, else 0."""
        return int(not self.maturing.isHidden())

    def _tell_maturing(self) -> None:
        """Certificates that can be had back within a month, those of the past too: the first, and how many there are.

        Nothing is shown where there is none; where there are, the lists above it are shorter.
        """
        session = self._session
        _ = session.translator
        today = session.today
        soon = []
        for cells in items(Source.at("term-deposits", today).document(session)):
            maturity = cells["maturity"]
            assert isinstance(maturity, date)
            if maturity <= today + timedelta(days=_MATURING_DAYS):
                soon.append(
                    (maturity, str(cells["certificate"]), str(cells["name"]), amount(cells["amount"]))
                )
        soon.sort()
        lines = []
        for maturity, number, name, worth in soon[:1]:
            day = _.format.date_medium(maturity)
            lines.append(
                Line(
                    (
                        Elided(name),
                        Label(number, tone="muted"),
                        Label(day, tone="amber" if maturity <= today else "muted", right=True),
                        Opens(_.format.rupiah(worth), name=name, right=True),
                    ),
                    partial(session.go, "deposit", deposit=number),
                )
            )
        self.maturing.tell(
            _("{n:n} within 30 days, {amount:rp}", n=len(soon), amount=sum(item[3] for item in soon)),
            lines,
            "",
        )
        self.maturing.setVisible(bool(soon))

    def _tell_members(self) -> None:
        session = self._session
        _ = session.translator
        source = Source.at("members", session.today)
        month = Month.of(session.today).period
        found = items(source.document(session))
        active = sum(cells["status"] == "active" for cells in found)
        joined, left = (
            sum(isinstance(cells[key], date) and month.contains(cells[key]) for cells in found)  # type: ignore[arg-type]
            for key in ("joined", "left")
        )
        words = (
            _("{n:n} joined this month", n=joined) if joined else "",
            _("{n:n} left this month", n=left) if left else "",
        )
        below = ", ".join(filter(None, words)) or _(
            "No change in {month}", month=_.format.month(session.today)
        )
        self.members.tell_words(
            _("Active members"),
            active,
            below,
            source,
            parts=[Part("joined", joined), Part("left", left)],
            counted=True,
        )

    def _tell_growth(self, *, saves: bool, lends: bool) -> None:
        """The lines of the report of savings, or of loans: they are the same chart."""
        session = self._session
        self._chart_card.setVisible(saves or lends)
        if not (saves or lends):
            return
        report = Source.at("savings" if saves else "loans", session.today).document(session)
        chart = report.charts[0]
        if not lends:
            chart = replace(chart, series=chart.series[:1])
        self.chart.show_chart(chart)
        self._title.setText(chart.title)
        self._legend.show_names([series.name for series in chart.series])
        self._note.setText(chart.note)
        self._note.setVisible(bool(chart.note))

    def _open_month(self, place: int) -> None:
        chart = self.chart.chart
        day = chart.points[place].last if chart else None
        if day is not None:
            report = "savings" if "savings" in self._session.features else "loans"
            Source.at(report, day).open(self._session)


def replace_days(source: Source, day: date) -> Source:
    """The same report of one day."""
    return source._replace(first=day, last=day)
