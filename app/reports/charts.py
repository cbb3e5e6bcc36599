"""The charts of the reports: figures of the report itself, or the same figure at the ends of months.

What is drawn is what is printed in rows. The window shows the same charts, taken out of the reports.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta

from app.base.dates import Month, Period
from app.base.i18n import N_, Translator
from app.ledger.accounts.chart import AccountClass, read_chart
from app.ledger.entries.queries import month_movements
from app.reports.document import Chart, ChartKind, ChartPoint, ChartSeries
from app.reports.frame import Request

MONTHS = 12
# A period longer than two months is drawn month by month.
_MOST_DAYS = 62
_AGES = (N_("1-30 days"), N_("31-60 days"), N_("61-90 days"), N_("Over 90 days"))


def sales_chart(request: Request, sold: Mapping[date, int]) -> Chart:
    """What was sold on each day of the period, up to today; of a long period in each month.

    A day on which nothing was recorded has no value: the shop was closed.
    """
    _ = request.translator
    period = request.period
    until = _until(request, max(sold, default=period.first))
    if _is_short(period):
        points = [_day_point(_, on) for on in _days(period.first, until)]
        values = [sold.get(point.last) for point in points if point.last]
        title = _.plural("Sales of {n:n} day", "Sales of {n:n} days", len(points))
        note = N_("Total {total:rp} · a day when open {average:rp}")
    else:
        # Months before the first sale are no months without one.
        months = list(Period.through(min(sold, default=period.first), until).months())
        points = [_month_point(_, month, until) for month in months]
        sums = {month: [amount for on, amount in sold.items() if Month.of(on) == month] for month in months}
        values = [sum(sums[month]) if sums[month] else None for month in months]
        title = _.plural("Sales of {n:n} month", "Sales of {n:n} months", len(points))
        note = N_("Total {total:rp} · a month {average:rp}")
    total = sum(sold.values())
    opened = sum(value is not None for value in values)
    # Half up, as all that is split in these books.
    average = (2 * total + opened) // (2 * opened) if opened else 0
    return Chart(
        ChartKind.BARS,
        title,
        tuple(points),
        (ChartSeries(_("Sales"), tuple(values)),),
        note=_(note, total=total, average=average),
        gap=_("closed"),
        now=_is_now(request, until),
    )


def balance_chart(request: Request, title: str, opening: int, closing: Iterable[tuple[date, int]]) -> Chart:
    """What was there at the end of each day of the period, of a long period at the end of each month.

    `closing` is the balance after each movement, in the order of the days.
    """
    _ = request.translator
    period = request.period
    known = dict(closing)
    until = _until(request, max(known, default=period.first))
    points: list[ChartPoint] = []
    values: list[int] = []
    balance = opening
    short = _is_short(period)
    for on in _days(period.first, until):
        balance = known.get(on, balance)
        if short:
            points.append(_day_point(_, on))
            values.append(balance)
        elif on == until or on == Month.of(on).last_day:
            points.append(_month_point(_, Month.of(on), until))
            values.append(balance)
    return Chart(
        ChartKind.LINES,
        _("{what} at the end of each day", what=title)
        if short
        else _("{what} at the end of each month", what=title),
        tuple(points),
        (ChartSeries(title, tuple(values)),),
        now=_is_now(request, until),
    )


def growth_chart(request: Request, months: int = MONTHS) -> Chart:
    """Members' savings and loans outstanding at the ends of the last months, the last one on the request's day.

    Months before the book's first record are left out.
    """
    _ = request.translator
    last_day = request.last_day
    moved = month_movements(request.book, last_day)
    accounts = read_chart(request.book)
    kept = {account.id for account in accounts.accounts if account.control in ("savings", "exits")}
    lent = {
        account.id
        for account in accounts.accounts
        if account.control == "loans" and account.class_ is AccountClass.ASSET
    }
    known = sorted({month for month, _account in moved})
    last = min(Month.of(last_day), Month.of(request.made_at.date()))
    first = last.plus(1 - months)
    if known:
        # What was recorded ahead of its day is part of the report's figure, and so of the last point.
        last = max(last, Month.parse(known[-1]))
        first = max(first, Month.parse(known[0]))
    # A line needs two points.
    shown = list(Period(min(first, last.previous()).first, last.end).months())
    savings = _month_ends(moved, shown, lambda account: account in kept)
    loans = _month_ends(moved, shown, lambda account: account in lent)
    saved = [-amount for amount in savings]
    note = ""
    if saved[0] > 0:
        note = _(
            "Savings have moved by {percent} % since {month}.",
            percent=_percent(_, saved[-1] - saved[0], saved[0]),
            month=_.format.month(shown[0]),
        )
    return Chart(
        ChartKind.LINES,
        _("Savings and loans, {n:n} months", n=len(shown)),
        tuple(_month_point(_, month, last_day) for month in shown),
        (ChartSeries(_("Savings"), tuple(saved)), ChartSeries(_("Lending"), tuple(loans))),
        note=note,
        now=_is_now(request, last_day),
    )


def overdue_chart(request: Request, late: Iterable[tuple[date | None, int]]) -> Chart:
    """Arrears by how long they last: since when and how much; without a day it is a penalty alone."""
    on = request.last_day
    _ = request.translator
    sums = [0] * (len(_AGES) + 1)
    for since, amount in late:
        place = len(_AGES) if since is None else min(max((on - since).days - 1, 0) // 30, len(_AGES) - 1)
        sums[place] += amount
    words = [_(age) for age in _AGES]
    amounts = sums[:-1]
    if sums[-1]:
        words.append(_("Penalty only"))
        amounts = sums
    return age_chart(request, words, amounts)


def age_chart(request: Request, ages: Sequence[str], amounts: Sequence[int]) -> Chart:
    """What is owed by how long it is overdue, the oldest at the right."""
    _ = request.translator
    return Chart(
        ChartKind.BARS,
        _("How old it is"),
        tuple(ChartPoint(age, age) for age in ages),
        (ChartSeries(_("Total"), tuple(amounts)),),
        note=_("Total {total:rp}", total=sum(amounts)),
    )


def _month_ends(
    moved: Mapping[tuple[str, int], int], months: Sequence[Month], meant: Callable[[int], bool]
) -> list[int]:
    """The balance of the accounts that are meant at the end of each month."""
    sums: dict[str, int] = {}
    for (month, account), amount in moved.items():
        if meant(account):
            sums[month] = sums.get(month, 0) + amount
    return [sum(amount for month, amount in sums.items() if month <= str(end)) for end in months]


def _percent(_: Translator, part: int, whole: int) -> str:
    """A share in percent with one decimal, half away from zero."""
    tenths = (2000 * abs(part) + whole) // (2 * whole)
    sign = "-" if part < 0 and tenths else ""
    mark = "," if _.format.language == "id" else "."
    return f"{sign}{_.format.number(tenths // 10)}" + (f"{mark}{tenths % 10}" if tenths % 10 else "")


def _until(request: Request, last_recorded: date) -> date:
    """The last day that is drawn: no day that hasn't come yet, unless something was recorded on it."""
    return min(request.period.last_day, max(request.made_at.date(), last_recorded, request.period.first))


def _is_now(request: Request, last: date) -> bool:
    return last == request.made_at.date()


def _is_short(period: Period) -> bool:
    return period.days <= _MOST_DAYS


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _day_point(_: Translator, on: date) -> ChartPoint:
    fmt = _.format
    return ChartPoint(f"{fmt.weekday(on)}, {fmt.date_medium(on)}", fmt.day_month(on), on)


def _month_point(_: Translator, month: Month, until: date) -> ChartPoint:
    fmt = _.format
    short = fmt.month_names(short=True)[month.month - 1]
    if month.month == 1:
        short = f"{short} {month.year}"
    return ChartPoint(fmt.month(month), short, min(month.last_day, until))
