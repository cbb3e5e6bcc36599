"""Financial statements as data: sections of accounts, sums of sections, and one builder for their rows.

Each amount is positive in its section's normal direction, so that contra accounts come out negative.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.base.dates import Month, Period, add_months
from app.base.errors import UserError
from app.base.i18n import Translator
from app.ledger.accounts.chart import AccountClass, AccountRow, Chart
from app.reports.document import CellType, Column, Row, RowKind, Term, Value
from app.reports.frame import Request

Amounts = tuple[int, ...]  # one for each column of the statement
DEBIT, CREDIT = 1, -1


@dataclass(frozen=True, slots=True)
class Section:
    """The accounts of some classes, and the sum of them.

    `normal` is DEBIT or CREDIT: the side that counts as positive. `prefixes` keep only accounts whose
    code begins so, `without` leaves such accounts out. A section without `title` has no heading, one
    without `total` no row for its sum. `always`: also shown when all its accounts are 0.
    """

    key: str
    title: str
    total: str
    classes: frozenset[AccountClass]
    normal: int
    prefixes: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    always: bool = False

    def accounts(self, chart: Chart) -> list[AccountRow]:
        """The accounts of the section in order of code."""
        return [
            account
            for account in chart.accounts
            if account.class_ in self.classes
            and not account.heading
            and (not self.prefixes or account.code.startswith(self.prefixes))
            and not (self.without and account.code.startswith(self.without))
        ]


@dataclass(frozen=True, slots=True)
class Sum:
    """A row that adds sections, each with a sign. Left out while the section `only_with` is not shown."""

    key: str
    title: str
    terms: tuple[tuple[str, int], ...]
    grand: bool = False
    only_with: str = ""


class StatementRows:
    """Collects the rows of a statement and remembers the sums by their keys."""

    def __init__(self, columns: Sequence[str]) -> None:
        """`columns` are the keys of the amounts: of the period, and of the one it is compared with."""
        self.columns = tuple(columns)
        self.rows: list[Row] = []
        self.values: dict[str, Amounts] = {}
        self._terms: dict[str, tuple[int, int]] = {}

    def heading(self, name: str, level: int = 1) -> None:
        """Add a heading."""
        self.rows.append(Row(RowKind.HEADING, {"name": name}, level))

    def item(
        self,
        name: str,
        amounts: Amounts,
        *,
        code: str | None = None,
        level: int = 2,
        opens: Mapping[str, str] | None = None,
    ) -> None:
        """Add a line with its amounts."""
        cells: dict[str, Value] = {"name": name} if code is None else {"code": code, "name": name}
        cells.update(zip(self.columns, amounts, strict=True))
        self.rows.append(Row(RowKind.ITEM, cells, level, opens=opens))

    def total(
        self,
        key: str,
        name: str,
        terms: Sequence[tuple[int, int, int]],
        amounts: Amounts,
        *,
        level: int = 1,
        grand: bool = False,
        unknown: Sequence[str] = (),
    ) -> None:
        """Add a sum of the runs `terms` (first row, last row, sign), not known in the columns `unknown`."""
        cells: dict[str, Value] = {"name": name}
        cells.update(zip(self.columns, amounts, strict=True))
        cells.update(dict.fromkeys(unknown))
        self.remember(key, amounts, len(self.rows), len(self.rows))
        self.rows.append(
            Row(
                RowKind.TOTAL if grand else RowKind.SUBTOTAL,
                cells,
                level,
                adds=tuple(Term(*term) for term in terms),
                adds_columns=tuple(column for column in self.columns if column not in unknown),
                double_rule=grand,
            )
        )

    def remember(self, key: str, amounts: Amounts, first: int, last: int) -> None:
        """Remember a sum that further sums add, and the rows it is made of."""
        self.values[key] = amounts
        if last >= first:
            self._terms[key] = (first, last)

    def lines(
        self, section: Section, chart: Chart, figures: Sequence[Mapping[int, int]]
    ) -> list[tuple[AccountRow, Amounts]]:
        """The accounts of a section that are not 0 in every column, with their amounts."""
        found = ((item, _amounts(item, section.normal, figures)) for item in section.accounts(chart))
        return [(account, amounts) for account, amounts in found if any(amounts)]

    def section(
        self, section: Section, chart: Chart, figures: Sequence[Mapping[int, int]], translator: Translator
    ) -> bool:
        """Add a section's heading, accounts and sum; returns False when there is nothing to show."""
        lines = self.lines(section, chart, figures)
        summed = self.summed(lines)
        if not lines and section.always and not section.total:
            lines = [(account, summed) for account in section.accounts(chart)[:1]]
        if not lines and not section.always:
            self.values[section.key] = summed
            return False
        if section.title:
            self.heading(translator(section.title))
        first = len(self.rows)
        for account, amounts in lines:
            self.item(account.name, amounts, code=account.code, opens=ledger_of(account))
        last = len(self.rows) - 1
        if section.total:
            self.total(section.key, translator(section.total), [(first, last, 1)] if lines else [], summed)
        else:
            self.remember(section.key, summed, first, last)
        return True

    def sum(self, item: Sum, name: str, *, unknown: Sequence[str] = ()) -> None:
        """Add the row of a Sum, under the translated `name`."""
        runs = [(*self._terms[key], sign) for key, sign in item.terms if key in self._terms]
        self.total(item.key, name, runs, self.added(item), grand=item.grand, unknown=unknown)

    def added(self, item: Sum) -> Amounts:
        """What a Sum comes to."""
        return added(tuple(sign * amount for amount in self.values[key]) for key, sign in item.terms)

    def summed(self, lines: Sequence[tuple[AccountRow, Amounts]]) -> Amounts:
        """The sum of a section's lines, 0 when there are none."""
        return added(amounts for _, amounts in lines) if lines else (0,) * len(self.columns)


def _amounts(account: AccountRow, normal: int, figures: Sequence[Mapping[int, int]]) -> Amounts:
    return tuple(normal * figure.get(account.id, 0) for figure in figures)


def added(amounts: Iterable[Amounts]) -> Amounts:
    """The sums of each column."""
    return tuple(sum(column) for column in zip(*amounts, strict=True))


def ledger_of(account: AccountRow) -> dict[str, str]:
    """What a line of a statement leads to: the account's ledger."""
    return {"report": "ledger", "account": account.code}


def years_back(request: Request) -> int | None:
    """How many years before the asked period the one to compare with lies; None: nothing is compared."""
    compare = request.parameters.compare
    if compare is None:
        return None
    years = request.parameters.period.first.year - compare
    if years == 0:
        raise UserError(
            "The report is of {year} and can't be compared with the same year.",
            advice="Name another year after --compare.",
            year=str(compare),
            field="compare",
        )
    return years


def periods_of(request: Request) -> list[Period]:
    """The period asked for, and the one it is compared with."""
    if request.parameters.against is not None:
        return [request.period, request.parameters.against]
    years = years_back(request)
    return [request.period] if years is None else [request.period, earlier(request.period, years)]


def days_of(request: Request) -> list[date]:
    """The day a statement "as of" stands for, and the one it is compared with."""
    last = request.last_day
    if request.parameters.against is not None:
        return [last, request.parameters.against.last_day]
    years = years_back(request)
    return [last] if years is None else [last, earlier(Period.through(last, last), years).last_day]


def day_labels(request: Request, days: Sequence[date]) -> list[str]:
    """What heads the amounts of a statement "as of": the year, where only that differs."""
    if len(days) == 1:
        return [request.translator("Amount")]
    if len({(on.month, on.day) for on in days}) == 1:
        return [str(on.year) for on in days]
    return [request.translator.format.date_medium(on) for on in days]


def periods_text(request: Request, periods: Sequence[Period]) -> str:
    """The period of a statement in words, and the one it is compared with."""
    text, *others = [request.period_text(period) for period in periods]
    if not others:
        return text
    return request.translator("{period}, compared with {other}", period=text, other=others[0])


def earlier(period: Period, years: int) -> Period:
    """The same period so many years before; a period that ends a month ends that month there too."""
    last = period.last_day
    shifted = add_months(last, -12 * years)
    if last == Month.of(last).last_day:
        shifted = Month.of(shifted).last_day
    return Period.through(add_months(period.first, -12 * years), shifted)


def columns_of(request: Request, labels: Sequence[str], *, code: bool = True) -> list[Column]:
    """The columns of a statement; `labels` head the amounts, one or two."""
    _ = request.translator
    return [
        *([Column("code", _("Code"))] if code else []),
        Column("name", _("Account") if code else _("Description"), weight=3),
        *(
            Column(key, label, CellType.AMOUNT)
            for key, label in zip(("amount", "comparative"), labels, strict=False)
        ),
    ]


def period_labels(request: Request, periods: Sequence[Period]) -> list[str]:
    """What heads the amounts of a statement over time: the month, else the year."""
    if len(periods) == 1:
        return [request.translator("Amount")]
    format_ = request.translator.format
    months = all(period == Month.of(period.first).period for period in periods)
    return [
        format_.month(period.last_day) if months else str(request.book.info.fiscal_year(period.last_day))
        for period in periods
    ]
