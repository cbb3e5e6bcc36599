"""Figures for charts, from the same functions as the reports: what is drawn is what is printed in rows.

A chart holds values and words and no look; the window draws it on the screen, the papers on paper.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from app.base.dates import Month, Period
from app.ledger.accounts.chart import read_chart
from app.ledger.entries.queries import balances
from app.ledger.loans.queries import next_instalments
from app.ledger.reader import day
from app.ledger.sales.queries import daily_sales
from app.reports.frame import Request

DAYS = 30
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One column: the day, its rupiah; None for a day on which nothing was recorded."""

    day: date
    amount: int | None


@dataclass(frozen=True, slots=True)
class BarChart:
    """Columns day by day, with their sum and the average of the days that have one."""

    title: str
    bars: tuple[Bar, ...]

    @property
    def total(self) -> int:
        """All of it."""
        return sum(bar.amount or 0 for bar in self.bars)

    @property
    def average(self) -> int:
        """Of the days with something, rounded half up; 0 when there is none."""
        days = sum(bar.amount is not None for bar in self.bars)
        return (2 * self.total + days) // (2 * days) if days else 0


@dataclass(frozen=True, slots=True)
class Series:
    """One line: its name and a value for each month."""

    name: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines over the ends of months."""

    title: str
    months: tuple[Month, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class DueDay:
    """What falls due on a day: how many loans, how much."""

    day: date
    loans: int
    amount: int


def sales_of_days(request: Request, days: int = DAYS) -> BarChart:
    """The sales of the last days up to the request's last day, as the report Penjualan Harian has them."""
    last = request.last_day
    first = last - timedelta(days=days - 1)
    sold = {row.date: row.sales for row in daily_sales(request.book, Period.through(first, last))}
    bars = tuple(
        Bar(day, sold.get(day)) for day in (first + timedelta(days=number) for number in range(days))
    )
    return BarChart(request.translator("Sales of {n:n} days", n=days), bars)


def growth(request: Request, months: int = MONTHS) -> LineChart:
    """Members' savings and loans outstanding at the ends of the last months, the current one as it stands."""
    _ = request.translator
    chart = read_chart(request.book)
    kept = [account.id for account in chart.accounts if account.control in ("savings", "exits")]
    lent = chart.role("loans").id
    shown = _months(request, months)
    savings: list[int] = []
    loans: list[int] = []
    for month in shown:
        amounts = balances(request.book, min(month.last_day, request.last_day))
        savings.append(-sum(amounts.get(account, 0) for account in kept))
        loans.append(amounts.get(lent, 0))
    return LineChart(
        _("Savings and loans, {n:n} months", n=months),
        shown,
        (Series(_("Savings"), tuple(savings)), Series(_("Lending"), tuple(loans))),
    )


def cash_of_months(request: Request, months: int = MONTHS) -> LineChart:
    """Cash and bank together at the ends of the last months."""
    _ = request.translator
    money = [account.id for account in read_chart(request.book).accounts if account.money]
    shown = _months(request, months)
    values = []
    for month in shown:
        amounts = balances(request.book, min(month.last_day, request.last_day))
        values.append(sum(amounts.get(account, 0) for account in money))
    return LineChart(
        _("Cash and bank, {n:n} months", n=months), shown, (Series(_("Cash and bank"), tuple(values)),)
    )


def _months(request: Request, months: int) -> tuple[Month, ...]:
    """The last months up to the request's; those before the book's first record are left out, but for one."""
    last = Month.of(request.last_day)
    first = request.book.sql("SELECT min(date) FROM day_balance")[0][0]
    shown = [last.plus(number - months + 1) for number in range(months)]
    if first is None:
        return tuple(shown[-2:])
    begun = Month.of(day(first)).previous()
    return tuple(month for month in shown if month >= begun) or tuple(shown[-2:])


def due_days(request: Request, days: int = 7) -> tuple[DueDay, ...]:
    """The instalments that fall due from the request's last day on, day by day; days without any are left out."""
    first = request.last_day
    sums: dict[date, list[int]] = {}
    for row in next_instalments(request.book, first):
        if first <= row.due < first + timedelta(days=days):
            found = sums.setdefault(row.due, [0, 0])
            found[0] += 1
            found[1] += row.amount
    return tuple(DueDay(on, loans, amount) for on, (loans, amount) in sorted(sums.items()))
