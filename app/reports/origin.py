"""Every figure opens its rows: what a figure of a Document is made of, their sum, and why it moved.

`origin_of` is asked with the request the Document was built from, so that both say the same. What the lines
add up to is the figure itself, or `complete` is False and nothing is claimed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from app.base.dates import FiscalYear, Month, Period, add_months
from app.base.i18n import N_
from app.ledger.accounts.chart import AccountClass, AccountRow, read_chart
from app.ledger.entries.origins import PostedLine, movements_by_memo
from app.reports.document import CellType, Column, Document, Layout, Row, Value
from app.reports.frame import Request
from app.reports.render.cells import label_column, label_of, printed_columns
from app.reports.render.sums import added_rows

MOST_LINES = 200
_GOOD_WHEN_RISING = (AccountClass.REVENUE, AccountClass.OTHER_INCOME)
_BAD_WHEN_RISING = (AccountClass.COST, AccountClass.EXPENSE, AccountClass.OTHER_EXPENSE, AccountClass.TAX)
Number = int | Decimal


@dataclass(frozen=True, slots=True)
class OriginLine:
    """One part of a figure. It leads to a record (`entry`), to another row (`row`), or to a report (`opens`)."""

    label: str
    detail: str
    amount: Number | None
    entry: int | None = None
    row: int | None = None
    opens: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a figure moved: a sentence, whether it rose, and whether that is money in (+1) or out (-1)."""

    text: str
    rising: int
    tone: int = 0


@dataclass(frozen=True, slots=True)
class Origin:
    """What a figure is made of."""

    title: str
    figure: Number
    column: Column
    lines: tuple[OriginLine, ...]
    reason: Reason | None = None
    journal: tuple[PostedLine, ...] = ()
    opens: Mapping[str, str] | None = None
    note: str = ""

    @property
    def total(self) -> Number:
        """The sum of the lines."""
        return sum((line.amount for line in self.lines if line.amount is not None), 0)

    @property
    def complete(self) -> bool:
        """True when the lines are the whole figure."""
        return bool(self.lines) and self.total == self.figure


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure being looked into: the document it stands in and the request that document answers."""

    request: Request
    document: Document
    index: int
    key: str

    @property
    def row(self) -> Row:
        """Its row."""
        return self.document.rows[self.index]

    @property
    def column(self) -> Column:
        """Its column."""
        return next(column for column in self.document.columns if column.key == self.key)

    @property
    def value(self) -> Number:
        """The figure itself."""
        value = self.row.cells.get(self.key)
        return value if isinstance(value, int | Decimal) else 0

    @property
    def name(self) -> str:
        """What its row is called."""
        return label_of(self.row, label_column(printed_columns(self.document))).strip()

    def cell(self, key: str, index: int | None = None) -> Value:
        """Another cell of its row, or of the row `index`."""
        row = self.row if index is None else self.document.rows[index]
        return row.cells.get(key)

    @property
    def period(self) -> Period:
        """The period this column speaks of. For a balance: up to its day, from the fiscal year's first day."""
        from app.reports.sections import days_of, periods_of

        if self.document.first_day is None:
            on = days_of(self.request)[-1] if self.key == "comparative" else self.document.last_day
            asked = self.request.parameters
            first = self.request.book.info.fiscal_year(on).first
            if on == self.document.last_day and not asked.only_day:
                first = asked.period.first
            return Period.through(min(first, on), on)
        if self.key == "comparative":
            return periods_of(self.request)[-1]
        return Period.through(self.document.first_day, self.document.last_day)


def origin_of(request: Request, document: Document, index: int, key: str) -> Origin:
    """What the figure in row `index` and column `key` is made of."""
    figure = Figure(request, document, index, key)
    row = figure.row
    if row.adds and (row.adds_columns is None or key in row.adds_columns):
        return _sum(figure)
    from app.reports.origin_lines import lines_of

    return lines_of(figure)


def titled(figure: Figure) -> str:
    """What a figure is called: its row and its column or period."""
    _ = figure.request.translator
    name = figure.name
    if figure.document.layout is Layout.STATEMENT:
        if figure.document.first_day is None:
            return _("{name}, {on:medium}", name=name, on=figure.period.last_day)
        return _("{name}, {period}", name=name, period=period_name(figure.request, figure.period))
    label = figure.column.label
    return _("{name}, {column}", name=name, column=label) if name else label


def period_name(request: Request, period: Period, beside: Period | None = None) -> str:
    """A period in few words; the month alone where its year is that of `beside`."""
    _ = request.translator
    if period == Month.of(period.first).period:
        names = _.format.month_names(short=beside is None)
        if beside is not None and beside.first.year == period.first.year:
            return names[period.first.month - 1]
        return f"{names[period.first.month - 1]} {period.first.year}"
    if period.days == 1:
        return _.format.date_medium(period.first)
    return request.period_text(period)


def before(request: Request, period: Period) -> Period:
    """The period before a period: the month, the fiscal year, else as many days."""
    month = Month.of(period.first)
    if period == month.period:
        return month.previous().period
    year = request.book.info.fiscal_year(period.first)
    if period == year.period:
        return FiscalYear(year.year - 1, year.first_month).period
    if period.first.day == 1 and period.end.day == 1:
        months = len(list(period.months()))
        return Period(add_months(period.first, -months), period.first)
    return Period(date.fromordinal(period.first.toordinal() - period.days), period.first)


# Sums of rows


def _sum(figure: Figure) -> Origin:
    """A sum is made of the rows it adds; where they are many, of the largest and the rest."""
    document, key = figure.document, figure.key
    lines: list[tuple[Figure, int, Number]] = []
    for term in figure.row.adds:
        for index in added_rows(term, document.rows):
            value = document.rows[index].cells.get(key)
            if isinstance(value, int | Decimal) and value:
                part = Figure(figure.request, document, index, key)
                lines.append((part, index, term.sign * value))
    kept = lines
    rest: list[OriginLine] = []
    if len(lines) > MOST_LINES:
        kept = sorted(lines, key=lambda item: abs(Decimal(item[2])), reverse=True)[:MOST_LINES]
        others = sum((item[2] for item in lines), Decimal(0)) - sum((item[2] for item in kept), Decimal(0))
        amount: Number = others if figure.column.type is CellType.QUANTITY else int(others)
        words = figure.request.translator.plural(
            "{n} smaller one", "{n} smaller ones", len(lines) - MOST_LINES
        )
        rest = [OriginLine(words, "", amount)]
        kept.sort(key=lambda item: item[1])
    made = [OriginLine(part.name, line_detail(part), amount, row=index) for part, index, amount in kept]
    return Origin(titled(figure), figure.value, figure.column, (*made, *rest), reason=_sum_reason(figure))


def line_detail(figure: Figure) -> str:
    """What is quiet below a row's name: its day and number."""
    _ = figure.request.translator
    day, number = figure.cell("date"), figure.cell("number")
    parts = [_.format.day_month(day)] if isinstance(day, date) else []
    if isinstance(number, str) and number != figure.name:
        parts.append(number)
    return ", ".join(parts)


def _sum_reason(figure: Figure) -> Reason | None:
    """Why a sum of a statement moved: the part that changed most."""
    request, document = figure.request, figure.document
    if document.layout is not Layout.STATEMENT or figure.key != "amount":
        return None
    earlier = _earlier_document(figure)
    if earlier is None:
        return None
    other, key, period = earlier
    named = {_named(row): row for row in other.rows}
    then = named.get(_named(figure.row))
    was = then.cells.get(key) if then is not None else None
    if not isinstance(was, int) or not isinstance(figure.value, int):
        return None
    changes: dict[str, int] = {}
    for term in figure.row.adds:
        for index in added_rows(term, document.rows):
            row = document.rows[index]
            now, old = row.cells.get("amount"), named.get(_named(row))
            past = old.cells.get(key) if old is not None else 0
            name = Figure(request, document, index, "amount").name
            changes[name] = term.sign * (int(str(now or 0)) - int(str(past or 0)))
    return moved(request, figure.value - was, changes, period, figure.period)


def _named(row: Row) -> tuple[object, ...]:
    return (row.kind, row.cells.get("code"), row.cells.get("name"))


def _earlier_document(figure: Figure) -> tuple[Document, str, Period] | None:
    """The document, column and period to compare with: the column beside it, else the period before."""
    from app.reports.catalog import report
    from app.reports.sections import periods_of

    request = figure.request
    if any(column.key == "comparative" for column in figure.document.columns):
        return figure.document, "comparative", periods_of(request)[-1]
    spec = report(figure.document.report)
    if spec is None:
        return None
    period = before(request, request.period if figure.document.first_day else request.parameters.period)
    asked = replace(request.parameters, period=period, compare=None, against=None)
    return spec.build(replace(request, parameters=asked)), "amount", period


# Why it moved

_MORE = N_("{amount:rp} more than {period}.")
_LESS = N_("{amount:rp} less than {period}.")
_MORE_LARGER = N_("{amount:rp} more than {period}, because {name} is larger.")
_LESS_SMALLER = N_("{amount:rp} less than {period}, because {name} is smaller.")


def moved(
    request: Request,
    change: int,
    changes: Mapping[str, int],
    period: Period,
    now: Period,
    account: AccountRow | None = None,
) -> Reason:
    """One sentence on a change: by how much, and what of it changed most in the same direction."""
    _ = request.translator
    name = period_name(request, period, now)
    if change == 0:
        return Reason(_("The same as {period}.", period=name), 0)
    way = 1 if change > 0 else -1
    tone = 0
    if account is not None:
        tone = (
            way if account.class_ in _GOOD_WHEN_RISING else -way if account.class_ in _BAD_WHEN_RISING else 0
        )
    part, most = max(changes.items(), key=lambda item: way * item[1], default=("", 0))
    said = (_MORE_LARGER, _MORE) if way > 0 else (_LESS_SMALLER, _LESS)
    # A part is named as the cause when it explains at least half of the change.
    cause = bool(part) and len(changes) > 1 and 2 * way * most >= abs(change)
    template = said[0] if cause else said[1]
    return Reason(_(template, amount=abs(change), period=name, name=part), way, tone)


def account_reason(
    request: Request, account: AccountRow, sign: int, period: Period, *, against: Period | None = None
) -> Reason | None:
    """Why an account's movement differs from that of the period before, by the words of its records."""
    earlier = against or before(request, period)
    now = movements_by_memo(request.book, account.id, period)
    then = movements_by_memo(request.book, account.id, earlier)
    if not then:
        return None
    names = {words.casefold(): words for words in (*then, *now)}
    changes = dict.fromkeys(names.values(), 0)
    for shares, side in ((now, 1), (then, -1)):
        for words, share in shares.items():
            changes[names[words.casefold()]] += sign * side * share.amount
    return moved(request, sum(changes.values()), changes, earlier, period, account)


def account_of(figure: Figure) -> AccountRow | None:
    """The account a row is about, where it leads to a ledger."""
    opens = figure.row.opens or {}
    return read_chart(figure.request.book).by_code.get(opens.get("account", ""))


def compared(figure: Figure) -> Period | None:
    """The period of the column beside, where there is one."""
    from app.reports.sections import periods_of

    if figure.key != "amount" or all(column.key != "comparative" for column in figure.document.columns):
        return None
    return periods_of(figure.request)[-1]


def as_lines(values: Sequence[tuple[str, str, Number, int | None]]) -> tuple[OriginLine, ...]:
    """Lines of label, detail, amount and record."""
    return tuple(OriginLine(label, detail, amount, entry) for label, detail, amount, entry in values)
